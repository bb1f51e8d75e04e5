//! Who decides when, as known on a valuation date, and which rate each day of each reference period carries.
//!
//! [`Schedule`] is built once from calendar, target history and convention. Whatever needs a day count or the first day of a
//! new rate takes it from here, so that all of them agree. Two dates with equal schedules are one to every rule: only prices
//! differ.

mod convention;
mod days;

pub use convention::DecisionDay;
pub use days::DayCount;
pub(crate) use days::{RateDays, days_around, days_at_month_end};

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::market::calendar::{Meeting, MeetingCalendar, TargetHistory};
use crate::market::contract::ContractMonth;
use crate::market::period::Period;

/// The decisions around a valuation date, as known on it, and the days that each rate applies to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Schedule {
    convention: DecisionDay,
    spot: ContractMonth,
    /// Whether no day of the current month lies behind.
    opens_month: bool,
    /// The meetings that were on the calendar, from the month before the current one on, in order.
    expected: Vec<Meeting>,
    /// The first of them that is not announced before the valuation date.
    ahead: usize,
    /// The end of the chain among them.
    chain_end: usize,
    decides_today: bool,
    /// The months, the current one or the one before, in which the target changed off the calendar.
    moved: Vec<ContractMonth>,
    /// The first and the last month of the calendar.
    span: (ContractMonth, ContractMonth),
}

/// What a month is to a rule on the valuation date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MonthRole {
    /// No meeting and no move: its contract averages one rate.
    Anchor,
    /// A scheduled meeting, past or to come.
    Meeting,
    /// The rate has moved off the calendar.
    Moved,
    /// Beyond the calendar.
    Unknown,
}

impl Schedule {
    /// The schedule of a valuation date, with a chain of the next `chain` meetings: more where the last month has several
    /// decisions, or its contract would mix rates that the chain does not know.
    pub(crate) fn new(
        as_of: NaiveDate,
        calendar: &MeetingCalendar,
        targets: &TargetHistory,
        convention: DecisionDay,
        chain: usize,
    ) -> Self {
        let spot = ContractMonth::of(as_of);
        let meetings = calendar.meetings();
        let first = meetings.partition_point(|meeting| meeting.month() < spot.previous());
        let expected: Vec<Meeting> =
            meetings[first..].iter().filter(|meeting| meeting.is_expected_on(as_of)).copied().collect();
        let ahead = expected.partition_point(|meeting| meeting.announcement() < as_of);
        let changes = targets.changes();
        let recent = changes.partition_point(|change| change.in_force < spot.previous().first_day());
        let announced = changes[recent..].iter().filter_map(|change| change.announcement);
        let on_calendar = |date: &NaiveDate| expected.binary_search_by_key(date, Meeting::announcement).is_ok();
        let off_calendar = announced.filter(|date| *date <= as_of && !on_calendar(date)).map(ContractMonth::of);
        let mut schedule = Self {
            convention,
            spot,
            opens_month: as_of.day() == 1,
            ahead,
            chain_end: ahead,
            decides_today: expected.get(ahead).is_some_and(|meeting| meeting.announcement() == as_of),
            moved: off_calendar.filter(|month| *month >= spot.previous()).collect(),
            expected,
            span: calendar.span(),
        };
        schedule.chain_end = schedule.whole_months(ahead.saturating_add(chain));
        schedule
    }

    /// The end of the month in which the meeting before `end` lies.
    fn whole_months(&self, end: usize) -> usize {
        let end = end.min(self.expected.len());
        let Some(last) = end.checked_sub(1).filter(|last| *last >= self.ahead) else { return self.ahead };
        let month = self.expected[last].month();
        end + self.expected[end..].iter().take_while(|meeting| meeting.month() == month).count()
    }

    /// The current month.
    pub(crate) fn spot(&self) -> ContractMonth {
        self.spot
    }

    /// Whether no day of the current month lies behind.
    pub(crate) fn opens_month(&self) -> bool {
        self.opens_month
    }

    /// Whether a decision on the calendar is announced on the valuation date: it is not yet known on it.
    pub(crate) fn decides_today(&self) -> bool {
        self.decides_today
    }

    /// The next meetings that are on the calendar: on the day of its decision a meeting is still the first.
    pub(crate) fn chain(&self) -> &[Meeting] {
        &self.expected[self.ahead..self.chain_end]
    }

    /// The chain and the meetings behind it, as far as their months follow without one between them: what a longer chain
    /// would solve together with its last meeting.
    pub(crate) fn chain_and_run(&self) -> &[Meeting] {
        let mut end = self.chain_end;
        while let Some(next) = self.expected.get(end) {
            let last = end.checked_sub(1).map(|last| self.expected[last].month());
            if last.is_none_or(|last| next.month() != last && next.month() != last.next()) {
                break;
            }
            end += 1;
        }
        &self.expected[self.ahead..end]
    }

    /// The first meeting behind the chain.
    pub(crate) fn after_chain(&self) -> Option<&Meeting> {
        self.expected.get(self.chain_end)
    }

    /// The first meeting behind [`Schedule::chain_and_run`].
    pub(crate) fn after_run(&self) -> Option<&Meeting> {
        self.expected.get(self.ahead + self.chain_and_run().len())
    }

    /// The first and the last month of the calendar.
    pub(crate) fn span(&self) -> (ContractMonth, ContractMonth) {
        self.span
    }

    fn covers(&self, month: ContractMonth) -> bool {
        (self.span.0..=self.span.1).contains(&month)
    }

    /// Whether the calendar knows the current month.
    pub(crate) fn covers_today(&self) -> bool {
        self.covers(self.spot)
    }

    /// What a month is, from the one before the current one on.
    pub(crate) fn role(&self, month: ContractMonth) -> MonthRole {
        if !self.expected_in(month).is_empty() {
            MonthRole::Meeting
        } else if !self.covers(month) {
            MonthRole::Unknown
        } else if self.moved.contains(&month) {
            MonthRole::Moved
        } else {
            MonthRole::Anchor
        }
    }

    /// Whether the rate of a month with a meeting to come has already changed, or may have, within that month.
    pub(crate) fn already_moved(&self, month: ContractMonth) -> bool {
        self.positions_in(month).start < self.ahead && !self.positions_in(month).is_empty()
            || self.moved.contains(&month)
    }

    /// Whether a month had decisions, and has none ahead.
    pub(crate) fn is_decided(&self, month: ContractMonth) -> bool {
        let positions = self.positions_in(month);
        self.already_moved(month) && (positions.is_empty() || positions.end <= self.ahead)
    }

    fn positions_in(&self, month: ContractMonth) -> Range<usize> {
        let start = self.expected.partition_point(|meeting| meeting.month() < month);
        let end = self.expected.partition_point(|meeting| meeting.month() <= month);
        start..end
    }

    /// The expected meetings of a month, past ones included.
    fn expected_in(&self, month: ContractMonth) -> &[Meeting] {
        &self.expected[self.positions_in(month)]
    }

    /// The first day at the rate after a decision.
    pub(crate) fn effective_date(&self, meeting: &Meeting) -> NaiveDate {
        self.convention.effective_date(meeting)
    }

    /// The days of a reference period at each of its rates, with these decisions.
    pub(crate) fn days<'m>(&self, period: Period, decisions: impl IntoIterator<Item = &'m Meeting>) -> RateDays {
        RateDays::of(period, decisions.into_iter().map(|meeting| self.effective_date(meeting)))
    }
}
