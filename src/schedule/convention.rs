//! [`DecisionDay`]: from which day on a rate carries a decision.

use std::fmt;

use chrono::NaiveDate;

use crate::market::calendar::{Meeting, is_business_day, is_weekend, next_business_day};

/// Which rate the day of a decision carries in the average of its month, and so from which day on the new rate counts.
///
/// ```
/// use fedpath::{DecisionDay, MeetingCalendar};
/// let calendar = MeetingCalendar::embedded();
/// let december = calendar.meeting_on("2025-12-10".parse()?).unwrap();
/// assert_eq!(DecisionDay::Old.effective_date(december).to_string(), "2025-12-11");
/// assert_eq!(DecisionDay::New.effective_date(december).to_string(), "2025-12-10");
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum DecisionDay {
    /// The old rate: the new rate begins on the next day, or after a weekend on the Monday. CME's published tables since
    /// August 2024 at the latest.
    #[default]
    Old,
    /// The old rate until the first business day after it, as the effective rate itself: a holiday carries the rate of the
    /// day before. CME's tables count a holiday as a day at the new rate (19 June 2025).
    #[cfg_attr(feature = "serde", serde(rename = "old-holidays"))]
    OldToBusinessDay,
    /// The new rate: CME's methodology documents of 2015 and 2022, its tables of spring 2023, and the releases of the Chicago
    /// Board of Trade of 2004-06.
    New,
}

impl DecisionDay {
    /// The first day at the rate after a decision.
    #[must_use]
    pub fn effective_date(self, meeting: &Meeting) -> NaiveDate {
        let announcement = meeting.announcement();
        match self {
            // A holiday is not passed over, for CME's tables do not.
            Self::Old => {
                let mut later = announcement.iter_days().skip(1);
                later.find(|day| !is_weekend(*day)).unwrap_or(announcement)
            }
            Self::New if is_business_day(announcement) => announcement,
            Self::New | Self::OldToBusinessDay => next_business_day(announcement),
        }
    }
}

impl fmt::Display for DecisionDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Old => "old",
            Self::OldToBusinessDay => "old-holidays",
            Self::New => "new",
        })
    }
}
