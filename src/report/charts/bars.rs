//! The outcomes of one meeting as bars, before and after.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use maud::{Markup, html};

use super::super::number::{chance, in_full, percent};
use super::super::words::{SUPPOSED, day, priced_on, sides};
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, columns_of_grid, count, mark, rect, text};
use super::scale::{Scale, Ticks};
use super::{Chart, RangeOdds};
use crate::market::calendar::TargetRange;
use crate::outlook::{MeetingOutlook, Outlook};
use crate::units::{Fraction, Probability};

/// The probability of each target range after a meeting, on one day or on two.
pub(super) struct OutcomeBars {
    meeting: NaiveDate,
    /// The day before, where there are two.
    before: Option<String>,
    after: String,
    rows: Vec<Row>,
    /// Ranges that no bar would show.
    hidden: usize,
}

struct Row {
    range: TargetRange,
    is_todays: bool,
    /// On the day before; zero where the range has no chance, or there is no such day.
    before: Probability,
    after: Probability,
}

impl OutcomeBars {
    /// A meeting as one outlook prices it, or as two do.
    pub(super) fn new(before: Option<(&Outlook, &MeetingOutlook)>, after: (&Outlook, &MeetingOutlook)) -> Self {
        let now = RangeOdds::new(after.0, after.1);
        let earlier = before.map(|(outlook, meeting)| RangeOdds::new(outlook, meeting));
        let ranges: BTreeSet<TargetRange> = now.ranges().chain(earlier.iter().flat_map(RangeOdds::ranges)).collect();
        let rows: Vec<Row> = ranges
            .into_iter()
            .rev()
            .map(|range| Row {
                range,
                is_todays: range == after.0.target(),
                before: earlier.as_ref().map_or_else(none, |earlier| earlier.of(range)),
                after: now.of(range),
            })
            .collect();
        let (rows, hidden): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| shows(&row.before) || shows(&row.after));
        Self {
            meeting: after.1.step.meeting.announcement(),
            before: before.map(|(outlook, _)| priced_on(outlook.path())),
            after: priced_on(after.0.path()),
            rows,
            hidden: hidden.len(),
        }
    }

    fn says(&self, row: &Row) -> String {
        let two = self.before.as_ref().map(|before| sides(before, &self.after));
        let [first, second] = two.unwrap_or_default();
        let before = self.before.as_ref().map(|date| (first, date, &row.before));
        let told =
            [before, Some((second, &self.after, &row.after))].into_iter().flatten().map(|(side, date, probability)| {
                let side = if two.is_some() { format!("{side}, {date}") } else { date.clone() };
                format!("{side}: {} %", in_full(&probability.percent()))
            });
        format!("{} %: {}", row.range, told.collect::<Vec<_>>().join("; "))
    }
}

fn none() -> Probability {
    Probability::share(Fraction::zero())
}

/// Whether a probability is more than 0.0 when printed.
fn shows(probability: &Probability) -> bool {
    percent(probability) != "0.0"
}

impl Chart for OutcomeBars {
    fn title(&self) -> String {
        format!("Target range after the FOMC of {}", day(self.meeting))
    }

    fn alternative(&self) -> String {
        let two = self.before.as_ref().map(|before| sides(before, &self.after));
        let told = self.rows.iter().map(|row| {
            let told = |odds: &Probability| {
                if odds.exact().is_zero() { "none".to_owned() } else { chance(odds) + " %" }
            };
            let todays = if row.is_todays { " (today's range)" } else { "" };
            let odds = match two {
                Some([before, after]) => format!("{} {before}, {} {after}", told(&row.before), told(&row.after)),
                None => told(&row.after),
            };
            format!("{} %{todays}: {odds}", row.range)
        });
        let hidden = match self.hidden {
            0 => String::new(),
            1 => " One more range is below 0.05 % and not drawn.".to_owned(),
            hidden => format!(" {hidden} more ranges are below 0.05 % and not drawn."),
        };
        format!("Probability of each range. {}.{hidden}", told.collect::<Vec<_>>().join("; "))
    }

