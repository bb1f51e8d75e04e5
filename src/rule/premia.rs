//! [`Premia`]: what a contract's implied average holds besides the expected rate, as the user states it.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::market::bank::CentralBank;
use crate::market::contract::ContractMonth;
use crate::market::period::Period;
use crate::schedule::days_at_month_end;
use crate::units::{BasisPoints, Fraction, UnitError};

/// What implied rates hold besides expectations: explicit inputs, nothing by default.
///
/// ```
/// use fedpath::Premia;
/// let mut premia = Premia::default();
/// premia.term = [(1, "3".parse()?), (3, "9".parse()?)].into();
/// let november = "2025-11".parse()?;
/// // Between the stated horizons the premium is interpolated, past the last it stays.
/// let at = |month: &str| premia.term_at(november, month.parse().unwrap()).to_string();
/// assert_eq!([at("2025-11"), at("2025-12"), at("2026-01"), at("2026-06")], ["0bp", "3bp", "6bp", "9bp"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
#[non_exhaustive]
pub struct Premia {
    /// The term premium by the horizon in months from the current month to the contract's: what the implied average lies
    /// above the expected one. Interpolated between horizons, from zero in the current month; constant past the
    /// last. Piazzesi and Swanson (2008), Journal of Monetary Economics 55, find it positive and counter-cyclical.
    pub term: BTreeMap<u32, BasisPoints>,
    /// What the effective rate on the last business day of a month, and on the days that carry it, lies above the
    /// month's other days; negative for a dip.
    pub month_end: Option<BasisPoints>,
    landing: Option<BasisPoints>,
}

impl fmt::Display for Premia {
    /// `term premium 3bp at 1 month, 6bp at 2; month's end -1bp; landing spread 2bp`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let term = self.term.iter().enumerate().map(|(position, (months, bp))| match (position, months) {
            (0, 1) => format!("{bp} at 1 month"),
            (0, months) => format!("{bp} at {months} months"),
            (_, months) => format!("{bp} at {months}"),
        });
        let term: Vec<String> = term.collect();
        let mut told = Vec::new();
        told.extend((!term.is_empty()).then(|| format!("term premium {}", term.join(", "))));
        told.extend(self.month_end.as_ref().map(|bp| format!("month's end {bp}")));
        told.extend(self.landing.as_ref().map(|bp| format!("landing spread {bp}")));
        f.write_str(&told.join("; "))
    }
}

impl Premia {
    /// Whether nothing is taken out.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// What the effective rate lies above its former place in the target range after a move of either sign: a cut of
    /// 25 bp with a landing spread of 2 bp lowers the rate by 23 bp.
    #[must_use]
    pub fn landing(&self) -> Option<&BasisPoints> {
        self.landing.as_ref()
    }

    /// Sets the landing spread.
    ///
    /// # Errors
    /// [`UnitError`] where it is not smaller than a step of 25 bp either way: outcomes would no longer be in order.
    pub fn set_landing(&mut self, spread: BasisPoints) -> Result<(), UnitError> {
        if spread.exact().abs() >= *CentralBank::FED.step().exact() {
            return Err(UnitError::out_of_range("landing spread", "smaller than 25bp either way", &spread));
        }
        self.landing = Some(spread).filter(|spread| !spread.exact().is_zero());
        Ok(())
    }

    /// The term premium of a contract on a day of the month `spot`.
    #[must_use]
    pub fn term_at(&self, spot: ContractMonth, contract: ContractMonth) -> BasisPoints {
        let index = |month: ContractMonth| i64::from(month.year()) * 12 + i64::from(month.first_day().month());
        let zero = BasisPoints::from_exact(Fraction::zero());
        let Ok(horizon) = u32::try_from(index(contract) - index(spot)) else { return zero };
        let before = self.term.range(..=horizon).next_back().map_or((0, &zero), |(months, bp)| (*months, bp));
        let Some((after, bp)) = self.term.range(horizon.saturating_add(1)..).next() else { return before.1.clone() };
        let share = Fraction::ratio(i64::from(horizon - before.0), i64::from(after - before.0));
        let rise = bp - before.1;
        BasisPoints::from_exact(before.1.exact() + &(rise.exact() * &share.unwrap_or_else(Fraction::zero)))
    }

    /// What the month's end adds to a month's average.
    #[must_use]
    pub fn month_end_of(&self, contract: ContractMonth) -> BasisPoints {
        self.month_end_from(contract, contract.first_day())
    }

    /// What the month's end adds to a month's average on the days from `first` on.
    pub(crate) fn month_end_from(&self, contract: ContractMonth, first: NaiveDate) -> BasisPoints {
        let Some(spread) = &self.month_end else { return BasisPoints::from_exact(Fraction::zero()) };
        let whole = Period::month(contract);
        let from = Period::new(first.clamp(whole.start(), whole.end()), whole.end());
        let count = i64::from(days_at_month_end(from));
        let share = Fraction::ratio(count, i64::from(whole.days()));
        BasisPoints::from_exact(spread.exact() * &share.unwrap_or_else(Fraction::zero))
    }

    /// What so many moves do to the effective rate.
    pub(crate) fn outcome(&self, moves: &Fraction) -> BasisPoints {
        let change = BasisPoints::from_exact(moves * CentralBank::FED.step().exact());
        match &self.landing {
            Some(landing) if !moves.is_zero() => &change + landing,
            _ => change,
        }
    }

    /// The number of 25 bp moves that an expected change stands for. Without a landing spread it is the change over
    /// 25 bp; with one, the change is split between what the two neighbouring outcomes do to the effective rate.
    pub(crate) fn moves(&self, change: &BasisPoints) -> Fraction {
        let moves = change.exact() / CentralBank::FED.step().exact();
        if self.landing.is_none() {
            return moves;
        }
        // The spread is smaller than a step: the outcome below is at most one off the change's own floor.
        let one = Fraction::integer(1);
        let mut lower = &moves.floor() - &one;
        while self.outcome(&(&lower + &one)) <= *change {
            lower = &lower + &one;
        }
        &lower + &(&(change - &self.outcome(&lower)).exact().clone() * &self.moves_per_basis_point(&lower))
    }

    /// How the expected moves grow with the expected change between `lower` moves and one more.
    pub(crate) fn moves_per_basis_point(&self, lower: &Fraction) -> Fraction {
        let above = self.outcome(&(lower + &Fraction::integer(1)));
        let width = &above - &self.outcome(lower);
        &Fraction::integer(1) / width.exact()
    }
}
