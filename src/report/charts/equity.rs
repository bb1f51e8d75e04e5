//! The effect on the price of each asset by every method: the parts it is made of as bars, the whole as a dot, its range as a
//! line, and their figures beside them.

use maud::{Markup, html};

use super::super::number::{float, float_signed};
use super::Chart;
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, circle, columns_of_grid, line, mark, px, rect, text};
use super::scale::{Scale, Ticks};
use crate::equity::{EquityImpact, ImpactKind};
use crate::reprice::sensitivity::Sensitivity;
use crate::text::escaped_to;

/// What a shift does to the price of each asset.
pub(super) struct PriceImpacts<'a> {
    study: &'a Sensitivity,
}

/// What a caption adds where a study prints the scatter of its events.
const EVENTS: &str = " A hairline is where 95 % of single events lie; it may leave the scale.";

/// How many times the middle one an effect is, from which on it is off the scale.
const FAR: f64 = 5.0;

impl<'a> PriceImpacts<'a> {
    /// The figures of a study; `None` where it has none.
    pub(super) fn new(study: &'a Sensitivity) -> Option<Self> {
        (!study.equity().is_empty()).then_some(Self { study })
    }

    /// The assets, each with its rows.
    fn assets(&self) -> impl Iterator<Item = &'a [EquityImpact]> + use<'a> {
        self.study.equity().chunk_by(|a, b| a.asset.id == b.asset.id)
    }

    /// The scale of one asset, which its far rows leave.
    fn ticks(rows: &[EquityImpact], most: f64) -> Ticks {
        let mut reach: Vec<f64> = rows.iter().map(reach).collect();
        reach.sort_by(f64::total_cmp);
        let middle = reach.get(reach.len() / 2).copied().unwrap_or_default();
        let near = rows.iter().filter(|row| middle <= 0.0 || self::reach(row) <= FAR * middle);
        let ends = near.flat_map(|row| {
            let (low, high) = row.range.unwrap_or((row.total, row.total));
            [low, high, row.total].map(|end| 100.0 * end)
        });
        let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), end| (low.min(end), high.max(end)));
        Ticks::over(low, high, most)
    }
}

/// How far from zero a row reaches.
fn reach(row: &EquityImpact) -> f64 {
    let (low, high) = row.range.unwrap_or((row.total, row.total));
    low.abs().max(high.abs()).max(row.total.abs())
}

fn percent(fraction: f64) -> String {
    float_signed(100.0 * fraction, 2)
}

fn band(row: &EquityImpact) -> String {
    row.range.map_or(String::new(), |(low, high)| format!("{} to {}", percent(low), percent(high)))
}

fn says(row: &EquityImpact) -> String {
    let full = |fraction: f64| float_signed(100.0 * fraction, 6);
    let parts = [("first order", row.denominator), ("convexity", row.convexity), ("numerator", row.numerator)];
    let parts: Vec<String> =
        parts.iter().filter_map(|(name, part)| part.map(|part| format!("; {name} {} %", full(part)))).collect();
    let range = row.range.map_or(String::new(), |(low, high)| format!(", band {} to {} %", full(low), full(high)));
    let likely = row
        .likely
        .map_or(String::new(), |(low, high)| format!("; 95 % of single events {} to {} %", full(low), full(high)));
    let parts = parts.concat();
    format!("{}, {}, {}: {} %{range}{likely}{parts}", row.asset.name, row.label, row.kind.name(), full(row.total))
}

