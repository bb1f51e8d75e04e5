//! [`StepForwards`]: the expected overnight rate from meeting to meeting.

use chrono::NaiveDate;

use crate::rule::{MeetingStep, PolicyError, PolicyPath, Unpriced};
use crate::units::Rate;

/// One level of the expected overnight rate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct StepForward {
    /// The first day of the level: the valuation date, or a meeting's effective date.
    pub from: NaiveDate,
    /// The rate from then on.
    pub rate: Rate,
    /// The announcement of the meeting that brings it; `None` for the level in force today.
    pub meeting: Option<NaiveDate>,
}

/// The expected overnight rate, level by level: the rate before the first priced meeting from the valuation date on, then
/// the rate after each meeting from its effective date on. Exact.
///
/// Beyond the last priced meeting, or the first without a price, the rate is **held at its last level**: an assumption, and
/// reports name it. What later meetings say of the rate does not reach back over a gap.
///
/// ```
/// use fedpath::{Assumptions, price, curve::StepForwards};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n2025-11,96.12\n2026-01,96.215\n2026-02,96.285\n";
/// let outlook = price(quotes, &Assumptions::default())?;
/// let forwards = StepForwards::new(outlook.path())?;
/// let date = |text: &str| text.parse().unwrap();
/// assert_eq!(forwards.rate_on(date("2025-12-10")).to_string(), "3.88%", "the decision's own day has the old rate");
/// assert_eq!(forwards.rate_on(date("2025-12-11")).to_string(), "3.7925%");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StepForwards {
    as_of: NaiveDate,
    steps: Vec<StepForward>,
    unpriced: Vec<Unpriced>,
}

impl StepForwards {
    /// The levels of a path.
    ///
    /// # Errors
    /// [`PolicyError::FirstMeetingUnpriced`] where the path does not price its first meeting.
    pub fn new(path: &PolicyPath) -> Result<Self, PolicyError> {
        Self::of_steps(path, path.steps())
    }

    /// The levels of the meetings that do not rest on where the chain ends: [`PolicyPath::firm_steps`].
    ///
    /// # Errors
    /// [`PolicyError::FirstMeetingUnpriced`] where the path does not price its first meeting, and
    /// [`PolicyError::NoMeetings`] where every meeting is provisional.
    pub fn firm(path: &PolicyPath) -> Result<Self, PolicyError> {
        Self::of_steps(path, path.firm_steps())
    }

    fn of_steps(path: &PolicyPath, steps: &[MeetingStep]) -> Result<Self, PolicyError> {
        let (as_of, unpriced) = (path.as_of(), path.unpriced());
        let gap = unpriced.iter().map(|gap| gap.meeting.announcement()).min();
        let before_gap = |step: &&MeetingStep| gap.is_none_or(|gap| step.meeting.announcement() < gap);
        let priced: Vec<&MeetingStep> = steps.iter().take_while(before_gap).collect();
        let Some(first) = priced.first() else {
            let month = crate::market::contract::ContractMonth::of(as_of);
            let no_meetings = || PolicyError::NoMeetings { as_of, span: (month, month) };
            let gap = |gap: &Unpriced| PolicyError::FirstMeetingUnpriced(gap.meeting.announcement(), gap.reason);
            let first = unpriced.iter().min_by_key(|gap| gap.meeting.announcement());
            return Err(first.map_or_else(no_meetings, gap));
        };
        let mut steps = vec![StepForward { from: as_of, rate: first.before.clone(), meeting: None }];
        steps.extend(priced.into_iter().map(|step| StepForward {
            from: step.effective,
            rate: step.after.clone(),
            meeting: Some(step.meeting.announcement()),
        }));
        Ok(Self { as_of, steps, unpriced: unpriced.to_vec() })
    }

    /// The valuation date.
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// The levels in the order of their dates; the first is today's.
    #[must_use]
    pub fn steps(&self) -> &[StepForward] {
        &self.steps
    }

    /// The meetings without a price, from the first of which on the rate is held.
    #[must_use]
    pub fn unpriced(&self) -> &[Unpriced] {
        &self.unpriced
    }

    /// The level of the last priced meeting, which is held from its date on.
    #[must_use]
    pub fn last(&self) -> &StepForward {
        &self.steps[self.steps.len() - 1]
    }

    /// The expected overnight rate of a day; before the valuation date, that of the valuation date.
    #[must_use]
    pub fn rate_on(&self, day: NaiveDate) -> &Rate {
        let later = self.steps.partition_point(|step| step.from <= day);
        &self.steps[later.saturating_sub(1)].rate
    }
}
