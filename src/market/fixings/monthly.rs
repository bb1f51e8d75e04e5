//! [`MonthlyRates`]: the average effective federal funds rate of past months.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use rust_decimal::Decimal;

use crate::embedded;
use crate::market::contract::ContractMonth;
use crate::text::problem::ReadError;
use crate::text::table::Table;
use crate::units::Rate;

/// The average effective federal funds rate of past months over all calendar days, rounded to 0.001 as the final settlement
/// of their contracts is.
///
/// ```
/// let rates = fedpath::MonthlyRates::embedded();
/// // The contract of November 2025 last settled at 96.1225, and finally at 100 less this.
/// assert_eq!(rates.of("2025-11".parse()?).unwrap().to_string(), "3.876%");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MonthlyRates {
    rates: BTreeMap<ContractMonth, Rate>,
}

/// How many basis points a month's last settlement lay from its realised average at most, and in which years: months without a
/// meeting, 1994 to 2023.
pub(crate) fn farthest_settlement(month: ContractMonth) -> (Decimal, &'static str) {
    if month.year() < 2009 { (Decimal::new(39, 1), "in 1994-2008") } else { (Decimal::new(4, 1), "since 2009") }
}

/// Averages at hand, the last of a month.
impl FromIterator<(ContractMonth, Rate)> for MonthlyRates {
    fn from_iter<I: IntoIterator<Item = (ContractMonth, Rate)>>(rates: I) -> Self {
        Self { rates: rates.into_iter().collect() }
    }
}

impl MonthlyRates {
    /// The embedded averages, 1994 to August 2026.
    #[must_use]
    pub fn embedded() -> Arc<Self> {
        static EMBEDDED: LazyLock<Arc<MonthlyRates>> =
            LazyLock::new(|| Arc::new(embedded::read(MonthlyRates::parse(embedded::EFFR_MONTHLY))));
        Arc::clone(&EMBEDDED)
    }

    /// Reads a table with the columns `month` (`2025-11`) and `effr_percent`.
    ///
    /// # Errors
    /// Where a line is malformed or a cell cannot be read; with line and column.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let table = Table::parse(text)?;
        let (month, rate) = (table.required("month")?, table.required("effr_percent")?);
        let rows = table.read_rows(|row| {
            let (month, rate) = (row.cell(month), row.cell(rate));
            let contract = month.text.parse().map_err(|_| month.refused("a month such as 2025-11"))?;
            Ok((contract, rate.text.parse().map_err(|_| rate.refused("a rate in percent such as 3.876"))?))
        })?;
        Ok(rows.into_iter().collect())
    }

    /// The average of a month; `None` where the table does not have it.
    #[must_use]
    pub fn of(&self, month: ContractMonth) -> Option<Rate> {
        self.rates.get(&month).cloned()
    }

    /// The averages in the order of their months.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ContractMonth, &Rate)> {
        self.rates.iter().map(|(month, rate)| (*month, rate))
    }

    /// The first and the last month of the table; `None` of an empty one.
    #[must_use]
    pub fn span(&self) -> Option<(ContractMonth, ContractMonth)> {
        Some((*self.rates.first_key_value()?.0, *self.rates.last_key_value()?.0))
    }
}
