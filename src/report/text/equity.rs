//! The price impact of a shift.

use std::io::{self, Write};

use super::super::grid;
use super::super::number::float_to;
use crate::equity::{AssetProfile, CashFlows, EquityImpact};
use crate::term::PolicyShift;
use crate::text::printable;
use crate::units::BasisPoints;

/// Prints the impact of a shift on each asset, by scenario.
///
/// # Errors
/// Where `out` cannot be written.
pub fn equity(shift: &PolicyShift, impacts: &[EquityImpact], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "Equity price impact of {}, %", described(shift))?;
    tables(impacts, out)
}

/// "+7.5 bp from 2025-12-11, valued 2025-11-21".
pub(super) fn described(shift: &PolicyShift) -> String {
    let step = |(effective, size): &(chrono::NaiveDate, BasisPoints)| format!("{} from {effective}", signed(size));
    let steps: Vec<String> = shift.steps().iter().map(step).collect();
    format!("{}, valued {}", steps.join(", "), shift.valuation())
}

/// `+7.5 bp`; two places where no short decimal says it exactly.
pub(super) fn signed(size: &BasisPoints) -> String {
    let exact = format!("{size:+}");
    let number = exact.trim_end_matches("bp");
    let short = number.len() <= 7 && !number.contains('/');
    if short { format!("{number} bp") } else { format!("{:+.2} bp", size.exact()) }
}

/// One table an asset, with its inputs.
pub(super) fn tables(impacts: &[EquityImpact], out: &mut dyn Write) -> io::Result<()> {
    for rows in impacts.chunk_by(|a, b| a.asset.id == b.asset.id) {
        writeln!(out, "\n{}\n", inputs(&rows[0].asset))?;
        let headings = [
            grid::text("Scenario"),
            grid::number("First order"),
            grid::number("Convexity"),
            grid::number("Numerator"),
            grid::number("Total"),
        ];
        let lines = rows.iter().map(|row| {
            let percent = |fraction: Option<f64>| {
                fraction.map_or_else(|| "-".to_owned(), |fraction| float_to(100.0 * fraction, 4))
            };
            let figures = [row.denominator, row.convexity, row.numerator, Some(row.total)].map(percent);
            std::iter::once(row.label.clone()).chain(figures).collect()
        });
        write!(out, "{}", grid::table(&headings, lines, 2))?;
    }
    writeln!(out)?;
    if impacts.chunk_by(|a, b| a.asset.id == b.asset.id).any(|rows| rows.len() > 2) {
        writeln!(out, "How long the shift lasts matters more than how long the equity's duration is.")?;
    }
    writeln!(out, "Numerator -: the effect of financing cost on earnings is not modelled.")
}

/// "S&P 500 (sp500): payout yield 1.15 %, duration 87.0 years", and where the yield comes from.
fn inputs(asset: &AssetProfile) -> String {
    let cash_flows = match &asset.cash_flows {
        CashFlows::Gordon(gordon) => {
            format!("payout yield {} %", gordon.payout_yield().to_string().trim_end_matches('%'))
        }
    };
    let (name, id, source) = (printable(&asset.name), printable(&asset.id), printable(&asset.source));
    let duration = float_to(asset.cash_flows.duration(), 1);
    format!("{name} ({id}): {cash_flows}, duration {duration} years\n({}: {source})", asset.input)
}
