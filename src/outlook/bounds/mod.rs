//! How far every probability can lie from its figure: while prices move within their intervals, and given only the mean.
//!
//! `outcome_bounds` is the way in; `search` encloses the cumulative view by branch and bound over boxes of prices
//! (`price_box`), with the chain's probability as a product (`chance`) in directed fixed-point arithmetic (`span`), on all
//! processors.

mod ascent;
mod chance;
mod enclosure;
mod event;
mod feasible;
mod interval;
mod outcome_bounds;
mod price_box;
mod search;
mod span;

pub use event::Event;
pub use feasible::{Feasible, MeanOutsideMoves};
pub use interval::{Interval, PriceIntervals, QuoteOutsideInterval};
pub use outcome_bounds::{Bound, OutcomeBounds, ProbabilityBounds, TooManyMoves};
