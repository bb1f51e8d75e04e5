//! The calendar: `fedpath.meetings/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::super::number::bound;
use super::super::{Schedule, ScheduleRow};
use super::write;

#[derive(Serialize)]
struct MeetingRow {
    start: String,
    announcement: String,
    effective: String,
    kind: String,
    cancelled_on: Option<String>,
    lower_percent: Option<String>,
    upper_percent: Option<String>,
    change_bp: Option<i64>,
}

#[derive(Serialize)]
struct MeetingsDocument {
    schema: &'static str,
    targets_known_to: String,
    meetings: Vec<MeetingRow>,
    warnings: Vec<String>,
}

/// The calendar and the ranges it led to, `fedpath.meetings/1`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn meetings(schedule: &Schedule<'_>, out: &mut dyn Write) -> io::Result<()> {
    let row = |row: ScheduleRow| MeetingRow {
        start: row.meeting.start().to_string(),
        announcement: row.meeting.announcement().to_string(),
        effective: row.effective.to_string(),
        kind: row.kind.to_string(),
        cancelled_on: row.cancelled_on().map(|date| date.to_string()),
        lower_percent: row.range.map(|range| bound(&range.lower())),
        upper_percent: row.range.map(|range| bound(&range.upper())),
        change_bp: row.change_bp,
    };
    let document = MeetingsDocument {
        schema: "fedpath.meetings/1",
        targets_known_to: schedule.known_to().to_string(),
        meetings: schedule.rows().map(row).collect(),
        warnings: Vec::new(),
    };
    write(&document, out)
}
