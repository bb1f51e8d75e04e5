//! Quote files, and what they mean: a [`Snapshot`] of fed funds futures on one day, or a [`QuoteFile`] of many days.
//!
//! Each format is one file of this folder with one function, text in and quotes out; [`Format`] names them and is
//! recognised from the content alone. A reader reads: it keeps what the file says, checks what the file itself
//! promises (totals, changes) and computes nothing else. Every row is accounted for in a [`Tally`].

mod barchart;
mod book;
mod cells;
mod databento;
mod datamine;
mod detect;
mod file;
#[cfg(feature = "formats")]
mod fixml;
mod format;
mod integrity;
#[cfg(feature = "formats")]
mod json;
mod one_contract;
mod pasted;
mod plain;
mod quote;
mod refused;
mod settle_csv;
mod snapshot;
mod stl;
mod table;
mod tally;
mod tick;
mod unpack;
mod website;

pub use file::{QuoteFile, ReadOptions, Remark};
pub use format::Format;
pub use quote::{Mark, Quote, SessionPrice};
pub use snapshot::Snapshot;
pub use table::QuoteTable;
pub use tally::{Skip, Tally};
pub use unpack::unpack;

pub(crate) use cells::day;
pub(crate) use tick::{half_tick, on_tick_grid, tick};
