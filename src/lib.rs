//! Reads fed funds futures quotes and computes exactly what the market prices in for the Fed, what changed between two
//! dates, and what that does to the yield curve and to equities.
//!
//! ```
//! use fedpath::{Assumptions, price};
//!
//! let quotes = "# as_of: 2025-11-21\ncontract,price\n\
//!     ZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
//! let outlook = price(quotes, &Assumptions::default())?;
//! let december = &outlook.meetings()[0];
//! assert_eq!(december.step.meeting.announcement().to_string(), "2025-12-10");
//! assert_eq!(december.cumulative.ease().to_string(), "35%");
//! assert_eq!(december.step.after.to_string(), "3.7925%");
//! # Ok::<(), fedpath::Error>(())
//! ```
//!
//! # Overview
//!
//! [`price`] goes the whole way in one call. Data flows one way, and each stop is a plain value that can be kept,
//! compared and printed:
//!
//! | from | to | by |
//! |---|---|---|
//! | the bytes of a file | its text, unpacked | [`unpack`] |
//! | the text of a quote file, in any [`Format`](files::Format) | [`QuoteFile`]: what the file says, day by day, every row accounted for | [`QuoteFile::parse`] |
//! | a quote file | [`Snapshot`]: one day of it | [`QuoteFile::snapshot`], or [`Snapshot::parse`] at once |
//! | a snapshot | [`Strip`]: one price a contract month, on one date | [`Strip::new`] |
//! | a strip and [`Assumptions`] | [`PolicyPath`]: the expected rate before and after each meeting, the fit of every contract | [`PolicyPath::solve`] |
//! | a path | [`Outlook`]: exact probabilities of target ranges | [`Outlook::new`] |
//! | many rows of prices, or one strip that ticks | [`OutcomeTable`](bulk::OutcomeTable)s, the same figures in a microsecond each | [`TablePlan`](bulk::TablePlan), [`TableSession`](bulk::TableSession) |
//! | a path | [`curve::TermStructure`]: discount factors, zero, forward and par rates | [`curve::StepForwards::new`] |
//! | two outlooks | [`Repricing`]: what changed, and what it does to curve and equities | [`Repricing::new`] |
//! | quotes of many days, a [`QuoteTable`] | [`HistoryDay`](history::HistoryDay)s: an outlook a day; [`Calibration`](history::Calibration): how often what was priced happened | [`History`](history::History) |
//! | a download of FedWatch | [`PublishedComparison`](published::PublishedComparison): how far CME's own figures are from ours, and why | [`PublishedTable::parse`](published::PublishedTable::parse) |
//! | two strips around an announcement | [`PolicySurprise`](surprise::PolicySurprise): MP1, MP2 and the next ones | [`Announcement::between`](surprise::Announcement::between) |
//! | announcements with surprises and responses, an [`event_study::EventTable`] | how assets respond, and what a single event may bring | [`event_study`] |
//! | a shift at a meeting | [`Sensitivity`]: what it does to curve and equities, by every method | [`Sensitivity::new`] |
//! | any of them | text, JSON, CSV | `report` (feature `report`) |
//!
//! Up to and including [`Outlook`] every number is exact: prices are decimals as read, rates and probabilities
//! are [`Fraction`]s, and nothing rounds before it is printed. From [`curve`] on, figures are floating point.
//!
//! Nothing here reads a clock, the environment or the network, and nothing prints: a date is an argument, a
//! warning is a [`Notice`].
//!
//! # What it assumes
//!
//! - A contract settles at 100 less the average of the daily effective federal funds rate over all calendar days
//!   of its month (CBOT Rulebook, chapter 22).
//! - A decision's own day carries the old rate ([`DecisionDay::Old`]); the new range is in force the next day.
//! - The rate moves in steps of 25 bp, at scheduled meetings, and meetings are independent: the FedWatch rule.
//! - Only what was known on the valuation date counts: a cancelled meeting was expected until its cancellation.
//!
//! Realised rates ([`Fixings`]) are read beside the quotes; [`FileCheck`](check::FileCheck) says of any file what it holds and what is wrong.
//!
//! Dates are [`chrono`]'s and decimals [`rust_decimal`]'s, both re-exported. [`Error`] sums up every module's errors.
//!
//! # Guides
//!
//! [`docs::price_one_file`], [`docs::compare_two_dates`], [`docs::study_history`], [`docs::how_much_could_it_move`],
//! [`docs::price_the_path_from_sofr_futures`], [`docs::what_the_quotes_do_not_say`], [`docs::embed_in_a_library`] and
//! [`docs::read_the_explanation`] take one job each, with commands and what they print; [`docs::how_the_numbers_are_made`] has
//! every rule for a pocket calculator.
//!
//! # Features
//!
//! - `cli` (default): the `fedpath` program; implies `bounds`, `event-study`, `joint`, `moments`, `report` and `formats`.
//! - `bounds`: `lattice`, what every quote allows: sharp bounds from futures, options and prediction markets.
//! - `moments`: quotes with a time of day, and windows of minutes around an announcement, in `moments`.
//! - `event-study`: regressions of responses on surprises, in [`event_study`].
//! - `joint`: [`Method::Joint`], one path from fed funds and SOFR futures.
//! - `formats`: the readers of JSON and FIXML, and of files packed with gzip or zip.
//! - `report`: the renderers; implies `serde`.
//! - `serde`: `Serialize` for every result, `Serialize` and `Deserialize` for every input; units as exact strings, read from
//!   numbers too (`as_float` writes them).
//!
//! Without features the library reads every format that is text or CSV and prices it, with nom, `rust_decimal`, chrono and
//! the num crates alone.

