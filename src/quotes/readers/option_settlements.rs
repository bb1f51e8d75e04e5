//! The options of the exchange's daily settlement CSV: rows of the type `OOF`, beside those of the futures.
//!
//! ```text
//! "2019-12-20","OZQ","41","96.125","OOF","201912","2020-01-02","1","CBT","","2019-12-31","","","2.3225","1.0",...
//! ```
//!
//! `PutCall` is 0 for a put and 1 for a call. `UndlyMMY` is the month of the future; a cabinet price is `9999999`.

use super::cells::{Cells, year_and_month};
use super::opening::Opening;
use super::settle_csv;
use crate::quotes::options::{OptionBook, OptionFile, OptionProduct, OptionQuote, OptionRow, OptionSide};
use crate::text::problem::{Problem, ProblemKind, ReadError};
use crate::text::table::{Row, Table};
use crate::text::tally::Skip;

/// Reads the options on fed funds and three-month SOFR futures; other rows are counted.
pub(in crate::quotes) fn read_options(text: &str) -> Result<OptionFile, ReadError> {
    let headless = settle_csv::is_headless(&Opening::of(text)?);
    let table = if headless { Table::below(text, settle_csv::HEADER)? } else { Table::parse(text)? };
    let columns = Columns::of(&table)?;
    let mut book = OptionBook::new(None);
    let blank = table.each_row_but(&mut book, |_, _, _| Ok(false), |row, book| take(row, &columns, book))?;
    book.tally.skip_all(Skip::Blank, blank);
    Ok(book.finish())
}

struct Columns {
    day: usize,
    symbol: usize,
    kind: usize,
    strike: usize,
    side: usize,
    month: usize,
    future: Option<usize>,
    last_day: Option<usize>,
    settle: usize,
    open_interest: Option<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Result<Self, ReadError> {
        Ok(Self {
            day: table.required("BizDt")?,
            symbol: table.required("Sym")?,
            kind: table.required("SecTyp")?,
            strike: table.required("StrkPx")?,
            side: table.required("PutCall")?,
            month: table.required("MMY")?,
            future: table.column("UndlyMMY"),
            last_day: table.column("LastTrdDt"),
            settle: table.required("SettlePrice")?,
            open_interest: table.column("PrevDayOI"),
        })
    }
}

fn take(row: &Row<'_>, columns: &Columns, book: &mut OptionBook) -> Result<(), ReadError> {
    row.whole()?;
    let product = match (row.cell(columns.kind).text, row.cell(columns.symbol).text) {
        ("OOF", "OZQ") => OptionProduct::FedFunds,
        ("OOF", "SR3") => OptionProduct::ThreeMonthSofr,
        ("OOF" | "OOP", _) => {
            book.tally.skip(Skip::Option);
            return Ok(());
        }
        _ => {
            book.tally.skip(Skip::OtherProduct);
            return Ok(());
        }
    };
    let mut cells = Cells::default();
    let day = cells.day(row.cell(columns.day));
    if let Some((day, first)) = day.zip(book.as_of).filter(|(day, first)| day != first) {
        let message = format!("expected one trade date, {first} as in the first row, found {day}");
        cells.refuse(Problem::new(ProblemKind::Inconsistent, message).at(row.cell(columns.day).position));
    }
    let side = cells.of(match row.cell(columns.side).text {
        "0" => Ok(OptionSide::Put),
        "1" => Ok(OptionSide::Call),
        _ => Err(row.cell(columns.side).refused("0 for a put or 1 for a call in the column PutCall")),
    });
    let month = row.optional(columns.future).unwrap_or(row.cell(columns.month));
    let month = cells.of(year_and_month(month.text).map_err(|expected| month.refused(expected)));
    let strike = row.cell(columns.strike);
    let strike = cells.of(strike.parse("a strike such as 96.125"));
    // A cabinet price is a number of its own here, not a missing value.
    let settle = row.optional(Some(columns.settle));
    let settle =
        settle.and_then(|cell| cells.of(cell.parse("a premium such as 0.0725, or 9999999 for a cabinet price")));
    let open_interest = cells.count(row.optional(columns.open_interest));
    let expiry = row.optional(columns.last_day).and_then(|cell| cells.day(cell));
    cells.finish()?;
    let (Some(day), Some(side), Some(month), Some(strike)) = (day, side, month, strike) else { return Ok(()) };
    book.as_of = Some(day);
    let quote = OptionQuote { settle, open_interest, ..OptionQuote::default() };
    Ok(book.keep(OptionRow { product, month, side, strike, quote, expiry, future: None }, row.start())?)
}
