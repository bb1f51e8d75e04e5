//! The derivation of a meeting's rates: the expressions that gave them, written out step by step.

use chrono::NaiveDate;

use super::expression::{Detail, Expression, Operand, Reason, Side, Term};
use super::{MeetingStep, PolicyPath, RateSource};
use crate::explain::{self, Derivation, Step, Unit};
use crate::market::bank::CentralBank;
use crate::market::contract::ContractMonth;
use crate::units::{Fraction, Rate};

impl PolicyPath {
    /// How the rates of a meeting are made, step by step; `None` where the path does not hold the meeting.
    #[must_use]
    pub fn derivation(&self, announcement: NaiveDate) -> Option<Derivation> {
        let step = self.steps.iter().find(|step| step.announcement() == announcement)?;
        let mut writer = Writer { path: self, steps: Vec::new() };
        step.made.iter().for_each(|rate| writer.write(rate));
        writer.moves(step);
        Some(Derivation { meeting: announcement, steps: writer.steps })
    }
}

struct Writer<'a> {
    path: &'a PolicyPath,
    steps: Vec<Step>,
}

impl Writer<'_> {
    fn push(&mut self, name: &str, reason: String, expression: explain::Expression, unit: Unit) {
        let step = Step::new(name, reason, expression, unit);
        if !self.steps.contains(&step) {
            self.steps.push(step);
        }
    }

    /// Writes what a figure is made of, then the figure itself.
    fn write(&mut self, figure: &Expression) {
        let figures = || figure.terms().iter().filter_map(Term::figure);
        // Other rates come first, the last named first; what a contract says, after them.
        let is_rate = |figure: &&Expression| matches!(figure.reason(), Reason::Rate { .. } | Reason::Part);
        let rates: Vec<&Expression> = figures().filter(is_rate).collect();
        rates.into_iter().rev().for_each(|rate| self.write(rate));
        figures().filter(|figure| !is_rate(figure)).for_each(|figure| self.write(figure));
        if let Some((name, unit)) = name(figure.reason()) {
            self.push(&name, reason(figure, self.path), written(figure), unit);
        }
    }

    fn moves(&mut self, step: &MeetingStep) {
        let difference = percent(&step.after) - percent(&step.before);
        let change = step.change();
        let reason = "rate after less rate before, in basis points".to_owned();
        self.push("expected change", reason, difference * explain::Expression::integer(100), Unit::BasisPoints);
        let policy_step = CentralBank::FED.step();
        let Some(landing) = self.path.premia.landing() else {
            let expression = number(change.exact()) / number(policy_step.exact());
            self.push("expected moves", "in steps of 25 bp".to_owned(), expression, Unit::Moves);
            return;
        };
        let lower = step.expected_moves().floor();
        let outcome = |moves: &Fraction| self.path.premia.outcome(moves).exact().clone();
        let (below, above) = (outcome(&lower), outcome(&(&lower + &Fraction::integer(1))));
        let reason = format!(
            "between outcomes of {} and {} bp: steps of 25 bp and the landing spread of {} bp",
            below.shortest(),
            above.shortest(),
            landing.exact().shortest()
        );
        let part = (number(change.exact()) - number(&below)) / (number(&above) - number(&below));
        self.push("expected moves", reason, number(&lower) + part, Unit::Moves);
    }
}

/// What a figure is called, and what its value counts; a part of another has no name.
fn name(reason: Reason) -> Option<(String, Unit)> {
    let percent = |name: String| Some((name, Unit::Percent));
    match reason {
        Reason::Part => None,
        Reason::Average { contract: month, .. } | Reason::Expired(month) => {
            percent(format!("average of {}", month.words()))
        }
        #[cfg(feature = "joint")]
        Reason::Implied(contract) => percent(format!("implied by {}", contract.symbol())),
        Reason::Realised { month, .. } => Some((format!("realised in {}", month.words()), Unit::PercentDays)),
        Reason::ToCome(month) => percent(format!("{} to come", month.words())),
        Reason::Rate { place, .. } => {
            let side = match place.side {
                Side::Before => "before",
                Side::After => "after",
            };
            percent(format!("rate {side} {}", place.meeting))
        }
    }
}

