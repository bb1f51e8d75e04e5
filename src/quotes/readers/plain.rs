//! The tables a person types and the one that `convert` writes: `contract,price`, or with a date `date,contract,settle`.
//!
//! | figure | names of its column, in any case |
//! |---|---|
//! | day | `date`, `trade_date`, `as_of`, `as_of_date`; without one a line `# as_of: DATE` |
//! | contract | `contract`, `symbol`, `contract_symbol`, `contract_month`, `month` |
//! | settlement price | `settle`, `settlement`, `price`, `settle_price`; without these `close`, `close_price`, with a warning |
//! | last price | `last`, `last_price`, `latest`, `close_last`; beside a settlement also `close`, `close_price` |
//! | others | `open`, `high`, `low`, `bid`, `ask`, `change`, `volume`, `open_interest` or `openInterest`, and `open_mark`, `high_mark`, `low_mark`, `last_mark` (`bid` or `ask`), `product` (a code) |

use super::book::Book;
use super::cells::{Cells, take_row, take_rows_but};
use super::is_plain;
use super::opening::Opening;
use super::website::check_total;
use crate::market::contract::{plain_month, read_month};
use crate::market::product::Product;
use crate::notice::Notice;
use crate::quotes::tick::SCALE;
use crate::quotes::{Format, Mark, Quote, QuoteFile, ReadOptions, SessionPrice};
use crate::text::cell::{Cell, is_missing, iso_day};
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::table::{Lines, Row, Table, is_row};
use crate::units::Price;

const DATE: [&str; 4] = ["date", "trade_date", "as_of", "as_of_date"];
/// A symbol says more than a month beside it.
const CONTRACT: [&str; 5] = ["symbol", "contract_symbol", "contract", "contract_month", "month"];
const SETTLE: [&str; 4] = ["settle", "settlement", "price", "settle_price"];
const LAST: [&str; 4] = ["last", "last_price", "latest", "close_last"];
const CLOSE: [&str; 2] = ["close", "close_price"];
const OPEN_INTEREST: [&str; 2] = ["open_interest", "openinterest"];

/// Whether the file's header has a contract, and a price or what may be meant as one.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    opening.has("contract")
        || CONTRACT.iter().any(|name| opening.has(name))
            && SETTLE.iter().chain(&LAST).chain(&CLOSE).chain(&["bid"]).any(|name| opening.has(name))
}

/// Reads the table.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let table = Table::parse(text)?;
    let columns = Columns::of(&table)?;
    let mut book = Book::new(if columns.date.is_some() { Format::Long } else { Format::Plain }, options);
    book.state_day(table.stated_date()?);
    columns.remark(&table, &mut book);
    let bare = Bare::of(&columns, &table);
    take_rows_but(
        &table,
        &mut book,
        |number, line, book| bare.map_or(Ok(false), |bare| bare.take(number, line, book)),
        |row, book| columns.take(row, book),
    )?;
    if book.counted_nothing() {
        let message = "expected at least one contract below the header, found none";
        return Err(Problem::new(ProblemKind::Empty, message).into());
    }
    book.finish()
}

/// The rows of a long table apart from its text: how a line of it is cut and taken.
#[derive(Clone)]
pub(in crate::quotes) struct LongRows {
    columns: Columns,
    width: usize,
    separator: char,
    bare: Option<Bare>,
}

impl LongRows {
    /// The rows below the header in a text that begins a long table; how much of the text is above them, and the number of
    /// their first line.
    pub(in crate::quotes) fn of(text: &str, book: &mut Book) -> Result<(Self, usize, usize), ReadError> {
        let opening = Opening::of(text)?;
        let refused =
            || Problem::expected("a long table such as date,contract,settle", opening.line).at(opening.position());
        if !is_plain(&opening) {
            return Err(refused().into());
        }
        let table = Table::parse(text)?;
        let columns = Columns::of(&table)?;
        if columns.date.is_none() {
            return Err(refused().into());
        }
        table.stated_date()?;
        columns.remark(&table, book);
        let body = table.body();
        let width = table.columns().len();
        let bare = Bare::of(&columns, &table);
        let rows = Self { columns, width, separator: table.separator(), bare };
        Ok((rows, text.len() - body.rest().len(), body.number()))
    }

    /// A row to cut lines into.
    pub(in crate::quotes) fn row<'a>(&self) -> Row<'a> {
        Row::empty(self.width)
    }

