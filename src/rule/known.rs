//! [`Known`]: what the rules know on the valuation date, and nothing later.

use chrono::{Days, NaiveDate};

use super::month::{MonthEquation, days_at_each_rate, times};
use super::{Assumptions, Method, PolicyError, RateSource, StartRate, UnpricedReason};
use crate::market::calendar::{Meeting, TargetRange, is_weekend};
use crate::market::contract::ContractMonth;
use crate::market::fixings::{Fixings, MonthlyRates};
use crate::quotes::strip::Strip;
use crate::units::{Fraction, Price, Rate};

/// A rate, and where it comes from.
pub(crate) type Sourced = (Rate, RateSource);

/// What is known on the valuation date: prices, realised rates, and which months have a meeting.
pub(crate) struct Known<'a> {
    pub(crate) strip: &'a Strip,
    pub(crate) assumptions: &'a Assumptions,
    pub(crate) as_of: NaiveDate,
    /// The meetings that were on the calendar, past ones included, in order.
    expected: Vec<&'a Meeting>,
    /// The months in which the target changed off the calendar, up to the valuation date.
    moved: Vec<ContractMonth>,
    realised: Option<Result<Realised, UnpricedReason>>,
}

/// What a month is to the rule on the valuation date.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MonthRole {
    /// No meeting and no move: its contract averages one rate.
    Anchor,
    /// A scheduled meeting, past or to come.
    Meeting,
    /// The rate has moved off the calendar.
    Moved,
    /// Beyond the calendar.
    Unknown,
}

/// The realised days of the current month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Realised {
    pub(crate) days: u32,
    /// The days by their rates, in order.
    pub(crate) runs: Vec<(u32, Rate)>,
    /// What their rates add up to, in percent times days.
    pub(crate) sum: Fraction,
}

impl<'a> Known<'a> {
    pub(crate) fn new(strip: &'a Strip, assumptions: &'a Assumptions) -> Self {
        let as_of = strip.as_of();
        let expected: Vec<&Meeting> = assumptions.calendar.expected_on(as_of).collect();
        let on_calendar =
            |date: &NaiveDate| expected.binary_search_by_key(date, |meeting| meeting.announcement()).is_ok();
        let announced = assumptions.targets.changes().iter().filter_map(|change| change.announcement);
        let off_calendar = announced.filter(|date| *date <= as_of && !on_calendar(date));
        let moved = off_calendar.map(ContractMonth::of).collect();
        let mut known = Self { strip, assumptions, as_of, expected, moved, realised: None };
        known.realised = known.fixings().map(|fixings| known.realise(fixings));
        known
    }

    /// The current month.
    pub(crate) fn spot(&self) -> ContractMonth {
        ContractMonth::of(self.as_of)
    }

    /// The target range in force.
    pub(crate) fn target(&self) -> Result<TargetRange, PolicyError> {
        let range = self.assumptions.target.or_else(|| self.assumptions.targets.range_on(self.as_of));
        range.ok_or(PolicyError::NoTarget(self.as_of))
    }

    /// The range that a move off the calendar has just been announced to lead to, from the next day on.
    pub(crate) fn announced_today(&self) -> Option<TargetRange> {
        let announced = self.assumptions.targets.change_announced_on(self.as_of);
        announced.filter(|_| !self.decides_today()).map(|change| change.range)
    }

    /// Whether a decision on the calendar is announced on the valuation date: it is not yet known on it.
    fn decides_today(&self) -> bool {
        self.ahead().first().is_some_and(|meeting| meeting.announcement() == self.as_of)
    }

    /// The next meetings that are on the calendar: on the day of its decision a meeting is still the first. A month with
    /// several decisions is in the chain whole, or its contract would mix rates that the chain does not know.
    pub(crate) fn chain(&self) -> Result<Vec<Meeting>, PolicyError> {
        let calendar = &self.assumptions.calendar;
        let count = self.assumptions.meeting_count;
        let mut chain: Vec<Meeting> = Vec::new();
        for meeting in self.ahead() {
            if chain.len() >= count && chain.last().is_none_or(|last| last.month() != meeting.month()) {
                break;
            }
            chain.push(**meeting);
        }
        if chain.is_empty() || !calendar.covers(self.spot()) {
            return Err(PolicyError::NoMeetings { as_of: self.as_of, span: calendar.span() });
        }
        Ok(chain)
    }

    pub(crate) fn role(&self, month: ContractMonth) -> MonthRole {
        if !self.expected_in(month).is_empty() {
            MonthRole::Meeting
        } else if !self.assumptions.calendar.covers(month) {
            MonthRole::Unknown
        } else if self.moved.contains(&month) {
            MonthRole::Moved
        } else {
            MonthRole::Anchor
        }
    }