impl Chart for PriceImpacts<'_> {
    fn title(&self) -> String {
        let mut names = self.assets().map(|rows| rows[0].asset.name.as_str());
        match (names.next(), names.next()) {
            (Some(name), None) => format!("Price impact on the {} by method", escaped_to(name, 40)),
            _ => "Price impact by asset and method".to_owned(),
        }
    }

    fn alternative(&self) -> String {
        let of_asset = |rows: &[EquityImpact]| {
            let spread = |kind: ImpactKind, what: &str| {
                let of_kind = || rows.iter().filter(|row| row.kind == kind).map(|row| row.total);
                let (low, high) = (of_kind().min_by(f64::total_cmp)?, of_kind().max_by(f64::total_cmp)?);
                Some(format!("{what} give {} to {} %", percent(high.max(low)), percent(low)))
            };
            let told = [spread(ImpactKind::Model, "models"), spread(ImpactKind::Benchmark, "benchmarks")];
            format!("{}: {}", rows[0].asset.name, told.into_iter().flatten().collect::<Vec<_>>().join(", "))
        };
        let told: Vec<String> = self.assets().map(of_asset).collect();
        format!(
            "{}. Bars are the parts of a model's figure: the discount rate to first order, convexity, and earnings (numerator). Dots are \
             the total, lines the range of the estimate: 95 % confidence, or short to long half-lives of a shift that fades. Hollow dots are \
             measured responses of returns.{} An arrow points to a figure off the scale.",
            told.join("; "),
            if self.study.equity().iter().any(|row| row.likely.is_some()) { EVENTS } else { "" }
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let mut parts = vec![key(width)];
        let mut y = 26.0;
        let several = self.assets().count() > 1;
        for rows in self.assets() {
            if several {
                parts.push(text(0.0, y + 14.0, "ink strong", &escaped_to(&rows[0].asset.name, 60)));
                y += 26.0;
            }
            let (part, end) = panel(rows, width, y);
            parts.push(part);
            y = end + 16.0;
        }
        let content = html! { @for part in &parts { (part) } };
        Drawing { width: width.px(), height: y, content }
    }

    fn table(&self) -> Table {
        let mut columns = vec![data::text("Method"), data::text("Asset"), data::text("Kind")];
        columns.extend(
            ["First order, %", "Convexity, %", "Numerator, %", "Total, %", "Low, %", "High, %"].map(data::number),
        );
        columns.extend(["Single events: low, %", "high, %"].map(data::number));
        let cell = |found: Option<f64>| {
            found.map_or_else(Cell::missing, |found| Cell::figure(float_signed(100.0 * found, 4), float(100.0 * found)))
        };
        let row = |row: &EquityImpact| {
            let names = [row.label.clone(), row.asset.id.clone(), row.kind.name().to_owned()].map(Cell::text);
            let parts = [row.denominator, row.convexity, row.numerator, Some(row.total)].map(cell);
            let band = [row.range.map(|(low, _)| low), row.range.map(|(_, high)| high)].map(cell);
            let likely = [row.likely.map(|(low, _)| low), row.likely.map(|(_, high)| high)].map(cell);
            names.into_iter().chain(parts).chain(band).chain(likely).collect()
        };
        Table { columns, rows: self.study.equity().iter().map(row).collect() }
    }
}

/// The ends of the columns of figures on a page.
const COLUMNS: [(f64, &str); 5] =
    [(430.0, "first order"), (488.0, "convexity"), (548.0, "numerator"), (604.0, "total, %"), (720.0, "range, %")];

/// The plot of a page or a phone.
fn plot(width: Width) -> (f64, f64) {
    width.choose((164.0, 366.0), (16.0, width.px() - 16.0))
}

/// What the marks stand for.
fn key(width: Width) -> Markup {
    let gap = width.choose(6.0, 4.0);
    let parts = width.choose(
        [(164.0, "first", "first order"), (250.0, "second", "convexity"), (332.0, "third", "numerator")],
        [(0.0, "first", "first order"), (76.0, "second", "convexity"), (146.0, "third", "numerator")],
    );
    let (dot, range) = width.choose((440.0, 500.0), (228.0, 274.0));
    html! {
        @for (x, class, name) in parts {
            (rect(x, 3.0, 10.0, 10.0, class))
            (text(x + 10.0 + gap, 12.0, width.choose("small", "tiny"), name))
        }
        (circle(dot, 8.0, 4.5, "after halo"))
        (text(dot + 6.0 + gap, 12.0, width.choose("small", "tiny"), "total"))
        (line((range, 8.0), (range + 22.0, 8.0), "after-line thin"))
        (text(range + 22.0 + gap, 12.0, width.choose("small", "tiny"), "range"))
    }
}

