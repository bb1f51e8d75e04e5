//! Linear programmes whose answers are exact: found in floating point, then solved again in fractions and proved.
//!
//! [`Program::minimise`] has the solver find a corner of the feasible set, solves the equations of that corner exactly, and
//! checks every row in fractions. What proves that no other point is lower is a set of multipliers, one a row that the
//! corner touches: they are found in the same way, as the corner of a programme of their own, and checked exactly too.

mod elimination;
mod integers;
mod linear;
mod search;
mod solver;
mod switched;
mod vertex;

pub(super) use linear::{Column, NoOptimum, Objective, Optimum, Program, Row};
use search::Search;

impl Program {
    /// The smallest value of a linear objective.
    pub(super) fn minimise(&self, objective: &Objective) -> Result<Optimum, NoOptimum> {
        Search::new(self).minimise(objective)
    }

    /// The smallest value of each of several objectives, all of which stay between -1 and 1 as shares do.
    pub(super) fn minimise_each(&self, objectives: &[Objective]) -> Vec<Result<Optimum, NoOptimum>> {
        Search::new(self).minimise_each(objectives)
    }
}
