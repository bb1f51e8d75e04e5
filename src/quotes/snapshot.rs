//! [`Snapshot`]: the quotes of one day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Format, Quote, QuoteFile, ReadOptions, unpack};
use crate::contract::{ContractMonth, Product};
use crate::notice::Notice;
use crate::problem::ReadError;

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
    pub(super) quotes: BTreeMap<ContractMonth, Quote>,
    pub(super) notices: Vec<Notice>,
}

impl Snapshot {
    /// Reads the text of a quote file of one day, in any known [`Format`].
    ///
    /// # Errors
    /// Where the text is empty, of no known format, without fed funds futures, cut short, malformed in any line (all
    /// problems at once, with line and column), or of several days: choose one with [`Snapshot::parse_as_of`].
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        Self::parse_as_of(text, None)
    }

    /// Reads a quote file that may not state its own date: `as_of` then is its trade date, against which
    /// one-digit contract years are resolved. A date in the file stands before `as_of`; of a file of several days
    /// `as_of` chooses one.
    ///
    /// # Errors
    /// As [`Snapshot::parse`].
    pub fn parse_as_of(text: &str, as_of: Option<NaiveDate>) -> Result<Self, ReadError> {
        let options = ReadOptions { as_of, ..ReadOptions::default() };
        QuoteFile::parse(text, &options)?.snapshot(as_of)
    }

    /// Reads the bytes of a quote file, as [`Snapshot::parse_as_of`] reads its text; packed or not, see [`unpack`].
    ///
    /// # Errors
    /// As [`Snapshot::parse`] and [`unpack`].
    pub fn from_bytes(bytes: &[u8], as_of: Option<NaiveDate>) -> Result<Self, ReadError> {
        Self::parse_as_of(&unpack(bytes)?, as_of)
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
        self.quotes.iter().map(|(month, quote)| (*month, quote))
    }

    /// The quote of one contract.
    #[must_use]
    pub fn quote(&self, month: ContractMonth) -> Option<&Quote> {
        self.quotes.get(&month)
    }

    /// What the reader noticed without stopping.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }
}
