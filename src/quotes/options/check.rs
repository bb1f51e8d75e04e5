//! [`ChainViolation`]: where the premiums of a chain contradict each other or their future, and by how much.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::premium::growth;
use super::{OptionChain, OptionContract, OptionQuote, OptionSide, Premium};
use crate::notice::Notice;
use crate::units::{Fraction, Price};

/// What no arbitrage demands of a chain of American options.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum ChainRule {
    /// A premium is at least what exercise pays at once.
    Intrinsic,
    /// A call is worth no more at a higher strike, a put no more at a lower one.
    Monotone,
    /// From one strike to the next a premium changes by no more than the strikes do.
    Slope,
    /// A premium is no more than the straight line between its neighbours.
    Convex,
    /// Call less put is at least `D F - K` and at most `F - D K`.
    Parity,
}

impl ChainRule {
    fn broken(self) -> &'static str {
        match self {
            Self::Intrinsic => "below intrinsic value",
            Self::Monotone => "not monotone in the strike",
            Self::Slope => "steeper than the strikes",
            Self::Convex => "not convex in the strike",
            Self::Parity => "put-call parity broken",
        }
    }
}

impl fmt::Display for ChainRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.broken())
    }
}

/// One inequality that a chain's premiums do not meet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ChainViolation {
    /// The rule.
    pub rule: ChainRule,
    /// The options whose premiums break it.
    pub options: Vec<OptionContract>,
    /// By how many ticks the premiums miss it as they are quoted, a cabinet price taken as anything up to a tick.
    pub ticks: Fraction,
    /// By how many ticks they miss it wherever the values lie within their half ticks; zero where rounding explains it.
    pub ticks_beyond_rounding: Fraction,
}

impl fmt::Display for ChainViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let options: Vec<String> = self.options.iter().map(ToString::to_string).collect();
        let plural = if self.ticks == Fraction::integer(1) { "" } else { "s" };
        write!(f, "{}: {} by {} tick{plural}", options.join(", "), self.rule, self.ticks.shortest())
    }
}

impl From<ChainViolation> for Notice {
    fn from(violation: ChainViolation) -> Self {
        let options = violation.options.iter().map(ToString::to_string).collect();
        Self::Arbitrage { options, breaks: violation.rule.broken(), ticks: violation.ticks }
    }
}

impl OptionChain {
    /// The discount factor from a day to expiry at the rate that a price of the future implies, rates below zero as zero.
    fn discount(&self, as_of: NaiveDate, future: Option<Price>) -> Option<Fraction> {
        let (expiry, future) = self.expires().zip(future.or(self.future))?;
        Some(&Fraction::integer(1) / &growth(future.implied_rate().exact(), as_of, expiry))
    }

    /// What [`OptionChain::violations`] finds on a day beyond what rounding to half a tick explains, premiums discounted at the
    /// rate of the future. Without a known expiry nothing is discounted.
    pub(in crate::quotes) fn contradictions(
        &self,
        as_of: Option<NaiveDate>,
        future: Option<Price>,
    ) -> impl Iterator<Item = ChainViolation> {
        let discount = as_of.and_then(|as_of| self.discount(as_of, future));
        let found = self.violations(future, &discount.unwrap_or_else(|| Fraction::integer(1)));
        found.into_iter().filter(|violation| !violation.ticks_beyond_rounding.is_zero())
    }

