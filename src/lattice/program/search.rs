//! [`Search`]: many questions to one programme, each the quicker for those before it.

use std::collections::BTreeSet;

use super::solver::{Numbers, RowSide};
use super::{Column, NoOptimum, Optimum, Program, Row};
use super::{elimination, vertex};
use crate::units::Fraction;

/// How near a number in floating point is taken to be one that it should equal: tried from the first on, since the solver shifts
/// costs and bounds a little against circling, and what comes of it is checked exactly.
const NEAR: [f64; 8] = [1e-8, 1e-13, 1e-11, 1e-9, 1e-7, 1e-6, 1e-5, 1e-4];

/// So often the solver is asked again, with other weights, before an optimum stays unproved.
const ATTEMPTS: u32 = 4;

/// A programme, the rows that have held a corner so far, and the corners.
pub(in crate::lattice) struct Search<'a> {
    program: &'a Program,
    numbers: Numbers,
    seen: BTreeSet<RowSide>,
    corners: Vec<Vec<Fraction>>,
}

impl<'a> Search<'a> {
    pub(in crate::lattice) fn new(program: &'a Program) -> Self {
        Self { program, numbers: Numbers::of(program), seen: BTreeSet::new(), corners: Vec::new() }
    }

    /// The smallest value of a linear objective.
    pub(in crate::lattice) fn minimise(&mut self, objective: &[(usize, Fraction)]) -> Result<Optimum, NoOptimum> {
        if let Some(optimum) = self.nothing(objective) {
            return Ok(optimum);
        }
        let mut unproved = Err(NoOptimum::Failed);
        for weights in 0..ATTEMPTS {
            match self.attempt(objective, weights) {
                Ok(optimum) if optimum.certified => return Ok(optimum),
                Err(NoOptimum::Infeasible) if weights == 0 => return Err(NoOptimum::Infeasible),
                Ok(optimum) if unproved.is_err() => unproved = Ok(optimum),
                _ => {}
            }
        }
        unproved
    }

    /// Where no variable of the objective can be below zero, a corner at which all of them are zero needs no other proof.
    fn nothing(&self, objective: &[(usize, Fraction)]) -> Option<Optimum> {
        let zero = Fraction::zero();
        let positive = |(column, weight): &(usize, Fraction)| {
            !weight.is_negative() && self.program.columns[*column].low.as_ref().is_some_and(|low| !low.is_negative())
        };
        let none = |corner: &&Vec<Fraction>| objective.iter().all(|(column, _)| corner[*column].is_zero());
        let corner = objective.iter().all(positive).then(|| self.corners.iter().find(none)).flatten()?;
        Some(Optimum { value: zero, point: corner.clone(), binding: Vec::new(), certified: true })
    }

    fn attempt(&mut self, objective: &[(usize, Fraction)], weights: u32) -> Result<Optimum, NoOptimum> {
        let found = self.numbers.minimise(objective, &mut self.seen, weights)?;
        let value = |point: &[Fraction]| objective.iter().map(|(column, weight)| weight * &point[*column]).sum();
        let mut corner = None;
        for point in vertex::candidates(self.program, &self.numbers, &found, &NEAR) {
            if let Some(multipliers) = self.multipliers(objective, &point, weights) {
                let binding = (0..self.program.rows.len()).filter(|row| !multipliers[*row].is_zero()).collect();
                self.corners.push(point.clone());
                return Ok(Optimum { value: value(&point), point, binding, certified: true });
            }
            corner = Some(point);
        }
        // Without an exact corner the solver's own figures are all there is.
        let point = corner.unwrap_or_else(|| found.iter().map(|x| elimination::rounded(*x)).collect());
        Ok(Optimum { value: value(&point), point, binding: Vec::new(), certified: false })
    }

