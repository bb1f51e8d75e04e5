//! Units as numbers of JSON and other data, for fields with `#[serde(with = "fedpath::as_float")]` (feature `serde`).
//!
//! Units are written as exact strings, `"3.7925%"`. Where a reader takes numbers alone, this writes the nearest `f64`: of a
//! [`Rate`] percent, of [`BasisPoints`] basis points, of a [`Price`] points, of a
//! [`Probability`] parts of one. Reading takes numbers and strings, as without it.
//!
//! ```
//! use fedpath::{BasisPoints, Probability, Rate};
//! #[derive(serde::Serialize, serde::Deserialize)]
//! struct Row {
//!     #[serde(with = "fedpath::as_float")]
//!     rate: Rate,
//!     #[serde(with = "fedpath::as_float::option")]
//!     change: Option<BasisPoints>,
//!     exact: Probability,
//! }
//! let row = Row { rate: "3.7925".parse()?, change: None, exact: "35%".parse()? };
//! let text = serde_json::to_string(&row)?;
//! assert_eq!(text, r#"{"rate":3.7925,"change":null,"exact":"35%"}"#);
//! assert_eq!(serde_json::from_str::<Row>(&text)?.rate, row.rate);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use serde::{Deserialize, Deserializer, Serializer};

use crate::units::{BasisPoints, Fraction, Price, PriceChange, Probability, Rate};

/// A unit that has a nearest `f64`: every unit of this crate, and no other type.
pub trait Unit: sealed::Sealed {
    /// The nearest `f64`, in the unit's own measure.
    fn nearest(&self) -> f64;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! unit {
    ($($unit:ident),+) => {$(
        impl sealed::Sealed for $unit {}
        impl Unit for $unit {
            fn nearest(&self) -> f64 {
                self.to_f64()
            }
        }
    )+};
}

unit!(Fraction, Price, PriceChange, Rate, BasisPoints, Probability);

/// Writes the nearest `f64`.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<T: Unit, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(value.nearest())
}

/// Reads a number or an exact string, through the unit's own checks.
///
/// # Errors
/// Where it is neither, or no number of the unit.
pub fn deserialize<'de, T: Unit + Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize(deserializer)
}

/// The same of a value that may be missing, which is null and never zero.
pub mod option {
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Unit;

    /// Writes the nearest `f64`, or null.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<T: Unit, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.serialize_some(&value.nearest()),
            None => serializer.serialize_none(),
        }
    }

    /// Reads a number, an exact string or null.
    ///
    /// # Errors
    /// Where it is none of them, or no number of the unit.
    pub fn deserialize<'de, T: Unit + Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        Option::deserialize(deserializer)
    }
}
