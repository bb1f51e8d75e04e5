//! One row of a section: cut at its columns, each cell read and held against the others.

use nom::combinator::all_consuming;
use nom::{IResult, Parser};

use super::geometry::{Field, Geometry};
use super::grammar::{Change, change, count, price, session_price};
use crate::quotes::Quote;
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::units::PriceChange;

const A_PRICE: &str = "a price such as 96.2300";
const A_CHANGE: &str = "a change such as -.0050 or UNCH";
pub(super) const A_COUNT: &str = "a whole number";

/// One line of the body.
pub(super) struct Line<'a> {
    pub(super) number: usize,
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    pub(super) fn at(&self, part: &'a str) -> Position {
        Position::of(self.number, self.text, part)
    }

    /// "expected A, found 'this line'", at its start.
    pub(super) fn refused(&self, expected: &str) -> ReadError {
        Problem::expected(expected, self.text).at(self.at(self.text)).into()
    }
}

/// The label and the quote of a data row. Every bad cell is reported.
pub(super) fn row<'a>(line: &Line<'a>, geometry: &Geometry) -> Result<(&'a str, Quote), ReadError> {
    let mut cells = Cells::of(line)?;
    let label = line.text.get(..geometry.open.first).unwrap_or(line.text).trim();
    let mut quote = Quote {
        open: cells.required(&geometry.open, session_price),
        high: cells.required(&geometry.high, session_price),
        low: cells.required(&geometry.low, session_price),
        last: cells.required(&geometry.last, session_price),
        settle: cells.required(&geometry.settle, price),
        volume: cells.optional(&geometry.volume, count, A_COUNT),
        prior_settle: cells.optional(&geometry.prior_settle, price, A_PRICE).flatten(),
        prior_volume: cells.optional(&geometry.prior_volume, count, A_COUNT),
        open_interest: cells.optional(&geometry.open_interest, count, A_COUNT),
        ..Quote::default()
    };
    quote.change = match cells.optional(&geometry.change, change, A_CHANGE) {
        Some(Change::By(points)) => Some(points),
        // UNCH also stands where there was no settlement the day before: then it is no change of zero.
        Some(Change::Unchanged) => quote.prior_settle.map(|_| PriceChange::zero()),
        Some(Change::Missing) | None => None,
    };
    if let (Some(settle), Some(prior), Some(printed)) = (quote.settle, quote.prior_settle, quote.change) {
        let found = settle - prior;
        if found != printed {
            let message =
                format!("expected SETT {settle} less PRIOR SETT {prior} to be the change {printed}, found {found}");
            cells.contradicts(&geometry.settle, message);
        }
    }
    cells.ends_with(&geometry.open_interest);
    cells.finish()?;
    Ok((label, quote))
}

/// The cells of a line, and what is wrong with them.
pub(super) struct Cells<'l, 'a> {
    line: &'l Line<'a>,
    problems: Vec<Problem>,
}

impl<'l, 'a> Cells<'l, 'a> {
    /// The line as cells: its columns are bytes, so it has to be ASCII, as every such report is.
    pub(super) fn of(line: &'l Line<'a>) -> Result<Self, ReadError> {
        let Some((index, odd)) = line.text.char_indices().find(|(_, c)| !c.is_ascii() || c.is_ascii_control()) else {
            return Ok(Self { line, problems: Vec::new() });
        };
        let found = format!("expected plain ASCII, whose columns can be counted, found '{}'", odd.escape_unicode());
        Err(Problem::new(ProblemKind::Syntax, found).at(line.at(&line.text[index..])).into())
    }

    /// A cell that may not be blank; `----` in it is `None`.
    fn required<T>(&mut self, field: &Field, parser: fn(&'a str) -> IResult<&'a str, Option<T>>) -> Option<T> {
        let (text, place) = self.cut(field);
        if text.is_empty() {
            let expected = format!("{A_PRICE} or ---- in the column {}", field.name);
            self.problems.push(Problem::expected(&expected, "").at(place));
        }
        self.optional(field, parser, A_PRICE).flatten()
    }

    /// The value of a cell; `None` for a blank or refused one.
    pub(super) fn optional<T>(
        &mut self,
        field: &Field,
        parser: fn(&'a str) -> IResult<&'a str, T>,
        expected: &str,
    ) -> Option<T> {
        let (text, place) = self.cut(field);
        if text.is_empty() {
            return None;
        }
        let Ok((_, value)) = all_consuming(parser).parse_complete(text) else {
            self.problems.push(Problem::expected(expected, text).at(place));
            return None;
        };
        let number = if field.marked { text.trim_end_matches(['A', 'B']) } else { text };
        let end = place.column + number.len() - 1;
        if end != field.end + 1 {
            let expected = format!("expected the column {} to end in column {}", field.name, field.end + 1);
            let message = format!("{expected}, found '{text}' ending in column {end}");
            self.problems.push(Problem::new(ProblemKind::Syntax, message).at(place));
            return None;
        }
        Some(value)
    }

    /// Whether a cell was refused so far.
    pub(super) fn any_refused(&self) -> bool {
        !self.problems.is_empty()
    }

    /// Nothing may stand behind the last field.
    fn ends_with(&mut self, last: &Field) {
        let beyond = self.line.text.get(last.end + 1..).unwrap_or_default().trim_start();
        if !beyond.is_empty() {
            self.problems.push(Problem::expected("the end of the line", beyond).at(self.line.at(beyond)));
        }
    }

    /// Notes that a cell contradicts others.
    pub(super) fn contradicts(&mut self, field: &Field, message: String) {
        let (_, place) = self.cut(field);
        self.problems.push(Problem::new(ProblemKind::Inconsistent, message).at(place));
    }

    /// All problems as an error, or `Ok` where there are none.
    pub(super) fn finish(self) -> Result<(), ReadError> {
        ReadError::unless_none(self.problems)
    }

    /// The trimmed text of a field and its place; a blank field's place is where its number would end, or where the line does.
    fn cut(&self, field: &Field) -> (&'a str, Position) {
        let past = (field.end + 1 + usize::from(field.marked)).min(self.line.text.len());
        let text = self.line.text.get(field.first.min(past)..past).unwrap_or_default().trim();
        let end = Position { line: self.line.number, column: field.end.min(self.line.text.len()) + 1 };
        (text, if text.is_empty() { end } else { self.line.at(text) })
    }
}
