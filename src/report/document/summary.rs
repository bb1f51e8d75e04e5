//! What a strategist quotes, `fedpath.summary/1`: the next meeting, what is priced by a date, where the rate ends up, and the
//! same some days before.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::Selection;
use super::super::words::day;
use super::basis::basis;
use super::probs::shows;
use super::{Column, Document, Shown, Table, Value, data, list, number, object, words};
use crate::market::calendar::TargetRange;
use crate::outlook::MeetingOutlook;
use crate::study::history::Span;
use crate::study::summary::{Direction, PricedBy, RateExtreme, Summary, Until};
use crate::units::{Fraction, Probability};

/// An earlier day that a summary is compared with, and how far it lies back.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Earlier {
    /// How far it lies back; `None` of a day that was given.
    pub span: Option<Span>,
    /// What it priced.
    pub summary: Summary,
}

impl Earlier {
    /// A day so far back.
    #[must_use]
    pub fn new(span: Option<Span>, summary: Summary) -> Self {
        Self { span, summary }
    }

    /// What the day priced for the next meeting of now.
    fn meeting(&self, now: &Summary) -> Option<&MeetingOutlook> {
        self.summary.outlook().meeting(now.next().announcement())
    }

    /// "1w" or the day.
    fn name(&self) -> String {
        self.span.map_or_else(|| self.as_of().to_string(), |span| format!("{span} ago"))
    }

    fn as_of(&self) -> NaiveDate {
        self.summary.outlook().path().as_of()
    }
}

/// The odds of a meeting, each range by its bounds, and the sides from one range.
struct Odds {
    ranges: Vec<(TargetRange, Probability)>,
    /// Below, at and above the range that is in force now.
    sides: [Fraction; 3],
}

impl Odds {
    fn new(summary: &Summary, meeting: &MeetingOutlook, from: TargetRange) -> Self {
        let target = summary.outlook().target();
        let ranges: Vec<(TargetRange, Probability)> =
            meeting.cumulative.outcomes().map(|(moves, odds)| (target.moved(moves), odds)).collect();
        let mut sides = [(); 3].map(|()| Fraction::zero());
        for (range, odds) in &ranges {
            let side = &mut sides[match range.upper_bp().cmp(&from.upper_bp()) {
                std::cmp::Ordering::Less => 0,
                std::cmp::Ordering::Equal => 1,
                std::cmp::Ordering::Greater => 2,
            }];
            *side = &*side + odds.exact();
        }
        Self { ranges, sides }
    }

    fn of(&self, range: TargetRange) -> Fraction {
        let odds = self.ranges.iter().find(|(other, _)| *other == range).map(|(_, odds)| odds.exact().clone());
        odds.unwrap_or_else(Fraction::zero)
    }

    fn member(&self, meeting: &MeetingOutlook) -> Value {
        let [ease, hold, hike] = self.sides.each_ref().map(Value::from);
        let outcomes = list(&self.ranges, |(range, odds)| {
            object([
                ("lower_bp", range.lower_bp().into()),
                ("upper_bp", range.upper_bp().into()),
                ("probability", Value::from(odds)),
                ("probability_exact", Value::from(odds).fraction()),
            ])
        });
        object([
            ("meeting", meeting.announcement().into()),
            ("ease", ease),
            ("hold", hold),
            ("hike", hike),
            ("outcomes", outcomes),
        ])
    }
}

