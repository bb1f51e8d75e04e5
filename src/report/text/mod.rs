//! Reports as text: the story in one sentence first, then tables with their units in the headings.

mod equity;
mod meetings;
mod path;
mod probs;
mod reprice;

pub use equity::equity;
pub use meetings::meetings;
pub use path::path;
pub use probs::probs;
pub use reprice::reprice;

use std::io::{self, Write};

use super::Selection;
use crate::explain::Derivation;
use crate::policy::PolicyPath;

/// What the figures rest on: the file, the rule, the convention.
fn basis(path: &PolicyPath, selection: &Selection<'_>) -> String {
    let contracts = path.contracts().len();
    let plural = if contracts == 1 { "" } else { "s" };
    format!(
        "{} ({}), {contracts} contract{plural}; FedWatch rule, decision day at the {} rate",
        crate::text::escaped(selection.source),
        selection.format,
        path.decision_day()
    )
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
