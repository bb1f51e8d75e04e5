//! [`Bounds`]: how far the figures of an outlook can lie, as the renderers show it.

use crate::market::bank::CentralBank;
use crate::market::contract::{Contract, ContractMonth};
use crate::outlook::{
    Bound, Event, Feasible, Interval, Jacobian, MeetingOutlook, OutcomeBounds, Outlook, PriceIntervals,
    ProbabilityBounds, View,
};
use crate::units::{Fraction, Probability, Rate};

/// What bounds the figures of an outlook.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Bounds<'a> {
    /// Prices that lie within intervals around the quoted ones.
    Prices {
        /// The words for what each price lies within, such as `half its tick`.
        words: &'a str,
        /// The outlook and how it moves with each price.
        jacobian: &'a Jacobian,
        /// The intervals.
        prices: &'a PriceIntervals,
        /// What they bound.
        outcomes: &'a OutcomeBounds,
    },
    /// Any distribution with the same mean, of so many moves a meeting at most.
    Mean {
        /// The outlook.
        outlook: &'a Outlook,
        /// The largest number of moves at a meeting, either way.
        largest: i64,
    },
}

/// One figure between its bounds.
#[derive(Clone)]
pub(super) struct BoundedRow {
    pub(super) event: Event,
    pub(super) probability: Probability,
    pub(super) low: End,
    pub(super) high: End,
}

/// The figures of a meeting between their bounds.
pub(super) struct BoundedRows {
    /// Every outcome that can have a chance, from the lowest up.
    pub(super) outcomes: Vec<BoundedRow>,
    /// Ease, hold and hike.
    pub(super) sides: [BoundedRow; 3],
}

/// One end of a probability.
#[derive(Clone)]
pub(super) struct End {
    pub(super) probability: Probability,
    /// Whether some prices give it.
    pub(super) attained: bool,
    /// The prices that give it, or come nearest; those that stay as quoted are left out.
    pub(super) at: Vec<(ContractMonth, Fraction)>,
}

impl End {
    fn certain(probability: Probability) -> Self {
        Self { probability, attained: true, at: Vec::new() }
    }

    fn of(bound: Bound, price: impl Fn(ContractMonth) -> Option<Fraction>) -> Self {
        let attained = bound.is_attained();
        let moved = bound.at.into_iter().filter(|(_, points)| !points.is_zero());
        let at = moved.filter_map(|(contract, points)| Some((contract, &price(contract)? + &points)));
        Self { attained, at: at.collect(), probability: bound.probability }
    }
}

impl<'a> Bounds<'a> {
    pub(super) fn outlook(&self) -> &'a Outlook {
        match self {
            Self::Prices { jacobian, .. } => jacobian.outlook(),
            Self::Mean { outlook, .. } => outlook,
        }
    }

    /// An id for programs.
    pub(super) fn id(&self) -> &'static str {
        match self {
            Self::Prices { .. } => "prices",
            Self::Mean { .. } => "mean",
        }
    }

    /// What the intervals are, in a sentence.
    pub(super) fn told(&self) -> String {
        match self {
            Self::Prices { words, .. } => {
                format!("In brackets: bounds while each price stays within {words}")
            }
            Self::Mean { largest, .. } => format!(
                "In brackets: given only the expected moves, at most {} bp at a meeting either way",
                CentralBank::FED.moves_bp(*largest)
            ),
        }
    }

    /// The bounds of the rate after a meeting, in percent; `None` where nothing bounds it.
    pub(super) fn rate_after(&self, meeting: &MeetingOutlook) -> Option<Interval> {
        match self {
            Self::Prices { jacobian, prices, .. } => {
                jacobian.rate_after(meeting.step.meeting.announcement()).map(|rate| prices.bounds(rate))
            }
            Self::Mean { .. } => None,
        }
    }

    /// The figures of a meeting; `None` where the outlook does not hold it.
    pub(super) fn rows(&self, meeting: &MeetingOutlook, view: View) -> Option<BoundedRows> {
        let meetings = self.outlook().meetings();
        let same = |other: &MeetingOutlook| other.step.meeting == meeting.step.meeting;
        let position = meetings.iter().position(same)?;
        let shown = meeting.distribution(view);
        let row = |event: Event, ends: (End, End)| BoundedRow {
            event,
            probability: event.probability(&shown),
            low: ends.0,
            high: ends.1,
        };
        let side = |event| Some(row(event, self.ends(position, meeting, view, event)?));
        let outcomes = match self {
            // The search that tells what is possible has the bounds of it.
            Self::Prices { outcomes, .. } => {
                let possible = outcomes.outcomes(position, view).unwrap_or_default();
                possible.into_iter().map(|(moves, bounds)| row(Event::Moves(moves), self.ends_of(bounds))).collect()
            }
            Self::Mean { .. } => shown.outcomes().filter_map(|(moves, _)| side(Event::Moves(moves))).collect(),
        };
        Some(BoundedRows { outcomes, sides: [side(Event::Ease)?, side(Event::HOLD)?, side(Event::Hike)?] })
    }

    /// The bounds of an event after a meeting.
    fn ends(&self, position: usize, meeting: &MeetingOutlook, view: View, event: Event) -> Option<(End, End)> {
        match self {
            Self::Prices { outcomes, .. } => Some(self.ends_of(outcomes.probability(position, view, event)?)),
            Self::Mean { largest, .. } => {
                let (mean, meetings) = match view {
                    View::Meeting => (meeting.step.expected_moves(), 1),
                    View::Cumulative | View::Aggregated => (
                        meeting.cumulative_moves.clone(),
                        i64::try_from(position).unwrap_or(i64::MAX).saturating_add(1),
                    ),
                };
                let farthest = largest.saturating_mul(meetings);
                let (low, high) = Feasible::new(&mean, -farthest, farthest).ok()?.bounds(event);
                Some((End::certain(low), End::certain(high)))
            }
        }
    }

    fn ends_of(&self, bounds: ProbabilityBounds) -> (End, End) {
        let path = self.outlook().path();
        let price = |contract| {
            let quoted = path.contracts().iter().find(|fit| fit.contract.month() == contract);
            let expired = || path.realised_anchors().find(|(anchor, _)| anchor.month() == contract);
            let stands_for = |(_, average): (Contract, &Rate)| &Fraction::integer(100) - average.exact();
            quoted.map(|fit| fit.price.exact()).or_else(|| expired().map(stands_for))
        };
        (End::of(bounds.low, price), End::of(bounds.high, price))
    }
}
