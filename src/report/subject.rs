//! [`Subject`]: what a page or a chart is about.

use chrono::NaiveDate;

use super::words::day;
use super::{Selection, Source, Telling, text};
use crate::outlook::{MeetingOutlook, Outlook};
use crate::reprice::Repricing;
use crate::reprice::sensitivity::Sensitivity;
use crate::study::history::MeetingSeries;
use crate::text::escaped_to;

/// What a page or a chart is about: one snapshot, what changed between two, or one meeting through many days.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Subject<'a> {
    /// One snapshot. The meeting of the selection, or the first, is the one of the bars and the derivation.
    Snapshot(&'a Outlook, Selection<'a>),
    /// What changed between two.
    Repricing(&'a Repricing, Telling<'a>),
    /// Many days; what concerns one of them is of the last.
    History(&'a MeetingSeries, Source<'a>),
}

impl<'a> Subject<'a> {
    /// The outlook of the one day, or of the later or last.
    #[must_use]
    pub fn outlook(&self) -> &'a Outlook {
        match self {
            Self::Snapshot(outlook, _) => outlook,
            Self::Repricing(story, _) => story.after(),
            Self::History(series, _) => series.last(),
        }
    }

    /// The outlook of the earlier of two days.
    #[must_use]
    pub fn before(&self) -> Option<&'a Outlook> {
        match self {
            Self::Repricing(story, _) => Some(story.before()),
            Self::Snapshot(..) | Self::History(..) => None,
        }
    }

    /// The announcement of the meeting it is about.
    #[must_use]
    pub fn meeting(&self) -> NaiveDate {
        let first = |outlook: &Outlook| {
            let first = outlook.meetings().first().map(MeetingOutlook::announcement);
            first.unwrap_or_else(|| outlook.path().as_of())
        };
        match self {
            Self::Snapshot(outlook, selection) => selection.meeting.unwrap_or_else(|| first(outlook)),
            Self::Repricing(story, _) => story.headline().announcement(),
            Self::History(series, _) => series.meeting(),
        }
    }

    /// Whether any of the quotes are the embedded episode's.
    #[must_use]
    pub fn is_illustrative(&self) -> bool {
        match self {
            Self::Snapshot(_, selection) => selection.source.illustrative,
            Self::Repricing(_, told) => told.is_illustrative(),
            Self::History(_, source) => source.illustrative,
        }
    }

    pub(super) fn study(&self) -> Option<&'a Sensitivity> {
        match self {
            Self::Repricing(story, _) => Some(story.sensitivity()),
            Self::Snapshot(..) | Self::History(..) => None,
        }
    }

    pub(super) fn series(&self) -> Option<&'a MeetingSeries> {
        match self {
            Self::History(series, _) => Some(series),
            Self::Snapshot(..) | Self::Repricing(..) => None,
        }
    }

    /// The files and the rule, in a line under a chart.
    pub(super) fn credit(&self) -> String {
        let name = |source: &Source<'_>| escaped_to(source.name, 40);
        let rule = text::rule(self.outlook().path());
        let (files, rule) = match self {
            Self::Repricing(_, told) if told.before.name == told.after.name => (name(&told.after), rule),
            Self::Repricing(_, told) => (format!("{} and {}", name(&told.before), name(&told.after)), rule),
            Self::Snapshot(_, selection) => (name(&selection.source), rule),
            Self::History(series, source) => {
                let next = series.next_meetings();
                let ends = next.first().zip(next.last());
                let days =
                    ends.map_or(String::new(), |(first, last)| format!(", {} to {}", day(first.date), day(last.date)));
                (name(source) + &days, rule)
            }
        };
        format!("Quotes: {files}. {rule}. fedpath {}", env!("CARGO_PKG_VERSION"))
    }
}
