//! Outcome tables of many prices: a rule compiled once, then integers alone.
//!
//! Under the FedWatch rule every expected number of moves is linear in the prices, with weights that the calendar and the
//! set of quoted contracts decide. A [`TablePlan`] solves one strip with the engine of [`Outlook`](crate::Outlook), follows each rate to its
//! prices, and keeps the weights as integers. From then on prices are integers too, numbers of a smallest unit, and an
//! [`OutcomeTable`] is a few additions, a division a meeting, and products of integers wide enough for the whole chain:
//! exact, and without an allocation. A [`TableSession`] holds one strip that ticks; [`TablePlan::price_all`] takes many rows of
//! prices at once, on all processors.
//!
//! ```
//! use fedpath::{Assumptions, Snapshot, Strip, StripOptions};
//! use fedpath::bulk::TableSession;
//! let quotes = "# as_of: 2025-11-21\ncontract,price\n\
//!     ZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
//! let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
//! let mut session = TableSession::new(&strip, &Assumptions::default())?;
//! let december = |table: &fedpath::bulk::OutcomeTable| table.meetings().next().unwrap().distribution().ease().to_string();
//! assert_eq!(december(session.table()), "35%");
//! // One tick more on ZQF26 is 2.2 points more of a cut.
//! let table = session.update("2026-01".parse()?, "96.2200".parse()?)?;
//! assert_eq!(december(table), "521/14%");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod all;
mod compiled;
mod error;
mod limbs;
mod notices;
mod pricing;
mod rate;
mod session;
mod table;

pub use compiled::TablePlan;
pub use error::{PlanError, PriceError};
pub(crate) use notices::PlanNotices;
pub use session::TableSession;
pub use table::{MeetingTable, OutcomeTable, Share};
