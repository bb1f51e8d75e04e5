//! What a shift does to the curve and to equities: `fedpath.equity/1`, and its rows in other documents.

use std::io::{self, Write};

use serde::Serialize;

use super::super::Telling;
use super::super::number::{exact, float};
use super::reprice::SnapshotName;
use super::write;
use crate::equity::{AssetProfile, EquityImpact};
use crate::notice::Notice;
use crate::reprice::Repricing;
use crate::sensitivity::Sensitivity;
use crate::term::Tenor;

/// A fraction as percent.
fn percent(fraction: f64) -> String {
    float(100.0 * fraction)
}

#[derive(Serialize)]
pub(super) struct CurveRow<'a> {
    tenor: String,
    method: &'a str,
    shift_bp: String,
}

/// The shift of the zero rates by every method.
pub(super) fn curve_rows(study: &Sensitivity) -> Vec<CurveRow<'_>> {
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
            method: &row.method,
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
    duration_years: String,
    input: String,
    source: &'a str,
    inputs: Vec<InputRow<'a>>,
}

#[derive(Serialize)]
struct InputRow<'a> {
    name: &'static str,
    value: Option<String>,
    input: Option<String>,
    source: Option<&'a str>,
}

impl<'a> From<&'a AssetProfile> for AssetRow<'a> {
    fn from(asset: &'a AssetProfile) -> Self {
        let payout_yield = match &asset.cash_flows {
            crate::equity::CashFlows::Gordon(gordon) => Some(exact(gordon.payout_yield().percent())),
            _ => None,
        };
        let input = |(name, input): (&'static str, Option<&'a crate::equity::Input>)| InputRow {
            name,
            value: input.map(|input| float(input.value)),
            input: input.map(|input| input.kind.to_string()),
            source: input.and_then(|input| input.source.as_deref()),
        };
        Self {
            asset: &asset.id,
            name: &asset.name,
            payout_yield_percent: payout_yield,
            duration_years: float(asset.cash_flows.macaulay_duration()),
            input: asset.input.to_string(),
            source: &asset.source,
            inputs: asset.inputs.iter().map(input).collect(),
        }
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
    assets: Vec<AssetRow<'a>>,
    curve: Vec<CurveRow<'a>>,
    equity: Vec<EquityRow<'a>>,
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
    out: &mut dyn Write,
) -> io::Result<()> {
    let shift = study.shift();
    let step = shift.steps().first();
    let assets = study.equity().chunk_by(|a, b| a.asset.id == b.asset.id).map(|rows| AssetRow::from(&rows[0].asset));
    let document = EquityDocument {
        schema: "fedpath.equity/1",
        as_of: shift.valuation().to_string(),
        meeting: study.announcement().to_string(),
        effective: step.map_or(String::new(), |(date, _)| date.to_string()),
        shift_bp: step.map_or(String::new(), |(_, size)| exact(size.exact())),
        shift_bp_exact: step.map_or(String::new(), |(_, size)| size.exact().to_string()),
        before: story.map(|(story, told)| SnapshotName::new(story.before(), &told.before)),
        after: story.map(|(story, told)| SnapshotName::new(story.after(), &told.after)),
        assets: assets.collect(),
        curve: curve_rows(study),
        equity: study.equity().iter().map(EquityRow::from).collect(),
        illustrative: story.is_some_and(|(_, told)| told.is_illustrative()),
        warnings: story.map_or_else(
            || study.notices().iter().map(Notice::to_string).collect(),
            |(story, told)| told.warnings(story),
        ),
    };
    write(&document, out)
}
