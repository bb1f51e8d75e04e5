//! A small comma-separated table: `#` lines, one header row, rows. The grammar of the embedded tables, of a
//! calendar given by the user, and of the quote file a person types.

use chrono::NaiveDate;
use nom::branch::alt;
use nom::bytes::complete::{is_not, take, take_while};
use nom::character::complete::{char, space0};
use nom::combinator::opt;
use nom::multi::separated_list1;
use nom::sequence::delimited;
use nom::{IResult, Parser};

use crate::problem::{Position, Problem, ProblemKind, ReadError};

/// A table as read: nothing is interpreted yet.
pub(crate) struct Table<'a> {
    notes: Vec<Note<'a>>,
    header: Row<'a>,
    rows: Vec<Row<'a>>,
    /// Lines below the header that are no rows: told together with what the reading of the rows finds.
    problems: Vec<Problem>,
}

/// A `# key: value` line.
struct Note<'a> {
    key: &'a str,
    value: Cell<'a>,
}

/// One line of cells.
pub(crate) struct Row<'a> {
    line: usize,
    cells: Vec<Cell<'a>>,
}

/// The text of one cell, trimmed, and its place.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'a> {
    pub(crate) text: &'a str,
    pub(crate) position: Position,
}

impl Cell<'_> {
    /// "expected A, found 'this cell'", at the cell.
    pub(crate) fn refused(self, expected: &str) -> Problem {
        Problem::expected(expected, self.text).at(self.position)
    }

    /// The cell as a date, `2025-11-21`: four digits, two and two.
    pub(crate) fn date(self) -> Result<NaiveDate, Problem> {
        let iso = self.text.len() == 10 && self.text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let date = iso.then(|| self.text.parse().ok()).flatten();
        date.ok_or_else(|| self.refused("a date such as 2025-11-21"))
    }

    /// The cell as a `T`, or the sentence that says what was expected.
    pub(crate) fn parse<T: std::str::FromStr>(self, expected: &str) -> Result<T, Problem> {
        self.text.parse().map_err(|_| self.refused(expected))
    }
}

impl<'a> Table<'a> {
    /// Reads a table down to its cells. A malformed line below the header is kept for [`Table::read_rows`].
    pub(crate) fn parse(text: &'a str) -> Result<Self, ReadError> {
        let (mut notes, mut rows, mut problems) = (Vec::new(), Vec::new(), Vec::new());
        let mut header: Option<Row<'a>> = None;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (index, line) in text.lines().enumerate() {
            let number = index + 1;
            if let Some(comment) = line.trim_start().strip_prefix('#') {
                notes.extend(note(number, line, comment));
                continue;
            }
            if line.trim().is_empty() {
                continue;
            }
            match (row(number, line), &header) {
                (Ok(row), None) => header = Some(row),
                // Without its header nothing can be said of a table.
                (Err(problem), None) => return Err(problem.into()),
                (Ok(row), Some(header)) => match row.ragged(header.cells.len()) {
                    None => rows.push(row),
                    Some(problem) => problems.push(problem),
                },
                (Err(problem), Some(_)) => problems.push(problem),
            }
        }
        match header {
            Some(header) => Ok(Self { notes, header, rows, problems }),
            None => Err(Problem::new(ProblemKind::Empty, "expected a header row, found no rows").into()),
        }
    }

    /// The value of the one line `# key: value` its key in any case.
    pub(crate) fn note(&self, key: &str) -> Result<Option<Cell<'a>>, Problem> {
        let mut notes = self.notes.iter().filter(|note| note.key.eq_ignore_ascii_case(key));
        let first = notes.next().map(|note| note.value);
        match notes.next() {
            Some(second) => Err(second.value.refused(&format!("one line '# {key}: ...'"))),
            None => Ok(first),
        }
    }

    /// The header cells.
    pub(crate) fn columns(&self) -> &[Cell<'a>] {
        &self.header.cells
    }

    /// The index of a column, in any case, or `None`.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.header.cells.iter().position(|cell| cell.text.eq_ignore_ascii_case(name))
    }

    /// The index of a column that has to be there.
    pub(crate) fn required(&self, name: &str) -> Result<usize, ReadError> {
        self.column(name).ok_or_else(|| {
            let found: Vec<&str> = self.header.cells.iter().map(|cell| cell.text).collect();
            let position = Position { line: self.header.line, column: 1 };
            Problem::expected(&format!("a column '{name}'"), &found.join(",")).at(position).into()
        })
    }

    /// Reads every row with `read`. All problems are reported at once: of malformed lines, and all that `read` finds.
    pub(crate) fn read_rows<T>(
        self,
        mut read: impl FnMut(&Row<'a>) -> Result<T, ReadError>,
    ) -> Result<Vec<T>, ReadError> {
        let mut problems = self.problems;
        let mut values = Vec::new();
        for row in &self.rows {
            match read(row) {
                Ok(value) => values.push(value),
                Err(error) => problems.extend(error),
            }
        }
        ReadError::unless_none(problems)?;
        Ok(values)
    }
}

