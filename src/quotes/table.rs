//! [`QuoteTable`]: the quotes of several files as one.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::by_month::ByMonth;
use super::quote::HeldQuote;
use super::{Format, Quote, QuoteFile, Snapshot, integrity};
use crate::market::contract::ContractMonth;
use crate::market::product::Product;
use crate::notice::Notice;
use crate::text::problem::{Problem, ProblemKind, ReadError};

/// The quotes of any number of files in one table, by day and contract: what `fedpath convert` writes.
///
/// ```
/// use fedpath::{QuoteFile, QuoteTable, ReadOptions};
/// let mut table = QuoteTable::default();
/// for (name, text) in [
///     ("thursday", "# as_of: 2025-11-20\ncontract,price\nZQZ5,96.19\n"),
///     ("friday", "# as_of: 2025-11-21\ncontract,price\nZQZ5,96.18\n"),
/// ] {
///     table.add(name, QuoteFile::parse(text, &ReadOptions::default())?)?;
/// }
/// assert_eq!(table.rows().len(), 2);
/// # Ok::<(), fedpath::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuoteTable {
    product: Product,
    /// Each quote, and the file it is from by its place among the names.
    rows: BTreeMap<(NaiveDate, ContractMonth), (HeldQuote, Option<u32>)>,
    names: Vec<String>,
}

impl QuoteTable {
    /// A table of no quotes yet, of a product; [`QuoteTable::default`] is of fed funds futures.
    #[must_use]
    pub fn of_product(product: Product) -> Self {
        Self { product, ..Self::default() }
    }

    /// Adds the quotes of a file, known by a name. What several files say of one contract and day is one quote: one file may
    /// say what another does not.
    ///
    /// # Errors
    /// Where quotes are of an unknown day, of another product than those before, or contradict another file's of the same
    /// day and contract.
    pub fn add(&mut self, name: &str, file: QuoteFile) -> Result<(), ReadError> {
        if self.names.is_empty() {
            self.product = file.product();
        }
        if self.product != file.product() {
            let message = format!("expected {}, found {}", self.product, file.product());
            return Err(Problem::new(ProblemKind::NoFedFunds, message).into());
        }
        if file.meeting_rates().is_some() {
            let message =
                "expected quotes of contracts, found rates dated by meeting: they are priced one day at a time";
            return Err(Problem::new(ProblemKind::NoQuotes, message).into());
        }
        let (mut problems, own) = (Vec::new(), u32::try_from(self.names.len()).unwrap_or(u32::MAX));
        for (day, contract, entry) in file.into_entries() {
            let Some(day) = day else {
                let message =
                    "expected the date of the quotes, found none: add a line '# as_of: YYYY-MM-DD' to the file";
                return Err(Problem::new(ProblemKind::NoDate, message).into());
            };
            let Some((quote, file)) = self.rows.get_mut(&(day, contract)) else {
                self.rows.insert((day, contract), (entry.quote, Some(own)));
                continue;
            };
            if let Err(figure) = quote.complete(&entry.quote) {
                let symbol = self.product.contract(contract).symbol();
                let other = crate::text::escaped(file.map_or("the table", |file| &self.names[file as usize]));
                let message = format!("expected {symbol} on {day} to agree with {other}: {figure}");
                problems.push(Problem::new(ProblemKind::Inconsistent, message).at(entry.position()));
            }
        }
        self.names.push(name.to_owned());
        ReadError::unless_none(problems)
    }

    /// Sets the quote of a contract on a day, checked as a file's are, in place of the one that is there. What a file would
    /// be warned of is returned.
    ///
    /// # Errors
    /// Where the quote has no price, or a price lies below 75 or above 105; the table then stands as before.
    ///
    /// ```
    /// use fedpath::{Price, Quote, QuoteTable};
    /// let (day, contract) = ("2025-11-21".parse()?, "2025-12".parse()?);
    /// let mut table = QuoteTable::default();
    /// assert!(table.insert(day, contract, Quote::settled(Price::try_from(96.18)?))?.is_empty());
    /// let notices = table.insert(day, contract, Quote::settled(Price::try_from(96.181)?))?;
    /// assert_eq!(notices[0].to_string(), "ZQZ25 at 96.181 is off the tick grid");
    /// assert!(table.insert(day, contract, Quote::settled(Price::try_from(3.88)?)).is_err());
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    pub fn insert(&mut self, day: NaiveDate, contract: ContractMonth, quote: Quote) -> Result<Vec<Notice>, ReadError> {
        let mut notices = integrity::of_given(self.product, day, contract, &quote)?;
        notices.extend(integrity::of_days(std::iter::once(day)).map(|remark| remark.notice));
        self.rows.insert((day, contract), (quote.into(), None));
        Ok(notices)
    }

    /// The quote of a contract on a day.
    #[must_use]
    pub fn quote(&self, day: NaiveDate, contract: ContractMonth) -> Option<Quote> {
        self.rows.get(&(day, contract)).map(|(quote, _)| quote.quote())
    }

    /// The product of all quotes.
    #[must_use]
    pub fn product(&self) -> Product {
        self.product
    }

    /// The quotes in the order of days and contract months.
    #[must_use]
    pub fn rows(&self) -> impl ExactSizeIterator<Item = (NaiveDate, ContractMonth, Quote)> {
        self.held().map(|(day, contract, quote)| (day, contract, quote.quote()))
    }

    /// The same as they are held.
    pub(crate) fn held(&self) -> impl ExactSizeIterator<Item = (NaiveDate, ContractMonth, &HeldQuote)> {
        self.rows.iter().map(|((day, contract), (quote, _))| (*day, *contract, quote))
    }

    /// The days of the quotes, in order.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let mut days: Vec<NaiveDate> = self.rows.keys().map(|(day, _)| *day).collect();
        days.dedup();
        days.into_iter()
    }

    /// Whether there are quotes of a day.
    #[must_use]
    pub fn has(&self, day: NaiveDate) -> bool {
        self.of_day(day).next().is_some()
    }

    /// The quotes of one day, as a snapshot of the long table that they make; `None` where there are none.
    #[must_use]
    pub fn snapshot(&self, day: NaiveDate) -> Option<Snapshot> {
        let quotes: ByMonth<_> = self.of_day(day).map(|(contract, quote)| (contract, quote.clone())).collect();
        let (format, trade_date) = (Format::Long, Some(day));
        (!quotes.is_empty()).then(|| Snapshot {
            format,
            product: self.product,
            trade_date,
            quotes,
            notices: Vec::new(),
            meeting_rates: None,
            beside: Vec::new(),
        })
    }

    fn of_day(&self, day: NaiveDate) -> impl Iterator<Item = (ContractMonth, &HeldQuote)> {
        let first = (day, ContractMonth::of(NaiveDate::MIN));
        let rows = self.rows.range(first..).take_while(move |((other, _), _)| *other == day);
        rows.map(|((_, contract), (quote, _))| (*contract, quote))
    }
}
