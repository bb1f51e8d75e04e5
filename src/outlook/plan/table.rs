//! [`OutcomeTable`]: the distributions of every meeting, as integers over one total.

use std::sync::Arc;

use chrono::NaiveDate;

use super::compiled::{Compiled, PlannedMeeting};
use super::limbs;
use crate::market::bank::CentralBank;
use crate::market::calendar::{Meeting, TargetRange};
use crate::outlook::{Distribution, View};
use crate::units::{BasisPoints, Fraction, Probability, Rate};

/// The probabilities of target ranges after each meeting of a plan, exact: a buffer that [`TablePlan::price`](super::TablePlan::price) fills
/// again and again.
#[derive(Debug, Clone)]
pub struct OutcomeTable {
    plan: Arc<Compiled>,
    /// The prices it was made from, in units.
    row: Vec<i64>,
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
        let row = vec![0; plan.contracts().len()];
        Self { plan, row, numerators: vec![0; meetings], lowest: vec![0; meetings], weights: vec![0; size] }
    }

    pub(super) fn is_of(&self, plan: &Arc<Compiled>) -> bool {
        Arc::ptr_eq(&self.plan, plan)
    }

    pub(super) fn row(&self) -> &[i64] {
        &self.row
    }

    pub(super) fn row_mut(&mut self) -> &mut [i64] {
        &mut self.row
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
            let floor = numerator.div_euclid(planned.per_move);
            let rest = numerator - floor * planned.per_move;
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

    /// What the table says of the meeting announced on a day.
    #[must_use]
    pub fn meeting(&self, announcement: NaiveDate) -> Option<MeetingTable<'_>> {
        let meetings = &self.plan.meetings;
        let position = meetings.binary_search_by_key(&announcement, |planned| planned.meeting.announcement()).ok()?;
        Some(MeetingTable { table: self, position })
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

    /// Whether the expected number of moves at this meeting alone is above a number, up or down.
    pub(crate) fn moves_more_than(&self, moves: i64) -> bool {
        let numerator = i128::from(self.table.numerators[self.position]);
        numerator.abs() > i128::from(self.planned().per_move) * i128::from(moves)
    }

    /// The expected change of the rate at this meeting alone.
    pub(crate) fn change(&self) -> BasisPoints {
        CentralBank::FED.step() * self.expected_moves()
    }

    /// The probability of a range below today's after this meeting, within a few units of the last place. No allocation.
    ///
    /// ```
    /// use fedpath::{Assumptions, Strip};
    /// use fedpath::bulk::TableSession;
    /// let prices = [("2025-11", "96.12"), ("2026-01", "96.215"), ("2026-02", "96.285")];
    /// let prices = prices.map(|(contract, price)| (contract.parse().unwrap(), price.parse().unwrap()));
    /// let strip = Strip::from_prices("2025-11-21".parse()?, prices)?;
    /// let session = TableSession::new(&strip, &Assumptions::default())?;
    /// let december = session.table().meeting("2025-12-10".parse()?).unwrap();
    /// assert_eq!(format!("{:.2} {:.2} {:.2}", december.ease(), december.hold(), december.hike()), "0.35 0.65 0.00");
    /// assert_eq!(format!("{:.4} {:.4}", december.rate_before(), december.rate_after()), "3.8800 3.7925");
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    #[must_use]
    pub fn ease(&self) -> f64 {
        self.sum(|moves| moves < 0)
    }

    /// The probability of today's range after this meeting, as [`MeetingTable::ease`].
    #[must_use]
    pub fn hold(&self) -> f64 {
        self.sum(|moves| moves == 0)
    }

    /// The probability of a range above today's after this meeting, as [`MeetingTable::ease`].
    #[must_use]
    pub fn hike(&self) -> f64 {
        self.sum(|moves| moves > 0)
    }

    fn sum(&self, wanted: impl Fn(i64) -> bool) -> f64 {
        self.outcomes().filter(|(moves, _)| wanted(*moves)).map(|(_, share)| share.to_f64()).sum::<f64>() + 0.0
    }

    /// The expected rate before this meeting in percent, as an `f64`. No allocation.
    #[must_use]
    pub fn rate_before(&self) -> f64 {
        self.planned().before.nearest(&self.table.row)
    }

    /// The expected rate after this meeting in percent, as an `f64`. No allocation.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "what an f64 is for")]
    pub fn rate_after(&self) -> f64 {
        let moves = self.table.numerators[self.position] as f64 / self.planned().per_move as f64;
        self.rate_before() + moves * 0.25
    }

    /// The expected rate before and after this meeting, exact.
    #[must_use]
    pub fn rates(&self) -> (Rate, Rate) {
        let before = self.planned().before.exact(&self.table.row);
        let after = &before + self.change();
        (before, after)
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
