//! A history, `fedpath.history/1`: one document a day and line, tidy and wide tables, changes between days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::super::{ILLUSTRATIVE, Selection, bars};
use super::columns::{self, ShownMeeting};
use super::probs::shows;
use super::{Column, Document, Key, Shown, Table, Value, data, number, words};
use crate::market::calendar::TargetRange;
use crate::notice::Notice;
use crate::outlook::Outlook;
use crate::rule::PolicyPath;
use crate::study::history::{HistoryDay, MeetingDelta};
use crate::text::printable;
use crate::units::{Fraction, Probability};

pub(super) const SCHEMA: &str = "fedpath.history/1";

/// What a history tells of each meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Odds {
    /// The probability of each target range.
    #[default]
    Ranges,
    /// The probability of each change of the range, in basis points: from the day's own, or from a fixed one.
    Moves(Option<TargetRange>),
    /// The probability of a range below, at and above a fixed one.
    Sides(TargetRange),
}

/// One day as a document of one line; without a price it has the reason in place of meetings.
#[must_use]
pub fn history_line<'a>(day: &'a HistoryDay, odds: Odds, selection: &Selection<'_>) -> Document<'a> {
    let outlook = day.outlook.as_ref().ok();
    let path = outlook.map(Outlook::path);
    let target = outlook.map(Outlook::target);
    let meetings = outlook.map(|outlook| {
        let mut columns = columns::meeting(outlook.target());
        if odds != Odds::Ranges {
            columns.push(data(odds.key(), move |row: &ShownMeeting<'_>| odds.list(row, outlook.target())));
        }
        Table::new("", columns::shown_meetings(outlook, selection), columns).objects()
    });
    let unpriced = outlook.map(|outlook| columns::unpriced(outlook.without_table()));
    let none = || Value::List(Vec::new());
    let mut document = Document::new(SCHEMA);
    document.on_a_line = true;
    document
        .member("as_of", day.date)
        .member("target_lower_percent", target.map(|target| Value::bound(&target.lower())))
        .member("target_upper_percent", target.map(|target| Value::bound(&target.upper())))
        .member("method", path.map(|path| path.method().id()))
        .member("decision_day", path.map(|path| path.decision_day().to_string()))
        .member("source", selection.source.name)
        .member("view", selection.view.name())
        .member("reason", day.outlook.as_ref().err().map(ToString::to_string))
        .member("meetings", meetings.unwrap_or_else(none))
        .member("unpriced", unpriced.unwrap_or_else(none))
        .ending(
            selection.source.illustrative,
            path.map(PolicyPath::notices).unwrap_or_default().iter().map(Notice::to_string),
        )
}

impl Odds {
    fn key(self) -> &'static str {
        match self {
            Self::Ranges => "outcomes",
            Self::Moves(_) => "moves",
            Self::Sides(_) => "against",
        }
    }

    /// The odds of a meeting under the names of their columns, from the lowest up.
    fn of(self, row: &ShownMeeting<'_>, target: TargetRange) -> Vec<(i64, Probability)> {
        let steps = |from: TargetRange| (target.upper_bp() - from.upper_bp()).div_euclid(25);
        match self {
            Self::Ranges => row.shown.outcomes().map(|(moves, odds)| (target.moved(moves).upper_bp(), odds)).collect(),
            Self::Moves(from) => {
                let shift = from.map_or(0, steps);
                row.shown.outcomes().map(|(moves, odds)| (25 * (moves + shift), odds)).collect()
            }
            Self::Sides(from) => {
                let shift = steps(from);
                let mut sides = BTreeMap::from([-1, 0, 1].map(|side| (side, Fraction::zero())));
                for (moves, odds) in row.shown.outcomes() {
                    let sum = sides.entry((moves + shift).signum()).or_insert_with(Fraction::zero);
                    *sum = &*sum + odds.exact();
                }
                sides.into_iter().filter_map(|(side, sum)| Some((side, Probability::new(sum).ok()?))).collect()
            }
        }
    }

    fn list(self, row: &ShownMeeting<'_>, target: TargetRange) -> Value {
        let odds = self.of(row, target).into_iter().map(|(what, odds)| {
            let member: (Key, Value) = match self {
                Self::Sides(_) => ("side".into(), side(what).into()),
                _ => ("move_bp".into(), what.into()),
            };
            Value::Object(vec![member, ("probability".into(), odds.into())])
        });
        Value::List(odds.collect())
    }
}

fn side(of: i64) -> &'static str {
    match of {
        ..0 => "lower",
        0 => "same",
        1.. => "higher",
    }
}

