//! One strip under several rules, side by side.

use std::collections::BTreeSet;
use std::io::{self, Write};

use chrono::NaiveDate;

use super::super::{Selection, grid};
use crate::market::contract::Contract;
use crate::outlook::{Compared, Comparison, MeetingOutlook, Outlook};

/// Prints the odds and the expected rate after each meeting under each rule, and what each rule does otherwise.
///
/// # Errors
/// Where `out` cannot be written.
pub fn compare(comparison: &Comparison, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "The same quotes under several rules\n")?;
    if let Some(first) = comparison.rules.iter().find_map(|rule| rule.outlook.as_ref().ok()) {
        super::basis(first.path(), selection, out)?;
    }
    let meetings: Vec<NaiveDate> =
        comparison.meetings().filter(|day| selection.meeting.is_none_or(|only| only == *day)).collect();
    let cell = |rule: &Compared, day: NaiveDate, told: &dyn Fn(&MeetingOutlook) -> String| {
        rule.outlook.as_ref().ok().and_then(|outlook| outlook.meeting(day)).map_or_else(|| "-".to_owned(), told)
    };
    let table = |told: &dyn Fn(&MeetingOutlook) -> String| {
        let mut headings = vec![grid::text("Meeting")];
        headings.extend(comparison.rules.iter().map(|rule| grid::number(rule.id)));
        let rows = meetings.iter().map(|day| {
            let mut row = vec![day.to_string()];
            row.extend(comparison.rules.iter().map(|rule| cell(rule, *day, told)));
            row
        });
        grid::table(&headings, rows, 2)
    };
    writeln!(out, "Odds of a lower range after the meeting, %\n")?;
    write!(out, "{}", table(&|meeting| format!("{:.1}", meeting.distribution(selection.view).ease().percent())))?;
    let hike = |meeting: &MeetingOutlook| meeting.distribution(selection.view).hike();
    let outlooks = || comparison.rules.iter().filter_map(|rule| rule.outlook.as_ref().ok());
    if outlooks().flat_map(|outlook| selection.meetings(outlook)).all(|meeting| hike(meeting).exact().is_zero()) {
        writeln!(out, "\nOdds of a higher range: 0.0 % at every meeting under every rule")?;
    } else {
        writeln!(out, "\nOdds of a higher range after the meeting, %\n")?;
        write!(out, "{}", table(&|meeting| format!("{:.1}", hike(meeting).percent())))?;
    }
    writeln!(out, "\nExpected rate after the meeting, %\n")?;
    write!(out, "{}", table(&|meeting| format!("{:.4}", meeting.step.after.percent())))?;
    writeln!(out, "\nModel price less quoted price of every contract, bp\n")?;
    write!(out, "{}", residuals(comparison))?;
    writeln!(out)?;
    for rule in &comparison.rules {
        writeln!(out, "{}", super::wrapped(&format!("{}: {}", rule.id, rule.reason)).join("\n"))?;
        if let Err(error) = &rule.outlook {
            writeln!(out, "  no prices: {error}")?;
        }
    }
    Ok(())
}

fn residuals(comparison: &Comparison) -> String {
    let mut headings = vec![grid::text("Contract")];
    headings.extend(comparison.rules.iter().map(|rule| grid::number(rule.id)));
    let outlooks = || comparison.rules.iter().map(|rule| rule.outlook.as_ref().ok());
    let contracts: BTreeSet<Contract> =
        outlooks().flatten().flat_map(|outlook| outlook.path().contracts()).map(|fit| fit.contract).collect();
    let cell = |outlook: Option<&Outlook>, contract: Contract| {
        let fit = outlook?.path().contracts().iter().find(|fit| fit.contract == contract)?;
        Some(format!("{:+.2}", fit.residual.as_ref()?.exact()))
    };
    let rows = contracts.into_iter().filter_map(|contract| {
        let cells: Vec<Option<String>> = outlooks().map(|outlook| cell(outlook, contract)).collect();
        cells.iter().any(Option::is_some).then(|| {
            let cells = cells.into_iter().map(|cell| cell.unwrap_or_else(|| "-".to_owned()));
            std::iter::once(contract.symbol()).chain(cells).collect()
        })
    });
    grid::table(&headings, rows, 2)
}
