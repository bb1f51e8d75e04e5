//! A table of separated cells: `#` lines, one header row, rows. The grammar of the embedded tables, of a calendar given
//! by the user, and of every quote file that is a table.

use chrono::NaiveDate;
use memchr::{memchr, memchr2};
use nom::branch::alt;
use nom::bytes::complete::{take, take_till, take_while};
use nom::character::complete::char;
use nom::combinator::{recognize, verify};
use nom::multi::many0_count;
use nom::sequence::delimited;
use nom::{IResult, Parser};

use crate::text::cell::Cell;
use crate::text::problem::{Position, Problem, ProblemKind, Problems, ReadError};

/// The most columns of a table: more are no table but a mistake, or malice.
const MOST_COLUMNS: usize = 10_000;

/// A table whose header is read; its rows are cut when they are read.
pub(crate) struct Table<'a> {
    notes: Vec<Note<'a>>,
    header: Row<'a>,
    /// The number of the first line below the header, and the text from there on.
    body: (usize, &'a str),
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
    /// How many it has down to the last that is not empty.
    filled: usize,
    /// The number of cells in the header.
    width: usize,
}

impl<'a> Table<'a> {
    /// Reads a table down to its header.
    pub(crate) fn parse(text: &'a str) -> Result<Self, ReadError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = Lines::new(1, text);
        let Some((number, line)) = lines.by_ref().find(|(_, line)| is_row(line)) else {
            return Err(Problem::new(ProblemKind::Empty, "expected a header row, found no rows").into());
        };
        let separator = separator_of(line);
        // Without its header nothing can be said of a table.
        let header = Row::of(number, line, separator, 0)?;
        Ok(Self { notes: notes(text), header, body: (lines.number, lines.rest), separator })
    }

