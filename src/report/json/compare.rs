//! One strip under several rules: `fedpath.compare/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::super::Selection;
use super::super::number::exact;
use super::snapshot::ContractRow;
use super::write;
use crate::notice::Notice;
use crate::outlook::{Comparison, MeetingOutlook};

#[derive(Serialize)]
struct CompareDocument<'a> {
    schema: &'static str,
    source: &'a str,
    view: &'static str,
    rules: Vec<RuleRow<'a>>,
    illustrative: bool,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct RuleRow<'a> {
    rule: &'static str,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    meetings: Vec<MeetingRow>,
    contracts: Vec<ContractRow>,
}

#[derive(Serialize)]
struct MeetingRow {
    meeting: String,
    rate_before_percent: String,
    rate_after_percent: String,
    expected_moves: String,
    ease: String,
    hold: String,
    hike: String,
}

/// The odds and the expected rate after each meeting under each rule, `fedpath.compare/1`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn compare(comparison: &Comparison, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    let meeting = |meeting: &MeetingOutlook| {
        let shown = meeting.distribution(selection.view);
        MeetingRow {
            meeting: meeting.step.meeting.announcement().to_string(),
            rate_before_percent: exact(meeting.step.before.percent()),
            rate_after_percent: exact(meeting.step.after.percent()),
            expected_moves: exact(&meeting.step.expected_moves()),
            ease: exact(shown.ease().exact()),
            hold: exact(shown.hold().exact()),
            hike: exact(shown.hike().exact()),
        }
    };
    let rules = comparison.rules.iter().map(|rule| RuleRow {
        rule: rule.id,
        reason: &rule.reason,
        error: rule.outlook.as_ref().err().map(ToString::to_string),
        meetings: rule
            .outlook
            .as_ref()
            .map(|outlook| selection.meetings(outlook).map(meeting).collect())
            .unwrap_or_default(),
        contracts: rule
            .outlook
            .as_ref()
            .map(|outlook| outlook.path().contracts().iter().map(ContractRow::from).collect())
            .unwrap_or_default(),
    });
    let first = comparison.rules.iter().find_map(|rule| rule.outlook.as_ref().ok());
    let notices = first.map(|outlook| outlook.path().notices()).unwrap_or_default();
    let document = CompareDocument {
        schema: "fedpath.compare/1",
        source: selection.source.name,
        view: selection.view.name(),
        rules: rules.collect(),
        illustrative: selection.source.illustrative,
        warnings: notices.iter().map(Notice::to_string).collect(),
    };
    write(&document, out)
}
