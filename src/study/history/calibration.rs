//! [`Calibration`]: what was priced some time before each decision against what happened.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;

use super::{BrierScore, History, HistoryDay, Span};
use crate::market::calendar::MeetingKind;
use crate::outlook::Outlook;
use crate::rule::Assumptions;
use crate::units::Probability;

/// What was priced for one decision on one earlier day, and what happened.
///
/// The three outcomes are the range after the decision below, at or above the range of the earlier day: the cumulative odds
/// of the outcome table. A move between the day and the decision counts with it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Forecast {
    /// The decision, by its announcement.
    pub decision: NaiveDate,
    /// The day of the prices.
    pub day: NaiveDate,
    /// The probabilities of a lower, the same and a higher range.
    pub priced: [Probability; 3],
    /// Which of the three happened: its place among them.
    pub happened: usize,
}

/// Why a decision is not judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum NotJudged {
    /// The meeting was cancelled.
    Cancelled,
    /// What was decided is not in the table of target ranges.
    NotKnown,
    /// There are no quotes of so long before it.
    NoQuotes,
    /// The day's quotes did not price it.
    NotPriced,
}

impl fmt::Display for NotJudged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Cancelled => "the meeting was cancelled",
            Self::NotKnown => "the decision lies past the table of target ranges",
            Self::NoQuotes => "no quotes of so long before",
            Self::NotPriced => "the quotes of the day do not price it",
        })
    }
}

/// The decisions seen from one distance.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct HorizonCalibration {
    /// How long before the decision.
    pub horizon: Span,
    /// What was priced for each judged decision, in the order of the decisions.
    pub forecasts: Vec<Forecast>,
    /// The decisions that are not judged, and why.
    pub not_judged: Vec<(NaiveDate, NotJudged)>,
    /// The score of the three outcomes of every decision, each as a forecast of yes or no; `None` without a decision.
    pub score: Option<BrierScore>,
}

/// Which decisions are judged, from which days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalibrationPlan {
    horizons: Vec<(Span, Decisions)>,
}

/// Each decision, and the day so long before it, or why there is none.
type Decisions = BTreeMap<NaiveDate, Result<NaiveDate, NotJudged>>;

impl CalibrationPlan {
    /// The scheduled decisions of the days that a history selects from the first to the last, each with the day so long
    /// before it.
    #[must_use]
    pub fn new(history: &History<'_>, horizons: &[Span]) -> Self {
        let days = history.weekdays();
        let Assumptions { calendar, targets, .. } = history.assumptions();
        let last = days.last();
        let wanted = |date: NaiveDate| {
            days.first().is_some_and(|first| *first <= date)
                && last.is_some_and(|last| date <= *last)
                && history.options().wants(date)
        };
        let scheduled = || {
            let meetings = calendar.meetings().iter();
            meetings.filter(|meeting| meeting.kind() != MeetingKind::Unscheduled && wanted(meeting.announcement()))
        };
        let of_horizon = |horizon: &Span| {
            let decisions = scheduled().map(|meeting| {
                let decision = meeting.announcement();
                let day = if meeting.is_cancelled() {
                    Err(NotJudged::Cancelled)
                } else if decision > targets.stated_as_of() {
                    Err(NotJudged::NotKnown)
                } else {
                    horizon.before(decision, days).ok_or(NotJudged::NoQuotes)
                };
                (decision, day)
            });
            (*horizon, decisions.collect())
        };
        Self { horizons: horizons.iter().map(of_horizon).collect() }
    }

    /// The days that have to be priced.
    #[must_use]
    pub fn days(&self) -> BTreeSet<NaiveDate> {
        self.horizons.iter().flat_map(|(_, decisions)| decisions.values().filter_map(|day| day.ok())).collect()
    }
}

/// How often what was priced happened: for every scheduled decision, one day, week or month before it.
///
/// ```
/// use fedpath::{Assumptions, QuoteFile, QuoteTable, ReadOptions};
/// use fedpath::history::{Calibration, CalibrationPlan, History, HistoryOptions};
/// // A day before the cut of 10 December 2025.
/// let text = "date,contract,settle\n2025-12-09,ZQX25,96.1225\n2025-12-09,ZQF26,96.34\n2025-12-09,ZQG26,96.385\n\
///     2025-12-10,ZQF26,96.36\n";
/// let mut table = QuoteTable::default();
/// table.add("december", QuoteFile::parse(text, &ReadOptions::default())?)?;
/// let assumptions = Assumptions::default();
/// let history = History::new(&table, &assumptions, HistoryOptions::default());
/// let plan = CalibrationPlan::new(&history, &["1d".parse()?]);
/// let calibration = Calibration::new(&plan, &assumptions, history.days_on(plan.days()));
/// let horizon = &calibration.horizons[0];
/// assert_eq!(horizon.forecasts[0].happened, 0, "a lower range");
/// assert!(horizon.score.as_ref().unwrap().score.to_f64() < 0.02);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Calibration {
    /// The decisions seen from each distance, in the order of the plan.
    pub horizons: Vec<HorizonCalibration>,
}

impl Calibration {
    /// Holds what the days of a plan price against what happened by [`Assumptions::targets`].
    #[must_use]
    pub fn new(plan: &CalibrationPlan, assumptions: &Assumptions, days: impl Iterator<Item = HistoryDay>) -> Self {
        let priced: BTreeMap<NaiveDate, Outlook> = days.filter_map(|day| Some((day.date, day.outlook.ok()?))).collect();
        let of_horizon = |(horizon, decisions): &(Span, Decisions)| {
            let (mut forecasts, mut not_judged) = (Vec::new(), Vec::new());
            for (decision, day) in decisions {
                let forecast = day.and_then(|day| {
                    let outlook = priced.get(&day).ok_or(NotJudged::NotPriced)?;
                    forecast(*decision, outlook, assumptions)
                });
                match forecast {
                    Ok(forecast) => forecasts.push(forecast),
                    Err(reason) => not_judged.push((*decision, reason)),
                }
            }
            let cases = forecasts.iter().flat_map(|forecast: &Forecast| {
                let outcomes = forecast.priced.iter().enumerate();
                outcomes.map(|(outcome, priced)| (priced, outcome == forecast.happened))
            });
            let score = BrierScore::of(cases);
            HorizonCalibration { horizon: *horizon, forecasts, not_judged, score }
        };
        Self { horizons: plan.horizons.iter().map(of_horizon).collect() }
    }
}

fn forecast(decision: NaiveDate, outlook: &Outlook, assumptions: &Assumptions) -> Result<Forecast, NotJudged> {
    let meeting = outlook.meeting(decision).ok_or(NotJudged::NotPriced)?;
    let decided = decision.succ_opt().and_then(|in_force| assumptions.targets.range_on(in_force));
    let decided = decided.ok_or(NotJudged::NotKnown)?;
    // The change from one rate to a range of December 2008 is a cut by both bounds.
    let happened = match decided.upper_bp().cmp(&outlook.target().upper_bp()) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => 1,
        std::cmp::Ordering::Greater => 2,
    };
    let cumulative = &meeting.cumulative;
    let priced = [cumulative.ease(), cumulative.hold(), cumulative.hike()];
    Ok(Forecast { decision, day: outlook.path().as_of(), priced, happened })
}
