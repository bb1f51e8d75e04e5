//! One meeting through time: the odds, and the expected rate under them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use maud::{Markup, html};

use super::super::number::{exact, in_full, percent, rate};
use super::super::words::day;
use super::Chart;
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, apart, areas, count, line, mark, polyline, rect, rows_of_grid, text};
use super::heat::step;
use super::scale::{Scale, Ticks, month_ticks};
use crate::market::calendar::TargetRange;
use crate::study::history::{MeetingSeries, SeriesDay};
use crate::units::{Fraction, Probability};

/// The room at the left of charts through time: a range named in full.
pub(super) const LEFT: f64 = 70.0;

/// How likely a range has to be on some day to be drawn, in percent: the first of these that leaves few enough.
const LEAST: [i64; 3] = [1, 5, 10];

/// How many ranges are drawn.
const MOST_RANGES: usize = 26;

/// What was priced for one meeting, day by day.
pub(super) struct OddsThroughTime<'a> {
    series: &'a MeetingSeries,
    /// The first and the last day of the axis.
    window: (NaiveDate, NaiveDate),
    sides: Vec<Side>,
    /// The ranges that some day gives a chance of so many percent, from the highest down.
    ranges: Vec<TargetRange>,
    least: i64,
}

/// A side of the odds: its name, its styles, and how it is read off a day.
struct Side {
    name: &'static str,
    /// The style of its label.
    text: &'static str,
    class: &'static str,
    of: fn(&SeriesDay) -> &Probability,
}

const SIDES: [Side; 3] = [
    Side { name: "cut", text: "ease", class: "line thick ease-line", of: |day| &day.ease },
    Side { name: "hold", text: "hold", class: "line thick hold-line dash", of: |day| &day.hold },
    Side { name: "hike", text: "hike", class: "line thick hike-line dot", of: |day| &day.hike },
];

impl<'a> OddsThroughTime<'a> {
    pub(super) fn new(series: &'a MeetingSeries, window: (NaiveDate, NaiveDate)) -> Self {
        let drawn = |side: &Side| series.days().iter().any(|day| percent((side.of)(day)) != "0.0");
        // As many ranges as have room: a path of years may pass dozens.
        let of_chance = |least: &i64| {
            let least = Fraction::integer(*least);
            let outcomes = series.days().iter().flat_map(|day| &day.outcomes);
            let reached = outcomes.filter(|(_, chance)| chance.percent() >= least);
            reached.map(|(range, _)| *range).collect::<BTreeSet<TargetRange>>()
        };
        let least =
            LEAST.into_iter().find(|least| of_chance(least).len() <= MOST_RANGES).unwrap_or(LEAST[LEAST.len() - 1]);
        let ranges = of_chance(&least).into_iter().rev().collect();
        Self { series, window, sides: SIDES.into_iter().filter(drawn).collect(), ranges, least }
    }

    fn ends(&self) -> (&SeriesDay, &SeriesDay) {
        let days = self.series.days();
        (&days[0], &days[days.len() - 1])
    }
}

fn says(day_priced: &SeriesDay) -> String {
    let odds: Vec<String> =
        SIDES.iter().map(|side| format!("{} {} %", side.name, in_full(&(side.of)(day_priced).percent()))).collect();
    format!(
        "{}: {}; expected rate {} %; range {} %",
        day(day_priced.date),
        odds.join(", "),
        in_full(day_priced.rate.exact()),
        day_priced.target
    )
}

/// The chance of a range on a day, where it has one.
fn chance(day: &SeriesDay, range: TargetRange) -> Option<&Probability> {
    day.outcomes.iter().find(|(other, _)| *other == range).map(|(_, chance)| chance)
}

/// The days without a gap between them: where many in a row have no price, a line would be made up.
pub(super) fn runs(days: &[SeriesDay]) -> impl Iterator<Item = &[SeriesDay]> {
    let apart = |a: &SeriesDay, b: &SeriesDay| b.date.signed_duration_since(a.date).num_days();
    let mut gaps: Vec<i64> = days.windows(2).map(|pair| apart(&pair[0], &pair[1])).collect();
    gaps.sort_unstable();
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(1);
    days.chunk_by(move |a, b| apart(a, b) <= 2 * usual + 4)
}

impl OddsThroughTime<'_> {
    /// A strip a range, named in full at its left as far as there is room, with its odds on the last day at its right.
    fn strips(&self, x: Scale, (top, row): (f64, f64)) -> Markup {
        let (days, last, across) = (self.series.days(), self.ends().1, x.ends());
        let middle = |at: usize| top + row * (count(at) + 0.5);
        let named = if row < 12.0 { 2 } else { 1 };
        let priced = |(at, range): (usize, &TargetRange)| Some((middle(at), percent(chance(last, *range)?)));
        let priced = self.ranges.iter().enumerate().filter_map(priced).filter(|(_, odds)| odds != "0.0");
        let (wanted, odds): (Vec<f64>, Vec<String>) = priced.unzip();
        html! {
            @for (at, range) in self.ranges.iter().enumerate() {
                @if at % named == 0 { (text(across.0 - 8.0, middle(at) + 3.5, "tiny end", &range.to_string())) }
                (strip(days, *range, x, top + row * count(at), row))
            }
            @for (place, odds) in apart(&wanted, 13.0).iter().zip(&odds) {
                (text(across.1 + 6.0, place + 4.0, "small ink", &format!("{odds} %")))
            }
        }
    }
}