    /// Whether the rate of a month with a meeting to come has already changed, or may have, within that month.
    pub(crate) fn already_moved(&self, month: ContractMonth) -> bool {
        let decided = self.expected_in(month).first().is_some_and(|first| first.announcement() < self.as_of);
        decided || self.moved.contains(&month)
    }

    /// Whether a month had decisions, and has none ahead.
    pub(crate) fn is_decided(&self, month: ContractMonth) -> bool {
        let ahead = self.expected_in(month).last().is_some_and(|last| last.announcement() >= self.as_of);
        self.already_moved(month) && !ahead
    }

    /// The expected meetings from the valuation date on.
    fn ahead(&self) -> &[&'a Meeting] {
        let first = self.expected.partition_point(|meeting| meeting.announcement() < self.as_of);
        &self.expected[first..]
    }

    /// The expected meetings of a month, past ones included.
    fn expected_in(&self, month: ContractMonth) -> &[&'a Meeting] {
        let first = self.expected.partition_point(|meeting| meeting.month() < month);
        let end = self.expected.partition_point(|meeting| meeting.month() <= month);
        &self.expected[first..end]
    }

    /// What a contract's implied average holds besides the expected rate, in percent.
    pub(crate) fn premium(&self, month: ContractMonth) -> Fraction {
        let taken_out = month == self.spot() && self.takes_out();
        self.premium_of(month, taken_out)
    }

    /// As [`Known::premium`]; `to_come` leaves out the realised days of the current month, whose rates hold what they hold.
    pub(crate) fn premium_of(&self, month: ContractMonth, to_come: bool) -> Fraction {
        let premia = &self.assumptions.premia;
        if premia.is_none() {
            return Fraction::zero();
        }
        let realised = if to_come { self.realised().and_then(Result::ok) } else { None };
        let days = realised.map_or(0, |realised| realised.days);
        let first = month.first_day().checked_add_days(Days::new(u64::from(days))).unwrap_or(month.first_day());
        let sum = &premia.term_at(self.spot(), month) + &premia.month_end_from(month, first);
        sum.exact() / &Fraction::integer(100)
    }

    /// The implied average of a contract less its premia, or why there is none.
    pub(crate) fn average(&self, month: ContractMonth) -> Result<Rate, UnpricedReason> {
        let price = self.strip.price(month).ok_or_else(|| {
            let beyond = self.strip.last_contract().is_none_or(|last| month > last);
            if beyond { UnpricedReason::StripEnds(month) } else { UnpricedReason::MissingContract(month) }
        })?;
        Ok(self.expected(Price::implied_rate(price), month))
    }

    fn expected(&self, average: Rate, month: ContractMonth) -> Rate {
        let premium = self.premium(month);
        if premium.is_zero() { average } else { Rate::from_exact_percent(average.percent() - &premium) }
    }

    /// The rate of a month without a meeting: through its contract, or where that has expired and left the quotes through
    /// the month's realised average.
    pub(crate) fn anchor(&self, month: ContractMonth) -> Result<Sourced, UnpricedReason> {
        let missing = match self.average(month) {
            Ok(rate) => return Ok((rate, RateSource::Anchor(month))),
            Err(reason) => reason,
        };
        let realised = (month < self.spot()).then(|| self.realised_average(month)).flatten();
        realised.map(|rate| (self.expected(rate, month), RateSource::Realised(month))).ok_or(missing)
    }

    fn realised_average(&self, month: ContractMonth) -> Option<Rate> {
        let given = self.fixings().and_then(|fixings| fixings.average(month).ok());
        given.or_else(|| MonthlyRates::embedded().of(month))
    }