/// A meeting on a day, with the odds that are shown.
struct Row {
    date: NaiveDate,
    target: TargetRange,
    meeting: NaiveDate,
    odds: BTreeMap<i64, Probability>,
    moves: Fraction,
    rate: Fraction,
}

fn rows(days: impl IntoIterator<Item = HistoryDay>, odds: Odds, selection: &Selection<'_>) -> Vec<Row> {
    let priced = days.into_iter().filter_map(|day| day.outlook.ok());
    priced
        .flat_map(|outlook| {
            let row = |row: ShownMeeting<'_>| Row {
                date: outlook.path().as_of(),
                target: outlook.target(),
                meeting: row.meeting.announcement(),
                odds: odds.of(&row, outlook.target()).into_iter().collect(),
                moves: row.meeting.step.expected_moves(),
                rate: row.meeting.step.after.exact().clone(),
            };
            columns::shown_meetings(&outlook, selection).into_iter().map(row).collect::<Vec<_>>()
        })
        .collect()
}

/// What was priced day by day, a line a day and meeting, a column a target range or a change of it; in CSV one row a day,
/// meeting and column.
#[must_use]
pub fn history<'a>(days: impl IntoIterator<Item = HistoryDay>, odds: Odds, selection: &Selection<'_>) -> Document<'a> {
    let rows = rows(days, odds, selection);
    let what = match odds {
        Odds::Ranges => "odds of each target range".to_owned(),
        Odds::Moves(None) => "odds of each change of the range, bp, from the day's own".to_owned(),
        Odds::Moves(Some(from)) => format!("odds of each change of the range, bp, from {from} %"),
        Odds::Sides(from) => format!("odds of a range below, at and above {from} %"),
    };
    let title = format!(
        "What was priced day by day: {what} ({}), %;\nexpected moves of 25 bp at the meeting; expected rate after it, %\n{}",
        selection.view.name(),
        quotes(selection)
    );
    let rates = selection.bars.then(|| rates_through_time(&rows));
    let tidy = tidy(&rows, odds);
    let document = Document::default().text_block(title).csv_table(tidy);
    by_column(document, rows, odds, selection.width).when(rates, |document, rates| {
        document.text_block("Expected rate after each meeting through the days, %").text_table(rates)
    })
}

/// One row a day, meeting and column.
fn tidy<'a>(rows: &[Row], odds: Odds) -> Table<'a> {
    // Day, meeting, lower bound and column, probability.
    type Cell = (NaiveDate, NaiveDate, (i64, i64), Fraction);
    let cells = rows.iter().flat_map(|row| {
        let width = row.target.upper_bp() - row.target.lower_bp();
        row.odds.iter().map(move |(what, odds)| (row.date, row.meeting, (what - width, *what), odds.exact().clone()))
    });
    let mut columns = vec![data("date", |row: &Cell| row.0), data("meeting", |row: &Cell| row.1)];
    match odds {
        Odds::Ranges => {
            columns.push(data("lower_bp", |row: &Cell| row.2.0));
            columns.push(data("upper_bp", |row: &Cell| row.2.1));
        }
        Odds::Moves(_) => columns.push(data("move_bp", |row: &Cell| row.2.1)),
        Odds::Sides(_) => columns.push(data("side", |row: &Cell| side(row.2.1))),
    }
    columns.push(data("probability", |row: &Cell| row.3.clone()));
    Table::new("", cells.collect::<Vec<Cell>>(), columns)
}

