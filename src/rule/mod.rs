//! The rules that solve a strip for the path of expected rates.
//!
//! [`PolicyPath`] solves the contracts of a [`Strip`](crate::Strip) for the expected rate before and after each
//! meeting; [`ContractFit`] says how well every contract, read by the rule or not, agrees with the path. All of it is exact.

mod assumptions;
mod fedwatch;
mod fit;
mod known;
mod least_squares;
mod linear;
mod linear_path;
mod linear_system;
mod month;
mod path;
mod premia;
mod rate_derivation;
mod solution;
mod step;
mod unpriced;

pub use assumptions::{Assumptions, Between, DecisionDay, Method, StartRate, Weights};
pub use fit::ContractFit;
pub(crate) use known::Known;
pub use linear::Linear;
pub(crate) use linear_path::LinearRates;
pub use path::PolicyPath;
pub use premia::Premia;
pub use step::{DayCount, MeetingStep, RateSource, Solved};
pub use unpriced::{PolicyError, Unpriced, UnpricedReason};
