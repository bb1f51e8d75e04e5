//! [`Search`]: the largest value of a [`Chance`] while prices move within their intervals.
//!
//! The chance is linear in each meeting's expected moves between whole numbers, and these are linear in the prices. So:
//!
//! - a price in which the derivative has one sign all over the box stays at that end, and the box loses a side;
//! - a box without sides is a corner, where the value is exact;
//! - a box with one side, on which two meetings move, holds a parabola, whose top is a fraction;
//! - any other box is bounded by the mean value theorem and cut in two, the most promising first, as often as
//!   [`BOXES`] allows.
//!
//! The derivative is enclosed twice, and the intersection counts: over the box as a whole, on both sides of every
//! kink; and as its value in the middle with the second derivatives over the box, which keeps what two meetings
//! have in common. A bound, too, is the best of several: that of the probabilities themselves, that of the mean value
//! theorem, and that of a chance without ridges (kinks that bend down), which the lines of either side lie above. All are
//! rounded outward, so that no value is ever missed. Source: the monotonicity test and the mean value form of interval
//! analysis (Moore, Kearfott and Cloud 2009, Introduction to Interval Analysis).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::chance::{Chance, Pieces};
use super::price_box::{Chain, PriceBox, cut, half, united};
use super::span::{self, ONE, Span};
use super::{Interval, PriceIntervals};
use crate::market::contract::ContractMonth;
use crate::rule::Linear;
use crate::units::Fraction;

/// How many boxes a search over nine meetings looks into before it settles for a bound.
const BOXES: usize = 48;

/// How many times a climb goes through all prices.
const ROUNDS: usize = 3;

/// How far a bound may stay above a value that was found: 0.0000004 percent, past every printed digit.
const NEGLIGIBLE: i128 = ONE >> 28;

/// What is known of the largest value.
#[derive(Debug, Clone)]
pub(super) struct Supremum {
    /// Nothing is above.
    pub(super) bound: Fraction,
    /// The largest value that was found: the bound itself, if the search came to its end.
    pub(super) found: Fraction,
    /// How far the prices are from the quoted ones where it was found.
    pub(super) at: BTreeMap<ContractMonth, Fraction>,
}

/// The search for one event.
pub(super) struct Search<'a> {
    chance: Chance,
    chain: Chain<'a>,
}

/// What is known of a box: nothing in it is above `bound`.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    bound: i128,
    /// Of two boxes that promise the same, the older first: the order is the same on every run.
    serial: Reverse<usize>,
    ends: PriceBox,
}

/// The largest value so far, and the prices that give it.
struct Best {
    value: Fraction,
    floor: i128,
    at: Vec<Fraction>,
}

impl<'a> Search<'a> {
    pub(super) fn new(chance: Chance, moves: &'a [Linear], prices: &PriceIntervals) -> Self {
        Self { chance, chain: Chain::new(moves, prices) }
    }

    /// What the quoted prices say, and the largest value of any chance.
    pub(super) fn quoted(&self) -> Supremum {
        let quoted: Vec<Fraction> = self.chain.at(&[]);
        let bound = Fraction::integer(i64::from(!self.chance.negative));
        Supremum { bound, found: self.chance.exact(&quoted), at: BTreeMap::new() }
    }

    /// The largest value.
    pub(super) fn largest(&self) -> Supremum {
        let found = self.quoted().found;
        let mut best =
            Best { floor: span::below(&found), value: found, at: vec![Fraction::zero(); self.chain.sides.len()] };
        let ends = self.chain.whole();
        let meetings: Vec<Pieces> = self.chain.intervals(&ends).iter().map(|x| Pieces::of(&x.low, &x.high)).collect();
        let bound = self.chance.value(&meetings).high;
        let mut open = BinaryHeap::from([Open { bound, serial: Reverse(0), ends }]);
        let mut serial = 0;
        for _ in 0..self.boxes() {
            let Some(next) = open.pop() else { break };
            if next.bound <= best.floor + NEGLIGIBLE {
                open.push(next);
                break;
            }
            let (bound, parts) = self.look_into(next.ends, &mut best);
            if serial == 0 && !parts.is_empty() {
                self.climb(&united(&parts), &mut best);
            }
            let bound = bound.min(next.bound);
            for ends in parts {
                serial += 1;
                open.push(Open { bound, serial: Reverse(serial), ends });
            }
        }
        let above = open.peek().map(|next| next.bound).filter(|bound| *bound > best.floor);
        let bound = above.map_or_else(|| best.value.clone(), span::exact);
        let at = self.chain.sides.iter().map(|side| side.contract).zip(best.at).filter(|(_, points)| !points.is_zero());
        Supremum { bound, found: best.value, at: at.collect() }
    }

    /// How many boxes to look into: the time for one grows with the third power of the meetings.
    fn boxes(&self) -> usize {
        let meetings = self.chain.moves.len().max(1);
        (BOXES * 9 * 9 * 9 / meetings.pow(3)).clamp(2, BOXES)
    }

    /// Takes a point's value, should it be the largest so far.
    fn offer(&self, at: Vec<Fraction>, best: &mut Best) -> Fraction {
        let value = self.chance.exact(&self.chain.at(&at));
        if value > best.value {
            *best = Best { floor: span::below(&value), value: value.clone(), at };
        }
        value
    }

