//! Figures of a summary through many days: what is priced by a date, where the rate ends up, the rate after each meeting.

use chrono::NaiveDate;

use super::super::Selection;
use super::{Document, Shown, Table, Value, history, number, words};
use crate::outlook::MeetingOutlook;
use crate::study::summary::{PricedBy, RateExtreme, Summary};

/// One day of a series of what is priced by a date, or of where the rate ends up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Series {
    /// What is priced by each date.
    Cuts,
    /// The lowest and the highest expected rate.
    Terminal,
    /// The expected rate after each meeting.
    Rate,
}

/// A figure of a summary through many days: one row a day and date, or meeting.
#[must_use]
pub fn series<'a>(days: Vec<Summary>, what: Series, selection: &Selection<'_>) -> Document<'a> {
    let title = match what {
        Series::Cuts => "What is priced by each date, bp and moves of 25 bp; negative is a cut",
        Series::Terminal => "The lowest and the highest expected rate, %",
        Series::Rate => "Expected rate after each meeting, %",
    };
    Document::default().text_block(format!("{title}\n{}", history::quotes(selection))).table(series_table(
        days,
        what,
        selection.meeting,
    ))
}

/// One day of a series as a document of one line.
#[must_use]
pub fn series_line<'a>(day: Summary, what: Series, selection: &Selection<'_>) -> Document<'a> {
    let as_of = day.outlook().path().as_of();
    let warnings: Vec<String> = day.outlook().path().notices().iter().map(ToString::to_string).collect();
    let mut document = Document::new(history::SCHEMA);
    document.on_a_line = true;
    document
        .member("as_of", as_of)
        .member("source", selection.source.name)
        .json_table(series_table(vec![day], what, selection.meeting))
        .ending(selection.source.illustrative, warnings)
}

fn series_table<'a>(days: Vec<Summary>, what: Series, only: Option<NaiveDate>) -> Table<'a> {
    match what {
        Series::Cuts => {
            let rows = days.into_iter().flat_map(|day| {
                let as_of = day.outlook().path().as_of();
                day.by().iter().map(|by| (as_of, by.clone())).collect::<Vec<(NaiveDate, PricedBy)>>()
            });
            type Row = (NaiveDate, PricedBy);
            Table::new(
                "by",
                rows,
                [
                    words("date", "Date", |(date, _): &Row| *date),
                    words("until", "By", |(_, by): &Row| by.until.to_string()),
                    words("last_meeting", "Last meeting", |(_, by): &Row| by.last_meeting),
                    number("cumulative_bp", "bp", Shown::Signed(1), |(_, by): &Row| by.change.clone()),
                    number("cumulative_moves", "Moves", Shown::Signed(2), |(_, by): &Row| by.moves.clone()),
                    number("rate_percent", "Rate %", Shown::Places(3), |(_, by): &Row| Value::from(&by.rate)),
                    words("provisional", "Provisional", |(_, by): &Row| by.provisional),
                ],
            )
        }
        Series::Terminal => {
            type Row = (NaiveDate, RateExtreme, RateExtreme, &'static str);
            let rows = days.into_iter().map(|day| {
                let as_of = day.outlook().path().as_of();
                (as_of, day.lowest(), day.highest(), day.terminal().1.name())
            });
            Table::new(
                "terminal",
                rows,
                [
                    words("date", "Date", |row: &Row| row.0),
                    words("direction", "Direction", |row: &Row| row.3),
                    words("lowest_meeting", "Lowest after", |row: &Row| row.1.meeting),
                    number("lowest_percent", "Lowest %", Shown::Places(3), |row: &Row| Value::from(&row.1.rate)),
                    words("highest_meeting", "Highest after", |row: &Row| row.2.meeting),
                    number("highest_percent", "Highest %", Shown::Places(3), |row: &Row| Value::from(&row.2.rate)),
                    words("provisional", "Provisional", |row: &Row| row.1.provisional || row.2.provisional),
                ],
            )
        }
        Series::Rate => {
            type Row = (NaiveDate, MeetingOutlook);
            let wanted = move |meeting: &&MeetingOutlook| only.is_none_or(|only| meeting.announcement() == only);
            let rows = days.into_iter().flat_map(|day| {
                let as_of = day.outlook().path().as_of();
                let meetings = day.outlook().meetings().iter().filter(wanted);
                meetings.map(|meeting| (as_of, meeting.clone())).collect::<Vec<Row>>()
            });
            Table::new(
                "rates",
                rows,
                [
                    words("date", "Date", |(date, _): &Row| *date),
                    words("meeting", "Meeting", |(_, meeting): &Row| meeting.announcement()),
                    number("rate_before_percent", "Before %", Shown::Places(4), |(_, meeting): &Row| {
                        Value::from(&meeting.step.before)
                    }),
                    number("rate_percent", "Rate %", Shown::Places(4), |(_, meeting): &Row| {
                        Value::from(&meeting.step.after)
                    }),
                    number("change_bp", "Change bp", Shown::Signed(2), |(_, meeting): &Row| meeting.step.change()),
                    words("provisional", "Provisional", |(_, meeting): &Row| meeting.step.provisional),
                ],
            )
        }
    }
}
