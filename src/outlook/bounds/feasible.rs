//! [`Feasible`]: what the mean of a number of moves says of its outcomes, and what it leaves open.

use std::fmt;

use super::Event;
use crate::units::{Fraction, Probability};

/// The lowest and the highest probability of outcomes that a mean number of moves allows, whatever the distribution.
///
/// A futures price gives the mean and nothing else. The two-point split of FedWatch is one distribution with that mean;
/// this holds what all of them have in common, once a lowest and a highest number of moves is granted.
///
/// A distribution on `a, ..., b` with mean `m` is a mixture of two-point distributions with mean `m`, so that the extremes
/// lie on at most two points. With the nearest outcome inside the event below or above `m`, and the ends `a` and `b`
/// outside of it, that leaves one fraction for each bound. Source: the one-moment case of the classical
/// moment problem (Karlin and Studden 1966, Tchebycheff Systems, chapter XII).
///
/// ```
/// use fedpath::Fraction;
/// use fedpath::bounds::{Event, Feasible};
/// let moves = Feasible::new(&Fraction::ratio(-7, 20).unwrap(), -2, 2)?;
/// // The split says 35 % and 65 %. The mean alone says:
/// let cut = moves.bounds(Event::Moves(-1));
/// assert_eq!((cut.0.to_string(), format!("{:.1}", cut.1)), ("0%".into(), "78.3%".into()));
/// let hold = moves.bounds(Event::HOLD);
/// assert_eq!((hold.0.to_string(), hold.1.to_string()), ("0%".into(), "82.5%".into()));
/// let ease = moves.bounds(Event::Ease);
/// assert_eq!((ease.0.to_string(), format!("{:.1}", ease.1)), ("17.5%".into(), "78.3%".into()));
/// # Ok::<(), fedpath::bounds::MeanOutsideMoves>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Feasible {
    mean: Fraction,
    lowest: i64,
    highest: i64,
}

/// Neighbouring outcomes, from the first to the last.
type Run = (i64, i64);

/// A mean that no distribution on the granted moves has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeanOutsideMoves {
    /// The mean number of moves.
    pub mean: Fraction,
    /// The lowest number of moves granted.
    pub lowest: i64,
    /// The highest.
    pub highest: i64,
}

impl fmt::Display for MeanOutsideMoves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mean, lowest, highest } = self;
        write!(
            f,
            "expected a mean between the lowest and the highest number of moves, {lowest} and {highest}, found {}",
            mean.shortest()
        )
    }
}

impl std::error::Error for MeanOutsideMoves {}

impl Feasible {
    /// The distributions on the whole numbers of moves from `lowest` to `highest`, both included, that have a mean.
    ///
    /// # Errors
    /// Where the mean lies below `lowest` or above `highest`: there is none.
    pub fn new(mean: &Fraction, lowest: i64, highest: i64) -> Result<Self, MeanOutsideMoves> {
        if *mean < Fraction::integer(lowest) || *mean > Fraction::integer(highest) {
            return Err(MeanOutsideMoves { mean: mean.clone(), lowest, highest });
        }
        Ok(Self { mean: mean.clone(), lowest, highest })
    }

    /// The lowest and the highest probability of an event; some distribution with the mean has each.
    #[must_use]
    pub fn bounds(&self, event: Event) -> (Probability, Probability) {
        let (inside, outside) = self.runs(event);
        let not: Fraction = &Fraction::integer(1) - &self.most(&outside);
        (Probability::share(not), Probability::share(self.most(&inside)))
    }

