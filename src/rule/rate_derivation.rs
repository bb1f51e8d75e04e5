//! The derivation of a meeting's rates from the contracts and assumptions that gave them.

use chrono::NaiveDate;

use super::least_squares::WeightedSum;
use super::month::{days_of_two_rates, share_of_change};
use super::{Between, MeetingStep, PolicyPath, RateSource};
use crate::explain::{Derivation, Expression, Step, Unit};
use crate::market::contract::ContractMonth;
use crate::units::{BasisPoints, Fraction, Rate};

impl PolicyPath {
    /// How the rates of a meeting are made, step by step; `None` where the path does not hold the meeting.
    #[must_use]
    pub fn derivation(&self, announcement: NaiveDate) -> Option<Derivation> {
        let position = self.steps.iter().position(|step| step.meeting.announcement() == announcement)?;
        let mut writer = Writer { path: self, steps: Vec::new() };
        writer.rate_before(position);
        writer.rate_after(position);
        writer.moves(&self.steps[position]);
        Some(Derivation { meeting: announcement, steps: writer.steps })
    }

    /// The steps of a month's decisions, and their positions.
    fn decided(&self, month: ContractMonth) -> Vec<(usize, &MeetingStep)> {
        self.steps.iter().enumerate().filter(|(_, step)| step.contract() == month).collect()
    }
}

struct Writer<'a> {
    path: &'a PolicyPath,
    steps: Vec<Step>,
}

