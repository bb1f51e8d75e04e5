//! The way from a strip of several products to a path, a basis and the fit of every contract.

use chrono::NaiveDate;

use super::gauss_newton::{Found, Problem};
use super::instrument::{Guess, Instrument};
use super::reading::{Future, Reading, Steps, beside, fixings_of, futures, model_rate};
use super::{Basis, BasisKnot, JointFit, ObservedBasis, Prediction, SharedLevel};
use crate::market::calendar::Meeting;
use crate::market::contract::{Contract, ContractMonth};
use crate::market::product::Product;
use crate::notice::Notice;
use crate::rule::equation::Rated;
use crate::rule::expression::Place;
use crate::rule::known::Known;
use crate::rule::least_squares::Estimate;
use crate::rule::solution::Solution;
use crate::rule::{ContractFit, PolicyError, PolicyPath, UnpricedReason, least_squares};
use crate::units::{BasisPoints, Fraction, Rate};

/// The decimal places of a fitted rate in percent, and of its weights.
const PLACES: (u32, u32) = (12, 6);

/// Quarters and the basis tie every rate to every other: a longer chain that moves one by less than a tick, in basis points, does
/// not tell against it.
const IMMATERIAL: (i64, i64) = (1, 2);

/// The days between the knots of a smooth basis, and the fewest before a knot that is moved.
const SMOOTH_DAYS: u32 = 30;

/// Solves a chain of meetings for fed funds and SOFR futures together.
pub(crate) fn solve(known: &Known<'_>) -> Result<PolicyPath, PolicyError> {
    let premia = &known.assumptions.premia;
    if !premia.term.is_empty() || premia.month_end.is_some() {
        return Err(PolicyError::JointPremia);
    }
    let (found, missing): (Vec<Product>, Vec<Product>) = known
        .assumptions
        .joint
        .products
        .iter()
        .partition(|product| beside(known).any(|strip| strip.product() == **product));
    if found.is_empty() {
        return Err(PolicyError::NothingBeside(missing));
    }
    let chain = known.chain()?;
    let target = known.target()?;
    let futures = futures(known);
    let mut solution = solve_chain(known, &futures, (chain, known.schedule().after_chain()), true)?;
    let day = known.as_of;
    solution.notices.splice(0..0, missing.into_iter().map(|product| Notice::ProductMissing { product, day }));
    let longer = known.schedule().chain_and_run();
    let longer = (longer.len() > chain.len())
        .then(|| solve_chain(known, &futures, (longer, known.schedule().after_run()), false));
    let material = Fraction::ratio(IMMATERIAL.0, IMMATERIAL.1).unwrap_or_else(Fraction::zero);
    least_squares::mark_provisional(&mut solution, longer.transpose()?.as_ref(), &material);
    let chain = chain.len();
    solution.into_path(known, target, chain)
}

/// A fit of a chain.
struct Fitted {
    reading: Reading,
    problem: Problem,
    found: Found,
}

impl Fitted {
    fn new(
        known: &Known<'_>,
        futures: &[Future],
        (chain, next): (&[Meeting], Option<&Meeting>),
        steps: &Steps,
        start: Option<&Rated>,
        notices: &mut Vec<Notice>,
    ) -> Result<Self, PolicyError> {
        let reading = Reading::new(known, futures, (chain, next), steps, notices);
        if reading.instruments.is_empty() {
            return Err(PolicyError::NothingSpeaks);
        }
        let (knots, smoothness) = knots(&known.assumptions.joint.basis, &reading.instruments, known);
        let mut problem = Problem {
            instruments: reading.instruments.clone(),
            levels: chain.len() + 1,
            start: start.map(|start| start.made.value().to_f64()),
            knots,
            smoothness,
        };
        loop {
            let found = problem.solve().ok_or(PolicyError::NothingSpeaks)?;
            // A knot that no SOFR future tells is none: the basis is flat from the knot before it.
            if found.free[problem.levels..].contains(&true) && problem.knots.pop().is_some() {
                continue;
            }
            return Ok(Self { reading, problem, found });
        }
    }

    /// A level in percent, to twelve places; `None` where the contracts leave it free.
    fn level(&self, level: usize) -> Option<Fraction> {
        if *self.found.free.get(level)? { None } else { rounded(self.found.unknowns[level], PLACES.0) }
    }

    /// A level that contracts cover, told or shared with others; `None` of one that no contract covers.
    fn covered(&self, level: usize) -> Option<Fraction> {
        let is_covered = !*self.found.free.get(level)? || self.problem.covers(level);
        if is_covered { rounded(self.found.unknowns[level], PLACES.0) } else { None }
    }

