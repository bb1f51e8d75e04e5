//! The outcome table with every figure between its bounds: `fedpath.probs/1`, with `bounds` in each meeting.

use std::rc::Rc;

use chrono::NaiveDate;

use super::super::Selection;
use super::super::bounds::{BoundedRow, BoundedRows, Bounds, End};
use super::basis::basis;
use super::columns::{self, ShownMeeting};
use super::probs::{ending, heading, shows};
use super::{Document, Key, Table, Value, data, object, words};
use crate::market::calendar::TargetRange;
use crate::outlook::{Event, MeetingOutlook, Outlook};
use crate::units::Fraction;

/// The probability of every outcome, and the expected rate, between their bounds: `35.4 % (33.2-37.6)`.
#[must_use]
pub fn bounds<'a>(bounds: &'a Bounds<'a>, selection: &Selection<'_>) -> Document<'a> {
    let (outlook, view) = (bounds.outlook(), selection.view);
    let rows = |meeting| Some((meeting, bounds.rows(meeting, view)?));
    let all: Rc<[(&MeetingOutlook, BoundedRows)]> = selection.meetings(outlook).filter_map(rows).collect();
    let mut lines = Vec::new();
    for (meeting, rows) in &*all {
        let mut day = Some(meeting.announcement());
        if let Some(rate) = bounds.rate_after(meeting) {
            let told = format!("{:.4} % ({:.4}-{:.4})", meeting.step.after.exact(), rate.low, rate.high);
            lines.push((day.take(), "rate after".to_owned(), told));
        }
        lines.extend(visible(outlook, rows).map(|(label, row)| (day.take(), label, told(row))));
    }
    let loose = |(_, rows): &(&MeetingOutlook, BoundedRows)| {
        visible(outlook, rows).any(|(_, row)| !row.low.attained || !row.high.attained)
    };
    let loose = all.iter().any(loose).then_some("~ no such prices go beyond it, but none are known to give it");
    let behind: Vec<String> = all.iter().map(|(meeting, rows)| prices_behind(outlook, meeting, rows)).collect();
    let mut meetings = columns::meeting(outlook.target());
    let found = Rc::clone(&all);
    let of_meeting = move |row: &ShownMeeting<'_>| {
        let rows = found.iter().find(|(meeting, _)| meeting.announcement() == row.step.announcement());
        Value::if_any(rows.map(|(meeting, rows)| member(bounds, meeting, rows, outlook.target())))
    };
    meetings.push(data("bounds", of_meeting));
    let document = heading(outlook.path(), selection)
        .text_block(format!("Probabilities and their bounds ({})", view.name()))
        .text_block(basis(outlook.path(), selection))
        .text_block(bounds.told())
        .text_table(Table::new(
            "",
            lines,
            [
                words("", "Meeting", |(day, ..): &(Option<NaiveDate>, String, String)| *day).blank(),
                words("", "Outcome", |(_, label, _): &(Option<NaiveDate>, String, String)| label.clone()),
                words("", "Probability", |(.., told): &(Option<NaiveDate>, String, String)| told.clone()),
            ],
        ))
        .when(loose, Document::text_block)
        .json_table(Table::new("meetings", columns::shown_meetings(outlook, selection), meetings))
        .each(behind.into_iter().filter(|_| selection.explain), Document::text_block);
    document.with(ending(outlook, selection)).csv_table(tidy(outlook, &all))
}

