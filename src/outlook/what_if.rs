//! [`WhatIf`]: the price for a wanted probability, what an outcome is worth, what a price does to every probability.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Jacobian, Outlook};
use crate::explain::{Expression, Step, Unit};
use crate::market::contract::{Contract, ContractMonth};
use crate::quotes::strip::{Strip, StripError};
use crate::rule::Known;
use crate::rule::{Assumptions, MeetingStep, PolicyError, PolicyPath};
use crate::units::{BasisPoints, Fraction, Price, Probability};

/// Questions to a strip that its quotes alone do not answer.
///
/// ```
/// use fedpath::{Assumptions, Snapshot, Strip, StripOptions};
/// use fedpath::what_if::WhatIf;
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n\
///     ZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
/// let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
/// let assumptions = Assumptions::default();
/// let what_if = WhatIf::new(&strip, &assumptions)?;
/// let december = "2025-12-10".parse()?;
///
/// // What January's contract would have to trade at for a December cut with 65 %.
/// let wanted = what_if.price_for(december, -1, &"65%".parse()?)?;
/// let january = wanted.prices.iter().find(|price| price.contract.symbol() == "ZQF26").unwrap();
/// assert_eq!(format!("{:.4}", january.price), "96.2827");
///
/// // What a cut in December makes of it: the path falls by the 16.25 bp that are not priced.
/// let cut = what_if.outcomes(&[(december, "-25bp".parse()?)].into())?;
/// let january = cut.iter().find(|fair| fair.contract.symbol() == "ZQF26").unwrap();
/// assert_eq!(format!("{:.4} {:.2}", january.price(), january.profit()), "96.3775 677.14");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct WhatIf {
    pub(super) strip: Strip,
    pub(super) assumptions: Arc<Assumptions>,
    jacobian: Jacobian,
}

/// A question that has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhatIfError {
    /// The outlook does not price a meeting announced on this day.
    NotPriced(NaiveDate),
    /// The strip has no price of this contract.
    NotQuoted(Contract),
    /// With a landing spread the expected moves bend with the prices: no single price gives a probability exactly.
    LandingSpread,
    /// A price that no such future can have.
    Strip(StripError),
    /// The prices give no path.
    Policy(PolicyError),
}

impl fmt::Display for WhatIfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotPriced(date) => write!(f, "expected a priced meeting, found none on {date}"),
            Self::NotQuoted(contract) => write!(f, "expected a quoted contract, found {}", contract.symbol()),
            Self::LandingSpread => f.write_str("expected moves that are linear in the prices, found a landing spread"),
            Self::Strip(error) => error.fmt(f),
            Self::Policy(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WhatIfError {}

impl From<StripError> for WhatIfError {
    fn from(error: StripError) -> Self {
        Self::Strip(error)
    }
}

impl From<PolicyError> for WhatIfError {
    fn from(error: PolicyError) -> Self {
        Self::Policy(error)
    }
}

/// The expected moves that give a meeting a wanted probability, and the price of each contract that gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Wanted {
    /// The announcement of the meeting.
    pub meeting: NaiveDate,
    /// The number of moves whose probability, at this meeting alone, is wanted.
    pub outcome: i64,
    /// The wanted probability.
    pub probability: Probability,
    /// The meeting's expected moves at the quoted prices.
    pub moves_now: Fraction,
    /// The wanted ones: of the two that give the probability, the nearer.
    pub moves: Fraction,
    /// What each contract that moves the meeting would have to trade at, all others as quoted.
    pub prices: Vec<WantedPrice>,
}

/// The price of one contract that gives a meeting the wanted expected moves, all other prices as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct WantedPrice {
    /// The contract.
    pub contract: Contract,
    /// Its quoted price.
    pub quoted: Price,
    /// The change of the meeting's expected moves for a point of the price.
    pub moves_per_point: Fraction,
    /// The price, in points.
    pub price: Fraction,
    /// The nearest price of the contract's tick grid, in points.
    pub on_grid: Fraction,
    /// The expected moves at that price.
    pub moves_on_grid: Fraction,
}

impl WantedPrice {
    /// The price less the quoted one, in basis points of price.
    #[must_use]
    pub fn change(&self) -> BasisPoints {
        BasisPoints::from_exact(&(&self.price - &self.quoted.exact()) * &Fraction::integer(100))
    }
}

