//! [`PolicyPath`]: the expected rate before and after every meeting, as data.

use std::fmt;

use chrono::NaiveDate;

use super::{Assumptions, ContractFit, DecisionDay, derivation, fedwatch};
use crate::calendar::{Meeting, TargetRange};
use crate::contract::ContractMonth;
use crate::explain::Derivation;
use crate::notice::Notice;
use crate::strip::Strip;
use crate::units::{BasisPoints, Fraction, Rate};

/// The days of a meeting's month before and after the change of rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCount {
    /// Days of the month at the rate before the meeting.
    pub before: u32,
    /// Days of the month at the rate after it.
    pub after: u32,
}

impl DayCount {
    /// The days of the meeting's month under a convention for the decision day.
    #[must_use]
    pub fn of(meeting: &Meeting, convention: DecisionDay) -> Self {
        let days = meeting.month().days();
        let decision_day = chrono::Datelike::day(&meeting.announcement());
        let before = match convention {
            DecisionDay::Old => decision_day,
            DecisionDay::New => decision_day - 1,
        };
        Self { before, after: days - before }
    }

    /// The days of the month.
    #[must_use]
    pub fn total(self) -> u32 {
        self.before + self.after
    }
}

/// How a meeting was solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Solved {
    /// Start and end come from outside: its own contract is not used.
    Anchored,
    /// Its own contract gave the rate before.
    Backward,
    /// Its own contract gave the rate after.
    Forward,
}

impl fmt::Display for Solved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Anchored => "anchored",
            Self::Backward => "backward",
            Self::Forward => "forward",
        })
    }
}

/// Where a rate before or after a meeting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RateSource {
    /// The average of a month without a meeting.
    Anchor(ContractMonth),
    /// The rate before the meeting of the next month.
    NextMeeting,
    /// The rate after the meeting of the month before.
    PreviousMeeting,
    /// The meeting's own contract, from the other rate and the day count.
    OwnContract,
    /// Given by the user.
    Given,
}

/// One meeting of the path.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MeetingStep {
    /// The meeting.
    pub meeting: Meeting,
    /// The days of its month before and after the change.
    pub days: DayCount,
    /// The expected rate before the meeting.
    pub before: Rate,
    /// The expected rate after it.
    pub after: Rate,
    /// Where the rate before comes from.
    pub before_from: RateSource,
    /// Where the rate after comes from.
    pub after_from: RateSource,
    convention: DecisionDay,
}

impl MeetingStep {
    pub(super) fn new(
        meeting: Meeting,
        convention: DecisionDay,
        (before, before_from): (Rate, RateSource),
        (after, after_from): (Rate, RateSource),
    ) -> Self {
        let days = DayCount::of(&meeting, convention);
        Self { meeting, days, before, after, before_from, after_from, convention }
    }

    /// The contract of the meeting's month.
    #[must_use]
    pub fn contract(&self) -> ContractMonth {
        self.meeting.month()
    }

    /// The first day counted at the rate after: the day after the announcement, or the announcement itself
    /// where the decision day carries the new rate.
    #[must_use]
    pub fn effective(&self) -> NaiveDate {
        match self.convention {
            DecisionDay::Old => self.meeting.effective_date(),
            DecisionDay::New => self.meeting.announcement(),
        }
    }

    /// The expected change of the rate at the meeting.
    #[must_use]
    pub fn change(&self) -> BasisPoints {
        &self.after - &self.before
    }

    /// The expected number of 25 bp moves, cuts negative.
    #[must_use]
    pub fn expected_moves(&self) -> Fraction {
        self.change().exact() / BasisPoints::policy_step().exact()
    }

    /// How the meeting was solved.
    #[must_use]
    pub fn solved(&self) -> Solved {
        match (self.before_from, self.after_from) {
            (_, RateSource::OwnContract) => Solved::Forward,
            (RateSource::OwnContract, _) => Solved::Backward,
            _ => Solved::Anchored,
        }
    }

    /// The average rate that the path implies for the meeting's month.
    #[must_use]
    pub fn month_average(&self) -> Rate {
        let share = |days: u32, rate: &Rate| &Fraction::integer(i64::from(days)) * rate.percent();
        let sum = &share(self.days.before, &self.before) + &share(self.days.after, &self.after);
        Rate::from_exact_percent(&sum / &Fraction::integer(i64::from(self.days.total())))
    }
}

/// A meeting of the chain that the quotes do not reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpriced {
    /// The meeting.
    pub meeting: Meeting,
    /// Why it has no price.
    pub reason: UnpricedReason,
}

/// Why a meeting has no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnpricedReason {
    /// A contract that the rule reads for the meeting is not among the quotes, though later ones are, or it has
    /// expired.
    MissingContract(ContractMonth),
    /// The quotes end before a contract that the rule reads for the meeting.
    StripEnds(ContractMonth),
    /// The rate had already moved in the meeting's month, so that its average mixes three rates.
    RateAlreadyMoved(ContractMonth),
    /// The month has no day at the rate the own contract would have to give.
    NoDaysToSolve(ContractMonth),
    /// Nothing on either side of the meeting gives a rate.
    NoAnchor,
    /// The meeting before it has no price.
    MeetingBefore(NaiveDate),
}

