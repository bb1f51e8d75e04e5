//! The words of a linear programme: variables, conditions, an objective, its smallest value.

use crate::units::Fraction;

/// `low <= sum of coefficient * variable <= high`; an open side is `None`.
#[derive(Debug, Clone)]
pub(in crate::lattice) struct Row {
    pub(in crate::lattice) terms: Vec<(usize, Fraction)>,
    pub(in crate::lattice) low: Option<Fraction>,
    pub(in crate::lattice) high: Option<Fraction>,
}

/// The bounds of a variable; an open side is `None`.
#[derive(Debug, Clone)]
pub(in crate::lattice) struct Column {
    pub(in crate::lattice) low: Option<Fraction>,
    pub(in crate::lattice) high: Option<Fraction>,
}

impl Column {
    /// Zero or more.
    pub(in crate::lattice) fn positive() -> Self {
        Self { low: Some(Fraction::zero()), high: None }
    }
}

/// Linear conditions on variables.
#[derive(Debug, Clone, Default)]
pub(in crate::lattice) struct Program {
    pub(in crate::lattice) columns: Vec<Column>,
    pub(in crate::lattice) rows: Vec<Row>,
}

/// A linear objective: the weights of its variables.
pub(in crate::lattice) type Objective = Vec<(usize, Fraction)>;

/// The smallest value of an objective.
#[derive(Debug, Clone)]
pub(in crate::lattice) struct Optimum {
    /// The value at the corner: exact where the corner is.
    pub(in crate::lattice) value: Fraction,
    /// The corner.
    pub(in crate::lattice) point: Vec<Fraction>,
    /// The rows without which the value would be smaller; none where it is not certified.
    pub(in crate::lattice) binding: Vec<usize>,
    /// Whether the corner meets every row exactly and exact multipliers prove that none is lower.
    pub(in crate::lattice) certified: bool,
}

/// Why a programme has no smallest value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lattice) enum NoOptimum {
    /// No point meets all rows.
    Infeasible,
    /// The solver gave up, or the objective has no end.
    Failed,
}
