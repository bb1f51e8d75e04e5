//! [`MeetingStep`]: the expected rate before and after one meeting, and where both come from.

use std::fmt;

use chrono::NaiveDate;

use super::equation::Rated;
use super::expression::{Affine, Expression};
use super::known::Known;
use super::{Between, Linear, UnpricedReason};
use crate::market::bank::CentralBank;
use crate::market::calendar::Meeting;
use crate::market::contract::ContractMonth;
use crate::schedule::DayCount;
use crate::units::{BasisPoints, Fraction, Rate};

/// How a meeting was solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Solved {
    /// Start and end come from outside: its own contract is not used.
    Anchored,
    /// Its own contract gave the rate before.
    Backward,
    /// Its own contract gave the rate after.
    Forward,
    /// All contracts gave both rates: least squares.
    Together,
}

impl fmt::Display for Solved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Anchored => "anchored",
            Self::Backward => "backward",
            Self::Forward => "forward",
            Self::Together => "together",
        })
    }
}

/// Where a rate before or after a meeting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
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
    /// The realised average of a month without a meeting whose contract has expired and left the quotes.
    Realised(ContractMonth),
    /// The effective rate fixed on this day, the last before the valuation date.
    Fixing(NaiveDate),
    /// What the contract of the current month leaves for the days to come.
    RestOfMonth(ContractMonth),
    /// Assumed, between several decisions of one month.
    Assumed(Between),
    /// All contracts together, each with a weight: least squares.
    AllContracts,
}

/// One meeting of the path.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct MeetingStep {
    /// The meeting.
    pub meeting: Meeting,
    /// The first day that carries the rate after it.
    pub effective: NaiveDate,
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
    /// Whether the rate after it rests on where the chain, the quotes or the calendar end: solving with a longer chain, as far
    /// as quotes and calendar reach, changes it; or that cannot be tried, and the meeting is solved forward from its own
    /// contract.
    pub provisional: bool,
    /// What the rates before and after are made of.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) made: [Expression; 2],
    #[cfg_attr(feature = "serde", serde(rename = "expected_moves"))]
    moves: Fraction,
}

impl MeetingStep {
    /// A step between two rates; refused where no central bank would make it.
    pub(crate) fn new(
        known: &Known<'_>,
        meeting: Meeting,
        days: DayCount,
        before: Rated,
        after: Rated,
    ) -> Result<Self, UnpricedReason> {
        let [rate_before, rate_after] =
            [&before, &after].map(|rate| Rate::from_exact_percent(rate.made.value().clone()));
        let moves = known.assumptions.premia.moves(&(&rate_after - &rate_before));
        if moves.abs() > Fraction::integer(*CentralBank::FED.believable_moves().end()) {
            return Err(UnpricedReason::BeyondAnyRate);
        }
        Ok(Self {
            meeting,
            effective: known.schedule().effective_date(&meeting),
            days,
            before: rate_before,
            after: rate_after,
            before_from: before.source,
            after_from: after.source,
            provisional: false,
            made: [before.made, after.made],
            moves,
        })
    }

    /// The announcement of the meeting.
    #[must_use]
    pub fn announcement(&self) -> NaiveDate {
        self.meeting.announcement()
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

    /// The expected number of 25 bp moves, cuts negative: the expected change over 25 bp, unless a landing spread
    /// ([`Premia::set_landing`](crate::Premia::set_landing)) says what else a move does to the rate.
    #[must_use]
    pub fn expected_moves(&self) -> Fraction {
        self.moves.clone()
    }

    /// The rate before the meeting in percent, as a function of the prices.
    pub(crate) fn linear_before(&self) -> Linear {
        self.made[0].linear()
    }

    /// The rate after it.
    pub(crate) fn linear_after(&self) -> Linear {
        self.made[1].linear()
    }

    /// The rate before the meeting in percent, as a constant and weights of prices.
    pub(crate) fn affine_before(&self) -> &Affine {
        self.made[0].affine()
    }

    /// The expected change at the meeting in percent, as a constant and weights of prices.
    pub(crate) fn affine_change(&self) -> Affine {
        self.made[1].affine().minus(self.made[0].affine())
    }

    /// How the meeting was solved.
    #[must_use]
    pub fn solved(&self) -> Solved {
        match (self.before_from, self.after_from) {
            (RateSource::AllContracts, _) | (_, RateSource::AllContracts) => Solved::Together,
            (_, RateSource::OwnContract) => Solved::Forward,
            (RateSource::OwnContract, _) => Solved::Backward,
            _ => Solved::Anchored,
        }
    }
}
