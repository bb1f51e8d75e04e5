//! Quote files, and what they mean: a [`Snapshot`] of fed funds futures on one day, or a [`QuoteFile`] of many days. A long table
//! can be read day by day: [`QuoteStream`]; or stay in its file: [`QuoteIndex`].
//!
//! Each format is one file of `readers/` with one function, text in and quotes out; [`Format`] names them and is
//! recognised from the content alone. A reader reads: it keeps what the file says, checks what the file itself
//! promises (totals, changes) and computes nothing else. Every row is accounted for in a [`Tally`](crate::check::Tally).

#[cfg(feature = "serde")]
mod as_data;
mod by_month;
pub(crate) mod check;
mod chunks;
mod daily;
mod file;
mod format;
mod index;
mod integrity;
pub(crate) mod markets;
pub(crate) mod meeting_rates;
pub(crate) mod options;
mod quote;
mod readers;
mod set;
mod snapshot;
mod stream;
pub(crate) mod strip;
mod table;
mod tick;
#[cfg(feature = "moments")]
pub(crate) mod ticks;
mod unpack;
#[cfg(feature = "formats")]
mod workbook;

pub use daily::{DailyQuotes, ProductQuotes};
pub use file::{QuoteFile, ReadOptions};
pub use format::Format;
pub use index::QuoteIndex;
pub use meeting_rates::MeetingRates;
pub use quote::{Mark, Quote, SessionPrice};
pub use readers::{ColumnName, ColumnNameError};
pub use set::QuoteSet;
pub use snapshot::Snapshot;
pub use stream::QuoteStream;
pub use table::QuoteTable;
pub use unpack::{unpack, unpack_at_most};

#[cfg(feature = "report")]
pub(crate) use quote::HeldQuote;
pub(crate) use tick::{SCALE, half_tick, on_scale, on_tick_grid};
