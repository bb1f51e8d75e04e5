//! [`PriceIntervals`] and [`Interval`]: how far prices may lie from the quoted ones, and what that does to a linear figure.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;

use crate::market::contract::{Contract, ContractMonth};
use crate::market::fixings::farthest_settlement;
use crate::market::product::Product;
use crate::quotes::strip::Strip;
use crate::rule::{Linear, PolicyPath};
use crate::units::{Fraction, Price};

/// The lowest and the highest value of a figure; both are attained.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Interval {
    /// The lowest value.
    pub low: Fraction,
    /// The highest value.
    pub high: Fraction,
}

/// How far the price of each contract may lie from the quoted one, in points.
///
/// A settlement on a grid of half a basis point stands for every price within a quarter of one: -0.0025 to +0.0025. A mid
/// stands for every price between bid and ask. A contract that is not named is known exactly, and prices move
/// independently of each other within their intervals.
///
/// ```
/// use fedpath::{ContractMonth, Fraction};
/// use fedpath::bounds::PriceIntervals;
/// use fedpath::what_if::Linear;
/// let january = ContractMonth::new(2026, 1).unwrap();
/// let half_tick: Fraction = "0.0025".parse()?;
/// let prices = PriceIntervals::within([(january, half_tick)]);
/// // A meeting between two months without one: a point of price on the right is four moves down.
/// let december = Linear::of_price("-0.35".parse()?, january, Fraction::integer(-4));
/// let moves = prices.bounds(&december);
/// assert_eq!((moves.low.to_string(), moves.high.to_string()), ("-9/25".into(), "-17/50".into()));
/// # Ok::<(), fedpath::ParseFractionError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PriceIntervals(BTreeMap<ContractMonth, Interval>);

/// An interval that the quoted price is not in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteOutsideInterval {
    /// The contract.
    pub contract: Contract,
    /// How far its price may lie from the quoted one.
    pub interval: Box<Interval>,
}

impl fmt::Display for QuoteOutsideInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Interval { low, high } = &*self.interval;
        write!(
            f,
            "expected an interval around the quoted price of {}, found one from {} to {} points away from it",
            self.contract.symbol(),
            low.shortest(),
            high.shortest()
        )
    }
}

impl std::error::Error for QuoteOutsideInterval {}

fn both_sides(distance: Fraction) -> Interval {
    Interval { low: -&distance, high: distance }
}

fn half_tick_of(strip: &Strip, contract: ContractMonth) -> Fraction {
    Fraction::from_decimal(strip.product().tick(contract, strip.as_of()) / Decimal::TWO)
}

impl PriceIntervals {
    /// How far each price may lie below (zero or less) and above (zero or more) the quoted one, in points.
    ///
    /// # Errors
    /// Where an interval leaves out the quoted price: its low end is above zero, or its high end below.
    pub fn new(intervals: impl IntoIterator<Item = (ContractMonth, Interval)>) -> Result<Self, QuoteOutsideInterval> {
        let product = Product::default();
        let around_zero = |(contract, interval): (ContractMonth, Interval)| {
            if interval.low > Fraction::zero() || interval.high.is_negative() {
                return Err(QuoteOutsideInterval {
                    contract: product.contract(contract),
                    interval: Box::new(interval),
                });
            }
            Ok((contract, interval))
        };
        intervals.into_iter().map(around_zero).collect::<Result<_, _>>().map(Self)
    }

    /// Half a tick on both sides of each price of a strip: what a price on its grid stands for. The tick is 0.005, and 0.0025
    /// in the current month and for an expired contract, which last settled in its own.
    #[must_use]
    pub fn half_ticks(strip: &Strip) -> Self {
        Self::within(strip.prices().map(|(contract, _)| (contract, half_tick_of(strip, contract))))
    }

    /// The bid and ask of each contract of a strip, widened to hold its price; half a tick on both sides where the strip
    /// has none.
    #[must_use]
    pub fn bid_asks(strip: &Strip) -> Self {
        let interval = |(contract, price): (ContractMonth, Price)| {
            let half = half_tick_of(strip, contract);
            let (low, high) = match strip.bid_ask(contract) {
                Some((bid, ask)) => (&bid.exact() - &price.exact(), &ask.exact() - &price.exact()),
                None => (-&half, half),
            };
            (contract, Interval { low: low.min(Fraction::zero()), high: high.max(Fraction::zero()) })
        };
        Self(strip.prices().map(interval).collect())
    }

    /// With an interval for the month whose realised average stands for a settlement that is not in the quotes, where a path
    /// has one: as far as the two ever lay apart.
    #[must_use]
    pub fn with_realised_anchor(mut self, path: &PolicyPath) -> Self {
        for (contract, _) in path.realised_anchors() {
            // In points of price: a basis point is a hundredth.
            let far = Fraction::from_decimal(farthest_settlement(contract.month()).0 / Decimal::ONE_HUNDRED);
            self.0.insert(contract.month(), both_sides(far));
        }
        self
    }

    /// The same distance on both sides of each quoted price, in points; its sign does not matter.
    #[must_use]
    pub fn within(distances: impl IntoIterator<Item = (ContractMonth, Fraction)>) -> Self {
        Self(distances.into_iter().map(|(contract, distance)| (contract, both_sides(distance.abs()))).collect())
    }

    /// How far the price of a contract may lie from the quoted one; `None` where it is known exactly.
    #[must_use]
    pub fn get(&self, contract: ContractMonth) -> Option<&Interval> {
        self.0.get(&contract).filter(|interval| interval.low != interval.high)
    }

    /// The bounds of a figure that is linear in the prices: exact, each price at the end that the sign of its slope says.
    #[must_use]
    pub fn bounds(&self, figure: &Linear) -> Interval {
        let (mut low, mut high) = (figure.value.clone(), figure.value.clone());
        for (contract, slope) in &figure.slopes {
            let Some(interval) = self.get(*contract) else { continue };
            let ends = (slope * &interval.low, slope * &interval.high);
            let (down, up) = if slope.is_negative() { (ends.1, ends.0) } else { ends };
            (low, high) = (&low + &down, &high + &up);
        }
        Interval { low, high }
    }

    /// How far prices have to lie from the quoted ones for a figure to have a value between its bounds: all prices the same
    /// share of the way from where it is lowest to where it is highest. Prices that stay as quoted are left out.
    pub(super) fn reaching(&self, figure: &Linear, value: &Fraction) -> BTreeMap<ContractMonth, Fraction> {
        let Interval { low, high } = self.bounds(figure);
        let share = (value - &low).checked_div(&(&high - &low)).unwrap_or_else(Fraction::zero);
        let moved = |(contract, slope): (&ContractMonth, &Fraction)| {
            let interval = self.get(*contract)?;
            let (from, to) = (&interval.low, &interval.high);
            let (from, to) = if slope.is_negative() { (to, from) } else { (from, to) };
            Some((*contract, from + &(&share * &(to - from))))
        };
        figure.slopes.iter().filter_map(moved).filter(|(_, points)| !points.is_zero()).collect()
    }
}