/// What is priced now, and against each earlier day what it was and how it changed. Ranges are compared by their bounds and
/// the sides are counted from the range in force now, so that the figures of two days agree across a decision.
#[must_use]
pub fn summary<'a>(now: &'a Summary, earlier: &'a [Earlier], selection: &Selection<'_>) -> Document<'a> {
    let (path, next) = (now.outlook().path(), now.next());
    let target = now.outlook().target();
    let odds = Odds::new(now, next, target);
    let today = (next.announcement() == path.as_of())
        .then_some("The decision of this day is not yet in force: the odds and the sums count it.");
    let crossed = earlier.iter().any(|earlier| earlier.summary.outlook().target() != target);
    let crossed = crossed.then(|| {
        format!(
            "A decision lies between: cut, hold and hike count from {target} % on every day; ranges keep their bounds."
        )
    });
    let provisional = now.by().iter().any(|by| by.provisional) || now.terminal().0.provisional;
    let provisional = provisional.then_some("* provisional: contracts or the calendar reach no further");
    Document::new("fedpath.summary/1")
        .text_block(headline(now))
        .text_block(basis(path, selection))
        .snapshot(path, selection)
        .member("next", odds.member(next))
        .text_block(format!("Next meeting, {}: odds of each target range, %", day(next.announcement())))
        .text_table(ranges(now, earlier, &odds))
        .when(today, Document::more_text)
        .when(crossed, Document::more_text)
        .when(now.by().first(), |document, _| {
            document
                .text_block("Priced from today's rate: basis points, and moves of 25 bp; negative is a cut")
                .text_table(sums(now, earlier))
        })
        .json_table(Table::new("by", now.by(), by_columns()))
        .text_block(extremes(now))
        .when(provisional, Document::more_text)
        .member("lowest", extreme_member(&now.lowest()))
        .member("highest", extreme_member(&now.highest()))
        .member("terminal", terminal(now))
        .member("deltas", list(earlier, |earlier| delta(now, earlier)))
        .ending_of(path, &selection.source)
        .csv_table(tidy(now, earlier))
}

/// "The market prices 65.8 bp of cuts by the end of 2026; the FOMC of 10 Dec 2025: cut 35.0 %, hold 65.0 %".
fn headline(now: &Summary) -> String {
    let next = now.next();
    let sides =
        [("a cut", next.cumulative.ease()), ("no change", next.cumulative.hold()), ("a hike", next.cumulative.hike())];
    let shown = sides.into_iter().filter(|(_, odds)| shows(odds));
    let shown: Vec<String> = shown.map(|(side, odds)| format!("{side} {:.1} %", odds.percent())).collect();
    let odds = format!("FOMC of {}: {}.", day(next.announcement()), shown.join(", "));
    let firm: Vec<&PricedBy> = now.by().iter().filter(|by| !by.provisional).collect();
    let year_ends = firm.iter().filter(|by| matches!(by.until, Until::YearEnd(_)));
    let told = |by: &&PricedBy| {
        let what = if by.change.exact().is_negative() { "cuts" } else { "hikes" };
        let when = match by.until {
            Until::Months(months) => format!("over {months} months"),
            Until::YearEnd(year) => format!("by the end of {year}"),
        };
        format!("{:.1} bp of {what} {when}", by.change.exact().abs())
    };
    // Without a year end that contracts reach, the nearest span.
    let mut sums: Vec<String> = year_ends.take(2).map(told).collect();
    if sums.is_empty() {
        sums.extend(firm.first().map(told));
    }
    if sums.is_empty() { odds } else { format!("{odds}\nPriced: {}.", sums.join(", ")) }
}

/// A row a range and a side: now, then each earlier day and the change since.
fn ranges<'a>(now: &'a Summary, earlier: &'a [Earlier], odds: &Odds) -> Table<'a> {
    type Row = (String, Fraction, Vec<Option<Fraction>>);
    let target = now.outlook().target();
    let before: Vec<Option<Odds>> =
        earlier.iter().map(|earlier| Some(Odds::new(&earlier.summary, earlier.meeting(now)?, target))).collect();
    let all = std::iter::once(odds).chain(before.iter().flatten());
    let shown = all.flat_map(|odds| &odds.ranges).filter(|(_, odds)| shows(odds)).map(|(range, _)| *range);
    let shown: BTreeSet<TargetRange> = shown.collect();
    let mut rows: Vec<Row> = shown
        .into_iter()
        .map(|range| {
            let before = before.iter().map(|odds| Some(odds.as_ref()?.of(range)));
            (range.to_string(), odds.of(range), before.collect())
        })
        .collect();
    for (place, name) in ["Cut", "Hold", "Hike"].into_iter().enumerate() {
        let before = before.iter().map(|odds| Some(odds.as_ref()?.sides[place].clone()));
        rows.push((name.to_owned(), odds.sides[place].clone(), before.collect()));
    }
    let mut columns = vec![
        words("", "\nRange %", |row: &Row| row.0.clone()),
        number("", "\nNow", Shown::Percent(1), |row: &Row| row.1.clone()),
    ];
    for (place, earlier) in earlier.iter().enumerate() {
        let heading = match earlier.span {
            Some(_) => format!("{}\n{}", earlier.name(), earlier.as_of()),
            None => format!("\n{}", earlier.as_of()),
        };
        columns.push(number("", heading, Shown::Percent(1), move |row: &Row| row.2[place].clone()));
        let change = move |row: &Row| row.2[place].as_ref().map(|before| &(&row.1 - before) * &Fraction::integer(100));
        columns.push(number("", "\nchange", Shown::Signed(1), change));
    }
    Table::new("", rows, columns)
}

