//! [`Chain`]: the expected moves of a chain of meetings while prices move in a [`PriceBox`].

use super::span::Span;
use super::{Interval, PriceIntervals};
use crate::market::contract::ContractMonth;
use crate::rule::Linear;
use crate::units::Fraction;

/// How low and how high each price may be, in points from the quoted one.
pub(super) type PriceBox = Vec<(Fraction, Fraction)>;

/// A price that is free to move, and the meetings that it moves.
pub(super) struct Side {
    pub(super) contract: ContractMonth,
    interval: Interval,
    pub(super) slopes: Vec<(usize, Fraction)>,
    /// The largest of the slopes: moves for one point of price.
    pub(super) unit: Fraction,
    /// The slopes in that unit.
    pub(super) shares: Vec<(usize, Span)>,
}

/// Meetings in their order, and the prices that move them.
pub(super) struct Chain<'a> {
    pub(super) moves: &'a [Linear],
    pub(super) sides: Vec<Side>,
}

impl<'a> Chain<'a> {
    pub(super) fn new(moves: &'a [Linear], prices: &PriceIntervals) -> Self {
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
        Self { moves, sides: contracts.into_iter().filter_map(side).collect() }
    }

    /// The box of all prices within their intervals.
    pub(super) fn whole(&self) -> PriceBox {
        self.sides.iter().map(|side| (side.interval.low.clone(), side.interval.high.clone())).collect()
    }

    /// The expected moves of every meeting at some prices; at the quoted ones where none are said.
    pub(super) fn at(&self, points: &[Fraction]) -> Vec<Fraction> {
        let mut moves: Vec<Fraction> = self.moves.iter().map(|figure| figure.value.clone()).collect();
        for (side, points) in self.sides.iter().zip(points) {
            for (meeting, slope) in &side.slopes {
                moves[*meeting] = &moves[*meeting] + &(slope * points);
            }
        }
        moves
    }

    /// The expected moves of every meeting over a box of prices.
    pub(super) fn intervals(&self, ends: &PriceBox) -> Vec<Interval> {
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

    /// The prices of a side at which a meeting that no other free price moves has whole expected moves.
    pub(super) fn kinks(&self, side: usize, ends: &PriceBox, intervals: &[Interval]) -> Vec<Fraction> {
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
}

/// The parts of a box cut at some points of one side.
pub(super) fn cut(ends: &PriceBox, side: usize, at: &[Fraction]) -> Vec<PriceBox> {
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
pub(super) fn united(parts: &[PriceBox]) -> PriceBox {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return Vec::new() };
    first.iter().zip(last).map(|((low, _), (_, high))| (low.clone(), high.clone())).collect()
}

/// Half of a number.
pub(super) fn half(value: &Fraction) -> Fraction {
    value / &Fraction::integer(2)
}
