//! [`ContractFit`]: how well a contract agrees with the path.

use std::collections::BTreeSet;

use super::known::{Known, Realised};
use super::{MeetingStep, RateSource};
use crate::market::contract::{Contract, ContractMonth};
use crate::schedule::MonthRole;
use crate::units::{BasisPoints, Fraction, Price, Rate};

/// How well one contract agrees with the path, whether the rule read it or not.
///
/// ```
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n2025-11,96.12\n2025-12,96.18\n2026-01,96.215\n2026-02,96.285\n";
/// let outlook = fedpath::price(quotes, &fedpath::Assumptions::default())?;
/// let december = &outlook.path().contracts()[1];
/// // The rate before the December meeting is November's, the rate after it January's: December's own contract checks both.
/// assert!(!december.used);
/// assert_eq!(format!("{:+.2}", december.residual.as_ref().unwrap()), "-0.07bp");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ContractFit {
    /// The contract.
    pub contract: Contract,
    /// Its quoted price.
    pub price: Price,
    /// Whether the rule read it.
    pub used: bool,
    /// The average rate that the path implies for its month. `None` past the last priced meeting, where the path
    /// has a gap, and for a month with realised days that the rule did not read.
    pub model_rate: Option<Rate>,
    /// Model price less quoted price, in basis points of price (0.01 point). `None` as `model_rate`, and for
    /// every month with realised days: their rates are known from fixings only.
    pub residual: Option<BasisPoints>,
    /// What the implied average holds besides the expected rate, in percent, as stated.
    pub(crate) premium: Fraction,
    tick: Fraction,
}

impl ContractFit {
    /// The fit of a contract by the rate that a path implies for it.
    #[cfg(feature = "joint")]
    pub(super) fn of(known: &Known<'_>, contract: Contract, price: Price, used: bool, model: Option<Rate>) -> Self {
        let residual = model.as_ref().map(|model| &price.implied_rate() - model);
        let tick = Fraction::from_decimal(contract.tick(known.as_of));
        Self { contract, price, used, model_rate: model, residual, premium: Fraction::zero(), tick }
    }

    /// The price that the path implies, in points.
    #[must_use]
    pub fn model_price(&self) -> Option<Fraction> {
        self.model_rate.as_ref().map(Rate::futures_price)
    }

    /// The residual in ticks of the contract.
    #[must_use]
    pub fn residual_ticks(&self) -> Option<Fraction> {
        let points = |residual: &BasisPoints| residual.exact() / &Fraction::integer(100);
        self.residual.as_ref().and_then(|residual| points(residual).checked_div(&self.tick))
    }
}

/// The fit of every contract of the strip.
pub(crate) fn contracts(
    known: &Known<'_>,
    steps: &[MeetingStep],
    together: &BTreeSet<ContractMonth>,
) -> Vec<ContractFit> {
    let spot = known.spot();
    let realised = known.realised().and_then(Result::ok);
    let fit = |(contract, price): (ContractMonth, Price)| {
        let speaks = together.contains(&contract);
        let read = if speaks { read_together(known, steps, contract) } else { rate_read(known, steps, contract) };
        let used = read.is_some() || speaks;
        let (model_rate, known_whole) = match &realised {
            _ if contract > spot || contract == spot && known.schedule().opens_month() => {
                (read.or_else(|| expected_average(known, steps, contract)), true)
            }
            Some(realised) if contract == spot => (rest_expected(known, steps, realised), true),
            // Without fixings a month with realised days has a model only where the rule makes it one rate.
            _ => (read, false),
        };
        // The model's rates are expected ones; a price holds the premia, too.
        let premium = known.premium(contract);
        let held = known.premium_of(contract, contract == spot && realised.is_some());
        let model_rate = model_rate.map(|rate| Rate::from_exact(rate.exact() + &held));
        // A higher price is a lower rate: model price less price is quoted rate less model rate.
        let residual = model_rate.as_ref().filter(|_| known_whole).map(|model| &price.implied_rate() - model);
        let contract = known.contract(contract);
        let tick = Fraction::from_decimal(contract.tick(known.as_of));
        ContractFit { contract, price, used, model_rate, residual, premium, tick }
    };
    known.strip.prices().map(fit).collect()
}

