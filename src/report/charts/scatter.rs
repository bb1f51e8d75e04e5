//! The response of an asset to a surprise: its events as dots, the line through them, and both ranges around it.

use maud::{Markup, html};

use super::super::number::{float, float_to};
use super::super::words::day;
use super::Chart;
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, area, circle, columns_of_grid, count, line, mark, rows_of_grid, text};
use super::scale::{Scale, Ticks};
use crate::event_study::{AssetResponse, Point};
use crate::text::printable;

/// How many places along the axis a range is drawn through: it is curved.
const PLACES: usize = 48;

/// The events of one response.
pub(in super::super) struct ResponseScatter<'a>(&'a AssetResponse);

impl<'a> ResponseScatter<'a> {
    pub(in super::super) fn new(response: &'a AssetResponse) -> Self {
        Self(response)
    }

    /// Where the line lies with 95 percent confidence of its slope, drawn around the line itself.
    fn slope_band(&self, surprise: f64) -> Option<(f64, f64)> {
        let line = self.0.line();
        let intercept = line.at(0.0);
        line.slope_band(surprise).map(|(low, high)| (intercept + low, intercept + high))
    }

    fn says(&self, point: &Point) -> String {
        let likely = self.0.line().likely_range(point.surprise);
        let likely = likely.map_or(String::new(), |(low, high)| {
            format!("; likely range {} to {} %", float_to(low, 2), float_to(high, 2))
        });
        format!(
            "{}: surprise {} bp, response {} %{likely}",
            point.when,
            float_to(100.0 * point.surprise, 1),
            float_to(point.response, 2)
        )
    }

    /// The ends of a range through the whole axis: along its upper end, and back along its lower one.
    fn outline(x: Scale, y: Scale, range: impl Fn(f64) -> Option<(f64, f64)>) -> Option<Vec<(f64, f64)>> {
        let (from, to) = x.figures();
        let at = |place: usize| from + (to - from) * count(place) / count(PLACES);
        let ends: Option<Vec<(f64, f64, f64)>> = (0..=PLACES)
            .map(|place| {
                let (low, high) = range(at(place) / 100.0)?;
                Some((x.at(at(place)), y.at(low), y.at(high)))
            })
            .collect();
        let ends = ends?;
        let back = ends.iter().rev().map(|(x, low, _)| (*x, *low));
        Some(ends.iter().map(|(x, _, high)| (*x, *high)).chain(back).collect())
    }
}

impl Chart for ResponseScatter<'_> {
    fn title(&self) -> String {
        let slope = self.0.slope();
        format!(
            "Response of {} to {}: {} events, {} to {}",
            printable(self.0.asset()),
            printable(self.0.on()),
            self.0.n(),
            day(slope.span.0.date),
            day(slope.span.1.date)
        )
    }

    fn alternative(&self) -> String {
        let (line, slope) = (self.0.line(), self.0.slope());
        let window = self.0.window().map_or("window not stated".to_owned(), |window| format!("over {window}"));
        let r_squared = self.0.r_squared().map_or(String::new(), |share| format!(", R2 {}", float_to(share, 2)));
        format!(
            "Each dot is an event, {window}. The line is {} % for a surprise of +10 bp ({} per percentage point, standard error {}{r_squared}, n {}). \
             The inner area is the 95 % confidence band of the slope; the outer area is the likely range, which contains 95 of 100 single events.",
            float_to(line.at(0.1), 2),
            float_to(line.slope, 2),
            float_to(slope.standard_error, 2),
            self.0.n()
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let (left, right, top, height) = (46.0, 14.0, 30.0, width.choose(320.0, 240.0));
        let (bottom, across) = (top + height, (left, width.px() - right));
        let points = self.0.points();
        let ends = |of: fn(&Point) -> f64| {
            points.iter().map(of).fold((0.0_f64, 0.0_f64), |(low, high), figure| (low.min(figure), high.max(figure)))
        };
        let (least, most) = ends(|point| 100.0 * point.surprise);
        let (low, high) = ends(|point| point.response);
        let across_ticks = Ticks::over(least, most, width.choose(8.0, 4.0));
        // The outer range ends the axis, with the events beyond it.
        let likely = [across_ticks.span.0, across_ticks.span.1].map(|bp| self.0.line().likely_range(bp / 100.0));
        let likely = || likely.iter().flatten();
        let low = likely().fold(low, |low, range| low.min(range.0));
        let high = likely().fold(high, |high, range| high.max(range.1));
        let ticks = Ticks::over(low, high, 6.0);
        let (x, y) = (Scale::new(across_ticks.span, across), Scale::new(ticks.span, (bottom, top)));
        let outer = Self::outline(x, y, |surprise| self.0.line().likely_range(surprise));
        let inner = Self::outline(x, y, |surprise| self.slope_band(surprise));
        let (from, to) = x.figures();
        let at = |figure: f64| (x.at(figure), y.at(self.0.line().at(figure / 100.0)));
        let content = html! {
            (text(0.0, top - 14.0, "small", "response, %"))
            @if let Some(outer) = &outer { (area(outer, "heat1")) }
            @if let Some(inner) = &inner { (area(inner, "heat3")) }
            (rows_of_grid(&ticks.labelled(), y, across))
            (columns_of_grid(&across_ticks.labelled(), x, (top, bottom)))
            (line(at(from), at(to), "line after-line thick"))
            @for point in points { (self.dot(point, x, y)) }
            (text(across.1, bottom + 34.0, "small end", "surprise, bp"))
        };
        Drawing { width: width.px(), height: bottom + 42.0, content }
    }

    fn table(&self) -> Table {
        let columns = vec![
            data::text("Event"),
            data::number("Surprise, bp"),
            data::number("Response, %"),
            data::number("Estimate, %"),
            data::number("Likely low, %"),
            data::number("Likely high, %"),
        ];
        let cell = |figure: Option<f64>, places: usize| {
            figure.map_or_else(Cell::missing, |figure| Cell::figure(float_to(figure, places), float(figure)))
        };
        let row = |point: &Point| {
            let line = self.0.line();
            let likely = line.likely_range(point.surprise);
            vec![
                Cell::text(point.when.to_string()),
                cell(Some(100.0 * point.surprise), 1),
                cell(Some(point.response), 3),
                cell(Some(line.at(point.surprise)), 3),
                cell(likely.map(|(low, _)| low), 3),
                cell(likely.map(|(_, high)| high), 3),
            ]
        };
        Table { columns, rows: self.0.points().iter().map(row).collect() }
    }
}

impl ResponseScatter<'_> {
    fn dot(&self, point: &Point, x: Scale, y: Scale) -> Markup {
        let (cx, cy) = (x.at(100.0 * point.surprise), y.at(point.response));
        mark(&self.says(point), &circle(cx, cy, 3.0, "after halo ring"))
    }
}
