//! [`ContractMonth`]: the month a futures contract averages over.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};

use crate::units::serde_as_text;

/// The letters of January to December, as every exchange writes them.
const MONTH_CODES: &str = "FGHJKMNQUVXZ";

/// English month abbreviations; CME's own reports write July `JLY`, its website `JUL`.
const MONTH_NAMES: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// The product codes of the 30-Day Federal Funds future: Globex, ticker and clearing code.
pub(crate) const FED_FUNDS_CODES: [&str; 3] = ["ZQ", "FF", "41"];

/// The calendar month a futures contract averages over, such as December 2025 (`ZQZ25`).
///
/// Prints and reads as `2025-12`; [`ContractMonth::parse`] reads the spellings people type. A contract month
/// knows the calendar, not prices.
///
/// ```
/// use fedpath::ContractMonth;
/// let december: ContractMonth = "2025-12".parse()?;
/// assert_eq!(december.symbol(), "ZQZ25");
/// assert_eq!(december.days(), 31);
/// assert_eq!(december.next().to_string(), "2026-01");
/// # Ok::<(), fedpath::ContractError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContractMonth(NaiveDate);

serde_as_text!(ContractMonth);

/// A contract label that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContractError {
    /// No spelling of a contract month.
    Unknown(String),
    /// A one-digit year, and no trade date to tell the decade from.
    NeedsTradeDate(String),
    /// A product other than fed funds futures.
    OtherProduct(String),
}

impl fmt::Display for ContractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = |text: &str| crate::text::escaped(text);
        match self {
            Self::Unknown(text) => {
                write!(f, "expected a contract such as ZQZ25, 2025-12 or DEC25, found '{}'", found(text))
            }
            Self::NeedsTradeDate(text) => write!(
                f,
                "expected a contract with its decade, such as ZQZ25, found '{}' \
                 (a one-digit year needs the trade date: add a line '# as_of: YYYY-MM-DD')",
                found(text)
            ),
            Self::OtherProduct(text) => {
                write!(f, "expected a fed funds contract such as ZQZ25, found '{}', another product", found(text))
            }
        }
    }
}

impl std::error::Error for ContractError {}

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

    /// The number of days in the month.
    #[must_use]
    pub fn days(self) -> u32 {
        u32::from(self.0.num_days_in_month())
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

    /// The Globex symbol with a two-digit year, such as `ZQZ25`.
    #[must_use]
    pub fn symbol(self) -> String {
        let code = &MONTH_CODES[self.0.month0() as usize..=self.0.month0() as usize];
        format!("ZQ{code}{:02}", self.0.year().rem_euclid(100))
    }

    /// The month in words, such as `Dec 2025`.
    #[must_use]
    pub fn words(self) -> String {
        self.0.format("%b %Y").to_string()
    }

    /// Reads a contract as people and reports write it: `2025-12`, `ZQZ25`, `ZQZ5`, `ZQZ2025`, `FFZ25`, `DEC25`,
    /// `DEC 2025`; upper or lower case.
    ///
    /// Years are resolved against the date the file speaks of, never against today. Four digits stand as they
    /// are; two digits lack only the century (88 to 99 are 19xx for a trade date before 2000 and 20xx after
    /// it); one digit is the unique year for which the month lies between one month before and 118 months
    /// after the trade date.
    ///
    /// # Errors
    /// [`ContractError::Unknown`] for any other text, [`ContractError::NeedsTradeDate`] for a one-digit year
    /// without a trade date, [`ContractError::OtherProduct`] for a symbol such as `SR3Z25`.
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
        let unknown = || ContractError::Unknown(text.to_owned());
        let label = text.trim().to_ascii_uppercase();
        let ascii_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if let Some((year, month)) = label.split_once('-')
            && ascii_digits(year)
            && ascii_digits(month)
            && (year.len(), month.len()) == (4, 2)
        {
            let (year, month) = (year.parse().map_err(|_| unknown())?, month.parse().map_err(|_| unknown())?);
            return Self::new(year, month).ok_or_else(unknown);
        }
        let digits_at = label.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (stem, year) = label.split_at(digits_at);
        let stem = stem.trim_end();
        if !ascii_digits(year) {
            return Err(unknown());
        }
        let month = match month_number(stem) {
            Some(month) => month,
            None => Self::month_of_symbol(stem).ok_or_else(|| {
                if looks_like_symbol(stem) { ContractError::OtherProduct(text.to_owned()) } else { unknown() }
            })?,
        };
        let digits: i32 = year.parse().map_err(|_| unknown())?;
        match year.len() {
            4 => Self::new(digits, month),
            2 => Self::new(century(digits, trade_date) + digits, month),
            1 => {
                let traded = Self::of(trade_date.ok_or_else(|| ContractError::NeedsTradeDate(text.to_owned()))?);
                Self::in_listing_window(digits, month, traded)
            }
            _ => None,
        }
        .ok_or_else(unknown)
    }

    /// The month code at the end of a fed funds symbol without its year (`ZQZ` is 12).
    fn month_of_symbol(stem: &str) -> Option<u32> {
        let product = FED_FUNDS_CODES.iter().find_map(|code| stem.strip_prefix(code))?;
        let position = (product.len() == 1).then(|| MONTH_CODES.find(product)).flatten()?;
        u32::try_from(position + 1).ok()
    }

    /// The month with a year ending in `digit` that is listed on a trade date in `traded`.
    fn in_listing_window(digit: i32, month: u32, traded: Self) -> Option<Self> {
        let first = traded.previous();
        let last = Self(traded.0.checked_add_months(Months::new(118))?);
        (first.year()..=last.year())
            .filter(|year| year.rem_euclid(10) == digit)
            .filter_map(|year| Self::new(year, month))
            .find(|candidate| (first..=last).contains(candidate))
    }
}

