//! Guides, one for each job, and how the numbers come about.
//!
//! - [`price_one_file`]: quotes of one day, and what is priced for the Fed.
//! - [`compare_two_dates`]: what changed, and what that does to the curve and to equities.
//! - [`how_much_could_it_move`]: what a single event may bring, and the response of your own assets.
//! - [`price_the_path_from_sofr_futures`]: one path from fed funds and SOFR futures, and the basis between the two rates.
//! - [`what_the_quotes_do_not_say`]: the bounds of each outcome from futures, options and prediction markets.
//! - [`study_history`]: many days as one table, changes, calibration, surprises.
//! - [`embed_in_a_library`]: the engine inside your own pricing code.
//! - [`read_the_explanation`]: what `--explain` prints, line by line.
//! - [`how_the_numbers_are_made`]: every rule, for a pocket calculator.

#[doc = include_str!("compare_two_dates.md")]
pub mod compare_two_dates {}

#[doc = include_str!("embed_in_a_library.md")]
pub mod embed_in_a_library {}

#[doc = include_str!("how_much_could_it_move.md")]
pub mod how_much_could_it_move {}

#[doc = include_str!("how_the_numbers_are_made.md")]
pub mod how_the_numbers_are_made {}

#[doc = include_str!("price_one_file.md")]
pub mod price_one_file {}

#[doc = include_str!("price_the_path_from_sofr_futures.md")]
pub mod price_the_path_from_sofr_futures {}

#[doc = include_str!("read_the_explanation.md")]
pub mod read_the_explanation {}

#[doc = include_str!("study_history.md")]
pub mod study_history {}

#[doc = include_str!("what_the_quotes_do_not_say.md")]
pub mod what_the_quotes_do_not_say {}
