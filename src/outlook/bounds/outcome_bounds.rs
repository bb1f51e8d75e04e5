//! [`OutcomeBounds`]: the lowest and highest probability of every outcome while prices move within their intervals.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

use num_traits::ToPrimitive;

use super::super::{Distribution, View};
use super::chance::Chance;
use super::search::{Search, Supremum};
use super::{Event, Interval, PriceIntervals};
use crate::market::bank::CentralBank;
use crate::market::contract::ContractMonth;
use crate::processors::on_all_processors;
use crate::rule::Linear;
use crate::units::{Fraction, Probability};

/// The lowest and the highest probability of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ProbabilityBounds {
    /// No prices within their intervals give less.
    pub low: Bound,
    /// No prices within their intervals give more.
    pub high: Bound,
}

/// One end of what a probability can be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Bound {
    /// The end: no prices within their intervals go beyond it.
    pub probability: Probability,
    /// The farthest probability that some prices within their intervals are known to give. The true end lies between.
    pub reached: Probability,
    /// Such prices: how many points they lie from the quoted ones. A contract that is not named stays as quoted.
    pub at: BTreeMap<ContractMonth, Fraction>,
}

impl Bound {
    /// Whether some prices within their intervals give the bound, so that it is the true end.
    #[must_use]
    pub fn is_attained(&self) -> bool {
        self.probability == self.reached
    }
}

/// A number of moves that [`OutcomeBounds`] does not follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooManyMoves {
    /// The meeting, from 0.
    pub meeting: usize,
    /// Its expected moves.
    pub moves: Box<Interval>,
}

impl fmt::Display for TooManyMoves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected at most 1,000 moves of 25 bp at a meeting, found {:.1} to {:.1} at meeting {} of the chain",
            self.moves.low,
            self.moves.high,
            self.meeting + 1
        )
    }
}

impl std::error::Error for TooManyMoves {}

/// The widest sum of the meetings' intervals, in moves, in which the cumulative view is searched: 25 percentage points.
const WIDEST: i64 = 100;

/// The longest chain in which it is searched: more meetings than the listed contracts reach.
const MOST_MEETINGS: usize = 60;

/// The lowest and highest probability of every outcome after every meeting, while prices move within their intervals.
///
/// ```
/// use std::collections::BTreeMap;
/// use fedpath::{ContractMonth, Fraction, View};
/// use fedpath::bounds::{Event, OutcomeBounds, PriceIntervals};
/// use fedpath::what_if::Linear;
/// let contract = |month| ContractMonth::new(2026, month).unwrap();
/// let slope = |month, slope| Linear::of_price(Fraction::zero(), contract(month), Fraction::integer(slope));
/// // A point on February's price is four moves less in January and four more in March.
/// let january = Linear::constant("-0.35".parse()?).plus(&slope(1, 4)).plus(&slope(2, -4));
/// let march = slope(2, 4).plus(&slope(4, -4));
/// let half_tick: Fraction = "0.0025".parse()?;
/// let prices = PriceIntervals::within([1, 2, 4].map(|month| (contract(month), half_tick.clone())));
///
/// let bounds = OutcomeBounds::new(vec![january, march], prices)?;
/// let cut = bounds.probability(0, View::Cumulative, Event::Ease).unwrap();
/// assert_eq!(cut.to_string(), "33%-37%");
/// let hold = bounds.probability(1, View::Meeting, Event::HOLD).unwrap();
/// assert_eq!(hold.to_string(), "98%-100%");
/// assert!(hold.high.is_attained());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The per-meeting and the aggregated view are piecewise linear in one figure that is linear in the prices: their
/// bounds are always attained. In the cumulative view a price moves meetings against each other, and the largest
/// probability need not lie at the ends of the prices; the bounds then hold every value, and say whether they
/// are attained ([`Bound::is_attained`]). Past 60 meetings, or where all intervals together are wider than 100 moves, nothing
/// is searched: 0 and 1 hold every value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct OutcomeBounds {
    moves: Vec<Linear>,
    prices: PriceIntervals,
    /// The expected moves at each meeting.
    local: Vec<Interval>,
    /// The expected moves from today to after each meeting.
    total: Vec<Interval>,
}

impl OutcomeBounds {
    /// The bounds for a chain of meetings in their order, each with its expected number of 25 bp moves.
    ///
    /// # Errors
    /// Where a meeting's expected moves can pass 1,000 on either side.
    pub fn new(moves: Vec<Linear>, prices: PriceIntervals) -> Result<Self, TooManyMoves> {
        let local: Vec<Interval> = moves.iter().map(|figure| prices.bounds(figure)).collect();
        let most = Fraction::integer(*CentralBank::FED.believable_moves().end());
        let beyond = |moves: &Interval| moves.low.abs() > most || moves.high.abs() > most;
        if let Some(meeting) = local.iter().position(beyond) {
            return Err(TooManyMoves { meeting, moves: Box::new(local[meeting].clone()) });
        }
        let totals = moves.iter().scan(Linear::constant(Fraction::zero()), |sum, figure| {
            *sum = sum.plus(figure);
            Some(prices.bounds(sum))
        });
        let total = totals.collect();
        Ok(Self { moves, prices, local, total })
    }

