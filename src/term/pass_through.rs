//! [`PassThrough`]: how a shift of the policy path becomes a shift of the curve.

use std::fmt;

use super::{CurveResponse, ForwardShift, Persistence, PolicyShift};

/// A method that turns a shift of the expected policy path into a shift of the forward curve.
///
/// ```
/// use fedpath::term::{HalfLife, PassThrough, Persistence};
/// let method = PassThrough::ExpectationsHypothesis(Persistence::Decaying(HalfLife::default()));
/// assert_eq!(method.id(), "eh-decaying");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum PassThrough {
    /// A maturity's rate is the average of the expected overnight rates, and the shift lasts so long.
    ExpectationsHypothesis(Persistence),
}

impl PassThrough {
    /// The id that reports carry.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::ExpectationsHypothesis(persistence) => persistence.id(),
        }
    }

    /// The shift of the zero rate of maturity T, as a formula.
    #[must_use]
    pub fn formula(self) -> &'static str {
        match self {
            Self::ExpectationsHypothesis(persistence) => persistence.formula(),
        }
    }

    /// What the method rests on.
    #[must_use]
    pub fn citation(self) -> String {
        match self {
            Self::ExpectationsHypothesis(persistence) => format!("expectations hypothesis; {}", persistence.citation()),
        }
    }

    /// The shift of the forward curve.
    #[must_use]
    pub fn forward_shift(self, shift: &PolicyShift) -> ForwardShift {
        match self {
            Self::ExpectationsHypothesis(persistence) => ForwardShift::new(shift, persistence),
        }
    }

    /// The shift of the zero curve at the standard maturities.
    #[must_use]
    pub fn response(self, shift: &PolicyShift) -> CurveResponse {
        CurveResponse { method: self, zero_bp: self.forward_shift(shift).zero_curve_bp() }
    }
}

impl fmt::Display for PassThrough {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ExpectationsHypothesis(persistence) => persistence.fmt(f),
        }
    }
}
