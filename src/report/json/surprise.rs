//! Policy surprises as JSON, `fedpath.surprise/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::super::Telling;
use super::super::number::exact;
use super::write;
use crate::study::surprise::{Announcement, MeetingSurprise, SurpriseRule, SurpriseSource, WindowKind};

#[derive(Serialize)]
struct SurpriseDocument<'a> {
    schema: &'static str,
    announcement: String,
    next_meeting: Option<String>,
    rule: &'static str,
    window: &'static str,
    before: Side<'a>,
    after: Side<'a>,
    mp1_bp: Option<String>,
    mp1_bp_exact: Option<String>,
    mp2_bp: Option<String>,
    mp2_bp_exact: Option<String>,
    surprises: Vec<SurpriseRow>,
    reason: Option<String>,
    illustrative: bool,
    warnings: &'a [String],
}

#[derive(Serialize)]
struct Side<'a> {
    as_of: Option<String>,
    source: &'a str,
}

#[derive(Serialize)]
struct SurpriseRow {
    number: usize,
    meeting: String,
    contract: String,
    taken: &'static str,
    days_before: Option<u32>,
    days_after: Option<u32>,
    rate_change_bp: Option<String>,
    surprise_bp: Option<String>,
    surprise_bp_exact: Option<String>,
    reason: Option<String>,
}

impl SurpriseRow {
    fn new((index, of_meeting): (usize, &MeetingSurprise)) -> Self {
        let surprise = of_meeting.surprise.as_ref();
        let days = match of_meeting.source {
            SurpriseSource::Scaled { before, after } => Some((before, after)),
            SurpriseSource::Unscaled | SurpriseSource::NextContract => None,
        };
        Self {
            number: index + 1,
            meeting: of_meeting.meeting.to_string(),
            contract: of_meeting.contract.month().to_string(),
            taken: of_meeting.source.id(),
            days_before: days.map(|(before, _)| before),
            days_after: days.map(|(_, after)| after),
            rate_change_bp: of_meeting.change.as_ref().map(|change| exact(change.exact())),
            surprise_bp: surprise.ok().map(|bp| exact(bp.exact())),
            surprise_bp_exact: surprise.ok().map(|bp| bp.exact().to_string()),
            reason: surprise.err().map(ToString::to_string),
        }
    }
}

impl<'a> SurpriseDocument<'a> {
    fn new(
        announcement: &Announcement,
        rule: SurpriseRule,
        window: Option<WindowKind>,
        told: &Telling<'a>,
        warnings: &'a [String],
    ) -> Self {
        let surprise = announcement.surprise.as_ref();
        let all: Vec<&MeetingSurprise> = surprise
            .map(|surprise| std::iter::once(surprise.current()).chain(surprise.next()).collect())
            .unwrap_or_default();
        let rows: Vec<SurpriseRow> = all.into_iter().enumerate().map(SurpriseRow::new).collect();
        let bp = |number: usize| {
            let row = rows.get(number);
            (row.and_then(|row| row.surprise_bp.clone()), row.and_then(|row| row.surprise_bp_exact.clone()))
        };
        let ((mp1_bp, mp1_bp_exact), (mp2_bp, mp2_bp_exact)) = (bp(0), bp(1));
        Self {
            schema: "fedpath.surprise/1",
            announcement: announcement.date.to_string(),
            next_meeting: rows.get(1).map(|row| row.meeting.clone()),
            rule: rule.id(),
            window: window.map_or("files", WindowKind::id),
            before: Side { as_of: announcement.window.map(|(day, _)| day.to_string()), source: told.before.name },
            after: Side { as_of: announcement.window.map(|(_, day)| day.to_string()), source: told.after.name },
            mp1_bp,
            mp1_bp_exact,
            mp2_bp,
            mp2_bp_exact,
            surprises: rows,
            reason: surprise.err().map(ToString::to_string),
            illustrative: told.is_illustrative(),
            warnings,
        }
    }
}

/// The surprise of one announcement between two snapshots, one document.
///
/// # Errors
/// Where `out` cannot be written.
pub fn surprise(
    announcement: &Announcement,
    rule: SurpriseRule,
    told: &Telling<'_>,
    warnings: &[String],
    out: &mut dyn Write,
) -> io::Result<()> {
    write(&SurpriseDocument::new(announcement, rule, None, told, warnings), out)
}

/// The surprises of announcements in quotes of many days, one document a line, each with the warnings of the run.
///
/// # Errors
/// Where `out` cannot be written.
pub fn surprises(
    announcements: &[Announcement],
    rule: SurpriseRule,
    window: WindowKind,
    told: &Telling<'_>,
    warnings: &[String],
    out: &mut dyn Write,
) -> io::Result<()> {
    announcements.iter().try_for_each(|announcement| {
        let document = SurpriseDocument::new(announcement, rule, Some(window), told, warnings);
        serde_json::to_writer(&mut *out, &document)?;
        writeln!(out)
    })
}
