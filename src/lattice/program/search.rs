//! [`Search`]: many questions to one programme, each the quicker for those before it.

use std::collections::BTreeSet;

use num_traits::Zero;

use super::integers::{Integers, Point};
use super::linear::{Column, NoOptimum, Objective, Optimum, Program, Row};
use super::solver::{Numbers, RowSide};
use super::switched::Switched;
use super::vertex;
use crate::units::Fraction;

/// How near a number in floating point is taken to be one that it should equal: tried from the first on, since the solver shifts
/// costs and bounds a little against circling, and what comes of it is checked exactly.
const NEAR: [f64; 8] = [1e-8, 1e-13, 1e-11, 1e-9, 1e-7, 1e-6, 1e-5, 1e-4];

/// So often the solver is asked again, with other weights, before an optimum stays unproved.
const ATTEMPTS: u32 = 4;

/// A programme in every form that is read of it, the rows that have held a corner so far, and the corners.
pub(super) struct Search<'a> {
    program: &'a Program,
    numbers: Numbers,
    integers: Integers,
    seen: BTreeSet<RowSide>,
    corners: Vec<Point>,
}

impl<'a> Search<'a> {
    pub(super) fn new(program: &'a Program) -> Self {
        let (numbers, integers) = (Numbers::of(program), Integers::of(program));
        Self { program, numbers, integers, seen: BTreeSet::new(), corners: Vec::new() }
    }

    /// The smallest value of each of several objectives that stay between -1 and 1. From the second on the solver goes from one
    /// corner to the next instead of looking for each from the start.
    pub(super) fn minimise_each(mut self, objectives: &[Objective]) -> Vec<Result<Optimum, NoOptimum>> {
        let mut switched = None;
        let ask = |(which, objective): (usize, &Objective)| {
            if let Some(optimum) = self.nothing(objective) {
                return Ok(optimum);
            }
            if which > 0 {
                let switched = switched.get_or_insert_with(|| Switched::new(&self.numbers, &self.seen, objectives));
                let found = switched.as_mut().and_then(|solved| solved.minimise(&self.numbers, which));
                let optimum = found.map(|found| self.proved(objective, &found, 0));
                if let Some(optimum) = optimum.filter(|optimum| optimum.certified) {
                    return Ok(optimum);
                }
            }
            self.minimise(objective)
        };
        objectives.iter().enumerate().map(ask).collect()
    }

    /// The smallest value of a linear objective.
    pub(super) fn minimise(&mut self, objective: &Objective) -> Result<Optimum, NoOptimum> {
        let mut unproved = Err(NoOptimum::Failed);
        for weights in 0..ATTEMPTS {
            let found = self.numbers.minimise(objective, &mut self.seen, weights);
            match found.map(|found| self.proved(objective, &found, weights)) {
                Ok(optimum) if optimum.certified => return Ok(optimum),
                Err(NoOptimum::Infeasible) if weights == 0 => return Err(NoOptimum::Infeasible),
                Ok(optimum) if unproved.is_err() => unproved = Ok(optimum),
                _ => {}
            }
        }
        unproved
    }

    /// Where no variable of the objective can be below zero, a corner at which all of them are zero needs no other proof.
    fn nothing(&self, objective: &Objective) -> Option<Optimum> {
        let positive = |(column, weight): &(usize, Fraction)| {
            !weight.is_negative() && self.program.columns[*column].low.as_ref().is_some_and(|low| !low.is_negative())
        };
        let none = |corner: &&Point| objective.iter().all(|(column, _)| corner.numerators[*column].is_zero());
        let corner = objective.iter().all(positive).then(|| self.corners.iter().find(none)).flatten()?;
        Some(self.optimum(objective, corner, Some(Vec::new())))
    }

