//! [`Allowed`]: what quotes allow of the outcomes of one meeting, as a chart draws it.

use chrono::NaiveDate;

use crate::units::Probability;

/// What futures, and then options and prediction markets beside them, allow of each outcome of a meeting, with the rule's own
/// answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The announcement of the meeting.
    pub meeting: NaiveDate,
    /// Which quotes each interval is of: futures alone first.
    pub quotes: Vec<String>,
    /// How the estimates were made, where there are any: of all quotes together.
    pub point: Option<String>,
    /// The outcomes.
    pub rows: Vec<AllowedRow>,
}

/// What quotes allow of one outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedRow {
    /// The outcome in words.
    pub outcome: String,
    /// The probability that the rule gives it.
    pub rule: Option<Probability>,
    /// The estimate beside the bounds of all quotes together.
    pub point: Option<Probability>,
    /// The smallest and the largest probability that each set of quotes allows; `None` where it has no bounds.
    pub ends: Vec<Option<(Probability, Probability)>>,
}
