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

use super::known::{Known, MonthRole, Sourced};
use super::month::{TwoRates, share_of_change};
use super::solution::Solution;
use super::{DayCount, MeetingStep, PolicyError, PolicyPath, RateSource, StartRate, Unpriced, UnpricedReason};
use crate::market::calendar::Meeting;
use crate::market::contract::ContractMonth;
use crate::notice::Notice;
use crate::units::{Fraction, Rate};

/// Solves a chain of meetings by the FedWatch rule.
pub(crate) fn solve(known: &Known<'_>) -> Result<PolicyPath, PolicyError> {
    let chain = known.chain()?;
    let target = known.target()?;
    let mut solution = Solution::default();
    let months: Vec<&[Meeting]> = chain.chunk_by(|a, b| a.month() == b.month()).collect();
    let month = |decisions: &[Meeting]| decisions.first().map(Meeting::month);
    for (position, run) in months.chunk_by(|a, b| month(a).map(ContractMonth::next) == month(b)).enumerate() {
        let run = Run { known, nodes: run.iter().filter_map(|decisions| Node::new(decisions)).collect() };
        // Only the first meeting starts from today's rate.
        run.solve(position == 0, &mut solution);
    }
    solution.into_path(known, target, chain.len())
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

/// Consecutive months with meetings.
struct Run<'a> {
    known: &'a Known<'a>,
    nodes: Vec<Node<'a>>,
}

/// The decisions of one month of a run, mostly one, and what is known of the rates before and after them so far.
struct Node<'a> {
    month: ContractMonth,
    decisions: &'a [Meeting],
    before: Option<Sourced>,
    after: Option<Sourced>,
    /// Why the rate before is not known, or the rate after not from the left.
    stopped: Option<UnpricedReason>,
    /// Why the rate after is not known from the right.
    open: Option<OpenEnd>,
}

