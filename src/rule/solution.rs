//! [`Solution`]: the meetings of a chain, priced or not, on their way to a path.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::anchors::anchors_between;
use super::known::{Knowledge, Known};
use super::{
    ContractFit, JointFit, MeetingStep, PolicyError, PolicyPath, RateSource, Solved, Unpriced, UnpricedReason, fit,
};
use crate::market::calendar::{MeetingKind, TargetRange};
use crate::market::contract::ContractMonth;
use crate::notice::{Notice, Shortfall};
use crate::units::Fraction;

/// What a rule made of a chain.
#[derive(Default)]
pub(crate) struct Solution {
    pub(crate) steps: Vec<MeetingStep>,
    pub(crate) unpriced: Vec<Unpriced>,
    pub(crate) notices: Vec<Notice>,
    /// The contracts that least squares reads, each for its own part.
    pub(crate) together: BTreeSet<ContractMonth>,
    /// The months whose last rate comes from their own contract because the quotes or the calendar end.
    pub(crate) without_end: BTreeSet<ContractMonth>,
    /// The steps of a chain so long that none of them is provisional, where they are others than `steps`.
    pub(crate) firm: Option<Vec<MeetingStep>>,
    /// What the joint fit says beside, and the fit of the contracts that the fed funds rules do not know.
    pub(crate) joint: Option<(JointFit, Vec<ContractFit>)>,
}

impl Solution {
    /// Marks the meetings that rest on where the chain, the quotes or the calendar end, and keeps the steps that do not.
    /// `longer` is the run from `run_start` on, solved with every meeting that a longer chain has in it.
    pub(crate) fn mark_provisional(&mut self, run_start: NaiveDate, longer: impl FnOnce() -> Self) {
        if self.steps.iter().all(|step| step.solved() != Solved::Forward) {
            return;
        }
        let longer = longer();
        for step in &mut self.steps {
            step.provisional = if step.announcement() < run_start {
                self.without_end.contains(&step.contract())
            } else {
                match longer.steps.iter().find(|other| other.meeting == step.meeting) {
                    Some(other) => other.after != step.after || longer.without_end.contains(&other.contract()),
                    None => step.solved() == Solved::Forward,
                }
            };
        }
        if self.steps.iter().any(|step| step.provisional) {
            let earlier = self.steps.iter().take_while(|step| step.announcement() < run_start);
            let stands = |step: &&MeetingStep| !longer.without_end.contains(&step.contract());
            let run = longer.steps.iter().take_while(stands);
            self.firm = Some(earlier.take_while(|step| !step.provisional).chain(run).cloned().collect());
        }
    }

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
        notices.extend(target_assumed(&known.knowledge, target));
        notices.extend(known.knowledge.announced_today.filter(|announced| *announced != target).map(|announced| {
            // The prices of the day know of the move; the range in force does not yet.
            Notice::MovedToday { range: target, announced }
        }));
        notices.extend(fixings_gap(known));
        notices.extend(self.steps.iter().filter_map(|step| realised_anchor(known, step)));
        notices.extend(anchors_between(&self.steps, &self.unpriced).filter_map(|pair| anchors_disagree(known, pair)));
        notices.extend(projected(&self.steps));
        notices.extend(self.notices);
        let asked = known.assumptions.chain;
        let priced = self.steps.len();
        if let Some((meeting, reason)) = gaps.first().copied() {
            let reason = Shortfall::Unpriced { meeting, reason };
            notices.push(Notice::FewerMeetings { asked, priced, reason });
        } else if chain < asked {
            let reason = Shortfall::CalendarEnds(known.schedule().span().1);
            notices.push(Notice::FewerMeetings { asked, priced, reason });
        }
        let mut contracts = fit::contracts(known, &self.steps, &self.together);
        let joint = self.joint.map(|(mut joint, others)| {
            contracts.extend(others);
            joint.predict(&contracts);
            notices.extend(missed(&contracts));
            joint
        });
        Ok(PolicyPath {
            product: known.strip.product(),
            as_of: known.as_of,
            target,
            method: known.assumptions.method,
            decision_day: known.assumptions.decision_day,
            steps: self.steps,
            unpriced: self.unpriced,
            contracts,
            firm: self.firm,
            premia: known.assumptions.premia.clone(),
            notices,
            joint,
        })
    }
}

/// The notice that contracts which a joint fit reads are missed by more than a basis point.
fn missed(contracts: &[ContractFit]) -> Option<Notice> {
    let far = |fit: &&ContractFit| {
        fit.used && fit.residual.as_ref().is_some_and(|bp| bp.exact().abs() > Fraction::integer(1))
    };
    let far: Vec<&ContractFit> = contracts.iter().filter(far).collect();
    let most = far.iter().max_by_key(|fit| fit.residual.as_ref().map(|bp| bp.exact().abs()))?;
    Some(Notice::Missed { contract: most.contract, residual: most.residual.clone()?, count: far.len() })
}

/// The notice that the given fixings do not cover the days of the current month up to the valuation date.
fn fixings_gap(known: &Known<'_>) -> Option<Notice> {
    match known.realised()? {
        Err(UnpricedReason::NoFixing(day)) => Some(Notice::FixingMissing { day }),
        _ => None,
    }
}

/// The notice that a month's realised average stands for the settlement of its contract.
fn realised_anchor(known: &Known<'_>, step: &MeetingStep) -> Option<Notice> {
    match step.before_from {
        RateSource::Realised(month) => {
            Some(Notice::RealisedAnchor { contract: known.contract(month), average: step.before.clone() })
        }
        _ => None,
    }
}

/// The notice that two months between two meetings imply different rates.
fn anchors_disagree(
    known: &Known<'_>,
    [(earlier, before), (later, after)]: [(ContractMonth, &MeetingStep); 2],
) -> Option<Notice> {
    let change = &after.before - &before.after;
    (before.after != after.before).then(|| Notice::AnchorsDisagree {
        earlier: known.contract(earlier),
        later: known.contract(later),
        change,
    })
}

/// The notice that dates of meetings are projected.
fn projected(steps: &[MeetingStep]) -> Option<Notice> {
    let mut projected = steps.iter().filter(|step| step.meeting.kind() == MeetingKind::Projected);
    let first = projected.next()?.meeting.announcement();
    let last = projected.next_back().map_or(first, |last| last.meeting.announcement());
    Some(Notice::Projected { first, last })
}

/// The notice that a decision lies between the end of the target table and the valuation date.
fn target_assumed(knowledge: &Knowledge, range: TargetRange) -> Option<Notice> {
    let (known_to, decision) = knowledge.undecided?;
    Some(Notice::TargetAssumed { range, known_to, decision })
}
