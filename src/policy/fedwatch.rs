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
    meetings: &'a [Meeting],
    days: Vec<DayCount>,
    before: Vec<Option<Sourced>>,
    after: Vec<Option<Sourced>>,
    /// Why the rate before is not known.
    stopped: Vec<Option<UnpricedReason>>,
    /// Why the rate after is not known from the right.
    open: Vec<Option<OpenEnd>>,
}

impl<'a> Run<'a> {
    fn new(known: &'a Known<'a>, meetings: &'a [Meeting]) -> Self {
        let count = meetings.len();
        let days = meetings.iter().map(|meeting| DayCount::of(meeting, known.assumptions.decision_day)).collect();
        let (before, after) = (vec![None; count], vec![None; count]);
        Self { known, meetings, days, before, after, stopped: vec![None; count], open: vec![None; count] }
    }

    fn solve(mut self, given: Option<Rate>, solution: &mut Solution) {
        self.start(given);
        self.right_to_left();
        self.left_to_right();
        self.report(solution);
    }

    /// The rate before the first meeting, where it comes from outside the run.
    fn start(&mut self, given: Option<Rate>) {
        let previous = self.meetings[0].month().previous();
        if let Some(rate) = given {
            self.before[0] = Some((rate, RateSource::Given));
        } else if self.known.already_moved(&self.meetings[0]) {
            // Neither the month before nor the own contract knows the rate that the move left.
            self.stopped[0] = Some(UnpricedReason::RateAlreadyMoved(self.meetings[0].month()));
        } else if self.known.role(previous) == MonthRole::Anchor {
            match self.known.average(previous) {
                Ok(rate) => self.before[0] = Some((rate, RateSource::Anchor(previous))),
                Err(reason) => self.stopped[0] = Some(reason),
            }
        }
    }

    fn right_to_left(&mut self) {
        let last = self.meetings.len() - 1;
        match self.right_end(self.meetings[last].month().next()) {
            Ok(rate) => self.after[last] = Some(rate),
            Err(end) => self.open[last] = Some(end),
        }
        for i in (0..=last).rev() {
            if i < last {
                match (&self.before[i + 1], self.stopped[i + 1]) {
                    (Some((rate, _)), _) => self.after[i] = Some((rate.clone(), RateSource::NextMeeting)),
                    (None, Some(UnpricedReason::MissingContract(month))) => self.open[i] = Some(OpenEnd::Hole(month)),
                    (None, Some(UnpricedReason::StripEnds(month))) => self.open[i] = Some(OpenEnd::Strip(month)),
                    (None, _) => self.open[i] = self.open[i + 1].or(Some(OpenEnd::Chain)),
                }
            }
            if self.before[i].is_none() && self.stopped[i].is_none() {
                self.solve_backward(i);
            }
        }
    }

    fn solve_backward(&mut self, i: usize) {
        let Some((after, _)) = &self.after[i] else { return };
        match self.by_own_contract(i, |average| self.days[i].rate_before(average, after)) {
            Ok(rate) => self.before[i] = Some((rate, RateSource::OwnContract)),
            Err(reason) => self.stopped[i] = Some(reason),
        }
    }

    /// For meetings with nothing known on the right.
    fn left_to_right(&mut self) {
        for i in 0..self.meetings.len() {
            if i > 0
                && self.before[i].is_none()
                && let Some((rate, RateSource::OwnContract)) = &self.after[i - 1]
            {
                self.before[i] = Some((rate.clone(), RateSource::PreviousMeeting));
            }
            if self.after[i].is_some() || matches!(self.open[i], Some(OpenEnd::Hole(_))) {
                continue;
            }
            let Some((before, _)) = &self.before[i] else { continue };
            match self.by_own_contract(i, |average| self.days[i].rate_after(average, before)) {
                Ok(rate) => self.after[i] = Some((rate, RateSource::OwnContract)),
                Err(reason) => self.stopped[i] = Some(reason),
            }
        }
    }

    /// One of a month's two rates, by `solve` from the average of its contract.
    fn by_own_contract(&self, i: usize, solve: impl Fn(&Rate) -> Option<Rate>) -> Result<Rate, UnpricedReason> {
        let (meeting, month) = (&self.meetings[i], self.meetings[i].month());
        if self.known.already_moved(meeting) {
            // With a rate before from outside, it is the rate after that nothing else gives.
            let given = self.before[i].is_some();
            let reason = if given { UnpricedReason::NoAnchor } else { UnpricedReason::RateAlreadyMoved(month) };
            return Err(reason);
        }
        solve(&self.known.average(month)?).ok_or(UnpricedReason::NoDaysToSolve(month))
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
        let convention = self.known.assumptions.decision_day;
        let rates = self.before.into_iter().zip(self.after);
        // The meetings solved forward, first and last, and what ended on their right.
        let mut forward: Option<(NaiveDate, NaiveDate, OpenEnd)> = None;
        for (i, (meeting, rates)) in self.meetings.iter().zip(rates).enumerate() {
            if let (Some(before), Some(after)) = rates {
                if let (RateSource::OwnContract, Some(end)) = (after.1, self.open[i]) {
                    let first = forward.map_or(meeting.announcement(), |(first, _, _)| first);
                    forward = Some((first, meeting.announcement(), end));
                }
                let step = MeetingStep::new(*meeting, convention, before, after);
                if step.expected_moves().abs() > Fraction::integer(1000) {
                    solution.unpriced.push(Unpriced { meeting: *meeting, reason: UnpricedReason::BeyondAnyRate });
                } else {
                    solution.steps.push(step);
                }
            } else {
                let reason = self.stopped[i].unwrap_or(match self.open[i] {
                    Some(OpenEnd::Hole(month)) => UnpricedReason::MissingContract(month),
                    Some(OpenEnd::Strip(month)) => UnpricedReason::StripEnds(month),
                    _ => UnpricedReason::NoAnchor,
                });
                solution.unpriced.push(Unpriced { meeting: *meeting, reason });
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
