//! [`Known`]: what the rules know on the valuation date, and nothing later.

use chrono::{Days, NaiveDate};

use super::equation::{MonthEquation, Rated};
use super::expression::{Detail, Expression, Operand, Place, Reason, Term};
use super::{Assumptions, Method, PolicyError, RateSource, StartRate, UnpricedReason};
use crate::market::calendar::{Meeting, TargetRange, is_weekend};
use crate::market::contract::{Contract, ContractMonth};
use crate::market::fixings::Fixings;
use crate::market::period::Period;
use crate::quotes::strip::Strip;
use crate::schedule::{MonthRole, RateDays, Schedule};
use crate::units::{Fraction, Rate};

/// What is known on the valuation date: prices, realised rates, and which months have a meeting.
pub(crate) struct Known<'a> {
    pub(crate) strip: &'a Strip,
    pub(crate) assumptions: &'a Assumptions,
    pub(crate) as_of: NaiveDate,
    pub(crate) knowledge: Knowledge,
    realised: Option<Result<Realised, UnpricedReason>>,
}

/// What is known on a day besides prices and realised rates: who decides when, and which range is in force. Two days that
/// know the same make the same of the same contracts, whatever their prices are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Knowledge {
    pub(crate) schedule: Schedule,
    /// The target range in force.
    target: Option<TargetRange>,
    /// The range that a move off the calendar has just been announced to lead to, from the next day on.
    pub(crate) announced_today: Option<TargetRange>,
    /// The end of the target history and the first decision that it does not know, where one lies before the day.
    pub(crate) undecided: Option<(NaiveDate, NaiveDate)>,
}

impl Knowledge {
    pub(crate) fn of(assumptions: &Assumptions, as_of: NaiveDate) -> Self {
        let schedule = assumptions.schedule_on(as_of);
        let targets = &assumptions.targets;
        let announced = targets.change_announced_on(as_of).filter(|_| !schedule.decides_today());
        let known_to = targets.stated_as_of();
        let unknown = (assumptions.target.is_none() && known_to < as_of).then(|| {
            let mut expected = assumptions.calendar.expected_on(as_of).map(Meeting::announcement);
            expected.find(|decision| *decision > known_to && *decision < as_of)
        });
        Self {
            target: assumptions.target.or_else(|| targets.range_on(as_of)),
            announced_today: announced.map(|change| change.range),
            undecided: unknown.flatten().map(|decision| (known_to, decision)),
            schedule,
        }
    }
}

/// The realised days of the current month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Realised {
    pub(crate) days: u32,
    /// What their rates add up to, in percent times days.
    pub(crate) sum: Expression,
}

impl<'a> Known<'a> {
    pub(crate) fn new(strip: &'a Strip, assumptions: &'a Assumptions) -> Self {
        Self::with(strip, assumptions, Knowledge::of(assumptions, strip.as_of()))
    }

    /// As [`Known::new`], with what is known on the day of the strip.
    pub(crate) fn with(strip: &'a Strip, assumptions: &'a Assumptions, knowledge: Knowledge) -> Self {
        let mut known = Self { strip, assumptions, as_of: strip.as_of(), knowledge, realised: None };
        known.realised = known.fixings().map(|fixings| known.realise(fixings));
        known
    }

    /// The current month.
    pub(crate) fn spot(&self) -> ContractMonth {
        self.schedule().spot()
    }

    /// The contract of a month.
    pub(crate) fn contract(&self, month: ContractMonth) -> Contract {
        self.strip.product().contract(month)
    }

    /// Who decides when.
    pub(crate) fn schedule(&self) -> &Schedule {
        &self.knowledge.schedule
    }

    /// The target range in force.
    pub(crate) fn target(&self) -> Result<TargetRange, PolicyError> {
        let target = self.knowledge.target.ok_or(PolicyError::NoTarget(self.as_of))?;
        match self.assumptions.target.and_then(|given| self.far_from(given)) {
            Some((month, rate)) => Err(PolicyError::TargetFar { target, contract: self.contract(month), rate }),
            None => Ok(target),
        }
    }

    /// The quoted rate nearest to a range, where even it lies more than 200 bp away.
    fn far_from(&self, target: TargetRange) -> Option<(ContractMonth, Rate)> {
        let far = Fraction::integer(2);
        let distance = |rate: &Rate| {
            let below = target.lower().exact() - rate.exact();
            let above = rate.exact() - target.upper().exact();
            below.max(above)
        };
        let next = self.spot().next();
        let near = |contract: &ContractMonth| (self.spot()..=next.next()).contains(contract);
        let quoted = self.strip.prices().filter(|(contract, _)| near(contract));
        let rates = quoted.map(|(contract, price)| (contract, price.implied_rate()));
        let nearest = rates.min_by_key(|(_, rate)| distance(rate))?;
        (distance(&nearest.1) > far).then_some(nearest)
    }

