//! [`Value`]: one figure, word or date of a report before any rounding, and how people and programs read it.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::super::number::{float_signed, float_to};
use crate::market::contract::{Contract, ContractMonth};
use crate::units::{BasisPoints, Fraction, Price, Probability, Rate};

/// The name of a figure in JSON and CSV.
pub(in super::super) type Key = Cow<'static, str>;

/// A figure, word or date, or several of them.
#[derive(Debug, Clone)]
pub(in super::super) enum Value {
    /// Not known, or does not apply.
    Missing,
    /// Not part of the report at all: JSON leaves its key out.
    Absent,
    /// Words, or a figure that is printed as it was read.
    Words(String),
    Flag(bool),
    Count(i64),
    /// An exact figure, and the places that programs read.
    Exact(Fraction, usize),
    /// A floating-point figure: programs read 6 places.
    Float(f64),
    /// A price as it was read.
    Price(String),
    List(Vec<Value>),
    Object(Vec<(Key, Value)>),
}

/// How numbers stand in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Numbers {
    /// As strings that hold exact decimals.
    #[default]
    Strings,
    /// As JSON numbers, rounded to 12 places: for `jq` and spreadsheets.
    Floats,
}

/// How people read a figure: to so many places, in so large a unit.
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum Shown {
    /// As it is.
    Plain,
    /// To so many places.
    Places(usize),
    /// To so many places, always with a sign.
    Signed(usize),
    /// A share as percent, to so many places.
    Percent(usize),
}

impl Value {
    /// A bound of a target range: percent to two places.
    pub(in super::super) fn bound(rate: &Rate) -> Self {
        Self::Exact(rate.exact().clone(), 2)
    }

    /// The exact fraction itself.
    pub(in super::super) fn fraction(&self) -> Self {
        match self {
            Self::Exact(value, _) => Self::Words(value.to_string()),
            _ => Self::Missing,
        }
    }

    /// The value, if there is one, else nothing at all.
    pub(in super::super) fn if_any(value: Option<impl Into<Self>>) -> Self {
        value.map_or(Self::Absent, Into::into)
    }

    /// For people; `None` where it is missing.
    pub(in super::super) fn for_people(&self, shown: Shown) -> Option<String> {
        Some(match (self, shown) {
            (Self::Missing | Self::Absent | Self::List(_) | Self::Object(_), _) => return None,
            (Self::Exact(value, _), Shown::Places(places)) => format!("{value:.places$}"),
            (Self::Exact(value, _), Shown::Signed(places)) => format!("{value:+.places$}"),
            (Self::Exact(value, _), Shown::Percent(places)) => {
                format!("{:.places$}", value * &Fraction::integer(100))
            }
            (Self::Float(value), Shown::Places(places)) => float_to(*value, places),
            (Self::Float(value), Shown::Signed(places)) => float_signed(*value, places),
            (Self::Flag(value), _) => if *value { "yes" } else { "no" }.to_owned(),
            (Self::Count(value), Shown::Signed(_)) if *value != 0 => format!("{value:+}"),
            _ => return self.for_programs(),
        })
    }

    /// For programs, as a string; `None` where it is missing.
    pub(in super::super) fn for_programs(&self) -> Option<String> {
        Some(match self {
            Self::Missing | Self::Absent | Self::List(_) | Self::Object(_) => return None,
            Self::Words(text) | Self::Price(text) => text.clone(),
            Self::Flag(value) => value.to_string(),
            Self::Count(value) => value.to_string(),
            Self::Exact(value, places) => format!("{value:.places$}"),
            Self::Float(value) => float_to(*value, 6),
        })
    }
}

/// A value as JSON.
pub(in super::super) struct Json<'v>(pub(in super::super) &'v Value, pub(in super::super) Numbers);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(value, numbers) = self;
        match value {
            Value::Missing | Value::Absent => serializer.serialize_none(),
            Value::Flag(value) => serializer.serialize_bool(*value),
            Value::Count(value) => serializer.serialize_i64(*value),
            Value::Exact(..) | Value::Float(_) | Value::Price(_) if *numbers == Numbers::Floats => {
                let number = value.for_programs().and_then(|text| text.parse::<f64>().ok());
                number.serialize(serializer)
            }
            Value::Words(_) | Value::Exact(..) | Value::Float(_) | Value::Price(_) => {
                serializer.serialize_str(&value.for_programs().unwrap_or_default())
            }
            Value::List(values) => serializer.collect_seq(values.iter().map(|value| Json(value, *numbers))),
            Value::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, &Json(value, *numbers))?;
                }
                map.end()
            }
        }
    }
}

/// Members in their order.
pub(in super::super) fn object<const N: usize>(members: [(&'static str, Value); N]) -> Value {
    let there = members.into_iter().filter(|(_, value)| !matches!(value, Value::Absent));
    Value::Object(there.map(|(key, value)| (key.into(), value)).collect())
}

/// A list of what each item makes.
pub(in super::super) fn list<T, V: Into<Value>>(items: impl IntoIterator<Item = T>, value: impl Fn(T) -> V) -> Value {
    Value::List(items.into_iter().map(|item| value(item).into()).collect())
}

macro_rules! from {
    ($($type:ty: |$value:ident| $make:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                $make
            }
        }
    )*};
}

from! {
    String: |text| Self::Words(text);
    &str: |text| Self::Words(text.to_owned());
    bool: |flag| Self::Flag(flag);
    i64: |count| Self::Count(count);
    u32: |count| Self::Count(count.into());
    usize: |count| Self::Count(i64::try_from(count).unwrap_or(i64::MAX));
    f64: |value| Self::Float(value);
    NaiveDate: |date| Self::Words(date.to_string());
    Contract: |contract| Self::Words(contract.month().to_string());
    ContractMonth: |contract| Self::Words(contract.to_string());
    Fraction: |value| Self::Exact(value, 12);
    &Fraction: |value| Self::Exact(value.clone(), 12);
    Probability: |value| Self::from(value.exact());
    &Probability: |value| Self::from(value.exact());
    &Rate: |rate| Self::from(rate.exact());
    BasisPoints: |bp| Self::from(bp.exact());
    &BasisPoints: |bp| Self::from(bp.exact());
    Price: |price| Self::Price(price.to_string());
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}
