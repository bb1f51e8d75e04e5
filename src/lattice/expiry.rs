//! [`ExpiryDistribution`]: what the options on one three-month SOFR future say of its rate on the day they expire.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;

use super::agreement::{self, Agreement, EventBounds};
use super::condition::Condition;
use super::error::LatticeError;
use super::options::LatticeOptions;
use super::program::{Column, Program, Row};
use crate::market::bank::CentralBank;
use crate::quotes::options::{OptionChain, OptionSide, growth};
use crate::units::{Fraction, Price, Rate};

/// The three-month rate priced on the day a chain expires, as bounds: 100 less the price that the future has on that day.
///
/// It is no decision and no average of realised rates, and its rate lies on no grid; any distribution that gives every premium
/// is allowed. Payoffs are straight lines between strikes, so that all of them are tried by masses on the strikes and on
/// the ends of the interval asked for, on either side of each, and beyond the last strikes.
///
/// ```
/// use fedpath::lattice::{ExpiryDistribution, LatticeOptions};
/// use fedpath::options::{OptionFile};
/// use fedpath::{Rate};
/// let text = "# as_of: 2025-08-05\ncontract,type,strike,bid,ask,expiry,future\n\
///     SR3U5,put,95.75,0.0025,0.005,2025-09-12,95.93\nSR3U5,put,96,0.1025,0.1075,2025-09-12,95.93\n\
///     SR3U5,call,96,0.0350,0.0375,2025-09-12,95.93\n";
/// let file = OptionFile::parse(text, None)?;
/// let september = ExpiryDistribution::new(&file.chains()[0], "2025-08-05".parse()?, &LatticeOptions::default())?;
/// // Three quotes pin little: the rate is below 4.25 % with at least 57.9 %.
/// let high: Rate = "4.25".parse()?;
/// let bounds = september.bounds(None, Some(&high)).unwrap();
/// assert_eq!(format!("{:.1} {:.1}", bounds.low.percent(), bounds.high.percent()), "57.9 100.0");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct ExpiryDistribution {
    label: String,
    expiry: NaiveDate,
    future: Option<Price>,
    quotes: Vec<Quoted>,
    strikes: BTreeSet<Fraction>,
    agreement: Agreement,
    options: LatticeOptions,
}

/// A rate of at least one number and less than another, in percent; an open side is `None`.
///
/// ```
/// use fedpath::lattice::RateInterval;
/// let interval: RateInterval = "4.00-4.25".parse()?;
/// assert_eq!(interval.to_string(), "4.00-4.25");
/// assert!("<4.25".parse::<RateInterval>().is_ok_and(|below| below.low.is_none()));
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct RateInterval {
    /// The rate is at least this.
    pub low: Option<Rate>,
    /// The rate is less than this.
    pub high: Option<Rate>,
}

impl fmt::Display for RateInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whole basis points have two places; of what is finer nothing is rounded away.
        let told = |rate: &Rate| match rate.exact() {
            exact if (exact * &Fraction::integer(100)).is_integer() => format!("{exact:.2}"),
            exact => exact.shortest(),
        };
        f.pad(&match (&self.low, &self.high) {
            (Some(low), Some(high)) => format!("{}-{}", told(low), told(high)),
            (Some(low), None) => format!(">={}", told(low)),
            (None, Some(high)) => format!("<{}", told(high)),
            (None, None) => "any".to_owned(),
        })
    }
}

impl std::str::FromStr for RateInterval {
    type Err = String;

    /// Reads `4.00-4.25`, `<4.25` and `>=4.25`, in percent.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rate = |text: &str| text.trim().parse::<Rate>().ok();
        let read = || {
            if let Some(high) = text.strip_prefix('<') {
                return Some(Self { low: None, high: Some(rate(high)?) });
            }
            if let Some(low) = text.strip_prefix(">=") {
                return Some(Self { low: Some(rate(low)?), high: None });
            }
            let (low, high) = text.split_once('-')?;
            let (low, high) = (rate(low)?, rate(high)?);
            (low < high).then_some(Self { low: Some(low), high: Some(high) })
        };
        read().ok_or_else(|| "expected an interval of rates in percent, such as 4.00-4.25, <4.25 or >=4.25".to_owned())
    }
}

