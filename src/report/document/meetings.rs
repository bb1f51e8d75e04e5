//! The calendar and the ranges it led to, `fedpath.meetings/1`.

use super::super::{Schedule, ScheduleRow};
use super::{Document, Shown, Table, Value, data, number, words};

/// The meetings with the target range in force after each.
#[must_use]
pub fn meetings<'a>(schedule: &Schedule<'a>) -> Document<'a> {
    let columns = [
        words("start", "Start", |row: &ScheduleRow| row.meeting.start()),
        words("announcement", "Announcement", |row: &ScheduleRow| row.meeting.announcement()),
        words("effective", "Effective", |row: &ScheduleRow| row.effective),
        words("kind", "Kind", |row: &ScheduleRow| row.kind.to_string()),
        data("cancelled_on", |row: &ScheduleRow| row.cancelled_on()),
        words("", "Range %", |row: &ScheduleRow| row.range.map(|range| range.to_string())).text_only().blank(),
        data("lower_percent", |row: &ScheduleRow| row.range.map(|range| Value::bound(&range.lower()))),
        data("upper_percent", |row: &ScheduleRow| row.range.map(|range| Value::bound(&range.upper()))),
        number("change_bp", "Change bp", Shown::Signed(0), |row: &ScheduleRow| row.change_bp).blank(),
    ];
    let known_to = schedule.known_to();
    Document::new("fedpath.meetings/1")
        .text_block(format!(
            "FOMC meetings and the target range from the effective date on, %\nRanges are known to {known_to}; a later one is blank."
        ))
        .member("targets_known_to", known_to)
        .table(Table::new("meetings", schedule.rows(), columns))
        .member("warnings", Value::List(Vec::new()))
}
