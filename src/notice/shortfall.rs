//! [`UnpricedReason`], [`Shortfall`] and [`Lack`]: what a meeting, a chain or a contract is without.

use std::fmt;

use chrono::NaiveDate;

use crate::market::contract::{Contract, ContractMonth};
use crate::market::fixings::MissingFixing;
use crate::market::product::OvernightRate;

/// Why a meeting has no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// Why fewer meetings are priced than asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Shortfall {
    /// A meeting has no price, and none after it.
    Unpriced {
        /// The meeting, by its announcement.
        meeting: NaiveDate,
        /// Why it has none.
        reason: UnpricedReason,
    },
    /// The calendar ends with this month.
    CalendarEnds(ContractMonth),
    /// Rates are dated by meeting, and end with this one.
    RatesEnd(NaiveDate),
}

impl fmt::Display for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unpriced { meeting, reason } => write!(f, "meeting of {meeting}: {reason}"),
            Self::CalendarEnds(month) => write!(f, "the calendar ends with {}", month.words()),
            Self::RatesEnd(meeting) => write!(f, "the rates end with the meeting of {meeting}"),
        }
    }
}

/// What a contract lacks to be weighed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Lack {
    /// A bid and an ask: it is weighed by its tick.
    BidAsk,
    /// A volume: it does not count.
    Volume,
    /// An open interest: it does not count.
    OpenInterest,
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BidAsk => "no bid and ask, and so weighed by the tick",
            Self::Volume => "no volume, and so no weight",
            Self::OpenInterest => "no open interest, and so no weight",
        })
    }
}
