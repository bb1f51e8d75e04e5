//! [`LastSettlements`]: what an expired contract was settled at, as earlier days tell it.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::market::calendar::{is_weekend, next_business_day};
use crate::market::contract::ContractMonth;
use crate::market::period::Period;
use crate::units::Price;

/// A last settlement of a month is one of its last seven days: an earlier one is a gap in the quotes.
const LAST_DAYS: u32 = 7;

/// The last settlement of each month's contract in the month itself, carried from day to day: the anchor of the days after it.
///
/// Days come in order. Where they come in parts, on several machines say, what other parts know can be given before
/// ([`LastSettlements::seed`]), and what is known at the end can be taken ([`LastSettlements::settled`]). A price is a [`Price`], or whatever else
/// stands for one.
///
/// ```
/// use fedpath::history::LastSettlements;
/// let mut settled = LastSettlements::default();
/// settled.add("2025-11-26".parse()?, 9_612_000);
/// settled.add("2025-11-28".parse()?, 9_612_250);
/// assert_eq!(settled.of("2025-11".parse()?, false), Some(9_612_250));
/// // The 12th is none of the last days.
/// settled.add("2025-12-12".parse()?, 9_618_000);
/// assert_eq!(settled.of("2025-12".parse()?, false), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct LastSettlements<P = Price>(BTreeMap<ContractMonth, (NaiveDate, P)>);

impl<P> Default for LastSettlements<P> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<P: Copy> LastSettlements<P> {
    /// Whether the settlement of a day may be the last of its month.
    #[must_use]
    pub fn may_be_last(date: NaiveDate) -> bool {
        date.day() + LAST_DAYS > Period::month(ContractMonth::of(date)).days() && !is_weekend(date)
    }

    /// Takes the price that a day has of the contract of its own month. A day before the one that is known changes nothing.
    pub fn add(&mut self, date: NaiveDate, price: P) {
        if Self::may_be_last(date) {
            self.seed(date, price);
        }
    }

    /// As [`LastSettlements::add`], of what [`LastSettlements::settled`] gave elsewhere.
    pub fn seed(&mut self, date: NaiveDate, price: P) {
        let month = ContractMonth::of(date);
        if self.0.get(&month).is_none_or(|(known, _)| *known <= date) {
            self.0.insert(month, (date, price));
        }
    }

    /// The last settlement of a month's contract. Where a day after the month has a price of it too, as `quoted` says, that is the
    /// final settlement, which the daily one of the month's last business day stands before, and none of an earlier day.
    #[must_use]
    pub fn of(&self, month: ContractMonth, quoted: bool) -> Option<P> {
        let (date, price) = self.0.get(&month)?;
        let is_last = || next_business_day(*date) > month.next().first_day().pred_opt().unwrap_or(*date);
        (!quoted || is_last()).then_some(*price)
    }

    /// What is known: days and prices, a month each, in order.
    pub fn settled(&self) -> impl Iterator<Item = (NaiveDate, P)> + '_ {
        self.0.values().copied()
    }
}
