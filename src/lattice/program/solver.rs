//! The door to the solver: a programme in floating point, a corner back.

use microlp::{ComparisonOp, Error, LinearExpr, OptimizationDirection, Problem, SolveOptions};

use super::{NoOptimum, Program};
use crate::units::Fraction;

/// How far a row or a bound may be missed: the least that the solver takes. A corner beside the smallest one has to be told from it.
const FEASIBILITY: f64 = 1e-10;

/// A corner of the feasible set at which the objective is smallest, nearly.
pub(super) fn minimise(program: &Program, objective: &[(usize, Fraction)]) -> Result<Vec<f64>, NoOptimum> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let mut weights = vec![0.0; program.columns.len()];
    for (column, weight) in objective {
        weights[*column] += weight.to_f64();
    }
    let low = |bound: &Option<Fraction>| bound.as_ref().map_or(f64::NEG_INFINITY, Fraction::to_f64);
    let high = |bound: &Option<Fraction>| bound.as_ref().map_or(f64::INFINITY, Fraction::to_f64);
    let columns = program.columns.iter().zip(weights);
    let variables: Vec<_> =
        columns.map(|(column, weight)| problem.add_var(weight, (low(&column.low), high(&column.high)))).collect();
    for row in &program.rows {
        let mut terms = LinearExpr::empty();
        for (column, coefficient) in &row.terms {
            terms.add(variables[*column], coefficient.to_f64());
        }
        if row.low.is_some() && row.low == row.high {
            problem.add_constraint(terms, ComparisonOp::Eq, low(&row.low));
            continue;
        }
        if row.low.is_some() {
            problem.add_constraint(terms.clone(), ComparisonOp::Ge, low(&row.low));
        }
        if row.high.is_some() {
            problem.add_constraint(terms, ComparisonOp::Le, high(&row.high));
        }
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