    /// The meetings of the chain.
    pub(crate) fn chain(&self) -> Result<&[Meeting], PolicyError> {
        let chain = self.schedule().chain();
        if chain.is_empty() || !self.schedule().covers_today() {
            return Err(PolicyError::NoMeetings { as_of: self.as_of, span: self.schedule().span() });
        }
        Ok(chain)
    }

    pub(crate) fn role(&self, month: ContractMonth) -> MonthRole {
        self.schedule().role(month)
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

    /// `100 - price` of a contract, less its premia, or why there is none.
    fn expected(&self, month: ContractMonth) -> Result<Vec<Term>, UnpricedReason> {
        let price = self.strip.price(month).ok_or_else(|| {
            let beyond = self.strip.last_contract().is_none_or(|last| month > last);
            let contract = self.contract(month);
            if beyond { UnpricedReason::StripEnds(contract) } else { UnpricedReason::MissingContract(contract) }
        })?;
        let mut terms =
            vec![Term::plus(Operand::Number(Fraction::integer(100))), Term::minus(Operand::Price(month, price))];
        let premium = self.premium(month);
        if !premium.is_zero() {
            terms.push(Term::minus(Operand::Number(premium)));
        }
        Ok(terms)
    }

    /// The implied average of a contract less its premia, or why there is none.
    pub(crate) fn average(&self, contract: ContractMonth) -> Result<Expression, UnpricedReason> {
        let terms = self.expected(contract)?;
        Ok(Expression::sum(Reason::Average { contract, less_premia: terms.len() > 2 }, terms))
    }

    /// The rate of a month without a meeting: through its contract, or where that has expired and left the quotes through
    /// the month's realised average.
    pub(crate) fn anchor(&self, place: Place, month: ContractMonth) -> Result<Rated, UnpricedReason> {
        let missing = match self.expected(month) {
            Ok(terms) => {
                let source = RateSource::Anchor(month);
                let detail = if terms.len() > 2 { Detail::LessPremia } else { Detail::None };
                let made = Expression::sum(Reason::Rate { place, source, detail }, terms);
                return Ok(Rated { source, made });
            }
            Err(reason) => reason,
        };
        let realised = self.realised_anchor(month).ok_or(missing)?;
        Ok(Rated::number(place, RateSource::Realised(month), realised))
    }

    /// The realised average of a month that is over, less the premia of its contract.
    pub(crate) fn realised_anchor(&self, month: ContractMonth) -> Option<Fraction> {
        let realised = (month < self.spot()).then(|| self.realised_average(month)).flatten()?;
        Some(realised.exact() - &self.premium(month))
    }

    fn realised_average(&self, month: ContractMonth) -> Option<Rate> {
        let given = self.fixings().and_then(|fixings| fixings.average(month).ok());
        given.or_else(|| self.assumptions.monthly_rates.of(month))
    }

    pub(crate) fn fixings(&self) -> Option<&'a Fixings> {
        self.assumptions.fixings.as_ref()
    }

    /// The first day at the rate of today: the day from which the last change of the target up to the valuation date is at
    /// work, be it still to come. A decision on the calendar for the day itself is not yet known on it.
    fn rate_since(&self) -> Option<NaiveDate> {
        let known = |date: NaiveDate| date < self.as_of || date == self.as_of && !self.schedule().decides_today();
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
        let behind = Period::month(self.spot());
        let behind = Period::new(behind.start(), behind.end().min(end));
        // The days by their rates, in order.
        let mut runs: Vec<(i64, &Rate)> = Vec::new();
        for day in behind.iter() {
            let carried = fixings.carried_on(known(day));
            let (_, rate) = carried.map_err(|missing| UnpricedReason::NoFixing(missing.day))?;
            match runs.last_mut() {
                Some((days, last)) if *last == rate => *days += 1,
                _ => runs.push((1, rate)),
            }
        }
        let reason = Reason::Realised { month: self.spot(), days: behind.days() };
        let of_run = |(days, rate): (i64, &Rate)| {
            Term::plus(Operand::Number(rate.exact().clone())).times(Fraction::integer(days))
        };
        Ok(Realised { days: behind.days(), sum: Expression::sum(reason, runs.into_iter().map(of_run).collect()) })
    }