fn by_columns<'a>() -> Vec<Column<'a, &'a PricedBy>> {
    vec![
        data("until", |by: &&PricedBy| by.until.to_string()),
        data("last_meeting", |by: &&PricedBy| by.last_meeting),
        data("cumulative_bp", |by: &&PricedBy| by.change.clone()).with_exact(),
        data("cumulative_moves", |by: &&PricedBy| by.moves.clone()).with_exact(),
        data("rate_percent", |by: &&PricedBy| Value::from(&by.rate)),
        data("provisional", |by: &&PricedBy| by.provisional),
    ]
}

/// The sums now, then on each earlier day; the change is that of the expected rate after the last meeting.
fn sums<'a>(now: &'a Summary, earlier: &'a [Earlier]) -> Table<'a> {
    let until = |by: &&PricedBy| match by.until {
        Until::Months(months) => format!("{months} months"),
        Until::YearEnd(year) => format!("end of {year}"),
    };
    let meeting = |by: &&PricedBy| format!("{}{}", by.last_meeting, if by.provisional { "*" } else { "" });
    let mut columns = vec![
        words("", "\nBy", until),
        words("", "\nLast meeting", meeting),
        number("", "\nbp", Shown::Signed(1), |by: &&PricedBy| by.change.clone()),
        number("", "\nMoves", Shown::Signed(2), |by: &&PricedBy| by.moves.clone()),
        number("", "\nRate %", Shown::Places(3), |by: &&PricedBy| Value::from(&by.rate)),
    ];
    for earlier in earlier {
        let before = |by: &&PricedBy| earlier.summary.until(by.until).map(|before| before.change.clone());
        let change = |by: &&PricedBy| earlier.summary.until(by.until).map(|before| &by.rate - &before.rate);
        columns.push(number("", format!("{}\nbp", earlier.name()), Shown::Signed(1), before));
        columns.push(number("", "rate,\nchange bp", Shown::Signed(1), change));
    }
    Table::new("", now.by(), columns)
}

/// Where the rate ends up, and the other end of the path.
fn extremes(summary: &Summary) -> String {
    let told = |name: &str, extreme: &RateExtreme| {
        let mark = if extreme.provisional { "*" } else { "" };
        format!("{name} {:.3} % after the FOMC of {}{mark}", extreme.rate.exact(), day(extreme.meeting))
    };
    let (lowest, highest) = (told("lowest", &summary.lowest()), told("highest", &summary.highest()));
    let (terminal, other) = match summary.terminal().1 {
        Direction::Low => (lowest, highest),
        Direction::High => (highest, lowest),
    };
    format!("Terminal rate: {terminal}; {other}")
}

fn extreme_member(extreme: &RateExtreme) -> Value {
    object([
        ("meeting", extreme.meeting.into()),
        ("rate_percent", Value::from(&extreme.rate)),
        ("provisional", Value::if_any(extreme.provisional.then_some(true))),
    ])
}

fn terminal(summary: &Summary) -> Value {
    let (extreme, direction) = summary.terminal();
    object([
        ("meeting", extreme.meeting.into()),
        ("rate_percent", Value::from(&extreme.rate)),
        ("direction", direction.name().into()),
    ])
}