    /// The number of meetings.
    #[must_use]
    pub fn meetings(&self) -> usize {
        self.moves.len()
    }

    /// The bounds of a meeting's expected moves, as a view counts them: at the meeting, or from today to after it.
    /// `None` past the last meeting. Meetings count from 0.
    #[must_use]
    pub fn expected_moves(&self, meeting: usize, view: View) -> Option<&Interval> {
        match view {
            View::Meeting => self.local.get(meeting),
            View::Aggregated | View::Cumulative => self.total.get(meeting),
        }
    }

    /// The bounds of the probability of an event after a meeting; `None` past the last meeting.
    #[must_use]
    pub fn probability(&self, meeting: usize, view: View, event: Event) -> Option<ProbabilityBounds> {
        let own = self.moves.get(meeting)?;
        Some(match view {
            View::Cumulative if meeting > 0 => self.of_chain(meeting, event),
            View::Cumulative | View::Meeting => self.of_split(own, event),
            View::Aggregated => {
                let before = self.moves[..meeting].iter();
                self.of_split(&before.fold(own.clone(), |sum, figure| sum.plus(figure)), event)
            }
        })
    }

    /// Every number of moves that can have a probability, from the lowest up, with its bounds; `None` past the last
    /// meeting. It may hold outcomes that the quoted prices give no probability.
    #[must_use]
    pub fn outcomes(&self, meeting: usize, view: View) -> Option<Vec<(i64, ProbabilityBounds)>> {
        let bounds = |moves: &i64| Some((*moves, self.probability(meeting, view, Event::Moves(*moves))?));
        let possible = |(_, bounds): &(i64, ProbabilityBounds)| !bounds.high.probability.exact().is_zero();
        let reach: Vec<i64> = self.reach(meeting, view)?.collect();
        Some(on_all_processors(&reach, bounds).into_iter().flatten().filter(possible).collect())
    }

    /// The numbers of moves that a view's splits can touch.
    fn reach(&self, meeting: usize, view: View) -> Option<RangeInclusive<i64>> {
        let touched = |moves: &Interval| {
            let floor = |value: &Fraction| value.floor_and_rest().0.to_i64().unwrap_or(0);
            (floor(&moves.low), -floor(&(&Fraction::zero() - &moves.high)))
        };
        let (low, high) = match view {
            View::Meeting | View::Aggregated => touched(self.expected_moves(meeting, view)?),
            View::Cumulative => {
                let each = self.local.get(..=meeting)?.iter().map(touched);
                each.fold((0, 0), |(low, high), (down, up)| (low + down, high + up))
            }
        };
        Some(low..=high)
    }

    /// The bounds where the outcome is the two-point split of one figure: piecewise linear in it, with kinks where it is
    /// whole and next to the event, so that the ends and these are enough.
    fn of_split(&self, figure: &Linear, event: Event) -> ProbabilityBounds {
        let kinks = match event {
            Event::Ease => vec![-1, 0],
            Event::Moves(k) => vec![k.saturating_sub(1), k, k.saturating_add(1)],
            Event::Hike => vec![0, 1],
        };
        let Interval { low, high } = self.prices.bounds(figure);
        let inside = kinks.into_iter().map(Fraction::integer).filter(|kink| low < *kink && *kink < high);
        let points = [low.clone(), high.clone()].into_iter().chain(inside);
        let mut values: Vec<(Probability, Fraction)> =
            points.map(|moves| (event.probability(&Distribution::split(&moves)), moves)).collect();
        values.sort();
        let bound = |(probability, moves): &(Probability, Fraction)| Bound {
            probability: probability.clone(),
            reached: probability.clone(),
            at: self.prices.reaching(figure, moves),
        };
        ProbabilityBounds { low: bound(&values[0]), high: bound(&values[values.len() - 1]) }
    }

    fn of_chain(&self, meeting: usize, event: Event) -> ProbabilityBounds {
        let (moves, local) = (&self.moves[..=meeting], &self.local[..=meeting]);
        let width = local.iter().map(|moves| &moves.high - &moves.low).fold(Fraction::zero(), |sum, width| sum + width);
        let followed = width <= Fraction::integer(WIDEST) && meeting < MOST_MEETINGS;
        let largest = |negative| {
            let search = Search::new(Chance { event, negative }, moves, &self.prices);
            if followed { search.largest() } else { search.quoted() }
        };
        let bound = |supremum: Supremum| Bound {
            probability: Probability::share(supremum.bound.abs()),
            reached: Probability::share(supremum.found.abs()),
            at: supremum.at,
        };
        ProbabilityBounds { low: bound(largest(true)), high: bound(largest(false)) }
    }
}

impl fmt::Display for ProbabilityBounds {
    /// `33%-37%`, each end as a [`Probability`] prints: exactly, or rounded to the precision asked for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = (&self.low.probability, &self.high.probability);
        match f.precision() {
            Some(places) => write!(f, "{low:.places$}-{high:.places$}"),
            None => write!(f, "{low}-{high}"),
        }
    }
}
