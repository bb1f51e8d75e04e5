//! [`QuoteBounds`]: what all quotes together allow, as it is told.
//!
//! (How far the rule's own answer moves within the rounding of its prices is [`Bounds`](super::Bounds).)

use std::cmp::Ordering;

use super::allowed::{Allowed, AllowedRow};
use crate::lattice::{
    EventBounds, ExpiryDistribution, LatticeEvent, LatticeOutcome, MeetingBounds, PointMethod, QuoteLattice,
    RateInterval,
};
use crate::market::bank::CentralBank;
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

impl Allowed {
    /// The bounds of one meeting by several sets of quotes, futures alone first, each with what it is of, and the rule's odds. The
    /// outcomes are the moves, and any cut and any hike; what no set of quotes allows is left out. `point` says how the last set's
    /// estimates were made.
    ///
    /// `None` where there is no set, or none has bounds.
    #[must_use]
    pub fn new(sets: &[(String, Option<MeetingBounds>)], rule: &Outlook, point: Option<PointMethod>) -> Option<Self> {
        let known = sets.iter().find_map(|(_, bounds)| bounds.as_ref())?;
        let decisions = |outcome: LatticeOutcome| match outcome {
            LatticeOutcome::Move(_) => true,
            LatticeOutcome::Decision(side) => side.is_ne(),
            _ => false,
        };
        let all = sets.last().and_then(|(_, bounds)| bounds.as_ref()).filter(|_| point.is_some());
        let row = |outcome: LatticeOutcome| {
            let ends = |(_, bounds): &(String, Option<MeetingBounds>)| {
                let found = bounds.as_ref()?.of(outcome)?;
                Some((found.low.clone(), found.high.clone()))
            };
            let rule = outcome.at(known.meeting).by_rule(rule);
            let point = all.and_then(|bounds| bounds.of(outcome)?.point.clone());
            AllowedRow { outcome: outcome.in_words(), rule, point, ends: sets.iter().map(ends).collect() }
        };
        let outcomes = known.outcomes.iter().map(|(outcome, _)| *outcome).filter(|outcome| decisions(*outcome));
        let possible = |row: &AllowedRow| row.ends.iter().flatten().any(|(_, high)| !high.exact().is_zero());
        let rows = outcomes.map(row).filter(possible).collect();
        let quotes = sets.iter().map(|(quotes, _)| quotes.clone()).collect();
        let point = point.map(|method| method.in_words().to_owned());
        Some(Self { meeting: known.meeting, quotes, point, rows })
    }
}

impl PointMethod {
    /// The method as a heading of its estimates.
    pub(super) fn in_words(self) -> &'static str {
        match self {
            Self::MaximumEntropy => "Maximum entropy",
            Self::CarlsonCraigMelick => "Carlson-Craig-Melick",
        }
    }
}

impl LatticeOutcome {
    /// The outcome as one says it: "-25 bp", "any cut".
    pub(super) fn in_words(self) -> String {
        match self {
            Self::Move(0) => "no move".to_owned(),
            Self::Move(moves) => format!("{:+} bp", CentralBank::FED.moves_bp(moves)),
            Self::Range(_, range) => range.to_string(),
            Self::Decision(Ordering::Less) => "any cut".to_owned(),
            Self::Decision(Ordering::Equal) => "hold".to_owned(),
            Self::Decision(Ordering::Greater) => "any hike".to_owned(),
            Self::Cumulative(Ordering::Less) => "below today's range".to_owned(),
            Self::Cumulative(Ordering::Equal) => "today's range".to_owned(),
            Self::Cumulative(Ordering::Greater) => "above today's range".to_owned(),
        }
    }
}

impl QuoteBounds<'_> {
    /// The probability that the rule gives an outcome.
    pub(super) fn by_rule(&self, bounds: &MeetingBounds, outcome: LatticeOutcome) -> Option<Probability> {
        outcome.at(bounds.meeting).by_rule(self.rule?)
    }
}
