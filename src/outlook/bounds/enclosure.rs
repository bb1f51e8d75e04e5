//! [`Enclosure`]: what is known of the chance all over a box of prices.
//!
//! The derivative is enclosed twice, and the intersection counts: over the box as a whole, on both sides of every
//! kink; and as its value in the middle with the second derivatives over the box, which keeps what two meetings
//! have in common. A bound, too, is the best of several: that of the probabilities themselves, that of the mean value
//! theorem, and that of a chance without ridges (kinks that bend down), which the lines of either side lie above. All are
//! rounded outward, so that no value is ever missed.

use super::Interval;
use super::chance::{Chance, Pieces};
use super::price_box::{Chain, PriceBox, half};
use super::span::{self, ONE, Span};
use crate::units::Fraction;

/// A box of prices, the meetings over it, and the derivative in each price that is free.
pub(super) struct Enclosure<'s> {
    chance: &'s Chance,
    chain: &'s Chain<'s>,
    free: Vec<usize>,
    pub(super) middle: Vec<Fraction>,
    at_middle: Vec<Fraction>,
    pub(super) intervals: Vec<Interval>,
    /// The meetings over the box, and in its middle.
    meetings: Vec<Pieces>,
    points: Vec<Pieces>,
    derivatives: Vec<(usize, Span)>,
    /// Half the length of each side, in its unit.
    reach: Vec<i128>,
}

/// The middle of a box.
pub(super) fn middle_of(ends: &PriceBox) -> Vec<Fraction> {
    ends.iter().map(|(low, high)| half(&(low + high))).collect()
}

impl<'s> Enclosure<'s> {
    pub(super) fn new(chance: &'s Chance, chain: &'s Chain<'s>, ends: &PriceBox, free: Vec<usize>) -> Self {
        let middle = middle_of(ends);
        let at_middle = chain.at(&middle);
        let intervals = chain.intervals(ends);
        let reach = |(side, (low, high)): (usize, &(Fraction, Fraction))| {
            span::above(&(&half(&(high - low)) * &chain.sides[side].unit))
        };
        let mut enclosure = Self {
            chance,
            chain,
            free,
            meetings: intervals.iter().map(|x| Pieces::of(&x.low, &x.high)).collect(),
            points: at_middle.iter().map(|x| Pieces::of(x, x)).collect(),
            derivatives: Vec::new(),
            reach: ends.iter().enumerate().map(reach).collect(),
            middle,
            at_middle,
            intervals,
        };
        enclosure.derivatives = enclosure.derivatives(&enclosure.meetings, &enclosure.points);
        enclosure
    }

    /// The box without the sides on which the derivative has one sign: each at the end of the larger values. `None` where
    /// there is no such side.
    pub(super) fn without_monotone_sides(&self, ends: &PriceBox) -> Option<PriceBox> {
        let mut smaller = ends.clone();
        let mut fixed = false;
        for (side, derivative) in &self.derivatives {
            let (low, high) = &ends[*side];
            if derivative.low >= 0 {
                (smaller[*side], fixed) = ((high.clone(), high.clone()), true);
            } else if derivative.high <= 0 {
                (smaller[*side], fixed) = ((low.clone(), low.clone()), true);
            }
        }
        fixed.then_some(smaller)
    }

    /// The corner on the side of each derivative's larger end.
    pub(super) fn leaning_corner(&self, ends: &PriceBox) -> Vec<Fraction> {
        let mut corner: Vec<Fraction> = ends.iter().map(|(low, _)| low.clone()).collect();
        for (side, derivative) in &self.derivatives {
            if derivative.low + derivative.high > 0 {
                corner[*side] = ends[*side].1.clone();
            }
        }
        corner
    }

    /// The side over which the value is known least.
    pub(super) fn widest_side(&self) -> usize {
        let widest = self.derivatives.iter().max_by_key(|(side, span)| (span.high - span.low) * self.reach[*side]);
        widest.map_or(self.free[0], |(side, _)| *side)
    }

    /// No value in the box is above this.
    pub(super) fn bound(&self) -> i128 {
        let plain = self.chance.value(&self.meetings).high.min(self.by_mean_value(&self.derivatives, &self.points));
        [false, true]
            .into_iter()
            .filter_map(|upper| self.without_ridges(upper))
            .fold(plain, |bound, (smooth, points)| {
                bound.min(self.by_mean_value(&self.derivatives(&smooth, &points), &points))
            })
    }

    /// The value in the middle, and as much more as the derivatives allow on the way to any point of the box.
    fn by_mean_value(&self, derivatives: &[(usize, Span)], points: &[Pieces]) -> i128 {
        let around = |(side, derivative): &(usize, Span)| derivative.magnitude().saturating_mul(self.reach[*side]);
        let start = self.chance.value(points).high;
        derivatives.iter().map(around).fold(start, |sum, product| sum + span::ceil(product))
    }

    /// A chance that is nowhere below this one, over the box and in its middle: where the derivative falls at a kink, the
    /// lines of both sides lie above it, and the lowest or the highest of them takes its place. `None` where no kink is
    /// of that kind.
    fn without_ridges(&self, upper: bool) -> Option<(Vec<Pieces>, Vec<Pieces>)> {
        let mut smooth = self.meetings.clone();
        let mut points = self.points.clone();
        let mut excess = 0;
        for (meeting, Interval { low, high }) in self.intervals.iter().enumerate() {
            if self.meetings[meeting].is_one() || self.chance.bend(&smooth, meeting).high > 0 {
                continue;
            }
            let extended = self.meetings[meeting].extended(low, high, upper);
            // Lines drawn out multiply: what is more than a few moves long says nothing, and might pass 128 bits.
            if excess + extended.excess() <= 2 * ONE {
                excess += extended.excess();
                let middle = &self.at_middle[meeting];
                points[meeting] = self.meetings[meeting].extended(middle, middle, upper);
                smooth[meeting] = extended;
            }
        }
        (excess > 0).then_some((smooth, points))
    }

    /// What holds the derivative in each free price, in its unit.
    fn derivatives(&self, meetings: &[Pieces], points: &[Pieces]) -> Vec<(usize, Span)> {
        let free = &self.free;
        let overall = self.chance.gradient(meetings);
        let sum = |shares: &[(usize, Span)], of: &dyn Fn(usize) -> Span| {
            shares.iter().fold(Span::ZERO, |sum, (meeting, share)| sum + *share * of(*meeting))
        };
        let coarse: Vec<Span> = free.iter().map(|side| sum(&self.chain.sides[*side].shares, &|j| overall[j])).collect();
        if coarse.iter().all(|span| span.low >= 0 || span.high <= 0) {
            return free.iter().copied().zip(coarse).collect();
        }
        let central = self.chance.gradient(points);
        let curvature = self.chance.curvature(meetings);
        let away = |(interval, x): (&Interval, &Fraction)| Span::around(&(&interval.low - x), &(&interval.high - x));
        let away: Vec<Span> = self.intervals.iter().zip(&self.at_middle).map(away).collect();
        let finer = |(side, coarse): (&usize, Span)| {
            let shares = &self.chain.sides[*side].shares;
            if shares.iter().any(|(meeting, _)| !meetings[*meeting].is_one()) {
                return (*side, coarse);
            }
            let turn = |l: usize| sum(shares, &|j| curvature[j][l]);
            let change = away.iter().enumerate().fold(Span::ZERO, |change, (l, away)| change + turn(l) * *away);
            (*side, coarse.intersect(sum(shares, &|j| central[j]) + change))
        };
        free.iter().zip(coarse).map(finer).collect()
    }
}
