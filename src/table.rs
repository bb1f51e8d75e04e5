//! A table of separated cells: `#` lines, one header row, rows. The grammar of the embedded tables, of a calendar given
//! by the user, and of every quote file that is a table.

use chrono::NaiveDate;
use nom::branch::alt;
use nom::bytes::complete::{take, take_till, take_while};
use nom::character::complete::char;
use nom::combinator::{recognize, verify};
use nom::multi::many0_count;
use nom::sequence::delimited;
use nom::{IResult, Parser};

use crate::cell::Cell;
use crate::problem::{Position, Problem, ProblemKind, Problems, ReadError};

/// The most columns of a table: more are no table but a mistake, or malice.
const MOST_COLUMNS: usize = 10_000;

/// A table whose header is read; its rows are cut when they are read.
pub(crate) struct Table<'a> {
    notes: Vec<Note<'a>>,
    header: Row<'a>,
    lines: Vec<(usize, &'a str)>,
    separator: char,
}

/// A `# key: value` line.
struct Note<'a> {
    key: &'a str,
    value: Cell<'a>,
}

/// One line of cells.
pub(crate) struct Row<'a> {
    line: usize,
    text: &'a str,
    /// At most one more than the header has.
    cells: Vec<Cell<'a>>,
    /// How many cells the line has.
    count: usize,
    /// The number of cells in the header.
    width: usize,
}

impl<'a> Table<'a> {
    /// Reads a table down to its header.
    pub(crate) fn parse(text: &'a str) -> Result<Self, ReadError> {
        let (notes, mut lines) = notes_and_lines(text);
        if lines.is_empty() {
            return Err(Problem::new(ProblemKind::Empty, "expected a header row, found no rows").into());
        }
        let (number, line) = lines.remove(0);
        let separator = separator_of(line);
        // Without its header nothing can be said of a table.
        Ok(Self { notes, header: row(number, line, separator, 0)?, lines, separator })
    }

    /// Reads rows that stand without their header, which is known.
    pub(crate) fn below(text: &'a str, header: &'a str) -> Result<Self, ReadError> {
        let (notes, lines) = notes_and_lines(text);
        Ok(Self { notes, header: row(1, header, ',', 0)?, lines, separator: ',' })
    }

    /// The value of the one line `# key: value`, its key in any case.
    pub(crate) fn note(&self, key: &str) -> Result<Option<Cell<'a>>, Problem> {
        let mut notes = self.notes.iter().filter(|note| {
            // `# as of: 2025-11-21`, but no prose that begins so.
            let spaced = note.value.date().is_ok() && note.key.replace(' ', "_").eq_ignore_ascii_case(key);
            spaced || note.key.eq_ignore_ascii_case(key)
        });
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
        self.required_one_of(&[name])
    }

    /// The index of the first of these columns that is there; one has to be.
    pub(crate) fn required_one_of(&self, names: &[&str]) -> Result<usize, ReadError> {
        let name = names[0];
        names.iter().find_map(|name| self.column(name)).ok_or_else(|| {
            let found: Vec<&str> = self.header.cells.iter().map(|cell| cell.text).collect();
            let position = Position { line: self.header.line, column: 1 };
            Problem::expected(&format!("a column '{name}'"), &found.join(",")).at(position).into()
        })
    }

    /// The date of the line `# as_of: DATE`.
    pub(crate) fn stated_date(&self) -> Result<Option<NaiveDate>, Problem> {
        self.note("as_of")?.map(Cell::date).transpose()
    }

    /// Reads every row with `read`. All problems are reported at once: of malformed lines, of rows with another number of
    /// cells than the header, and all that `read` finds.
    pub(crate) fn read_rows<T>(
        &self,
        mut read: impl FnMut(&Row<'a>) -> Result<T, ReadError>,
    ) -> Result<Vec<T>, ReadError> {
        let mut values = Vec::new();
        self.each_row(|row| {
            row.whole()?;
            values.push(read(row)?);
            Ok(())
        })?;
        Ok(values)
    }

    /// Hands every row to `read`, which may want it whole, but for lines of separators only: how many those are. All
    /// problems are reported at once.
    pub(crate) fn each_row(&self, mut read: impl FnMut(&Row<'a>) -> Result<(), ReadError>) -> Result<usize, ReadError> {
        let (mut problems, mut blank) = (Problems::default(), 0);
        for (number, line) in &self.lines {
            match problems.of(row(*number, line, self.separator, self.header.cells.len())) {
                Some(row) if row.is_blank() => blank += 1,
                Some(row) => {
                    problems.of(read(&row));
                }
                None => {}
            }
        }
        problems.finish().map(|()| blank)
    }
}

impl<'a> Row<'a> {
    /// Refuses a row that has another number of cells than the header.
    pub(crate) fn whole(&self) -> Result<(), Problem> {
        let (expected, found) = (self.width, self.count);
        let plural = if expected == 1 { "" } else { "s" };
        let message = || format!("expected {expected} cell{plural} as in the header, found {found}");
        if found == expected { Ok(()) } else { Err(Problem::new(ProblemKind::Syntax, message()).at(self.start())) }
    }

    /// Whether all cells are empty: a line of commas.
    fn is_blank(&self) -> bool {
        self.count <= self.cells.len() && self.cells.iter().all(|cell| cell.text.is_empty())
    }

    /// The cells.
    pub(crate) fn cells(&self) -> &[Cell<'a>] {
        &self.cells
    }

    /// The line as it stands.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// Where the row begins.
    pub(crate) fn start(&self) -> Position {
        Position { line: self.line, column: 1 }
    }

    /// The cell in a column that [`Table::column`] gave.
    pub(crate) fn cell(&self, column: usize) -> Cell<'a> {
        self.cells.get(column).copied().unwrap_or(Cell { text: "", position: self.start() })
    }

    /// The cell in a column that may not exist; an empty cell is `None`.
    pub(crate) fn optional(&self, column: Option<usize>) -> Option<Cell<'a>> {
        column.map(|column| self.cell(column)).filter(|cell| !cell.text.is_empty())
    }
}

