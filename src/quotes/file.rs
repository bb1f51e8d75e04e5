//! [`QuoteFile`]: everything a quote file says, on however many days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};

use super::by_month::ByMonth;
use super::integrity;
use super::quote::Entry;
use super::snapshot::Snapshot;
use super::{ColumnName, Format, MeetingRates, Quote};
use crate::market::contract::ContractMonth;
use crate::market::product::Product;
use crate::notice::{Notice, Remark};
use crate::text::problem::{Problem, ProblemKind, ReadError};
use crate::text::tally::Tally;

/// The quotes of each day by contract; of a file without a date, of no day.
pub(super) type Days = BTreeMap<Option<NaiveDate>, ByMonth<Entry>>;

/// What a file may leave open, and what is wanted of it.
///
/// ```
/// use fedpath::{QuoteFile, ReadOptions};
/// let mut options = ReadOptions::default();
/// options.as_of = Some("2025-11-21".parse()?);
/// // The file has no date: a year of one digit is resolved against the one given.
/// let file = QuoteFile::parse("contract,price\nZQZ5,96.18\n", &options)?;
/// assert_eq!(file.quotes().next().unwrap().1.to_string(), "2025-12");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct ReadOptions {
    /// The day of quotes that state none; one-digit contract years are resolved against it. A date in the file stands
    /// before it.
    pub as_of: Option<NaiveDate>,
    /// The contract of a history that names none, such as a download of one contract from Yahoo.
    pub contract: Option<ContractMonth>,
    /// The name of the file: a contract in it (`ZQZ25.csv`) is that of a history that names none, which is then remarked.
    pub file_name: Option<String>,
    /// Columns of a table by their names in the file, where those say too little.
    pub columns: Vec<ColumnName>,
    /// The time of day that is wanted where a table has several moments of a day, as the file writes it: of a contract the last moment
    /// up to it.
    pub at: Option<NaiveTime>,
    /// Which future's quotes are wanted.
    pub product: Product,
    /// Whether the file is read for other futures too: their rows are then passed over where a table of one future would be
    /// refused for them, and a row that names no future is one of fed funds futures.
    pub several_products: bool,
}

/// Everything a quote file says of one product: quotes by day and contract, and an account of every row.
///
/// Most files are of one day, and [`Snapshot`] is all that is needed; a history has many.
///
/// ```
/// use fedpath::{QuoteFile, ReadOptions};
/// let text = "date,contract,settle\n2025-11-20,ZQZ5,96.19\n2025-11-21,ZQZ5,96.18\n2025-11-21,ZQF6,96.215\n";
/// let file = QuoteFile::parse(text, &ReadOptions::default())?;
/// assert_eq!(file.days().count(), 2);
/// assert_eq!((file.tally().read(), file.tally().kept()), (3, 3));
/// let friday = file.snapshot(chrono::NaiveDate::from_ymd_opt(2025, 11, 21))?;
/// assert_eq!(friday.quotes().len(), 2);
/// # Ok::<(), fedpath::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteFile {
    format: Format,
    product: Product,
    days: Days,
    tally: Tally,
    remarks: Vec<Remark>,
    /// The day and line of each quote that was left out for want of a price.
    left_out: Vec<(Option<NaiveDate>, usize)>,
    /// Whether each row has its date, so that a day is selected and never assumed.
    dates_its_rows: bool,
    /// Rates dated by meeting, in place of quotes.
    meeting_rates: Option<MeetingRates>,
}

impl QuoteFile {
    pub(super) fn new(
        format: Format,
        product: Product,
        days: Days,
        tally: Tally,
        mut remarks: Vec<Remark>,
        left_out: Vec<(Option<NaiveDate>, usize)>,
    ) -> Self {
        remarks.sort_by_key(|remark| remark.position);
        Self { format, product, days, tally, remarks, left_out, dates_its_rows: false, meeting_rates: None }
    }

    /// The same file, whose rows have a date each.
    pub(super) fn dated_by_row(self) -> Self {
        Self { dates_its_rows: true, ..self }
    }

    pub(super) fn dates_its_rows(&self) -> bool {
        self.dates_its_rows
    }

    /// Rates dated by meeting, of one day.
    pub(super) fn of_meetings(
        product: Product,
        day: Option<NaiveDate>,
        rates: MeetingRates,
        tally: Tally,
        remarks: Vec<Remark>,
    ) -> Self {
        let days = Days::from([(day, ByMonth::default())]);
        let file = Self::new(Format::MeetingRates, product, days, tally, remarks, Vec::new());
        Self { meeting_rates: Some(rates), ..file }
    }

