//! [`RateDays`] and [`DayCount`]: how many days of a reference period carry which rate. Both are made here alone.

use chrono::NaiveDate;

use crate::market::calendar::{is_business_day, next_business_day};
use crate::market::contract::ContractMonth;
use crate::market::period::Period;
use crate::units::Fraction;

/// The days of a reference period at each of its rates: before the first decision in it, between two, after the last.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct RateDays {
    days: Vec<u32>,
    /// The days of the whole period.
    whole: u32,
}

impl RateDays {
    /// Counts the days of a period whose rate changes on these days, in their order.
    pub(super) fn of(period: Period, changes: impl Iterator<Item = NaiveDate>) -> Self {
        let mut days = Vec::with_capacity(changes.size_hint().0 + 1);
        let mut from = period.start();
        for to in changes.map(|day| day.min(period.end())).chain([period.end()]) {
            let to = to.max(from);
            days.push(Period::new(from, to).days());
            from = to;
        }
        Self { days, whole: period.days() }
    }

    /// The days of the whole period, realised ones included.
    pub(crate) fn whole(&self) -> u32 {
        self.whole
    }

    /// The days at each rate, in the order of the rates.
    pub(crate) fn at_each_rate(&self) -> &[u32] {
        &self.days
    }

    /// The days at the last rate.
    pub(crate) fn at_last_rate(&self) -> u32 {
        self.days.last().copied().unwrap_or(0)
    }

    /// The days before and after the decision at a position.
    pub(crate) fn around(&self, decision: usize) -> DayCount {
        let at = |position: usize| self.days.get(position).copied().unwrap_or(0);
        DayCount { before: at(decision), after: at(decision + 1) }
    }

    /// The days to come, once so many at the first rate are realised.
    pub(crate) fn without_realised(mut self, realised: u32) -> Self {
        if let Some(first) = self.days.first_mut() {
            *first = first.saturating_sub(realised);
        }
        self
    }

    /// What the rates of the days add up to, in percent times days.
    pub(crate) fn sum<'r>(&self, rates: impl Iterator<Item = &'r Fraction>) -> Fraction {
        let parts = self.days.iter().zip(rates).map(|(days, rate)| &Fraction::integer(i64::from(*days)) * rate);
        parts.fold(Fraction::zero(), |sum, part| sum + part)
    }
}

/// The days of a period up to an announcement, its own included, and those after it: the count of event studies, in which the
/// new rate begins on the next calendar day, be it a Saturday.
pub(crate) fn days_around(period: Period, announcement: NaiveDate) -> DayCount {
    RateDays::of(period, announcement.succ_opt().into_iter()).around(0)
}

/// The days of a period whose rate is that of the last business day of some month: that day, and those that carry it.
pub(crate) fn days_at_month_end(period: Period) -> u32 {
    // A day carries the rate of the last business day up to it, which may be that of the month before.
    let carries_an_end = |day: &NaiveDate| {
        let mut back = std::iter::successors(Some(*day), NaiveDate::pred_opt);
        let fixed_on = back.find(|day| is_business_day(*day)).unwrap_or(*day);
        ContractMonth::of(next_business_day(fixed_on)) != ContractMonth::of(fixed_on)
    };
    u32::try_from(period.iter().filter(carries_an_end).count()).unwrap_or(u32::MAX)
}

/// The days of a meeting's month before and after the change of rate. Where the month has several decisions, they
/// reach from the decision before to the decision after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DayCount {
    before: u32,
    after: u32,
}

impl DayCount {
    /// Days of the month at the rate before the meeting.
    #[must_use]
    pub fn before(self) -> u32 {
        self.before
    }

    /// Days of the month at the rate after it.
    #[must_use]
    pub fn after(self) -> u32 {
        self.after
    }
}
