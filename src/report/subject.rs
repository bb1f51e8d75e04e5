//! [`Subject`]: what a page or a chart is about.

use chrono::NaiveDate;

use super::words::{day, supposition};
use super::{Allowed, Selection, Source, Telling, document};
use crate::outlook::{MeetingOutlook, Outlook};
use crate::reprice::Repricing;
use crate::reprice::sensitivity::Sensitivity;
use crate::study::history::MeetingSeries;
use crate::text::escaped_to;

/// Where the quotes of many days come from, and the days asked for.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Through<'a> {
    /// The quotes.
    pub source: Source<'a>,
    /// The first day of charts through time; the first that prices the meeting where `None`.
    pub from: Option<NaiveDate>,
    /// The last one; the last that prices the meeting where `None`.
    pub to: Option<NaiveDate>,
}

impl Through<'_> {
    /// The first and the last day of charts through time.
    pub(super) fn window(&self, series: &MeetingSeries) -> (NaiveDate, NaiveDate) {
        let days = series.days();
        let (first, last) = (days[0].date, days[days.len() - 1].date);
        (self.from.unwrap_or(first).min(first), self.to.unwrap_or(last).max(last))
    }
}

/// What a page or a chart is about: one snapshot, what changed between two, or one meeting through many days.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Subject<'a> {
    /// One snapshot. The meeting of the selection, or the first, is the one of the bars and the derivation.
    Snapshot(&'a Outlook, Selection<'a>),
    /// What changed between two.
    Repricing(&'a Repricing, Telling<'a>),
    /// Many days; what concerns one of them is of the last.
    History(&'a MeetingSeries, Through<'a>),
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
            Self::History(_, through) => through.source.illustrative,
        }
    }

    /// What all quotes allow, where the one day has it.
    pub(super) fn allowed(&self) -> Option<&'a Allowed> {
        match self {
            Self::Snapshot(_, selection) => selection.allowed,
            Self::Repricing(..) | Self::History(..) => None,
        }
    }

    pub(super) fn study(&self) -> Option<&'a Sensitivity> {
        match self {
            Self::Repricing(story, _) => Some(story.sensitivity()),
            Self::Snapshot(..) | Self::History(..) => None,
        }
    }

    /// The days of a history, and the first and the last day to show.
    pub(super) fn series(&self) -> Option<(&'a MeetingSeries, (NaiveDate, NaiveDate))> {
        match self {
            Self::History(series, through) => Some((series, through.window(series))),
            Self::Snapshot(..) | Self::Repricing(..) => None,
        }
    }

    /// What stands in a page and in each of its pictures where the figures are not a market's.
    pub(super) fn label(&self) -> Option<Label> {
        let (supposed, is_illustrative) = (self.supposition(), self.is_illustrative());
        (supposed.is_some() || is_illustrative).then_some(Label { supposed, is_illustrative })
    }

    /// What is supposed of the one day, or of the later or last, in words.
    pub(super) fn supposition(&self) -> Option<String> {
        supposition(self.outlook().path())
    }

    /// The files and the rule, in a line under a chart.
    pub(super) fn credit(&self) -> String {
        let name = |source: &Source<'_>| escaped_to(source.name, 40);
        let files = match self {
            Self::Repricing(_, told) if told.before.name == told.after.name => name(&told.after),
            Self::Repricing(_, told) => format!("{} and {}", name(&told.before), name(&told.after)),
            Self::Snapshot(_, selection) => name(&selection.source),
            Self::History(series, through) => {
                let (from, to) = through.window(series);
                format!("{}, {} to {}", name(&through.source), day(from), day(to))
            }
        };
        let rule = document::rule(self.outlook().path());
        format!("Quotes: {files}. {rule}. fedpath {}", env!("CARGO_PKG_VERSION"))
    }
}

/// Why figures are not a market's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// What is supposed in place of what is quoted.
    supposed: Option<String>,
    /// Whether the quotes are the embedded episode's.
    is_illustrative: bool,
}

impl Label {
    /// The whole sentence.
    pub(super) fn sentence(&self) -> String {
        match (&self.supposed, self.is_illustrative) {
            (Some(supposed), false) => format!("What if {supposed}: not market quotes."),
            (Some(supposed), true) => format!("What if {supposed}: on illustrative data, not market quotes."),
            (None, _) => super::ILLUSTRATIVE.to_owned(),
        }
    }

    /// The same where there is little room.
    pub(super) fn short(&self) -> String {
        let why = if self.supposed.is_some() { "What if" } else { "Illustrative data" };
        format!("{why}, not market quotes.")
    }
}
