//! [`Chance`]: the probability of an event, its derivatives, and what surely holds them, over boxes of expected moves.
//!
//! With `S` the shift by one move and `z = S - 1`, a meeting of expected moves `n + f` turns a function of the number of moves
//! after it into one of the number before it: `S^n (1 + f z)`. The product over all meetings, applied to the indicator
//! of the event and read at no moves, is the probability; leaving out a meeting's own factor and putting `S^n z` in its
//! place gives the derivative in its expected moves. A factor mixes two neighbours by weights from 0 to 1,
//! so spans that go through it stay tight.

use super::super::Distribution;
use super::Event;
use super::span::{ONE, Span, above, below};
use crate::units::Fraction;

/// One linear piece of a two-point split: `floor` moves or one more, the latter by a probability between two grid points.
#[derive(Debug, Clone, Copy)]
struct Piece {
    floor: i64,
    from: i128,
    to: i128,
}

/// The expected moves of one meeting, known to an interval: the pieces that it touches, from the lowest up.
#[derive(Debug, Clone)]
pub(super) struct Pieces(Vec<Piece>);

impl Pieces {
    /// The pieces of an interval, both of whose ends are within 2,000 moves of zero.
    pub(super) fn of(low: &Fraction, high: &Fraction) -> Self {
        let floor = |value: &Fraction| i64::try_from(value.floor_and_rest().0).unwrap_or(0);
        let (first, last) = (floor(low), -floor(&(high * &Fraction::integer(-1))) - 1);
        let piece = |n: i64| {
            let start = Fraction::integer(n);
            Piece { floor: n, from: below(&(low - &start)).max(0), to: above(&(high - &start)).min(super::span::ONE) }
        };
        Self((first..=last.max(first)).map(piece).collect())
    }

    /// The lowest or the highest of the pieces, drawn out over an interval.
    pub(super) fn extended(&self, low: &Fraction, high: &Fraction, upper: bool) -> Self {
        let floor = if upper { self.highest() } else { self.lowest() };
        let start = Fraction::integer(floor);
        Self(vec![Piece { floor, from: below(&(low - &start)), to: above(&(high - &start)) }])
    }

    /// How far the interval goes beyond the pieces: more than nothing where one of them is extended.
    pub(super) fn excess(&self) -> i128 {
        let beyond = |piece: &Piece| (-piece.from).max(piece.to - ONE);
        self.0.iter().map(beyond).max().unwrap_or(0).max(0)
    }

    /// Whether no kink lies inside the interval.
    pub(super) fn is_one(&self) -> bool {
        self.0.len() == 1
    }

    fn lowest(&self) -> i64 {
        self.0.first().map_or(0, |piece| piece.floor)
    }

    fn highest(&self) -> i64 {
        self.0.last().map_or(0, |piece| piece.floor)
    }

    /// The function before the meeting.
    fn before(&self, after: &Function) -> Function {
        let first = after.first - self.lowest();
        let last = after.last() - self.highest() - 1;
        let value = |moves: i64| {
            let mixed = self.0.iter().map(|piece| {
                let at = moves + piece.floor;
                after.at(at).mixed(after.at(at + 1), piece.from, piece.to)
            });
            mixed.reduce(Span::hull).unwrap_or(Span::ZERO)
        };
        Function { first, values: (first..=last).map(value).collect() }
    }
}

/// A function of the number of moves, on the window that can still be reached.
#[derive(Debug, Clone)]
struct Function {
    first: i64,
    values: Vec<Span>,
}

impl Function {
    fn last(&self) -> i64 {
        self.first + i64::try_from(self.values.len()).unwrap_or(0) - 1
    }

    fn at(&self, moves: i64) -> Span {
        let index = usize::try_from(moves - self.first).ok();
        index.and_then(|index| self.values.get(index)).copied().unwrap_or(Span::ZERO)
    }

    fn hull(&self) -> Span {
        self.values.iter().copied().reduce(Span::hull).unwrap_or(Span::ZERO)
    }
}

/// The probability of an event after some meetings, or its negative: what a search makes as large as it can.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chance {
    pub(super) event: Event,
    /// Whether it counts negative, so that its largest value is the smallest probability.
    pub(super) negative: bool,
}

impl Chance {
    /// The value where every meeting's expected moves are known.
    pub(super) fn exact(self, moves: &[Fraction]) -> Fraction {
        let start = Distribution::split(&Fraction::zero());
        let end = moves.iter().fold(start, |sum, moves| sum.then(&Distribution::split(moves)));
        let probability = self.event.probability(&end).exact().clone();
        if self.negative { &Fraction::zero() - &probability } else { probability }
    }

