//! One row of a section: cut at its columns, each cell read and held against the others.

use nom::combinator::all_consuming;
use nom::{IResult, Parser};

use super::geometry::{Field, Geometry};
use super::grammar::{Change, change, count, price, session_price};
use crate::problem::{Position, Problem, ProblemKind, ReadError};
use crate::quotes::Quote;
use crate::units::PriceChange;

/// One line of the body.
pub(super) struct Line<'a> {
    pub(super) number: usize,
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    pub(super) fn at(&self, part: &'a str) -> Position {
        Position::of(self.number, self.text, part)
    }
}

/// The label and the quote of a data row. Every bad cell is reported.
pub(super) fn row<'a>(line: &Line<'a>, geometry: &Geometry) -> Result<(&'a str, Quote), ReadError> {
    let mut problems = Vec::new();
    let label = line.text.get(..geometry.open.first).unwrap_or(line.text).trim();
    let mut session = |field: &Field| match required(line, field, session_price) {
        Ok(price) => price,
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    let (open, high) = (session(&geometry.open), session(&geometry.high));
    let (low, last) = (session(&geometry.low), session(&geometry.last));
    let mut quote = Quote { open, high, low, last, ..Quote::default() };
    let mut note = |problem: Problem| problems.push(problem);
    match required(line, &geometry.settle, price) {
        Ok(settle) => quote.settle = settle,
        Err(problem) => note(problem),
    }
    match cell(line, &geometry.prior_settle, price, A_PRICE) {
        Ok(prior) => quote.prior_settle = prior.flatten(),
        Err(problem) => note(problem),
    }
    match cell(line, &geometry.change, change, "a change such as -.0050 or UNCH") {
        Ok(Some(Change::By(points))) => quote.change = Some(points),
        // UNCH also stands where there was no settlement the day before: then it is no change of zero.
        Ok(Some(Change::Unchanged)) => quote.change = quote.prior_settle.map(|_| PriceChange::zero()),
        Ok(_) => {}
        Err(problem) => note(problem),
    }
    for (field, place) in [
        (&geometry.volume, &mut quote.volume),
        (&geometry.prior_volume, &mut quote.prior_volume),
        (&geometry.open_interest, &mut quote.open_interest),
    ] {
        match cell(line, field, count, "a whole number") {
            Ok(found) => *place = found,
            Err(problem) => note(problem),
        }
    }
    if let Some(beyond) = line.text.get(geometry.open_interest.end + 1..).filter(|rest| !rest.trim().is_empty()) {
        note(Problem::expected("the end of the line", beyond.trim()).at(line.at(beyond.trim_start())));
    }
    problems.extend(change_contradicts(line, geometry, &quote));
    ReadError::unless_none(problems)?;
    Ok((label, quote))
}

/// SETT less PRIOR SETT has to be the printed change.
fn change_contradicts(line: &Line<'_>, geometry: &Geometry, quote: &Quote) -> Option<Problem> {
    let (settle, prior, printed) = (quote.settle?, quote.prior_settle?, quote.change?);
    let found = settle - prior;
    let message =
        || format!("expected SETT {settle} less PRIOR SETT {prior} to be the change {printed}, found {found}");
    let (_, place) = cut(line, &geometry.settle);
    (found != printed).then(|| Problem::new(ProblemKind::Inconsistent, message()).at(place))
}

const A_PRICE: &str = "a price such as 96.2300";

/// A cell that a row may not leave blank.
fn required<'a, T>(
    line: &Line<'a>,
    field: &Field,
    parser: fn(&'a str) -> IResult<&'a str, Option<T>>,
) -> Result<Option<T>, Problem> {
    if let Some(value) = cell(line, field, parser, A_PRICE)? {
        return Ok(value);
    }
    let (_, place) = cut(line, field);
    Err(Problem::expected(&format!("{A_PRICE} or ---- in the column {}", field.name), "").at(place))
}

/// The value of a cell; `None` for a blank one.
pub(super) fn cell<'a, T>(
    line: &Line<'a>,
    field: &Field,
    parser: fn(&'a str) -> IResult<&'a str, T>,
    expected: &str,
) -> Result<Option<T>, Problem> {
    let (text, place) = cut(line, field);
    if text.is_empty() {
        return Ok(None);
    }
    let (_, value) =
        all_consuming(parser).parse_complete(text).map_err(|_| Problem::expected(expected, text).at(place))?;
    let number = if field.marked { text.trim_end_matches(['A', 'B']) } else { text };
    let end = place.column + number.chars().count() - 1;
    if end != field.end + 1 {
        let expected = format!("expected the column {} to end in column {}", field.name, field.end + 1);
        return Err(
            Problem::new(ProblemKind::Syntax, format!("{expected}, found '{text}' ending in column {end}")).at(place)
        );
    }
    Ok(Some(value))
}

/// The trimmed text of a field and its place; a blank field's place is where its number would end.
pub(super) fn cut<'a>(line: &Line<'a>, field: &Field) -> (&'a str, Position) {
    let past = (field.end + 1 + usize::from(field.marked)).min(line.text.len());
    let text = line.text.get(field.first.min(past)..past).unwrap_or_default().trim();
    let end = Position { line: line.number, column: field.end + 1 };
    (text, if text.is_empty() { end } else { line.at(text) })
}
