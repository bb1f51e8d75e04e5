//! The FedWatch rule: a triangular choice of contracts, solved exactly.
//!
//! With `A` the implied average of a contract, `N` and `M` the days of the meeting's month before and after the
//! change, `D = N + M`, the rate after a meeting is the average of the next month if that month has no meeting,
//! else the rate before the next month's meeting; the rate before is the average of the previous month if that
//! month has no meeting, else `(D A - M after) / N` from the meeting's own contract. Consecutive meeting months
//! are therefore solved from right to left; where nothing is known on the right (the chain, the calendar or the
//! quotes end) they are solved from left to right, `after = (D A - N before) / M`.
//!
//! Source: CME Group, Understanding the CME Group FedWatch Tool Methodology; the day count and the chain of
//! nine meetings as in CME's published tables since 2024.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::known::{Known, MonthRole};
use super::{
    Assumptions, DayCount, MeetingStep, Method, PolicyError, PolicyPath, RateSource, StartRate, Unpriced,
    UnpricedReason, fit,
};
use crate::calendar::{Meeting, TargetRange};
use crate::contract::ContractMonth;
use crate::notice::Notice;
use crate::strip::Strip;
use crate::units::{Fraction, Rate};

impl PolicyPath {
    /// Solves a strip by the rule of [`Assumptions::method`].
    ///
    /// # Errors
    /// [`PolicyError`]: no meeting or no target range for the valuation date, two decisions in one month, a
    /// contract missing amid the strip, or no way to price any meeting. A strip that only ends early prices the
    /// meetings it reaches; the others are in [`PolicyPath::unpriced`].
    pub fn solve(strip: &Strip, assumptions: &Assumptions) -> Result<Self, PolicyError> {
        match assumptions.method {
            Method::FedWatch => solve(strip, assumptions),
        }
    }
}

fn solve(strip: &Strip, assumptions: &Assumptions) -> Result<PolicyPath, PolicyError> {
    let known = Known { strip, assumptions, as_of: strip.as_of() };
    let chain = known.chain()?;
    let target = known.target()?;
    let mut solution = Solution::default();
    let mut given = match &assumptions.start_rate {
        StartRate::Given(rate) => Some(rate.clone()),
        StartRate::Anchor => None,
    };
    for run in chain.chunk_by(|a, b| a.month().next() == b.month()) {
        // Only the first meeting starts from today's rate.
        Run::new(&known, run).solve(given.take(), &mut solution);
    }
    solution.into_path(&known, target, chain.len())
}

/// Why nothing is known on the right of a run of meeting months.
#[derive(Clone, Copy)]
enum OpenEnd {
    /// The next month has a meeting that the chain does not hold, or the run's own contracts say nothing.
    Chain,
    /// The next month lies beyond the calendar.
    Calendar,
    /// The quotes end before this contract.
    Strip(ContractMonth),
    /// A contract on the right is missing amid the strip: no reason to solve forward.
    Hole(ContractMonth),
}

type Sourced = (Rate, RateSource);

/// Consecutive meeting months, each with one meeting.
struct Run<'a> {
    known: &'a Known<'a>,
    nodes: Vec<Node>,
}

/// One meeting of a run, and what is known of its rates so far.
struct Node {
    meeting: Meeting,
    days: DayCount,
    before: Option<Sourced>,
    after: Option<Sourced>,
    /// Why the rate before is not known, or the rate after not from the left.
    stopped: Option<UnpricedReason>,
    /// Why the rate after is not known from the right.
    open: Option<OpenEnd>,
}

impl<'a> Run<'a> {
    fn new(known: &'a Known<'a>, meetings: &[Meeting]) -> Self {
        let node = |meeting: &Meeting| {
            let days = DayCount::of(meeting, known.assumptions.decision_day);
            Node { meeting: *meeting, days, before: None, after: None, stopped: None, open: None }
        };
        Self { known, nodes: meetings.iter().map(node).collect() }
    }

    fn solve(mut self, given: Option<Rate>, solution: &mut Solution) {
        self.start(given);
        self.right_to_left();
        self.left_to_right();
        self.report(solution);
    }

