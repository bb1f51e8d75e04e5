//! [`Assumptions`]: what the engine takes as given besides prices.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{JointOptions, Premia};
use crate::market::calendar::{MeetingCalendar, TargetHistory, TargetRange};
use crate::market::fixings::{Fixings, MonthlyRates};
use crate::schedule::{DecisionDay, Schedule};
use crate::units::Rate;

/// The rule that solves the contracts of a strip for the path.
///
/// ```
/// use fedpath::{Assumptions, Method, price};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n2025-11,96.12\n2025-12,96.18\n2026-01,96.215\n2026-02,96.285\n";
/// let ease = |method| Ok::<_, fedpath::Error>(price(quotes, &Assumptions::default().with_method(method))?.meetings()[0].cumulative.ease());
/// // December's own contract, which FedWatch does not read, speaks under least squares.
/// assert_eq!(ease(Method::FedWatch)?.to_string(), "35%");
/// assert_eq!(format!("{:.2}", ease(Method::LeastSquares)?), "35.14%");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Method {
    #[cfg_attr(feature = "serde", serde(rename = "fedwatch"))]
    /// CME's FedWatch rule: a triangular choice of contracts.
    #[default]
    FedWatch,
    /// Every contract speaks: the path that misses the quoted prices least, in weighted squares.
    LeastSquares,
    /// Fed funds and SOFR futures together: one path of the effective rate, and a basis to SOFR (feature `joint`). The effective rate
    /// of a holiday is that of the business day before with [`DecisionDay::OldToBusinessDay`], which the program takes for it.
    Joint,
    /// No rule: rates dated by meeting are taken as they are. Quotes of this kind have no other method, and no others have it.
    ByMeeting,
}

impl Method {
    /// The id that options and reports carry.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::FedWatch => "fedwatch",
            Self::LeastSquares => "least-squares",
            Self::Joint => "joint",
            Self::ByMeeting => "by-meeting",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::FedWatch => "FedWatch",
            Self::LeastSquares => "least squares",
            Self::Joint => "joint, of fed funds and SOFR futures",
            Self::ByMeeting => "none, rates dated by meeting",
        })
    }
}

/// How much a contract counts in [`Method::LeastSquares`] and [`Method::Joint`]: a residual is divided by the contract's own
/// uncertainty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Weights {
    /// By the tick: 0.0025 in the spot month, 0.005 in the others.
    #[default]
    Tick,
    /// By half the distance of bid and ask; by the tick where a contract has no bid and ask.
    BidAsk,
    /// In proportion to the day's volume: a contract that nobody traded does not count.
    Volume,
    /// In proportion to the open interest: a contract that nobody holds does not count.
    OpenInterest,
    /// All the same.
    Equal,
}

impl fmt::Display for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Tick => "tick",
            Self::BidAsk => "bid and ask",
            Self::Volume => "volume",
            Self::OpenInterest => "open interest",
            Self::Equal => "all the same",
        })
    }
}

/// Where the rate before the first meeting comes from.
///
/// ```
/// use fedpath::{Assumptions, StartRate, price};
/// let start = Assumptions::default().with_start_rate(StartRate::Given("3.87".parse()?));
/// let outlook = price("# as_of: 2025-11-21\ncontract,price\n2025-12,96.18\n", &start)?;
/// // December's contract alone: 10 of 31 days at 3.87, the rest at (31 x 3.82 - 10 x 3.87) / 21.
/// assert_eq!(format!("{:.4}", outlook.path().steps()[0].after), "3.7962%");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum StartRate {
    /// From the contracts, as the FedWatch rule says.
    #[default]
    Anchor,
    /// A rate given by the user, such as today's effective federal funds rate.
    Given(Rate),
    /// From [`Assumptions::fixings`]. Where the current month has no decision ahead, what its contract leaves for the days
    /// to come once the realised days are taken out, `(D A - realised) / days left`, the noisier the fewer the days
    /// left; where it has, the last fixing before the valuation date, or after a move since then the month's own contract.
    Fixings,
}

/// What is assumed of the rate between several decisions of one month, where the contracts do not tell it: one contract
/// averages over all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Between {
    /// The rate before the first: all of the month's change comes with the last decision.
    Before,
    /// The rate after the last: all of it comes with the first decision.
    After,
    /// Equal steps at each decision.
    Even,
}

impl fmt::Display for Between {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Before => "the rate before them",
            Self::After => "the rate after them",
            Self::Even => "equal steps",
        })
    }
}

