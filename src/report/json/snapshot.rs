//! One snapshot: `fedpath.probs/1` and `fedpath.path/1`.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::super::number::{bound, exact};
use super::super::{Bounds, Selection};
use super::bounds::MeetingBounds;
use super::write;
use crate::explain::{Derivation, Step};
use crate::market::bank::CentralBank;
use crate::market::calendar::TargetRange;
use crate::notice::Notice;
use crate::outlook::{Distribution, MeetingOutlook, Outlook};
use crate::rule::{ContractFit, MeetingStep, PolicyPath};
use crate::units::{BasisPoints, Probability, Rate};

/// The rates before and after one meeting.
#[derive(Serialize)]
struct StepRow {
    meeting: String,
    effective: String,
    contract: String,
    solved: String,
    rate_before_percent: String,
    rate_after_percent: String,
    change_bp: String,
    expected_moves: String,
    expected_moves_exact: String,
    /// There for a provisional meeting alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    provisional: Option<bool>,
}

impl From<&MeetingStep> for StepRow {
    fn from(step: &MeetingStep) -> Self {
        let rate = |rate: &Rate| exact(rate.percent());
        Self {
            meeting: step.meeting.announcement().to_string(),
            effective: step.effective.to_string(),
            contract: step.contract().to_string(),
            solved: step.solved().to_string(),
            rate_before_percent: rate(&step.before),
            rate_after_percent: rate(&step.after),
            change_bp: exact(step.change().exact()),
            expected_moves: exact(&step.expected_moves()),
            expected_moves_exact: step.expected_moves().to_string(),
            provisional: step.provisional.then_some(true),
        }
    }
}

#[derive(Serialize)]
struct Outcome {
    lower_bp: i64,
    upper_bp: i64,
    probability: String,
    probability_exact: String,
}

#[derive(Serialize)]
struct LocalMove {
    move_bp: i64,
    probability: String,
    probability_exact: String,
}

#[derive(Serialize)]
pub(super) struct OutlookRow {
    #[serde(flatten)]
    step: StepRow,
    ease: String,
    hold: String,
    hike: String,
    outcomes: Vec<Outcome>,
    local: Vec<LocalMove>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bounds: Option<MeetingBounds>,
}

impl OutlookRow {
    pub(super) fn new(meeting: &MeetingOutlook, shown: &Distribution, target: TargetRange) -> Self {
        let outcome = |(moves, probability): (i64, Probability)| {
            let range = target.moved(moves);
            Outcome {
                lower_bp: range.lower_bp(),
                upper_bp: range.upper_bp(),
                probability: exact(probability.exact()),
                probability_exact: probability.exact().to_string(),
            }
        };
        let local = meeting.local.outcomes().map(|(moves, probability)| LocalMove {
            move_bp: CentralBank::FED.moves_bp(moves),
            probability: exact(probability.exact()),
            probability_exact: probability.exact().to_string(),
        });
        Self {
            step: StepRow::from(&meeting.step),
            ease: exact(shown.ease().exact()),
            hold: exact(shown.hold().exact()),
            hike: exact(shown.hike().exact()),
            outcomes: shown.outcomes().map(outcome).collect(),
            local: local.collect(),
            bounds: None,
        }
    }
}

#[derive(Serialize)]
pub(super) struct ContractRow {
    contract: String,
    price: String,
    used: bool,
    model_price: Option<String>,
    residual_bp: Option<String>,
    residual_ticks: Option<String>,
}

impl From<&ContractFit> for ContractRow {
    fn from(fit: &ContractFit) -> Self {
        Self {
            contract: fit.contract.month().to_string(),
            price: fit.price.to_string(),
            used: fit.used,
            model_price: fit.model_price().as_ref().map(exact),
            residual_bp: fit.residual.as_ref().map(BasisPoints::exact).map(exact),
            residual_ticks: fit.residual_ticks().as_ref().map(exact),
        }
    }
}

#[derive(Serialize)]
pub(super) struct UnpricedRow {
    meeting: String,
    reason: String,
}

impl UnpricedRow {
    pub(super) fn new(meeting: NaiveDate, reason: &impl std::fmt::Display) -> Self {
        Self { meeting: meeting.to_string(), reason: reason.to_string() }
    }
}

