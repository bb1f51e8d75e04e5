//! The exchange's daily settlement CSV: 29 columns, every product of an exchange, options too.
//!
//! ```text
//! BizDt,Sym,ID,StrkPx,SecTyp,MMY,MatDt,PutCall,Exch,Desc,LastTrdDt,BidPrice,OpeningPrice,SettlePrice,...
//! "2019-12-20","ZQ","41","","FUT","201912","2020-01-02","","CBT","","2019-12-31","","","98.4475","",...
//! ```
//!
//! `Sym` is the Globex code, and options share their future's `ID`, so `SecTyp` tells the two apart. The month is
//! `MMY`. A high that was only bid stands in `HighBid`, a low that was only offered in `LowBid`. `HighLimit` and
//! `LowLimit` are limits. Volume and open interest are the previous day's.

use super::book::Book;
use super::cells::{Cells, take_rows, year_and_month};
use super::opening::Opening;
use crate::cell::Cell;
use crate::problem::{Position, Problem, ProblemKind, ReadError};
use crate::quotes::{Format, Mark, Quote, QuoteFile, ReadOptions, SessionPrice};
use crate::table::Table;
use crate::tally::Skip;

const HEADER: &str = "BizDt,Sym,ID,StrkPx,SecTyp,MMY,MatDt,PutCall,Exch,Desc,LastTrdDt,BidPrice,OpeningPrice,\
    SettlePrice,SettleDelta,HighLimit,LowLimit,DHighPrice,DLowPrice,HighBid,LowBid,PrevDayVol,PrevDayOI,FixingPrice,\
    UndlyExch,UndlyID,UndlySecTyp,UndlyMMY,BankBusDay";

/// Whether the file has the header, or rows of its shape: an excerpt may have lost it.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    ["bizdt", "sym", "sectyp", "mmy", "settleprice"].iter().all(|column| opening.has(column)) || is_headless(opening)
}

fn is_headless(opening: &Opening<'_>) -> bool {
    let columns = opening.columns();
    columns.len() == HEADER.split(',').count() && matches!(columns[4].as_str(), "fut" | "oof" | "oop" | "mleg")
}

/// Reads the rows of the wanted product's futures.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let headless = is_headless(&Opening::of(text)?);
    let table = if headless { Table::below(text, HEADER)? } else { Table::parse(text)? };
    for column in ["SettlePrice", "MMY", "SecTyp", "Sym", "BizDt"] {
        table.required(column)?;
    }
    let mut book = Book::new(Format::SettleCsv, options);
    take_rows(&table, &mut book, |row, book| take(|name| row.optional(table.column(name)), row.start(), book))?;
    book.finish()
}

/// Takes one record by the names of its figures, whether they stand in CSV or in JSON. Every bad cell is reported.
pub(super) fn take<'a>(
    figure: impl Fn(&str) -> Option<Cell<'a>>,
    start: Position,
    book: &mut Book,
) -> Result<(), ReadError> {
    let text = |name: &str| figure(name).map_or("", |cell| cell.text);
    let symbol = text("Sym");
    match text("SecTyp") {
        "FUT" if book.product().exchange_codes().contains(&symbol) => {}
        "FUT" => {
            book.skip_product(symbol);
            return Ok(());
        }
        "OOF" | "OOP" => {
            book.skip_option(symbol);
            return Ok(());
        }
        "MLEG" => {
            book.skip(Skip::Spread);
            return Ok(());
        }
        other => {
            let problem = Problem::expected("FUT, OOF, OOP or MLEG in the column SecTyp", other);
            return Err(problem.at(figure("SecTyp").map_or(start, |cell| cell.position)).into());
        }
    }
    let mut cells = Cells::default();
    let empty = |name| figure(name).unwrap_or(Cell { text: "", position: start });
    let day = cells.day(empty("BizDt"));
    if let Some((day, first)) = day.zip(book.first_day()).filter(|(day, first)| day != first) {
        let message = format!("expected one trade date, {first} as in the first row, found {day}");
        cells.refuse(Problem::new(ProblemKind::Inconsistent, message).at(empty("BizDt").position));
    }
    let month = cells.value(Some(empty("MMY")).filter(|cell| !cell.text.is_empty()), year_and_month);
    if empty("MMY").text.is_empty() {
        cells.refuse(empty("MMY").refused("a contract month such as 202512 in the column MMY"));
    }
    let traded_or = |cells: &mut Cells, traded: &str, quoted: &str, mark: Mark| {
        let quote = cells.session(figure(quoted)).map(|quote| SessionPrice { mark: Some(mark), ..quote });
        cells.session(figure(traded)).or(quote)
    };
    let quote = Quote {
        open: cells.session(figure("OpeningPrice")),
        high: traded_or(&mut cells, "DHighPrice", "HighBid", Mark::Bid),
        low: traded_or(&mut cells, "DLowPrice", "LowBid", Mark::Ask),
        settle: cells.price(figure("SettlePrice")),
        bid: cells.price(figure("BidPrice")),
        prior_volume: cells.count(figure("PrevDayVol")),
        open_interest: cells.count(figure("PrevDayOI")),
        ..Quote::default()
    };
    cells.finish_into(book)?;
    match month {
        Some(month) => Ok(book.keep(day, month, quote, start)?),
        None => Ok(()),
    }
}
