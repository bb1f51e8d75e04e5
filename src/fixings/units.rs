//! The unit trap: a file of rates as fractions (`0.0363`) or basis points (`363`) is no file of percentages.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::calendar::TargetHistory;
use crate::problem::{Position, Problem, ProblemKind};

/// The highest rate that is taken for a percentage: the effective rate's record is 22.36, in 1981.
const HIGHEST: Decimal = Decimal::from_parts(30, 0, 0, false, 0);

/// Refuses rates that are no percentages, at the first of them.
///
/// The effective rate is published in hundredths of a percent, and since 1994 it was never below a tenth of the target's
/// upper bound of its day where that was half a percent or more (0.11 against 1.00, in December 2008). A rate with more
/// places, or one below a twentieth of the bound, is a fraction.
pub(super) fn check(rates: &BTreeMap<NaiveDate, (Decimal, Position)>) -> Result<(), Problem> {
    let history = TargetHistory::embedded();
    let half = Decimal::new(5, 1);
    for (day, (rate, position)) in rates {
        let upper =
            history.range_on(*day).map(|range| Decimal::new(range.upper_bp(), 2)).filter(|upper| *upper >= half);
        let fraction = rate.normalize().scale() > 2 || upper.is_some_and(|upper| *rate < upper / Decimal::from(20));
        let found = if *rate > HIGHEST {
            format!("{rate} (basis points?)")
        } else if fraction {
            format!("{rate} (a fraction?)")
        } else {
            continue;
        };
        let target = upper.map_or(String::new(), |upper| format!(", when the target's upper bound was {upper}"));
        let message = format!("expected rates in percent, to two places, found {found} on {day}{target}");
        return Err(Problem::new(ProblemKind::Inconsistent, message).at(*position));
    }
    Ok(())
}
