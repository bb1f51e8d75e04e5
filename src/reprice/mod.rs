//! [`Repricing`]: two snapshots of one market, and everything that changed between them.

#[cfg(feature = "serde")]
mod as_data;
pub(crate) mod sensitivity;

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;

use crate::curve::{CurveResponse, PassThroughOptions, PathChange, PolicyShift, StepForwards};
use crate::equity::{EquityImpact, EquityOptions};
use crate::explain::{Expression, Step, Unit};
use crate::market::calendar::Meeting;
use crate::notice::Notice;
use crate::outlook::{MeetingOutlook, Outlook};
use crate::reprice::sensitivity::Sensitivity;
use crate::rule::Assumptions;
use crate::units::{BasisPoints, Fraction, Probability};

/// What a repricing needs besides the two outlooks.
///
/// ```
/// use fedpath::RepriceOptions;
/// let options = RepriceOptions::default().with_meeting("2026-01-28".parse()?);
/// assert!(options.meeting.is_some());
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct RepriceOptions {
    /// The headline meeting, by its announcement; the first that both outlooks price where `None`.
    pub meeting: Option<NaiveDate>,
    /// How the shift passes through to the curve.
    pub pass_through: PassThroughOptions,
    /// What the equity figures take as given.
    pub equity: EquityOptions,
}

impl RepriceOptions {
    /// With a headline meeting, by its announcement.
    #[must_use]
    pub fn with_meeting(self, announcement: NaiveDate) -> Self {
        Self { meeting: Some(announcement), ..self }
    }

    /// With another way through to the curve.
    #[must_use]
    pub fn with_pass_through(self, pass_through: PassThroughOptions) -> Self {
        Self { pass_through, ..self }
    }

    /// With other equity figures.
    #[must_use]
    pub fn with_equity(self, equity: EquityOptions) -> Self {
        Self { equity, ..self }
    }
}

/// Two outlooks that cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RepriceError {
    /// The second snapshot is older than the first.
    OutOfOrder {
        /// The date of the first.
        before: NaiveDate,
        /// The date of the second.
        after: NaiveDate,
    },
    /// No meeting is priced in both.
    NothingInCommon,
    /// The wanted meeting is not priced in both.
    MeetingNotPriced {
        /// The meeting.
        meeting: NaiveDate,
        /// The meetings that are.
        priced: Vec<NaiveDate>,
    },
}

impl fmt::Display for RepriceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfOrder { before, after } => {
                write!(f, "expected the older quotes first, found {before} before {after} (swap the two files)")
            }
            Self::NothingInCommon => f.write_str("expected a meeting priced in both files, found none"),
            Self::MeetingNotPriced { meeting, priced } => {
                let dates: Vec<String> = priced.iter().map(ToString::to_string).collect();
                write!(f, "expected a meeting priced in both files ({}), found {meeting}", dates.join(", "))
            }
        }
    }
}

impl std::error::Error for RepriceError {}

/// What changed for one meeting that both outlooks price.
///
/// ```
/// use fedpath::{Assumptions, RepriceOptions, Repricing, price};
/// let assumptions = Assumptions::default();
/// let before = price("# as_of: 2025-11-14\ncontract,price\n2025-11,96.12\n2026-01,96.29\n2026-02,96.36\n", &assumptions)?;
/// let after = price("# as_of: 2025-11-21\ncontract,price\n2025-11,96.12\n2026-01,96.215\n2026-02,96.285\n", &assumptions)?;
/// let story = Repricing::new(before, after, &assumptions, &RepriceOptions::default())?;
/// let december = story.headline();
/// assert_eq!((december.ease_change_points().to_string(), december.expected_rate_shift().to_string()), ("-30".into(), "7.5bp".into()));
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MeetingShift {
    /// The meeting, as the first outlook prices it.
    pub before: MeetingOutlook,
    /// The meeting, as the second prices it.
    pub after: MeetingOutlook,
}

impl MeetingShift {
    /// The announcement of the meeting.
    #[must_use]
    pub fn announcement(&self) -> NaiveDate {
        self.after.step.meeting.announcement()
    }