impl Chart for OddsThroughTime<'_> {
    fn title(&self) -> String {
        format!("The FOMC of {}, as priced day by day", day(self.series.meeting()))
    }

    fn alternative(&self) -> String {
        let (first, last) = self.ends();
        let told = self.sides.iter().map(|side| {
            let of = |day: &SeriesDay| percent((side.of)(day));
            let highest = self.series.days().iter().rev().max_by(|a, b| (side.of)(a).cmp((side.of)(b)));
            let highest = highest
                .map_or(String::new(), |highest| format!(", highest {} % on {}", of(highest), day(highest.date)));
            format!("{} from {} % to {} %{highest}", side.name, of(first), of(last))
        });
        let undrawn: Vec<&str> = SIDES
            .iter()
            .map(|side| side.name)
            .filter(|name| self.sides.iter().all(|side| side.name != *name))
            .collect();
        let undrawn = if undrawn.is_empty() {
            String::new()
        } else {
            format!(" Below 0.05 % on every day and not drawn: {}.", undrawn.join(", "))
        };
        let unpriced = if self.window.0 < first.date {
            format!(" No day before {} prices the meeting.", day(first.date))
        } else {
            String::new()
        };
        format!(
            "From {} to {}: {}; the expected rate after the meeting from {} % to {} %. Odds count from the range in force on each day; \
             dotted vertical lines are decisions. The darker a range, the likelier it is; ranges that never reach {} % are not drawn.{undrawn}{unpriced}",
            day(first.date),
            day(last.date),
            told.collect::<Vec<_>>().join("; "),
            rate(&first.rate),
            rate(&last.rate),
            self.least,
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let (left, right, top) = (LEFT, width.choose(112.0, 98.0), 46.0);
        let (odds_height, gap, rate_height) = (width.choose(180.0, 150.0), 44.0, width.choose(130.0, 110.0));
        let odds_end = top + odds_height;
        let (strip_top, strip_row) = (odds_end + gap, (230.0 / count(self.ranges.len().max(1))).clamp(8.0, 17.0));
        let rate_top = strip_top + strip_row * count(self.ranges.len()) + gap;
        let rate_end = rate_top + rate_height;
        let last = self.ends().1;
        let across = (left, width.px() - right);
        let x = Scale::of_days(self.window, across);
        let odds_ticks = Ticks::over(0.0, 100.0, 5.0);
        let odds = Scale::new(odds_ticks.span, (odds_end, top));
        let days = self.series.days();
        let bounds = days.iter().flat_map(|day| [day.target.lower(), day.target.upper(), day.rate.clone()]);
        let bounds = bounds.map(|rate| rate.exact().to_f64());
        let (low, high) = bounds.fold((f64::MAX, f64::MIN), |(low, high), rate| (low.min(rate), high.max(rate)));
        let rate_ticks = if high - low <= 1.0 { Ticks::every(0.25, low, high) } else { Ticks::over(low, high, 5.0) };
        let rates = Scale::new(rate_ticks.span, (rate_end, rate_top));
        let lines_of = |of: &dyn Fn(&SeriesDay) -> f64| -> Vec<Vec<(f64, f64)>> {
            runs(days).map(|days| days.iter().map(|day| (x.at_day(day.date), of(day))).collect()).collect()
        };
        let places_of_days: Vec<f64> = days.iter().map(|day| x.at_day(day.date)).collect();
        let wanted: Vec<f64> = self.sides.iter().map(|side| odds.at((side.of)(last).percent().to_f64())).collect();
        let places = apart(&wanted, 15.0);
        let content = html! {
            (text(0.0, 12.0, "small", "probability, %"))
            (rows_of_grid(&odds_ticks.labelled(), odds, across))
            (text(0.0, rate_top - 12.0, "small", "expected rate after the meeting, %; shaded: target range"))
            (ranges(days, x, rates, last.date))
            (rows_of_grid(&rate_ticks.labelled(), rates, across))
            (text(0.0, strip_top - 12.0, "small", "probability of each range; at the right on the last day"))
            (self.strips(x, (strip_top, strip_row)))
            (decisions(&self.series.meetings(), x, self.window, (top, rate_end), width))
            @for side in &self.sides {
                @for line in lines_of(&|day| odds.at((side.of)(day).percent().to_f64())) { (polyline(&line, side.class)) }
            }
            @for line in lines_of(&|day| rates.at(day.rate.exact().to_f64())) { (polyline(&line, "line thick after-line")) }
            @for (side, place) in self.sides.iter().zip(&places) {
                (text(across.1 + 6.0, place + 4.0, &format!("strong {}", side.text), &format!("{} {} %", side.name, percent((side.of)(last)))))
            }
            (text(across.1 + 6.0, rates.at(last.rate.exact().to_f64()) + 4.0, "strong after", &format!("{} %", rate(&last.rate))))
            (days_axis(x, self.window, rate_end, width))
            @for (priced, (from, to)) in days.iter().zip(areas(&places_of_days, (across.0 - 3.0, across.1 + 3.0))) {
                (mark(&says(priced), &rect(from, top, to - from, rate_end - top, "hit")))
            }
        };
        Drawing { width: width.px(), height: rate_end + 26.0, content }
    }

    fn table(&self) -> Table {
        let mut columns = vec![
            data::text("Day"),
            data::text("Range, %"),
            data::number("Cut, %"),
            data::number("Hold, %"),
            data::number("Hike, %"),
            data::number("Expected rate, %"),
        ];
        columns.extend(self.ranges.iter().map(|range| data::number(format!("{range} %"))));
        let row = |priced: &SeriesDay| {
            let mut row = vec![Cell::text(day(priced.date)), Cell::text(priced.target.to_string())];
            row.extend(
                SIDES.iter().map(|side| (side.of)(priced)).map(|side| Cell::figure(percent(side), exact(side.exact()))),
            );
            row.push(Cell::figure(rate(&priced.rate), exact(priced.rate.exact())));
            row.extend(self.ranges.iter().map(|range| {
                chance(priced, *range)
                    .map_or_else(Cell::missing, |chance| Cell::figure(percent(chance), exact(chance.exact())))
            }));
            row
        };
        Table { columns, rows: self.series.days().iter().map(row).collect() }
    }
}