// docs.rs shows beside each item the feature that it takes.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "serde")]
pub mod as_float;
pub mod curve;
mod data;
pub mod docs;
mod embedded;
mod episode;
pub mod equity;
mod error;
pub mod explain;
#[cfg(feature = "bounds")]
pub mod lattice;
mod market;
mod method;
mod modules;
pub mod notice;
mod outlook;
mod price;
mod processors;
mod quotes;
#[cfg(feature = "report")]
pub mod report;
mod reprice;
mod rule;
mod schedule;
mod study;
mod text;
mod units;

pub use chrono;
pub use rust_decimal;

#[cfg(feature = "moments")]
pub use modules::moments;
pub use modules::{
    bounds, bulk, calendar, check, files, history, joint, options, path, product, published, summary, surprise, what_if,
};

pub use data::Data;
pub use episode::Episode;
pub use error::{Error, ErrorKind};
pub use market::bank::CentralBank;
pub use market::calendar::{Meeting, MeetingCalendar, TargetHistory, TargetRange};
pub use market::contract::{Contract, ContractError, ContractMonth};
pub use market::fixings::{Fixings, MonthlyRates};
pub use market::product::Product;
pub use notice::Notice;
pub use outlook::{Distribution, MeetingOutlook, Outlook, View};
pub use price::price;
pub use quotes::strip::{PriceKind, Strip, StripError, StripOptions};
pub use quotes::{Quote, QuoteFile, QuoteTable, ReadOptions, Snapshot, unpack};
pub use reprice::sensitivity::Sensitivity;
pub use reprice::{MeetingShift, RepriceError, RepriceOptions, Repricing};
pub use rule::{Assumptions, MeetingStep, Method, PolicyPath, Premia, StartRate};
pub use schedule::DecisionDay;
pub use study::event_study;
pub use text::problem::{Position, Problem, ProblemKind, ReadError};
pub use units::{
    BasisPoints, Fraction, NotAccepted, ParseFractionError, Price, PriceChange, Probability, Rate, UnitError,
};

/// The README's Rust blocks, run as doc tests.
#[cfg(all(doctest, feature = "report"))]
#[doc = include_str!("../README.md")]
pub struct ReadmeDoctests;
