//! One chart as an SVG document: for a note, a slide, a page.

#[cfg(feature = "event-study")]
use super::charts::ResponseScatter;
use super::charts::{self, Chart, Width};
use super::subject::Label;
use super::{ChartKind, Subject};
#[cfg(feature = "event-study")]
use crate::event_study::AssetResponse;
#[cfg(feature = "event-study")]
use crate::text::escaped_to;
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
    inline(subject, kind, "")
}

/// The same to stand inside a page of yours: its ids begin with a prefix, so that a page can hold it more than once, and other drawings.
///
/// ```
/// # use fedpath::report::{ChartKind, Selection, Subject, svg};
/// # use fedpath::{Assumptions, Episode, Outlook, Strip, StripOptions};
/// # let strip = Strip::new(&Episode::embedded().after, &StripOptions::default())?;
/// # let outlook = Outlook::price(&strip, &Assumptions::default())?;
/// let subject = Subject::Snapshot(&outlook, Selection::default());
/// let bars = svg::inline(&subject, ChartKind::Bars, "friday-").expect("a snapshot has outcomes");
/// assert!(bars.contains("aria-labelledby=\"friday-title\"") && !bars.contains("id=\"title\""));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn inline(subject: &Subject<'_>, kind: ChartKind, prefix: &str) -> Option<String> {
    let chart = charts::chart(subject, kind)?;
    Some(document(&*chart, &subject.credit(), subject.label().as_ref(), prefix))
}

/// The response of an asset as a document of its own: its events, the line through them and both ranges. `source` is the name of the
/// file of events.
///
/// ```
/// use fedpath::event_study::{AssetResponse, EventTable, StudyOptions};
/// use fedpath::report::svg;
/// let events = "date,mp2,nvda\n2024-01-31,0.03,-0.9\n2024-03-20,-0.02,0.4\n2024-05-01,-0.01,0.3\n2024-06-12,0.01,-0.1\n";
/// let events = EventTable::parse(events)?;
/// let nvda = AssetResponse::estimate(&events, "nvda", &StudyOptions::default(), None)?;
/// let scatter = svg::response(&nvda, "events.csv");
/// assert_eq!(scatter.matches("<circle").count(), 4);
/// # Ok::<(), fedpath::Error>(())
/// ```
#[cfg(feature = "event-study")]
#[must_use]
pub fn response(response: &AssetResponse, source: &str) -> String {
    document(&ResponseScatter::new(response), &format!("Events: {}", escaped_to(source, 80)), None, "")
}

fn document(chart: &dyn Chart, source: &str, label: Option<&Label>, prefix: &str) -> String {
    let drawing = chart.draw(Width::Page);
    let document = drawing.document((&chart.title(), &chart.alternative()), source, label, prefix);
    // Here once more for all of it: a control character is no XML.
    printable_lines(&document.into_string()) + "\n"
}
