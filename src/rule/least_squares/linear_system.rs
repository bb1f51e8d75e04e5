//! Systems of linear equations in exact fractions.

use crate::units::Fraction;

/// Solves `matrix x = right` for several right-hand sides at once by Gauss-Jordan elimination: `right` and the solution
/// have a row an unknown and a column a side. An unknown that the equations leave free, alone or together with others,
/// is `None`.
pub(super) fn solve(matrix: &[Vec<Fraction>], right: &[Vec<Fraction>]) -> Vec<Option<Vec<Fraction>>> {
    let unknowns = matrix.len();
    let mut rows: Vec<Vec<Fraction>> =
        matrix.iter().zip(right).map(|(left, right)| [left.clone(), right.clone()].concat()).collect();
    let mut pivots: Vec<Option<usize>> = vec![None; unknowns];
    let mut next = 0;
    for (column, pivot) in pivots.iter_mut().enumerate() {
        let Some(found) = (next..rows.len()).find(|row| !rows[*row][column].is_zero()) else { continue };
        rows.swap(next, found);
        let divisor = rows[next][column].clone();
        for cell in &mut rows[next] {
            *cell = &*cell / &divisor;
        }
        let pivot_row = rows[next].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(row, _)| *row != next) {
            let factor = row[column].clone();
            if !factor.is_zero() {
                for (cell, above) in row.iter_mut().zip(&pivot_row) {
                    *cell = &*cell - &(&factor * above);
                }
            }
        }
        *pivot = Some(next);
        next += 1;
    }
    let free: Vec<usize> = (0..unknowns).filter(|column| pivots[*column].is_none()).collect();
    let solution = |pivot: &Option<usize>| {
        let row = &rows[(*pivot)?];
        free.iter().all(|column| row[*column].is_zero()).then(|| row[unknowns..].to_vec())
    };
    pivots.iter().map(solution).collect()
}

#[cfg(test)]
mod tests {
    use super::{Fraction, solve};

    fn rows(text: &str) -> Vec<Vec<Fraction>> {
        text.split(';').map(|row| row.split_whitespace().map(|cell| cell.parse().unwrap()).collect()).collect()
    }

    fn solved(matrix: &str, right: &str) -> String {
        let told = |unknown: Option<Vec<Fraction>>| unknown.map_or("free".to_owned(), |value| value[0].to_string());
        solve(&rows(matrix), &rows(right)).into_iter().map(told).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_the_equations_leave_free_is_not_solved() {
        assert_eq!(solved("2 1; 1 3", "5; 10"), "1 3");
        assert_eq!(solved("0 1; 1 0", "2; 7"), "7 2");
        // The sum of the first two is known, and neither by itself.
        assert_eq!(solved("1 1 0; 1 1 0; 0 0 4", "3; 3; 2"), "free free 1/2");
        assert_eq!(solved("0 0; 0 1", "0; 1"), "free 1");
        assert_eq!(solve(&[], &[]), Vec::<Option<Vec<Fraction>>>::new());
    }
}