impl Run<'_> {
    fn solve(mut self, starts_today: bool, solution: &mut Solution) {
        self.start(starts_today);
        self.right_to_left();
        self.left_to_right();
        self.report(solution);
    }

    /// The rate before the first meeting, where it comes from outside the run.
    fn start(&mut self, starts_today: bool) {
        let Some(first) = self.nodes.first_mut() else { return };
        let (known, month) = (self.known, first.month);
        let stated = match &known.assumptions.start_rate {
            StartRate::Given(rate) if starts_today => Some(Ok((rate.clone(), RateSource::Given))),
            StartRate::Fixings if starts_today => known.start_from_fixings(month),
            _ => None,
        };
        let start = match (stated, known.role(month.previous())) {
            (Some(stated), _) => Some(stated),
            // Neither the month before nor the whole own contract knows the rate that the move left.
            (None, _) if known.already_moved(month) => None,
            (None, MonthRole::Anchor) => Some(known.anchor(month.previous())),
            (None, MonthRole::Moved) if month.previous() == known.spot() && known.fixings().is_some() => {
                Some(known.rest_of_month())
            }
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
        let end = self.nodes.last().map(|last| self.right_end(last.month.next()));
        let mut right = end.unwrap_or(Err(OpenEnd::Chain));
        for node in self.nodes.iter_mut().rev() {
            match right {
                Ok(rate) => node.after = Some(rate),
                Err(end) => node.open = Some(end),
            }
            if let (None, None, Some((after, _))) = (&node.before, node.stopped, &node.after) {
                match node.two_rates(self.known).map(|own| own.rate_before(after)) {
                    Ok(Some(rate)) => node.before = Some((rate, RateSource::OwnContract)),
                    Ok(None) => node.stopped = Some(UnpricedReason::NoDaysToSolve(node.month)),
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
            match node.two_rates(self.known).map(|own| own.rate_after(before)) {
                Ok(Some(rate)) => {
                    left = Some(rate.clone());
                    node.after = Some((rate, RateSource::OwnContract));
                }
                Ok(None) => node.stopped = Some(UnpricedReason::NoDaysToSolve(node.month)),
                Err(reason) => node.stopped = Some(reason),
            }
        }
    }

    /// What the month after the run says of the rate after it.
    fn right_end(&self, next: ContractMonth) -> Result<Sourced, OpenEnd> {
        match self.known.role(next) {
            MonthRole::Anchor => self.known.anchor(next).map_err(|reason| match reason {
                UnpricedReason::MissingContract(month) => OpenEnd::Hole(month),
                _ => OpenEnd::Strip(next),
            }),
            MonthRole::Unknown => Err(OpenEnd::Calendar),
            MonthRole::Meeting | MonthRole::Moved => Err(OpenEnd::Chain),
        }
    }

    fn report(self, solution: &mut Solution) {
        // The meetings solved forward, first and last, and what ended on their right.
        let mut forward: Option<(NaiveDate, NaiveDate, OpenEnd)> = None;
        for node in self.nodes {
            let announcement = |meeting: Option<&Meeting>| meeting.map(Meeting::announcement);
            if let (Some((_, RateSource::OwnContract)), Some(end)) = (&node.after, node.open) {
                let first = forward.map(|(first, _, _)| first).or(announcement(node.decisions.first()));
                forward = first.zip(announcement(node.decisions.last())).map(|(first, last)| (first, last, end));
            }
            match node.steps(self.known) {
                Ok(steps) => solution.steps.extend(steps),
                Err(reason) => {
                    solution
                        .unpriced
                        .extend(node.decisions.iter().map(|meeting| Unpriced { meeting: *meeting, reason }));
                }
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

impl<'a> Node<'a> {
    fn new(decisions: &'a [Meeting]) -> Option<Self> {
        let month = decisions.first()?.month();
        Some(Self { month, decisions, before: None, after: None, stopped: None, open: None })
    }

    /// What the own contract says of the month's first and last rate.
    fn two_rates(&self, known: &Known<'_>) -> Result<TwoRates, UnpricedReason> {
        let equation = known.equation(self.month, self.decisions)?;
        equation.two_rates(known.assumptions.between).ok_or(UnpricedReason::SeveralDecisions(self.month))
    }

    /// The steps of the month's decisions, or why they have no price.
    fn steps(&self, known: &Known<'_>) -> Result<Vec<MeetingStep>, UnpricedReason> {
        let (Some(before), Some(after)) = (&self.before, &self.after) else { return Err(self.reason()) };
        let days = known.days(self.month, self.decisions);
        let mut ends = self.between(known, before, after)?;
        ends.push(after.clone());
        let mut start = before.clone();
        let mut steps = Vec::with_capacity(self.decisions.len());
        for ((meeting, days), end) in self.decisions.iter().zip(days.windows(2)).zip(ends) {
            let days = DayCount { before: days[0], after: days[1] };
            steps.push(MeetingStep::new(*meeting, days, start, end.clone(), &known.assumptions.premia)?);
            start = (end.0, RateSource::PreviousMeeting);
        }
        Ok(steps)
    }

    /// The rates between the month's decisions: none of one decision; of two the own contract tells it, where the rates
    /// before and after come from elsewhere; else it is assumed.
    fn between(&self, known: &Known<'_>, before: &Sourced, after: &Sourced) -> Result<Vec<Sourced>, UnpricedReason> {
        let decisions = i64::try_from(self.decisions.len()).unwrap_or(i64::MAX);
        let own_is_free = ![before.1, after.1].contains(&RateSource::OwnContract);
        if decisions == 2 && own_is_free {
            let own = known.equation(self.month, self.decisions);
            if let Some(rate) = own.ok().and_then(|own| own.rate_between(&before.0, &after.0)) {
                return Ok(vec![(rate, RateSource::OwnContract)]);
            }
        }
        let assumed = |position| {
            let assumed = known.assumptions.between.ok_or(UnpricedReason::SeveralDecisions(self.month))?;
            let share = share_of_change(position, decisions, assumed).unwrap_or_else(Fraction::zero);
            let change = after.0.percent() - before.0.percent();
            let rate = Rate::from_exact_percent(before.0.percent() + &(&share * &change));
            Ok((rate, RateSource::Assumed(assumed)))
        };
        (1..decisions).map(assumed).collect()
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