/// The month number of an English abbreviation, `JLY` included.
pub(crate) fn month_number(name: &str) -> Option<u32> {
    let name = if name == "JLY" { "JUL" } else { name };
    MONTH_NAMES.iter().position(|candidate| *candidate == name).and_then(|index| u32::try_from(index + 1).ok())
}

/// The century of a two-digit year: fed funds futures trade since October 1988.
pub(crate) fn century(two_digits: i32, trade_date: Option<NaiveDate>) -> i32 {
    let twentieth = two_digits >= 88 && trade_date.is_none_or(|date| date.year() < 2000);
    if twentieth { 1900 } else { 2000 }
}

fn looks_like_symbol(stem: &str) -> bool {
    let known = ["SR1", "SR3", "SOFR", "GE", "ED", "OZQ"];
    known.iter().any(|code| stem.strip_prefix(code).is_some_and(|rest| rest.len() == 1 && MONTH_CODES.contains(rest)))
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
    use super::{ContractMonth, NaiveDate};

    fn read(text: &str, trade_date: &str) -> String {
        let date = trade_date.parse::<NaiveDate>().ok();
        match ContractMonth::parse(text, date) {
            Ok(month) => month.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_year_is_resolved_against_the_trade_date() {
        for (text, trade_date, expected) in [
            ("ZQZ5", "2025-11-21", "2025-12"),
            ("ZQX5", "2025-12-01", "2025-11"),
            ("ZQV5", "2025-12-01", "2035-10"),
            ("ZQZ0", "2010-12-31", "2010-12"),
            ("ZQF0", "2019-12-20", "2020-01"),
            ("ZQF88", "1988-10-03", "1988-01"),
            ("FFZ99", "1998-01-05", "1999-12"),
            ("DEC99", "2026-09-04", "2099-12"),
            ("jan 26", "2025-11-21", "2026-01"),
            ("ZQZ2025", "", "2025-12"),
            ("2025-12", "", "2025-12"),
            ("41Z25", "", "2025-12"),
        ] {
            assert_eq!(read(text, trade_date), expected, "{text} on {trade_date}");
        }
    }

    #[test]
    fn what_is_no_fed_funds_contract_is_named() {
        insta::assert_snapshot!(read("ZQA25", ""), @"expected a contract such as ZQZ25, 2025-12 or DEC25, found 'ZQA25'");
        insta::assert_snapshot!(read("2025-13", ""), @"expected a contract such as ZQZ25, 2025-12 or DEC25, found '2025-13'");
        insta::assert_snapshot!(read("SR3Z25", ""), @"expected a fed funds contract such as ZQZ25, found 'SR3Z25', another product");
        insta::assert_snapshot!(read("ZQ=F", ""), @"expected a contract such as ZQZ25, 2025-12 or DEC25, found 'ZQ=F'");
        insta::assert_snapshot!(read("", ""), @"expected a contract such as ZQZ25, 2025-12 or DEC25, found ''");
        assert!(read("ZQZ5", "").contains("one-digit year needs the trade date"));
    }

    #[test]
    fn months_know_their_neighbours_and_lengths() {
        let february: ContractMonth = "2024-02".parse().unwrap();
        assert_eq!(february.days(), 29);
        assert_eq!(ContractMonth::new(2025, 12).unwrap().next().to_string(), "2026-01");
        assert_eq!(ContractMonth::new(2025, 1).unwrap().previous().to_string(), "2024-12");
    }
}