/// The chance of a range through the days: a cell lasts until the day on which it has another shade.
fn strip(days: &[SeriesDay], range: TargetRange, x: Scale, y: f64, height: f64) -> Markup {
    let shade = |day: &SeriesDay| chance(day, range).map(step);
    let spans: Vec<&[SeriesDay]> = days.chunk_by(|a, b| shade(a) == shade(b)).collect();
    let end = x.ends().1;
    html! {
        @for (index, span) in spans.iter().enumerate() {
            @if let Some(shade) = shade(&span[0]) {
                @let from = x.at_day(span[0].date);
                @let to = spans.get(index + 1).and_then(|next| next.first()).map_or(end, |next| x.at_day(next.date));
                (rect(from, y + 0.5, to - from, height - 1.0, &format!("heat{shade}")))
            }
        }
    }
}

/// The target range in force, day by day.
pub(super) fn ranges(days: &[SeriesDay], x: Scale, y: Scale, end: NaiveDate) -> Markup {
    let spans = days.chunk_by(|a, b| a.target == b.target).collect::<Vec<_>>();
    html! {
        @for (index, span) in spans.iter().enumerate() {
            @let to = spans.get(index + 1).and_then(|next| next.first()).map_or(end, |next| next.date);
            @let (from, range) = (x.at_day(span[0].date), span[0].target);
            @let (upper, lower) = (y.at(range.upper().exact().to_f64()), y.at(range.lower().exact().to_f64()));
            (rect(from, upper, x.at_day(to) - from, (lower - upper).max(1.5), "band"))
        }
    }
}

/// A line down at every decision within the days, labelled where there is room; the year where it is a new one.
pub(super) fn decisions(
    meetings: &BTreeSet<NaiveDate>,
    x: Scale,
    (from, to): (NaiveDate, NaiveDate),
    down: (f64, f64),
    width: Width,
) -> Markup {
    let (mut last, mut year) = (f64::MIN, String::new());
    let mut drawn = Vec::new();
    for meeting in meetings.iter().filter(|meeting| (from..=to).contains(meeting)) {
        let place = x.at_day(*meeting);
        let labelled = place - last >= width.choose(44.0, 42.0);
        let own = meeting.format("%Y").to_string();
        let new_year = labelled && own != year;
        if labelled {
            last = place;
            year.clone_from(&own);
        }
        drawn.push((place, labelled.then(|| meeting.format("%-d %b").to_string()), new_year.then_some(own)));
    }
    html! {
        @for (place, label, year) in &drawn {
            (line((*place, down.0), (*place, down.1), "axis hair dot"))
            @if let Some(label) = label { (text(*place, down.0 - 6.0, "tiny mid", label)) }
            @if let Some(year) = year { (text(*place, down.0 - 18.0, "tiny mid", year)) }
        }
    }
}

/// The days along the axis: the first of months, as many as have room; both ends where no month begins between.
pub(super) fn days_axis(x: Scale, (from, to): (NaiveDate, NaiveDate), y: f64, width: Width) -> Markup {
    let months = month_ticks(from, to, width.choose(9, 3));
    html! {
        @if months.len() < 2 {
            (text(x.at_day(from), y + 17.0, "small", &day(from)))
            @if from < to { (text(x.at_day(to), y + 17.0, "small end", &day(to))) }
        } @else {
            @for month in &months {
                (line((x.at_day(*month), y), (x.at_day(*month), y + 4.0), "axis"))
                (text(x.at_day(*month), y + 17.0, "small mid", &month.format("%b %Y").to_string()))
            }
        }
    }
}