/// What the expected value of a payoff lies between, in basis points.
#[derive(Debug, Clone)]
struct Quoted {
    quote: String,
    payoff: Payoff,
    low: Fraction,
    high: Fraction,
}

#[derive(Debug, Clone)]
enum Payoff {
    Future,
    Option(OptionSide, Fraction),
}

impl Payoff {
    /// The payoff at a price of the future, in points.
    fn at(&self, future: &Fraction) -> Fraction {
        match self {
            Self::Future => future - &Fraction::integer(100),
            Self::Option(side, strike) => side.payoff(future, strike),
        }
    }

    /// How the payoff changes with the price below all strikes, and above them.
    fn slopes(&self) -> [i64; 2] {
        match self {
            Self::Future => [1, 1],
            Self::Option(OptionSide::Call, _) => [0, 1],
            Self::Option(OptionSide::Put, _) => [-1, 0],
        }
    }
}

/// On which side of a knot a mass lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Below,
    At,
    Above,
}

impl ExpiryDistribution {
    /// Takes the premiums of a chain, and the price of its future that the chain carries, on a day.
    ///
    /// # Errors
    /// [`LatticeError::NoQuotes`] where the chain has no day of expiry or no premium, [`LatticeError::Unsolved`] where the
    /// solver fails.
    pub fn new(chain: &OptionChain, as_of: NaiveDate, options: &LatticeOptions) -> Result<Self, LatticeError> {
        let expiry = chain.expires().ok_or(LatticeError::NoQuotes)?;
        let rate = chain.future.map_or_else(Fraction::zero, |future| future.implied_rate().exact().clone());
        let growth = if options.discounted { growth(&rate, as_of, expiry) } else { Fraction::integer(1) };
        let hundred = Fraction::integer(100);
        let slippage = options.slippage.exact();
        let mut quotes = Vec::new();
        if let Some(future) = chain.future {
            // Less 100, so that the row is of the size of the others. The price stands beside the options as it is at their
            // moment: nothing but the slippage loosens it.
            let at = (future.exact() - &hundred) * &hundred;
            let (low, high) = (&at - slippage, &at + slippage);
            quotes.push(Quoted { quote: format!("{} future", chain.label()), payoff: Payoff::Future, low, high });
        }
        let mut strikes = BTreeSet::new();
        for strike in chain.strikes() {
            for side in options.strikes.sides(chain, strike, chain.future.map(Price::points)) {
                let Some((low, high)) = chain.interval(strike, side, as_of) else { continue };
                let low = &(&Fraction::from_decimal(low) * &hundred) - slippage;
                let high = &(&(&Fraction::from_decimal(high) * &growth) * &hundred) + slippage;
                let at = Fraction::from_decimal(strike);
                strikes.insert(at.clone());
                let quote = chain.contract(strike, side).to_string();
                quotes.push(Quoted { quote, payoff: Payoff::Option(side, at), low, high });
            }
        }
        if strikes.is_empty() {
            return Err(LatticeError::NoQuotes);
        }
        let knots: Vec<(Fraction, Side)> = strikes.iter().map(|strike| (strike.clone(), Side::At)).collect();
        let (agreement, _) = agreement::find(&masses(&knots), &conditions(&quotes, &knots), options)?;
        Ok(Self {
            label: chain.label(),
            expiry,
            future: chain.future,
            quotes,
            strikes,
            agreement,
            options: options.clone(),
        })
    }

    /// The chain, `SR3U25`.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The day on which the rate is priced.
    #[must_use]
    pub fn expiry(&self) -> NaiveDate {
        self.expiry
    }

    /// The price of the future beside the options.
    #[must_use]
    pub fn future(&self) -> Option<Price> {
        self.future
    }

    /// Whether the premiums agree, and how far they had to be widened.
    #[must_use]
    pub fn agreement(&self) -> &Agreement {
        &self.agreement
    }