    /// Looks for a larger value in a box by moving one price at a time to an end or a kink, as long as that helps.
    fn climb(&self, ends: &PriceBox, best: &mut Best) {
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

    /// A bound of all values in a box, and the parts of it that are still to be looked into.
    fn look_into(&self, mut ends: PriceBox, best: &mut Best) -> (i128, Vec<PriceBox>) {
        loop {
            let free: Vec<usize> = (0..ends.len()).filter(|side| ends[*side].0 != ends[*side].1).collect();
            let middle: Vec<Fraction> = ends.iter().map(|(low, high)| half(&(low + high))).collect();
            let at_middle = self.chain.at(&middle);
            if free.is_empty() {
                self.offer(middle, best);
                return (best.floor, Vec::new());
            }
            let intervals = self.chain.intervals(&ends);
            let meetings: Vec<Pieces> = intervals.iter().map(|x| Pieces::of(&x.low, &x.high)).collect();
            if let [side] = free[..]
                && self.chain.sides[side].slopes.len() <= 2
            {
                self.along(side, &ends, best);
                return (best.floor, Vec::new());
            }
            let points: Vec<Pieces> = at_middle.iter().map(|x| Pieces::of(x, x)).collect();
            let derivatives = self.derivatives(&free, &meetings, &intervals, &at_middle, &points);
            let mut fixed = false;
            for (side, derivative) in &derivatives {
                let (low, high) = ends[*side].clone();
                if derivative.low >= 0 {
                    (ends[*side], fixed) = ((high.clone(), high), true);
                } else if derivative.high <= 0 {
                    (ends[*side], fixed) = ((low.clone(), low), true);
                }
            }
            if fixed {
                continue;
            }
            // No derivative has one sign: the corner that they lean to is as good a guess as any.
            self.offer(leaning_corner(&ends, &derivatives), best);
            self.offer(middle.clone(), best);
            let reach =
                |side: usize| span::above(&(&half(&(&ends[side].1 - &ends[side].0)) * &self.chain.sides[side].unit));
            let by_mean_value = |derivatives: &[(usize, Span)], points: &[Pieces]| {
                let around = |(side, derivative): &(usize, Span)| derivative.magnitude().saturating_mul(reach(*side));
                let start = self.chance.value(points).high;
                derivatives.iter().map(around).fold(start, |sum, product| sum + span::ceil(product))
            };
            let mut bound = self.chance.value(&meetings).high.min(by_mean_value(&derivatives, &points));
            for upper in [false, true] {
                let smooth = self.without_ridges(&meetings, &intervals, &at_middle, upper);
                bound = smooth.map_or(bound, |(smooth, points)| {
                    bound
                        .min(by_mean_value(&self.derivatives(&free, &smooth, &intervals, &at_middle, &points), &points))
                });
            }
            let widest = derivatives.iter().max_by_key(|(side, span)| (span.high - span.low) * reach(*side));
            let side = widest.map_or(free[0], |(side, _)| *side);
            let kinks = self.chain.kinks(side, &ends, &intervals);
            let at = if kinks.is_empty() { vec![middle[side].clone()] } else { kinks };
            return (bound, cut(&ends, side, &at));
        }
    }

    /// A chance that is nowhere below this one, over the box and in its middle: where the derivative falls at a kink, the
    /// lines of both sides lie above it, and the lowest or the highest of them takes its place. `None` where no kink is
    /// of that kind.
    fn without_ridges(
        &self,
        meetings: &[Pieces],
        intervals: &[Interval],
        at_middle: &[Fraction],
        upper: bool,
    ) -> Option<(Vec<Pieces>, Vec<Pieces>)> {
        let mut smooth = meetings.to_vec();
        let mut points: Vec<Pieces> = at_middle.iter().map(|x| Pieces::of(x, x)).collect();
        let mut excess = 0;
        for (meeting, Interval { low, high }) in intervals.iter().enumerate() {
            if meetings[meeting].is_one() || self.chance.bend(&smooth, meeting).high > 0 {
                continue;
            }
            let extended = meetings[meeting].extended(low, high, upper);
            // Lines drawn out multiply: what is more than a few moves long says nothing, and might pass 128 bits.
            if excess + extended.excess() <= 2 * ONE {
                excess += extended.excess();
                points[meeting] = meetings[meeting].extended(&at_middle[meeting], &at_middle[meeting], upper);
                smooth[meeting] = extended;
            }
        }
        (excess > 0).then_some((smooth, points))
    }

    /// What holds the derivative in each free price, in its unit.
    fn derivatives(
        &self,
        free: &[usize],
        meetings: &[Pieces],
        intervals: &[Interval],
        at_middle: &[Fraction],
        points: &[Pieces],
    ) -> Vec<(usize, Span)> {
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
        let away: Vec<Span> = intervals.iter().zip(at_middle).map(away).collect();
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

    /// Offers the largest value on a side that alone is free and moves at most two meetings: the top of one of the
    /// parabolas between the kinks, or an end of one.
    fn along(&self, side: usize, ends: &PriceBox, best: &mut Best) {
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

/// The corner of a box on the side of each derivative's larger end.
fn leaning_corner(ends: &PriceBox, derivatives: &[(usize, Span)]) -> Vec<Fraction> {
    let mut corner: Vec<Fraction> = ends.iter().map(|(low, _)| low.clone()).collect();
    for (side, derivative) in derivatives {
        if derivative.low + derivative.high > 0 {
            corner[*side] = ends[*side].1.clone();
        }
    }
    corner
}