    /// Multipliers of the rows that prove that no point is lower than this one: `None` where there are none, or none are found.
    ///
    /// A row counts only where the point touches it, with the sign of the side it touches; what is left of the objective must
    /// vanish in every variable inside its bounds and keep the variables at a bound there.
    fn multipliers(&self, objective: &[(usize, Fraction)], point: &[Fraction], weights: u32) -> Option<Vec<Fraction>> {
        let Program { columns: primal, rows: all } = self.program;
        let sides: Vec<(bool, bool)> = all.iter().map(|row| row.touched(point)).collect();
        let touched: Vec<usize> = (0..all.len()).filter(|row| sides[*row].0 || sides[*row].1).collect();
        let columns = touched.iter().map(|row| match sides[*row] {
            (true, true) => Column { low: None, high: None },
            (true, false) => Column::positive(),
            _ => Column { low: None, high: Some(Fraction::zero()) },
        });
        let mut rows: Vec<Row> = primal.iter().map(|_| Row { terms: Vec::new(), low: None, high: None }).collect();
        for (dual, row) in touched.iter().enumerate() {
            for (column, coefficient) in &all[*row].terms {
                rows[*column].terms.push((dual, coefficient.clone()));
            }
        }
        let mut costs = vec![Fraction::zero(); primal.len()];
        for (column, weight) in objective {
            costs[*column] = &costs[*column] + weight;
        }
        for (((row, bounds), cost), at) in rows.iter_mut().zip(primal).zip(costs).zip(point) {
            let (at_low, at_high) = (bounds.low.as_ref() == Some(at), bounds.high.as_ref() == Some(at));
            row.low = (!at_low).then(|| cost.clone());
            row.high = (!at_high).then_some(cost);
        }
        let dual = Program { columns: columns.collect(), rows };
        // Of all multipliers the smallest, then any.
        let magnitude = |(column, bounds): (usize, &Column)| match (&bounds.low, &bounds.high) {
            (Some(_), None) => Some((column, Fraction::integer(1))),
            (None, Some(_)) => Some((column, Fraction::integer(-1))),
            _ => None,
        };
        let smallest: Vec<(usize, Fraction)> = dual.columns.iter().enumerate().filter_map(magnitude).collect();
        let numbers = Numbers::of(&dual);
        let mut seen = BTreeSet::new();
        let mut corner = |objective: &[(usize, Fraction)]| {
            let found = numbers.minimise(objective, &mut seen, weights).ok()?;
            vertex::candidates(&dual, &numbers, &found, &NEAR).next()
        };
        let exact = corner(&smallest).or_else(|| away_from_sides(&dual, &numbers, weights)).or_else(|| corner(&[]))?;
        let mut multipliers = vec![Fraction::zero(); all.len()];
        for (row, multiplier) in touched.into_iter().zip(exact) {
            multipliers[row] = multiplier;
        }
        Some(multipliers)
    }
}

/// An exact point that lies off every side it can lie off: where many sides meet, the solver's corner may be told from its
/// neighbours by less than floating point has, while the sides that such a point touches are those that it must.
fn away_from_sides(program: &Program, numbers: &Numbers, weights: u32) -> Option<Vec<Fraction>> {
    let cap = Fraction::ratio(1, 1000)?;
    let mut wider = program.clone();
    let off = |wider: &mut Program| {
        wider.columns.push(Column { low: Some(Fraction::zero()), high: Some(cap.clone()) });
        wider.columns.len() - 1
    };
    for row in 0..program.rows.len() {
        let sign = match (&program.rows[row].low, &program.rows[row].high) {
            (Some(_), None) => -1,
            (None, Some(_)) => 1,
            _ => continue,
        };
        let by = off(&mut wider);
        wider.rows[row].terms.push((by, Fraction::integer(sign)));
    }
    for (column, bounds) in program.columns.iter().enumerate() {
        let sign = match (&bounds.low, &bounds.high) {
            (Some(_), None) => -1,
            (None, Some(_)) => 1,
            _ => continue,
        };
        let by = off(&mut wider);
        let terms = vec![(column, Fraction::integer(1)), (by, Fraction::integer(sign))];
        wider.rows.push(Row { terms, low: bounds.low.clone(), high: bounds.high.clone() });
    }
    let objective: Vec<(usize, Fraction)> =
        (program.columns.len()..wider.columns.len()).map(|by| (by, Fraction::integer(-1))).collect();
    let mut found = Numbers::of(&wider).minimise(&objective, &mut BTreeSet::new(), weights).ok()?;
    found.truncate(program.columns.len());
    vertex::candidates(program, numbers, &found, &NEAR).next()
}
