//! CME `DataMine` End of Day: one row a contract and day, every product of an exchange, options too.
//!
//! ```text
//! Trade Date,Exchange Code,Asset Class,Product Code,Clearing Code,...,Contract Year,Contract Month,...,Settlement,...
//! 20251121,XCBT,FO,41,41,30 Day Federal Funds Futures,F,...,2025,12,...,96.1800000,...
//! ```
//!
//! 70 or 71 columns, found by name. The session's prices are Globex's, each with its own bid or ask indicator. A missing
//! volume is blank.

use super::book::Book;
use super::cells::{Cells, is_zero};
use super::opening::Opening;
use crate::market::contract::ContractMonth;
use crate::quotes::{Format, Mark, Quote, QuoteFile, ReadOptions, SessionPrice};
use crate::text::problem::{Problem, ReadError};
use crate::text::table::{Row, Table};
use crate::units::Price;

/// Whether the file has the columns of the End of Day product.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    opening.begins_with(&["trade date", "exchange code", "asset class", "product code"])
}

/// Reads the futures of the wanted product.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let table = Table::parse(text)?;
    for column in ["Product Type", "Contract Year", "Contract Month", "Settlement"] {
        table.required(column)?;
    }
    let mut book = Book::new(Format::DataMineEod, options);
    let blank = table.each_row(|row| {
        row.whole()?;
        take(&table, row, &mut book)
    })?;
    book.skip_blank(blank);
    book.finish()
}

fn take(table: &Table<'_>, row: &Row<'_>, book: &mut Book) -> Result<(), ReadError> {
    let at = |name: &str| row.optional(table.column(name));
    let text = |name: &str| at(name).map_or("", |cell| cell.text);
    let (code, clearing) = (text("Product Code"), text("Clearing Code"));
    match text("Product Type") {
        "F" | "FUT" if [code, clearing].iter().any(|code| book.product().exchange_codes().contains(code)) => {}
        "F" | "FUT" => {
            book.skip_product(code);
            return Ok(());
        }
        "O" | "OPT" => {
            book.skip_option(code);
            return Ok(());
        }
        other => {
            let place = at("Product Type").map_or(row.start(), |cell| cell.position);
            return Err(Problem::expected("F or O in the column Product Type", other).at(place).into());
        }
    }
    let mut cells = Cells::default();
    let day = cells.day(row.cell(table.required("Trade Date")?));
    let (year, month) = (row.cell(table.required("Contract Year")?), row.cell(table.required("Contract Month")?));
    let month =
        year.text.parse().ok().zip(month.text.parse().ok()).and_then(|(year, month)| ContractMonth::new(year, month));
    if month.is_none() {
        cells.refuse(year.refused("a contract year such as 2025, and a month of 1 to 12 behind it"));
    }
    let mut marked = |name: &str| {
        let cell = at(&format!("{name} Price")).filter(|cell| !is_zero(cell.text));
        let price = if name == "Globex Close" { cells.traded(cell) } else { cells.session(cell) };
        let price = price?.price.shortened();
        let mark = cells.value(at(&format!("{name} Price Bid/Ask Indicator")), |text| match text {
            "B" => Ok(Mark::Bid),
            "A" => Ok(Mark::Ask),
            _ => Err("A or B"),
        });
        Some(SessionPrice { price, mark })
    };
    let [open, high, low, last] =
        [marked("Globex Open"), marked("Globex High"), marked("Globex Low"), marked("Globex Close")];
    let quote = Quote {
        open,
        high,
        low,
        last,
        settle: cells.price(at("Settlement").filter(|cell| !is_zero(cell.text))).map(Price::shortened),
        volume: cells.count(at("Total Volume")),
        open_interest: cells.count(at("Open Interest")),
        ..Quote::default()
    };
    cells.finish_into(book)?;
    match month {
        Some(month) => Ok(book.keep(day, month, quote, row.start())?),
        None => Ok(()),
    }
}
