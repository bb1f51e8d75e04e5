//! When the Fed decides and what range is in force: dates as data, and as known on a given day.
//!
//! A decision has two dates with two names: the **announcement**, which the calendar knows, and the **effective date**, the first
//! day that carries the new rate, which is a convention ([`DecisionDay`](crate::DecisionDay)).

mod business_days;
mod target;

pub(crate) use business_days::is_weekend;
pub use business_days::{HolidayCalendar, is_business_day, next_business_day};

pub use target::{TargetChange, TargetHistory, TargetRange};

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, LazyLock};

use chrono::{Datelike, Days, NaiveDate};

use crate::embedded;
use crate::market::contract::ContractMonth;
use crate::text::problem::{Problem, ProblemKind, ReadError};
use crate::text::table::{Row, Table};

/// How a meeting came onto, or left, the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum MeetingKind {
    /// On the calendar in advance: what the market can price.
    Scheduled,
    /// A meeting or call off the calendar, known from its announcement on.
    Unscheduled,
    /// Scheduled until it was cancelled on this day.
    Cancelled {
        /// The day from which the meeting was no longer expected.
        on: NaiveDate,
    },
    /// Not announced: projected past the end of the calendar at the user's request.
    Projected,
}

impl fmt::Display for MeetingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Scheduled => "scheduled",
            Self::Unscheduled => "unscheduled",
            Self::Cancelled { .. } => "cancelled",
            Self::Projected => "projected",
        })
    }
}

/// A meeting of the Federal Open Market Committee.
///
/// ```
/// use fedpath::Meeting;
/// let december = Meeting::scheduled("2025-12-10".parse()?).with_start("2025-12-09".parse()?);
/// assert_eq!(december.month().to_string(), "2025-12");
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Meeting {
    start: NaiveDate,
    announcement: NaiveDate,
    kind: MeetingKind,
}

impl Meeting {
    /// A scheduled meeting, known by the day of its announcement.
    #[must_use]
    pub fn scheduled(announcement: NaiveDate) -> Self {
        Self { start: announcement, announcement, kind: MeetingKind::Scheduled }
    }

    /// The meeting with another kind.
    #[must_use]
    pub fn with_kind(self, kind: MeetingKind) -> Self {
        Self { kind, ..self }
    }

    /// The meeting with another first day; the day of the announcement where `start` is later.
    #[must_use]
    pub fn with_start(self, start: NaiveDate) -> Self {
        Self { start: start.min(self.announcement), ..self }
    }

    /// The first day of the meeting.
    #[must_use]
    pub fn start(&self) -> NaiveDate {
        self.start
    }

    /// The day the decision is announced: the second day of a two-day meeting.
    #[must_use]
    pub fn announcement(&self) -> NaiveDate {
        self.announcement
    }

    /// How the meeting came onto the calendar.
    #[must_use]
    pub fn kind(&self) -> MeetingKind {
        self.kind
    }

    /// The month of the announcement, whose contract averages over both rates.
    #[must_use]
    pub fn month(&self) -> ContractMonth {
        ContractMonth::of(self.announcement)
    }

    /// Whether the meeting was cancelled in the end.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self.kind, MeetingKind::Cancelled { .. })
    }

    /// Whether the market expected this meeting on `as_of`: scheduled, and not yet cancelled.
    #[must_use]
    pub fn is_expected_on(&self, as_of: NaiveDate) -> bool {
        match self.kind {
            MeetingKind::Scheduled | MeetingKind::Projected => true,
            MeetingKind::Unscheduled => false,
            MeetingKind::Cancelled { on } => as_of < on,
        }
    }
}

/// The FOMC calendar: every meeting of a span of months. A copy shares its meetings.
///
/// ```
/// use chrono::NaiveDate;
/// use fedpath::MeetingCalendar;
/// let calendar = MeetingCalendar::embedded();
/// let as_of = NaiveDate::from_ymd_opt(2025, 11, 21).unwrap();
/// let next = calendar.expected_on(as_of).find(|m| m.announcement() >= as_of).unwrap();
/// assert_eq!(next.announcement().to_string(), "2025-12-10");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MeetingCalendar {
    meetings: Arc<[Meeting]>,
    first: ContractMonth,
    last: ContractMonth,
}

