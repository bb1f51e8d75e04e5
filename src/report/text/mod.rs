//! Reports as text: the story in one sentence first, then tables with their units in the headings.

mod bars;
mod bounds;
mod check;
mod compare;
mod curve;
mod equity;
mod findings;
mod history;
mod meetings;
mod path;
mod probs;
mod published;
mod quotes;
mod reprice;
mod solve;
mod surprise;

pub use bounds::bounds;
pub use check::check;
pub use compare::compare;
pub use curve::{curve, curve_change};
pub use equity::equity;
pub use history::{calibration, deltas, history};
pub use meetings::meetings;
pub use path::path;
pub use probs::probs;
pub use published::{published, verdict};
pub use quotes::quotes;
pub use reprice::reprice;
pub use solve::{fair_prices, jacobian, other_prices, wanted_prices};
pub use surprise::{surprise, surprises};

pub(super) use equity::signed;
pub(super) use findings::{lessons, of_asset};

use std::io::{self, Write};

use super::{ILLUSTRATIVE, Selection, Source};
use crate::explain::{Derivation, Step};
use crate::rule::PolicyPath;
use crate::schedule::DecisionDay;
use crate::text::printable;

/// The lines under a title: date and range, file, rule.
fn basis(path: &PolicyPath, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    if selection.source.illustrative {
        writeln!(out, "{ILLUSTRATIVE}")?;
    }
    writeln!(out, "As of {}, target range {} %", path.as_of(), path.target())?;
    writeln!(out, "Quotes: {}, {}", source_of(path, &selection.source), selection.source.format)?;
    writeln!(out, "Rule: {}\n", rule(path))
}

/// How many contracts of what file.
fn source_of(path: &PolicyPath, source: &Source<'_>) -> String {
    let contracts = path.contracts().len();
    let plural = if contracts == 1 { "" } else { "s" };
    format!("{contracts} contract{plural} of {}", printable(source.name))
}

pub(super) fn rule(path: &PolicyPath) -> String {
    let days = match path.decision_day() {
        DecisionDay::Old => "decision day at the old rate",
        DecisionDay::OldToBusinessDay => "decision day and holidays after it at the old rate",
        DecisionDay::New => "decision day at the new rate",
    };
    let premia = path.premia();
    let taken_out = if premia.is_none() { String::new() } else { format!("; taken out as stated: {premia}") };
    format!("{}, {days}{taken_out}", path.method())
}

/// The steps behind a meeting's figures.
fn explain(derivation: &Derivation, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nHow the figures of {} are made", derivation.meeting)?;
    steps(&derivation.steps, out)
}

/// Steps of a calculation, each with its reason under it.
fn steps(steps: &[Step], out: &mut dyn Write) -> io::Result<()> {
    let width = steps.iter().map(|step| step.name.len()).max().unwrap_or(0);
    for step in steps {
        for (row, line) in wrapped(&step.equation()).iter().enumerate() {
            writeln!(out, "  {:width$}  {line}", if row == 0 { &step.name } else { "" })?;
        }
        writeln!(out, "  {:width$}  {}", "", step.reason)?;
    }
    Ok(())
}

/// A long equation on several lines.
fn wrapped(equation: &str) -> Vec<String> {
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
