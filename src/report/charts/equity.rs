//! The effect on the price of each asset by every method: a dot, its band, and the figures it is made of.

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
    format!("{}, {}, {}: {} %{range}{}", row.asset.name, row.label, row.kind.name(), full(row.total), parts.concat())
}

impl Chart for PriceImpacts<'_> {
    fn title(&self) -> String {
        let mut names = self.assets().map(|rows| rows[0].asset.name.as_str());
        match (names.next(), names.next()) {
            (Some(name), None) => format!("Price impact on the {}, by every method", escaped_to(name, 40)),
            _ => "Price impact by asset and method".to_owned(),
        }
    }

    fn alternative(&self) -> String {
        let of_asset = |rows: &[EquityImpact]| {
            let spread = |kind: ImpactKind, what: &str| {
                let of_kind = || rows.iter().filter(|row| row.kind == kind).map(|row| row.total);
                let (low, high) = (of_kind().min_by(f64::total_cmp)?, of_kind().max_by(f64::total_cmp)?);
                Some(format!("{what} say {} to {} %", percent(high.max(low)), percent(low)))
            };
            let told = [spread(ImpactKind::Model, "models"), spread(ImpactKind::Benchmark, "benchmarks")];
            format!("{}: {}", rows[0].asset.name, told.into_iter().flatten().collect::<Vec<_>>().join(", "))
        };
        let told: Vec<String> = self.assets().map(of_asset).collect();
        format!(
            "{}. Dots are the whole effect, lines its band where the method gives one: 95 % of an estimate, or half-lives from short \
             to long of a shift that fades. Hollow: a measured response of returns. An arrow \
             points to a figure off the scale.",
            told.join("; ")
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let mut y = 4.0;
        let mut parts: Vec<Markup> = Vec::new();
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
        let cell = |found: Option<f64>| {
            found.map_or_else(Cell::missing, |found| Cell::figure(float_signed(100.0 * found, 4), float(100.0 * found)))
        };
        let row = |row: &EquityImpact| {
            let names = [row.label.clone(), row.asset.id.clone(), row.kind.name().to_owned()].map(Cell::text);
            let parts = [row.denominator, row.convexity, row.numerator, Some(row.total)].map(cell);
            let band = [row.range.map(|(low, _)| low), row.range.map(|(_, high)| high)].map(cell);
            names.into_iter().chain(parts).chain(band).collect()
        };
        Table { columns, rows: self.study.equity().iter().map(row).collect() }
    }
}

/// The rows of one asset from a height on, and where they end.
fn panel(rows: &[EquityImpact], width: Width, from: f64) -> (Markup, f64) {
    let ticks = PriceImpacts::ticks(rows, width.choose(6.0, 4.0));
    let plot = width.choose((176.0, 520.0), (22.0, width.px() - 22.0));
    let x = Scale::new(ticks.span, plot);
    let (row_height, head) = (width.choose(26.0, 44.0), 24.0);
    let realised = rows.first().and_then(|row| row.realised);
    let mut y = from;
    let mut drawn = Vec::new();
    if width == Width::Page {
        let heads = [(590.0, "total, %"), (720.0, "band, %")];
        drawn.push(html! { @for (place, head) in heads { (text(place, y + 12.0, "small end", head)) } });
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
        y += 10.0;
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
        (columns_of_grid(&ticks.labelled(), x, (from + 4.0, y)))
        @for part in &drawn { (part) }
        @if let Some(realised) = &realised { (realised) }
        (text(plot.1, y + 32.0, "small end", "price, %"))
    };
    (markup, y + 34.0)
}

fn row(row: &EquityImpact, x: Scale, (y, height): (f64, f64), width: Width) -> Markup {
    let middle = y + width.choose(height / 2.0, 30.0);
    let dot = if row.kind == ImpactKind::Model { "after halo ring" } else { "hollow ring" };
    let total = 100.0 * row.total;
    let (low, high) = x.figures();
    let within = |figure: f64| x.at((100.0 * figure).clamp(low, high));
    let label = escaped_to(&row.label, 30);
    html! {
        (rect(0.0, y, width.px(), height, "hit"))
        @if width == Width::Page {
            (text(0.0, middle + 4.0, "ink", &label))
            (text(590.0, middle + 4.0, "ink end strong", &percent(row.total)))
            (text(720.0, middle + 4.0, "end small", &band(row)))
        } @else {
            (text(0.0, y + 14.0, "ink clear", &label))
            (text(width.px(), y + 14.0, "end clear", &width_told(row)))
        }
        @if let Some((from, to)) = row.range {
            (line((within(from), middle), (within(to), middle), if row.kind == ImpactKind::Model { "after-line thin" } else { "before-line thin" }))
        }
        @if x.holds(total) {
            (circle(x.at(total), middle, 4.5, dot))
        } @else {
            (arrow(x, total, middle))
        }
    }
}

/// The total and its band on a phone's line.
fn width_told(row: &EquityImpact) -> String {
    let band = band(row);
    if band.is_empty() { percent(row.total) } else { format!("{} ({band})", percent(row.total)) }
}

/// An arrow to a figure that lies beyond the scale, and what it is.
fn arrow(x: Scale, figure: f64, y: f64) -> Markup {
    let (edge, tip, anchor) = if figure < x.figures().0 {
        (x.ends().0, x.ends().0 - 1.0, "small")
    } else {
        (x.ends().1, x.ends().1 + 1.0, "small end")
    };
    let back = if figure < x.figures().0 { edge + 9.0 } else { edge - 9.0 };
    let words = if figure < x.figures().0 { edge + 14.0 } else { edge - 14.0 };
    let points = format!("{},{} {},{} {},{}", px(tip), px(y), px(back), px(y - 5.0), px(back), px(y + 5.0));
    html! {
        polygon points=(points) class="after ring" {}
        (text(words, y + 4.0, anchor, &format!("{} %, off the scale", float_signed(figure, 2))))
    }
}
