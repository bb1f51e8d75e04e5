//! Published probabilities beside ours as JSON: one document on one line, `fedpath.history/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::super::Source;
use super::super::number::exact;
use super::history::{SCHEMA, line};
use crate::study::published::{Agreement, PublishedCell, PublishedComparison};

#[derive(Serialize)]
struct PublishedDocument<'a> {
    schema: &'static str,
    source: &'a str,
    published: &'a str,
    days: usize,
    days_without_quotes: usize,
    tables_without_price: usize,
    rounding: String,
    as_assumed: AgreementRow<'a>,
    others: Vec<AgreementRow<'a>>,
    explanation: Option<&'a str>,
    illustrative: bool,
    warnings: [String; 0],
}

#[derive(Serialize)]
struct AgreementRow<'a> {
    name: &'a str,
    cells: usize,
    met: usize,
    mean_distance: Option<String>,
    worst: Option<CellRow>,
}

#[derive(Serialize)]
struct CellRow {
    date: String,
    meeting: String,
    lower_bp: i64,
    upper_bp: i64,
    published: Option<String>,
    probability: String,
    difference: String,
}

impl<'a> From<&'a Agreement> for AgreementRow<'a> {
    fn from(agreement: &'a Agreement) -> Self {
        let cell = |cell: &PublishedCell| CellRow {
            date: cell.day.to_string(),
            meeting: cell.meeting.to_string(),
            lower_bp: cell.lower_bp,
            upper_bp: cell.upper_bp,
            published: cell.published.as_ref().map(|published| exact(published.exact())),
            probability: exact(cell.ours.exact()),
            difference: exact(&cell.difference()),
        };
        Self {
            name: &agreement.name,
            cells: agreement.cells,
            met: agreement.met,
            mean_distance: agreement.mean_distance.as_ref().map(exact),
            worst: agreement.worst.as_ref().map(cell),
        }
    }
}

/// How published probabilities agree with ours, and under which other conventions; `source` names the quotes, `published` the
/// download.
///
/// # Errors
/// Where `out` cannot be written.
pub fn published(
    comparison: &PublishedComparison,
    source: &Source<'_>,
    published: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let document = PublishedDocument {
        schema: SCHEMA,
        source: source.name,
        published,
        days: comparison.days(),
        days_without_quotes: comparison.without_quotes(),
        tables_without_price: comparison.unpriced(),
        rounding: format!("{:.12}", comparison.rounding()),
        as_assumed: comparison.as_assumed().into(),
        others: comparison.others().iter().map(AgreementRow::from).collect(),
        explanation: comparison.explanation().map(|agreement| agreement.name.as_str()),
        illustrative: source.illustrative,
        warnings: [],
    };
    line(&document, out)
}
