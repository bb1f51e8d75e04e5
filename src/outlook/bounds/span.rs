//! [`Span`]: an interval on a fixed grid that surely holds a number, for the search behind exact bounds.

use std::ops::{Add, Mul};

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use crate::units::Fraction;

/// The grid: multiples of 2^-48. A probability is then exact to 14 digits, and the product of two numbers of a thousand
/// each stays far within 128 bits.
const BITS: u32 = 48;

/// One on the grid.
pub(super) const ONE: i128 = 1 << BITS;

/// Two ends on the grid, every operation rounded outward: what lay between its operands lies between its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) low: i128,
    pub(super) high: i128,
}

impl Span {
    pub(super) const ZERO: Self = Self { low: 0, high: 0 };

    /// An integer, which lies on the grid.
    pub(super) fn integer(value: i128) -> Self {
        Self { low: value * ONE, high: value * ONE }
    }

    /// The grid points around an interval of fractions.
    pub(super) fn around(low: &Fraction, high: &Fraction) -> Self {
        Self { low: below(low), high: above(high) }
    }

    /// The smallest span that holds both.
    pub(super) fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// What two spans of the same number leave.
    pub(super) fn intersect(self, other: Self) -> Self {
        Self { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    /// The largest distance from zero.
    pub(super) fn magnitude(self) -> i128 {
        self.low.abs().max(self.high.abs())
    }

    /// `(1 - f) self + f other` for every `f` (on the grid) of `from` to `to`: linear in `f`, so its ends are enough.
    pub(super) fn mixed(self, other: Self, from: i128, to: i128) -> Self {
        if from >= 0 && to <= ONE {
            // Neither weight is negative, so that each end is a mixture of its own kind: two products instead of eight.
            let low = if other.low < self.low { to } else { from };
            let high = if other.high > self.high { to } else { from };
            let end = |own: i128, other: i128, f: i128| own * ONE + f * (other - own);
            return Self { low: floor(end(self.low, other.low, low)), high: ceil(end(self.high, other.high, high)) };
        }
        let mix = |f: i128| {
            let (own, others) = (ONE - f, f);
            let (a, b) = ((own * self.low, own * self.high), (others * other.low, others * other.high));
            (a.0.min(a.1) + b.0.min(b.1), a.0.max(a.1) + b.0.max(b.1))
        };
        let (first, last) = (mix(from), mix(to));
        Self { low: floor(first.0.min(last.0)), high: ceil(first.1.max(last.1)) }
    }
}

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }
}

impl Mul for Span {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let products = [self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high];
        let [first, ..] = products;
        let (low, high) = products.iter().fold((first, first), |(low, high), p| (low.min(*p), high.max(*p)));
        Self { low: floor(low), high: ceil(high) }
    }
}

/// The largest grid point not above a fraction. Callers keep within a few thousand; what is farther is as good as unbounded.
pub(super) fn below(value: &Fraction) -> i128 {
    let (floor, _) = (value * &grid()).floor_and_rest();
    floor.to_i128().unwrap_or(if value.is_negative() { i128::MIN } else { i128::MAX })
}

/// The smallest grid point not below a fraction.
pub(super) fn above(value: &Fraction) -> i128 {
    below(&(value * &Fraction::integer(-1))).saturating_neg()
}

/// A grid point as a fraction.
pub(super) fn exact(point: i128) -> Fraction {
    Fraction::from_parts(BigInt::from(point), BigInt::from(ONE)).unwrap_or_else(Fraction::zero)
}

fn grid() -> Fraction {
    Fraction::integer(1 << BITS)
}

fn floor(product: i128) -> i128 {
    product >> BITS
}

/// A product of two grid numbers, rounded up.
pub(super) fn ceil(product: i128) -> i128 {
    -(-product >> BITS)
}

#[cfg(test)]
mod tests {
    use super::{Fraction, ONE, Span, above, below, exact};

    #[test]
    fn rounding_is_outward() {
        let third: Fraction = "-1/3".parse().unwrap();
        assert!(exact(below(&third)) < third && third < exact(above(&third)));
        assert_eq!(above(&third) - below(&third), 1);
        let span = Span::around(&third, &third);
        let square = span * span;
        let ninth: Fraction = "1/9".parse().unwrap();
        assert!(exact(square.low) < ninth && ninth < exact(square.high));
    }

    /// The same ends as of all four products, weights from the first to the second.
    #[test]
    fn a_mixture_takes_the_weight_that_is_farthest() {
        let numbers = [-3 * ONE, -ONE / 3, 0, 1, ONE / 7, ONE, 2 * ONE];
        let spans = numbers.iter().flat_map(|low| numbers.iter().map(move |high| (*low, *high)));
        let spans: Vec<Span> = spans.filter(|(low, high)| low <= high).map(|(low, high)| Span { low, high }).collect();
        for (one, other) in spans.iter().flat_map(|one| spans.iter().map(move |other| (*one, *other))) {
            for (from, to) in [(0, 0), (0, ONE), (ONE / 5, ONE / 3), (ONE / 2, ONE)] {
                let mix = |f: i128| [one.low * (ONE - f) + other.low * f, one.high * (ONE - f) + other.high * f];
                let [[low, high], [low_too, high_too]] = [mix(from), mix(to)];
                let (low, high) = (low.min(low_too), high.max(high_too));
                let expected = Span { low: low.div_euclid(ONE), high: -(-high).div_euclid(ONE) };
                assert_eq!(one.mixed(other, from, to), expected);
            }
        }
    }

    #[test]
    fn a_mixture_of_whole_numbers_stays_between_them() {
        let mixed = Span::integer(0).mixed(Span::integer(1), ONE / 4, ONE / 2);
        assert_eq!(mixed, Span { low: ONE / 4, high: ONE / 2 });
    }
}
