//! Options on futures: what a file says of each chain, and whether a chain contradicts itself.
//!
//! An option on a fed funds future (`OZQ`) expires on the last business day of its contract month and so pays on what the
//! Fed has decided by then. An option on a three-month SOFR future (`SR3`) expires before the reference quarter starts and
//! pays on the price that the future has on that day. Both are American and paid for at once, and both quote in points
//! of the future: a premium of 0.0725 is 7.25 bp.

#[cfg(feature = "serde")]
mod as_data;
mod chain;
mod check;
mod contract;
mod file;
mod premium;

pub use chain::{OptionChain, OptionQuote};
pub use check::{ChainRule, ChainViolation};
pub use contract::{OptionContract, OptionProduct, OptionSide};
pub use file::OptionFile;
pub use premium::Premium;

#[cfg(feature = "bounds")]
pub(crate) use premium::growth;

pub(in crate::quotes) use contract::read_chain_label;
pub(in crate::quotes) use file::{OptionBook, OptionRow};
