//! One chart as an SVG document: for a note, a slide, a page.

use super::charts::{self, Width};
use super::{ChartKind, Subject};
use crate::text::printable_lines;

/// A chart as a document of its own: in the reader's own sans-serif font, with a title, its words as
/// `desc`, and its source. `None` where the subject has no such chart: curve and equities need two snapshots, charts
/// through time a history.
///
/// ```
/// use fedpath::report::{ChartKind, Selection, Subject, svg};
/// use fedpath::{Assumptions, Episode, Outlook, Strip, StripOptions};
/// let strip = Strip::new(&Episode::embedded().after, &StripOptions::default())?;
/// let outlook = Outlook::price(&strip, &Assumptions::default())?;
/// let subject = Subject::Snapshot(&outlook, Selection::default());
/// let bars = svg::chart(&subject, ChartKind::Bars).expect("a snapshot has outcomes");
/// assert!(bars.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
/// assert!(bars.contains("3.50–3.75%: 21 Nov 2025: 35%"));
/// assert!(svg::chart(&subject, ChartKind::History).is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn chart(subject: &Subject<'_>, kind: ChartKind) -> Option<String> {
    let chart = charts::chart(subject, kind)?;
    let drawing = chart.draw(Width::Page);
    let document = drawing.document(&chart.title(), &chart.alternative(), &subject.credit(), subject.label());
    // Here once more for all of it: a control character is no XML.
    Some(printable_lines(&document.into_string()) + "\n")
}