#[derive(Serialize)]
pub(super) struct DerivationRow {
    meeting: String,
    steps: Vec<StepText>,
}

#[derive(Serialize)]
pub(super) struct StepText {
    name: String,
    reason: String,
    expression: String,
    value: String,
    value_exact: String,
}

impl From<&Step> for StepText {
    fn from(step: &Step) -> Self {
        Self {
            name: step.name.clone(),
            reason: step.reason.clone(),
            expression: step.expression.to_string(),
            value: exact(&step.value()),
            value_exact: step.value().to_string(),
        }
    }
}

impl From<&Derivation> for DerivationRow {
    fn from(derivation: &Derivation) -> Self {
        Self { meeting: derivation.meeting.to_string(), steps: derivation.steps.iter().map(StepText::from).collect() }
    }
}

/// One snapshot: `fedpath.probs/1` and, without outcomes, `fedpath.path/1`.
#[derive(Serialize)]
struct SnapshotDocument<'a, Row> {
    schema: &'static str,
    as_of: String,
    target_lower_percent: String,
    target_upper_percent: String,
    method: &'static str,
    decision_day: String,
    source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    premia: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    view: Option<&'static str>,
    meetings: Vec<Row>,
    unpriced: Vec<UnpricedRow>,
    contracts: Vec<ContractRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    derivations: Option<Vec<DerivationRow>>,
    illustrative: bool,
    warnings: Vec<String>,
}

impl<'a, Row> SnapshotDocument<'a, Row> {
    fn new(schema: &'static str, path: &PolicyPath, selection: &Selection<'a>, meetings: Vec<Row>) -> Self {
        Self {
            schema,
            as_of: path.as_of().to_string(),
            target_lower_percent: bound(&path.target().lower()),
            target_upper_percent: bound(&path.target().upper()),
            method: path.method().id(),
            decision_day: path.decision_day().to_string(),
            source: selection.source.name,
            premia: (!path.premia().is_none()).then(|| path.premia().to_string()),
            view: None,
            meetings,
            unpriced: path
                .unpriced()
                .iter()
                .map(|gap| UnpricedRow::new(gap.meeting.announcement(), &gap.reason))
                .collect(),
            contracts: path.contracts().iter().map(ContractRow::from).collect(),
            derivations: None,
            illustrative: selection.source.illustrative,
            warnings: path.notices().iter().map(Notice::to_string).collect(),
        }
    }
}

/// The outcome table, `fedpath.probs/1`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn probs(outlook: &Outlook, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    probs_between(outlook, None, selection, out)
}

/// The outcome table, with bounds or without.
pub(super) fn probs_between(
    outlook: &Outlook,
    bounds: Option<&Bounds<'_>>,
    selection: &Selection<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let row = |meeting: &MeetingOutlook| OutlookRow {
        bounds: bounds.and_then(|bounds| MeetingBounds::new(bounds, meeting, selection.view, outlook.target())),
        ..OutlookRow::new(meeting, &meeting.distribution(selection.view), outlook.target())
    };
    let rows = selection.meetings(outlook).map(row).collect();
    let derivation = |meeting: &MeetingOutlook| outlook.derivation(meeting.step.meeting.announcement(), selection.view);
    let derivations = selection.meetings(outlook).filter_map(derivation);
    let document = SnapshotDocument {
        view: Some(selection.view.name()),
        unpriced: outlook.without_table().map(|(meeting, reason)| UnpricedRow::new(meeting, &reason)).collect(),
        derivations: selection.explain.then(|| derivations.map(|each| DerivationRow::from(&each)).collect()),
        ..SnapshotDocument::new("fedpath.probs/1", outlook.path(), selection, rows)
    };
    write(&document, out)
}

/// The path of expected rates and the fit of every contract, `fedpath.path/1`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn path(path: &PolicyPath, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    let derivation = |step: &MeetingStep| path.derivation(step.meeting.announcement());
    let derivations = selection.steps(path).filter_map(derivation);
    let rows = selection.steps(path).map(StepRow::from).collect();
    let document = SnapshotDocument {
        derivations: selection.explain.then(|| derivations.map(|each| DerivationRow::from(&each)).collect()),
        ..SnapshotDocument::new("fedpath.path/1", path, selection, rows)
    };
    write(&document, out)
}
