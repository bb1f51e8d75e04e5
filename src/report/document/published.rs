//! Published probabilities beside ours: one document on one line, `fedpath.history/1`.

use super::super::{ILLUSTRATIVE, Source};
use super::history::SCHEMA;
use super::{Column, Document, Shown, Table, Value, data, list, number, object, words};
use crate::study::published::{Agreement, PublishedCell, PublishedComparison};
use crate::text::printable;
use crate::units::Fraction;

/// How published probabilities agree with ours: the worst cell, and what would explain it. `source` names the quotes,
/// `published` the download. In CSV every compared cell: what was published (empty where the range was not listed), ours, and
/// the difference.
#[must_use]
pub fn published<'a>(comparison: &'a PublishedComparison, source: &Source<'_>, published: &str) -> Document<'a> {
    let illustrative = if source.illustrative { format!("{ILLUSTRATIVE}\n") } else { String::new() };
    let met = format!(
        "Distances in points. Met: within {:.5}, the rounding of the published figure.",
        comparison.rounding() * &Fraction::integer(100)
    );
    let all = std::iter::once(comparison.as_assumed()).chain(comparison.others());
    let off = |agreement: &&Agreement| agreement.worst.as_ref().map(|worst| worst.difference().abs());
    let mut document = Document::new(SCHEMA);
    document.on_a_line = true;
    document
        .text_block("Published probabilities against ours")
        .text_block(format!(
            "{illustrative}Published: {}\nQuotes: {}\nDays: {} compared, {} without quotes; tables of a meeting without a price: {}",
            printable(published),
            printable(source.name),
            comparison.days(),
            comparison.without_quotes(),
            comparison.unpriced()
        ))
        .text_table(Table::new("", all, [
            words("", "Convention", |agreement: &&Agreement| agreement.name.clone()),
            number("", "Cells", Shown::Plain, |agreement: &&Agreement| agreement.cells),
            number("", "Met", Shown::Plain, |agreement: &&Agreement| agreement.met),
            number("", "Mean off", Shown::Percent(5), |agreement: &&Agreement| agreement.mean_distance.clone()),
            number("", "Worst", Shown::Percent(5), off),
        ]))
        .text_block(format!("{}\n{met}", verdict(comparison)))
        .member("source", source.name)
        .member("published", published)
        .member("days", comparison.days())
        .member("days_without_quotes", comparison.without_quotes())
        .member("tables_without_price", comparison.unpriced())
        .member("rounding", comparison.rounding())
        .member("as_assumed", agreement(comparison.as_assumed()))
        .member("others", list(comparison.others(), agreement))
        .member("explanation", comparison.explanation().map(|agreement| agreement.name.as_str()))
        .ending(source.illustrative, [])
        .csv_table(Table::new("", comparison.cells(), cells()))
}

fn cells<'a>() -> [Column<'a, &'a PublishedCell>; 7] {
    [
        data("date", |cell: &&PublishedCell| cell.day),
        data("meeting", |cell: &&PublishedCell| cell.meeting),
        data("lower_bp", |cell: &&PublishedCell| cell.lower_bp),
        data("upper_bp", |cell: &&PublishedCell| cell.upper_bp),
        data("published", |cell: &&PublishedCell| cell.published.clone()),
        data("probability", |cell: &&PublishedCell| Value::from(&cell.ours)),
        data("difference", |cell: &&PublishedCell| cell.difference()),
    ]
}

fn agreement(agreement: &Agreement) -> Value {
    let worst = agreement.worst.as_ref().map(|worst| {
        let table = Table::new("", [worst], cells());
        table.object(0, &table.columns(|_| true))
    });
    object([
        ("name", agreement.name.as_str().into()),
        ("cells", agreement.cells.into()),
        ("met", agreement.met.into()),
        ("mean_distance", agreement.mean_distance.clone().into()),
        ("worst", worst.into()),
    ])
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
