//! A history as CSV: tidy or wide, changes between days, the calibration.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::super::Selection;
use super::super::number::exact;
use super::{OUTCOMES, document, outcomes};
use crate::study::history::{BrierScore, Calibration, HistoryDay, MeetingDelta};
use crate::units::Fraction;

/// The outcome tables of many days, one below the other: one row a day, meeting and target range. Days and meetings without
/// a price have no rows.
///
/// # Errors
/// Where `out` cannot be written.
pub fn history(
    days: impl IntoIterator<Item = HistoryDay>,
    selection: &Selection<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let priced = days.into_iter().filter_map(|day| day.outlook.ok());
    let rows = priced.flat_map(|outlook| outcomes(&outlook, selection).collect::<Vec<_>>());
    document(&OUTCOMES, rows, out)
}

/// The same, wide as the downloads of FedWatch: one row a day and meeting, a column a range, `(350-375)` in basis points,
/// from the lowest to the highest that has a probability anywhere. With [`Selection::meeting`] the column of the meeting is
/// left out: the layout of FedWatch's download of one meeting.
///
/// # Errors
/// Where `out` cannot be written.
pub fn history_wide(
    days: impl IntoIterator<Item = HistoryDay>,
    selection: &Selection<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut ranges = BTreeSet::new();
    let mut tables = Vec::new();
    for outlook in days.into_iter().filter_map(|day| day.outlook.ok()) {
        for meeting in selection.meetings(&outlook) {
            let cell = |(moves, probability): (i64, crate::units::Probability)| {
                let range = outlook.target().moved(moves);
                ((range.lower_bp(), range.upper_bp()), exact(probability.exact()))
            };
            let cells: BTreeMap<_, _> = meeting.distribution(selection.view).outcomes().map(cell).collect();
            ranges.extend(cells.keys().copied());
            let announcement = meeting.step.meeting.announcement().to_string();
            tables.push((outlook.path().as_of().to_string(), announcement, cells));
        }
    }
    let several = selection.meeting.is_none();
    let mut header = vec!["Date".to_owned()];
    header.extend(several.then(|| "Meeting".to_owned()));
    header.extend(ranges.iter().map(|(lower, upper)| format!("({lower}-{upper})")));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    // A range that is not among a meeting's outcomes has no probability at all: a true zero.
    let zero = exact(&Fraction::zero());
    let rows = tables.into_iter().map(|(date, meeting, cells)| {
        let mut row = vec![date];
        row.extend(several.then_some(meeting));
        row.extend(ranges.iter().map(|range| cells.get(range).unwrap_or(&zero).clone()));
        row
    });
    document(&header, rows, out)
}

/// What changed between days: one row a day, span and meeting. Changes of odds are empty where the two days count moves from
/// different ranges.
///
/// # Errors
/// Where `out` cannot be written.
pub fn deltas(
    deltas: impl IntoIterator<Item = MeetingDelta>,
    selection: &Selection<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let header = [
        "date",
        "since",
        "span",
        "meeting",
        "rate_since_percent",
        "rate_percent",
        "rate_change_bp",
        "ease_since",
        "ease",
        "ease_change_points",
        "hike_since",
        "hike",
        "hike_change_points",
    ];
    let wanted = deltas.into_iter().filter(|delta| selection.includes(&delta.after.step));
    let rows = wanted.map(|delta| {
        let points = |change: Option<Fraction>| change.as_ref().map_or(String::new(), exact);
        let (before, after) = (&delta.before, &delta.after);
        vec![
            delta.date.to_string(),
            delta.since.to_string(),
            delta.span.map_or(String::new(), |span| span.to_string()),
            after.step.meeting.announcement().to_string(),
            exact(before.step.after.percent()),
            exact(after.step.after.percent()),
            exact(delta.rate_change().exact()),
            exact(before.cumulative.ease().exact()),
            exact(after.cumulative.ease().exact()),
            points(delta.ease_change()),
            exact(before.cumulative.hike().exact()),
            exact(after.cumulative.hike().exact()),
            points(delta.hike_change()),
        ]
    });
    document(&header, rows, out)
}

/// The calibration: one row a horizon and bin that has forecasts, then one row `all` with the Brier score and its parts.
///
/// # Errors
/// Where `out` cannot be written.
pub fn calibration(calibration: &Calibration, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "horizon",
        "from_percent",
        "to_percent",
        "forecasts",
        "happened",
        "mean_forecast",
        "frequency",
        "brier_score",
        "reliability",
        "resolution",
        "uncertainty",
        "within_bins",
    ];
    let rows = calibration.horizons.iter().flat_map(|horizon| {
        let name = horizon.horizon.to_string();
        let of_score = |score: &BrierScore| {
            let mut rows: Vec<Vec<String>> = score
                .bins
                .iter()
                .filter_map(|bin| {
                    let mut row = vec![name.clone(), bin.from_percent.to_string(), bin.to_percent.to_string()];
                    row.extend([bin.forecasts, bin.happened].map(|count| count.to_string()));
                    row.extend([exact(&bin.mean_forecast()?), exact(&bin.frequency()?)]);
                    row.resize(header.len(), String::new());
                    Some(row)
                })
                .collect();
            let happened = score.bins.iter().map(|bin| bin.happened).sum::<usize>();
            let mut all = vec![name.clone(), "all".to_owned(), "all".to_owned()];
            all.extend([score.forecasts, happened].map(|count| count.to_string()));
            all.extend([String::new(), String::new()]);
            let parts = [&score.reliability, &score.resolution, &score.uncertainty, &score.within_bins];
            all.extend([&score.score].into_iter().chain(parts).map(exact));
            rows.push(all);
            rows
        };
        horizon.score.as_ref().map(of_score).unwrap_or_default()
    });
    document(&header, rows, out)
}
