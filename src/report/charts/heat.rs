//! The outcome table as a heat map: meetings down, target ranges across, the figure in each cell, and of two days its change.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use maud::{Markup, html};

use super::super::number::{chance, in_full, percent};
use super::super::words::{day, priced_on};
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, count, mark, rect, text};
use super::palette::HEAT_STEPS;
use super::{Chart, PROVISIONAL, RangeOdds};
use crate::market::calendar::TargetRange;
use crate::outlook::Outlook;
use crate::units::{Fraction, Probability};

/// The cumulative probability of each range after each meeting, on one day or on two.
pub(super) struct HeatMap {
    before: Option<Day>,
    after: Day,
    /// The meeting it is about.
    headline: NaiveDate,
    target: TargetRange,
    /// From the lowest range up.
    columns: Vec<TargetRange>,
    hidden: usize,
    rows: Vec<Row>,
}

/// A day, and what it prices.
struct Day {
    date: String,
    meetings: Vec<(NaiveDate, RangeOdds)>,
}

struct Row {
    meeting: NaiveDate,
    is_provisional: bool,
    before: Option<RangeOdds>,
    after: RangeOdds,
}

impl Day {
    fn new(outlook: &Outlook) -> Self {
        let meetings = outlook.meetings().iter();
        let meetings = meetings.map(|meeting| (meeting.announcement(), RangeOdds::new(outlook, meeting))).collect();
        Self { date: priced_on(outlook.path()), meetings }
    }

    fn of(&self, meeting: NaiveDate) -> Option<&RangeOdds> {
        self.meetings.iter().find(|(other, _)| *other == meeting).map(|(_, odds)| odds)
    }
}

impl HeatMap {
    pub(super) fn new(before: Option<&Outlook>, after: &Outlook, headline: NaiveDate) -> Self {
        let (target, before, day) = (after.target(), before.map(Day::new), Day::new(after));
        let rows: Vec<Row> = after
            .meetings()
            .iter()
            .map(|meeting| Row {
                meeting: meeting.announcement(),
                is_provisional: meeting.step.provisional,
                before: before.as_ref().and_then(|before| before.of(meeting.announcement()).cloned()),
                after: RangeOdds::new(after, meeting),
            })
            .collect();
        let odds = || rows.iter().flat_map(|row| row.before.iter().chain([&row.after]));
        let possible: BTreeSet<TargetRange> = odds().flat_map(RangeOdds::ranges).collect();
        let visible = |range: &TargetRange| odds().any(|odds| percent(&odds.of(*range)) != "0.0");
        let (columns, hidden): (Vec<_>, Vec<_>) = possible.into_iter().partition(visible);
        Self { before, after: day, headline, target, columns, hidden: hidden.len(), rows }
    }

    /// What a cell says in full.
    fn says(&self, row: &Row, range: TargetRange) -> String {
        let after = format!("{}, {range} %: {} %", day(row.meeting), in_full(&row.after.of(range).percent()));
        let before = self.before.as_ref().zip(row.before.as_ref()).map_or(String::new(), |(earlier, before)| {
            let before = before.of(range);
            let change = points(&before, &row.after.of(range));
            format!("; {} on {}, {change:+.1} points", in_full(&before.percent()) + " %", earlier.date)
        });
        after + &before + if row.is_provisional { "; provisional" } else { "" }
    }
}

/// The step of the heat map for a probability: the tenth that it lies in.
pub(super) fn step(probability: &Probability) -> u8 {
    let tenths = probability.exact().to_f64() * 10.0;
    (1..HEAT_STEPS).filter(|step| tenths >= f64::from(*step)).max().unwrap_or(0)
}

fn points(before: &Probability, after: &Probability) -> Fraction {
    &(after - before) * &Fraction::integer(100)
}

/// The change in points where it is more than 0.0 when printed.
fn change(before: Option<&RangeOdds>, after: &Probability, range: TargetRange) -> Option<String> {
    let change = format!("{:+.1}", points(&before?.of(range), after));
    (!["+0.0", "-0.0", "0.0"].contains(&change.as_str())).then_some(change)
}

impl Chart for HeatMap {
    fn title(&self) -> String {
        match &self.before {
            None => format!("Odds of each target range on {}", self.after.date),
            Some(before) => {
                format!("Odds of each target range on {}, and change since {}", self.after.date, before.date)
            }
        }
    }

