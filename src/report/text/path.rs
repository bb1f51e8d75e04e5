//! The path of expected rates, and the fit of every contract.

use std::io::{self, Write};

use super::super::{Selection, grid, words};
use crate::rule::{ContractFit, Method, PolicyPath};

/// Prints the expected rate before and after each meeting, and model against quoted price of every contract.
///
/// # Errors
/// Where `out` cannot be written.
pub fn path(path: &PolicyPath, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "Expected federal funds rate before and after each meeting\n")?;
    super::basis(path, selection, out)?;
    write!(out, "{}", steps(path, selection))?;
    for gap in path.unpriced() {
        writeln!(out, "\nNot priced: {}, {}", gap.meeting.announcement(), gap.reason)?;
    }

    if selection.steps(path).any(|step| step.provisional) {
        writeln!(out, "\n{}", words::PROVISIONAL)?;
    }
    writeln!(out, "\nFit of every contract: model price less quoted price")?;
    let note = match path.method() {
        Method::FedWatch => "A contract the rule reads is met exactly; the others show what the rule leaves out.",
        Method::LeastSquares => "The path misses all contracts together as little as it can, each by its weight.",
    };
    writeln!(out, "{note}\n")?;
    write!(out, "{}", fits(path))?;
    let missed = |fit: &&ContractFit| fit.residual.as_ref().is_some_and(|residual| !residual.exact().is_zero());
    if let (Method::FedWatch, Some(spot)) = (path.method(), path.contracts().iter().filter(|fit| fit.used).find(missed))
    {
        writeln!(out, "\n{} is held against its realised days, and the path for the rest.", spot.contract.symbol())?;
    }
    if path.contracts().iter().any(|fit| fit.residual.is_none()) {
        writeln!(out, "\n-: the month has realised days (needs fixings) or lies past the last priced meeting")?;
    }
    if selection.explain {
        for step in selection.steps(path) {
            if let Some(derivation) = path.derivation(step.meeting.announcement()) {
                super::explain(&derivation, out)?;
            }
        }
    }
    Ok(())
}

fn steps(path: &PolicyPath, selection: &Selection<'_>) -> String {
    let headings = [
        grid::text("Meeting"),
        grid::text("Effective"),
        grid::number("Before %"),
        grid::number("After %"),
        grid::number("Change bp"),
        grid::number("Moves"),
        grid::text("Solved"),
        grid::number("Days"),
    ];
    let rows = selection.steps(path).map(|step| {
        vec![
            words::meeting(step.announcement(), step.provisional),
            step.effective.to_string(),
            format!("{:.4}", step.before.percent()),
            format!("{:.4}", step.after.percent()),
            format!("{:+.2}", step.change().exact()),
            format!("{:+.3}", step.expected_moves()),
            step.solved().to_string(),
            format!("{}+{}", step.days.before(), step.days.after()),
        ]
    });
    grid::table(&headings, rows, 2)
}

fn fits(path: &PolicyPath) -> String {
    let headings = [
        grid::text("Contract"),
        grid::text("Month"),
        grid::number("Price"),
        grid::number("Implied %"),
        grid::text("Read"),
        grid::number("Model price"),
        grid::number("Residual bp"),
        grid::number("Ticks"),
    ];
    let rows = path.contracts().iter().map(|fit: &ContractFit| {
        let missing = || "-".to_owned();
        let signed = |value: Option<crate::units::Fraction>| value.map_or_else(missing, |value| format!("{value:+.2}"));
        vec![
            fit.contract.symbol(),
            fit.contract.words(),
            fit.price.to_string(),
            format!("{:.4}", fit.price.implied_rate().percent()),
            if fit.used { "yes" } else { "no" }.to_owned(),
            fit.model_price().map_or_else(missing, |price| format!("{price:.4}")),
            signed(fit.residual.as_ref().map(|residual| residual.exact().clone())),
            signed(fit.residual_ticks()),
        ]
    });
    grid::table(&headings, rows, 2)
}
