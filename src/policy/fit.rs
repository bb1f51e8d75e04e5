//! [`ContractFit`]: how well a contract agrees with the path.

use chrono::Datelike;

use super::known::{Known, MonthRole};
use super::{MeetingStep, RateSource};
use crate::contract::ContractMonth;
use crate::quotes::tick;
use crate::units::{BasisPoints, Fraction, Price, Rate};

/// How well one contract agrees with the path, whether the rule read it or not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContractFit {
    /// The contract.
    pub contract: ContractMonth,
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
    tick: Fraction,
}

impl ContractFit {
    /// The price that the path implies, in points.
    #[must_use]
    pub fn model_price(&self) -> Option<Fraction> {
        self.model_rate.as_ref().map(Rate::futures_price)
    }

    /// The residual in ticks of the contract: 0.0025 in the spot month, 0.005 in the others.
    #[must_use]
    pub fn residual_ticks(&self) -> Option<Fraction> {
        let points = |residual: &BasisPoints| residual.exact() / &Fraction::integer(100);
        self.residual.as_ref().and_then(|residual| points(residual).checked_div(&self.tick))
    }
}

/// The fit of every contract of the strip.
pub(super) fn contracts(known: &Known<'_>, steps: &[MeetingStep]) -> Vec<ContractFit> {
    let spot = ContractMonth::of(known.as_of);
    let fit = |(contract, price): (ContractMonth, Price)| {
        let read = rate_read(steps, contract);
        let used = read.is_some();
        let realised = contract < spot || (contract == spot && known.as_of.day() > 1);
        let expected = || (!realised).then(|| expected_average(known, steps, contract)).flatten();
        let model_rate = read.or_else(expected);
        // A higher price is a lower rate: model price less price is quoted rate less model rate.
        let residual = model_rate.as_ref().filter(|_| !realised).map(|model| &price.implied_rate() - model);
        ContractFit {
            contract,
            price,
            used,
            model_rate,
            residual,
            tick: Fraction::from_decimal(tick(contract, known.as_of)),
        }
    };
    known.strip.prices().map(fit).collect()
}

/// The average that the path gives for a contract, if the rule read it: of a meeting's own month both rates by their
/// days, of an anchor the rate before the meeting after it, or the rate after the meeting before it.
fn rate_read(steps: &[MeetingStep], contract: ContractMonth) -> Option<Rate> {
    steps.iter().find_map(|step| {
        let sides = [(step.before_from, &step.before), (step.after_from, &step.after)];
        sides.into_iter().find_map(|(source, rate)| match source {
            RateSource::Anchor(month) if month == contract => Some(rate.clone()),
            RateSource::OwnContract if step.contract() == contract => Some(step.month_average()),
            _ => None,
        })
    })
}

/// The average that the path expects in a month not read by the rule.
fn expected_average(known: &Known<'_>, steps: &[MeetingStep], contract: ContractMonth) -> Option<Rate> {
    if let Some(step) = steps.iter().find(|step| step.contract() == contract) {
        return Some(step.month_average());
    }
    let later = steps.iter().find(|step| step.contract() > contract)?;
    let earlier = steps.iter().rev().find(|step| step.contract() < contract);
    // From the meeting before (or the valuation date) to this month no other meeting may move the rate.
    let start = earlier.map_or(ContractMonth::of(known.as_of), |step| step.contract().next());
    let mut months =
        std::iter::successors(Some(start), |month| Some(month.next())).take_while(|month| *month <= contract);
    let undisturbed = months.all(|month| known.role(month) == MonthRole::Anchor);
    let first_step_is_first_meeting = earlier.is_some() || no_meeting_between(known, contract, later);
    (undisturbed && first_step_is_first_meeting).then(|| earlier.map_or(&later.before, |step| &step.after).clone())
}

/// Whether `later` is the next meeting after `contract`, so that its rate before is the rate of that month.
fn no_meeting_between(known: &Known<'_>, contract: ContractMonth, later: &MeetingStep) -> bool {
    let mut between = std::iter::successors(Some(contract.next()), |month| Some(month.next()));
    between.find(|month| known.role(*month) == MonthRole::Meeting) == Some(later.contract())
}
