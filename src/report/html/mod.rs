//! The report as one HTML file: the finding, its key figures and charts, the figures behind them, how they are made.

mod cards;
mod finding;
mod parts;
#[cfg(feature = "event-study")]
mod study;

#[cfg(feature = "event-study")]
pub use study::EventStudy;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Subject;
use super::charts::{self, Chart, ChartKind, Width};
use super::subject::Label;
use super::typeset::typeset;
use super::words::{day, priced_on};
use crate::rule::Assumptions;
use crate::text::{printable, printable_lines};
use finding::Finding;

/// What a page is made of: each part stands by itself, and is there where the subject has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// What it is about, the finding as its headline, and the sentence under it.
    Head,
    /// Why the figures are not a market's, where they are not, and the author's note.
    Remarks,
    /// The key figures.
    Cards,
    /// The response of an asset, where the author adds one.
    #[cfg(feature = "event-study")]
    EventStudy,
    /// What to know before the figures.
    Warnings,
    /// A chart with its words and its figures.
    Chart(ChartKind),
    /// How the figures are made.
    Derivation,
    /// Files, dates, conventions, version.
    Provenance,
}

impl Part {
    /// The parts of a page, in its order.
    pub const ORDER: &[Self] = &[
        Self::Head,
        Self::Remarks,
        Self::Cards,
        Self::Warnings,
        Self::Chart(ChartKind::History),
        Self::Chart(ChartKind::Priced),
        Self::Chart(ChartKind::Next),
        Self::Chart(ChartKind::Bars),
        Self::Chart(ChartKind::Bounds),
        Self::Chart(ChartKind::Heat),
        Self::Chart(ChartKind::Path),
        Self::Chart(ChartKind::Basis),
        Self::Chart(ChartKind::Term),
        Self::Chart(ChartKind::Curve),
        Self::Chart(ChartKind::Equity),
        #[cfg(feature = "event-study")]
        Self::EventStudy,
        Self::Chart(ChartKind::Residuals),
        Self::Derivation,
        Self::Provenance,
    ];

    /// The name of the part: of a chart that of its kind.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Remarks => "remarks",
            Self::Cards => "cards",
            Self::Warnings => "warnings",
            Self::Chart(kind) => kind.id(),
            #[cfg(feature = "event-study")]
            Self::EventStudy => "event-study",
            Self::Derivation => "derivation",
            Self::Provenance => "provenance",
        }
    }
}

/// What the author of a report adds to a page.
///
/// ```
/// use fedpath::report::html::Front;
/// let mut front = Front::default();
/// front.author = Some("Rates strategy");
/// assert!(front.title.is_none(), "the finding stays the headline");
/// ```
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Front<'a> {
    /// The headline in place of the finding, which then stands under it.
    pub title: Option<&'a str>,
    /// Who signs the report.
    pub author: Option<&'a str>,
    /// A remark above the charts; an empty line begins a paragraph.
    pub note: Option<&'a str>,
    /// What was assumed, whose tables the sources name.
    pub assumptions: Option<&'a Assumptions>,
    /// The response of an asset as a section of its own.
    #[cfg(feature = "event-study")]
    pub event_study: Option<EventStudy<'a>>,
}

impl<'a> Front<'a> {
    /// With the tables of these assumptions among the sources.
    #[must_use]
    pub fn on(self, assumptions: &'a Assumptions) -> Self {
        Self { assumptions: Some(assumptions), ..self }
    }
}

/// A page that needs nothing else: no network, no font and no script of others. It opens from disk, prints, follows the
/// reader's light or dark, and has each chart in two widths, with its words and its figures as a table beside it. Its headline is
/// the finding.
///
/// All text of the input, such as names of files, is escaped. The same subject gives the same bytes.
///
/// ```
/// use fedpath::report::{Selection, Subject, html};
/// use fedpath::{Assumptions, Episode, Outlook, Strip, StripOptions};
/// let strip = Strip::new(&Episode::embedded().after, &StripOptions::default())?;
/// let outlook = Outlook::price(&strip, &Assumptions::default())?;
/// let page = html::page(&Subject::Snapshot(&outlook, Selection::default()), &html::Front::default());
/// assert!(page.starts_with("<!DOCTYPE html>"));
/// assert!(page.contains("<h1>December cut odds are 35%</h1>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn page(subject: &Subject<'_>, front: &Front<'_>) -> String {
    let title = front.title.map_or_else(|| typeset(&Finding::of(subject).headline), printable);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                @if let Some(author) = front.author { meta name="author" content=(printable(author)); }
                title { (title) " – fedpath" }
                style { (PreEscaped(style())) }
            }
            body {
                a class="skip" href="#report" { "Skip to the report" }
                header { (self::markup(subject, Part::Head, front, "")) }
                main id="report" tabindex="-1" {
                    @for part in Part::ORDER.iter().skip(1) { (self::markup(subject, *part, front, "")) }
                }
                div id="tip" role="status" hidden {}
                script { (PreEscaped(include_str!("page.js"))) }
            }
        }
    };
    // Here once more for all of it: no name of a user may break the page.
    printable_lines(&page.into_string()) + "\n"
}

