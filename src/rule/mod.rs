//! The rules that solve a strip for the path of expected rates.
//!
//! [`PolicyPath`] solves the contracts of a [`Strip`](crate::Strip) for the expected rate before and after each
//! meeting; [`ContractFit`] says how well every contract, read by the rule or not, agrees with the path. All of it is exact.

mod anchors;
#[cfg(feature = "serde")]
mod as_data;
mod assumptions;
mod by_meeting;
mod derivation;
mod equation;
mod expression;
mod fedwatch;
mod fit;
mod joint;
mod known;
mod least_squares;
mod linear;
mod path;
mod premia;
mod solution;
mod solve;
mod source;
mod step;
mod supposed;
mod unpriced;

pub use assumptions::{Assumptions, Between, Method, StartRate, Weights};
pub(crate) use expression::Affine;
pub(crate) use fedwatch::steps_of_table;
pub use fit::ContractFit;
pub use joint::{
    Basis, BasisKnot, JointFit, JointOptions, LeftOutContract, ObservedBasis, Prediction, SharedLevel, SilentReason,
};
pub(crate) use known::{Knowledge, Known};
pub use linear::Linear;
pub use path::PolicyPath;
pub use premia::Premia;
pub use source::{RateSource, Solved};
pub use step::MeetingStep;
pub use unpriced::{PolicyError, Unpriced};

pub(crate) use crate::notice::UnpricedReason;
