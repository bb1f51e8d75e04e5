//! The quantities of the field, each a type with named doors.
//!
//! A [`Price`] is a decimal as it was read; a [`Rate`], [`BasisPoints`] and [`Probability`] are exact
//! [`Fraction`]s, because a day count divides and a decimal cannot hold a third. Only operations that make
//! sense between quantities exist: two rates subtract to basis points, a price gives an implied rate.
//! Nothing here rounds; printing with a precision does, half away from zero.

mod basis_points;
mod float;
mod fraction;
mod long_ratio;
mod operators;
mod price;
mod probability;
mod rate;
#[cfg(feature = "serde")]
pub(crate) mod serde;
mod small_ratio;

pub use basis_points::BasisPoints;
pub use fraction::{Fraction, ParseFractionError};
pub use price::{Price, PriceChange};
pub use probability::Probability;
pub use rate::Rate;

use std::borrow::Cow;
use std::fmt;

/// A number that a unit refuses, with the range it accepts.
///
/// ```
/// use fedpath::Price;
/// let error = "9618.0".parse::<Price>().unwrap_err();
/// assert_eq!(error.to_string(), "price is not in the range 0 to 200, with at most 20 places, found 9618.0");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitError {
    quantity: &'static str,
    accepted: &'static str,
    found: String,
}

impl UnitError {
    /// Of a price that a change leads to no other price from.
    pub(crate) fn of_moved(price: Price, change: &impl fmt::Display) -> Self {
        price::out_of_range(&format_args!("{price} and a change of {change}"))
    }

    pub(crate) fn out_of_range(quantity: &'static str, accepted: &'static str, found: &impl ToString) -> Self {
        Self { quantity, accepted, found: found.to_string() }
    }
}

impl fmt::Display for UnitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not {}, found {}", self.quantity, self.accepted, crate::text::escaped(&self.found))
    }
}

impl std::error::Error for UnitError {}

/// A text that is none of the accepted ones.
///
/// ```
/// let error = "fortnight".parse::<fedpath::history::Every>().unwrap_err();
/// assert_eq!(error.to_string(), "expected day, week, month, or a number of days");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAccepted {
    accepted: Cow<'static, str>,
}

impl NotAccepted {
    pub(crate) fn expected(accepted: impl Into<Cow<'static, str>>) -> Self {
        Self { accepted: accepted.into() }
    }

    /// From a sentence that says what is expected, and what was found.
    pub(crate) fn said(sentence: &str) -> Self {
        Self { accepted: sentence.strip_prefix("expected ").unwrap_or(sentence).to_owned().into() }
    }

    /// What is accepted, in words.
    #[must_use]
    pub fn accepted(&self) -> &str {
        &self.accepted
    }
}

impl fmt::Display for NotAccepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.accepted)
    }
}

impl std::error::Error for NotAccepted {}

/// `Serialize` and `Deserialize` through `Display` and `FromStr`: one exact spelling in text and in data.
macro_rules! serde_as_text {
    ($($unit:ty),+) => {$(
        #[cfg(feature = "serde")]
        impl serde::Serialize for $unit {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $unit {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}
pub(crate) use serde_as_text;

#[cfg(feature = "serde")]
serde::serde_as_number!(Fraction, Price, PriceChange, Rate, BasisPoints, Probability);
