//! Price impacts: `fedpath.equity/1`, and the rows of them in other documents.

use std::io::{self, Write};

use serde::Serialize;

use super::super::number::{exact, float};
use super::write;
use crate::equity::EquityImpact;
use crate::notice::Notice;
use crate::term::PolicyShift;

#[derive(Serialize)]
pub(super) struct EquityRow<'a> {
    asset: &'a str,
    kind: &'static str,
    method: &'static str,
    denominator_percent: Option<String>,
    convexity_percent: Option<String>,
    numerator_percent: Option<String>,
    total_percent: String,
    low_percent: Option<String>,
    high_percent: Option<String>,
    citation: &'a str,
}

impl<'a> From<&'a EquityImpact> for EquityRow<'a> {
    fn from(row: &'a EquityImpact) -> Self {
        let percent = |fraction: f64| float(100.0 * fraction);
        Self {
            asset: &row.asset.id,
            kind: row.kind.name(),
            method: row.method,
            denominator_percent: row.denominator.map(percent),
            convexity_percent: row.convexity.map(percent),
            numerator_percent: row.numerator.map(percent),
            total_percent: percent(row.total),
            low_percent: row.range.map(|(low, _)| percent(low)),
            high_percent: row.range.map(|(_, high)| percent(high)),
            citation: &row.citation,
        }
    }
}

#[derive(Serialize)]
struct EquityDocument<'a> {
    schema: &'static str,
    as_of: String,
    effective: String,
    shift_bp: String,
    equity: Vec<EquityRow<'a>>,
    warnings: Vec<String>,
}

/// The price impact of a given shift, `fedpath.equity/1`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn equity(
    shift: &PolicyShift,
    impacts: &[EquityImpact],
    notices: &[Notice],
    out: &mut dyn Write,
) -> io::Result<()> {
    let (effective, size) = shift
        .steps()
        .first()
        .map_or((String::new(), String::new()), |(date, size)| (date.to_string(), exact(size.exact())));
    let document = EquityDocument {
        schema: "fedpath.equity/1",
        as_of: shift.valuation().to_string(),
        effective,
        shift_bp: size,
        equity: impacts.iter().map(EquityRow::from).collect(),
        warnings: notices.iter().map(Notice::to_string).collect(),
    };
    write(&document, out)
}