/// Why a figure is made as it is.
fn reason(figure: &Expression, path: &PolicyPath) -> String {
    let symbol = |month: ContractMonth| path.product.contract(month).symbol();
    let less = |premia: bool| if premia { ", less the premia stated for it" } else { "" };
    match figure.reason() {
        Reason::Part => String::new(),
        Reason::Average { contract, less_premia } => {
            let (symbol, days) = (symbol(contract), path.product.reference_period(contract).days());
            format!("what {symbol} averages over its {days} days{}", less(less_premia))
        }
        #[cfg(feature = "joint")]
        Reason::Implied(_) => "100 less the price".to_owned(),
        Reason::Realised { days, .. } => format!("the month's first {days} days, weekends and holidays carried"),
        Reason::ToCome(month) => {
            format!("the average of {} less what its realised days have added to it", month.words())
        }
        Reason::Expired(month) => format!("realised average: {} has expired", symbol(month)),
        Reason::Rate { place, source, detail } => match (source, detail) {
            (RateSource::Anchor(month), detail) => {
                let less = less(detail == Detail::LessPremia);
                format!("{} has no meeting: {} averages one rate{less}", month.words(), symbol(month))
            }
            (RateSource::Given, _) => "given".to_owned(),
            (RateSource::Realised(month), _) => {
                format!("realised average of {}: {} has expired", month.words(), symbol(month))
            }
            (RateSource::Fixing(day), _) => format!("the effective rate of {day}, the last before {}", path.as_of),
            (RateSource::NextMeeting, Detail::Neighbour(meeting)) => {
                format!("the rate before the meeting of {meeting}")
            }
            (RateSource::PreviousMeeting, Detail::Neighbour(meeting)) => {
                format!("the rate after the meeting of {meeting}")
            }
            (RateSource::RestOfMonth(month), _) => {
                let left = figure.over().map(Fraction::shortest).unwrap_or_default();
                format!("{}: what is left for the month's last {left} days", symbol(month))
            }
            (RateSource::OwnContract, Detail::Month { month, realised, decisions }) => {
                of_own_contract(figure, place.side, &symbol(month), realised, decisions)
            }
            (RateSource::Assumed(between), _) => format!("assumed between the decisions of the month: {between}"),
            (RateSource::AllContracts, _) if path.joint.is_some() => {
                "joint fit: what the contracts say, each with its weight at the solution; the last number holds the basis \
                 and the compounding"
                    .to_owned()
            }
            (RateSource::AllContracts, _) => {
                "least squares: what the contracts say, each with its weight in this rate".to_owned()
            }
            (RateSource::OwnContract | RateSource::NextMeeting | RateSource::PreviousMeeting, _) => String::new(),
        },
    }
}

/// One rate of a month from its average and its other rates: its first or its last, or the one between two decisions.
fn of_own_contract(figure: &Expression, side: Side, symbol: &str, realised: bool, decisions: usize) -> String {
    let own = figure.over().cloned().unwrap_or_else(Fraction::zero);
    let is_rate = |term: &&Term| term.figure().is_some_and(|figure| matches!(figure.reason(), Reason::Rate { .. }));
    let others: Vec<&Fraction> =
        figure.terms().iter().filter(is_rate).filter_map(|term| term.factor.as_ref()).collect();
    match others.as_slice() {
        [before, after] => format!(
            "{symbol}: {} days at the rate before its decisions, {} between them, {} after them",
            before.shortest(),
            own.shortest(),
            after.shortest()
        ),
        others => {
            let known = others.first().map_or_else(Fraction::zero, |days| (*days).clone());
            let (side, other) = match side {
                Side::Before => ("before", "after"),
                Side::After => ("after", "before"),
            };
            let rest = if realised { "days to come" } else { "days" };
            let count = (&own + &known).shortest();
            let assumed = if decisions > 1 { ", the rate between its decisions assumed" } else { "" };
            let (own, known) = (own.shortest(), known.shortest());
            format!("{symbol}: {count} {rest}, {own} at the rate {side} and {known} at the rate {other}{assumed}")
        }
    }
}

/// The calculation of a figure, as it is printed: named figures stand by their values.
fn written(figure: &Expression) -> explain::Expression {
    let term = |term: &Term| {
        let operand = match &term.operand {
            Operand::Number(value) => number(value),
            Operand::Price(_, price) => number(&price.exact()),
            Operand::Figure(part) if part.reason() == Reason::Part => written(part),
            Operand::Figure(figure) => number(figure.value()),
        };
        match &term.factor {
            Some(factor) => number(factor) * operand,
            None => operand,
        }
    };
    let sum = figure.terms().iter().fold(None, |sum, next| match sum {
        Some(sum) if next.subtracted => Some(sum - term(next)),
        Some(sum) => Some(sum + term(next)),
        None => Some(term(next)),
    });
    let sum = sum.unwrap_or_else(|| number(&Fraction::zero()));
    match figure.over() {
        Some(over) => sum / number(over),
        None => sum,
    }
}

fn percent(rate: &Rate) -> explain::Expression {
    number(rate.exact())
}

fn number(value: &Fraction) -> explain::Expression {
    explain::Expression::number(value.clone())
}
