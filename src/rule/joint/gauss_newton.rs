//! Gauss-Newton: the levels and the basis that miss all quoted rates least, in weighted squares.
//!
//! The miss of a fed funds contract and of a 1-Month SOFR future is linear in the unknowns, that of a 3-Month SOFR future nearly:
//! its product of growth factors bends by `(N/720)` of the variance of its rates, a tenth of a basis point. Each step solves the
//! linear problem at the guess before; the second already moves nothing that a tick shows, and the third little more than the last place of
//! a number. A full Newton step would add second derivatives for nothing.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use super::instrument::{Guess, Instrument};

/// The steps end with one that moves no rate by more, in percent: the next would move them a hundred thousand times less.
const STILL: f64 = 1e-9;
/// The most steps: three are the rule.
const MOST_STEPS: usize = 12;
/// A direction that the misses do not see: the square of its singular value over the largest square.
const UNSEEN: f64 = 1e-13;
/// What holds an unknown that is free where it is, over the largest square.
const HELD: f64 = 1e-9;
/// The share of an unknown in an unseen direction from which it is free.
const FREE: f64 = 1e-6;

/// What is sought.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub(super) instruments: Vec<Instrument>,
    /// One more than the decisions.
    pub(super) levels: usize,
    /// Today's level in percent, where it is given.
    pub(super) start: Option<f64>,
    /// The days of the basis' knots; none where there is no basis.
    pub(super) knots: Vec<u32>,
    /// How much the squared second differences of the basis count.
    pub(super) smoothness: f64,
}

/// What was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The levels, then the basis at the knots, in percent.
    pub(super) unknowns: Vec<f64>,
    /// Whether the contracts leave each unknown free, alone or mixed with others: of all levels that meet the prices, those with the
    /// smallest steps.
    pub(super) free: Vec<bool>,
    /// How each unknown moves with the quoted rate of each instrument: a row an unknown.
    pub(super) response: DMatrix<f64>,
    /// How far each instrument determines its own fitted rate: 0 to 1.
    pub(super) leverage: Vec<f64>,
}

/// The linear problem at a guess: `slopes x step = misses`, both weighted.
struct Linearised {
    slopes: DMatrix<f64>,
    misses: DVector<f64>,
}

impl Problem {
    fn unknowns(&self) -> usize {
        self.levels + self.knots.len()
    }

    /// Whether any instrument covers a level.
    pub(super) fn covers(&self, level: usize) -> bool {
        self.instruments.iter().any(|instrument| instrument.covers(level))
    }

    /// The first guess: every level the mean of the quoted rates, no basis.
    fn first_guess(&self) -> Vec<f64> {
        let rates = self.instruments.iter().map(Instrument::quoted_rate);
        #[expect(clippy::cast_precision_loss, reason = "some dozens of contracts")]
        let mean = rates.sum::<f64>() / self.instruments.len().max(1) as f64;
        let mut guess = vec![mean; self.levels];
        guess.extend(self.knots.iter().map(|_| 0.0));
        if let (Some(first), Some(start)) = (guess.first_mut(), self.start) {
            *first = start;
        }
        guess
    }

    fn linearised(&self, at: &[f64], without: Option<usize>) -> Linearised {
        let (levels, basis) = at.split_at(self.levels);
        let guess = Guess { levels, basis, knots: &self.knots };
        let bends = if self.smoothness > 0.0 { self.knots.len().saturating_sub(2) } else { 0 };
        let rows = self.instruments.len() + bends;
        let mut slopes = DMatrix::zeros(rows, self.unknowns());
        let mut misses = DVector::zeros(rows);
        let mut row = vec![0.0; self.unknowns()];
        for (place, instrument) in self.instruments.iter().enumerate().filter(|(place, _)| without != Some(*place)) {
            let root = instrument.weight.sqrt();
            misses[place] = root * instrument.miss(&guess, &mut row);
            for (column, slope) in row.iter().enumerate() {
                slopes[(place, column)] = root * slope;
            }
        }
        let root = self.smoothness.sqrt();
        for bend in 0..bends {
            let place = self.instruments.len() + bend;
            for (offset, factor) in [1.0, -2.0, 1.0].into_iter().enumerate() {
                slopes[(place, self.levels + bend + offset)] = root * factor;
                misses[place] -= root * factor * basis[bend + offset];
            }
        }
        if self.start.is_some() {
            slopes.column_mut(0).fill(0.0);
        }
        Linearised { slopes, misses }
    }

