//! Reports: the same figures as text for people, JSON for programs, CSV for spreadsheets, and as pages and charts.
//!
//! Renderers are pure: results in, text out, rounding once and here. Exact figures carry 12 places in JSON and
//! CSV, rounded half away from zero; figures of the curve and of equities, which are floating point, carry 6.
//!
//! ```
//! use fedpath::{Assumptions, Episode, Outlook, Strip, StripOptions, report};
//! let strip = Strip::new(&Episode::embedded().after, &StripOptions::default())?;
//! let outlook = Outlook::price(&strip, &Assumptions::default())?;
//! let mut csv = Vec::new();
//! report::probs(&outlook, &report::Selection::default()).csv(&mut csv)?;
//! assert!(String::from_utf8(csv)?.starts_with("date,meeting,lower_bp,upper_bp,probability\n2025-11-21,2025-12-10,350,375,0.35"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod allowed;
mod bars;
mod bounds;
mod charts;
mod daily_tables;
mod derivations;
mod document;
mod findings;
pub mod html;
mod key_figures;
mod number;
#[cfg(feature = "bounds")]
mod quote_bounds;
mod render;
mod schedule;
mod sentence;
mod subject;
pub mod svg;
mod typeset;
mod words;

pub use allowed::{Allowed, AllowedRow};
pub use bounds::Bounds;
pub use charts::ChartKind;
pub use daily_tables::DailyTablesWriter;
pub use document::{
    Document, Earlier, Numbers, Odds, Series, bounds, calibration, calibration_line, check, compare, curve,
    curve_change, delta_line, deltas, equity, fair_prices, history, history_end, history_line, history_wide, jacobian,
    meetings, moves_alone, other_prices, path, probs, published, quotes, reprice, series, series_line, settlement,
    summary, surprise, surprise_line, surprises, verdict, wanted_prices,
};
#[cfg(feature = "bounds")]
pub use document::{markets, quote_bounds};
#[cfg(feature = "event-study")]
pub use document::{respond, validate};
#[cfg(feature = "moments")]
pub use document::{surprise_at_moment_line, surprises_at_moments};
#[cfg(feature = "bounds")]
pub use quote_bounds::{Given, IntervalBounds, Otherwise, QuoteBounds};
pub use render::{DataCell, DataColumn};
pub use schedule::{Schedule, ScheduleRow};
pub use subject::{Subject, Through};

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::market::product::OvernightRate;
use crate::outlook::{Distribution, MeetingOutlook, Outlook, View};
use crate::reprice::Repricing;
use crate::rule::{MeetingStep, PolicyPath};

/// Where quotes come from.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Source<'a> {
    /// The name of the quote file.
    pub name: &'a str,
    /// What the quote file is, for people: its format.
    pub format: &'a str,
    /// Whether the quotes are the embedded illustrative episode's: then the report says so.
    pub illustrative: bool,
}

impl<'a> Source<'a> {
    /// The source of market quotes by this name and format.
    #[must_use]
    pub fn new(name: &'a str, format: &'a str) -> Self {
        Self { name, format, illustrative: false }
    }
}

/// What of an outlook or a path is shown, and where it comes from.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Selection<'a> {
    /// Where the quotes come from.
    pub source: Source<'a>,
    /// Which probabilities are shown.
    pub view: View,
    /// Shows only the meeting announced on this day.
    pub meeting: Option<NaiveDate>,
    /// Shows only so many of the next meetings; no figure changes with it.
    pub count: Option<usize>,
    /// Adds the derivation of each shown meeting.
    pub explain: bool,
    /// Adds bars and sparklines of block characters to text.
    pub bars: bool,
    /// The columns that text has room for, where that is known: a wider table of odds continues below itself.
    pub width: Option<usize>,
    /// Adds to a page what all quotes allow of the outcomes of the meeting.
    pub allowed: Option<&'a Allowed>,
}

