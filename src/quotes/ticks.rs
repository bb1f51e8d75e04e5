//! [`TickStream`]: quotes with a time of day, read one after another.

use std::io::Read;

use chrono::{DateTime, Utc};

use super::ReadOptions;
use super::chunks::Chunks;
use super::readers::TickRows;
use crate::market::contract::ContractMonth;
use crate::text::moment::Zone;
use crate::text::problem::ReadError;
use crate::text::table::Lines;
use crate::text::tally::Tally;
use crate::units::Price;

/// A price and its moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Tick {
    /// When it was known.
    pub time: DateTime<Utc>,
    /// The contract.
    pub contract: ContractMonth,
    /// The price: of a trade, of a bar's end, or the middle of bid and ask.
    pub price: Price,
}

impl Tick {
    /// A price of a contract at a moment.
    #[must_use]
    pub fn new(time: DateTime<Utc>, contract: ContractMonth, price: Price) -> Self {
        Self { time, contract, price }
    }
}

/// The quotes of a file with times of day, one after another in the order of the file: a table `time,contract,price`,
/// Databento's trades, bars and best bid and ask, `DataMine`'s Time & Sales. No more is held than a piece of the text.
///
/// ```
/// use fedpath::ReadOptions;
/// use fedpath::moments::TickStream;
/// let text = "time,contract,price\n2025-10-29T13:49:00-04:00,ZQX25,96.12\n2025-10-29T14:05:00-04:00,ZQX25,96.115\n";
/// let mut ticks = TickStream::new(text.as_bytes(), &ReadOptions::default(), None)?;
/// let mut times = Vec::new();
/// ticks.each(|tick| times.push(tick.time.to_string()))?;
/// assert_eq!(times, ["2025-10-29 17:49:00 UTC", "2025-10-29 18:05:00 UTC"]);
/// assert_eq!(ticks.tally().kept(), 2);
/// # Ok::<(), fedpath::ReadError>(())
/// ```
pub struct TickStream<R> {
    chunks: Chunks<R>,
    rows: TickRows,
    /// How much of the chunk was taken, and the number of the line behind it.
    taken: usize,
    line: usize,
}

impl<R: Read> TickStream<R> {
    /// Reads the header. `zone` is that of times without an offset.
    ///
    /// # Errors
    /// Where the source cannot be read, or does not begin as such a file does.
    pub fn new(source: R, options: &ReadOptions, zone: Option<Zone>) -> Result<Self, ReadError> {
        let mut chunks = Chunks::new(source);
        chunks.advance(1)?;
        let (rows, taken, line) = TickRows::of(chunks.text(), options, zone)?;
        Ok(Self { chunks, rows, taken, line })
    }

    /// How many rows were read, kept and skipped so far, and why.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.rows.tally()
    }

    /// Hands every quote of the wanted product to `take`, in the order of the file.
    ///
    /// # Errors
    /// Where the source cannot be read, and at the first row that cannot: of a time without an offset where no zone is known,
    /// of a time that the zone's clock shows twice or never.
    pub fn each(&mut self, mut take: impl FnMut(Tick)) -> Result<(), ReadError> {
        loop {
            let text = &self.chunks.text()[self.taken..];
            let mut row = self.rows.row();
            let mut lines = Lines::new(self.line, text);
            for (number, line) in lines.by_ref() {
                if let Some((moment, contract, price)) = self.rows.take(&mut row, number, line)? {
                    take(Tick { time: DateTime::from_timestamp_nanos(moment), contract, price });
                }
            }
            self.line = lines.number();
            self.taken = 0;
            if !self.chunks.advance(self.line)? {
                return Ok(());
            }
        }
    }
}
