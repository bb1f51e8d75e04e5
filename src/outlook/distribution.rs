//! [`Distribution`]: exact probabilities of a number of 25 bp moves.

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};

use crate::units::{Fraction, Probability};

/// The exact probabilities of so many 25 bp moves of the target range, cuts negative.
///
/// The weights are integers over one common total, so that a convolution multiplies integers and their sum is
/// the total exactly; fractions are reduced only where a probability is read.
///
/// ```
/// use fedpath::{Distribution, Fraction};
/// let december = Distribution::split(&Fraction::ratio(-7, 20).unwrap());
/// let january = Distribution::split(&Fraction::ratio(-31, 100).unwrap());
/// let after_both = december.then(&january);
/// assert_eq!(after_both.probability(-2).to_string(), "10.85%");
/// assert_eq!(after_both.ease().to_string(), "55.15%");
/// assert_eq!(after_both.mean().to_string(), "-33/50");
/// ```
#[derive(Debug, Clone)]
pub struct Distribution {
    lowest: i64,
    weights: Vec<BigInt>,
    total: BigInt,
}

/// The largest number of moves that is told apart.
const FARTHEST: i64 = 1 << 62;

impl Distribution {
    /// The two neighbouring whole numbers of moves whose mean is `expected_moves`: with `k` its floor and `f` the
    /// rest, `k` moves have probability `1 - f` and `k + 1` have `f`. Source: CME, Understanding the CME Group
    /// FedWatch Tool Methodology.
    ///
    /// A number of moves past 62 bits, which no [`PolicyPath`](crate::PolicyPath) holds, counts as one of 62 bits.
    #[must_use]
    pub fn split(expected_moves: &Fraction) -> Self {
        let (floor, rest) = expected_moves.floor_and_rest();
        let bound = if expected_moves.is_negative() { -FARTHEST } else { FARTHEST };
        let lowest = floor.to_i64().filter(|moves| (-FARTHEST..=FARTHEST).contains(moves)).unwrap_or(bound);
        let total = rest.denominator();
        let mut weights = vec![&total - rest.numerator()];
        if !rest.is_zero() {
            weights.push(rest.numerator());
        }
        Self { lowest, weights, total }
    }

    /// The distribution of weights, from that of `lowest` moves up, that add up to `total`.
    pub(crate) fn of_weights(lowest: i64, weights: Vec<BigInt>, total: BigInt) -> Self {
        Self { lowest, weights, total }
    }

    /// The distribution of the sum of this number of moves and an independent other: the convolution.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let mut weights = vec![BigInt::zero(); self.weights.len() + next.weights.len() - 1];
        for (i, a) in self.weights.iter().enumerate() {
            for (j, b) in next.weights.iter().enumerate() {
                weights[i + j] += a * b;
            }
        }
        Self { lowest: self.lowest.saturating_add(next.lowest), weights, total: &self.total * &next.total }
    }

    /// The probability of exactly so many moves.
    #[must_use]
    pub fn probability(&self, moves: i64) -> Probability {
        self.mass(|outcome| outcome == moves)
    }

    /// The outcomes that have a probability, from the lowest up.
    pub fn outcomes(&self) -> impl Iterator<Item = (i64, Probability)> + '_ {
        self.possible().map(|(moves, weight)| (moves, self.share(weight.clone())))
    }

    /// The probability of a lower range than today's.
    #[must_use]
    pub fn ease(&self) -> Probability {
        self.mass(|outcome| outcome < 0)
    }

    /// The probability of today's range.
    #[must_use]
    pub fn hold(&self) -> Probability {
        self.mass(|outcome| outcome == 0)
    }

    /// The probability of a higher range than today's.
    #[must_use]
    pub fn hike(&self) -> Probability {
        self.mass(|outcome| outcome > 0)
    }

    /// The expected number of moves.
    #[must_use]
    pub fn mean(&self) -> Fraction {
        let weighted: BigInt = self.weighted().map(|(moves, weight)| weight * moves).sum();
        Fraction::from_parts(weighted, self.total.clone()).unwrap_or_else(Fraction::zero)
    }

    /// The probability of the outcomes that count.
    pub(crate) fn mass(&self, counts: impl Fn(i64) -> bool) -> Probability {
        self.share(self.weighted().filter(|(moves, _)| counts(*moves)).map(|(_, weight)| weight).sum())
    }

    fn share(&self, weight: BigInt) -> Probability {
        Probability::share(Fraction::from_parts(weight, self.total.clone()).unwrap_or_else(Fraction::zero))
    }

    /// The numbers of moves that have a probability, and their weights.
    fn possible(&self) -> impl Iterator<Item = (i64, &BigInt)> {
        self.weighted().filter(|(_, weight)| !weight.is_zero())
    }

    fn weighted(&self) -> impl Iterator<Item = (i64, &BigInt)> {
        let count = |index: usize| self.lowest.saturating_add(i64::try_from(index).unwrap_or(i64::MAX));
        self.weights.iter().enumerate().map(move |(index, weight)| (count(index), weight))
    }
}

/// Equal are distributions that give every number of moves the same probability, whatever total their weights add up to.
impl PartialEq for Distribution {
    fn eq(&self, other: &Self) -> bool {
        // In lowest terms or not: the weights are held against each other over both totals.
        self.possible()
            .map(|(moves, weight)| (moves, weight * &other.total))
            .eq(other.possible().map(|(moves, weight)| (moves, weight * &self.total)))
    }
}

impl Eq for Distribution {}

#[cfg(test)]
mod tests {
    use super::{Distribution, Fraction};

    #[test]
    fn a_split_has_the_mean_it_was_made_from() {
        for (moves, outcomes) in [
            ("0", "0: 100%"),
            ("-1", "-1: 100%"),
            ("3/10", "0: 70%, 1: 30%"),
            ("-3/10", "-1: 30%, 0: 70%"),
            ("-27/20", "-2: 35%, -1: 65%"),
            ("1/3", "0: 200/3%, 1: 100/3%"),
        ] {
            let moves: Fraction = moves.parse().unwrap();
            let split = Distribution::split(&moves);
            let listed: Vec<String> = split.outcomes().map(|(k, p)| format!("{k}: {p}")).collect();
            assert_eq!(listed.join(", "), outcomes);
            assert_eq!(split.mean(), moves);
        }
    }
}
