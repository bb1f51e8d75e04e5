//! [`price`]: the whole way from a quote file to what is priced, in one call.

use crate::error::Error;
use crate::outlook::Outlook;
use crate::quotes::Snapshot;
use crate::quotes::strip::{Strip, StripOptions};
use crate::rule::Assumptions;

/// What the quotes of a file price: [`Snapshot::parse`], [`Strip::new`], [`Outlook::price`], with the file's own date and
/// settlement prices.
///
/// # Errors
/// As these three.
///
/// ```
/// use fedpath::{Assumptions, price};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n2025-11,96.12\n2026-01,96.215\n2026-02,96.285\n";
/// let outlook = price(quotes, &Assumptions::default())?;
/// assert_eq!(outlook.meetings()[0].cumulative.ease().to_string(), "35%");
/// # Ok::<(), fedpath::Error>(())
/// ```
pub fn price(quotes: &str, assumptions: &Assumptions) -> Result<Outlook, Error> {
    let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
    Ok(Outlook::price(&strip, assumptions)?)
}
