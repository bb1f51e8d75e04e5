//! The rates of a path as linear functions of the prices behind it.

use std::collections::BTreeMap;

use super::least_squares::{Together, WeightedSum};
use super::month::days_of_two_rates;
use super::{Between, Linear, MeetingStep, PolicyPath, RateSource};
use crate::market::contract::ContractMonth;
use crate::units::{Fraction, Rate};

/// The rates around one meeting, in percent, as functions of the prices.
#[derive(Debug, Clone)]
pub(crate) struct LinearRates {
    pub(crate) before: Linear,
    pub(crate) after: Linear,
}

impl LinearRates {
    /// The expected change at the meeting, in percent.
    pub(crate) fn change(&self) -> Linear {
        self.after.minus(&self.before)
    }
}

impl PolicyPath {
    /// The rates around every meeting as functions of the prices, in the order of the steps. Their slopes follow the sources
    /// of the rates: least squares weighs contracts, FedWatch goes from rate to rate with the days of a month.
    pub(crate) fn linear_rates(&self) -> Vec<LinearRates> {
        let of_step = |position: usize, step: &MeetingStep| match &self.together {
            Some(together) => {
                let announcement = step.meeting.announcement();
                let slopes = |sum: Option<&WeightedSum>| self.weighed(sum);
                LinearRates {
                    before: linear(&step.before, slopes(Together::before(together, announcement))),
                    after: linear(&step.after, slopes(Together::after(together, announcement))),
                }
            }
            None => LinearRates { before: self.linear_before(position), after: self.linear_after(position) },
        };
        self.steps.iter().enumerate().map(|(position, step)| of_step(position, step)).collect()
    }

    /// A point of price is a point less of a contract's average.
    fn weighed(&self, sum: Option<&WeightedSum>) -> BTreeMap<ContractMonth, Fraction> {
        let weights = sum.map(|sum| sum.weights.as_slice()).unwrap_or_default();
        let quoted = |contract: &ContractMonth| self.contracts.iter().any(|fit| fit.contract == *contract);
        let quoted = weights.iter().filter(|(contract, _)| quoted(contract));
        quoted.map(|(contract, weight)| (*contract, -weight)).collect()
    }

    fn linear_before(&self, position: usize) -> Linear {
        let step = &self.steps[position];
        let value = || step.before.percent().clone();
        match step.before_from {
            RateSource::Anchor(month) => Linear::of_price(value(), month, Fraction::integer(-1)),
            RateSource::RestOfMonth(month) => {
                let left = month.days().saturating_sub(self.realised_days(month));
                let slope = Fraction::ratio(-i64::from(month.days()), i64::from(left));
                Linear::of_price(value(), month, slope.unwrap_or_else(Fraction::zero))
            }
            RateSource::PreviousMeeting if position > 0 => self.linear_after(position - 1),
            RateSource::OwnContract => self.linear_own(position, true),
            _ => Linear::constant(value()),
        }
    }

    fn linear_after(&self, position: usize) -> Linear {
        let step = &self.steps[position];
        let value = || step.after.percent().clone();
        match step.after_from {
            RateSource::Anchor(month) => Linear::of_price(value(), month, Fraction::integer(-1)),
            RateSource::NextMeeting if position + 1 < self.steps.len() => self.linear_before(position + 1),
            RateSource::OwnContract => self.linear_own(position, false),
            RateSource::Assumed(between) => self.linear_assumed(position, between),
            _ => Linear::constant(value()),
        }
    }

    /// A rate that the contract of its month gives from the month's other rates: their days and its own add up to `D A`.
    fn linear_own(&self, position: usize, before: bool) -> Linear {
        let month = self.steps[position].contract();
        let decided = self.decided_in(month);
        let days = self.days_to_come(month);
        let (first, last) = (decided.start, decided.end.saturating_sub(1));
        let rate = if before { &self.steps[position].before } else { &self.steps[position].after };
        let constant = || Linear::constant(rate.percent().clone());
        let total = Linear::of_price(Fraction::zero(), month, Fraction::integer(-i64::from(month.days())));
        let other_than = |others: &[(&Fraction, Linear)], own: &Fraction| {
            let others = others.iter().map(|(days, rate)| rate.times(days));
            let rest = others.fold(total.clone(), |rest, other| rest.minus(&other));
            let slopes = Fraction::integer(1).checked_div(own).map(|per_day| rest.times(&per_day).slopes);
            slopes.map_or_else(constant, |slopes| linear(rate, slopes))
        };
        if !before && position < last {
            // Between two decisions: both ends come from elsewhere.
            let [first_days, between, last_days] = days.as_slice() else { return constant() };
            let [first_days, between, last_days] =
                [first_days, between, last_days].map(|days| Fraction::integer(i64::from(*days)));
            let ends = [(&first_days, self.linear_before(first)), (&last_days, self.linear_after(last))];
            return other_than(&ends, &between);
        }
        let assumed = self.steps[decided].iter().find_map(|step| match step.after_from {
            RateSource::Assumed(between) => Some(between),
            _ => None,
        });
        let Some([days_before, days_after]) = days_of_two_rates(&days, assumed) else { return constant() };
        if before {
            other_than(&[(&days_after, self.linear_after(last))], &days_before)
        } else {
            other_than(&[(&days_before, self.linear_before(first))], &days_after)
        }
    }

    /// A rate between several decisions that shares the month's change as assumed.
    fn linear_assumed(&self, position: usize, between: Between) -> Linear {
        let decided = self.decided_in(self.steps[position].contract());
        let (first, last) = (decided.start, decided.end.saturating_sub(1));
        let of_count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let share = super::month::share_of_change(of_count(position + 1 - first), of_count(decided.len()), between);
        let share = share.unwrap_or_else(Fraction::zero);
        let before = self.linear_before(first);
        before.plus(&self.linear_after(last).minus(&before).times(&share))
    }

    /// The positions of the steps of a month.
    fn decided_in(&self, month: ContractMonth) -> std::ops::Range<usize> {
        let start = self.steps.partition_point(|step| step.contract() < month);
        let end = self.steps.partition_point(|step| step.contract() <= month);
        start..end
    }

    /// The days of a month at each of its rates, without the realised days that the rule takes out.
    fn days_to_come(&self, month: ContractMonth) -> Vec<u32> {
        let steps = &self.steps[self.decided_in(month)];
        let first = steps.first().map(|step| step.days.before.saturating_sub(self.realised_days(month)));
        first.into_iter().chain(steps.iter().map(|step| step.days.after)).collect()
    }

    fn realised_days(&self, month: ContractMonth) -> u32 {
        let realised = self.realised.as_ref().filter(|_| month == ContractMonth::of(self.as_of));
        realised.map_or(0, |realised| realised.days)
    }
}

fn linear(rate: &Rate, slopes: BTreeMap<ContractMonth, Fraction>) -> Linear {
    Linear { value: rate.percent().clone(), slopes }
}
