//! [`Fraction`]: an exact rational number of any size.

use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;

/// An exact rational number, always in lowest terms, of any size.
///
/// `{}` prints the fraction (`13/20`, an integer as `1`); `{:.N}` prints N decimal places, rounded half away
/// from zero from the exact value. [`FromStr`] reads both spellings, and a decimal such as `0.65`.
///
/// ```
/// use fedpath::Fraction;
/// let third: Fraction = "1/3".parse().unwrap();
/// let sum = &third + &third;
/// assert_eq!(sum.to_string(), "2/3");
/// assert_eq!(format!("{sum:.4}"), "0.6667");
/// assert_eq!("0.65".parse::<Fraction>().unwrap().to_string(), "13/20");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fraction(BigRational);

/// A text that is not a fraction, an integer or a decimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseFractionError(String);

impl fmt::Display for ParseFractionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a number such as 13/20, 0.65 or 7, found '{}'", crate::text::escaped(&self.0))
    }
}

impl std::error::Error for ParseFractionError {}

impl Fraction {
    /// The number zero.
    #[must_use]
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    /// An integer.
    #[must_use]
    pub fn integer(value: i64) -> Self {
        Self(BigRational::from_integer(BigInt::from(value)))
    }

    /// `numerator / denominator` in lowest terms, or `None` where the denominator is zero.
    ///
    /// ```
    /// use fedpath::Fraction;
    /// assert_eq!(Fraction::ratio(6, 8).unwrap().to_string(), "3/4");
    /// assert_eq!(Fraction::ratio(1, 0), None);
    /// ```
    #[must_use]
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Self> {
        Self::from_parts(BigInt::from(numerator), BigInt::from(denominator))
    }

    pub(crate) fn from_parts(numerator: BigInt, denominator: BigInt) -> Option<Self> {
        (!denominator.is_zero()).then(|| Self(BigRational::new(numerator, denominator)))
    }

    /// The same number as a fraction: a decimal is an integer over a power of ten.
    #[must_use]
    pub fn from_decimal(value: Decimal) -> Self {
        let denominator = BigInt::from(10_u8).pow(value.scale());
        Self(BigRational::new(BigInt::from(value.mantissa()), denominator))
    }

    /// The nearest `f64`: the door out of exact arithmetic, used from the yield curve on.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// The absolute value.
    #[must_use]
    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    /// Whether the number is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// Whether the number is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether the number has no fractional part.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    /// The quotient, or `None` where `divisor` is zero.
    #[must_use]
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        (!divisor.is_zero()).then(|| Self(&self.0 / &divisor.0))
    }

    /// The largest integer not above the number, and what is left over (0 or more, less than 1).
    pub(crate) fn floor_and_rest(&self) -> (BigInt, Self) {
        let floor = self.0.floor();
        let rest = &self.0 - &floor;
        (floor.to_integer(), Self(rest))
    }

    /// The largest integer not above the number.
    pub(crate) fn floor(&self) -> Self {
        Self(self.0.floor())
    }

    pub(crate) fn numerator(&self) -> &BigInt {
        self.0.numer()
    }

    pub(crate) fn denominator(&self) -> &BigInt {
        self.0.denom()
    }

    /// The decimal spelling where it ends (`7.5`), the fraction where it does not (`1/3`): exact either way.
    pub(crate) fn shortest(&self) -> String {
        let mut rest = self.denominator().clone();
        let (two, five) = (BigInt::from(2_u8), BigInt::from(5_u8));
        let mut divide_out = |factor: &BigInt| {
            let mut times = 0_usize;
            while (&rest % factor).is_zero() {
                rest /= factor;
                times += 1;
            }
            times
        };
        let places = divide_out(&two).max(divide_out(&five));
        if rest.is_one() { self.rounded(places) } else { self.to_string() }
    }

    /// The decimal spelling with `places` digits after the point, rounded half away from zero.
    fn rounded(&self, places: usize) -> String {
        let scale = BigInt::from(10_u8).pow(u32::try_from(places).unwrap_or(u32::MAX));
        let twice = BigInt::from(2_u8) * self.numerator().abs() * &scale + self.denominator();
        let units = twice / (BigInt::from(2_u8) * self.denominator());
        let sign = if self.is_negative() && !units.is_zero() { "-" } else { "" };
        let digits = units.to_string();
        // Not the formatter's own padding, whose width ends at 65,535.
        let digits = "0".repeat((places + 1).saturating_sub(digits.len())) + &digits;
        let (whole, decimals) = digits.split_at(digits.len() - places);
        if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") }
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.precision() {
            // `pad_integral` would read the precision again; padding is the caller's width alone.
            Some(places) => pad(f, &self.rounded(places)),
            None => pad(f, &self.0.to_string()),
        }
    }
}

