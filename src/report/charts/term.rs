//! The term structure of the expected overnight rate: par rates of overnight swaps, and the forwards between them.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::super::number::{float, float_to};
use super::super::words::{day, priced_on};
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, apart, circle, count, mark, polyline, rect, rows_of_grid, text};
use super::scale::{Scale, Ticks};
use super::{Chart, bars};
use crate::curve::{CurvePoint, StepForwards, Tenor, TermStructure};
use crate::outlook::Outlook;

/// The maturities that the meetings of a path reach, and a little more.
const TENORS: [Tenor; 7] = [
    Tenor::months(1),
    Tenor::months(3),
    Tenor::months(6),
    Tenor::months(9),
    Tenor::months(12),
    Tenor::months(18),
    Tenor::months(24),
];

/// The term structure of one day or of two.
pub(super) struct TermRates {
    before: Option<Day>,
    after: Day,
}

struct Day {
    date: String,
    points: Vec<CurvePoint>,
    /// From when on the rate is held.
    held_from: NaiveDate,
}

impl Day {
    fn new(outlook: &Outlook) -> Option<Self> {
        let curve = TermStructure::new(StepForwards::new(outlook.path()).ok()?);
        let held_from = curve.forwards().assumed_from();
        Some(Self { date: priced_on(outlook.path()), points: curve.points(&TENORS), held_from })
    }
}

impl TermRates {
    /// Those of one outlook or of two; `None` where one does not price its first meeting.
    pub(super) fn new(before: Option<&Outlook>, after: &Outlook) -> Option<Self> {
        let before = before.map(|outlook| Day::new(outlook).ok_or(())).transpose().ok()?;
        Some(Self { before, after: Day::new(after)? })
    }

    /// What a maturity says on the day, and on the earlier one.
    fn says(&self, at: usize) -> String {
        let point = &self.after.points[at];
        let before = self.before.as_ref().map_or(String::new(), |before| {
            format!("; {} % on {}", percent(before.points[at].par_rate, 6), before.date)
        });
        format!(
            "{} to {}: swap rate {} %{before}; forward from the maturity before {} %{}",
            point.tenor,
            day(point.maturity),
            percent(point.par_rate, 6),
            percent(point.period_forward, 6),
            if point.past_last_meeting { "; past the last meeting" } else { "" }
        )
    }
}

fn percent(rate: f64, places: usize) -> String {
    float_to(100.0 * rate, places)
}

impl Chart for TermRates {
    fn title(&self) -> String {
        format!("Term structure of the expected rate, {}", self.after.date)
    }

    fn alternative(&self) -> String {
        let ends = [0, 4, 6].map(|at| &self.after.points[at]);
        let told = ends.map(|point| format!("{} % at {}", percent(point.par_rate, 3), point.tenor));
        format!(
            "Par rates of overnight indexed swaps on fed funds: {}. Dashed: the forward rate between neighbouring maturities, continuously compounded. \
             Hollow dots lie past {}, from when on the rate is assumed unchanged: they are no market's forecast of later meetings.",
            told.join(", "),
            day(self.after.held_from)
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let (left, right, top, height) = (46.0, width.choose(112.0, 78.0), 52.0, width.choose(200.0, 180.0));
        let (bottom, across) = (top + height, (left, width.px() - right));
        let lines = || self.before.iter().chain([&self.after]);
        let figures = lines().flat_map(|line| &line.points).map(|point| 100.0 * point.par_rate);
        let figures = figures.chain(self.after.points.iter().map(|point| 100.0 * point.period_forward));
        let (low, high) = figures.fold((f64::MAX, f64::MIN), |(low, high), rate| (low.min(rate), high.max(rate)));
        let ticks = if high - low <= 1.5 { Ticks::every(0.25, low, high) } else { Ticks::over(low, high, 5.0) };
        let y = Scale::new(ticks.span, (bottom, top));
        let x = Scale::new((0.0, count(TENORS.len()) - 1.0), (across.0 + 18.0, across.1 - 18.0));
        let half = (x.at(1.0) - x.at(0.0)) / 2.0;
        let of = |line: &Day, rate: fn(&CurvePoint) -> f64| -> Vec<(f64, f64)> {
            line.points.iter().enumerate().map(|(at, point)| (x.at(count(at)), y.at(100.0 * rate(point)))).collect()
        };
        let par = of(&self.after, |point| point.par_rate);
        let content = html! {
            (bars::key(width, self.before.as_ref().map(|before| before.date.as_str()), &self.after.date))
            (text(0.0, top - 12.0, "small", width.choose("swap rate, %; dashed: forward between maturities", "swap rate, %; dashed: forward")))
            (rows_of_grid(&ticks.labelled(), y, across))
            @if let Some(before) = &self.before { (polyline(&of(before, |point| point.par_rate), "line thin before-line")) }
            (polyline(&of(&self.after, |point| point.period_forward), "line thin hold-line dash"))
            (polyline(&par, "line thick after-line"))
            (self.labels(y, across.1))
            @for (at, ((cx, cy), point)) in par.iter().zip(&self.after.points).enumerate() {
                (mark(&self.says(at), &html! {
                    (rect(cx - half, top, 2.0 * half, height, "hit"))
                    (circle(*cx, *cy, 4.0, if point.past_last_meeting { "hollow ring" } else { "after halo ring" }))
                    (text(*cx, bottom + 17.0, "small mid", &point.tenor.to_string()))
                }))
            }
        };
        Drawing { width: width.px(), height: bottom + 24.0, content }
    }

    fn table(&self) -> Table {
        let mut columns = vec![data::text("Maturity"), data::text("Date")];
        columns.extend(self.before.as_ref().map(|before| data::number(format!("Swap rate {}, %", before.date))));
        let headings = ["Swap rate, %", "Zero rate, %", "Forward, %", "Discount factor"];
        columns.extend(headings.map(data::number));
        columns.push(data::text("Past the last meeting"));
        let cell = |rate: f64| Cell::figure(percent(rate, 4), float(100.0 * rate));
        let row = |(at, point): (usize, &CurvePoint)| {
            let mut row = vec![Cell::text(point.tenor.to_string()), Cell::text(day(point.maturity))];
            row.extend(self.before.as_ref().map(|before| cell(before.points[at].par_rate)));
            row.extend([point.par_rate, point.zero_rate, point.period_forward].map(cell));
            row.push(Cell::figure(float_to(point.discount_factor, 6), float(point.discount_factor)));
            row.push(Cell::text(if point.past_last_meeting { "yes" } else { "no" }));
            row
        };
        Table { columns, rows: self.after.points.iter().enumerate().map(row).collect() }
    }
}

impl TermRates {
    /// What the lines end at.
    fn labels(&self, y: Scale, right: f64) -> Markup {
        let last = &self.after.points[TENORS.len() - 1];
        let ends = [(last.par_rate, "strong after"), (last.period_forward, "small hold")];
        let places = apart(&ends.map(|(rate, _)| y.at(100.0 * rate)), 15.0);
        html! {
            @for ((rate, class), place) in ends.iter().zip(&places) {
                (text(right + 6.0, place + 4.0, class, &format!("{} %", percent(*rate, 3))))
            }
        }
    }
}