    /// Whether the rule takes the realised days of the current month out of its contract.
    fn takes_out(&self) -> bool {
        let Assumptions { method, start_rate, .. } = self.assumptions;
        self.schedule().already_moved(self.spot())
            || *start_rate == StartRate::Fixings
            || matches!(method, Method::LeastSquares | Method::Joint)
    }

    /// What the contract of a month says of its rates, with these decisions ahead in it. The realised days are taken out
    /// where the rule starts from them or reads every contract, and where it cannot do without: a month in which the
    /// rate has already moved averages more rates than it has decisions to come.
    pub(crate) fn equation(
        &self,
        month: ContractMonth,
        decisions: &[Meeting],
    ) -> Result<MonthEquation, UnpricedReason> {
        let average = self.average(month)?;
        let days = self.days(month, decisions);
        let whole = |average, days| MonthEquation { month, days, average, realised: None };
        let moved = self.schedule().already_moved(month);
        let starts_realised = self.assumptions.start_rate == StartRate::Fixings;
        match self.realised().filter(|_| month == self.spot() && self.takes_out()) {
            Some(Ok(realised)) => Ok(Self::without(whole(average, days), realised)),
            // A month that averages one rate before its decision is read whole without them; the gap is noticed.
            Some(Err(_)) if !moved && !starts_realised => Ok(whole(average, days)),
            Some(Err(missing)) => Err(missing),
            None if moved => Err(UnpricedReason::RateAlreadyMoved(self.contract(month))),
            None => Ok(whole(average, days)),
        }
    }

    fn without(equation: MonthEquation, realised: &Realised) -> MonthEquation {
        let days = equation.days.without_realised(realised.days);
        MonthEquation { days, realised: Some(realised.sum.clone()), ..equation }
    }

    /// The days of a month at each of its rates.
    pub(crate) fn days<'m>(&self, month: ContractMonth, decisions: impl IntoIterator<Item = &'m Meeting>) -> RateDays {
        self.schedule().days(self.contract(month).reference_period(), decisions)
    }

    /// The rate of today by [`StartRate::Fixings`], with the first decision ahead in `first`. `None` where the rate has
    /// changed since the last fixing: the month's own contract has to tell it.
    pub(crate) fn start_from_fixings(
        &self,
        place: Place,
        first: ContractMonth,
    ) -> Option<Result<Rated, UnpricedReason>> {
        let Some(fixings) = self.fixings() else { return Some(Err(UnpricedReason::NoFixings)) };
        if first != self.spot() {
            return Some(self.rest_of_month(place));
        }
        let yesterday = self.as_of.pred_opt().unwrap_or(self.as_of);
        match fixings.carried_on(yesterday) {
            Ok((day, _)) if self.rate_since().is_some_and(|since| day < since) => None,
            Ok((day, rate)) => Some(Ok(Rated::number(place, RateSource::Fixing(day), rate.exact().clone()))),
            Err(missing) => Some(Err(UnpricedReason::NoFixing(missing.day))),
        }
    }

    /// The rate of today where a move off the calendar in the month before the first decisions hides it: that month averages
    /// the rates on both sides of the move, and the decisions' own contract carries the rate it left for too few days to tell
    /// it, fewer than those of the rate after. Fixings tell it. `None` where nothing hides it.
    pub(crate) fn start_after_move(
        &self,
        place: Place,
        month: ContractMonth,
        decisions: &[Meeting],
    ) -> Option<Result<Rated, UnpricedReason>> {
        let moved = month.previous();
        if self.role(moved) != MonthRole::Moved || self.schedule().already_moved(month) {
            return None;
        }
        let days = self.days(month, decisions);
        let at_the_rate_left = days.at_each_rate().first().copied().unwrap_or(0);
        if 2 * at_the_rate_left >= days.whole() {
            return None;
        }
        let hidden = UnpricedReason::RateHiddenByMove { moved, contract: self.contract(month) };
        let known = self.fixings().and_then(|_| self.start_from_fixings(place, month));
        Some(known.unwrap_or(Err(hidden)))
    }

    /// The rate that the current month's contract leaves for the days from the valuation date on:
    /// `(D A - realised) / days left`.
    pub(crate) fn rest_of_month(&self, place: Place) -> Result<Rated, UnpricedReason> {
        let spot = self.spot();
        let realised = self.realised().unwrap_or(Err(UnpricedReason::NoFixings))?;
        let equation =
            MonthEquation { month: spot, days: self.days(spot, []), average: self.average(spot)?, realised: None };
        Self::without(equation, realised).rest_of_month(place).ok_or(UnpricedReason::NoDaysToSolve(spot))
    }
}
