//! From a shifted forward curve to equity prices.
//!
//! An equity is its cash flows: [`CashFlows`] says what share of the present value is paid after any time, and
//! [`PriceImpact`] is what a [`ForwardShift`](crate::term::ForwardShift) does to that value. The discount-rate
//! effect (the denominator) is exact; the effect on earnings (the numerator) has its place and is not modelled.

mod asset;
mod cash_flows;
mod impact;

pub use asset::{AssetProfile, InputKind};
pub use cash_flows::{CashFlows, Gordon};
pub use impact::{EquityImpact, ImpactKind, PriceImpact, impacts};
