//! [`Rate`]: an interest rate.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use rust_decimal::Decimal;

use super::fraction::pad;
use super::{BasisPoints, Fraction, ParseFractionError};

/// An interest rate in percent per annum, exact.
///
/// `{}` prints it exactly (`3.88%`, or `1093/288%` where no decimal ends); `{:.4}` rounds to places.
/// Subtracting two rates gives [`BasisPoints`]; adding basis points gives a rate again.
///
/// ```
/// use fedpath::Rate;
/// let (before, after): (Rate, Rate) = ("3.88%".parse()?, "3.7925".parse()?);
/// let change = &after - &before;
/// assert_eq!(change.to_string(), "-8.75bp");
/// assert_eq!(&before + &change, after);
/// # Ok::<(), fedpath::ParseFractionError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(Fraction);

impl Rate {
    /// A rate of so many percent.
    #[must_use]
    pub fn from_percent(percent: Decimal) -> Self {
        Self(Fraction::from_decimal(percent))
    }

    /// A rate of an exact number of percent.
    #[must_use]
    pub fn from_exact(percent: Fraction) -> Self {
        Self(percent)
    }

    /// The rate in percent, exact.
    #[must_use]
    pub fn exact(&self) -> &Fraction {
        &self.0
    }

    /// The price, in points, of a contract whose month averages this rate: 100 minus the rate.
    #[must_use]
    pub fn futures_price(&self) -> Fraction {
        &Fraction::integer(100) - &self.0
    }
}

impl Sub for &Rate {
    type Output = BasisPoints;
    fn sub(self, other: &Rate) -> BasisPoints {
        BasisPoints::from_exact(&(&self.0 - &other.0) * &Fraction::integer(100))
    }
}

impl Add<&BasisPoints> for &Rate {
    type Output = Rate;
    fn add(self, change: &BasisPoints) -> Rate {
        Rate(&self.0 + &(change.exact() / &Fraction::integer(100)))
    }
}

impl Sub<&BasisPoints> for &Rate {
    type Output = Rate;
    fn sub(self, change: &BasisPoints) -> Rate {
        self + &-change
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.precision() {
            Some(places) => pad(f, &format!("{:.places$}%", self.0)),
            None => pad(f, &format!("{}%", self.0.shortest())),
        }
    }
}

impl FromStr for Rate {
    type Err = ParseFractionError;

    /// Reads percent, with or without the sign: `3.88%`, `3.88`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.strip_suffix('%').unwrap_or(text).trim_end().parse().map(Self)
    }
}