/// What the engine takes as given besides prices: conventions, calendar, target range.
///
/// The tables are shared: a default, and a copy, costs nanoseconds.
///
/// ```
/// use fedpath::{Assumptions, DecisionDay};
/// let mut assumptions = Assumptions::default();
/// assumptions.decision_day = DecisionDay::New;
/// assert_eq!(assumptions.chain, 9);
/// // Or in one expression.
/// let assumptions = Assumptions::default().with_decision_day(DecisionDay::New).with_chain(12);
/// assert_eq!(assumptions.chain, 12);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct Assumptions {
    /// The rule that solves the contracts; FedWatch by default.
    pub method: Method,
    /// How much each contract counts in least squares; by its tick by default.
    pub weights: Weights,
    /// Which rate the decision day carries; the old one by default.
    pub decision_day: DecisionDay,
    /// How many of the next scheduled meetings the rule solves; 9 by default, as CME publishes. Later meetings are not used, so
    /// the number changes how the last ones are solved: see [`MeetingStep::provisional`](crate::MeetingStep::provisional). A
    /// month with several decisions is in the chain whole.
    pub chain: usize,
    /// Where the rate before the first meeting comes from; the contracts by default.
    pub start_rate: StartRate,
    /// Realised rates. They give the residual of the current month, a month's average in place of an expired contract's
    /// missing settlement, and what a month is worth in which the rate has already moved. Rates of the valuation date
    /// and later are not looked at: they were not known.
    pub fixings: Option<Fixings>,
    /// Realised SOFR, for SOFR futures whose period has begun; without it they do not speak. As of `fixings`, only days before the
    /// valuation date count.
    pub sofr: Option<Fixings>,
    /// What is asked of [`Method::Joint`].
    pub joint: JointOptions,
    /// The rate between several decisions of a month, where the contracts do not tell it; no assumption by default, and
    /// such meetings have no price.
    pub between: Option<Between>,
    /// What implied rates hold besides expectations; nothing by default.
    pub premia: Premia,
    /// Refuses a path with gaps: every meeting of the chain has a price, or there is none. Off by default.
    pub strict: bool,
    /// The meetings; the embedded calendar by default.
    pub calendar: MeetingCalendar,
    /// The target ranges through time, which also hold the unscheduled moves; the embedded history by default.
    pub targets: TargetHistory,
    /// The realised averages of past months, which stand for the last settlement of a contract that has left the quotes; the
    /// embedded ones by default.
    pub monthly_rates: Arc<MonthlyRates>,
    /// The range in force on the valuation date; from `targets` where `None`.
    pub target: Option<TargetRange>,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            method: Method::default(),
            weights: Weights::default(),
            decision_day: DecisionDay::default(),
            chain: 9,
            start_rate: StartRate::default(),
            fixings: None,
            sofr: None,
            joint: JointOptions::default(),
            between: None,
            premia: Premia::default(),
            strict: false,
            calendar: MeetingCalendar::embedded(),
            targets: TargetHistory::embedded(),
            monthly_rates: MonthlyRates::embedded(),
            target: None,
        }
    }
}

/// What keeps assumptions shares them: a history, a what-if, tables of many days. A reference is copied once.
impl From<&Assumptions> for Arc<Assumptions> {
    fn from(assumptions: &Assumptions) -> Self {
        Arc::new(assumptions.clone())
    }
}

/// Each `with_` gives the same assumptions with another value of one field.
macro_rules! with {
    ($($with:ident, $field:ident: $type:ty, $what:literal);+ $(;)?) => {
        impl Assumptions {$(
            #[doc = concat!("With ", $what, ".")]
            #[must_use]
            pub fn $with(self, $field: $type) -> Self {
                Self { $field, ..self }
            }
        )+}
    };
}

with! {
    with_method, method: Method, "another rule";
    with_weights, weights: Weights, "other weights in least squares";
    with_decision_day, decision_day: DecisionDay, "another rate on the decision day";
    with_chain, chain: usize, "a chain of so many meetings";
    with_start_rate, start_rate: StartRate, "another source of the rate before the first meeting";
    with_premia, premia: Premia, "these premia taken out";
    with_joint, joint: JointOptions, "other options of the joint fit";
    with_strict, strict: bool, "gaps refused, or not";
    with_calendar, calendar: MeetingCalendar, "another calendar";
    with_targets, targets: TargetHistory, "other target ranges through time";
}

impl Assumptions {
    /// With realised rates.
    #[must_use]
    pub fn with_fixings(self, fixings: Fixings) -> Self {
        Self { fixings: Some(fixings), ..self }
    }

    /// With realised SOFR.
    #[must_use]
    pub fn with_sofr(self, sofr: Fixings) -> Self {
        Self { sofr: Some(sofr), ..self }
    }

    /// With a rate between several decisions of a month.
    #[must_use]
    pub fn with_between(self, between: Between) -> Self {
        Self { between: Some(between), ..self }
    }

    /// With a target range in force.
    #[must_use]
    pub fn with_target(self, target: TargetRange) -> Self {
        Self { target: Some(target), ..self }
    }

    /// Who decides when, as known on a day, under these conventions.
    pub(crate) fn schedule_on(&self, as_of: NaiveDate) -> Schedule {
        Schedule::new(as_of, &self.calendar, &self.targets, self.decision_day, self.chain)
    }

    /// Whether one table plan may hold on several days: least squares has none, fixings are of the day, and with a landing spread
    /// moves bend with the prices.
    pub(crate) fn a_plan_may_hold(&self) -> bool {
        self.method == Method::FedWatch && self.fixings.is_none() && self.premia.landing().is_none()
    }
}
