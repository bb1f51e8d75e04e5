//! [`QuoteBounds`]: what all quotes together allow, as it is told.
//!
//! (How far the rule's own answer moves within the rounding of its prices is [`Bounds`](super::Bounds).)

use crate::lattice::{
    EventBounds, ExpiryDistribution, LatticeEvent, LatticeOutcome, MeetingBounds, QuoteLattice, RateInterval,
};
use crate::outlook::Outlook;
use crate::units::{BasisPoints, Probability, Rate};

/// Intervals of the three-month rate, each with its bounds; `None` where the solver found none.
pub type IntervalBounds = Vec<(RateInterval, Option<EventBounds>)>;

/// What a report on the bounds from every quote is made of.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct QuoteBounds<'a> {
    /// The quotes on the lattice of decisions; `None` where only the expiries of three-month options are told.
    pub lattice: Option<&'a QuoteLattice>,
    /// The meetings that are shown; none where the quotes contradict each other.
    pub meetings: Vec<MeetingBounds>,
    /// The events that were asked for.
    pub events: Vec<(LatticeEvent, Option<EventBounds>)>,
    /// The first meeting that is shown, were something else taken as given.
    pub otherwise: Vec<Otherwise>,
    /// What the rule makes of the futures, to be held against the bounds.
    pub rule: Option<&'a Outlook>,
    /// The three-month rate on the days that its options expire.
    pub expiries: Vec<(&'a ExpiryDistribution, IntervalBounds)>,
    /// Where the options and the prediction markets come from.
    pub sources: Vec<String>,
    /// Warnings about them.
    pub warnings: Vec<String>,
}

/// What is taken as given in place of what the report says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Given {
    /// Another rate of today.
    StartRate(Rate),
    /// A slippage of every quote that is as large as the largest widening of one.
    Slippage(BasisPoints),
}

/// The bounds of a meeting were something else taken as given.
#[derive(Debug)]
#[non_exhaustive]
pub struct Otherwise {
    /// What is taken as given.
    pub given: Given,
    /// The bounds then; `None` where the quotes contradict each other.
    pub bounds: Option<MeetingBounds>,
}

impl Otherwise {
    /// The bounds if something else is given.
    #[must_use]
    pub fn new(given: Given, bounds: Option<MeetingBounds>) -> Self {
        Self { given, bounds }
    }
}

impl QuoteBounds<'_> {
    /// The probability that the rule gives an outcome.
    pub(super) fn by_rule(&self, bounds: &MeetingBounds, outcome: LatticeOutcome) -> Option<Probability> {
        outcome.at(bounds.meeting).by_rule(self.rule?)
    }
}