    /// Takes a line into the book. What speaks of the whole table, a note or a total, has no place in a part of it.
    pub(in crate::quotes) fn take<'a>(
        &self,
        row: &mut Row<'a>,
        number: usize,
        line: &'a str,
        book: &mut Book,
    ) -> Result<(), ReadError> {
        let of_the_whole = |what: &str| {
            let message = format!("expected rows of one day after another, found {what}");
            Problem::new(ProblemKind::Inconsistent, message).at(Position { line: number, column: 1 })
        };
        if let Some(bare) = self.bare
            && bare.take(number, line, book)?
        {
            return Ok(());
        }
        if !is_row(line) {
            let notes = line.contains('#') && line.contains(':');
            return if notes { Err(of_the_whole("a note").into()) } else { Ok(()) };
        }
        row.cut(number, line, self.separator)?;
        if row.is_blank() {
            book.skip_blank(1);
            return Ok(());
        }
        if row.cell(self.columns.contract).text.eq_ignore_ascii_case("total") {
            return Err(of_the_whole("a total").into());
        }
        take_row(row, book, |row, book| self.columns.take(row, book))
    }

    /// Takes every line of a text whose first has this number.
    pub(in crate::quotes) fn take_all(&self, text: &str, number: usize, book: &mut Book) -> Result<(), ReadError> {
        let mut row = self.row();
        Lines::new(number, text).try_for_each(|(number, line)| self.take(&mut row, number, line, book))
    }
}

/// The columns of a table that has a day, a contract and a settlement alone, as the longest have.
#[derive(Clone, Copy)]
struct Bare {
    date: usize,
    contract: usize,
    settle: usize,
    separator: u8,
}

impl Bare {
    fn of(columns: &Columns, table: &Table<'_>) -> Option<Self> {
        let (date, settle) = columns.date.zip(columns.settle)?;
        let separator = u8::try_from(table.separator()).ok()?;
        (table.columns().len() == 3).then_some(Self { date, contract: columns.contract, settle, separator })
    }

    /// Takes a line whose cells have their usual form and no quotes; any other is left.
    fn take(&self, number: usize, line: &str, book: &mut Book) -> Result<bool, Problem> {
        let Self { date, contract, settle, separator } = *self;
        let bytes = line.as_bytes();
        let mut cells: [&[u8]; 3] = [&[]; 3];
        let mut starts = [0; 3];
        let mut start = 0;
        for (column, cell) in cells.iter_mut().enumerate() {
            let end =
                bytes[start..].iter().position(|byte| *byte == separator).map_or(bytes.len(), |found| start + found);
            if (end == bytes.len()) != (column == 2) {
                return Ok(false);
            }
            (*cell, starts[column]) = (&bytes[start..end], start);
            start = end + 1;
        }
        let read = (iso_day(cells[date]), plain_month(cells[contract]), Price::read_fixed(cells[settle], SCALE));
        let (Some(day), Some(month), Some(price)) = read else { return Ok(false) };
        let position = Position { line: number, column: starts[contract] + 1 };
        book.keep(Some(day), month, Quote { settle: Some(price), ..Quote::default() }, position)?;
        Ok(true)
    }
}

/// Where each figure stands.
#[derive(Clone)]
struct Columns {
    date: Option<usize>,
    contract: usize,
    settle: Option<usize>,
    close_is_settle: bool,
    last: Option<usize>,
    bid: Option<usize>,
    ask: Option<usize>,
    change: Option<usize>,
    volume: Option<usize>,
    open_interest: Option<usize>,
    /// Open, high, low, each with its mark.
    session: [(Option<usize>, Option<usize>); 3],
    last_mark: Option<usize>,
    product: Option<usize>,
    unread: Vec<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Result<Self, ReadError> {
        let mut header = Header { table, read: Vec::new(), problems: Vec::new() };
        let date = header.one_of(&DATE);
        let contract = CONTRACT.iter().find_map(|name| header.one_of(&[name]));
        let settle = header.one_of(&SETTLE);
        let close = header.one_of(&CLOSE);
        let last = header.one_of(&LAST);
        let close_is_settle = settle.is_none() && close.is_some();
        let marked = ["open", "high", "low"].map(|name| {
            let mark = format!("{name}_mark");
            (header.one_of(&[name]), header.one_of(&[&mark]))
        });
        let columns = Self {
            date,
            contract: contract.unwrap_or_default(),
            settle: settle.or(close),
            close_is_settle,
            last: last.or(close.filter(|_| !close_is_settle)),
            bid: header.one_of(&["bid"]),
            ask: header.one_of(&["ask"]),
            change: header.one_of(&["change"]),
            volume: header.one_of(&["volume"]),
            open_interest: header.one_of(&OPEN_INTEREST),
            session: marked,
            last_mark: header.one_of(&["last_mark"]),
            product: header.one_of(&["product"]),
            unread: (0..table.columns().len())
                .filter(|index| !header.read.contains(index) && !table.columns()[*index].text.is_empty())
                .collect(),
        };
        ReadError::unless_none(header.problems)?;
        table.required_one_of(&CONTRACT)?;
        if columns.settle.or(columns.last).or(columns.bid).is_none() {
            let found: Vec<&str> = table.columns().iter().map(|cell| cell.text).collect();
            let problem = Problem::expected("a column 'price'", &found.join(","));
            return Err(problem.at(table.columns()[0].position).into());
        }
        Ok(columns)
    }