/// One row a meeting and target range.
fn tidy<'a>(outlook: &'a Outlook, all: &[(&'a MeetingOutlook, BoundedRows)]) -> Table<'a> {
    let of_meeting = |(meeting, rows): &(&'a MeetingOutlook, BoundedRows)| {
        let announcement = meeting.announcement();
        let row = move |row: &BoundedRow| match row.event {
            Event::Moves(moves) => Some((announcement, outlook.target().moved(moves), row.clone())),
            _ => None,
        };
        rows.outcomes.iter().filter_map(row).collect::<Vec<_>>()
    };
    let rows: Vec<_> = all.iter().flat_map(of_meeting).collect();
    type Row = (NaiveDate, TargetRange, BoundedRow);
    let mut columns =
        vec![data("date", |_: &Row| outlook.path().as_of()), data("meeting", |(meeting, ..): &Row| *meeting)];
    columns.extend(columns::range(|(_, range, _): &Row| *range));
    columns.push(data("probability", |(.., row): &Row| Value::from(&row.probability)));
    columns.push(data("low", |(.., row): &Row| Value::from(&row.low.probability)));
    columns.push(data("high", |(.., row): &Row| Value::from(&row.high.probability)));
    Table::new("", rows, columns)
}

/// The outcomes that can be more than 0.0 when printed, by their ranges, and the sides.
fn visible<'r>(outlook: &'r Outlook, rows: &'r BoundedRows) -> impl Iterator<Item = (String, &'r BoundedRow)> {
    let label = |event| match event {
        Event::Moves(moves) => outlook.target().moved(moves).to_string(),
        side => side.to_string(),
    };
    let outcomes = rows.outcomes.iter().filter(|row| shows(&row.high.probability));
    let outcomes = outcomes.map(move |row| (label(row.event), row));
    outcomes.chain(rows.sides.iter().map(|row| (row.event.to_string(), row)))
}

fn told(row: &BoundedRow) -> String {
    let mark = |end: &End| if end.attained { "" } else { "~" };
    format!(
        "{:.1} % ({}{}-{}{})",
        row.probability.percent(),
        mark(&row.low),
        percent(&row.low, false),
        mark(&row.high),
        percent(&row.high, true)
    )
}

/// An end in percent: as every figure where it is attained, else rounded outward, to hold what it bounds.
fn percent(end: &End, up: bool) -> String {
    let percent = end.probability.percent();
    if end.attained {
        return format!("{percent:.1}");
    }
    let tenths = &percent * &Fraction::integer(10);
    let floor = tenths.floor();
    let outward = if up && floor != tenths { &floor + &Fraction::integer(1) } else { floor };
    format!("{:.1}", &outward / &Fraction::integer(10))
}

/// The prices that give each bound of a meeting.
fn prices_behind(outlook: &Outlook, meeting: &MeetingOutlook, rows: &BoundedRows) -> String {
    let prices = |end: &End| {
        let told: Vec<String> = end
            .at
            .iter()
            .map(|(contract, price)| format!("{} {price:.5}", outlook.path().product().contract(*contract).symbol()))
            .collect();
        if told.is_empty() { "as quoted".to_owned() } else { told.join(", ") }
    };
    let mut text = format!("Prices that give the bounds of {}\n", meeting.announcement());
    for (label, row) in visible(outlook, rows).filter(|(_, row)| row.low.probability != row.high.probability) {
        text += &format!("  {label:10}  least {}  {}\n", percent(&row.low, false), prices(&row.low));
        text += &format!("  {:10}  most  {}  {}\n", "", percent(&row.high, true), prices(&row.high));
    }
    text
}

/// The bounds of one meeting as a member of its row.
fn member(bounds: &Bounds<'_>, meeting: &MeetingOutlook, rows: &BoundedRows, target: TargetRange) -> Value {
    let rate = bounds.rate_after(meeting);
    let outcome = |row: &BoundedRow| {
        let Event::Moves(moves) = row.event else { return None };
        let range = target.moved(moves);
        let (low, high) = (end(&row.low), end(&row.high));
        Some(object([
            ("lower_bp", range.lower_bp().into()),
            ("upper_bp", range.upper_bp().into()),
            ("low", low),
            ("high", high),
        ]))
    };
    let side = |row: &BoundedRow| object([("low", end(&row.low)), ("high", end(&row.high))]);
    let [ease, hold, hike] = rows.sides.each_ref().map(side);
    object([
        ("given", bounds.id().into()),
        ("told", bounds.told().into()),
        ("rate_after_low_percent", rate.as_ref().map(|rate| rate.low.clone()).into()),
        ("rate_after_high_percent", rate.as_ref().map(|rate| rate.high.clone()).into()),
        ("ease", ease),
        ("hold", hold),
        ("hike", hike),
        ("outcomes", Value::List(rows.outcomes.iter().filter_map(outcome).collect())),
    ])
}

fn end(end: &End) -> Value {
    let mut at: Vec<(Key, Value)> =
        end.at.iter().map(|(contract, price)| (contract.to_string().into(), price.into())).collect();
    at.sort_by(|(one, _), (other, _)| one.cmp(other));
    object([
        ("probability", Value::from(&end.probability)),
        ("probability_exact", Value::from(&end.probability).fraction()),
        ("attained", end.attained.into()),
        ("prices", Value::Object(at)),
    ])
}
