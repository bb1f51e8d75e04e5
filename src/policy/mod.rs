//! What is priced for the Fed: the FedWatch rule, the path of expected rates, the distributions of outcomes.
//!
//! [`PolicyPath`] solves the contracts of a [`Strip`](crate::Strip) for the expected rate before and after each
//! meeting; [`Outlook`] turns the path into probabilities of target ranges; [`ContractFit`] says how well every
//! contract, read by the rule or not, agrees with the path. All of it is exact.

mod assumptions;
mod bounds;
mod chance;
mod derivation;
mod distribution;
mod event;
mod feasible;
mod fedwatch;
mod fit;
mod interval;
mod known;
mod linear;
mod outlook;
mod path;
mod price_box;
mod search;
mod span;
mod step;
mod unpriced;
mod view;

pub use assumptions::{Assumptions, DecisionDay, Method, StartRate};
pub use bounds::{Bound, OutcomeBounds, ProbabilityBounds, TooManyMoves};
pub use distribution::Distribution;
pub use event::Event;
pub use feasible::{Feasible, MeanOutsideMoves};
pub use fit::ContractFit;
pub use interval::{Interval, PriceIntervals, QuoteOutsideInterval};
pub use linear::Linear;
pub use outlook::{MeetingOutlook, Outlook};
pub use path::PolicyPath;
pub use step::{DayCount, MeetingStep, RateSource, Solved};
pub use unpriced::{PolicyError, Unpriced, UnpricedReason};
pub use view::View;
