//! Tables by the meaning of their columns: whoever wrote them, in whatever order and under whatever names.
//!
//! | step | file |
//! |---|---|
//! | where the table begins, and the names of its columns | `head` |
//! | who wrote it, and what only its maker tells | `maker` |
//! | what a name says | `role` |
//! | what each column is, by name and content, and how days name contracts | `layout`, `days` |
//! | rows into quotes | `rows` |
//! | rows of a settlement alone, and long tables that are streamed | `lean`, `stream` |
//!
//! A column of days is never passed over: it is the trade date, a day of the contract's own, a day that agrees with the trade
//! date on every row, or the file is refused.

mod content;
mod days;
mod head;
mod layout;
mod lean;
mod maker;
mod role;
mod rows;
mod stream;

use super::book::Book;
use super::cells::take_rows_but;
use super::opening::Opening;
use crate::market::contract::{Contract, ContractError, read_label};
use crate::market::product::Product;
use crate::notice::Notice;
use crate::quotes::{Format, QuoteFile, ReadOptions};
use crate::text::cell::Cell;
use crate::text::problem::{Problem, ProblemKind, ReadError};
use crate::text::table::Row;
use crate::text::tally::Skip;
use head::{Head, SAMPLE};
use layout::Layout;
use lean::LeanRows;
use maker::Maker;
use rows::{Account, Given, Rows};

pub(super) use head::{day_of_lines, is_header, separator_of};
pub use role::{ColumnName, ColumnNameError};
pub(super) use role::{Role, key};
pub(in crate::quotes) use stream::LongRows;

/// Whether the header has a contract and a price, so that its columns are told by their names.
pub(super) fn names_columns(opening: &Opening<'_>) -> bool {
    let roles: Vec<role::Role> =
        opening.columns().iter().filter_map(|name| role::Role::named(name)).map(|(role, _)| role).collect();
    roles.contains(&role::Role::Contract) && roles.iter().any(|role| role.is_price()) || opening.has("contract")
}

/// Whatever no other reader knows is read as a table, or refused with what was found.
pub(super) fn recognises(_: &Opening<'_>) -> bool {
    true
}

/// Reads the table.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    // JSON has a reader of its own, which a build without feature `formats` lacks.
    if let Ok(opening) = Opening::of(text)
        && cfg!(not(feature = "formats"))
        && matches!(opening.first_char(), Some('{' | '['))
    {
        return Err(opening.unknown().into());
    }
    let head = match Head::of(text, options)? {
        Some(head) => head,
        None => Head::poor(text, options)?
            .ok_or_else(|| Opening::of(text).map_or_else(|empty| empty, |opening| opening.unknown()))?,
    };
    let maker = Maker::of(&head.rows[0]).filter(|_| head.named);
    let sample = head.sample();
    let layout = Layout::of(&head.rows, &sample, maker, options)?;
    let mut book = book(&layout, maker, options);
    book.state_day(head.table.stated_date()?.or(day_of_lines(&head.above)));
    remark_above(&head.above, &mut book);
    let stated = head.table.note("contract")?.or(head.contract);
    let given = stated.map(Given::Stated).or_else(|| given(options));
    let (mut rows, mut account) = (Rows::new(layout, given, maker).at(options.at), Account::default());
    rows.settle_order(&head.table, options);
    let mut lean = LeanRows::of(rows.layout(), head.table.columns().len(), head.table.separator());
    lean = lean.filter(|_| maker.is_none());
    // Tables that were put below each other keep their headers.
    let again = |line: &str| head.named && head.lines.contains(&line);
    let taken = take_rows_but(
        &head.table,
        &mut book,
        |number, line, book| {
            let lean = lean.as_mut().is_some_and(|lean| lean.take(number, line, book));
            let again = !lean && again(line);
            if again {
                book.skip(Skip::Words);
            }
            Ok(lean || again)
        },
        |row, book| rows.take(row, &mut account, book),
    );
    rows.finish(account, taken, book)
}