impl<'a> Row<'a> {
    /// What is wrong with a row that has another number of cells than the header.
    fn ragged(&self, expected: usize) -> Option<Problem> {
        let (found, plural) = (self.cells.len(), if expected == 1 { "" } else { "s" });
        let message = || format!("expected {expected} cell{plural} as in the header, found {found}");
        let place = Position { line: self.line, column: 1 };
        (found != expected).then(|| Problem::new(ProblemKind::Syntax, message()).at(place))
    }

    /// The cell in a column that [`Table::column`] gave.
    pub(crate) fn cell(&self, column: usize) -> Cell<'a> {
        let missing = Cell { text: "", position: Position { line: self.line, column: 1 } };
        self.cells.get(column).copied().unwrap_or(missing)
    }

    /// The cell in a column that may not exist; an empty cell is `None`.
    pub(crate) fn optional(&self, column: Option<usize>) -> Option<Cell<'a>> {
        column.map(|column| self.cell(column)).filter(|cell| !cell.text.is_empty())
    }
}

/// A `# key: value` line; a comment without a colon is prose.
fn note<'a>(number: usize, line: &'a str, comment: &'a str) -> Option<Note<'a>> {
    let (key, value) = comment.split_once(':')?;
    let value = value.trim();
    let position = Position::of(number, line, if value.is_empty() { line } else { value });
    Some(Note { key: key.trim(), value: Cell { text: value, position } })
}

fn row(number: usize, line: &str) -> Result<Row<'_>, Problem> {
    let refused =
        |rest: &str| Problem::expected("a comma or the end of the line", rest).at(Position::of(number, line, rest));
    match separated_list1(char(','), cell).parse_complete(line) {
        Ok(("", cells)) => {
            let mut place = Position::counter(number, line);
            let cells = cells.into_iter().map(|text| Cell { text, position: place(text) });
            Ok(Row { line: number, cells: cells.collect() })
        }
        Ok((rest, _)) => Err(refused(rest)),
        Err(_) => Err(refused(line)),
    }
}

/// A cell is quoted, or runs to the next comma; blanks around it do not count.
fn cell(input: &str) -> IResult<&str, &str> {
    let quoted = delimited(char('"'), take_while(|c| c != '"'), char('"'));
    let empty = take(0_usize);
    let bare = is_not(",\"").map(str::trim_end);
    delimited(space0, alt((quoted, bare, empty)), opt(space0)).parse_complete(input)
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn cells_may_be_quoted_blank_or_padded() {
        let table = Table::parse("\u{feff}# as_of: 2025-11-21\r\na,b,c\r\n \"1\" , 2 ,\r\n\r\n").unwrap();
        assert_eq!(table.note("as_of").unwrap().unwrap().text, "2025-11-21");
        assert_eq!(table.column("B"), Some(1));
        let rows = table.read_rows(|row| Ok([0, 1, 2].map(|column| row.cell(column).text.to_owned()))).unwrap();
        assert_eq!(rows, [["1", "2", ""]]);
    }

    #[test]
    fn malformed_lines_are_all_reported() {
        let error = Table::parse("a,b\n\"1,2\n3,4\nx\"y,5\n6\n").unwrap().read_rows(|_| Ok(())).err().unwrap();
        insta::assert_snapshot!(error, @r#"
        2:1: expected a comma or the end of the line, found '"1,2'
        4:2: expected a comma or the end of the line, found '"y,5'
        5:1: expected 2 cells as in the header, found 1
        "#);
        insta::assert_snapshot!(Table::parse("\"a,b\n1\n").err().unwrap(), @r#"1:1: expected a comma or the end of the line, found '"a,b'"#);
        insta::assert_snapshot!(Table::parse("# x\n").err().unwrap(), @"expected a header row, found no rows");
    }
}
