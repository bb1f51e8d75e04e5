//! The bounds of a meeting's figures, inside `fedpath.probs/1`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::super::Selection;
use super::super::bounds::{BoundedRow, Bounds, End};
use super::super::number::exact;
use super::snapshot;
use crate::market::calendar::TargetRange;
use crate::outlook::{Event, MeetingOutlook, View};

/// The outcome table with the bounds of every figure: `fedpath.probs/1`, with `bounds` in each meeting.
///
/// # Errors
/// Where `out` cannot be written.
pub fn bounds(bounds: &Bounds<'_>, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    snapshot::probs_between(bounds.outlook(), Some(bounds), selection, out)
}

/// The bounds of one meeting.
#[derive(Serialize)]
pub(super) struct MeetingBounds {
    given: &'static str,
    told: String,
    rate_after_low_percent: Option<String>,
    rate_after_high_percent: Option<String>,
    ease: BoundsRow,
    hold: BoundsRow,
    hike: BoundsRow,
    outcomes: Vec<OutcomeBoundsRow>,
}

#[derive(Serialize)]
struct BoundsRow {
    low: EndRow,
    high: EndRow,
}

#[derive(Serialize)]
struct OutcomeBoundsRow {
    lower_bp: i64,
    upper_bp: i64,
    #[serde(flatten)]
    bounds: BoundsRow,
}

#[derive(Serialize)]
struct EndRow {
    probability: String,
    probability_exact: String,
    attained: bool,
    /// The prices that give the end, where they are not the quoted ones.
    prices: BTreeMap<String, String>,
}

impl From<&End> for EndRow {
    fn from(end: &End) -> Self {
        Self {
            probability: exact(end.probability.exact()),
            probability_exact: end.probability.exact().to_string(),
            attained: end.attained,
            prices: end.at.iter().map(|(contract, price)| (contract.to_string(), exact(price))).collect(),
        }
    }
}

impl From<&BoundedRow> for BoundsRow {
    fn from(row: &BoundedRow) -> Self {
        Self { low: EndRow::from(&row.low), high: EndRow::from(&row.high) }
    }
}

impl MeetingBounds {
    pub(super) fn new(bounds: &Bounds<'_>, meeting: &MeetingOutlook, view: View, target: TargetRange) -> Option<Self> {
        let rate = bounds.rate_after(meeting);
        let rows = bounds.rows(meeting, view)?;
        let outcome = |row: &BoundedRow| {
            let Event::Moves(moves) = row.event else { return None };
            let range = target.moved(moves);
            let (lower_bp, upper_bp) = (range.lower_bp(), range.upper_bp());
            Some(OutcomeBoundsRow { lower_bp, upper_bp, bounds: BoundsRow::from(row) })
        };
        let [ease, hold, hike] = rows.sides.each_ref().map(BoundsRow::from);
        Some(Self {
            given: bounds.id(),
            told: bounds.told(),
            rate_after_low_percent: rate.as_ref().map(|rate| exact(&rate.low)),
            rate_after_high_percent: rate.as_ref().map(|rate| exact(&rate.high)),
            ease,
            hold,
            hike,
            outcomes: rows.outcomes.iter().filter_map(outcome).collect(),
        })
    }
}
