//! What is traded and who decides: contracts, the calendar and target ranges of the Fed, realised rates.

pub(crate) mod calendar;
pub(crate) mod contract;
pub(crate) mod fixings;
pub(crate) mod period;
