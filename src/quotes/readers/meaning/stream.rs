//! [`LongRows`]: the rows of a long table apart from its text, to be read as they come.

use chrono::NaiveDate;

use super::head::Head;
use super::layout::{Layout, Symbol};
use super::lean::LeanRows;
use super::maker::Maker;
use super::rows::{Rows, is_total};
use crate::quotes::ReadOptions;
use crate::quotes::readers::book::Book;
use crate::quotes::readers::cells::take_row;
use crate::quotes::readers::is_plain;
use crate::quotes::readers::opening::Opening;
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::table::{Lines, Row, is_row};

/// The rows of a long table apart from its text: how a line of it is cut and taken.
#[derive(Clone)]
pub(in crate::quotes) struct LongRows {
    rows: Rows<'static>,
    contract: usize,
    width: usize,
    separator: char,
    lean: Option<LeanRows>,
}

impl LongRows {
    /// The rows below the header in a text that begins a long table; how much of the text is above them, and the number of
    /// their first line.
    pub(in crate::quotes) fn of(
        text: &str,
        options: &ReadOptions,
        book: &mut Book,
    ) -> Result<(Self, usize, usize), ReadError> {
        let opening = Opening::of(text)?;
        let refused =
            || Problem::expected("a long table such as date,contract,settle", opening.line).at(opening.position());
        // Of several moments of a day one is chosen with all of them at hand.
        if !is_plain(&opening) || options.at.is_some() {
            return Err(refused().into());
        }
        let head = Head::of(text, options)?.filter(|head| head.above.is_empty() && Maker::of(&head.rows[0]).is_none());
        let head = head.ok_or_else(refused)?;
        let layout = Layout::of(&head.rows, &head.sample(), None, options)?.owned();
        let layout = layout.filter(|layout| layout.series.iter().all(|series| series.date.is_some()));
        let (layout, contract) = layout
            .and_then(|layout| match layout.series.as_slice() {
                [series] => match series.symbol {
                    Symbol::Column(contract, None) => Some((layout, contract)),
                    _ => None,
                },
                _ => None,
            })
            .ok_or_else(refused)?;
        head.table.stated_date()?;
        super::remark(&layout, None, book);
        let (body, table) = (head.table.body(), &head.table);
        let lean = LeanRows::of(&layout, table.columns().len(), table.separator());
        let rows = Rows::new(layout, None, None);
        let rows = Self { rows, contract, width: table.columns().len(), separator: table.separator(), lean };
        Ok((rows, text.len() - body.rest().len(), body.number()))
    }

    /// A row to cut lines into.
    pub(in crate::quotes) fn row<'a>(&self) -> Row<'a> {
        Row::empty(self.width)
    }

    /// Takes the lines of a day from the start of a text, where they have their usual form: how many, and how many bytes.
    pub(in crate::quotes) fn take_run(
        &mut self,
        text: &str,
        number: usize,
        day: NaiveDate,
        book: &mut Book,
    ) -> (usize, usize) {
        self.lean.as_mut().map_or((0, 0), |lean| lean.take_run(text, number, day, book))
    }

    /// Takes a line into the book. What speaks of the whole table, a note or a total, has no place in a part of it.
    pub(in crate::quotes) fn take<'a>(
        &mut self,
        row: &mut Row<'a>,
        number: usize,
        line: &'a str,
        book: &mut Book,
    ) -> Result<(), ReadError> {
        let of_the_whole = |what: &str| {
            let message = format!("expected rows of one day after another, found {what}");
            Problem::new(ProblemKind::Inconsistent, message).at(Position { line: number, column: 1 })
        };
        if let Some(lean) = &mut self.lean
            && lean.take(number, line, book)
        {
            return Ok(());
        }
        if !is_row(line) {
            let notes = line.contains('#') && line.contains(':');
            return if notes { Err(of_the_whole("a note").into()) } else { Ok(()) };
        }
        row.cut(number, line, self.separator)?;
        if row.is_blank() {
            book.skip_blank(1);
            return Ok(());
        }
        if is_total(row, self.contract) {
            return Err(of_the_whole("a total").into());
        }
        take_row(row, book, |row, book| self.rows.take_alone(row, book))
    }

    /// Takes every line of a text that is one day's, whose first has this number.
    pub(in crate::quotes) fn take_day(
        &mut self,
        text: &str,
        number: usize,
        day: NaiveDate,
        book: &mut Book,
    ) -> Result<(), ReadError> {
        let (mut row, mut lines) = (self.row(), Lines::new(number, text));
        loop {
            let (taken, bytes) = self.take_run(lines.rest(), lines.number(), day, book);
            lines.pass(taken, bytes);
            let Some((number, line)) = lines.next() else { return Ok(()) };
            self.take(&mut row, number, line, book)?;
        }
    }
}
