//! The report as one HTML file: the story, its charts, the figures behind them, how they are made.

mod parts;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::charts::{self, ChartKind, Width};
use super::words::day;
use super::{Subject, sentence};

/// The charts of a page, in its order; each where the subject has it.
const ORDER: [ChartKind; 8] = [
    ChartKind::History,
    ChartKind::Next,
    ChartKind::Bars,
    ChartKind::Heat,
    ChartKind::Path,
    ChartKind::Curve,
    ChartKind::Equity,
    ChartKind::Residuals,
];

/// A page that needs nothing else: no network, no font and no script of others. It opens from disk, prints, follows the
/// reader's light or dark, and holds each chart in two widths, with its words and its figures as a table beside it.
///
/// All text of the input, such as names of files, is escaped. The same subject gives the same bytes.
///
/// ```
/// use fedpath::report::{Selection, Subject, html};
/// use fedpath::{Assumptions, Episode, Outlook, Strip, StripOptions};
/// let strip = Strip::new(&Episode::embedded().after, &StripOptions::default())?;
/// let outlook = Outlook::price(&strip, &Assumptions::default())?;
/// let page = html::page(&Subject::Snapshot(&outlook, Selection::default()));
/// assert!(page.starts_with("<!DOCTYPE html>"));
/// assert!(page.contains("a cut with 35 %, no change with 65 % by the FOMC of 10 Dec 2025"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn page(subject: &Subject<'_>) -> String {
    let title = title(subject);
    let style = [&charts::page_variables(), include_str!("page.css"), &charts::chart_style()].concat();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " - fedpath" }
                style { (PreEscaped(style)) }
            }
            body {
                a class="skip" href="#report" { "Skip to the report" }
                header {
                    p class="kicker" { "fedpath: what fed funds futures have priced" }
                    h1 { (title) }
                }
                main id="report" tabindex="-1" {
                    @if subject.is_illustrative() { p class="illustrative" { (super::ILLUSTRATIVE) } }
                    p class="story" { (story(subject)) }
                    (parts::warnings(subject))
                    @for kind in ORDER { (block(subject, kind)) }
                    (parts::derivation(subject))
                    (parts::provenance(subject))
                }
                div id="tip" role="status" hidden {}
                script { (PreEscaped(include_str!("page.js"))) }
            }
        }
    };
    page.into_string() + "\n"
}

fn title(subject: &Subject<'_>) -> String {
    let meeting = day(subject.meeting());
    match subject {
        Subject::Snapshot(..) => format!("Priced for the FOMC of {meeting}"),
        Subject::Repricing(..) => format!("Repricing of the FOMC of {meeting}"),
        Subject::History(..) => format!("The FOMC of {meeting}, as priced day by day"),
    }
}

fn story(subject: &Subject<'_>) -> String {
    match subject {
        Subject::Repricing(story, _) => sentence::repricing(story),
        Subject::Snapshot(outlook, _) => {
            let meeting = outlook.meeting(subject.meeting()).or(outlook.meetings().first());
            meeting.map_or_else(String::new, |meeting| sentence::snapshot(outlook, meeting))
        }
        Subject::History(series, _) => sentence::series(series).unwrap_or_default(),
    }
}

/// A chart in both widths, its words, and its figures as a table that unfolds.
fn block(subject: &Subject<'_>, kind: ChartKind) -> Markup {
    let Some(chart) = charts::chart(subject, kind) else { return html! {} };
    let name = kind.id();
    let (heading, words, figures) = (format!("chart-{name}"), format!("words-{name}"), format!("figures-{name}"));
    let drawn = |width| {
        let drawing = chart.draw(width);
        html! {
            @if drawing.is_wider_than(width) { p class="hint" { "Wider than its place: it scrolls sideways." } }
            div class="drawing" { (drawing.inline(width, &heading, &words, subject.is_illustrative())) }
        }
    };
    let table = chart.table();
    html! {
        section aria-labelledby=(heading) {
            h2 id=(heading) { (chart.title()) }
            figure class="chart-block" data-chart=(name) {
                div class="page-width" { (drawn(Width::Page)) }
                div class="phone-width" { (drawn(Width::Phone)) }
                figcaption id=(words) { (chart.alternative()) }
                details class="figures" {
                    summary { "The figures" }
                    div class="scroll" tabindex="0" role="group" aria-labelledby=(figures) {
                        table {
                            caption id=(figures) { (chart.title()) ": the figures" }
                            thead {
                                tr {
                                    @for column in &table.columns {
                                        th scope="col" class=[column.is_number.then_some("number")] { (column.heading) }
                                    }
                                }
                            }
                            tbody { @for row in &table.rows { tr { (cells(row, &table.columns)) } } }
                        }
                    }
                }
            }
            @if kind == ChartKind::Equity { (parts::equities(subject)) }
        }
    }
}

/// The cells of a row; the first names it.
fn cells(row: &[charts::Cell], columns: &[charts::Column]) -> Markup {
    html! {
        @for (at, (cell, column)) in row.iter().zip(columns).enumerate() {
            @if at == 0 {
                th scope="row" { (cell.shown) }
            } @else {
                td class=[column.is_number.then_some("number")] data-figure=[cell.figure.as_deref()] { (cell.shown) }
            }
        }
    }
}
