//! [`Schedule`]: the calendar and the ranges it led to, side by side.

use chrono::NaiveDate;

use crate::market::calendar::{Meeting, MeetingCalendar, MeetingKind, TargetHistory, TargetRange};
use crate::schedule::DecisionDay;

/// The meetings of a span of days with the target range after each.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Schedule<'a> {
    /// The meetings.
    pub calendar: &'a MeetingCalendar,
    /// The target ranges.
    pub targets: &'a TargetHistory,
    /// The first announcement shown.
    pub from: Option<NaiveDate>,
    /// The last announcement shown.
    pub to: Option<NaiveDate>,
    /// Shows the calendar as known on this day: later decisions and unscheduled meetings are not in it.
    pub as_of: Option<NaiveDate>,
}

/// One meeting and what it led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScheduleRow {
    /// The meeting.
    pub meeting: Meeting,
    /// The first day that carries the rate after it, as the target range itself: the day after the announcement.
    pub effective: NaiveDate,
    /// How it stood on the calendar: a cancelled meeting is still scheduled on a day before its cancellation.
    pub kind: MeetingKind,
    /// The range in force from its effective date on; `None` where that is not known.
    pub range: Option<TargetRange>,
    /// The change of the range's upper bound in basis points; `None` where that is not known.
    pub change_bp: Option<i64>,
}

impl ScheduleRow {
    /// The day from which a meeting known to be cancelled was no longer expected.
    #[must_use]
    pub fn cancelled_on(&self) -> Option<NaiveDate> {
        match self.kind {
            MeetingKind::Cancelled { on } => Some(on),
            MeetingKind::Scheduled | MeetingKind::Unscheduled | MeetingKind::Projected => None,
        }
    }
}

impl<'a> Schedule<'a> {
    /// The whole calendar.
    #[must_use]
    pub fn new(calendar: &'a MeetingCalendar, targets: &'a TargetHistory) -> Self {
        Self { calendar, targets, from: None, to: None, as_of: None }
    }

    /// The last day whose decisions are known.
    #[must_use]
    pub fn known_to(&self) -> NaiveDate {
        let stated = self.targets.stated_as_of();
        self.as_of.map_or(stated, |date| date.min(stated))
    }

    /// The meetings shown, in the order of their announcements.
    pub fn rows(&self) -> impl Iterator<Item = ScheduleRow> + use<'a> {
        let Self { calendar, targets, from, to, as_of } = *self;
        let known_to = self.known_to();
        let shown = move |meeting: &&Meeting| {
            let announcement = meeting.announcement();
            let past = |date: NaiveDate| announcement <= date;
            from.is_none_or(|from| announcement >= from)
                && to.is_none_or(past)
                && as_of.is_none_or(|date| meeting.is_expected_on(date) || (past(date) && !meeting.is_cancelled()))
        };
        calendar.meetings().iter().filter(shown).map(move |meeting| {
            let decided = meeting.announcement() <= known_to && !meeting.is_cancelled();
            let effective = DecisionDay::default().effective_date(meeting);
            let after = targets.range_on(effective).filter(|_| decided);
            let before = targets.range_on(meeting.announcement());
            let change_bp = after.zip(before).map(|(after, before)| after.upper_bp() - before.upper_bp());
            let expected = as_of.is_some_and(|date| meeting.is_expected_on(date));
            let cancelled_later = expected && meeting.is_cancelled();
            let kind = if cancelled_later { MeetingKind::Scheduled } else { meeting.kind() };
            ScheduleRow { meeting: *meeting, effective, kind, range: after, change_bp }
        })
    }
}
