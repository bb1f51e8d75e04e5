//! The exact corner that a corner in floating point stands for.

use num_bigint::BigInt;
use num_traits::Zero;

use super::elimination::{self, Equation};
use super::integers::{IntegerSides, Integers, Point};
use super::solver::{NumberRow, Numbers};

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

    fn side(self, sides: &IntegerSides) -> Option<&BigInt> {
        match self {
            Self::Low => sides.low.as_ref(),
            Self::High => sides.high.as_ref(),
            Self::Neither => None,
        }
    }
}

/// The exact corners that a corner may stand for, by how near to a side it is taken to touch it; those alone that meet every
/// row and bound.
pub(super) fn candidates<'p>(
    integers: &'p Integers,
    numbers: &'p Numbers,
    found: &'p [f64],
    nears: &'p [f64],
) -> impl Iterator<Item = Point> + 'p {
    let mut tried: Vec<(Vec<Near>, Vec<Near>)> = Vec::new();
    nears.iter().filter_map(move |near| {
        let columns = numbers.columns.iter().zip(found);
        let columns: Vec<Near> = columns.map(|((low, high), value)| Near::of(*value, *low, *high, *near)).collect();
        let rows: Vec<Near> = numbers.rows.iter().map(|row| row.near(found, *near)).collect();
        let touched = (columns, rows);
        if tried.contains(&touched) {
            return None;
        }
        let exact = solved(integers, found, &touched.0, &touched.1);
        tried.push(touched);
        integers.hold(&exact).then_some(exact)
    })
}

/// Solves the equations of the bounds and rows that are touched.
fn solved(integers: &Integers, found: &[f64], columns: &[Near], rows: &[Near]) -> Point {
    let fixed: Vec<Option<&BigInt>> =
        integers.columns.iter().zip(columns).map(|(sides, near)| near.side(sides)).collect();
    let mut equations: Vec<Equation> = Vec::new();
    for (row, near) in integers.rows.iter().zip(rows) {
        let Some(side) = near.side(&row.sides) else { continue };
        let mut rest = side.clone();
        let mut terms = Vec::new();
        for (column, coefficient) in &row.terms {
            match fixed[*column] {
                Some(value) if value.is_zero() => {}
                Some(value) => rest -= coefficient * value,
                None => terms.push((*column, coefficient.clone())),
            }
        }
        if !terms.is_empty() {
            terms.sort_by_key(|(column, _)| *column);
            equations.push(Equation { terms, rest });
        }
    }
    let near = |column: usize| integers.scaled(found[column]);
    let mut values = elimination::solve(equations, near);
    for (column, side) in fixed.iter().enumerate() {
        if side.is_none() && !values.numerators.contains_key(&column) {
            let (numerator, denominator) = near(column);
            values.insert(column, numerator, denominator);
        }
    }
    let value = |(column, side): (usize, Option<&BigInt>)| match side {
        Some(side) => side * &values.denominator,
        None => values.numerators.get(&column).cloned().unwrap_or_default(),
    };
    Point {
        numerators: fixed.iter().copied().enumerate().map(value).collect(),
        denominator: values.denominator.clone(),
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
