//! [`HistorySummary`]: what a run over a history could not price, by reason.

use std::mem::{Discriminant, discriminant};

use chrono::NaiveDate;

use super::{DayReason, HistoryDay, TableRemarks};
use crate::notice::Notice;
use crate::rule::{PolicyError, UnpricedReason};

/// What a run over many days could not price and what it assumed, counted by reason, each with its first case.
///
/// ```
/// use fedpath::{Assumptions, QuoteFile, QuoteTable, ReadOptions};
/// use fedpath::history::{History, HistoryOptions, HistorySummary};
/// let text = "date,contract,settle\n1993-12-31,ZQF94,97.00\n2001-01-04,ZQF01,94.10\n2001-01-04,ZQG01,94.40\n";
/// let mut table = QuoteTable::default();
/// table.add("two days", QuoteFile::parse(text, &ReadOptions::default())?)?;
/// let assumptions = Assumptions::default();
/// let mut summary = HistorySummary::default();
/// History::new(&table, &assumptions, HistoryOptions::default()).days().for_each(|day| summary.add(&day));
/// assert_eq!(summary.lines()[1], "1 day, 1993-12-31: the calendar of meetings begins with 1994");
/// assert_eq!(
///     summary.lines()[2],
///     "1 day, 2001-01-04: the rate has already moved in Jan 2001, so ZQF01 averages three rates"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct HistorySummary {
    days: usize,
    priced: usize,
    stopped: Vec<Group<String>>,
    gaps: Vec<Group<Discriminant<UnpricedReason>>>,
    doubtful: Vec<Group<()>>,
    notices: Vec<Group<Discriminant<Notice>>>,
}

/// What has the same reason.
#[derive(Debug, Clone)]
struct Group<Key> {
    key: Key,
    /// The first case in words.
    words: String,
    cases: usize,
    days: usize,
    first: NaiveDate,
    last: NaiveDate,
}

impl HistorySummary {
    /// Counts a day.
    pub fn add(&mut self, day: &HistoryDay) {
        let remarks = day.outlook.as_ref().map(TableRemarks::of_outlook);
        self.add_remarks(day.date, remarks.as_ref().map_err(|reason| *reason));
    }

    /// Counts a day by what is remarked of its table.
    pub fn add_remarks(&mut self, date: NaiveDate, day: Result<&TableRemarks, &DayReason>) {
        self.days += 1;
        let remarks = match day {
            Ok(remarks) => remarks,
            Err(reason) => {
                let reason = words(reason);
                return count(&mut self.stopped, date, reason.clone(), || reason);
            }
        };
        self.priced += 1;
        for (announcement, change) in &remarks.doubtful {
            count(&mut self.doubtful, date, (), || format!("meeting of {announcement}: {:+.0} bp", change.exact()));
        }
        // Meetings behind one without a price are its consequence.
        let gaps =
            remarks.without_table.iter().filter(|(_, reason)| !matches!(reason, UnpricedReason::MeetingBefore(_)));
        for (meeting, reason) in gaps {
            count(&mut self.gaps, date, discriminant(reason), || format!("meeting of {meeting}: {reason}"));
        }
        let any = !remarks.without_table.is_empty();
        let told_as_gap = |notice: &&Notice| any && matches!(notice, Notice::FewerMeetings { .. });
        for notice in remarks.notices.iter().filter(|notice| !told_as_gap(notice)) {
            count(&mut self.notices, date, discriminant(notice), || notice.to_string());
        }
    }

    /// How many days were counted.
    #[must_use]
    pub fn days(&self) -> usize {
        self.days
    }

    /// How many of them have an outcome table.
    #[must_use]
    pub fn priced(&self) -> usize {
        self.priced
    }

    /// The summary in sentences: how many days were priced where any was not, the others by reason, the meetings without a
    /// table on days that have one, those with a change that is hard to believe, then what was assumed.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.priced < self.days {
            lines.push(format!("{} of {} priced", self.priced, days(self.days)));
        }
        let when = |count: usize, first: NaiveDate, last: NaiveDate| {
            let last = if first == last { String::new() } else { format!(" to {last}") };
            format!("{}, {first}{last}", days(count))
        };
        lines.extend(
            self.stopped.iter().map(|group| format!("{}: {}", when(group.days, group.first, group.last), group.words)),
        );
        lines.extend(self.gaps.iter().map(|group| {
            let meetings = meetings(group.cases);
            let when = when(group.days, group.first, group.last);
            format!("{meetings} without a price on {when}: {}{}", group.words, more(group.cases))
        }));
        lines.extend(self.doubtful.iter().map(|group| {
            let meetings = meetings(group.cases);
            let when = when(group.days, group.first, group.last);
            let why = "contracts contradict, or one speaks through few days of its month";
            format!(
                "{meetings} with an expected change of more than 100 bp on {when} ({why}): {}{}",
                group.words,
                more(group.cases)
            )
        }));
        lines.extend(self.notices.iter().map(|group| {
            format!("{}: {}{}", when(group.days, group.first, group.last), group.words, more(group.cases))
        }));
        lines
    }
}

fn days(count: usize) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

fn meetings(count: usize) -> String {
    if count == 1 { "1 meeting".to_owned() } else { format!("{count} meetings") }
}

fn more(cases: usize) -> String {
    match cases {
        0 | 1 => String::new(),
        cases => format!(" (and {} more of the kind)", cases - 1),
    }
}

/// A reason without the day it is of, so that days with the same reason are counted together.
fn words(reason: &DayReason) -> String {
    match reason {
        DayReason::Policy(PolicyError::NoTarget(_)) => "no target range is known".to_owned(),
        DayReason::Policy(PolicyError::NoMeetings { span: (_, last), .. }) => {
            format!("the calendar of meetings ends with {}", last.words())
        }
        _ => reason.first_meeting().map_or_else(|| reason.to_string(), |reason| reason.to_string()),
    }
}

fn count<Key: PartialEq>(groups: &mut Vec<Group<Key>>, date: NaiveDate, key: Key, words: impl FnOnce() -> String) {
    match groups.iter_mut().find(|group| group.key == key) {
        Some(group) => {
            group.cases += 1;
            group.days += usize::from(group.last != date);
            group.last = date;
        }
        None => groups.push(Group { key, words: words(), cases: 1, days: 1, first: date, last: date }),
    }
}
