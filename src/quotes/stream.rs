//! [`QuoteStream`]: a long table read day by day.

use std::collections::BTreeSet;
use std::io::Read;

use chrono::NaiveDate;

use super::by_month::ByMonth;
use super::chunks::Chunks;
use super::quote::Entry;
use super::readers::{Book, LongRows};
use super::{Format, ReadOptions, Snapshot};
use crate::market::product::Product;
use crate::notice::Remark;
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::table::Lines;
use crate::text::tally::Tally;

/// The days of a long table `date,contract,settle` one after another, as they are read: no more is held than a day's quotes
/// and a chunk of text, however long the table is.
///
/// The rows of a day have to stand together; the days may come in any order. The stream ends with the first row that cannot be
/// read, where [`QuoteFile::parse`](super::QuoteFile::parse) would tell of all of them.
///
/// ```
/// use fedpath::ReadOptions;
/// use fedpath::files::QuoteStream;
/// let text = "date,contract,settle\n2025-11-20,ZQZ5,96.19\n2025-11-21,ZQZ5,96.18\n2025-11-21,ZQF6,96.215\n";
/// let stream = QuoteStream::new(text.as_bytes(), &ReadOptions::default())?;
/// let days = stream.collect::<Result<Vec<_>, _>>()?;
/// assert_eq!(days[1].trade_date().unwrap().to_string(), "2025-11-21");
/// assert_eq!(days[1].quotes().len(), 2);
/// # Ok::<(), fedpath::ReadError>(())
/// ```
pub struct QuoteStream<R> {
    chunks: Chunks<R>,
    rows: LongRows,
    product: Product,
    book: Book,
    /// How much of the chunk was taken, and the number of the line behind it.
    taken: usize,
    line: usize,
    /// The day that is being read, and where it begins.
    day: Option<(NaiveDate, Place)>,
    /// The days that were read before it.
    seen: BTreeSet<NaiveDate>,
    ended: bool,
}

/// Where something begins in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) offset: u64,
    pub(super) line: usize,
}

/// A day as it was read: its quotes, and what was remarked on the way.
pub(super) struct Day {
    pub(super) date: NaiveDate,
    pub(super) begins: Place,
    pub(super) ends: u64,
    pub(super) quotes: ByMonth<Entry>,
    pub(super) remarks: Vec<Remark>,
}

impl<R: Read> QuoteStream<R> {
    /// Reads the header of a long table from its text, which may have the mark of UTF-8 before it.
    ///
    /// # Errors
    /// Where the source cannot be read, or does not begin with the header of a long table.
    pub fn new(source: R, options: &ReadOptions) -> Result<Self, ReadError> {
        Self::of(Chunks::new(source), options)
    }

    fn of(mut chunks: Chunks<R>, options: &ReadOptions) -> Result<Self, ReadError> {
        chunks.advance(1)?;
        let mut book = Book::new(Format::Long, options);
        let (rows, taken, line) = LongRows::of(chunks.text(), options, &mut book)?;
        let (product, day, seen, ended) = (options.product, None, BTreeSet::new(), false);
        Ok(Self { chunks, rows, product, book, taken, line, day, seen, ended })
    }

    /// How many rows were read, kept and skipped so far, and why.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        self.book.tally()
    }

    pub(super) fn rows(&self) -> &LongRows {
        &self.rows
    }

    /// The next day, be all of its rows without a price.
    pub(super) fn next_day(&mut self) -> Result<Option<Day>, ReadError> {
        while !self.ended {
            match self.take_lines() {
                Ok(Some(day)) => return Ok(Some(day)),
                Ok(None) if self.chunks.advance(self.line).inspect_err(|_| self.ended = true)? => self.taken = 0,
                Ok(None) => {
                    self.ended = true;
                    let end = self.chunks.offset();
                    return Ok(self.day.take().map(|day| self.close(day, end)));
                }
                Err(error) => {
                    self.ended = true;
                    return Err(error);
                }
            }
        }
        Ok(None)
    }

    /// Takes the lines of the chunk until one is of another day; the day that ends with it.
    fn take_lines(&mut self) -> Result<Option<Day>, ReadError> {
        let text = &self.chunks.text()[self.taken..];
        let start = self.chunks.offset() + self.taken as u64;
        let mut lines = Lines::new(self.line, text);
        let mut row = self.rows.row();
        let mut ended = None;
        while ended.is_none() {
            if let Some((day, _)) = self.day {
                let (taken, bytes) = self.rows.take_run(lines.rest(), lines.number(), day, &mut self.book);
                lines.pass(taken, bytes);
            }
            let offset = start + (text.len() - lines.rest().len()) as u64;
            let Some((line, content)) = lines.next() else { break };
            self.rows.take(&mut row, line, content, &mut self.book)?;
            let day = self.book.last_day();
            if let Some(day) = day.filter(|_| day != self.day.map(|(day, _)| day)) {
                ended = self.day.replace((day, Place { offset, line }));
            }
        }
        self.line = lines.number();
        self.taken += text.len() - lines.rest().len();
        let (Some(before), Some((day, begins))) = (ended, self.day) else { return Ok(None) };
        self.seen.insert(before.0);
        if self.seen.contains(&day) {
            let message = format!("expected the rows of {day} together, found some behind those of {}", before.0);
            let at = Position { line: begins.line, column: 1 };
            return Err(Problem::new(ProblemKind::Inconsistent, message).at(at).into());
        }
        Ok(Some(self.close(before, begins.offset)))
    }

    fn close(&mut self, (date, begins): (NaiveDate, Place), ends: u64) -> Day {
        let (quotes, remarks) = self.book.close(date);
        Day { date, begins, ends, quotes, remarks }
    }
}

impl<R: Read> Iterator for QuoteStream<R> {
    type Item = Result<Snapshot, ReadError>;

    /// The quotes of the next day, or why there are none.
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.next_day().transpose()? {
                Ok(day) if day.quotes.is_empty() => {}
                day => return Some(day.map(|day| Snapshot::long(self.product, day.date, day.quotes))),
            }
        }
    }
}
