//! The texts of `data/`, compiled in. Each type reads its own once; [`Data`](crate::Data) holds them all.

use crate::text::problem::ReadError;

pub(crate) const FOMC_MEETINGS: &str = include_str!("../data/fomc_meetings.csv");
#[cfg(feature = "moments")]
pub(crate) const ANNOUNCEMENT_TIMES: &str = include_str!("../data/announcement_times.csv");
pub(crate) const TARGET_RANGES: &str = include_str!("../data/target_ranges.csv");
pub(crate) const EFFR_MONTHLY: &str = include_str!("../data/effr_monthly.csv");
pub(crate) const EPISODE_BEFORE: &str = include_str!("../data/episode-2025-11-14.stl");
pub(crate) const EPISODE_AFTER: &str = include_str!("../data/episode-2025-11-21.stl");
pub(crate) const ASSETS: &str = include_str!("../data/assets.csv");
pub(crate) const PASS_THROUGH: &str = include_str!("../data/pass_through.csv");
pub(crate) const CURVE_RESPONSES: &str = include_str!("../data/curve_responses.csv");
pub(crate) const EQUITY_RESPONSES: &str = include_str!("../data/equity_responses.csv");
pub(crate) const RETURN_NEWS: &str = include_str!("../data/return_news.csv");

/// What an embedded table was read as.
///
/// The text is a constant of the build and no input reaches it, so the refusal below cannot happen in a build
/// whose tests have passed: `tests/data_tables.rs` reads every table.
pub(crate) fn read<T>(table: Result<T, ReadError>) -> T {
    match table {
        Ok(table) => table,
        Err(error) => unreachable!("an embedded table is malformed: {error}"),
    }
}
