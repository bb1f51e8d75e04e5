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
//! have in common. Both are rounded outward, so that no value is ever missed. Source: the monotonicity test and the
//! mean value form of interval analysis (Moore, Kearfott and Cloud 2009, Introduction to Interval Analysis).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::chance::{Chance, Pieces};
use super::span::{self, ONE, Span};
use super::{Interval, Linear, PriceIntervals};
use crate::contract::ContractMonth;
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

/// A price that is free to move, and the meetings that it moves.
struct Side {
    contract: ContractMonth,
    interval: Interval,
    slopes: Vec<(usize, Fraction)>,
    /// The largest of the slopes: moves for one point of price.
    unit: Fraction,
    /// The slopes in that unit.
    shares: Vec<(usize, Span)>,
}

/// A box: how low and how high each price may be.
type Ends = Vec<(Fraction, Fraction)>;

/// The search for one event.
pub(super) struct Search<'a> {
    chance: Chance,
    moves: &'a [Linear],
    sides: Vec<Side>,
}

/// What is known of a box: nothing in it is above `bound`.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    bound: i128,
    /// Of two boxes that promise the same, the older first: the order is the same on every run.
    serial: Reverse<usize>,
    ends: Ends,
}

/// The largest value so far, and the prices that give it.
struct Best {
    value: Fraction,
    floor: i128,
    at: Vec<Fraction>,
}

impl<'a> Search<'a> {
    pub(super) fn new(chance: Chance, moves: &'a [Linear], prices: &PriceIntervals) -> Self {
        let mut contracts: Vec<_> = moves.iter().flat_map(|figure| figure.slopes.keys().copied()).collect();
        contracts.sort_unstable();
        contracts.dedup();
        let side = |contract| {
            let interval = prices.get(contract)?.clone();
            let slope = |(meeting, figure): (usize, &Linear)| Some((meeting, figure.slopes.get(&contract)?.clone()));
            let slopes: Vec<_> = moves.iter().enumerate().filter_map(slope).collect();
            let unit = slopes.iter().map(|(_, slope)| slope.abs()).max()?;
            let share = |(meeting, slope): &(usize, Fraction)| {
                let share = slope.checked_div(&unit)?;
                Some((*meeting, Span::around(&share, &share)))
            };
            let shares = slopes.iter().filter_map(share).collect();
            Some(Side { contract, interval, slopes, unit, shares })
        };
        Self { chance, moves, sides: contracts.into_iter().filter_map(side).collect() }
    }

    /// What the quoted prices say, and the largest value of any chance.
    pub(super) fn quoted(&self) -> Supremum {
        let quoted: Vec<Fraction> = self.moves.iter().map(|figure| figure.value.clone()).collect();
        let bound = Fraction::integer(i64::from(!self.chance.negative));
        Supremum { bound, found: self.chance.exact(&quoted), at: BTreeMap::new() }
    }

    /// The largest value.
    pub(super) fn largest(&self) -> Supremum {
        let found = self.quoted().found;
        let mut best = Best { floor: span::below(&found), value: found, at: vec![Fraction::zero(); self.sides.len()] };
        let ends: Ends =
            self.sides.iter().map(|side| (side.interval.low.clone(), side.interval.high.clone())).collect();
        let meetings: Vec<Pieces> = self.intervals(&ends).iter().map(|x| Pieces::of(&x.low, &x.high)).collect();
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
        let at = self.sides.iter().map(|side| side.contract).zip(best.at).filter(|(_, points)| !points.is_zero());
        Supremum { bound, found: best.value, at: at.collect() }
    }

    /// How many boxes to look into: the time for one grows with the third power of the meetings.
    fn boxes(&self) -> usize {
        let meetings = self.moves.len().max(1);
        (BOXES * 9 * 9 * 9 / meetings.pow(3)).clamp(2, BOXES)
    }

    /// Takes a point's value, should it be the largest so far.
    fn offer(&self, at: Vec<Fraction>, best: &mut Best) -> Fraction {
        let value = self.chance.exact(&self.at(&at));
        if value > best.value {
            *best = Best { floor: span::below(&value), value: value.clone(), at };
        }
        value
    }

