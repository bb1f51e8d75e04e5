//! Rows of a frame: a price of a contract at an instant, long or wide, in any order.

use std::ops::RangeInclusive;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Schema};
use fedpath::ContractMonth;
use serde::Deserialize;

use crate::cells::{self, Month, Months, PriceCell, Times, month_number};

/// The prices that a future can have, in units: what lies beyond is a rate, or a slipped decimal point.
const SCALE: RangeInclusive<i32> = 7_500_000..=10_500_000;

/// Days that the calendar has.
const DAYS: RangeInclusive<i32> = -90_000_000..=90_000_000;

/// One price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    /// The instant, in the unit of its column: of dates, days since 1970.
    pub(crate) at: i64,
    /// Its day, since 1970.
    pub(crate) day: i32,
    pub(crate) units: i32,
    pub(crate) month: Month,
}

/// A cell that is refused: its row, counted from 0, its column, why.
#[derive(Debug, Clone)]
pub(crate) struct Refused {
    pub(crate) row: usize,
    pub(crate) column: String,
    pub(crate) message: String,
    /// Its instant and day, where it has them.
    pub(crate) when: Option<(i64, i32)>,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "row {}, column '{}': {}", self.row, self.column, self.message)
    }
}

/// The names of columns that a caller gives.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ColumnNames {
    pub(crate) date: Option<String>,
    pub(crate) contract: Option<String>,
    pub(crate) settle: Option<String>,
    pub(crate) trade_date: Option<String>,
}

/// Where the figures of a frame stand.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    pub(crate) date: usize,
    trade_date: Option<usize>,
    shape: Shape,
}

#[derive(Debug, Clone)]
enum Shape {
    Long {
        contract: usize,
        price: usize,
    },
    /// A column a contract.
    Wide(Vec<(usize, Month)>),
}

impl Columns {
    /// Finds the columns by their names, or by those that are given.
    pub(crate) fn find(schema: &Schema, given: &ColumnNames) -> Result<Self, String> {
        let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        let found = names.join(", ");
        let place = |wanted: &str| names.iter().position(|name| name.eq_ignore_ascii_case(wanted));
        let of = |given: &Option<String>, known: &[&str], option: &str| match given {
            Some(name) => {
                let lacks = || format!("{option}: expected a column '{name}', found {found}");
                place(name).map(Some).ok_or_else(lacks)
            }
            None => Ok(known.iter().find_map(|name| place(name))),
        };
        let date = of(&given.date, &["date", "trade_date", "timestamp", "time", "datetime", "ts", "ts_event"], "date")?
            .ok_or_else(|| format!("expected a column 'date', found {found}: name it with date="))?;
        let trade_date = of(&given.trade_date, &[], "trade_date")?;
        if let (DataType::Timestamp(_, Some(zone)), None) = (schema.field(date).data_type(), trade_date) {
            return Err(format!(
                "column '{}' is of time zone {zone}: a trading day is no day of UTC, name the column that holds it with trade_date=",
                names[date]
            ));
        }
        if let Some(contract) = of(&given.contract, &["contract", "contract_month", "symbol"], "contract")? {
            let price = of(&given.settle, &["settle", "settlement", "price"], "settle")?.ok_or_else(|| {
                format!("expected a column 'settle', found {found}: name the column of prices with settle= (a close may be a last trade)")
            })?;
            return Ok(Self { date, trade_date, shape: Shape::Long { contract, price } });
        }
        let others = names.iter().enumerate().filter(|(place, _)| *place != date && Some(*place) != trade_date);
        let months: Vec<(usize, Month)> = others
            .filter_map(|(place, name)| Some((place, month_number(ContractMonth::parse(name, None).ok()?))))
            .collect();
        if months.is_empty() {
            return Err(format!(
                "expected a column 'contract', or a column a contract such as ZQZ25 or 2025-12, found {found}"
            ));
        }
        Ok(Self { date, trade_date, shape: Shape::Wide(months) })
    }
}

