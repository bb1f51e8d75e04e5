//! What is traded and who decides: products and contracts, the calendar and target ranges of the Fed, realised rates.

pub(crate) mod accrual;
#[cfg(feature = "moments")]
pub(crate) mod announcement_times;
#[cfg(feature = "serde")]
mod as_data;
pub(crate) mod bank;
pub(crate) mod calendar;
pub(crate) mod contract;
pub(crate) mod fixings;
pub(crate) mod period;
pub(crate) mod product;
pub(crate) mod settlement;
