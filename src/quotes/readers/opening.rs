//! [`Opening`]: what a file begins with.

use crate::text::problem::{Position, Problem, ProblemKind};
use crate::text::table::first_row;

const READ_FORMATS: &str = "a CME settlement file (STL text, CSV, XML, JSON or a pasted table), a file of DataMine, \
    Databento, Barchart or Yahoo, or a table with the header 'contract,price'";

/// What a file begins with: enough to tell its format.
pub(super) struct Opening<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    /// The first line that is neither blank nor a `#` comment; of a file of comments the first line.
    pub(super) line: &'a str,
    /// The cells of that line, in lower case.
    columns: Vec<String>,
    number: usize,
}

impl<'a> Opening<'a> {
    /// The opening of a text, or that it has none.
    pub(super) fn of(text: &'a str) -> Result<Self, Problem> {
        crate::text::shape::check(text.as_bytes())?;
        let comment = || text.lines().enumerate().find(|(_, line)| !line.trim().is_empty());
        let opening = first_row(text).or_else(|| comment().map(|(index, line)| (index + 1, line)));
        let Some((number, line)) = opening else {
            return Err(Problem::new(ProblemKind::Empty, "the file is empty"));
        };
        let cells = line.split([',', ';', '\t']).map(|cell| cell.trim().trim_matches('"').trim().to_ascii_lowercase());
        // A header that is known has at most 80 columns.
        Ok(Self { text, line, columns: cells.take(200).collect(), number })
    }

    /// Whether the opening line is a header that begins with these columns, in lower case.
    pub(super) fn begins_with(&self, columns: &[&str]) -> bool {
        self.columns.len() >= columns.len() && self.columns.iter().zip(columns).all(|(found, wanted)| found == wanted)
    }

    /// Whether the opening line is a header with this column, in lower case.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|found| found == column)
    }

    /// The cells of the opening line, in lower case.
    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The first character that is no blank.
    pub(super) fn first_char(&self) -> Option<char> {
        self.line.trim_start().chars().next()
    }

    /// Where the opening line begins.
    pub(super) fn position(&self) -> Position {
        Position { line: self.number, column: 1 }
    }

    /// What to say where no format recognises it.
    pub(super) fn unknown(&self) -> Problem {
        let start = self.line.trim_start();
        let found = match self.first_char() {
            Some('<') => "another kind of XML".to_owned(),
            Some('{' | '[') if cfg!(not(feature = "formats")) => {
                "JSON, which this build (without feature formats) does not read".to_owned()
            }
            Some('{' | '[') => "another kind of JSON".to_owned(),
            _ => format!("'{}'", crate::text::escaped(start)),
        };
        let message = format!("expected {READ_FORMATS}, found {found}");
        Problem::new(ProblemKind::UnknownFormat, message).at(self.position())
    }
}
