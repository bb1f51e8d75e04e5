//! CME's own probabilities, as its FedWatch page gives them for download, and how far ours are from them.
//!
//! [`PublishedTable`] reads a download; [`PublishedComparison`] holds it against a [`History`](crate::history::History), under
//! the assumptions at hand and under others that could explain a difference.

mod comparison;
mod conventions;
mod dates;
mod table;

pub use comparison::{Agreement, PublishedCell, PublishedComparison};
pub use table::PublishedTable;
