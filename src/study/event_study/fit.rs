//! [`LeastSquares`]: a line through events, with classical and robust errors.

use std::str::FromStr;

use nalgebra::{DMatrix, DVector};

use super::NoFit;
use super::line::float;
use crate::units::NotAccepted;

/// How the standard errors of a regression are computed.
///
/// Announcements differ in how much they move markets, so the scatter around the line is not the same at every event. HC1 and
/// HC3 stay valid then; the classical error does not.
///
/// Source: `MacKinnon` and White (1985), Journal of Econometrics 29, 305-325.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Errors {
    /// The scatter is taken to be the same at every event.
    Classical,
    /// Robust to scatter that differs, with the small-sample factor `n / (n - k)`.
    #[default]
    Hc1,
    /// Robust, each residual divided by one less its leverage: the widest in small samples.
    Hc3,
}

impl Errors {
    /// The name that options and reports carry.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Classical => "classical",
            Self::Hc1 => "hc1",
            Self::Hc3 => "hc3",
        }
    }
}

impl FromStr for Errors {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let all = [Self::Classical, Self::Hc1, Self::Hc3];
        all.into_iter()
            .find(|errors| errors.name() == text)
            .ok_or_else(|| NotAccepted::expected("hc1, hc3 or classical"))
    }
}

/// A line through events by ordinary least squares with an intercept, `y = a + b x + e`.
///
/// ```
/// use fedpath::event_study::{Errors, LeastSquares};
/// let fit = LeastSquares::new(&[(0.0, 1.0), (1.0, 3.0), (2.0, 4.0), (3.0, 8.0)])?;
/// assert_eq!(format!("{:.4} {:.4}", fit.intercept(), fit.slope()), "0.7000 2.2000");
/// assert_eq!(format!("{:.4}", fit.standard_error(Errors::Classical)?), "0.4243");
/// # Ok::<(), fedpath::event_study::NoFit>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LeastSquares {
    intercept: f64,
    slope: f64,
    residuals: Vec<f64>,
    leverages: Vec<f64>,
    /// What each event's response adds to the slope.
    weights: Vec<f64>,
    r_squared: Option<f64>,
}

/// An intercept and a slope.
const COEFFICIENTS: usize = 2;
/// What a leverage may lack of one, and a column of another, before they are the same in floating point.
const TINY: f64 = 1e-12;

impl LeastSquares {
    /// The line through points `(x, y)`.
    ///
    /// # Errors
    /// [`NoFit`]: fewer than three points, or every `x` the same.
    pub fn new(points: &[(f64, f64)]) -> Result<Self, NoFit> {
        let n = points.len();
        if n <= COEFFICIENTS {
            return Err(NoFit::TooFew(n));
        }
        let design = DMatrix::from_fn(n, COEFFICIENTS, |row, column| if column == 0 { 1.0 } else { points[row].0 });
        let y = DVector::from_iterator(n, points.iter().map(|(_, y)| *y));
        let scale = design.column(1).norm();
        let decomposition = design.clone().qr();
        let (q, r) = (decomposition.q(), decomposition.r());
        if r[(1, 1)].abs() <= TINY * scale {
            return Err(NoFit::NoVariation);
        }
        let inverse = r.try_inverse().ok_or(NoFit::NoVariation)?;
        // The coefficients are R⁻¹ Qᵀ y: every row of R⁻¹ Qᵀ says what each response adds to one of them.
        let adds = &inverse * q.transpose();
        let coefficients = &adds * &y;
        let residuals = &y - &design * &coefficients;
        let mean = y.mean();
        let total = y.map(|y| (y - mean).powi(2)).sum();
        Ok(Self {
            intercept: coefficients[0],
            slope: coefficients[1],
            leverages: q.row_iter().map(|row| row.norm_squared()).collect(),
            weights: adds.row(1).iter().copied().collect(),
            r_squared: (total > 0.0).then(|| 1.0 - residuals.norm_squared() / total),
            residuals: residuals.iter().copied().collect(),
        })
    }

    /// The intercept.
    #[must_use]
    pub fn intercept(&self) -> f64 {
        self.intercept
    }

    /// The slope.
    #[must_use]
    pub fn slope(&self) -> f64 {
        self.slope
    }

    /// The number of points.
    #[must_use]
    pub fn n(&self) -> usize {
        self.residuals.len()
    }

    /// The share of the variance of `y` that the line explains; `None` where `y` does not vary.
    #[must_use]
    pub fn r_squared(&self) -> Option<f64> {
        self.r_squared
    }

    /// The standard deviation of the points around the line, with `n - 2` degrees of freedom.
    #[must_use]
    pub fn residual_sd(&self) -> f64 {
        let squares: f64 = self.residuals.iter().map(|residual| residual.powi(2)).sum();
        (squares / float(self.n() - COEFFICIENTS)).sqrt()
    }

    /// The standard error of the slope.
    ///
    /// # Errors
    /// [`NoFit::OneDecides`]: the HC3 error of a slope that one point alone decides.
    pub fn standard_error(&self, errors: Errors) -> Result<f64, NoFit> {
        let n = float(self.n());
        let k = float(COEFFICIENTS);
        let weighed = |residual: &dyn Fn(usize) -> f64| -> f64 {
            self.weights.iter().enumerate().map(|(event, weight)| (weight * residual(event)).powi(2)).sum()
        };
        let variance = match errors {
            Errors::Classical => weighed(&|_| self.residual_sd()),
            Errors::Hc1 => n / (n - k) * weighed(&|event| self.residuals[event]),
            Errors::Hc3 if self.leverages.iter().any(|leverage| *leverage >= 1.0 - TINY) => {
                return Err(NoFit::OneDecides);
            }
            Errors::Hc3 => weighed(&|event| self.residuals[event] / (1.0 - self.leverages[event])),
        };
        Ok(variance.sqrt())
    }

    /// How much of a point's own response is in its fitted value, from 0 to 1: points far from the mean of `x` have the most.
    #[must_use]
    pub fn leverages(&self) -> &[f64] {
        &self.leverages
    }

    /// The slope without one of the points; `None` where that point alone decides it.
    #[must_use]
    pub fn slope_without(&self, point: usize) -> Option<f64> {
        let left = 1.0 - self.leverages.get(point)?;
        (left > TINY).then(|| self.slope - self.weights[point] * self.residuals[point] / left)
    }
}