    /// The smallest weighted sum of squares.
    pub(super) fn solve(&self) -> Option<Found> {
        let mut at = self.first_guess();
        let mut linear = self.linearised(&at, None);
        let unseen = self.unseen(&linear);
        let free = self.free(&unseen);
        linear = self.converge(&mut at, linear, &free, (None, STILL))?;
        if unseen.ncols() > 0 {
            self.take_smallest_steps(&mut at, &unseen);
            let spread = self.linearised(&at, None);
            linear = self.converge(&mut at, spread, &free, (None, STILL))?;
        }
        let response = linear.response(&free)?;
        let instruments = self.instruments.len();
        let weighted = DMatrix::from_fn(self.unknowns(), instruments, |unknown, place| {
            response[(unknown, place)] * self.instruments[place].weight.sqrt()
        });
        let leverage = (0..instruments).map(|place| linear.slopes.row(place).transpose().dot(&response.column(place)));
        let leverage = leverage.collect();
        Some(Found { unknowns: at, free, response: weighted, leverage })
    }

    /// The unknowns fitted without one instrument, from the ones fitted with it; `None` where it alone tells some of them.
    pub(super) fn solve_without(&self, place: usize, found: &Found) -> Option<Vec<f64>> {
        const ALONE: f64 = 1.0 - 1e-6;
        if found.leverage.get(place).is_none_or(|leverage| *leverage > ALONE) {
            return None;
        }
        let mut at = found.unknowns.clone();
        let linear = self.linearised(&at, Some(place));
        self.converge(&mut at, linear, &found.free, (Some(place), 1e-12))?;
        Some(at)
    }

    /// Takes steps from a guess, without one instrument where one is left out, until none moves a rate by more than `still`; the
    /// problem at the end.
    fn converge(
        &self,
        at: &mut [f64],
        mut linear: Linearised,
        free: &[bool],
        (without, still): (Option<usize>, f64),
    ) -> Option<Linearised> {
        for _ in 0..MOST_STEPS {
            let step = linear.step(free)?;
            let moved = step.iter().fold(0.0_f64, |most, by| most.max(by.abs()));
            at.iter_mut().zip(step.iter()).for_each(|(unknown, by)| *unknown += by);
            if moved <= still {
                break;
            }
            linear = self.linearised(at, without);
        }
        Some(linear)
    }

    /// The directions in which no instrument sees the unknowns move, a column each; a level that is given does not move.
    fn unseen(&self, linear: &Linearised) -> DMatrix<f64> {
        if linear.is_sound(self.start.is_some()) {
            return DMatrix::zeros(self.unknowns(), 0);
        }
        // The square matrix has every direction among its own, also where there are fewer misses than unknowns.
        let mut normal = linear.slopes.tr_mul(&linear.slopes);
        let largest = normal.diagonal().max();
        if self.start.is_some() {
            normal[(0, 0)] = largest;
        }
        let directions = normal.symmetric_eigen();
        let is_unseen = |direction: &usize| directions.eigenvalues[*direction] <= UNSEEN * largest;
        let unseen: Vec<usize> = (0..self.unknowns()).filter(is_unseen).collect();
        directions.eigenvectors.select_columns(&unseen)
    }

