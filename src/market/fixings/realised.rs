//! Realised rates day by day and month by month, weekends and holidays carried.

use std::fmt;

use chrono::NaiveDate;

use super::Fixings;
use crate::market::contract::ContractMonth;
use crate::market::period::Period;
use crate::market::product::OvernightRate;
use crate::units::{Fraction, Rate};

/// A business day that a calculation needs and a file of rates does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct MissingFixing {
    /// The day.
    pub day: NaiveDate,
    /// The rate that is wanted.
    pub rate: OvernightRate,
}

impl fmt::Display for MissingFixing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no {} for {}, a business day", self.rate.name(), self.day.format("%A %Y-%m-%d"))
    }
}

impl std::error::Error for MissingFixing {}

impl Fixings {
    /// The rate that a day carries, and the day it was fixed: its own, or on a weekend or holiday that of the business day
    /// before.
    ///
    /// # Errors
    /// [`MissingFixing`] where that business day has no rate here.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use fedpath::Fixings;
    /// let fixings = Fixings::parse("observation_date,EFFR\n2025-11-26,3.88\n2025-11-28,3.89\n")?;
    /// let day = |day| NaiveDate::from_ymd_opt(2025, 11, day).unwrap();
    /// // Thanksgiving carries Wednesday's rate.
    /// assert_eq!(fixings.carried_on(day(27))?, (day(26), &"3.88".parse()?));
    /// assert_eq!(fixings.carried_on(day(25)).unwrap_err().day, day(25));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn carried_on(&self, day: NaiveDate) -> Result<(NaiveDate, &Rate), MissingFixing> {
        let mut fixed_on = day;
        loop {
            if let Some(rate) = self.rate_on(fixed_on) {
                return Ok((fixed_on, rate));
            }
            match fixed_on.pred_opt() {
                Some(before) if !self.rate.holidays().is_business_day(fixed_on) => fixed_on = before,
                _ => return Err(MissingFixing { day: fixed_on, rate: self.rate }),
            }
        }
    }

    /// The average of a month over all its calendar days: what its contract settles at, before the exchange rounds
    /// (CBOT Rulebook, chapter 22).
    ///
    /// # Errors
    /// [`MissingFixing`] for the first day whose rate is not known.
    pub fn average(&self, month: ContractMonth) -> Result<Rate, MissingFixing> {
        let period = Period::month(month);
        let sum = period
            .iter()
            .map(|day| self.carried_on(day))
            .try_fold(Fraction::zero(), |sum, rate| Ok(&sum + rate?.1.exact()))?;
        Ok(Rate::from_exact(&sum / &Fraction::integer(i64::from(period.days()))))
    }
}