impl MeetingCalendar {
    /// The embedded calendar, 1994 to 2027.
    #[must_use]
    pub fn embedded() -> Self {
        static EMBEDDED: LazyLock<MeetingCalendar> =
            LazyLock::new(|| embedded::read(MeetingCalendar::parse(embedded::FOMC_MEETINGS)));
        EMBEDDED.clone()
    }

    /// A calendar of meetings, in any order, complete as [`MeetingCalendar::parse`] takes a table to be.
    ///
    /// # Errors
    /// Where an announcement comes twice, or there is no meeting.
    ///
    /// ```
    /// use fedpath::{Meeting, MeetingCalendar};
    /// let dates = ["2025-12-10".parse()?, "2026-01-28".parse()?];
    /// let calendar = MeetingCalendar::new(dates.map(Meeting::scheduled))?;
    /// assert_eq!(calendar, MeetingCalendar::parse("announcement\n2025-12-10\n2026-01-28\n")?);
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    pub fn new(meetings: impl IntoIterator<Item = Meeting>) -> Result<Self, ReadError> {
        let mut meetings: Vec<Meeting> = meetings.into_iter().collect();
        meetings.sort_by_key(Meeting::announcement);
        if let Some(pair) = meetings.windows(2).find(|pair| pair[0].announcement == pair[1].announcement) {
            let message = format!("expected each announcement once, found {} twice", pair[0].announcement);
            return Err(Problem::new(ProblemKind::Inconsistent, message).into());
        }
        let first = meetings.first().and_then(|first| ContractMonth::new(first.announcement.year(), 1));
        match first.zip(meetings.last().map(Meeting::month)) {
            Some((first, last)) => Ok(Self { meetings: meetings.into(), first, last }),
            None => Err(Problem::expected("at least one meeting", "").into()),
        }
    }

