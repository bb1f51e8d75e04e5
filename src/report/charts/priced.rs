//! What the path of every day of a history added up to: basis points priced by year ends, and the terminal rate.

use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};

use super::super::key_figures::{KeyFigures, Terminal};
use super::super::number::{exact, in_full, rate, signed_bp};
use super::super::words::day;
use super::Chart;
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, apart, areas, circle, line, mark, polyline, rect, rows_of_grid, text};
use super::history::{LEFT, days_axis, decisions, ranges, runs};
use super::scale::{Scale, Ticks};
use crate::study::history::{MeetingSeries, SeriesDay};
use crate::units::BasisPoints;

/// Basis points priced by the ends of the meeting's year and the next, and the terminal rate, day by day.
pub(super) struct PricedThroughTime<'a> {
    series: &'a MeetingSeries,
    /// The first and the last day of the axis.
    window: (NaiveDate, NaiveDate),
    /// The year ends that some day reaches.
    years: Vec<i32>,
    days: Vec<Day<'a>>,
}

struct Day<'a> {
    priced: &'a SeriesDay,
    /// By each year end, where the day's path reaches it.
    by: Vec<Option<BasisPoints>>,
    terminal: Option<Terminal>,
}

/// The style of a year end's line, and of its label.
const STYLES: [(&str, &str); 2] =
    [("line thick after-line", "strong after"), ("line thin hold-line dash", "strong hold")];