impl Writer<'_> {
    fn push(&mut self, name: &str, reason: String, expression: Expression, unit: Unit) {
        let step = Step::new(name, reason, expression, unit);
        if !self.steps.contains(&step) {
            self.steps.push(step);
        }
    }

    fn rate_before(&mut self, position: usize) {
        let path = self.path;
        let step = &path.steps[position];
        let name = format!("rate before {}", step.meeting.announcement());
        let rate = percent(&step.before);
        match step.before_from {
            RateSource::Anchor(month) => self.anchor(&name, month),
            RateSource::Given => self.push(&name, "given".to_owned(), rate, Unit::Percent),
            RateSource::Realised(month) => {
                let reason = format!("realised average of {}: {} has expired", month.words(), month.symbol());
                self.push(&name, reason, rate, Unit::Percent);
            }
            RateSource::Fixing(day) => {
                let reason = format!("the effective rate of {day}, the last before {}", self.path.as_of);
                self.push(&name, reason, rate, Unit::Percent);
            }
            RateSource::RestOfMonth(month) => self.rest_of_month(&name, month),
            RateSource::PreviousMeeting => self.neighbour(&name, position.checked_sub(1), false),
            RateSource::OwnContract => self.own_contract(&name, position, true),
            RateSource::AllContracts => {
                self.together(&name, path.together.as_ref().and_then(|all| all.before(step.meeting.announcement())));
            }
            RateSource::NextMeeting | RateSource::Assumed(_) => {}
        }
    }

    fn rate_after(&mut self, position: usize) {
        let path = self.path;
        let step = &path.steps[position];
        let name = format!("rate after {}", step.meeting.announcement());
        match step.after_from {
            RateSource::Anchor(month) => self.anchor(&name, month),
            RateSource::NextMeeting => self.neighbour(&name, Some(position + 1), true),
            RateSource::OwnContract => self.own_contract(&name, position, false),
            RateSource::Assumed(between) => self.assumed(&name, position, between),
            RateSource::AllContracts => {
                self.together(&name, path.together.as_ref().and_then(|all| all.after(step.meeting.announcement())));
            }
            _ => {}
        }
    }

    /// A month without a meeting averages one rate.
    fn anchor(&mut self, name: &str, month: ContractMonth) {
        let less = self.less_premia(month);
        let reason = format!("{} has no meeting: {} averages one rate{less}", month.words(), month.symbol());
        self.push(name, reason, self.expected(month), Unit::Percent);
    }

    /// The rate between two meetings of neighbouring months is one rate.
    fn neighbour(&mut self, name: &str, position: Option<usize>, next: bool) {
        let Some((position, other)) = position.and_then(|at| Some((at, self.path.steps.get(at)?))) else { return };
        let (side, value) = if next { ("before", &other.before) } else { ("after", &other.after) };
        if next {
            self.rate_before(position);
        } else {
            self.rate_after(position);
        }
        let reason = format!("the rate {side} the meeting of {}", other.meeting.announcement());
        self.push(name, reason, percent(value), Unit::Percent);
    }

    /// `100 - price` of a contract, less its premia.
    fn expected(&self, month: ContractMonth) -> Expression {
        let Some(fit) = self.path.contracts.iter().find(|fit| fit.contract == month) else {
            return number(&Fraction::zero());
        };
        let implied = Expression::integer(100) - number(&fit.price.exact());
        if fit.premium.is_zero() { implied } else { implied - number(&fit.premium) }
    }

    fn less_premia(&self, month: ContractMonth) -> &'static str {
        let premium = self.path.contracts.iter().any(|fit| fit.contract == month && !fit.premium.is_zero());
        if premium { ", less the premia stated for it" } else { "" }
    }

    /// The step that names a contract's average.
    fn average(&mut self, month: ContractMonth) -> Expression {
        let expected = self.expected(month);
        let less = self.less_premia(month);
        let reason = format!("what {} averages over its {} days{less}", month.symbol(), month.days());
        let value = expected.value().unwrap_or_else(Fraction::zero);
        self.push(&format!("average of {}", month.words()), reason, expected, Unit::Percent);
        number(&value)
    }

    /// What the contract of a month adds up to over its days to come: `D A`, less the realised days where they are
    /// taken out.
    fn total(&mut self, month: ContractMonth) -> (Expression, u32) {
        let whole = Expression::integer(month.days()) * self.average(month);
        let Some(realised) = self.path.realised.as_ref().filter(|_| month == ContractMonth::of(self.path.as_of)) else {
            return (whole, 0);
        };
        let runs = realised.runs.iter().map(|(days, rate)| Expression::integer(*days) * percent(rate));
        let reason = format!("the month's first {} days, weekends and holidays carried", realised.days);
        let sum = Expression::sum(runs);
        self.push(&format!("realised in {}", month.words()), reason, sum, Unit::PercentDays);
        (whole - number(&realised.sum), realised.days)
    }

    /// The days to come share what the realised ones leave of the month's average.
    fn rest_of_month(&mut self, name: &str, month: ContractMonth) {
        let (total, realised) = self.total(month);
        let left = month.days().saturating_sub(realised);
        let reason = format!("{}: what is left for the month's last {left} days", month.symbol());
        self.push(name, reason, total / Expression::integer(left), Unit::Percent);
    }

    /// One rate of a month from its average and its other rates: its first or its last, or the one between two decisions.
    fn own_contract(&mut self, name: &str, position: usize, first: bool) {
        let path = self.path;
        let month = path.steps[position].contract();
        let decided = path.decided(month);
        let (Some((from, opening)), Some((to, closing))) = (decided.first().copied(), decided.last().copied()) else {
            return;
        };
        let mut days: Vec<u32> = vec![opening.days.before];
        days.extend(decided.iter().map(|(_, step)| step.days.after));
        let is_between = !first && position < to;
        // What the wanted rate is made from comes first.
        if first || is_between {
            self.rate_after(to);
        }
        if !first {
            self.rate_before(from);
        }
        let (total, realised) = self.total(month);
        days[0] = days[0].saturating_sub(realised);
        let symbol = month.symbol();
        let rates = (percent(&opening.before), percent(&closing.after));
        match days.as_slice() {
            [before, between, after] if is_between => {
                let reason = format!(
                    "{symbol}: {before} days at the rate before its decisions, {between} between them, {after} after them"
                );
                let rest = total - Expression::integer(*before) * rates.0 - Expression::integer(*after) * rates.1;
                self.push(name, reason, rest / Expression::integer(*between), Unit::Percent);
            }
            days => {
                let assumed = |(_, step): &(usize, &MeetingStep)| match step.after_from {
                    RateSource::Assumed(between) => Some(between),
                    _ => None,
                };
                let between = decided.iter().find_map(assumed);
                let Some([before, after]) = days_of_two_rates(days, between) else { return };
                let ((wanted, side), (known, rate, other)) = if first {
                    ((before, "before"), (after, rates.1, "after"))
                } else {
                    ((after, "after"), (before, rates.0, "before"))
                };
                let (wanted_days, known_days) = (wanted.shortest(), known.shortest());
                let rest = if realised == 0 { "days" } else { "days to come" };
                let count = (&wanted + &known).shortest();
                let assumed = if decided.len() > 1 { ", the rate between its decisions assumed" } else { "" };
                let reason = format!(
                    "{symbol}: {count} {rest}, {wanted_days} at the rate {side} and {known_days} at the rate {other}{assumed}"
                );
                let expression = (total - number(&known) * rate) / number(&wanted);
                self.push(name, reason, expression, Unit::Percent);
            }
        }
    }

    /// A rate between decisions of one month, put between the rates before and after them.
    fn assumed(&mut self, name: &str, position: usize, between: Between) {
        let path = self.path;
        let decided = path.decided(path.steps[position].contract());
        let (Some((from, opening)), Some((to, closing))) = (decided.first().copied(), decided.last().copied()) else {
            return;
        };
        self.rate_before(from);
        self.rate_after(to);
        let counts = (i64::try_from(position + 1 - from), i64::try_from(decided.len()));
        let share = counts.0.ok().zip(counts.1.ok()).and_then(|(inner, all)| share_of_change(inner, all, between));
        let change = percent(&closing.after) - percent(&opening.before);
        let expression = percent(&opening.before) + number(&share.unwrap_or_else(Fraction::zero)) * change;
        self.push(name, format!("assumed between the decisions of the month: {between}"), expression, Unit::Percent);
    }

    /// A weighted sum of what every contract says.
    fn together(&mut self, name: &str, rate: Option<&WeightedSum>) {
        let Some(rate) = rate else { return };
        let mut sum: Option<Expression> = None;
        for (contract, weight) in &rate.weights {
            let said = self.said(*contract);
            sum = Some(match sum {
                Some(sum) if weight.is_negative() => sum - number(&weight.abs()) * said,
                Some(sum) => sum + number(weight) * said,
                None => number(weight) * said,
            });
        }
        let constant = &rate.constant;
        let expression = match sum {
            Some(sum) if constant.is_zero() => sum,
            Some(sum) if constant.is_negative() => sum - number(&constant.abs()),
            Some(sum) => sum + number(constant),
            None => number(constant),
        };
        let reason = "least squares: what the contracts say, each with its weight in this rate".to_owned();
        self.push(name, reason, expression, Unit::Percent);
    }

    /// What a contract says in least squares: its average, less what its realised days have added to it.
    fn said(&mut self, month: ContractMonth) -> Expression {
        let path = self.path;
        let said = path.together.as_ref().and_then(|all| all.said.get(&month)).cloned();
        let said = said.unwrap_or_else(Fraction::zero);
        let spot = ContractMonth::of(path.as_of);
        if month == spot && path.realised.is_some() {
            let (total, _) = self.total(month);
            let reason = format!("the average of {} less what its realised days have added to it", month.words());
            let expression = total / Expression::integer(month.days());
            self.push(&format!("{} to come", month.words()), reason, expression, Unit::Percent);
        } else if path.contracts.iter().any(|fit| fit.contract == month) {
            self.average(month);
        } else {
            let reason = format!("realised average: {} has expired", month.symbol());
            self.push(&format!("average of {}", month.words()), reason, number(&said), Unit::Percent);
        }
        number(&said)
    }

    fn moves(&mut self, step: &MeetingStep) {
        let difference = percent(&step.after) - percent(&step.before);
        let change = step.change();
        let reason = "rate after less rate before, in basis points".to_owned();
        self.push("expected change", reason, difference * Expression::integer(100), Unit::BasisPoints);
        let policy_step = BasisPoints::policy_step();
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

fn percent(rate: &Rate) -> Expression {
    number(rate.percent())
}

fn number(value: &Fraction) -> Expression {
    Expression::number(value.clone())
}
