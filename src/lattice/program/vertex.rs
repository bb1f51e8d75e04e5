//! The exact corner that a corner in floating point stands for.

use super::elimination::{self, Equation, rounded};
use super::{Column, Program, Row};
use crate::units::Fraction;

/// Solves the equations of the bounds and rows that a point touches, nearly, and checks the answer against all of them;
/// `None` where it fails one.
pub(super) fn exact(program: &Program, found: &[f64], near: f64) -> Option<Vec<Fraction>> {
    let fixed: Vec<Option<Fraction>> =
        program.columns.iter().zip(found).map(|(column, value)| column.bound_near(*value, near)).collect();
    let mut equations: Vec<Equation> = Vec::new();
    for row in &program.rows {
        let Some(side) = row.side_near(found, near) else { continue };
        let mut rest = side.clone();
        let mut terms = Vec::new();
        for (column, coefficient) in &row.terms {
            match &fixed[*column] {
                Some(value) if value.is_zero() => {}
                Some(value) => rest = &rest - &(coefficient * value),
                None => terms.push((*column, coefficient.clone())),
            }
        }
        if !terms.is_empty() {
            terms.sort_by_key(|(column, _)| *column);
            equations.push(Equation { terms, rest });
        }
    }
    let solved = elimination::solve(equations, found);
    let point: Vec<Fraction> = fixed
        .into_iter()
        .enumerate()
        .map(|(column, fixed)| fixed.or_else(|| solved.get(&column).cloned()).unwrap_or_else(|| rounded(found[column])))
        .collect();
    let inside = program.columns.iter().zip(&point).all(|(column, value)| column.holds(value));
    (inside && program.rows.iter().all(|row| row.holds(&point))).then_some(point)
}

impl Column {
    /// The bound that a value is near.
    fn bound_near(&self, value: f64, near: f64) -> Option<Fraction> {
        let bounds = [&self.low, &self.high].into_iter().flatten();
        bounds.into_iter().find(|bound| (bound.to_f64() - value).abs() <= near).cloned()
    }

    fn holds(&self, value: &Fraction) -> bool {
        self.low.as_ref().is_none_or(|low| low <= value) && self.high.as_ref().is_none_or(|high| value <= high)
    }
}

impl Row {
    /// The side that a point is near: of an equation its value, wherever the point lies.
    fn side_near(&self, found: &[f64], near: f64) -> Option<&Fraction> {
        if self.low.is_some() && self.low == self.high {
            return self.low.as_ref();
        }
        let at: f64 = self.terms.iter().map(|(column, coefficient)| coefficient.to_f64() * found[*column]).sum();
        // Rows are in basis points, variables parts of one: a row moves by more.
        let near = near * 10.0;
        let sides = [&self.low, &self.high].into_iter().flatten();
        sides.into_iter().find(|side| (side.to_f64() - at).abs() <= near)
    }
}
