//! The FedWatch rule: a triangular choice of contracts, solved exactly.
//!
//! With `A` the implied average of a contract, `N` and `M` the days of the meeting's month before and after the
//! change, `D = N + M`, the rate after a meeting is the average of the next month if that month has no meeting,
//! else the rate before the next month's meeting; the rate before is the average of the previous month if that
//! month has no meeting, else `(D A - M after) / N` from the meeting's own contract. Consecutive meeting months
//! are therefore solved from right to left; where nothing is known on the right (the chain, the calendar or the
//! quotes end) they are solved from left to right, `after = (D A - N before) / M`. Of two decisions in one month the own
//! contract tells the rate between them, where its first and last rate come from elsewhere.
//!
//! Source: CME Group, Understanding the CME Group FedWatch Tool Methodology; the day count and the chain of
//! nine meetings as in CME's published tables since 2024.

use chrono::NaiveDate;

use super::equation::{Rated, assumed_rate, share_of_change};
use super::expression::Place;
use super::known::Known;
use super::solution::Solution;
use super::{MeetingStep, PolicyError, PolicyPath, RateSource, StartRate, Unpriced, UnpricedReason};
use crate::market::calendar::{Meeting, TargetRange};
use crate::market::contract::{Contract, ContractMonth};
use crate::notice::Notice;
use crate::schedule::MonthRole;
use crate::units::Fraction;

/// Solves a chain of meetings by the FedWatch rule.
pub(crate) fn solve(known: &Known<'_>) -> Result<PolicyPath, PolicyError> {
    let chain = known.chain()?;
    let target = known.target()?;
    let mut solution = solution(known, chain);
    if let Some(run_start) = runs(known, chain).last().map(Run::start_date) {
        solution.mark_provisional(run_start, || {
            let mut longer = Solution::default();
            if let Some(run) = runs(known, known.schedule().chain_and_run()).pop() {
                run.solve(&mut longer);
            }
            longer
        });
    }
    let chain = chain.len();
    solution.into_path(known, target, chain)
}

/// The meetings of a chain, priced or not.
fn solution(known: &Known<'_>, chain: &[Meeting]) -> Solution {
    let mut solution = Solution::default();
    for run in runs(known, chain) {
        run.solve(&mut solution);
    }
    solution
}

/// The steps that an outcome table has, those before the first gap, and the range that its moves are counted from; `None` where
/// there is no such step, or where other prices may have others.
pub(crate) fn steps_of_table(known: &Known<'_>) -> Option<(TargetRange, Vec<MeetingStep>)> {
    let target = known.target().ok()?;
    let Solution { mut steps, unpriced, .. } = solution(known, known.chain().ok()?);
    if let Some(gap) = unpriced.iter().min_by_key(|gap| gap.meeting.announcement()) {
        if known.assumptions.strict || gap.reason == UnpricedReason::BeyondAnyRate {
            return None;
        }
        steps.truncate(steps.iter().take_while(|step| step.announcement() < gap.meeting.announcement()).count());
    }
    (!steps.is_empty()).then_some((target, steps))
}

/// The runs of consecutive meeting months of a chain, in their order.
fn runs<'a>(known: &'a Known<'a>, chain: &'a [Meeting]) -> Vec<Run<'a>> {
    let nodes: Vec<Node<'a>> = chain.chunk_by(|a, b| a.month() == b.month()).filter_map(Node::new).collect();
    let mut runs: Vec<Run<'a>> = Vec::new();
    for node in nodes {
        match runs.last_mut() {
            Some(run) if run.nodes.last().is_some_and(|last| last.month.next() == node.month) => run.nodes.push(node),
            // Only the first meeting starts from today's rate.
            _ => runs.push(Run { known, starts_today: runs.is_empty(), nodes: vec![node] }),
        }
    }
    runs
}

/// Why nothing is known on the right of a run of meeting months.
#[derive(Clone, Copy)]
enum OpenEnd {
    /// The next month has a meeting that the chain does not hold, or the run's own contracts say nothing.
    Chain,
    /// The next month lies beyond the calendar.
    Calendar,
    /// The quotes end before this contract.
    Strip(Contract),
    /// A contract on the right is missing amid the strip: no reason to solve forward.
    Hole(Contract),
}

/// Consecutive months with meetings.
struct Run<'a> {
    known: &'a Known<'a>,
    starts_today: bool,
    nodes: Vec<Node<'a>>,
}

/// The decisions of one month of a run, mostly one, and what is known of the rates before and after them so far.
struct Node<'a> {
    month: ContractMonth,
    decisions: &'a [Meeting],
    /// Before its first decision.
    opening: Place,
    /// After its last.
    closing: Place,
    before: Option<Rated>,
    after: Option<Rated>,
    /// Why the rate before is not known, or the rate after not from the left.
    stopped: Option<UnpricedReason>,
    /// Why the rate after is not known from the right.
    open: Option<OpenEnd>,
}

