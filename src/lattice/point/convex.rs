//! The door to the convex solver: conditions and a goal in floating point, a point back.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{DefaultSettings, DefaultSolver, IPSolver, SolverStatus, SupportedConeT};

/// How far a condition may be missed and how far the goal may lie from its best, of numbers of the order of one.
const TOLERANCE: f64 = 1e-9;

/// `sum of coefficient * variable`.
pub(super) type Sum = Vec<(usize, f64)>;

/// A convex programme over variables of any sign.
#[derive(Debug, Default)]
pub(super) struct Convex {
    pub(super) variables: usize,
    /// A sum and the value that it has.
    pub(super) equations: Vec<(Sum, f64)>,
    /// A sum and the most that it may be.
    pub(super) at_most: Vec<(Sum, f64)>,
    /// Sums `x`, `y` and `z` with `y exp(x / y) <= z`: `x` is at most `y log(z / y)`.
    pub(super) exponential: Vec<[Sum; 3]>,
    /// What is made smallest: this sum,
    pub(super) costs: Sum,
    /// and half of the squares of these variables.
    pub(super) squares: Vec<usize>,
}

impl Convex {
    /// The point at which the goal is smallest; `None` where the solver finds none.
    ///
    /// The solver is an interior point method: where several points are best, it ends inside the set of them, and a variable that is
    /// zero at the end is zero at every one.
    pub(super) fn solve(&self) -> Option<Vec<f64>> {
        let (mut rows, mut columns, mut values, mut right) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut add = |sum: &Sum, sign: f64, bound: f64| {
            for (column, coefficient) in sum {
                rows.push(right.len());
                columns.push(*column);
                values.push(sign * coefficient);
            }
            right.push(bound);
        };
        for (sum, bound) in self.equations.iter().chain(&self.at_most) {
            // A row of rates is as large as its strikes are far: each is measured in its own largest coefficient.
            let largest = sum.iter().map(|(_, coefficient)| coefficient.abs()).fold(f64::MIN_POSITIVE, f64::max);
            add(sum, 1.0 / largest, bound / largest);
        }
        for sum in self.exponential.iter().flatten() {
            add(sum, -1.0, 0.0);
        }
        let conditions = CscMatrix::new_from_triplets(right.len(), self.variables, rows, columns, values);
        let ones = vec![1.0; self.squares.len()];
        let squares = CscMatrix::new_from_triplets(
            self.variables,
            self.variables,
            self.squares.clone(),
            self.squares.clone(),
            ones,
        );
        let mut costs = vec![0.0; self.variables];
        for (column, cost) in &self.costs {
            costs[*column] += cost;
        }
        let linear =
            [SupportedConeT::ZeroConeT(self.equations.len()), SupportedConeT::NonnegativeConeT(self.at_most.len())];
        let cones: Vec<_> =
            linear.into_iter().chain(self.exponential.iter().map(|_| SupportedConeT::ExponentialConeT())).collect();
        let settings = DefaultSettings {
            verbose: false,
            tol_feas: TOLERANCE,
            tol_gap_abs: TOLERANCE,
            tol_gap_rel: TOLERANCE,
            ..DefaultSettings::default()
        };
        let mut solver = DefaultSolver::new(&squares, &costs, &conditions, &right, &cones, settings).ok()?;
        solver.solve();
        // Where quotes leave hardly any room the solver stops a little short of its tolerance.
        let is_solved = matches!(solver.solution.status, SolverStatus::Solved | SolverStatus::AlmostSolved);
        is_solved.then(|| solver.solution.x.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::Convex;

    /// Four shares with a given mean: the most even ones are in geometric progression.
    #[test]
    fn the_most_even_shares_with_a_mean_are_in_geometric_progression() {
        let shares = 4;
        let mut convex = Convex { variables: 2 * shares, ..Convex::default() };
        convex.equations.push(((0..shares).map(|share| (share, 1.0)).collect(), 1.0));
        convex.equations.push((vec![(1, 1.0), (2, 2.0), (3, 3.0)], 1.0));
        let all: Vec<(usize, f64)> = (0..shares).map(|share| (share, 1.0)).collect();
        convex.exponential =
            (0..shares).map(|share| [vec![(shares + share, 1.0)], vec![(share, 1.0)], all.clone()]).collect();
        convex.costs = (shares..2 * shares).map(|entropy| (entropy, -1.0)).collect();
        let found = convex.solve().unwrap();
        for pair in found[..shares].windows(3) {
            assert!((pair[1] * pair[1] - pair[0] * pair[2]).abs() < 1e-6, "{found:?}");
        }
    }

    #[test]
    fn conditions_that_contradict_each_other_have_no_point() {
        let mut convex = Convex { variables: 1, ..Convex::default() };
        convex.at_most = vec![(vec![(0, 1.0)], 1.0), (vec![(0, -1.0)], -2.0)];
        assert_eq!(convex.solve(), None);
    }
}
