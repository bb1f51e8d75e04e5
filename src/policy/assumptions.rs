//! [`Assumptions`]: what the engine takes as given besides prices.

use std::fmt;

use crate::calendar::{MeetingCalendar, TargetHistory, TargetRange};
use crate::units::Rate;

/// The rule that solves the contracts of a strip for the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Method {
    /// CME's FedWatch rule: a triangular choice of contracts.
    #[default]
    FedWatch,
}

impl Method {
    /// The id that options and reports carry.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::FedWatch => "fedwatch",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::FedWatch => "FedWatch",
        })
    }
}

/// Which rate the day of a decision carries in the average of its month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum DecisionDay {
    /// The old rate: the new range is in force from the next day. CME's published tables since August 2024 at
    /// the latest.
    #[default]
    Old,
    /// The new rate: CME's methodology documents of 2015 and 2022, and its tables of spring 2023.
    New,
}

impl fmt::Display for DecisionDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Old => "old",
            Self::New => "new",
        })
    }
}

/// Where the rate before the first meeting comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum StartRate {
    /// From the contracts, as the FedWatch rule says.
    #[default]
    Anchor,
    /// A rate given by the user, such as today's effective federal funds rate.
    Given(Rate),
}

/// What the engine takes as given besides prices: conventions, calendar, target range.
///
/// ```
/// use fedpath::{Assumptions, DecisionDay};
/// let mut assumptions = Assumptions::default();
/// assumptions.decision_day = DecisionDay::New;
/// assert_eq!(assumptions.meeting_count, 9);
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Assumptions {
    /// The rule that solves the contracts; FedWatch by default.
    pub method: Method,
    /// Which rate the decision day carries; the old one by default.
    pub decision_day: DecisionDay,
    /// How many scheduled meetings the chain holds, from the valuation date on; 9 by default, as CME publishes.
    /// Later meetings are not used, so the number changes how the last one is solved.
    pub meeting_count: usize,
    /// Where the rate before the first meeting comes from; the contracts by default.
    pub start_rate: StartRate,
    /// The meetings; the embedded calendar by default.
    pub calendar: MeetingCalendar,
    /// The target ranges through time, which also hold the unscheduled moves; the embedded history by default.
    pub targets: TargetHistory,
    /// The range in force on the valuation date; from `targets` where `None`.
    pub target: Option<TargetRange>,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            method: Method::default(),
            decision_day: DecisionDay::default(),
            meeting_count: 9,
            start_rate: StartRate::default(),
            calendar: MeetingCalendar::embedded(),
            targets: TargetHistory::embedded(),
            target: None,
        }
    }
}