    /// The rates dated by meeting that the file has in place of quotes.
    #[must_use]
    pub fn meeting_rates(&self) -> Option<&MeetingRates> {
        self.meeting_rates.as_ref()
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

    /// The days of the quotes, in order; `None` for quotes of an unknown day. At least one.
    #[must_use]
    pub fn days(&self) -> impl ExactSizeIterator<Item = Option<NaiveDate>> {
        self.days.keys().copied()
    }

    /// Every quote in the order of days and contract months; at least one.
    pub fn quotes(&self) -> impl Iterator<Item = (Option<NaiveDate>, ContractMonth, Quote)> {
        self.days
            .iter()
            .flat_map(|(day, quotes)| quotes.iter().map(|(month, entry)| (*day, month, entry.quote.quote())))
    }

    /// How many rows were read, kept and skipped, and why.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Every warning about the file and its quotes, in the order of the text, those of the whole file first.
    #[must_use]
    pub fn remarks(&self) -> Vec<Remark> {
        let of_days = self.days.iter().flat_map(|(day, quotes)| {
            integrity::of_quotes(quotes.iter()).into_iter().chain(integrity::of_prices(
                self.product,
                *day,
                quotes.iter(),
            ))
        });
        let weekend = integrity::of_days(self.days().flatten());
        let mut remarks: Vec<Remark> = self.remarks.iter().cloned().chain(weekend).chain(of_days).collect();
        remarks.sort_by_key(|remark| remark.position);
        remarks
    }

    /// Only the quotes of one day: of a file of several days, or with a date in each row, those of `day`; of a report of one
    /// day all, remarked where it states another day. Without a `day` the file stays as it is.
    ///
    /// # Errors
    /// Where the file has several days or dates its rows, and `day` is none of them.
    pub fn only(mut self, day: Option<NaiveDate>) -> Result<Self, ReadError> {
        let Some(day) = day else { return Ok(self) };
        if self.days.len() > 1 || self.dates_its_rows {
            let entries = self.days.remove(&Some(day)).ok_or_else(|| self.lacks(day))?;
            // Of the remarks on single rows only those on rows of this day.
            let left_out = self.left_out.iter().filter(|(of, _)| *of == Some(day)).map(|(_, line)| *line);
            let lines: BTreeSet<usize> =
                entries.iter().map(|(_, entry)| entry.position().line).chain(left_out).collect();
            self.remarks.retain(|remark| remark.position.is_none_or(|position| lines.contains(&position.line)));
            self.days = Days::from([(Some(day), entries)]);
        } else if let Some(quoted) = self.days.keys().next().copied().flatten().filter(|stated| *stated != day) {
            self.remarks.push(Remark { notice: Notice::OtherDate { quoted, as_of: day }, position: None });
        }
        Ok(self)
    }

    pub(super) fn into_entries(self) -> impl Iterator<Item = (Option<NaiveDate>, ContractMonth, Entry)> {
        self.days
            .into_iter()
            .flat_map(|(day, quotes)| quotes.into_iter().map(move |(month, entry)| (day, month, entry)))
    }

    /// The quotes of one day: of the only one, or of `as_of` in a file of several.
    ///
    /// # Errors
    /// Where the file has several days and `as_of` is none of them, or is not given.
    pub fn snapshot(mut self, as_of: Option<NaiveDate>) -> Result<Snapshot, ReadError> {
        let selected = self.days.len() > 1 || self.dates_its_rows;
        self = self.only(as_of.filter(|_| selected))?;
        if self.days.len() > 1 {
            return Err(self.undecided().into());
        }
        let (day, entries) = self.days.pop_first().unwrap_or_default();
        let of_quotes = integrity::of_quotes(entries.iter());
        let of_day = integrity::of_days(day.into_iter()).into_iter().chain(of_quotes);
        let notices = self.remarks.into_iter().chain(of_day).map(|remark| remark.notice).collect();
        let quotes = entries.map(|entry| entry.quote);
        let (format, product, meeting_rates) = (self.format, self.product, self.meeting_rates);
        Ok(Snapshot { format, product, trade_date: day, quotes, notices, meeting_rates, beside: Vec::new() })
    }

    fn undecided(&self) -> Problem {
        let count = self.days.len();
        let mut dated = self.days.keys().flatten();
        let span = match (dated.next(), dated.next_back()) {
            (Some(first), Some(last)) => format!(", {first} to {last}"),
            _ => String::new(),
        };
        let message = format!("expected the quotes of one day, found {count} days{span}: choose one");
        Problem::new(ProblemKind::SeveralDays, message)
    }

    fn lacks(&self, wanted: NaiveDate) -> Problem {
        lacks(&self.days().flatten().collect::<Vec<_>>(), wanted)
    }
}

/// What to say where a day is wanted that is not among the days of quotes.
pub(super) fn lacks(days: &[NaiveDate], wanted: NaiveDate) -> Problem {
    let before = days.iter().rfind(|day| **day < wanted);
    let after = days.iter().find(|day| **day > wanted);
    let nearest = match (before, after) {
        (Some(before), Some(after)) => format!("the nearest are {before} and {after}"),
        (Some(last), None) => format!("they end on {last}"),
        (None, Some(first)) => format!("they begin on {first}"),
        (None, None) => "they have no dates".to_owned(),
    };
    let message = match days {
        [only] => format!("expected quotes of {wanted}, found quotes of {only} alone"),
        _ => format!("expected quotes of {wanted}, found {} other days: {nearest}", days.len()),
    };
    Problem::new(ProblemKind::OtherDays, message)
}
