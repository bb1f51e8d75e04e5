//! What is priced for the Fed: the FedWatch rule, the path of expected rates, the distributions of outcomes.
//!
//! [`PolicyPath`] solves the contracts of a [`Strip`](crate::Strip) for the expected rate before and after each
//! meeting; [`Outlook`] turns the path into probabilities of target ranges; [`ContractFit`] says how well every
//! contract, read by the rule or not, agrees with the path. All of it is exact.

mod assumptions;
mod bounds;
mod compare;
mod distribution;
mod fedwatch;
mod fit;
mod jacobian;
mod known;
mod least_squares;
mod linear;
mod linear_path;
mod linear_system;
mod month;
mod outcome_derivation;
mod outlook;
mod path;
mod premia;
mod rate_derivation;
mod solution;
mod step;
mod unpriced;
mod view;
mod what_if;

pub use assumptions::{Assumptions, Between, DecisionDay, Method, StartRate, Weights};
pub use bounds::{
    Bound, Event, Feasible, Interval, MeanOutsideMoves, OutcomeBounds, PriceIntervals, ProbabilityBounds,
    QuoteOutsideInterval, TooManyMoves,
};
pub use compare::{Compared, Comparison};
pub use distribution::Distribution;
pub use fit::ContractFit;
pub use jacobian::Jacobian;
pub use linear::Linear;
pub use outlook::{MeetingOutlook, Outlook};
pub use path::PolicyPath;
pub use premia::Premia;
pub use step::{DayCount, MeetingStep, RateSource, Solved};
pub use unpriced::{PolicyError, Unpriced, UnpricedReason};
pub use view::View;
pub use what_if::{FairPrice, Surprise, Wanted, WantedPrice, WhatIf, WhatIfError};
