//! [`ModifiedDuration`] and [`EffectiveDuration`]: two answers to two questions, kept apart by type.

/// The sensitivity to the discount rate alone, cash flows as they are, in years: one basis point moves the price by
/// 0.0001 of it.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ModifiedDuration(f64);

impl ModifiedDuration {
    pub(super) fn from_years(years: f64) -> Self {
        Self(years)
    }

    /// The duration in years.
    #[must_use]
    pub fn years(self) -> f64 {
        self.0
    }

    /// The effective duration when growth and the risk premium answer the rate too: `D (1 - dg/dr + dh/dr)`.
    ///
    /// Source: the total differential of Leibowitz, Sorensen, Arnott and Hanson (1989).
    ///
    /// ```
    /// use fedpath::equity::CashFlows;
    /// let modified = CashFlows::gordon("2".parse()?)?.modified_duration();
    /// assert_eq!(modified.years(), 50.0);
    /// assert_eq!(modified.with_responses(0.8, 0.0).years().round(), 10.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_responses(self, growth: f64, risk_premium: f64) -> EffectiveDuration {
        EffectiveDuration(self.0 * (1.0 - growth + risk_premium))
    }
}

/// The sensitivity to what happens when a policy rate moves, in years: the shift fades, or growth and the risk premium
/// answer it.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct EffectiveDuration(f64);

impl EffectiveDuration {
    pub(super) fn from_years(years: f64) -> Self {
        Self(years)
    }

    /// The duration in years.
    #[must_use]
    pub fn years(self) -> f64 {
        self.0
    }
}
