//! [`SurpriseRule`]: the named conventions.

use std::fmt;

/// A convention for the surprise of an announcement on day `d` of a month of `D` days, with `f1` the change of the rate that
/// the contract of the month implies and `f2` that of the next month's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum SurpriseRule {
    /// The seven-day rule of Gürkaynak, Sack and Swanson and of the San Francisco Fed's event-study database:
    /// `f1 D / (D - d)` where more than seven days are left in the month, otherwise `f2`, unscaled. The next meetings follow
    /// likewise from their own contracts.
    ///
    /// Source: Gürkaynak, Sack and Swanson (2005), International Journal of Central Banking 1, 55-93.
    #[default]
    SevenDay,
    /// Kuttner's rule for daily data: `f1 D / (D - d)`; on the first day of a month `f1` unscaled, on the last day `f2`
    /// unscaled. It speaks of the current decision alone.
    ///
    /// Source: Kuttner (2001), Journal of Monetary Economics 47, 523-544.
    Kuttner,
}

impl SurpriseRule {
    /// The id that options and reports carry.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::SevenDay => "seven-day",
            Self::Kuttner => "kuttner",
        }
    }

    /// Whether the days left in the month after the decision are too few, and the next month's contract speaks.
    pub(super) fn takes_next_contract(self, days_left: u32) -> bool {
        match self {
            Self::SevenDay => days_left <= 7,
            Self::Kuttner => days_left == 0,
        }
    }

    /// Whether the change of the month's contract stands as it is.
    pub(super) fn takes_unscaled(self, day: u32) -> bool {
        self == Self::Kuttner && day == 1
    }
}

impl fmt::Display for SurpriseRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::SevenDay => "seven-day rule (Gürkaynak, Sack and Swanson 2005)",
            Self::Kuttner => "Kuttner's daily rule (2001)",
        })
    }
}
