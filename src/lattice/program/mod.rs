//! Linear programmes whose answers are exact: found in floating point, then solved again in fractions and proved.
//!
//! [`Program::minimise`] has the solver find a corner of the feasible set, solves the equations of that corner exactly, and
//! checks every row in fractions. What proves that no other point is lower is a set of multipliers, one a row that the
//! corner touches: they are found in the same way, as the corner of a programme of their own, and checked exactly too.

mod elimination;
mod solver;
mod vertex;

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

/// How near a number in floating point is taken to be one that it should equal: tried from the first on, since the solver shifts
/// costs and bounds a little against circling, and what comes of it is checked exactly.
const NEAR: [f64; 8] = [1e-8, 1e-13, 1e-11, 1e-9, 1e-7, 1e-6, 1e-5, 1e-4];

impl Program {
    /// The smallest value of a linear objective.
    pub(super) fn minimise(&self, objective: &[(usize, Fraction)]) -> Result<Optimum, NoOptimum> {
        let found = solver::minimise(self, objective)?;
        let value = |point: &[Fraction]| objective.iter().map(|(column, weight)| weight * &point[*column]).sum();
        let corners = NEAR.into_iter().filter_map(|near| vertex::exact(self, &found, near));
        let mut corner = None;
        for point in corners {
            if let Some(multipliers) = self.multipliers(objective, &point) {
                let binding = (0..self.rows.len()).filter(|row| !multipliers[*row].is_zero()).collect();
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
    fn multipliers(&self, objective: &[(usize, Fraction)], point: &[Fraction]) -> Option<Vec<Fraction>> {
        let sides: Vec<(bool, bool)> = self.rows.iter().map(|row| row.touched(point)).collect();
        let touched: Vec<usize> = (0..self.rows.len()).filter(|row| sides[*row].0 || sides[*row].1).collect();
        let columns = touched.iter().map(|row| match sides[*row] {
            (true, true) => Column { low: None, high: None },
            (true, false) => Column::positive(),
            _ => Column { low: None, high: Some(Fraction::zero()) },
        });
        let mut rows: Vec<Row> =
            self.columns.iter().map(|_| Row { terms: Vec::new(), low: None, high: None }).collect();
        for (dual, row) in touched.iter().enumerate() {
            for (column, coefficient) in &self.rows[*row].terms {
                rows[*column].terms.push((dual, coefficient.clone()));
            }
        }
        let mut weights = vec![Fraction::zero(); self.columns.len()];
        for (column, weight) in objective {
            weights[*column] = &weights[*column] + weight;
        }
        for (((row, bounds), weight), at) in rows.iter_mut().zip(&self.columns).zip(weights).zip(point) {
            let (at_low, at_high) = (bounds.low.as_ref() == Some(at), bounds.high.as_ref() == Some(at));
            row.low = (!at_low).then(|| weight.clone());
            row.high = (!at_high).then_some(weight);
        }
        let dual = Self { columns: columns.collect(), rows };
        // Of all multipliers the smallest, then any.
        let magnitude = |(column, bounds): (usize, &Column)| match (&bounds.low, &bounds.high) {
            (Some(_), None) => Some((column, Fraction::integer(1))),
            (None, Some(_)) => Some((column, Fraction::integer(-1))),
            _ => None,
        };
        let smallest: Vec<(usize, Fraction)> = dual.columns.iter().enumerate().filter_map(magnitude).collect();
        let corner = |objective: &[(usize, Fraction)]| {
            let found = solver::minimise(&dual, objective).ok()?;
            NEAR.into_iter().find_map(|near| vertex::exact(&dual, &found, near))
        };
        let exact = corner(&smallest).or_else(|| dual.away_from_sides()).or_else(|| corner(&[]))?;
        let mut multipliers = vec![Fraction::zero(); self.rows.len()];
        for (row, multiplier) in touched.into_iter().zip(exact) {
            multipliers[row] = multiplier;
        }
        Some(multipliers)
    }
}

impl Program {
    /// An exact point that lies off every side it can lie off: where many sides meet, the solver's corner may be told from its
    /// neighbours by less than floating point has, while the sides that such a point touches are those that it must.
    fn away_from_sides(&self) -> Option<Vec<Fraction>> {
        let cap = Fraction::ratio(1, 1000)?;
        let mut wider = self.clone();
        let off = |wider: &mut Self| {
            wider.columns.push(Column { low: Some(Fraction::zero()), high: Some(cap.clone()) });
            wider.columns.len() - 1
        };
        for row in 0..self.rows.len() {
            let sign = match (&self.rows[row].low, &self.rows[row].high) {
                (Some(_), None) => -1,
                (None, Some(_)) => 1,
                _ => continue,
            };
            let by = off(&mut wider);
            wider.rows[row].terms.push((by, Fraction::integer(sign)));
        }
        for (column, bounds) in self.columns.iter().enumerate() {
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
            (self.columns.len()..wider.columns.len()).map(|by| (by, Fraction::integer(-1))).collect();
        let mut found = solver::minimise(&wider, &objective).ok()?;
        found.truncate(self.columns.len());
        NEAR.into_iter().find_map(|near| vertex::exact(self, &found, near))
    }
}

impl Row {
    /// The value of the row at a point.
    fn at(&self, point: &[Fraction]) -> Fraction {
        self.terms.iter().map(|(column, coefficient)| coefficient * &point[*column]).sum()
    }

    /// Whether a point lies exactly on the low side and on the high side.
    fn touched(&self, point: &[Fraction]) -> (bool, bool) {
        let at = self.at(point);
        (self.low.as_ref() == Some(&at), self.high.as_ref() == Some(&at))
    }

    /// Whether a point meets the row.
    fn holds(&self, point: &[Fraction]) -> bool {
        let at = self.at(point);
        self.low.as_ref().is_none_or(|low| *low <= at) && self.high.as_ref().is_none_or(|high| at <= *high)
    }
}
