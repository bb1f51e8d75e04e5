//! [`Observation`]: what one contract says of the levels of the path, and how much it counts.

use super::super::expression::{Expression, Reason};
use super::super::known::Known;
use super::weighing::Weighing;
use crate::market::calendar::Meeting;
use crate::market::contract::ContractMonth;
use crate::notice::Notice;
use crate::schedule::MonthRole;
use crate::units::{Fraction, Rate};

/// What one contract says: `sum of share x level = said`.
pub(in crate::rule) struct Observation {
    pub(in crate::rule) contract: ContractMonth,
    /// Days over the days of the month, by the level of the rate.
    pub(in crate::rule) shares: Vec<(usize, Fraction)>,
    pub(in crate::rule) said: Expression,
    /// One over the square of the contract's uncertainty.
    pub(in crate::rule) weight: Fraction,
}

/// The contracts whose months a chain explains wholly, each with its weight.
pub(in crate::rule) fn of_chain(
    known: &Known<'_>,
    chain: &[Meeting],
    end: ContractMonth,
    notices: &mut Vec<Notice>,
) -> Vec<Observation> {
    let spot = known.spot();
    let mut weighing = Weighing::new(known);
    let mut observations: Vec<Observation> = of_month_before(known, &mut weighing, notices).into_iter().collect();
    let months = std::iter::successors(Some(spot), |month| Some(month.next())).take_while(|month| *month < end);
    for month in months {
        let first = chain.partition_point(|meeting| meeting.month() < month);
        let last = chain.partition_point(|meeting| meeting.month() <= month);
        let Ok(equation) = known.equation(month, &chain[first..last]) else { continue };
        let whole = i64::from(equation.days.whole());
        let share = |days: u32| Fraction::ratio(i64::from(days), whole).unwrap_or_else(Fraction::zero);
        let days = equation.days.at_each_rate().iter().enumerate();
        observations.push(Observation {
            contract: month,
            shares: days.map(|(position, days)| (first + position, share(*days))).collect(),
            said: equation.said(),
            weight: weighing.weight(known.contract(month)),
        });
    }
    notices.extend(weighing.notice());
    observations.retain(|observation| !observation.weight.is_zero());
    observations
}

/// The month before the current one speaks of today's rate, where nothing has moved it since.
fn of_month_before(known: &Known<'_>, weighing: &mut Weighing<'_>, notices: &mut Vec<Notice>) -> Option<Observation> {
    let previous = known.spot().previous();
    if known.role(previous) != MonthRole::Anchor || known.schedule().already_moved(known.spot()) {
        return None;
    }
    let said = if let Ok(average) = known.average(previous) {
        average
    } else {
        let realised = known.realised_anchor(previous)?;
        let average = Rate::from_exact(realised.clone());
        notices.push(Notice::RealisedAnchor { contract: known.contract(previous), average });
        Expression::number(Reason::Expired(previous), realised)
    };
    let shares = vec![(0, Fraction::integer(1))];
    Some(Observation { contract: previous, shares, said, weight: weighing.weight(known.contract(previous)) })
}
