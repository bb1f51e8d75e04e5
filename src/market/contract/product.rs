//! [`Product`]: which future a price is of.

use std::fmt;
use std::str::FromStr;

use crate::units::UnitError;

/// A future on the average of an overnight rate over one calendar month.
///
/// ```
/// use fedpath::Product;
/// assert_eq!(Product::default().code(), "ZQ");
/// assert_eq!("SR1".parse::<Product>()?.to_string(), "1-Month SOFR futures");
/// assert!("SR3".parse::<Product>().is_err());
/// # Ok::<(), fedpath::UnitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Product {
    /// The 30-Day Federal Funds future: Globex `ZQ`, ticker `FF`, clearing code `41`. What fedpath prices.
    #[default]
    FedFunds,
    /// The 1-Month SOFR future, `SR1`: read and converted, not priced. (The 3-Month future, SR3, covers a quarter
    /// and is none of these.)
    OneMonthSofr,
}

impl Product {
    /// Every product.
    pub const ALL: [Self; 2] = [Self::FedFunds, Self::OneMonthSofr];

    /// The Globex code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.codes()[0]
    }

    /// The codes that exchange and vendors use, in capitals: of the exchange (Globex, ticker, clearing) first.
    pub(crate) fn codes(self) -> &'static [&'static str] {
        match self {
            Self::FedFunds => &["ZQ", "FF", "41"],
            // Barchart writes SL, Bloomberg SER.
            Self::OneMonthSofr => &["SR1", "SL", "SER"],
        }
    }

    /// The code in settlement reports.
    pub(crate) fn ticker(self) -> &'static str {
        match self {
            Self::FedFunds => "FF",
            Self::OneMonthSofr => "SR1",
        }
    }

    /// The product of a code in capitals, the exchange's or a vendor's.
    pub(crate) fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|product| product.codes().contains(&code))
    }

    /// The codes of the exchange's own files, in which a vendor's code is another product.
    pub(crate) fn exchange_codes(self) -> &'static [&'static str] {
        match self {
            Self::FedFunds => self.codes(),
            Self::OneMonthSofr => &["SR1"],
        }
    }

    /// "fed funds", as in "a fed funds contract".
    pub(crate) fn adjective(self) -> &'static str {
        match self {
            Self::FedFunds => "fed funds",
            Self::OneMonthSofr => "1-Month SOFR",
        }
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} futures", self.adjective()))
    }
}

impl FromStr for Product {
    type Err = UnitError;

    /// Reads a code of the exchange, in any case: `ZQ`, `FF`, `41`, `SR1`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::of_code(&text.to_ascii_uppercase())
            .ok_or_else(|| UnitError::out_of_range("product", "one of ZQ, SR1", &format!("'{text}'")))
    }
}
