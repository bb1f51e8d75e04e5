//! The door to the solver: a programme in floating point, a corner back.

use std::collections::BTreeSet;

use microlp::{ComparisonOp, Error, LinearExpr, OptimizationDirection, Problem, Solution, SolveOptions, Variable};

use super::linear::{NoOptimum, Program};
use crate::units::Fraction;

/// How far a row or a bound may be missed: the least that the solver takes. A corner beside the smallest one has to be told from it.
const FEASIBILITY: f64 = 1e-10;

/// From how much on a row that the solver has not seen is taken up.
const MISSED: f64 = 1e-9;

/// So many missed sides are taken up one by one; with more the solver starts anew, which takes no longer.
const FEW: usize = 24;

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
            let mut problem = Problem::new(OptimizationDirection::Minimize);
            let columns = self.columns.iter().zip(&costs);
            let variables: Vec<Variable> = columns.map(|(bounds, cost)| problem.add_var(*cost, *bounds)).collect();
            self.add_rows(&mut problem, &variables, seen, weights);
            let solved = problem.solve_with(options()).map_err(|error| reason(&error))?;
            let solution = solved.into_solution().map_err(|_| NoOptimum::Failed)?;
            let missed: Vec<RowSide> = self.missed(&point(&solution, &variables)).map(|(side, _)| side).collect();
            if missed.iter().filter(|side| !seen.contains(*side)).count() <= FEW {
                return self.settled(solution, &variables, seen, weights).map(|(_, point)| point);
            }
            seen.extend(missed);
        }
    }

    /// Gives the solver one missed side after the other, the worst first, from each of which it goes on to the next corner, until
    /// none is missed.
    pub(super) fn settled(
        &self,
        mut solution: Solution,
        variables: &[Variable],
        seen: &mut BTreeSet<RowSide>,
        weights: u32,
    ) -> Result<(Solution, Vec<f64>), NoOptimum> {
        loop {
            let point = point(&solution, variables);
            let missed = self.missed(&point).filter(|(side, _)| !seen.contains(side));
            let Some((worst, _)) = missed.max_by(|(_, by), (_, other)| by.total_cmp(other)) else {
                return Ok((solution, point));
            };
            seen.insert(worst);
            let (terms, comparison, bound) = self.side(variables, worst, weight(worst.0, weights));
            let solved = solution.add_constraint(terms, comparison, bound).map_err(|error| reason(&error))?;
            solution = solved.into_solution().map_err(|_| NoOptimum::Failed)?;
        }
    }

    /// The sides of rows, equations apart, that a point misses, and by how much.
    pub(super) fn missed(&self, point: &[f64]) -> impl Iterator<Item = (RowSide, f64)> {
        self.rows.iter().enumerate().filter(|(_, row)| !row.is_equation).filter_map(|(index, row)| {
            let at = row.at(point);
            let (below, above) = (row.low - at, at - row.high);
            let worst = if below > above { ((index, false), below) } else { ((index, true), above) };
            (worst.1 > MISSED).then_some(worst)
        })
    }

    /// Gives the solver the equations and the sides of rows.
    pub(super) fn add_rows(
        &self,
        problem: &mut Problem,
        variables: &[Variable],
        sides: &BTreeSet<RowSide>,
        weights: u32,
    ) {
        let equations = self.rows.iter().enumerate().filter(|(_, row)| row.is_equation);
        for side in equations.map(|(index, _)| (index, false)).chain(sides.iter().copied()) {
            let (terms, comparison, bound) = self.side(variables, side, weight(side.0, weights));
            problem.add_constraint(terms, comparison, bound);
        }
    }

    /// A side of a row, or an equation, taken so many times.
    pub(super) fn side(
        &self,
        variables: &[Variable],
        (index, is_high): RowSide,
        times: f64,
    ) -> (LinearExpr, ComparisonOp, f64) {
        let row = &self.rows[index];
        let (comparison, bound) = match is_high {
            _ if row.is_equation => (ComparisonOp::Eq, row.low),
            true => (ComparisonOp::Le, row.high),
            false => (ComparisonOp::Ge, row.low),
        };
        let mut terms = LinearExpr::empty();
        for (column, coefficient) in &row.terms {
            terms.add(variables[*column], coefficient * times);
        }
        (terms, comparison, bound * times)
    }
}

/// The values of variables.
fn point(solution: &Solution, variables: &[Variable]) -> Vec<f64> {
    variables.iter().map(|variable| solution.var_value(*variable)).collect()
}

fn reason(error: &Error) -> NoOptimum {
    if let Error::Infeasible = error { NoOptimum::Infeasible } else { NoOptimum::Failed }
}

/// How the solver is asked.
pub(super) fn options() -> SolveOptions {
    let mut options = SolveOptions::default();
    options.tolerances.feasibility = FEASIBILITY;
    options
}

/// The number that a row is taken times: powers of two, so that no figure of the row is rounded.
fn weight(row: usize, weights: u32) -> f64 {
    const FACTORS: [f64; 5] = [1.0, 0.25, 4.0, 0.5, 2.0];
    let times = usize::try_from(weights).unwrap_or(0);
    FACTORS[(row * times) % FACTORS.len()]
}