impl fmt::Display for UnpricedReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingContract(month) => write!(f, "no price for {} ({})", month.symbol(), month.words()),
            Self::StripEnds(month) => write!(f, "the quotes end before {} ({})", month.symbol(), month.words()),
            Self::RateAlreadyMoved(month) => write!(
                f,
                "the rate has already moved in {}, so {} averages three rates: give the rate before the meeting with --start-rate",
                month.words(),
                month.symbol()
            ),
            Self::NoDaysToSolve(month) => write!(
                f,
                "the decision falls on the edge of {}, whose contract says nothing of the rate on the other side",
                month.words()
            ),
            Self::NoAnchor => f.write_str("no month without a meeting on either side gives a rate"),
            Self::MeetingBefore(date) => write!(f, "the meeting of {date} before it has no price"),
        }
    }
}

/// Why a strip gives no path at all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyError {
    /// No target range is known for the valuation date.
    NoTarget(NaiveDate),
    /// The calendar does not reach the valuation date, or holds no meeting from it on.
    NoMeetings {
        /// The valuation date.
        as_of: NaiveDate,
        /// The years of the calendar.
        years: (i32, i32),
    },
    /// Two decisions in one month of the chain: one contract cannot tell them apart.
    TwoDecisions {
        /// The month.
        month: ContractMonth,
        /// The decisions.
        decisions: (NaiveDate, NaiveDate),
    },
    /// Contracts that the rule reads are missing, with the meetings that need them.
    MissingContracts(Vec<(ContractMonth, NaiveDate)>),
    /// The first meeting has no price, and every outcome starts from it.
    FirstMeetingUnpriced(NaiveDate, UnpricedReason),
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTarget(date) => {
                write!(
                    f,
                    "expected a target range for {date}, found none in the table (give it with --target, such as 3.75-4.00)"
                )
            }
            Self::NoMeetings { as_of, years: (first, last) } => write!(
                f,
                "expected a meeting on or after {as_of}, found none: the calendar covers {first} to {last} (give one with --meetings)"
            ),
            Self::TwoDecisions { month, decisions: (first, second) } => write!(
                f,
                "expected one decision a month, found {first} and {second} in {}: one contract cannot tell them apart",
                month.words()
            ),
            Self::MissingContracts(missing) => {
                for (index, (month, meeting)) in missing.iter().enumerate() {
                    let line = if index == 0 { "" } else { "\n" };
                    write!(
                        f,
                        "{line}no price for {} ({}), needed for the meeting of {meeting}",
                        month.symbol(),
                        month.words()
                    )?;
                }
                f.write_str(" (add the contract, or give its price with --anchor YYYY-MM=PRICE)")
            }
            Self::FirstMeetingUnpriced(meeting, reason) => {
                write!(f, "the meeting of {meeting} cannot be priced: {reason}")
            }
        }
    }
}

impl std::error::Error for PolicyError {}

/// The expected federal funds rate before and after every meeting that a strip prices.
///
/// ```
/// use fedpath::{Assumptions, PolicyPath, Snapshot, Strip, StripOptions};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n\
///     ZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
/// let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
/// let path = PolicyPath::solve(&strip, &Assumptions::default())?;
/// let december = &path.steps()[0];
/// assert_eq!(december.before.to_string(), "3.88%");
/// assert_eq!(december.after.to_string(), "3.7925%");
/// assert_eq!(december.expected_moves().to_string(), "-7/20");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyPath {
    pub(super) as_of: NaiveDate,
    pub(super) target: TargetRange,
    pub(super) decision_day: DecisionDay,
    pub(super) steps: Vec<MeetingStep>,
    pub(super) unpriced: Vec<Unpriced>,
    pub(super) contracts: Vec<ContractFit>,
    pub(super) notices: Vec<Notice>,
}

impl PolicyPath {
    /// Solves a strip by the FedWatch rule.
    ///
    /// # Errors
    /// [`PolicyError`]: no target range or no meeting for the valuation date, two decisions in one month, a
    /// contract missing amid the strip, or no way to price the first meeting. A strip that only ends early
    /// prices the meetings it reaches; the others are in [`PolicyPath::unpriced`].
    pub fn solve(strip: &Strip, assumptions: &Assumptions) -> Result<Self, PolicyError> {
        fedwatch::solve(strip, assumptions)
    }

    /// The valuation date.
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// The target range in force on the valuation date.
    #[must_use]
    pub fn target(&self) -> TargetRange {
        self.target
    }

    /// Which rate the decision day carries.
    #[must_use]
    pub fn decision_day(&self) -> DecisionDay {
        self.decision_day
    }

    /// The priced meetings in the order of their dates.
    #[must_use]
    pub fn steps(&self) -> &[MeetingStep] {
        &self.steps
    }

    /// The meetings of the chain without a price, and why.
    #[must_use]
    pub fn unpriced(&self) -> &[Unpriced] {
        &self.unpriced
    }

    /// How well every contract of the strip agrees with the path.
    #[must_use]
    pub fn contracts(&self) -> &[ContractFit] {
        &self.contracts
    }

    /// What a reader should know.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// How the rates of a meeting are made, step by step; `None` where the path does not hold the meeting.
    #[must_use]
    pub fn derivation(&self, announcement: NaiveDate) -> Option<Derivation> {
        derivation::of_rates(self, announcement)
    }
}
