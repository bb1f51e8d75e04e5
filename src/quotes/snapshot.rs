//! [`Snapshot`]: the quotes of one day.

use chrono::NaiveDate;

use super::by_month::ByMonth;
use super::quote::{Entry, HeldQuote};
use super::{Format, MeetingRates, Quote, integrity};
use crate::market::contract::ContractMonth;
use crate::market::product::Product;
use crate::notice::Notice;
use crate::text::problem::{Problem, ProblemKind, ReadError};

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
    pub(super) quotes: ByMonth<HeldQuote>,
    pub(super) notices: Vec<Notice>,
    /// Rates dated by meeting, in place of quotes.
    pub(super) meeting_rates: Option<MeetingRates>,
    /// The quotes of other products on the same day, each apart.
    pub(super) beside: Vec<Snapshot>,
}

impl Snapshot {
    /// Fed funds quotes at hand, such as those of a live feed, checked as a file's are. What a file would be warned of is
    /// noticed.
    ///
    /// # Errors
    /// Where there is no quote, a contract comes twice, a quote has no price, or a price lies below 75 or above 105; all
    /// problems at once.
    ///
    /// ```
    /// use fedpath::{PriceKind, Quote, Snapshot, Strip, StripOptions};
    /// let live = [("2025-12".parse()?, Quote::bid_ask("96.175".parse()?, "96.18".parse()?))];
    /// let snapshot = Snapshot::of_quotes("2025-11-21".parse()?, live)?;
    /// let strip = Strip::new(&snapshot, &StripOptions::default().with_price(PriceKind::Mid))?;
    /// assert_eq!(strip.price("2025-12".parse()?).unwrap(), "96.1775".parse()?);
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    pub fn of_quotes(
        day: NaiveDate,
        quotes: impl IntoIterator<Item = (ContractMonth, Quote)>,
    ) -> Result<Self, ReadError> {
        let product = Product::default();
        let (mut of_month, mut notices, mut problems) = (ByMonth::default(), Vec::new(), Vec::new());
        notices.extend(integrity::of_days(std::iter::once(day)).map(|remark| remark.notice));
        for (contract, quote) in quotes {
            match integrity::of_given(product, day, contract, &quote) {
                Ok(noticed) => notices.extend(noticed.into_iter().filter(|notice| !is_told_by_strip(notice))),
                Err(problem) => problems.push(problem),
            }
            if of_month.get(contract).is_some() {
                let message =
                    format!("expected one quote of {} on {day}, found two", product.contract(contract).symbol());
                problems.push(Problem::new(ProblemKind::Inconsistent, message));
            }
            of_month.insert(contract, quote.into());
        }
        if of_month.is_empty() {
            problems.push(Problem::new(ProblemKind::NoQuotes, "expected at least one quote, found none"));
        }
        ReadError::unless_none(problems)?;
        let (format, trade_date) = (Format::Given, Some(day));
        Ok(Self { format, product, trade_date, quotes: of_month, notices, meeting_rates: None, beside: Vec::new() })
    }

    /// One day of a long table.
    pub(super) fn long(product: Product, day: NaiveDate, quotes: ByMonth<Entry>) -> Self {
        let quotes = quotes.map(|entry| entry.quote);
        let (format, trade_date) = (Format::Long, Some(day));
        Self { format, product, trade_date, quotes, notices: Vec::new(), meeting_rates: None, beside: Vec::new() }
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

    /// The same with the quotes of another product beside: they stay apart, and a [`Strip`](crate::Strip) takes them so.
    #[must_use]
    pub fn with_product(mut self, other: Self) -> Self {
        self.beside.retain(|own| own.product != other.product);
        self.beside.push(other);
        self
    }

    /// The quotes of other products on the same day.
    #[must_use]
    pub fn beside(&self) -> &[Self] {
        &self.beside
    }

    /// The quotes in the order of the contract months; at least one.
    #[must_use]
    pub fn quotes(&self) -> impl ExactSizeIterator<Item = (ContractMonth, Quote)> {
        self.quotes.iter().map(|(month, quote)| (month, quote.quote()))
    }

    /// The quote of one contract.
    #[must_use]
    pub fn quote(&self, month: ContractMonth) -> Option<Quote> {
        self.quotes.get(month).map(HeldQuote::quote)
    }

    /// What the reader noticed without stopping.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }
}

/// Whether a [`Strip`](super::strip::Strip) says the same of the price that it takes.
fn is_told_by_strip(notice: &Notice) -> bool {
    matches!(notice, Notice::OffTickGrid { .. } | Notice::LongExpired { .. })
}
