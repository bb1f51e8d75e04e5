//! [`Event`]: a set of outcomes whose probability is asked.

use std::fmt;

use super::super::Distribution;
use crate::units::Probability;

/// A set of outcomes whose probability is asked: one number of 25 bp moves, or all on one side of none.
///
/// ```
/// use fedpath::{Distribution, Fraction};
/// use fedpath::bounds::Event;
/// let december = Distribution::split(&Fraction::ratio(-7, 20).unwrap());
/// assert_eq!(Event::Ease.probability(&december).to_string(), "35%");
/// assert_eq!(Event::HOLD.probability(&december).to_string(), "65%");
/// assert_eq!(Event::Moves(-2).to_string(), "-2 moves");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Event {
    /// A lower range than today's.
    Ease,
    /// Exactly so many moves, cuts negative.
    Moves(i64),
    /// A higher range than today's.
    Hike,
}

impl Event {
    /// Today's range: no moves.
    pub const HOLD: Self = Self::Moves(0);

    /// Whether a number of moves is one of the outcomes.
    #[must_use]
    pub fn holds(self, moves: i64) -> bool {
        match self {
            Self::Ease => moves < 0,
            Self::Moves(wanted) => moves == wanted,
            Self::Hike => moves > 0,
        }
    }

    /// The probability of the event.
    #[must_use]
    pub fn probability(self, distribution: &Distribution) -> Probability {
        match self {
            Self::Ease => distribution.ease(),
            Self::Moves(moves) => distribution.probability(moves),
            Self::Hike => distribution.hike(),
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ease => f.write_str("ease"),
            Self::Moves(0) => f.write_str("hold"),
            Self::Moves(moves @ (1 | -1)) => write!(f, "{moves} move"),
            Self::Moves(moves) => write!(f, "{moves} moves"),
            Self::Hike => f.write_str("hike"),
        }
    }
}
