//! Published probabilities beside ours as CSV.

use std::io::{self, Write};

use super::super::number::exact;
use super::document;
use crate::study::published::PublishedComparison;

/// Every compared cell: what was published (empty where the range was not listed), ours, and the difference.
///
/// # Errors
/// Where `out` cannot be written.
pub fn published(comparison: &PublishedComparison, out: &mut dyn Write) -> io::Result<()> {
    let rows = comparison.cells().iter().map(|cell| {
        vec![
            cell.day.to_string(),
            cell.meeting.to_string(),
            cell.lower_bp.to_string(),
            cell.upper_bp.to_string(),
            cell.published.as_ref().map_or(String::new(), |published| exact(published.exact())),
            exact(cell.ours.exact()),
            exact(&cell.difference()),
        ]
    });
    document(&["date", "meeting", "lower_bp", "upper_bp", "published", "probability", "difference"], rows, out)
}
