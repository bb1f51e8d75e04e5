//! [`Premium`]: what an option costs, as an exchange settles it.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::units::Fraction;

/// The price of an option in points of the future, or the cabinet price of one that is all but worthless.
///
/// ```
/// use fedpath::options::Premium;
/// assert_eq!(".0725".parse::<Premium>().unwrap().to_string(), "0.0725");
/// assert_eq!("CAB".parse::<Premium>().unwrap(), Premium::Cabinet);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Premium {
    /// `CAB`: below the smallest step.
    Cabinet,
    /// So many points.
    Points(Decimal),
}

impl Premium {
    /// The premium in points; `None` for a cabinet price, which stands for any value below the smallest step.
    #[must_use]
    pub fn points(self) -> Option<Decimal> {
        match self {
            Self::Cabinet => None,
            Self::Points(points) => Some(points),
        }
    }
}

impl fmt::Display for Premium {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cabinet => f.pad("CAB"),
            Self::Points(points) => f.pad(&points.to_string()),
        }
    }
}

impl std::str::FromStr for Premium {
    type Err = crate::UnitError;

    /// Reads `.0725`, `0.0725`, `CAB` (with a bid or ask mark behind it) and the number that stands for a cabinet
    /// price in the exchange's tables, `9999999`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || {
            crate::UnitError::out_of_range("premium", "a number of points such as .0725, or CAB", &format!("'{text}'"))
        };
        if matches!(text.to_ascii_uppercase().as_str(), "CAB" | "CABA" | "CABB" | "9999999") {
            return Ok(Self::Cabinet);
        }
        let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && text.bytes().any(|b| b.is_ascii_digit());
        let points = plain.then(|| Decimal::from_str_exact(text).ok()).flatten().ok_or_else(refused)?;
        // More than the whole price of a future is a slipped decimal point.
        if points < Decimal::ONE_HUNDRED && points.scale() <= 10 { Ok(Self::Points(points)) } else { Err(refused()) }
    }
}

/// How a premium paid at once relates to what an American option pays in the end: `C <= E[payoff] <= C / D`.
pub(crate) fn growth(rate_percent: &Fraction, from: NaiveDate, to: NaiveDate) -> Fraction {
    let days = Fraction::integer((to - from).num_days().max(0));
    let rate = rate_percent.clone().max(Fraction::zero());
    &Fraction::integer(1) + &(&(&rate * &days) / &Fraction::integer(36_000))
}
