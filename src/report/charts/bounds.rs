//! What quotes allow of each outcome of one meeting: an interval for futures alone, and for options and markets beside them.

use maud::{Markup, html};

use super::super::allowed::{Allowed, AllowedRow};
use super::super::number::percent;
use super::super::words::day;
use super::Chart;
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, circle, columns_of_grid, count, mark, marker, rect, text};
use super::scale::{Scale, Ticks};
use crate::units::Probability;

/// Intervals of probability as bars, one a set of quotes, and the rule's answer as a dot.
pub(super) struct AllowedOutcomes<'a> {
    allowed: &'a Allowed,
}

/// The bar of each set of quotes, the widest first.
const CLASSES: [&str; 3] = ["before", "after", "third"];

const BAR: f64 = 9.0;

/// The shape of an estimate.
const DIAMOND: usize = 2;

impl<'a> AllowedOutcomes<'a> {
    pub(super) fn new(allowed: &'a Allowed) -> Self {
        Self { allowed }
    }

    fn says(&self, row: &AllowedRow) -> String {
        let sets = self.allowed.quotes.iter().zip(&row.ends);
        let told = sets.map(|(quotes, ends)| format!("{quotes}: {}", in_words(ends.as_ref())));
        let rule = row.rule.as_ref().map(|rule| format!("; FedWatch: {} %", percent(rule)));
        let point = self.allowed.point.as_ref().zip(row.point.as_ref());
        let point = point.map(|(method, point)| format!("; {method}, an estimate: {} %", percent(point)));
        let told = told.collect::<Vec<_>>().join("; ");
        format!("{}: {told}{}{}", row.outcome, rule.unwrap_or_default(), point.unwrap_or_default())
    }
}

/// "17.0-78.7".
fn range(ends: Option<&(Probability, Probability)>) -> String {
    ends.map_or_else(|| "-".to_owned(), |(low, high)| format!("{}-{}", percent(low), percent(high)))
}

fn in_words(ends: Option<&(Probability, Probability)>) -> String {
    ends.map_or_else(|| "no bounds".to_owned(), |(low, high)| format!("{} to {} %", percent(low), percent(high)))
}

impl Chart for AllowedOutcomes<'_> {
    fn title(&self) -> String {
        format!("What the quotes allow of the FOMC of {}", day(self.allowed.meeting))
    }

    fn alternative(&self) -> String {
        let told: Vec<String> = self.allowed.rows.iter().map(|row| self.says(row)).collect();
        format!(
            "Smallest and largest probability of each outcome that agrees with every quote; the dot is FedWatch's answer. {}.",
            told.join(". ")
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let top = if self.allowed.point.is_some() { 52.0 } else { 34.0 };
        let (left, right) = (width.choose(128.0, 78.0), 84.0);
        let sets = count(self.allowed.quotes.len());
        let row_height = sets * (BAR + 3.0) + 16.0;
        let bottom = top + row_height * count(self.allowed.rows.len());
        let ticks = Ticks::over(0.0, 100.0, width.choose(6.0, 4.0));
        let x = Scale::new(ticks.span, (left, width.px() - right));
        let at = |probability: &Probability| x.at(probability.percent().to_f64());
        let bar = |set: usize, ends: Option<&(Probability, Probability)>, y: f64| -> Markup {
            let Some((low, high)) = ends else { return Markup::default() };
            // An interval that is nearly a point still shows.
            let (from, wide) = (at(low), (at(high) - at(low)).max(2.0));
            rect(from, y + (BAR + 3.0) * count(set), wide, BAR, &format!("{} ring", CLASSES[set % CLASSES.len()]))
        };
        let content = html! {
            (self.key(width, left))
            g { (columns_of_grid(&ticks.labelled(), x, (top, bottom))) }
            (text(width.px() - right, bottom + 32.0, "small end", "probability, %"))
            @for (index, row) in self.allowed.rows.iter().enumerate() {
                @let y = top + row_height * count(index);
                @let middle = y + row_height / 2.0;
                (mark(&self.says(row), &html! {
                    (rect(0.0, y, width.px(), row_height, "hit"))
                    (text(left - 10.0, middle + 4.0, "ink end", &row.outcome))
                    @for (set, ends) in row.ends.iter().enumerate() { (bar(set, ends.as_ref(), y + 9.5)) }
                    @if let Some(rule) = &row.rule { (circle(at(rule), middle, 4.5, "hollow ring")) }
                    @if let Some(point) = &row.point { (marker(DIAMOND, at(point), middle, 4.5, "open")) }
                    (text(width.px(), middle + 4.0, "ink end strong", &range(row.ends.last().and_then(Option::as_ref))))
                }))
            }
        };
        Drawing { width: width.px(), height: bottom + 38.0, content }
    }

    fn table(&self) -> Table {
        let mut columns = vec![data::text("Outcome"), data::number("FedWatch, %")];
        columns.extend(self.allowed.point.as_ref().map(|method| data::number(format!("{method} (estimate), %"))));
        let ends =
            self.allowed.quotes.iter().flat_map(|quotes| ["least", "most"].map(|end| format!("{quotes}: {end}, %")));
        columns.extend(ends.map(data::number));
        let cell = |probability: Option<&Probability>| {
            probability.map_or_else(Cell::missing, |found| Cell::exact(percent(found), found.exact()))
        };
        let row = |row: &AllowedRow| {
            let ends = row.ends.iter().flat_map(|ends| {
                let ends = ends.as_ref();
                [ends.map(|(low, _)| low), ends.map(|(_, high)| high)]
            });
            let named = [Cell::text(row.outcome.clone()), cell(row.rule.as_ref())];
            let point = self.allowed.point.as_ref().map(|_| cell(row.point.as_ref()));
            named.into_iter().chain(point).chain(ends.map(cell)).collect()
        };
        Table { columns, rows: self.allowed.rows.iter().map(row).collect() }
    }
}

impl AllowedOutcomes<'_> {
    /// What bars and dot stand for.
    fn key(&self, width: Width, left: f64) -> Markup {
        let from = width.choose(left, 0.0);
        let step = width.choose(128.0, 92.0);
        let class = width.choose("small", "tiny");
        let dot = from + step * count(self.allowed.quotes.len());
        html! {
            @for (set, quotes) in self.allowed.quotes.iter().enumerate() {
                @let x = from + step * count(set);
                (rect(x, 7.0, 12.0, BAR, CLASSES[set % CLASSES.len()]))
                (text(x + 17.0, 16.0, class, quotes))
            }
            (circle(dot + 5.0, 12.0, 4.5, "hollow ring"))
            (text(dot + 15.0, 16.0, class, "FedWatch"))
            @if let Some(method) = &self.allowed.point {
                (marker(DIAMOND, from + 5.0, 30.0, 4.5, "open"))
                (text(from + 17.0, 34.0, class, &format!("{method}, an estimate of all quotes")))
            }
        }
    }
}
