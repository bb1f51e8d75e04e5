//! [`BasisPoints`]: a change of a rate.

use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};
use std::str::FromStr;

use rust_decimal::Decimal;

use super::fraction::pad;
use super::{Fraction, ParseFractionError};

/// A change of a rate in basis points (1 bp = 0.01 percent), exact.
///
/// ```
/// use fedpath::BasisPoints;
/// let shift: BasisPoints = "7.5bp".parse()?;
/// assert_eq!(shift.exact().to_string(), "15/2");
/// assert_eq!(format!("{shift:+.1}"), "+7.5bp");
/// # Ok::<(), fedpath::ParseFractionError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BasisPoints(Fraction);

impl BasisPoints {
    /// No change.
    #[must_use]
    pub fn zero() -> Self {
        Self(Fraction::zero())
    }

    /// A change of so many basis points.
    #[must_use]
    pub fn from_bp(bp: Decimal) -> Self {
        Self(Fraction::from_decimal(bp))
    }

    /// A change of an exact number of basis points.
    #[must_use]
    pub fn from_exact(bp: Fraction) -> Self {
        Self(bp)
    }

    /// The change in basis points.
    #[must_use]
    pub fn exact(&self) -> &Fraction {
        &self.0
    }
}

impl Add for &BasisPoints {
    type Output = BasisPoints;
    fn add(self, other: &BasisPoints) -> BasisPoints {
        BasisPoints(&self.0 + &other.0)
    }
}

impl Sub for &BasisPoints {
    type Output = BasisPoints;
    fn sub(self, other: &BasisPoints) -> BasisPoints {
        BasisPoints(&self.0 - &other.0)
    }
}

impl Mul<&Fraction> for &BasisPoints {
    type Output = BasisPoints;
    fn mul(self, times: &Fraction) -> BasisPoints {
        BasisPoints(&self.0 * times)
    }
}

impl Neg for &BasisPoints {
    type Output = BasisPoints;
    fn neg(self) -> BasisPoints {
        BasisPoints(-&self.0)
    }
}

impl fmt::Display for BasisPoints {
    /// Prints `7.5bp`, exactly; with a precision, rounds half away from zero.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.precision() {
            Some(places) => pad(f, &format!("{:.places$}bp", self.0)),
            None => pad(f, &format!("{}bp", self.0.shortest())),
        }
    }
}

impl FromStr for BasisPoints {
    type Err = ParseFractionError;

    /// Reads `7.5bp`, `7.5 bp`, `+7.5bp` or `7.5`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.strip_suffix("bp").unwrap_or(text).trim_end().parse().map(Self)
    }
}
