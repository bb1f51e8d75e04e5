//! Quote files, and what they mean: a [`Snapshot`] of fed funds futures on one day.
//!
//! Each format is one file of this folder with one function, text in and [`Snapshot`] out; [`Format`] names them
//! and is recognised from the content alone. A reader reads: it keeps what the file says, checks what the file
//! itself promises (totals, changes) and computes nothing else.

mod detect;
mod format;
mod plain;
mod stl;

pub use format::Format;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::contract::ContractMonth;
use crate::notice::Notice;
use crate::problem::{Position, Problem, ProblemKind, ReadError};
use crate::units::{Price, PriceChange};
use detect::Opening;

/// Whether a session figure was a quote instead of a trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Mark {
    /// A bid above the highest trade, or the last quote; printed `B`.
    Bid,
    /// An ask below the lowest trade, or the last quote; printed `A`.
    Ask,
}

/// A price of the session, with its mark where it was no trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SessionPrice {
    /// The price.
    pub price: Price,
    /// Bid or ask; `None` for a trade.
    pub mark: Option<Mark>,
}

/// What a file says of one contract. Whatever it does not say is `None`, never zero.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Quote {
    /// The first price of the session.
    pub open: Option<SessionPrice>,
    /// The highest price of the session.
    pub high: Option<SessionPrice>,
    /// The lowest price of the session.
    pub low: Option<SessionPrice>,
    /// The last price of the session.
    pub last: Option<SessionPrice>,
    /// The settlement price.
    pub settle: Option<Price>,
    /// The settlement price less the one before, as printed.
    pub change: Option<PriceChange>,
    /// The best bid.
    pub bid: Option<Price>,
    /// The best ask.
    pub ask: Option<Price>,
    /// The contracts traded on the day.
    pub volume: Option<u64>,
    /// The settlement price of the day before.
    pub prior_settle: Option<Price>,
    /// The contracts traded on the day before.
    pub prior_volume: Option<u64>,
    /// The open interest; in a settlement report that of the day before.
    pub open_interest: Option<u64>,
}

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
    format: Format,
    trade_date: Option<NaiveDate>,
    quotes: BTreeMap<ContractMonth, Quote>,
    notices: Vec<Notice>,
}

impl Snapshot {
    /// Reads the text of a quote file in any known [`Format`].
    ///
    /// # Errors
    /// Where the text is empty, of no known format, without fed funds futures, cut short, or malformed in any
    /// line; all problems at once, with line and column.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        Self::parse_as_of(text, None)
    }

    /// Reads a quote file that may not state its own date: `as_of` then is its trade date, against which
    /// one-digit contract years are resolved. A date in the file stands before `as_of`.
    ///
    /// # Errors
    /// As [`Snapshot::parse`].
    pub fn parse_as_of(text: &str, as_of: Option<NaiveDate>) -> Result<Self, ReadError> {
        let opening = Opening::of(text)?;
        let reader = READERS.iter().find(|reader| (reader.recognises)(&opening)).ok_or_else(|| opening.unknown())?;
        (reader.read)(text, as_of)
    }

    /// Reads the bytes of a quote file, as [`Snapshot::parse_as_of`] reads its text.
    ///
    /// # Errors
    /// As [`Snapshot::parse`], and where the bytes are not UTF-8 text.
    pub fn from_bytes(bytes: &[u8], as_of: Option<NaiveDate>) -> Result<Self, ReadError> {
        Self::parse_as_of(detect::text(bytes)?, as_of)
    }

    /// The format the file was recognised as.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
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

/// One kind of file: how it is recognised, and how it is read.
struct Reader {
    recognises: fn(&Opening<'_>) -> bool,
    read: fn(&str, Option<NaiveDate>) -> Result<Snapshot, ReadError>,
}

/// The readers in the order in which a file is offered to them.
const READERS: [Reader; 2] = [
    Reader { recognises: stl::recognises, read: |text, _| stl::read(text) },
    Reader { recognises: plain::recognises, read: plain::read },
];

/// The quotes of a file while it is read: a contract may come once.
#[derive(Default)]
struct QuoteBook {
    quotes: BTreeMap<ContractMonth, (Quote, Position)>,
}

impl QuoteBook {
    /// Takes a quote, or says where the contract stood before.
    fn insert(&mut self, month: ContractMonth, quote: Quote, position: Position) -> Result<(), Problem> {
        if let Some((_, first)) = self.quotes.get(&month) {
            let message =
                format!("expected each contract once, found {} again (first on line {})", month.symbol(), first.line);
            return Err(Problem::new(ProblemKind::Inconsistent, message).at(position));
        }
        self.quotes.insert(month, (quote, position));
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.quotes.is_empty()
    }

    fn last_contract(&self) -> Option<ContractMonth> {
        self.quotes.last_key_value().map(|(month, _)| *month)
    }

    /// Whether any volume or open interest was counted.
    fn has_counts(&self) -> bool {
        let counts = |quote: &Quote| [quote.volume, quote.prior_volume, quote.open_interest];
        self.quotes.values().flat_map(|(quote, _)| counts(quote)).flatten().any(|count| count > 0)
    }

    /// The sum of a count over all quotes; a blank counts nothing.
    fn sum(&self, count: impl Fn(&Quote) -> Option<u64>) -> u64 {
        self.quotes.values().filter_map(|(quote, _)| count(quote)).fold(0, u64::saturating_add)
    }

    fn into_quotes(self) -> BTreeMap<ContractMonth, Quote> {
        self.quotes.into_iter().map(|(month, (quote, _))| (month, quote)).collect()
    }
}
