//! Policy surprises as CSV.

use std::io::{self, Write};

use super::super::number::exact;
use super::document;
use crate::study::surprise::{Announcement, MeetingSurprise, PolicySurprise, SurpriseRule, WindowKind};

/// The surprises of announcements, one row each: MP1 to MP4 in basis points, an empty cell where there is none.
///
/// # Errors
/// Where `out` cannot be written.
pub fn surprise(
    announcements: &[Announcement],
    rule: SurpriseRule,
    window: Option<WindowKind>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let header =
        ["announcement", "before", "after", "rule", "window", "next_meeting", "mp1_bp", "mp2_bp", "mp3_bp", "mp4_bp"];
    let rows = announcements.iter().map(|announcement| {
        let day = |day: Option<chrono::NaiveDate>| day.map_or(String::new(), |day| day.to_string());
        let surprise = announcement.surprise.as_ref().ok();
        let next = surprise.map(PolicySurprise::next).unwrap_or_default();
        let bp = |surprise: Option<&MeetingSurprise>| {
            let bp = surprise.and_then(|surprise| surprise.surprise.as_ref().ok());
            bp.map_or(String::new(), |bp| exact(bp.exact()))
        };
        let mut row = vec![announcement.date.to_string()];
        row.extend(
            [announcement.window.map(|(before, _)| before), announcement.window.map(|(_, after)| after)].map(day),
        );
        row.extend([rule.id().to_owned(), window.map_or("files", WindowKind::id).to_owned()]);
        row.extend([day(next.first().map(|next| next.meeting)), bp(surprise.map(PolicySurprise::current))]);
        row.extend((0..3).map(|index| bp(next.get(index))));
        row
    });
    document(&header, rows, out)
}
