//! [`Fraction`]: an exact rational number of any size.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;

use super::long_ratio;
use super::small_ratio::SmallRatio;

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
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Fraction(Parts);

/// What fits is small, so that equal numbers have equal parts.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Parts {
    Small(SmallRatio),
    Big(Box<BigRational>),
}

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
        Self(Parts::Small(SmallRatio::ZERO))
    }

    /// An integer.
    #[must_use]
    pub fn integer(value: i64) -> Self {
        Self::of(SmallRatio::integer(value), || BigRational::from_integer(BigInt::from(value)))
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
        match SmallRatio::new(numerator, denominator) {
            Some(small) => Some(Self(Parts::Small(small))),
            None => Self::from_parts(BigInt::from(numerator), BigInt::from(denominator)),
        }
    }

    pub(crate) fn from_parts(numerator: BigInt, denominator: BigInt) -> Option<Self> {
        (!denominator.is_zero()).then(|| Self::of_big(BigRational::new(numerator, denominator)))
    }

    /// `numerator / denominator` where the denominator, above zero, has no prime that `primes`, above zero and short, has not.
    pub(crate) fn from_parts_of_primes(numerator: BigInt, denominator: BigInt, primes: &BigInt) -> Self {
        Self::of_big(long_ratio::reduced(numerator, denominator, primes))
    }

    /// The same number as a fraction: a decimal is an integer over a power of ten.
    #[must_use]
    pub fn from_decimal(value: Decimal) -> Self {
        let scale = 10_i64.checked_pow(value.scale());
        let small = i64::try_from(value.mantissa()).ok().zip(scale);
        let small = small.and_then(|(mantissa, scale)| SmallRatio::new(mantissa, scale));
        Self::of(small, || BigRational::new(BigInt::from(value.mantissa()), BigInt::from(10_u8).pow(value.scale())))
    }

    /// A small result, or where it does not fit the same as a big one.
    fn of(small: Option<SmallRatio>, big: impl FnOnce() -> BigRational) -> Self {
        small.map_or_else(|| Self::of_big(big()), |small| Self(Parts::Small(small)))
    }

    fn of_big(big: BigRational) -> Self {
        let small = big.numer().to_i64().zip(big.denom().to_i64());
        let small = small.and_then(|(numerator, denominator)| SmallRatio::new(numerator, denominator));
        Self(small.map_or_else(|| Parts::Big(Box::new(big)), Parts::Small))
    }

    fn big(&self) -> Cow<'_, BigRational> {
        match &self.0 {
            Parts::Small(small) => {
                Cow::Owned(BigRational::new_raw(small.numerator().into(), small.denominator().into()))
            }
            Parts::Big(big) => Cow::Borrowed(big),
        }
    }

    /// The same number as a decimal; `None` where it has no end in decimals, or more digits than a decimal holds.
    #[must_use]
    pub fn to_decimal(&self) -> Option<Decimal> {
        Decimal::from_str_exact(&self.shortest()).ok()
    }

    /// The nearest `f64`: the door out of exact arithmetic, used from the yield curve on.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        let small = match &self.0 {
            Parts::Small(small) => small.to_f64(),
            Parts::Big(_) => None,
        };
        small.or_else(|| self.big().to_f64()).unwrap_or(f64::NAN)
    }

    /// The absolute value.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// Whether the number is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Parts::Small(small) => small.numerator() < 0,
            Parts::Big(big) => big.is_negative(),
        }
    }

    /// Whether the number is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0 == Parts::Small(SmallRatio::ZERO)
    }

    /// Whether the number has no fractional part.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Parts::Small(small) => small.denominator() == 1,
            Parts::Big(big) => big.is_integer(),
        }
    }

    /// The quotient, or `None` where `divisor` is zero.
    #[must_use]
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        (!divisor.is_zero()).then(|| self / divisor)
    }

    /// The largest integer not above the number, and what is left over (0 or more, less than 1).
    pub(crate) fn floor_and_rest(&self) -> (BigInt, Self) {
        match &self.0 {
            Parts::Small(small) => {
                let (floor, rest) = small.floor_and_rest();
                (floor.into(), Self(Parts::Small(rest)))
            }
            Parts::Big(big) => {
                let floor = big.floor();
                let rest = &**big - &floor;
                (floor.to_integer(), Self::of_big(rest))
            }
        }
    }

    /// The largest integer not above the number.
    pub(crate) fn floor(&self) -> Self {
        Self::of_big(BigRational::from_integer(self.floor_and_rest().0))
    }

    /// Numerator and denominator in lowest terms, where both are small.
    pub(crate) fn small_parts(&self) -> Option<(i64, i64)> {
        match &self.0 {
            Parts::Small(small) => Some((small.numerator(), small.denominator())),
            Parts::Big(_) => None,
        }
    }

    pub(crate) fn numerator(&self) -> BigInt {
        match &self.0 {
            Parts::Small(small) => small.numerator().into(),
            Parts::Big(big) => big.numer().clone(),
        }
    }

    pub(crate) fn denominator(&self) -> BigInt {
        match &self.0 {
            Parts::Small(small) => small.denominator().into(),
            Parts::Big(big) => big.denom().clone(),
        }
    }

    /// The decimal spelling where it ends (`7.5`), the fraction where it does not (`1/3`): exact either way.
    pub(crate) fn shortest(&self) -> String {
        let mut rest = self.denominator();
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
        let small = match &self.0 {
            Parts::Small(small) => small.rounded(places),
            Parts::Big(_) => None,
        };
        let digits = small.map_or_else(|| self.rounded_by_any(places).to_string(), |units| units.to_string());
        let is_zero = digits == "0";
        let sign = if self.is_negative() && !is_zero { "-" } else { "" };
        // Not the formatter's own padding, whose width ends at 65,535.
        let digits = "0".repeat((places + 1).saturating_sub(digits.len())) + &digits;
        let (whole, decimals) = digits.split_at(digits.len() - places);
        if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") }
    }

    /// The absolute value in units of `10^-places`, rounded half up, for any number of places.
    fn rounded_by_any(&self, places: usize) -> BigInt {
        let scale = BigInt::from(10_u8).pow(u32::try_from(places).unwrap_or(u32::MAX));
        let twice = BigInt::from(2_u8) * self.numerator().abs() * scale + self.denominator();
        twice / (BigInt::from(2_u8) * self.denominator())
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.precision() {
            // `pad_integral` would read the precision again; padding is the caller's width alone.
            Some(places) => pad(f, &self.rounded(places)),
            None => pad(f, &self.big().to_string()),
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
        write!(f, "{}", self.big())
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

impl Fraction {
    /// The result of an operation: of small parts where it fits, else of big ones; `mixed` is that of a big number and a small one
    /// other than zero, told whether the small one comes first.
    fn combined(
        &self,
        other: &Self,
        small: impl FnOnce(SmallRatio, SmallRatio) -> Option<SmallRatio>,
        mixed: impl FnOnce(&BigRational, SmallRatio, bool) -> BigRational,
        big: impl FnOnce(&BigRational, &BigRational) -> BigRational,
    ) -> Self {
        match (&self.0, &other.0) {
            (Parts::Small(own), Parts::Small(other_small)) => {
                Self::of(small(*own, *other_small), || big(&self.big(), &other.big()))
            }
            (Parts::Big(own), Parts::Small(other)) if *other != SmallRatio::ZERO => {
                Self::of_big(mixed(own, *other, false))
            }
            (Parts::Small(own), Parts::Big(other)) if *own != SmallRatio::ZERO => {
                Self::of_big(mixed(other, *own, true))
            }
            _ => Self::of_big(big(&self.big(), &other.big())),
        }
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $operator:tt, $small:ident, $mixed:expr) => {
        impl $trait for &Fraction {
            type Output = Fraction;
            fn $method(self, other: &Fraction) -> Fraction {
                self.combined(other, SmallRatio::$small, $mixed, |own, other| own $operator other)
            }
        }
    };
}
operator!(Add, add, +, plus, |big, small, _| long_ratio::plus(big, small));
operator!(Sub, sub, -, minus, |big, small, small_first| {
    let difference = long_ratio::plus(big, small.negated());
    if small_first { -difference } else { difference }
});
operator!(Mul, mul, *, times, |big, small, _| long_ratio::times(big, small));

impl Div for &Fraction {
    type Output = Fraction;

    /// Divides exactly.
    ///
    /// # Panics
    /// Where the divisor is zero, as integers do; [`Fraction::checked_div`] does not.
    fn div(self, divisor: &Fraction) -> Fraction {
        let mixed = |big: &BigRational, small: SmallRatio, small_first: bool| {
            let quotient = long_ratio::over(big, small);
            if small_first { quotient.recip() } else { quotient }
        };
        self.combined(divisor, SmallRatio::over, mixed, |own, divisor| own / divisor)
    }
}

impl Neg for &Fraction {
    type Output = Fraction;
    fn neg(self) -> Fraction {
        match &self.0 {
            Parts::Small(small) => Fraction(Parts::Small(small.negated())),
            Parts::Big(big) => Fraction::of_big(-&**big),
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Parts::Small(own), Parts::Small(other)) => own.cmp(other),
            _ => self.big().cmp(&other.big()),
        }
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
