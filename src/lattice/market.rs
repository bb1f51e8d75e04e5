//! [`MarketCheck`]: what a prediction market pays for an outcome, beside what all other quotes allow.

use super::agreement::EventBounds;
use crate::quotes::markets::MarketQuote;
use crate::units::Fraction;

/// A quote of a prediction market beside the bounds of its outcome.
///
/// ```
/// use fedpath::lattice::{Beyond, LatticeEvent, LatticeOptions, MarketCheck, QuoteLattice};
/// use fedpath::options::MarketTable;
/// use fedpath::{Assumptions, Fraction, Snapshot, Strip, StripOptions};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n\
///     ZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
/// let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
/// let lattice = QuoteLattice::new(&strip, &Assumptions::default(), &[], &[], &LatticeOptions::default())?;
/// let table = MarketTable::parse("date,meeting,outcome,bid,ask\n2025-11-21,2025-12-10,hold,0.90,0.91\n")?;
/// let quote = table.quotes()[0].clone();
/// let hold = LatticeEvent::of_market(&quote);
/// let check = MarketCheck::new(quote, lattice.bounds(&hold)?, Fraction::zero());
/// // The futures allow at most 83.0 %: whoever sells at 90 cents has at least seven of them left, on average.
/// assert!(matches!(check.beyond(), Some(Beyond::Dear(by)) if format!("{:.3}", by) == "0.070"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct MarketCheck {
    /// The quote.
    pub quote: MarketQuote,
    /// What the other quotes allow of its outcome; `None` where they say nothing, or contradict each other.
    pub bounds: Option<EventBounds>,
    /// What a contract costs beside its price, in dollars.
    pub fee: Fraction,
}

/// On which side of the bounds a market lies, and by how much after the fee: dollars a contract, which are shares of one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum Beyond {
    /// The ask and the fee lie below the smallest probability.
    Cheap(Fraction),
    /// The bid less the fee lies above the largest probability.
    Dear(Fraction),
}

impl MarketCheck {
    /// A quote, the bounds of its outcome and the fee of a contract in dollars.
    #[must_use]
    pub fn new(quote: MarketQuote, bounds: Option<EventBounds>, fee: Fraction) -> Self {
        Self { quote, bounds, fee }
    }

    /// Where the market lies outside the bounds even after the fee; `None` where it does not.
    #[must_use]
    pub fn beyond(&self) -> Option<Beyond> {
        let bounds = self.bounds.as_ref()?;
        let cheap = &(bounds.low.exact() - self.quote.ask.exact()) - &self.fee;
        let dear = &(self.quote.bid.exact() - bounds.high.exact()) - &self.fee;
        let zero = Fraction::zero();
        if cheap > zero {
            Some(Beyond::Cheap(cheap))
        } else if dear > zero {
            Some(Beyond::Dear(dear))
        } else {
            None
        }
    }
}