    /// The rate before the first meeting, where it comes from outside the run.
    fn start(&mut self, given: Option<Rate>) {
        let Some(first) = self.nodes.first_mut() else { return };
        let previous = first.meeting.month().previous();
        if let Some(rate) = given {
            first.before = Some((rate, RateSource::Given));
        } else if self.known.already_moved(&first.meeting) {
            // Neither the month before nor the own contract knows the rate that the move left.
            first.stopped = Some(UnpricedReason::RateAlreadyMoved(first.meeting.month()));
        } else if self.known.role(previous) == MonthRole::Anchor {
            match self.known.average(previous) {
                Ok(rate) => first.before = Some((rate, RateSource::Anchor(previous))),
                Err(reason) => first.stopped = Some(reason),
            }
        }
    }

    /// `after` is the rate before the next meeting, `before = (D A - M after) / N`.
    fn right_to_left(&mut self) {
        let end = self.nodes.last().map(|last| self.right_end(last.meeting.month().next()));
        let mut right = end.unwrap_or(Err(OpenEnd::Chain));
        for node in self.nodes.iter_mut().rev() {
            match right {
                Ok(rate) => node.after = Some(rate),
                Err(end) => node.open = Some(end),
            }
            if let (None, None, Some((after, _))) = (&node.before, node.stopped, &node.after) {
                match node.own_average(self.known).map(|average| node.days.rate_before(&average, after)) {
                    Ok(Some(rate)) => node.before = Some((rate, RateSource::OwnContract)),
                    Ok(None) => node.stopped = Some(UnpricedReason::NoDaysToSolve(node.meeting.month())),
                    Err(reason) => node.stopped = Some(reason),
                }
            }
            right = match (&node.before, node.stopped) {
                (Some((rate, _)), _) => Ok((rate.clone(), RateSource::NextMeeting)),
                (None, Some(UnpricedReason::MissingContract(month))) => Err(OpenEnd::Hole(month)),
                (None, Some(UnpricedReason::StripEnds(month))) => Err(OpenEnd::Strip(month)),
                (None, _) => Err(node.open.unwrap_or(OpenEnd::Chain)),
            };
        }
    }

    /// `before` is the rate after the previous meeting, `after = (D A - N before) / M`: for meetings with nothing known
    /// on the right.
    fn left_to_right(&mut self) {
        let mut left: Option<Rate> = None;
        for node in &mut self.nodes {
            if let (None, Some(rate)) = (&node.before, left.take()) {
                node.before = Some((rate, RateSource::PreviousMeeting));
            }
            if node.after.is_some() || matches!(node.open, Some(OpenEnd::Hole(_))) {
                continue;
            }
            let Some((before, _)) = &node.before else { continue };
            match node.own_average(self.known).map(|average| node.days.rate_after(&average, before)) {
                Ok(Some(rate)) => {
                    left = Some(rate.clone());
                    node.after = Some((rate, RateSource::OwnContract));
                }
                Ok(None) => node.stopped = Some(UnpricedReason::NoDaysToSolve(node.meeting.month())),
                Err(reason) => node.stopped = Some(reason),
            }
        }
    }

    /// What the month after the run says of the rate after it.
    fn right_end(&self, next: ContractMonth) -> Result<Sourced, OpenEnd> {
        match self.known.role(next) {
            MonthRole::Anchor => match self.known.average(next) {
                Ok(rate) => Ok((rate, RateSource::Anchor(next))),
                Err(UnpricedReason::MissingContract(month)) => Err(OpenEnd::Hole(month)),
                Err(_) => Err(OpenEnd::Strip(next)),
            },
            MonthRole::Unknown => Err(OpenEnd::Calendar),
            MonthRole::Meeting | MonthRole::Moved => Err(OpenEnd::Chain),
        }
    }

