//! [`TableRemarks`]: what a run remembers of a day's outcome table.

use chrono::NaiveDate;

use super::{DailyTable, PlannedDay};
use crate::notice::Notice;
use crate::outlook::Outlook;
use crate::rule::UnpricedReason;
use crate::units::{BasisPoints, Fraction};

/// No decision since 1994 moved more than the 100 bp of March 2020.
const MOST_MOVES: i64 = 4;

/// What a run over many days remembers of a day's outcome table, so that days can be priced apart and told of in their order.
///
/// ```
/// use fedpath::history::{DailyTables, HistorySummary, TableRemarks};
/// use fedpath::{Assumptions, Strip};
/// let prices = [("2025-11", "96.12"), ("2026-01", "96.215"), ("2026-02", "96.285")];
/// let prices = prices.map(|(contract, price)| (contract.parse().unwrap(), price.parse().unwrap()));
/// let strip = Strip::from_prices("2025-11-21".parse()?, prices)?;
/// let remarks = TableRemarks::of(&DailyTables::new(Assumptions::default()).price(&strip)?);
/// assert!(remarks.has("2025-12-10".parse()?));
/// let mut summary = HistorySummary::default();
/// summary.add_remarks(strip.as_of(), Ok(&remarks));
/// assert_eq!(summary.priced(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct TableRemarks {
    meetings: Vec<NaiveDate>,
    /// The meetings with a change that is hard to believe.
    pub(super) doubtful: Vec<(NaiveDate, BasisPoints)>,
    pub(super) without_table: Vec<(NaiveDate, UnpricedReason)>,
    pub(super) notices: Vec<Notice>,
}

impl TableRemarks {
    /// What is to be remembered of a day's table.
    #[must_use]
    pub fn of(table: &DailyTable<'_>) -> Self {
        match table {
            DailyTable::Planned(day) => Self::of_planned(day),
            DailyTable::Readable(outlook) => Self::of_outlook(outlook),
        }
    }

    fn of_planned(day: &PlannedDay<'_>) -> Self {
        let meetings = || day.table.meetings();
        let doubtful = meetings().filter(|meeting| meeting.moves_more_than(MOST_MOVES));
        Self {
            meetings: meetings().map(|meeting| meeting.meeting().announcement()).collect(),
            doubtful: doubtful.map(|meeting| (meeting.meeting().announcement(), meeting.change())).collect(),
            without_table: day.without_table.to_vec(),
            notices: day.notices.clone(),
        }
    }

    /// What is to be remembered of an outlook.
    #[must_use]
    pub fn of_outlook(outlook: &Outlook) -> Self {
        let steps = || outlook.meetings().iter().map(|meeting| &meeting.step);
        let doubtful = steps().filter(|step| step.expected_moves().abs() > Fraction::integer(MOST_MOVES));
        Self {
            meetings: steps().map(|step| step.meeting.announcement()).collect(),
            doubtful: doubtful.map(|step| (step.meeting.announcement(), step.change())).collect(),
            without_table: outlook.without_table().collect(),
            notices: outlook.path().notices().to_vec(),
        }
    }

    /// Whether the day has a table of the meeting announced on a day.
    #[must_use]
    pub fn has(&self, announcement: NaiveDate) -> bool {
        self.meetings.contains(&announcement)
    }

    /// The meetings of the chain without a table, and why: as [`Outlook::without_table`].
    #[must_use]
    pub fn without_table(&self) -> &[(NaiveDate, UnpricedReason)] {
        &self.without_table
    }
}
