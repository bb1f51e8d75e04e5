//! [`Levels`]: the rates between decisions, as combinations of the unknowns of the least-squares problem.

use super::linear_system;
use super::observations::Observation;
use crate::market::calendar::Meeting;
use crate::units::Fraction;

/// The rates between decisions: the unknowns, and each level as a combination of them and a constant.
pub(super) struct Levels {
    unknowns: usize,
    levels: Vec<Combination>,
}

/// `constant + sum of factor x unknown`.
struct Combination {
    factors: Vec<(usize, Fraction)>,
    constant: Fraction,
}

/// A level as a weighted sum of what the observations say: `constant + sum of weight x said`, a weight an observation.
pub(in crate::rule) struct Estimate {
    pub(in crate::rule) constant: Fraction,
    pub(in crate::rule) weights: Vec<Fraction>,
}

/// The normal equations `X' W X r = X' W (y - c)`: the right side a column an observation, and one for the constants.
struct NormalEquations {
    matrix: Vec<Vec<Fraction>>,
    right: Vec<Vec<Fraction>>,
}

impl Levels {
    /// One unknown a level; today's is `start` where it is given.
    pub(super) fn new(decisions: usize, start: Option<Fraction>) -> Self {
        let unknown =
            |level: usize| Combination { factors: vec![(level, Fraction::integer(1))], constant: Fraction::zero() };
        let mut levels: Vec<_> = (0..=decisions).map(unknown).collect();
        if let (Some(level), Some(constant)) = (levels.first_mut(), start) {
            *level = Combination { factors: Vec::new(), constant };
        }
        Self { unknowns: decisions + 1, levels }
    }

    /// Puts a level between two others.
    pub(super) fn assume(&mut self, level: usize, (before, after): (usize, usize), share: &Fraction) {
        let rest = &Fraction::integer(1) - share;
        let mut between = Combination { factors: Vec::new(), constant: Fraction::zero() };
        for (of, share) in [(before, &rest), (after, share)] {
            let end = &self.levels[of];
            between.factors.extend(end.factors.iter().map(|(unknown, factor)| (*unknown, factor * share)));
            between.constant = &between.constant + &(&end.constant * share);
        }
        self.levels[level] = between;
    }

    /// Each level as the observations estimate it; `None` where they leave it free, alone or mixed with others.
    pub(super) fn estimate(&self, observations: &[Observation]) -> Vec<Option<Estimate>> {
        let equations = self.normal_equations(observations);
        let solved = linear_system::solve(&equations.matrix, &equations.right);
        let level = |level: &Combination| {
            let mut sums = vec![Fraction::zero(); observations.len() + 1];
            for (unknown, factor) in &level.factors {
                for (sum, side) in sums.iter_mut().zip(solved[*unknown].as_ref()?) {
                    *sum = &*sum + &(factor * side);
                }
            }
            let constant = &sums.pop()? + &level.constant;
            Some(Estimate { constant, weights: sums })
        };
        self.levels.iter().map(level).collect()
    }

    fn normal_equations(&self, observations: &[Observation]) -> NormalEquations {
        let zeros = |columns: usize| vec![vec![Fraction::zero(); columns]; self.unknowns];
        let (mut matrix, mut right) = (zeros(self.unknowns), zeros(observations.len() + 1));
        let constants = observations.len();
        for (side, observation) in observations.iter().enumerate() {
            let (row, constant) = self.design_row(observation);
            for (unknown, a) in row.iter().enumerate().filter(|(_, a)| !a.is_zero()) {
                let weighted = a * &observation.weight;
                right[unknown][constants] = &right[unknown][constants] - &(&weighted * &constant);
                for (cell, b) in matrix[unknown].iter_mut().zip(&row) {
                    *cell = &*cell + &(&weighted * b);
                }
                right[unknown][side] = weighted;
            }
        }
        NormalEquations { matrix, right }
    }

    /// What an observation says of the unknowns: a row of `X`, and its constant.
    fn design_row(&self, observation: &Observation) -> (Vec<Fraction>, Fraction) {
        let mut row = vec![Fraction::zero(); self.unknowns];
        let mut constant = Fraction::zero();
        for (level, share) in &observation.shares {
            let level = &self.levels[*level];
            constant = &constant + &(&level.constant * share);
            for (unknown, factor) in &level.factors {
                row[*unknown] = &row[*unknown] + &(factor * share);
            }
        }
        (row, constant)
    }
}

/// The months with several decisions: the level before the first, and how many they are.
pub(super) fn several_decisions(chain: &[Meeting]) -> Vec<(usize, usize)> {
    let mut first = 0;
    let mut found = Vec::new();
    for decisions in chain.chunk_by(|a, b| a.month() == b.month()) {
        if decisions.len() > 1 {
            found.push((first, decisions.len()));
        }
        first += decisions.len();
    }
    found
}
