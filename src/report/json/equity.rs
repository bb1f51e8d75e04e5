//! What a shift does to the curve and to equities: `fedpath.equity/1`, and its rows in other documents.

use std::io::{self, Write};

use serde::Serialize;

use super::super::number::{exact, float};
use super::super::{Telling, derivations};
use super::reprice::SnapshotName;
use super::write;
use crate::curve::{CurveResponse, MethodId, Tenor};
use crate::equity::{AssetProfile, CashFlows, EquityImpact, Input};
use crate::notice::Notice;
use crate::reprice::Repricing;
use crate::reprice::sensitivity::Sensitivity;

/// A fraction as percent.
fn percent(fraction: f64) -> String {
    float(100.0 * fraction)
}

#[derive(Serialize)]
pub(super) struct CurveRow {
    tenor: String,
    method: MethodId,
    shift_bp: String,
}

/// The shift of the zero rates by every method.
pub(super) fn curve_rows(study: &Sensitivity) -> Vec<CurveRow> {
    let of_method = study.curve().iter().flat_map(|response| {
        let row = |(tenor, bp): &(Tenor, f64)| CurveRow {
            tenor: tenor.to_string(),
            method: response.method.id(),
            shift_bp: float(*bp),
        };
        response.zero_bp.iter().map(row)
    });
    of_method.collect()
}

/// How the rows of equity figures are made.
pub(super) fn equations(study: &Sensitivity) -> Vec<String> {
    let of_rows = study.equity().iter().filter_map(|row| derivations::of_impact(row, study));
    of_rows.map(|(name, equation)| format!("{name}: {equation}")).collect()
}

#[derive(Serialize)]
pub(super) struct EquityRow<'a> {
    asset: &'a str,
    kind: &'static str,
    method: &'a str,
    denominator_percent: Option<String>,
    convexity_percent: Option<String>,
    numerator_percent: Option<String>,
    total_percent: String,
    low_percent: Option<String>,
    high_percent: Option<String>,
    citation: &'a str,
    #[serde(flatten)]
    realised: Option<RealisedRow>,
}

/// What is left of a realised return.
#[derive(Serialize)]
#[allow(clippy::struct_field_names)] // the keys of the document, which name their unit
struct RealisedRow {
    realised_percent: String,
    residual_percent: String,
    residual_low_percent: Option<String>,
    residual_high_percent: Option<String>,
}

impl<'a> From<&'a EquityImpact> for EquityRow<'a> {
    fn from(row: &'a EquityImpact) -> Self {
        let range = row.residual_range();
        Self {
            asset: &row.asset.id,
            kind: row.kind.name(),
            method: row.method.as_str(),
            denominator_percent: row.denominator.map(percent),
            convexity_percent: row.convexity.map(percent),
            numerator_percent: row.numerator.map(percent),
            total_percent: percent(row.total),
            low_percent: row.range.map(|(low, _)| percent(low)),
            high_percent: row.range.map(|(_, high)| percent(high)),
            citation: &row.citation,
            realised: row.realised.zip(row.residual()).map(|(realised, residual)| RealisedRow {
                realised_percent: percent(realised),
                residual_percent: percent(residual),
                residual_low_percent: range.map(|(low, _)| percent(low)),
                residual_high_percent: range.map(|(_, high)| percent(high)),
            }),
        }
    }
}

/// What the figures take of an asset.
#[derive(Serialize)]
struct AssetRow<'a> {
    asset: &'a str,
    name: &'a str,
    payout_yield_percent: Option<String>,
    macaulay_years: String,
    modified_years: String,
    effective_years: String,
    convexity: String,
    forward_buckets: Vec<DurationRow>,
    key_rate_durations: Vec<DurationRow>,
    input: String,
    source: &'a str,
    inputs: Vec<InputRow<'a>>,
    earnings_change_percent: Option<String>,
    margin_change_points: Option<String>,
}

/// The duration to one bucket of forward rates, up to a tenor or beyond all, or to one zero rate.
#[derive(Serialize)]
struct DurationRow {
    tenor: Option<String>,
    years: String,
}

impl DurationRow {
    /// By maturity; what has none lies beyond the last.
    fn rows(years: Vec<f64>) -> Vec<Self> {
        let tenors = Tenor::STANDARD.iter().map(|tenor| Some(tenor.to_string())).chain([None]);
        tenors.zip(years).map(|(tenor, years)| Self { tenor, years: float(years) }).collect()
    }
}

