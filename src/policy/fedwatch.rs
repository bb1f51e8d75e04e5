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
    Assumptions, DayCount, MeetingStep, PolicyError, PolicyPath, RateSource, StartRate, Unpriced, UnpricedReason, fit,
};
use crate::calendar::{Meeting, MeetingCalendar, TargetRange};
use crate::contract::ContractMonth;
use crate::notice::Notice;
use crate::strip::Strip;
use crate::units::{Fraction, Rate};

impl PolicyPath {
    /// Solves a strip by the FedWatch rule.
    ///
    /// # Errors
    /// [`PolicyError`]: no target range or no meeting for the valuation date, two decisions in one month, a
    /// contract missing amid the strip, or no way to price the first meeting. A strip that only ends early
    /// prices the meetings it reaches; the others are in [`PolicyPath::unpriced`].
    pub fn solve(strip: &Strip, assumptions: &Assumptions) -> Result<Self, PolicyError> {
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

    /// `before = (D A - M after) / N`.
    fn solve_backward(&mut self, i: usize) {
        let Some((after, _)) = &self.after[i] else { return };
        let DayCount { before: n, after: m } = self.days[i];
        match self.own_contract_gives(i, n, m, after) {
            Ok(rate) => self.before[i] = Some((rate, RateSource::OwnContract)),
            Err(reason) => self.stopped[i] = Some(reason),
        }
    }

    /// `after = (D A - N before) / M`, for meetings with nothing known on the right.
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
            let DayCount { before: n, after: m } = self.days[i];
            match self.own_contract_gives(i, m, n, before) {
                Ok(rate) => self.after[i] = Some((rate, RateSource::OwnContract)),
                Err(reason) => self.stopped[i] = Some(reason),
            }
        }
    }

    /// One of a month's two rates from its average and the other: `(D A - known_days known) / wanted_days`.
    fn own_contract_gives(
        &self,
        i: usize,
        wanted_days: u32,
        known_days: u32,
        known: &Rate,
    ) -> Result<Rate, UnpricedReason> {
        let (meeting, month) = (&self.meetings[i], self.meetings[i].month());
        if self.known.already_moved(meeting) {
            return Err(UnpricedReason::RateAlreadyMoved(month));
        }
        let average = self.known.average(month)?;
        let times = |days: u32, rate: &Rate| &Fraction::integer(i64::from(days)) * rate.percent();
        let sum = &times(month.days(), &average) - &times(known_days, known);
        let rate = sum.checked_div(&Fraction::integer(i64::from(wanted_days)));
        rate.map(Rate::from_exact_percent).ok_or(UnpricedReason::NoDaysToSolve(month))
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
        for (i, (meeting, rates)) in self.meetings.iter().zip(rates).enumerate() {
            if let (Some(before), Some(after)) = rates {
                if after.1 == RateSource::OwnContract {
                    let calendar = &self.known.assumptions.calendar;
                    solution.notices.extend(self.open[i].and_then(|end| solved_forward(meeting, end, calendar)));
                }
                solution.steps.push(MeetingStep::new(*meeting, convention, before, after));
            } else {
                let reason = self.stopped[i].unwrap_or(match self.open[i] {
                    Some(OpenEnd::Hole(month)) => UnpricedReason::MissingContract(month),
                    Some(OpenEnd::Strip(month)) => UnpricedReason::StripEnds(month),
                    _ => UnpricedReason::NoAnchor,
                });
                solution.unpriced.push(Unpriced { meeting: *meeting, reason });
            }
        }
    }
}

/// What to say of a meeting solved forward: nothing where the chain ends, as it does in every published table.
fn solved_forward(meeting: &Meeting, end: OpenEnd, calendar: &MeetingCalendar) -> Option<Notice> {
    let meeting = meeting.announcement();
    match end {
        OpenEnd::Strip(missing) => Some(Notice::StripEnds { meeting, missing }),
        OpenEnd::Calendar => Some(Notice::CalendarEnds { meeting, last_year: calendar.years().1 }),
        OpenEnd::Chain | OpenEnd::Hole(_) => None,
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
        notices.extend(self.notices);
        let asked = known.assumptions.meeting_count;
        let priced = self.steps.len();
        if let Some(first) = self.unpriced.first() {
            let reason = format!("meeting of {}: {}", first.meeting.announcement(), first.reason);
            notices.push(Notice::FewerMeetings { asked, priced, reason });
        } else if chain < asked {
            let reason = format!("the calendar ends with {}", known.assumptions.calendar.years().1);
            notices.push(Notice::FewerMeetings { asked, priced, reason });
        }
        let contracts = fit::contracts(known, &self.steps);
        Ok(PolicyPath {
            as_of: known.as_of,
            target,
            decision_day: known.assumptions.decision_day,
            steps: self.steps,
            unpriced: self.unpriced,
            contracts,
            notices,
        })
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
