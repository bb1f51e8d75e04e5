//! What a futures contract is called: its product, its month, and the spellings of both.

mod error;
mod month;
mod product;
mod symbol;

pub use error::ContractError;
pub use month::ContractMonth;
pub use product::Product;

pub(crate) use symbol::{century, month_number, plain_month, read as read_label, read_month, root};