    /// Looks for a larger value in a box by moving one price at a time to an end or a kink, as long as that helps.
    fn climb(&self, ends: &Ends, best: &mut Best) {
        let clamped = ends.iter().zip(&best.at).map(|((low, high), at)| at.clamp(low, high).clone());
        let mut at: Vec<Fraction> = clamped.collect();
        for _ in 0..ROUNDS {
            let start = self.offer(at.clone(), best);
            for side in (0..ends.len()).filter(|side| ends[*side].0 != ends[*side].1) {
                let mut line: Ends = at.iter().map(|at| (at.clone(), at.clone())).collect();
                line[side] = ends[side].clone();
                let kinks = self.kinks(side, &line, &self.intervals(&line));
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
    fn look_into(&self, mut ends: Ends, best: &mut Best) -> (i128, Vec<Ends>) {
        loop {
            let free: Vec<usize> = (0..ends.len()).filter(|side| ends[*side].0 != ends[*side].1).collect();
            let middle: Vec<Fraction> = ends.iter().map(|(low, high)| half(&(low + high))).collect();
            let at_middle = self.at(&middle);
            if free.is_empty() {
                self.offer(middle, best);
                return (best.floor, Vec::new());
            }
            let intervals = self.intervals(&ends);
            let meetings: Vec<Pieces> = intervals.iter().map(|x| Pieces::of(&x.low, &x.high)).collect();
            if let [side] = free[..]
                && self.sides[side].slopes.len() <= 2
            {
                self.along(side, &ends, best);
                return (best.floor, Vec::new());
            }
            let derivatives = self.derivatives(&free, &meetings, &intervals, &at_middle);
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
            let reach = |side: usize| span::above(&(&half(&(&ends[side].1 - &ends[side].0)) * &self.sides[side].unit));
            let around = |(side, derivative): &(usize, Span)| {
                let reach = reach(*side);
                (*derivative * Span { low: -reach, high: reach }).high
            };
            let points: Vec<Pieces> = at_middle.iter().map(|x| Pieces::of(x, x)).collect();
            let by_mean_value = self.chance.value(&points).high + derivatives.iter().map(around).sum::<i128>();
            let bound = by_mean_value.min(self.chance.value(&meetings).high);
            let widest = derivatives.iter().max_by_key(|(side, span)| (span.high - span.low) * reach(*side));
            let side = widest.map_or(free[0], |(side, _)| *side);
            let kinks = self.kinks(side, &ends, &intervals);
            let at = if kinks.is_empty() { vec![middle[side].clone()] } else { kinks };
            return (bound, cut(&ends, side, &at));
        }
    }

    /// The expected moves of every meeting at some prices.
    fn at(&self, points: &[Fraction]) -> Vec<Fraction> {
        let mut moves: Vec<Fraction> = self.moves.iter().map(|figure| figure.value.clone()).collect();
        for (side, points) in self.sides.iter().zip(points) {
            for (meeting, slope) in &side.slopes {
                moves[*meeting] = &moves[*meeting] + &(slope * points);
            }
        }
        moves
    }

    /// The expected moves of every meeting over a box of prices.
    fn intervals(&self, ends: &Ends) -> Vec<Interval> {
        let known = |figure: &Linear| Interval { low: figure.value.clone(), high: figure.value.clone() };
        let mut intervals: Vec<Interval> = self.moves.iter().map(known).collect();
        for (side, (low, high)) in self.sides.iter().zip(ends) {
            for (meeting, slope) in &side.slopes {
                let (down, up) = if slope.is_negative() { (high, low) } else { (low, high) };
                let interval = &mut intervals[*meeting];
                interval.low = &interval.low + &(slope * down);
                interval.high = &interval.high + &(slope * up);
            }
        }
        intervals
    }

    /// What holds the derivative in each free price, in its unit.
    fn derivatives(
        &self,
        free: &[usize],
        meetings: &[Pieces],
        intervals: &[Interval],
        at_middle: &[Fraction],
    ) -> Vec<(usize, Span)> {
        let overall = self.chance.gradient(meetings);
        let sum = |shares: &[(usize, Span)], of: &dyn Fn(usize) -> Span| {
            shares.iter().fold(Span::ZERO, |sum, (meeting, share)| sum + *share * of(*meeting))
        };
        let coarse: Vec<Span> = free.iter().map(|side| sum(&self.sides[*side].shares, &|j| overall[j])).collect();
        if coarse.iter().all(|span| span.low >= 0 || span.high <= 0) {
            return free.iter().copied().zip(coarse).collect();
        }
        let points: Vec<Pieces> = at_middle.iter().map(|x| Pieces::of(x, x)).collect();
        let central = self.chance.gradient(&points);
        let curvature = self.chance.curvature(meetings);
        let away = |(interval, x): (&Interval, &Fraction)| Span::around(&(&interval.low - x), &(&interval.high - x));
        let away: Vec<Span> = intervals.iter().zip(at_middle).map(away).collect();
        let finer = |(side, coarse): (&usize, Span)| {
            let shares = &self.sides[*side].shares;
            if shares.iter().any(|(meeting, _)| !meetings[*meeting].is_one()) {
                return (*side, coarse);
            }
            let turn = |l: usize| sum(shares, &|j| curvature[j][l]);
            let change = away.iter().enumerate().fold(Span::ZERO, |change, (l, away)| change + turn(l) * *away);
            (*side, coarse.intersect(sum(shares, &|j| central[j]) + change))
        };
        free.iter().zip(coarse).map(finer).collect()
    }

    /// The prices of a side at which a meeting that no other free price moves has whole expected moves.
    fn kinks(&self, side: usize, ends: &Ends, intervals: &[Interval]) -> Vec<Fraction> {
        let mut kinks = Vec::new();
        for (meeting, slope) in &self.sides[side].slopes {
            let others =
                self.sides.iter().enumerate().filter(|(other, _)| *other != side && ends[*other].0 != ends[*other].1);
            if others.flat_map(|(_, other)| &other.slopes).any(|(moved, _)| moved == meeting) {
                continue;
            }
            let Interval { low, high } = &intervals[*meeting];
            let start = if slope.is_negative() { &ends[side].1 } else { &ends[side].0 };
            let mut whole = Fraction::integer(1 + i64::try_from(low.floor_and_rest().0).unwrap_or(0));
            while whole < *high {
                kinks.extend((&whole - low).checked_div(slope).map(|points| start + &points));
                whole = &whole + &Fraction::integer(1);
            }
        }
        kinks.sort_unstable();
        kinks.dedup();
        kinks
    }

    /// Offers the largest value on a side that alone is free and moves at most two meetings: the top of one of the
    /// parabolas between the kinks, or an end of one.
    fn along(&self, side: usize, ends: &Ends, best: &mut Best) {
        let (one, two) = (Fraction::integer(1), Fraction::integer(2));
        for part in cut(ends, side, &self.kinks(side, ends, &self.intervals(ends))) {
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

/// The parts of a box cut at some points of one side.
fn cut(ends: &Ends, side: usize, at: &[Fraction]) -> Vec<Ends> {
    let (low, high) = &ends[side];
    let starts = std::iter::once(low).chain(at);
    let part = |(start, end): (&Fraction, &Fraction)| {
        let mut part = ends.clone();
        part[side] = (start.clone(), end.clone());
        part
    };
    starts.zip(at.iter().chain([high])).map(part).collect()
}

/// The box that was cut into these parts.
fn united(parts: &[Ends]) -> Ends {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return Vec::new() };
    first.iter().zip(last).map(|((low, _), (_, high))| (low.clone(), high.clone())).collect()
}

/// The corner of a box on the side of each derivative's larger end.
fn leaning_corner(ends: &Ends, derivatives: &[(usize, Span)]) -> Vec<Fraction> {
    let mut corner: Vec<Fraction> = ends.iter().map(|(low, _)| low.clone()).collect();
    for (side, derivative) in derivatives {
        if derivative.low + derivative.high > 0 {
            corner[*side] = ends[*side].1.clone();
        }
    }
    corner
}

fn half(value: &Fraction) -> Fraction {
    value / &Fraction::integer(2)
}
