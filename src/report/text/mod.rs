//! Reports as text: the story in one sentence first, then tables with their units in the headings.

mod check;
mod curve;
mod equity;
mod findings;
mod meetings;
mod path;
mod probs;
mod quotes;
mod reprice;
mod words;

pub use check::check;
pub use curve::{curve, curve_change};
pub use equity::equity;
pub use meetings::meetings;
pub use path::path;
pub use probs::probs;
pub use quotes::quotes;
pub use reprice::reprice;

use std::io::{self, Write};

use super::{ILLUSTRATIVE, Selection, Source};
use crate::explain::Derivation;
use crate::policy::PolicyPath;
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

fn rule(path: &PolicyPath) -> String {
    format!("{}, decision day at the {} rate", path.method(), path.decision_day())
}

/// The steps behind a meeting's figures.
fn explain(derivation: &Derivation, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nHow the figures of {} are made", derivation.meeting)?;
    let width = derivation.steps.iter().map(|step| step.name.len()).max().unwrap_or(0);
    for step in &derivation.steps {
        writeln!(out, "  {:width$}  {}", step.name, step.equation())?;
        writeln!(out, "  {:width$}  {}", "", step.reason)?;
    }
    Ok(())
}
