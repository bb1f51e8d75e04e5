//! [`ResponseLine`]: an estimated response, and the two ranges around it.

/// Half the width of a 95 percent interval, in standard errors.
pub(crate) const STANDARD_ERRORS: f64 = 1.96;

/// The response of a return or a yield to a surprise, `y = a + b x`, as one study estimates it.
///
/// The line has no unit of its own: `x` and `y` are in the same one, both percent or both fractions. Two ranges stand
/// around it, and they answer two questions:
///
/// - [`slope_band`](Self::slope_band): where the *estimate* lies, with 95 percent confidence: `b x ± 1.96 se |x|`.
/// - [`likely_range`](Self::likely_range): where a *single event* lies, 95 times of 100:
///   `a + b x ± 1.96 sqrt(s² + s² / n + se² x²)`, without `a` and `s² / n` where the study prints no intercept.
///
/// ```
/// use fedpath::event_study::ResponseLine;
/// // The S&P 500 in percent on MP2 in percentage points: 239 scheduled statements, 1996 to 2025.
/// let line = ResponseLine::new(-5.4006)
///     .with_standard_error(0.9461)
///     .with_residual_sd(0.4544)
///     .with_intercept(-0.0272, 239);
/// let print = |(low, high): (f64, f64)| format!("{low:.2} to {high:.2}");
/// assert_eq!(print(line.slope_band(0.075).unwrap()), "-0.54 to -0.27");
/// assert_eq!(print(line.likely_range(0.075).unwrap()), "-1.34 to 0.47");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ResponseLine {
    /// The response to one unit of surprise: `b`.
    pub slope: f64,
    /// The standard error of the slope, where it is known.
    pub standard_error: Option<f64>,
    /// The response to no surprise, and the number of events that it was estimated on, where the study prints them: `a`, `n`.
    pub intercept: Option<(f64, usize)>,
    /// The standard deviation of the events around the line, over the study's own window, where it is known: `s`.
    pub residual_sd: Option<f64>,
}

impl ResponseLine {
    /// A slope of which nothing else is known.
    #[must_use]
    pub fn new(slope: f64) -> Self {
        Self { slope, standard_error: None, intercept: None, residual_sd: None }
    }

    /// With the standard error of the slope.
    #[must_use]
    pub fn with_standard_error(self, standard_error: f64) -> Self {
        Self { standard_error: Some(standard_error), ..self }
    }

    /// With the standard deviation of the events around the line.
    #[must_use]
    pub fn with_residual_sd(self, residual_sd: f64) -> Self {
        Self { residual_sd: Some(residual_sd), ..self }
    }

    /// With the intercept, estimated on so many events.
    #[must_use]
    pub fn with_intercept(self, intercept: f64, events: usize) -> Self {
        Self { intercept: Some((intercept, events)), ..self }
    }

    /// The expected response to a surprise: `a + b x`.
    #[must_use]
    pub fn at(&self, surprise: f64) -> f64 {
        self.intercept.map_or(0.0, |(intercept, _)| intercept) + self.slope * surprise
    }

    /// Where the response that the slope stands for lies with 95 percent confidence, from low to high. It says how well the
    /// slope is known, and **not** what a single event may bring. `None` without a standard error.
    #[must_use]
    pub fn slope_band(&self, surprise: f64) -> Option<(f64, f64)> {
        let half = STANDARD_ERRORS * self.standard_error? * surprise.abs();
        Some((self.slope * surprise - half, self.slope * surprise + half))
    }

    /// Where 95 of 100 single events lie, from low to high, over the study's own window. `None` without a standard error or a
    /// residual standard deviation.
    #[must_use]
    pub fn likely_range(&self, surprise: f64) -> Option<(f64, f64)> {
        let variance = self.residual_sd?.powi(2);
        let of_intercept = self.intercept.map_or(0.0, |(_, events)| variance / float(events));
        let of_slope = (self.standard_error? * surprise).powi(2);
        let half = STANDARD_ERRORS * (variance + of_intercept + of_slope).sqrt();
        Some((self.at(surprise) - half, self.at(surprise) + half))
    }
}

/// A count as a number to compute with.
#[expect(clippy::cast_precision_loss, reason = "events are counted in thousands")]
pub(super) fn float(count: usize) -> f64 {
    count as f64
}
