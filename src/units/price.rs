//! [`Price`]: a futures price in points.

use std::fmt;
use std::ops::{RangeInclusive, Sub};
use std::str::FromStr;

use rust_decimal::Decimal;

use super::{BasisPoints, Fraction, Rate, UnitError};

const ACCEPTED: &str = "in the range 0 to 200, with at most 20 places";

pub(super) fn out_of_range(found: &impl ToString) -> UnitError {
    UnitError::out_of_range("price", ACCEPTED, found)
}

/// A futures price in points: 100 minus the average rate of the contract month, in percent per annum.
///
/// A price is a decimal exactly as it was read: `96.3550` keeps its four places when printed and equals
/// `96.355`. A contract at 96.1200 implies an average rate of 3.88 percent.
///
/// The range 0 to 200 only catches a slipped decimal point: 89.23 (1989) and prices above 100 (negative
/// rates) are real.
///
/// Source of the convention: CBOT Rulebook, chapter 22 (30-Day Federal Funds Futures).
///
/// ```
/// use fedpath::Price;
/// let price: Price = "96.1200".parse()?;
/// assert_eq!(price.to_string(), "96.1200");
/// assert_eq!(price.implied_rate().to_string(), "3.88%");
/// assert!("9612.0".parse::<Price>().is_err());
/// # Ok::<(), fedpath::UnitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Price(Decimal);

impl Price {
    /// A price of so many points.
    ///
    /// # Errors
    /// Where `points` is not above 0 and below 200, or has more than 20 decimal places: with at most 20, the
    /// decimals of sums and differences of prices are exact.
    pub fn from_points(points: Decimal) -> Result<Self, UnitError> {
        if points > Decimal::ZERO && points < Decimal::from(200) && points.scale() <= 20 {
            Ok(Self(points))
        } else {
            Err(out_of_range(&points))
        }
    }

    /// The price in points, as read.
    #[must_use]
    pub fn points(self) -> Decimal {
        self.0
    }

    /// Reads digits with at most one point between them, where their value lies in a range of whole points; `None` for any
    /// other text, which [`Price::from_str`] reads or refuses.
    #[inline]
    pub(crate) fn read_fixed(text: &[u8], range: RangeInclusive<u32>) -> Option<Self> {
        Self::read_start(text, range).filter(|(_, taken)| *taken == text.len()).map(|(price, _)| price)
    }

    /// The same of the bytes that a text begins with, and how many they are.
    #[inline]
    pub(crate) fn read_start(text: &[u8], range: RangeInclusive<u32>) -> Option<(Self, usize)> {
        /// Digits that a 64-bit mantissa holds whatever they are.
        const MOST: usize = 18;
        if text.first() == Some(&b'.') {
            return None;
        }
        let (mut mantissa, mut places, mut point, mut taken) = (0_i64, 0_u32, false, 0);
        for byte in text.iter().take(MOST) {
            let digit = byte.wrapping_sub(b'0');
            if digit < 10 {
                mantissa = 10 * mantissa + i64::from(digit);
                places += u32::from(point);
            } else if *byte == b'.' && !point {
                point = true;
            } else {
                break;
            }
            taken += 1;
        }
        let unit = 10_i64.pow(places);
        let bounded = i64::from(*range.start()) * unit <= mantissa && mantissa <= i64::from(*range.end()) * unit;
        // A point stands between digits.
        (bounded && point == (places > 0)).then(|| (Self(Decimal::new(mantissa, places)), taken))
    }

    /// The price without the zeros at the end that a file of fixed places adds (`96.180000000`), but no fewer than four
    /// places.
    pub(crate) fn shortened(self) -> Self {
        let mut points = self.0.normalize();
        if points.scale() < 4 {
            points.rescale(4);
        }
        Self(points)
    }

    /// The price as a whole number of units of so many places, `96.12` as `9_612_000` of five; `None` where it has more places, or more
    /// digits than an `i64`.
    pub(crate) fn in_units(self, places: u32) -> Option<i64> {
        let points = if self.0.scale() > places { self.0.normalize() } else { self.0 };
        let factor = 10_i64.checked_pow(places.checked_sub(points.scale())?)?;
        i64::try_from(points.mantissa()).ok()?.checked_mul(factor)
    }

    /// The average rate of the contract month that the price stands for: 100 minus the price.
    #[must_use]
    pub fn implied_rate(self) -> Rate {
        Rate::from_percent(Decimal::ONE_HUNDRED - self.0)
    }

