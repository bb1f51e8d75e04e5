//! [`StripError`]: why a snapshot gives no strip.

use std::fmt;

use super::PriceKind;
use crate::market::contract::Contract;
use crate::market::product::Product;
use crate::quotes::SCALE;
use crate::units::Price;

/// A strip that cannot be taken from a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StripError {
    /// Neither the file nor the caller says what day the quotes are of.
    NoDate,
    /// No contract has a price of the wanted kind.
    NoPrices(PriceKind),
    /// The snapshot is of another product than fed funds futures.
    OtherProduct(Product),
    /// A price that no such future can have: a rate, or a decimal point that slipped.
    OffScale(Contract, Price),
    /// Two prices of one contract.
    Twice(Contract),
}

impl fmt::Display for StripError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDate => {
                f.write_str("expected the date of the quotes, found none: add a line '# as_of: YYYY-MM-DD' to the file")
            }
            Self::OtherProduct(product) => {
                write!(f, "expected {} to price, found {product}", Product::default())
            }
            Self::OffScale(contract, price) => write!(
                f,
                "expected a price of {} between {} and {}, 100 less the rate, found {price}",
                contract.symbol(),
                SCALE.start(),
                SCALE.end()
            ),
            Self::Twice(contract) => write!(f, "expected one price of {}, found two", contract.symbol()),
            Self::NoPrices(kind) => {
                write!(f, "expected at least one contract with a {} price, found none", kind.name())
            }
        }
    }
}

impl std::error::Error for StripError {}
