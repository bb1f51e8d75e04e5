//! The quote file a person types: `contract,price`, one line a contract, with an optional `# as_of:` line.

use std::str::FromStr;

use chrono::NaiveDate;

use super::detect::Opening;
use super::{Format, Quote, QuoteBook, SessionPrice, Snapshot};
use crate::contract::ContractMonth;
use crate::problem::{Position, Problem, ProblemKind, ReadError};
use crate::table::{Cell, Row, Table};
use crate::units::Price;

const COLUMNS: &str = "contract, price, settle, last, bid, ask, volume, open_interest";

/// Whether the file's header has a column `contract`.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    opening.line.split(',').any(|cell| cell.trim().trim_matches('"').eq_ignore_ascii_case("contract"))
}

/// Reads the table. `price` and `settle` both are the settlement price; every other column is optional.
pub(super) fn read(text: &str, as_of: Option<NaiveDate>) -> Result<Snapshot, ReadError> {
    let table = Table::parse(text)?;
    let stated = table.note("as_of")?.map(Cell::date).transpose()?;
    let trade_date = stated.or(as_of);
    let columns = Columns::of(&table)?;

    let mut book = QuoteBook::default();
    table.read_rows(|row| {
        let (month, quote, position) = columns.read(row, trade_date)?;
        Ok(book.insert(month, quote, position)?)
    })?;
    if book.is_empty() {
        return Err(
            Problem::new(ProblemKind::Empty, "expected at least one contract below the header, found none").into()
        );
    }
    Ok(Snapshot { format: Format::Plain, trade_date, quotes: book.into_quotes(), notices: Vec::new() })
}

struct Columns {
    contract: usize,
    settle: Option<usize>,
    last: Option<usize>,
    bid: Option<usize>,
    ask: Option<usize>,
    volume: Option<usize>,
    open_interest: Option<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Result<Self, ReadError> {
        let known: Vec<&str> = COLUMNS.split(", ").collect();
        let mut seen: Vec<String> = Vec::new();
        let mut problems = Vec::new();
        for cell in table.columns() {
            let name = cell.text.to_ascii_lowercase();
            if !known.contains(&name.as_str()) {
                problems.push(cell.refused(&format!("a column among {COLUMNS}")));
            } else if seen.contains(&name) {
                problems.push(cell.refused("each column once"));
            }
            seen.push(name);
        }
        ReadError::unless_none(problems)?;
        let (price, settle) = (table.column("price"), table.column("settle"));
        let columns = Self {
            contract: table.required("contract")?,
            settle: settle.or(price),
            last: table.column("last"),
            bid: table.column("bid"),
            ask: table.column("ask"),
            volume: table.column("volume"),
            open_interest: table.column("open_interest"),
        };
        if price.is_some() && settle.is_some() {
            let message = "expected one column of settlement prices, found both 'price' and 'settle'";
            return Err(Problem::new(ProblemKind::Syntax, message).at(table.columns()[0].position).into());
        }
        if columns.settle.or(columns.last).or(columns.bid).is_none() {
            return Err(Problem::new(ProblemKind::Syntax, "expected a column 'price', found none")
                .at(table.columns()[0].position)
                .into());
        }
        Ok(columns)
    }

    /// The contract, its quote and its place. Every bad cell is reported.
    fn read(
        &self,
        row: &Row<'_>,
        trade_date: Option<NaiveDate>,
    ) -> Result<(ContractMonth, Quote, Position), ReadError> {
        let mut problems = Vec::new();
        let contract = row.cell(self.contract);
        let month = ContractMonth::parse(contract.text, trade_date)
            .map_err(|error| problems.push(Problem::new(ProblemKind::Syntax, error.to_string()).at(contract.position)))
            .ok();
        let mut price_in = |column| value(row, column, "a price such as 96.2300", &mut problems);
        let [settle, last, bid, ask]: [Option<Price>; 4] =
            [self.settle, self.last, self.bid, self.ask].map(&mut price_in);
        let mut count_in = |column| value(row, column, "a whole number", &mut problems);
        let [volume, open_interest] = [self.volume, self.open_interest].map(&mut count_in);
        if bid.zip(ask).is_some_and(|(bid, ask)| bid > ask) {
            problems.extend(row.optional(self.ask).map(|cell| cell.refused("an ask at or above the bid")));
        }
        let last = last.map(|price| SessionPrice { price, mark: None });
        ReadError::unless_none(problems)?;
        let quote = Quote { last, settle, bid, ask, volume, open_interest, ..Quote::default() };
        let read = month.map(|month| (month, quote, contract.position));
        read.ok_or_else(|| contract.refused("a contract").into())
    }
}

/// The value of a cell that may be empty or missing; a refused one is told.
fn value<T: FromStr>(row: &Row<'_>, column: Option<usize>, expected: &str, problems: &mut Vec<Problem>) -> Option<T> {
    let read = row.optional(column)?.parse(expected);
    read.map_err(|problem| problems.push(problem)).ok()
}
