//! Sparse linear equations in fractions.

use std::collections::BTreeMap;

use crate::units::Fraction;

/// `sum of coefficient * variable = rest`, the terms in the order of their variables.
pub(super) struct Equation {
    pub(super) terms: Vec<(usize, Fraction)>,
    pub(super) rest: Fraction,
}

/// Solves the equations one after the other, each for the variable that stands in the fewest others, the shortest
/// equation first, so that few terms are added on the way. Equations that contradict those before are passed over, and a variable that none
/// determines takes its value near `found`: the caller checks the answer.
pub(super) fn solve(mut equations: Vec<Equation>, found: &[f64]) -> BTreeMap<usize, Fraction> {
    let mut solved: Vec<(usize, Equation)> = Vec::new();
    let mut uses: BTreeMap<usize, usize> = BTreeMap::new();
    for (column, _) in equations.iter().flat_map(|equation| &equation.terms) {
        *uses.entry(*column).or_default() += 1;
    }
    loop {
        equations.retain(|equation| !equation.terms.is_empty());
        let Some(shortest) = (0..equations.len()).min_by_key(|index| equations[*index].terms.len()) else { break };
        let mut equation = equations.swap_remove(shortest);
        let pivot = equation.terms.iter().min_by_key(|(column, _)| uses.get(column).copied().unwrap_or(0));
        let Some((pivot, by)) = pivot.cloned() else { continue };
        for (column, coefficient) in &mut equation.terms {
            *coefficient = &*coefficient / &by;
            uses.entry(*column).and_modify(|count| *count = count.saturating_sub(1));
        }
        equation.rest = &equation.rest / &by;
        for other in &mut equations {
            let Ok(at) = other.terms.binary_search_by_key(&pivot, |(column, _)| *column) else { continue };
            let times = other.terms[at].1.clone();
            other.subtract(&equation, &times, &mut uses);
        }
        solved.push((pivot, equation));
    }
    let mut values: BTreeMap<usize, Fraction> = BTreeMap::new();
    for (pivot, equation) in solved.into_iter().rev() {
        let mut value = equation.rest;
        for (column, coefficient) in equation.terms.into_iter().filter(|(column, _)| *column != pivot) {
            let of = values.entry(column).or_insert_with(|| rounded(found[column]));
            value = &value - &(&coefficient * &*of);
        }
        values.insert(pivot, value);
    }
    values
}

impl Equation {
    /// Subtracts another equation so many times.
    fn subtract(&mut self, other: &Self, times: &Fraction, uses: &mut BTreeMap<usize, usize>) {
        let mut terms = Vec::with_capacity(self.terms.len() + other.terms.len());
        let (mut own, mut subtracted) = (self.terms.drain(..).peekable(), other.terms.iter().peekable());
        loop {
            let next = match (own.peek(), subtracted.peek()) {
                (None, None) => break,
                (Some((left, _)), Some((right, _))) => left.cmp(right),
                (Some(_), None) => std::cmp::Ordering::Less,
                (None, Some(_)) => std::cmp::Ordering::Greater,
            };
            let (left, right) = match next {
                std::cmp::Ordering::Less => (own.next(), None),
                std::cmp::Ordering::Greater => (None, subtracted.next()),
                std::cmp::Ordering::Equal => (own.next(), subtracted.next()),
            };
            match (left, right) {
                (Some(term), None) => terms.push(term),
                (None, Some((column, coefficient))) => {
                    *uses.entry(*column).or_default() += 1;
                    terms.push((*column, -&(coefficient * times)));
                }
                (Some((column, own)), Some((_, coefficient))) => {
                    let left = &own - &(coefficient * times);
                    if left.is_zero() {
                        uses.entry(column).and_modify(|count| *count = count.saturating_sub(1));
                    } else {
                        terms.push((column, left));
                    }
                }
                (None, None) => break,
            }
        }
        drop(own);
        self.terms = terms;
        self.rest = &self.rest - &(&other.rest * times);
    }
}

/// The number itself, as near as floating point has it.
pub(super) fn rounded(value: f64) -> Fraction {
    Fraction::try_from(value).unwrap_or_else(|_| Fraction::zero())
}
