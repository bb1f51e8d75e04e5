//! Reports: the same figures as text for people, JSON for programs and CSV for spreadsheets.
//!
//! Renderers are pure: results in, text out, rounding once and here. Exact figures carry 12 places in JSON and
//! CSV, rounded half away from zero; figures of the curve and of equities, which are floating point, carry 6.
//!
//! ```
//! use fedpath::{Assumptions, Episode, Outlook, Strip, StripOptions, report};
//! let strip = Strip::new(&Episode::embedded().after, &StripOptions::default())?;
//! let outlook = Outlook::price(&strip, &Assumptions::default())?;
//! let mut csv = Vec::new();
//! report::csv::probs(&outlook, &report::Selection::default(), &mut csv)?;
//! assert!(String::from_utf8(csv)?.starts_with("date,meeting,lower_bp,upper_bp,probability\n2025-11-21,2025-12-10,350,375,0.35"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod csv;
mod grid;
pub mod json;
mod number;
mod schedule;
pub mod text;

pub use schedule::{Schedule, ScheduleRow};

use chrono::NaiveDate;

use crate::policy::{Distribution, MeetingOutlook, MeetingStep, Outlook, PolicyPath};
use crate::reprice::Repricing;

/// Which probabilities an outcome table shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum View {
    /// The range after each meeting, all meetings so far together: CME's FedWatch table.
    #[default]
    Cumulative,
    /// The move at each meeting alone, from today's range.
    Meeting,
    /// The two-point split of the expected change from today: CME's aggregated view.
    Aggregated,
}

impl View {
    /// The word that names the view in options and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cumulative => "cumulative",
            Self::Meeting => "meeting",
            Self::Aggregated => "aggregated",
        }
    }
}

/// What of an outlook or a path is shown, and where it comes from.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Selection<'a> {
    /// The name of the quote file.
    pub source: &'a str,
    /// What the quote file is, for people: its format.
    pub format: &'a str,
    /// Which probabilities are shown.
    pub view: View,
    /// Shows only the meeting announced on this day.
    pub meeting: Option<NaiveDate>,
    /// Adds the derivation of each shown meeting.
    pub explain: bool,
    /// Whether the quotes are the embedded illustrative episode's: then the report says so.
    pub illustrative: bool,
}

/// What stands above a report on illustrative quotes.
const ILLUSTRATIVE: &str =
    "Illustrative data: the embedded episode, prices chosen for round figures, not market quotes.";

impl Selection<'_> {
    fn includes(&self, step: &MeetingStep) -> bool {
        self.meeting.is_none_or(|date| step.meeting.announcement() == date)
    }

    /// The meetings of an outlook that are shown.
    fn meetings<'o>(&self, outlook: &'o Outlook) -> impl Iterator<Item = &'o MeetingOutlook> {
        outlook.meetings().iter().filter(|meeting| self.includes(&meeting.step))
    }

    /// The meetings of a path that are shown.
    fn steps<'o>(&self, path: &'o PolicyPath) -> impl Iterator<Item = &'o MeetingStep> {
        path.steps().iter().filter(|step| self.includes(step))
    }

    /// The probabilities shown for a meeting.
    fn distribution(&self, meeting: &MeetingOutlook) -> Distribution {
        match self.view {
            View::Cumulative => meeting.cumulative.clone(),
            View::Meeting => meeting.local.clone(),
            View::Aggregated => meeting.aggregated(),
        }
    }
}

/// How a repricing is told: where its two snapshots come from, and what is added.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Telling<'a> {
    /// The first snapshot.
    pub before: Selection<'a>,
    /// The second snapshot.
    pub after: Selection<'a>,
    /// Adds the derivation of the headline meeting in both snapshots.
    pub explain: bool,
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
        let of_snapshot = |selection: &Selection<'_>, outlook: &Outlook| -> Vec<String> {
            let notices = outlook.path().notices().iter();
            notices.map(|notice| format!("{}: {notice}", selection.source)).collect()
        };
        let mut warnings = of_snapshot(&self.before, story.before());
        warnings.extend(of_snapshot(&self.after, story.after()));
        warnings.extend(story.notices().iter().map(ToString::to_string));
        warnings
    }
}
