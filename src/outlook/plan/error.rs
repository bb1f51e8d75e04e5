//! [`PlanError`] and [`PriceError`]: why a strip has no plan, and prices no table.

use std::fmt;

use chrono::NaiveDate;

use crate::market::contract::Contract;
use crate::quotes::SCALE;
use crate::rule::{Method, PolicyError};
use crate::units::Price;

/// Why a strip and its assumptions give no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlanError {
    /// The strip prices no meeting.
    Policy(PolicyError),
    /// Prices that imply a change of more than 1,000 moves at a meeting: others would price more meetings than these do.
    BeyondAnyRate(NaiveDate),
    /// Another rule than FedWatch.
    Method(Method),
    /// A landing spread, with which moves bend with the prices.
    LandingSpread,
    /// Prices, premia or rates of so many decimal places that the weights of this meeting outgrow 64 bits.
    TooFine(NaiveDate),
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Policy(error) => write!(f, "{error}"),
            Self::BeyondAnyRate(meeting) => write!(f, "{}", PriceError::BeyondAnyRate(*meeting)),
            Self::Method(method) => write!(f, "expected the FedWatch rule for a table plan, found {method}"),
            Self::LandingSpread => {
                f.write_str("expected moves that are linear in the prices for a table plan, found a landing spread")
            }
            Self::TooFine(meeting) => write!(
                f,
                "expected prices and rates of a few decimal places for a table plan, found more than 64 bits hold for the meeting of {meeting}"
            ),
        }
    }
}

impl std::error::Error for PlanError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Policy(error) => Some(error),
            _ => None,
        }
    }
}

/// Why prices give no table under a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PriceError {
    /// A row has another number of prices than the plan has contracts.
    OtherLength {
        /// The contracts of the plan.
        expected: usize,
        /// The prices of the row.
        found: usize,
    },
    /// A price that no such future can have, below 75 or above 105 points.
    OffScale(Contract),
    /// A price with more decimal places than the unit of the plan has.
    TooFine(Contract, Price),
    /// A contract that the strip of the plan does not quote: with it, the rule would read others.
    NotQuoted(Contract),
    /// Prices that imply a change of more than 1,000 moves at a meeting.
    BeyondAnyRate(NaiveDate),
}

impl fmt::Display for PriceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherLength { expected, found } => {
                write!(f, "expected {expected} prices, one for each contract of the plan, found {found}")
            }
            Self::OffScale(contract) => {
                write!(
                    f,
                    "expected a price of {} between {} and {} points",
                    contract.symbol(),
                    SCALE.start(),
                    SCALE.end()
                )
            }
            Self::TooFine(contract, price) => {
                write!(f, "expected a price of {} in the unit of the plan, found {price}", contract.symbol())
            }
            Self::NotQuoted(contract) => write!(f, "expected a quoted contract, found {}", contract.symbol()),
            Self::BeyondAnyRate(meeting) => write!(
                f,
                "the meeting of {meeting} cannot be priced: the prices imply a change of more than 250 percentage points"
            ),
        }
    }
}

impl std::error::Error for PriceError {}
