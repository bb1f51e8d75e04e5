//! The joint fit: fed funds and SOFR futures together, as one path of the effective rate and a basis to SOFR.
//!
//! ```text
//! e(t)   the effective rate: a level before the first meeting, another after each
//! s(t) = e(t) - b(t)                       SOFR, with b linear between knots
//! ZQ   = 100 - mean of e over its month    as least squares reads it
//! SR1  = 100 - mean of s over its month
//! SR3  = 100 - 100 (360/N) [prod(1 + s_i d_i / 36000) - 1] over its quarter, fixing by fixing
//! min  sum w (model - price)^2  +  lambda sum (second difference of b)^2
//! ```
//!
//! *Why Gauss-Newton.* Only SR3 is no straight line in the unknowns, and it bends by a tenth of a basis point: a linear problem solved
//! three times is there, where an optimiser of everything would be slower and less sure. The residual of every contract is then
//! evaluated in fractions: the rates are numbers of twelve places, and a product of such numbers is one.
//!
//! *Why this basis.* One constant is wrong: `SR1 - ZQ` ran from +2 bp in March 2024 to -6 bp in October, and 6 bp are 24 points of a
//! 25 bp move. One number a month is what `SR1 - ZQ` tells without a model, for the five months that SR1 trades; beyond them the
//! quarters tell a level and a slope, which three knots hold.
//!
//! *What is left out.* Convexity: between ZQ, SR1 and SR3 there is none to first order, since all settle to the margined mean of
//! realised rates. Compounding adds `(N/720) Var(average)`, 0.13 bp at a standard deviation of 100 bp, and nothing is corrected for
//! it. It would matter against swaps.
//!
//! With fed funds futures alone nothing of this is used: least squares has them in fractions from end to end.

#[cfg(feature = "joint")]
mod gauss_newton;
#[cfg(feature = "joint")]
mod instrument;
mod options;
#[cfg(feature = "joint")]
mod reading;
mod result;
#[cfg(feature = "joint")]
mod solve;

pub use options::{Basis, JointOptions};
pub use result::{BasisKnot, JointFit, LeftOutContract, ObservedBasis, Prediction, SharedLevel, SilentReason};
#[cfg(feature = "joint")]
pub(crate) use solve::solve;

/// The refusal of a build without the joint fit.
#[cfg(not(feature = "joint"))]
pub(crate) fn solve(_: &super::known::Known<'_>) -> Result<super::PolicyPath, super::PolicyError> {
    Err(super::PolicyError::NoJoint)
}
