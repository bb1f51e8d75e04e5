//! [`Expression`]: a figure of the path, and what it is made of.
//!
//! A rule makes every rate as a weighted sum of prices, numbers and other rates, and writes down why. The sum is walked once;
//! its value, its slopes in the prices and its explanation are read off the same nodes, so that they cannot disagree.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use super::{Linear, RateSource};
#[cfg(feature = "joint")]
use crate::market::contract::Contract;
use crate::market::contract::ContractMonth;
use crate::units::{Fraction, Price};

/// An exact figure in percent, or in percent times days: a sum of signed, weighted terms over a divisor. Cloning is cheap.
#[derive(Debug, Clone)]
pub(crate) struct Expression(Arc<Node>);

#[derive(Debug)]
struct Node {
    reason: Reason,
    terms: Vec<Term>,
    over: Option<Fraction>,
    value: Fraction,
    affine: OnceLock<Affine>,
}

/// One term of a sum: its sign, what it is multiplied by, and of what.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Term {
    pub(crate) subtracted: bool,
    /// `None` is 1, left unsaid.
    pub(crate) factor: Option<Fraction>,
    pub(crate) operand: Operand,
}

/// What a term multiplies.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    Number(Fraction),
    Price(ContractMonth, Price),
    Figure(Expression),
}

/// Why a figure is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Part of the calculation of another figure, without a name of its own.
    Part,
    /// What a contract averages, less its premia where some are stated.
    Average { contract: ContractMonth, less_premia: bool },
    /// The rate that a SOFR future implies.
    #[cfg(feature = "joint")]
    Implied(Contract),
    /// What the realised days of a month add up to.
    Realised { month: ContractMonth, days: u32 },
    /// The average of a month less what its realised days have added to it.
    ToCome(ContractMonth),
    /// The realised average of a month whose contract has expired.
    Expired(ContractMonth),
    /// A rate of the path if meetings had supposed outcomes.
    Supposed(Place),
    /// A rate of the path.
    Rate { place: Place, source: RateSource, detail: Detail },
}

/// Where a rate stands: before or after a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) side: Side,
    /// The meeting, by its announcement.
    pub(crate) meeting: NaiveDate,
}

/// A side of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    After,
}

impl Place {
    pub(crate) fn before(meeting: NaiveDate) -> Self {
        Self { side: Side::Before, meeting }
    }

    pub(crate) fn after(meeting: NaiveDate) -> Self {
        Self { side: Side::After, meeting }
    }

    /// "rate after 2025-12-10".
    pub(crate) fn words(self) -> String {
        let side = match self.side {
            Side::Before => "before",
            Side::After => "after",
        };
        format!("rate {side} {}", self.meeting)
    }
}

/// What the source of a rate leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    None,
    /// Premia are taken out of the contract.
    LessPremia,
    /// The meeting on the other side.
    Neighbour(NaiveDate),
    /// The contract of a month, with so many days realised and so many decisions.
    Month {
        month: ContractMonth,
        realised: bool,
        decisions: usize,
    },
}

/// A figure as `constant + sum of weight x price`, the contracts in their order and no weight zero.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Affine {
    pub(crate) constant: Fraction,
    pub(crate) weights: Vec<(ContractMonth, Fraction)>,
}

impl Affine {
    fn add(&mut self, factor: &Fraction, other: &Self) {
        self.constant = &self.constant + &(factor * &other.constant);
        for (contract, weight) in &other.weights {
            self.add_price(factor, *contract, weight);
        }
    }

    fn add_price(&mut self, factor: &Fraction, contract: ContractMonth, weight: &Fraction) {
        let change = factor * weight;
        match self.weights.binary_search_by_key(&contract, |(own, _)| *own) {
            Ok(found) => self.weights[found].1 = &self.weights[found].1 + &change,
            Err(place) => self.weights.insert(place, (contract, change)),
        }
    }

    fn over(mut self, divisor: Option<&Fraction>) -> Self {
        if let Some(divisor) = divisor {
            self.constant = &self.constant / divisor;
            for (_, weight) in &mut self.weights {
                *weight = &*weight / divisor;
            }
        }
        self.weights.retain(|(_, weight)| !weight.is_zero());
        self
    }

