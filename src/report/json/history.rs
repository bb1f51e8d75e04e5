//! A history as JSON, `fedpath.history/1`: one document a line.

use std::io::{self, Write};

use serde::Serialize;

use super::super::Selection;
use super::super::number::{bound, exact};
use super::snapshot::{OutlookRow, UnpricedRow};
use crate::notice::Notice;
use crate::study::history::{BrierScore, Calibration, HistoryDay, HorizonCalibration, MeetingDelta};
use crate::units::Fraction;

pub(super) const SCHEMA: &str = "fedpath.history/1";

/// One day. Without a price it has the reason in place of meetings.
#[derive(Serialize)]
struct DayDocument<'a> {
    schema: &'static str,
    as_of: String,
    target_lower_percent: Option<String>,
    target_upper_percent: Option<String>,
    method: Option<&'static str>,
    decision_day: Option<String>,
    source: &'a str,
    view: &'static str,
    reason: Option<String>,
    meetings: Vec<OutlookRow>,
    unpriced: Vec<UnpricedRow>,
    illustrative: bool,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct DeltaDocument {
    schema: &'static str,
    as_of: String,
    since: String,
    span: Option<String>,
    meeting: String,
    rate_since_percent: String,
    rate_percent: String,
    rate_change_bp: String,
    rate_change_bp_exact: String,
    ease_since: String,
    ease: String,
    ease_change_points: Option<String>,
    hike_since: String,
    hike: String,
    hike_change_points: Option<String>,
    illustrative: bool,
    warnings: [String; 0],
}

#[derive(Serialize)]
struct CalibrationDocument {
    schema: &'static str,
    horizon: String,
    decisions: usize,
    score: Option<ScoreRow>,
    bins: Vec<BinRow>,
    forecasts: Vec<ForecastRow>,
    not_judged: Vec<UnpricedRow>,
    illustrative: bool,
    warnings: [String; 0],
}

#[derive(Serialize)]
struct ScoreRow {
    forecasts: usize,
    brier_score: String,
    brier_score_exact: String,
    reliability: String,
    resolution: String,
    uncertainty: String,
    within_bins: String,
}

#[derive(Serialize)]
struct BinRow {
    from_percent: i64,
    to_percent: i64,
    forecasts: usize,
    happened: usize,
    mean_forecast: Option<String>,
    frequency: Option<String>,
}

#[derive(Serialize)]
struct ForecastRow {
    meeting: String,
    as_of: String,
    ease: String,
    hold: String,
    hike: String,
    happened: &'static str,
}

/// The outcome tables of many days: one document a day, of those without a price too.
///
/// # Errors
/// Where `out` cannot be written.
pub fn history(
    days: impl IntoIterator<Item = HistoryDay>,
    selection: &Selection<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for day in days {
        let mut document = DayDocument {
            schema: SCHEMA,
            as_of: day.date.to_string(),
            target_lower_percent: None,
            target_upper_percent: None,
            method: None,
            decision_day: None,
            source: selection.source.name,
            view: selection.view.name(),
            reason: None,
            meetings: Vec::new(),
            unpriced: Vec::new(),
            illustrative: selection.source.illustrative,
            warnings: Vec::new(),
        };
        match &day.outlook {
            Err(reason) => document.reason = Some(reason.to_string()),
            Ok(outlook) => {
                let (path, target) = (outlook.path(), outlook.target());
                document.target_lower_percent = Some(bound(&target.lower()));
                document.target_upper_percent = Some(bound(&target.upper()));
                document.method = Some(path.method().id());
                document.decision_day = Some(path.decision_day().to_string());
                let row = |meeting| OutlookRow::new(meeting, &meeting.distribution(selection.view), target);
                document.meetings = selection.meetings(outlook).map(row).collect();
                let unpriced = outlook.without_table();
                document.unpriced = unpriced.map(|(meeting, reason)| UnpricedRow::new(meeting, &reason)).collect();
                document.warnings = path.notices().iter().map(Notice::to_string).collect();
            }
        }
        line(&document, out)?;
    }
    Ok(())
}

