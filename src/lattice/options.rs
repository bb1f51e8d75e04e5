//! [`LatticeOptions`]: what the lattice takes as given besides the quotes.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::RangeInclusive;

use rust_decimal::Decimal;

use super::point::PointMethod;
use crate::market::contract::ContractMonth;
use crate::quotes::options::{OptionChain, OptionSide};
use crate::units::{BasisPoints, Fraction};

/// Which options of a strike are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Strikes {
    /// Of settlements the call above the price of the future and the put below it: deep in the money an exchange marks an
    /// option at its intrinsic value plus the smallest step, and such marks contradict each other. A bid and an ask count on
    /// either side.
    #[default]
    OutOfTheMoney,
    /// Both.
    All,
}

impl Strikes {
    /// The sides of a strike that are used, `future` being the price of the future.
    pub(super) fn sides(self, chain: &OptionChain, strike: Decimal, future: Option<Decimal>) -> Vec<OptionSide> {
        let both = [OptionSide::Call, OptionSide::Put];
        let top = |side: OptionSide| Some(chain.quote(strike, side)?.interval(chain.product.tick())?.1);
        let quoted: Vec<OptionSide> = both.into_iter().filter(|side| top(*side).is_some()).collect();
        if self == Self::All || quoted.len() < 2 || future == Some(strike) {
            return quoted;
        }
        let call_is_out = future.map_or(top(OptionSide::Call) <= top(OptionSide::Put), |future| strike > future);
        let is_out = |side: OptionSide| (side == OptionSide::Call) == call_is_out;
        let has_market = |side: OptionSide| chain.quote(strike, side).is_some_and(|quote| quote.bid.is_some());
        quoted.into_iter().filter(|side| is_out(*side) || has_market(*side)).collect()
    }
}

/// How quotes that contradict each other within their tolerances are widened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Widening {
    /// Each by as much as it needs: the smallest sum of all widenings, of equal sums the one whose largest is smallest.
    #[default]
    Each,
    /// All by the same, the smallest that does.
    Uniform,
}

impl fmt::Display for Widening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Each => "each",
            Self::Uniform => "uniform",
        })
    }
}

/// What the lattice takes as given besides the quotes and [`Assumptions`](crate::Assumptions).
///
/// ```
/// use fedpath::lattice::{LatticeOptions, Widening};
/// let mut options = LatticeOptions::default();
/// (options.moves, options.widening) = (-3..=0, Widening::Uniform);
/// assert_eq!(options.max_widening.to_string(), "1bp");
/// ```
#[derive(Debug, Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct LatticeOptions {
    /// The moves of 25 bp that a meeting may make; -2 to 2 by default.
    pub moves: RangeInclusive<i64>,
    /// The levels that the rate stays within, in moves from today's; every level that the moves reach by default.
    pub levels: Option<RangeInclusive<i64>>,
    /// What is added to the tolerance of every quote, on each side; nothing by default.
    pub slippage: BasisPoints,
    /// How the quotes are widened where they contradict each other.
    pub widening: Widening,
    /// The most that one quote is widened; 1 bp by default.
    pub max_widening: BasisPoints,
    /// Which options of a strike are used.
    pub strikes: Strikes,
    /// Whether a premium paid at once is set against its payoff at expiry, `C <= E[payoff] <= C / D`; on by default. Off,
    /// D is 1.
    pub discounted: bool,
    /// Whether a future with a bid and an ask stands for them in place of half a tick around its price.
    pub bid_ask: bool,
    /// The contract months whose futures and options count; all by default.
    pub months: Option<BTreeSet<ContractMonth>>,
    /// The estimate that stands beside the bounds of decisions; none by default.
    pub point: Option<PointMethod>,
}

impl Default for LatticeOptions {
    fn default() -> Self {
        Self {
            moves: -2..=2,
            levels: None,
            slippage: BasisPoints::from_exact(Fraction::zero()),
            widening: Widening::Each,
            max_widening: BasisPoints::from_exact(Fraction::integer(1)),
            strikes: Strikes::OutOfTheMoney,
            discounted: true,
            bid_ask: false,
            months: None,
            point: None,
        }
    }
}
