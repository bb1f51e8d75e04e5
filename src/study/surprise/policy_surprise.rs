//! [`PolicySurprise`]: MP1, MP2 and the next ones.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::{RateChanges, SurpriseRule};
use crate::market::calendar::{Meeting, MeetingCalendar};
use crate::market::contract::{Contract, ContractMonth};
use crate::schedule::{DayCount, days_around};
use crate::units::{BasisPoints, Fraction};

/// The surprise of one announcement.
///
/// `MP1` is the change of the rate expected after the announcement itself. `MPj` is that of the rate after the next meetings:
/// with `f` the change of the contract of the meeting's month, its day `d` of `D`, and `MP` of the meeting before,
/// `MPj = (f - MP d / D) D / (D - d)` where more than seven days are left, otherwise the change of the next month's contract.
/// Meetings are those that were on the calendar on the day of the announcement.
///
/// ```
/// use fedpath::MeetingCalendar;
/// use fedpath::surprise::{PolicySurprise, RateChanges, SurpriseRule};
/// // The press conference of 29 October 2025, by the San Francisco Fed's event-study database.
/// let changes: RateChanges = [("2025-11", "0.5"), ("2025-12", "5")]
///     .into_iter()
///     .map(|(contract, bp)| (contract.parse().unwrap(), bp.parse().unwrap()))
///     .collect();
/// let announcement = chrono::NaiveDate::from_ymd_opt(2025, 10, 29).unwrap();
/// let surprise =
///     PolicySurprise::new(announcement, &changes, &MeetingCalendar::embedded(), SurpriseRule::SevenDay);
/// assert_eq!(surprise.current().surprise.as_ref().unwrap().to_string(), "0.5bp");
/// let december = &surprise.next()[0];
/// assert_eq!(december.meeting.to_string(), "2025-12-10");
/// assert_eq!(format!("{:.5}", december.surprise.as_ref().unwrap().exact()), "7.14286");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PolicySurprise {
    rule: SurpriseRule,
    current: MeetingSurprise,
    next: Vec<MeetingSurprise>,
}

/// The surprise about one decision.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct MeetingSurprise {
    /// The decision, by its announcement.
    pub meeting: NaiveDate,
    /// The change of the rate expected after it, or why there is none.
    pub surprise: Result<BasisPoints, NoSurprise>,
    /// The contract that gives it.
    pub contract: Contract,
    /// The change of that contract's implied rate, where both sides of the window have it.
    pub change: Option<BasisPoints>,
    /// How it does.
    pub source: SurpriseSource,
}

/// How a contract gives a surprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum SurpriseSource {
    /// The change of the contract of the decision's month, scaled to the days left after the decision.
    Scaled {
        /// The days of the month to the decision, its own included.
        before: u32,
        /// The days after it.
        after: u32,
    },
    /// The change of the contract of the decision's month as it is: the first day of a month, by Kuttner's rule.
    Unscaled,
    /// The change of the next month's contract: few days are left.
    NextContract,
}

impl SurpriseSource {
    /// The id that reports carry.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Scaled { .. } => "scaled",
            Self::Unscaled => "unscaled",
            Self::NextContract => "next-contract",
        }
    }
}

/// Why there is no surprise about a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoSurprise {
    /// One side of the window, or both, has no price of the contract.
    NoPrice(Contract),
    /// The decision before it is in the same month, and one contract cannot tell their changes apart.
    SameMonth(NaiveDate),
    /// There is no surprise about the decision before it.
    After(NaiveDate),
}

impl fmt::Display for NoSurprise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPrice(contract) => {
                write!(f, "no price for {} ({}) on both sides", contract.symbol(), contract.words())
            }
            Self::SameMonth(earlier) => {
                write!(f, "the decision of {earlier} is in the same month, and one contract holds both")
            }
            Self::After(earlier) => write!(f, "there is none for the decision of {earlier} before it"),
        }
    }
}

impl std::error::Error for NoSurprise {}