/// Writes a number right-aligned unless the caller says otherwise, with `+` where asked.
pub(crate) fn pad(f: &mut fmt::Formatter<'_>, number: &str) -> fmt::Result {
    let text = if f.sign_plus() && !number.starts_with('-') { format!("+{number}") } else { number.to_owned() };
    let width = f.width().unwrap_or(0);
    match f.align() {
        Some(fmt::Alignment::Left) => write!(f, "{text:<width$}"),
        Some(fmt::Alignment::Center) => write!(f, "{text:^width$}"),
        Some(fmt::Alignment::Right) | None => write!(f, "{text:>width$}"),
    }
}

impl fmt::Debug for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for Fraction {
    type Err = ParseFractionError;

    /// Reads `13/20`, `0.65` or `7`, of at most 1,000 characters: reading takes time in their square.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || ParseFractionError(text.to_owned());
        if text.len() > 1000 {
            return Err(refused());
        }
        let integer = |part: &str| -> Result<BigInt, ParseFractionError> {
            let digits = part.strip_prefix(['-', '+']).unwrap_or(part);
            let all_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            if all_digits { part.parse().map_err(|_| refused()) } else { Err(refused()) }
        };
        if let Some((numerator, denominator)) = text.split_once('/') {
            return Self::from_parts(integer(numerator)?, integer(denominator)?).ok_or_else(refused);
        }
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        if text.ends_with('.') || decimals.starts_with(['-', '+']) {
            return Err(refused());
        }
        let mantissa = integer(&format!("{whole}{decimals}"))?;
        let places = u32::try_from(decimals.len()).map_err(|_| refused())?;
        Self::from_parts(mantissa, BigInt::from(10_u8).pow(places)).ok_or_else(refused)
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $operator:tt) => {
        impl $trait for &Fraction {
            type Output = Fraction;
            fn $method(self, other: &Fraction) -> Fraction {
                Fraction(&self.0 $operator &other.0)
            }
        }
        impl $trait for Fraction {
            type Output = Fraction;
            fn $method(self, other: Fraction) -> Fraction {
                Fraction(self.0 $operator other.0)
            }
        }
    };
}
operator!(Add, add, +);
operator!(Sub, sub, -);
operator!(Mul, mul, *);

impl Div for &Fraction {
    type Output = Fraction;

    /// Divides exactly.
    ///
    /// # Panics
    /// Where the divisor is zero, as integers do; [`Fraction::checked_div`] does not.
    fn div(self, divisor: &Fraction) -> Fraction {
        Fraction(&self.0 / &divisor.0)
    }
}

impl Neg for &Fraction {
    type Output = Fraction;
    fn neg(self) -> Fraction {
        Fraction(-&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Fraction;

    fn fraction(text: &str) -> Fraction {
        text.parse().unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn printing_with_a_precision_rounds_half_away_from_zero() {
        for (exact, places, printed) in [
            ("0", 2, "0.00"),
            ("1/3", 4, "0.3333"),
            ("2/3", 4, "0.6667"),
            ("1/8", 2, "0.13"),
            ("-1/8", 2, "-0.13"),
            ("-1/1000", 2, "0.00"),
            ("199/100", 0, "2"),
            ("1/2", 0, "1"),
            ("123456789012345678901234567890", 1, "123456789012345678901234567890.0"),
        ] {
            assert_eq!(format!("{:.*}", places, fraction(exact)), printed, "{exact} to {places} places");
        }
        assert_eq!(format!("[{:>8.1}] [{:<+8.1}]", fraction("15/2"), fraction("15/2")), "[     7.5] [+7.5    ]");
    }

    #[test]
    fn no_length_is_too_much() {
        // Rust's own precision ends here.
        assert_eq!(format!("{:.65535}", fraction("1/3")).len(), 65_537);
        assert!("1".repeat(1001).parse::<Fraction>().is_err());
        assert_eq!(fraction(&"1".repeat(1000)).to_string().len(), 1000);
    }

    #[test]
    fn shortest_is_a_decimal_where_one_exists() {
        for (exact, shortest) in [("15/2", "7.5"), ("-7/20", "-0.35"), ("4", "4"), ("1/3", "1/3"), ("1/64", "0.015625")]
        {
            assert_eq!(fraction(exact).shortest(), shortest);
        }
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for text in ["", ".", "1.", "1/0", "1/", "a", "1e5", "1.-5", "+-1", "1/2/3", " 1"] {
            assert!(text.parse::<Fraction>().is_err(), "{text:?} was accepted");
        }
        assert_eq!(fraction("-.5"), fraction("-1/2"));
    }
}
