//! The derivation of a meeting's outcomes from its expected moves.

use chrono::NaiveDate;

use super::{Distribution, MeetingOutlook, Outlook, View};
use crate::explain::{Derivation, Expression, Step, Unit};
use crate::market::calendar::TargetRange;
use crate::units::Fraction;

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
        let mut writer = Writer { target: self.target(), steps: rates.steps };
        match view {
            View::Cumulative => writer.cumulative(meeting, earlier.last()),
            View::Meeting => writer.local(meeting),
            View::Aggregated => writer.aggregated(meeting, earlier),
        }
        writer.sides(&meeting.distribution(view));
        Some(Derivation { steps: writer.steps, ..rates })
    }
}

struct Writer {
    target: TargetRange,
    steps: Vec<Step>,
}

impl Writer {
    fn push(&mut self, name: &str, reason: String, expression: Expression, unit: Unit) {
        self.steps.push(Step::new(name, reason, expression, unit));
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
        let target = self.target;
        self.split(&meeting.step.expected_moves(), &meeting.local, |count| label(target.moved(count)));
    }

    /// The moves from today on, as one number that is split.
    fn aggregated(&mut self, meeting: &MeetingOutlook, earlier: &[MeetingOutlook]) {
        let moves = earlier.iter().chain([meeting]).map(|meeting| number(&meeting.step.expected_moves()));
        let reason = "the expected moves of every meeting so far".to_owned();
        self.push("expected moves in all", reason, Expression::sum(moves), Unit::Moves);
        let target = self.target;
        self.split(&meeting.cumulative_moves, &meeting.aggregated(), |count| label(target.moved(count)));
    }

    /// The move at this meeting, and its convolution with everything before.
    fn cumulative(&mut self, meeting: &MeetingOutlook, previous: Option<&MeetingOutlook>) {
        let name = |count| format!("{} at this meeting", moved(count));
        self.split(&meeting.step.expected_moves(), &meeting.local, name);
        let target = self.target;
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
