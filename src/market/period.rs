//! [`Period`]: the days that a contract averages over.

use chrono::NaiveDate;

/// The calendar days from `start` up to `end`, which is no longer one of them: the reference period of a contract.
///
/// ```
/// use chrono::NaiveDate;
/// use fedpath::ContractMonth;
/// use fedpath::path::Period;
/// let december: ContractMonth = "2025-12".parse()?;
/// let period = Period::month(december);
/// assert_eq!(period.end(), NaiveDate::from_ymd_opt(2026, 1, 1).unwrap());
/// assert_eq!(period.days(), 31);
/// # Ok::<(), fedpath::ContractError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Period {
    start: NaiveDate,
    end: NaiveDate,
}

impl Period {
    /// The days from `start` up to `end`, excluded; none where `end` is not later.
    #[must_use]
    pub fn new(start: NaiveDate, end: NaiveDate) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The days of a calendar month.
    #[must_use]
    pub fn month(month: crate::market::contract::ContractMonth) -> Self {
        Self::new(month.first_day(), month.next().first_day())
    }

    /// The first day.
    #[must_use]
    pub fn start(self) -> NaiveDate {
        self.start
    }

    /// The day after the last.
    #[must_use]
    pub fn end(self) -> NaiveDate {
        self.end
    }

    /// The number of days.
    #[must_use]
    pub fn days(self) -> u32 {
        u32::try_from((self.end - self.start).num_days()).unwrap_or(u32::MAX)
    }

    /// Whether a day is one of them.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.start <= day && day < self.end
    }

    /// The days in their order.
    pub fn iter(self) -> impl Iterator<Item = NaiveDate> {
        self.start.iter_days().take_while(move |day| *day < self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Period;

    #[test]
    fn a_month_has_its_days_and_an_end_before_the_start_none() {
        assert_eq!(Period::month("2024-02".parse().unwrap()).days(), 29);
        let (start, end) = ("2025-12-10".parse().unwrap(), "2025-12-01".parse().unwrap());
        assert_eq!((Period::new(start, end).days(), Period::new(start, end).contains(start)), (0, false));
    }
}
