//! A table of options that any person may type, or a vendor may write.
//!
//! ```text
//! # as_of: 2025-11-21
//! contract,type,strike,settle
//! ZQZ25,call,96.25,0.0725
//! ```
//!
//! `bid` and `ask` may stand beside or in place of `settle`; an option with one of the two has no price. A column `expiry` gives
//! the last day of exercise, a column `future` the price of the future at the same moment. Vendors' names of the columns are
//! read too: `expiry_code`, `opt_strike_px`, `expiry_date`, `future_px`, `snapshot_ts`.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::cells::Cells;
use crate::quotes::options::{OptionBook, OptionFile, OptionQuote, OptionRow, OptionSide, Premium, read_chain_label};
use crate::text::cell::{Cell, is_missing};
use crate::text::problem::{Problem, ProblemKind, ReadError};
use crate::text::table::{Row, Table};
use crate::text::tally::Skip;

const A_PREMIUM: &str = "a premium such as 0.0725";

/// Reads the table; `as_of` is its date where it states none.
pub(in crate::quotes) fn read_options(text: &str, as_of: Option<NaiveDate>) -> Result<OptionFile, ReadError> {
    let table = Table::parse(text)?;
    let columns = Columns::of(&table)?;
    let stated = table.stated_date()?;
    let mut book = OptionBook::new(stated.or(first_day(&table, &columns)?).or(as_of));
    let blank = table.each_row_but(&mut book, |_, _, _| Ok(false), |row, book| take(row, &columns, book))?;
    book.tally.skip_all(Skip::Blank, blank);
    Ok(book.finish())
}

struct Columns {
    contract: usize,
    side: usize,
    strike: usize,
    settle: Option<usize>,
    bid: Option<usize>,
    ask: Option<usize>,
    day: Option<usize>,
    expiry: Option<usize>,
    future: Option<usize>,
    volume: Option<usize>,
    open_interest: Option<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Result<Self, ReadError> {
        let either = |names: &[&str]| names.iter().find_map(|name| table.column(name));
        let (settle, bid, ask) = (either(&["settle"]), either(&["bid"]), either(&["ask"]));
        if settle.is_none() && (bid.is_none() || ask.is_none()) {
            table.required("settle")?;
        }
        Ok(Self {
            contract: table.required_one_of(&["contract", "expiry_code"])?,
            side: table.required_one_of(&["type", "put_call", "side"])?,
            strike: table.required_one_of(&["strike", "opt_strike_px"])?,
            settle,
            bid,
            ask,
            day: either(&["date", "as_of", "snapshot_ts"]),
            expiry: either(&["expiry", "expiry_date"]),
            future: either(&["future", "future_px"]),
            volume: either(&["volume"]),
            open_interest: either(&["open_interest"]),
        })
    }
}

/// The day of the first row, in whose light one-digit years are read.
fn first_day(table: &Table<'_>, columns: &Columns) -> Result<Option<NaiveDate>, ReadError> {
    let Some(column) = columns.day else { return Ok(None) };
    let mut first = None;
    table.each_row(|row| {
        if first.is_none() {
            first = Some(day_of(row.cell(column))?);
        }
        Ok(())
    })?;
    Ok(first)
}

/// A day, with or without a time of day behind it: `20250805 165514`.
fn day_of(cell: Cell<'_>) -> Result<NaiveDate, Problem> {
    let date = cell.text.split([' ', 'T']).next().unwrap_or_default();
    Cell { text: date, ..cell }.day()
}

fn take<'a>(row: &Row<'a>, columns: &Columns, book: &mut OptionBook) -> Result<(), ReadError> {
    row.whole()?;
    let mut cells = Cells::default();
    if let Some(cell) = columns.day.map(|column| row.cell(column)) {
        let day = cells.of(day_of(cell));
        if let Some((day, first)) = day.zip(book.as_of).filter(|(day, first)| day != first) {
            let message = format!("expected quotes of one day, {first}, found {day}");
            cells.refuse(Problem::new(ProblemKind::Inconsistent, message).at(cell.position));
        }
    }
    let contract = row.cell(columns.contract);
    let chain = cells.of(read_chain_label(contract.text, book.as_of).map_err(|error| contract.refused_as(&error)));
    let side = row.cell(columns.side);
    let side = cells.of(match side.text.to_ascii_lowercase().as_str() {
        "call" | "c" => Ok(OptionSide::Call),
        "put" | "p" => Ok(OptionSide::Put),
        _ => Err(side.refused("call or put")),
    });
    let strike = cells.of(strike(row.cell(columns.strike)));
    let premium = |cells: &mut Cells, column: Option<usize>| -> Option<Premium> {
        cells.value(row.optional(column), |text| text.parse().map_err(|_| A_PREMIUM))
    };
    let settle = premium(&mut cells, columns.settle);
    let [bid, ask] = [columns.bid, columns.ask].map(|column| premium(&mut cells, column));
    let [bid, ask] = [bid, ask].map(|premium| premium.map(|premium| premium.points().unwrap_or(Decimal::ZERO)));
    if let Some((bid, ask)) = bid.zip(ask).filter(|(bid, ask)| bid > ask) {
        let cell = row.cell(columns.bid.unwrap_or(columns.strike));
        let message = format!("expected a bid at or below the ask {ask}, found {bid}");
        cells.refuse(Problem::new(ProblemKind::Inconsistent, message).at(cell.position));
    }
    let expiry = row.optional(columns.expiry).filter(|cell| !is_missing(cell.text)).and_then(|cell| cells.day(cell));
    let future = cells.price(row.optional(columns.future));
    let [volume, open_interest] = [columns.volume, columns.open_interest].map(|column| {
        // Data frames write whole numbers with a point as soon as one is missing: `5367.0`.
        let whole = |cell: Cell<'a>| Cell { text: cell.text.strip_suffix(".0").unwrap_or(cell.text), ..cell };
        cells.count(row.optional(column).map(whole))
    });
    cells.finish()?;
    let (Some((product, month)), Some(side), Some(strike)) = (chain, side, strike) else { return Ok(()) };
    // Half a market has no value: a bid alone says nothing of the other side.
    let both = bid.zip(ask);
    if both.is_none() && settle.is_none() {
        book.tally.skip(Skip::NoPrice);
        return Ok(());
    }
    let quote =
        OptionQuote { settle, bid: both.map(|both| both.0), ask: both.map(|both| both.1), volume, open_interest };
    Ok(book.keep(OptionRow { product, month, side, strike, quote, expiry, future }, row.start())?)
}

fn strike(cell: Cell<'_>) -> Result<Decimal, Problem> {
    let strike: Decimal = cell.parse("a strike such as 96.25")?;
    let on_scale = (Decimal::from(50)..Decimal::from(150)).contains(&strike) && strike.scale() <= 10;
    if on_scale { Ok(strike) } else { Err(cell.refused("a strike in points of the future, such as 96.25")) }
}
