//! A history for people: day by day, changes between days, the calibration.

use std::collections::BTreeMap;
use std::io::{self, Write};

use chrono::NaiveDate;

use super::super::{ILLUSTRATIVE, Selection, grid};
use super::bars;
use crate::study::history::{Bin, Calibration, HistoryDay, HorizonCalibration, MeetingDelta, NotJudged, Span};
use crate::text::printable;
use crate::units::{Fraction, Probability};

/// Prints what was priced, a line a day and meeting.
///
/// # Errors
/// Where `out` cannot be written.
pub fn history(
    days: impl IntoIterator<Item = HistoryDay>,
    selection: &Selection<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "What was priced day by day: odds against the day's own range ({}), %;", selection.view.name())?;
    writeln!(out, "expected moves of 25 bp at the meeting; expected rate after it, %")?;
    quotes(selection, out)?;
    writeln!(out)?;
    let headings = [
        grid::text("Date"),
        grid::text("Range %"),
        grid::text("Meeting"),
        grid::number("Ease"),
        grid::number("Hold"),
        grid::number("Hike"),
        grid::number("Moves"),
        grid::number("Rate %"),
    ];
    let priced = days.into_iter().filter_map(|day| day.outlook.ok());
    let mut through_time: BTreeMap<NaiveDate, Vec<(NaiveDate, f64)>> = BTreeMap::new();
    let rows = priced.flat_map(|outlook| {
        let row = |meeting: &crate::outlook::MeetingOutlook| {
            let shown = meeting.distribution(selection.view);
            let mut row = vec![outlook.path().as_of().to_string(), outlook.target().to_string()];
            row.push(meeting.step.meeting.announcement().to_string());
            row.extend([shown.ease(), shown.hold(), shown.hike()].map(|side| percent(&side)));
            row.push(format!("{:+.3}", meeting.step.expected_moves()));
            row.push(format!("{:.4}", meeting.step.after.percent()));
            if selection.bars {
                let (meeting, rate) = (meeting.step.meeting.announcement(), meeting.step.after.percent().to_f64());
                through_time.entry(meeting).or_default().push((outlook.path().as_of(), rate));
            }
            row
        };
        selection.meetings(&outlook).map(row).collect::<Vec<_>>()
    });
    write!(out, "{}", grid::table(&headings, rows, 2))?;
    if selection.bars { sparklines(&through_time, out) } else { Ok(()) }
}

/// The expected rate after each meeting through the days, lowest to highest.
fn sparklines(through_time: &BTreeMap<NaiveDate, Vec<(NaiveDate, f64)>>, out: &mut dyn Write) -> io::Result<()> {
    const CELLS: usize = 28;
    writeln!(out, "\nExpected rate after each meeting through the days, %\n")?;
    let headings = [
        grid::text("Meeting"),
        grid::number("Low"),
        grid::number("High"),
        grid::text("From"),
        grid::text("To"),
        grid::text(""),
    ];
    let rows = through_time.iter().filter_map(|(meeting, days)| {
        let ((first, _), (last, _)) = (days.first()?, days.last()?);
        let rates: Vec<f64> = days.iter().map(|(_, rate)| *rate).collect();
        let low = rates.iter().copied().fold(f64::INFINITY, f64::min);
        let high = rates.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let row = [meeting.to_string(), format!("{low:.4}"), format!("{high:.4}"), first.to_string(), last.to_string()];
        Some(row.into_iter().chain([bars::sparkline(&rates, CELLS)]).collect())
    });
    write!(out, "{}", grid::table(&headings, rows, 2))
}

/// Prints what changed between days, a line a pair of days and meeting.
///
/// # Errors
/// Where `out` cannot be written.
pub fn deltas(
    deltas: impl IntoIterator<Item = MeetingDelta>,
    selection: &Selection<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "What changed: expected rate after the meeting, %, and its change, bp;")?;
    writeln!(out, "cumulative odds, %, and their change, points")?;
    quotes(selection, out)?;
    writeln!(out)?;
    let headings = [
        grid::text("Date"),
        grid::text("Since"),
        grid::text("Span"),
        grid::text("Meeting"),
        grid::number("Rate %"),
        grid::number("bp"),
        grid::number("Ease"),
        grid::number("points"),
        grid::number("Hike"),
        grid::number("points"),
    ];
    let mut ranges_differ = false;
    let wanted = deltas.into_iter().filter(|delta| selection.includes(&delta.after.step));
    let rows: Vec<Vec<String>> = wanted
        .map(|delta| {
            ranges_differ |= !delta.same_range;
            let points = |change: Option<Fraction>| change.map_or("-".to_owned(), |change| format!("{change:+.1}"));
            vec![
                delta.date.to_string(),
                delta.since.to_string(),
                delta.span.map_or("-".to_owned(), |span| span.to_string()),
                delta.after.step.meeting.announcement().to_string(),
                format!("{:.4}", delta.after.step.after.percent()),
                format!("{:+.2}", delta.rate_change().exact()),
                percent(&delta.after.cumulative.ease()),
                points(delta.ease_change()),
                percent(&delta.after.cumulative.hike()),
                points(delta.hike_change()),
            ]
        })
        .collect();
    write!(out, "{}", grid::table(&headings, rows, 1))?;
    if ranges_differ {
        writeln!(out, "\n-: a decision lies between, and the two days count from different ranges")?;
    }
    Ok(())
}

