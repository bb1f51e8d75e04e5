//! [`Summary`]: what a strategist quotes of one day: the next meeting, what is priced by a date, where the rate ends up.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

use crate::market::contract::ContractMonth;
use crate::outlook::{MeetingOutlook, Outlook};
use crate::quotes::strip::Strip;
use crate::rule::{Assumptions, PolicyError};
use crate::units::{BasisPoints, Fraction, Rate};

/// The end of a span that a sum runs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Until {
    /// So many months after the valuation date.
    Months(u32),
    /// The end of a year.
    YearEnd(i32),
}

impl Until {
    /// The last day of the span from a day on.
    #[must_use]
    pub fn last_day(self, as_of: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Months(months) => as_of.checked_add_months(Months::new(months)),
            Self::YearEnd(year) => NaiveDate::from_ymd_opt(year, 12, 31),
        }
    }
}

/// `6M`, or the last day of the year.
impl fmt::Display for Until {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Months(months) => f.pad(&format!("{months}M")),
            Self::YearEnd(year) => f.pad(&format!("{year}-12-31")),
        }
    }
}

/// What is priced by a date: the sum over the meetings up to it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PricedBy {
    /// The date.
    pub until: Until,
    /// The last meeting on or before it.
    pub last_meeting: NaiveDate,
    /// The expected change of the rate from today to after that meeting; negative: cuts.
    pub change: BasisPoints,
    /// The expected number of moves of 25 bp.
    pub moves: Fraction,
    /// The expected rate after that meeting.
    pub rate: Rate,
    /// Whether the sum rests on a [provisional](crate::MeetingStep::provisional) meeting: contracts reach no further.
    pub provisional: bool,
}

/// The lowest or the highest expected rate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct RateExtreme {
    /// The meeting after which it is expected.
    pub meeting: NaiveDate,
    /// The rate.
    pub rate: Rate,
    /// Whether the meeting is provisional: there is no other.
    pub provisional: bool,
}

/// Whether the path ends up below today's rate or above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum Direction {
    /// The lowest expected rate is farther from today's.
    Low,
    /// The highest is.
    High,
}

impl Direction {
    /// The word that reports carry.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::High => "high",
        }
    }
}

/// What a strategist quotes of one day.
///
/// The odds are those of the chain that [`Assumptions::chain`] names, as [`Outlook`] has them. Sums and the lowest and highest
/// rate come from a chain of every meeting that contracts and calendar reach, so that none of them rests on a provisional
/// meeting but where it says so.
///
/// ```
/// use fedpath::summary::Summary;
/// use fedpath::{Assumptions, Episode, Strip, StripOptions};
/// let strip = Strip::new(&Episode::embedded().after, &StripOptions::default())?;
/// let summary = Summary::new(&strip, &Assumptions::default())?;
/// assert_eq!(summary.next().cumulative.ease().to_string(), "35%");
/// let december = summary.by().iter().find(|by| by.until.to_string() == "2026-12-31").unwrap();
/// assert_eq!(format!("{:.1}", december.change.exact()), "-65.8");
/// assert!(!december.provisional);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Summary {
    outlook: Outlook,
    long: Outlook,
    by: Vec<PricedBy>,
}

/// The spans of months that are always asked for.
const SPANS: [Until; 2] = [Until::Months(6), Until::Months(12)];

impl Summary {
    /// Prices a strip and sums what it says.
    ///
    /// # Errors
    /// As [`Outlook::price`].
    pub fn new(strip: &Strip, assumptions: &Assumptions) -> Result<Self, PolicyError> {
        let outlook = Outlook::price(strip, assumptions)?;
        let as_of = outlook.path().as_of();
        let ahead: Vec<NaiveDate> = assumptions
            .calendar
            .expected_on(as_of)
            .map(crate::Meeting::announcement)
            .filter(|announcement| *announcement >= as_of)
            .collect();
        let mut longest = assumptions.clone();
        // A chain that contracts do not reach to its end has gaps there, which say nothing of the meetings before.
        (longest.chain, longest.strict) = (ahead.len().max(assumptions.chain), false);
        let long = Outlook::price(strip, &longest).unwrap_or_else(|_| outlook.clone());
        let years = ahead.iter().map(Datelike::year).collect::<std::collections::BTreeSet<i32>>();
        let wanted = SPANS.into_iter().chain(years.into_iter().map(Until::YearEnd));
        let covered = |day: NaiveDate| assumptions.calendar.covers(ContractMonth::of(day));
        let by = wanted.filter_map(|until| {
            let last_day = until.last_day(as_of).filter(|day| covered(*day))?;
            let last = *ahead.iter().rev().find(|announcement| **announcement <= last_day)?;
            priced_by(&long, until, last)
        });
        let by = by.collect();
        Ok(Self { outlook, long, by })
    }

