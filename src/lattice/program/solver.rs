//! The door to the solver: a programme in floating point, a corner back.

use std::collections::BTreeSet;

use microlp::{ComparisonOp, Error, LinearExpr, OptimizationDirection, Problem, SolveOptions};

use super::{NoOptimum, Program};
use crate::units::Fraction;

/// How far a row or a bound may be missed: the least that the solver takes. A corner beside the smallest one has to be told from it.
const FEASIBILITY: f64 = 1e-10;

/// From how much on a row that the solver has not seen is taken up.
const MISSED: f64 = 1e-9;

/// A programme in floating point: its rows are many, and read for every corner.
pub(super) struct Numbers {
    pub(super) columns: Vec<(f64, f64)>,
    pub(super) rows: Vec<NumberRow>,
}

/// One row in floating point; an open side is infinite.
pub(super) struct NumberRow {
    terms: Vec<(usize, f64)>,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) is_equation: bool,
}

impl NumberRow {
    /// The value of the row at a point.
    pub(super) fn at(&self, point: &[f64]) -> f64 {
        self.terms.iter().map(|(column, coefficient)| coefficient * point[*column]).sum()
    }
}

/// A row, and whether it is its high side.
pub(super) type RowSide = (usize, bool);

impl Numbers {
    pub(super) fn of(program: &Program) -> Self {
        let low = |bound: &Option<Fraction>| bound.as_ref().map_or(f64::NEG_INFINITY, Fraction::to_f64);
        let high = |bound: &Option<Fraction>| bound.as_ref().map_or(f64::INFINITY, Fraction::to_f64);
        let row = |row: &super::Row| NumberRow {
            terms: row.terms.iter().map(|(column, coefficient)| (*column, coefficient.to_f64())).collect(),
            low: low(&row.low),
            high: high(&row.high),
            is_equation: row.low.is_some() && row.low == row.high,
        };
        Self {
            columns: program.columns.iter().map(|column| (low(&column.low), high(&column.high))).collect(),
            rows: program.rows.iter().map(row).collect(),
        }
    }

    /// A corner of the feasible set at which the objective is smallest, nearly.
    ///
    /// Few rows hold a corner: the solver is given the equations and the sides in `seen`, and then each side that its corner
    /// misses, until it misses none. `weights` other than 0 have it go another way to the same corner.
    pub(super) fn minimise(
        &self,
        objective: &[(usize, Fraction)],
        seen: &mut BTreeSet<RowSide>,
        weights: u32,
    ) -> Result<Vec<f64>, NoOptimum> {
        let mut costs = vec![0.0; self.columns.len()];
        for (column, weight) in objective {
            costs[*column] += weight.to_f64();
        }
        loop {
            let point = self.solve(&costs, seen, weights)?;
            let before = seen.len();
            for (index, row) in self.rows.iter().enumerate().filter(|(_, row)| !row.is_equation) {
                let at = row.at(&point);
                if at < row.low - MISSED {
                    seen.insert((index, false));
                } else if at > row.high + MISSED {
                    seen.insert((index, true));
                }
            }
            if seen.len() == before {
                return Ok(point);
            }
        }
    }

    fn solve(&self, costs: &[f64], seen: &BTreeSet<RowSide>, weights: u32) -> Result<Vec<f64>, NoOptimum> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let columns = self.columns.iter().zip(costs);
        let variables: Vec<_> = columns.map(|(bounds, cost)| problem.add_var(*cost, *bounds)).collect();
        let mut add = |index: usize, comparison: ComparisonOp, side: f64| {
            let weight = weight(index, weights);
            let mut terms = LinearExpr::empty();
            for (column, coefficient) in &self.rows[index].terms {
                terms.add(variables[*column], coefficient * weight);
            }
            problem.add_constraint(terms, comparison, side * weight);
        };
        for (index, row) in self.rows.iter().enumerate().filter(|(_, row)| row.is_equation) {
            add(index, ComparisonOp::Eq, row.low);
        }
        for (index, is_high) in seen {
            let row = &self.rows[*index];
            let (comparison, side) = if *is_high { (ComparisonOp::Le, row.high) } else { (ComparisonOp::Ge, row.low) };
            add(*index, comparison, side);
        }
        let mut options = SolveOptions::default();
        options.tolerances.feasibility = FEASIBILITY;
        let solved = problem.solve_with(options).map_err(|error| match error {
            Error::Infeasible => NoOptimum::Infeasible,
            _ => NoOptimum::Failed,
        })?;
        let solution = solved.into_solution().map_err(|_| NoOptimum::Failed)?;
        Ok(variables.into_iter().map(|variable| solution.var_value(variable)).collect())
    }
}

/// The number that a row is taken times: powers of two, so that no figure of the row is rounded.
fn weight(row: usize, weights: u32) -> f64 {
    const FACTORS: [f64; 5] = [1.0, 0.25, 4.0, 0.5, 2.0];
    let times = usize::try_from(weights).unwrap_or(0);
    FACTORS[(row * times) % FACTORS.len()]
}
