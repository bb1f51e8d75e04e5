//! Least squares: every contract speaks, each as far as its own uncertainty lets it.
//!
//! The unknowns are the rates `r_0` before the first meeting and `r_j` after each; a contract of a month with `D` days says
//! `sum_j days_j r_j / D = A`. The path is the one whose weighted sum of squared residuals is smallest: the normal
//! equations `X' W X r = X' W A`, solved in exact fractions. FedWatch solves a triangular choice of the same equations.
//!
//! Where the quotes leave a rate free, alone or mixed with others, the meetings beside it have no price.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::known::{Known, MonthRole};
use super::linear_system;
use super::month::share_of_change;
use super::solution::Solution;
use super::{DayCount, MeetingStep, PolicyError, PolicyPath, RateSource, StartRate, Unpriced, UnpricedReason, Weights};
use crate::market::calendar::Meeting;
use crate::market::contract::ContractMonth;
use crate::notice::Notice;
use crate::quotes::tick;
use crate::units::{Fraction, Price, Rate};

/// The contracts that least squares reads, and what each contributes to each rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Together {
    /// What each contract says, in percent: its average, less what its realised days have added to it.
    pub(crate) said: BTreeMap<ContractMonth, Fraction>,
    /// By the announcement after which it begins, `None` for today's: the rate as a weighted sum.
    pub(crate) rates: BTreeMap<Option<NaiveDate>, WeightedSum>,
}

impl Together {
    /// The rate before a priced meeting: the last that begins before it, be it after a meeting without a price.
    pub(crate) fn before(&self, announcement: NaiveDate) -> Option<&WeightedSum> {
        self.rates.range(..Some(announcement)).next_back().map(|(_, sum)| sum)
    }

    /// The rate after a meeting.
    pub(crate) fn after(&self, announcement: NaiveDate) -> Option<&WeightedSum> {
        self.rates.get(&Some(announcement))
    }
}

/// `constant + sum of weight x what a contract says`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WeightedSum {
    pub(crate) constant: Fraction,
    pub(crate) weights: Vec<(ContractMonth, Fraction)>,
}

/// Solves a chain of meetings by least squares.
pub(crate) fn solve(known: &Known<'_>) -> Result<PolicyPath, PolicyError> {
    let chain = known.chain()?;
    let target = known.target()?;
    let mut solution = Solution::default();
    let start =
        start(known, &chain).map_err(|reason| PolicyError::FirstMeetingUnpriced(chain[0].announcement(), reason))?;
    let rows = rows(known, &chain, &mut solution.notices);
    let mut levels = Levels::new(chain.len(), start.as_ref().map(|(rate, _)| rate.percent().clone()));
    let mut solved = levels.solve(&rows);
    if let (Some(between), true) = (known.assumptions.between, solved.iter().any(Option::is_none)) {
        for (first, decisions) in several_decisions(&chain) {
            let count = i64::try_from(decisions).unwrap_or(i64::MAX);
            for position in 1..decisions {
                let share = i64::try_from(position).ok().and_then(|position| share_of_change(position, count, between));
                levels.assume(first + position, (first, first + decisions), &share.unwrap_or_else(Fraction::zero));
            }
        }
        solved = levels.solve(&rows);
    }
    let said: BTreeMap<ContractMonth, Fraction> = rows.iter().map(|row| (row.contract, row.said.clone())).collect();
    let value = |sum: &WeightedSum| {
        let parts = sum.weights.iter().filter_map(|(contract, weight)| Some(weight * said.get(contract)?));
        Rate::from_exact_percent(parts.fold(sum.constant.clone(), |sum, part| sum + part))
    };
    for (position, meeting) in chain.iter().enumerate() {
        let from = |level: usize| match (&start, level) {
            (Some((_, source)), 0) => *source,
            _ => RateSource::AllContracts,
        };
        let step = match (&solved[position], &solved[position + 1]) {
            (Some(before), Some(after)) => {
                let (before, after) = ((value(before), from(position)), (value(after), from(position + 1)));
                MeetingStep::new(*meeting, days(known, &chain, position), before, after, &known.assumptions.premia)
            }
            (None, _) => Err(free(known, &chain, position)),
            (_, None) => Err(free(known, &chain, position + 1)),
        };
        match step {
            Ok(step) => solution.steps.push(step),
            Err(reason) => solution.unpriced.push(Unpriced { meeting: *meeting, reason }),
        }
    }
    let begins = |level: usize| level.checked_sub(1).map(|decision| chain[decision].announcement());
    solution.together = Some(Together {
        said,
        rates: solved.into_iter().enumerate().filter_map(|(level, sum)| Some((begins(level), sum?))).collect(),
    });
    solution.into_path(known, target, chain.len())
}

