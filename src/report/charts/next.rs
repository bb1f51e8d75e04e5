//! What every day of a history expected of the meeting next to come.

use chrono::NaiveDate;
use maud::html;

use super::super::number::{exact, in_full, signed_bp};
use super::super::words::day;
use super::Chart;
use super::data::{self, Cell, Table};
use super::draw::{Drawing, Width, areas, mark, polyline, rect, rows_of_grid, text};
use super::history::{LEFT, days_axis, decisions};
use super::scale::{Scale, Ticks};
use crate::study::history::{MeetingSeries, NextMeeting};

/// The expected change at the next meeting, day by day.
pub(super) struct NextMeetingChange<'a> {
    series: &'a MeetingSeries,
    /// The first and the last day of the axis.
    window: (NaiveDate, NaiveDate),
    /// The days within it.
    days: Vec<&'a NextMeeting>,
}

impl<'a> NextMeetingChange<'a> {
    /// The days within a window; `None` where there is none.
    pub(super) fn new(series: &'a MeetingSeries, window: (NaiveDate, NaiveDate)) -> Option<Self> {
        let within = |next: &&NextMeeting| (window.0..=window.1).contains(&next.date);
        let days: Vec<&NextMeeting> = series.next_meetings().iter().filter(within).collect();
        (!days.is_empty()).then_some(Self { series, window, days })
    }
}

fn says(next: &NextMeeting) -> String {
    format!("{}, the FOMC of {}: {} bp", day(next.date), day(next.meeting), in_full(next.change.exact()))
}

impl Chart for NextMeetingChange<'_> {
    fn title(&self) -> String {
        "Expected change at the next meeting, as priced day by day".to_owned()
    }

    fn alternative(&self) -> String {
        let days = || self.days.iter().copied();
        let told = |what: &str, found: Option<&NextMeeting>| {
            found.map(|next| {
                format!(
                    "{what} {} bp on {} for the FOMC of {}",
                    signed_bp(&next.change),
                    day(next.date),
                    day(next.meeting)
                )
            })
        };
        let lowest = days().min_by(|a, b| a.change.exact().cmp(b.change.exact()));
        let highest = days().rev().max_by(|a, b| a.change.exact().cmp(b.change.exact()));
        let told = [told("lowest", lowest), told("highest", highest), told("last", days().last())];
        format!(
            "What each day expected of the meeting next to come: {}. Dotted vertical lines are decisions: after each, another meeting \
             is the next.",
            told.into_iter().flatten().collect::<Vec<_>>().join("; ")
        )
    }

    fn draw(&self, width: Width) -> Drawing {
        let (left, right, top, height) = (LEFT, width.choose(112.0, 98.0), 46.0, width.choose(180.0, 150.0));
        let bottom = top + height;
        let (days, span) = (&self.days, self.window);
        let across = (left, width.px() - right);
        let x = Scale::of_days(span, across);
        let changes = days.iter().map(|next| next.change.exact().to_f64());
        let (low, high) = changes.fold((-5.0_f64, 5.0_f64), |(low, high), bp| (low.min(bp), high.max(bp)));
        let ticks = Ticks::over(low, high, 5.0);
        let y = Scale::new(ticks.span, (bottom, top));
        let places: Vec<f64> = days.iter().map(|next| x.at_day(next.date)).collect();
        // One line a meeting: between two of them nothing was priced.
        let lines = days.chunk_by(|a, b| a.meeting == b.meeting).map(|days| {
            days.iter().map(|next| (x.at_day(next.date), y.at(next.change.exact().to_f64()))).collect::<Vec<_>>()
        });
        let content = html! {
            (text(0.0, 12.0, "small", "expected change, bp"))
            (rows_of_grid(&ticks.labelled(), y, across))
            (super::draw::line((across.0, y.at(0.0)), (across.1, y.at(0.0)), "axis"))
            (decisions(&self.series.meetings(), x, span, (top, bottom), width))
            @for line in lines { (polyline(&line, "line thin after-line")) }
            @if let Some(last) = days.last() {
                (text(across.1 + 6.0, y.at(last.change.exact().to_f64()) + 4.0, "strong after", &format!("{} bp", signed_bp(&last.change))))
            }
            (days_axis(x, span, bottom, width))
            @for (next, (from, to)) in days.iter().zip(areas(&places, (across.0 - 3.0, across.1 + 3.0))) {
                (mark(&says(next), &rect(from, top, to - from, height, "hit")))
            }
        };
        Drawing { width: width.px(), height: bottom + 26.0, content }
    }

    fn table(&self) -> Table {
        let columns = vec![data::text("Day"), data::text("Next FOMC"), data::number("Expected change, bp")];
        let row = |next: &NextMeeting| {
            let change = Cell::figure(signed_bp(&next.change), exact(next.change.exact()));
            vec![Cell::text(day(next.date)), Cell::text(day(next.meeting)), change]
        };
        Table { columns, rows: self.days.iter().copied().map(row).collect() }
    }
}