/// A column a range, as many below each other as the width asks for.
fn by_column<'a>(document: Document<'a>, rows: Vec<Row>, odds: Odds, width: Option<usize>) -> Document<'a> {
    // Date, range, meeting, then expected moves and rate.
    const OTHERS: usize = 10 + 2 * 12 + 8 + 8;
    let possible: BTreeSet<i64> = rows.iter().flat_map(|row| row.odds.keys().copied()).collect();
    let visible = |what: &i64| rows.iter().any(|row| row.odds.get(what).is_some_and(shows));
    let visible: Vec<i64> = possible.into_iter().filter(visible).collect();
    let ranges: BTreeSet<(i64, i64)> = rows.iter().map(|row| (row.target.lower_bp(), row.target.upper_bp())).collect();
    let widths: BTreeSet<i64> = ranges.iter().map(|(lower, upper)| upper - lower).collect();
    let across = width.map_or(usize::MAX, |width| (width.saturating_sub(OTHERS) / 7).max(1));
    let rows = std::rc::Rc::new(rows);
    let places: Vec<usize> = (0..rows.len()).collect();
    let mut document = document;
    let blocks = visible.chunks(across.min(visible.len().max(1)));
    let count = blocks.len();
    for (index, block) in blocks.enumerate() {
        let of = |cell: fn(&Row) -> Value| {
            let rows = rows.clone();
            move |place: &usize| rows.get(*place).map(cell)
        };
        let mut columns: Vec<Column<'a, usize>> = vec![
            words("", "\nDate", of(|row| row.date.into())),
            words("", "\nRange %", of(|row| row.target.to_string().into())),
            words("", "\nMeeting", of(|row| row.meeting.into())),
        ];
        columns.extend(block.iter().map(|what| {
            let (what, rows) = (*what, rows.clone());
            let heading = match odds {
                Odds::Ranges => match widths.first() {
                    Some(width) if widths.len() == 1 && *width > 0 => {
                        format!("{:.2}-\n{:.2}", hundredths(what - width), hundredths(what))
                    }
                    _ => format!("to\n{:.2}", hundredths(what)),
                },
                Odds::Moves(_) if what == 0 => "\n0".to_owned(),
                Odds::Moves(_) => format!("\n{what:+}"),
                Odds::Sides(_) => format!("\n{}", side(what)),
            };
            let cell = move |place: &usize| {
                let odds = rows.get(*place)?.odds.get(&what)?.clone();
                Some(odds).filter(|odds| !odds.exact().is_zero())
            };
            number("", heading, Shown::Percent(1), cell)
        }));
        if index + 1 == count {
            columns.push(number("", "\nMoves", Shown::Signed(3), of(|row| row.moves.clone().into())));
            columns.push(number("", "\nRate %", Shown::Places(4), of(|row| row.rate.clone().into())));
        }
        document = document.text_table(Table::new("", places.clone(), columns));
    }
    document
}

fn hundredths(bp: i64) -> Fraction {
    Fraction::ratio(bp, 100).unwrap_or_else(Fraction::zero)
}

/// The expected rate after each meeting through the days, lowest to highest.
fn rates_through_time<'a>(rows: &[Row]) -> Table<'a> {
    const CELLS: usize = 28;
    let mut through_time: BTreeMap<NaiveDate, Vec<(NaiveDate, f64)>> = BTreeMap::new();
    for row in rows {
        through_time.entry(row.meeting).or_default().push((row.date, row.rate.to_f64()));
    }
    type Rates = (NaiveDate, Vec<(NaiveDate, f64)>);
    let rates = |days: &[(NaiveDate, f64)]| days.iter().map(|(_, rate)| *rate).collect::<Vec<f64>>();
    let low = move |(_, days): &Rates| rates(days).into_iter().reduce(f64::min);
    let high = move |(_, days): &Rates| rates(days).into_iter().reduce(f64::max);
    Table::new(
        "",
        through_time,
        [
            words("", "Meeting", |(meeting, _): &Rates| *meeting),
            number("", "Low", Shown::Places(4), low),
            number("", "High", Shown::Places(4), high),
            words("", "From", |(_, days): &Rates| days.first().map(|(day, _)| *day)),
            words("", "To", |(_, days): &Rates| days.last().map(|(day, _)| *day)),
            words("", "", move |(_, days): &Rates| bars::sparkline(&rates(days), CELLS)),
        ],
    )
}

pub(super) fn quotes(selection: &Selection<'_>) -> String {
    let illustrative = if selection.source.illustrative { format!("{ILLUSTRATIVE}\n") } else { String::new() };
    format!("{illustrative}Quotes: {}", printable(selection.source.name))
}