    /// What holds the value.
    pub(super) fn value(self, meetings: &[Pieces]) -> Span {
        let end = self.end(meetings, 0);
        meetings.iter().rev().fold(end, |function, pieces| pieces.before(&function)).hull()
    }

    /// What holds the derivative in each meeting's expected moves: on both sides of a kink.
    pub(super) fn gradient(self, meetings: &[Pieces]) -> Vec<Span> {
        let mut gradient = vec![Span::ZERO; meetings.len()];
        let mut later = self.end(meetings, 1);
        for (j, own) in meetings.iter().enumerate().rev() {
            gradient[j] = meetings[..j].iter().rev().fold(later.clone(), |f, pieces| pieces.before(&f)).hull();
            later = own.before(&later);
        }
        gradient
    }

    /// What holds the second derivative in each pair of meetings; in one meeting alone it is zero, but for kinks.
    pub(super) fn curvature(self, meetings: &[Pieces]) -> Vec<Vec<Span>> {
        let mut curvature = vec![vec![Span::ZERO; meetings.len()]; meetings.len()];
        let mut later = self.end(meetings, 2);
        for l in (0..meetings.len()).rev() {
            let mut between = later.clone();
            for j in (0..l).rev() {
                let span = meetings[..j].iter().rev().fold(between.clone(), |f, pieces| pieces.before(&f)).hull();
                (curvature[j][l], curvature[l][j]) = (span, span);
                between = meetings[j].before(&between);
            }
            later = meetings[l].before(&later);
        }
        curvature
    }

    /// What holds the change of the derivative in one meeting's expected moves at its kinks.
    pub(super) fn bend(self, meetings: &[Pieces], meeting: usize) -> Span {
        let others = meetings.iter().enumerate().rev().filter(|(other, _)| *other != meeting);
        others.fold(self.end(meetings, 2), |function, (_, pieces)| pieces.before(&function)).hull()
    }

    /// `z^order` of the indicator of the event, on all numbers of moves that the meetings can reach.
    fn end(self, meetings: &[Pieces], order: usize) -> Function {
        let first = meetings.iter().map(Pieces::lowest).sum();
        let last: i64 = meetings.iter().map(|pieces| pieces.highest() + 1).sum();
        let indicator = |moves: i64| match (self.event.holds(moves), self.negative) {
            (false, _) => 0,
            (true, false) => 1,
            (true, true) => -1,
        };
        let mut values: Vec<i128> = (first..=last).map(indicator).collect();
        for _ in 0..order {
            values = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
        }
        Function { first, values: values.into_iter().map(Span::integer).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::span::exact;
    use super::{Chance, Event, Fraction, Pieces};

    fn fractions(texts: &[&str]) -> Vec<Fraction> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    /// Between whole numbers the chance is linear in one meeting's moves: a difference is the derivative.
    #[test]
    fn derivatives_are_differences() {
        let moves = fractions(&["-0.35", "0.2", "1.3", "-2.25"]);
        let step: Fraction = "0.01".parse().unwrap();
        let moved = |of: &[usize]| -> Vec<Fraction> {
            let shift = |(j, x): (usize, &Fraction)| if of.contains(&j) { x + &step } else { x.clone() };
            moves.iter().enumerate().map(shift).collect()
        };
        let pieces: Vec<Pieces> = moves.iter().map(|x| Pieces::of(x, x)).collect();
        let grid: Fraction = "0.0000000001".parse().unwrap();
        let near = |a: i128, b: &Fraction| assert!((&exact(a) - b).abs() < grid, "{} {b}", exact(a));
        for event in [Event::Ease, Event::Moves(-2), Event::HOLD, Event::Hike] {
            let chance = Chance { event, negative: true };
            let at = |of: &[usize]| chance.exact(&moved(of));
            near(chance.value(&pieces).low, &at(&[]));
            for (j, derivative) in chance.gradient(&pieces).into_iter().enumerate() {
                near(derivative.high, &(&(&at(&[j]) - &at(&[])) / &step));
                for l in (0..moves.len()).filter(|l| *l != j) {
                    let second = &(&at(&[j, l]) - &at(&[j])) - &(&at(&[l]) - &at(&[]));
                    near(chance.curvature(&pieces)[j][l].low, &(&second / &(&step * &step)));
                }
            }
        }
    }

    #[test]
    fn the_hold_bends_down_at_no_moves_and_its_neighbour_up() {
        let around = Pieces::of(&"-0.02".parse().unwrap(), &"0.02".parse().unwrap());
        for (event, bend) in [(Event::HOLD, -2), (Event::Moves(1), 1), (Event::Ease, 1)] {
            let bent = Chance { event, negative: false }.bend(std::slice::from_ref(&around), 0);
            assert_eq!((exact(bent.low), exact(bent.high)), (Fraction::integer(bend), Fraction::integer(bend)));
        }
    }
}
