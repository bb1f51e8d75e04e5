//! [`Condition`]: one quote as a row of the lattice.

use crate::units::Fraction;

/// One quote as a condition: the expected value lies between two numbers of basis points.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) quote: String,
    pub(super) terms: Vec<(usize, Fraction)>,
    pub(super) low: Fraction,
    pub(super) high: Fraction,
}

impl Condition {
    /// The low side, unless no cell is lower: what holds anyway only slows the solver.
    pub(super) fn low_that_binds(&self, low: &Fraction) -> Option<Fraction> {
        let lowest = self.terms.iter().map(|(_, value)| value).min().filter(|value| value.is_negative());
        (lowest.map_or(*low > Fraction::zero(), |lowest| lowest < low)).then(|| low.clone())
    }

    /// The high side, unless no cell is higher.
    pub(super) fn high_that_binds(&self, high: &Fraction) -> Option<Fraction> {
        let highest = self.terms.iter().map(|(_, value)| value).max().filter(|value| **value > Fraction::zero());
        (highest.map_or(high.is_negative(), |highest| highest > high)).then(|| high.clone())
    }
}
