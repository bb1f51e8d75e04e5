//! [`Error`]: any error of the library, for callers that pass all of them on.

use std::fmt;

use chrono::ParseError as ParseDateError;

use crate::equity::{MissingInputs, NoDuration};
use crate::market::contract::ContractError;
use crate::market::fixings::MissingFixing;
use crate::outlook::{MeanOutsideMoves, PlanError, PriceError, QuoteOutsideInterval, TooManyMoves, WhatIfError};
use crate::quotes::strip::StripError;
use crate::reprice::RepriceError;
use crate::rule::PolicyError;
use crate::study::event_study::{NoEstimate, NoValue, UnknownColumn};
use crate::study::history::DayReason;
use crate::study::surprise::{NoSurprise, NoWindow};
use crate::text::problem::{Position, ProblemKind, ReadError};
use crate::units::{NotAccepted, ParseFractionError, UnitError};

/// Any error of the library; each module's own errors convert into it.
///
/// ```
/// use fedpath::{ErrorKind, Outlook, Snapshot, Strip, StripOptions};
/// fn easing(quotes: &str) -> Result<String, fedpath::Error> {
///     let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
///     let outlook = Outlook::price(&strip, &fedpath::Assumptions::default())?;
///     Ok(outlook.meetings()[0].cumulative.ease().to_string())
/// }
/// let error = easing("contract,price\nZQX25,96.x\n").unwrap_err();
/// assert_eq!((error.kind(), error.position().unwrap().to_string().as_str()), (ErrorKind::Syntax, "2:7"));
/// assert_eq!(easing("contract,price\nZQX25,96.12\n").unwrap_err().kind(), ErrorKind::Missing);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A text that cannot be read.
    Read(ReadError),
    /// A contract label that cannot be read.
    Contract(ContractError),
    /// A number that a unit refuses.
    Unit(UnitError),
    /// A text that is no number.
    Number(ParseFractionError),
    /// A text that is no date.
    Date(ParseDateError),
    /// A text that is none of the accepted ones.
    Text(NotAccepted),
    /// A snapshot that gives no strip.
    Strip(StripError),
    /// A strip that gives no path.
    Policy(PolicyError),
    /// A business day without a realised rate.
    Fixing(MissingFixing),
    /// A strip that has no plan.
    Plan(PlanError),
    /// Prices that have no table under a plan.
    Price(PriceError),
    /// A question that has no answer.
    WhatIf(WhatIfError),
    /// An interval that the quoted price is not in.
    Interval(QuoteOutsideInterval),
    /// More moves at a meeting than intervals are followed for.
    Moves(TooManyMoves),
    /// An expectation that no chances of the given moves have.
    Mean(MeanOutsideMoves),
    /// A day of a history without a table.
    Day(DayReason),
    /// An announcement without prices around it.
    Window(NoWindow),
    /// An announcement without a surprise.
    Surprise(NoSurprise),
    /// A table of events that does not have a wanted column.
    Column(UnknownColumn),
    /// An event without a surprise or a response.
    Value(NoValue),
    /// Events that give no response.
    Estimate(NoEstimate),
    /// Two outlooks that cannot be compared.
    Reprice(RepriceError),
    /// Inputs of an asset that are needed and not known.
    Inputs(MissingInputs),
    /// A model of cash flows that has no duration.
    Duration(NoDuration),
}

/// What a caller can do about an [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum ErrorKind {
    /// A text is not what it should be: mend the text.
    Syntax,
    /// A number is none of its unit, or beyond what is followed: mend the number.
    OutOfRange,
    /// A date, price, rate or input that the figures need is not there: add it.
    Missing,
    /// Inputs contradict each other: mend one of them.
    Inconsistent,
    /// A meeting or contract was asked for that the quotes do not price: ask for another.
    NotPriced,
    /// The method does not take these assumptions: choose another, or change them.
    Unsupported,
}

