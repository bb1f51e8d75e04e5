//! Why an event, a value or an estimate is not there.

use std::fmt;

use chrono::NaiveDate;

use crate::study::surprise::{NoSurprise, NoWindow};
use crate::text::escaped;

/// Why an event has no value in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum NoValue {
    /// The cell is empty.
    Empty,
    /// The table of returns has no row of the day.
    NoRow,
    /// There are no closes of the days before the event.
    NothingBefore,
    /// There are no closes of the event's day or the days after it, or not enough of them.
    NothingAfter,
    /// Other assets have a close on this day of the window, and this one has none.
    NoClose(NaiveDate),
    /// Another event lies in the same window of closes, and one return cannot tell the two apart.
    SharesWindow(NaiveDate),
    /// The quotes have no window around the event.
    NoWindow(NoWindow),
    /// The quotes around the event give no surprise.
    NoSurprise(NoSurprise),
    /// The quotes do not reach the meeting on both days.
    NotPriced,
}

impl fmt::Display for NoValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the cell is empty"),
            Self::NoRow => f.write_str("no return of the day"),
            Self::NothingBefore => f.write_str("no close in the week before it"),
            Self::NothingAfter => f.write_str("not enough closes from its day on"),
            Self::NoClose(day) => write!(f, "no close on {day}"),
            Self::SharesWindow(other) => write!(f, "the event of {other} lies in the same window"),
            Self::NoWindow(reason) => reason.fmt(f),
            Self::NoSurprise(reason) => reason.fmt(f),
            Self::NotPriced => f.write_str("the quotes do not price the meeting on both days"),
        }
    }
}

impl std::error::Error for NoValue {}

/// Why an event is no part of an estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum EventLeftOut {
    /// It was off the calendar.
    Unscheduled,
    /// It has no surprise.
    NoSurprise(NoValue),
    /// The asset has no response.
    NoResponse(NoValue),
}

impl fmt::Display for EventLeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unscheduled => f.write_str("not a scheduled announcement"),
            Self::NoSurprise(reason) => write!(f, "no surprise: {reason}"),
            Self::NoResponse(reason) => write!(f, "no response: {reason}"),
        }
    }
}

/// A column that a table of events does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownColumn {
    /// The name.
    pub name: String,
    /// The names of the columns of numbers.
    pub known: Vec<String>,
}

impl fmt::Display for UnknownColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<String> = self.known.iter().map(|name| escaped(name)).collect();
        write!(f, "expected one of the columns {}, found '{}'", known.join(", "), escaped(&self.name))
    }
}

impl std::error::Error for UnknownColumn {}

/// Why there is no line through some events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum NoFit {
    /// There are so few events; a line with an error takes three.
    TooFew(usize),
    /// The surprise is the same at every event.
    NoVariation,
    /// There are so few events that none is left to judge after those that are asked for before the first.
    NoneToJudge {
        /// How many are asked for before the first.
        before: usize,
        /// How many there are.
        events: usize,
    },
    /// One event alone decides the slope: the others have the same surprise, and the error by `Errors::Hc3` is infinite.
    OneDecides,
}

impl fmt::Display for NoFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew(count) => write!(f, "a response takes at least 3 events, found {count}"),
            Self::NoneToJudge { before, events } => {
                write!(f, "no event is left to judge: {before} are asked for before the first, and there are {events}")
            }
            Self::NoVariation => f.write_str("the surprise is the same at every event"),
            Self::OneDecides => {
                f.write_str("one event alone decides the slope, and has no HC3 error (use hc1 or classical)")
            }
        }
    }
}

impl std::error::Error for NoFit {}

/// Why an asset has no estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NoEstimate {
    /// The asset.
    pub asset: String,
    /// The surprise.
    pub on: String,
    /// Why.
    pub reason: NoFit,
    /// How many events are left out, and why the first of them is.
    pub left_out: Option<(usize, EventLeftOut)>,
}

impl fmt::Display for NoEstimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}: {}", escaped(&self.asset), escaped(&self.on), self.reason)?;
        match &self.left_out {
            Some((count, first)) => write!(f, " ({count} left out, the first: {first})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for NoEstimate {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.reason)
    }
}