/// Reads the rows of batches, one after another.
#[derive(Debug)]
pub(crate) struct Reader {
    columns: Columns,
    months: Months,
    /// The rows of frames that were read.
    pub(crate) read: usize,
    /// The cells without a price.
    pub(crate) missing: usize,
    pub(crate) refused: Vec<Refused>,
}

impl Reader {
    pub(crate) fn new(columns: Columns) -> Self {
        Self { columns, months: Months::default(), read: 0, missing: 0, refused: Vec::new() }
    }

    /// Adds the rows of a batch that have a price, and keeps what is refused.
    pub(crate) fn read(&mut self, batch: &RecordBatch, rows: &mut Vec<Row>) -> Result<(), String> {
        let name = |place: usize| batch.schema_ref().field(place).name().clone();
        let told = |place: usize, error: String| format!("column '{}': {error}", name(place));
        let Columns { date, trade_date, shape } = self.columns.clone();
        let mut times = cells::times(batch.column(date)).map_err(|error| told(date, error))?;
        if let Some(place) = trade_date {
            let of_day = cells::times(batch.column(place)).map_err(|error| told(place, error))?;
            times.days = times.days.iter().zip(of_day.days).map(|(time, day)| time.and(day)).collect();
        }
        let first = self.read;
        self.read += batch.num_rows();
        let contracts = match &shape {
            Shape::Long { contract, price } => {
                let months = self.months.read(batch.column(*contract), &times.days);
                let months = months.map_err(|error| told(*contract, error))?;
                vec![(*price, MonthOf::Rows(*contract, months))]
            }
            Shape::Wide(months) => months.iter().map(|(place, month)| (*place, MonthOf::Column(*month))).collect(),
        };
        let mut prices = Vec::with_capacity(contracts.len());
        for (place, month) in contracts {
            let cells = cells::prices(batch.column(place)).map_err(|error| told(place, error))?;
            prices.push((place, month, cells));
        }
        rows.reserve(batch.num_rows() * prices.len());
        for row in 0..batch.num_rows() {
            let Some((at, day)) = when(&times, row) else {
                let message = match times.days[row] {
                    None => "expected a date, found null".to_owned(),
                    Some(day) => format!("expected a day of the calendar, found one {day} days after 1970"),
                };
                let column = name(trade_date.unwrap_or(date));
                self.refused.push(Refused { row: first + row, column, message, when: None });
                continue;
            };
            for (place, month, cells) in &prices {
                let when = Some((at, day));
                let refuse = |place: usize, message| Refused { row: first + row, column: name(place), message, when };
                match (cells[row], month.of(row)) {
                    (PriceCell::Missing, _) => self.missing += 1,
                    (PriceCell::Units(units), Some(month)) if SCALE.contains(&units) => {
                        rows.push(Row { at, day, units, month });
                    }
                    (_, Some(_)) => self.refused.push(refuse(*place, no_price(batch.column(*place), row))),
                    (_, None) => {
                        let place = month.column().unwrap_or(*place);
                        self.refused.push(refuse(place, no_contract(batch.column(place), row)));
                    }
                }
            }
        }
        Ok(())
    }
}

/// Which contract the prices of a column are of.
enum MonthOf {
    /// Those that another column names.
    Rows(usize, Vec<Option<Month>>),
    Column(Month),
}

impl MonthOf {
    fn of(&self, row: usize) -> Option<Month> {
        match self {
            Self::Rows(_, months) => months[row],
            Self::Column(month) => Some(*month),
        }
    }

    fn column(&self) -> Option<usize> {
        match self {
            Self::Rows(column, _) => Some(*column),
            Self::Column(_) => None,
        }
    }
}

/// When a row is, where its day is one of the calendar.
fn when(times: &Times, row: usize) -> Option<(i64, i32)> {
    let day = times.days[row].filter(|day| DAYS.contains(day))?;
    Some((times.at[row], day))
}

fn no_price(column: &ArrayRef, row: usize) -> String {
    format!(
        "expected a price from 75 to 105 of at most five places such as 96.2300, found {}",
        cells::shown(column, row)
    )
}

fn no_contract(column: &ArrayRef, row: usize) -> String {
    format!("expected a contract such as ZQZ25 or 2025-12, found {}", cells::shown(column, row))
}
