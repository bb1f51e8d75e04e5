//! Units as data: written as exact strings, read from strings and from numbers.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use ::serde::de::{Deserializer, Error, MapAccess, Visitor};

/// What `serde_json` calls the digits of a number where a crate of the build asks for its arbitrary precision.
const DIGITS: &str = "$serde_json::private::Number";

/// Reads text, or a number by the decimal that it prints as; formats that do not say what they hold have text.
pub(crate) fn text_or_number<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err: fmt::Display>,
    D: Deserializer<'de>,
{
    let visitor = TextOrNumber(PhantomData);
    if deserializer.is_human_readable() {
        deserializer.deserialize_any(visitor)
    } else {
        deserializer.deserialize_str(visitor)
    }
}

struct TextOrNumber<T>(PhantomData<T>);

impl<'de, T: FromStr<Err: fmt::Display>> Visitor<'de> for TextOrNumber<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or its exact text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        match map.next_entry::<String, String>()? {
            Some((key, digits)) if key == DIGITS => self.visit_str(&digits),
            _ => Err(A::Error::custom("expected a number, or its exact text, found a map")),
        }
    }
}

/// `Serialize` by `Display` and `Deserialize` by `FromStr`, from text and numbers: one exact spelling in text and in data.
macro_rules! serde_as_number {
    ($($unit:ty),+) => {$(
        impl ::serde::Serialize for $unit {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $unit {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::units::serde::text_or_number(deserializer)
            }
        }
    )+};
}
pub(crate) use serde_as_number;

#[cfg(test)]
mod tests {
    use crate::units::{BasisPoints, Fraction, Price, Probability, Rate};

    #[test]
    fn numbers_and_strings_are_read_and_exact_strings_written() {
        let read: (Price, Rate, BasisPoints, Probability, Fraction) =
            serde_json::from_str(r#"[96.355, "3.88%", -25, 0.35, "1/3"]"#).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), r#"["96.355","3.88%","-25bp","35%","1/3"]"#);
    }

    #[test]
    fn what_the_unit_refuses_is_refused_in_data_too() {
        let told = |json: &str| serde_json::from_str::<Price>(json).unwrap_err().to_string();
        insta::assert_snapshot!(told("9635.5"), @"price is not in the range 0 to 200, with at most 20 places, found 9635.5 at line 1 column 6");
        insta::assert_snapshot!(told("\"96.x\""), @"price is not a number of points such as 96.2300, found '96.x' at line 1 column 6");
        insta::assert_snapshot!(told("null"), @"invalid type: null, expected a number, or its exact text at line 1 column 4");
        insta::assert_snapshot!(told("{\"price\":\"96\"}"), @"expected a number, or its exact text, found a map at line 1 column 14");
        assert!(serde_json::from_str::<Probability>("1.01").is_err());
    }
}