#[derive(Serialize)]
struct InputRow<'a> {
    name: &'static str,
    value: Option<String>,
    input: Option<String>,
    source: Option<&'a str>,
}

impl<'a> AssetRow<'a> {
    fn new(asset: &'a AssetProfile, study: &Sensitivity) -> Self {
        let (flows, half_life, shift) = (&asset.cash_flows, study.half_life(), study.shift().total());
        let financing = asset.inputs.financing().ok();
        let payout_yield = match flows {
            CashFlows::Gordon(gordon) => Some(exact(gordon.payout_yield().percent())),
            _ => None,
        };
        let input = |(name, input): (&'static str, Option<&'a Input>)| InputRow {
            name,
            value: input.map(|input| float(input.value)),
            input: input.map(|input| input.kind.to_string()),
            source: input.and_then(|input| input.source.as_deref()),
        };
        Self {
            asset: &asset.id,
            name: &asset.name,
            payout_yield_percent: payout_yield,
            macaulay_years: float(flows.macaulay_duration()),
            modified_years: float(flows.modified_duration().years()),
            effective_years: float(flows.effective_duration(half_life).years()),
            convexity: float(flows.convexity()),
            forward_buckets: DurationRow::rows(flows.forward_buckets(&Tenor::STANDARD)),
            key_rate_durations: DurationRow::rows(flows.key_rate_durations(&Tenor::STANDARD)),
            input: asset.input.to_string(),
            source: &asset.source,
            inputs: asset.inputs.iter().map(input).collect(),
            earnings_change_percent: financing.map(|financing| percent(financing.earnings_change(shift))),
            margin_change_points: financing.and_then(|financing| financing.margin_change(shift)).map(percent),
        }
    }
}

/// How a method shifts the zero rates.
#[derive(Serialize)]
struct FormulaRow {
    method: MethodId,
    formula: String,
}

impl From<&CurveResponse> for FormulaRow {
    fn from(response: &CurveResponse) -> Self {
        Self { method: response.method.id(), formula: response.method.formula() }
    }
}

#[derive(Serialize)]
struct EquityDocument<'a> {
    schema: &'static str,
    as_of: String,
    meeting: String,
    effective: String,
    shift_bp: String,
    shift_bp_exact: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<SnapshotName<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<SnapshotName<'a>>,
    numerator: &'static str,
    assets: Vec<AssetRow<'a>>,
    curve: Vec<CurveRow>,
    equity: Vec<EquityRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    formulas: Option<Vec<FormulaRow>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    derivations: Option<Vec<String>>,
    illustrative: bool,
    warnings: Vec<String>,
}

/// What a shift does to the curve and to equities, `fedpath.equity/1`; of two snapshots, where the shift comes from.
///
/// # Errors
/// Where `out` cannot be written.
pub fn equity(
    study: &Sensitivity,
    story: Option<(&Repricing, &Telling<'_>)>,
    explain: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let shift = study.shift();
    let step = shift.steps().first();
    let assets = study.assets().map(|asset| AssetRow::new(asset, study));
    let document = EquityDocument {
        schema: "fedpath.equity/1",
        as_of: shift.valuation().to_string(),
        meeting: study.announcement().to_string(),
        effective: step.map_or(String::new(), |(date, _)| date.to_string()),
        shift_bp: step.map_or(String::new(), |(_, size)| exact(size.exact())),
        shift_bp_exact: step.map_or(String::new(), |(_, size)| size.exact().to_string()),
        before: story.map(|(story, told)| SnapshotName::new(story.before(), &told.before)),
        after: story.map(|(story, told)| SnapshotName::new(story.after(), &told.after)),
        numerator: study.earnings().id(),
        assets: assets.collect(),
        curve: curve_rows(study),
        equity: study.equity().iter().map(EquityRow::from).collect(),
        derivations: explain.then(|| equations(study)),
        formulas: explain.then(|| study.curve().iter().map(FormulaRow::from).collect()),
        illustrative: story.is_some_and(|(_, told)| told.is_illustrative()),
        warnings: story.map_or_else(
            || study.notices().iter().map(Notice::to_string).collect(),
            |(story, told)| told.warnings(story),
        ),
    };
    write(&document, out)
}