impl PolicySurprise {
    /// The surprise of an announcement, on or off the calendar, by a rule. By the seven-day rule the next meetings follow, up
    /// to the first whose contract has no change.
    #[must_use]
    pub fn new(announcement: NaiveDate, changes: &RateChanges, calendar: &MeetingCalendar, rule: SurpriseRule) -> Self {
        let current = of_decision(announcement, None, changes, rule);
        let mut next: Vec<MeetingSurprise> = Vec::new();
        if rule == SurpriseRule::SevenDay && calendar.covers(ContractMonth::of(announcement)) {
            let expected = calendar.expected_on(announcement).map(Meeting::announcement);
            for meeting in expected.filter(|meeting| *meeting > announcement) {
                let surprise = of_decision(meeting, Some(next.last().unwrap_or(&current)), changes, rule);
                let ends = matches!(surprise.surprise, Err(NoSurprise::NoPrice(_)));
                // Of the meetings past the quotes only the first is told, and of the next meeting always.
                if ends && !next.is_empty() {
                    break;
                }
                next.push(surprise);
                if ends {
                    break;
                }
            }
        }
        Self { rule, current, next }
    }

    /// The rule.
    #[must_use]
    pub fn rule(&self) -> SurpriseRule {
        self.rule
    }

    /// The day of the announcement.
    #[must_use]
    pub fn announcement(&self) -> NaiveDate {
        self.current.meeting
    }

    /// The surprise about the decision announced: MP1.
    #[must_use]
    pub fn current(&self) -> &MeetingSurprise {
        &self.current
    }

    /// The surprises about the next meetings: MP2, MP3 and so on.
    #[must_use]
    pub fn next(&self) -> &[MeetingSurprise] {
        &self.next
    }
}

fn of_decision(
    meeting: NaiveDate,
    earlier: Option<&MeetingSurprise>,
    changes: &RateChanges,
    rule: SurpriseRule,
) -> MeetingSurprise {
    let month = ContractMonth::of(meeting);
    let days = days_around(changes.product().reference_period(month), meeting);
    let (before, after) = (days.before(), days.after());
    let (contract, source) = if rule.takes_next_contract(after) {
        (month.next(), SurpriseSource::NextContract)
    } else if rule.takes_unscaled(meeting.day()) {
        (month, SurpriseSource::Unscaled)
    } else {
        (month, SurpriseSource::Scaled { before, after })
    };
    let named = changes.product().contract(contract);
    let change = changes.of(contract).ok_or(NoSurprise::NoPrice(named));
    let surprise = change.and_then(|change| match source {
        SurpriseSource::NextContract | SurpriseSource::Unscaled => Ok(change.clone()),
        SurpriseSource::Scaled { .. } => scaled(change, days, changes.product().contract(month), earlier),
    });
    let change = changes.of(contract).cloned();
    MeetingSurprise { meeting, surprise, contract: named, change, source }
}

/// `(f - MP d / D) D / (D - d)`, with `MP` the surprise about the decision before, if there is one: `(f D - MP d) / (D - d)`.
fn scaled(
    change: &BasisPoints,
    days: DayCount,
    contract: Contract,
    earlier: Option<&MeetingSurprise>,
) -> Result<BasisPoints, NoSurprise> {
    let known = match earlier {
        None => Fraction::zero(),
        Some(earlier) if ContractMonth::of(earlier.meeting) == contract.month() => {
            return Err(NoSurprise::SameMonth(earlier.meeting));
        }
        Some(earlier) => {
            let surprise = earlier.surprise.as_ref().map_err(|_| NoSurprise::After(earlier.meeting))?;
            surprise.exact() * &Fraction::integer(i64::from(days.before()))
        }
    };
    let total = change.exact() * &Fraction::integer(i64::from(contract.reference_period().days()));
    let surprise = (&total - &known).checked_div(&Fraction::integer(i64::from(days.after())));
    // The rule takes the next contract where no day is left.
    surprise.map(BasisPoints::from_exact).ok_or(NoSurprise::NoPrice(contract))
}
