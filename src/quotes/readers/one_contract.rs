//! Histories of one contract, a row a day, as vendors offer them for download.
//!
//! Most name no contract, and a file's name is not its content: the contract is given by a line `# contract: ZQZ25`, by
//! [`ReadOptions::contract`], or by a column or header row of symbols where the vendor writes one. A series that runs
//! from contract to contract has no contract month: its days lie outside the life of any one contract, and are refused.
//! Dates with slashes are in the American order, the month first.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use rust_decimal::Decimal;

use super::book::{Book, Found};
use super::cells::{self, Cells, is_zero, take_rows};
use super::dialect::Dialect;
use super::opening::Opening;
use crate::market::contract::{ContractMonth, read_month};
use crate::notice::Notice;
use crate::quotes::{Format, Quote, QuoteFile, ReadOptions, SessionPrice};
use crate::text::cell::Cell;
use crate::text::problem::{Position, Problem, ProblemKind, Problems, ReadError};
use crate::text::table::{Row, Table};
use crate::text::tally::Skip;
use crate::units::Price;

const INTEREST: [&str; 5] =
    ["openinterest", "open int", "open interest", "prev. day open interest", "previous day open interest"];

/// Whether the file's header is that of a known vendor.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    Dialect::of(opening).is_some()
}

/// Reads the days of the contract.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let opening = Opening::of(text)?;
    let Some(dialect) = Dialect::of(&opening) else { return Err(opening.unknown().into()) };
    let table = Table::parse(text)?;
    let mut book = Book::new(dialect.format, options);
    if !dialect.settles && dialect.format != Format::Quandl {
        book.remark(Notice::LastTrades, None);
    }
    let stated = table.note("contract")?;
    let every: Vec<usize> = (0..table.columns().len()).collect();
    let mut history = History {
        given: stated.map(Given::Stated).or(options.contract.map(Given::Known)),
        dialect,
        series: vec![Series::of(&table, dialect, Symbol::of(&table), &every)],
        nameless: None,
    };
    take_rows(&table, &mut book, |row, book| history.take(&table, row, book))?;
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

/// The contract of rows that name none.
enum Given<'a> {
    /// By the caller.
    Known(ContractMonth),
    /// By a line of the file, its year to be resolved against each day.
    Stated(Cell<'a>),
}

/// How the rows of a series name their contract.
enum Symbol<'a> {
    /// In a column.
    Column(usize),
    /// Above their columns.
    Above(Cell<'a>),
    /// Not at all.
    Nowhere,
}

impl Symbol<'_> {
    fn of(table: &Table<'_>) -> Self {
        table.column("symbol").map_or(Self::Nowhere, Self::Column)
    }
}

/// Where the figures of one contract stand.
struct Series<'a> {
    symbol: Symbol<'a>,
    date: usize,
    open: Option<usize>,
    high: Option<usize>,
    low: Option<usize>,
    close: Option<usize>,
    settle: Option<usize>,
    change: Option<usize>,
    volume: Option<usize>,
    open_interest: Option<usize>,
}

impl<'a> Series<'a> {
    /// The columns by their names, among those that belong to the series.
    fn of(table: &Table<'_>, dialect: &Dialect, symbol: Symbol<'a>, belonging: &[usize]) -> Self {
        let named = |index: &usize, name: &str| {
            table.columns().get(*index).is_some_and(|cell| cell.text.eq_ignore_ascii_case(name))
        };
        let column = |name: &str| belonging.iter().copied().find(|index| named(index, name));
        // Only Quandl's change is in points everywhere.
        let in_points = dialect.format == Format::Quandl;
        Self {
            symbol,
            date: column("date").or(column("time")).unwrap_or(0),
            open: column("open"),
            high: column("high"),
            low: column("low"),
            close: column(dialect.close),
            settle: column("settle"),
            change: column("change").filter(|_| in_points),
            volume: column("volume").or(column("vol.")),
            open_interest: INTEREST.iter().find_map(|name| column(name)),
        }
    }
}

struct History<'a> {
    given: Option<Given<'a>>,
    dialect: &'static Dialect,
    series: Vec<Series<'a>>,
    /// The first row whose contract is unknown.
    nameless: Option<Position>,
}

