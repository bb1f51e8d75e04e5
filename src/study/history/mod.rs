//! Many days of quotes, priced one after another in the order of their dates: every day with what was known on it.
//!
//! [`History`] prices the days of [`DailyQuotes`](crate::files::DailyQuotes); [`HistorySummary`] says of a run what could not be
//! priced and why; [`DeltaPlan`] holds days against earlier ones; [`Calibration`] holds what was priced before each decision
//! against what happened; [`MeetingSeries`] follows one meeting through the days.

mod board;
mod board_tables;
mod calibration;
mod daily_tables;
mod day;
mod days;
mod delta;
mod every;
mod last_settlements;
#[cfg(feature = "moments")]
mod moments;
mod remarks;
mod score;
mod series;
mod span;
mod summary;

pub use board::Board;
pub use board_tables::{BoardTable, BoardTables};
pub use calibration::{Calibration, CalibrationPlan, Forecast, HorizonCalibration, NotJudged};
pub use daily_tables::{DailyTable, DailyTables, PlannedDay};
pub use day::{DayReason, HistoryDay};
pub use days::{History, HistoryOptions};
pub use delta::{DeltaPlan, MeetingDelta};
pub use every::Every;
pub use last_settlements::LastSettlements;
#[cfg(feature = "moments")]
pub use moments::{MomentStrip, MomentStrips, OutOfOrder};
pub use remarks::TableRemarks;
pub use score::{Bin, BrierScore};
pub use series::{MeetingSeries, NextMeeting, SeriesDay};
pub use span::Span;
pub use summary::HistorySummary;
