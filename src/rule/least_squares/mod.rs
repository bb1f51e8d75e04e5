//! Least squares: every contract counts, each by its own uncertainty.
//!
//! The unknowns are the levels `r_0` before the first meeting and `r_j` after each; a contract of a month with `D` days says
//! `sum_j days_j r_j / D = A` (`observations`). The path is the one whose weighted sum of squared residuals is smallest: the
//! normal equations `X' W X r = X' W A` (`levels`), solved in exact fractions (`linear_system`). FedWatch solves a triangular
//! choice of the same equations.
//!
//! Where the quotes leave a rate free, alone or mixed with others, the meetings beside it have no price.

mod levels;
mod linear_system;
pub(super) mod observations;
pub(super) mod weighing;

use self::levels::{Estimate, Levels, several_decisions};
use self::observations::Observation;
use super::equation::{Rated, share_of_change};
use super::expression::{Detail, Expression, Operand, Place, Reason, Term};
use super::known::Known;
use super::solution::Solution;
use super::{MeetingStep, PolicyError, PolicyPath, RateSource, StartRate, Unpriced, UnpricedReason, Weights};
use crate::market::calendar::Meeting;
use crate::market::contract::ContractMonth;
use crate::units::Fraction;

/// A longer chain moves every rate of a least-squares path a little; one that it moves by less than this, in basis points,
/// does not rest on where the chain ends.
const IMMATERIAL: (i64, i64) = (1, 10);

/// Solves a chain of meetings by least squares.
pub(crate) fn solve(known: &Known<'_>) -> Result<PolicyPath, PolicyError> {
    let chain = known.chain()?;
    let target = known.target()?;
    let mut solution = solve_chain(known, chain, known.schedule().after_chain())?;
    let longer = known.schedule().chain_and_run();
    let longer = (longer.len() > chain.len()).then(|| solve_chain(known, longer, known.schedule().after_run()));
    let material = Fraction::ratio(IMMATERIAL.0, IMMATERIAL.1).unwrap_or_else(Fraction::zero);
    mark_provisional(&mut solution, longer.transpose()?.as_ref(), &material);
    let chain = chain.len();
    solution.into_path(known, target, chain)
}

/// Takes the step of each meeting of a chain from the rates before and after it: `rate` of a place tells that of a level.
pub(super) fn take_steps(
    solution: &mut Solution,
    known: &Known<'_>,
    chain: &[Meeting],
    rate: impl Fn(Place, usize) -> Result<Rated, UnpricedReason>,
) {
    for (position, meeting) in chain.iter().enumerate() {
        let before = rate(Place::before(meeting.announcement()), position);
        let after = rate(Place::after(meeting.announcement()), position + 1);
        let step = before.and_then(|before| {
            let after = after?;
            let decisions: Vec<&Meeting> = chain.iter().filter(|other| other.month() == meeting.month()).collect();
            let within = decisions.iter().take_while(|other| other.announcement() < meeting.announcement()).count();
            let days = known.days(meeting.month(), decisions).around(within);
            MeetingStep::new(known, *meeting, days, before, after)
        });
        match step {
            Ok(step) => solution.steps.push(step),
            Err(reason) => solution.unpriced.push(Unpriced { meeting: *meeting, reason }),
        }
    }
}

/// Marks the meetings that those in the months right behind the chain move by at least so many basis points, and one behind which no
/// contract is quoted.
pub(super) fn mark_provisional(solution: &mut Solution, longer: Option<&Solution>, material: &Fraction) {
    let moves = |step: &MeetingStep, other: &MeetingStep| (&other.after - &step.after).exact().abs() >= *material;
    let without_end = longer.map_or_else(|| solution.without_end.clone(), |longer| longer.without_end.clone());
    for step in &mut solution.steps {
        let moved = longer.is_some_and(|longer| {
            let other = longer.steps.iter().find(|other| other.meeting == step.meeting);
            other.is_none_or(|other| moves(step, other))
        });
        step.provisional = moved || without_end.contains(&step.contract());
    }
    if solution.steps.iter().any(|step| step.provisional) {
        let steps = longer.map_or(&solution.steps, |longer| &longer.steps);
        let firm = steps.iter().filter(|step| !without_end.contains(&step.contract()));
        solution.firm = Some(firm.cloned().collect());
    }
}