/// The parts of a [`page`] without its frame and its script, for a document of yours: it needs [`fragment_style`] once, and its ids begin
/// with a prefix, so that several stand in one document.
///
/// ```
/// # use fedpath::report::{Selection, Subject, html};
/// # use fedpath::{Assumptions, Episode, Outlook, Strip, StripOptions};
/// # let strip = Strip::new(&Episode::embedded().after, &StripOptions::default())?;
/// # let outlook = Outlook::price(&strip, &Assumptions::default())?;
/// let subject = Subject::Snapshot(&outlook, Selection::default());
/// let fragment = html::fragment(&subject, &html::Front::default(), "friday-");
/// assert!(fragment.starts_with("<article class=\"fedpath\"") && fragment.contains("id=\"friday-provenance\""));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn fragment(subject: &Subject<'_>, front: &Front<'_>, prefix: &str) -> String {
    let parts = html! {
        article class="fedpath" {
            @for part in Part::ORDER { (markup(subject, *part, front, prefix)) }
        }
    };
    printable_lines(&parts.into_string()) + "\n"
}

/// The style sheet of a page and of its charts, by itself, for pages that are put together from parts.
#[must_use]
pub fn style() -> String {
    [&charts::page_variables(), include_str!("page.css"), &charts::chart_style()].concat()
}

/// The style sheet of [`fragment`]s, which reaches nothing outside them: the rules of [`style`] in an `@scope`.
///
/// ```
/// assert!(fedpath::report::html::fragment_style().starts_with("@scope (.fedpath){\n:scope{"));
/// ```
#[must_use]
pub fn fragment_style() -> String {
    // The margins of printed pages are the document's own.
    let style = style().lines().filter(|line| !line.starts_with("@page")).collect::<Vec<_>>().join("\n");
    let rules = style.replace(":root{", ":scope{").replace("\nbody{", "\n:scope{");
    format!("@scope (.fedpath){{\n{rules}}}\n")
}

/// One part of a [`page`], for pages that draw what is in view; empty where the subject has none.
///
/// ```
/// use fedpath::report::html::{Front, Part, part};
/// use fedpath::report::{Selection, Subject};
/// use fedpath::{Assumptions, Episode, Outlook, Strip, StripOptions};
/// let strip = Strip::new(&Episode::embedded().after, &StripOptions::default())?;
/// let outlook = Outlook::price(&strip, &Assumptions::default())?;
/// let subject = Subject::Snapshot(&outlook, Selection::default());
/// assert!(part(&subject, Part::Cards, &Front::default()).starts_with("<dl class=\"cards\""));
/// assert_eq!(Part::Cards.id(), "cards");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn part(subject: &Subject<'_>, part: Part, front: &Front<'_>) -> String {
    printable_lines(&markup(subject, part, front, "").into_string())
}

/// A part of a page, its ids beginning with a prefix, so that a document can have it more than once.
fn markup(subject: &Subject<'_>, part: Part, front: &Front<'_>, prefix: &str) -> Markup {
    match part {
        Part::Head => head(subject, front),
        Part::Remarks => remarks(subject, front),
        Part::Cards => cards::cards(subject),
        // Of two days the page shows what happened to the curve.
        Part::Chart(ChartKind::Term) if subject.study().is_some() => Markup::default(),
        Part::Chart(kind) => {
            charts::chart(subject, kind).map_or_else(Markup::default, |chart| block(subject, kind, &*chart, prefix))
        }
        #[cfg(feature = "event-study")]
        Part::EventStudy => {
            front.event_study.map_or_else(Markup::default, |study| study::section(&study, subject, prefix))
        }
        Part::Warnings => parts::warnings(subject),
        Part::Derivation => parts::derivation(subject, prefix),
        Part::Provenance => parts::provenance(subject, front.assumptions, prefix),
    }
}

/// The headline with what stands around it.
fn head(subject: &Subject<'_>, front: &Front<'_>) -> Markup {
    let finding = Finding::of(subject);
    let headline = typeset(&finding.headline);
    html! {
        p class="kicker" { (typeset(&kicker(subject))) }
        h1 { (front.title.map_or_else(|| headline.clone(), printable)) }
        @if front.title.is_some() { p class="finding" { (headline) } }
        @if !finding.standfirst.is_empty() { p class="standfirst" { (typeset(&finding.standfirst)) } }
        @if let Some(author) = front.author { p class="author" { "By " (printable(author)) } }
    }
}

fn remarks(subject: &Subject<'_>, front: &Front<'_>) -> Markup {
    html! {
        @if let Some(label) = subject.label() { p class="label" { (label.sentence()) } }
        @if let Some(note) = front.note { (noted(note)) }
    }
}

