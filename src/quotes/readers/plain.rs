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
use super::cells::{Cells, take_rows};
use super::opening::Opening;
use super::website::check_total;
use crate::cell::{Cell, is_missing};
use crate::contract::{Product, read_month};
use crate::notice::Notice;
use crate::problem::{Problem, ProblemKind, ReadError};
use crate::quotes::{Format, Mark, Quote, QuoteFile, ReadOptions, SessionPrice};
use crate::table::{Row, Table};

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
    if columns.close_is_settle {
        let column = columns.settle.map_or("", |index| table.columns()[index].text).to_owned();
        book.remark(Notice::CloseIsSettle { column }, None);
    }
    if !columns.unread.is_empty() {
        let columns = columns.unread.iter().map(|index| table.columns()[*index].text.to_owned()).collect();
        book.remark(Notice::ColumnsNotRead { columns }, None);
    }
    take_rows(&table, &mut book, |row, book| columns.take(row, book))?;
    if book.counted_nothing() {
        let message = "expected at least one contract below the header, found none";
        return Err(Problem::new(ProblemKind::Empty, message).into());
    }
    book.finish()
}

/// Where each figure stands.
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
