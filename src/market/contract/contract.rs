//! [`Contract`]: a product and the month that names it.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::month::MONTH_CODES;
use super::symbol::{self, century};
use super::{ContractError, ContractMonth};
use crate::market::period::Period;
use crate::market::product::Product;
use crate::units::serde_as_text;

/// One futures contract: a product, and the month that names it.
///
/// Prints as `ZQ-2025-12` and reads every spelling that names its product: `ZQZ25`, `SR1-2025-12`, `FFZ25 Comdty`.
///
/// ```
/// use fedpath::{Contract, Product};
/// let december: Contract = "ZQZ25".parse()?;
/// assert_eq!((december.product(), december.to_string().as_str()), (Product::FedFunds, "ZQ-2025-12"));
/// assert_eq!(december.symbol(), "ZQZ25");
/// assert_eq!(december.reference_period().days(), 31);
/// # Ok::<(), fedpath::ContractError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Contract {
    product: Product,
    month: ContractMonth,
}

serde_as_text!(Contract);

impl Contract {
    /// The contract of a product and a month.
    #[must_use]
    pub fn new(product: Product, month: ContractMonth) -> Self {
        Self { product, month }
    }

    /// Reads a spelling that names the product; a year of one digit is that of the contract listed on the trade date, as
    /// [`ContractMonth::parse`] takes it.
    ///
    /// # Errors
    /// [`ContractError`], as [`ContractMonth::parse`]; [`ContractError::Unknown`] for a month without a product.
    pub fn parse(text: &str, trade_date: Option<NaiveDate>) -> Result<Self, ContractError> {
        if let Some((code, month)) = text.split_once('-')
            && let (Some(product), Ok(month)) = (Product::of_code(&code.to_ascii_uppercase()), month.parse())
        {
            return Ok(Self { product, month });
        }
        let label = symbol::read(text, trade_date, Product::default())?;
        let product = label.product.ok_or_else(|| ContractError::Unknown(text.to_owned()))?;
        Ok(Self { product, month: label.month })
    }

    /// As [`Contract::parse`], a year of one digit being the last in which the reference period had begun by a day: that of the
    /// contract that settles, or has settled, on the fixings up to it.
    ///
    /// # Errors
    /// As [`Contract::parse`].
    ///
    /// ```
    /// use fedpath::Contract;
    /// let day = "2026-06-26".parse()?;
    /// assert_eq!(Contract::parse_begun("SR3Z3", day)?.to_string(), "SR3-2023-12");
    /// assert_eq!(Contract::parse_begun("SR3M6", day)?.to_string(), "SR3-2026-06");
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    pub fn parse_begun(text: &str, day: NaiveDate) -> Result<Self, ContractError> {
        if let Err(ContractError::NeedsTradeDate(_)) = Self::parse(text, None) {
            let listed = Self::parse(text, Some(day))?;
            let decades = [0, 120].map(|months| Self { month: listed.month.months_before(months), ..listed });
            let begun = decades.into_iter().find(|contract| contract.reference_period().start() <= day);
            return Ok(begun.unwrap_or(listed));
        }
        Self::parse(text, None)
    }

    /// The product.
    #[must_use]
    pub fn product(self) -> Product {
        self.product
    }

    /// The month that names it.
    #[must_use]
    pub fn month(self) -> ContractMonth {
        self.month
    }

    /// The Globex symbol with a two-digit year, such as `ZQZ25`; with all of the year where two digits would say another,
    /// `ZQZ2105`.
    #[must_use]
    pub fn symbol(self) -> String {
        let first = self.month.first_day();
        let index = first.month0() as usize;
        let (code, month, year) = (self.product.code(), &MONTH_CODES[index..=index], first.year());
        let short = year.rem_euclid(100);
        if century(short, None) + short == year {
            format!("{code}{month}{short:02}")
        } else {
            format!("{code}{month}{year}")
        }
    }

    /// The month in words, such as `Dec 2025`.
    #[must_use]
    pub fn words(self) -> String {
        self.month.words()
    }

    /// The days that it averages over.
    #[must_use]
    pub fn reference_period(self) -> Period {
        self.product.reference_period(self.month)
    }

    /// The tick on a day, in points.
    #[must_use]
    pub fn tick(self, as_of: NaiveDate) -> Decimal {
        self.product.tick(self.month, as_of)
    }
}

impl fmt::Display for Contract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}-{}", self.product.code(), self.month))
    }
}

impl fmt::Debug for Contract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Contract {
    type Err = ContractError;

    /// Reads a spelling that names the product, and carries its decade.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text, None)
    }
}

impl Product {
    /// The contract of a month.
    #[must_use]
    pub fn contract(self, month: ContractMonth) -> Contract {
        Contract::new(self, month)
    }
}