/// What the report is about, above its headline.
fn kicker(subject: &Subject<'_>) -> String {
    let priced = match subject {
        Subject::Snapshot(outlook, _) => priced_on(outlook.path()),
        Subject::Repricing(story, _) => {
            let (before, after) = (story.before().path(), story.after().path());
            // A day held against itself, as quoted and as supposed.
            if after.supposed().is_some() && before.as_of() == after.as_of() {
                priced_on(after)
            } else {
                format!("{} to {}", priced_on(before), priced_on(after))
            }
        }
        Subject::History(series, through) => {
            let (from, to) = through.window(series);
            format!("{} to {}", day(from), day(to))
        }
    };
    format!("Fed funds futures · FOMC of {} · {priced}", day(subject.meeting()))
}

/// The author's remark.
fn noted(note: &str) -> Markup {
    let paragraphs = note.split("\n\n").map(|lines| lines.split_whitespace().collect::<Vec<_>>().join(" "));
    html! {
        aside class="remark" aria-label="Note" {
            @for paragraph in paragraphs.filter(|paragraph| !paragraph.is_empty()) { p { (printable(&paragraph)) } }
        }
    }
}

/// A chart beside its words, with its figures as a table that unfolds.
fn block(subject: &Subject<'_>, kind: ChartKind, chart: &dyn Chart, prefix: &str) -> Markup {
    let (name, label) = (kind.id(), subject.label());
    let [heading, words] = ["chart", "words"].map(|what| format!("{prefix}{what}-{name}"));
    // The curve's methods one by one stand folded under it.
    let panels = (kind == ChartKind::Curve).then(|| charts::chart(subject, ChartKind::CurvePanels)).flatten();
    html! {
        section aria-labelledby=(heading) {
            h2 id=(heading) { (typeset(&chart.title())) }
            figure class="chart-block" data-chart=(name) {
                (drawings(chart, label.as_ref(), (&heading, &words)))
                figcaption id=(words) { (typeset(&chart.alternative())) }
                (figures(chart, name, prefix))
                @if kind == ChartKind::Equity { (parts::equities(subject)) }
            }
            @if let Some(panels) = panels { (folded_panels(&*panels, label.as_ref(), prefix)) }
        }
    }
}

/// A chart in both widths.
fn drawings(chart: &dyn Chart, label: Option<&Label>, (heading, words): (&str, &str)) -> Markup {
    let drawn = |width| {
        let drawing = chart.draw(width);
        let is_wider = drawing.is_wider_than(width);
        html! {
            @if is_wider { p class="hint" { "Wider than the screen: scroll sideways." } }
            div class={ "drawing" @if is_wider { " wide" } } { (drawing.inline(width, heading, words, label)) }
        }
    };
    html! {
        div class="page-width" { (drawn(Width::Page)) }
        div class="phone-width" { (drawn(Width::Phone)) }
    }
}

/// The panels of a chart, folded.
fn folded_panels(panels: &dyn Chart, label: Option<&Label>, prefix: &str) -> Markup {
    let name = ChartKind::CurvePanels.id();
    let [heading, words] = ["chart", "words"].map(|what| format!("{prefix}{what}-{name}"));
    html! {
        details class="panels" {
            summary { "One panel for each method" }
            div class="chart-block" {
                h3 id=(heading) { (typeset(&panels.title())) }
                (drawings(panels, label, (&heading, &words)))
                p class="caption" id=(words) { (typeset(&panels.alternative())) }
            }
        }
    }
}

/// The figures of a chart as a table that unfolds.
fn figures(chart: &dyn Chart, name: &str, prefix: &str) -> Markup {
    let (table, id) = (chart.table(), format!("{prefix}figures-{name}"));
    html! {
        details class="figures" {
            summary { "Figures" }
            div class="scroll" tabindex="0" role="group" aria-labelledby=(id) {
                table {
                    caption id=(id) { "Figures: " (typeset(&chart.title())) }
                    thead {
                        tr {
                            @for column in &table.columns {
                                th scope="col" class=[column.is_number.then_some("number")] { (typeset(&column.heading)) }
                            }
                        }
                    }
                    tbody { @for row in &table.rows { tr { (cells(row, &table.columns)) } } }
                }
            }
        }
    }
}

/// The cells of a row; the first names it.
fn cells(row: &[charts::Cell], columns: &[charts::Column]) -> Markup {
    html! {
        @for (at, (cell, column)) in row.iter().zip(columns).enumerate() {
            @if at == 0 {
                th scope="row" { (typeset(&cell.shown)) }
            } @else {
                td class=[column.is_number.then_some("number")] data-figure=[cell.figure.as_deref()] data-fraction=[cell.fraction.as_deref()] { (typeset(&cell.shown)) }
            }
        }
    }
}
