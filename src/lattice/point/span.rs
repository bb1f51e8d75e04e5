//! [`Span`]: which sums of variables follow from known sums of them.

use super::convex::Sum;

/// What is left of a sum of the order of one that follows from the others.
const NOTHING: f64 = 1e-7;

/// The sums that follow from the known ones, as orthonormal directions. Variables that are zero do not count.
#[derive(Debug, Clone)]
pub(super) struct Span {
    counts: Vec<bool>,
    directions: Vec<Vec<f64>>,
}

impl Span {
    /// No sum is known yet; of the variables, those that count.
    pub(super) fn new(counts: Vec<bool>) -> Self {
        Self { counts, directions: Vec::new() }
    }

    /// One more sum is known.
    pub(super) fn add(&mut self, sum: &Sum) {
        let (mut rest, length) = self.rest(sum);
        if length > NOTHING {
            for part in &mut rest {
                *part /= length;
            }
            self.directions.push(rest);
        }
    }

    /// Whether the sum of these variables, each once, follows from the known ones.
    pub(super) fn contains(&self, columns: &[usize]) -> bool {
        self.rest(&columns.iter().map(|column| (*column, 1.0)).collect()).1 <= NOTHING
    }

    /// What is left of a sum beside the known directions, and its length against that of the sum. (Gram-Schmidt, twice: once leaves
    /// what the first pass has rounded.)
    fn rest(&self, sum: &Sum) -> (Vec<f64>, f64) {
        let mut rest = vec![0.0; self.counts.len()];
        for (column, coefficient) in sum.iter().filter(|(column, _)| self.counts[*column]) {
            rest[*column] += coefficient;
        }
        let whole = length(&rest);
        if whole <= 0.0 {
            return (rest, 0.0);
        }
        for part in &mut rest {
            *part /= whole;
        }
        for direction in self.directions.iter().chain(&self.directions) {
            let along: f64 = direction.iter().zip(&rest).map(|(a, b)| a * b).sum();
            for (part, of) in rest.iter_mut().zip(direction) {
                *part -= along * of;
            }
        }
        let left = length(&rest);
        (rest, left)
    }
}

fn length(vector: &[f64]) -> f64 {
    vector.iter().map(|part| part * part).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn what_follows_is_told_from_what_is_left_open() {
        let mut span = Span::new(vec![true, true, true, false]);
        span.add(&vec![(0, 1.0), (1, 1.0), (2, 1.0)]);
        span.add(&vec![(2, 25.0), (3, 50.0)]);
        // The third is known, hence the first two together; neither of them alone. The fourth is zero.
        assert!(span.contains(&[2]) && span.contains(&[0, 1]) && span.contains(&[3]) && span.contains(&[]));
        assert!(!span.contains(&[0]) && !span.contains(&[1, 2]));
    }
}
