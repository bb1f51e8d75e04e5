//! [`MeetingSeries`]: what was priced for one meeting, day by day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{HistoryDay, HistorySummary};
use crate::market::calendar::TargetRange;
use crate::outlook::{MeetingOutlook, Outlook};
use crate::units::{BasisPoints, Probability, Rate};

/// What was priced for one meeting on every day that prices it, and beside it what each day expected of its next meeting.
///
/// ```
/// use fedpath::{Assumptions, QuoteFile, QuoteTable, ReadOptions};
/// use fedpath::history::{History, HistoryOptions, MeetingSeries};
/// let text = "date,contract,settle\n2025-11-14,ZQX25,96.12\n2025-11-14,ZQF26,96.29\n2025-11-14,ZQG26,96.36\n\
///     2025-11-21,ZQX25,96.12\n2025-11-21,ZQF26,96.215\n2025-11-21,ZQG26,96.285\n";
/// let mut table = QuoteTable::default();
/// table.add("november", QuoteFile::parse(text, &ReadOptions::default())?)?;
/// let assumptions = Assumptions::default();
/// let history = History::new(&table, &assumptions, HistoryOptions::default());
/// let series = MeetingSeries::new(history.days(), None).expect("a day with a price");
/// assert_eq!(series.meeting().to_string(), "2025-12-10");
/// let easing: Vec<String> = series.days().iter().map(|day| day.ease.to_string()).collect();
/// assert_eq!(easing, ["65%", "35%"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct MeetingSeries {
    meeting: NaiveDate,
    days: Vec<SeriesDay>,
    next: Vec<NextMeeting>,
    last: Outlook,
    summary: HistorySummary,
}

/// What one day priced for the meeting of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SeriesDay {
    /// The day.
    pub date: NaiveDate,
    /// The range in force on it, from which the odds count.
    pub target: TargetRange,
    /// The probability of a lower range after the meeting, all meetings so far together.
    pub ease: Probability,
    /// That of the same range.
    pub hold: Probability,
    /// That of a higher one.
    pub hike: Probability,
    /// The probability of each range after it, from the lowest up.
    pub outcomes: Vec<(TargetRange, Probability)>,
    /// The expected rate after it.
    pub rate: Rate,
    /// The expected rate before the first meeting that the day prices.
    pub start: Rate,
    /// The announcement of each meeting whose rate is not provisional, and the expected rate after it.
    pub path: Vec<(NaiveDate, Rate)>,
}

/// What one day expected of the meeting next to come.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct NextMeeting {
    /// The day.
    pub date: NaiveDate,
    /// The announcement of the meeting.
    pub meeting: NaiveDate,
    /// The expected change of the rate at it.
    pub change: BasisPoints,
}

impl MeetingSeries {
    /// The series of a meeting, by its announcement, over days in order; of the first meeting that the last priced day
    /// prices where `None`. `None` where no day prices the meeting, or any.
    #[must_use]
    pub fn new(days: impl IntoIterator<Item = HistoryDay>, meeting: Option<NaiveDate>) -> Option<Self> {
        let mut series: BTreeMap<NaiveDate, Vec<SeriesDay>> = BTreeMap::new();
        let (mut next, mut last, mut summary) = (Vec::new(), None, HistorySummary::default());
        for day in days {
            summary.add(&day);
            let Ok(outlook) = day.outlook else { continue };
            let steps = outlook.path().firm_steps().iter();
            let path: Vec<(NaiveDate, Rate)> =
                steps.map(|step| (step.meeting.announcement(), step.after.clone())).collect();
            let wanted =
                |priced: &&MeetingOutlook| meeting.is_none_or(|meeting| priced.step.meeting.announcement() == meeting);
            for priced in outlook.meetings().iter().filter(wanted) {
                let (odds, target) = (&priced.cumulative, outlook.target());
                series.entry(priced.step.meeting.announcement()).or_default().push(SeriesDay {
                    date: day.date,
                    target,
                    ease: odds.ease(),
                    hold: odds.hold(),
                    hike: odds.hike(),
                    outcomes: odds.outcomes().map(|(moves, chance)| (target.moved(moves), chance)).collect(),
                    rate: priced.step.after.clone(),
                    start: outlook.meetings().first().map_or(&priced.step.before, |first| &first.step.before).clone(),
                    path: path.clone(),
                });
            }
            next.extend(outlook.meetings().first().map(|first| NextMeeting {
                date: day.date,
                meeting: first.step.meeting.announcement(),
                change: first.step.change(),
            }));
            if meeting.is_none_or(|meeting| outlook.meeting(meeting).is_some()) {
                last = Some(outlook);
            }
        }
        let last = last?;
        let meeting = meeting.or_else(|| Some(last.meetings().first()?.step.meeting.announcement()))?;
        let days = series.remove(&meeting)?;
        Some(Self { meeting, days, next, last, summary })
    }

    /// The meeting, by its announcement.
    #[must_use]
    pub fn meeting(&self) -> NaiveDate {
        self.meeting
    }

    /// The days that price the meeting, in order; at least one.
    #[must_use]
    pub fn days(&self) -> &[SeriesDay] {
        &self.days
    }

    /// What every priced day expected of its next meeting.
    #[must_use]
    pub fn next_meetings(&self) -> &[NextMeeting] {
        &self.next
    }

    /// The meetings that were the next ones of some day, each once: those decided within the days, and the one after.
    #[must_use]
    pub fn meetings(&self) -> BTreeSet<NaiveDate> {
        self.next.iter().map(|next| next.meeting).collect()
    }

    /// The last day that prices the meeting.
    #[must_use]
    pub fn last(&self) -> &Outlook {
        &self.last
    }

    /// What could not be priced, and what was assumed.
    #[must_use]
    pub fn summary(&self) -> &HistorySummary {
        &self.summary
    }
}
