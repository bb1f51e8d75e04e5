//! Published probabilities beside ours, for people.

use std::io::{self, Write};

use super::super::{ILLUSTRATIVE, Source, grid};
use crate::study::published::{Agreement, PublishedCell, PublishedComparison};
use crate::text::printable;
use crate::units::Fraction;

/// Prints how published probabilities agree with ours: the worst cell, and what would explain it. `source` names the quotes,
/// `published` the download.
///
/// # Errors
/// Where `out` cannot be written.
pub fn published(
    comparison: &PublishedComparison,
    source: &Source<'_>,
    published: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "Published probabilities against ours\n")?;
    if source.illustrative {
        writeln!(out, "{ILLUSTRATIVE}")?;
    }
    writeln!(out, "Published: {}", printable(published))?;
    writeln!(out, "Quotes: {}", printable(source.name))?;
    writeln!(
        out,
        "Days: {} compared, {} without quotes; tables of a meeting without a price: {}\n",
        comparison.days(),
        comparison.without_quotes(),
        comparison.unpriced()
    )?;
    let headings = [
        grid::text("Convention"),
        grid::number("Cells"),
        grid::number("Met"),
        grid::number("Mean off"),
        grid::number("Worst"),
    ];
    let all = std::iter::once(comparison.as_assumed()).chain(comparison.others());
    let rows = all.map(|agreement: &Agreement| {
        let off = |distance: Option<Fraction>| distance.map_or("-".to_owned(), |distance| points(&distance));
        vec![
            agreement.name.clone(),
            agreement.cells.to_string(),
            agreement.met.to_string(),
            off(agreement.mean_distance.clone()),
            off(agreement.worst.as_ref().map(|worst| worst.difference().abs())),
        ]
    });
    write!(out, "{}", grid::table(&headings, rows, 2))?;
    writeln!(out, "\n{}", verdict(comparison))?;
    writeln!(
        out,
        "Distances in points. Met: within {:.5}, the rounding of the published figure.",
        percent(comparison.rounding())
    )
}

/// The worst cell, and the convention that explains the differences.
#[must_use]
pub fn verdict(comparison: &PublishedComparison) -> String {
    let as_assumed = comparison.as_assumed();
    let Some(worst) = &as_assumed.worst else { return "No cell could be compared.".to_owned() };
    if as_assumed.met == as_assumed.cells {
        return format!("Every cell is met. Farthest off: {}", place(worst));
    }
    let explained = match comparison.explanation() {
        Some(other) if other.met == other.cells => format!("Under '{}' every cell is met.", other.name),
        Some(other) => {
            format!("'{}' explains most of it: {} of {} cells are met.", other.name, other.met, other.cells)
        }
        None => "No other convention here explains it: the prices may be others.".to_owned(),
    };
    format!("Farthest off: {}\n{explained}", place(worst))
}

fn place(cell: &PublishedCell) -> String {
    let published =
        cell.published.as_ref().map_or("not listed".to_owned(), |published| format!("{:.4} %", published.percent()));
    format!(
        "{}, meeting of {}, {}-{} bp:\npublished {published}, ours {:.4} %",
        cell.day,
        cell.meeting,
        cell.lower_bp,
        cell.upper_bp,
        cell.ours.percent()
    )
}

fn points(distance: &Fraction) -> String {
    format!("{:.5}", percent(distance))
}

fn percent(share: &Fraction) -> Fraction {
    share * &Fraction::integer(100)
}
