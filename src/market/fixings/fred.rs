//! FRED: one column a series, the day in the first, a missing value as `.` (before December 2024) or empty.

use super::{Fixings, FixingsFormat, Ledger, Reading, percent};
use crate::text::problem::{Problem, ProblemKind, Problems, ReadError};
use crate::text::table::{Row, Table, first_row};
use crate::text::tally::Skip;

/// Whether the header is that of FRED, in either generation.
pub(super) fn recognises(text: &str) -> bool {
    first_row(text).is_some_and(|(_, header)| {
        let mut cells = header.split([',', ';', '\t']).map(|cell| cell.trim().trim_matches('"').to_ascii_uppercase());
        let (first, second) = (cells.next(), cells.next().unwrap_or_default());
        let series = ["EFFR", "DFF", "FEDFUNDS"].contains(&second.as_str()) || second.starts_with("DFEDTAR");
        match first.as_deref() {
            Some("OBSERVATION_DATE") => true,
            Some("DATE") => series,
            _ => false,
        }
    })
}

/// Reads the series of the federal funds rate and of its target.
pub(super) fn read(text: &str) -> Result<Fixings, ReadError> {
    let table = Table::parse(text)?;
    let mut ledger = Ledger::new(FixingsFormat::Fred);
    let rate = table.column("EFFR").or(table.column("DFF"));
    let target = table.column("DFEDTAR");
    let (lower, upper) = (table.column("DFEDTARL").or(target), table.column("DFEDTARU").or(target));
    for (index, cell) in table.columns().iter().enumerate().skip(1) {
        if ![rate, lower, upper].contains(&Some(index)) {
            ledger.tally.holds(cell.text);
        }
    }
    let known = rate.or(lower).or(upper).is_some();
    if let Some(monthly) = table.column("FEDFUNDS").filter(|_| !known) {
        let place = table.columns()[monthly].position;
        let message = "expected daily rates (series EFFR or DFF), found FEDFUNDS, whose rates are averages of months";
        return Err(Problem::new(ProblemKind::NoFedFunds, message).at(place).into());
    }
    let blank = table.each_row(|row| {
        row.whole()?;
        if !known {
            ledger.tally.skip(Skip::OtherRate);
            return Ok(());
        }
        take(row, [rate, lower, upper], &mut ledger)
    })?;
    ledger.tally.skip_all(Skip::Blank, blank);
    ledger.finish()
}

fn take(row: &Row<'_>, columns: [Option<usize>; 3], ledger: &mut Ledger) -> Result<(), ReadError> {
    let mut problems = Problems::default();
    let date = row.cell(0);
    let day = problems.of(date.day());
    let [rate, lower, upper] = columns.map(|column| problems.of(percent(row.optional(column))).flatten());
    problems.finish()?;
    match day {
        Some(day) => Ok(ledger.take(day, Reading { rate, lower, upper, position: date.position })?),
        None => Ok(()),
    }
}
