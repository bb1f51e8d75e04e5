//! [`AnnouncementTimes`]: the time of day at which decisions are announced.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::calendar::{Meeting, MeetingCalendar, MeetingKind};
use crate::embedded;
use crate::text::moment::Zone;
use crate::text::problem::{Problem, ProblemKind, ReadError};
use crate::text::table::{Row, Table};

/// The time of day at which decisions are announced, in New York: of scheduled meetings by the custom of the time, of single
/// days where they differ. A copy shares its rows.
///
/// ```
/// use fedpath::moments::AnnouncementTimes;
/// use fedpath::MeetingCalendar;
/// let (times, calendar) = (AnnouncementTimes::embedded(), MeetingCalendar::embedded());
/// let told = |day: &str| times.announced(day.parse().unwrap(), &calendar).unwrap().to_string();
/// // 14:00 in New York is 18:00 UTC in summer time and 19:00 in winter.
/// assert_eq!(told("2025-10-29"), "2025-10-29 18:00:00 UTC");
/// assert_eq!(told("2025-12-10"), "2025-12-10 19:00:00 UTC");
/// assert_eq!(told("2012-04-25"), "2012-04-25 16:30:00 UTC");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnouncementTimes {
    /// From a day on.
    customs: Arc<BTreeMap<NaiveDate, NaiveTime>>,
    /// On a day.
    days: Arc<BTreeMap<NaiveDate, NaiveTime>>,
}

impl AnnouncementTimes {
    /// The embedded table, 1994 on.
    #[must_use]
    pub fn embedded() -> Self {
        static EMBEDDED: LazyLock<AnnouncementTimes> =
            LazyLock::new(|| embedded::read(AnnouncementTimes::parse(embedded::ANNOUNCEMENT_TIMES)));
        EMBEDDED.clone()
    }

    /// Reads a table with the columns `date`, `time` (such as `14:00`, in New York) and `holds`: `from` for every scheduled
    /// meeting from the day on, `day` for the day alone.
    ///
    /// # Errors
    /// Where a cell cannot be read, or two rows speak of one day; with line and column.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let table = Table::parse(text)?;
        let (date, time, holds) = (table.required("date")?, table.required("time")?, table.required("holds")?);
        let (mut customs, mut days) = (BTreeMap::new(), BTreeMap::new());
        let rows = table.read_rows(|row: &Row<'_>| {
            let cell = row.cell(time);
            let time = NaiveTime::parse_from_str(cell.text, "%H:%M");
            let time = time.map_err(|_| cell.refused("a time of day such as 14:00"))?;
            let from = match row.cell(holds).text {
                "from" => true,
                "day" => false,
                _ => return Err(row.cell(holds).refused("from or day").into()),
            };
            Ok((row.cell(date).date()?, time, from))
        })?;
        for (date, time, from) in rows {
            let known = if from { &mut customs } else { &mut days };
            if known.insert(date, time).is_some() {
                let message = format!("expected each day once, found {date} again");
                return Err(Problem::new(ProblemKind::Inconsistent, message).into());
            }
        }
        Ok(Self { customs: Arc::new(customs), days: Arc::new(days) })
    }

    /// The moment at which the decision of a day was announced; `None` where the table does not say: of a move off the calendar
    /// without a row of its own, and before the first row.
    #[must_use]
    pub fn announced(&self, day: NaiveDate, calendar: &MeetingCalendar) -> Option<DateTime<Utc>> {
        let scheduled = calendar.meeting_on(day).map(Meeting::kind);
        let scheduled = matches!(scheduled, Some(MeetingKind::Scheduled | MeetingKind::Projected));
        let custom = || self.customs.range(..=day).next_back().map(|(_, time)| *time).filter(|_| scheduled);
        let time = self.days.get(&day).copied().or_else(custom)?;
        Zone::NEW_YORK.instant(day.and_time(time)).ok()
    }
}