impl Wanted {
    /// How the price of a contract is made, step by step; empty where the contract does not move the meeting.
    #[must_use]
    pub fn steps(&self, contract: Contract) -> Vec<Step> {
        let number = |value: &Fraction| Expression::number(value.clone());
        let Some(price) = self.prices.iter().find(|price| price.contract == contract) else { return Vec::new() };
        let (symbol, meeting) = (contract.symbol(), self.meeting);
        let rest = Expression::integer(1) - number(self.probability.exact());
        let outcome = Expression::integer(self.outcome);
        let above = self.moves > Fraction::integer(self.outcome);
        let moves = if above { outcome + rest } else { outcome - rest };
        let needed = (number(&self.moves) - number(&self.moves_now)) / number(&price.moves_per_point);
        vec![
            Step::new(
                "moves now",
                format!("expected at {meeting}, at the quoted prices"),
                number(&self.moves_now),
                Unit::Moves,
            ),
            Step::new("moves wanted", "the wanted probability, and the rest on the move beside it", moves, Unit::Moves),
            Step::new(
                format!("moves per point of {symbol}"),
                "the path solved again at another price; it is linear in prices",
                number(&price.moves_per_point),
                Unit::Moves,
            ),
            Step::new(
                format!("price of {symbol}"),
                format!("quoted at {}, and the missing moves over what a point gives", price.quoted),
                number(&price.quoted.exact()) + needed,
                Unit::Points,
            ),
        ]
    }
}

/// What outcomes of meetings make of one contract.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct FairPrice {
    /// The contract.
    pub contract: Contract,
    /// Its quoted price.
    pub quoted: Price,
    /// For each outcome, in the order of the meetings, how it counts here.
    pub parts: Vec<Surprise>,
}

/// How the outcome of a meeting counts in one contract's average.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Surprise {
    /// The announcement of the meeting.
    pub meeting: NaiveDate,
    /// What the outcome does to the rate.
    pub decided: BasisPoints,
    /// What was expected of it.
    pub expected: BasisPoints,
    /// The days of the contract's month at the rate after the meeting.
    pub days: u32,
}

impl Surprise {
    fn points(&self) -> BasisPoints {
        &self.decided - &self.expected
    }
}

impl FairPrice {
    /// The change of the average rate of the contract's month.
    #[must_use]
    pub fn change(&self) -> BasisPoints {
        let weighted = |part: &Surprise| &Fraction::integer(i64::from(part.days)) * part.points().exact();
        let sum = self.parts.iter().map(weighted).fold(Fraction::zero(), |sum, part| sum + part);
        BasisPoints::from_exact(&sum / &Fraction::integer(i64::from(self.contract.reference_period().days())))
    }

    /// The fair price in points: the quoted one less the change of the average, any residual as it stands.
    #[must_use]
    pub fn price(&self) -> Fraction {
        &self.quoted.exact() - &(self.change().exact() / &Fraction::integer(100))
    }

    /// What one contract bought at the quoted price gains, in dollars.
    #[must_use]
    pub fn profit(&self) -> Fraction {
        -&(self.change().exact() * &self.dollars_per_basis_point())
    }

    /// What a basis point is worth on one contract, in dollars: $41.67 of a fed funds contract, $4,167 times the index (CBOT
    /// Rulebook, chapter 22).
    #[must_use]
    pub fn dollars_per_basis_point(&self) -> Fraction {
        Fraction::from_decimal(self.contract.product().value_of_basis_point())
    }

    /// How the price and the profit are made, step by step.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let number = |value: &Fraction| Expression::number(value.clone());
        let mut steps = Vec::new();
        for part in &self.parts {
            let reason = "the outcome less what was expected of the meeting".to_owned();
            let expression = number(part.decided.exact()) - number(part.expected.exact());
            steps.push(Step::new(format!("surprise of {}", part.meeting), reason, expression, Unit::BasisPoints));
        }
        let days = self.contract.reference_period().days();
        let terms = self.parts.iter().map(|part| Expression::integer(part.days) * number(part.points().exact()));
        let average = Expression::sum(terms) / Expression::integer(days);
        let reason = format!("of the {days} days of {}, those after each surprise", self.contract.words());
        steps.push(Step::new("change of the average", reason, average, Unit::BasisPoints));
        let (symbol, change) = (self.contract.symbol(), self.change());
        let price = number(&self.quoted.exact()) - number(change.exact()) / Expression::integer(100);
        steps.push(Step::new(format!("price of {symbol}"), format!("quoted at {}", self.quoted), price, Unit::Points));
        let zero = Expression::integer(0);
        let profit = (zero - number(change.exact())) * number(&self.dollars_per_basis_point());
        steps.push(Step::new(
            "gain",
            format!("of one contract bought, at ${} a basis point", self.contract.product().value_of_basis_point()),
            profit,
            Unit::Dollars,
        ));
        steps
    }
}

impl WhatIf {
    /// Solves a strip, and how it moves with each price.
    ///
    /// # Errors
    /// As [`Outlook::price`].
    pub fn new(strip: &Strip, assumptions: impl Into<Arc<Assumptions>>) -> Result<Self, PolicyError> {
        let assumptions = assumptions.into();
        let jacobian = Jacobian::new(strip, &assumptions)?;
        Ok(Self { strip: strip.clone(), assumptions, jacobian })
    }

