//! Policy surprises for people.

use std::io::{self, Write};

use super::super::{ILLUSTRATIVE, Telling, grid};
use crate::study::surprise::{Announcement, MeetingSurprise, PolicySurprise, SurpriseRule, SurpriseSource, WindowKind};
use crate::text::printable;
use crate::units::BasisPoints;

/// Prints the surprise of one announcement between two snapshots, meeting by meeting.
///
/// # Errors
/// Where `out` cannot be written.
pub fn surprise(
    announcement: &Announcement,
    rule: SurpriseRule,
    told: &Telling<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "Policy surprise of the announcement of {}, bp\n", announcement.date)?;
    if told.is_illustrative() {
        writeln!(out, "{ILLUSTRATIVE}")?;
    }
    if let Some((before, after)) = announcement.window {
        writeln!(out, "Before  {before}  {}", printable(told.before.name))?;
        writeln!(out, "After   {after}  {}", printable(told.after.name))?;
    }
    writeln!(out, "Rule    {rule}\n")?;
    let Ok(surprise) = &announcement.surprise else { return Ok(()) };
    let headings = [
        grid::text(""),
        grid::text("Meeting"),
        grid::text("Contract"),
        grid::number("Change"),
        grid::text("Taken"),
        grid::number("Surprise"),
    ];
    let all = || std::iter::once(surprise.current()).chain(surprise.next());
    let rows = all().enumerate().map(|(index, of_meeting)| {
        vec![
            format!("MP{}", index + 1),
            of_meeting.meeting.to_string(),
            of_meeting.contract.symbol(),
            of_meeting.change.as_ref().map_or("-".to_owned(), bp),
            taken(of_meeting),
            of_meeting.surprise.as_ref().map_or("-".to_owned(), bp),
        ]
    });
    write!(out, "{}", grid::table(&headings, rows, 2))?;
    for of_meeting in all() {
        if let Err(reason) = &of_meeting.surprise {
            writeln!(out, "\nNo surprise about {}: {reason}", of_meeting.meeting)?;
        }
    }
    writeln!(out, "\nMP1: change of the rate expected after this decision; MP2, MP3: after the next ones.")
}

/// Prints the surprises of announcements in quotes of many days, a line each.
///
/// # Errors
/// Where `out` cannot be written.
pub fn surprises(
    announcements: &[Announcement],
    rule: SurpriseRule,
    window: WindowKind,
    told: &Telling<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let words = match window {
        WindowKind::Close => "from the close before to the close of the day",
        WindowKind::NextOpen => "from the close of the day to the next open",
    };
    writeln!(out, "Policy surprises, bp, {words}\n")?;
    if told.is_illustrative() {
        writeln!(out, "{ILLUSTRATIVE}")?;
    }
    writeln!(out, "Quotes: {}", printable(told.before.name))?;
    writeln!(out, "Rule: {rule}\n")?;
    let mut headings = vec![grid::text("Announcement"), grid::text("Before"), grid::text("After"), grid::number("MP1")];
    // Kuttner's rule speaks of the decision alone.
    let any_next = rule == SurpriseRule::SevenDay;
    headings.extend(any_next.then(|| [grid::text("Next meeting"), grid::number("MP2")]).into_iter().flatten());
    let rows = announcements.iter().map(|announcement| {
        let day = |day: Option<chrono::NaiveDate>| day.map_or("-".to_owned(), |day| day.to_string());
        let surprise = announcement.surprise.as_ref().ok();
        let next = surprise.and_then(|surprise| surprise.next().first());
        let shown = |of_meeting: Option<&MeetingSurprise>| {
            let surprise = of_meeting.and_then(|of_meeting| of_meeting.surprise.as_ref().ok());
            surprise.map_or("-".to_owned(), bp)
        };
        let mut row = vec![
            announcement.date.to_string(),
            day(announcement.window.map(|(before, _)| before)),
            day(announcement.window.map(|(_, after)| after)),
            shown(surprise.map(PolicySurprise::current)),
        ];
        row.extend(any_next.then(|| [day(next.map(|next| next.meeting)), shown(next)]).into_iter().flatten());
        row
    });
    write!(out, "{}", grid::table(&headings, rows, 2))
}

fn taken(of_meeting: &MeetingSurprise) -> String {
    match of_meeting.source {
        SurpriseSource::Scaled { before, after } => format!("scaled, {before}+{after} days"),
        SurpriseSource::Unscaled => "unscaled, first day".to_owned(),
        SurpriseSource::NextContract => "next contract".to_owned(),
    }
}

fn bp(surprise: &BasisPoints) -> String {
    format!("{:+.2}", surprise.exact())
}
