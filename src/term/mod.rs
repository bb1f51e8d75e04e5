//! From a shift of the expected policy path to the yield curve.
//!
//! Here exact arithmetic ends: a [`PolicyShift`] holds exact basis points at calendar dates, and a
//! [`ForwardShift`] spreads them over the curve in `f64`, because exponentials enter. Time is in years from the
//! valuation date, actual days over 365; rates are continuously compounded.

mod pass_through;
mod persistence;
mod shift;

pub use pass_through::{CurveResponse, PassThrough, scenarios};
pub use persistence::{HalfLife, Persistence};
pub use shift::{ForwardShift, PolicyShift, Tenor};
