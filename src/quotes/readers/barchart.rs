//! Barchart's quote board: every contract of a product at one time.
//!
//! ```text
//! Contract,Latest,Change,Open,High,Low,Previous,Volume,"Open Int",Time
//! "ZQZ25 (Dec '25)",96.1850s,-0.0100,96.1900,96.1950,96.1750,96.1900,114901,369497,"15:00 CT"
//! "Downloaded from Barchart.com as of 11-21-2025 03:10pm CST"
//! ```
//!
//! `Latest` is the last price; with an `s` behind it the settlement. A price of 0 is none. `Time` is a clock on the
//! file's own day, and a date on a row that did not trade on it: such a row is old, and remarked.

use chrono::NaiveDate;

use super::book::{Book, Found};
use super::cells::{Cells, is_words, is_zero, take_rows};
use super::opening::Opening;
use crate::market::contract::read_label;
use crate::notice::Notice;
use crate::quotes::{Format, Quote, QuoteFile, ReadOptions, SessionPrice};
use crate::text::cell::{Cell, day};
use crate::text::problem::{Problem, ProblemKind, ReadError};
use crate::text::table::{Row, Table};
use crate::text::tally::Skip;
use crate::units::Price;

/// Whether the file is a board, in its columns of today or of before.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    ["latest", "last"].iter().any(|last| opening.begins_with(&["contract", last, "change", "open", "high", "low"]))
}

/// Reads the futures of the wanted product.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let table = Table::parse(text)?;
    let mut book = Book::new(Format::BarchartBoard, options);
    book.state_day(trade_date(&table)?);
    take_rows(&table, &mut book, |row, book| take(&table, row, book))?;
    book.finish()
}

/// The day of the download, or the latest day of a row.
fn trade_date(table: &Table<'_>) -> Result<Option<NaiveDate>, ReadError> {
    let (mut footer, mut latest) = (None, None);
    let time = table.column("Time");
    table.each_row(|row| {
        if is_words(row) {
            footer = row.text().split(' ').find_map(download_date);
        } else {
            latest = latest.max(row.optional(time).and_then(|cell| day(cell.text)));
        }
        Ok(())
    })?;
    Ok(footer.or(latest))
}

/// `05-05-2026`: the month first.
fn download_date(word: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(word, "%m-%d-%Y").ok()
}

fn take(table: &Table<'_>, row: &Row<'_>, book: &mut Book) -> Result<(), ReadError> {
    let at = |name: &str| row.optional(table.column(name));
    let mut cells = Cells::default();
    let label = row.cell(table.required("Contract")?);
    let (symbol, name) = label.text.split_once(" (").unwrap_or((label.text, ""));
    if name.eq_ignore_ascii_case("Cash)") {
        book.skip_product(symbol);
        return Ok(());
    }
    let found = book.contract(Cell { text: symbol, ..label }, book.day());
    let month = match found {
        Ok(Found::Contract(month)) => month,
        Ok(Found::Other) => return Ok(()),
        Err(problem) => return Err(problem.into()),
    };
    let named = (!name.is_empty()).then(|| read_label(&format!("({name}"), book.day(), book.product()).ok()).flatten();
    if let Some(named) = named.filter(|named| named.month != month) {
        let message = format!("expected '{symbol}' and its name to be one month, found {month} and {}", named.month);
        cells.refuse(Problem::new(ProblemKind::Inconsistent, message).at(label.position));
    }
    let session = |cells: &mut Cells, name| cells.session(at(name).filter(|cell| !is_zero(cell.text)));
    let latest = at("Latest").or(at("Last"));
    let settled = latest.filter(|cell| cell.text.ends_with(['s', 'S']));
    let number = latest.map(|cell| Cell { text: cell.text.trim_end_matches(['s', 'S']), ..cell });
    let latest = price(&mut cells, number);
    let quote = Quote {
        open: session(&mut cells, "Open"),
        high: session(&mut cells, "High"),
        low: session(&mut cells, "Low"),
        last: latest.filter(|_| settled.is_none()).map(|price| SessionPrice { price, mark: None }),
        settle: latest.filter(|_| settled.is_some()),
        change: cells.change(at("Change")),
        prior_settle: price(&mut cells, at("Previous")),
        volume: cells.count(at("Volume")),
        open_interest: cells.count(at("Open Int").or(at("Open Interest"))),
        ..Quote::default()
    };
    cells.finish_into(book)?;
    if !quote.has_price() {
        book.skip(Skip::NoPrice);
        return Ok(());
    }
    let of_row = at("Time").and_then(|cell| day(cell.text));
    if let Some(day) = of_row.filter(|day| book.day().is_some_and(|file| *day < file)) {
        book.remark(Notice::Stale { contract: book.product().contract(month), day }, Some(label.position));
    }
    Ok(book.keep(book.day(), month, quote, label.position)?)
}

/// A price; 0 stands for none.
fn price(cells: &mut Cells, cell: Option<Cell<'_>>) -> Option<Price> {
    cells.price(cell.filter(|cell| !is_zero(cell.text)))
}
