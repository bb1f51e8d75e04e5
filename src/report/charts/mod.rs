//! Charts: typed figures in, a drawing out, with the same figures as a table and in words. One file a chart.
//!
//! A chart is drawn for a page or for a phone, and knows neither HTML nor the file that it ends in.

mod bars;
mod curve;
mod data;
mod draw;
mod equity;
mod heat;
mod history;
mod next;
mod palette;
mod path;
mod residuals;
mod scale;

pub(super) use data::{Cell, Column, Table};
pub(super) use draw::{Drawing, Width};
pub(super) use palette::{chart_style, page_variables};

use maud::{Markup, html};

use super::Subject;

/// What a chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ChartKind {
    /// The probability of each target range after one meeting, as bars.
    Bars,
    /// The probability of each target range after each meeting, as a heat map.
    Heat,
    /// The expected rate from meeting to meeting, and what the contracts imply.
    Path,
    /// How far the path misses every contract.
    Residuals,
    /// The shift of zero rates by maturity and method: of two snapshots.
    Curve,
    /// The effect on equity prices by method: of two snapshots.
    Equity,
    /// The odds of one meeting and its expected rate through time: of a history.
    History,
    /// The expected change at the next meeting through time: of a history.
    Next,
}

impl ChartKind {
    /// The name that the program and pages know it by.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Bars => "bars",
            Self::Heat => "heat",
            Self::Path => "path",
            Self::Residuals => "residuals",
            Self::Curve => "curve",
            Self::Equity => "equity",
            Self::History => "history",
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
        ChartKind::Heat => Box::new(heat::HeatMap::new(after)),
        ChartKind::Path => Box::new(path::PathSteps::new(before, after)?),
        ChartKind::Residuals => Box::new(residuals::Residuals::new(after.path())?),
        ChartKind::Curve => Box::new(curve::CurveShifts::new(subject.study()?)?),
        ChartKind::Equity => Box::new(equity::PriceImpacts::new(subject.study()?)?),
        ChartKind::History => Box::new(history::OddsThroughTime::new(subject.series()?)),
        ChartKind::Next => Box::new(next::NextMeetingChange::new(subject.series()?)),
    })
}

/// What stands in a picture of illustrative data.
fn illustrative(width: Width) -> &'static str {
    width.choose(super::ILLUSTRATIVE, "Illustrative data, not market quotes.")
}

impl Drawing {
    /// The drawing in a page, where its heading and its words stand beside it under these ids.
    pub(super) fn inline(&self, width: Width, labelled_by: &str, described_by: &str, is_illustrative: bool) -> Markup {
        let height = self.height + if is_illustrative { 20.0 } else { 0.0 };
        let (w, h) = (draw::px(self.width), draw::px(height));
        html! {
            svg class="chart" role="img" aria-labelledby=(labelled_by) aria-describedby=(described_by) width=(w) height=(h) viewBox=(format!("0 0 {w} {h}")) {
                (self.content)
                @if is_illustrative { (draw::text(0.0, height - 5.0, "note", illustrative(width))) }
            }
        }
    }

    /// The drawing as a document of its own, with its title above and its source below.
    pub(super) fn document(&self, title: &str, alternative: &str, source: &str, is_illustrative: bool) -> Markup {
        let (head, margin) = (44.0, 16.0);
        let foot = if is_illustrative { 52.0 } else { 34.0 };
        let (w, h) = (draw::px(self.width + 2.0 * margin), draw::px(head + self.height + foot));
        html! {
            svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="title" aria-describedby="desc" width=(w) height=(h) viewBox=(format!("0 0 {w} {h}")) {
                title id="title" { (title) }
                desc id="desc" { (alternative) }
                style { (maud::PreEscaped(chart_style())) }
                rect width="100%" height="100%" class="ground" {}
                (draw::text(margin, 24.0, "ink heading", title))
                g transform=(format!("translate({},{})", draw::px(margin), draw::px(head))) { (self.content) }
                @if is_illustrative { (draw::text(margin, head + self.height + 20.0, "note", illustrative(Width::Page))) }
                (draw::text(margin, head + self.height + foot - 14.0, "small", source))
            }
        }
    }
}