/// The average that the path gives for a contract, if the rule read it: of a meeting's own month its rates by their
/// days, of an anchor the rate before the meeting after it, or the rate after the meeting before it.
fn rate_read(known: &Known<'_>, steps: &[MeetingStep], contract: ContractMonth) -> Option<Rate> {
    steps.iter().find_map(|step| {
        let sides = [(step.before_from, &step.before), (step.after_from, &step.after)];
        sides.into_iter().find_map(|(source, rate)| match source {
            RateSource::Anchor(month) | RateSource::RestOfMonth(month) if month == contract => Some(rate.clone()),
            RateSource::OwnContract if step.contract() == contract => month_with_decisions(known, steps, contract),
            _ => None,
        })
    })
}

/// The average that the path gives for a contract that least squares reads.
fn read_together(known: &Known<'_>, steps: &[MeetingStep], contract: ContractMonth) -> Option<Rate> {
    let first = steps.first()?;
    let before_any_decision = first.contract() > contract;
    if before_any_decision { Some(first.before.clone()) } else { expected_average(known, steps, contract) }
}

/// The average of a month with decisions, if all of them have a price.
fn month_with_decisions(known: &Known<'_>, steps: &[MeetingStep], contract: ContractMonth) -> Option<Rate> {
    let sum = sum_of_days(known, steps, contract, 0)?;
    Some(Rate::from_exact(&sum / &days_of(known, contract)))
}

/// The days that a contract averages over.
fn days_of(known: &Known<'_>, contract: ContractMonth) -> Fraction {
    Fraction::integer(i64::from(known.contract(contract).reference_period().days()))
}

/// What the rates of a month with decisions add up to, in percent times days, without its first so many days.
fn sum_of_days(known: &Known<'_>, steps: &[MeetingStep], contract: ContractMonth, without: u32) -> Option<Fraction> {
    let decided: Vec<&MeetingStep> = steps.iter().filter(|step| step.contract() == contract).collect();
    let before = decided.first()?.before.exact();
    let days = known.days(contract, decided.iter().map(|step| &step.meeting)).without_realised(without);
    Some(days.sum(std::iter::once(before).chain(decided.iter().map(|step| step.after.exact()))))
}

/// The average of the current month: its realised days, and the path for the rest.
fn rest_expected(known: &Known<'_>, steps: &[MeetingStep], realised: &Realised) -> Option<Rate> {
    let spot = known.spot();
    let rest = match steps.first()? {
        first if first.contract() == spot => sum_of_days(known, steps, spot, realised.days)?,
        first => known.days(spot, []).without_realised(realised.days).sum(std::iter::once(first.before.exact())),
    };
    Some(Rate::from_exact(&(realised.sum.value() + &rest) / &days_of(known, spot)))
}

/// The average that the path expects in a month not read by the rule.
fn expected_average(known: &Known<'_>, steps: &[MeetingStep], contract: ContractMonth) -> Option<Rate> {
    if steps.iter().any(|step| step.contract() == contract) {
        return month_with_decisions(known, steps, contract);
    }
    let later = steps.iter().find(|step| step.contract() > contract);
    let earlier = steps.iter().rev().find(|step| step.contract() < contract);
    // From the meeting before (or the valuation date) to this month no other meeting may move the rate.
    // A current month whose decisions are all behind moves it no more.
    let today = if known.schedule().is_decided(known.spot()) { known.spot().next() } else { known.spot() };
    let start = earlier.map_or(today, |step| step.contract().next());
    let mut months =
        std::iter::successors(Some(start), |month| Some(month.next())).take_while(|month| *month <= contract);
    if !months.all(|month| known.role(month) == MonthRole::Anchor) {
        return None;
    }
    match (earlier, later) {
        (Some(earlier), Some(_)) => Some(earlier.after.clone()),
        (None, Some(later)) => no_meeting_between(known, contract, later).then(|| later.before.clone()),
        // Past the last meeting the rules that choose contracts say nothing of those they do not choose.
        (Some(earlier), None) => (earlier.after_from == RateSource::AllContracts).then(|| earlier.after.clone()),
        (None, None) => None,
    }
}

/// Whether `later` is the next meeting after `contract`, so that its rate before is the rate of that month.
fn no_meeting_between(known: &Known<'_>, contract: ContractMonth, later: &MeetingStep) -> bool {
    let mut between = std::iter::successors(Some(contract.next()), |month| Some(month.next()));
    between.find(|month| known.role(*month) == MonthRole::Meeting) == Some(later.contract())
}
