//! Rows in order cut into moments, each with what is known of the month before.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use fedpath::ContractMonth;
use fedpath::history::LastSettlements;

use crate::cells::{Month, date_of, month_number};
use crate::rows::Row;

/// The rows of one moment of a day, from `start` to `end`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) at: i64,
    pub(crate) day: NaiveDate,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The last settlement of the month before, whose contract has expired, where it stands before the moment's own price.
    pub(crate) settled: Option<i32>,
}

/// Cuts rows into moments, and carries each month's last settlement over its end, as a history of the engine does.
pub(crate) struct Cutter {
    settled: LastSettlements<i32>,
    /// The last settlements that a caller gives, which stand before all others.
    given: BTreeMap<ContractMonth, i32>,
    /// The last day, looked at once.
    day: Option<Day>,
}

#[derive(Clone, Copy)]
struct Day {
    number: i32,
    date: NaiveDate,
    month: ContractMonth,
    may_be_last: bool,
}

impl Cutter {
    /// Starts from what callers give, and from what is known of other rows: days and prices.
    pub(crate) fn new(given: BTreeMap<ContractMonth, i32>, known: impl IntoIterator<Item = (NaiveDate, i32)>) -> Self {
        let mut settled = LastSettlements::default();
        known.into_iter().for_each(|(day, units)| settled.seed(day, units));
        Self { settled, given, day: None }
    }

    fn look(&mut self, number: i32) -> Option<Day> {
        if let Some(day) = self.day.filter(|day| day.number == number) {
            return Some(day);
        }
        let date = date_of(number)?;
        let may_be_last = LastSettlements::<i32>::may_be_last(date);
        self.day = Some(Day { number, date, month: ContractMonth::of(date), may_be_last });
        self.day
    }

    /// Adds the moments of rows, but for the last one, which more rows may belong to, unless these are `all`. Gives the number of
    /// rows that are cut.
    pub(crate) fn cut(&mut self, rows: &[Row], all: bool, moments: &mut Vec<Moment>) -> usize {
        let mut start = 0;
        while let Some(first) = rows.get(start) {
            let of_moment = rows[start..].iter().take_while(|row| (row.at, row.day) == (first.at, first.day));
            let end = start + of_moment.count();
            if end == rows.len() && !all {
                break;
            }
            if let Some(day) = self.look(first.day) {
                let own = |month: ContractMonth| {
                    let number: Month = month_number(month);
                    rows[start..end].iter().rev().find(|row| row.month == number).map(|row| row.units)
                };
                if let Some(units) = own(day.month).filter(|_| day.may_be_last) {
                    self.settled.add(day.date, units);
                }
                let before = day.month.previous();
                let known = || self.settled.of(before, own(before).is_some());
                let settled = self.given.get(&before).copied().or_else(known);
                moments.push(Moment { at: first.at, day: day.date, start, end, settled });
            }
            start = end;
        }
        start
    }

    /// The last settlements of all months, for those who have other rows.
    pub(crate) fn settled(&self) -> Vec<(NaiveDate, i32)> {
        self.settled.settled().collect()
    }
}
