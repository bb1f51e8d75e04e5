//! [`ContractMonth`]: the month that names a futures contract.

use std::fmt;

use chrono::{Datelike, NaiveDate};

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
pub struct ContractMonth {
    /// Months since January of the year 0.
    count: i32,
}

serde_as_text!(ContractMonth);

impl ContractMonth {
    /// The month of `year` and `month` (1 to 12), or `None` where there is no such month.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        // Four-digit years keep every neighbouring month within the calendar crate's range.
        let exists = (1000..=9999).contains(&year) && (1..=12).contains(&month);
        exists.then(|| Self { count: 12 * year + month.cast_signed() - 1 })
    }

    /// The month that `date` lies in.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self { count: 12 * date.year() + date.month0().cast_signed() }
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.count.div_euclid(12)
    }

    /// The first day of the month.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        let month = self.count.rem_euclid(12).cast_unsigned() + 1;
        // Beyond the days that a date holds, the nearest first of a month.
        let nearest = if self.count < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
        NaiveDate::from_ymd_opt(self.year(), month, 1).or(nearest.with_day(1)).unwrap_or(nearest)
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        Self { count: self.count + 1 }
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self { count: self.count - 1 }
    }

    /// The month in words, such as `Dec 2025`.
    #[must_use]
    pub fn words(self) -> String {
        self.first_day().format("%b %Y").to_string()
    }

    /// How many months it lies after another; negative where it lies before.
    pub(crate) fn months_after(self, other: Self) -> i32 {
        self.count - other.count
    }

    /// The month so many months before; after, where the number is negative.
    pub(crate) fn months_before(self, count: i32) -> Self {
        Self { count: self.count - count }
    }
}

impl fmt::Display for ContractMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.first_day().format("%Y-%m").to_string())
    }
}

impl fmt::Debug for ContractMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, NaiveDate};

    use super::ContractMonth;

    #[test]
    fn months_know_their_neighbours() {
        assert_eq!(ContractMonth::new(2025, 12).unwrap().next().to_string(), "2026-01");
        assert_eq!(ContractMonth::new(2025, 1).unwrap().previous().to_string(), "2024-12");
        assert_eq!(ContractMonth::new(9999, 12).unwrap().next().to_string(), "+10000-01");
        assert_eq!(ContractMonth::new(1000, 1).unwrap().previous().to_string(), "0999-12");
    }

    #[test]
    fn a_month_beyond_all_days_has_the_nearest_first_day() {
        for end in [NaiveDate::MIN, NaiveDate::MAX] {
            let last = ContractMonth::of(end);
            for month in [last, last.next(), last.previous()] {
                assert_eq!(month.first_day().day(), 1, "{month}");
            }
            assert_eq!((last.next().previous(), ContractMonth::of(last.first_day())), (last, last));
        }
    }
}
