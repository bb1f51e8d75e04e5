//! [`Every`]: which days of a history are taken.

use std::fmt;
use std::num::NonZeroUsize;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use crate::units::NotAccepted;

/// Which days of a history are taken: every so many, or the last of each week or month.
///
/// ```
/// use fedpath::history::Every;
/// assert_eq!("week".parse::<Every>()?, Every::Week);
/// assert_eq!("5".parse::<Every>()?.to_string(), "5");
/// assert!("fortnight".parse::<Every>().is_err());
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Every {
    /// Every so many days, from the first on.
    Days(NonZeroUsize),
    /// The last day of each week, Monday to Sunday.
    Week,
    /// The last day of each month.
    Month,
}

#[cfg(feature = "serde")]
crate::units::serde::serde_as_number!(Every);

impl Default for Every {
    fn default() -> Self {
        Self::Days(NonZeroUsize::MIN)
    }
}

impl Every {
    /// The days that are taken of days in order.
    pub(super) fn of(self, days: &[NaiveDate]) -> Vec<NaiveDate> {
        let last_of = |same: fn(&NaiveDate, &NaiveDate) -> bool| {
            days.chunk_by(same).filter_map(<[NaiveDate]>::last).copied().collect()
        };
        match self {
            Self::Days(count) => days.iter().step_by(count.get()).copied().collect(),
            Self::Week => last_of(|a, b| a.iso_week() == b.iso_week()),
            Self::Month => last_of(|a, b| (a.year(), a.month()) == (b.year(), b.month())),
        }
    }
}

impl fmt::Display for Every {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(count) => write!(f, "{count}"),
            Self::Week => f.write_str("week"),
            Self::Month => f.write_str("month"),
        }
    }
}

impl FromStr for Every {
    type Err = NotAccepted;

    /// Reads `week`, `month` or a number of days.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "day" => Ok(Self::default()),
            "week" => Ok(Self::Week),
            "month" => Ok(Self::Month),
            _ => {
                text.parse().map(Self::Days).map_err(|_| NotAccepted::expected("day, week, month, or a number of days"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Every;

    #[test]
    fn a_week_ends_with_its_last_day_of_quotes() {
        let days = ["2025-11-26", "2025-11-28", "2025-12-01", "2025-12-04", "2025-12-31", "2026-01-02"];
        let days = days.map(|day| day.parse().unwrap());
        let taken = |every: &str| {
            let every: Every = every.parse().unwrap();
            every.of(&days).iter().map(|day| day.format("%m-%d").to_string()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(taken("1"), "11-26 11-28 12-01 12-04 12-31 01-02");
        assert_eq!(taken("4"), "11-26 12-31");
        assert_eq!(taken("week"), "11-28 12-04 01-02");
        assert_eq!(taken("month"), "11-28 12-31 01-02");
        assert!("0".parse::<Every>().is_err());
    }
}
