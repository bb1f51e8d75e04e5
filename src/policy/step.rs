//! [`MeetingStep`]: the expected rate before and after one meeting, and where both come from.

use std::fmt;

use chrono::Datelike;

use super::DecisionDay;
use crate::calendar::Meeting;
use crate::contract::ContractMonth;
use crate::units::{BasisPoints, Fraction, Rate};

/// The days of a meeting's month before and after the change of rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCount {
    /// Days of the month at the rate before the meeting.
    pub before: u32,
    /// Days of the month at the rate after it.
    pub after: u32,
}

impl DayCount {
    /// The days of the meeting's month under a convention for the decision day.
    #[must_use]
    pub fn of(meeting: &Meeting, convention: DecisionDay) -> Self {
        let days = meeting.month().days();
        let decision_day = meeting.announcement().day();
        let before = match convention {
            DecisionDay::Old => decision_day,
            DecisionDay::New => decision_day - 1,
        };
        Self { before, after: days - before }
    }

    /// The days of the month.
    #[must_use]
    pub fn total(self) -> u32 {
        self.before + self.after
    }

    /// The month's average from both rates: `(before N + after M) / (N + M)`.
    #[must_use]
    pub fn average(self, before: &Rate, after: &Rate) -> Rate {
        let sum = &times(self.before, before) + &times(self.after, after);
        Rate::from_exact_percent(&sum / &Fraction::integer(i64::from(self.total())))
    }

    /// The rate before from the month's average and the rate after: `(D A - M after) / N`; `None` without such days.
    #[must_use]
    pub fn rate_before(self, average: &Rate, after: &Rate) -> Option<Rate> {
        let rest = &times(self.total(), average) - &times(self.after, after);
        rest.checked_div(&Fraction::integer(i64::from(self.before))).map(Rate::from_exact_percent)
    }

    /// The rate after from the month's average and the rate before: `(D A - N before) / M`; `None` without such days.
    #[must_use]
    pub fn rate_after(self, average: &Rate, before: &Rate) -> Option<Rate> {
        let rest = &times(self.total(), average) - &times(self.before, before);
        rest.checked_div(&Fraction::integer(i64::from(self.after))).map(Rate::from_exact_percent)
    }
}

fn times(days: u32, rate: &Rate) -> Fraction {
    &Fraction::integer(i64::from(days)) * rate.percent()
}

/// How a meeting was solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Solved {
    /// Start and end come from outside: its own contract is not used.
    Anchored,
    /// Its own contract gave the rate before.
    Backward,
    /// Its own contract gave the rate after.
    Forward,
}

impl fmt::Display for Solved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Anchored => "anchored",
            Self::Backward => "backward",
            Self::Forward => "forward",
        })
    }
}

/// Where a rate before or after a meeting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RateSource {
    /// The average of a month without a meeting.
    Anchor(ContractMonth),
    /// The rate before the meeting of the next month.
    NextMeeting,
    /// The rate after the meeting of the month before.
    PreviousMeeting,
    /// The meeting's own contract, from the other rate and the day count.
    OwnContract,
    /// Given by the user.
    Given,
}

/// One meeting of the path.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MeetingStep {
    /// The meeting.
    pub meeting: Meeting,
    /// The days of its month before and after the change.
    pub days: DayCount,
    /// The expected rate before the meeting.
    pub before: Rate,
    /// The expected rate after it.
    pub after: Rate,
    /// Where the rate before comes from.
    pub before_from: RateSource,
    /// Where the rate after comes from.
    pub after_from: RateSource,
}

impl MeetingStep {
    pub(super) fn new(
        meeting: Meeting,
        days: DayCount,
        (before, before_from): (Rate, RateSource),
        (after, after_from): (Rate, RateSource),
    ) -> Self {
        Self { meeting, days, before, after, before_from, after_from }
    }

    /// The contract of the meeting's month.
    #[must_use]
    pub fn contract(&self) -> ContractMonth {
        self.meeting.month()
    }

    /// The expected change of the rate at the meeting.
    #[must_use]
    pub fn change(&self) -> BasisPoints {
        &self.after - &self.before
    }

    /// The expected number of 25 bp moves, cuts negative.
    #[must_use]
    pub fn expected_moves(&self) -> Fraction {
        self.change().exact() / BasisPoints::policy_step().exact()
    }

    /// How the meeting was solved.
    #[must_use]
    pub fn solved(&self) -> Solved {
        match (self.before_from, self.after_from) {
            (_, RateSource::OwnContract) => Solved::Forward,
            (RateSource::OwnContract, _) => Solved::Backward,
            _ => Solved::Anchored,
        }
    }

    /// The average rate that the path implies for the meeting's month.
    #[must_use]
    pub fn month_average(&self) -> Rate {
        self.days.average(&self.before, &self.after)
    }
}
