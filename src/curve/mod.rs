//! The term structure: the expected overnight rate as a curve, and what a shift of the expected path does to it.
//!
//! [`StepForwards`] is the overnight rate from meeting to meeting that a [`PolicyPath`](crate::PolicyPath) means, exact;
//! [`TermStructure`] its discount factors, zero, forward and par rates; [`CurveChange`] what changed between two days.
//! The other way, a [`PolicyShift`] becomes a [`ForwardShift`] by one of the methods of [`PassThrough`].
//!
//! Here exact arithmetic ends: the steps and shifts are exact rates and basis points at calendar dates, what is made of
//! them is `f64`, because logarithms and exponentials enter. Time is in years from the valuation date, actual days over
//! 365; zero and instantaneous forward rates are continuously compounded, and rates are fractions (0.04 is 4 percent).

#[cfg(feature = "serde")]
mod as_data;
mod change;
mod of_strip;
mod pass_through;
mod persistence;
mod response;
mod shift;
mod steps;
mod structure;
mod tenor;

pub use crate::method::MethodId;
pub use change::{CurveChange, PathChange, TenorChange};
pub use of_strip::of_strip;
pub use pass_through::{CurveResponse, PassThrough, PassThroughOptions, pass_throughs};
pub use persistence::{HalfLife, Persistence};
pub(crate) use response::{ErrorColumns, always_or_asked};
pub use response::{Knot, YieldResponse};
pub use shift::{ForwardShift, PolicyShift};
pub use steps::{StepForward, StepForwards};
pub use structure::{CurvePoint, TermStructure};
pub use tenor::Tenor;

/// Actual days between two dates.
fn days_between(from: chrono::NaiveDate, to: chrono::NaiveDate) -> f64 {
    // The calendar crate spans half a million years: well within the integers that f64 holds exactly.
    #[allow(clippy::cast_precision_loss)]
    let days = to.signed_duration_since(from).num_days() as f64;
    days
}

/// Actual days over 365.
fn years_between(from: chrono::NaiveDate, to: chrono::NaiveDate) -> f64 {
    days_between(from, to) / 365.0
}
