//! [`Error`]: any error of the library, for callers that pass all of them on.

use std::fmt;

use crate::market::contract::ContractError;
use crate::quotes::strip::StripError;
use crate::reprice::RepriceError;
use crate::rule::PolicyError;
use crate::text::problem::{Position, ReadError};
use crate::units::{ParseFractionError, UnitError};

/// Any error of the library; each module's own errors convert into it.
///
/// ```
/// fn easing(quotes: &str) -> Result<String, fedpath::Error> {
///     let snapshot = fedpath::Snapshot::parse(quotes)?;
///     let strip = fedpath::Strip::new(&snapshot, &fedpath::StripOptions::default())?;
///     let outlook = fedpath::Outlook::price(&strip, &fedpath::Assumptions::default())?;
///     Ok(outlook.meetings()[0].cumulative.ease().to_string())
/// }
/// let error = easing("contract,price\nZQX25,96.x\n").unwrap_err();
/// assert_eq!(error.position().unwrap().to_string(), "2:7");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A text that cannot be read.
    Read(ReadError),
    /// A contract label that cannot be read.
    Contract(ContractError),
    /// A number that a unit refuses.
    Unit(UnitError),
    /// A text that is no number.
    Number(ParseFractionError),
    /// A snapshot that gives no strip.
    Strip(StripError),
    /// A strip that gives no path.
    Policy(PolicyError),
    /// Two outlooks that cannot be compared.
    Reprice(RepriceError),
}

impl Error {
    /// Where in the text the first problem stands, for an error of reading.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        match self {
            Self::Read(error) => error.problems().first()?.position(),
            _ => None,
        }
    }

    fn inner(&self) -> &(dyn std::error::Error + 'static) {
        match self {
            Self::Read(error) => error,
            Self::Contract(error) => error,
            Self::Unit(error) => error,
            Self::Number(error) => error,
            Self::Strip(error) => error,
            Self::Policy(error) => error,
            Self::Reprice(error) => error,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner().source()
    }
}

macro_rules! from {
    ($($error:ident => $variant:ident),+) => {$(
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::$variant(error)
            }
        }
    )+};
}
from!(
    ReadError => Read, ContractError => Contract, UnitError => Unit, ParseFractionError => Number,
    StripError => Strip, PolicyError => Policy, RepriceError => Reprice
);
