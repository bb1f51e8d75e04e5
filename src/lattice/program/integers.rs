//! [`Integers`]: a programme without fractions, and [`Point`], whose coordinates share one denominator.
//!
//! Sums of fractions take a common divisor at every step; integers over one denominator take none, and the exact checks of a corner
//! are such sums.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};

use super::elimination::Values;
use super::linear::Program;
use crate::units::Fraction;

/// A programme in integers: each row times what clears its coefficients, and every side and bound times `scale` besides, so
/// that points are `scale` times as large as those of the programme.
pub(super) struct Integers {
    pub(super) columns: Vec<IntegerSides>,
    pub(super) rows: Vec<IntegerRow>,
    scale: BigInt,
}

/// What a row or a variable lies between; an open side is `None`.
pub(super) struct IntegerSides {
    pub(super) low: Option<BigInt>,
    pub(super) high: Option<BigInt>,
}

/// One row in integers.
pub(super) struct IntegerRow {
    pub(super) terms: Vec<(usize, BigInt)>,
    pub(super) sides: IntegerSides,
}

/// A point, `scale` times as large as that of the programme: integers over one positive denominator.
#[derive(Debug, Clone)]
pub(super) struct Point {
    pub(super) numerators: Vec<BigInt>,
    pub(super) denominator: BigInt,
}

impl Integers {
    pub(super) fn of(program: &Program) -> Self {
        let columns = program.columns.iter().flat_map(|column| [&column.low, &column.high]);
        let sides = columns.chain(program.rows.iter().flat_map(|row| [&row.low, &row.high])).flatten();
        let scale = cleared(sides);
        let times = |by: &BigInt, value: &Fraction| &value.numerator() * (by / value.denominator());
        let side = |of: &Option<Fraction>, by: &BigInt| of.as_ref().map(|side| by * times(&scale, side));
        let one = BigInt::one();
        let columns = program.columns.iter();
        let columns = columns.map(|of| IntegerSides { low: side(&of.low, &one), high: side(&of.high, &one) }).collect();
        let row = |row: &super::Row| {
            let by = cleared(row.terms.iter().map(|(_, coefficient)| coefficient));
            let terms = row.terms.iter().map(|(column, coefficient)| (*column, times(&by, coefficient))).collect();
            IntegerRow { terms, sides: IntegerSides { low: side(&row.low, &by), high: side(&row.high, &by) } }
        };
        let rows = program.rows.iter().map(row).collect();
        Self { columns, rows, scale }
    }

    /// The coordinates of a point as the programme has them.
    pub(super) fn unscaled(&self, point: &Point) -> Vec<Fraction> {
        let denominator = &self.scale * &point.denominator;
        let over = |numerator: &BigInt| match numerator {
            none if none.is_zero() => None,
            numerator => Fraction::from_parts(numerator.clone(), denominator.clone()),
        };
        point.numerators.iter().map(|numerator| over(numerator).unwrap_or_else(Fraction::zero)).collect()
    }

    /// A number in floating point as a numerator and a denominator of the size of a point.
    pub(super) fn scaled(&self, value: f64) -> (BigInt, BigInt) {
        let value = Fraction::try_from(value).unwrap_or_else(|_| Fraction::zero());
        (value.numerator() * &self.scale, value.denominator())
    }

    /// A point in floating point as it stands.
    pub(super) fn near(&self, found: &[f64]) -> Point {
        let mut values = Values::default();
        for (column, value) in found.iter().enumerate() {
            let (numerator, denominator) = self.scaled(*value);
            values.insert(column, numerator, denominator);
        }
        Point { numerators: values.numerators.into_values().collect(), denominator: values.denominator }
    }

    /// Whether a point meets every row and bound.
    pub(super) fn hold(&self, point: &Point) -> bool {
        let inside = |sides: &IntegerSides, at: &BigInt| {
            let (low, high) = sides.compared(at, point);
            low != Some(Ordering::Less) && high != Some(Ordering::Greater)
        };
        self.columns.iter().zip(&point.numerators).all(|(sides, at)| inside(sides, at))
            && self.rows.iter().all(|row| inside(&row.sides, &row.at(point)))
    }
}

impl IntegerSides {
    /// How a numerator of a point compares with each side; `None` where it is open.
    fn compared(&self, at: &BigInt, point: &Point) -> (Option<Ordering>, Option<Ordering>) {
        let with = |side: &Option<BigInt>| side.as_ref().map(|side| at.cmp(&(side * &point.denominator)));
        (with(&self.low), with(&self.high))
    }

    /// Whether a numerator of a point lies exactly on the low side and on the high side.
    pub(super) fn touched(&self, at: &BigInt, point: &Point) -> (bool, bool) {
        let (low, high) = self.compared(at, point);
        (low == Some(Ordering::Equal), high == Some(Ordering::Equal))
    }
}

impl IntegerRow {
    /// The value of the row at a point, over the denominator of the point.
    pub(super) fn at(&self, point: &Point) -> BigInt {
        let there = self.terms.iter().filter(|(column, _)| !point.numerators[*column].is_zero());
        there.map(|(column, coefficient)| coefficient * &point.numerators[*column]).sum()
    }
}

/// The smallest number whose products with all of these are whole.
fn cleared<'a>(values: impl Iterator<Item = &'a Fraction>) -> BigInt {
    values.fold(BigInt::one(), |by, value| match value.denominator() {
        denominator if (&by % &denominator).is_zero() => by,
        denominator => by.lcm(&denominator),
    })
}