impl<'a> PricedThroughTime<'a> {
    /// The figures of a series; `None` where no day has any.
    pub(super) fn new(series: &'a MeetingSeries, window: (NaiveDate, NaiveDate)) -> Option<Self> {
        let year = series.meeting().year();
        let mut years = vec![year, year.saturating_add(1)];
        years
            .retain(|year| series.days().iter().filter_map(KeyFigures::of_day).any(|day| day.rate_by(*year).is_some()));
        let of_day = |priced: &'a SeriesDay| {
            let figures = KeyFigures::of_day(priced);
            let by = years.iter().map(|year| figures.as_ref()?.priced_by(*year)).collect();
            Day { priced, by, terminal: figures.as_ref().and_then(KeyFigures::terminal) }
        };
        let days: Vec<Day<'a>> = series.days().iter().map(of_day).collect();
        let any = days.iter().any(|day| day.terminal.is_some() || day.by.iter().any(Option::is_some));
        any.then_some(Self { series, window, years, days })
    }

    fn says(&self, of_day: &Day<'_>) -> String {
        let by =
            self.years.iter().zip(&of_day.by).filter_map(|(year, by)| {
                by.as_ref().map(|by| format!("{} bp by the end of {year}", in_full(by.exact())))
            });
        let terminal = of_day.terminal.as_ref().map(|terminal| {
            let (side, level) = (terminal.side(), in_full(terminal.rate.exact()));
            format!("terminal rate {level} %, the {side}, after {}", day(terminal.meeting))
        });
        let told: Vec<String> = by.chain(terminal).collect();
        format!("{}: {}", day(of_day.priced.date), told.join("; "))
    }

    /// The days of a year end as lines that stop where no day reaches it.
    fn lines(&self, at: usize, place: impl Fn(&Day<'_>, f64) -> (f64, f64)) -> Vec<Vec<(f64, f64)>> {
        self.lines_of(|day| day.by[at].as_ref().map(|by| by.exact().to_f64()), place)
    }

    fn lines_of(
        &self,
        figure: impl Fn(&Day<'_>) -> Option<f64>,
        place: impl Fn(&Day<'_>, f64) -> (f64, f64),
    ) -> Vec<Vec<(f64, f64)>> {
        let mut lines: Vec<Vec<(f64, f64)>> = Vec::new();
        let mut at = 0;
        for run in runs(self.series.days()) {
            let days = &self.days[at..at + run.len()];
            at += run.len();
            let parts = days.chunk_by(|a, b| figure(a).is_some() == figure(b).is_some());
            let line =
                |days: &[Day<'_>]| days.iter().filter_map(|day| Some(place(day, figure(day)?))).collect::<Vec<_>>();
            lines.extend(parts.map(line).filter(|line| !line.is_empty()));
        }
        lines
    }
}

/// The rate that a terminal one is, as a figure.
fn percent(terminal: &Terminal) -> f64 {
    terminal.rate.exact().to_f64()
}

impl Chart for PricedThroughTime<'_> {
    fn title(&self) -> String {
        "Moves priced by year end, and the terminal rate".to_owned()
    }

    fn alternative(&self) -> String {
        let told = self.years.iter().enumerate().filter_map(|(at, year)| {
            let days = || self.days.iter().filter_map(|day| Some((day.priced.date, day.by[at].as_ref()?)));
            let (first, last) = (days().next()?, days().next_back()?);
            Some(format!(
                "by the end of {year}, {} bp on {} and {} bp on {}",
                signed_bp(first.1),
                day(first.0),
                signed_bp(last.1),
                day(last.0)
            ))
        });
        let terminals = || self.days.iter().filter_map(|day| Some((day.priced.date, day.terminal.as_ref()?)));
        let terminal = terminals().next().zip(terminals().next_back()).map(|(first, last)| {
            format!(
                "the terminal rate, {} % on {} and {} % on {}",
                rate(&first.1.rate),
                day(first.0),
                rate(&last.1.rate),
                day(last.0)
            )
        });
        format!(
            "Priced {}. Basis points count from each day's own rate, cuts negative, so they shrink when a decision delivers them. The terminal rate is the \
             expected rate that lies farthest from the day's: the highest (solid) or the lowest (dashed). Where the line breaks, \
             the other one lies farther.",
            told.chain(terminal).collect::<Vec<_>>().join("; ")
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let (top, height, gap) = (46.0, width.choose(150.0, 130.0), 44.0);
        let across = (LEFT, width.px() - width.choose(112.0, 98.0));
        let middle = if self.years.is_empty() { top } else { top + height + gap };
        let bottom = middle + height;
        let x = Scale::of_days(self.window, across);
        let places: Vec<f64> = self.days.iter().map(|day| x.at_day(day.priced.date)).collect();
        let content = html! {
            (decisions(&self.series.meetings(), x, self.window, (top, bottom), width))
            @if !self.years.is_empty() { (self.moves(x, (top, top + height), across)) }
            (self.terminal(x, (middle, bottom), across))
            (days_axis(x, self.window, bottom, width))
            @for (day, (from, to)) in self.days.iter().zip(areas(&places, (across.0 - 3.0, across.1 + 3.0))) {
                (mark(&self.says(day), &rect(from, top, to - from, bottom - top, "hit")))
            }
        };
        Drawing { width: width.px(), height: bottom + 26.0, content }
    }

    fn table(&self) -> Table {
        let mut columns = vec![data::text("Day")];
        columns.extend(self.years.iter().map(|year| data::number(format!("By the end of {year}, bp"))));
        columns.extend([data::number("Terminal rate, %"), data::text("After the FOMC of")]);
        let row =
            |of_day: &Day<'_>| {
                let mut row = vec![Cell::text(day(of_day.priced.date))];
                row.extend(of_day.by.iter().map(|by| {
                    by.as_ref().map_or_else(Cell::missing, |by| Cell::figure(signed_bp(by), exact(by.exact())))
                }));
                let terminal = of_day.terminal.as_ref();
                row.push(terminal.map_or_else(Cell::missing, |terminal| {
                    Cell::figure(rate(&terminal.rate), exact(terminal.rate.exact()))
                }));
                row.push(terminal.map_or_else(Cell::missing, |terminal| Cell::text(day(terminal.meeting))));
                row
            };
        Table { columns, rows: self.days.iter().map(row).collect() }
    }
}

impl PricedThroughTime<'_> {
    /// The upper panel: basis points by year ends.
    fn moves(&self, x: Scale, (top, bottom): (f64, f64), across: (f64, f64)) -> Markup {
        let figures = self.days.iter().flat_map(|day| day.by.iter().flatten()).map(|by| by.exact().to_f64());
        let (low, high) = figures.fold((-1.0_f64, 1.0_f64), |(low, high), bp| (low.min(bp), high.max(bp)));
        let ticks = Ticks::over(low, high, 4.0);
        let y = Scale::new(ticks.span, (bottom, top));
        let lasts: Vec<Option<&BasisPoints>> =
            (0..self.years.len()).map(|at| self.days.iter().rev().find_map(|day| day.by[at].as_ref())).collect();
        let wanted: Vec<f64> = lasts.iter().map(|by| by.map_or(bottom, |by| y.at(by.exact().to_f64()))).collect();
        let places = apart(&wanted, 26.0);
        html! {
            (text(0.0, 12.0, "small", "priced by the end of the year, bp"))
            (rows_of_grid(&ticks.labelled(), y, across))
            (line((across.0, y.at(0.0)), (across.1, y.at(0.0)), "axis"))
            @for (at, year) in self.years.iter().enumerate() {
                @let (drawn, label) = STYLES[at % STYLES.len()];
                @for points in self.lines(at, |day, bp| (x.at_day(day.priced.date), y.at(bp))) { (polyline(&points, drawn)) }
                @if let Some(last) = lasts[at] {
                    (text(across.1 + 6.0, places[at] - 2.0, "tiny", &format!("by end {year}")))
                    (text(across.1 + 6.0, places[at] + 11.0, label, &format!("{} bp", signed_bp(last))))
                }
            }
        }
    }

    /// The lower panel: the terminal rate over the range in force.
    fn terminal(&self, x: Scale, (top, bottom): (f64, f64), across: (f64, f64)) -> Markup {
        let days = self.series.days();
        let bounds = days.iter().flat_map(|day| [day.target.lower(), day.target.upper()]);
        let rates = bounds.map(|rate| rate.exact().to_f64());
        let terminals = self.days.iter().filter_map(|day| day.terminal.as_ref());
        let rates = rates.chain(terminals.map(percent));
        let (low, high) = rates.fold((f64::MAX, f64::MIN), |(low, high), rate| (low.min(rate), high.max(rate)));
        let ticks = if high - low <= 1.0 { Ticks::every(0.25, low, high) } else { Ticks::over(low, high, 4.0) };
        let y = Scale::new(ticks.span, (bottom, top));
        let side = |is_low: bool| {
            let terminal = move |day: &Day<'_>| day.terminal.as_ref().filter(|it| it.is_low == is_low).map(percent);
            self.lines_of(terminal, |day, rate| (x.at_day(day.priced.date), y.at(rate)))
        };
        let sides = [(side(false), "line thick after-line"), (side(true), "line thick after-line dash")];
        let end = days[days.len() - 1].date;
        let last = self.days.iter().rev().find_map(|day| day.terminal.as_ref());
        html! {
            (text(0.0, if self.years.is_empty() { 12.0 } else { top - 12.0 }, "small clear", "terminal rate, %: lowest dashed; shaded: target range"))
            (ranges(days, x, y, end))
            (rows_of_grid(&ticks.labelled(), y, across))
            @for (lines, drawn) in &sides {
                @for points in lines {
                    // A day alone has no line.
                    @if let [(x, y)] = points[..] { (circle(x, y, 1.5, "after")) }
                    (polyline(points, drawn))
                }
            }
            @if let Some(last) = last {
                (text(across.1 + 6.0, y.at(percent(last)) + 4.0, "strong after", &format!("{} %", rate(&last.rate))))
            }
        }
    }
}
