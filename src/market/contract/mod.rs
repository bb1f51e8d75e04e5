//! What a futures contract is called: its product, its month, and the spellings of both.

mod combination;
#[allow(clippy::module_inception)]
mod contract;
mod error;
mod month;
mod spelling;
mod symbol;

pub use contract::Contract;
pub use error::ContractError;
pub use month::ContractMonth;

pub(crate) use symbol::{century, month_number, read as read_label, read_month, root};
