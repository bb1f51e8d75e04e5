//! [`Unpriced`] and [`PolicyError`]: a meeting, or a whole strip, that has no price.

use std::fmt;

use chrono::NaiveDate;

use crate::market::calendar::{Meeting, TargetRange};
use crate::market::contract::{Contract, ContractMonth};
use crate::notice::UnpricedReason;
use crate::units::Rate;

/// A meeting of the chain that the quotes do not reach.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Unpriced {
    /// The meeting.
    pub meeting: Meeting,
    /// Why it has no price.
    pub reason: UnpricedReason,
}

/// Why a strip gives no path at all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyError {
    /// No target range is known for the valuation date.
    NoTarget(NaiveDate),
    /// The target range that was given lies more than 200 bp from every quoted rate of the current and the next two months:
    /// a slip, since moves are counted from it.
    TargetFar {
        /// The range that was given.
        target: TargetRange,
        /// The contract whose rate is nearest to it.
        contract: Contract,
        /// That rate.
        rate: Rate,
    },
    /// The calendar does not reach the valuation date, or holds no meeting from it on.
    NoMeetings {
        /// The valuation date.
        as_of: NaiveDate,
        /// The first and the last month of the calendar.
        span: (ContractMonth, ContractMonth),
    },
    /// Meetings have no price, in the order of their dates, and [`Assumptions::strict`](crate::Assumptions::strict) asks
    /// for all of them.
    Gaps(Vec<(NaiveDate, UnpricedReason)>),
    /// The joint fit knows no premia: they are stated of fed funds futures alone.
    JointPremia,
    /// This build is without the joint fit.
    NoJoint,
    /// The joint fit finds no path: no contract speaks.
    NothingSpeaks,
    /// Rates are dated by meeting, so that there are no prices of contracts.
    NoContracts,
    /// A rate is dated by a meeting that the calendar does not have.
    NoSuchMeeting(String),
    /// The first meeting has no price, and every outcome starts from it.
    FirstMeetingUnpriced(NaiveDate, UnpricedReason),
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTarget(date) => {
                write!(f, "expected a target range for {date}, found none in the table")
            }
            Self::TargetFar { target, contract, rate } => write!(
                f,
                "the target range {target} % lies more than 200 bp from the quoted rates: {} is at {:.4} %",
                contract.symbol(),
                rate.exact()
            ),
            Self::NoMeetings { as_of, span: (first, last) } => write!(
                f,
                "expected a calendar with meetings from {as_of} on, found one of {} to {}",
                first.words(),
                last.words()
            ),
            Self::Gaps(gaps) => {
                // A contract that stops several meetings is named once, for the first of them.
                let first = |position: usize| !gaps[..position].iter().any(|(_, reason)| *reason == gaps[position].1);
                let lines = gaps.iter().enumerate().filter(|(position, _)| first(*position));
                let lines: Vec<String> = lines.map(|(_, (meeting, reason))| no_price(*meeting, *reason)).collect();
                f.write_str(&lines.join("\n"))
            }
            Self::JointPremia => {
                f.write_str("expected no premia with SOFR futures: a premium is stated of fed funds futures alone")
            }
            Self::NoJoint => {
                f.write_str("this build is without the joint fit of fed funds and SOFR futures (feature joint)")
            }
            Self::NothingSpeaks => f.write_str("expected contracts to fit a path to, found none that speaks"),
            Self::NoContracts => f.write_str("expected prices of contracts, found rates dated by meeting"),
            Self::NoSuchMeeting(label) => {
                write!(f, "expected rates dated by meetings of the calendar, found one of {label}")
            }
            Self::FirstMeetingUnpriced(meeting, reason) => f.write_str(&no_price(*meeting, *reason)),
        }
    }
}

fn no_price(meeting: NaiveDate, reason: UnpricedReason) -> String {
    match reason {
        UnpricedReason::MissingContract(_) => format!("{reason}, needed for the meeting of {meeting}"),
        _ => format!("the meeting of {meeting} cannot be priced: {reason}"),
    }
}

impl std::error::Error for PolicyError {}
