//! [`Known`]: what the rule knows on the valuation date, and nothing later.

use chrono::NaiveDate;

use super::{Assumptions, PolicyError, UnpricedReason};
use crate::calendar::{Meeting, TargetRange};
use crate::contract::ContractMonth;
use crate::strip::Strip;
use crate::units::{Price, Rate};

/// What is known on the valuation date: prices, and which months have a meeting.
pub(super) struct Known<'a> {
    pub(super) strip: &'a Strip,
    pub(super) assumptions: &'a Assumptions,
    pub(super) as_of: NaiveDate,
}

/// What a month is to the rule on the valuation date.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum MonthRole {
    /// No meeting and no move: its contract averages one rate.
    Anchor,
    /// A scheduled meeting, past or to come.
    Meeting,
    /// The rate has moved off the calendar.
    Moved,
    /// Beyond the calendar.
    Unknown,
}

impl Known<'_> {
    /// The target range in force.
    pub(super) fn target(&self) -> Result<TargetRange, PolicyError> {
        let range = self.assumptions.target.or_else(|| self.assumptions.targets.range_on(self.as_of));
        range.ok_or(PolicyError::NoTarget(self.as_of))
    }

    /// The next meetings that are on the calendar: on the day of its decision a meeting is still the first.
    pub(super) fn chain(&self) -> Result<Vec<Meeting>, PolicyError> {
        let calendar = &self.assumptions.calendar;
        let upcoming = calendar.expected_on(self.as_of).filter(|meeting| meeting.announcement() >= self.as_of);
        // One more than the chain holds: a decision in its last month would make that contract mix three rates.
        let count = self.assumptions.meeting_count;
        let mut chain: Vec<Meeting> = upcoming.take(count.saturating_add(1)).copied().collect();
        if chain.is_empty() || count == 0 || !calendar.covers(ContractMonth::of(self.as_of)) {
            return Err(PolicyError::NoMeetings { as_of: self.as_of, span: calendar.span() });
        }
        if let Some(pair) = chain.windows(2).find(|pair| pair[0].month() == pair[1].month()) {
            let decisions = (pair[0].announcement(), pair[1].announcement());
            return Err(PolicyError::TwoDecisions { month: pair[0].month(), decisions });
        }
        chain.truncate(count);
        Ok(chain)
    }

    pub(super) fn role(&self, month: ContractMonth) -> MonthRole {
        let calendar = &self.assumptions.calendar;
        if calendar.expected_on(self.as_of).any(|meeting| meeting.month() == month) {
            MonthRole::Meeting
        } else if !calendar.covers(month) {
            MonthRole::Unknown
        } else if self.moved_off_calendar(month) {
            MonthRole::Moved
        } else {
            MonthRole::Anchor
        }
    }

    /// Whether the rate of a month with a meeting to come has already changed, or may have, within that month.
    pub(super) fn already_moved(&self, meeting: &Meeting) -> bool {
        let earlier =
            |other: &Meeting| other.month() == meeting.month() && other.announcement() < meeting.announcement();
        self.moved_off_calendar(meeting.month()) || self.assumptions.calendar.expected_on(self.as_of).any(earlier)
    }

    /// Whether an unscheduled change of the target was announced in the month, up to the valuation date.
    fn moved_off_calendar(&self, month: ContractMonth) -> bool {
        let announced = self.assumptions.targets.changes().iter().filter_map(|change| change.announcement);
        let mut unscheduled = announced.filter(|date| *date <= self.as_of && ContractMonth::of(*date) == month);
        unscheduled.any(|date| {
            let mut expected = self.assumptions.calendar.expected_on(self.as_of);
            !expected.any(|meeting| meeting.announcement() == date)
        })
    }

    /// The implied average of a contract, or why there is none.
    pub(super) fn average(&self, month: ContractMonth) -> Result<Rate, UnpricedReason> {
        self.strip.price(month).map(Price::implied_rate).ok_or_else(|| {
            let beyond = self.strip.last_contract().is_none_or(|last| month > last);
            if beyond { UnpricedReason::StripEnds(month) } else { UnpricedReason::MissingContract(month) }
        })
    }
}