    fn draw(&self, width: Width) -> Drawing {
        let two = self.before.is_some();
        let (left, right, top) = (width.choose(128.0, 78.0), 52.0, 34.0);
        let row_height = if two { 50.0 } else { 38.0 };
        let bottom = top + row_height * count(self.rows.len());
        let highest = self
            .rows
            .iter()
            .flat_map(|row| [&row.before, &row.after])
            .map(|p| p.percent().to_f64())
            .fold(0.0, f64::max);
        let ticks = Ticks::over(0.0, highest.max(10.0), width.choose(6.0, 4.0));
        let x = Scale::new(ticks.span, (left, width.px() - right));
        let bar = |probability: &Probability, y: f64, height: f64, class: &str| -> Markup {
            let end = x.at(probability.percent().to_f64());
            html! {
                (rect(left, y, end - left, height, &format!("{class} ring")))
                (text(end + 6.0, y + height / 2.0 + 4.0, if class == "after" { "ink strong" } else { "small" }, &chance(probability)))
            }
        };
        let content = html! {
            (key(width, self.before.as_deref(), &self.after))
            g { (columns_of_grid(&ticks.labelled(), x, (top, bottom))) }
            (text(width.px() - right, bottom + 32.0, "small end", "probability, %"))
            @for (index, row) in self.rows.iter().enumerate() {
                @let y = top + row_height * count(index);
                @let middle = y + row_height / 2.0;
                (mark(&self.says(row), &html! {
                    (rect(0.0, y, width.px(), row_height, "hit"))
                    (text(left - 10.0, middle + if row.is_todays { -2.0 } else { 4.0 }, "ink end", &width.choose(format!("{} %", row.range), row.range.to_string())))
                    @if row.is_todays { (text(left - 10.0, middle + 12.0, "tiny end", "today's range")) }
                    @if two {
                        (bar(&row.before, y + 9.0, 11.0, "before"))
                        (bar(&row.after, y + 22.0, 18.0, "after"))
                    } @else {
                        (bar(&row.after, y + 9.0, 20.0, "after"))
                    }
                }))
            }
        };
        Drawing { width: width.px(), height: bottom + 38.0, content }
    }

    fn table(&self) -> Table {
        let mut columns = vec![data::text("Target range, %")];
        columns.extend(self.before.iter().map(|date| data::number(format!("{date}, %"))));
        columns.push(data::number(format!("{}, %", self.after)));
        let cell = |probability: &Probability| Cell::exact(chance(probability), probability.exact());
        let row = |row: &Row| {
            let mut cells = vec![Cell::text(row.range.to_string())];
            cells.extend(self.before.iter().map(|_| cell(&row.before)));
            cells.push(cell(&row.after));
            cells
        };
        Table { columns, rows: self.rows.iter().map(row).collect() }
    }
}

/// What muted and strong stand for.
pub(super) fn key(width: Width, before: Option<&str>, after: &str) -> Markup {
    let left = width.choose(128.0, 0.0);
    let Some(before) = before else {
        return html! { (rect(left, 6.0, 12.0, 12.0, "after")) (text(left + 18.0, 16.0, "ink", after)) };
    };
    // The day as quoted is named by what is supposed of it.
    let earlier = match sides(before, after) {
        ["before", _] => format!("before, {before}"),
        [quoted, _] => quoted.to_owned(),
    };
    // A phone has room for one of both words.
    let side = if after.ends_with(SUPPOSED) { "" } else { "after, " };
    let second = left + width.choose(170.0, 172.0);
    html! {
        (rect(left, 7.0, 12.0, 10.0, "before"))
        (text(left + 18.0, 16.0, "", &earlier))
        (rect(second, 6.0, 12.0, 12.0, "after"))
        (text(second + 18.0, 16.0, "ink strong", &format!("{side}{after}")))
    }
}
