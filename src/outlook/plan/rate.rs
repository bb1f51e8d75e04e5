//! [`PlannedRate`]: a rate of the path as weights of a row of prices.

use crate::market::contract::ContractMonth;
use crate::rule::Affine;
use crate::units::{Fraction, Rate};

/// A rate in percent: `constant + sum of weight x price`, prices in the units of a plan. Exact, and in floating point for ticks.
#[derive(Debug)]
pub(super) struct PlannedRate {
    exact: (Fraction, Vec<(usize, Fraction)>),
    nearest: (f64, Vec<(usize, f64)>),
}

impl PlannedRate {
    /// Of a rate that reads these contracts alone, for prices of so many decimal places.
    pub(super) fn new(rate: &Affine, contracts: &[ContractMonth], places: u32) -> Self {
        let unit = Fraction::integer(10_i64.saturating_pow(places));
        let weighted = |(contract, weight): &(ContractMonth, Fraction)| {
            let column = contracts.binary_search(contract).ok()?;
            Some((column, weight.checked_div(&unit)?))
        };
        let terms: Vec<(usize, Fraction)> = rate.weights.iter().filter_map(weighted).collect();
        let nearest = terms.iter().map(|(column, weight)| (*column, weight.to_f64())).collect();
        Self { nearest: (rate.constant.to_f64(), nearest), exact: (rate.constant.clone(), terms) }
    }

    /// The rate at a row of prices, within a few units of the last place of its largest term.
    #[expect(clippy::cast_precision_loss, reason = "prices in units stay far below 2^53")]
    pub(super) fn nearest(&self, row: &[i64]) -> f64 {
        let (constant, terms) = &self.nearest;
        terms.iter().fold(*constant, |sum, (column, weight)| sum + weight * row[*column] as f64)
    }

    /// The rate at a row of prices.
    pub(super) fn exact(&self, row: &[i64]) -> Rate {
        let (constant, terms) = &self.exact;
        let priced = terms.iter().map(|(column, weight)| weight * Fraction::integer(row[*column]));
        Rate::from_exact(priced.fold(constant.clone(), |sum, term| sum + term))
    }
}