    /// The outlook of the chain that the assumptions name.
    #[must_use]
    pub fn outlook(&self) -> &Outlook {
        &self.outlook
    }

    /// The outlook of every meeting that contracts and calendar reach.
    #[must_use]
    pub fn longest(&self) -> &Outlook {
        &self.long
    }

    /// The next meeting.
    #[must_use]
    pub fn next(&self) -> &MeetingOutlook {
        &self.outlook.meetings()[0]
    }

    /// The rate before the next meeting.
    #[must_use]
    pub fn rate_today(&self) -> &Rate {
        &self.next().step.before
    }

    /// What is priced over the next 6 and 12 months and by each year end that contracts reach, in this order.
    #[must_use]
    pub fn by(&self) -> &[PricedBy] {
        &self.by
    }

    /// What is priced by one date.
    #[must_use]
    pub fn until(&self, until: Until) -> Option<&PricedBy> {
        self.by.iter().find(|by| by.until == until)
    }

    /// The lowest expected rate after a meeting; the earliest of equal ones.
    #[must_use]
    pub fn lowest(&self) -> RateExtreme {
        self.extreme(|one, other| one < other)
    }

    /// The highest expected rate after a meeting; the earliest of equal ones.
    #[must_use]
    pub fn highest(&self) -> RateExtreme {
        self.extreme(|one, other| one > other)
    }

    /// Where the rate ends up: the lowest or the highest, whichever is farther from today's rate.
    #[must_use]
    pub fn terminal(&self) -> (RateExtreme, Direction) {
        let (lowest, highest) = (self.lowest(), self.highest());
        let distance = |extreme: &RateExtreme| (&extreme.rate - self.rate_today()).exact().abs();
        if distance(&highest) > distance(&lowest) { (highest, Direction::High) } else { (lowest, Direction::Low) }
    }

    /// Over the meetings that are not provisional; over all where every one is.
    fn extreme(&self, better: impl Fn(&Rate, &Rate) -> bool) -> RateExtreme {
        let meetings = self.long.meetings();
        let firm = meetings.iter().filter(|meeting| !meeting.step.provisional);
        let best = |best: &MeetingOutlook, other: &MeetingOutlook| better(&other.step.after, &best.step.after);
        let found = firm.reduce(|one, other| if best(one, other) { other } else { one });
        let found = found.or_else(|| meetings.iter().reduce(|one, other| if best(one, other) { other } else { one }));
        let step = &found.unwrap_or_else(|| self.next()).step;
        RateExtreme { meeting: step.announcement(), rate: step.after.clone(), provisional: step.provisional }
    }
}

/// The sum up to a meeting; `None` where the path does not reach it.
fn priced_by(outlook: &Outlook, until: Until, last_meeting: NaiveDate) -> Option<PricedBy> {
    let position = outlook.meetings().iter().position(|meeting| meeting.announcement() == last_meeting)?;
    let last = &outlook.meetings()[position];
    let changes = outlook.meetings()[..=position].iter().map(|meeting| meeting.step.change().exact().clone());
    let change = changes.reduce(|sum, change| sum + change).unwrap_or_else(Fraction::zero);
    Some(PricedBy {
        until,
        last_meeting,
        change: BasisPoints::from_exact(change),
        moves: last.cumulative_moves.clone(),
        rate: last.step.after.clone(),
        provisional: last.step.provisional,
    })
}
