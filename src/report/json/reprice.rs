//! Two snapshots: `fedpath.reprice/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::super::number::{bound, exact};
use super::super::{Source, Telling};
use super::equity::{CurveRow, EquityRow, curve_rows, equations};
use super::snapshot::{DerivationRow, StepText};
use super::write;
use crate::outlook::{Outlook, View};
use crate::reprice::{MeetingShift, Repricing};

#[derive(Serialize)]
pub(super) struct SnapshotName<'a> {
    as_of: String,
    source: &'a str,
    target_lower_percent: String,
    target_upper_percent: String,
}

impl<'a> SnapshotName<'a> {
    pub(super) fn new(outlook: &Outlook, source: &Source<'a>) -> Self {
        Self {
            as_of: outlook.path().as_of().to_string(),
            source: source.name,
            target_lower_percent: bound(&outlook.target().lower()),
            target_upper_percent: bound(&outlook.target().upper()),
        }
    }
}

#[derive(Serialize)]
struct ShiftRow {
    meeting: String,
    ease_before: String,
    ease_after: String,
    hike_before: String,
    hike_after: String,
    expected_rate_shift_bp: String,
    cumulative_moves_before: String,
    cumulative_moves_after: String,
    /// There for a provisional meeting alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    provisional: Option<bool>,
}

impl From<&MeetingShift> for ShiftRow {
    fn from(shift: &MeetingShift) -> Self {
        let ((ease_before, ease_after), (hike_before, hike_after)) = (shift.ease(), shift.hike());
        Self {
            meeting: shift.announcement().to_string(),
            ease_before: exact(ease_before.exact()),
            ease_after: exact(ease_after.exact()),
            hike_before: exact(hike_before.exact()),
            hike_after: exact(hike_after.exact()),
            expected_rate_shift_bp: exact(shift.expected_rate_shift().exact()),
            cumulative_moves_before: exact(&shift.before.cumulative_moves),
            cumulative_moves_after: exact(&shift.after.cumulative_moves),
            provisional: shift.provisional().then_some(true),
        }
    }
}

#[derive(Serialize)]
struct RepriceDocument<'a> {
    schema: &'static str,
    before: SnapshotName<'a>,
    after: SnapshotName<'a>,
    meeting: String,
    decision_between: Option<String>,
    ease_before: String,
    ease_before_exact: String,
    ease_after: String,
    ease_after_exact: String,
    ease_change_points: String,
    expected_rate_shift_bp: String,
    expected_rate_shift_bp_exact: String,
    meetings: Vec<ShiftRow>,
    curve: Vec<CurveRow>,
    equity: Vec<EquityRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    derivations: Option<RepriceDerivations>,
    illustrative: bool,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct RepriceDerivations {
    before: Option<DerivationRow>,
    after: Option<DerivationRow>,
    shift: StepText,
    equity: Vec<String>,
}

/// Two snapshots and what changed, `fedpath.reprice/1`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn reprice(story: &Repricing, told: &Telling<'_>, out: &mut dyn Write) -> io::Result<()> {
    let headline = story.headline();
    let (ease_before, ease_after) = headline.ease();
    let shift = headline.expected_rate_shift();
    let derivation = |outlook: &Outlook| {
        outlook.derivation(headline.announcement(), View::Cumulative).as_ref().map(DerivationRow::from)
    };
    let document = RepriceDocument {
        schema: "fedpath.reprice/1",
        before: SnapshotName::new(story.before(), &told.before),
        after: SnapshotName::new(story.after(), &told.after),
        meeting: headline.announcement().to_string(),
        decision_between: story.decision_between().map(|date| date.to_string()),
        ease_before: exact(ease_before.exact()),
        ease_before_exact: ease_before.exact().to_string(),
        ease_after: exact(ease_after.exact()),
        ease_after_exact: ease_after.exact().to_string(),
        ease_change_points: exact(&headline.ease_change_points()),
        expected_rate_shift_bp: exact(shift.exact()),
        expected_rate_shift_bp_exact: shift.exact().to_string(),
        meetings: story.meetings().iter().map(ShiftRow::from).collect(),
        curve: curve_rows(story.sensitivity()),
        equity: story.equity().iter().map(EquityRow::from).collect(),
        derivations: told.explain.then(|| RepriceDerivations {
            before: derivation(story.before()),
            after: derivation(story.after()),
            shift: StepText::from(&story.derivation()),
            equity: equations(story.sensitivity()),
        }),
        illustrative: told.is_illustrative(),
        warnings: told.warnings(story),
    };
    write(&document, out)
}
