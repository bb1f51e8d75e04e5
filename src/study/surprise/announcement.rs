//! [`Announcement`]: one announcement and its surprise, found in quotes of many days.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{NoWindow, PolicySurprise, RateChanges, SurpriseRule, SurpriseWindow, WindowKind};
use crate::market::calendar::{Meeting, MeetingCalendar, MeetingKind, TargetHistory};
use crate::quotes::DailyQuotes;
use crate::quotes::strip::{Strip, StripOptions};

/// An announcement and its surprise.
///
/// ```
/// use fedpath::surprise::{Announcement, SurpriseRule};
/// use fedpath::{MeetingCalendar, Strip};
/// let november = "2025-11".parse()?;
/// let before = Strip::from_prices("2025-10-28".parse()?, [(november, "96.10".parse()?)])?;
/// let after = Strip::from_prices("2025-10-29".parse()?, [(november, "96.08".parse()?)])?;
/// let calendar = MeetingCalendar::embedded();
/// let announcement = Announcement::between("2025-10-29".parse()?, &before, &after, &calendar, SurpriseRule::SevenDay);
/// // In the last seven days of a month the next month's contract says it, whole: 2 bp.
/// assert_eq!(announcement.surprise.unwrap().current().surprise.as_ref().unwrap().to_string(), "2bp");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Announcement {
    /// Its day.
    pub date: NaiveDate,
    /// The days of the prices before and after, where there are both.
    pub window: Option<(NaiveDate, NaiveDate)>,
    /// The surprise, or why there is none.
    pub surprise: Result<PolicySurprise, NoWindow>,
}

impl Announcement {
    /// The surprise between two snapshots.
    #[must_use]
    pub fn between(
        date: NaiveDate,
        before: &Strip,
        after: &Strip,
        calendar: &MeetingCalendar,
        rule: SurpriseRule,
    ) -> Self {
        let changes = RateChanges::between(before, after);
        let surprise = PolicySurprise::new(date, &changes, calendar, rule);
        Self { date, window: Some((before.as_of(), after.as_of())), surprise: Ok(surprise) }
    }

    /// The surprise in quotes of many days.
    #[must_use]
    pub fn in_table(
        date: NaiveDate,
        quotes: &dyn DailyQuotes,
        calendar: &MeetingCalendar,
        rule: SurpriseRule,
        kind: WindowKind,
        options: &StripOptions,
    ) -> Self {
        match SurpriseWindow::find(quotes, date, kind, options) {
            Ok(window) => Self {
                date,
                window: Some((window.before, window.after)),
                surprise: Ok(PolicySurprise::new(date, &window.changes, calendar, rule)),
            },
            Err(reason) => Self { date, window: None, surprise: Err(reason) },
        }
    }

    /// The decisions announced within the days of the quotes: the scheduled ones that took place, and the changes of the target off
    /// the calendar.
    #[must_use]
    pub fn dates_in(
        quotes: &dyn DailyQuotes,
        calendar: &MeetingCalendar,
        targets: &TargetHistory,
    ) -> BTreeSet<NaiveDate> {
        let days = quotes.days();
        let (first, last) = (days.first(), days.last());
        let scheduled = |meeting: &&Meeting| matches!(meeting.kind(), MeetingKind::Scheduled | MeetingKind::Projected);
        let scheduled = calendar.meetings().iter().filter(scheduled).map(Meeting::announcement);
        let moves = targets.changes().iter().filter_map(|change| change.announcement);
        let within =
            |date: &NaiveDate| first.is_some_and(|first| first <= date) && last.is_some_and(|last| date <= last);
        scheduled.chain(moves).filter(within).collect()
    }
}