    /// The levels after the meetings without odds of their own, before the day where the last contract ends.
    fn shared(&self, known: &Known<'_>, chain: &[Meeting], reach: NaiveDate) -> Vec<SharedLevel> {
        let is_free = |level: usize| self.found.free[level];
        let level = |(place, meeting): (usize, &Meeting)| {
            let effective = known.assumptions.decision_day.effective_date(meeting);
            let rate = Rate::from_exact(self.covered(place + 1)?);
            let assumed = is_free(place + 1);
            let without_odds = effective < reach && (is_free(place) || assumed);
            without_odds.then_some(SharedLevel { meeting: meeting.announcement(), effective, rate, assumed })
        };
        chain.iter().enumerate().filter_map(level).collect()
    }

    /// Each level as the sum of what the contracts say, with their weights at the solution.
    fn estimates(&self) -> Vec<Option<Estimate>> {
        let estimate = |level: usize| {
            let value = self.level(level)?;
            let weight = |instrument: usize| rounded(self.found.response[(level, instrument)], PLACES.1);
            let weights: Option<Vec<Fraction>> = (0..self.reading.said.len()).map(weight).collect();
            let weights = weights?;
            let said = self.reading.said.iter().zip(&weights);
            let spoken = said.fold(Fraction::zero(), |sum, (said, weight)| &sum + &(said.value() * weight));
            Some(Estimate { constant: &value - &spoken, weights })
        };
        (0..self.problem.levels).map(estimate).collect()
    }

    /// The basis at its knots.
    fn basis(&self) -> Vec<BasisKnot> {
        let knots = &self.problem.knots;
        let knot = |(place, days): (usize, &u32)| {
            let percent = rounded(self.found.unknowns[self.problem.levels + place], PLACES.0)?;
            let seen = self.problem.instruments.iter().filter(|instrument| instrument.sees(knots, place));
            let mut seen: Vec<Contract> = seen.map(|instrument| instrument.contract).collect();
            seen.sort_by_key(|contract| contract.reference_period());
            let contracts = seen.first().copied().zip(seen.last().copied());
            let basis = BasisPoints::from_exact(&percent * &Fraction::integer(100));
            Some(BasisKnot { days: *days, basis, contracts })
        };
        knots.iter().enumerate().filter_map(knot).collect()
    }

    /// Each contract as the others predict it.
    fn leave_one_out(&self, known: &Known<'_>) -> Vec<Prediction> {
        let predict = |(place, instrument): (usize, &Instrument)| {
            let strip = known.strip.of(instrument.contract.product())?;
            let price = strip.price(instrument.contract.month())?;
            let predicted = self.problem.solve_without(place, &self.found).and_then(|unknowns| {
                let (levels, basis) = unknowns.split_at(self.problem.levels);
                let guess = Guess { levels, basis, knots: &self.problem.knots };
                rounded(instrument.price_at(&guess, price.to_f64()), PLACES.0)
            });
            Some(Prediction { contract: instrument.contract, price, predicted })
        };
        self.problem.instruments.iter().enumerate().filter_map(predict).collect()
    }
}

/// A figure of the fit as a decimal of so many places.
fn rounded(figure: f64, places: u32) -> Option<Fraction> {
    let scale = 10_i64.pow(places);
    #[expect(clippy::cast_precision_loss, reason = "powers of ten up to the twenty-second are numbers of f64")]
    let units = (figure * scale as f64).round();
    #[expect(clippy::cast_possible_truncation, reason = "of such a size that it fits")]
    let units = (units.abs() < 1e18).then_some(units as i64)?;
    Fraction::ratio(units, scale)
}

/// The days of the knots, and the weight of the basis' bends. A knot behind the last fixing of a SOFR future is moved to it: what lies
/// behind is not told, and a line through few days is no forecast of a year.
fn knots(basis: &Basis, instruments: &[Instrument], known: &Known<'_>) -> (Vec<u32>, f64) {
    let last_day = |of_fed_funds: bool| {
        let contracts = instruments.iter().map(|instrument| instrument.contract);
        let own = contracts.filter(|contract| (contract.product() == known.strip.product()) == of_fed_funds);
        let end = own.map(|contract| contract.reference_period().end()).max()?;
        u32::try_from((end - known.as_of).num_days() - 1).ok()
    };
    let Some(days) = last_day(false) else {
        return (Vec::new(), 0.0);
    };
    match basis {
        Basis::None => (Vec::new(), 0.0),
        Basis::Constant => (vec![0], 0.0),
        Basis::Knots(knots) => {
            let mut told: Vec<u32> = knots.iter().copied().filter(|knot| *knot < days).collect();
            let room = told.last().is_none_or(|last| days - last >= SMOOTH_DAYS);
            told.extend(knots.iter().find(|knot| **knot >= days).filter(|_| room).map(|knot| days.min(*knot)));
            (told, 0.0)
        }
        Basis::Smooth(smoothness) => {
            // Behind the last fed funds contract nothing tells a basis, and a line through its last bends is no forecast either.
            let both = last_day(true).unwrap_or(0);
            let smoothness = Fraction::from_decimal(*smoothness).to_f64();
            ((0..=days.min(both)).step_by(SMOOTH_DAYS as usize).collect(), smoothness)
        }
    }
}

