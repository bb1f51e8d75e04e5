//! Tables that are arranged in another way than a row a contract: their cells are put into rows, each with the place where it stands.
//!
//! | shape | its rows |
//! |---|---|
//! | days across: `Contract,2025-11-20,2025-11-21` | one for each contract and day |
//! | fields in rows: `date,security,field,value` | the fields of a contract and day side by side |
//! | fields down: `Field,Value`, or `Field,FFX5 Comdty,FFZ5 Comdty` | one for each column of values |
//! | blanks between the cells, as a printed frame has them | one for each line |
//! | no header: `ZQZ25,96.18` | one for each line, its columns told by what stands in them |

mod fields;
mod lines;

use chrono::NaiveDate;

use super::meaning::{self, is_contract_label};
use super::opening::Opening;
use crate::quotes::{Format, QuoteFile, ReadOptions};
use crate::text::cell::{Cell, is_missing};
use crate::text::day::{serial, spelled};
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::table::{Lines, Row, Table, is_row};

/// The most lines that are looked at before the shape is known, and the most lines above such a table.
const LOOKED_AT: usize = 60;

/// The most rows that are made: more are no table that a person arranged so.
const MOST_ROWS: usize = 200_000;

/// How a table is arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// The days stand in the head, behind so many columns.
    DaysAcross(usize),
    /// The places of the field, of its value and of the contract.
    FieldsInRows {
        field: usize,
        value: usize,
    },
    FieldsDown,
    /// Blanks stand between the cells.
    Blanks,
    Headless,
}

/// A table and where it begins.
struct Arranged<'a> {
    text: &'a str,
    shape: Shape,
    separator: char,
    above: Vec<&'a str>,
    /// The number of its first line, and the text from there on.
    start: (usize, &'a str),
}

/// Rows under the names of their columns.
struct Made<'a> {
    names: Vec<Cell<'a>>,
    rows: Vec<Row<'a>>,
}

/// Whether the text is arranged so.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    Arranged::of(opening.text).is_some()
}

/// Reads the rows that the cells make.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let unknown = || Opening::of(text).map_or_else(|empty| empty, |opening| opening.unknown());
    let arranged = Arranged::of(text).ok_or_else(unknown)?;
    let made = match arranged.shape {
        Shape::DaysAcross(leading) => arranged.days_across(leading)?,
        Shape::FieldsInRows { field, value } => arranged.fields_in_rows(field, value)?,
        Shape::FieldsDown => arranged.fields_down()?,
        Shape::Blanks => arranged.blanks()?,
        Shape::Headless => arranged.headless()?,
    };
    let day = arranged.stated_day()?;
    let format = if arranged.shape == Shape::FieldsDown { Format::Plain } else { Format::Long };
    let format = if matches!(arranged.shape, Shape::DaysAcross(_)) { Format::Wide } else { format };
    meaning::read_cells(&made.names, &made.rows, format, options, |book| {
        book.state_day(day);
        meaning::remark_above(&arranged.above, book);
        Ok(())
    })
}

