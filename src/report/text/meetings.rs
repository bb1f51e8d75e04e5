//! The calendar and the ranges it led to.

use std::io::{self, Write};

use super::super::{Schedule, ScheduleRow, grid};

/// Prints the meetings with the target range in force after each.
///
/// # Errors
/// Where `out` cannot be written.
pub fn meetings(schedule: &Schedule<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "FOMC meetings and the target range from the effective date on, %")?;
    writeln!(out, "Ranges are known to {}; a later one is blank.\n", schedule.known_to())?;
    let headings = [
        grid::text("Start"),
        grid::text("Announcement"),
        grid::text("Effective"),
        grid::text("Kind"),
        grid::text("Range %"),
        grid::number("Change bp"),
    ];
    let rows = schedule.rows().map(|row: ScheduleRow| {
        vec![
            row.meeting.start().to_string(),
            row.meeting.announcement().to_string(),
            row.effective.to_string(),
            row.kind.to_string(),
            row.range.map_or(String::new(), |range| range.to_string()),
            match row.change_bp {
                Some(0) => "0".to_owned(),
                Some(change) => format!("{change:+}"),
                None => String::new(),
            },
        ]
    });
    write!(out, "{}", grid::table(&headings, rows, 2))
}