    /// Reads a calendar: a table with a column `announcement` and optionally `start`, `kind` (`scheduled`,
    /// `unscheduled`, `cancelled`; scheduled where it is left out) and `cancelled_on`; dates as `2025-12-10`.
    ///
    /// The table is taken to be complete from the first month of its first year to the month of its last
    /// announcement: a month of that span without an announcement is a month without a meeting, a later one unknown.
    ///
    /// # Errors
    /// Where a line is malformed, a date or kind cannot be read, a start lies after its announcement, an
    /// announcement comes twice, or no row is left; with line and column.
    ///
    /// ```
    /// let calendar = fedpath::MeetingCalendar::parse("announcement\n2025-12-10\n2026-01-28\n")?;
    /// assert_eq!(calendar.meetings().len(), 2);
    /// # Ok::<(), fedpath::ReadError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let table = Table::parse(text)?;
        let announcement = table.required("announcement")?;
        let (start, kind) = (table.column("start"), table.column("kind"));
        let cancelled_on = table.column("cancelled_on");
        let mut seen = BTreeSet::new();
        let meetings = table.read_rows(|row| {
            let cell = row.cell(announcement);
            let meeting = Meeting {
                announcement: cell.date()?,
                start: row.optional(start).unwrap_or(cell).date()?,
                kind: kind_of(row, kind, cancelled_on)?,
            };
            if meeting.start > meeting.announcement {
                return Err(cell.refused("an announcement on or after the start of the meeting").into());
            }
            if !seen.insert(meeting.announcement) {
                return Err(cell.refused("each announcement once").into());
            }
            Ok(meeting)
        })?;
        Self::new(meetings)
    }

    /// Every meeting, in the order of the announcements.
    #[must_use]
    pub fn meetings(&self) -> &[Meeting] {
        &self.meetings
    }

    /// The meetings that were on the calendar on `as_of`, past ones included: no unscheduled ones, and a
    /// cancelled one only before its cancellation.
    pub fn expected_on(&self, as_of: NaiveDate) -> impl Iterator<Item = &Meeting> {
        self.meetings.iter().filter(move |meeting| meeting.is_expected_on(as_of))
    }

    /// Whether the calendar says which meetings the month has; a month outside its span is unknown.
    #[must_use]
    pub fn covers(&self, month: ContractMonth) -> bool {
        (self.first..=self.last).contains(&month)
    }

    /// The first and the last month that the calendar knows.
    #[must_use]
    pub fn span(&self) -> (ContractMonth, ContractMonth) {
        (self.first, self.last)
    }

    /// The calendar with a scheduled meeting announced on `announcement`: unchanged where it has one; an unscheduled
    /// or cancelled meeting of that day becomes a scheduled one. One past the calendar's last month extends it: the
    /// months up to it are taken to have no other meeting.
    #[must_use]
    pub fn with_meeting(mut self, announcement: NaiveDate) -> Self {
        if self.meeting_on(announcement).is_some_and(|meeting| meeting.kind == MeetingKind::Scheduled) {
            return self;
        }
        let meeting = Meeting::scheduled(announcement);
        let others = |meeting: &&Meeting| meeting.announcement != announcement;
        let mut meetings: Vec<Meeting> = self.meetings.iter().filter(others).copied().chain([meeting]).collect();
        meetings.sort_by_key(Meeting::announcement);
        self.meetings = meetings.into();
        self.last = self.last.max(ContractMonth::of(announcement));
        self
    }

    /// The calendar without the meeting announced on `announcement`, or `None` where there is no such meeting.
    #[must_use]
    pub fn without_meeting(mut self, announcement: NaiveDate) -> Option<Self> {
        self.meeting_on(announcement)?;
        self.meetings = self.meetings.iter().filter(|meeting| meeting.announcement != announcement).copied().collect();
        Some(self)
    }

    /// The calendar with so many years of projected meetings past its end: each meeting of its last 52 weeks again, on the
    /// same weekday 52 weeks later, and so on from year to year. The Fed announces a year's meetings well ahead; until
    /// then such dates are an assumption, and [`Meeting::kind`] says so.
    ///
    /// ```
    /// use fedpath::MeetingCalendar;
    /// use fedpath::calendar::MeetingKind;
    /// let calendar = MeetingCalendar::embedded().projected(1);
    /// let last = calendar.meetings().last().unwrap();
    /// assert_eq!((last.announcement().to_string().as_str(), last.kind()), ("2028-12-06", MeetingKind::Projected));
    /// ```
    #[must_use]
    pub fn projected(mut self, years: u8) -> Self {
        let year = Days::new(364);
        let last = self.meetings.last().map(Meeting::announcement);
        let Some(year_before) = last.and_then(|last| last.checked_sub_days(year)) else { return self };
        let mut meetings = self.meetings.to_vec();
        let mut pattern = meetings.clone();
        pattern.retain(|meeting| meeting.kind == MeetingKind::Scheduled && meeting.announcement > year_before);
        for _ in 0..years {
            for meeting in &mut pattern {
                let later = |day: NaiveDate| day.checked_add_days(year).unwrap_or(day);
                let (start, announcement) = (later(meeting.start), later(meeting.announcement));
                *meeting = Meeting { start, announcement, kind: MeetingKind::Projected };
                self.last = self.last.max(meeting.month());
            }
            meetings.extend(&pattern);
        }
        self.meetings = meetings.into();
        self
    }

    /// The meeting announced on `announcement`.
    #[must_use]
    pub fn meeting_on(&self, announcement: NaiveDate) -> Option<&Meeting> {
        self.meetings.iter().find(|meeting| meeting.announcement == announcement)
    }
}

fn kind_of(row: &Row<'_>, kind: Option<usize>, cancelled_on: Option<usize>) -> Result<MeetingKind, Problem> {
    let Some(cell) = row.optional(kind) else { return Ok(MeetingKind::Scheduled) };
    match cell.text {
        "scheduled" => Ok(MeetingKind::Scheduled),
        "unscheduled" => Ok(MeetingKind::Unscheduled),
        "cancelled" => match row.optional(cancelled_on) {
            Some(on) => Ok(MeetingKind::Cancelled { on: on.date()? }),
            None => Err(cell.refused("the day of the cancellation in a column 'cancelled_on'")),
        },
        _ => Err(cell.refused("scheduled, unscheduled or cancelled")),
    }
}
