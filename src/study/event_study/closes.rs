//! [`Closes`] and [`Returns`]: the prices or returns of assets, day by day, and what they make of events.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::events::{Values, value};
use super::line::float;
use super::{EventTable, NoValue, StudyWindow};
use crate::text::cell::Cell;
use crate::text::problem::{Problem, ReadError};
use crate::text::table::Table;

/// The values of one asset by day.
type Series = BTreeMap<NaiveDate, f64>;

/// The fewest daily returns that make a volatility: a month of them.
const FEWEST_RETURNS: usize = 20;

/// Closes farther from an event than so many days are not around it.
const FARTHEST: u64 = 7;

/// Closing prices of assets.
///
/// ```
/// use fedpath::event_study::{Closes, EventTable};
/// let closes = Closes::parse("date,NVDA,QQQ\n2025-10-28,200,630\n2025-10-29,207,632\n2025-10-30,203,623\n")?;
/// let events = EventTable::parse("date,mp2\n2025-10-29,0.0102\n")?.with_closes(&closes, 1);
/// assert_eq!(format!("{:.2}", events.values("NVDA")?[0].clone()?), "3.50");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Closes {
    assets: BTreeMap<String, Series>,
    /// The days on which any asset has a close: the trading days.
    days: Vec<NaiveDate>,
}

impl Closes {
    /// Reads closing prices: a long table with the columns `date`, `asset` (or `symbol`, `ticker`) and `close` (or `price`), or
    /// a wide one, `date` and a column for each asset. Empty cells are days without a close; columns of a wide table that hold
    /// no number at all are passed over.
    ///
    /// # Errors
    /// Where a line is malformed, a date or number cannot be read, a close is not above zero, or an asset has two closes on one
    /// day.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let close = |cell: Cell<'_>| match value(cell)? {
            Some(close) if close <= 0.0 => Err(cell.refused("a close above zero")),
            close => Ok(close),
        };
        let assets = series(text, &["close", "price"], close)?;
        let days: BTreeSet<NaiveDate> = assets.values().flat_map(BTreeMap::keys).copied().collect();
        Ok(Self { assets, days: days.into_iter().collect() })
    }

    /// The assets, in the order of their names.
    pub fn assets(&self) -> impl Iterator<Item = &str> {
        self.assets.keys().map(String::as_str)
    }

    /// How much an asset moves in a year, a fraction: the standard deviation of its daily log returns times the root of 252.
    /// `None` with fewer than 21 closes, or of an asset that is not here.
    #[must_use]
    pub fn volatility(&self, asset: &str) -> Option<f64> {
        let closes: Vec<f64> = self.assets.get(asset)?.values().copied().collect();
        let returns: Vec<f64> = closes.windows(2).map(|pair| (pair[1] / pair[0]).ln()).collect();
        if returns.len() < FEWEST_RETURNS {
            return None;
        }
        let n = float(returns.len());
        let mean = returns.iter().sum::<f64>() / n;
        let squares: f64 = returns.iter().map(|change| (change - mean).powi(2)).sum();
        Some((squares / (n - 1.0) * StudyWindow::DAYS_A_YEAR).sqrt())
    }

    /// The days before and at the end of the window of an event: from the last close before it to the close so many trading
    /// days later. Where quotes give the surprise, the first trading day is theirs.
    fn window(
        &self,
        date: NaiveDate,
        quoted: Option<(NaiveDate, NaiveDate)>,
        trading_days: u16,
    ) -> Result<(NaiveDate, NaiveDate), NoValue> {
        let more = usize::from(trading_days.max(1)) - 1;
        let near = |count: u64| Days::new(FARTHEST + 2 * count);
        let (before, first) = if let Some((before, after)) = quoted {
            (before, self.days.partition_point(|day| *day < after))
        } else {
            let first = self.days.partition_point(|day| *day < date);
            let before = first.checked_sub(1).and_then(|before| self.days.get(before)).copied();
            let oldest = date.checked_sub_days(near(0));
            let before = before.filter(|day| oldest.is_some_and(|oldest| oldest <= *day));
            (before.ok_or(NoValue::NothingBefore)?, first)
        };
        let end = self.days.get(first + more).copied();
        let latest = date.checked_add_days(near(u64::from(trading_days)));
        let end = end.filter(|day| latest.is_some_and(|latest| *day <= latest)).ok_or(NoValue::NothingAfter)?;
        Ok((before, end))
    }
}

/// Returns of assets, in percent, as they are given.
///
/// ```
/// use fedpath::event_study::{EventTable, NoValue, Returns};
/// let returns = Returns::parse("date,asset,return_percent\n2025-10-29,nvda,3.5\n")?;
/// let events = EventTable::parse("date,mp2\n2025-10-29,0.0102\n2025-12-10,-0.01\n")?.with_returns(&returns);
/// assert_eq!(events.values("nvda")?[0], Ok(3.5));
/// assert_eq!(events.values("nvda")?[1], Err(NoValue::NoRow));
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Returns(BTreeMap<String, Series>);

