//! A path on which meetings have supposed outcomes: every other meeting still changes the rate as it is priced to.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::expression::{Expression, Operand, Place, Reason, Term};
use super::{ContractFit, MeetingStep, PolicyPath, Premia};
use crate::market::contract::Contract;
use crate::units::{BasisPoints, Fraction, Rate};

impl PolicyPath {
    /// The path if meetings changed the effective rate by so much, with what that changes in the average of each contract.
    /// Prices stay as quoted: the fit tells how far each is from the path.
    pub(crate) fn supposing(
        mut self,
        outcomes: &BTreeMap<NaiveDate, BasisPoints>,
        averages: &BTreeMap<Contract, BasisPoints>,
    ) -> Self {
        self.steps = steps_supposing(&self.steps, outcomes, &self.premia);
        self.firm = self.firm.map(|steps| steps_supposing(&steps, outcomes, &self.premia));
        for fit in &mut self.contracts {
            fit.suppose(averages.get(&fit.contract));
        }
        self
    }
}

fn steps_supposing(
    steps: &[MeetingStep],
    outcomes: &BTreeMap<NaiveDate, BasisPoints>,
    premia: &Premia,
) -> Vec<MeetingStep> {
    // The rate after the last supposed outcome, and the one that is priced.
    let mut last: Option<(Expression, Expression)> = None;
    let mut supposed = Vec::with_capacity(steps.len());
    for step in steps {
        let meeting = step.announcement();
        let moved = |rate: &Expression, place: Place| match &last {
            None => rate.clone(),
            Some((supposed, priced)) => {
                let [rate, supposed, priced] = [rate, supposed, priced].map(|figure| Operand::Figure(figure.clone()));
                Expression::sum(
                    Reason::Supposed(place),
                    vec![Term::plus(rate), Term::plus(supposed), Term::minus(priced)],
                )
            }
        };
        let before = moved(&step.made[0], Place::before(meeting));
        let after = match outcomes.get(&meeting) {
            None => moved(&step.made[1], Place::after(meeting)),
            Some(size) => {
                let size = size.exact() / &Fraction::integer(100);
                let change = if size.is_negative() {
                    Term::minus(Operand::Number(size.abs()))
                } else {
                    Term::plus(Operand::Number(size))
                };
                let terms = vec![Term::plus(Operand::Figure(before.clone())), change];
                let after = Expression::sum(Reason::Supposed(Place::after(meeting)), terms);
                last = Some((after.clone(), step.made[1].clone()));
                after
            }
        };
        supposed.push(step.with_rates([before, after], premia));
    }
    supposed
}

impl ContractFit {
    /// The fit to a path on which the contract averages so much more; `None` where that is not known.
    fn suppose(&mut self, change: Option<&BasisPoints>) {
        let moved = |rate: &Rate| change.map(|change| rate + change);
        self.model_rate = self.model_rate.as_ref().and_then(moved);
        self.residual = self.residual.as_ref().zip(change).map(|(residual, change)| residual - change);
    }
}
