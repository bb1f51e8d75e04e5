//! [`LongRows`]: the rows of a long table apart from its text, to be read as they come.

use super::head::Head;
use super::layout::{Layout, Symbol};
use super::maker::Maker;
use super::rows::Rows;
use crate::market::contract::plain_month;
use crate::quotes::readers::book::Book;
use crate::quotes::readers::cells::take_row;
use crate::quotes::readers::is_plain;
use crate::quotes::readers::opening::Opening;
use crate::quotes::tick::SCALE;
use crate::quotes::{Quote, ReadOptions};
use crate::text::cell::iso_day;
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::table::{Lines, Row, Table, is_row};
use crate::units::Price;

/// The rows of a long table apart from its text: how a line of it is cut and taken.
#[derive(Clone)]
pub(in crate::quotes) struct LongRows {
    rows: Rows<'static>,
    contract: usize,
    width: usize,
    separator: char,
    bare: Option<Bare>,
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
        if !is_plain(&opening) {
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
        let bare = Bare::of(&layout, table);
        let rows = Rows::new(layout, None, None);
        let rows = Self { rows, contract, width: table.columns().len(), separator: table.separator(), bare };
        Ok((rows, text.len() - body.rest().len(), body.number()))
    }

    /// A row to cut lines into.
    pub(in crate::quotes) fn row<'a>(&self) -> Row<'a> {
        Row::empty(self.width)
    }

    /// Takes a line into the book. What speaks of the whole table, a note or a total, has no place in a part of it.
    pub(in crate::quotes) fn take<'a>(
        &self,
        row: &mut Row<'a>,
        number: usize,
        line: &'a str,
        book: &mut Book,
    ) -> Result<(), ReadError> {
        let of_the_whole = |what: &str| {
            let message = format!("expected rows of one day after another, found {what}");
            Problem::new(ProblemKind::Inconsistent, message).at(Position { line: number, column: 1 })
        };
        if let Some(bare) = self.bare
            && bare.take(number, line, book)?
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
        if row.cell(self.contract).text.eq_ignore_ascii_case("total") {
            return Err(of_the_whole("a total").into());
        }
        take_row(row, book, |row, book| self.rows.take_alone(row, book))
    }

    /// Takes every line of a text whose first has this number.
    pub(in crate::quotes) fn take_all(&self, text: &str, number: usize, book: &mut Book) -> Result<(), ReadError> {
        let mut row = self.row();
        Lines::new(number, text).try_for_each(|(number, line)| self.take(&mut row, number, line, book))
    }
}

/// The columns of a table that has a day, a contract and a settlement alone, as the longest have.
#[derive(Clone, Copy)]
pub(super) struct Bare {
    date: usize,
    contract: usize,
    settle: usize,
    separator: u8,
}

impl Bare {
    pub(super) fn of(layout: &Layout<'_>, table: &Table<'_>) -> Option<Self> {
        let [series] = layout.series.as_slice() else { return None };
        let Symbol::Column(contract, None) = series.symbol else { return None };
        let (date, settle) = series.date.zip(series.figures.settle)?;
        let separator = u8::try_from(table.separator()).ok()?;
        (table.columns().len() == 3).then_some(Self { date, contract, settle, separator })
    }

    /// Takes a line whose cells have their usual form and no quotes; any other is left.
    pub(super) fn take(&self, number: usize, line: &str, book: &mut Book) -> Result<bool, Problem> {
        // A bare month is a contract of the product that rows without one are of.
        if !book.wants(None) {
            return Ok(false);
        }
        let Self { date, contract, settle, separator } = *self;
        let bytes = line.as_bytes();
        let mut cells: [&[u8]; 3] = [&[]; 3];
        let mut starts = [0; 3];
        let mut start = 0;
        for (column, cell) in cells.iter_mut().enumerate() {
            let end =
                bytes[start..].iter().position(|byte| *byte == separator).map_or(bytes.len(), |found| start + found);
            if (end == bytes.len()) != (column == 2) {
                return Ok(false);
            }
            (*cell, starts[column]) = (&bytes[start..end], start);
            start = end + 1;
        }
        let read = (iso_day(cells[date]), plain_month(cells[contract]), Price::read_fixed(cells[settle], SCALE));
        let (Some(day), Some(month), Some(price)) = read else { return Ok(false) };
        let position = Position { line: number, column: starts[contract] + 1 };
        book.keep(Some(day), month, Quote { settle: Some(price), ..Quote::default() }, position)?;
        Ok(true)
    }
}