    pub(crate) fn fixings(&self) -> Option<&'a Fixings> {
        self.assumptions.fixings.as_ref()
    }

    /// The first day at the rate of today: the day from which the last change of the target up to the valuation date is at
    /// work, be it still to come. A decision on the calendar for the day itself is not yet known on it.
    fn rate_since(&self) -> Option<NaiveDate> {
        let known = |date: NaiveDate| date < self.as_of || date == self.as_of && !self.decides_today();
        let changes = self.assumptions.targets.changes().iter().rev();
        let last = changes.clone().find(|change| change.announcement.is_some_and(known))?;
        last.in_force.iter_days().find(|day| !is_weekend(*day))
    }

    /// The realised days of the current month: those before the valuation date, whose rates are known on it, and those
    /// that still carry the rate before a change just announced. `None` without fixings.
    pub(crate) fn realised(&self) -> Option<Result<&Realised, UnpricedReason>> {
        self.realised.as_ref().map(|realised| realised.as_ref().map_err(|reason| *reason))
    }

    fn realise(&self, fixings: &Fixings) -> Result<Realised, UnpricedReason> {
        let end = self.rate_since().map_or(self.as_of, |since| since.max(self.as_of));
        let known = |day: NaiveDate| if day < self.as_of { day } else { self.as_of.pred_opt().unwrap_or(day) };
        let days =
            self.spot().first_day().iter_days().take_while(|day| *day < end && ContractMonth::of(*day) == self.spot());
        let mut realised = Realised { days: 0, runs: Vec::new(), sum: Fraction::zero() };
        for day in days {
            let carried = fixings.carried_on(known(day));
            let (_, rate) = carried.map_err(|missing| UnpricedReason::NoFixing(missing.day))?;
            realised.days += 1;
            realised.sum = &realised.sum + rate.percent();
            match realised.runs.last_mut() {
                Some((days, last)) if last == rate => *days += 1,
                _ => realised.runs.push((1, rate.clone())),
            }
        }
        Ok(realised)
    }

    /// Whether the rule takes the realised days of the current month out of its contract.
    fn takes_out(&self) -> bool {
        let Assumptions { method, start_rate, .. } = self.assumptions;
        self.already_moved(self.spot()) || *start_rate == StartRate::Fixings || *method == Method::LeastSquares
    }

    /// The realised days that the rule takes out of the current month's contract.
    pub(crate) fn taken_out(&self) -> Option<Realised> {
        self.realised().filter(|_| self.takes_out()).and_then(Result::ok).cloned()
    }

    /// What the contract of a month says of its rates, with these decisions ahead in it. The realised days are taken out
    /// where the rule starts from them or reads every contract, and where it cannot do without: a month in which the
    /// rate has already moved averages more rates than it has decisions to come.
    pub(crate) fn equation(
        &self,
        month: ContractMonth,
        decisions: &[Meeting],
    ) -> Result<MonthEquation, UnpricedReason> {
        let total = times(month.days(), &self.average(month)?);
        let mut equation = MonthEquation { days: self.days(month, decisions), total };
        let moved = self.already_moved(month);
        let starts_realised = self.assumptions.start_rate == StartRate::Fixings;
        match self.realised().filter(|_| month == self.spot() && self.takes_out()) {
            Some(Ok(realised)) => equation.take_out(realised),
            // A month that averages one rate before its decision is read whole without them; the gap is noticed.
            Some(Err(_)) if !moved && !starts_realised => {}
            Some(Err(missing)) => return Err(missing),
            None if moved => return Err(UnpricedReason::RateAlreadyMoved(month)),
            None => {}
        }
        Ok(equation)
    }

    /// The days of a month at each of its rates.
    pub(crate) fn days(&self, month: ContractMonth, decisions: &[Meeting]) -> Vec<u32> {
        days_at_each_rate(month, decisions, self.assumptions.decision_day)
    }

    /// The days of a month at the rate after a decision.
    pub(crate) fn days_after(&self, month: ContractMonth, decision: &Meeting) -> u32 {
        self.days(month, &[*decision]).last().copied().unwrap_or(0)
    }

    /// The rate of today by [`StartRate::Fixings`], with the first decision ahead in `first`. `None` where the rate has
    /// changed since the last fixing: the month's own contract has to tell it.
    pub(crate) fn start_from_fixings(&self, first: ContractMonth) -> Option<Result<Sourced, UnpricedReason>> {
        let Some(fixings) = self.fixings() else { return Some(Err(UnpricedReason::NoFixings)) };
        if first != self.spot() {
            return Some(self.rest_of_month());
        }
        let yesterday = self.as_of.pred_opt().unwrap_or(self.as_of);
        match fixings.carried_on(yesterday) {
            Ok((day, _)) if self.rate_since().is_some_and(|since| day < since) => None,
            Ok((day, rate)) => Some(Ok((rate.clone(), RateSource::Fixing(day)))),
            Err(missing) => Some(Err(UnpricedReason::NoFixing(missing.day))),
        }
    }

    /// The rate that the current month's contract leaves for the days from the valuation date on:
    /// `(D A - realised) / days left`.
    pub(crate) fn rest_of_month(&self) -> Result<Sourced, UnpricedReason> {
        let spot = self.spot();
        let realised = self.realised().unwrap_or(Err(UnpricedReason::NoFixings))?;
        let rest = &times(spot.days(), &self.average(spot)?) - &realised.sum;
        let left = Fraction::integer(i64::from(spot.days().saturating_sub(realised.days)));
        let rate = rest.checked_div(&left).map(Rate::from_exact_percent);
        rate.map(|rate| (rate, RateSource::RestOfMonth(spot))).ok_or(UnpricedReason::NoDaysToSolve(spot))
    }
}

impl MonthEquation {
    /// Takes the realised days out of those at the month's first rate.
    fn take_out(&mut self, realised: &Realised) {
        if let Some(first) = self.days.first_mut() {
            *first = first.saturating_sub(realised.days);
        }
        self.total = &self.total - &realised.sum;
    }
}