    /// The outlook as quoted, and how it moves with each price.
    #[must_use]
    pub fn jacobian(&self) -> &Jacobian {
        &self.jacobian
    }

    /// What each contract would have to trade at for a meeting alone to have `outcome` moves of 25 bp with a probability.
    ///
    /// # Errors
    /// [`WhatIfError::NotPriced`] where the outlook does not hold the meeting, [`WhatIfError::LandingSpread`] where the
    /// assumptions have one.
    pub fn price_for(
        &self,
        meeting: NaiveDate,
        outcome: i64,
        probability: &Probability,
    ) -> Result<Wanted, WhatIfError> {
        if self.assumptions.premia.landing().is_some() {
            return Err(WhatIfError::LandingSpread);
        }
        let linear = self.jacobian.moves(meeting).ok_or(WhatIfError::NotPriced(meeting))?;
        let now = linear.value.clone();
        let rest = &Fraction::integer(1) - probability.exact();
        let (below, above) = (&Fraction::integer(outcome) - &rest, &Fraction::integer(outcome) + &rest);
        let moves = if (&below - &now).abs() < (&above - &now).abs() { below } else { above };
        let price = |(contract, slope): (&ContractMonth, &Fraction)| {
            let quoted = self.strip.price(*contract)?;
            let price = &quoted.exact() + &(&moves - &now).checked_div(slope)?;
            let grid = Fraction::from_decimal(self.strip.product().tick(*contract, self.strip.as_of()));
            let on_grid = &(&price.checked_div(&grid)? + &Fraction::ratio(1, 2)?).floor() * &grid;
            let moves_on_grid = &now + &(&(&on_grid - &quoted.exact()) * slope);
            let moves_per_point = slope.clone();
            Some(WantedPrice {
                contract: self.strip.product().contract(*contract),
                quoted,
                moves_per_point,
                price,
                on_grid,
                moves_on_grid,
            })
        };
        let prices = linear.slopes.iter().filter_map(price).collect();
        Ok(Wanted { meeting, outcome, probability: probability.clone(), moves_now: now, moves, prices })
    }

    /// The fair price of every contract if these meetings change the range by so much; the expected changes of the other
    /// meetings stay as they are.
    ///
    /// # Errors
    /// [`WhatIfError::NotPriced`] for the first meeting that the path does not hold.
    pub fn outcomes(&self, outcomes: &BTreeMap<NaiveDate, BasisPoints>) -> Result<Vec<FairPrice>, WhatIfError> {
        self.fair_prices(&self.strip, self.jacobian.outlook().path(), outcomes)
    }

    /// What these meetings do to the effective rate: the outcomes, and where one moves the range the landing spread.
    pub(super) fn decided(&self, outcomes: &BTreeMap<NaiveDate, BasisPoints>) -> BTreeMap<NaiveDate, BasisPoints> {
        let landing = |outcome: &BasisPoints| self.assumptions.premia.landing().filter(|_| !outcome.exact().is_zero());
        let decided =
            |outcome: &BasisPoints| landing(outcome).map_or_else(|| outcome.clone(), |spread| outcome + spread);
        outcomes.iter().map(|(announcement, outcome)| (*announcement, decided(outcome))).collect()
    }

    /// The fair price of every contract of a strip, whose path this is.
    pub(super) fn fair_prices(
        &self,
        strip: &Strip,
        path: &PolicyPath,
        outcomes: &BTreeMap<NaiveDate, BasisPoints>,
    ) -> Result<Vec<FairPrice>, WhatIfError> {
        let known = Known::new(strip, &self.assumptions);
        let mut decided = Vec::new();
        for (announcement, decision) in self.decided(outcomes) {
            let step = path.steps().iter().find(|step| step.announcement() == announcement);
            decided.push((step.ok_or(WhatIfError::NotPriced(announcement))?, decision));
        }
        let fair = |(contract, quoted): (ContractMonth, Price)| {
            let part = |(step, decided): &(&MeetingStep, BasisPoints)| Surprise {
                meeting: step.announcement(),
                decided: decided.clone(),
                expected: step.change(),
                days: known.days(contract, [&step.meeting]).at_last_rate(),
            };
            let parts = decided.iter().map(part).filter(|part| part.days > 0).collect();
            FairPrice { contract: strip.product().contract(contract), quoted, parts }
        };
        Ok(strip.prices().map(fair).collect())
    }

    /// The outlook with other prices of some contracts. Those that the rule does not read are named in a
    /// [`Notice::NotRead`](crate::Notice::NotRead) of its path.
    ///
    /// # Errors
    /// [`WhatIfError::NotQuoted`] for a contract that the strip lacks, [`WhatIfError::Strip`] for a price off the scale, and as
    /// [`Outlook::price`].
    pub fn with_prices(&self, prices: &BTreeMap<ContractMonth, Price>) -> Result<Outlook, WhatIfError> {
        self.with_contract_prices(&self.of_own_product(prices))
    }
}
