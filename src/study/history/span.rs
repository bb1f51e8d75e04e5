//! [`Span`]: how far back a day is held against.

use std::fmt;
use std::str::FromStr;

use chrono::{Days, Months, NaiveDate};

use crate::units::{NotAccepted, serde_as_text};

/// A distance back in time: days of quotes, calendar weeks or calendar months.
///
/// ```
/// use fedpath::history::Span;
/// assert_eq!("1w".parse::<Span>()?, Span::Weeks(1));
/// assert_eq!(Span::Months(3).to_string(), "3m");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Span {
    /// So many days of quotes earlier: a Monday's day before is the Friday.
    Days(u16),
    /// So many calendar weeks earlier.
    Weeks(u16),
    /// So many calendar months earlier: the same day of the month, or the last one before it.
    Months(u16),
}

serde_as_text!(Span);

/// A day of quotes that is more than so many days older than wanted, more than a weekend and holidays, does not stand for it.
const STALE: u64 = 5;

impl Span {
    /// The last day of quotes at least the span before `day`; `None` where there is none, or only one that is older by more
    /// than a weekend and holidays. `days` are in order.
    #[must_use]
    pub fn before(self, day: NaiveDate, days: &[NaiveDate]) -> Option<NaiveDate> {
        let (count, latest) = match self {
            Self::Days(count) => (usize::from(count), day.pred_opt()?),
            Self::Weeks(count) => (1, day.checked_sub_days(Days::new(7 * u64::from(count)))?),
            Self::Months(count) => (1, day.checked_sub_months(Months::new(u32::from(count)))?),
        };
        let oldest = match self {
            // Weekends and holidays between.
            Self::Days(count) => day.checked_sub_days(Days::new(2 * u64::from(count) + STALE - 2))?,
            Self::Weeks(_) | Self::Months(_) => latest.checked_sub_days(Days::new(STALE))?,
        };
        let known = days.partition_point(|other| *other <= latest);
        days[..known].iter().rev().nth(count.checked_sub(1)?).copied().filter(|found| *found >= oldest)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self {
            Self::Days(count) => (count, 'd'),
            Self::Weeks(count) => (count, 'w'),
            Self::Months(count) => (count, 'm'),
        };
        f.pad(&format!("{count}{unit}"))
    }
}

impl FromStr for Span {
    type Err = NotAccepted;

    /// Reads `1d`, `2w`, `3m`: a number above zero and its unit.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let expected = || NotAccepted::expected("a span such as 1d, 1w or 1m");
        let unit = text.chars().last().ok_or_else(expected)?;
        let count = text[..text.len() - unit.len_utf8()].parse::<u16>().ok().filter(|count| *count > 0);
        let count = count.ok_or_else(expected)?;
        match unit {
            'd' => Ok(Self::Days(count)),
            'w' => Ok(Self::Weeks(count)),
            'm' => Ok(Self::Months(count)),
            _ => Err(expected()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_span_ends_at_the_last_day_of_quotes_before_it() {
        let days = ["2025-10-24", "2025-10-27", "2025-11-20", "2025-11-21", "2025-11-24", "2025-11-28"];
        let days = days.map(|day| day.parse().unwrap());
        let before = |span: &str, day: &str| {
            let found = span.parse::<Span>().unwrap().before(day.parse().unwrap(), &days);
            found.map_or("none".to_owned(), |found| found.to_string())
        };
        assert_eq!(before("1d", "2025-11-24"), "2025-11-21");
        assert_eq!(before("2d", "2025-11-24"), "2025-11-20");
        assert_eq!(before("1w", "2025-11-28"), "2025-11-21");
        assert_eq!(before("1m", "2025-11-28"), "2025-10-27");
        // The quotes of 20 November are no day before 28 November's last week but one, and nothing is before the first.
        assert_eq!(before("2w", "2025-11-21"), "none");
        assert_eq!(before("1d", "2025-10-24"), "none");
        assert_eq!(before("1d", "2025-11-20"), "none");
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for text in ["", "1", "d", "0d", "1y", "-1d", "1.5w", "99999d", "1é"] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
    }
}
