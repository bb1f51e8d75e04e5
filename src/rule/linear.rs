//! [`Linear`]: a figure as a linear function of the prices behind it.

use std::collections::BTreeMap;

use crate::market::contract::ContractMonth;
use crate::units::Fraction;

/// A figure that is linear in the prices of contracts: its value at the quoted prices, and its slope in each.
///
/// Every rate of a path is one, and so is every expected change: the rules of this crate choose contracts and weigh days,
/// whatever the prices are. Slopes are in the figure's unit per point of price; a contract without a slope does not
/// matter to the figure.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Linear {
    /// The value at the quoted prices.
    pub value: Fraction,
    /// The change of the figure for one point of each contract's price; no zeros.
    pub slopes: BTreeMap<ContractMonth, Fraction>,
}

impl Linear {
    /// A figure that no price moves.
    #[must_use]
    pub fn constant(value: Fraction) -> Self {
        Self { value, slopes: BTreeMap::new() }
    }

    /// A figure that one price moves.
    #[must_use]
    pub fn of_price(value: Fraction, contract: ContractMonth, slope: Fraction) -> Self {
        let slopes = if slope.is_zero() { BTreeMap::new() } else { BTreeMap::from([(contract, slope)]) };
        Self { value, slopes }
    }

    /// The figure times a number.
    #[must_use]
    pub fn times(&self, factor: &Fraction) -> Self {
        let mut slopes: BTreeMap<_, _> = self.slopes.iter().map(|(month, slope)| (*month, slope * factor)).collect();
        slopes.retain(|_, slope| !slope.is_zero());
        Self { value: &self.value * factor, slopes }
    }

    /// The sum of two figures.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let mut slopes = self.slopes.clone();
        for (month, slope) in &other.slopes {
            let sum = slopes.get(month).map_or_else(|| slope.clone(), |own| own + slope);
            slopes.insert(*month, sum);
        }
        slopes.retain(|_, slope| !slope.is_zero());
        Self { value: &self.value + &other.value, slopes }
    }

    /// The difference of two figures.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.plus(&other.times(&Fraction::integer(-1)))
    }

    /// The slope in one price: zero where it does not matter.
    #[must_use]
    pub fn slope(&self, contract: ContractMonth) -> Fraction {
        self.slopes.get(&contract).cloned().unwrap_or_else(Fraction::zero)
    }

    /// The value where the prices have moved by so many points.
    #[must_use]
    pub fn at(&self, moved: &BTreeMap<ContractMonth, Fraction>) -> Fraction {
        let moves = self.slopes.iter().filter_map(|(month, slope)| moved.get(month).map(|points| slope * points));
        moves.fold(self.value.clone(), |sum, change| sum + change)
    }
}
