//! Lines that lack what a table has: separators between their cells, or a header.

use super::{Arranged, Made, Shape, few_enough};
use crate::quotes::readers::cells;
use crate::quotes::readers::meaning::{Role, is_contract_label};
use crate::text::cell::Cell;
use crate::text::day::spelled;
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::table::Row;

/// The words of a line.
fn words(line: &str) -> Vec<&str> {
    line.split_ascii_whitespace().collect()
}

fn is_price(text: &str) -> bool {
    text.contains('.') && cells::price(text).is_ok()
}

/// Names of columns apart by blanks alone, and as many words in each line below, or one more: the index of a frame.
pub(super) fn blanks(line: &str, cells: &[&str], below: &[&str]) -> Option<Shape> {
    let names = words(line);
    let role = |name: &&str| Role::named(name).map(|(role, _)| role);
    let roles: Vec<Role> = names.iter().filter_map(role).collect();
    if cells.len() != 1 || roles.len() != names.len() || roles.len() < 2 || line.contains([',', ';', '\t', '|']) {
        return None;
    }
    let counts: Vec<usize> = below.iter().map(|line| words(line).len()).collect();
    let even = counts.first().is_some_and(|first| {
        [names.len(), names.len() + 1].contains(first) && counts.iter().all(|count| count == first)
    });
    let labels = below.iter().all(|line| words(line).iter().any(|word| is_contract_label(word)));
    (even && labels && roles.iter().any(|role| role.is_price())).then_some(Shape::Blanks)
}

/// A contract and a price in the first line, and no name.
pub(super) fn headless(line: &[&str]) -> Option<Shape> {
    let split;
    let cells = match line {
        [only] => {
            split = words(only);
            split.as_slice()
        }
        cells => cells,
    };
    let labels = cells.iter().filter(|cell| is_contract_label(cell)).count();
    let prices = cells.iter().filter(|cell| is_price(cell)).count();
    let numbers = |cell: &&&str| cell.is_empty() || cell.replace(',', "").parse::<f64>().is_ok();
    let days = cells.iter().filter(|cell| is_day(cell)).count();
    let told =
        labels + days + cells.iter().filter(numbers).filter(|cell| !is_contract_label(cell) && !is_day(cell)).count();
    (labels == 1 && prices > 0 && days <= 1 && told == cells.len()).then_some(Shape::Headless)
}

fn is_day(text: &str) -> bool {
    !is_contract_label(text) && spelled(text).is_some()
}

/// The words of a line as its cells.
fn cells_of(number: usize, line: &str) -> Vec<Cell<'_>> {
    words(line).into_iter().map(|word| Cell { text: word, position: Position::of(number, line, word) }).collect()
}

impl<'a> Arranged<'a> {
    /// Lines of words; an index before them has no name.
    pub(super) fn blanks(&self) -> Result<Made<'a>, ReadError> {
        let mut lines = self.lines();
        let (number, head) = lines.next().unwrap_or((1, ""));
        let names = cells_of(number, head);
        let (mut rows, mut problems) = (Vec::new(), Vec::new());
        for (number, line) in lines {
            let mut cells = cells_of(number, line);
            if cells.len() == names.len() + 1 {
                cells.remove(0);
            }
            let place = Position { line: number, column: 1 };
            if cells.len() != names.len() {
                let message = format!("expected {} words as in the header, found {}", names.len(), cells.len());
                problems.push(Problem::new(ProblemKind::Syntax, message).at(place));
            }
            rows.push(Row::of_cells(number, cells));
            few_enough(rows.len(), place)?;
        }
        ReadError::unless_none(problems)?;
        Ok(Made { names, rows })
    }

    /// Lines of cells whose columns are told by the first of them: a day, a contract, one price or the four of a bar, counts.
    pub(super) fn headless(&self) -> Result<Made<'a>, ReadError> {
        let by_words = |line: &'a str| Row::of_line(1, line, self.separator).is_ok_and(|row| row.cells().len() == 1);
        let (mut rows, mut problems) = (Vec::new(), Vec::new());
        for (number, line) in self.lines() {
            let cells = if by_words(line) {
                cells_of(number, line)
            } else {
                Row::of_line(number, line, self.separator)?.cells().to_vec()
            };
            let width = rows.first().map_or(cells.len(), |row: &Row<'a>| row.cells().len());
            let place = Position { line: number, column: 1 };
            if cells.len() != width {
                let message = format!("expected {width} cells as in the first line, found {}", cells.len());
                problems.push(Problem::new(ProblemKind::Syntax, message).at(place));
            }
            rows.push(Row::of_cells(number, cells));
            few_enough(rows.len(), place)?;
        }
        ReadError::unless_none(problems)?;
        let first = rows.first().map_or(&[][..], Row::cells);
        let prices = first.iter().filter(|cell| is_price(cell.text)).count();
        let mut of_bar = ["open", "high", "low", "close"].into_iter();
        let mut counts = ["volume", "open interest"].into_iter();
        let names = first.iter().map(|cell| {
            let name = match cell.text {
                text if is_contract_label(text) => Some("contract"),
                text if is_day(text) => Some("date"),
                text if is_price(text) && prices == 1 => Some("price"),
                text if is_price(text) && prices == 4 => of_bar.next(),
                text if !is_price(text) && !text.contains('.') => counts.next(),
                _ => None,
            };
            Cell { text: name.unwrap_or(""), ..*cell }
        });
        let names: Vec<Cell<'a>> = names.collect();
        if !matches!(prices, 1 | 4) {
            let message = format!(
                "expected a header above these lines, found {prices} prices in each: name their columns, such as contract,settle"
            );
            return Err(Problem::new(ProblemKind::UnknownColumns, message).at(self.place()).into());
        }
        Ok(Made { names, rows })
    }

    fn place(&self) -> Position {
        Position { line: self.start.0, column: 1 }
    }
}