/// The rows of one asset from a height on, and where they end.
fn panel(rows: &[EquityImpact], width: Width, from: f64) -> (Markup, f64) {
    let ticks = PriceImpacts::ticks(rows, width.choose(5.0, 4.0));
    let plot = plot(width);
    let x = Scale::new(ticks.span, plot);
    let (row_height, head) = (width.choose(24.0, 40.0), 24.0);
    let realised = rows.first().and_then(|row| row.realised);
    let mut y = from;
    let mut drawn = Vec::new();
    if width == Width::Page {
        drawn.push(html! { @for (end, head) in COLUMNS { (text(end, y + 12.0, "tiny end", head)) } });
    }
    for (kind, heading) in [(ImpactKind::Model, "Models"), (ImpactKind::Benchmark, "Benchmarks")] {
        let of_kind: Vec<&EquityImpact> = rows.iter().filter(|row| row.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        drawn.push(text(0.0, y + 12.0, "small strong", heading));
        y += head;
        for row in of_kind {
            drawn.push(mark(&says(row), &self::row(row, x, (y, row_height), width)));
            y += row_height;
        }
        y += 8.0;
    }
    let realised = realised.map(|realised| {
        let place = 100.0 * realised;
        let told = format!("realised {} %", percent(realised));
        html! {
            @if x.holds(place) {
                (line((x.at(place), from + head), (x.at(place), y), "hike-line thin dash"))
                (text(x.at(place), y + 32.0, "small mid hike strong", &told))
            } @else {
                (text(if place < 0.0 { plot.0 } else { plot.1 }, y + 32.0, if place < 0.0 { "small hike strong" } else { "small end hike strong" }, &format!("{told}, off the scale")))
            }
        }
    });
    let markup = html! {
        (columns_of_grid(&ticks.labelled(), x, (from + 18.0, y)))
        @for part in &drawn { (part) }
        @if let Some(realised) = &realised { (realised) } @else { (text(plot.1, y + 32.0, "small end", "price, %")) }
    };
    (markup, y + 34.0)
}

fn row(row: &EquityImpact, x: Scale, (y, height): (f64, f64), width: Width) -> Markup {
    let middle = y + width.choose(height / 2.0, 28.0);
    let dot = if row.kind == ImpactKind::Model { "after halo ring" } else { "hollow ring" };
    let total = 100.0 * row.total;
    let (low, high) = x.figures();
    let within = |figure: f64| x.at((100.0 * figure).clamp(low, high));
    let part = |part: Option<f64>| part.map_or_else(|| "-".to_owned(), percent);
    html! {
        (rect(0.0, y, width.px(), height, "hit"))
        @if width == Width::Page {
            (text(0.0, middle + 4.0, "ink", &escaped_to(&row.label, 25)))
            @let figures = [part(row.denominator), part(row.convexity), part(row.numerator), percent(row.total), band(row)];
            @for (index, ((end, _), figure)) in COLUMNS.iter().zip(&figures).enumerate() {
                (text(*end, middle + 4.0, if index == 3 { "ink end strong" } else { "end small" }, figure))
            }
        } @else {
            (text(0.0, y + 14.0, "ink clear", &escaped_to(&row.label, 30)))
            (text(width.px(), y + 14.0, "end clear", &width_told(row)))
        }
        (parts(row, &within, middle))
        // A total off the scale has its figure on the bar, where the ranges would strike it through.
        @if x.holds(total) {
            @if let Some((from, to)) = row.likely {
                (line((within(from), middle), (within(to), middle), "axis hair"))
            }
            @if let Some((from, to)) = row.range {
                (line((within(from), middle), (within(to), middle), if row.kind == ImpactKind::Model { "after-line thin" } else { "before-line thin" }))
            }
            (circle(x.at(total), middle, 4.0, dot))
        } @else {
            (arrow(x, total, middle))
        }
    }
}

/// The parts of a figure as bars, each from where the one before ends.
fn parts(row: &EquityImpact, at: &impl Fn(f64) -> f64, middle: f64) -> Markup {
    let mut from = 0.0;
    let parts = [("first", row.denominator), ("second", row.convexity), ("third", row.numerator)];
    let drawn = parts.into_iter().filter_map(|(class, part)| {
        let (start, end) = (at(from), at(from + part?));
        from += part?;
        Some(rect(start.min(end), middle - 5.5, (end - start).abs(), 11.0, class))
    });
    html! { @for part in drawn { (part) } }
}

/// The total and its band on a phone's line.
fn width_told(row: &EquityImpact) -> String {
    let band = band(row);
    if band.is_empty() { percent(row.total) } else { format!("{} ({band})", percent(row.total)) }
}

/// An arrow to a figure that lies beyond the scale, and what it is.
fn arrow(x: Scale, figure: f64, y: f64) -> Markup {
    let (edge, tip, anchor) = if figure < x.figures().0 {
        (x.ends().0, x.ends().0 - 1.0, "small ink")
    } else {
        (x.ends().1, x.ends().1 + 1.0, "small ink end")
    };
    let back = if figure < x.figures().0 { edge + 9.0 } else { edge - 9.0 };
    let words = if figure < x.figures().0 { edge + 14.0 } else { edge - 14.0 };
    let points = format!("{},{} {},{} {},{}", px(tip), px(y), px(back), px(y - 5.0), px(back), px(y + 5.0));
    html! {
        polygon points=(points) class="after ring" {}
        (text(words, y + 4.0, anchor, &format!("{} %, off the scale", float_signed(figure, 2))))
    }
}