/// The steps of a chain, up to the meeting that ends it: `next` is the first that it does not hold. `whole` adds what is told beside.
fn solve_chain(
    known: &Known<'_>,
    futures: &[Future],
    (chain, next): (&[Meeting], Option<&Meeting>),
    whole: bool,
) -> Result<Solution, PolicyError> {
    let mut solution = Solution::default();
    let first = chain[0].announcement();
    let start =
        least_squares::start(known, chain).map_err(|reason| PolicyError::FirstMeetingUnpriced(first, reason))?;
    let steps = Steps::new(known, chain, next);
    let fitted = Fitted::new(known, futures, (chain, next), &steps, start.as_ref(), &mut solution.notices)?;
    let estimates = fitted.estimates();
    let rate = |place: Place, level: usize| match &start {
        Some(start) if level == 0 => Ok(start.clone()),
        _ => {
            let estimate = estimates[level].as_ref().ok_or(UnpricedReason::NoContract)?;
            let said = fitted.reading.said.iter().zip(&estimate.weights);
            Ok(least_squares::weighted_sum(place, &estimate.constant, said))
        }
    };
    least_squares::take_steps(&mut solution, known, chain, rate);
    let speaking = || fitted.problem.instruments.iter().map(|instrument| instrument.contract);
    let last = chain[chain.len() - 1];
    let reach = speaking().map(|contract| contract.reference_period().end()).max();
    if reach.is_none_or(|reach| reach <= last.month().next().first_day()) {
        solution.without_end.insert(last.month());
    }
    let fed_funds = speaking().filter(|contract| contract.product() == known.strip.product());
    solution.together = fed_funds.map(Contract::month).collect();
    if whole {
        let level = |level: usize| match &start {
            Some(start) if level == 0 => Some(start.made.value().clone()),
            _ => fitted.covered(level),
        };
        let levels: Vec<Option<Fraction>> = (0..fitted.problem.levels).map(level).collect();
        let joint = JointFit {
            shape: known.assumptions.joint.basis.clone(),
            basis: fitted.basis(),
            observed: observed(known),
            leave_one_out: if known.assumptions.joint.leave_one_out { fitted.leave_one_out(known) } else { Vec::new() },
            left_out: fitted.reading.silent.clone(),
            shared: fitted.shared(known, chain, reach.unwrap_or(known.as_of)),
            reach: reach.unwrap_or(known.as_of),
        };
        let fits = fits(known, futures, &steps, &joint, &levels, &speaking().collect::<Vec<_>>());
        solution.joint = Some((joint, fits));
    }
    Ok(solution)
}

/// The fit of every SOFR future, exact.
fn fits(
    known: &Known<'_>,
    futures: &[Future],
    steps: &Steps,
    joint: &JointFit,
    levels: &[Option<Fraction>],
    speaking: &[Contract],
) -> Vec<ContractFit> {
    let sofr = |of: usize, ahead: u32| {
        let effective = Rate::from_exact(levels.get(of)?.clone()?);
        Some(joint.sofr(&effective, ahead).exact().clone())
    };
    let fit = |future: &Future| {
        let fixings = fixings_of(known, steps, future).ok();
        let model = fixings.and_then(|fixings| model_rate(future.contract, &fixings, sofr));
        ContractFit::of(known, future.contract, future.price, speaking.contains(&future.contract), model)
    };
    futures.iter().map(fit).collect()
}

/// `SR1 - ZQ` of each month that both trade in.
fn observed(known: &Known<'_>) -> Vec<ObservedBasis> {
    let Some(sofr) = beside(known).find(|strip| strip.product() == Product::OneMonthSofr) else { return Vec::new() };
    let hundred = Fraction::integer(100);
    let month = |(month, price): (ContractMonth, crate::units::Price)| {
        let points = &price.exact() - &known.strip.price(month)?.exact();
        Some(ObservedBasis { month, basis: BasisPoints::from_exact(&points * &hundred) })
    };
    sofr.prices().filter_map(month).collect()
}
