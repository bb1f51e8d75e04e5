//! [`MeetingRates`]: expected rates dated by meeting, as meeting-dated swaps and screens of implied policy rates give them.

use std::fmt;

use chrono::{Days, NaiveDate};

use crate::market::calendar::Meeting;
use crate::market::contract::ContractMonth;
use crate::units::Rate;

/// The expected overnight rate after each of some meetings, and before the first where it is known.
///
/// ```
/// use fedpath::{Assumptions, PolicyPath, Strip, files::MeetingRates};
/// let december = ("2025-12-10".parse()?, "3.7925".parse()?);
/// let rates = MeetingRates::new([december]).with_start("3.88".parse()?);
/// let path = PolicyPath::solve(&Strip::of_meetings("2025-11-21".parse()?, rates), &Assumptions::default())?;
/// assert_eq!(path.steps()[0].expected_moves().to_string(), "-7/20");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MeetingRates {
    start: Option<Rate>,
    rates: Vec<(MeetingLabel, Rate)>,
}

/// How a rate names its meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MeetingLabel {
    /// By its announcement, by the day before, or by the day from which on its rate applies.
    Day(NaiveDate),
    /// By its month.
    Month(ContractMonth),
}

impl fmt::Display for MeetingLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Month(month) => month.fmt(f),
        }
    }
}

impl MeetingLabel {
    /// Whether this is a name of the meeting. A decision takes two days, and its rate applies from the next business day.
    fn names(self, meeting: &Meeting, nearest: impl Fn(NaiveDate) -> bool) -> bool {
        let announced = meeting.announcement();
        match self {
            Self::Month(month) => month == meeting.month(),
            Self::Day(day) if day == announced => true,
            Self::Day(day) => {
                let first = announced.checked_sub_days(Days::new(1)).unwrap_or(announced);
                let last = announced.checked_add_days(Days::new(4)).unwrap_or(announced);
                (first..=last).contains(&day) && !nearest(day)
            }
        }
    }
}

impl MeetingRates {
    /// Rates by the day of the meeting after which they are expected.
    #[must_use]
    pub fn new(rates: impl IntoIterator<Item = (NaiveDate, Rate)>) -> Self {
        let rates = rates.into_iter().map(|(day, rate)| (MeetingLabel::Day(day), rate)).collect();
        Self { start: None, rates }
    }

    /// With the rate before the first meeting.
    #[must_use]
    pub fn with_start(self, start: Rate) -> Self {
        Self { start: Some(start), ..self }
    }

    pub(crate) fn of(start: Option<Rate>, rates: Vec<(MeetingLabel, Rate)>) -> Self {
        Self { start, rates }
    }

    /// The rate before the first meeting.
    #[must_use]
    pub fn start(&self) -> Option<&Rate> {
        self.start.as_ref()
    }

    /// How many meetings have a rate.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rates.len()
    }

    /// Whether no meeting has a rate.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rates.is_empty()
    }

    /// The rate after a meeting, one of several.
    pub(crate) fn after(&self, meeting: &Meeting, meetings: &[Meeting]) -> Option<&Rate> {
        let another = |day: NaiveDate| meetings.iter().any(|other| other.announcement() == day);
        self.rates.iter().find(|(label, _)| label.names(meeting, another)).map(|(_, rate)| rate)
    }

    /// The first label that names none of the meetings, though it lies among them.
    pub(crate) fn stray(&self, meetings: &[Meeting]) -> Option<MeetingLabel> {
        let another = |day: NaiveDate| meetings.iter().any(|other| other.announcement() == day);
        let (first, last) = (meetings.first()?, meetings.last()?);
        let among = |label: MeetingLabel| match label {
            MeetingLabel::Day(day) => first.announcement() <= day && day <= last.announcement(),
            MeetingLabel::Month(month) => first.month() <= month && month <= last.month(),
        };
        let named = |label: MeetingLabel| meetings.iter().any(|meeting| label.names(meeting, another));
        self.rates.iter().map(|(label, _)| *label).find(|label| among(*label) && !named(*label))
    }
}
