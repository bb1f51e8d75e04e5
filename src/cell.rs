//! [`Cell`]: one value of an input as text, and its place.

use chrono::NaiveDate;

use crate::problem::{Position, Problem};

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