    /// The price so many basis points (0.01) higher, or lower; `None` where that is no price.
    ///
    /// ```
    /// use fedpath::Price;
    /// let price: Price = "96.2150".parse()?;
    /// assert_eq!(price.moved(&"-0.5bp".parse()?).unwrap().to_string(), "96.2100");
    /// // A third of a basis point has no end in decimals.
    /// assert_eq!(price.moved(&"1/3".parse()?), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn moved(self, by: &BasisPoints) -> Option<Self> {
        let points = (by.exact() / &Fraction::integer(100)).to_decimal()?;
        Self::from_points(self.0.checked_add(points)?).ok().map(Self::shortened)
    }

    /// A price of an exact number of points.
    ///
    /// # Errors
    /// Where it has no end in decimals, as a third has none, and as [`Price::from_points`].
    pub fn from_exact(points: &Fraction) -> Result<Self, UnitError> {
        points.to_decimal().map_or_else(|| Err(out_of_range(points)), Self::from_points)
    }

    /// The price in points as an exact fraction.
    #[must_use]
    pub fn exact(self) -> Fraction {
        Fraction::from_decimal(self.0)
    }
}

impl fmt::Display for Price {
    /// Prints the places that were read; with a precision, rounds half away from zero.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.precision() {
            Some(_) => fmt::Display::fmt(&self.exact(), f),
            None => super::fraction::pad(f, &self.0.to_string()),
        }
    }
}

impl FromStr for Price {
    type Err = UnitError;

    /// Reads digits with an optional decimal point, exactly: no exponent, no sign, no separators.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || UnitError::out_of_range("price", "a number of points such as 96.2300", &format!("'{text}'"));
        let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if !plain || !text.starts_with(|c: char| c.is_ascii_digit()) || text.ends_with('.') {
            return Err(refused());
        }
        Self::from_points(Decimal::from_str_exact(text).map_err(|_| refused())?)
    }
}

/// The difference of two prices in points, signed, as a settlement report prints it (`-.0050`).
///
/// ```
/// use fedpath::PriceChange;
/// let change: PriceChange = "-.0050".parse()?;
/// assert_eq!(change.to_string(), "-0.0050");
/// # Ok::<(), fedpath::UnitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PriceChange(Decimal);

impl PriceChange {
    /// No change.
    #[must_use]
    pub fn zero() -> Self {
        Self(Decimal::ZERO)
    }

    /// A change of so many points.
    #[must_use]
    pub fn from_points(points: Decimal) -> Self {
        Self(points)
    }

    /// The change in points.
    #[must_use]
    pub fn points(self) -> Decimal {
        self.0
    }

    /// The change in points as an exact fraction.
    #[must_use]
    pub fn exact(self) -> Fraction {
        Fraction::from_decimal(self.0)
    }
}

impl Sub for Price {
    type Output = PriceChange;
    fn sub(self, other: Price) -> PriceChange {
        PriceChange(self.0 - other.0)
    }
}

impl fmt::Display for PriceChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::fraction::pad(f, &self.0.to_string())
    }
}

impl FromStr for PriceChange {
    type Err = UnitError;

    /// Reads a signed decimal; the zero before the point may be left out.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused =
            || UnitError::out_of_range("price change", "a number of points such as -.0050", &format!("'{text}'"));
        if text.contains(|c: char| !c.is_ascii_digit() && !"+-.".contains(c))
            || !text.contains(|c: char| c.is_ascii_digit())
        {
            return Err(refused());
        }
        Decimal::from_str_exact(text).map(Self).map_err(|_| refused())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Price;

    /// The decimals of the crate below take signs and underscores.
    #[test]
    fn a_price_is_digits_and_a_point() {
        for text in [
            "9_6.12",
            ".12345678901234567",
            "96_",
            "96.1_2",
            "+96.12",
            "-96.12",
            "96.12e0",
            "96,12",
            ".12",
            "96.",
            "",
            "\u{669}\u{666}",
        ] {
            assert!(text.parse::<Price>().is_err(), "{text}");
            assert_eq!(Price::read_fixed(text.as_bytes(), 75..=105), None, "{text}");
        }
        assert_eq!("96.12".parse::<Price>().unwrap().to_string(), "96.12");
    }

    proptest! {
        /// Whatever is read from the digits is the decimal that is read from the text, its places too.
        #[test]
        fn a_fixed_price_is_the_price_of_its_text(text in "[0-9]{0,4}[.]?[0-9]{0,6}|[-+0-9. eE_A]{0,9}|9[0-9]\\.[0-9]{14,22}") {
            let read = text.parse::<Price>().ok().filter(|price| (75..=105).contains(&price.points().trunc().mantissa()));
            let read = read.filter(|price| price.points() <= 105.into());
            match Price::read_fixed(text.as_bytes(), 75..=105) {
                Some(fixed) => prop_assert_eq!(Some(fixed.to_string()), read.map(|price| price.to_string())),
                // What is left to the text is too long, or no price of the range.
                None => prop_assert!(read.is_none() || text.len() > 18, "{}", text),
            }
        }
    }
}
