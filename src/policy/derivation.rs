//! The derivation of a meeting's figures, from the contracts that gave its rates to its outcomes.

use chrono::NaiveDate;

use super::{DayCount, Distribution, MeetingOutlook, MeetingStep, Outlook, PolicyPath, RateSource, View};
use crate::calendar::TargetRange;
use crate::contract::ContractMonth;
use crate::explain::{Derivation, Expression, Step, Unit};
use crate::units::{BasisPoints, Fraction, Rate};

impl PolicyPath {
    /// How the rates of a meeting are made, step by step; `None` where the path does not hold the meeting.
    #[must_use]
    pub fn derivation(&self, announcement: NaiveDate) -> Option<Derivation> {
        let step = self.steps.iter().find(|step| step.meeting.announcement() == announcement)?;
        let mut writer = Writer { path: self, steps: Vec::new() };
        writer.rate_before(step);
        writer.rate_after(step);
        writer.moves(step);
        Some(Derivation { meeting: announcement, steps: writer.steps })
    }
}

impl Outlook {
    /// How the figures of a meeting are made, step by step, from the quoted prices to the probabilities of a view;
    /// `None` where the outlook does not hold the meeting.
    #[must_use]
    pub fn derivation(&self, announcement: NaiveDate, view: View) -> Option<Derivation> {
        let here = |meeting: &MeetingOutlook| meeting.step.meeting.announcement() == announcement;
        let position = self.meetings().iter().position(here)?;
        let (earlier, rest) = self.meetings().split_at(position);
        let meeting = rest.first()?;
        let rates = self.path().derivation(announcement)?;
        let mut writer = Writer { path: self.path(), steps: rates.steps };
        match view {
            View::Cumulative => writer.cumulative(meeting, earlier.last()),
            View::Meeting => writer.local(meeting),
            View::Aggregated => writer.aggregated(meeting, earlier),
        }
        writer.sides(&meeting.distribution(view));
        Some(Derivation { steps: writer.steps, ..rates })
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

    fn rate_before(&mut self, step: &MeetingStep) {
        let name = format!("rate before {}", step.meeting.announcement());
        match step.before_from {
            RateSource::Anchor(month) => self.anchor(&name, month, &step.before),
            RateSource::Given => self.push(&name, "given".to_owned(), rate(&step.before), Unit::Percent),
            RateSource::PreviousMeeting => self.neighbour(&name, step, false),
            RateSource::OwnContract => {
                self.rate_after(step);
                let DayCount { before, after } = step.days;
                self.own_contract(&name, step, (before, "before"), (after, &step.after, "after"));
            }
            RateSource::NextMeeting => {}
        }
    }

    fn rate_after(&mut self, step: &MeetingStep) {
        let name = format!("rate after {}", step.meeting.announcement());
        match step.after_from {
            RateSource::Anchor(month) => self.anchor(&name, month, &step.after),
            RateSource::NextMeeting => self.neighbour(&name, step, true),
            RateSource::OwnContract => {
                self.rate_before(step);
                let DayCount { before, after } = step.days;
                self.own_contract(&name, step, (after, "after"), (before, &step.before, "before"));
            }
            RateSource::PreviousMeeting | RateSource::Given => {}
        }
    }

    /// A month without a meeting averages one rate.
    fn anchor(&mut self, name: &str, month: ContractMonth, implied: &Rate) {
        let reason = format!("{} has no meeting: {} averages one rate", month.words(), month.symbol());
        let expression = self.implied(month).unwrap_or_else(|| rate(implied));
        self.push(name, reason, expression, Unit::Percent);
    }

    /// The rate between two meetings of neighbouring months is one rate.
    fn neighbour(&mut self, name: &str, step: &MeetingStep, next: bool) {
        let month = if next { step.contract().next() } else { step.contract().previous() };
        let steps = self.path.steps();
        let Some(other) = steps.iter().find(|other| other.contract() == month) else { return };
        let (side, value) = if next { ("before", &other.before) } else { ("after", &other.after) };
        if next {
            self.rate_before(other);
        } else {
            self.rate_after(other);
        }
        let reason = format!("the rate {side} the meeting of {}", other.meeting.announcement());
        self.push(name, reason, rate(value), Unit::Percent);
    }

    /// One of a month's two rates from its average and the other.
    fn own_contract(
        &mut self,
        name: &str,
        step: &MeetingStep,
        (wanted_days, wanted_side): (u32, &str),
        (known_days, known, known_side): (u32, &Rate, &str),
    ) {
        let contract = step.contract();
        let average = step.month_average();
        let (symbol, days) = (contract.symbol(), step.days.total());
        if let Some(expression) = self.implied(contract) {
            let reason = format!("what {symbol} averages over its {days} days");
            self.push(&format!("average of {}", contract.words()), reason, expression, Unit::Percent);
        }
        let reason = format!(
            "{symbol}: {days} days, {wanted_days} at the rate {wanted_side} and {known_days} at the rate {known_side}"
        );
        let sum = Expression::integer(days) * rate(&average) - Expression::integer(known_days) * rate(known);
        self.push(name, reason, sum / Expression::integer(wanted_days), Unit::Percent);
    }

    /// `100 - price` of a contract of the strip.
    fn implied(&self, month: ContractMonth) -> Option<Expression> {
        let fit = self.path.contracts().iter().find(|fit| fit.contract == month)?;
        Some(Expression::integer(100) - Expression::number(fit.price.exact()))
    }

    fn moves(&mut self, step: &MeetingStep) {
        let difference = rate(&step.after) - rate(&step.before);
        let change = step.change();
        let reason = "rate after less rate before, in basis points".to_owned();
        self.push("expected change", reason, difference * Expression::integer(100), Unit::BasisPoints);
        let policy_step = BasisPoints::policy_step();
        let expression = Expression::number(change.exact().clone()) / Expression::number(policy_step.exact().clone());
        self.push("expected moves", "in steps of 25 bp".to_owned(), expression, Unit::Moves);
    }

    /// The two neighbouring whole numbers of moves around an expected one; `name` tells what each is called.
    fn split(&mut self, expected: &Fraction, split: &Distribution, name: impl Fn(i64) -> String) {
        let counts: Vec<i64> = split.outcomes().map(|(count, _)| count).collect();
        let moves = || number(expected);
        match counts.as_slice() {
            [lower, upper] => {
                let reason = || format!("the expected moves lie between {} and {}", moved(*lower), moved(*upper));
                self.push(&name(*lower), reason(), Expression::integer(*upper) - moves(), Unit::Probability);
                self.push(&name(*upper), reason(), moves() - Expression::integer(*lower), Unit::Probability);
            }
            whole => {
                for count in whole {
                    let reason = "the expected moves are whole".to_owned();
                    self.push(&name(*count), reason, Expression::integer(1), Unit::Probability);
                }
            }
        }
    }

    /// The move at this meeting alone.
    fn local(&mut self, meeting: &MeetingOutlook) {
        let target = self.path.target();
        self.split(&meeting.step.expected_moves(), &meeting.local, |count| label(target.moved(count)));
    }

    /// The moves from today on, as one number that is split.
    fn aggregated(&mut self, meeting: &MeetingOutlook, earlier: &[MeetingOutlook]) {
        let moves = earlier.iter().chain([meeting]).map(|meeting| number(&meeting.step.expected_moves()));
        let reason = "the expected moves of every meeting so far".to_owned();
        self.push("expected moves in all", reason, Expression::sum(moves), Unit::Moves);
        let target = self.path.target();
        self.split(&meeting.cumulative_moves, &meeting.aggregated(), |count| label(target.moved(count)));
    }

    /// The move at this meeting, and its convolution with everything before.
    fn cumulative(&mut self, meeting: &MeetingOutlook, previous: Option<&MeetingOutlook>) {
        let name = |count| format!("{} at this meeting", moved(count));
        self.split(&meeting.step.expected_moves(), &meeting.local, name);
        let target = self.path.target();
        if let Some(previous) = previous {
            let reason = format!("the outcome after the meeting of {}", previous.step.meeting.announcement());
            for (count, probability) in previous.cumulative.outcomes() {
                let name = format!("{} before", target.moved(count));
                self.push(&name, reason.clone(), number(probability.exact()), Unit::Probability);
            }
        }
        for (count, probability) in meeting.cumulative.outcomes() {
            let (reason, expression) = match previous {
                None => (format!("today's range and {}", moved(count)), number(probability.exact())),
                Some(previous) => {
                    let ways = meeting.local.outcomes().filter_map(|(here, share)| {
                        let earlier = previous.cumulative.probability(count - here);
                        let both = || number(earlier.exact()) * number(share.exact());
                        (!earlier.exact().is_zero()).then(both)
                    });
                    (format!("{} in all: the ways to get there", moved(count)), Expression::sum(ways))
                }
            };
            self.push(&label(target.moved(count)), reason, expression, Unit::Probability);
        }
    }

    /// The sums of ranges on each side of today's.
    fn sides(&mut self, shown: &Distribution) {
        let sides = [
            ("ease", -1, "all ranges below today's"),
            ("hold", 0, "today's range"),
            ("hike", 1, "all ranges above today's"),
        ];
        for (side, sign, reason) in sides {
            let cells = shown.outcomes().filter(|(count, _)| count.signum() == sign);
            let sum = Expression::sum(cells.map(|(_, probability)| number(probability.exact())));
            self.push(side, reason.to_owned(), sum, Unit::Probability);
        }
    }
}

fn rate(rate: &Rate) -> Expression {
    Expression::number(rate.percent().clone())
}

fn number(value: &Fraction) -> Expression {
    Expression::number(value.clone())
}

fn label(range: TargetRange) -> String {
    format!("range {range}")
}

/// "2 cuts", "no move", "1 hike".
fn moved(count: i64) -> String {
    let plural = if count.abs() == 1 { "" } else { "s" };
    match count {
        0 => "no move".to_owned(),
        c if c < 0 => format!("{} cut{plural}", c.unsigned_abs()),
        c => format!("{c} hike{plural}"),
    }
}