    /// Remarks columns that are taken for others, and those that are not read.
    fn remark(&self, table: &Table<'_>, book: &mut Book) {
        let name = |index: usize| table.columns()[index].text.to_owned();
        if self.close_is_settle {
            let column = self.settle.map(name).unwrap_or_default();
            book.remark(Notice::CloseIsSettle { column }, None);
        }
        if !self.unread.is_empty() {
            let columns = self.unread.iter().map(|index| name(*index)).collect();
            book.remark(Notice::ColumnsNotRead { columns }, None);
        }
    }

    /// Takes a row into the book. Every bad cell is reported.
    fn take(&self, row: &Row<'_>, book: &mut Book) -> Result<(), ReadError> {
        let product = row.optional(self.product).map(|cell| cell.text);
        if let Some(other) = product.filter(|code| Product::of_code(&code.to_ascii_uppercase()) != Some(book.product()))
        {
            book.skip_product(other);
            return Ok(());
        }
        let label = row.cell(self.contract);
        if label.text.eq_ignore_ascii_case("total") {
            return check_total(row.optional(self.volume), row.optional(self.open_interest), book);
        }
        let mut cells = Cells::default();
        let day = match self.date {
            Some(date) => cells.day(row.cell(date)),
            None => book.day(),
        };
        // Without its day a one-digit year says nothing: the day's own problem is enough.
        let month = match (self.date, day) {
            (Some(_), None) => None,
            // In a table that a person types another product is a slip.
            _ => cells.of(read_month(label.text, day, book.product()).map_err(|error| label.refused_as(&error))),
        };
        let at = |column| row.optional(column);
        let [settle, bid, ask] = [self.settle, self.bid, self.ask].map(|column| cells.price(at(column)));
        let [open, high, low] = self.session.map(|(price, mark)| {
            let price = cells.session(at(price));
            marked(&mut cells, price, at(mark))
        });
        let last = cells.marked(at(self.last));
        let last = marked(&mut cells, last, at(self.last_mark));
        let change = cells.change(at(self.change));
        let [volume, open_interest] = [self.volume, self.open_interest].map(|column| cells.count(at(column)));
        if let Some(cell) = at(self.ask).filter(|_| bid.zip(ask).is_some_and(|(bid, ask)| bid > ask)) {
            cells.refuse(cell.refused("an ask at or above the bid"));
        }
        cells.finish_into(book)?;
        let Some(month) = month else { return Ok(()) };
        let quote =
            Quote { open, high, low, last, settle, change, bid, ask, volume, open_interest, ..Quote::default() };
        Ok(book.keep(day, month, quote, label.position)?)
    }
}

/// Finds columns by their names, and keeps which were found.
struct Header<'t, 'a> {
    table: &'t Table<'a>,
    read: Vec<usize>,
    problems: Vec<Problem>,
}

impl Header<'_, '_> {
    /// The column of these names; a second one of them is refused.
    fn one_of(&mut self, names: &[&str]) -> Option<usize> {
        let named = |cell: &Cell<'_>| names.iter().any(|name| cell.text.eq_ignore_ascii_case(name));
        let mut found = self.table.columns().iter().enumerate().filter(|(_, cell)| named(cell));
        let (first, cell) = found.next()?;
        if let Some((_, second)) = found.next() {
            self.problems.push(second.refused(&format!("one of the columns '{}' and '{}'", cell.text, second.text)));
        }
        self.read.push(first);
        Some(first)
    }
}

/// A price of the session with its mark, in its own column or behind the price.
fn marked(cells: &mut Cells, price: Option<SessionPrice>, mark: Option<Cell<'_>>) -> Option<SessionPrice> {
    let read = price?;
    let mark =
        cells.value(mark.filter(|cell| !is_missing(cell.text)), |text| match text.to_ascii_lowercase().as_str() {
            "bid" | "b" => Ok(Mark::Bid),
            "ask" | "a" => Ok(Mark::Ask),
            _ => Err("bid or ask"),
        });
    Some(SessionPrice { mark: mark.or(read.mark), ..read })
}
