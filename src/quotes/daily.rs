//! [`DailyQuotes`]: quotes of many days, asked for day by day.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{QuoteTable, Snapshot};
use crate::text::problem::ReadError;

/// Quotes of many days, wherever they are kept: in memory as a [`QuoteTable`], or in a long file as a
/// [`QuoteIndex`](super::QuoteIndex).
pub trait DailyQuotes: fmt::Debug + Sync {
    /// The days that have quotes, in order.
    fn days(&self) -> Vec<NaiveDate>;

    /// Whether there are quotes of a day.
    fn has(&self, day: NaiveDate) -> bool;

    /// The quotes of one day in the order of the contract months; `None` where there are none.
    ///
    /// # Errors
    /// Where they have to be read and cannot.
    fn snapshot(&self, day: NaiveDate) -> Result<Option<Snapshot>, ReadError>;
}

impl DailyQuotes for QuoteTable {
    fn days(&self) -> Vec<NaiveDate> {
        self.days().collect()
    }

    fn has(&self, day: NaiveDate) -> bool {
        self.has(day)
    }

    fn snapshot(&self, day: NaiveDate) -> Result<Option<Snapshot>, ReadError> {
        Ok(self.snapshot(day))
    }
}

/// Quotes of many days of several products: those of fed funds futures, which say what the days are, and of others beside them.
///
/// ```
/// use fedpath::{Product, QuoteFile, QuoteTable, ReadOptions};
/// use fedpath::files::{DailyQuotes, ProductQuotes};
/// let text = "date,contract,settle\n2024-05-10,ZQK24,94.67\n2024-05-10,SR3M24,94.695\n";
/// let table = |product| {
///     let mut options = ReadOptions::default();
///     (options.product, options.several_products) = (product, true);
///     let mut table = QuoteTable::default();
///     table.add("long", QuoteFile::parse(text, &options)?)?;
///     Ok::<_, fedpath::ReadError>(table)
/// };
/// let quotes = ProductQuotes::new(table(Product::FedFunds)?).with(table(Product::ThreeMonthSofr)?);
/// let day = quotes.snapshot(quotes.days()[0])?.unwrap();
/// assert_eq!((day.quotes().len(), day.beside()[0].quotes().len()), (1, 1));
/// # Ok::<(), fedpath::ReadError>(())
/// ```
#[derive(Debug)]
pub struct ProductQuotes {
    main: Box<dyn DailyQuotes + Send>,
    beside: Vec<Box<dyn DailyQuotes + Send>>,
}

impl ProductQuotes {
    /// The quotes of the product that says what the days are.
    #[must_use]
    pub fn new(main: impl DailyQuotes + Send + 'static) -> Self {
        Self { main: Box::new(main), beside: Vec::new() }
    }

    /// With the quotes of another product, of the days that they have.
    #[must_use]
    pub fn with(mut self, beside: impl DailyQuotes + Send + 'static) -> Self {
        self.beside.push(Box::new(beside));
        self
    }
}

impl DailyQuotes for ProductQuotes {
    fn days(&self) -> Vec<NaiveDate> {
        self.main.days()
    }

    fn has(&self, day: NaiveDate) -> bool {
        self.main.has(day)
    }

    fn snapshot(&self, day: NaiveDate) -> Result<Option<Snapshot>, ReadError> {
        let Some(mut snapshot) = self.main.snapshot(day)? else { return Ok(None) };
        for quotes in &self.beside {
            if let Some(other) = quotes.snapshot(day)? {
                snapshot = snapshot.with_product(other);
            }
        }
        Ok(Some(snapshot))
    }
}

/// Whatever points at quotes of many days is such quotes.
macro_rules! pointer {
    ($($pointer:ty $(, $send:ident)?);+) => {$(
        impl<T: DailyQuotes + ?Sized $(+ $send)?> DailyQuotes for $pointer {
            fn days(&self) -> Vec<NaiveDate> {
                (**self).days()
            }

            fn has(&self, day: NaiveDate) -> bool {
                (**self).has(day)
            }

            fn snapshot(&self, day: NaiveDate) -> Result<Option<Snapshot>, ReadError> {
                (**self).snapshot(day)
            }
        }
    )+};
}

pointer!(&T; Box<T>; Arc<T>, Send);