    /// This figure less another.
    pub(crate) fn minus(&self, other: &Self) -> Self {
        let mut difference = self.clone();
        difference.add(&Fraction::integer(-1), other);
        difference.over(None)
    }

    /// This figure times a number.
    pub(crate) fn times(mut self, factor: &Fraction) -> Self {
        self.constant = &self.constant * factor;
        for (_, weight) in &mut self.weights {
            *weight = &*weight * factor;
        }
        self.over(None)
    }
}

impl Term {
    /// An operand as it is.
    pub(crate) fn plus(operand: Operand) -> Self {
        Self { subtracted: false, factor: None, operand }
    }

    /// An operand taken out.
    pub(crate) fn minus(operand: Operand) -> Self {
        Self { subtracted: true, factor: None, operand }
    }

    /// So many times an operand.
    pub(crate) fn times(self, factor: Fraction) -> Self {
        Self { factor: Some(factor), ..self }
    }

    /// The figure that it multiplies, where it is one.
    pub(crate) fn figure(&self) -> Option<&Expression> {
        match &self.operand {
            Operand::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    fn value(&self) -> Fraction {
        let value = match &self.operand {
            Operand::Number(value) => value.clone(),
            Operand::Price(_, price) => price.exact(),
            Operand::Figure(figure) => figure.value().clone(),
        };
        let value = self.factor.as_ref().map_or_else(|| value.clone(), |factor| factor * &value);
        if self.subtracted { -&value } else { value }
    }

    /// What the operand is multiplied by, sign included.
    fn weight(&self) -> Fraction {
        let factor = self.factor.clone().unwrap_or_else(|| Fraction::integer(1));
        if self.subtracted { -&factor } else { factor }
    }
}

impl Expression {
    /// A sum.
    pub(crate) fn sum(reason: Reason, terms: Vec<Term>) -> Self {
        let value = terms.iter().fold(Fraction::zero(), |sum, term| &sum + &term.value());
        Self(Arc::new(Node { reason, terms, over: None, value, affine: OnceLock::new() }))
    }

    /// A sum over a divisor; `None` where the divisor is zero.
    pub(crate) fn quotient(reason: Reason, terms: Vec<Term>, over: Fraction) -> Option<Self> {
        let sum = terms.iter().fold(Fraction::zero(), |sum, term| &sum + &term.value());
        let value = sum.checked_div(&over)?;
        Some(Self(Arc::new(Node { reason, terms, over: Some(over), value, affine: OnceLock::new() })))
    }

    /// A number.
    pub(crate) fn number(reason: Reason, value: Fraction) -> Self {
        Self::sum(reason, vec![Term::plus(Operand::Number(value))])
    }

    /// The value at the quoted prices.
    pub(crate) fn value(&self) -> &Fraction {
        &self.0.value
    }

    /// Why the figure is there.
    pub(crate) fn reason(&self) -> Reason {
        self.0.reason
    }

    /// The terms of the sum.
    pub(crate) fn terms(&self) -> &[Term] {
        &self.0.terms
    }

    /// What the sum is divided by.
    pub(crate) fn over(&self) -> Option<&Fraction> {
        self.0.over.as_ref()
    }

    /// The figure as a function of the prices alone.
    pub(crate) fn affine(&self) -> &Affine {
        self.0.affine.get_or_init(|| {
            let mut sum = Affine { constant: Fraction::zero(), weights: Vec::new() };
            for term in &self.0.terms {
                let weight = term.weight();
                match &term.operand {
                    Operand::Number(value) => sum.constant = &sum.constant + &(&weight * value),
                    Operand::Price(contract, _) => sum.add_price(&weight, *contract, &Fraction::integer(1)),
                    Operand::Figure(figure) => sum.add(&weight, figure.affine()),
                }
            }
            sum.over(self.0.over.as_ref())
        })
    }

    /// The figure as its value and its slopes.
    pub(crate) fn linear(&self) -> Linear {
        Linear { value: self.value().clone(), slopes: self.affine().weights.iter().cloned().collect() }
    }
}

/// Two figures are equal where they are made the same way, whether or not their slopes have been asked for.
impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        let (own, other) = (&*self.0, &*other.0);
        std::ptr::eq(own, other)
            || own.value == other.value
                && own.reason == other.reason
                && own.over == other.over
                && own.terms == other.terms
    }
}

impl Eq for Expression {}
