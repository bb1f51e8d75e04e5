//! The shift of the zero curve: every method in one chart, told apart by colour, dash and marker, with a legend.

use maud::{Markup, html};

use super::super::number::{float, float_signed};
use super::super::words::day;
use super::Chart;
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, count, line, mark, marker, polyline, rect, rows_of_grid, text};
use super::scale::{Scale, Ticks};
use crate::curve::{CurveResponse, PassThrough, Tenor};
use crate::reprice::sensitivity::Sensitivity;
use crate::text::escaped_to;

/// What a shift does to the zero rates of the standard maturities, by every method.
pub(super) struct CurveShifts<'a> {
    pub(super) study: &'a Sensitivity,
}

/// What kind of method it is: it has a colour.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Observed,
    Scenario,
    Regression,
}

impl Family {
    const ALL: [Self; 3] = [Self::Observed, Self::Scenario, Self::Regression];

    pub(super) fn of(response: &CurveResponse) -> Self {
        match response.method {
            PassThrough::ExpectationsHypothesis(_) => Self::Scenario,
            PassThrough::Strip { .. } => Self::Observed,
            PassThrough::Regression(_) => Self::Regression,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Scenario => "scenario",
            Self::Regression => "regression",
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Observed => "Observed",
            Self::Scenario => "Scenarios",
            Self::Regression => "Regressions",
        }
    }

    /// The colour of its markers, and the style of its lines.
    fn classes(self) -> (&'static str, &'static str) {
        match self {
            Self::Observed => ("after", "line after-line thick"),
            Self::Scenario => ("scenario", "line scenario-line thin"),
            Self::Regression => ("regression", "line regression-line thin"),
        }
    }
}

/// The dashes of a family's lines, one after another.
const DASHES: [&str; 5] = ["", "dash", "dot", "dash-dot", "long-dash"];

/// A method, and how it is drawn.
struct Drawn<'a> {
    response: &'a CurveResponse,
    family: Family,
    /// Its place in its family.
    at: usize,
}

impl Drawn<'_> {
    fn line(&self) -> String {
        format!("{} {}", self.family.classes().1, DASHES[self.at % DASHES.len()])
    }

    fn marker(&self, x: f64, y: f64) -> Markup {
        marker(self.at, x, y, 3.5, &format!("{} halo", self.family.classes().0))
    }
}

impl<'a> CurveShifts<'a> {
    /// The methods of a study; `None` where it has none.
    pub(super) fn new(study: &'a Sensitivity) -> Option<Self> {
        (!study.curve().is_empty()).then_some(Self { study })
    }

    pub(super) fn figures(&self) -> impl Iterator<Item = f64> + '_ {
        self.study.curve().iter().flat_map(|response| response.zero_bp.iter().map(|(_, bp)| *bp))
    }

    /// The methods by family, those of one in the study's order.
    fn drawn(&self) -> Vec<Drawn<'a>> {
        let of = |family| {
            let own = self.study.curve().iter().filter(move |response| Family::of(response) == family);
            own.enumerate().map(move |(at, response)| Drawn { response, family, at })
        };
        Family::ALL.into_iter().flat_map(of).collect()
    }

    /// What the shift does at two and at ten years, from the lowest method to the highest.
    pub(super) fn in_words(&self) -> String {
        let of = |tenor: Tenor| -> Option<String> {
            let figures = || self.study.curve().iter().filter_map(|response| at(response, tenor));
            let (low, high) = (figures().min_by(f64::total_cmp)?, figures().max_by(f64::total_cmp)?);
            Some(format!("by {} to {} bp at {tenor}", float_signed(low, 2), float_signed(high, 2)))
        };
        let told: Vec<String> = [Tenor::months(24), Tenor::months(120)].into_iter().filter_map(of).collect();
        let effective =
            self.study.shift().steps().first().map_or(String::new(), |(date, _)| format!(" from {}", day(*date)));
        format!(
            "A shift of the policy rate by {} bp{effective} moves zero rates {}, depending on the method.",
            float_signed(10_000.0 * self.study.shift().total(), 2),
            told.join(" and ")
        )
    }
}

/// The shift of one maturity.
fn at(response: &CurveResponse, tenor: Tenor) -> Option<f64> {
    response.zero_bp.iter().find(|(other, _)| *other == tenor).map(|(_, bp)| *bp)
}

pub(super) fn name(response: &CurveResponse, most: usize) -> String {
    escaped_to(&response.method.to_string(), most)
}

pub(super) fn points(response: &CurveResponse, x: Scale, y: Scale) -> Vec<(f64, f64)> {
    response.zero_bp.iter().enumerate().map(|(at, (_, bp))| (x.at(count(at)), y.at(*bp))).collect()
}

