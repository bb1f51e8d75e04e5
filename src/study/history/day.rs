//! [`HistoryDay`]: one day of a history, priced or not, and why not.

use std::fmt;

use chrono::NaiveDate;

use crate::outlook::Outlook;
use crate::quotes::strip::StripError;
use crate::rule::{PolicyError, UnpricedReason};
use crate::text::problem::ReadError;

/// One day of a history.
///
/// ```
/// use fedpath::history::HistoryDay;
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n2025-11,96.12\n2026-01,96.215\n2026-02,96.285\n";
/// let outlook = fedpath::price(quotes, &fedpath::Assumptions::default())?;
/// // A day that a program priced itself, beside those of a `History`.
/// let day = HistoryDay::new(outlook.path().as_of(), Ok(outlook));
/// assert_eq!(day.outlook.unwrap().meetings()[0].cumulative.ease().to_string(), "35%");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct HistoryDay {
    /// The day.
    pub date: NaiveDate,
    /// What was priced on it, or why nothing was.
    pub outlook: Result<Outlook, DayReason>,
}

impl HistoryDay {
    /// A day, and what was priced on it.
    #[must_use]
    pub fn new(date: NaiveDate, outlook: Result<Outlook, DayReason>) -> Self {
        Self { date, outlook }
    }
}

/// Why a day has no outcome table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DayReason {
    /// No exchange settles on a Saturday or Sunday: such quotes belong to the session of the Monday.
    Weekend,
    /// The calendar of meetings begins later, with this year.
    BeforeCalendar(i32),
    /// The quotes of the day give no strip.
    Strip(StripError),
    /// The strip prices no meeting.
    Policy(PolicyError),
    /// The quotes of the day lie in a file and could not be read.
    NotRead(ReadError),
}

impl DayReason {
    /// The reason why the day's first meeting has no price, where that is what stops the day.
    #[must_use]
    pub fn first_meeting(&self) -> Option<UnpricedReason> {
        match self {
            Self::Policy(PolicyError::FirstMeetingUnpriced(_, reason)) => Some(*reason),
            Self::Policy(PolicyError::Gaps(gaps)) => gaps.first().map(|(_, reason)| *reason),
            _ => None,
        }
    }
}

impl fmt::Display for DayReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weekend => f.write_str("no exchange settles on a Saturday or Sunday"),
            Self::BeforeCalendar(year) => write!(f, "the calendar of meetings begins with {year}"),
            Self::Strip(error) => write!(f, "{error}"),
            Self::Policy(error) => write!(f, "{error}"),
            Self::NotRead(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for DayReason {}
