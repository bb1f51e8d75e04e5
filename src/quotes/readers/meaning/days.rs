//! [`DayColumn`]: how a column writes its days, and the days of a contract's own.

use chrono::{Datelike, NaiveDate};

use crate::market::calendar::is_business_day;
use crate::market::contract::ContractMonth;
use crate::text::cell::{Cell, iso_day};
use crate::text::day::{DayOrder, serial, spelled};
use crate::text::problem::{Problem, ProblemKind};

/// How a column writes its days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct DayColumn {
    pub(super) order: Option<DayOrder>,
    /// Whether the days are counted as a spreadsheet counts them.
    pub(super) serial: bool,
}

impl DayColumn {
    /// The day in a cell.
    pub(super) fn read(self, cell: Cell<'_>) -> Result<NaiveDate, Problem> {
        if let Some(day) = iso_day(cell.text.as_bytes()) {
            return Ok(day);
        }
        if self.serial
            && let Some(day) = serial(cell.text)
        {
            return Ok(day);
        }
        let refused = || {
            let expected = match self.order {
                Some(DayOrder::MonthFirst) => "a date such as 11/21/2025, the month first",
                Some(DayOrder::DayFirst) => "a date such as 21/11/2025, the day first",
                None => "a date such as 2025-11-21, 11/21/2025 or 20251121",
            };
            cell.refused(expected)
        };
        let found = spelled(cell.text).ok_or_else(refused)?;
        if found.order.is_some() && self.order.is_some() && found.order != self.order && !cell.text.contains('.') {
            return Err(refused());
        }
        found.day(self.order).ok_or_else(|| ambiguous(cell))
    }
}

/// What to say of a day that can be two.
fn ambiguous(cell: Cell<'_>) -> Problem {
    let [month_first, day_first] = spelled(cell.text).and_then(crate::text::day::Spelled::both).unwrap_or_default();
    let message = format!(
        "expected a date that can be one day alone, found '{}', {month_first} or {day_first}, and no row of the file decides: \
         write the year first",
        crate::text::escaped(cell.text)
    );
    Problem::new(ProblemKind::TwoDays, message).at(cell.position)
}

/// How the days of a contract's own name its month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    /// They lie in the contract month: a day of delivery, the last day of trading.
    Within,
    /// They are the first business day after it, when the exchange settles finally.
    After,
}

impl Own {
    /// What days of contracts are. `None` where they can be both.
    pub(super) fn of(name: &str, days: &[NaiveDate]) -> Option<Self> {
        let first = |day: &NaiveDate| day.day() == 1;
        let settled = |day: &NaiveDate| is_business_day(*day) && !earlier_business_day(*day);
        let days = || days.iter();
        match (days().all(settled), days().all(first)) {
            (true, false) => Some(Self::After),
            // A few firsts of months that are all business days.
            (true, true) if super::role::key(name).contains("matur") => None,
            _ => Some(Self::Within),
        }
    }

    /// The contract month of a day.
    pub(super) fn month(self, day: NaiveDate) -> ContractMonth {
        let month = ContractMonth::of(day);
        if self == Self::After { month.previous() } else { month }
    }
}

/// Whether a business day of the same month lies before a day.
fn earlier_business_day(day: NaiveDate) -> bool {
    (1..day.day()).any(|before| day.with_day(before).is_some_and(is_business_day))
}
