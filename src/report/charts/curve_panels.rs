//! The shift of the zero curve, one small panel a method, all on one scale: the curve's chart taken apart.

use maud::{Markup, html};

use super::super::number::float_signed;
use super::Chart;
use super::curve::{CurveShifts, Family, name, points};
use super::data::Table;
use super::draw::{Drawing, Width, circle, count, line, mark, polyline, rect, text};
use super::scale::{Scale, Ticks};
use crate::curve::{CurveResponse, Tenor};
use crate::reprice::sensitivity::Sensitivity;

/// What a shift does to the zero rates of the standard maturities, a panel a method.
pub(super) struct CurvePanels<'a>(CurveShifts<'a>);

impl<'a> CurvePanels<'a> {
    pub(super) fn new(study: &'a Sensitivity) -> Option<Self> {
        CurveShifts::new(study).map(Self)
    }
}

impl Chart for CurvePanels<'_> {
    fn title(&self) -> String {
        "Shift of zero rates, a panel for each method".to_owned()
    }

    fn alternative(&self) -> String {
        format!("{} Each panel is one method; the other methods are the thin lines behind it.", self.0.in_words())
    }

    fn draw(&self, width: Width) -> Drawing {
        let across = width.choose(3_usize, 2);
        let (left, gap) = (width.choose(34.0, 36.0), width.choose(22.0, 18.0));
        let panel = (width.px() - left + gap) / count(across) - gap;
        let (head, height, foot) = (36.0, width.choose(104.0, 88.0), 34.0);
        let (low, high) = self.0.figures().fold((0.0_f64, 0.0_f64), |(low, high), bp| (low.min(bp), high.max(bp)));
        // Room for the label of the highest point.
        let ticks = Ticks::over(low, high + 0.08 * (high - low), 4.0);
        let rows = self.0.study.curve().len().div_ceil(across);
        let content = html! {
            @for (index, response) in self.0.study.curve().iter().enumerate() {
                @let x0 = left + count(index % across) * (panel + gap);
                @let top = count(index / across) * (head + height + foot) + head;
                @let x = Scale::new((0.0, count(Tenor::STANDARD.len()) - 1.0), (x0 + 10.0, x0 + panel - 46.0));
                @let y = Scale::new(ticks.span, (top + height, top));
                (text(x0, top - 20.0, width.choose("ink strong small", "ink strong tiny"), &name(response, 26)))
                (text(x0, top - 8.0, "tiny", Family::of(response).word()))
                @for (tick, label) in ticks.labelled() {
                    (line((x0, y.at(tick)), (x0 + panel, y.at(tick)), if tick.abs() < 1e-9 { "axis" } else { "grid" }))
                    @if index % across == 0 { (text(x0 - 6.0, y.at(tick) + 4.0, "small end", &label)) }
                }
                @if index == 0 { (text(0.0, top - 20.0, "small", "bp")) }
                @for other in self.0.study.curve().iter().filter(|other| other.method != response.method) {
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
        self.0.table()
    }
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
