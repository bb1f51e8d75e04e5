//! What every quote allows: the smallest and the largest probability of an outcome that agrees with all of them.
//!
//! Futures fix the expected rate after each meeting, and how that mean is split between outcomes is a choice of the rule that
//! splits it. Options and prediction markets say more. [`QuoteLattice`] holds every quote against all the ways in which the
//! rate can move, in steps of 25 bp and by the moves allowed at a meeting, without taking meetings as independent; the
//! probability of an event is then known to an interval, and both of its ends can happen.
//!
//! (The intervals of [`OutcomeBounds`](crate::bounds::OutcomeBounds) are another thing: how far the rule's own answer moves within the
//! rounding of its prices.)

mod agreement;
mod cells;
mod condition;
mod error;
mod event;
mod expiry;
mod instrument;
mod market;
mod options;
mod outcome;
mod point;
mod program;
mod quotes;
mod reader;

pub use agreement::{Agreement, Contradiction, EventBounds, Forced};
pub use error::LatticeError;
pub use event::{LatticeEvent, LatticeEventError};
pub use expiry::{ExpiryDistribution, RateInterval};
pub use market::{Beyond, MarketCheck};
pub use options::{LatticeOptions, Strikes, Widening};
pub use outcome::{LatticeOutcome, MeetingBounds};
pub use point::PointMethod;
pub use quotes::QuoteLattice;
pub use reader::{StartCheck, Unplaced};