    /// The table whose header is this line of a text, and whose rows begin with that line.
    pub(crate) fn between(
        text: &'a str,
        (number, header): (usize, &'a str),
        (first, body): (usize, &'a str),
        separator: char,
    ) -> Result<Self, ReadError> {
        let header = Row::of(number, header, separator, 0)?;
        Ok(Self { notes: notes(text), header, body: (first, body), separator })
    }

    /// Reads rows that stand without their header, which is known.
    pub(crate) fn below(text: &'a str, header: &'a str) -> Result<Self, ReadError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Ok(Self { notes: notes(text), header: Row::of(1, header, ',', 0)?, body: (1, text), separator: ',' })
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

    /// What separates the cells.
    pub(crate) fn separator(&self) -> char {
        self.separator
    }

    /// The lines below the header.
    pub(crate) fn body(&self) -> Lines<'a> {
        Lines::new(self.body.0, self.body.1)
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
        self.each_row_but(&mut (), |_, _, ()| Ok(false), |row, ()| read(row))
    }

    /// The same with something that is built on the way; `passes` says of a line, before it is cut,
    /// that it is dealt with.
    pub(crate) fn each_row_but<C>(
        &self,
        built: &mut C,
        mut passes: impl FnMut(usize, &'a str, &mut C) -> Result<bool, Problem>,
        mut read: impl FnMut(&Row<'a>, &mut C) -> Result<(), ReadError>,
    ) -> Result<usize, ReadError> {
        let (mut problems, mut blank) = (Problems::default(), 0);
        let mut row = Row::empty(self.header.cells.len());
        for (number, line) in self.body() {
            if !is_row(line) {
                continue;
            }
            match passes(number, line, built) {
                Ok(true) => continue,
                Ok(false) => {}
                Err(problem) => {
                    problems.add(problem);
                    continue;
                }
            }
            match row.cut(number, line, self.separator) {
                Err(problem) => problems.add(problem),
                Ok(()) if row.is_blank() => blank += 1,
                Ok(()) => {
                    problems.of(read(&row, built));
                }
            }
        }
        problems.finish().map(|()| blank)
    }
}

impl<'a> Row<'a> {
    /// A row of a table so wide, still to be cut.
    pub(crate) fn empty(width: usize) -> Self {
        Self { line: 0, text: "", cells: Vec::new(), count: 0, filled: 0, width }
    }

    /// A row of cells that stand elsewhere than in a line, as many as columns.
    pub(crate) fn of_cells(line: usize, cells: Vec<Cell<'a>>) -> Self {
        let (count, width) = (cells.len(), cells.len());
        Self { line, text: "", cells, count, filled: count, width }
    }

    /// The cells of a line, by a separator.
    pub(crate) fn of_line(line: usize, text: &'a str, separator: char) -> Result<Self, Problem> {
        Self::of(line, text, separator, 0)
    }

    /// The header of a table, whose width is not known before.
    fn of(line: usize, text: &'a str, separator: char, width: usize) -> Result<Self, Problem> {
        let mut row = Self::empty(width);
        row.cut(line, text, separator)?;
        Ok(row)
    }

    /// Cuts a line into cells, in place of those of the line before.
    pub(crate) fn cut(&mut self, line: usize, text: &'a str, separator: char) -> Result<(), Problem> {
        // Of a line with far too many cells their number is enough.
        let most = if self.width == 0 { MOST_COLUMNS } else { self.width + 1 };
        self.cells.clear();
        (self.line, self.text, self.count, self.filled) = (line, text, 0, 0);
        let plain = u8::try_from(separator).is_ok_and(|separator| self.cut_plain(separator, most));
        if !plain {
            self.cells.clear();
            (self.count, self.filled) = (0, 0);
            self.cut_any(separator, most)?;
        }
        if self.width == 0 && self.count > MOST_COLUMNS {
            let message = format!("expected a header of at most {MOST_COLUMNS} columns, found {}", self.count);
            return Err(Problem::new(ProblemKind::Syntax, message).at(self.start()));
        }
        // Separators at the end of a line begin no cells, of a header neither.
        self.count = self.count.min(self.filled.max(self.width));
        self.cells.truncate(self.count.max(1));
        Ok(())
    }

    /// Cuts a line of ASCII whose quoted cells hold no quotes, as almost all are; any other is left to [`Row::cut_any`].
    fn cut_plain(&mut self, separator: u8, most: usize) -> bool {
        let bytes = self.text.as_bytes();
        if !self.text.is_ascii() {
            return false;
        }
        let mut start = 0;
        loop {
            let (from, to, end) = if bytes.get(start) == Some(&b'"') {
                let Some(inside) = memchr(b'"', &bytes[start + 1..]) else { return false };
                (start + 1, start + 1 + inside, start + inside + 2)
            } else {
                let end = memchr2(separator, b'"', &bytes[start..]).map_or(bytes.len(), |found| start + found);
                (start, end, end)
            };
            if bytes.get(end).is_some_and(|next| *next != separator) {
                return false;
            }
            let raw = &self.text[from..to];
            let text = if from == start { raw.trim_start_matches(' ').trim_end() } else { raw.trim() };
            let column = 1 + (text.as_ptr() as usize).saturating_sub(bytes.as_ptr() as usize);
            self.take(text, Position { line: self.line, column }, most);
            if end == bytes.len() {
                return true;
            }
            start = end + 1;
        }
    }

    fn take(&mut self, text: &'a str, position: Position, most: usize) {
        self.count += 1;
        if !text.is_empty() {
            self.filled = self.count;
        }
        if self.cells.len() < most {
            self.cells.push(Cell { text, position });
        }
    }

    /// Cuts any line by the grammar of a cell.
    fn cut_any(&mut self, separator: char, most: usize) -> Result<(), Problem> {
        let name = match separator {
            ',' => "a comma",
            ';' => "a semicolon",
            '|' => "a bar",
            _ => "a tab",
        };
        let (number, line) = (self.line, self.text);
        let refused = |rest: &str| {
            let expected = format!("{name} or the end of the line");
            Problem::expected(&expected, rest).at(Position::of(number, line, rest))
        };
        let (mut place, mut rest) = (Position::counter(number, line), line);
        loop {
            let Ok((behind, text)) = cell(rest, separator) else { return Err(refused(rest)) };
            self.take(text, place(text), most);
            match behind.strip_prefix(separator) {
                Some(next) => rest = next,
                None if behind.is_empty() => return Ok(()),
                None => return Err(refused(behind)),
            }
        }
    }

    /// Refuses a row that has another number of cells than the header.
    pub(crate) fn whole(&self) -> Result<(), Problem> {
        let (expected, found) = (self.width, self.count);
        let plural = if expected == 1 { "" } else { "s" };
        let message = || format!("expected {expected} cell{plural} as in the header, found {found}");
        if found == expected { Ok(()) } else { Err(Problem::new(ProblemKind::Syntax, message()).at(self.start())) }
    }

    /// Whether all cells are empty: a line of commas.
    pub(crate) fn is_blank(&self) -> bool {
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

/// The lines of a text from one on, each with its number, without their ends; the text behind them while they are taken.
pub(crate) struct Lines<'a> {
    number: usize,
    rest: &'a str,
}

impl<'a> Lines<'a> {
    /// The lines of a text whose first has this number.
    pub(crate) fn new(number: usize, text: &'a str) -> Self {
        Self { number, rest: text }
    }

    /// The number of the next line.
    pub(crate) fn number(&self) -> usize {
        self.number
    }

    /// The text from the next line on.
    pub(crate) fn rest(&self) -> &'a str {
        self.rest
    }

    /// Passes over so many lines, and what they take of the text.
    pub(crate) fn pass(&mut self, lines: usize, bytes: usize) {
        (self.number, self.rest) = (self.number + lines, self.rest.get(bytes..).unwrap_or_default());
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = match memchr(b'\n', self.rest.as_bytes()) {
            Some(end) => {
                let line = &self.rest[..end];
                (line.strip_suffix('\r').unwrap_or(line), &self.rest[end + 1..])
            }
            None => (self.rest, ""),
        };
        let number = self.number;
        (self.number, self.rest) = (number + 1, rest);
        Some((number, line))
    }
}

/// Whether a line is neither blank nor a `#` comment.
pub(crate) fn is_row(line: &str) -> bool {
    match line.as_bytes().first() {
        None => false,
        Some(b'!' | b'"' | b'$'..=b'~') => true,
        _ => !matches!(line.trim_start().chars().next(), None | Some('#')),
    }
}

/// The first line that is neither blank nor a `#` comment, and its number: of a table its header.
pub(crate) fn first_row(text: &str) -> Option<(usize, &str)> {
    Lines::new(1, text.strip_prefix('\u{feff}').unwrap_or(text)).find(|(_, line)| is_row(line))
}

/// The comments of a text that say something.
fn notes(text: &str) -> Vec<Note<'_>> {
    if memchr(b'#', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let lines = Lines::new(1, text);
    lines.filter_map(|(number, line)| note(number, line, line.trim_start().strip_prefix('#')?)).collect()
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
    use proptest::prelude::*;

    use super::{Lines, Row, Table};

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

    /// The cells of a row with their places, how many there are, and how many down to the last that is not empty.
    fn cut_by<'a>(line: &'a str, by: impl FnOnce(&mut Row<'a>) -> bool) -> Option<String> {
        let mut row = Row::empty(3);
        (row.line, row.text) = (1, line);
        by(&mut row).then(|| {
            let cells: Vec<String> =
                row.cells.iter().map(|cell| format!("{} {:?}", cell.position, cell.text)).collect();
            format!("{} of {}: {cells:?}", row.filled, row.count)
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        /// Where the bytes alone cut a line, the grammar cuts it the same.
        #[test]
        fn a_plain_line_is_cut_as_the_grammar_cuts_it(
            line in r#"[a1. ,;"\t\ré\u{2003}]{0,12}|("?[a ]{0,2}"?[,;] ?){0,5}"#,
            semicolon in any::<bool>(),
        ) {
            let separator = if semicolon { ';' } else { ',' };
            if let Some(plain) = cut_by(&line, |row| row.cut_plain(separator as u8, 4)) {
                prop_assert_eq!(Some(plain), cut_by(&line, |row| row.cut_any(separator, 4).is_ok()));
            }
        }

        /// And lines are those of the standard library.
        #[test]
        fn lines_are_cut_at_their_ends(text in "[a\r\n]{0,12}") {
            let lines: Vec<&str> = Lines::new(1, &text).map(|(_, line)| line).collect();
            prop_assert_eq!(lines, text.lines().collect::<Vec<_>>());
        }
    }
}