    /// Steps of 25 bp over the strikes, and all that lies below and above them.
    #[must_use]
    pub fn buckets(&self) -> Vec<RateInterval> {
        let step = CentralBank::FED.step().exact() / &Fraction::integer(100);
        let rates = self.strikes.iter().map(|strike| &Fraction::integer(100) - strike);
        let steps = rates.filter_map(|rate| rate.checked_div(&step));
        let (mut first, mut last) = (None, None);
        for at in steps {
            first = Some(first.map_or(at.clone(), |first: Fraction| first.min(at.clone())));
            last = Some(last.map_or(at.clone(), |last: Fraction| last.max(at)));
        }
        let Some((first, last)) = first.zip(last) else { return Vec::new() };
        let mut edges = vec![first.floor()];
        while edges.last().is_some_and(|edge| *edge < last) {
            edges.extend(edges.last().map(|edge| edge + &Fraction::integer(1)));
        }
        let edges: Vec<Rate> = edges.iter().map(|edge| Rate::from_exact(edge * &step)).collect();
        let inner = edges.windows(2).map(|pair| (Some(pair[0].clone()), Some(pair[1].clone())));
        let below = std::iter::once((None, edges.first().cloned()));
        let above = std::iter::once((edges.last().cloned(), None));
        below.chain(inner).chain(above).map(|(low, high)| RateInterval { low, high }).collect()
    }

    /// The smallest and the largest probability that the rate is at least `low` and less than `high`; an open side is
    /// `None`. Ends may be reached in the limit only, by a mass that comes as near to an end as one likes. `None`
    /// where the premiums contradict each other.
    #[must_use]
    pub fn bounds(&self, low: Option<&Rate>, high: Option<&Rate>) -> Option<EventBounds> {
        if self.agreement.contradiction.is_some() {
            return None;
        }
        // A rate from low up to high is a price above the one and at most the other.
        let [top, bottom] = [low, high].map(|rate| rate.map(Rate::futures_price));
        let mut knots = Vec::new();
        let edges: BTreeSet<Fraction> = [&top, &bottom].into_iter().flatten().cloned().collect();
        for knot in self.strikes.union(&edges) {
            let sides: &[Side] = if edges.contains(knot) { &[Side::Below, Side::At, Side::Above] } else { &[Side::At] };
            knots.extend(sides.iter().map(|side| (knot.clone(), *side)));
        }
        let inside = |(knot, side): &(Fraction, Side)| {
            let above = bottom.as_ref().is_none_or(|bottom| (knot, *side) > (bottom, Side::At));
            above && top.as_ref().is_none_or(|top| (knot, *side) <= (top, Side::At))
        };
        let (_, program) = agreement::find(&masses(&knots), &conditions(&self.quotes, &knots), &self.options).ok()?;
        let columns: Vec<usize> = (0..knots.len()).filter(|column| inside(&knots[*column])).collect();
        EventBounds::each(&program?, &[columns]).pop().flatten()
    }
}

/// Masses on knots that add up to one, and behind them how far the price lies below the first knot and above the last.
fn masses(knots: &[(Fraction, Side)]) -> Program {
    let one = Some(Fraction::integer(1));
    let terms = (0..knots.len()).map(|column| (column, Fraction::integer(1))).collect();
    let columns = vec![Column::positive(); knots.len() + 2];
    Program { columns, rows: vec![Row { terms, low: one.clone(), high: one }] }
}

fn conditions(quotes: &[Quoted], knots: &[(Fraction, Side)]) -> Vec<Condition> {
    let hundred = Fraction::integer(100);
    let condition = |quoted: &Quoted| {
        let [below, above] = quoted.payoff.slopes().map(|slope| Fraction::integer(slope * 100));
        let masses = knots.iter().map(|(knot, _)| &quoted.payoff.at(knot) * &hundred);
        let terms = masses.chain([-&below, above]).enumerate().filter(|(_, value)| !value.is_zero()).collect();
        Condition { quote: quoted.quote.clone(), terms, low: quoted.low.clone(), high: quoted.high.clone() }
    };
    quotes.iter().map(condition).collect()
}
