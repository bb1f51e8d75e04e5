//! What one month's contract says: its days at each rate, and what they add up to.

use chrono::NaiveDate;

use super::{Between, DecisionDay};
use crate::market::calendar::{Meeting, is_business_day, next_business_day};
use crate::market::contract::ContractMonth;
use crate::units::{Fraction, Rate};

/// The first day that carries the rate after a decision.
fn first_day_after(meeting: &Meeting, convention: DecisionDay) -> NaiveDate {
    let announcement = meeting.announcement();
    match convention {
        DecisionDay::Old => meeting.effective_date(),
        DecisionDay::New if is_business_day(announcement) => announcement,
        DecisionDay::New | DecisionDay::OldToBusinessDay => next_business_day(announcement),
    }
}

/// The days of a month at each of its rates: before its first decision, between two, after its last.
pub(crate) fn days_at_each_rate(month: ContractMonth, decisions: &[Meeting], convention: DecisionDay) -> Vec<u32> {
    let (first, end) = (month.first_day(), month.next().first_day());
    let changes = decisions.iter().map(|meeting| first_day_after(meeting, convention).clamp(first, end));
    let mut days = Vec::with_capacity(decisions.len() + 1);
    let mut from = first;
    for to in changes.chain([end]) {
        let to = to.max(from);
        days.push(u32::try_from((to - from).num_days()).unwrap_or(0));
        from = to;
    }
    days
}

/// What the contract of a month with decisions says: the rates times their days add up to `total`, in percent times days.
pub(crate) struct MonthEquation {
    /// Days to come at the rate before the first decision, between two, after the last; realised days are taken out.
    pub(crate) days: Vec<u32>,
    /// What the rates of these days add up to.
    pub(crate) total: Fraction,
}

impl MonthEquation {
    /// The equation in the month's first and last rate alone; `None` where it has others and nothing is assumed of them.
    pub(crate) fn two_rates(&self, between: Option<Between>) -> Option<TwoRates> {
        let [before, after] = days_of_two_rates(&self.days, between)?;
        Some(TwoRates { before, after, total: self.total.clone() })
    }

    /// The rate between two decisions, from the rates before and after them; `None` where there are not two, or no day
    /// lies between.
    pub(crate) fn rate_between(&self, before: &Rate, after: &Rate) -> Option<Rate> {
        let [first, between, last] = self.days.as_slice() else { return None };
        let rest = &(&self.total - &times(*first, before)) - &times(*last, after);
        rest.checked_div(&Fraction::integer(i64::from(*between))).map(Rate::from_exact_percent)
    }
}

/// The days that count at a month's first and at its last rate, those at the rates between shared out as assumed; `None`
/// where there are such days and nothing is assumed of them.
pub(crate) fn days_of_two_rates(days: &[u32], between: Option<Between>) -> Option<[Fraction; 2]> {
    let decisions = i64::try_from(days.len()).unwrap_or(i64::MAX) - 1;
    let [mut before, mut after] = [Fraction::zero(), Fraction::zero()];
    for (position, days) in (0..).zip(days) {
        let share = match (position, between) {
            (0, _) => Fraction::zero(),
            (last, _) if last == decisions => Fraction::integer(1),
            (inner, assumed) => share_of_change(inner, decisions, assumed?)?,
        };
        let days = Fraction::integer(i64::from(*days));
        after = &after + &(&days * &share);
        before = &before + &(&days * &(&Fraction::integer(1) - &share));
    }
    Some([before, after])
}

/// How much of a month's change has come after `position` of its decisions.
pub(crate) fn share_of_change(position: i64, decisions: i64, assumed: Between) -> Option<Fraction> {
    match assumed {
        Between::Before => Some(Fraction::zero()),
        Between::After => Some(Fraction::integer(1)),
        Between::Even => Fraction::ratio(position, decisions),
    }
}

/// `days_before rate_before + days_after rate_after = total`.
pub(crate) struct TwoRates {
    before: Fraction,
    after: Fraction,
    total: Fraction,
}

impl TwoRates {
    /// The rate before from the rate after: `(total - M after) / N`; `None` without such days.
    pub(crate) fn rate_before(&self, after: &Rate) -> Option<Rate> {
        let rest = &self.total - &(&self.after * after.percent());
        rest.checked_div(&self.before).map(Rate::from_exact_percent)
    }

    /// The rate after from the rate before: `(total - N before) / M`; `None` without such days.
    pub(crate) fn rate_after(&self, before: &Rate) -> Option<Rate> {
        let rest = &self.total - &(&self.before * before.percent());
        rest.checked_div(&self.after).map(Rate::from_exact_percent)
    }
}

/// A rate in percent times so many days.
pub(crate) fn times(days: u32, rate: &Rate) -> Fraction {
    &Fraction::integer(i64::from(days)) * rate.percent()
}
