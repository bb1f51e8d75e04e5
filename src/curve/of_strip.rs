//! [`of_strip`]: from prices to a term structure, as far as the prices go.

use super::{StepForwards, TermStructure};
use crate::market::calendar::Meeting;
use crate::market::product::{OvernightRate, Product};
use crate::quotes::strip::Strip;
use crate::rule::{Assumptions, Method, PolicyError, PolicyPath};

/// The path of a strip and the term structure of an overnight rate on it.
///
/// [`Assumptions::chain`] says how many meetings are solved; a fit of fed funds and SOFR futures takes all before its last contract ends,
/// since a curve goes as far as prices do.
///
/// ```
/// use fedpath::{Assumptions, Strip, curve, product::OvernightRate};
/// let prices = [("2025-11", "96.12"), ("2026-01", "96.215"), ("2026-02", "96.285")];
/// let prices = prices.map(|(month, price)| (month.parse().unwrap(), price.parse().unwrap()));
/// let strip = Strip::from_prices("2025-11-21".parse()?, prices)?;
/// let (path, structure) = curve::of_strip(&strip, &Assumptions::default(), OvernightRate::Effr)?;
/// assert_eq!(path.steps().len(), 2);
/// assert_eq!(format!("{:.4}", 100.0 * structure.par_rate(curve::Tenor::months(3))), "3.8104");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`PolicyPath::solve`] and [`StepForwards::new`]; [`PolicyError::NothingBeside`] where SOFR is asked of a path without SOFR futures.
pub fn of_strip(
    strip: &Strip,
    assumptions: &Assumptions,
    rate: OvernightRate,
) -> Result<(PolicyPath, TermStructure), PolicyError> {
    let chain = chain_to_last_contract(strip, assumptions);
    let path = PolicyPath::solve(strip, &assumptions.clone().with_chain(chain))?;
    let forwards = match rate {
        OvernightRate::Effr => StepForwards::new(&path)?,
        OvernightRate::Sofr => {
            let wanted = || PolicyError::NothingBeside(vec![Product::OneMonthSofr, Product::ThreeMonthSofr]);
            StepForwards::sofr(&path)?.ok_or_else(wanted)?
        }
    };
    Ok((path, TermStructure::new(forwards)))
}

/// How many meetings are solved.
fn chain_to_last_contract(strip: &Strip, assumptions: &Assumptions) -> usize {
    if assumptions.method != Method::Joint {
        return assumptions.chain;
    }
    let strips = std::iter::once(strip).chain(strip.beside());
    let ends = strips.filter_map(|strip| {
        let last = strip.last_contract()?;
        Some(strip.product().reference_period(last).end())
    });
    let Some(end) = ends.max() else { return assumptions.chain };
    let meetings = assumptions.calendar.expected_on(strip.as_of()).map(Meeting::announcement);
    let ahead = meetings.filter(|day| *day >= strip.as_of() && *day < end);
    ahead.count().max(assumptions.chain)
}
