//! [`PointMethod`]: one distribution among those that the quotes leave open, by a principle that has to be named.
//!
//! The bounds say what the quotes determine. An estimate adds an assumption of its own to them, is found in floating point, and is
//! not proved: it stands beside its bounds, and nowhere without them.

mod convex;
mod entropy;
mod least_squares;
mod span;

use std::fmt;

use super::agreement::EventBounds;
use super::cells::Cells;
use super::condition::Condition;
use super::program::Program;
use crate::units::{Fraction, Probability};
use span::Span;

/// How one distribution is chosen among those that the quotes allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum PointMethod {
    /// The most even one: of all distributions over the sequences of moves that agree with the quotes, the one of the largest entropy
    /// (E. T. Jaynes, *Information Theory and Statistical Mechanics*, Physical Review 106, 1957). Every sequence of allowed
    /// moves counts alike before the quotes speak, so where they are silent, the moves are equally likely.
    MaximumEntropy,
    /// The probabilities, none below zero, that miss the middle of each quote least, in squares: J. B. Carlson, B. R. Craig and
    /// W. R. Melick, *Recovering Market Expectations of FOMC Rate Changes with Options on Federal Funds Futures*, Journal of
    /// Futures Markets 25 (2005), with futures as rows beside the options. It may miss quotes by more than their tolerance, and
    /// then lie outside the bounds; what several answers that miss equally little disagree on is left open.
    CarlsonCraigMelick,
}

impl fmt::Display for PointMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::MaximumEntropy => "maximum-entropy",
            Self::CarlsonCraigMelick => "carlson-craig-melick",
        })
    }
}

/// From how far outside its bounds, and on how small a part of an event, an estimate is not what it should be: a tenth of a point,
/// the last digit that is printed.
const ASTRAY: f64 = 1e-3;

/// The probability of every cell.
#[derive(Debug, Clone)]
pub(super) struct PointEstimate {
    method: PointMethod,
    cells: Vec<f64>,
    /// The sums of cells that the estimate determines; all where it is the only one of its kind.
    determined: Option<Span>,
}

impl PointEstimate {
    /// The estimate by a method; `None` where the solver finds none. The programme has the quotes at the tolerance at which they
    /// agree.
    pub(super) fn new(method: PointMethod, cells: &Cells, conditions: &[Condition], program: &Program) -> Option<Self> {
        let (found, determined) = match method {
            PointMethod::MaximumEntropy => (entropy::largest(cells, program)?, None),
            PointMethod::CarlsonCraigMelick => {
                let (found, span) = least_squares::smallest(cells, conditions)?;
                (found, Some(span))
            }
        };
        Some(Self { method, cells: found, determined })
    }

    /// The probability of a sum of cells, to six places, given its bounds; `None` where the estimate leaves it open.
    pub(super) fn of(&self, sum: &[usize], bounds: &EventBounds) -> Option<Probability> {
        if self.determined.as_ref().is_some_and(|determined| !determined.contains(sum)) {
            return None;
        }
        let found: f64 = sum.iter().map(|column| self.cells[*column]).sum();
        let (low, high) = (bounds.low.exact().to_f64(), bounds.high.exact().to_f64());
        let found = match self.method {
            // It agrees with the quotes, up to what the solver has missed.
            PointMethod::MaximumEntropy => {
                let within = found.max(low).min(high);
                ((within - found).abs() <= ASTRAY).then_some(within)?
            }
            PointMethod::CarlsonCraigMelick => found.clamp(0.0, 1.0),
        };
        probability(found)
    }
}

/// A number in floating point as a probability of six places.
fn probability(value: f64) -> Option<Probability> {
    const PLACES: f64 = 1e6;
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and a million")]
    let millionths = (value * PLACES).round() as i64;
    Probability::new(Fraction::ratio(millionths, 1_000_000)?).ok()
}
