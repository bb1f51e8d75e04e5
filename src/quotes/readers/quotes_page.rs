//! The quotes page of CME's website, pasted: as tabs, as lines of words, or with one cell a line.
//!
//! ```text
//! MONTH  OPTIONS  CHART  LAST  CHANGE  PRIOR SETTLE  OPEN  HIGH  LOW  VOLUME  UPDATED
//! DEC 2025 ZQZ5  OPT  Show Price Chart  96.1850  -0.005 (-0.01%)  96.1900  96.1900  96.1950  96.1750  114,901  15:59:58 CT 21 Nov 2025
//! ```
//!
//! The prices are those of the moment, not settlements. The day of a row is in its last cells. What stands between the month
//! and the last price differs from copy to copy, so that the figures are counted from the right.

use super::meaning;
use super::opening::Opening;
use crate::market::contract::read_label;
use crate::quotes::{Format, QuoteFile, ReadOptions};
use crate::text::cell::Cell;
use crate::text::day::spelled;
use crate::text::problem::{Position, Problem, ProblemKind, Problems, ReadError};
use crate::text::table::Row;

/// The figures between the charts and the update, from left to right.
const FIGURES: [&str; 7] = ["last", "change", "prior settle", "open", "high", "low", "volume"];

/// The columns that the rows are read as.
const COLUMNS: [&str; 9] = ["month", "last", "change", "prior settle", "open", "high", "low", "volume", "updated"];

/// Whether the words of the page's header stand among the first lines, one after another.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    if opening.line.contains(',') && !opening.line.contains('\t') {
        return false;
    }
    let start: String = opening.text.lines().take(400).map(|line| line.to_ascii_uppercase() + " ").collect();
    let start = start.split_whitespace().collect::<Vec<_>>().join(" ");
    start.contains("LAST CHANGE PRIOR SETTLE OPEN HIGH LOW VOLUME UPDATED")
}

/// Reads the rows of the page.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let cells = cells(text);
    let header = cells.iter().position(|cell| cell.text.to_ascii_uppercase().ends_with("UPDATED")).unwrap_or(0);
    let body = cells.get(header + 1..).unwrap_or_default();
    let starts: Vec<usize> = (0..body.len()).filter(|index| is_month(body[*index].text, options)).collect();
    let mut problems = Problems::default();
    let mut rows = Vec::new();
    for (place, start) in starts.iter().enumerate() {
        let end = starts.get(place + 1).copied().unwrap_or(body.len());
        rows.extend(problems.of(row(&body[*start..end])));
    }
    problems.finish()?;
    let updated = |row: &[Cell<'_>; 9]| spelled(row[8].text).and_then(|day| day.day(None));
    // A contract that was never quoted has no update: it is of the day of the others.
    let latest = rows.iter().max_by_key(|row| updated(row)).map_or("", |row| row[8].text);
    for row in &mut rows {
        if row[8].text.is_empty() {
            row[8].text = latest;
        }
    }
    let start = Position { line: 1, column: 1 };
    let names = COLUMNS.map(|text| Cell { text, position: start });
    let rows: Vec<Row<'_>> = rows.into_iter().map(|row| Row::of_cells(row[0].position.line, row.to_vec())).collect();
    if rows.is_empty() {
        let message = "expected the rows of CME's quotes page below its header, found none";
        return Err(Problem::new(ProblemKind::Empty, message).into());
    }
    meaning::read_cells(&names, &rows, Format::QuotesPage, options, |_| Ok(()))
}

/// `DEC 2025`, alone or before its code.
fn is_month(text: &str, options: &ReadOptions) -> bool {
    let named = text.starts_with(|c: char| c.is_ascii_alphabetic());
    named
        && text.contains(' ')
        && read_label(month(text), None, options.product).is_ok_and(|label| label.product.is_none())
}

/// The month and its year, without the code behind it.
fn month(text: &str) -> &str {
    let end = text.match_indices(' ').nth(1).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// The cells of a row under [`COLUMNS`], counted from the right.
fn row<'a>(cells: &[Cell<'a>]) -> Result<[Cell<'a>; 9], Problem> {
    let first = cells[0];
    let dated = cells.iter().position(|cell| spelled(cell.text).is_some());
    let timed = cells.iter().position(|cell| cell.text.contains(':'));
    let end = timed.into_iter().chain(dated).min();
    let Some(end) = end.or(cells.len().checked_sub(1).filter(|last| *last > FIGURES.len())) else {
        return Err(first.refused("a month with its prices and the time of their update"));
    };
    if end <= FIGURES.len() {
        // A cell may be month and update at once, with nothing between.
        let found = end.saturating_sub(1);
        let message = format!("expected {} figures between a month and its update, found {found}", FIGURES.len());
        return Err(Problem::new(ProblemKind::Syntax, message).at(first.position));
    }
    let empty = Cell { text: "", position: first.position };
    let mut row = [empty; 9];
    row[0] = Cell { text: month(first.text), ..first };
    row[1..8].copy_from_slice(&cells[end - FIGURES.len()..end]);
    row[8] = dated.map_or(empty, |place| cells[place]);
    Ok(row)
}

/// The cells of the page in their order: between tabs; of a line of words without any, the words.
fn cells(text: &str) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let mut place = Position::counter(index + 1, line);
        let words: Vec<&str> = line.split_whitespace().collect();
        let parts = if line.contains('\t') || words.len() < FIGURES.len() + 2 {
            line.split('\t').map(str::trim).filter(|part| !part.is_empty()).collect()
        } else {
            grouped(line, &words)
        };
        cells.extend(parts.into_iter().map(|text| Cell { text, position: place(text) }));
    }
    cells
}

/// The words of a line as cells: a month with its year, a change with its percentage, a time with all behind it.
fn grouped<'a>(line: &'a str, words: &[&'a str]) -> Vec<&'a str> {
    let offset = |word: &str| word.as_ptr() as usize - line.as_ptr() as usize;
    let mut cells: Vec<&'a str> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let joins = index == 1 || word.starts_with('(');
        match cells.last_mut() {
            Some(last) if joins => *last = &line[offset(last)..offset(word) + word.len()],
            Some(last) if last.contains(':') => *last = line[offset(last)..].trim_end(),
            _ => cells.push(word),
        }
    }
    cells
}