/// The outcome tables of many days, wide as the downloads of FedWatch: one row a day and meeting, a column a range, `(350-375)`
/// in basis points, from the lowest to the highest that has a probability anywhere. With [`Selection::meeting`] the column of
/// the meeting is left out: the layout of FedWatch's download of one meeting.
#[must_use]
pub fn history_wide<'a>(days: impl IntoIterator<Item = HistoryDay>, selection: &Selection<'_>) -> Document<'a> {
    type Cells = BTreeMap<(i64, i64), Fraction>;
    let mut ranges = BTreeSet::new();
    let mut rows: Vec<(NaiveDate, NaiveDate, Cells)> = Vec::new();
    for outlook in days.into_iter().filter_map(|day| day.outlook.ok()) {
        for row in columns::shown_meetings(&outlook, selection) {
            let cell = |(moves, probability): (i64, Probability)| {
                let range = outlook.target().moved(moves);
                ((range.lower_bp(), range.upper_bp()), probability.exact().clone())
            };
            let cells: Cells = row.shown.outcomes().map(cell).collect();
            ranges.extend(cells.keys().copied());
            rows.push((outlook.path().as_of(), row.meeting.announcement(), cells));
        }
    }
    let mut columns = vec![data("Date", |row: &(NaiveDate, NaiveDate, Cells)| row.0)];
    if selection.meeting.is_none() {
        columns.push(data("Meeting", |row: &(NaiveDate, NaiveDate, Cells)| row.1));
    }
    columns.extend(ranges.into_iter().map(|(lower, upper)| {
        // A range that is not among a meeting's outcomes has no probability at all: a true zero.
        data(format!("({lower}-{upper})"), move |row: &(NaiveDate, NaiveDate, Cells)| {
            row.2.get(&(lower, upper)).cloned().unwrap_or_else(Fraction::zero)
        })
    }));
    Document::default().csv_table(Table::new("", rows, columns))
}

/// What changed between days, a line a pair of days and meeting. Changes of odds are missing where the two days count moves from
/// different ranges.
#[must_use]
pub fn deltas<'a>(deltas: Vec<MeetingDelta>, selection: &Selection<'_>) -> Document<'a> {
    let differ = deltas.iter().any(|delta| !delta.same_range);
    let differ = differ.then_some("-: a decision lies between, and the two days count from different ranges");
    Document::default()
        .text_block(format!(
            "What changed: expected rate after the meeting, %, and its change, bp;\ncumulative odds, %, and their change, points\n{}",
            quotes(selection)
        ))
        .table(Table::new("", deltas, delta_columns()).narrow())
        .when(differ, Document::text_block)
}

/// One change as a document of one line.
#[must_use]
pub fn delta_line<'a>(delta: &'a MeetingDelta, selection: &Selection<'_>) -> Document<'a> {
    let table = Table::new("", [delta.clone()], delta_columns());
    let row = table.object(0, &table.columns(|form| form.in_json));
    let mut document = Document::new(SCHEMA);
    document.on_a_line = true;
    let Value::Object(members) = row else { return document };
    let document = document.each(members, |document, (key, value)| document.member(key, value));
    document.ending(selection.source.illustrative, [])
}

fn delta_columns<'a>() -> Vec<Column<'a, MeetingDelta>> {
    const ODDS: Shown = Shown::Percent(1);
    let rate = |meeting: &crate::outlook::MeetingOutlook| meeting.step.after.exact().clone();
    vec![
        words("", "Date", |delta: &MeetingDelta| delta.date).text_only(),
        data("date", |delta: &MeetingDelta| delta.date).no_json(),
        data("as_of", |delta: &MeetingDelta| delta.date).no_csv(),
        words("since", "Since", |delta: &MeetingDelta| delta.since),
        words("span", "Span", |delta: &MeetingDelta| delta.span.map(|span| span.to_string())),
        words("meeting", "Meeting", |delta: &MeetingDelta| delta.after.announcement()),
        data("rate_since_percent", move |delta: &MeetingDelta| rate(&delta.before)),
        number("rate_percent", "Rate %", Shown::Places(4), move |delta: &MeetingDelta| rate(&delta.after)),
        number("rate_change_bp", "bp", Shown::Signed(2), |delta: &MeetingDelta| delta.rate_change()).with_exact(),
        data("ease_since", |delta: &MeetingDelta| delta.before.cumulative.ease()),
        number("ease", "Ease", ODDS, |delta: &MeetingDelta| delta.after.cumulative.ease()),
        number("ease_change_points", "points", Shown::Signed(1), |delta: &MeetingDelta| delta.ease_change()),
        data("hike_since", |delta: &MeetingDelta| delta.before.cumulative.hike()),
        number("hike", "Hike", ODDS, |delta: &MeetingDelta| delta.after.cumulative.hike()),
        number("hike_change_points", "points", Shown::Signed(1), |delta: &MeetingDelta| delta.hike_change()),
    ]
}