/// What stands above a report on illustrative quotes.
const ILLUSTRATIVE: &str =
    "Illustrative data: the embedded episode, prices chosen for round figures, not market quotes.";

impl Selection<'_> {
    fn includes(&self, step: &MeetingStep) -> bool {
        self.meeting.is_none_or(|date| step.meeting.announcement() == date)
    }

    /// The first so many of the meetings that are shown.
    fn first<T>(&self, shown: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
        shown.take(self.count.unwrap_or(usize::MAX))
    }

    /// The meetings of an outlook that are shown.
    fn meetings<'o>(&self, outlook: &'o Outlook) -> impl Iterator<Item = &'o MeetingOutlook> {
        self.first(outlook.meetings().iter().filter(|meeting| self.includes(&meeting.step)))
    }

    /// The meetings of a path that are shown.
    fn steps<'o>(&self, path: &'o PolicyPath) -> impl Iterator<Item = &'o MeetingStep> {
        self.first(path.steps().iter().filter(|step| self.includes(step)))
    }
}

/// How a repricing is told: where its two snapshots come from, and what is added.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Telling<'a> {
    /// Where the first snapshot comes from.
    pub before: Source<'a>,
    /// Where the second snapshot comes from.
    pub after: Source<'a>,
    /// Adds the derivation of the headline meeting in both snapshots.
    pub explain: bool,
    /// Adds bars of block characters to text.
    pub bars: bool,
    /// How much is told of equities.
    pub equity: EquityDetail,
    /// Shows only so many of the next meetings; no figure changes with it.
    pub count: Option<usize>,
}

/// How much a repricing tells of equities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum EquityDetail {
    /// The range of the methods in a few lines; of several assets a row each.
    #[default]
    Brief,
    /// Every method with its band.
    Full,
    /// Nothing.
    None,
}

impl Telling<'_> {
    /// Whether either snapshot is illustrative.
    #[must_use]
    pub fn is_illustrative(&self) -> bool {
        self.before.illustrative || self.after.illustrative
    }

    /// Every notice of the story, a snapshot's own under the name of its file.
    #[must_use]
    pub fn warnings(&self, story: &Repricing) -> Vec<String> {
        let of_snapshot = |source: &Source<'_>, outlook: &Outlook| -> Vec<String> {
            let notices = outlook.path().notices().iter();
            notices.map(|notice| format!("{}: {notice}", source.name)).collect()
        };
        let mut warnings = of_snapshot(&self.before, story.before());
        warnings.extend(of_snapshot(&self.after, story.after()));
        warnings.extend(story.notices().iter().map(ToString::to_string));
        warnings
    }
}

/// Where a term structure comes from: a file and the path it was solved for.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CurveSource<'a> {
    /// The file.
    pub source: Source<'a>,
    /// The path.
    pub path: &'a PolicyPath,
    /// The overnight rate that is told.
    pub rate: OvernightRate,
}

impl<'a> CurveSource<'a> {
    /// A file and its path.
    #[must_use]
    pub fn new(source: Source<'a>, path: &'a PolicyPath) -> Self {
        Self { source, path, rate: OvernightRate::default() }
    }

    /// The same of another overnight rate.
    #[must_use]
    pub fn of_rate(self, rate: OvernightRate) -> Self {
        Self { rate, ..self }
    }
}

/// The numbers of moves that have a chance in either of two distributions.
fn either(one: &Distribution, other: &Distribution) -> BTreeSet<i64> {
    one.outcomes().chain(other.outcomes()).map(|(moves, _)| moves).collect()
}

/// A text of unknown origin, such as a file name, with control and reordering characters escaped: it stays on its line
/// and cannot steer a terminal.
///
/// ```
/// assert_eq!(fedpath::report::printable("a\tb \u{1b}[31m"), "a\\tb \\u{1b}[31m");
/// ```
#[must_use]
pub fn printable(text: &str) -> String {
    crate::text::printable(text)
}
