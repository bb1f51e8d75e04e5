//! [`JointFit`]: what the joint fit says beside the path: the basis, what was left out, what the others make of each contract.

use std::fmt;

use chrono::NaiveDate;

use super::Basis;
use crate::market::contract::{Contract, ContractMonth};
use crate::market::fixings::MissingFixing;
use crate::market::product::OvernightRate;
use crate::rule::{ContractFit, UnpricedReason};
use crate::units::{BasisPoints, Fraction, Price, Rate};

/// The basis at a number of days from the valuation date: the effective federal funds rate less SOFR.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct BasisKnot {
    /// Days from the valuation date.
    pub days: u32,
    /// The basis there.
    pub basis: BasisPoints,
    /// The first and the last SOFR future that it rests on.
    pub contracts: Option<(Contract, Contract)>,
}

/// The basis of a month as two prices have it, free of any model: 1-Month SOFR futures less fed funds futures.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ObservedBasis {
    /// The month of both contracts.
    pub month: ContractMonth,
    /// The difference of their prices; each has a tick of its own, half of it either way.
    pub basis: BasisPoints,
}

/// A contract that does not speak, and what the others make of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct LeftOutContract {
    /// The contract.
    pub contract: Contract,
    /// Its quoted price.
    pub price: Price,
    /// Why it does not speak.
    pub reason: SilentReason,
    /// The price that the path makes of it; `None` where the path does not reach.
    pub predicted: Option<Fraction>,
}

impl LeftOutContract {
    /// The price that the path makes of it less the quoted one.
    #[must_use]
    pub fn miss(&self) -> Option<BasisPoints> {
        self.predicted.as_ref().map(|predicted| miss(predicted, self.price))
    }
}

/// Why a contract does not speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum SilentReason {
    /// The caller leaves it out.
    Excluded,
    /// It reaches past the last meeting that is solved.
    BeyondChain,
    /// Its reference period is over.
    Expired,
    /// Days of it are realised, and its overnight rate is not given.
    NeedsFixings(OvernightRate),
    /// Its overnight rate lacks a business day.
    NoFixing(MissingFixing),
    /// Nobody holds it: the exchange writes down a price for it all the same.
    NoOpenInterest,
    /// It has not what it is to be weighed by.
    NoWeight,
    /// The fed funds rule cannot read it.
    Unread(UnpricedReason),
}

impl fmt::Display for SilentReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Excluded => f.write_str("excluded"),
            Self::BeyondChain => f.write_str("it reaches past the last meeting solved"),
            Self::Expired => f.write_str("expired"),
            Self::NeedsFixings(rate) => write!(f, "days of it are realised, and no {} is given", rate.name()),
            Self::NoFixing(missing) => missing.fmt(f),
            Self::NoOpenInterest => f.write_str("its open interest is 0"),
            Self::NoWeight => f.write_str("it has not what it is to be weighed by"),
            Self::Unread(reason) => reason.fmt(f),
        }
    }
}

/// A contract as the others predict it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Prediction {
    /// The contract.
    pub contract: Contract,
    /// Its quoted price.
    pub price: Price,
    /// The price of the path fitted without it; `None` where no other contract tells its rates.
    pub predicted: Option<Fraction>,
}

impl Prediction {
    /// The predicted price less the quoted one.
    #[must_use]
    pub fn miss(&self) -> Option<BasisPoints> {
        self.predicted.as_ref().map(|predicted| miss(predicted, self.price))
    }
}

/// A price of the path less the quoted one.
fn miss(predicted: &Fraction, quoted: Price) -> BasisPoints {
    BasisPoints::from_exact(&(predicted - &quoted.exact()) * &Fraction::integer(100))
}

/// The rate after a meeting without odds of its own, for a curve.
///
/// Where contracts cover several meetings together and do not tell their rates apart, what they average is priced; how a change falls on the
/// meetings within is assumed: of all paths that fit the prices as well, it is the one of the smallest steps, by the sum of their squares.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SharedLevel {
    /// The announcement of the meeting.
    pub meeting: NaiveDate,
    /// The first day of the level.
    pub effective: NaiveDate,
    /// The rate from then on.
    pub rate: Rate,
    /// Whether the rate is assumed in this way; not where contracts tell it, and only that before the meeting is open.
    pub assumed: bool,
}

/// What the joint fit says beside the path and the fit of each contract.
///
/// ```
/// # #[cfg(feature = "joint")] {
/// use fedpath::{Assumptions, Method, PolicyPath, Strip};
/// let fed_funds = [("2024-06", "94.67"), ("2024-07", "94.67"), ("2024-08", "94.695")];
/// let fed_funds = fed_funds.map(|(month, price)| (month.parse().unwrap(), price.parse().unwrap()));
/// let sofr = [("SR1N24", "94.68"), ("SR1Q24", "94.705"), ("SR3M24", "94.70")];
/// let sofr = sofr.map(|(contract, price)| (contract.parse().unwrap(), price.parse().unwrap()));
/// let strip = Strip::from_prices("2024-05-31".parse()?, fed_funds)?.with_futures(sofr)?;
/// let path = PolicyPath::solve(&strip, &Assumptions::default().with_method(Method::Joint))?;
/// let joint = path.joint().expect("a joint fit");
/// // 1-Month SOFR less fed funds, of July: no model.
/// assert_eq!(joint.observed[0].basis.to_string(), "1bp");
/// # }
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct JointFit {
    /// The shape of the basis that was asked for.
    pub shape: Basis,
    /// The basis at its knots, in order; none where SOFR is taken to be the effective rate.
    pub basis: Vec<BasisKnot>,
    /// The basis that prices of one month show.
    pub observed: Vec<ObservedBasis>,
    /// The contracts that do not speak.
    pub left_out: Vec<LeftOutContract>,
    /// Each contract that speaks as the others predict it, where it was asked for.
    pub leave_one_out: Vec<Prediction>,
    /// The rates after the meetings without odds of their own that contracts cover, as far as they reach.
    pub shared: Vec<SharedLevel>,
    /// The end of the last contract that speaks: what lies behind it is assumed.
    pub reach: NaiveDate,
}

impl JointFit {
    /// The basis at a number of days from the valuation date: linear between the knots, flat outside them.
    #[must_use]
    pub fn basis_at(&self, days: u32) -> BasisPoints {
        let after = self.basis.partition_point(|knot| knot.days <= days);
        let behind = self.basis.get(after);
        let Some(before) = after.checked_sub(1).and_then(|before| self.basis.get(before)) else {
            return behind.map_or_else(BasisPoints::zero, |first| first.basis.clone());
        };
        let Some(behind) = behind else { return before.basis.clone() };
        let part = Fraction::ratio(i64::from(days - before.days), i64::from(behind.days - before.days));
        &before.basis + &(&(&behind.basis - &before.basis) * &part.unwrap_or_else(Fraction::zero))
    }

    /// Tells of each contract that does not speak what the path makes of it.
    pub(in crate::rule) fn predict(&mut self, contracts: &[ContractFit]) {
        for left_out in &mut self.left_out {
            let fit = contracts.iter().find(|fit| fit.contract == left_out.contract);
            left_out.predicted = fit.and_then(ContractFit::model_price);
        }
    }

    /// SOFR on a day where the effective rate is expected to be `effective`.
    pub(crate) fn sofr(&self, effective: &Rate, days: u32) -> Rate {
        effective - &self.basis_at(days)
    }
}
