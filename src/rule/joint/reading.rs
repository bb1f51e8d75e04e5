//! [`Reading`]: which contracts speak, what each says, and why the others do not.

use chrono::NaiveDate;

use super::instrument::{Fixing, FixingRate, Instrument, Says};
use super::result::{LeftOutContract, SilentReason};
use crate::market::accrual::{Accrual, accruals, exact_average};
use crate::market::calendar::Meeting;
use crate::market::contract::{Contract, ContractMonth};
use crate::market::fixings::MissingFixing;
use crate::notice::Notice;
use crate::quotes::strip::Strip;
use crate::rule::expression::{Expression, Operand, Reason, Term};
use crate::rule::known::Known;
use crate::rule::least_squares::observations;
use crate::rule::least_squares::weighing::Weighing;
use crate::units::{Fraction, Price, Rate};

/// The contracts of a chain.
pub(super) struct Reading {
    /// Those that speak, fed funds futures first.
    pub(super) instruments: Vec<Instrument>,
    /// What each of them says, as it is written out.
    pub(super) said: Vec<Expression>,
    /// Those that do not.
    pub(super) silent: Vec<LeftOutContract>,
}

/// The decisions of a chain, by the first day of each new rate, and the day from which nothing is solved.
pub(super) struct Steps {
    effective: Vec<NaiveDate>,
    end: NaiveDate,
}

impl Steps {
    pub(super) fn new(known: &Known<'_>, chain: &[Meeting], next: Option<&Meeting>) -> Self {
        let effective = |meeting: &Meeting| known.schedule().effective_date(meeting);
        let end = next.map_or_else(|| known.schedule().span().1.next().first_day(), effective);
        Self { effective: chain.iter().map(effective).collect(), end }
    }

    fn level(&self, day: NaiveDate) -> usize {
        self.effective.partition_point(|effective| *effective <= day)
    }
}

/// The strips beside that of fed funds futures that are fitted.
pub(super) fn beside<'a>(known: &Known<'a>) -> impl Iterator<Item = &'a Strip> {
    let wanted = &known.assumptions.joint.products;
    known.strip.beside().iter().filter(|strip| wanted.contains(&strip.product()))
}

/// A SOFR future, and which fixing counts for how many days of it.
pub(super) struct Future {
    pub(super) contract: Contract,
    pub(super) price: Price,
    accruals: Vec<Accrual>,
}

/// The SOFR futures that are fitted, by product and month.
pub(super) fn futures(known: &Known<'_>) -> Vec<Future> {
    let of_strip = |strip: &Strip| -> Vec<Future> {
        let future = |(month, price): (ContractMonth, Price)| {
            let contract = strip.product().contract(month);
            let accruals = accruals(contract.reference_period(), contract.product().holidays());
            Future { contract, price, accruals }
        };
        strip.prices().map(future).collect()
    };
    beside(known).flat_map(of_strip).collect()
}

/// The fixings of a SOFR future: those known before the valuation date, and those of the path.
pub(super) fn fixings_of(known: &Known<'_>, steps: &Steps, future: &Future) -> Result<Vec<Fixing>, SilentReason> {
    let (period, rate) = (future.contract.reference_period(), future.contract.product().rate());
    if period.end() <= known.as_of {
        return Err(SilentReason::Expired);
    }
    let fixing = |accrual: &Accrual| {
        let day = accrual.fixed_on;
        let ahead = u32::try_from((day - known.as_of).num_days());
        let rate = match ahead {
            Ok(_) if day >= steps.end => return Err(SilentReason::BeyondChain),
            Ok(ahead) => FixingRate::Expected { level: steps.level(day), ahead },
            Err(_) => {
                let all = known.assumptions.sofr.as_ref().ok_or(SilentReason::NeedsFixings(rate))?;
                let fixed = all.rate_on(day).ok_or(SilentReason::NoFixing(MissingFixing { day, rate }))?;
                FixingRate::Known(fixed.exact().clone())
            }
        };
        Ok(Fixing { days: accrual.days, rate })
    };
    future.accruals.iter().map(fixing).collect()
}

/// The rate that levels and a basis make of a SOFR future, exact; `None` where a level is not known.
pub(super) fn model_rate(
    contract: Contract,
    fixings: &[Fixing],
    sofr: impl Fn(usize, u32) -> Option<Fraction>,
) -> Option<Rate> {
    let rates: Option<Vec<(u32, Fraction)>> = fixings
        .iter()
        .map(|fixing| match &fixing.rate {
            FixingRate::Known(rate) => Some((fixing.days, rate.clone())),
            FixingRate::Expected { level, ahead } => Some((fixing.days, sofr(*level, *ahead)?)),
        })
        .collect();
    exact_average(contract.product().averaging(), &rates?).map(Rate::from_exact)
}

