//! The distribution of the largest entropy that agrees with the quotes.

use super::super::cells::Cells;
use super::super::program::Program;
use super::convex::{Convex, Sum};

/// The cells' probabilities.
///
/// A distribution over sequences of moves that has the cells as its shares is most even where it is a Markov chain: what comes
/// next depends on the level alone. Its entropy is then the sum over the meetings of that of the move, given the level before it,
/// `sum of f log(p / f)`, `f` being a cell and `p` the cells of its level together. Each term is one exponential cone.
pub(super) fn largest(cells: &Cells, program: &Program) -> Option<Vec<f64>> {
    let count = cells.len();
    let mut convex = Convex { variables: 2 * count, ..Convex::default() };
    for row in &program.rows {
        let sum: Sum = row.terms.iter().map(|(column, coefficient)| (*column, coefficient.to_f64())).collect();
        match (&row.low, &row.high) {
            (Some(low), Some(high)) if low == high => convex.equations.push((sum, low.to_f64())),
            (low, high) => {
                let negative = |sum: &Sum| sum.iter().map(|(column, coefficient)| (*column, -coefficient)).collect();
                convex.at_most.extend(low.as_ref().map(|low| (negative(&sum), -low.to_f64())));
                convex.at_most.extend(high.as_ref().map(|high| (sum, high.to_f64())));
            }
        }
    }
    for (column, siblings) in cells.by_level() {
        let level = siblings.map(|sibling| (sibling, 1.0)).collect();
        convex.exponential.push([vec![(count + column, 1.0)], vec![(column, 1.0)], level]);
    }
    convex.costs = (count..2 * count).map(|entropy| (entropy, -1.0)).collect();
    let mut found = convex.solve()?;
    found.truncate(count);
    Some(found)
}
