//! Sparse linear equations in integers, solved exactly.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// `sum of coefficient * variable = rest`, the terms in the order of their variables.
pub(super) struct Equation {
    pub(super) terms: Vec<(usize, BigInt)>,
    pub(super) rest: BigInt,
}

/// Values of variables over one positive denominator.
pub(super) struct Values {
    pub(super) numerators: BTreeMap<usize, BigInt>,
    pub(super) denominator: BigInt,
}

/// Solves the equations one after the other, each for the variable that stands in the fewest others, the shortest
/// equation first, so that few terms are added on the way. Equations that contradict those before are passed over, and a
/// variable that none determines takes the value of `otherwise`, a numerator and a denominator: the caller checks the answer.
pub(super) fn solve(mut equations: Vec<Equation>, otherwise: impl Fn(usize) -> (BigInt, BigInt)) -> Values {
    let mut solved: Vec<(usize, Equation)> = Vec::new();
    let mut uses: BTreeMap<usize, usize> = BTreeMap::new();
    for (column, _) in equations.iter().flat_map(|equation| &equation.terms) {
        *uses.entry(*column).or_default() += 1;
    }
    loop {
        equations.retain(|equation| !equation.terms.is_empty());
        let Some(shortest) = (0..equations.len()).min_by_key(|index| equations[*index].terms.len()) else { break };
        let equation = equations.swap_remove(shortest);
        for (column, _) in &equation.terms {
            uses.entry(*column).and_modify(|count| *count = count.saturating_sub(1));
        }
        let pivot = equation.terms.iter().min_by_key(|(column, _)| uses.get(column).copied().unwrap_or(0));
        let Some(pivot) = pivot.map(|(column, _)| *column) else { continue };
        for other in &mut equations {
            other.eliminate(pivot, &equation, &mut uses);
        }
        solved.push((pivot, equation));
    }
    let mut values = Values::default();
    for (pivot, equation) in solved.into_iter().rev() {
        for (column, _) in equation.terms.iter().filter(|(column, _)| *column != pivot) {
            if !values.numerators.contains_key(column) {
                let (numerator, denominator) = otherwise(*column);
                values.insert(*column, numerator, denominator);
            }
        }
        let (mut rest, mut by) = (equation.rest * &values.denominator, BigInt::one());
        for (column, coefficient) in equation.terms {
            match values.numerators.get(&column) {
                _ if column == pivot => by = coefficient,
                Some(value) if !value.is_zero() => rest -= coefficient * value,
                _ => {}
            }
        }
        values.insert_over(pivot, rest, by);
    }
    values
}

impl Default for Values {
    fn default() -> Self {
        Self { numerators: BTreeMap::new(), denominator: BigInt::one() }
    }
}

impl Values {
    /// Adds a value of its own numerator and denominator.
    pub(super) fn insert(&mut self, column: usize, numerator: BigInt, denominator: BigInt) {
        let numerator = numerator * &self.denominator;
        self.insert_over(column, numerator, denominator);
    }

    /// Adds a value whose numerator is over the common denominator and over another one besides.
    fn insert_over(&mut self, column: usize, numerator: BigInt, besides: BigInt) {
        let common = numerator.gcd(&besides);
        let (mut numerator, mut besides) = (numerator / &common, besides / &common);
        if besides.is_negative() {
            (numerator, besides) = (-numerator, -besides);
        }
        if !besides.is_one() {
            self.numerators.values_mut().for_each(|value| *value *= &besides);
            self.denominator *= besides;
        }
        self.numerators.insert(column, numerator);
    }
}

impl Equation {
    /// Takes another equation off so many times that a variable vanishes, both brought to the same number of it.
    fn eliminate(&mut self, pivot: usize, other: &Self, uses: &mut BTreeMap<usize, usize>) {
        let of = |equation: &Self| {
            let at = equation.terms.binary_search_by_key(&pivot, |(column, _)| *column).ok()?;
            Some(equation.terms[at].1.clone())
        };
        let Some((own, others)) = of(self).zip(of(other)) else { return };
        let common = own.gcd(&others);
        let (keep, take) = (others / &common, own / &common);
        let mut terms = Vec::with_capacity(self.terms.len() + other.terms.len());
        let (mut mine, mut theirs) = (self.terms.drain(..).peekable(), other.terms.iter().peekable());
        loop {
            let next = match (mine.peek(), theirs.peek()) {
                (None, None) => break,
                (Some((left, _)), Some((right, _))) => left.cmp(right),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
            };
            let (left, right) = match next {
                Ordering::Less => (mine.next(), None),
                Ordering::Greater => (None, theirs.next()),
                Ordering::Equal => (mine.next(), theirs.next()),
            };
            match (left, right) {
                (Some((column, own)), None) => terms.push((column, own * &keep)),
                (None, Some((column, coefficient))) => {
                    *uses.entry(*column).or_default() += 1;
                    terms.push((*column, -(coefficient * &take)));
                }
                (Some((column, own)), Some((_, coefficient))) => {
                    let left = own * &keep - coefficient * &take;
                    if left.is_zero() {
                        uses.entry(column).and_modify(|count| *count = count.saturating_sub(1));
                    } else {
                        terms.push((column, left));
                    }
                }
                (None, None) => break,
            }
        }
        drop(mine);
        self.terms = terms;
        self.rest = &self.rest * &keep - &other.rest * &take;
        self.reduce();
    }

    /// Divides by what all numbers of the equation share.
    fn reduce(&mut self) {
        let mut common = BigInt::zero();
        for number in self.terms.iter().map(|(_, coefficient)| coefficient).chain([&self.rest]) {
            common = common.gcd(number);
            if common.is_one() {
                return;
            }
        }
        if !common.is_zero() {
            self.terms.iter_mut().for_each(|(_, coefficient)| *coefficient /= &common);
            self.rest /= common;
        }
    }
}
