//! [`MonthEquation`]: what one month's contract says of the rates of its days.

use chrono::NaiveDate;

use super::expression::{Detail, Expression, Operand, Place, Reason, Term};
use super::{Between, RateSource, UnpricedReason};
use crate::market::contract::ContractMonth;
use crate::schedule::RateDays;
use crate::units::Fraction;

/// A rate of the path, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rated {
    pub(crate) source: RateSource,
    pub(crate) made: Expression,
}

impl Rated {
    /// A rate that nothing is calculated for.
    pub(crate) fn number(place: Place, source: RateSource, value: Fraction) -> Self {
        let reason = Reason::Rate { place, source, detail: Detail::None };
        Self { source, made: Expression::number(reason, value) }
    }

    /// The rate on one side of a meeting, as that on the near side of another meeting.
    pub(crate) fn same_as(place: Place, source: RateSource, neighbour: NaiveDate, rate: &Expression) -> Self {
        let reason = Reason::Rate { place, source, detail: Detail::Neighbour(neighbour) };
        Self { source, made: Expression::sum(reason, vec![Term::plus(Operand::Figure(rate.clone()))]) }
    }
}

/// What the contract of a month says: the rates times their days to come add up to its average times the days of the month,
/// less what the realised days add up to where they are taken out.
#[derive(Clone)]
pub(crate) struct MonthEquation {
    pub(crate) month: ContractMonth,
    /// Days to come at the rate before the first decision, between two, after the last; realised days are taken out.
    pub(crate) days: RateDays,
    pub(crate) average: Expression,
    pub(crate) realised: Option<Expression>,
}

impl MonthEquation {
    /// What the rates of the days to come add up to: `D A`, less the realised days.
    fn total(&self) -> Vec<Term> {
        let whole = Fraction::integer(i64::from(self.days.whole()));
        let whole = Term::plus(Operand::Figure(self.average.clone())).times(whole);
        let realised = self.realised.clone().map(|realised| Term::minus(Operand::Figure(realised)));
        std::iter::once(whole).chain(realised).collect()
    }

    /// What is left of the total once these rates are taken out so many times, shared out over the days left: a rate.
    /// `None` where no day is left.
    fn rest(&self, place: Place, source: RateSource, others: &[(&Fraction, &Rated)], left: Fraction) -> Option<Rated> {
        let taken_out =
            |(days, rate): &(&Fraction, &Rated)| Term::minus(Operand::Figure(rate.made.clone())).times((*days).clone());
        let terms: Vec<Term> = self.total().into_iter().chain(others.iter().map(taken_out)).collect();
        let decisions = self.days.at_each_rate().len().saturating_sub(1);
        let detail = Detail::Month { month: self.month, realised: self.realised.is_some(), decisions };
        let made = Expression::quotient(Reason::Rate { place, source, detail }, terms, left)?;
        Some(Rated { source, made })
    }

    /// The month's first rate from its last: `(total - M after) / N`; an error without such days, or where the month has other
    /// rates and nothing is assumed of them.
    pub(crate) fn rate_before(
        &self,
        place: Place,
        after: &Rated,
        between: Option<Between>,
    ) -> Result<Rated, UnpricedReason> {
        let [before, last] = self.days_of_two_rates(between)?;
        let rate = self.rest(place, RateSource::OwnContract, &[(&last, after)], before);
        rate.ok_or(UnpricedReason::NoDaysToSolve(self.month))
    }

    /// The month's last rate from its first: `(total - N before) / M`; as [`MonthEquation::rate_before`].
    pub(crate) fn rate_after(
        &self,
        place: Place,
        before: &Rated,
        between: Option<Between>,
    ) -> Result<Rated, UnpricedReason> {
        let [first, after] = self.days_of_two_rates(between)?;
        let rate = self.rest(place, RateSource::OwnContract, &[(&first, before)], after);
        rate.ok_or(UnpricedReason::NoDaysToSolve(self.month))
    }

    fn days_of_two_rates(&self, between: Option<Between>) -> Result<[Fraction; 2], UnpricedReason> {
        let days = days_of_two_rates(self.days.at_each_rate(), between);
        days.ok_or(UnpricedReason::SeveralDecisions(self.month))
    }

    /// The rate between two decisions, from the rates before and after them; `None` where there are not two, or no day
    /// lies between.
    pub(crate) fn rate_between(&self, place: Place, before: &Rated, after: &Rated) -> Option<Rated> {
        let [first, between, last] = self.days.at_each_rate() else { return None };
        let [first, between, last] = [first, between, last].map(|days| Fraction::integer(i64::from(*days)));
        self.rest(place, RateSource::OwnContract, &[(&first, before), (&last, after)], between)
    }

    /// The rate of a month without decisions, for its days to come; `None` where none are left.
    pub(crate) fn rest_of_month(&self, place: Place) -> Option<Rated> {
        let left = Fraction::integer(i64::from(self.days.at_last_rate()));
        self.rest(place, RateSource::RestOfMonth(self.month), &[], left)
    }

    /// What the contract says of its days to come: its average, less what the realised days have added to it.
    pub(crate) fn said(&self) -> Expression {
        if self.realised.is_none() {
            return self.average.clone();
        }
        let whole = Fraction::integer(i64::from(self.days.whole()));
        let to_come = Expression::quotient(Reason::ToCome(self.month), self.total(), whole);
        to_come.unwrap_or_else(|| self.average.clone())
    }
}

/// The days that count at a month's first and at its last rate, those at the rates between shared out as assumed; `None`
/// where there are such days and nothing is assumed of them.
fn days_of_two_rates(days: &[u32], between: Option<Between>) -> Option<[Fraction; 2]> {
    let decisions = i64::try_from(days.len()).unwrap_or(i64::MAX) - 1;
    let [mut before, mut after] = [Fraction::zero(), Fraction::zero()];
    for (position, days) in (0..).zip(days) {
        let share = match (position, between) {
            (0, _) => Fraction::zero(),
            (last, _) if last == decisions => Fraction::integer(1),
            (inner, assumed) => share_of_change(inner, decisions, assumed?)?,
        };
        let days = Fraction::integer(i64::from(*days));
        after = &after + &(&days * &share);
        before = &before + &(&days * &(&Fraction::integer(1) - &share));
    }
    Some([before, after])
}

/// How much of a month's change has come after `position` of its decisions.
pub(crate) fn share_of_change(position: i64, decisions: i64, assumed: Between) -> Option<Fraction> {
    match assumed {
        Between::Before => Some(Fraction::zero()),
        Between::After => Some(Fraction::integer(1)),
        Between::Even => Fraction::ratio(position, decisions),
    }
}

/// A rate between several decisions of a month that shares the month's change as assumed.
pub(crate) fn assumed_rate(place: Place, assumed: Between, share: Fraction, before: &Rated, after: &Rated) -> Rated {
    let [first, last] = [before, after].map(|rate| Operand::Figure(rate.made.clone()));
    let change = Expression::sum(Reason::Part, vec![Term::plus(last), Term::minus(first.clone())]);
    let source = RateSource::Assumed(assumed);
    let reason = Reason::Rate { place, source, detail: Detail::None };
    let terms = vec![Term::plus(first), Term::plus(Operand::Figure(change)).times(share)];
    Rated { source, made: Expression::sum(reason, terms) }
}
