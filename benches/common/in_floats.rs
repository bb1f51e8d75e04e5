//! The same table in `f64`: what exactness costs.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "prices and numbers of moves are small"
)]

use fedpath::Strip;
use fedpath::bulk::{OutcomeTable, TablePlan};
use fedpath::what_if::Jacobian;

/// One meeting: expected moves are `constant + sum of slope x price`.
struct FloatMeeting {
    constant: f64,
    terms: Vec<(usize, f64)>,
}

/// The distributions of every meeting in `f64`.
pub(crate) struct FloatTable {
    meetings: Vec<FloatMeeting>,
    lowest: Vec<f64>,
    weights: Vec<f64>,
}

impl FloatTable {
    /// The linear moves of a plan's meetings in its unit of price, from the slopes of the engine.
    pub(crate) fn new(plan: &TablePlan, strip: &Strip) -> Self {
        let mut assumptions = fedpath::Assumptions::default();
        assumptions.chain = plan.meetings().len();
        let jacobian = Jacobian::new(strip, &assumptions).expect("slopes");
        let unit = 10_f64.powi(-i32::try_from(plan.places()).expect("few places"));
        let meetings = plan.meetings().map(|meeting| {
            let moves = jacobian.moves(meeting.announcement()).expect("a priced meeting");
            let column = |contract| plan.contracts().binary_search(contract).expect("a contract of the plan");
            let terms: Vec<(usize, f64)> =
                moves.slopes.iter().map(|(contract, slope)| (column(contract), slope.to_f64() * unit)).collect();
            let quoted: f64 = terms.iter().map(|(column, slope)| slope * plan.row()[*column] as f64).sum();
            FloatMeeting { constant: moves.value.to_f64() - quoted, terms }
        });
        let meetings: Vec<FloatMeeting> = meetings.collect();
        let count = meetings.len();
        Self { meetings, lowest: vec![0.0; count], weights: vec![0.0; (count + 1) * (count + 2) / 2 - 1] }
    }

    pub(crate) fn price(&mut self, row: &[i64]) {
        let (mut lowest, mut start) = (0.0, 0);
        for (position, meeting) in self.meetings.iter().enumerate() {
            let terms = meeting.terms.iter();
            let moves = terms.fold(meeting.constant, |sum, (column, slope)| sum + slope * row[*column] as f64);
            let floor = moves.floor();
            let (rest, stays) = (moves - floor, 1.0 - (moves - floor));
            lowest += floor;
            self.lowest[position] = lowest;
            if position == 0 {
                self.weights[..2].copy_from_slice(&[stays, rest]);
                start = 2;
                continue;
            }
            let (done, next) = self.weights.split_at_mut(start);
            let previous = &done[start - position - 1..];
            let mut below = 0.0;
            for (weight, sum) in previous.iter().chain([&0.0]).zip(&mut next[..position + 2]) {
                *sum = weight * stays + below * rest;
                below = *weight;
            }
            start += position + 2;
        }
    }

    /// Before anything is timed: both say the same.
    pub(crate) fn assert_near(&self, table: &OutcomeTable) {
        let mut start = 0;
        for (position, meeting) in table.meetings().enumerate() {
            for (moves, share) in meeting.outcomes() {
                let place = start + (moves as f64 - self.lowest[position]) as usize;
                assert!((self.weights[place] - share.to_f64()).abs() < 1e-11, "{moves} moves");
            }
            start += position + 2;
        }
    }
}