/// The steps of a chain, up to the meeting that ends it: `next` is the first that it does not hold.
fn solve_chain(known: &Known<'_>, chain: &[Meeting], next: Option<&Meeting>) -> Result<Solution, PolicyError> {
    let mut solution = Solution::default();
    let first = chain[0].announcement();
    let start = start(known, chain).map_err(|reason| PolicyError::FirstMeetingUnpriced(first, reason))?;
    let end = next.map_or_else(|| known.schedule().span().1.next(), Meeting::month);
    let observations = observations::of_chain(known, chain, end, &mut solution.notices);
    let estimates = estimates(known, chain, start.as_ref(), &observations);
    let rate = |place: Place, level: usize| {
        if let (Some(start), 0) = (&start, level) {
            return Ok(start.clone());
        }
        let estimate = estimates[level].as_ref().ok_or_else(|| free(known, chain, level))?;
        let said = observations.iter().map(|observation| &observation.said).zip(&estimate.weights);
        Ok(weighted_sum(place, &estimate.constant, said))
    };
    take_steps(&mut solution, known, chain, rate);
    let last = chain[chain.len() - 1].month();
    if !observations.iter().any(|observation| observation.contract > last) {
        solution.without_end.insert(last);
    }
    solution.together = observations.iter().map(|observation| observation.contract).collect();
    Ok(solution)
}

/// The rate before the first meeting, where it is stated.
pub(super) fn start(known: &Known<'_>, chain: &[Meeting]) -> Result<Option<Rated>, UnpricedReason> {
    let Some(first) = chain.first() else { return Ok(None) };
    let place = Place::before(first.announcement());
    match &known.assumptions.start_rate {
        StartRate::Given(rate) => Ok(Some(Rated::number(place, RateSource::Given, rate.exact().clone()))),
        StartRate::Fixings => known.start_from_fixings(place, first.month()).transpose(),
        StartRate::Anchor => Ok(None),
    }
}

/// Each level as the contracts estimate it; where they leave one free between several decisions of a month, as assumed.
fn estimates(
    known: &Known<'_>,
    chain: &[Meeting],
    start: Option<&Rated>,
    observations: &[Observation],
) -> Vec<Option<Estimate>> {
    let mut levels = Levels::new(chain.len(), start.map(|start| start.made.value().clone()));
    let estimates = levels.estimate(observations);
    let (Some(between), true) = (known.assumptions.between, estimates.iter().any(Option::is_none)) else {
        return estimates;
    };
    for (first, decisions) in several_decisions(chain) {
        let count = i64::try_from(decisions).unwrap_or(i64::MAX);
        for (position, inner) in (1..count).zip(first + 1..) {
            let share = share_of_change(position, count, between).unwrap_or_else(Fraction::zero);
            levels.assume(inner, (first, first + decisions), &share);
        }
    }
    levels.estimate(observations)
}

/// A level as the sum of what the contracts say, each with its weight, and a constant.
pub(super) fn weighted_sum<'o>(
    place: Place,
    constant: &Fraction,
    said: impl Iterator<Item = (&'o Expression, &'o Fraction)>,
) -> Rated {
    let source = RateSource::AllContracts;
    let mut terms: Vec<Term> = Vec::new();
    for (said, weight) in said.filter(|(_, weight)| !weight.is_zero()) {
        let said = Operand::Figure(said.clone());
        // The first term carries its own sign.
        let subtracted = weight.is_negative() && !terms.is_empty();
        let factor = Some(if subtracted { weight.abs() } else { weight.clone() });
        terms.push(Term { subtracted, factor, operand: said });
    }
    if terms.is_empty() {
        terms.push(Term::plus(Operand::Number(constant.clone())));
    } else if constant.is_negative() {
        terms.push(Term::minus(Operand::Number(constant.abs())));
    } else if !constant.is_zero() {
        terms.push(Term::plus(Operand::Number(constant.clone())));
    }
    Rated { source, made: Expression::sum(Reason::Rate { place, source, detail: Detail::None }, terms) }
}

/// Why a level is left free: the first contract that averages over it and is missing.
fn free(known: &Known<'_>, chain: &[Meeting], level: usize) -> UnpricedReason {
    let first = level.checked_sub(1).map_or(known.spot(), |decision| chain[decision].month());
    let last = chain.get(level).map_or(first.next(), Meeting::month);
    let mut months = std::iter::successors(Some(first), |month: &ContractMonth| Some(month.next()));
    let missing = months.by_ref().take_while(|month| *month <= last).find_map(|month| known.average(month).err());
    if missing.is_none() && matches!(known.assumptions.weights, Weights::Volume | Weights::OpenInterest) {
        return UnpricedReason::NoVolume;
    }
    let several = || several_decisions(chain).iter().any(|(from, count)| level > *from && level < from + count);
    missing
        .unwrap_or_else(|| if several() { UnpricedReason::SeveralDecisions(first) } else { UnpricedReason::NoContract })
}
