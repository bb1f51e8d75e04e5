//! The shift of the zero curve, one small panel a method, all on one scale.

use maud::{Markup, html};

use super::super::number::{float, float_signed};
use super::super::words::day;
use super::Chart;
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, circle, count, line, mark, polyline, rect, text};
use super::scale::{Scale, Ticks};
use crate::curve::{CurveResponse, PassThrough, Tenor};
use crate::reprice::sensitivity::Sensitivity;
use crate::text::escaped_to;

/// What a shift does to the zero rates of the standard maturities, by every method.
pub(super) struct CurveShifts<'a> {
    study: &'a Sensitivity,
}

impl<'a> CurveShifts<'a> {
    /// The methods of a study; `None` where it has none.
    pub(super) fn new(study: &'a Sensitivity) -> Option<Self> {
        (!study.curve().is_empty()).then_some(Self { study })
    }

    fn figures(&self) -> impl Iterator<Item = f64> + '_ {
        self.study.curve().iter().flat_map(|response| response.zero_bp.iter().map(|(_, bp)| *bp))
    }
}

/// What kind of method it is, in a word.
fn kind(response: &CurveResponse) -> &'static str {
    match response.method {
        PassThrough::ExpectationsHypothesis(_) => "scenario",
        PassThrough::Strip { .. } => "observed",
        PassThrough::Regression(_) => "regression",
    }
}

fn name(response: &CurveResponse) -> String {
    escaped_to(&response.method.to_string(), 26)
}

impl Chart for CurveShifts<'_> {
    fn title(&self) -> String {
        "Shift of zero rates by maturity, by every method".to_owned()
    }

    fn alternative(&self) -> String {
        let of = |tenor: Tenor| -> Option<String> {
            let at =
                self.study.curve().iter().filter_map(|response| {
                    response.zero_bp.iter().find(|(other, _)| *other == tenor).map(|(_, bp)| *bp)
                });
            let figures: Vec<f64> = at.collect();
            let low = figures.iter().copied().min_by(f64::total_cmp)?;
            let high = figures.iter().copied().max_by(f64::total_cmp)?;
            Some(format!("{} to {} bp at {tenor}", float_signed(low, 2), float_signed(high, 2)))
        };
        let told: Vec<String> = [Tenor::months(24), Tenor::months(120)].into_iter().filter_map(of).collect();
        let effective =
            self.study.shift().steps().first().map_or(String::new(), |(date, _)| format!(" from {}", day(*date)));
        format!(
            "What {} bp{effective} does to zero rates: {}. Each panel is one method; the others stand behind it, thin.",
            float_signed(10_000.0 * self.study.shift().total(), 2),
            told.join(", ")
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let across = width.choose(3_usize, 2);
        let (left, gap) = (width.choose(34.0, 36.0), width.choose(22.0, 18.0));
        let panel = (width.px() - left + gap) / count(across) - gap;
        let (head, height, foot) = (36.0, width.choose(104.0, 88.0), 34.0);
        let (low, high) = self.figures().fold((0.0_f64, 0.0_f64), |(low, high), bp| (low.min(bp), high.max(bp)));
        // Room for the label of the highest point.
        let ticks = Ticks::over(low, high + 0.08 * (high - low), 4.0);
        let rows = self.study.curve().len().div_ceil(across);
        let content = html! {
            @for (index, response) in self.study.curve().iter().enumerate() {
                @let x0 = left + count(index % across) * (panel + gap);
                @let top = count(index / across) * (head + height + foot) + head;
                @let x = Scale::new((0.0, count(Tenor::STANDARD.len()) - 1.0), (x0 + 10.0, x0 + panel - 46.0));
                @let y = Scale::new(ticks.span, (top + height, top));
                (text(x0, top - 20.0, width.choose("ink strong small", "ink strong tiny"), &name(response)))
                (text(x0, top - 8.0, "tiny", kind(response)))
                @for (tick, label) in ticks.labelled() {
                    (line((x0, y.at(tick)), (x0 + panel, y.at(tick)), if tick.abs() < 1e-9 { "axis" } else { "grid" }))
                    @if index % across == 0 { (text(x0 - 6.0, y.at(tick) + 4.0, "small end", &label)) }
                }
                @if index == 0 { (text(0.0, top - 20.0, "small", "bp")) }
                @for other in self.study.curve().iter().filter(|other| other.method != response.method) {
                    (polyline(&points(other, x, y), "line hair ghost-line"))
                }
                (polyline(&points(response, x, y), "line thick after-line"))
                (dots(response, x, y, (top, height)))
                @for (at, (tenor, _)) in response.zero_bp.iter().enumerate() {
                    @if at % 2 == 0 || width == Width::Page { (text(x.at(count(at)), top + height + 15.0, "tiny mid", &tenor.to_string())) }
                }
            }
        };
        Drawing { width: width.px(), height: count(rows) * (head + height + foot), content }
    }

    fn table(&self) -> Table {
        let mut columns = vec![data::text("Method")];
        columns.extend(Tenor::STANDARD.iter().map(|tenor| data::number(format!("{tenor}, bp"))));
        let row = |response: &CurveResponse| {
            let mut row = vec![Cell::text(response.method.to_string())];
            row.extend(response.zero_bp.iter().map(|(_, bp)| Cell::figure(float_signed(*bp, 2), float(*bp))));
            row
        };
        Table { columns, rows: self.study.curve().iter().map(row).collect() }
    }
}

fn points(response: &CurveResponse, x: Scale, y: Scale) -> Vec<(f64, f64)> {
    response.zero_bp.iter().enumerate().map(|(at, (_, bp))| (x.at(count(at)), y.at(*bp))).collect()
}

/// A dot a maturity, the farthest from zero and the last with their figures.
fn dots(response: &CurveResponse, x: Scale, y: Scale, down: (f64, f64)) -> Markup {
    let farthest =
        response.zero_bp.iter().enumerate().max_by(|a, b| a.1.1.abs().total_cmp(&b.1.1.abs())).map(|(at, _)| at);
    let last = response.zero_bp.len().saturating_sub(1);
    let step = (x.ends().1 - x.ends().0) / count(last.max(1));
    html! {
        @for (at, (tenor, bp)) in response.zero_bp.iter().enumerate() {
            @let (cx, cy) = (x.at(count(at)), y.at(*bp));
            (mark(&format!("{}, {tenor}: {} bp", response.method, float_signed(*bp, 6)), &html! {
                (rect(cx - step / 2.0, down.0, step, down.1, "hit"))
                (circle(cx, cy, 3.0, "after halo ring"))
            }))
            @if Some(at) == farthest || at == last && farthest.is_some_and(|far| last - far > 2) {
                @let (x, y, class) = beside(at, last, (cx, cy), *bp < 0.0);
                (text(x, y, class, &float_signed(*bp, 2)))
            }
        }
    }
}

/// Where the figure of a dot stands: over or under it, at the last beside it.
fn beside(at: usize, last: usize, (x, y): (f64, f64), is_below: bool) -> (f64, f64, &'static str) {
    let over = if is_below { y + 15.0 } else { y - 8.0 };
    if at == last {
        (x + 7.0, y + 4.0, "tiny ink")
    } else if at == 0 {
        (x - 8.0, over, "tiny ink")
    } else {
        (x, over, "tiny mid ink")
    }
}
