//! [`TickRows`]: quotes with a time of day, a row each.
//!
//! ```text
//! time,contract,price                                    any person's table; bid and ask in place of a price
//! ts_recv,ts_event,rtype,...,action,side,depth,price,... Databento trades
//! ts_event,rtype,...,open,high,low,close,volume,symbol   Databento bars of a second, a minute or an hour
//! ts_recv,ts_event,rtype,...,bid_px_00,ask_px_00,...     Databento best bid and ask
//! 20251029,130500,17,E,FF,F,2512,...                     CME DataMine Time & Sales, 23 columns without a header
//! ```
//!
//! The close of a bar is known when the bar is over: that is its moment. A bid and an ask count by their middle; one alone is
//! no price. Of `DataMine`'s rows the trades count; their time is Chicago's.

use std::collections::HashMap;

use chrono::{DateTime, Datelike};
use rust_decimal::Decimal;

use super::book::{Book, Found};
use super::cells;
use crate::market::contract::ContractMonth;
use crate::quotes::tick::fixed_price;
use crate::quotes::{Format, ReadOptions};
use crate::text::cell::{Cell, few_digits, is_missing};
use crate::text::moment::{Clock, NoMoment, Zone};
use crate::text::problem::{Problem, ProblemKind, ReadError};
use crate::text::table::{Row, Table, first_row, is_row};
use crate::text::tally::{Skip, Tally};
use crate::units::Price;

const SECOND: i64 = 1_000_000_000;

/// The names of a column of moments, of contracts, of prices.
const TIMES: [&str; 7] = ["time", "timestamp", "datetime", "date_time", "ts_event", "ts", "date"];
const CONTRACTS: [&str; 5] = ["contract", "symbol", "ticker", "instrument", "code"];
const PRICES: [&str; 5] = ["price", "last", "trade_price", "close", "settle"];

/// The columns of Time & Sales that are read, and how many there are.
mod sales {
    pub(super) const DATE: usize = 0;
    pub(super) const TIME: usize = 1;
    pub(super) const TICKER: usize = 4;
    pub(super) const KIND: usize = 5;
    pub(super) const DELIVERY: usize = 6;
    pub(super) const PRICE: usize = 9;
    /// Marks of a bid, an ask, an indication, a quote or a cancellation: a trade has none.
    pub(super) const MARKS: [usize; 4] = [10, 11, 12, 16];
    pub(super) const ENTRY_DATE: usize = 21;
    pub(super) const COUNT: usize = 23;
}

/// Where the price of a row stands.
#[derive(Clone, Copy)]
enum PriceIn {
    Column(usize),
    /// Bid and ask.
    Middle(usize, usize),
}

/// What rows have where.
#[derive(Clone, Copy)]
enum Layout {
    /// The price is known so many nanoseconds after the moment that stands in the row.
    Table {
        time: usize,
        contract: usize,
        price: PriceIn,
        known_after: i64,
        trades_by: Option<usize>,
    },
    TimeAndSales,
}

/// A moment in nanoseconds since 1970, a contract, and its price then.
pub(in crate::quotes) type Priced = (i64, ContractMonth, Price);

/// How rows with a time of day are read, apart from their text.
pub(in crate::quotes) struct TickRows {
    layout: Layout,
    width: usize,
    separator: char,
    clock: Clock,
    book: Book,
    kept: usize,
    /// What labels turned out to be in a month: why they are passed over where they are none of the wanted product.
    labels: HashMap<String, Result<ContractMonth, Skip>>,
    labels_of: (i32, u32),
}

impl TickRows {
    /// The rows in a text that begins such a file; how much of the text is above them, and the number of their first line.
    pub(in crate::quotes) fn of(
        text: &str,
        options: &ReadOptions,
        zone: Option<Zone>,
    ) -> Result<(Self, usize, usize), ReadError> {
        let new = |layout, width, separator, zone| Self {
            layout,
            width,
            separator,
            clock: Clock::new(zone),
            book: Book::new(Format::Ticks, options),
            kept: 0,
            labels: HashMap::new(),
            labels_of: (0, 0),
        };
        if is_time_and_sales(text) {
            return Ok((new(Layout::TimeAndSales, sales::COUNT, ',', Some(Zone::CHICAGO)), 0, 1));
        }
        let table = Table::parse(text)?;
        let layout = layout(&table)?;
        let body = table.body();
        let rows = new(layout, table.columns().len(), table.separator(), zone);
        Ok((rows, text.len() - body.rest().len(), body.number()))
    }

    /// A row to cut lines into.
    pub(in crate::quotes) fn row<'a>(&self) -> Row<'a> {
        Row::empty(self.width)
    }