impl Reading {
    /// Reads every contract of a strip and of the strips beside it.
    pub(super) fn new(
        known: &Known<'_>,
        futures: &[Future],
        (chain, next): (&[Meeting], Option<&Meeting>),
        steps: &Steps,
        notices: &mut Vec<Notice>,
    ) -> Self {
        let mut reading = Self { instruments: Vec::new(), said: Vec::new(), silent: Vec::new() };
        reading.read_fed_funds(known, chain, next, notices);
        let mut weighing = Weighing::new(known);
        for future in futures {
            let (contract, price) = (future.contract, future.price);
            let fixings = spoken_for(known, contract).and_then(|()| fixings_of(known, steps, future));
            let weighed = fixings.and_then(|fixings| match weighing.weight(contract).to_f64() {
                weight if weight > 0.0 => Ok((fixings, weight)),
                _ => Err(SilentReason::NoWeight),
            });
            match weighed {
                Ok((fixings, weight)) => reading.speak_sofr(contract, price, fixings, weight),
                Err(reason) => reading.silence(contract, price, reason),
            }
        }
        notices.extend(weighing.notice());
        reading.level_weights();
        reading
    }

    fn read_fed_funds(
        &mut self,
        known: &Known<'_>,
        chain: &[Meeting],
        next: Option<&Meeting>,
        notices: &mut Vec<Notice>,
    ) {
        let end = next.map_or_else(|| known.schedule().span().1.next(), Meeting::month);
        for observation in observations::of_chain(known, chain, end, notices) {
            let contract = known.contract(observation.contract);
            if spoken_for(known, contract).is_err() {
                continue;
            }
            let shares = observation.shares.iter().map(|(level, share)| (*level, share.to_f64())).collect();
            let says = Says::Mean { shares, rate: observation.said.value().to_f64() };
            self.instruments.push(Instrument { contract, weight: observation.weight.to_f64(), says });
            self.said.push(observation.said);
        }
        for (month, price) in known.strip.prices() {
            let contract = known.contract(month);
            if !self.instruments.iter().any(|instrument| instrument.contract == contract) {
                self.silence(contract, price, why_silent(known, chain, (month, end)));
            }
        }
    }

    fn speak_sofr(&mut self, contract: Contract, price: Price, fixings: Vec<Fixing>, weight: f64) {
        let days = contract.reference_period().days();
        let (averaging, rate) = (contract.product().averaging(), price.implied_rate().exact().to_f64());
        self.instruments.push(Instrument { contract, weight, says: Says::Accrued { averaging, fixings, days, rate } });
        let terms = [Term::plus(Operand::Number(Fraction::integer(100))), Term::minus(Operand::Number(price.exact()))];
        self.said.push(Expression::sum(Reason::Implied(contract), terms.to_vec()));
    }

    fn silence(&mut self, contract: Contract, price: Price, reason: SilentReason) {
        self.silent.push(LeftOutContract { contract, price, reason, predicted: None });
    }

    /// Weights of mean 1, so that the smoothness of the basis means the same by whatever they are weighed.
    fn level_weights(&mut self) {
        #[expect(clippy::cast_precision_loss, reason = "some dozens of contracts")]
        let count = self.instruments.len() as f64;
        let sum: f64 = self.instruments.iter().map(|instrument| instrument.weight).sum();
        if sum > 0.0 {
            self.instruments.iter_mut().for_each(|instrument| instrument.weight *= count / sum);
        }
    }
}

/// Refuses a contract that the caller leaves out, or that nobody holds.
fn spoken_for(known: &Known<'_>, contract: Contract) -> Result<(), SilentReason> {
    if known.assumptions.joint.exclude.contains(&contract) {
        return Err(SilentReason::Excluded);
    }
    let strip = known.strip.of(contract.product());
    match strip.and_then(|strip| strip.open_interest(contract.month())) {
        Some(0) => Err(SilentReason::NoOpenInterest),
        _ => Ok(()),
    }
}

/// Why a fed funds contract does not speak.
fn why_silent(known: &Known<'_>, chain: &[Meeting], (month, end): (ContractMonth, ContractMonth)) -> SilentReason {
    if let Err(reason) = spoken_for(known, known.contract(month)) {
        return reason;
    }
    if month < known.spot() {
        return SilentReason::Expired;
    }
    if month >= end {
        return SilentReason::BeyondChain;
    }
    let first = chain.partition_point(|meeting| meeting.month() < month);
    let last = chain.partition_point(|meeting| meeting.month() <= month);
    match known.equation(month, &chain[first..last]) {
        Err(reason) => SilentReason::Unread(reason),
        Ok(_) => SilentReason::NoWeight,
    }
}