impl Chart for CurveShifts<'_> {
    fn title(&self) -> String {
        "Shift of zero rates by maturity and method".to_owned()
    }

    fn alternative(&self) -> String {
        format!(
            "{} \"Observed\" is the change of the whole futures strip; scenarios assume how long the shift lasts; regressions \
             are published responses of yields to policy surprises.",
            self.in_words()
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let (left, top, height) = (40.0, 28.0, width.choose(250.0, 210.0));
        let right = width.choose(398.0, width.px() - 8.0);
        let bottom = top + height;
        let drawn = self.drawn();
        let (low, high) = self.figures().fold((0.0_f64, 0.0_f64), |(low, high), bp| (low.min(bp), high.max(bp)));
        let ticks = Ticks::over(low, high, 5.0);
        let last = count(Tenor::STANDARD.len()) - 1.0;
        let (x, y) = (Scale::new((0.0, last), (left + 16.0, right - 16.0)), Scale::new(ticks.span, (bottom, top)));
        let half = (x.at(1.0) - x.at(0.0)) / 2.0;
        let (key, end) = width
            .choose(legend(&drawn, (412.0, width.px()), top - 12.0), legend(&drawn, (0.0, width.px()), bottom + 36.0));
        let content = html! {
            (text(0.0, 12.0, "small", "shift, bp"))
            (rows_of_grid(&ticks.labelled(), y, (left, right)))
            (line((left, y.at(0.0)), (right, y.at(0.0)), "axis"))
            // The strip lies on top.
            @for one in drawn.iter().rev() { (polyline(&points(one.response, x, y), &one.line())) }
            @for one in drawn.iter().rev() {
                @for (cx, cy) in points(one.response, x, y) { (one.marker(cx, cy)) }
            }
            @for (index, tenor) in Tenor::STANDARD.iter().enumerate() {
                @let middle = x.at(count(index));
                (mark(&says(&drawn, *tenor), &html! {
                    (rect(middle - half, top, 2.0 * half, height, "hit"))
                    (text(middle, bottom + 17.0, "small mid", &tenor.to_string()))
                }))
            }
            (key)
        };
        Drawing { width: width.px(), height: end.max(bottom + 24.0), content }
    }

    fn table(&self) -> Table {
        let mut columns = vec![data::text("Method"), data::text("Kind")];
        columns.extend(Tenor::STANDARD.iter().map(|tenor| data::number(format!("{tenor}, bp"))));
        let row = |response: &CurveResponse| {
            let mut row = vec![Cell::text(response.method.to_string()), Cell::text(Family::of(response).word())];
            row.extend(response.zero_bp.iter().map(|(_, bp)| Cell::figure(float_signed(*bp, 2), float(*bp))));
            row
        };
        Table { columns, rows: self.study.curve().iter().map(row).collect() }
    }
}

/// What every method says of a maturity, the largest shift first.
fn says(drawn: &[Drawn<'_>], tenor: Tenor) -> String {
    let mut figures: Vec<(f64, String)> =
        drawn.iter().filter_map(|one| Some((at(one.response, tenor)?, name(one.response, 40)))).collect();
    figures.sort_by(|a, b| b.0.total_cmp(&a.0));
    let told: Vec<String> = figures.iter().map(|(bp, name)| format!("{name} {}", float_signed(*bp, 2))).collect();
    format!("{tenor}, bp: {}", told.join("; "))
}

/// The methods with their lines, and their figures at two and ten years; and where it ends.
fn legend(drawn: &[Drawn<'_>], (left, right): (f64, f64), from: f64) -> (Markup, f64) {
    let (tens, twos) = (right, right - 44.0);
    let mut y = from + 12.0;
    let mut rows = vec![html! { (text(twos, y, "tiny end", "2Y, bp")) (text(tens, y, "tiny end", "10Y, bp")) }];
    let figure = |one: &Drawn<'_>, months: u32| {
        at(one.response, Tenor::months(months)).map_or_else(|| "-".to_owned(), |bp| float_signed(bp, 2))
    };
    for family in Family::ALL {
        let own = drawn.iter().filter(|one| one.family == family).collect::<Vec<_>>();
        if own.is_empty() {
            continue;
        }
        rows.push(text(left, y, "tiny ink strong", family.heading()));
        for one in own {
            y += 19.0;
            rows.push(html! {
                (polyline(&[(left, y - 4.0), (left + 30.0, y - 4.0)], &one.line()))
                (one.marker(left + 15.0, y - 4.0))
                (text(left + 38.0, y, "small ink", &name(one.response, 25)))
                (text(twos, y, "small end", &figure(one, 24)))
                (text(tens, y, "small end", &figure(one, 120)))
            });
        }
        y += 24.0;
    }
    (html! { @for row in &rows { (row) } }, y - 12.0)
}