    /// Whether the rate after the meeting rests, on either day, on where the chain, the quotes or the calendar end.
    #[must_use]
    pub fn provisional(&self) -> bool {
        self.before.step.provisional || self.after.step.provisional
    }

    /// The probability of a range below each snapshot's own, before and after.
    #[must_use]
    pub fn ease(&self) -> (Probability, Probability) {
        (self.before.cumulative.ease(), self.after.cumulative.ease())
    }

    /// The probability of a range above each snapshot's own, before and after.
    #[must_use]
    pub fn hike(&self) -> (Probability, Probability) {
        (self.before.cumulative.hike(), self.after.cumulative.hike())
    }

    /// The change of the probability of easing, in percentage points.
    #[must_use]
    pub fn ease_change_points(&self) -> Fraction {
        let (before, after) = self.ease();
        &(&after - &before) * &Fraction::integer(100)
    }

    /// The change of the expected rate after the meeting.
    #[must_use]
    pub fn expected_rate_shift(&self) -> BasisPoints {
        &self.after.step.after - &self.before.step.after
    }
}

/// The headline by chains so long that it rests on the end of neither; `None` where it does not, or contracts do not reach.
fn firm_headline(before: &Outlook, after: &Outlook, announcement: NaiveDate) -> Option<MeetingShift> {
    let provisional = |outlook: &Outlook| outlook.meeting(announcement).is_some_and(|meeting| meeting.step.provisional);
    if !provisional(before) && !provisional(after) {
        return None;
    }
    let firm = |outlook: &Outlook| Outlook::new(outlook.path().firm()).ok()?.meeting(announcement).cloned();
    Some(MeetingShift { before: firm(before)?, after: firm(after)? })
}

/// The notice that meetings both days price are no part of the change of the whole path.
fn provisional_left_out(before: &Outlook, after: &Outlook) -> Option<Notice> {
    let meetings: BTreeSet<NaiveDate> = before.path().never_firm().chain(after.path().never_firm()).collect();
    let (first, last) = (*meetings.first()?, *meetings.last()?);
    Some(Notice::ProvisionalLeftOut { first, last })
}

/// The whole story between two snapshots, as data: probabilities, path, curve, equity.
///
/// The curve and equity figures take the headline meeting's shift as one step at its effective date, valued on
/// the second snapshot's date; the method `strip` takes the change of the whole path.
///
/// ```
/// use fedpath::{Assumptions, RepriceOptions, Repricing, price};
/// let assumptions = Assumptions::default();
/// let quotes = |day, january, february| {
///     format!("# as_of: {day}\ncontract,price\n2025-11,96.12\n2026-01,{january}\n2026-02,{february}\n")
/// };
/// let before = price(&quotes("2025-11-14", "96.29", "96.36"), &assumptions)?;
/// let after = price(&quotes("2025-11-21", "96.215", "96.285"), &assumptions)?;
/// let story = Repricing::new(before, after, &assumptions, &RepriceOptions::default())?;
/// let (before, after) = story.headline().ease();
/// assert_eq!((before.to_string(), after.to_string()), ("65%".into(), "35%".into()));
/// assert_eq!(story.headline().expected_rate_shift().to_string(), "7.5bp");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Repricing {
    before: Outlook,
    after: Outlook,
    headline: MeetingShift,
    meetings: Vec<MeetingShift>,
    decision_between: Option<NaiveDate>,
    sensitivity: Sensitivity,
    notices: Vec<Notice>,
}

