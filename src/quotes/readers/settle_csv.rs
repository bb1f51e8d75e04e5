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
use super::cells::{Cells, take_rows_but, year_and_month};
use super::opening::Opening;
use crate::quotes::{Format, Mark, Quote, QuoteFile, ReadOptions, SessionPrice};
use crate::text::cell::Cell;
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::table::Table;
use crate::text::tally::Skip;

pub(super) const HEADER: &str = "BizDt,Sym,ID,StrkPx,SecTyp,MMY,MatDt,PutCall,Exch,Desc,LastTrdDt,BidPrice,OpeningPrice,\
    SettlePrice,SettleDelta,HighLimit,LowLimit,DHighPrice,DLowPrice,HighBid,LowBid,PrevDayVol,PrevDayOI,FixingPrice,\
    UndlyExch,UndlyID,UndlySecTyp,UndlyMMY,BankBusDay";

/// Whether the file has the header, or rows of its shape: an excerpt may have lost it.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    ["bizdt", "sym", "sectyp", "mmy", "settleprice"].iter().all(|column| opening.has(column)) || is_headless(opening)
}

pub(super) fn is_headless(opening: &Opening<'_>) -> bool {
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
    let columns = FIGURES.map(|name| (name, table.column(name)));
    let column = |name: &str| columns.iter().find(|(known, _)| *known == name).and_then(|(_, column)| *column);
    let mut book = Book::new(Format::SettleCsv, options);
    let mut others = Others::of(&table);
    take_rows_but(
        &table,
        &mut book,
        |_, line, book| Ok(others.pass(line, book)),
        |row, book| take(|name| row.optional(column(name)), row.start(), book),
    )?;
    book.finish()
}

/// The columns that are read.
const FIGURES: [&str; 13] = [
    "BizDt",
    "Sym",
    "SecTyp",
    "MMY",
    "BidPrice",
    "OpeningPrice",
    "SettlePrice",
    "DHighPrice",
    "DLowPrice",
    "HighBid",
    "LowBid",
    "PrevDayVol",
    "PrevDayOI",
];

/// The rows of other products and of options, which are most of a file: checked and counted without being cut.
struct Others<'a> {
    symbol: usize,
    kind: usize,
    width: usize,
    /// The symbol and kind of the last such row, which the next one mostly shares.
    last: Option<(&'a str, Skip)>,
}

impl<'a> Others<'a> {
    fn of(table: &Table<'a>) -> Self {
        let column = |name| table.column(name).unwrap_or_default();
        Self { symbol: column("Sym"), kind: column("SecTyp"), width: table.columns().len(), last: None }
    }

    /// Whether a line is such a row, counted now. One that is not written as the exchange writes it is left to be cut.
    fn pass(&mut self, line: &'a str, book: &mut Book) -> bool {
        let Some((symbol, kind)) = self.fields(line) else { return false };
        let plain = !symbol.is_empty() && symbol.bytes().all(|b| b.is_ascii_alphanumeric());
        let reason = match kind {
            "FUT" if !book.product().exchange_codes().contains(&symbol) => Skip::OtherProduct,
            "OOF" | "OOP" => Skip::Option,
            _ => return false,
        };
        if !plain {
            return false;
        }
        match reason {
            _ if self.last == Some((symbol, reason)) => book.skip(reason),
            Skip::Option => book.skip_option(symbol),
            _ => book.skip_product(symbol),
        }
        self.last = Some((symbol, reason));
        true
    }

    /// The symbol and the kind of a row whose cells, as many as in the header, are all quoted and hold no quotes.
    fn fields(&self, line: &'a str) -> Option<(&'a str, &'a str)> {
        if !is_quoted(line.as_bytes(), self.width) {
            return None;
        }
        // Of what the quotes part every second is a cell.
        let mut cells = line.split('"').skip(1).step_by(2);
        let (first, last) = (self.symbol.min(self.kind), self.symbol.max(self.kind));
        let one = cells.nth(first)?;
        let other = cells.nth(last.checked_sub(first + 1)?)?;
        Some(if self.symbol < self.kind { (one, other) } else { (other, one) })
    }
}

/// Whether a line is so many quoted cells without quotes in them, told by counts of bytes, which take many at a time: every
/// quote begins or ends the line or belongs to one `","`, of which there is one less than cells.
fn is_quoted(line: &[u8], cells: usize) -> bool {
    let (Ok(_), [b'"', second, .., before, b'"']) = (u16::try_from(line.len()), line) else { return false };
    if *second == b',' || *before == b',' {
        return false;
    }
    let quote = |byte: &u8| *byte == b'"';
    let comma = |byte: &u8| *byte == b',';
    let quotes: u16 = line.iter().map(|byte| u16::from(quote(byte))).sum();
    let between = line.iter().zip(&line[1..]).zip(&line[2..]);
    let between: u16 = between.map(|((a, b), c)| u16::from(quote(a) & comma(b) & quote(c))).sum();
    // A cell that is a comma alone shares its quotes with two of them.
    let around = line
        .iter()
        .zip(&line[1..])
        .zip(&line[2..])
        .zip(line.get(3..).unwrap_or_default())
        .zip(line.get(4..).unwrap_or_default());
    let shared: u16 =
        around.map(|((((a, b), c), d), e)| u16::from(quote(a) & comma(b) & quote(c) & comma(d) & quote(e))).sum();
    shared == 0 && usize::from(quotes) == 2 * cells && usize::from(between) + 1 == cells
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{HEADER, Others, is_quoted};
    use crate::text::table::{Row, Table};

    #[test]
    fn a_row_as_the_exchange_writes_it_is_known_by_its_quotes() {
        let known = |line: &str| is_quoted(line.as_bytes(), 3);
        for line in [r#""a","","b""#, r#""","x,y","1.5""#] {
            assert!(known(line), "{line}");
        }
        for line in ["", "\"", r#""a","b""#, r#""a",",","b""#, r#"a,"","b""#, r#""a"","",""b""#, r#"",","a","b""#] {
            assert!(!known(line), "{line}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        /// Where the counts say that a line is well quoted, it is cut into these cells.
        #[test]
        fn a_row_that_is_passed_is_cut_into_the_same_cells(line in r#"("[,a]{0,2}",?){1,4}|[",a]{0,12}"#) {
            let table = Table::below("", "Sym,x,SecTyp").unwrap();
            if let Some((symbol, kind)) = Others::of(&table).fields(&line) {
                let mut row = Row::empty(3);
                prop_assert!(row.cut(1, &line, ',').is_ok(), "{}", line);
                prop_assert!(row.whole().is_ok(), "{}", line);
                prop_assert_eq!((row.cell(0).text, row.cell(2).text), (symbol.trim(), kind.trim()), "{}", line);
            }
        }
    }

    #[test]
    fn the_header_names_what_is_read() {
        assert!(super::FIGURES.iter().all(|figure| HEADER.split(',').any(|name| name == *figure)));
    }
}
