//! [`OutcomeTable`]: the distributions of every meeting, as integers over one total.

use std::sync::Arc;

use super::compiled::{Compiled, PlannedMeeting};
use super::limbs;
use crate::market::calendar::{Meeting, TargetRange};
use crate::outlook::{Distribution, View};
use crate::units::{Fraction, Probability};

/// The probabilities of target ranges after each meeting of a plan, exact: a buffer that [`TablePlan::price`](super::TablePlan::price) fills
/// again and again.
#[derive(Debug, Clone)]
pub struct OutcomeTable {
    plan: Arc<Compiled>,
    /// Each meeting's expected moves, times its `per_move`.
    numerators: Vec<i64>,
    /// The lowest possible number of moves from today to after each meeting.
    lowest: Vec<i64>,
    weights: Vec<u64>,
}

impl OutcomeTable {
    /// Room for the figures of a plan.
    pub(super) fn new(plan: Arc<Compiled>) -> Self {
        let (meetings, size) = (plan.meetings.len(), plan.size);
        Self { plan, numerators: vec![0; meetings], lowest: vec![0; meetings], weights: vec![0; size] }
    }

    pub(super) fn is_of(&self, plan: &Arc<Compiled>) -> bool {
        Arc::ptr_eq(&self.plan, plan)
    }

    pub(super) fn numerators(&self) -> &[i64] {
        &self.numerators
    }

    pub(super) fn numerators_mut(&mut self) -> &mut [i64] {
        &mut self.numerators
    }

    /// Makes the distributions of the meetings from `first` on.
    pub(super) fn fill(&mut self, first: usize) {
        for (position, planned) in self.plan.meetings.iter().enumerate().skip(first) {
            let numerator = self.numerators[position];
            let (floor, rest) = (numerator.div_euclid(planned.per_move), numerator.rem_euclid(planned.per_move));
            // Of `per_move` parts `rest` move once more.
            let (moves, stays) = (rest.unsigned_abs(), (planned.per_move - rest).unsigned_abs());
            let Some(before) = position.checked_sub(1) else {
                self.lowest[0] = floor;
                self.weights[..2].copy_from_slice(&[stays, moves]);
                continue;
            };
            self.lowest[position] = self.lowest[before] + floor;
            let previous = &self.plan.meetings[before];
            let (done, next) = self.weights.split_at_mut(planned.weights.start);
            let next = &mut next[..planned.weights.len()];
            let widths = (previous.limbs(), planned.limbs());
            limbs::convolve(&done[previous.weights.clone()], next, widths, stays, moves);
        }
    }

    /// The target range from which moves are counted.
    #[must_use]
    pub fn target(&self) -> TargetRange {
        self.plan.target
    }

    /// The table's meetings, in the order of their dates; at least one.
    #[must_use]
    pub fn meetings(&self) -> impl ExactSizeIterator<Item = MeetingTable<'_>> {
        (0..self.numerators.len()).map(|position| MeetingTable { table: self, position })
    }
}

/// What a table says of one meeting.
#[derive(Debug, Clone, Copy)]
pub struct MeetingTable<'a> {
    table: &'a OutcomeTable,
    position: usize,
}

impl<'a> MeetingTable<'a> {
    fn planned(&self) -> &'a PlannedMeeting {
        &self.table.plan.meetings[self.position]
    }

    /// The meeting.
    #[must_use]
    pub fn meeting(&self) -> &'a Meeting {
        &self.planned().meeting
    }

    /// The expected number of 25 bp moves at this meeting alone.
    #[must_use]
    pub fn expected_moves(&self) -> Fraction {
        let numerator = self.table.numerators[self.position];
        Fraction::ratio(numerator, self.planned().per_move).unwrap_or_else(Fraction::zero)
    }

    /// The probabilities of so many moves from today to after this meeting, from the lowest number that has one up.
    pub fn outcomes(&self) -> impl Iterator<Item = (i64, Share<'a>)> + use<'a> {
        let planned = self.planned();
        let weights = &self.table.weights[planned.weights.clone()];
        let numbered = (self.table.lowest[self.position]..).zip(weights.chunks_exact(planned.limbs()));
        let possible = numbered.filter(|(_, weight)| !limbs::is_zero(weight));
        possible.map(move |(moves, weight)| (moves, Share { weight, planned }))
    }

    /// The probabilities that a view means.
    #[must_use]
    pub fn distribution_of(&self, view: View) -> Distribution {
        match view {
            View::Cumulative => self.distribution(),
            View::Meeting => Distribution::split(&self.expected_moves()),
            View::Aggregated => {
                let so_far = self.table.meetings().take(self.position + 1).map(|meeting| meeting.expected_moves());
                Distribution::split(&so_far.fold(Fraction::zero(), |sum, moves| sum + moves))
            }
        }
    }

    /// The probabilities of so many moves from today to after this meeting, as a [`Distribution`].
    #[must_use]
    pub fn distribution(&self) -> Distribution {
        let planned = self.planned();
        let weights = self.table.weights[planned.weights.clone()].chunks_exact(planned.limbs());
        let weights = weights.map(limbs::to_big).collect();
        Distribution::of_weights(self.table.lowest[self.position], weights, limbs::to_big(&planned.total))
    }
}

/// The probability of one outcome: a weight of a total.
#[derive(Debug, Clone, Copy)]
pub struct Share<'a> {
    weight: &'a [u64],
    planned: &'a PlannedMeeting,
}

/// A probability of one in the places of [`Share::trillionths`].
const ONE: f64 = 1e12;

/// How near to half a unit the nearest `f64` does not decide which way to round: six roundings of 2^-53, of up to [`ONE`], are
/// less than it.
const DOUBT: f64 = 1e-3;

impl Share<'_> {
    /// The probability, in lowest terms.
    #[must_use]
    pub fn probability(&self) -> Probability {
        let (weight, total) = (limbs::to_big(self.weight), limbs::to_big(&self.planned.total));
        Probability::share(Fraction::from_parts(weight, total).unwrap_or_else(Fraction::zero))
    }

    /// The probability as an `f64`, within a few units of its last place.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        limbs::to_f64(self.weight) / self.planned.total_f64
    }

    /// The probability in units of 10^-12, rounded half up from the exact value: the twelve places of every report.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 10^12")]
    pub fn trillionths(&self) -> u64 {
        let near = self.to_f64() * ONE;
        let below = near.floor();
        let rest = near - below;
        if (rest - 0.5).abs() < DOUBT {
            return self.trillionths_exactly();
        }
        below as u64 + u64::from(rest > 0.5)
    }

    fn trillionths_exactly(&self) -> u64 {
        let (weight, total) = (limbs::to_big(self.weight), limbs::to_big(&self.planned.total));
        let doubled = weight * 2_000_000_000_000_u64 + &total;
        num_traits::ToPrimitive::to_u64(&(doubled / (total * 2))).unwrap_or(u64::MAX)
    }
}
