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