/// Prints how often what was priced happened.
///
/// # Errors
/// Where `out` cannot be written.
pub fn calibration(calibration: &Calibration, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "How often what was priced happened: for each decision the odds of a lower range")?;
    writeln!(out, "than on the day of the prices, of the same, of a higher one: three forecasts")?;
    quotes(selection, out)?;
    calibration.horizons.iter().try_for_each(|horizon| of_horizon(horizon, out))?;
    writeln!(out, "\nBrier score: mean squared miss, 0 is perfect (Brier 1950). Parts (Murphy 1973):")?;
    writeln!(out, "reliability, 0 is perfect; resolution, more is better; uncertainty; the rest is")?;
    writeln!(out, "within bins (Stephenson, Coelho and Jolliffe 2008). Prices hold risk premia.")
}

fn quotes(selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    if selection.source.illustrative {
        writeln!(out, "{ILLUSTRATIVE}")?;
    }
    writeln!(out, "Quotes: {}", printable(selection.source.name))
}

fn of_horizon(horizon: &HorizonCalibration, out: &mut dyn Write) -> io::Result<()> {
    let decisions = horizon.forecasts.len();
    writeln!(out, "\n{} before: {}\n", words(horizon.horizon), counted(decisions, "decision"))?;
    if let Some(score) = &horizon.score {
        let headings = [
            grid::text("Priced %"),
            grid::number("Forecasts"),
            grid::number("Mean priced %"),
            grid::number("Happened"),
            grid::number("Happened %"),
        ];
        let share = |share: Option<Fraction>| share.map(|share| in_percent(&share));
        let row = |bin: &Bin| {
            let (priced, happened) = (share(bin.mean_forecast())?, share(bin.frequency())?);
            Some(vec![range(bin), bin.forecasts.to_string(), priced, bin.happened.to_string(), happened])
        };
        write!(out, "{}", grid::table(&headings, score.bins.iter().filter_map(row), 2))?;
        let part = |part: &Fraction| format!("{part:.4}");
        writeln!(
            out,
            "\nBrier score {}\n= reliability {} - resolution {} + uncertainty {} {} rest {}",
            part(&score.score),
            part(&score.reliability),
            part(&score.resolution),
            part(&score.uncertainty),
            if score.within_bins.is_negative() { "-" } else { "+" },
            part(&score.within_bins.abs()),
        )?;
    }
    let mut reasons: BTreeMap<NotJudged, Vec<String>> = BTreeMap::new();
    for (decision, reason) in &horizon.not_judged {
        reasons.entry(*reason).or_default().push(decision.to_string());
    }
    for (reason, decisions) in reasons {
        let span = match (decisions.first(), decisions.last()) {
            (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
            _ => decisions.concat(),
        };
        writeln!(out, "Not judged: {} ({span}): {reason}", counted(decisions.len(), "decision"))?;
    }
    Ok(())
}

fn range(bin: &Bin) -> String {
    let (from, to) = (bin.from_percent, bin.to_percent);
    match (from, to) {
        _ if from == to => format!("exactly {from}"),
        (0, _) => format!("above 0 to {to}"),
        _ => format!("{from} to {to}"),
    }
}

fn words(span: Span) -> String {
    match span {
        Span::Days(count) => counted(usize::from(count), "day"),
        Span::Weeks(count) => counted(usize::from(count), "week"),
        Span::Months(count) => counted(usize::from(count), "month"),
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn percent(probability: &Probability) -> String {
    in_percent(probability.exact())
}

fn in_percent(share: &Fraction) -> String {
    format!("{:.1}", share * &Fraction::integer(100))
}