/// The first line that is neither blank nor a `#` comment, and its number: of a table its header.
pub(crate) fn first_row(text: &str) -> Option<(usize, &str)> {
    let lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate();
    let mut rows = lines.filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    rows.next().map(|(index, line)| (index + 1, line))
}

/// The lines of a text with content: comments that say something, and rows.
fn notes_and_lines(text: &str) -> (Vec<Note<'_>>, Vec<(usize, &str)>) {
    let (mut notes, mut lines) = (Vec::new(), Vec::new());
    for (index, line) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate() {
        if let Some(comment) = line.trim_start().strip_prefix('#') {
            notes.extend(note(index + 1, line, comment));
        } else if !line.trim().is_empty() {
            lines.push((index + 1, line));
        }
    }
    (notes, lines)
}

/// A `# key: value` line; a comment without a colon is prose.
fn note<'a>(number: usize, line: &'a str, comment: &'a str) -> Option<Note<'a>> {
    let (key, value) = comment.split_once(':')?;
    let value = value.trim();
    let position = Position::of(number, line, if value.is_empty() { line } else { value });
    Some(Note { key: key.trim(), value: Cell { text: value, position } })
}

/// What separates the cells: a comma, or what spreadsheets of other countries and copied cells have in its place.
fn separator_of(header: &str) -> char {
    [',', ';', '\t'].into_iter().find(|separator| header.contains(*separator)).unwrap_or(',')
}

fn row(number: usize, line: &str, separator: char, width: usize) -> Result<Row<'_>, Problem> {
    let name = match separator {
        ',' => "a comma",
        ';' => "a semicolon",
        _ => "a tab",
    };
    let refused = |rest: &str| {
        Problem::expected(&format!("{name} or the end of the line"), rest).at(Position::of(number, line, rest))
    };
    // Of a line with far too many cells their number is enough.
    let most = if width == 0 { MOST_COLUMNS } else { width + 1 };
    let (mut place, mut cells, mut count, mut rest) = (Position::counter(number, line), Vec::new(), 0, line);
    let mut filled = 0;
    loop {
        let Ok((behind, text)) = cell(rest, separator) else { return Err(refused(rest)) };
        count += 1;
        filled = if text.is_empty() { filled } else { count };
        if cells.len() < most {
            cells.push(Cell { text, position: place(text) });
        }
        match behind.strip_prefix(separator) {
            Some(next) => rest = next,
            None if behind.is_empty() => break,
            None => return Err(refused(behind)),
        }
    }
    if width == 0 && count > MOST_COLUMNS {
        let message = format!("expected a header of at most {MOST_COLUMNS} columns, found {count}");
        return Err(Problem::new(ProblemKind::Syntax, message).at(Position { line: number, column: 1 }));
    }
    // Separators at the end of a line begin no cells, of a header neither.
    let count = count.min(filled.max(width));
    cells.truncate(count.max(1));
    Ok(Row { line: number, text: line, cells, count, width })
}

/// A cell is quoted, a quote inside it doubled, or runs to the next separator; blanks around it do not count. The text
/// of a quoted cell is what stands between its quotes.
fn cell(input: &str, separator: char) -> IResult<&str, &str> {
    let blanks = || take_while(|c: char| c == ' ');
    let unquoted = verify(take_till(|c| c == '"'), |text: &str| !text.is_empty());
    let inside = recognize(many0_count(alt((unquoted, nom::bytes::complete::tag("\"\"")))));
    let quoted = delimited(char('"'), inside.map(str::trim), char('"'));
    let bare = verify(take_till(|c| c == separator || c == '"'), |text: &str| !text.is_empty()).map(str::trim_end);
    delimited(blanks(), alt((quoted, bare, take(0_usize))), blanks()).parse_complete(input)
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
