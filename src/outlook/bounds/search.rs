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
//! `enclosure` holds what is known of a box: its derivatives, and a bound of its values. `ascent` finds large values. Source:
//! the monotonicity test and the mean value form of interval analysis (Moore, Kearfott and Cloud 2009, Introduction to
//! Interval Analysis).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::PriceIntervals;
use super::chance::{Chance, Pieces};
use super::enclosure::{Enclosure, middle_of};
use super::price_box::{Chain, PriceBox, cut, united};
use super::span::{self, ONE};
use crate::market::contract::ContractMonth;
use crate::rule::Linear;
use crate::units::Fraction;

/// How many boxes a search over nine meetings looks into before it settles for a bound.
const BOXES: usize = 48;

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
    pub(super) chance: Chance,
    pub(super) chain: Chain<'a>,
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
pub(super) struct Best {
    pub(super) value: Fraction,
    floor: i128,
    pub(super) at: Vec<Fraction>,
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
    pub(super) fn offer(&self, at: Vec<Fraction>, best: &mut Best) -> Fraction {
        let value = self.chance.exact(&self.chain.at(&at));
        if value > best.value {
            *best = Best { floor: span::below(&value), value: value.clone(), at };
        }
        value
    }

    /// A bound of all values in a box, and the parts of it that are still to be looked into.
    fn look_into(&self, mut ends: PriceBox, best: &mut Best) -> (i128, Vec<PriceBox>) {
        let enclosure = loop {
            let free = free_sides(&ends);
            if free.is_empty() {
                self.offer(middle_of(&ends), best);
                return (best.floor, Vec::new());
            }
            if let [side] = free[..]
                && self.chain.sides[side].slopes.len() <= 2
            {
                self.along(side, &ends, best);
                return (best.floor, Vec::new());
            }
            let enclosure = Enclosure::new(&self.chance, &self.chain, &ends, free);
            match enclosure.without_monotone_sides(&ends) {
                Some(smaller) => ends = smaller,
                None => break enclosure,
            }
        };
        // No derivative has one sign: the corner that they lean to is as good a guess as any.
        self.offer(enclosure.leaning_corner(&ends), best);
        self.offer(enclosure.middle.clone(), best);
        let side = enclosure.widest_side();
        let kinks = self.chain.kinks(side, &ends, &enclosure.intervals);
        let at = if kinks.is_empty() { vec![enclosure.middle[side].clone()] } else { kinks };
        (enclosure.bound(), cut(&ends, side, &at))
    }
}

/// The sides of a box that have a length.
fn free_sides(ends: &PriceBox) -> Vec<usize> {
    (0..ends.len()).filter(|side| ends[*side].0 != ends[*side].1).collect()
}