/// Reads rows that stand in no lines, such as the records of a JSON document, under the names of their columns.
pub(super) fn read_cells<'a>(
    names: &[Cell<'a>],
    rows: &[Row<'a>],
    format: Format,
    options: &ReadOptions,
    remark: impl FnOnce(&mut Book) -> Result<(), ReadError>,
) -> Result<QuoteFile, ReadError> {
    let sample: Vec<Vec<Cell<'_>>> = rows.iter().take(SAMPLE).map(|row| row.cells().to_vec()).collect();
    let mut layout = Layout::of(&[names.to_vec()], &sample, None, options)?;
    layout.format = format;
    let mut book = book(&layout, None, options);
    remark(&mut book)?;
    let (mut taking, mut account) = (Rows::new(layout, given(options), None).at(options.at), Account::default());
    taking.settle_order_of(rows.iter(), options);
    let mut problems = crate::text::problem::Problems::default();
    for row in rows {
        problems.of(taking.take(row, &mut account, &mut book));
    }
    taking.finish(account, problems.finish(), book)
}

/// The contract that the caller, or the file's name, gives.
fn given(options: &ReadOptions) -> Option<Given<'static>> {
    options
        .contract
        .map(Given::Known)
        .or_else(|| rows::named_in(options.file_name.as_deref()?, options.product).map(Given::Named))
}

/// A book for a table, with what its columns give to remark.
fn book(layout: &Layout<'_>, maker: Option<&'static Maker>, options: &ReadOptions) -> Book {
    let mut book = Book::new(layout.format, options);
    remark(layout, maker, &mut book);
    book
}

/// Remarks the lines above a table, which are skipped.
pub(super) fn remark_above(above: &[&str], book: &mut Book) {
    if let Some(first) = above.first() {
        book.remark(Notice::AboveTable { lines: above.len(), first: (*first).to_owned() }, None);
        for _ in above {
            book.skip(Skip::Words);
        }
    }
}

/// Whether a text is a contract of some product: a label, or a month in words.
pub(super) fn is_contract_label(text: &str) -> bool {
    // Digits alone are a year and a month, and not a count.
    if text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with(['1', '2']) {
        return false;
    }
    head::label_of(text, Product::default()).is_some() || month_in_words(text)
}

/// `Nov 25`, `NOV 2025`, which a heading may not be.
fn month_in_words(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic())
        && text.len() >= 5
        && read_label(text, None, Product::default()).is_ok()
}

/// Remarks what columns are taken for, and what is not read.
fn remark(layout: &Layout<'_>, maker: Option<&'static Maker>, book: &mut Book) {
    let settles = layout.series.iter().any(|series| series.figures.settle.is_some());
    let by_row = matches!(
        layout.series.first().map(|series| series.symbol),
        Some(layout::Symbol::Column(..) | layout::Symbol::Own)
    );
    let named = !layout.evidence.is_empty() && layout.series.iter().any(|series| series.figures.last.is_some());
    if !settles && (maker.is_some() || !by_row || named) {
        book.remark(Notice::LastTrades, None);
    }
    if !layout.evidence.is_empty() {
        let columns = layout.evidence.iter().map(|(what, name)| format!("{what} in '{name}'")).collect();
        book.remark(Notice::ColumnsTaken { columns }, None);
    }
    if let Some(column) = &layout.assumed_settle {
        book.remark(Notice::CloseIsSettle { column: column.clone() }, None);
    }
    // The column of another future is read when the file is read for it.
    let others = book.passes_others_over();
    let columns: Vec<String> =
        layout.unread.iter().filter(|column| !(others && is_contract(column))).cloned().collect();
    if !columns.is_empty() {
        book.remark(Notice::ColumnsNotRead { columns }, None);
    }
}

/// Whether a column is named by a contract of any product.
fn is_contract(column: &str) -> bool {
    matches!(Contract::parse(column, None), Ok(_) | Err(ContractError::NeedsTradeDate(_)))
}

/// What to say of a table in which something has no column.
fn empty() -> Problem {
    Problem::new(ProblemKind::Empty, "expected at least one contract below the header, found none")
}

/// Reads rows of cells under the names of their columns, all at one place.
#[cfg(feature = "formats")]
pub(super) fn read_named<'a>(
    names: &[&'a str],
    rows: &[Row<'a>],
    position: crate::text::problem::Position,
    format: Format,
    options: &ReadOptions,
    remark: impl FnOnce(&mut Book) -> Result<(), ReadError>,
) -> Result<QuoteFile, ReadError> {
    let names: Vec<Cell<'a>> = names.iter().map(|text| Cell { text, position }).collect();
    read_cells(&names, rows, format, options, remark)
}
