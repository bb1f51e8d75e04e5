//! [`RateSource`] and [`Solved`]: where a rate comes from, and how a meeting was solved.

use std::fmt;

use chrono::NaiveDate;

use super::Between;
use crate::market::contract::ContractMonth;

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