    fn report(self, solution: &mut Solution) {
        // The meetings solved forward, first and last, and what ended on their right.
        let mut forward: Option<(NaiveDate, NaiveDate, OpenEnd)> = None;
        for node in self.nodes {
            let (meeting, reason) = (node.meeting, node.reason());
            let (Some(before), Some(after)) = (node.before, node.after) else {
                solution.unpriced.push(Unpriced { meeting, reason });
                continue;
            };
            if let (RateSource::OwnContract, Some(end)) = (after.1, node.open) {
                let first = forward.map_or(meeting.announcement(), |(first, _, _)| first);
                forward = Some((first, meeting.announcement(), end));
            }
            let step = MeetingStep::new(meeting, node.days, before, after);
            if step.expected_moves().abs() > Fraction::integer(1000) {
                solution.unpriced.push(Unpriced { meeting, reason: UnpricedReason::BeyondAnyRate });
            } else {
                solution.steps.push(step);
            }
        }
        let missing = self.known.strip.last_contract().map(ContractMonth::next);
        solution.notices.extend(forward.and_then(|(first, last, end)| match end {
            OpenEnd::Strip(_) => missing.map(|missing| Notice::StripEnds { first, last, missing }),
            OpenEnd::Calendar => {
                let (_, end) = self.known.assumptions.calendar.span();
                Some(Notice::CalendarEnds { first, last, end })
            }
            // The chain ends in every published table, and a hole is told as such.
            OpenEnd::Chain | OpenEnd::Hole(_) => None,
        }));
    }
}

impl Node {
    /// The average of the meeting's own month, where it averages two rates only.
    fn own_average(&self, known: &Known<'_>) -> Result<Rate, UnpricedReason> {
        let month = self.meeting.month();
        match (known.already_moved(&self.meeting), &self.before) {
            (false, _) => known.average(month),
            (true, None) => Err(UnpricedReason::RateAlreadyMoved(month)),
            // With a rate before from outside, it is the rate after that nothing else gives.
            (true, Some(_)) => Err(UnpricedReason::NoAnchor),
        }
    }

    /// Why the meeting has no price, should it have none.
    fn reason(&self) -> UnpricedReason {
        self.stopped.unwrap_or(match self.open {
            Some(OpenEnd::Hole(month)) => UnpricedReason::MissingContract(month),
            Some(OpenEnd::Strip(month)) => UnpricedReason::StripEnds(month),
            Some(OpenEnd::Chain | OpenEnd::Calendar) | None => UnpricedReason::NoAnchor,
        })
    }
}

/// All runs together.
#[derive(Default)]
struct Solution {
    steps: Vec<MeetingStep>,
    unpriced: Vec<Unpriced>,
    notices: Vec<Notice>,
}

impl Solution {
    fn into_path(self, known: &Known<'_>, target: TargetRange, chain: usize) -> Result<PolicyPath, PolicyError> {
        let mut seen = BTreeSet::new();
        let missing = self.unpriced.iter().filter_map(|unpriced| match unpriced.reason {
            UnpricedReason::MissingContract(month) if seen.insert(month) => {
                Some((month, unpriced.meeting.announcement()))
            }
            _ => None,
        });
        let missing: Vec<(ContractMonth, NaiveDate)> = missing.collect();
        if !missing.is_empty() {
            return Err(PolicyError::MissingContracts(missing));
        }
        if let (true, Some(first)) = (self.steps.is_empty(), self.unpriced.first()) {
            return Err(PolicyError::FirstMeetingUnpriced(first.meeting.announcement(), first.reason));
        }
        let mut notices = known.strip.notices().to_vec();
        notices.extend(target_assumed(known, target));
        notices.extend(self.steps.windows(2).filter_map(anchors_disagree));
        notices.extend(self.notices);
        let asked = known.assumptions.meeting_count;
        let priced = self.steps.len();
        if let Some(first) = self.unpriced.first() {
            let reason = format!("meeting of {}: {}", first.meeting.announcement(), first.reason);
            notices.push(Notice::FewerMeetings { asked, priced, reason });
        } else if chain < asked {
            let reason = format!("the calendar ends with {}", known.assumptions.calendar.span().1.words());
            notices.push(Notice::FewerMeetings { asked, priced, reason });
        }
        let contracts = fit::contracts(known, &self.steps);
        Ok(PolicyPath {
            as_of: known.as_of,
            target,
            method: Method::FedWatch,
            decision_day: known.assumptions.decision_day,
            steps: self.steps,
            unpriced: self.unpriced,
            contracts,
            notices,
        })
    }
}

/// The notice that two months between two meetings imply different rates.
fn anchors_disagree(pair: &[MeetingStep]) -> Option<Notice> {
    let [before, after] = pair else { return None };
    match (before.after_from, after.before_from) {
        (RateSource::Anchor(earlier), RateSource::Anchor(later)) if before.after != after.before => {
            Some(Notice::AnchorsDisagree { earlier, later, change: &after.before - &before.after })
        }
        _ => None,
    }
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