    /// Every inequality between the premiums of the chain, and with the price of its future, that does not hold, in the order of
    /// the rules and strikes. `discount` is the factor D from the valuation date to expiry, 1 for none: American options on a
    /// future that pay their premium at once obey put-call parity as `D F - K <= C - P <= F - D K`.
    ///
    /// ```
    /// use fedpath::options::{ChainRule, OptionFile};
    /// use fedpath::{Fraction};
    /// let text = "# as_of: 2025-11-21\ncontract,type,strike,settle\nZQZ25,call,96.25,0.0125\nZQZ25,put,96.25,0.0850\n";
    /// let file = OptionFile::parse(text, None)?;
    /// // The future settled at 96.18: the put is worth 0.07 at once, and the call no more than 0.0025 above parity.
    /// let found = file.chains()[0].violations(Some("96.18".parse()?), &Fraction::integer(1));
    /// assert_eq!(found[0].rule, ChainRule::Parity);
    /// assert_eq!(found[0].ticks.to_string(), "1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn violations(&self, future: Option<Price>, discount: &Fraction) -> Vec<ChainViolation> {
        let mut found = Vec::new();
        let mut hold = |rule, terms: &[Term<'_>], at_least: &Fraction| found.extend(self.missed(rule, terms, at_least));
        if let Some(future) = future.or(self.future).map(Price::exact) {
            for (option, quote) in self.quotes() {
                let intrinsic = option.side.payoff(&future, &Fraction::from_decimal(option.strike));
                hold(ChainRule::Intrinsic, &[(Fraction::integer(1), option, quote)], &intrinsic);
            }
        }
        for side in [OptionSide::Call, OptionSide::Put] {
            let quoted: Vec<(OptionContract, &OptionQuote)> =
                self.quotes().filter(|(option, _)| option.side == side).collect();
            for pair in quoted.windows(2) {
                let [(low, low_quote), (high, high_quote)] = [pair[0], pair[1]];
                let up = Fraction::integer(if side == OptionSide::Call { 1 } else { -1 });
                let falls = [(up.clone(), low, low_quote), (-&up, high, high_quote)];
                hold(ChainRule::Monotone, &falls, &Fraction::zero());
                let width = Fraction::from_decimal(high.strike - low.strike);
                let steep = [(-&up, low, low_quote), (up.clone(), high, high_quote)];
                hold(ChainRule::Slope, &steep, &-&width);
            }
            for three in quoted.windows(3) {
                let [(low, _), (middle, _), (high, _)] = [three[0], three[1], three[2]];
                let share =
                    |part: Decimal| &Fraction::from_decimal(part) / &Fraction::from_decimal(high.strike - low.strike);
                let line = [
                    (share(high.strike - middle.strike), low, three[0].1),
                    (share(middle.strike - low.strike), high, three[2].1),
                    (Fraction::integer(-1), middle, three[1].1),
                ];
                hold(ChainRule::Convex, &line, &Fraction::zero());
            }
        }
        if let Some(future) = future.or(self.future).map(Price::exact) {
            for strike in self.strikes() {
                let [call, put] = [OptionSide::Call, OptionSide::Put].map(|side| self.contract(strike, side));
                let quotes = self.quote(strike, OptionSide::Call).zip(self.quote(strike, OptionSide::Put));
                let Some((call_quote, put_quote)) = quotes else { continue };
                let strike = Fraction::from_decimal(strike);
                let least = &(discount * &future) - &strike;
                let most = &future - &(discount * &strike);
                hold(
                    ChainRule::Parity,
                    &[(Fraction::integer(1), call, call_quote), (Fraction::integer(-1), put, put_quote)],
                    &least,
                );
                hold(
                    ChainRule::Parity,
                    &[(Fraction::integer(-1), call, call_quote), (Fraction::integer(1), put, put_quote)],
                    &-&most,
                );
            }
        }
        found
    }

    /// The violation of `sum of coefficient * premium >= at_least`, if the quoted premiums miss it.
    fn missed(&self, rule: ChainRule, terms: &[Term<'_>], at_least: &Fraction) -> Option<ChainViolation> {
        let tick = self.product.tick();
        let short = |interval: &dyn Fn(&OptionQuote) -> Option<(Decimal, Decimal)>| {
            let most = |sum: Fraction, (coefficient, _, quote): &Term<'_>| {
                let (low, high) = interval(quote)?;
                let best = if coefficient.is_negative() { low } else { high };
                Some(&sum + &(coefficient * &Fraction::from_decimal(best)))
            };
            let most = terms.iter().try_fold(Fraction::zero(), most)?;
            (at_least - &most).max(Fraction::zero()).checked_div(&Fraction::from_decimal(tick))
        };
        let ticks = short(&|quote| as_quoted(quote, tick))?;
        (!ticks.is_zero()).then(|| ChainViolation {
            rule,
            options: terms.iter().map(|(_, option, _)| *option).collect(),
            ticks,
            ticks_beyond_rounding: short(&|quote| quote.interval(tick)).unwrap_or_else(Fraction::zero),
        })
    }
}

/// A premium and the number it is taken times.
type Term<'a> = (Fraction, OptionContract, &'a OptionQuote);

/// A quote as it stands: a settlement is its own value.
fn as_quoted(quote: &OptionQuote, tick: Decimal) -> Option<(Decimal, Decimal)> {
    match (quote.bid, quote.ask, quote.settle) {
        (Some(bid), Some(ask), _) => Some((bid, ask)),
        (_, _, Some(Premium::Points(points))) => Some((points, points)),
        (_, _, Some(Premium::Cabinet)) => Some((Decimal::ZERO, tick)),
        _ => None,
    }
}
