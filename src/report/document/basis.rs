//! What stands above a report: the day and the range, the file, the rule; and below it, how the figures are made.

use chrono::NaiveDate;

use super::super::{ILLUSTRATIVE, Selection, Source};
use super::{Column, Document, Value, data, list};
use crate::explain::{Derivation, Step};
use crate::notice::Notice;
use crate::rule::PolicyPath;
use crate::schedule::DecisionDay;
use crate::text::printable;

/// The lines under a title: date and range, file, rule.
pub(super) fn basis(path: &PolicyPath, selection: &Selection<'_>) -> String {
    let illustrative = if selection.source.illustrative { format!("{ILLUSTRATIVE}\n") } else { String::new() };
    let source = &selection.source;
    let format = if source.format.is_empty() { String::new() } else { format!(", {}", source.format) };
    format!(
        "{illustrative}As of {}, target range {} %\nQuotes: {}{format}\nRule: {}",
        path.as_of(),
        path.target(),
        source_of(path, source),
        rule(path)
    )
}

/// How many contracts of what file.
pub(super) fn source_of(path: &PolicyPath, source: &Source<'_>) -> String {
    let contracts = path.contracts().len();
    let plural = if contracts == 1 { "" } else { "s" };
    format!("{contracts} contract{plural} of {}", printable(source.name))
}

/// The rule and what it assumes, in words.
pub(in super::super) fn rule(path: &PolicyPath) -> String {
    let days = match path.decision_day() {
        DecisionDay::Old => "decision day at the old rate",
        DecisionDay::OldToBusinessDay => "decision day and holidays after it at the old rate",
        DecisionDay::New => "decision day at the new rate",
    };
    let premia = path.premia();
    let taken_out = if premia.is_none() { String::new() } else { format!("; taken out as stated: {premia}") };
    format!("{}, {days}{taken_out}", path.method())
}

impl Document<'_> {
    /// The last members of a report on a path: whether its quotes are illustrative, and its warnings.
    pub(super) fn ending(self, illustrative: bool, warnings: impl IntoIterator<Item = String>) -> Self {
        self.member("illustrative", illustrative).member("warnings", list(warnings, |warning| warning))
    }

    /// The same, with the warnings of a path.
    pub(super) fn ending_of(self, path: &PolicyPath, source: &Source<'_>) -> Self {
        self.ending(source.illustrative, path.notices().iter().map(Notice::to_string))
    }

    /// The members of a report on one path.
    pub(super) fn snapshot(self, path: &PolicyPath, selection: &Selection<'_>) -> Self {
        let premia = Some(path.premia()).filter(|premia| !premia.is_none()).map(ToString::to_string);
        self.member("as_of", path.as_of())
            .member("target_lower_percent", Value::bound(&path.target().lower()))
            .member("target_upper_percent", Value::bound(&path.target().upper()))
            .member("method", path.method().id())
            .member("decision_day", path.decision_day().to_string())
            .member("source", selection.source.name)
            .optional("premia", premia)
    }

    /// The meetings without a price: a member of JSON, and a sentence for each of those among the meetings that are wanted.
    pub(super) fn not_priced<D: std::fmt::Display>(
        self,
        rows: impl Iterator<Item = (NaiveDate, D)>,
        shown: &[NaiveDate],
        count: Option<usize>,
    ) -> Self {
        let rows: Vec<(NaiveDate, String)> = rows.map(|(meeting, reason)| (meeting, reason.to_string())).collect();
        let is_wanted = |(place, (meeting, _)): &(usize, &(NaiveDate, String))| {
            count.is_none_or(|count| {
                if shown.len() < count {
                    shown.len() + place < count
                } else {
                    shown.last().is_some_and(|last| meeting < last)
                }
            })
        };
        let told = rows.iter().enumerate().filter(is_wanted);
        let told: Vec<String> = told.map(|(_, (meeting, reason))| format!("Not priced: {meeting}, {reason}")).collect();
        self.each(told, Self::text_block).member("unpriced", super::columns::unpriced(rows))
    }

    /// How the figures of meetings are made: lines of text, and a member of JSON.
    pub(super) fn derivations(self, wanted: Option<Vec<Derivation>>) -> Self {
        self.when(wanted, |document, all| {
            let document = document.each(&all, |document, one| document.text_block(derivation_in_words(one)));
            document.member("derivations", list(&all, derivation_row))
        })
    }
}

/// How the figures of a meeting are made, as data.
pub(super) fn derivation_row(derivation: &Derivation) -> Value {
    super::object([("meeting", derivation.meeting.into()), ("steps", steps(&derivation.steps))])
}

/// The same in words.
pub(super) fn derivation_in_words(derivation: &Derivation) -> String {
    format!("How the figures of {} are made\n{}", derivation.meeting, steps_in_words(&derivation.steps))
}

/// Steps of a calculation as data.
pub(super) fn steps(all: &[Step]) -> Value {
    super::Table::new("steps", all, step_columns()).into()
}

/// One step as data.
pub(super) fn step(one: &Step) -> Value {
    let table = super::Table::new("steps", [one], step_columns());
    table.object(0, &table.columns(|_| true))
}

fn step_columns<'a>() -> [Column<'a, &'a Step>; 4] {
    [
        data("name", |step: &&Step| step.name.clone()),
        data("reason", |step: &&Step| step.reason.clone()),
        data("expression", |step: &&Step| step.expression.to_string()),
        data("value", |step: &&Step| step.value()).with_exact(),
    ]
}

/// Steps of a calculation, each with its reason under it.
pub(super) fn steps_in_words(steps: &[Step]) -> String {
    let width = steps.iter().map(|step| step.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for step in steps {
        for (row, line) in wrapped(&step.equation()).iter().enumerate() {
            text += &format!("  {:width$}  {line}\n", if row == 0 { &step.name } else { "" });
        }
        text += &format!("  {:width$}  {}\n", "", step.reason);
    }
    text
}

/// A long line on several.
pub(super) fn wrapped(equation: &str) -> Vec<String> {
    const WIDTH: usize = 100;
    let mut lines = vec![String::new()];
    for word in equation.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.len() + 1 + word.len() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(format!("  {word}")),
        }
    }
    lines
}