impl<'a> Arranged<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = Lines::new(1, text);
        let mut above = Vec::new();
        for _ in 0..LOOKED_AT {
            let start = (lines.number(), lines.rest());
            let (_, line) = lines.next()?;
            if !is_row(line) {
                continue;
            }
            let below = || Lines::new(lines.number(), lines.rest());
            let separator = meaning::separator_of(line);
            if let Some(shape) = shape(line, separator, below(), above.is_empty()) {
                return Some(Self { text, shape, separator, above, start });
            }
            // Below a header of its own a table is the plain one.
            if meaning::is_header(line, separator) {
                return None;
            }
            above.push(line);
        }
        None
    }

    /// The lines of the table, those of words left out.
    fn lines(&self) -> impl Iterator<Item = (usize, &'a str)> {
        Lines::new(self.start.0, self.start.1).filter(|(_, line)| is_row(line))
    }

    /// The cells of every line.
    fn rows(&self) -> impl Iterator<Item = Result<Row<'a>, Problem>> {
        let separator = self.separator;
        let rows = self.lines().map(move |(number, line)| Row::of_line(number, line, separator));
        rows.filter(|row| !row.as_ref().is_ok_and(Row::is_blank))
    }

    /// The day that a line `# as_of:` or one above the table states.
    fn stated_day(&self) -> Result<Option<NaiveDate>, Problem> {
        let first = self.start.1.lines().next().unwrap_or_default();
        let notes = Table::between(self.text, (self.start.0, first), self.start, self.separator)
            .map_or(Ok(None), |table| table.stated_date())?;
        Ok(notes.or_else(|| meaning::day_of_lines(&self.above)))
    }

    /// A row for each contract and day.
    fn days_across(&self, leading: usize) -> Result<Made<'a>, ReadError> {
        let mut rows = self.rows();
        let head = rows.next().transpose()?.map_or_else(Vec::new, |row| row.cells().to_vec());
        let days: Vec<Cell<'a>> =
            head.iter().skip(leading).map(|cell| Cell { text: behind_words(cell.text), ..*cell }).collect();
        let (mut made, mut problems) = (Vec::new(), Vec::new());
        for row in rows {
            let row = match row {
                Ok(row) => row,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            };
            let Some(label) = row.cells().iter().take(leading).find(|cell| is_contract_label(cell.text)) else {
                continue;
            };
            if row.cells().len() > head.len() {
                let message = format!("expected {} cells as in the header, found {}", head.len(), row.cells().len());
                problems.push(Problem::new(ProblemKind::Syntax, message).at(row.start()));
            }
            for (day, price) in days.iter().zip(row.cells().iter().skip(leading)) {
                if !day.text.is_empty() && !is_missing(price.text) {
                    made.push(Row::of_cells(price.position.line, vec![*day, *label, *price]));
                }
            }
            few_enough(made.len(), row.start())?;
        }
        ReadError::unless_none(problems)?;
        let start = head.first().map_or(Position { line: 1, column: 1 }, |cell| cell.position);
        let word = days.first().and_then(|_| head.get(leading)).map_or("", |cell| before_day(cell.text));
        let price = if word.is_empty() { "price" } else { word };
        Ok(Made { names: ["date", "contract", price].map(|text| Cell { text, position: start }).to_vec(), rows: made })
    }
}

/// Refuses more rows than are made.
fn few_enough(rows: usize, place: Position) -> Result<(), Problem> {
    let message = || {
        format!("expected at most {MOST_ROWS} quotes in a table that is arranged so: write a row a contract and day")
    };
    if rows <= MOST_ROWS { Ok(()) } else { Err(Problem::new(ProblemKind::Syntax, message()).at(place)) }
}

/// How a table is arranged whose first line is this; `None` where it is none of these.
fn shape(line: &str, separator: char, below: Lines<'_>, first: bool) -> Option<Shape> {
    let row = Row::of_line(1, line, separator).ok()?;
    let cells: Vec<&str> = row.cells().iter().map(|cell| cell.text).collect();
    let below: Vec<&str> = below.map(|(_, line)| line).filter(|line| is_row(line)).take(LOOKED_AT).collect();
    days_across(&cells, separator, &below)
        .or_else(|| fields::in_rows(&cells, separator, &below))
        .or_else(|| fields::are_down(&cells, separator, &below))
        .or_else(|| lines::blanks(line, &cells, &below))
        .or_else(|| if first { lines::headless(&cells) } else { None })
}

/// Days in the head, and a contract before the prices of each line below.
fn days_across(head: &[&str], separator: char, below: &[&str]) -> Option<Shape> {
    let leading = head.iter().position(|cell| is_day(cell))?;
    let days = &head[leading..];
    let all = days.iter().all(|cell| cell.is_empty() || is_day(cell));
    // A row has a contract or a price before its day.
    let names = head[..leading].iter().all(|cell| !is_contract_label(cell) && cell.parse::<f64>().is_err());
    if leading == 0 || leading > 3 || !all || !names {
        return None;
    }
    let row = Row::of_line(1, below.first()?, separator).ok()?;
    let contract = row.cells().iter().take(leading).any(|cell| is_contract_label(cell.text));
    contract.then_some(Shape::DaysAcross(leading))
}

/// A day, perhaps behind words: `Settle 2025-11-20`.
fn is_day(text: &str) -> bool {
    let bare = behind_words(text);
    let day = spelled(bare).is_some_and(|_| bare.len() >= 6 && !is_contract_label(bare))
        || spelled(bare).is_some() && bare.contains(['-', '/', '.']);
    day || serial(bare).is_some()
}

/// What stands before a day in a heading.
fn before_day(text: &str) -> &str {
    text.strip_suffix(behind_words(text)).unwrap_or_default().trim()
}

fn behind_words(text: &str) -> &str {
    if spelled(text).is_some() {
        return text;
    }
    let behind = text.split_once(' ').map(|(_, behind)| behind.trim_start());
    behind.filter(|behind| spelled(behind).is_some()).unwrap_or(text)
}
