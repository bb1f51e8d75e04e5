//! [`QuoteIndex`]: where each day of a long file lies, so that a day is read when it is asked for.

use std::fmt;
use std::io::{Read, Seek, SeekFrom};
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;

use super::chunks::cannot_be_read;
use super::integrity;
use super::readers::{Book, LongRows};
use super::stream::{Place, QuoteStream};
use super::{DailyQuotes, Format, ReadOptions, Snapshot};
use crate::notice::Remark;
use crate::text::problem::{Problem, ProblemKind, ReadError};
use crate::text::tally::Tally;

/// A long table `date,contract,settle` that stays in its file: every row was checked, and of each day it is known where it
/// lies. A day is read anew when it is asked for, so that memory holds some bytes a day and never the quotes of all.
///
/// ```
/// use std::io::Cursor;
/// use fedpath::ReadOptions;
/// use fedpath::files::{DailyQuotes, QuoteIndex};
/// let text = "date,contract,settle\n2025-11-20,ZQZ5,96.19\n2025-11-21,ZQZ5,96.18\n2025-11-21,ZQF6,96.215\n";
/// let mut remarks = Vec::new();
/// let index = QuoteIndex::new(Cursor::new(text), &ReadOptions::default(), |remark| remarks.push(remark))?;
/// assert_eq!(index.days().len(), 2);
/// assert_eq!(index.snapshot(index.days()[1])?.unwrap().quotes().len(), 2);
/// assert!(remarks.is_empty());
/// # Ok::<(), fedpath::ReadError>(())
/// ```
pub struct QuoteIndex<R> {
    source: Mutex<R>,
    rows: LongRows,
    options: ReadOptions,
    tally: Tally,
    /// In the order of the dates.
    days: Vec<Lies>,
}

/// Where a day lies: few bytes, since a file may have days without end.
struct Lies {
    date: NaiveDate,
    length: u32,
    begins: Place,
}

impl<R: Read + Seek> QuoteIndex<R> {
    /// Reads a long table from its start to its end, checks every row and hands every remark to `remarked`, day by day.
    ///
    /// # Errors
    /// Where the source cannot be read, is no long table, has no quotes, a row that cannot be read, or the rows of a day in
    /// several places: [`QuoteFile::parse`](super::QuoteFile::parse) reads it whole, and tells of everything that is wrong.
    pub fn new(mut source: R, options: &ReadOptions, mut remarked: impl FnMut(Remark)) -> Result<Self, ReadError> {
        let mut stream = QuoteStream::new(&mut source, options)?;
        let mut days = Vec::new();
        while let Some(day) = stream.next_day()? {
            day.remarks.into_iter().for_each(&mut remarked);
            if day.quotes.is_empty() {
                continue;
            }
            let of_prices = integrity::of_prices(options.product, Some(day.date), day.quotes.iter());
            integrity::of_quotes(day.quotes.iter()).into_iter().chain(of_prices).for_each(&mut remarked);
            let length = u32::try_from(day.ends - day.begins.offset).map_err(|_| {
                Problem::new(
                    ProblemKind::Syntax,
                    format!("expected less than 4 GiB of rows of {}, found more", day.date),
                )
            })?;
            days.push(Lies { date: day.date, begins: day.begins, length });
        }
        if days.is_empty() {
            return Err(Problem::new(ProblemKind::Empty, "expected quotes in this long table, found none").into());
        }
        days.sort_unstable_by_key(|day| day.date);
        days.shrink_to_fit();
        if !options.several_products {
            integrity::of_rows(stream.tally()).into_iter().for_each(&mut remarked);
        }
        integrity::of_days(days.iter().map(|day| day.date)).into_iter().for_each(remarked);
        let (rows, tally) = (stream.rows().clone(), stream.tally().clone());
        Ok(Self { source: Mutex::new(source), rows, options: options.clone(), tally, days })
    }

    /// How many rows were read, kept and skipped, and why.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    fn find(&self, day: NaiveDate) -> Option<&Lies> {
        self.days.binary_search_by_key(&day, |lies| lies.date).ok().map(|place| &self.days[place])
    }

    fn bytes(&self, day: &Lies) -> Result<Vec<u8>, ReadError> {
        let mut bytes = vec![0; day.length as usize];
        let mut source = self.source.lock().unwrap_or_else(PoisonError::into_inner);
        let read = source.seek(SeekFrom::Start(day.begins.offset)).and_then(|_| source.read_exact(&mut bytes));
        read.map(|()| bytes).map_err(|error| cannot_be_read(&error).into())
    }
}

impl<R: Read + Seek + Send> DailyQuotes for QuoteIndex<R> {
    fn days(&self) -> Vec<NaiveDate> {
        self.days.iter().map(|day| day.date).collect()
    }

    fn has(&self, day: NaiveDate) -> bool {
        self.find(day).is_some()
    }

    fn snapshot(&self, day: NaiveDate) -> Result<Option<Snapshot>, ReadError> {
        let Some(lies) = self.find(day) else { return Ok(None) };
        let changed = || {
            Problem::new(
                ProblemKind::Inconsistent,
                format!("expected the quotes of {day} as they were read first, found others: the file has changed"),
            )
        };
        let bytes = self.bytes(lies)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| changed())?;
        let mut book = Book::new(Format::Long, &self.options);
        self.rows.clone().take_day(text, lies.begins.line, day, &mut book).map_err(|_| changed())?;
        let (quotes, _) = book.close(day);
        if quotes.is_empty() {
            return Err(changed().into());
        }
        Ok(Some(Snapshot::long(self.options.product, day, quotes)))
    }
}

impl<R> fmt::Debug for QuoteIndex<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QuoteIndex").field("days", &self.days.len()).field("tally", &self.tally).finish_non_exhaustive()
    }
}
