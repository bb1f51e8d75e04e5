//! [`Contract`]: a product and the month that names it.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::month::MONTH_CODES;
use super::symbol;
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

    /// The Globex symbol with a two-digit year, such as `ZQZ25`.
    #[must_use]
    pub fn symbol(self) -> String {
        let first = self.month.first_day();
        let index = first.month0() as usize;
        format!("{}{}{:02}", self.product.code(), &MONTH_CODES[index..=index], first.year().rem_euclid(100))
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
        if let Some((code, month)) = text.split_once('-')
            && let (Some(product), Ok(month)) = (Product::of_code(&code.to_ascii_uppercase()), month.parse())
        {
            return Ok(Self { product, month });
        }
        let label = symbol::read(text, None, Product::default())?;
        let product = label.product.ok_or_else(|| ContractError::Unknown(text.to_owned()))?;
        Ok(Self { product, month: label.month })
    }
}

impl Product {
    /// The contract of a month.
    #[must_use]
    pub fn contract(self, month: ContractMonth) -> Contract {
        Contract::new(self, month)
    }
}