impl Repricing {
    /// Compares two outlooks.
    ///
    /// # Errors
    /// [`RepriceError`]: the second is older, or no meeting (or not the wanted one) is priced in both. Two outlooks
    /// of one day are fine.
    pub fn new(
        before: Outlook,
        after: Outlook,
        assumptions: &Assumptions,
        options: &RepriceOptions,
    ) -> Result<Self, RepriceError> {
        let (from, to) = (before.path().as_of(), after.path().as_of());
        if to < from {
            return Err(RepriceError::OutOfOrder { before: from, after: to });
        }
        let common = |later: &MeetingOutlook| {
            let earlier = before.meeting(later.step.meeting.announcement())?;
            Some(MeetingShift { before: earlier.clone(), after: later.clone() })
        };
        let meetings: Vec<MeetingShift> = after.meetings().iter().filter_map(common).collect();
        let headline = match options.meeting {
            None => meetings.first().ok_or(RepriceError::NothingInCommon)?,
            Some(meeting) => meetings.iter().find(|shift| shift.announcement() == meeting).ok_or_else(|| {
                let priced = meetings.iter().map(MeetingShift::announcement).collect();
                RepriceError::MeetingNotPriced { meeting, priced }
            })?,
        }
        .clone();
        let headline = firm_headline(&before, &after, headline.announcement()).unwrap_or(headline);
        let calendar = &assumptions.calendar;
        let scheduled = calendar.expected_on(from).map(Meeting::announcement);
        let changed = assumptions.targets.changes().iter().filter_map(|change| change.announcement);
        let decision_between = scheduled.chain(changed).filter(|date| (from..to).contains(date)).min();

        let effective = headline.after.step.effective;
        let shift = PolicyShift::step(to, effective, headline.expected_rate_shift());
        let announcement = headline.announcement();
        let forwards = |outlook: &Outlook| StepForwards::firm(outlook.path()).ok();
        let observed = forwards(&before).zip(forwards(&after)).map(|(before, after)| PathChange::new(&before, &after));
        let sensitivity =
            Sensitivity::new(assumptions, announcement, shift, observed, &options.pass_through, &options.equity);
        let one_target = decision_between.zip(assumptions.target);
        let one_target = one_target.map(|(decision, range)| Notice::OneTarget { range, decision });
        let left_out = provisional_left_out(&before, &after);
        let notices = one_target.into_iter().chain(left_out).chain(sensitivity.notices().iter().cloned()).collect();
        Ok(Self { before, after, headline, meetings, decision_between, sensitivity, notices })
    }

    /// The outlook of the first snapshot.
    #[must_use]
    pub fn before(&self) -> &Outlook {
        &self.before
    }

    /// The outlook of the second snapshot.
    #[must_use]
    pub fn after(&self) -> &Outlook {
        &self.after
    }

    /// The meeting the story is about.
    #[must_use]
    pub fn headline(&self) -> &MeetingShift {
        &self.headline
    }

    /// Every meeting that both snapshots price.
    #[must_use]
    pub fn meetings(&self) -> &[MeetingShift] {
        &self.meetings
    }

    /// The first decision between the two snapshots, a scheduled one or a change of the target off the calendar: then
    /// odds count from different ranges. A decision of the second snapshot's own day is in force the day after.
    #[must_use]
    pub fn decision_between(&self) -> Option<NaiveDate> {
        self.decision_between
    }

    /// The headline shift as a step of the policy path.
    #[must_use]
    pub fn shift(&self) -> &PolicyShift {
        self.sensitivity.shift()
    }

    /// The response of the zero curve, one per method.
    #[must_use]
    pub fn curve(&self) -> &[CurveResponse] {
        self.sensitivity.curve()
    }

    /// The impact on equities, one per asset and method.
    #[must_use]
    pub fn equity(&self) -> &[EquityImpact] {
        self.sensitivity.equity()
    }

    /// What the headline shift does to the curve and to equities.
    #[must_use]
    pub fn sensitivity(&self) -> &Sensitivity {
        &self.sensitivity
    }

    /// How the headline shift is made from the rates of both snapshots.
    #[must_use]
    pub fn derivation(&self) -> Step {
        let rate = |meeting: &MeetingOutlook| Expression::number(meeting.step.after.exact().clone());
        let change = rate(&self.headline.after) - rate(&self.headline.before);
        let reason = "rate after the meeting, second snapshot less first, in basis points";
        Step::new("expected rate shift", reason, change * Expression::integer(100), Unit::BasisPoints)
    }

    /// What a reader should know of the comparison; the outlooks' own notices stand with them.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }
}