impl Run<'_> {
    /// Its first decision.
    fn start_date(&self) -> NaiveDate {
        self.nodes.first().map_or(NaiveDate::MAX, |first| first.opening.meeting)
    }

    fn solve(mut self, solution: &mut Solution) {
        self.start();
        self.right_to_left();
        self.left_to_right();
        self.report(solution);
    }

    /// The rate before the first meeting, where it comes from outside the run.
    fn start(&mut self) {
        let Some(first) = self.nodes.first_mut() else { return };
        let (known, month, place) = (self.known, first.month, first.opening);
        let stated = match &known.assumptions.start_rate {
            StartRate::Given(rate) if self.starts_today => {
                Some(Ok(Rated::number(place, RateSource::Given, rate.exact().clone())))
            }
            StartRate::Fixings if self.starts_today => known.start_from_fixings(place, month),
            _ => None,
        };
        let start = match (stated, known.role(month.previous())) {
            (Some(stated), _) => Some(stated),
            // Neither the month before nor the whole own contract knows the rate that the move left.
            (None, _) if known.schedule().already_moved(month) => None,
            (None, MonthRole::Anchor) => Some(known.anchor(place, month.previous())),
            (None, MonthRole::Moved) if month.previous() == known.spot() && known.fixings().is_some() => {
                Some(known.rest_of_month(place))
            }
            (None, MonthRole::Moved) => known.start_after_move(place, month, first.decisions),
            (None, _) => None,
        };
        match start {
            Some(Ok(rate)) => first.before = Some(rate),
            Some(Err(reason)) => first.stopped = Some(reason),
            None => {}
        }
    }

    /// `after` is the rate before the next meeting, `before = (D A - M after) / N`.
    fn right_to_left(&mut self) {
        let end = self.nodes.last().map(|last| self.right_end(last.closing, last.month.next()));
        let mut right = end.unwrap_or(Err(OpenEnd::Chain));
        for position in (0..self.nodes.len()).rev() {
            // The rate after the meeting before is the rate before this one.
            let earlier = position.checked_sub(1).map(|earlier| self.nodes[earlier].closing);
            let node = &mut self.nodes[position];
            match right {
                Ok(rate) => node.after = Some(rate),
                Err(end) => node.open = Some(end),
            }
            if let (None, None, Some(after)) = (&node.before, node.stopped, &node.after) {
                let own = self.known.equation(node.month, node.decisions);
                match own.and_then(|own| own.rate_before(node.opening, after, self.known.assumptions.between)) {
                    Ok(rate) => node.before = Some(rate),
                    Err(reason) => node.stopped = Some(reason),
                }
            }
            right = match (&node.before, earlier, node.stopped) {
                (Some(rate), Some(place), _) => {
                    Ok(Rated::same_as(place, RateSource::NextMeeting, node.opening.meeting, &rate.made))
                }
                (_, _, Some(UnpricedReason::MissingContract(contract))) => Err(OpenEnd::Hole(contract)),
                (_, _, Some(UnpricedReason::StripEnds(contract))) => Err(OpenEnd::Strip(contract)),
                (_, _, _) => Err(node.open.unwrap_or(OpenEnd::Chain)),
            };
        }
    }

    /// `before` is the rate after the previous meeting, `after = (D A - N before) / M`: for meetings with nothing known
    /// on the right.
    fn left_to_right(&mut self) {
        let mut left: Option<(NaiveDate, Rated)> = None;
        for node in &mut self.nodes {
            if let (None, Some((meeting, rate))) = (&node.before, left.take()) {
                node.before = Some(Rated::same_as(node.opening, RateSource::PreviousMeeting, meeting, &rate.made));
            }
            if node.after.is_some() || matches!(node.open, Some(OpenEnd::Hole(_))) {
                continue;
            }
            let Some(before) = &node.before else { continue };
            let own = self.known.equation(node.month, node.decisions);
            match own.and_then(|own| own.rate_after(node.closing, before, self.known.assumptions.between)) {
                Ok(rate) => {
                    left = Some((node.closing.meeting, rate.clone()));
                    node.after = Some(rate);
                }
                Err(reason) => node.stopped = Some(reason),
            }
        }
    }

    /// What the month after the run says of the rate after it.
    fn right_end(&self, place: Place, next: ContractMonth) -> Result<Rated, OpenEnd> {
        match self.known.role(next) {
            MonthRole::Anchor => self.known.anchor(place, next).map_err(|reason| match reason {
                UnpricedReason::MissingContract(contract) => OpenEnd::Hole(contract),
                _ => OpenEnd::Strip(self.known.contract(next)),
            }),
            MonthRole::Unknown => Err(OpenEnd::Calendar),
            MonthRole::Meeting | MonthRole::Moved => Err(OpenEnd::Chain),
        }
    }

    fn report(self, solution: &mut Solution) {
        // The meetings solved forward, first and last, and what ended on their right.
        let mut forward: Option<(NaiveDate, NaiveDate, OpenEnd)> = None;
        for node in self.nodes {
            let solved_forward = node.after.as_ref().is_some_and(|after| after.source == RateSource::OwnContract);
            if let Some(end) = node.open.filter(|_| solved_forward) {
                let first = forward.map_or(node.opening.meeting, |(first, _, _)| first);
                forward = Some((first, node.closing.meeting, end));
            }
            let ends = matches!(node.open, Some(OpenEnd::Strip(_) | OpenEnd::Calendar));
            match node.steps(self.known) {
                Ok(steps) => {
                    if solved_forward && ends {
                        solution.without_end.insert(node.month);
                    }
                    solution.steps.extend(steps);
                }
                Err(reason) => {
                    solution
                        .unpriced
                        .extend(node.decisions.iter().map(|meeting| Unpriced { meeting: *meeting, reason }));
                }
            }
        }
        let missing = self.known.strip.last_contract().map(|last| self.known.contract(last.next()));
        solution.notices.extend(forward.and_then(|(first, last, end)| match end {
            OpenEnd::Strip(_) => missing.map(|missing| Notice::StripEnds { first, last, missing }),
            OpenEnd::Calendar => {
                let (_, end) = self.known.schedule().span();
                Some(Notice::CalendarEnds { first, last, end })
            }
            // The chain ends in every published table, and a hole is told as such.
            OpenEnd::Chain | OpenEnd::Hole(_) => None,
        }));
    }
}

