//! [`UnpricedReason`] and [`PolicyError`]: why a meeting, or a whole strip, has no price.

use std::fmt;

use chrono::NaiveDate;

use crate::market::calendar::{Meeting, TargetRange};
use crate::market::contract::{Contract, ContractMonth};
use crate::market::fixings::MissingFixing;
use crate::market::product::{OvernightRate, Product};
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

/// Why a meeting has no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum UnpricedReason {
    /// A contract that the rule reads for the meeting is not among the quotes, though later ones are, or it has
    /// expired.
    MissingContract(Contract),
    /// The quotes end before a contract that the rule reads for the meeting.
    StripEnds(Contract),
    /// The rate had already moved in the meeting's month, so that its average mixes three rates.
    RateAlreadyMoved(Contract),
    /// The month has no day at the rate the own contract would have to give.
    NoDaysToSolve(ContractMonth),
    /// Nothing on either side of the meeting gives a rate.
    NoAnchor,
    /// The contracts imply a change of more than 1,000 moves, which no central bank makes: a price must be wrong.
    BeyondAnyRate,
    /// The meeting before it has no price.
    MeetingBefore(NaiveDate),
    /// The month has several decisions, and neither the months around it nor an assumption tell its rates apart.
    SeveralDecisions(ContractMonth),
    /// The effective rate of a business day is wanted and not known.
    NoFixing(NaiveDate),
    /// Realised rates are wanted and none are given.
    NoFixings,
    /// The contracts that average over its rates have no volume, by which they are to count.
    NoVolume,
    /// Rates are dated by meeting, and none is of this one.
    NoRate,
    /// Rates are dated by meeting, and none is of before the first.
    NoStart,
    /// No contract of the quotes averages over the rate after the meeting, or over the rate before it, by itself.
    NoContract,
}

impl fmt::Display for UnpricedReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingContract(month) => write!(f, "no price for {} ({})", month.symbol(), month.words()),
            Self::StripEnds(month) => write!(f, "the quotes end before {} ({})", month.symbol(), month.words()),
            Self::RateAlreadyMoved(month) => write!(
                f,
                "the rate has already moved in {}, so {} averages three rates",
                month.words(),
                month.symbol()
            ),
            Self::NoDaysToSolve(month) => write!(
                f,
                "the decision falls on the edge of {}, whose contract says nothing of the rate on the other side",
                month.words()
            ),
            Self::BeyondAnyRate => f.write_str("the prices imply a change of more than 250 percentage points"),
            Self::NoAnchor => f.write_str(
                "neither the month before nor the month after gives a rate: each has a meeting, or a move off the calendar",
            ),
            Self::MeetingBefore(date) => write!(f, "the meeting of {date} before it has no price"),
            Self::SeveralDecisions(month) => write!(
                f,
                "{} has several decisions, and its contract alone cannot tell their rates apart",
                month.words()
            ),
            Self::NoFixing(day) => write!(f, "{}", MissingFixing { day: *day, rate: OvernightRate::Effr }),
            Self::NoFixings => f.write_str("it starts from realised rates, and none are given"),
            Self::NoVolume => f.write_str("the contracts that average over its rates have no volume, by which they are to count"),
            Self::NoRate => f.write_str("no rate after it is given"),
            Self::NoStart => f.write_str("the rate before it is not given"),
            Self::NoContract => f.write_str("no contract of the quotes tells its rates from others"),
        }
    }
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
    /// The joint fit has no future of these products beside fed funds futures.
    NothingBeside(Vec<Product>),
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
                rate.percent()
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
            Self::NothingBeside(wanted) => {
                let wanted: Vec<String> = wanted.iter().map(ToString::to_string).collect();
                write!(f, "expected {} beside {}, found none", wanted.join(" or "), Product::default())
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