/// The rate before the first meeting, where it is stated.
fn start(known: &Known<'_>, chain: &[Meeting]) -> Result<Option<(Rate, RateSource)>, UnpricedReason> {
    match (&known.assumptions.start_rate, chain.first()) {
        (StartRate::Given(rate), _) => Ok(Some((rate.clone(), RateSource::Given))),
        (StartRate::Fixings, Some(first)) => known.start_from_fixings(first.month()).transpose(),
        (StartRate::Anchor | StartRate::Fixings, _) => Ok(None),
    }
}

/// What one contract says: `sum of days x rate / D = said`.
struct Row {
    contract: ContractMonth,
    /// Days over the month's days, by the level of the rate.
    shares: Vec<(usize, Fraction)>,
    said: Fraction,
    weight: Fraction,
}

/// The contracts whose months the chain explains wholly, each with its weight.
fn rows(known: &Known<'_>, chain: &[Meeting], notices: &mut Vec<Notice>) -> Vec<Row> {
    let spot = known.spot();
    let last = chain.last().map_or(known.as_of, Meeting::announcement);
    let mut later = known.assumptions.calendar.expected_on(known.as_of).filter(|meeting| meeting.announcement() > last);
    let (_, calendar_end) = known.assumptions.calendar.span();
    let end = later.next().map_or(calendar_end.next(), Meeting::month);
    let months = std::iter::successors(Some(spot), |month| Some(month.next())).take_while(|month| *month < end);
    let mut rows = Vec::new();
    let mut unweighted = Vec::new();
    // The month before speaks of today's rate where nothing has moved it since.
    let previous = spot.previous();
    let speaks = known.role(previous) == MonthRole::Anchor && !known.already_moved(spot);
    if let Some(Ok((rate, source))) = speaks.then(|| known.anchor(previous)) {
        if source == RateSource::Realised(previous) {
            notices.push(Notice::RealisedAnchor { contract: previous, average: rate.clone() });
        }
        let shares = vec![(0, Fraction::integer(1))];
        let weight = weight(known, previous, &mut unweighted);
        rows.push(Row { contract: previous, shares, said: rate.percent().clone(), weight });
    }
    for month in months {
        let decisions: Vec<Meeting> = chain.iter().filter(|meeting| meeting.month() == month).copied().collect();
        let Ok(equation) = known.equation(month, &decisions) else { continue };
        let first = chain.iter().filter(|meeting| meeting.month() < month).count();
        let share =
            |days: u32| Fraction::ratio(i64::from(days), i64::from(month.days())).unwrap_or_else(Fraction::zero);
        let shares =
            equation.days.iter().enumerate().map(|(position, days)| (first + position, share(*days))).collect();
        let said = &equation.total * &share(1);
        rows.push(Row { contract: month, shares, said, weight: weight(known, month, &mut unweighted) });
    }
    if !unweighted.is_empty() {
        let lack = match known.assumptions.weights {
            Weights::Volume => "no volume, and so no weight",
            _ => "no bid and ask, and so weighed by the tick",
        };
        notices.push(Notice::Unweighted { contracts: unweighted, lack });
    }
    rows.retain(|row| !row.weight.is_zero());
    rows
}

/// One over the square of a contract's uncertainty.
fn weight(known: &Known<'_>, contract: ContractMonth, unweighted: &mut Vec<ContractMonth>) -> Fraction {
    let by_tick = Fraction::from_decimal(tick(contract, known.as_of));
    let uncertainty = match known.assumptions.weights {
        Weights::Tick => by_tick,
        Weights::BidAsk => {
            let half = |(bid, ask): (Price, Price)| &(&ask.exact() - &bid.exact()) / &Fraction::integer(2);
            let half = known.strip.bid_ask(contract).map(half).filter(|half| !half.is_zero());
            half.unwrap_or_else(|| {
                unweighted.push(contract);
                by_tick
            })
        }
        Weights::Volume => {
            let volume = known.strip.volume(contract).and_then(|volume| i64::try_from(volume).ok()).unwrap_or(0);
            if volume == 0 {
                unweighted.push(contract);
            }
            return Fraction::integer(volume);
        }
    };
    &Fraction::integer(1) / &(&uncertainty * &uncertainty)
}

/// The rates between decisions, each a combination of unknowns and a constant.
struct Levels {
    unknowns: usize,
    levels: Vec<(Vec<(usize, Fraction)>, Fraction)>,
}