impl Returns {
    /// Reads returns: a long table with the columns `date`, `asset` (or `symbol`, `ticker`) and `return_percent`, or a wide
    /// one, `date` and a column for each asset.
    ///
    /// # Errors
    /// As [`Closes::parse`].
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        series(text, &["return_percent"], value).map(Self)
    }

    /// The assets, in the order of their names.
    pub fn assets(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl EventTable {
    /// With a column for each asset: its return in percent from the last close before the event to the close of the event's
    /// own day, or of the first trading day after it, and so many trading days in all. Where quotes give the surprise, closes
    /// of the same days are taken. Two events within one window are left out, both: one return cannot tell them apart.
    #[must_use]
    pub fn with_closes(self, closes: &Closes, trading_days: u16) -> Self {
        let windows: Vec<Result<(NaiveDate, NaiveDate), NoValue>> =
            self.events().iter().map(|event| closes.window(event.when.date, event.quoted, trading_days)).collect();
        let meets = |index: usize, other: usize| match (windows.get(index), windows.get(other)) {
            (Some(Ok(own)), Some(Ok(other))) => own.0 < other.1 && other.0 < own.1,
            _ => false,
        };
        // The windows are of one length, and the events in order: the neighbours decide.
        let shares = |index: usize| {
            let neighbours = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
            let other = neighbours.into_iter().find(|other| meets(index, *other))?;
            Some(self.events().get(other)?.when.date)
        };
        let columns: Vec<(String, Values)> = closes
            .assets
            .iter()
            .map(|(asset, series)| {
                let of = |(index, window): (usize, &Result<(NaiveDate, NaiveDate), NoValue>)| {
                    let (before, end) = window.clone()?;
                    if let Some(other) = shares(index) {
                        return Err(NoValue::SharesWindow(other));
                    }
                    let close = |day: NaiveDate| series.get(&day).copied().ok_or(NoValue::NoClose(day));
                    Ok(100.0 * (close(end)? / close(before)? - 1.0))
                };
                (asset.clone(), windows.iter().enumerate().map(of).collect())
            })
            .collect();
        let table = self.with_window(StudyWindow::Days(trading_days.max(1)));
        columns.into_iter().fold(table, |table, (asset, values)| table.with_column(&asset, values))
    }

    /// With a column for each asset: its return of the event's day, as it is given.
    #[must_use]
    pub fn with_returns(self, returns: &Returns) -> Self {
        let columns: Vec<(String, Values)> = returns
            .0
            .iter()
            .map(|(asset, series)| {
                let days = self.events().iter().map(|event| event.when.date);
                (asset.clone(), days.map(|day| series.get(&day).copied().ok_or(NoValue::NoRow)).collect())
            })
            .collect();
        columns.into_iter().fold(self, |table, (asset, values)| table.with_column(&asset, values))
    }
}

/// The values of every asset of a long or wide table.
fn series(
    text: &str,
    value_names: &[&str],
    read: impl Fn(Cell<'_>) -> Result<Option<f64>, Problem>,
) -> Result<BTreeMap<String, Series>, ReadError> {
    let table = Table::parse(text)?;
    let date = table.required("date")?;
    let one_of = |names: &[&str]| names.iter().find_map(|name| table.column(name));
    let mut assets: BTreeMap<String, Series> = BTreeMap::new();
    let mut add = |asset: &str, day: NaiveDate, cell: Cell<'_>| -> Result<(), Problem> {
        let Some(value) = read(cell)? else { return Ok(()) };
        let series = match assets.get_mut(asset) {
            Some(series) => series,
            None => assets.entry(asset.to_owned()).or_default(),
        };
        match series.insert(day, value) {
            None => Ok(()),
            Some(_) => Err(cell.refused(&format!("each asset once a day ({asset} on {day} again)"))),
        }
    };
    let long = one_of(&["asset", "symbol", "ticker"]).zip(one_of(value_names));
    if let Some((asset, value)) = long {
        table.read_rows(|row| Ok(add(row.cell(asset).text, row.cell(date).day()?, row.cell(value))?))?;
    } else {
        let mut columns: Vec<usize> = (0..table.columns().len()).filter(|column| *column != date).collect();
        let mut numbers: BTreeSet<usize> = BTreeSet::new();
        table.read_rows(|row| {
            numbers.extend(columns.iter().filter(|column| matches!(read(row.cell(**column)), Ok(Some(_)))));
            Ok(())
        })?;
        columns.retain(|column| numbers.contains(column));
        table.read_rows(|row| {
            let day = row.cell(date).day()?;
            columns.iter().try_for_each(|column| Ok(add(table.columns()[*column].text, day, row.cell(*column))?))
        })?;
    }
    if assets.is_empty() {
        let expected = format!("columns date, asset and {}, or date and a column for each asset", value_names[0]);
        return Err(Problem::expected(&expected, "no numbers").into());
    }
    Ok(assets)
}
