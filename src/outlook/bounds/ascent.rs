//! The ways up: from a point to a larger value, and the largest on a line.

use super::price_box::{PriceBox, cut, half};
use super::search::{Best, Search};
use crate::units::Fraction;

/// How many times a climb goes through all prices.
const ROUNDS: usize = 3;

impl Search<'_> {
    /// Looks for a larger value in a box by moving one price at a time to an end or a kink, as long as that helps.
    pub(super) fn climb(&self, ends: &PriceBox, best: &mut Best) {
        let clamped = ends.iter().zip(&best.at).map(|((low, high), at)| at.clamp(low, high).clone());
        let mut at: Vec<Fraction> = clamped.collect();
        for _ in 0..ROUNDS {
            let start = self.offer(at.clone(), best);
            for side in (0..ends.len()).filter(|side| ends[*side].0 != ends[*side].1) {
                let mut line: PriceBox = at.iter().map(|at| (at.clone(), at.clone())).collect();
                line[side] = ends[side].clone();
                let kinks = self.chain.kinks(side, &line, &self.chain.intervals(&line));
                for point in kinks.iter().chain([&line[side].0, &line[side].1]) {
                    at[side] = point.clone();
                    self.offer(at.clone(), best);
                }
                at.clone_from(&best.at);
            }
            if best.value <= start {
                break;
            }
        }
    }

    /// Offers the largest value on a side that alone is free and moves at most two meetings: the top of one of the
    /// parabolas between the kinks, or an end of one.
    pub(super) fn along(&self, side: usize, ends: &PriceBox, best: &mut Best) {
        let (one, two) = (Fraction::integer(1), Fraction::integer(2));
        for part in cut(ends, side, &self.chain.kinks(side, ends, &self.chain.intervals(ends))) {
            let (low, high) = &part[side];
            let mut value = |share: &Fraction| {
                let mut at: Vec<Fraction> = part.iter().map(|(low, _)| low.clone()).collect();
                at[side] = low + &(&(high - low) * share);
                self.offer(at, best)
            };
            let (first, middle, last) = (value(&Fraction::zero()), value(&half(&one)), value(&one));
            let bend = &two * &(&(&first + &last) - &(&two * &middle));
            let slope = &(&last - &first) - &bend;
            let top = (&Fraction::zero() - &slope).checked_div(&(&two * &bend));
            if let Some(top) = top.filter(|top| !top.is_negative() && *top <= one) {
                value(&top);
            }
        }
    }
}
