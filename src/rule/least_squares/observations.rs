//! [`Observation`]: what one contract says of the levels of the path, and how much it counts.

use super::super::Weights;
use super::super::expression::{Expression, Reason};
use super::super::known::Known;
use crate::market::calendar::Meeting;
use crate::market::contract::ContractMonth;
use crate::notice::Notice;
use crate::schedule::MonthRole;
use crate::units::{Fraction, Price, Rate};

/// What one contract says: `sum of share x level = said`.
pub(super) struct Observation {
    pub(super) contract: ContractMonth,
    /// Days over the days of the month, by the level of the rate.
    pub(super) shares: Vec<(usize, Fraction)>,
    pub(super) said: Expression,
    /// One over the square of the contract's uncertainty.
    pub(super) weight: Fraction,
}

/// The contracts whose months a chain explains wholly, each with its weight.
pub(super) fn of_chain(
    known: &Known<'_>,
    chain: &[Meeting],
    end: ContractMonth,
    notices: &mut Vec<Notice>,
) -> Vec<Observation> {
    let spot = known.spot();
    let mut weighing = Weighing { known, unweighted: Vec::new() };
    let mut observations: Vec<Observation> = of_month_before(&mut weighing, notices).into_iter().collect();
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
            weight: weighing.weight(month),
        });
    }
    notices.extend(weighing.notice());
    observations.retain(|observation| !observation.weight.is_zero());
    observations
}

/// The month before the current one speaks of today's rate, where nothing has moved it since.
fn of_month_before(weighing: &mut Weighing<'_>, notices: &mut Vec<Notice>) -> Option<Observation> {
    let known = weighing.known;
    let previous = known.spot().previous();
    if known.role(previous) != MonthRole::Anchor || known.schedule().already_moved(known.spot()) {
        return None;
    }
    let said = if let Ok(average) = known.average(previous) {
        average
    } else {
        let realised = known.realised_anchor(previous)?;
        let average = Rate::from_exact_percent(realised.clone());
        notices.push(Notice::RealisedAnchor { contract: known.contract(previous), average });
        Expression::number(Reason::Expired(previous), realised)
    };
    let shares = vec![(0, Fraction::integer(1))];
    Some(Observation { contract: previous, shares, said, weight: weighing.weight(previous) })
}

/// Weighs contracts, and remembers those that lack what they are to be weighed by.
struct Weighing<'a> {
    known: &'a Known<'a>,
    unweighted: Vec<ContractMonth>,
}

impl Weighing<'_> {
    fn weight(&mut self, contract: ContractMonth) -> Fraction {
        let strip = self.known.strip;
        let by_tick = || Fraction::from_decimal(self.known.contract(contract).tick(self.known.as_of));
        let uncertainty = match self.known.assumptions.weights {
            Weights::Tick => by_tick(),
            Weights::BidAsk => {
                let half = |(bid, ask): (Price, Price)| &(&ask.exact() - &bid.exact()) / &Fraction::integer(2);
                let half = strip.bid_ask(contract).map(half).filter(|half| !half.is_zero());
                half.unwrap_or_else(|| {
                    self.unweighted.push(contract);
                    by_tick()
                })
            }
            Weights::Volume => {
                let volume = strip.volume(contract).and_then(|volume| i64::try_from(volume).ok()).unwrap_or(0);
                if volume == 0 {
                    self.unweighted.push(contract);
                }
                return Fraction::integer(volume);
            }
        };
        &Fraction::integer(1) / &(&uncertainty * &uncertainty)
    }

    fn notice(self) -> Option<Notice> {
        let contracts = self.unweighted.into_iter().map(|month| self.known.contract(month)).collect::<Vec<_>>();
        let lack = match self.known.assumptions.weights {
            Weights::Volume => "no volume, and so no weight",
            _ => "no bid and ask, and so weighed by the tick",
        };
        (!contracts.is_empty()).then_some(Notice::Unweighted { contracts, lack })
    }
}