impl<'a> Node<'a> {
    fn new(decisions: &'a [Meeting]) -> Option<Self> {
        let (first, last) = (decisions.first()?, decisions.last()?);
        Some(Self {
            month: first.month(),
            decisions,
            opening: Place::before(first.announcement()),
            closing: Place::after(last.announcement()),
            before: None,
            after: None,
            stopped: None,
            open: None,
        })
    }

    /// The steps of the month's decisions, or why they have no price.
    fn steps(&self, known: &Known<'_>) -> Result<Vec<MeetingStep>, UnpricedReason> {
        let (Some(before), Some(after)) = (&self.before, &self.after) else { return Err(self.reason()) };
        let days = known.days(self.month, self.decisions);
        let mut ends = self.between(known, before, after)?;
        ends.push(after.clone());
        let mut start = before.clone();
        let mut steps = Vec::with_capacity(self.decisions.len());
        for (position, (meeting, end)) in self.decisions.iter().zip(ends).enumerate() {
            let next = self.decisions.get(position + 1).map(|next| Place::before(next.announcement()));
            let same =
                next.map(|next| Rated::same_as(next, RateSource::PreviousMeeting, meeting.announcement(), &end.made));
            steps.push(MeetingStep::new(known, *meeting, days.around(position), start, end)?);
            let Some(same) = same else { break };
            start = same;
        }
        Ok(steps)
    }

    /// The rates between the month's decisions: none of one decision; of two the own contract tells it, where the rates
    /// before and after come from elsewhere; else it is assumed.
    fn between(&self, known: &Known<'_>, before: &Rated, after: &Rated) -> Result<Vec<Rated>, UnpricedReason> {
        let count = i64::try_from(self.decisions.len()).unwrap_or(i64::MAX);
        let place = |decision: &Meeting| Place::after(decision.announcement());
        let own_is_free = ![before.source, after.source].contains(&RateSource::OwnContract);
        if let ([first, _], true) = (self.decisions, own_is_free) {
            let own = known.equation(self.month, self.decisions).ok();
            if let Some(rate) = own.and_then(|own| own.rate_between(place(first), before, after)) {
                return Ok(vec![rate]);
            }
        }
        let assumed = |(position, decision): (i64, &Meeting)| {
            let assumed = known.assumptions.between.ok_or(UnpricedReason::SeveralDecisions(self.month))?;
            let share = share_of_change(position, count, assumed).unwrap_or_else(Fraction::zero);
            Ok(assumed_rate(place(decision), assumed, share, before, after))
        };
        (1..count).zip(self.decisions).map(assumed).collect()
    }

    /// Why the meeting has no price, should it have none.
    fn reason(&self) -> UnpricedReason {
        self.stopped.unwrap_or(match self.open {
            Some(OpenEnd::Hole(contract)) => UnpricedReason::MissingContract(contract),
            Some(OpenEnd::Strip(contract)) => UnpricedReason::StripEnds(contract),
            Some(OpenEnd::Chain | OpenEnd::Calendar) | None => UnpricedReason::NoAnchor,
        })
    }
}
