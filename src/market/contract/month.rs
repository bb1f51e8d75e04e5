//! [`ContractMonth`]: the month that names a futures contract.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

use crate::units::serde_as_text;

/// The letters of January to December, as every exchange writes them.
pub(super) const MONTH_CODES: &str = "FGHJKMNQUVXZ";

/// The month that names a futures contract, such as December 2025; which days the contract averages over is its product's.
///
/// Prints and reads as `2025-12`; [`ContractMonth::parse`] reads the spellings people type. A contract month
/// knows the calendar, not prices.
///
/// ```
/// use fedpath::ContractMonth;
/// let december: ContractMonth = "2025-12".parse()?;
/// assert_eq!(december.next().to_string(), "2026-01");
/// # Ok::<(), fedpath::ContractError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContractMonth(NaiveDate);

serde_as_text!(ContractMonth);

impl ContractMonth {
    /// The month of `year` and `month` (1 to 12), or `None` where there is no such month.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        // Four-digit years keep every neighbouring month within the calendar crate's range.
        (1000..=9999).contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, 1)).flatten().map(Self)
    }

    /// The month that `date` lies in.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self(date.with_day(1).unwrap_or(date))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The first day of the month.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        self.0
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.checked_add_months(Months::new(1)).unwrap_or(self.0))
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self(self.0.checked_sub_months(Months::new(1)).unwrap_or(self.0))
    }

    /// The month in words, such as `Dec 2025`.
    #[must_use]
    pub fn words(self) -> String {
        self.0.format("%b %Y").to_string()
    }

    /// How many months it lies after another; negative where it lies before.
    pub(crate) fn months_after(self, other: Self) -> i32 {
        let count = |month: Self| month.0.year() * 12 + month.0.month0().cast_signed();
        count(self) - count(other)
    }

    /// The month so many months before.
    pub(crate) fn months_before(self, count: u32) -> Self {
        Self(self.0.checked_sub_months(Months::new(count)).unwrap_or(self.0))
    }
}

impl fmt::Display for ContractMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.format("%Y-%m").to_string())
    }
}

impl fmt::Debug for ContractMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::ContractMonth;

    #[test]
    fn months_know_their_neighbours() {
        assert_eq!(ContractMonth::new(2025, 12).unwrap().next().to_string(), "2026-01");
        assert_eq!(ContractMonth::new(2025, 1).unwrap().previous().to_string(), "2024-12");
    }
}
