//! The term structure: `fedpath.curve/1`.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::super::number::{exact, float};
use super::super::{CurveSource, Source, derivations};
use super::write;
use crate::curve::{CurveChange, CurvePoint, PathChange, StepForward, StepForwards, Tenor, TenorChange, TermStructure};
use crate::notice::Notice;
use crate::units::BasisPoints;

/// One level of the overnight rate; the last is held for ever.
#[derive(Serialize)]
struct StepRow {
    from: String,
    to: Option<String>,
    meeting: Option<String>,
    rate_percent: String,
    rate_percent_exact: String,
}

fn steps(forwards: &StepForwards) -> Vec<StepRow> {
    let ends = forwards.steps().iter().skip(1).map(|next| next.from.pred_opt()).chain([None]);
    let row = |(step, end): (&StepForward, Option<NaiveDate>)| StepRow {
        from: step.from.to_string(),
        to: end.map(|end| end.to_string()),
        meeting: step.meeting.map(|meeting| meeting.to_string()),
        rate_percent: exact(step.rate.percent()),
        rate_percent_exact: step.rate.percent().to_string(),
    };
    forwards.steps().iter().zip(ends).map(row).collect()
}

#[derive(Serialize)]
struct TenorRow {
    tenor: String,
    maturity: String,
    discount_factor: String,
    zero_percent: String,
    instantaneous_forward_percent: String,
    period_forward_percent: String,
    par_percent: String,
    past_last_meeting: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    derivation: Option<Vec<String>>,
}

/// What the rate does beyond the last priced meeting.
#[derive(Serialize)]
struct Beyond {
    from: String,
    rate_percent: String,
    assumption: &'static str,
}

#[derive(Serialize)]
struct CurveDocument<'a> {
    schema: &'static str,
    as_of: String,
    source: &'a str,
    method: &'static str,
    steps: Vec<StepRow>,
    beyond: Beyond,
    curve: Vec<TenorRow>,
    illustrative: bool,
    warnings: Vec<String>,
}

/// The term structure of one snapshot, `fedpath.curve/1`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn curve(
    curve: &TermStructure,
    tenors: &[Tenor],
    source: &CurveSource<'_>,
    explain: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let equations = |point: &CurvePoint| {
        derivations::of(curve, point).into_iter().map(|(name, equation)| format!("{name}: {equation}")).collect()
    };
    let point = |point: CurvePoint| TenorRow {
        tenor: point.tenor.to_string(),
        maturity: point.maturity.to_string(),
        discount_factor: float(point.discount_factor),
        zero_percent: float(100.0 * point.zero_rate),
        instantaneous_forward_percent: float(100.0 * point.instantaneous_forward),
        period_forward_percent: float(100.0 * point.period_forward),
        par_percent: float(100.0 * point.par_rate),
        past_last_meeting: point.past_last_meeting,
        derivation: explain.then(|| equations(&point)),
    };
    let last = curve.forwards().last();
    let document = CurveDocument {
        schema: "fedpath.curve/1",
        as_of: curve.as_of().to_string(),
        source: source.source.name,
        method: source.path.method().id(),
        steps: steps(curve.forwards()),
        beyond: Beyond {
            from: last.from.to_string(),
            rate_percent: exact(last.rate.percent()),
            assumption: "held at the rate after the last priced meeting",
        },
        curve: curve.points(tenors).into_iter().map(point).collect(),
        illustrative: source.source.illustrative,
        warnings: source.path.notices().iter().map(Notice::to_string).collect(),
    };
    write(&document, out)
}

#[derive(Serialize)]
struct Side<'a> {
    as_of: String,
    source: &'a str,
    steps: Vec<StepRow>,
}

impl<'a> Side<'a> {
    fn new(curve: &TermStructure, source: &Source<'a>) -> Self {
        Self { as_of: curve.as_of().to_string(), source: source.name, steps: steps(curve.forwards()) }
    }
}

#[derive(Serialize)]
struct LevelRow {
    from: String,
    change_bp: String,
    change_bp_exact: String,
}

#[derive(Serialize)]
struct ChangeRow {
    tenor: String,
    zero_before_percent: String,
    zero_after_percent: String,
    zero_change_bp: String,
    par_before_percent: String,
    par_after_percent: String,
    par_change_bp: String,
    same_days_bp: String,
    past_last_meeting: bool,
}

#[derive(Serialize)]
struct ChangeDocument<'a> {
    schema: &'static str,
    method: &'static str,
    before: Side<'a>,
    after: Side<'a>,
    overnight_change: Vec<LevelRow>,
    change: Vec<ChangeRow>,
    illustrative: bool,
    warnings: Vec<String>,
}

/// The observed change between two snapshots, `fedpath.curve/1`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn curve_change(
    change: &CurveChange,
    tenors: &[Tenor],
    sources: &[CurveSource<'_>; 2],
    out: &mut dyn Write,
) -> io::Result<()> {
    let row = |row: TenorChange| {
        let ((zero_before, zero_after), (par_before, par_after)) = (row.zero_rate, row.par_rate);
        ChangeRow {
            tenor: row.tenor.to_string(),
            zero_before_percent: float(100.0 * zero_before),
            zero_after_percent: float(100.0 * zero_after),
            zero_change_bp: float(10_000.0 * (zero_after - zero_before)),
            par_before_percent: float(100.0 * par_before),
            par_after_percent: float(100.0 * par_after),
            par_change_bp: float(10_000.0 * (par_after - par_before)),
            same_days_bp: float(10_000.0 * row.same_days),
            past_last_meeting: row.past_last_meeting,
        }
    };
    let level = |path: &PathChange| {
        let row = |(day, bp): &(NaiveDate, BasisPoints)| LevelRow {
            from: day.to_string(),
            change_bp: exact(bp.exact()),
            change_bp_exact: bp.exact().to_string(),
        };
        path.levels().iter().map(row).collect()
    };
    let [before, after] = sources;
    let warnings = sources
        .iter()
        .flat_map(|source| source.path.notices().iter().map(move |notice| format!("{}: {notice}", source.source.name)));
    let document = ChangeDocument {
        schema: "fedpath.curve/1",
        method: after.path.method().id(),
        before: Side::new(change.before(), &before.source),
        after: Side::new(change.after(), &after.source),
        overnight_change: level(&change.path()),
        change: change.at(tenors).into_iter().map(row).collect(),
        illustrative: sources.iter().any(|source| source.source.illustrative),
        warnings: warnings.collect(),
    };
    write(&document, out)
}
