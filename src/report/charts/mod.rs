//! Charts: typed figures in, a drawing out, with the same figures as a table and in words. One file a chart.
//!
//! A chart is drawn for a page or for a phone, and knows neither HTML nor the file that it ends in.

mod bars;
mod basis;
mod bounds;
mod curve;
mod curve_panels;
mod data;
mod draw;
mod equity;
mod heat;
mod history;
mod next;
mod odds;
mod palette;
mod path;
mod priced;
mod residuals;
mod scale;
#[cfg(feature = "event-study")]
mod scatter;
mod term;

pub(super) use data::{Cell, Column, Table};
pub(super) use draw::{Drawing, Width};
use odds::RangeOdds;
pub(super) use palette::{chart_style, page_variables};
#[cfg(feature = "event-study")]
pub(super) use scatter::ResponseScatter;

use maud::{Markup, html};

use super::Subject;
use super::subject::Label;
use super::typeset::typeset;

/// What a chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ChartKind {
    /// The probability of each target range after one meeting, as bars.
    Bars,
    /// What quotes allow of each outcome of one meeting, as intervals: of one snapshot whose selection has it.
    Bounds,
    /// The probability of each target range after each meeting, as a heat map.
    Heat,
    /// The expected rate from meeting to meeting, and what the contracts imply.
    Path,
    /// How far the path misses every contract.
    Residuals,
    /// The basis between the effective rate and SOFR: of a path fitted to SOFR futures.
    Basis,
    /// The term structure of the expected rate.
    Term,
    /// The shift of zero rates by maturity and method: of two snapshots.
    Curve,
    /// The same, a panel for each method: of two snapshots.
    CurvePanels,
    /// The effect on equity prices by method: of two snapshots.
    Equity,
    /// The odds of one meeting and its expected rate through time: of a history.
    History,
    /// Basis points priced by year ends, and the terminal rate, through time: of a history.
    Priced,
    /// The expected change at the next meeting through time: of a history.
    Next,
}

impl ChartKind {
    /// The name that the program and pages know it by.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Bars => "bars",
            Self::Bounds => "bounds",
            Self::Heat => "heat",
            Self::Path => "path",
            Self::Residuals => "residuals",
            Self::Basis => "basis",
            Self::Term => "term",
            Self::Curve => "curve",
            Self::CurvePanels => "curve-panels",
            Self::Equity => "equity",
            Self::History => "history",
            Self::Priced => "priced",
            Self::Next => "next",
        }
    }
}

/// A chart: its words, its drawing, and the figures behind it.
pub(super) trait Chart {
    /// What it shows, in a line.
    fn title(&self) -> String;

    /// What a reader sees in it, in words: the text alternative.
    fn alternative(&self) -> String;

    fn draw(&self, width: Width) -> Drawing;

    /// The figures behind it.
    fn table(&self) -> Table;
}

/// What a caption adds where a drawing has a provisional meeting.
const PROVISIONAL: &str = " Provisional: one more meeting in the chain would change the figure.";

/// The chart of a kind, where the subject has it.
pub(super) fn chart<'a>(subject: &Subject<'a>, kind: ChartKind) -> Option<Box<dyn Chart + 'a>> {
    let after = subject.outlook();
    let before = subject.before();
    Some(match kind {
        ChartKind::Bars => {
            let meeting = subject.meeting();
            let priced = after.meeting(meeting)?;
            let earlier = before.map(|outlook| Some((outlook, outlook.meeting(meeting)?)));
            Box::new(bars::OutcomeBars::new(earlier.flatten(), (after, priced)))
        }
        ChartKind::Bounds => Box::new(bounds::AllowedOutcomes::new(subject.allowed()?)),
        ChartKind::Heat => Box::new(heat::HeatMap::new(before, after, subject.meeting())),
        ChartKind::Path => Box::new(path::PathSteps::new(before, after, subject.meeting())?),
        ChartKind::Residuals => Box::new(residuals::Residuals::new(after.path())?),
        ChartKind::Basis => Box::new(basis::BasisThroughTime::new(after.path())?),
        ChartKind::Term => Box::new(term::TermRates::new(before, after)?),
        ChartKind::Curve => Box::new(curve::CurveShifts::new(subject.study()?)?),
        ChartKind::CurvePanels => Box::new(curve_panels::CurvePanels::new(subject.study()?)?),
        ChartKind::Equity => Box::new(equity::PriceImpacts::new(subject.study()?)?),
        ChartKind::History => {
            let (series, window) = subject.series()?;
            Box::new(history::OddsThroughTime::new(series, window))
        }
        ChartKind::Priced => {
            let (series, window) = subject.series()?;
            Box::new(priced::PricedThroughTime::new(series, window)?)
        }
        ChartKind::Next => {
            let (series, window) = subject.series()?;
            Box::new(next::NextMeetingChange::new(series, window)?)
        }
    })
}

impl Drawing {
    /// The drawing in a page, where its heading and its words stand beside it under these ids.
    pub(super) fn inline(&self, width: Width, labelled_by: &str, described_by: &str, label: Option<&Label>) -> Markup {
        let height = self.height + if label.is_some() { 20.0 } else { 0.0 };
        let (w, h) = (draw::px(self.width), draw::px(height));
        let note = label.map(|label| width.choose(label.sentence(), label.short()));
        html! {
            svg class="chart" role="img" aria-labelledby=(labelled_by) aria-describedby=(described_by) width=(w) height=(h) viewBox=(format!("0 0 {w} {h}")) {
                (self.content)
                @if let Some(note) = note { (draw::text(0.0, height - 5.0, "note", &note)) }
            }
        }
    }

    /// The drawing as a document of its own, with its title above and its source below. Its ids begin with `prefix`.
    pub(super) fn document(
        &self,
        (title, alternative): (&str, &str),
        source: &str,
        label: Option<&Label>,
        prefix: &str,
    ) -> Markup {
        let [title_id, words_id] = ["title", "desc"].map(|what| format!("{prefix}{what}"));
        let margin = 16.0;
        let (titles, sources) = (draw::lines(title, 78), draw::lines(source, 118));
        let head = 24.0 + 20.0 * draw::count(titles.len());
        let noted = head + self.height + if label.is_some() { 20.0 } else { 0.0 };
        let (w, h) = (self.width + 2.0 * margin, noted + 20.0 + 14.0 * draw::count(sources.len()));
        let (w, h) = (draw::px(w), draw::px(h));
        html! {
            svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby=(title_id) aria-describedby=(words_id) width=(w) height=(h) viewBox=(format!("0 0 {w} {h}")) {
                title id=(title_id) { (typeset(title)) }
                desc id=(words_id) { (typeset(alternative)) }
                style { (maud::PreEscaped(chart_style())) }
                rect width="100%" height="100%" class="ground" {}
                @for (line, title) in titles.iter().enumerate() {
                    (draw::text(margin, 24.0 + 20.0 * draw::count(line), "ink heading", title))
                }
                g transform=(format!("translate({},{})", draw::px(margin), draw::px(head))) { (self.content) }
                @if let Some(label) = label { (draw::text(margin, noted, "note", &label.sentence())) }
                @for (line, source) in sources.iter().enumerate() {
                    (draw::text_as_is(margin, noted + 20.0 + 14.0 * draw::count(line), "small", source))
                }
            }
        }
    }
}