impl Error {
    /// What a caller can do about it.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Read(error) => of_read(error),
            Self::Contract(_) | Self::Number(_) | Self::Date(_) | Self::Text(_) => ErrorKind::Syntax,
            Self::Unit(_) | Self::Moves(_) => ErrorKind::OutOfRange,
            Self::Fixing(_) | Self::Inputs(_) | Self::Column(_) | Self::Value(_) | Self::Estimate(_) => {
                ErrorKind::Missing
            }
            Self::Interval(_) | Self::Mean(_) => ErrorKind::Inconsistent,
            Self::Duration(_) => ErrorKind::Unsupported,
            Self::Strip(error) => of_strip(error),
            Self::Policy(error) => of_policy(error),
            Self::Plan(error) => match error {
                PlanError::Policy(error) => of_policy(error),
                PlanError::BeyondAnyRate(_) | PlanError::TooFine(_) => ErrorKind::OutOfRange,
                PlanError::Method(_) | PlanError::LandingSpread => ErrorKind::Unsupported,
            },
            Self::Price(error) => match error {
                PriceError::NotQuoted(_) => ErrorKind::NotPriced,
                PriceError::OtherLength { .. } => ErrorKind::Inconsistent,
                PriceError::OffScale(_) | PriceError::TooFine(..) | PriceError::BeyondAnyRate(_) => {
                    ErrorKind::OutOfRange
                }
            },
            Self::WhatIf(error) => match error {
                WhatIfError::NotPriced(_) | WhatIfError::NotQuoted(_) => ErrorKind::NotPriced,
                WhatIfError::LandingSpread => ErrorKind::Unsupported,
                WhatIfError::Strip(error) => of_strip(error),
                WhatIfError::Policy(error) => of_policy(error),
            },
            Self::Day(error) => match error {
                DayReason::Weekend | DayReason::BeforeCalendar(_) => ErrorKind::Missing,
                DayReason::Strip(error) => of_strip(error),
                DayReason::Policy(error) => of_policy(error),
                DayReason::NotRead(error) => of_read(error),
            },
            Self::Window(error) => match error {
                NoWindow::NothingBefore | NoWindow::NothingAfter => ErrorKind::Missing,
                NoWindow::Strip(_, error) => of_strip(error),
                NoWindow::NotRead(_, error) => of_read(error),
            },
            Self::Surprise(error) => match error {
                NoSurprise::NoPrice(_) => ErrorKind::Missing,
                NoSurprise::SameMonth(_) | NoSurprise::After(_) => ErrorKind::Unsupported,
            },
            Self::Reprice(error) => match error {
                RepriceError::OutOfOrder { .. } => ErrorKind::Inconsistent,
                RepriceError::NothingInCommon | RepriceError::MeetingNotPriced { .. } => ErrorKind::NotPriced,
            },
        }
    }

    /// Where in the text the first problem stands, for an error of reading.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        match self {
            Self::Read(error) | Self::Day(DayReason::NotRead(error)) | Self::Window(NoWindow::NotRead(_, error)) => {
                error.problems().first()?.position()
            }
            _ => None,
        }
    }

    fn inner(&self) -> &(dyn std::error::Error + 'static) {
        match self {
            Self::Read(error) => error,
            Self::Contract(error) => error,
            Self::Unit(error) => error,
            Self::Number(error) => error,
            Self::Date(error) => error,
            Self::Text(error) => error,
            Self::Strip(error) => error,
            Self::Policy(error) => error,
            Self::Fixing(error) => error,
            Self::Plan(error) => error,
            Self::Price(error) => error,
            Self::WhatIf(error) => error,
            Self::Interval(error) => error,
            Self::Moves(error) => error,
            Self::Mean(error) => error,
            Self::Day(error) => error,
            Self::Window(error) => error,
            Self::Surprise(error) => error,
            Self::Column(error) => error,
            Self::Value(error) => error,
            Self::Estimate(error) => error,
            Self::Reprice(error) => error,
            Self::Inputs(error) => error,
            Self::Duration(error) => error,
        }
    }
}

fn of_read(error: &ReadError) -> ErrorKind {
    match error.problems().first().map(crate::text::problem::Problem::kind) {
        Some(ProblemKind::Inconsistent) => ErrorKind::Inconsistent,
        Some(
            ProblemKind::NotRead
            | ProblemKind::Empty
            | ProblemKind::NoQuotes
            | ProblemKind::NoFedFunds
            | ProblemKind::NoContract
            | ProblemKind::NoMeeting
            | ProblemKind::NoDate
            | ProblemKind::SeveralDays
            | ProblemKind::SeveralMoments
            | ProblemKind::OtherDays,
        ) => ErrorKind::Missing,
        _ => ErrorKind::Syntax,
    }
}

fn of_strip(error: &StripError) -> ErrorKind {
    match error {
        StripError::NoDate | StripError::NoPrices(_) => ErrorKind::Missing,
        StripError::OtherProduct(_) => ErrorKind::Unsupported,
        StripError::OffScale(..) => ErrorKind::OutOfRange,
        StripError::Twice(_) => ErrorKind::Inconsistent,
    }
}

fn of_policy(error: &PolicyError) -> ErrorKind {
    match error {
        PolicyError::NoTarget(_) | PolicyError::NoMeetings { .. } | PolicyError::NothingBeside(_) => ErrorKind::Missing,
        PolicyError::TargetFar { .. } | PolicyError::NoSuchMeeting(_) => ErrorKind::Inconsistent,
        PolicyError::NoContracts | PolicyError::JointPremia | PolicyError::NoJoint => ErrorKind::Unsupported,
        PolicyError::Gaps(_) | PolicyError::FirstMeetingUnpriced(..) | PolicyError::NothingSpeaks => {
            ErrorKind::NotPriced
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner().source()
    }
}

macro_rules! from {
    ($($error:ident => $variant:ident),+) => {$(
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::$variant(error)
            }
        }
    )+};
}
from!(
    ReadError => Read, ContractError => Contract, UnitError => Unit, ParseFractionError => Number, ParseDateError => Date,
    NotAccepted => Text, StripError => Strip, PolicyError => Policy, MissingFixing => Fixing, PlanError => Plan,
    PriceError => Price, WhatIfError => WhatIf, QuoteOutsideInterval => Interval, TooManyMoves => Moves,
    MeanOutsideMoves => Mean, DayReason => Day, NoWindow => Window, NoSurprise => Surprise, UnknownColumn => Column, NoValue => Value,
    NoEstimate => Estimate, RepriceError => Reprice,
    MissingInputs => Inputs, NoDuration => Duration
);

/// The `kind`, the sentence as `message`, and where there is one the `position`.
#[cfg(feature = "serde")]
impl serde::Serialize for Error {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Told {
            kind: ErrorKind,
            message: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            position: Option<Position>,
        }
        Told { kind: self.kind(), message: self.to_string(), position: self.position() }.serialize(serializer)
    }
}

/// The module's own errors, where a result holds one, as the [`Error`] that they are.
macro_rules! serde_as_error {
    ($($error:ident),+) => {$(
        #[cfg(feature = "serde")]
        impl serde::Serialize for $error {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Error::from(self.clone()).serialize(serializer)
            }
        }
    )+};
}
serde_as_error!(
    StripError,
    PolicyError,
    DayReason,
    NoWindow,
    NoSurprise,
    RepriceError,
    PlanError,
    PriceError,
    WhatIfError
);

impl From<crate::text::problem::Problem> for Error {
    fn from(problem: crate::text::problem::Problem) -> Self {
        Self::Read(problem.into())
    }
}
