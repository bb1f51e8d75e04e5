//! [`SurpriseWindow`]: the quotes before and after an announcement.

use std::fmt;

use chrono::{Days, NaiveDate};

use super::RateChanges;
use crate::market::calendar::is_weekend;
use crate::quotes::strip::{Strip, StripError, StripOptions};
use crate::quotes::{DailyQuotes, Snapshot};
use crate::text::problem::ReadError;

/// Which prices of daily quotes lie around an announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum WindowKind {
    /// From the close of the last day before the announcement to the close of its own day, or of the first day after it
    /// where that has no quotes.
    #[default]
    Close,
    /// From the close of the announcement's day to the next day's open: for news after the close.
    NextOpen,
}

impl WindowKind {
    /// The id that options and reports carry.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::NextOpen => "next-open",
        }
    }
}

/// The quotes around an announcement; those of Saturdays and Sundays belong to the Monday, and are passed over.
///
/// ```
/// use fedpath::{QuoteFile, QuoteTable, ReadOptions, StripOptions};
/// use fedpath::surprise::{SurpriseWindow, WindowKind};
/// let text = "date,contract,open,settle\n1998-10-14,ZQV98,94.825,94.805\n1998-10-15,ZQV98,94.795,94.785\n\
///     1998-10-16,ZQV98,94.92,94.89\n";
/// let mut table = QuoteTable::default();
/// table.add("october", QuoteFile::parse(text, &ReadOptions::default())?)?;
/// let announcement = chrono::NaiveDate::from_ymd_opt(1998, 10, 15).unwrap();
/// let october = "1998-10".parse()?;
/// let change = |kind| {
///     let window = SurpriseWindow::find(&table, announcement, kind, &StripOptions::default())?;
///     Ok::<_, fedpath::surprise::NoWindow>(window.changes.of(october).unwrap().to_string())
/// };
/// // The cut was announced after the close.
/// assert_eq!(change(WindowKind::Close)?, "2bp");
/// assert_eq!(change(WindowKind::NextOpen)?, "-13.5bp");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SurpriseWindow {
    /// The day of the prices before.
    pub before: NaiveDate,
    /// The day of the prices after.
    pub after: NaiveDate,
    /// The changes between them.
    pub changes: RateChanges,
    /// The prices before and after.
    pub strips: [Strip; 2],
}

/// Why an announcement has no window.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoWindow {
    /// There are no quotes of the seven days before.
    NothingBefore,
    /// There are no quotes of the announcement's day, or in the seven days after.
    NothingAfter,
    /// The quotes of a day give no prices.
    Strip(NaiveDate, StripError),
    /// The quotes of a day lie in a file and could not be read.
    NotRead(NaiveDate, ReadError),
}

impl fmt::Display for NoWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingBefore => f.write_str("no quotes of the days before it"),
            Self::NothingAfter => f.write_str("no quotes of its day, or of the days after it"),
            Self::Strip(day, error) => write!(f, "{day}: {error}"),
            Self::NotRead(day, error) => write!(f, "{day}: {error}"),
        }
    }
}

impl std::error::Error for NoWindow {}

/// Quotes farther from the announcement than so many days are not around it.
const FARTHEST: u64 = 7;

impl SurpriseWindow {
    /// The window of an announcement in quotes of many days. The date of `options` is not read.
    ///
    /// # Errors
    /// [`NoWindow`]: no quotes within seven days on a side, or none of the wanted price.
    pub fn find(
        quotes: &dyn DailyQuotes,
        announcement: NaiveDate,
        kind: WindowKind,
        options: &StripOptions,
    ) -> Result<Self, NoWindow> {
        let days: Vec<NaiveDate> = {
            let near = |day: Option<NaiveDate>| day.unwrap_or(announcement);
            let first = near(announcement.checked_sub_days(Days::new(FARTHEST)));
            let last = near(announcement.checked_add_days(Days::new(FARTHEST)));
            first
                .iter_days()
                .take_while(|day| *day <= last)
                .filter(|day| !is_weekend(*day) && quotes.has(*day))
                .collect()
        };
        let split = days.partition_point(|day| *day < announcement);
        let (earlier, later) = days.split_at(split);
        let mut options = options.clone();
        let (before, after) = match kind {
            WindowKind::Close => {
                let before = earlier.last().ok_or(NoWindow::NothingBefore)?;
                (*before, *later.first().ok_or(NoWindow::NothingAfter)?)
            }
            WindowKind::NextOpen => match later {
                [own, next, ..] if *own == announcement => (*own, *next),
                _ => return Err(NoWindow::NothingAfter),
            },
        };
        let mut strip = |day: NaiveDate| {
            options.as_of = Some(day);
            let snapshot = of_day(quotes, day)?;
            Strip::new(&snapshot, &options).map_err(|error| NoWindow::Strip(day, error))
        };
        let earlier = strip(before)?;
        let later = match kind {
            WindowKind::Close => strip(after)?,
            WindowKind::NextOpen => {
                let snapshot = of_day(quotes, after)?;
                let opens = snapshot.quotes().filter_map(|(month, quote)| Some((month, quote.open?.price)));
                Strip::of_prices(after, opens)
            }
        };
        let changes = RateChanges::between(&earlier, &later);
        Ok(Self { before, after, changes, strips: [earlier, later] })
    }
}

fn of_day(quotes: &dyn DailyQuotes, day: NaiveDate) -> Result<Snapshot, NoWindow> {
    let snapshot = quotes.snapshot(day).map_err(|error| NoWindow::NotRead(day, error))?;
    snapshot.ok_or(NoWindow::NothingAfter)
}