    /// The optimum that a corner in floating point stands for, certified where exact multipliers prove it.
    fn proved(&mut self, objective: &Objective, found: &[f64], weights: u32) -> Optimum {
        let mut corner = None;
        for point in vertex::candidates(&self.integers, &self.numbers, found, &NEAR) {
            if let Some(binding) = self.multipliers(objective, &point, weights) {
                self.corners.push(point.clone());
                return self.optimum(objective, &point, Some(binding));
            }
            corner = Some(point);
        }
        // Without an exact corner the solver's own figures are all there is.
        let point = corner.unwrap_or_else(|| self.integers.near(found));
        self.optimum(objective, &point, None)
    }

    /// The optimum at a point, certified where the rows are known that hold it there.
    fn optimum(&self, objective: &Objective, point: &Point, binding: Option<Vec<usize>>) -> Optimum {
        let point = self.integers.unscaled(point);
        let value = objective.iter().map(|(column, weight)| weight * &point[*column]).sum();
        Optimum { value, point, certified: binding.is_some(), binding: binding.unwrap_or_default() }
    }

    /// The rows whose multipliers prove that no point is lower than this one: `None` where there are none, or none are found.
    ///
    /// A row counts only where the point touches it, with the sign of the side it touches; what is left of the objective must
    /// vanish in every variable inside its bounds and keep the variables at a bound there.
    fn multipliers(&self, objective: &Objective, point: &Point, weights: u32) -> Option<Vec<usize>> {
        let Program { columns: primal, rows: all } = self.program;
        let sides = self.integers.rows.iter().map(|row| row.sides.touched(&row.at(point), point));
        let touched: Vec<(usize, (bool, bool))> = sides.enumerate().filter(|(_, (low, high))| *low || *high).collect();
        let columns = touched.iter().map(|(_, sides)| match sides {
            (true, true) => Column { low: None, high: None },
            (true, false) => Column::positive(),
            _ => Column { low: None, high: Some(Fraction::zero()) },
        });
        let mut rows: Vec<Row> = primal.iter().map(|_| Row { terms: Vec::new(), low: None, high: None }).collect();
        for (dual, (row, _)) in touched.iter().enumerate() {
            for (column, coefficient) in &all[*row].terms {
                rows[*column].terms.push((dual, coefficient.clone()));
            }
        }
        let mut costs = vec![Fraction::zero(); primal.len()];
        for (column, weight) in objective {
            costs[*column] = &costs[*column] + weight;
        }
        let bounds = self.integers.columns.iter().zip(&point.numerators);
        for ((row, (sides, at)), cost) in rows.iter_mut().zip(bounds).zip(costs) {
            let (at_low, at_high) = sides.touched(at, point);
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
        let smallest: Objective = dual.columns.iter().enumerate().filter_map(magnitude).collect();
        let (numbers, integers) = (Numbers::of(&dual), Integers::of(&dual));
        let mut seen = BTreeSet::new();
        let mut corner = |objective: &Objective| {
            let found = numbers.minimise(objective, &mut seen, weights).ok()?;
            vertex::candidates(&integers, &numbers, &found, &NEAR).next()
        };
        let exact = corner(&smallest)
            .or_else(|| away_from_sides(&dual, (&numbers, &integers), weights))
            .or_else(|| corner(&Vec::new()))?;
        let binding = touched.iter().zip(&exact.numerators).filter(|(_, multiplier)| !multiplier.is_zero());
        Some(binding.map(|((row, _), _)| *row).collect())
    }
}

/// An exact point that lies off every side it can lie off: where many sides meet, the solver's corner may be told from its
/// neighbours by less than floating point has, while the sides that such a point touches are those that it must.
fn away_from_sides(program: &Program, (numbers, integers): (&Numbers, &Integers), weights: u32) -> Option<Point> {
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
    let objective: Objective =
        (program.columns.len()..wider.columns.len()).map(|by| (by, Fraction::integer(-1))).collect();
    let mut found = Numbers::of(&wider).minimise(&objective, &mut BTreeSet::new(), weights).ok()?;
    found.truncate(program.columns.len());
    vertex::candidates(integers, numbers, &found, &NEAR).next()
}
