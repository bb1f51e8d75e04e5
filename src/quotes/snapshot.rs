//! [`Snapshot`]: the quotes of one day.

use chrono::NaiveDate;

use super::by_month::ByMonth;
use super::quote::Entry;
use super::{Format, Quote};
use crate::market::contract::{ContractMonth, Product};
use crate::notice::Notice;

/// The fed funds futures of one file: one day's quotes by contract month.
///
/// ```
/// use fedpath::Snapshot;
/// let snapshot = Snapshot::parse("# as_of: 2025-11-21\ncontract,price\nZQX5,96.1200\nZQZ5,96.1800\n")?;
/// assert_eq!(snapshot.trade_date().unwrap().to_string(), "2025-11-21");
/// let (month, quote) = snapshot.quotes().next().unwrap();
/// assert_eq!(month.to_string(), "2025-11");
/// assert_eq!(quote.settle.unwrap().to_string(), "96.1200");
/// # Ok::<(), fedpath::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    pub(super) format: Format,
    pub(super) product: Product,
    pub(super) trade_date: Option<NaiveDate>,
    pub(super) quotes: ByMonth<Quote>,
    pub(super) notices: Vec<Notice>,
}

impl Snapshot {
    /// One day of a long table.
    pub(super) fn long(product: Product, day: NaiveDate, quotes: ByMonth<Entry>) -> Self {
        let quotes = quotes.map(|entry| entry.quote);
        Self { format: Format::Long, product, trade_date: Some(day), quotes, notices: Vec::new() }
    }

    /// The format the file was recognised as.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// The product whose quotes these are.
    #[must_use]
    pub fn product(&self) -> Product {
        self.product
    }

    /// The day the quotes are of, where the file or the caller says.
    #[must_use]
    pub fn trade_date(&self) -> Option<NaiveDate> {
        self.trade_date
    }

    /// The quotes in the order of the contract months; at least one.
    #[must_use]
    pub fn quotes(&self) -> impl ExactSizeIterator<Item = (ContractMonth, &Quote)> {
        self.quotes.iter()
    }

    /// The quote of one contract.
    #[must_use]
    pub fn quote(&self, month: ContractMonth) -> Option<&Quote> {
        self.quotes.get(month)
    }

    /// What the reader noticed without stopping.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }
}