    /// Which unknowns the instruments leave free: those with a part in a direction that none sees.
    fn free(&self, unseen: &DMatrix<f64>) -> Vec<bool> {
        (0..self.unknowns()).map(|unknown| unseen.row(unknown).iter().any(|part| part.abs() > FREE)).collect()
    }

    /// Moves the levels where no instrument sees it, so that the squares of the steps between them are smallest in sum: what a quarter
    /// tells of several meetings together is spread over them.
    fn take_smallest_steps(&self, at: &mut [f64], unseen: &DMatrix<f64>) {
        let steps = self.levels.saturating_sub(1);
        let moves = DMatrix::from_fn(steps, unseen.ncols(), |step, way| unseen[(step + 1, way)] - unseen[(step, way)]);
        let taken = DVector::from_fn(steps, |step, _| at[step + 1] - at[step]);
        let mut normal = moves.tr_mul(&moves);
        // A direction of the basis alone moves no level.
        (0..unseen.ncols()).for_each(|way| normal[(way, way)] += HELD);
        let Some(factors) = normal.cholesky() else { return };
        let back = unseen * factors.solve(&moves.tr_mul(&taken));
        at.iter_mut().zip(back.iter()).for_each(|(unknown, by)| *unknown -= by);
    }
}

impl Linearised {
    /// Whether every unknown is told, the first aside where it is given.
    fn is_sound(&self, given: bool) -> bool {
        let mut normal = self.slopes.tr_mul(&self.slopes);
        if given {
            normal[(0, 0)] = 1.0;
        }
        let largest = normal.diagonal().max();
        let pivots = normal.cholesky().map(|factors| factors.l_dirty().diagonal().min());
        pivots.is_some_and(|smallest| smallest * smallest > UNSEEN * largest)
    }

    /// `X'X`, with the unknowns that are free held where they are.
    fn normal(&self, free: &[bool]) -> Option<Cholesky<f64, Dyn>> {
        let mut normal = self.slopes.tr_mul(&self.slopes);
        let largest = normal.diagonal().max().max(f64::MIN_POSITIVE);
        for unknown in 0..normal.nrows() {
            // A column without a slope, or one of a direction that nothing sees, is held.
            if free[unknown] || normal[(unknown, unknown)] <= 0.0 {
                normal[(unknown, unknown)] += HELD * largest;
            }
        }
        normal.cholesky()
    }

    /// How the unknowns move with the misses: `(X'X)^-1 X'`.
    fn response(&self, free: &[bool]) -> Option<DMatrix<f64>> {
        Some(self.normal(free)?.solve(&self.slopes.transpose()))
    }

    fn step(&self, free: &[bool]) -> Option<DVector<f64>> {
        Some(self.normal(free)?.solve(&self.slopes.tr_mul(&self.misses)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::instrument::{Instrument, Says};
    use super::Problem;

    /// 5 % today, and an average of 4.4 % over three levels to come: of the steps `d` with `d1 + 2/3 d2 + 1/3 d3 = -0.6`, those of the
    /// smallest squares are in the ratio 1 : 2/3 : 1/3.
    #[test]
    fn what_no_contract_tells_apart_moves_in_the_smallest_steps() {
        let shares = [1, 2, 3].map(|level| (level, 1.0 / 3.0)).to_vec();
        let says = Says::Mean { shares, rate: 4.4 };
        let instrument = Instrument { contract: "ZQH25".parse().unwrap(), weight: 1.0, says };
        let problem =
            Problem { instruments: vec![instrument], levels: 4, start: Some(5.0), knots: Vec::new(), smoothness: 0.0 };
        let found = problem.solve().unwrap();
        assert_eq!(found.free, [false, true, true, true]);
        let first = -0.6 * 9.0 / 14.0;
        let levels = [5.0, 5.0 + first, 5.0 + first * 5.0 / 3.0, 5.0 + first * 2.0];
        for (level, expected) in found.unknowns.iter().zip(levels) {
            assert!((level - expected).abs() < 1e-7, "{:?}", found.unknowns);
        }
    }
}
