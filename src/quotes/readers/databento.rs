//! Databento CSV of CME Globex (GLBX.MDP3): settlements in the schema `statistics`, daily bars in `ohlcv-1d`.
//!
//! ```text
//! ts_event,rtype,publisher_id,instrument_id,open,high,low,close,volume,symbol
//! 2025-11-21T00:00:00.000000000Z,35,1,42,96.190000000,96.195000000,96.175000000,96.185000000,114901,ZQZ5
//! ```
//!
//! Prices are decimals (pretty) or integers of 1e-9; times are ISO or nanoseconds since 1970. The day of a bar is its UTC
//! day; that of a statistic is its reference time's, and without one its event's. A close is a last trade: settlements are
//! statistics of type 3. A later statistic of a day replaces an earlier one, but none that is marked final one that is.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use rust_decimal::Decimal;

use super::book::{Book, Found};
use super::cells::{self, Cells};
use super::opening::Opening;
use crate::market::contract::ContractMonth;
use crate::notice::Notice;
use crate::quotes::{Format, Quote, QuoteFile, ReadOptions, SessionPrice};
use crate::text::cell::{Cell, is_missing};
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::table::{Row, Table};
use crate::text::tally::Skip;
use crate::units::Price;

/// Whether the file has the columns that every Databento schema begins with.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    opening.has("rtype") && opening.has("publisher_id") && opening.has("instrument_id")
}

/// Reads bars or settlements of the wanted product.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let table = Table::parse(text)?;
    let has = |name| table.column(name).is_some();
    let refused = |message: &str, kind| Err(Problem::new(kind, message).at(table.columns()[0].position).into());
    let statistics = has("stat_type") && has("price");
    let bars_of_days = has("open") && has("close");
    if !statistics && !bars_of_days {
        let message = "expected the Databento schema statistics (settlements) or ohlcv-1d (last trades), found another \
            one, such as trades or definition";
        return refused(message, ProblemKind::NoQuotes);
    }
    if !has("symbol") {
        let message = "expected a column 'symbol', found none: export the CSV with mapped symbols (map_symbols=True)";
        return refused(message, ProblemKind::Syntax);
    }
    if statistics { statistics_of(&table, options) } else { bars(&table, options) }
}

/// The record type of a bar of one day.
const DAILY_BAR: &str = "35";

fn bars(table: &Table<'_>, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let mut book = Book::new(Format::DatabentoOhlcv, options);
    book.remark(Notice::LastTrades, None);
    let (event, symbol) = (table.required("ts_event")?, table.required("symbol")?);
    let blank = table.each_row(|row| {
        row.whole()?;
        let mut cells = Cells::default();
        if let Some(kind) = row.optional(table.column("rtype")).filter(|kind| kind.text != DAILY_BAR) {
            return Err(kind.refused("a daily bar (schema ohlcv-1d, rtype 35)").into());
        }
        let day = day(&mut cells, row.cell(event));
        let Some(Found::Contract(month)) = contract(&mut cells, &mut book, row.cell(symbol), day) else {
            return cells.finish();
        };
        let [open, high, low] =
            ["open", "high", "low"].map(|name| session(&mut cells, row.optional(table.column(name))));
        let last = price(&mut cells, row.optional(table.column("close"))).map(trade);
        let volume = cells.count(row.optional(table.column("volume")));
        cells.finish_into(&mut book)?;
        let quote = Quote { open, high, low, last, volume, ..Quote::default() };
        if !quote.has_price() {
            book.skip(Skip::NoPrice);
            return Ok(());
        }
        Ok(book.keep(day, month, quote, row.cell(symbol).position)?)
    })?;
    book.skip_blank(blank);
    book.finish()
}

fn trade(price: Price) -> SessionPrice {
    SessionPrice { price, mark: None }
}

/// One figure of a day and contract, by the code of its type.
#[derive(Clone, Copy)]
struct Statistic {
    price: Option<Price>,
    quantity: Option<u64>,
    is_final: bool,
    /// Whether the row takes the figure back.
    withdrawn: bool,
    position: Position,
}

/// The types of statistics that are figures of a quote.
const SETTLEMENT: u8 = 3;
const OPENING_PRICE: u8 = 1;
const SESSION_LOW: u8 = 4;
const SESSION_HIGH: u8 = 5;
const CLEARED_VOLUME: u8 = 6;
const OPEN_INTEREST: u8 = 9;
const CLOSE: u8 = 11;
const READ: [u8; 7] = [SETTLEMENT, OPENING_PRICE, SESSION_LOW, SESSION_HIGH, CLEARED_VOLUME, OPEN_INTEREST, CLOSE];

