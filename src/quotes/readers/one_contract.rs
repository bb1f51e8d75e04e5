//! Histories of one contract, a row a day, as vendors offer them for download.
//!
//! Most name no contract, and a file's name is not its content: the contract is given by a line `# contract: ZQZ25`, by
//! [`ReadOptions::contract`], or by a column or header row of symbols where the vendor writes one. A series that runs
//! from contract to contract has no contract month: its days lie outside the life of any one contract, and are refused.

use chrono::{DateTime, NaiveDate};
use rust_decimal::Decimal;

use super::barchart::{is_footer, is_zero};
use super::book::{Book, Found};
use super::cells::{self, Cells};
use super::opening::Opening;
use crate::cell::Cell;
use crate::contract::{ContractMonth, read_label};
use crate::notice::Notice;
use crate::problem::{Position, Problem, ProblemKind, ReadError};
use crate::quotes::{Format, Quote, QuoteFile, ReadOptions, SessionPrice, Skip};
use crate::table::{Row, Table};
use crate::units::Price;

/// How one vendor names its columns.
struct Dialect {
    format: Format,
    /// The columns that tell the vendor, in lower case: the file's header begins with them.
    header: &'static [&'static str],
    /// What the vendor's last price is.
    close: &'static str,
    /// Whether that is a settlement.
    settles: bool,
}

const fn dialect(format: Format, header: &'static [&'static str], close: &'static str) -> Dialect {
    Dialect { format, header, close, settles: false }
}

/// In the order in which a file is offered to them: the longer header first.
const DIALECTS: [Dialect; 9] = [
    Dialect {
        format: Format::Pyfedwatch,
        header: &["date", "open", "high", "low", "close", "volume", "openinterest", "symbol"],
        close: "close",
        settles: true,
    },
    dialect(Format::Quandl, &["date", "open", "high", "low", "last", "change", "settle", "volume"], "last"),
    dialect(Format::Yahoo, &["date", "open", "high", "low", "close"], "close"),
    dialect(Format::Yfinance, &["price", "close", "high", "low", "open"], "close"),
    dialect(Format::Yfinance, &["price", "adj close"], "close"),
    dialect(Format::Investing, &["date", "price", "open", "high", "low"], "price"),
    dialect(Format::BarchartHistory, &["time", "open", "high", "low", "latest"], "latest"),
    dialect(Format::BarchartHistory, &["symbol", "time", "open", "high", "low", "latest"], "latest"),
    dialect(Format::TradingView, &["time", "open", "high", "low", "close"], "close"),
];

fn dialect_of(opening: &Opening<'_>) -> Option<&'static Dialect> {
    // yfinance repeats each name for each symbol.
    let repeated = opening.begins_with(&["price", "close", "close"]);
    let of_header = DIALECTS.iter().find(|dialect| opening.begins_with(dialect.header));
    of_header.or(DIALECTS.iter().find(|dialect| repeated && dialect.format == Format::Yfinance))
}

/// Whether the file's header is that of a known vendor.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    dialect_of(opening).is_some()
}

/// Reads the days of the contract.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let opening = Opening::of(text)?;
    let Some(dialect) = dialect_of(&opening) else { return Err(opening.unknown().into()) };
    let table = Table::parse(text)?;
    let mut book = Book::new(dialect.format, options);
    if !dialect.settles && dialect.format != Format::Quandl {
        book.remark(Notice::LastTrades, None);
    }
    let stated = table.note("contract")?.map(|cell| stated_contract(cell, options)).transpose()?;
    let mut history = History { dialect, given: stated.or(options.contract), tickers: Vec::new(), nameless: None };
    table.each_row(|row| history.take(&table, row, &mut book))?;
    if let Some(position) = history.nameless {
        let message = format!(
            "expected the contract of this {}, which names none: a continuous series has no contract month and cannot \
             be read; to a history of one contract add a line '# contract: ZQZ25'",
            dialect.format
        );
        return Err(Problem::new(ProblemKind::NoContract, message).at(position).into());
    }
    if dialect.format == Format::Pyfedwatch {
        book.drop_unpublished_interest();
    }
    book.finish()
}

fn stated_contract(cell: Cell<'_>, options: &ReadOptions) -> Result<ContractMonth, Problem> {
    let refused = |message: String| Problem::new(ProblemKind::Syntax, message).at(cell.position);
    let read = read_label(cell.text, options.as_of, options.product).map_err(|error| refused(error.to_string()))?;
    match read.product {
        Some(product) if product != options.product => {
            Err(refused(format!("expected a contract of {}, found '{}'", options.product, cell.text)))
        }
        _ => Ok(read.month),
    }
}

struct History<'a> {
    dialect: &'static Dialect,
    /// The contract given for rows that name none.
    given: Option<ContractMonth>,
    /// The symbols above the columns, where the file has a header row of them.
    tickers: Vec<Cell<'a>>,
    /// The first row whose contract is unknown.
    nameless: Option<Position>,
}

