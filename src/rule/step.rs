//! [`MeetingStep`]: the expected rate before and after one meeting, and where both come from.

use chrono::NaiveDate;

use super::equation::Rated;
use super::expression::{Affine, Expression};
use super::known::Known;
use super::source::{RateSource, Solved};
use super::{Linear, UnpricedReason};
use crate::market::bank::CentralBank;
use crate::market::calendar::Meeting;
use crate::market::contract::ContractMonth;
use crate::schedule::DayCount;
use crate::units::{BasisPoints, Fraction, Rate};

/// One meeting of the path.
///
/// ```
/// use fedpath::{Assumptions, price};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n2025-11,96.12\n2026-01,96.215\n2026-02,96.285\n";
/// let outlook = price(quotes, &Assumptions::default())?;
/// let december = &outlook.path().steps()[0];
/// assert_eq!((december.before.to_string(), december.after.to_string()), ("3.88%".into(), "3.7925%".into()));
/// assert_eq!((december.effective.to_string(), december.days.before()), ("2025-12-11".into(), 10));
/// # Ok::<(), fedpath::Error>(())
/// ```
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
        let [rate_before, rate_after] = [&before, &after].map(|rate| Rate::from_exact(rate.made.value().clone()));
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
