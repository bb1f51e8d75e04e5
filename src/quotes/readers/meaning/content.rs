//! [`Content`]: what stands below the name of a column.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use crate::market::contract::{ContractError, read_label};
use crate::quotes::ReadOptions;
use crate::text::cell::{Cell, is_missing};
use crate::text::day::{serial, spelled};

/// What stands in a column.
#[derive(Default)]
pub(super) struct Content {
    pub(super) filled: usize,
    pub(super) days: Vec<NaiveDate>,
    pub(super) serials: usize,
    pub(super) clocks: usize,
    pub(super) labels: usize,
    pub(super) symbols: usize,
}

impl Content {
    pub(super) fn all_days(&self) -> bool {
        self.filled > 0 && self.days.len() == self.filled
    }
}

/// What stands below a name: the same text says the same in every row.
pub(super) fn content<'c>(cells: impl Iterator<Item = Cell<'c>>, options: &ReadOptions) -> Content {
    let (mut content, mut known) = (Content::default(), HashMap::new());
    for cell in cells.filter(|cell| !is_missing(cell.text)) {
        content.filled += 1;
        match *known.entry(cell.text).or_insert_with(|| Said::by(cell.text, options)) {
            Said::Day(day) => content.days.extend(day),
            Said::Serial => content.serials += 1,
            Said::Clock => content.clocks += 1,
            Said::Label { symbol } => {
                content.labels += 1;
                content.symbols += usize::from(symbol);
            }
            Said::Nothing => {}
        }
    }
    content
}

/// What a cell says by itself.
#[derive(Clone, Copy)]
enum Said {
    /// A day, unless it lies beyond the years in which futures trade.
    Day(Option<NaiveDate>),
    /// A day as a spreadsheet counts it.
    Serial,
    Clock,
    /// A label of a contract, which may name a product.
    Label {
        symbol: bool,
    },
    Nothing,
}

impl Said {
    fn by(text: &str, options: &ReadOptions) -> Self {
        if let Some(found) = spelled(text) {
            let day = found.day(None).or(found.both().map(|[day, _]| day));
            // A count is no moment of the years in which futures traded.
            return Self::Day(day.filter(|day| (1988..2060).contains(&day.year())));
        }
        if serial(text).is_some() {
            return Self::Serial;
        }
        if text.contains(':') && text.starts_with(|c: char| c.is_ascii_digit()) {
            return Self::Clock;
        }
        if text.parse::<f64>().is_ok() && text.len() != 6 {
            return Self::Nothing;
        }
        match read_label(text, None, options.product) {
            Ok(found) => Self::Label { symbol: found.product.is_some() },
            Err(ContractError::Unknown(_) | ContractError::SpreadsheetDate(_)) => Self::Nothing,
            Err(_) => Self::Label { symbol: true },
        }
    }
}