impl<'a> History<'a> {
    fn take(&mut self, table: &Table<'a>, row: &Row<'a>, book: &mut Book) -> Result<(), ReadError> {
        if self.dialect.format == Format::Yfinance {
            match row.cell(0).text.to_ascii_lowercase().as_str() {
                "ticker" => {
                    self.series = by_symbol(table, row, self.dialect);
                    return Ok(());
                }
                // The name of the first column stands alone in its row.
                "date" | "datetime" => return Ok(()),
                _ => {}
            }
        }
        let mut problems = Problems::default();
        for series in &self.series {
            let taken = take_day(row, series, self.given.as_ref(), self.dialect, book);
            if let Some(Taken::Nameless) = problems.of(taken) {
                self.nameless = self.nameless.or(Some(row.start()));
            }
        }
        problems.finish()
    }
}

/// One series a symbol, in the order of the header.
fn by_symbol<'a>(table: &Table<'a>, tickers: &Row<'a>, dialect: &Dialect) -> Vec<Series<'a>> {
    let mut order: Vec<Cell<'a>> = Vec::new();
    let mut columns: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, ticker) in tickers.cells().iter().enumerate().skip(1) {
        let of_symbol = columns.entry(ticker.text).or_insert_with(|| {
            order.push(*ticker);
            vec![0]
        });
        of_symbol.push(index);
    }
    let series = |ticker: Cell<'a>| Series::of(table, dialect, Symbol::Above(ticker), &columns[ticker.text]);
    order.into_iter().map(series).collect()
}

/// What became of a contract's day.
enum Taken {
    Counted,
    Nameless,
}

fn take_day(
    row: &Row<'_>,
    series: &Series<'_>,
    given: Option<&Given<'_>>,
    dialect: &Dialect,
    book: &mut Book,
) -> Result<Taken, ReadError> {
    let mut cells = Cells::default();
    let at = |column| row.optional(column);
    let date = row.cell(series.date);
    let day = day(&mut cells, date);
    let labelled = match series.symbol {
        Symbol::Column(column) => at(Some(column)),
        Symbol::Above(label) => Some(label),
        Symbol::Nowhere => None,
    };
    let found = match (labelled, given) {
        (Some(label), _) => cells.of(book.contract(label, day)),
        (None, Some(Given::Known(month))) => Some(Found::Contract(*month)),
        (None, Some(Given::Stated(label))) => {
            let read = read_month(label.text, day, book.product());
            let refused = |error: crate::market::contract::ContractError| label.refused_as(&error);
            cells.of(read.map(Found::Contract).map_err(refused))
        }
        (None, None) => return Ok(Taken::Nameless),
    };
    let month = match found {
        Some(Found::Contract(month)) => Some(month),
        Some(Found::Other) => return Ok(Taken::Counted),
        None => None,
    };
    if let Some((month, day)) = month.zip(day).filter(|(month, day)| !book.product().lists(*month, *day)) {
        let symbol = book.product().contract(month).symbol();
        let message = format!(
            "expected a day on which {symbol} is listed, found {day} (a continuous series has no contract month)"
        );
        cells.refuse(Problem::new(ProblemKind::Inconsistent, message).at(date.position));
    }
    let session = |cells: &mut Cells, column| {
        let read = cells.session(at(column).filter(|cell| !is_zero(cell.text)))?;
        Some(SessionPrice { price: without_noise(read.price), ..read })
    };
    let close = price(&mut cells, at(series.close));
    let settle = price(&mut cells, at(series.settle));
    let quote = Quote {
        open: session(&mut cells, series.open),
        high: session(&mut cells, series.high),
        low: session(&mut cells, series.low),
        last: close.filter(|_| !dialect.settles).map(|price| SessionPrice { price, mark: None }),
        settle: if dialect.settles { close } else { settle },
        change: cells.change(at(series.change)),
        volume: volume(&mut cells, at(series.volume)),
        open_interest: volume(&mut cells, at(series.open_interest)),
        ..Quote::default()
    };
    cells.finish_into(book)?;
    match month {
        // A holiday's row.
        _ if !quote.has_price() => book.skip(Skip::NoPrice),
        Some(month) => book.keep(day, month, quote, row.start())?,
        None => {}
    }
    Ok(Taken::Counted)
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
