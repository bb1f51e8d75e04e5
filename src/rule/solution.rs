//! [`Solution`]: the meetings of a chain, priced or not, on their way to a path.

use chrono::NaiveDate;

use super::known::Known;
use super::least_squares::Together;
use super::{MeetingStep, PolicyError, PolicyPath, RateSource, Unpriced, UnpricedReason, fit};
use crate::market::calendar::{Meeting, MeetingKind, TargetRange};
use crate::market::contract::ContractMonth;
use crate::notice::Notice;

/// What a rule made of a chain.
#[derive(Default)]
pub(crate) struct Solution {
    pub(crate) steps: Vec<MeetingStep>,
    pub(crate) unpriced: Vec<Unpriced>,
    pub(crate) notices: Vec<Notice>,
    /// What least squares made of all contracts.
    pub(crate) together: Option<Together>,
}

impl Solution {
    pub(crate) fn into_path(
        self,
        known: &Known<'_>,
        target: TargetRange,
        chain: usize,
    ) -> Result<PolicyPath, PolicyError> {
        let gap = |unpriced: &Unpriced| (unpriced.meeting.announcement(), unpriced.reason);
        let gaps: Vec<(NaiveDate, UnpricedReason)> = self.unpriced.iter().map(gap).collect();
        if let Some((meeting, reason)) = gaps.first().copied() {
            if known.assumptions.strict {
                return Err(PolicyError::Gaps(gaps));
            }
            if self.steps.is_empty() {
                return Err(PolicyError::FirstMeetingUnpriced(meeting, reason));
            }
        }
        let mut notices = known.strip.notices().to_vec();
        notices.extend(target_assumed(known, target));
        notices.extend(known.announced_today().filter(|announced| *announced != target).map(|announced| {
            // The prices of the day know of the move; the range in force does not yet.
            Notice::MovedToday { range: target, announced }
        }));
        notices.extend(fixings_gap(known));
        notices.extend(self.steps.iter().filter_map(realised_anchor));
        notices.extend(anchors_between(&self.steps, &self.unpriced).filter_map(anchors_disagree));
        notices.extend(projected(&self.steps));
        notices.extend(self.notices);
        let asked = known.assumptions.meeting_count;
        let priced = self.steps.len();
        if let Some((meeting, reason)) = gaps.first() {
            let reason = format!("meeting of {meeting}: {reason}");
            notices.push(Notice::FewerMeetings { asked, priced, reason });
        } else if chain < asked {
            let reason = format!("the calendar ends with {}", known.assumptions.calendar.span().1.words());
            notices.push(Notice::FewerMeetings { asked, priced, reason });
        }
        let contracts = fit::contracts(known, &self.steps, self.together.as_ref());
        Ok(PolicyPath {
            as_of: known.as_of,
            target,
            method: known.assumptions.method,
            decision_day: known.assumptions.decision_day,
            steps: self.steps,
            unpriced: self.unpriced,
            contracts,
            together: self.together,
            realised: known.taken_out(),
            premia: known.assumptions.premia.clone(),
            notices,
        })
    }
}

/// The notice that the given fixings do not cover the days of the current month up to the valuation date.
fn fixings_gap(known: &Known<'_>) -> Option<Notice> {
    match known.realised()? {
        Err(UnpricedReason::NoFixing(day)) => Some(Notice::FixingMissing { day }),
        _ => None,
    }
}

/// The notice that a month's realised average stands for the settlement of its contract.
fn realised_anchor(step: &MeetingStep) -> Option<Notice> {
    match step.before_from {
        RateSource::Realised(contract) => Some(Notice::RealisedAnchor { contract, average: step.before.clone() }),
        _ => None,
    }
}

/// The steps of two meetings, one after the other, between which months without a meeting give both rates: each its own
/// month, which should imply the same.
pub(crate) fn anchors_between<'s>(
    steps: &'s [MeetingStep],
    unpriced: &'s [Unpriced],
) -> impl Iterator<Item = [(ContractMonth, &'s MeetingStep); 2]> {
    let anchors = move |pair: &'s [MeetingStep]| {
        let [before, after] = pair else { return None };
        // A meeting without a price between two meetings is what their anchors differ by.
        let between = |gap: &Unpriced| {
            let dates = [&before.meeting, &gap.meeting, &after.meeting].map(Meeting::announcement);
            dates.is_sorted()
        };
        match (before.after_from, after.before_from) {
            (RateSource::Anchor(earlier), RateSource::Anchor(later)) if !unpriced.iter().any(between) => {
                Some([(earlier, before), (later, after)])
            }
            _ => None,
        }
    };
    steps.windows(2).filter_map(anchors)
}

/// The notice that two months between two meetings imply different rates.
fn anchors_disagree([(earlier, before), (later, after)]: [(ContractMonth, &MeetingStep); 2]) -> Option<Notice> {
    let change = &after.before - &before.after;
    (before.after != after.before).then_some(Notice::AnchorsDisagree { earlier, later, change })
}

/// The notice that dates of meetings are projected.
fn projected(steps: &[MeetingStep]) -> Option<Notice> {
    let mut projected = steps.iter().filter(|step| step.meeting.kind() == MeetingKind::Projected);
    let first = projected.next()?.meeting.announcement();
    let last = projected.next_back().map_or(first, |last| last.meeting.announcement());
    Some(Notice::Projected { first, last })
}

/// The notice that a decision lies between the end of the target table and the valuation date.
fn target_assumed(known: &Known<'_>, range: TargetRange) -> Option<Notice> {
    if known.assumptions.target.is_some() {
        return None;
    }
    let known_to = known.assumptions.targets.stated_as_of();
    let mut expected = known.assumptions.calendar.expected_on(known.as_of);
    let between = |meeting: &&Meeting| meeting.announcement() > known_to && meeting.announcement() < known.as_of;
    let decision = expected.find(between)?.announcement();
    Some(Notice::TargetAssumed { range, known_to, decision })
}