/// The same on an earlier day, and what changed since.
fn delta(now: &Summary, earlier: &Earlier) -> Value {
    let target = now.outlook().target();
    let (before, own) = (earlier.meeting(now), earlier.summary.outlook().target());
    let odds = before.map(|meeting| Odds::new(&earlier.summary, meeting, target));
    let sides = Odds::new(now, now.next(), target).sides;
    let points = |place: usize| {
        let before = odds.as_ref().map(|odds| &odds.sides[place]);
        Value::from(before.map(|before| &(&sides[place] - before) * &Fraction::integer(100)))
    };
    let by = now.by().iter().filter_map(|by| Some((by, earlier.summary.until(by.until)?)));
    let by = list(by, |(by, before)| {
        object([
            ("until", by.until.to_string().into()),
            ("rate_change_bp", (&by.rate - &before.rate).into()),
            ("cumulative_change_bp", (by.change.exact() - before.change.exact()).into()),
        ])
    });
    object([
        ("span", earlier.span.map(|span| span.to_string()).into()),
        ("as_of", earlier.as_of().into()),
        ("target_lower_percent", Value::bound(&own.lower())),
        ("target_upper_percent", Value::bound(&own.upper())),
        ("next", odds.as_ref().zip(before).map(|(odds, meeting)| odds.member(meeting)).into()),
        ("by", Table::new("", earlier.summary.by(), by_columns()).into()),
        ("lowest", extreme_member(&earlier.summary.lowest())),
        ("highest", extreme_member(&earlier.summary.highest())),
        ("terminal", terminal(&earlier.summary)),
        (
            "changes",
            object([("ease_points", points(0)), ("hold_points", points(1)), ("hike_points", points(2)), ("by", by)]),
        ),
    ])
}

/// A figure of one day.
struct Figure {
    as_of: NaiveDate,
    span: Option<Span>,
    what: &'static str,
    meeting: NaiveDate,
    range: Option<TargetRange>,
    until: Option<Until>,
    value: Fraction,
    provisional: bool,
}

/// One row a day and figure.
fn tidy<'a>(now: &'a Summary, earlier: &'a [Earlier]) -> Table<'a> {
    let days = std::iter::once((None, now)).chain(earlier.iter().map(|earlier| (earlier.span, &earlier.summary)));
    let rows = days.flat_map(|(span, summary)| figures(now, summary, span));
    Table::new(
        "",
        rows.collect::<Vec<Figure>>(),
        [
            data("as_of", |row: &Figure| row.as_of),
            data("span", |row: &Figure| row.span.map(|span| span.to_string())),
            data("figure", |row: &Figure| row.what),
            data("meeting", |row: &Figure| row.meeting),
            data("lower_bp", |row: &Figure| row.range.map(TargetRange::lower_bp)),
            data("upper_bp", |row: &Figure| row.range.map(TargetRange::upper_bp)),
            data("until", |row: &Figure| row.until.map(|until| until.to_string())),
            data("value", |row: &Figure| row.value.clone()),
            data("provisional", |row: &Figure| row.provisional),
        ],
    )
}

fn figures(now: &Summary, summary: &Summary, span: Option<Span>) -> Vec<Figure> {
    let (as_of, announcement) = (summary.outlook().path().as_of(), now.next().announcement());
    let figure = |what, meeting, value: &Fraction| Figure {
        as_of,
        span,
        what,
        meeting,
        range: None,
        until: None,
        value: value.clone(),
        provisional: false,
    };
    let mut rows = Vec::new();
    if let Some(meeting) = summary.outlook().meeting(announcement) {
        let odds = Odds::new(summary, meeting, now.outlook().target());
        let provisional = meeting.step.provisional;
        for (what, side) in ["ease", "hold", "hike"].into_iter().zip(&odds.sides) {
            rows.push(Figure { provisional, ..figure(what, announcement, side) });
        }
        rows.extend(odds.ranges.iter().map(|(range, odds)| Figure {
            range: Some(*range),
            provisional,
            ..figure("probability", announcement, odds.exact())
        }));
    }
    for by in summary.by() {
        let (until, provisional) = (Some(by.until), by.provisional);
        let of = |what, value| Figure { until, provisional, ..figure(what, by.last_meeting, value) };
        rows.push(of("cumulative_bp", by.change.exact()));
        rows.push(of("cumulative_moves", &by.moves));
        rows.push(of("rate_percent", by.rate.exact()));
    }
    for (what, extreme) in [("lowest_rate_percent", summary.lowest()), ("highest_rate_percent", summary.highest())] {
        let provisional = extreme.provisional;
        rows.push(Figure { provisional, ..figure(what, extreme.meeting, extreme.rate.exact()) });
    }
    rows
}