impl Levels {
    fn new(decisions: usize, start: Option<Fraction>) -> Self {
        let unknown = |level: usize| (vec![(level, Fraction::integer(1))], Fraction::zero());
        let mut levels: Vec<_> = (0..=decisions).map(unknown).collect();
        if let (Some(level), Some(rate)) = (levels.first_mut(), start) {
            *level = (Vec::new(), rate);
        }
        Self { unknowns: decisions + 1, levels }
    }

    /// Puts a level between two others.
    fn assume(&mut self, level: usize, (before, after): (usize, usize), share: &Fraction) {
        let rest = &Fraction::integer(1) - share;
        let mut parts: Vec<(usize, Fraction)> = Vec::new();
        let mut constant = Fraction::zero();
        for (of, share) in [(before, &rest), (after, share)] {
            let (unknowns, fixed) = &self.levels[of];
            parts.extend(unknowns.iter().map(|(unknown, factor)| (*unknown, factor * share)));
            constant = &constant + &(fixed * share);
        }
        self.levels[level] = (parts, constant);
    }

    /// The normal equations, solved: each level as a weighted sum of what the contracts say.
    fn solve(&self, rows: &[Row]) -> Vec<Option<WeightedSum>> {
        let zeros = |columns: usize| vec![vec![Fraction::zero(); columns]; self.unknowns];
        let (mut normal, mut right) = (zeros(self.unknowns), zeros(rows.len() + 1));
        for (side, row) in rows.iter().enumerate() {
            let mut coefficients = vec![Fraction::zero(); self.unknowns];
            let mut constant = Fraction::zero();
            for (level, share) in &row.shares {
                let (parts, fixed) = &self.levels[*level];
                constant = &constant + &(fixed * share);
                for (unknown, factor) in parts {
                    coefficients[*unknown] = &coefficients[*unknown] + &(factor * share);
                }
            }
            for (unknown, a) in coefficients.iter().enumerate().filter(|(_, a)| !a.is_zero()) {
                let weighted = a * &row.weight;
                right[unknown][side] = weighted.clone();
                right[unknown][rows.len()] = &right[unknown][rows.len()] - &(&weighted * &constant);
                for (other, b) in coefficients.iter().enumerate() {
                    normal[unknown][other] = &normal[unknown][other] + &(&weighted * b);
                }
            }
        }
        let solved = linear_system::solve(&normal, &right);
        let level = |(parts, fixed): &(Vec<(usize, Fraction)>, Fraction)| {
            let mut sums = vec![Fraction::zero(); rows.len() + 1];
            for (unknown, factor) in parts {
                for (sum, side) in sums.iter_mut().zip(solved[*unknown].as_ref()?) {
                    *sum = &*sum + &(factor * side);
                }
            }
            let constant = sums.pop().map(|constant| &constant + fixed)?;
            let weights = rows.iter().map(|row| row.contract).zip(sums).filter(|(_, weight)| !weight.is_zero());
            Some(WeightedSum { constant, weights: weights.collect() })
        };
        self.levels.iter().map(level).collect()
    }
}

/// The months with several decisions: the level before the first, and how many they are.
fn several_decisions(chain: &[Meeting]) -> Vec<(usize, usize)> {
    let mut first = 0;
    let mut found = Vec::new();
    for decisions in chain.chunk_by(|a, b| a.month() == b.month()) {
        if decisions.len() > 1 {
            found.push((first, decisions.len()));
        }
        first += decisions.len();
    }
    found
}

/// The days of a meeting's month before and after it.
fn days(known: &Known<'_>, chain: &[Meeting], position: usize) -> DayCount {
    let month = chain[position].month();
    let decisions: Vec<Meeting> = chain.iter().filter(|meeting| meeting.month() == month).copied().collect();
    let within = chain[..position].iter().filter(|meeting| meeting.month() == month).count();
    let days = known.days(month, &decisions);
    DayCount { before: days[within], after: days[within + 1] }
}

/// Why a level is left free: the first contract that averages over it and is missing.
fn free(known: &Known<'_>, chain: &[Meeting], level: usize) -> UnpricedReason {
    let first = level.checked_sub(1).map_or(known.spot(), |decision| chain[decision].month());
    let last = chain.get(level).map_or(first.next(), Meeting::month);
    let mut months = std::iter::successors(Some(first), |month| Some(month.next())).take_while(|month| *month <= last);
    let missing = months.find_map(|month| known.average(month).err());
    if missing.is_none() && known.assumptions.weights == Weights::Volume {
        return UnpricedReason::NoVolume;
    }
    let several = || several_decisions(chain).iter().any(|(from, count)| level > *from && level < from + count);
    missing
        .unwrap_or_else(|| if several() { UnpricedReason::SeveralDecisions(first) } else { UnpricedReason::NoContract })
}
