//! [`ContractMonth`]: the month that names a futures contract.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};

use super::ContractError;
use super::symbol;
use crate::market::product::Product;
use crate::units::serde_as_text;

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

    /// The month so many months before.
    pub(crate) fn months_before(self, count: u32) -> Self {
        Self(self.0.checked_sub_months(Months::new(count)).unwrap_or(self.0))
    }

    /// Whether a product's contract of this month is listed on a day: until the month after, because a last settlement is
    /// published on the first business day after the month.
    pub(crate) fn is_listed_on(self, day: NaiveDate, product: Product) -> bool {
        let months = |month: Self| month.0.year() * 12 + month.0.month0().cast_signed();
        (-1..=product.listed_ahead()).contains(&(months(self) - months(Self::of(day))))
    }

    /// Reads a contract as people, reports and vendors write it: `2025-12`, `202512`, `ZQZ25`, `ZQZ5`, `ZQZ2025`, `FFZ25`,
    /// `41Z25`, `ZQZ25.CBT`, `CBOT:ZQZ2025`, `FFZ5 Comdty`, `DEC25`, `DEC 2025`, `(Dec '25)`; upper or lower case.
    ///
    /// Years are resolved against the date the file speaks of, never against today. Four digits stand as they
    /// are; two digits lack only the century (88 to 99 are 19xx for a trade date before 2000 and 20xx after
    /// it); one digit is the unique year for which the month lies between one month before and 118 months
    /// after the trade date.
    ///
    /// # Errors
    /// [`ContractError::Unknown`] for any other text, [`ContractError::NeedsTradeDate`] for a one-digit year
    /// without a trade date, [`ContractError::OtherProduct`] for a symbol such as `SR3Z25`, [`ContractError::Continuous`] for a
    /// series such as `ZQ=F`, [`ContractError::Spread`] and [`ContractError::SpreadsheetDate`] for what they name.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use fedpath::{ContractError, ContractMonth};
    /// let traded = NaiveDate::from_ymd_opt(2025, 11, 21);
    /// assert_eq!(ContractMonth::parse("ZQZ5", traded)?.to_string(), "2025-12");
    /// assert_eq!(ContractMonth::parse("JLY26", traded)?.to_string(), "2026-07");
    /// assert!(matches!(ContractMonth::parse("ZQZ5", None), Err(ContractError::NeedsTradeDate(_))));
    /// # Ok::<(), ContractError>(())
    /// ```
    pub fn parse(text: &str, trade_date: Option<NaiveDate>) -> Result<Self, ContractError> {
        Self::parse_of(Product::FedFunds, text, trade_date)
    }

    /// Reads a contract of another product, or of this one, as [`ContractMonth::parse`] does.
    ///
    /// # Errors
    /// As [`ContractMonth::parse`], [`ContractError::OtherProduct`] being any but `product`.
    ///
    /// ```
    /// use fedpath::{ContractMonth, Product};
    /// assert_eq!(ContractMonth::parse_of(Product::OneMonthSofr, "SR1Z25", None)?.to_string(), "2025-12");
    /// # Ok::<(), fedpath::ContractError>(())
    /// ```
    pub fn parse_of(product: Product, text: &str, trade_date: Option<NaiveDate>) -> Result<Self, ContractError> {
        symbol::read_month(text, trade_date, product)
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

impl FromStr for ContractMonth {
    type Err = ContractError;

    /// Reads any spelling of [`ContractMonth::parse`] that carries its decade.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text, None)
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

    #[test]
    fn a_contract_is_listed_from_118_months_ahead_until_the_month_after() {
        let listed = |day: &str| {
            ContractMonth::new(2025, 12).unwrap().is_listed_on(day.parse().unwrap(), crate::Product::default())
        };
        assert_eq!(["2016-01-31", "2016-02-01", "2026-01-31", "2026-02-01"].map(listed), [false, true, true, false]);
    }
}