    /// How many rows were read, kept and skipped so far, and why.
    pub(in crate::quotes) fn tally(&self) -> Tally {
        let mut tally = self.book.tally().clone();
        tally.keep_all(self.kept);
        tally
    }

    /// What a line says; `None` of one that is no price of the wanted product.
    pub(in crate::quotes) fn take<'a>(
        &mut self,
        row: &mut Row<'a>,
        number: usize,
        line: &'a str,
    ) -> Result<Option<Priced>, ReadError> {
        if !is_row(line) {
            return Ok(None);
        }
        row.cut(number, line, self.separator)?;
        row.whole()?;
        let priced = match self.layout {
            Layout::Table { time, contract, price, known_after, trades_by } => {
                if trades_by.is_some_and(|column| row.cell(column).text != "T") {
                    self.book.skip(Skip::OtherFigure);
                    return Ok(None);
                }
                let cell = row.cell(time);
                let moment = self.clock.read(cell.text.as_bytes()).map_err(|reason| no_moment(cell, reason))?;
                let Some(month) = self.contract(row.cell(contract), moment)? else { return Ok(None) };
                let price = match price {
                    PriceIn::Column(column) => price_of(row.cell(column))?,
                    PriceIn::Middle(bid, ask) => middle(row.cell(bid), row.cell(ask))?,
                };
                price.map(|price| (moment + known_after, month, price))
            }
            Layout::TimeAndSales => {
                let Some((moment, month)) = self.sale(row)? else { return Ok(None) };
                price_of(row.cell(sales::PRICE))?.map(|price| (moment, month, price))
            }
        };
        match priced {
            Some(_) => self.kept += 1,
            None => self.book.skip(Skip::NoPrice),
        }
        Ok(priced)
    }

    /// The moment and the contract of a trade of the wanted product.
    fn sale(&mut self, row: &Row<'_>) -> Result<Option<(i64, ContractMonth)>, ReadError> {
        let ticker = row.cell(sales::TICKER).text;
        if row.cell(sales::KIND).text != "F" {
            self.book.skip_option(ticker);
            return Ok(None);
        }
        if !self.book.product().exchange_codes().contains(&ticker) {
            self.book.skip_product(ticker);
            return Ok(None);
        }
        if sales::MARKS.iter().any(|column| !row.cell(*column).text.is_empty()) {
            self.book.skip(Skip::OtherFigure);
            return Ok(None);
        }
        // An evening's trade is of the next trade date; the day on which it took place is the entry date.
        let entered = row.cell(sales::ENTRY_DATE);
        let day = if few_digits(entered.text.as_bytes()).is_some_and(|day| day > 19_000_000) {
            entered.day()?
        } else {
            row.cell(sales::DATE).day()?
        };
        let cell = row.cell(sales::TIME);
        let time = few_digits(cell.text.as_bytes()).filter(|_| cell.text.len() == 6);
        let time = time.map(|time| format!("{day}T{:02}:{:02}:{:02}", time / 10_000, time / 100 % 100, time % 100));
        let moment = time.ok_or(NoMoment::NotATime).and_then(|time| self.clock.read(time.as_bytes()));
        let moment = moment.map_err(|_| cell.refused("a time of day such as 130500, in Chicago"))?;
        let cell = row.cell(sales::DELIVERY);
        let month = cell.text.get(..2).zip(cell.text.get(2..)).and_then(|(year, month)| {
            let (year, month) = (few_digits(year.as_bytes())?, few_digits(month.as_bytes())?);
            let century = crate::market::contract::century(year.cast_signed(), Some(day));
            ContractMonth::new(century + year.cast_signed(), month)
        });
        Ok(Some((moment, month.ok_or_else(|| cell.refused("a month of delivery such as 2512"))?)))
    }

    /// The contract of a label; a label is read once a month, for the year of one digit depends on the day.
    fn contract(&mut self, label: Cell<'_>, moment: i64) -> Result<Option<ContractMonth>, ReadError> {
        let day = DateTime::from_timestamp_nanos(moment).date_naive();
        let month = (day.year(), day.month());
        if self.labels_of != month {
            self.labels.clear();
            self.labels_of = month;
        }
        if let Some(known) = self.labels.get(label.text) {
            return Ok(known.map_err(|skip| self.book.skip(skip)).ok());
        }
        let found = match self.book.contract(label, Some(day))? {
            Found::Contract(month) => Ok(month),
            Found::Other if label.text.contains(['-', ':']) => Err(Skip::Spread),
            Found::Other => Err(Skip::OtherProduct),
        };
        self.labels.insert(label.text.to_owned(), found);
        Ok(found.ok())
    }
}

