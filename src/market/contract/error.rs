//! [`ContractError`]: a contract label that cannot be read.

use std::fmt;

use crate::market::product::Product;
use crate::text::escaped;

/// A contract label that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContractError {
    /// No spelling of a contract month.
    Unknown(String),
    /// A one-digit year, and no trade date to tell the decade from.
    NeedsTradeDate(String),
    /// A product other than the wanted one.
    OtherProduct {
        /// The label.
        found: String,
        /// The product that was wanted.
        wanted: Product,
    },
    /// A series that runs from contract to contract, such as `ZQ=F`: it has no contract month.
    Continuous(String),
    /// A combination of contracts, such as `ZQZ5-ZQF6`: its price is a difference.
    Spread(String),
    /// A month that a spreadsheet took for a day of the current year, such as `14-Oct`.
    SpreadsheetDate(String),
}

impl fmt::Display for ContractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(text) => {
                write!(f, "expected a contract such as ZQZ25, 2025-12 or DEC25, found '{}'", escaped(text))
            }
            Self::NeedsTradeDate(text) => write!(
                f,
                "expected a contract with its decade, such as ZQZ25, found '{}' \
                 (a one-digit year needs the trade date: add a line '# as_of: YYYY-MM-DD')",
                escaped(text)
            ),
            Self::OtherProduct { found, wanted } => write!(
                f,
                "expected a {} contract such as {}Z25, found '{}', another product",
                wanted.adjective(),
                wanted.code(),
                escaped(found)
            ),
            Self::Continuous(text) => write!(
                f,
                "expected a contract with its month, such as ZQZ25, found '{}', a continuous series, which names none",
                escaped(text)
            ),
            Self::Spread(text) => write!(f, "expected one contract such as ZQZ25, found '{}', a spread", escaped(text)),
            Self::SpreadsheetDate(text) => write!(
                f,
                "expected a contract such as ZQZ25, 2025-12 or DEC25, found '{}' \
                 (a spreadsheet takes 'OCT 14' for a day: format the column as text before pasting)",
                escaped(text)
            ),
        }
    }
}

impl std::error::Error for ContractError {}
