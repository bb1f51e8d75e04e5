//! The exact corner that a corner in floating point stands for.

use super::elimination::{self, Equation, rounded};
use super::solver::{NumberRow, Numbers};
use super::{Column, Program, Row};
use crate::units::Fraction;

/// A side that a number is near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Near {
    Low,
    High,
    Neither,
}

impl Near {
    fn of(value: f64, low: f64, high: f64, near: f64) -> Self {
        if (low - value).abs() <= near {
            Self::Low
        } else if (high - value).abs() <= near {
            Self::High
        } else {
            Self::Neither
        }
    }

    fn side<'a>(self, low: Option<&'a Fraction>, high: Option<&'a Fraction>) -> Option<&'a Fraction> {
        match self {
            Self::Low => low,
            Self::High => high,
            Self::Neither => None,
        }
    }
}

/// The exact corners that a corner may stand for, by how near to a side it is taken to touch it; those alone that meet every
/// row and bound.
pub(super) fn candidates<'p>(
    program: &'p Program,
    numbers: &'p Numbers,
    found: &'p [f64],
    nears: &'p [f64],
) -> impl Iterator<Item = Vec<Fraction>> + 'p {
    let mut tried: Vec<(Vec<Near>, Vec<Near>)> = Vec::new();
    nears.iter().filter_map(move |near| {
        let columns = numbers.columns.iter().zip(found);
        let columns: Vec<Near> = columns.map(|((low, high), value)| Near::of(*value, *low, *high, *near)).collect();
        let rows: Vec<Near> = numbers.rows.iter().map(|row| row.near(found, *near)).collect();
        let touched = (columns, rows);
        if tried.contains(&touched) {
            return None;
        }
        let exact = solved(program, found, &touched.0, &touched.1);
        tried.push(touched);
        exact
    })
}

/// Solves the equations of the bounds and rows that are touched, and checks the answer against all of them.
fn solved(program: &Program, found: &[f64], columns: &[Near], rows: &[Near]) -> Option<Vec<Fraction>> {
    let bounds = program.columns.iter().zip(columns);
    let fixed: Vec<Option<&Fraction>> =
        bounds.map(|(column, near)| near.side(column.low.as_ref(), column.high.as_ref())).collect();
    let mut equations: Vec<Equation> = Vec::new();
    for (row, near) in program.rows.iter().zip(rows) {
        let Some(side) = near.side(row.low.as_ref(), row.high.as_ref()) else { continue };
        let mut rest = side.clone();
        let mut terms = Vec::new();
        for (column, coefficient) in &row.terms {
            match fixed[*column] {
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
        .map(|(column, fixed)| fixed.or_else(|| solved.get(&column)).cloned().unwrap_or_else(|| rounded(found[column])))
        .collect();
    let inside = program.columns.iter().zip(&point).all(|(column, value)| column.holds(value));
    (inside && program.rows.iter().all(|row| row.holds(&point))).then_some(point)
}

impl Column {
    fn holds(&self, value: &Fraction) -> bool {
        self.low.as_ref().is_none_or(|low| low <= value) && self.high.as_ref().is_none_or(|high| value <= high)
    }
}

impl NumberRow {
    /// The side that a point is near: of an equation its value, wherever the point lies.
    fn near(&self, found: &[f64], near: f64) -> Near {
        if self.is_equation {
            return Near::Low;
        }
        // Rows are in basis points, variables parts of one: a row moves by more.
        Near::of(self.at(found), self.low, self.high, near * 10.0)
    }
}

impl Row {
    /// The value of the row at a point.
    fn at(&self, point: &[Fraction]) -> Fraction {
        let there = self.terms.iter().filter(|(column, _)| !point[*column].is_zero());
        there.map(|(column, coefficient)| coefficient * &point[*column]).sum()
    }

    /// Whether a point lies exactly on the low side and on the high side.
    pub(super) fn touched(&self, point: &[Fraction]) -> (bool, bool) {
        let at = self.at(point);
        (self.low.as_ref() == Some(&at), self.high.as_ref() == Some(&at))
    }

    /// Whether a point meets the row.
    fn holds(&self, point: &[Fraction]) -> bool {
        let at = self.at(point);
        self.low.as_ref().is_none_or(|low| *low <= at) && self.high.as_ref().is_none_or(|high| at <= *high)
    }
}