fn is_time_and_sales(text: &str) -> bool {
    let Some((number, line)) = first_row(text) else { return false };
    let digits = |cell: Cell<'_>, count| cell.text.len() == count && cell.text.bytes().all(|b| b.is_ascii_digit());
    let row = Row::of_line(number, line, ',').ok().filter(|row| row.cells().len() == sales::COUNT);
    row.is_some_and(|row| digits(row.cell(sales::DATE), 8) && digits(row.cell(sales::TIME), 6))
}

/// The columns of a table.
fn layout(table: &Table<'_>) -> Result<Layout, ReadError> {
    let one_of = |names: &[&str]| names.iter().find_map(|name| table.column(name));
    let databento = table.column("rtype").is_some() && table.column("publisher_id").is_some();
    if databento && table.column("symbol").is_none() {
        let message = "expected a column 'symbol', found none: export the CSV with mapped symbols (map_symbols=True)";
        return Err(Problem::new(ProblemKind::Syntax, message).at(table.columns()[0].position).into());
    }
    let contract = one_of(&CONTRACTS).map_or_else(|| table.required_one_of(&CONTRACTS), Ok)?;
    let middle = || Some(PriceIn::Middle(one_of(&["bid_px_00", "bid"])?, one_of(&["ask_px_00", "ask"])?));
    let column = || one_of(&PRICES).map(PriceIn::Column);
    // The best bid and ask of an interval has the last trade beside it, however old.
    let quoted = databento && table.column("action").is_none();
    let price = if quoted { middle().or_else(column) } else { column().or_else(middle) };
    let price = price.map_or_else(|| table.required_one_of(&PRICES).map(PriceIn::Column), Ok)?;
    // A best bid and ask of an interval is known when it was sent; all else when it took place.
    let sent = table.column("ts_recv").filter(|_| databento && matches!(price, PriceIn::Middle(..)));
    let time = sent.or_else(|| one_of(&TIMES)).map_or_else(|| table.required_one_of(&TIMES), Ok)?;
    let trades_by = table.column("action").filter(|_| databento && matches!(price, PriceIn::Column(_)));
    let known_after = if databento && table.column("close").is_some() { length_of_bars(table)? } else { 0 };
    Ok(Layout::Table { time, contract, price, known_after, trades_by })
}

/// How long the bars of a table are, by the type of its first record.
fn length_of_bars(table: &Table<'_>) -> Result<i64, ReadError> {
    let column = table.required("rtype")?;
    let Some((number, line)) = table.body().find(|(_, line)| is_row(line)) else { return Ok(0) };
    let row = Row::of_line(number, line, table.separator())?;
    match row.cells().get(column).map(|cell| cell.text) {
        Some("32") => Ok(SECOND),
        Some("33") => Ok(60 * SECOND),
        Some("34") => Ok(3_600 * SECOND),
        _ => {
            let found = row.cells().get(column).copied();
            let refused = found.map(|cell| cell.refused("bars of a second, a minute or an hour (rtype 32, 33, 34)"));
            Err(refused.unwrap_or_else(|| Problem::new(ProblemKind::Syntax, "expected a record's type")).into())
        }
    }
}

/// A price, decimal or an integer of 1e-9; `None` where nothing stands.
fn price_of(cell: Cell<'_>) -> Result<Option<Price>, Problem> {
    if let Some(price) = fixed_price(cell.text.as_bytes()) {
        return Ok(Some(price.shortened()));
    }
    if is_missing(cell.text) {
        return Ok(None);
    }
    let fixed =
        cell.text.parse::<i64>().ok().filter(|fixed| *fixed > SECOND).map(|fixed| Decimal::new(fixed, 9).to_string());
    let price = cells::price(fixed.as_deref().unwrap_or(cell.text)).map_err(|expected| cell.refused(expected))?;
    Ok(Some(price.shortened()))
}

fn middle(bid: Cell<'_>, ask: Cell<'_>) -> Result<Option<Price>, Problem> {
    let Some((low, high)) = price_of(bid)?.zip(price_of(ask)?) else { return Ok(None) };
    let middle = (low.points() + high.points()) / Decimal::TWO;
    Price::from_points(middle).map(|price| Some(price.shortened())).map_err(|error| bid.refused_as(&error))
}

fn no_moment(cell: Cell<'_>, reason: NoMoment) -> Problem {
    let problem = cell.refused(&reason.to_string());
    match reason {
        NoMoment::NoZone => Problem::new(ProblemKind::NoZone, problem.message()).at(cell.position),
        _ => problem,
    }
}
