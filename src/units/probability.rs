//! [`Probability`]: a number between 0 and 1.

use std::fmt;
use std::ops::Sub;
use std::str::FromStr;

use super::fraction::pad;
use super::{Fraction, UnitError};

const ACCEPTED: &str = "in the range 0 to 1";

/// A probability, exact, between 0 and 1.
///
/// `{}` prints percent exactly (`65%`), `{:.1}` rounds the percent to places: the way a published table does,
/// half up on the exact value. Two probabilities subtract to a plain [`Fraction`], which may be negative.
///
/// ```
/// use fedpath::Probability;
/// let cut: Probability = "13/20".parse()?;
/// assert_eq!(cut.to_string(), "65%");
/// assert_eq!(cut, "65%".parse()?);
/// assert_eq!(
///     "1.04".parse::<Probability>().unwrap_err().to_string(),
///     "probability is not in the range 0 to 1, found 26/25",
/// );
/// # Ok::<(), fedpath::UnitError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Probability(Fraction);

impl Probability {
    /// A probability from an exact number.
    ///
    /// # Errors
    /// Where `value` is below 0 or above 1.
    pub fn new(value: Fraction) -> Result<Self, UnitError> {
        if value.is_negative() || value > Fraction::integer(1) {
            return Err(UnitError::out_of_range("probability", ACCEPTED, &value));
        }
        Ok(Self(value))
    }

    /// A share of a whole, for callers whose types prove `0 <= part <= whole`.
    pub(crate) fn share(value: Fraction) -> Self {
        debug_assert!(!value.is_negative() && value <= Fraction::integer(1));
        Self(value)
    }

    /// The probability as a number between 0 and 1.
    #[must_use]
    pub fn exact(&self) -> &Fraction {
        &self.0
    }

    /// The probability in percent, between 0 and 100.
    #[must_use]
    pub fn percent(&self) -> Fraction {
        &self.0 * &Fraction::integer(100)
    }
}

impl Sub for &Probability {
    type Output = Fraction;
    fn sub(self, other: &Probability) -> Fraction {
        &self.0 - &other.0
    }
}

impl fmt::Display for Probability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.precision() {
            Some(places) => pad(f, &format!("{:.places$}%", self.percent())),
            None => pad(f, &format!("{}%", self.percent().shortest())),
        }
    }
}

impl FromStr for Probability {
    type Err = UnitError;

    /// Reads percent with its sign (`65%`) or a number between 0 and 1 (`0.65`, `13/20`).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = |_| UnitError::out_of_range("probability", ACCEPTED, &format!("'{text}'"));
        match text.strip_suffix('%') {
            Some(percent) => {
                let percent: Fraction = percent.trim_end().parse().map_err(refused)?;
                Self::new(&percent / &Fraction::integer(100))
            }
            None => Self::new(text.parse().map_err(refused)?),
        }
    }
}