fn statistics_of(table: &Table<'_>, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let mut book = Book::new(Format::DatabentoStatistics, options);
    let mut figures: BTreeMap<(Option<NaiveDate>, ContractMonth), BTreeMap<u8, Statistic>> = BTreeMap::new();
    let blank = table.each_row(|row| {
        row.whole()?;
        if let Some((day, month, kind, statistic)) = statistic(table, row, &mut book)? {
            let known = figures.entry((day, month)).or_default();
            match known.get(&kind) {
                _ if statistic.withdrawn => {
                    book.skip(Skip::OtherFigure);
                    if known.remove(&kind).is_some() {
                        book.withdraw_figure();
                    }
                }
                Some(earlier) if earlier.is_final && !statistic.is_final => book.skip(Skip::Replaced),
                Some(_) => {
                    book.skip(Skip::Replaced);
                    known.insert(kind, statistic);
                }
                None => {
                    book.keep_figure();
                    known.insert(kind, statistic);
                }
            }
        }
        Ok(())
    })?;
    book.skip_blank(blank);
    for ((day, month), known) in figures {
        let price = |kind| known.get(&kind).and_then(|figure| figure.price);
        let quantity = |kind| known.get(&kind).and_then(|figure| figure.quantity);
        let Some(position) = known.values().map(|figure| figure.position).min() else { continue };
        let quote = Quote {
            open: price(OPENING_PRICE).map(trade),
            high: price(SESSION_HIGH).map(trade),
            low: price(SESSION_LOW).map(trade),
            last: price(CLOSE).map(trade),
            settle: price(SETTLEMENT),
            volume: quantity(CLEARED_VOLUME),
            open_interest: quantity(OPEN_INTEREST),
            ..Quote::default()
        };
        book.place(day, month, quote.into(), position);
    }
    book.finish()
}

type OfContract = (Option<NaiveDate>, ContractMonth, u8, Statistic);

/// A row's figure; `None` where it is none of a quote's.
fn statistic(table: &Table<'_>, row: &Row<'_>, book: &mut Book) -> Result<Option<OfContract>, ReadError> {
    let mut cells = Cells::default();
    let at = |name| row.optional(table.column(name));
    let kind = cells.value(at("stat_type"), |text| text.parse::<u8>().map_err(|_| "a statistic's type such as 3"));
    let kind = kind.filter(|kind| READ.contains(kind));
    // Action 2 takes a statistic back.
    let withdrawn = at("update_action").is_some_and(|cell| cell.text == "2");
    let when = at("ts_ref").filter(|cell| !is_missing(cell.text)).or(at("ts_event"));
    let day = when.and_then(|cell| day(&mut cells, cell));
    let symbol = row.cell(table.required("symbol")?);
    if kind.is_none() || symbol.text.is_empty() {
        cells.finish()?;
        book.skip(Skip::OtherFigure);
        return Ok(None);
    }
    let found = contract(&mut cells, book, symbol, day);
    let (Some(kind), Some(Found::Contract(month))) = (kind, found) else {
        cells.finish()?;
        return Ok(None);
    };
    let flags = cells.value(at("stat_flags"), |text| text.parse::<u8>().map_err(|_| "a whole number of at most 255"));
    // Bit 0 of a settlement's flags is set where it is final; 255 is unset.
    let is_final = flags.is_some_and(|flags| flags != 255 && flags & 1 == 1);
    let counts = matches!(kind, CLEARED_VOLUME | OPEN_INTEREST);
    let price = match kind {
        CLEARED_VOLUME | OPEN_INTEREST => None,
        OPENING_PRICE | SESSION_LOW | SESSION_HIGH => session(&mut cells, at("price")).map(|session| session.price),
        _ => price(&mut cells, at("price")),
    };
    let quantity = if counts { cells.count(at("quantity")) } else { None };
    cells.finish_into(book)?;
    if price.is_none() && quantity.is_none() && !withdrawn {
        book.skip(Skip::NoPrice);
        return Ok(None);
    }
    Ok(Some((day, month, kind, Statistic { price, quantity, is_final, withdrawn, position: symbol.position })))
}

fn contract(cells: &mut Cells, book: &mut Book, symbol: Cell<'_>, day: Option<NaiveDate>) -> Option<Found> {
    cells.of(book.contract(symbol, day))
}

/// A decimal, or an integer of 1e-9.
fn price(cells: &mut Cells, cell: Option<Cell<'_>>) -> Option<Price> {
    cells.value(cell, |text| {
        if text.contains('.') {
            return cells::price(text).map(Price::shortened);
        }
        let fixed = text.parse::<i64>().ok().and_then(|number| Price::from_points(Decimal::new(number, 9)).ok());
        let fixed = fixed.ok_or("a price such as 96.230000000, or 96230000000 of 1e-9")?;
        cells::price(&fixed.to_string()).map(Price::shortened)
    })
}

/// An opening price, a high or a low: as [`price`], and one off any scale is left out and remarked.
fn session(cells: &mut Cells, cell: Option<Cell<'_>>) -> Option<SessionPrice> {
    let cell = cell.filter(|cell| !is_missing(cell.text))?;
    let Some(fixed) = cell.text.parse::<i64>().ok() else {
        return cells.session(Some(cell)).map(|session| trade(session.price.shortened()));
    };
    let points = Decimal::new(fixed, 9).to_string();
    cells.session(Some(Cell { text: &points, ..cell })).map(|session| trade(session.price.shortened()))
}

/// An ISO time, or nanoseconds since 1970.
fn day(cells: &mut Cells, cell: Cell<'_>) -> Option<NaiveDate> {
    if cell.text.len() > 12 && cell.text.bytes().all(|b| b.is_ascii_digit()) {
        let nanoseconds = cell.text.parse().ok();
        let day = nanoseconds.map(|since| DateTime::from_timestamp_nanos(since).date_naive());
        if day.is_none() {
            cells.refuse(cell.refused("nanoseconds since 1970"));
        }
        return day;
    }
    cells.day(cell)
}