impl<'a> History<'a> {
    fn take(&mut self, table: &Table<'a>, row: &Row<'a>, book: &mut Book) -> Result<(), ReadError> {
        if is_footer(row) {
            book.skip(Skip::Words);
            return Ok(());
        }
        if row.is_blank() {
            book.skip(Skip::Blank);
            return Ok(());
        }
        row.whole()?;
        if self.dialect.format == Format::Yfinance {
            match row.cell(0).text.to_ascii_lowercase().as_str() {
                "ticker" => {
                    self.tickers = row.cells().to_vec();
                    return Ok(());
                }
                // The name of the first column stands alone in its row.
                "date" | "datetime" => return Ok(()),
                _ => {}
            }
        }
        let names: Vec<String> = table.columns().iter().map(|cell| cell.text.to_ascii_lowercase()).collect();
        let mut symbols: Vec<&str> = self.tickers.iter().skip(1).map(|cell| cell.text).collect();
        symbols.sort_unstable();
        symbols.dedup();
        if symbols.is_empty() {
            let cell = |name: &str| row.optional(names.iter().position(|found| found == name));
            return self.take_day(row, cell("symbol"), cell, book);
        }
        let mut problems = Vec::new();
        for symbol in symbols {
            let of_symbol = |index: usize| self.tickers.get(index).is_some_and(|cell| cell.text == symbol);
            let ticker = self.tickers.iter().find(|cell| cell.text == symbol).copied();
            let cell =
                |name: &str| row.optional((0..names.len()).find(|index| names[*index] == name && of_symbol(*index)));
            let ticker = ticker.map(|cell| Cell { position: row.start(), ..cell });
            let mut taken = History { tickers: Vec::new(), ..*self };
            problems.extend(taken.take_day(row, ticker, cell, book).err().into_iter().flatten());
            self.nameless = self.nameless.or(taken.nameless);
        }
        ReadError::unless_none(problems)
    }

    /// One contract's day, its figures by the names of their columns.
    fn take_day<'c>(
        &mut self,
        row: &Row<'c>,
        symbol: Option<Cell<'c>>,
        cell: impl Fn(&str) -> Option<Cell<'c>>,
        book: &mut Book,
    ) -> Result<(), ReadError> {
        let mut cells = Cells::default();
        let date = cell("date").or(cell("time")).unwrap_or(row.cell(0));
        let day = day(&mut cells, date);
        let found = match symbol {
            Some(symbol) => book.contract(symbol, day).map_err(|problem| cells.refuse(problem)).ok(),
            None => self.given.map(Found::Contract),
        };
        let month = match found {
            Some(Found::Contract(month)) => Some(month),
            Some(Found::Other) => return Ok(()),
            None if symbol.is_none() => {
                self.nameless = self.nameless.or(Some(row.start()));
                return Ok(());
            }
            None => None,
        };
        let outside = month.zip(day).filter(|(month, day)| !month.is_listed_on(*day));
        if let Some((month, day)) = outside {
            let symbol = month.symbol_of(book.product());
            let message = format!(
                "expected a day on which {symbol} is listed, found {day} (a continuous series has no contract month)"
            );
            cells.refuse(Problem::new(ProblemKind::Inconsistent, message).at(date.position));
        }
        let session = |cells: &mut Cells, name| {
            let read = cells.session(cell(name).filter(|cell| !is_zero(cell.text)))?;
            Some(SessionPrice { price: without_noise(read.price), ..read })
        };
        let close = price(&mut cells, cell(self.dialect.close));
        let settles = self.dialect.settles;
        let interest =
            ["openinterest", "open int", "open interest", "prev. day open interest", "previous day open interest"];
        let quote = Quote {
            open: session(&mut cells, "open"),
            high: session(&mut cells, "high"),
            low: session(&mut cells, "low"),
            last: close.filter(|_| !settles).map(|price| SessionPrice { price, mark: None }),
            settle: if settles { close } else { price(&mut cells, cell("settle")) },
            change: if self.dialect.format == Format::Quandl { cells.change(cell("change")) } else { None },
            volume: volume(&mut cells, cell("volume").or(cell("vol."))),
            open_interest: interest.iter().find_map(|name| cell(name)).and_then(|cell| volume(&mut cells, Some(cell))),
            ..Quote::default()
        };
        cells.finish_into(book)?;
        match month {
            _ if !quote.has_price() => book.skip(Skip::NoPrice),
            Some(month) => book.keep(day, month, quote, row.start())?,
            None => {}
        }
        Ok(())
    }
}

/// A date, or seconds since 1970.
fn day(cells: &mut Cells, cell: Cell<'_>) -> Option<NaiveDate> {
    if matches!(cell.text.len(), 9 | 10) && cell.text.bytes().all(|b| b.is_ascii_digit()) {
        let seconds = cell.text.parse().ok().and_then(|since| DateTime::from_timestamp(since, 0));
        return seconds.map(|time| time.date_naive());
    }
    cells.day(cell)
}

/// A price; 0 stands for none.
fn price(cells: &mut Cells, cell: Option<Cell<'_>>) -> Option<Price> {
    cells.value(cell.filter(|cell| !is_zero(cell.text)), |text| cells::price(text).map(without_noise))
}

/// What a detour through 32-bit floats left of a price (`96.18000030517578`) is the price of four places it came from.
fn without_noise(price: Price) -> Price {
    let rounded = price.points().round_dp(4);
    let noise = price.points().scale() > 6 && (price.points() - rounded).abs() < Decimal::new(1, 5);
    if noise { Price::from_points(rounded).map_or(price, Price::shortened) } else { price }
}

/// A count: with separators of thousands, as a float (`28192.0`), or in thousands and millions (`13.28K`).
fn volume(cells: &mut Cells, cell: Option<Cell<'_>>) -> Option<u64> {
    const EXPECTED: &str = "a count such as 33625, 33,625 or 13.28K";
    cells.value(cell, |text| {
        let (number, scale) = match text.as_bytes().last() {
            Some(b'K' | b'k') => (&text[..text.len() - 1], 1_000),
            Some(b'M' | b'm') => (&text[..text.len() - 1], 1_000_000),
            _ => (text, 1),
        };
        if let Some(count) = cells::count(number).and_then(|count| count.checked_mul(scale)) {
            return Ok(count);
        }
        let decimal = Decimal::from_str_exact(number).map_err(|_| EXPECTED)?;
        let count = decimal.checked_mul(Decimal::from(scale)).filter(Decimal::is_integer);
        count.and_then(|count| u64::try_from(count).ok()).ok_or(EXPECTED)
    })
}
