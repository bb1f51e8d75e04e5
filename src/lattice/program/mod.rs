//! Linear programmes whose answers are exact: found in floating point, then solved again in fractions and proved.
//!
//! [`Program::minimise`] has the solver find a corner of the feasible set, solves the equations of that corner exactly, and
//! checks every row in fractions. What proves that no other point is lower is a set of multipliers, one a row that the
//! corner touches: they are found in the same way, as the corner of a programme of their own, and checked exactly too.

mod elimination;
mod integers;
mod search;
mod solver;
mod switched;
mod vertex;

use search::Search;

use crate::units::Fraction;

/// `low <= sum of coefficient * variable <= high`; an open side is `None`.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) terms: Vec<(usize, Fraction)>,
    pub(super) low: Option<Fraction>,
    pub(super) high: Option<Fraction>,
}

/// The bounds of a variable; an open side is `None`.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) low: Option<Fraction>,
    pub(super) high: Option<Fraction>,
}

impl Column {
    /// Zero or more.
    pub(super) fn positive() -> Self {
        Self { low: Some(Fraction::zero()), high: None }
    }
}

/// Linear conditions on variables.
#[derive(Debug, Clone, Default)]
pub(super) struct Program {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
}

/// A linear objective: the weights of its variables.
pub(super) type Objective = Vec<(usize, Fraction)>;

/// The smallest value of an objective.
#[derive(Debug, Clone)]
pub(super) struct Optimum {
    /// The value at the corner: exact where the corner is.
    pub(super) value: Fraction,
    /// The corner.
    pub(super) point: Vec<Fraction>,
    /// The rows without which the value would be smaller; none where it is not certified.
    pub(super) binding: Vec<usize>,
    /// Whether the corner meets every row exactly and exact multipliers prove that none is lower.
    pub(super) certified: bool,
}

/// Why a programme has no smallest value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoOptimum {
    /// No point meets all rows.
    Infeasible,
    /// The solver gave up, or the objective has no end.
    Failed,
}

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
