//! [`LeftOut`] and [`LeftOutReason`]: a figure that a report does not have, and why.

use std::fmt;

use chrono::NaiveDate;

use crate::method::MethodId;
use crate::text::printable;

/// A figure that a report does not have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum LeftOut {
    /// What a method makes of the shift.
    Method(MethodId),
    /// What a method makes of the shift for one asset.
    MethodFor {
        /// The method.
        method: MethodId,
        /// The asset's id.
        asset: String,
    },
    /// The market's benchmarks for an asset.
    BenchmarksFor {
        /// The asset's id.
        asset: String,
    },
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method(method) => f.write_str(&printable(method.as_str())),
            Self::MethodFor { method, asset } => {
                write!(f, "{} for {}", printable(method.as_str()), printable(asset))
            }
            Self::BenchmarksFor { asset } => write!(f, "the market's benchmarks for {}", printable(asset)),
        }
    }
}

/// Why a figure is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum LeftOutReason {
    /// The calendar holds no meeting after this one, to which the shift could be postponed.
    NoMeetingAfter(NaiveDate),
    /// A shift alone was given, and the method takes the whole path.
    ShiftAlone,
    /// The shift leaves no discount rate above the growth rate.
    NoBound,
    /// The price more than doubles: so near to the growth rate the discount rate says nothing of a price.
    BeyondModel,
    /// The financing cost takes all earnings.
    NoEarnings,
    /// The profile of the asset has no market beta.
    NoMarketBeta,
    /// The coefficient times the shift takes more than the whole price.
    WholePrice,
}

impl fmt::Display for LeftOutReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMeetingAfter(meeting) => write!(f, "the calendar holds no meeting after {meeting}"),
            Self::ShiftAlone => f.write_str("a shift alone says nothing of the later meetings; two quote files do"),
            Self::NoBound => {
                f.write_str("the shift leaves no discount rate above the growth rate, and the price has no bound")
            }
            Self::BeyondModel => f.write_str(
                "outside the domain of the model: the shift takes the discount rate so near to the growth rate that the \
                 price more than doubles",
            ),
            Self::NoEarnings => f.write_str("the financing cost takes all earnings"),
            Self::NoMarketBeta => f.write_str("its profile has no market beta"),
            Self::WholePrice => {
                f.write_str("the shift is so large that the coefficient takes more than the whole price")
            }
        }
    }
}
