//! Every integration test, in one binary.

// A test that cannot go on should stop where it stands, and one that is not run says so.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod support;

#[cfg(feature = "serde")]
mod as_data;
mod as_known;
#[cfg(feature = "cli")]
mod bad_input;
mod board_tables;
#[cfg(feature = "cli")]
mod book;
mod bounds;
mod bulk;
#[cfg(feature = "cli")]
mod cli;
mod conventions;
mod curve_and_equity;
#[cfg(feature = "cli")]
mod curve_and_equity_commands;
mod daily_tables;
mod data_tables;
mod docs;
mod durations;
mod effr;
mod equity_goldens;
#[cfg(feature = "event-study")]
mod event_study;
#[cfg(feature = "cli")]
mod event_study_commands;
mod explain;
#[cfg(feature = "cli")]
mod files;
mod fit;
#[cfg(feature = "cli")]
mod formats;
mod fractions;
#[cfg(feature = "cli")]
mod fuzz;
#[cfg(feature = "cli")]
mod help;
mod history;
#[cfg(feature = "cli")]
mod history_cli;
#[cfg(feature = "cli")]
mod joint;
#[cfg(feature = "cli")]
mod joint_formats;
mod layers;
mod least_squares;
#[cfg(not(feature = "formats"))]
mod light;
#[cfg(feature = "cli")]
mod long_files;
#[cfg(feature = "moments")]
mod moments;
mod off_calendar;
mod option_chains;
mod oracle;
#[cfg(feature = "cli")]
mod packed;
mod parity;
#[cfg(feature = "bounds")]
mod point_estimates;
mod premia;
mod products;
mod properties;
mod published;
#[cfg(feature = "bounds")]
mod quote_bounds;
#[cfg(feature = "cli")]
mod quote_bounds_commands;
mod real_files;
#[cfg(feature = "formats")]
mod real_quotes;
#[cfg(feature = "cli")]
mod reference;
mod reference_shift;
#[cfg(feature = "cli")]
mod report;
mod repricing;
#[cfg(feature = "cli")]
mod safe_outputs;
#[cfg(feature = "cli")]
mod settlement;
mod settlement_report;
mod strip_bounds;
#[cfg(feature = "cli")]
mod summary;
#[cfg(feature = "cli")]
mod supposed;
mod surprise;
mod term_structure;
mod what_if;
mod worked_examples;
#[cfg(feature = "cli")]
mod written_files;
