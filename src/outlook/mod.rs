//! What is priced for the Fed: the probabilities of target ranges after each meeting.
//!
//! [`Outlook`] turns a [`PolicyPath`] into distributions; beside it stand how its figures move with the prices
//! ([`Jacobian`]), how far they can lie from what is printed ([`OutcomeBounds`]), what other prices or outcomes would make of
//! it ([`WhatIf`]), other rules ([`Comparison`]), and the same tables for many prices ([`TablePlan`]).

#[cfg(feature = "serde")]
mod as_data;
mod bounds;
mod compare;
mod contract_prices;
mod distribution;
mod jacobian;
mod outcome_derivation;
pub(crate) mod plan;
mod supposed;
mod view;
mod what_if;

pub use bounds::{
    Bound, Event, Feasible, Interval, MeanOutsideMoves, OutcomeBounds, PriceIntervals, ProbabilityBounds,
    QuoteOutsideInterval, TooManyMoves,
};
pub use compare::{Compared, Comparison};
pub use distribution::Distribution;
pub use jacobian::Jacobian;
pub use plan::{MeetingTable, OutcomeTable, PlanError, PriceError, Share, TablePlan, TableSession};
pub use view::View;
pub use what_if::{FairPrice, Surprise, Wanted, WantedPrice, WhatIf, WhatIfError};

use crate::market::calendar::TargetRange;
use crate::quotes::strip::Strip;
use crate::rule::{Assumptions, MeetingStep, PolicyError, PolicyPath, UnpricedReason};
use crate::units::Fraction;

/// What is priced for one meeting.
///
/// ```
/// use fedpath::{Assumptions, View, price};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n2025-11,96.12\n2026-01,96.215\n2026-02,96.285\n";
/// let outlook = price(quotes, &Assumptions::default())?;
/// let january = outlook.meeting("2026-01-28".parse()?).unwrap();
/// // A move of -7.75 bp at the meeting alone; a lower range after it also counts December's.
/// assert_eq!(january.distribution(View::Meeting).ease().to_string(), "31%");
/// assert_eq!(january.cumulative.ease().to_string(), "55.15%");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct MeetingOutlook {
    /// The expected rates before and after the meeting.
    pub step: MeetingStep,
    /// The moves at this meeting alone: the two-point split of its expected change.
    pub local: Distribution,
    /// The moves from today to after this meeting: all local distributions so far, taken as independent.
    pub cumulative: Distribution,
    /// The expected number of moves from today to after this meeting.
    pub cumulative_moves: Fraction,
}

impl MeetingOutlook {
    /// The announcement of the meeting.
    #[must_use]
    pub fn announcement(&self) -> chrono::NaiveDate {
        self.step.meeting.announcement()
    }

    /// The probabilities that a view means.
    #[must_use]
    pub fn distribution(&self, view: View) -> Distribution {
        match view {
            View::Cumulative => self.cumulative.clone(),
            View::Meeting => self.local.clone(),
            View::Aggregated => self.aggregated(),
        }
    }

    /// The two-point split of the expected change from today to after the meeting: CME's aggregated view.
    #[must_use]
    pub fn aggregated(&self) -> Distribution {
        Distribution::split(&self.cumulative_moves)
    }
}

/// The probabilities of target ranges after each meeting, from one strip.
///
/// ```
/// use fedpath::{Assumptions, Outlook, Snapshot, Strip, StripOptions};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n\
///     ZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
/// let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
/// let outlook = Outlook::price(&strip, &Assumptions::default())?;
/// let december = &outlook.meetings()[0];
/// assert_eq!(december.cumulative.ease().to_string(), "35%");
/// assert_eq!(december.cumulative.hold().to_string(), "65%");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Outlook {
    path: PolicyPath,
    meetings: Vec<MeetingOutlook>,
}

impl Outlook {
    /// Prices a strip: [`PolicyPath::solve`], then [`Outlook::new`].
    ///
    /// # Errors
    /// As both.
    pub fn price(strip: &Strip, assumptions: &Assumptions) -> Result<Self, PolicyError> {
        Self::new(PolicyPath::solve(strip, assumptions)?)
    }

    /// Turns a path into distributions, up to its first gap: the outcome after a meeting needs every meeting
    /// before it.
    ///
    /// # Errors
    /// [`PolicyError::FirstMeetingUnpriced`] where the path lacks the first meeting.
    pub fn new(path: PolicyPath) -> Result<Self, PolicyError> {
        let gap = path.unpriced.iter().min_by_key(|unpriced| unpriced.meeting.announcement());
        let before_gap = |step: &&MeetingStep| {
            gap.is_none_or(|unpriced| step.meeting.announcement() < unpriced.meeting.announcement())
        };
        let mut meetings: Vec<MeetingOutlook> = Vec::new();
        for step in path.steps.iter().take_while(before_gap) {
            let moves = step.expected_moves();
            let local = Distribution::split(&moves);
            let (cumulative, cumulative_moves) = match meetings.last() {
                Some(last) => (last.cumulative.then(&local), &last.cumulative_moves + &moves),
                None => (local.clone(), moves),
            };
            meetings.push(MeetingOutlook { step: step.clone(), local, cumulative, cumulative_moves });
        }
        match (meetings.is_empty(), gap) {
            (true, Some(gap)) => Err(PolicyError::FirstMeetingUnpriced(gap.meeting.announcement(), gap.reason)),
            _ => Ok(Self { path, meetings }),
        }
    }

    /// The path of expected rates.
    #[must_use]
    pub fn path(&self) -> &PolicyPath {
        &self.path
    }

    /// The meetings with an outcome table, in the order of their dates; at least one.
    #[must_use]
    pub fn meetings(&self) -> &[MeetingOutlook] {
        &self.meetings
    }

    /// The meeting announced on a day.
    #[must_use]
    pub fn meeting(&self, announcement: chrono::NaiveDate) -> Option<&MeetingOutlook> {
        self.meetings.iter().find(|outlook| outlook.step.meeting.announcement() == announcement)
    }

    /// The target range in force on the valuation date, from which moves are counted.
    #[must_use]
    pub fn target(&self) -> TargetRange {
        self.path.target
    }

    /// The meetings of the chain without an outcome table, and why: unpriced ones, and those after one.
    pub fn without_table(&self) -> impl Iterator<Item = (chrono::NaiveDate, UnpricedReason)> + '_ {
        let priced = self.path.steps.iter().skip(self.meetings.len()).map(|step| step.meeting.announcement());
        let gap = self.path.unpriced.first().map_or(self.path.as_of, |unpriced| unpriced.meeting.announcement());
        let after_gap = priced.map(move |date| (date, UnpricedReason::MeetingBefore(gap)));
        self.path.unpriced.iter().map(|unpriced| (unpriced.meeting.announcement(), unpriced.reason)).chain(after_gap)
    }
}