    /// The highest probability of a set of outcomes, given as runs of whole numbers.
    ///
    /// The chance to be in the set is a line in the mean on each side of a run: from the outcome `k` of the set that is
    /// nearest to the mean, down to the end of the support that is not in the set. Where the mean lies within a run
    /// or between two, it is 1.
    fn most(&self, runs: &[Run]) -> Fraction {
        let (Some((first, _)), Some((_, last))) = (runs.first(), runs.last()) else { return Fraction::zero() };
        let (first, last) = (Fraction::integer(*first), Fraction::integer(*last));
        let share = |end: i64, nearest: &Fraction| {
            let end = Fraction::integer(end);
            (&self.mean - &end).checked_div(&(nearest - &end)).unwrap_or_else(Fraction::zero)
        };
        if self.mean < first {
            share(self.lowest, &first)
        } else if self.mean > last {
            share(self.highest, &last)
        } else {
            Fraction::integer(1)
        }
    }

    /// The outcomes of an event, and all others, as runs of whole numbers from the lowest up.
    fn runs(&self, event: Event) -> (Vec<Run>, Vec<Run>) {
        let (below, own, above) = match event {
            Event::Ease => (None, (self.lowest, -1), Some(0)),
            Event::Moves(k) => (k.checked_sub(1), (k, k), k.checked_add(1)),
            Event::Hike => (Some(0), (1, self.highest), None),
        };
        let within = |(low, high): (i64, i64)| Some((low.max(self.lowest), high.min(self.highest)));
        let run = |ends: (i64, i64)| within(ends).filter(|(low, high)| low <= high);
        let others =
            [below.and_then(|end| run((self.lowest, end))), above.and_then(|start| run((start, self.highest)))];
        (run(own).into_iter().collect(), others.into_iter().flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Feasible, Fraction};

    #[test]
    fn a_mean_leaves_a_range_for_each_outcome() {
        for (mean, ends, event, low, high) in [
            ("0", (-2, 2), Event::HOLD, "0%", "100%"),
            ("0", (-2, 2), Event::Moves(1), "0%", "200/3%"),
            ("0", (-2, 2), Event::Moves(2), "0%", "50%"),
            ("0", (-2, 2), Event::Moves(3), "0%", "0%"),
            ("0", (-2, 2), Event::Ease, "0%", "200/3%"),
            // Near an end, what lies there is forced.
            ("1.75", (-2, 2), Event::Moves(2), "75%", "93.75%"),
            ("-1.75", (-2, 2), Event::Moves(-2), "75%", "93.75%"),
            ("1.75", (-2, 2), Event::Hike, "87.5%", "100%"),
            ("2", (-2, 2), Event::Moves(2), "100%", "100%"),
            ("2", (-2, 2), Event::Moves(1), "0%", "0%"),
            // Two outcomes are the split, one is certain.
            ("0.35", (0, 1), Event::Moves(1), "35%", "35%"),
            ("1", (1, 1), Event::Hike, "100%", "100%"),
            ("1", (1, 1), Event::Ease, "0%", "0%"),
            // An outcome that is granted on one side only.
            ("0.35", (0, 2), Event::HOLD, "65%", "82.5%"),
        ] {
            let feasible = Feasible::new(&mean.parse().unwrap(), ends.0, ends.1).unwrap();
            let bounds = feasible.bounds(event);
            assert_eq!(
                (bounds.0.to_string(), bounds.1.to_string()),
                (low.into(), high.into()),
                "{mean} {ends:?} {event}"
            );
        }
    }

    #[test]
    fn no_distribution_has_a_mean_outside() {
        for (lowest, highest) in [(-2, 2), (3, 1)] {
            let error = Feasible::new(&Fraction::ratio(5, 2).unwrap(), lowest, highest).unwrap_err();
            let expected = "expected a mean between the lowest and the highest number of moves, ";
            assert_eq!(error.to_string(), format!("{expected}{lowest} and {highest}, found 2.5"));
        }
    }

    #[test]
    fn the_farthest_moves_do_no_harm() {
        let feasible = Feasible::new(&Fraction::zero(), i64::MIN, i64::MAX).unwrap();
        for event in [Event::Ease, Event::Hike, Event::Moves(i64::MIN), Event::Moves(i64::MAX), Event::HOLD] {
            let (low, high) = feasible.bounds(event);
            assert!(low <= high);
        }
    }
}