/// What changed between days: one document a day, span and meeting.
///
/// # Errors
/// Where `out` cannot be written.
pub fn deltas(
    deltas: impl IntoIterator<Item = MeetingDelta>,
    selection: &Selection<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for delta in deltas.into_iter().filter(|delta| selection.includes(&delta.after.step)) {
        let points = |change: Option<Fraction>| change.as_ref().map(exact);
        let (before, after) = (&delta.before, &delta.after);
        let document = DeltaDocument {
            schema: SCHEMA,
            as_of: delta.date.to_string(),
            since: delta.since.to_string(),
            span: delta.span.map(|span| span.to_string()),
            meeting: after.step.meeting.announcement().to_string(),
            rate_since_percent: exact(before.step.after.percent()),
            rate_percent: exact(after.step.after.percent()),
            rate_change_bp: exact(delta.rate_change().exact()),
            rate_change_bp_exact: delta.rate_change().exact().to_string(),
            ease_since: exact(before.cumulative.ease().exact()),
            ease: exact(after.cumulative.ease().exact()),
            ease_change_points: points(delta.ease_change()),
            hike_since: exact(before.cumulative.hike().exact()),
            hike: exact(after.cumulative.hike().exact()),
            hike_change_points: points(delta.hike_change()),
            illustrative: selection.source.illustrative,
            warnings: [],
        };
        line(&document, out)?;
    }
    Ok(())
}

/// The calibration: one document a horizon.
///
/// # Errors
/// Where `out` cannot be written.
pub fn calibration(calibration: &Calibration, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    let illustrative = selection.source.illustrative;
    calibration.horizons.iter().try_for_each(|horizon| line(&CalibrationDocument::new(horizon, illustrative), out))
}

impl CalibrationDocument {
    fn new(horizon: &HorizonCalibration, illustrative: bool) -> Self {
        let score = horizon.score.as_ref();
        let bin = |bin: &crate::study::history::Bin| BinRow {
            from_percent: bin.from_percent,
            to_percent: bin.to_percent,
            forecasts: bin.forecasts,
            happened: bin.happened,
            mean_forecast: bin.mean_forecast().as_ref().map(exact),
            frequency: bin.frequency().as_ref().map(exact),
        };
        let forecast = |forecast: &crate::study::history::Forecast| {
            let [ease, hold, hike] = forecast.priced.each_ref().map(|priced| exact(priced.exact()));
            ForecastRow {
                meeting: forecast.decision.to_string(),
                as_of: forecast.day.to_string(),
                ease,
                hold,
                hike,
                happened: ["ease", "hold", "hike"][forecast.happened.min(2)],
            }
        };
        let not_judged = horizon.not_judged.iter();
        Self {
            schema: SCHEMA,
            horizon: horizon.horizon.to_string(),
            decisions: horizon.forecasts.len(),
            score: score.map(ScoreRow::from),
            bins: score.map(|score| score.bins.iter().map(bin).collect()).unwrap_or_default(),
            forecasts: horizon.forecasts.iter().map(forecast).collect(),
            not_judged: not_judged.map(|(meeting, reason)| UnpricedRow::new(*meeting, reason)).collect(),
            illustrative,
            warnings: [],
        }
    }
}

impl From<&BrierScore> for ScoreRow {
    fn from(score: &BrierScore) -> Self {
        Self {
            forecasts: score.forecasts,
            brier_score: exact(&score.score),
            brier_score_exact: score.score.to_string(),
            reliability: exact(&score.reliability),
            resolution: exact(&score.resolution),
            uncertainty: exact(&score.uncertainty),
            within_bins: exact(&score.within_bins),
        }
    }
}

pub(super) fn line(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, document)?;
    writeln!(out)
}