    fn alternative(&self) -> String {
        let ends = [self.rows.first(), self.rows.last().filter(|_| self.rows.len() > 1)];
        let told = ends.into_iter().flatten().filter_map(|row| {
            let (range, probability) = row.after.likeliest()?;
            Some(format!("{range} % ({} %) after {}", percent(probability), day(row.meeting)))
        });
        let change = if self.before.is_some() { " The small figure is the change in percentage points." } else { "" };
        let hidden = match self.hidden {
            0 => String::new(),
            1 => " One range below 0.05 % at every meeting is not drawn.".to_owned(),
            hidden => format!(" {hidden} ranges below 0.05 % at every meeting are not drawn."),
        };
        let provisional = if self.rows.iter().any(|row| row.is_provisional) { PROVISIONAL } else { "" };
        format!(
            "Percent, cumulative over all meetings up to each date; the stronger the colour, the likelier the range.{change} The \
             range in force is {} %. The likeliest range is {}.{hidden}{provisional}",
            self.target,
            told.collect::<Vec<_>>().join(", then ")
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let two = self.before.is_some();
        let (label, top) = (width.choose(92.0, 75.0), 46.0);
        let row_height = width.choose(30.0, 28.0) + if two { 4.0 } else { 0.0 };
        let columns = count(self.columns.len().max(1));
        let cell = ((width.px() - label) / columns).clamp(width.choose(40.0, 33.0), 110.0);
        let full = (label + cell * columns).max(width.px());
        let bottom = top + row_height * count(self.rows.len());
        let content = html! {
            (text(0.0, 34.0, "small", "Meeting"))
            @for (index, range) in self.columns.iter().enumerate() {
                (heading(*range, *range == self.target, label + cell * (count(index) + 0.5)))
            }
            @for (at, row) in self.rows.iter().enumerate() {
                @let y = top + row_height * count(at);
                (row_label(row, row.meeting == self.headline, (y, row_height), width))
                @for (index, range) in self.columns.iter().enumerate() {
                    @let after = row.after.of(*range);
                    @let change = change(row.before.as_ref(), &after, *range);
                    @if !after.exact().is_zero() || change.is_some() {
                        (mark(&self.says(row, *range), &square(&after, change, (label + cell * count(index), y), (cell, row_height))))
                    }
                }
                @if row.meeting == self.headline && self.rows.len() > 1 {
                    (rect(label, y, cell * columns, row_height, "frame"))
                }
            }
        };
        Drawing { width: full, height: bottom + 4.0, content }
    }

    fn table(&self) -> Table {
        let mut columns = vec![data::text("Meeting")];
        columns.extend(self.before.as_ref().map(|_| data::text("Priced on")));
        columns.extend(self.columns.iter().map(|range| data::number(format!("{range} %"))));
        columns.extend(["Cut", "Hold", "Hike"].map(|side| data::number(format!("{side}, %"))));
        let cell = |probability: &Probability| {
            if probability.exact().is_zero() {
                return Cell::missing();
            }
            Cell::exact(percent(probability), probability.exact())
        };
        let of_day = |row: &Row, date: &str, odds: &RangeOdds| {
            let mut cells = vec![Cell::text(day(row.meeting))];
            cells.extend(self.before.as_ref().map(|_| Cell::text(date.to_owned())));
            cells.extend(self.columns.iter().map(|range| cell(&odds.of(*range))));
            cells.extend([&odds.ease, &odds.hold, &odds.hike].map(|side| Cell::exact(percent(side), side.exact())));
            cells
        };
        let rows = self.rows.iter().flat_map(|row| {
            let before = self.before.as_ref().zip(row.before.as_ref());
            let before = before.map(|(earlier, odds)| of_day(row, &earlier.date, odds));
            before.into_iter().chain([of_day(row, &self.after.date, &row.after)]).collect::<Vec<_>>()
        });
        Table { columns, rows: rows.collect() }
    }
}

/// The bounds of a range over its column.
fn heading(range: TargetRange, is_in_force: bool, middle: f64) -> Markup {
    let class = if is_in_force { "tiny mid ink strong" } else { "tiny mid" };
    html! {
        @if is_in_force { (text(middle, 10.0, class, "today")) }
        @if range.lower_bp() == range.upper_bp() {
            (text(middle, 36.0, class, &range.to_string()))
        } @else {
            (text(middle, 24.0, class, &format!("{:.2}–", range.lower().exact())))
            (text(middle, 37.0, class, &format!("{:.2}", range.upper().exact())))
        }
    }
}

/// The meeting of a row at its left; the one that the report is about is strong.
fn row_label(row: &Row, is_headline: bool, (y, height): (f64, f64), width: Width) -> Markup {
    let class = [width.choose("ink", "ink tiny"), if is_headline { " strong" } else { "" }].concat();
    let middle = y + height / 2.0;
    html! {
        @if row.is_provisional {
            (text(0.0, middle - 1.0, &class, &day(row.meeting)))
            (text(0.0, middle + 10.0, "tiny", "provisional"))
        } @else {
            (text(0.0, middle + 4.0, &class, &day(row.meeting)))
        }
    }
}

/// A cell: its shade, its figure, and under it the change.
fn square(after: &Probability, change: Option<String>, (x, y): (f64, f64), (width, height): (f64, f64)) -> Markup {
    let (tenth, middle) = (step(after), y + height / 2.0);
    let size = if width < 42.0 { "tiny" } else { "" };
    let class = format!("mid {size} figure{tenth}");
    html! {
        (rect(x + 1.0, y + 1.0, width - 2.0, height - 2.0, &format!("heat{tenth} ring")))
        @if let Some(change) = change {
            (text(x + width / 2.0, middle - 2.0, &format!("{class} strong"), &chance(after)))
            (text(x + width / 2.0, middle + 10.5, &format!("mid tiny figure{tenth}"), &change))
        } @else {
            (text(x + width / 2.0, middle + 4.0, &class, &chance(after)))
        }
    }
}
