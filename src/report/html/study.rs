//! The event study of a page: the response of an asset as a scatter chart, what it makes of the shift, and how often its ranges
//! contained what happened.

use maud::{Markup, html};

use super::super::charts::{Chart, ResponseScatter};
use super::super::number::float_to;
use super::super::subject::Subject;
use super::super::typeset::typeset;
use super::{drawings, figures};
use crate::event_study::{AssetResponse, Coverage, MethodScore, Validation};
use crate::text::printable;

/// A response that a page shows, and how it did on events that it was not estimated on.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct EventStudy<'a> {
    /// The response.
    pub response: &'a AssetResponse,
    /// How often the ranges contained what happened, where there are enough events to tell.
    pub validation: Option<&'a Validation>,
    /// The name of the file of events.
    pub source: &'a str,
}

impl<'a> EventStudy<'a> {
    /// The study of a response that is estimated on a file.
    #[must_use]
    pub fn new(response: &'a AssetResponse, source: &'a str) -> Self {
        Self { response, validation: None, source }
    }

    /// With the coverage of its ranges.
    #[must_use]
    pub fn with_validation(self, validation: Option<&'a Validation>) -> Self {
        Self { validation, ..self }
    }
}

/// The surprise that ranges are told for where a page compares no two days, in percentage points.
const QUOTED: f64 = 0.1;

pub(super) fn section(study: &EventStudy<'_>, subject: &Subject<'_>, prefix: &str) -> Markup {
    let chart = ResponseScatter::new(study.response);
    let [heading, words] = ["chart", "words"].map(|what| format!("{prefix}{what}-scatter"));
    html! {
        section aria-labelledby=(heading) {
            h2 id=(heading) { (typeset(&chart.title())) }
            figure class="chart-block" data-chart="scatter" {
                (drawings(&chart, None, (&heading, &words)))
                figcaption id=(words) { (typeset(&chart.alternative())) " Events: " (printable(study.source)) "." }
                (figures(&chart, "scatter", prefix))
            }
            p { (typeset(&ranges(study.response, subject))) }
            @if let Some(validation) = study.validation { (coverage(validation)) }
        }
    }
}

/// What the response makes of the shift between the two days, or of 10 basis points.
fn ranges(response: &AssetResponse, subject: &Subject<'_>) -> String {
    let shift = subject.study().map(|study| 100.0 * study.shift().total());
    let surprise = shift.unwrap_or(QUOTED);
    let line = response.line();
    let range = |ends: Option<(f64, f64)>| {
        ends.map_or("not known".to_owned(), |(low, high)| format!("{} to {} %", float_to(low, 2), float_to(high, 2)))
    };
    let window = response.window().map_or(String::new(), |window| format!(" over {window}"));
    format!(
        "A surprise of {} bp moves {} by about {} % on average (95 % confidence band {}). A single event of this size is likely \
         to bring {}{window} (95 of 100 events; n {}).",
        float_to(100.0 * surprise, 1),
        printable(response.asset()),
        float_to(line.slope * surprise, 2),
        range(line.slope_band(surprise)),
        range(line.likely_range(surprise)),
        response.n()
    )
}

/// How often each range contained what happened, by method.
fn coverage(validation: &Validation) -> Markup {
    let share = |coverage: Coverage| {
        coverage.share().map_or("-".to_owned(), |share| {
            format!("{} of {} ({} %)", coverage.inside, coverage.of, float_to(100.0 * share, 1))
        })
    };
    let row = |method: &MethodScore| {
        [
            printable(&method.id),
            share(method.slope_band),
            share(method.likely_range),
            float_to(method.bias, 3),
            float_to(method.rmse, 4),
        ]
    };
    let how = validation.expanding.map_or("Every method as published.".to_owned(), |before| {
        format!("Re-estimated before every event, on at least {before} earlier events.")
    });
    html! {
        details class="figures" {
            summary { "Coverage out of sample" }
            div class="scroll" tabindex="0" role="group" aria-label="Coverage out of sample" {
                table {
                    caption { (typeset(&format!("How often each range contained what happened, {} events. {how}", validation.n))) }
                    thead {
                        tr {
                            th scope="col" { "Method" }
                            @for name in ["Slope's band", "Likely range", "Bias, %", "Root mean square error, %"] {
                                th scope="col" class="number" { (typeset(name)) }
                            }
                        }
                    }
                    tbody {
                        @for method in &validation.methods {
                            @let cells = row(method);
                            tr {
                                th scope="row" { (cells[0]) }
                                @for cell in &cells[1..] { td class="number" { (typeset(cell)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
