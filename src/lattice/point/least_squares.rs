//! The probabilities that miss the middle of each quote least, in squares.

use super::super::cells::Cells;
use super::super::condition::Condition;
use super::convex::{Convex, Sum};
use super::span::Span;
use crate::units::Fraction;

/// A probability below this is none.
const NONE: f64 = 1e-6;

/// The cells' probabilities, and which sums of them every answer that misses equally little has in common.
pub(super) fn smallest(cells: &Cells, conditions: &[Condition]) -> Option<(Vec<f64>, Span)> {
    let count = cells.len();
    let numbers = |terms: &[(usize, Fraction)]| -> Sum {
        terms.iter().map(|(column, coefficient)| (*column, coefficient.to_f64())).collect()
    };
    let mut convex = Convex { variables: count + conditions.len(), ..Convex::default() };
    convex.at_most = (0..count).map(|column| (vec![(column, -1.0)], 0.0)).collect();
    let flow = cells.program().rows;
    convex.equations =
        flow.iter().map(|row| (numbers(&row.terms), row.low.as_ref().map_or(0.0, Fraction::to_f64))).collect();
    for (miss, condition) in (count..).zip(conditions) {
        let middle = f64::midpoint(condition.low.to_f64(), condition.high.to_f64());
        let mut sum = numbers(&condition.terms);
        sum.push((miss, -1.0));
        convex.equations.push((sum, middle));
    }
    convex.squares = (count..count + conditions.len()).collect();
    let mut found = convex.solve()?;
    found.truncate(count);
    // The misses of all best answers are the same, and a cell that is zero inside their set is zero at each: what the rows say of
    // the other cells is what they have in common.
    let rows = flow.iter().map(|row| &row.terms).chain(conditions.iter().map(|condition| &condition.terms));
    let mut span = Span::new(found.iter().map(|share| *share > NONE).collect());
    for row in rows {
        span.add(&numbers(row));
    }
    Some((found, span))
}
