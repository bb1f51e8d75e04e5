//! [`Switched`]: a programme that stays solved while its objective changes.

use std::collections::BTreeSet;

use microlp::{ComparisonOp, Error, LinearExpr, OptimizationDirection, Problem, Solution, SolveOutcome, Variable};

use super::linear::Objective;
use super::solver::{Numbers, RowSide, options};

/// A programme whose goal is to be at least the one objective that is switched on.
///
/// The solver keeps its objective, but a variable can be fixed elsewhere, and it goes on from the corner it is at. So the goal
/// is a variable of its own, `goal >= objective - switch` for each objective, and all switches stand at 2, where they ask nothing of
/// a goal from -1 to 1, but one at 0.
pub(super) struct Switched {
    /// None once the solver has failed.
    solution: Option<Solution>,
    variables: Vec<Variable>,
    switches: Vec<Variable>,
    on: Option<usize>,
    held: BTreeSet<RowSide>,
}

const OFF: f64 = 2.0;

impl Switched {
    /// The programme with the equations and the row sides in `seen`; `None` where the solver fails.
    pub(super) fn new(numbers: &Numbers, seen: &BTreeSet<RowSide>, objectives: &[Objective]) -> Option<Self> {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let variables: Vec<Variable> = numbers.columns.iter().map(|bounds| problem.add_var(0.0, *bounds)).collect();
        let goal = problem.add_var(1.0, (-1.0, 1.0));
        let switches: Vec<Variable> = objectives.iter().map(|_| problem.add_var(0.0, (0.0, OFF))).collect();
        numbers.add_rows(&mut problem, &variables, seen, 0);
        for (objective, switch) in objectives.iter().zip(&switches) {
            let mut terms = LinearExpr::empty();
            terms.add(goal, 1.0);
            terms.add(*switch, 1.0);
            for (column, weight) in objective {
                terms.add(variables[*column], -weight.to_f64());
            }
            problem.add_constraint(terms, ComparisonOp::Ge, 0.0);
        }
        let mut solution = solved(problem.solve_with(options()))?;
        for switch in &switches {
            solution = solved(solution.fix_var(*switch, OFF))?;
        }
        Some(Self { solution: Some(solution), variables, switches, on: None, held: seen.clone() })
    }

    /// A corner at which the objective of this number is smallest, nearly; `None` where the solver fails.
    pub(super) fn minimise(&mut self, numbers: &Numbers, which: usize) -> Option<Vec<f64>> {
        let solution = self.solution.take()?;
        let mut solution = solved(solution.fix_var(self.switches[which], 0.0))?;
        if let Some(on) = self.on.replace(which) {
            solution = solved(solution.fix_var(self.switches[on], OFF))?;
        }
        let (solution, point) = numbers.settled(solution, &self.variables, &mut self.held, 0).ok()?;
        self.solution = Some(solution);
        Some(point)
    }
}

fn solved(outcome: Result<SolveOutcome, Error>) -> Option<Solution> {
    outcome.ok()?.into_solution().ok()
}
