//! [`StepForwards`]: the expected overnight rate from meeting to meeting.

use chrono::{Days, NaiveDate};

use super::days_between;
use crate::rule::{MeetingStep, PolicyError, PolicyPath, SharedLevel, Unpriced};
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
    /// Whether contracts cover it with others and do not tell them apart: [`SharedLevel`](crate::joint::SharedLevel).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub shared: bool,
}

/// The expected overnight rate, level by level: the rate before the first priced meeting from the valuation date on, then
/// the rate after each meeting from its effective date on. Exact.
///
/// Beyond the last priced meeting, or the first without a price, the rate is **held at its last level**: an assumption, and
/// reports name it. What later meetings say of the rate does not reach back over a gap. A fit of all contracts has no gap where quarters
/// cover several meetings together: the smallest steps that fit the prices stand there, marked, as far as the last contract.
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
    /// The day from which no price tells the rate.
    #[cfg_attr(feature = "serde", serde(skip))]
    assumed_from: NaiveDate,
}

impl StepForwards {
    /// The levels of a path.
    ///
    /// # Errors
    /// [`PolicyError::FirstMeetingUnpriced`] where the path does not price its first meeting.
    pub fn new(path: &PolicyPath) -> Result<Self, PolicyError> {
        Self::of_steps(path, path.steps(), path.joint().map_or(&[], |joint| &joint.shared))
    }

    /// The levels of the meetings that do not rest on where the chain ends: [`PolicyPath::firm_steps`].
    ///
    /// # Errors
    /// [`PolicyError::FirstMeetingUnpriced`] where the path does not price its first meeting, and
    /// [`PolicyError::NoMeetings`] where every meeting is provisional.
    pub fn firm(path: &PolicyPath) -> Result<Self, PolicyError> {
        Self::of_steps(path, path.firm_steps(), &[])
    }

    fn of_steps(path: &PolicyPath, steps: &[MeetingStep], shared: &[SharedLevel]) -> Result<Self, PolicyError> {
        let (as_of, all_unpriced) = (path.as_of(), path.unpriced());
        let is_shared = |gap: &&Unpriced| shared.iter().any(|level| level.meeting == gap.meeting.announcement());
        // What lies behind the last contract of a fit is no gap in it.
        let reach = path.joint().map(|joint| joint.reach);
        let is_behind =
            |gap: &&Unpriced| reach.is_some_and(|reach| days_between(gap.meeting.announcement(), reach) <= 1.0);
        let unpriced = all_unpriced.iter().filter(|gap| !is_shared(gap) && !is_behind(gap));
        let unpriced: Vec<Unpriced> = unpriced.cloned().collect();
        let gap = unpriced.iter().map(|gap| gap.meeting.announcement()).min();
        let priced = steps.iter().map(|step| (step.meeting.announcement(), step.effective, &step.after, false));
        let shared = shared.iter().map(|level| (level.meeting, level.effective, &level.rate, level.assumed));
        let before_gaps =
            |step: &&MeetingStep| all_unpriced.iter().all(|gap| gap.meeting.announcement() > step.announcement());
        let first = steps.first().filter(before_gaps);
        let mut levels: Vec<_> = priced.chain(shared).filter(|level| gap.is_none_or(|gap| level.0 < gap)).collect();
        levels.sort_unstable_by_key(|level| level.0);
        let Some(first) = first else {
            let month = crate::market::contract::ContractMonth::of(as_of);
            let no_meetings = || PolicyError::NoMeetings { as_of, span: (month, month) };
            let gap = |gap: &Unpriced| PolicyError::FirstMeetingUnpriced(gap.meeting.announcement(), gap.reason);
            let first = all_unpriced.iter().min_by_key(|gap| gap.meeting.announcement());
            return Err(first.map_or_else(no_meetings, gap));
        };
        let mut steps = vec![StepForward { from: as_of, rate: first.before.clone(), meeting: None, shared: false }];
        steps.extend(levels.into_iter().map(|(meeting, from, rate, shared)| StepForward {
            from,
            rate: rate.clone(),
            meeting: Some(meeting),
            shared,
        }));
        // A rule that reads the contracts one by one ends with its last meeting; a fit of all of them with the last contract.
        let last = steps.last().map_or(as_of, |step| step.from);
        let assumed_from = reach.filter(|_| gap.is_none()).map_or(last, |reach| reach.max(last));
        Ok(Self { as_of, steps, unpriced, assumed_from })
    }

    /// SOFR day by day: the level less the basis of the day. `None` of a path that was not fitted to SOFR futures. Behind the last
    /// knot of the basis it is held, as the level is.
    ///
    /// # Errors
    /// As [`StepForwards::new`].
    pub fn sofr(path: &PolicyPath) -> Result<Option<Self>, PolicyError> {
        let Some(joint) = path.joint() else { return Ok(None) };
        let effective = Self::new(path)?;
        let last_knot = joint.basis.last().map_or(0, |knot| u64::from(knot.days));
        let end = effective.as_of.checked_add_days(Days::new(last_knot)).unwrap_or(effective.as_of);
        let end = end.max(effective.last().from);
        let mut steps: Vec<StepForward> = Vec::new();
        for day in effective.as_of.iter_days().take_while(|day| *day <= end) {
            let level = effective.level(day);
            let ahead = u32::try_from((day - effective.as_of).num_days()).unwrap_or(0);
            let rate = joint.sofr(&level.rate, ahead);
            let meeting = level.meeting.filter(|_| level.from == day);
            if meeting.is_some() || steps.last().is_none_or(|last| last.rate != rate) {
                let shared = meeting.is_some() && level.shared;
                steps.push(StepForward { from: day, rate, meeting, shared });
            }
        }
        Ok(Some(Self { steps, ..effective }))
    }

    /// The day from which the rate is assumed and no price tells it: that of the last level, or where the last contract ends of a path
    /// that was fitted to all of them.
    #[must_use]
    pub fn assumed_from(&self) -> NaiveDate {
        self.assumed_from
    }

    /// Today's level and those that a meeting brings, without the days on which a basis drifts.
    pub fn decided(&self) -> impl Iterator<Item = &StepForward> {
        self.steps.iter().filter(|step| step.meeting.is_some() || step.from == self.as_of)
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
        &self.level(day).rate
    }

    fn level(&self, day: NaiveDate) -> &StepForward {
        let later = self.steps.partition_point(|step| step.from <= day);
        &self.steps[later.saturating_sub(1)]
    }
}
