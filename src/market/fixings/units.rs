//! The unit trap: a file of rates as fractions (`0.0363`) or basis points (`363`) is no file of percentages.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Reading;
use crate::market::calendar::{TargetHistory, TargetRange};
use crate::text::problem::{Problem, ProblemKind};

/// The highest rate that is taken for a percentage: the effective rate's record is 22.36, in 1981.
const HIGHEST: Decimal = Decimal::from_parts(30, 0, 0, false, 0);

/// How far above the target's upper bound a rate was ever fixed, since 1994, and some more: 7.80 against 5.25 on 1 July 1996.
const FARTHEST_ABOVE: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

/// How far a bound may lie from the Fed's own of that day: a file may date a change a day earlier, but not move it farther.
const FARTHEST_BOUND: Decimal = Decimal::from_parts(15, 0, 0, false, 1);

/// Refuses rates and bounds that are no percentages, at the first of them.
///
/// The effective rate is published in hundredths of a percent, and since 1994 it was never below a tenth of the target's
/// upper bound of its day where that was half a percent or more (0.11 against 1.00, in December 2008). A rate with more
/// places, or one below a twentieth of the bound, is a fraction; one far above the bound is in basis points.
pub(super) fn check<'a>(readings: impl Iterator<Item = (NaiveDate, &'a Reading)>) -> Result<(), Problem> {
    let history = TargetHistory::embedded();
    for (day, reading) in readings {
        // Of days that the history does not know, nothing can be said but what no rate ever was.
        let range = history.range_on(day).filter(|_| day <= history.stated_as_of());
        let bound = |bp: fn(TargetRange) -> i64| range.map(|range| Decimal::new(bp(range), 2));
        let (lower, upper) = (bound(TargetRange::lower_bp), bound(TargetRange::upper_bp));
        let fault = reading.rate.and_then(|rate| fault_of_rate(rate, upper)).or_else(|| {
            let bounds = [(reading.lower, lower), (reading.upper, upper)].into_iter();
            bounds
                .filter_map(|(bound, known)| Some((bound?, known)))
                .find_map(|(bound, known)| fault_of_bound(bound, known))
        });
        if let Some((rate, what)) = fault {
            let target = upper.map_or(String::new(), |upper| format!(", when the target's upper bound was {upper}"));
            let message = format!("expected rates in percent, to two places, found {rate} ({what}?) on {day}{target}");
            return Err(Problem::new(ProblemKind::Inconsistent, message).at(reading.position));
        }
        if let Some((lower, upper)) = reading.lower.zip(reading.upper).filter(|(lower, upper)| lower > upper) {
            let message =
                format!("expected a lower bound of the target at or below its upper, found {lower} and {upper}");
            return Err(Problem::new(ProblemKind::Inconsistent, message).at(reading.position));
        }
    }
    Ok(())
}

fn fault_of_rate(rate: Decimal, upper: Option<Decimal>) -> Option<(Decimal, &'static str)> {
    let half = Decimal::new(5, 1);
    if rate > HIGHEST || upper.is_some_and(|upper| rate > upper + FARTHEST_ABOVE) {
        return Some((rate, "basis points"));
    }
    let tiny = upper.is_some_and(|upper| upper >= half && rate < upper / Decimal::from(20));
    (tiny || rate.normalize().scale() > 2).then_some((rate, "a fraction"))
}

fn fault_of_bound(bound: Decimal, known: Option<Decimal>) -> Option<(Decimal, &'static str)> {
    if bound > HIGHEST || known.is_some_and(|known| bound > known + FARTHEST_BOUND) {
        return Some((bound, "basis points"));
    }
    let far = known.is_some_and(|known| bound < known - FARTHEST_BOUND || bound.normalize().scale() > 2);
    far.then_some((bound, "a fraction"))
}
