//! [`Persistence`]: how long a shift of the expected policy rate lasts.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::method::MethodId;
use crate::units::UnitError;

/// The time in which half of a shift has faded, in years.
///
/// The default of 3.6 years is the half-life that best fits the responses of Treasury yields to the expected
/// change of the rate after the next meeting (MP2) in the SF Fed's event-study database, 1994-2025, with the
/// response at the front held at one for one. Source: own fit to USMPD (Acosta et al., FRBSF WP 2025-30).
///
/// ```
/// use fedpath::curve::HalfLife;
/// assert_eq!(HalfLife::default().to_string(), "3.6y");
/// assert!("0".parse::<HalfLife>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct HalfLife(f64);

#[cfg(feature = "serde")]
crate::units::serde::serde_as_number!(HalfLife);

impl HalfLife {
    /// A half-life of so many years.
    ///
    /// # Errors
    /// Where `years` is not between 0.001 (nine hours) and 10,000: a shorter one is no shift, a longer one is a
    /// permanent shift.
    pub fn from_years(years: f64) -> Result<Self, UnitError> {
        if (0.001..=10_000.0).contains(&years) {
            Ok(Self(years))
        } else {
            Err(UnitError::out_of_range("half-life", "between 0.001 and 10000 years", &years))
        }
    }

    /// The shortest and the longest half-life that estimates support, 0.5 and 8 years: the real-rate part of the equity
    /// response of Bernanke and Kuttner (2005), and the best fit to the MP2 responses with a free size at the front.
    #[must_use]
    pub fn plausible() -> (Self, Self) {
        (Self(0.5), Self(8.0))
    }

    /// The plausible half-lives, widened where need be to hold this one: the band of a shift that fades with it.
    #[must_use]
    pub fn band(self) -> (Self, Self) {
        let (shortest, longest) = Self::plausible();
        (Self(shortest.0.min(self.0)), Self(longest.0.max(self.0)))
    }

    /// The half-life in years.
    #[must_use]
    pub fn years(self) -> f64 {
        self.0
    }

    /// The rate of decay per year: ln 2 over the half-life.
    #[must_use]
    pub fn decay(self) -> f64 {
        std::f64::consts::LN_2 / self.0
    }
}

impl Default for HalfLife {
    fn default() -> Self {
        Self(3.6)
    }
}

impl fmt::Display for HalfLife {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}y", self.0))
    }
}

impl FromStr for HalfLife {
    type Err = UnitError;

    /// Reads years, with or without the unit: `3.6`, `3.6y`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = text.strip_suffix('y').unwrap_or(text);
        let refused = |_| UnitError::out_of_range("half-life", "a number of years such as 3.6", &format!("'{text}'"));
        Self::from_years(number.parse().map_err(refused)?)
    }
}

/// How long a shift of the expected policy rate lasts, under the expectations hypothesis.
///
/// "Level" and "timing" are the words of Bernanke and Kuttner (2005), section I.F.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Persistence {
    /// For good: a level surprise, the level factor of Nelson and Siegel.
    Permanent,
    /// Until this effective date: a timing surprise, the move comes one meeting later.
    Postponed {
        /// The first day on which the shift is gone.
        until: NaiveDate,
    },
    /// Fading exponentially: the slope factor of Nelson and Siegel from the effective date on.
    Decaying(HalfLife),
}

impl Persistence {
    /// The id that reports carry.
    #[must_use]
    pub fn id(self) -> MethodId {
        match self {
            Self::Permanent => MethodId::EhPermanent,
            Self::Postponed { .. } => MethodId::EhPostponed,
            Self::Decaying(_) => MethodId::EhDecaying,
        }
    }

    /// The shift of the zero rate of maturity T after a step s at t0, the time in years from the valuation date.
    #[must_use]
    pub fn formula(self) -> &'static str {
        match self {
            Self::Permanent => "dz(T) = s (T - t0) / T, from t0 on",
            Self::Postponed { .. } => "dz(T) = s (min(T, t1) - t0) / T, from t0 on; t1 is the next effective date",
            Self::Decaying(_) => "dz(T) = s (1 - e^(-k (T - t0))) / (k T), from t0 on; k is ln 2 over the half-life",
        }
    }

    /// What the scenario rests on.
    #[must_use]
    pub fn citation(self) -> String {
        match self {
            Self::Permanent => "level surprise (Bernanke and Kuttner 2005, section I.F)".into(),
            Self::Postponed { .. } => "timing surprise (Bernanke and Kuttner 2005, section I.F)".into(),
            Self::Decaying(half_life) => {
                let fitted = half_life == HalfLife::default();
                let source =
                    if fitted { ", own fit to the SF Fed event-study database (data: FRBSF WP 2025-30)" } else { "" };
                let (shortest, longest) = HalfLife::plausible();
                format!(
                    "fading with a half-life of {} years{source}; low and high: half-lives of {shortest} to {longest}, no confidence interval",
                    half_life.years()
                )
            }
        }
    }
}

impl fmt::Display for Persistence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Permanent => f.pad("permanent"),
            Self::Postponed { until } => f.pad(&format!("postponed to {until}")),
            Self::Decaying(half_life) => f.pad(&format!("decaying, half-life {half_life}")),
        }
    }
}
