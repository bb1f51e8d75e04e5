//! [`Reader`]: each quote of a day as a condition, or why it says nothing of the lattice.

use rust_decimal::Decimal;

use super::cells::Cells;
use super::condition::Condition;
use super::event::LatticeEvent;
use super::instrument::{MonthOnLattice, Seen};
use super::options::LatticeOptions;
use crate::market::bank::CentralBank;
use crate::market::calendar::{Meeting, TargetRange};
use crate::market::contract::ContractMonth;
use crate::market::period::Period;
use crate::quotes::markets::MarketQuote;
use crate::quotes::options::{OptionChain, OptionProduct, OptionSide, growth};
use crate::rule::Known;
use crate::units::{BasisPoints, Fraction, Price, Rate};

/// A quote that says nothing of the lattice, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Unplaced {
    /// The quote, or the chain.
    pub quote: String,
    /// Why.
    pub reason: &'static str,
}

/// A month before the first meeting, whose future checks today's rate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct StartCheck {
    /// The future.
    pub quote: String,
    /// How far the average that today's rate gives lies above what the quote allows (negative: below it); zero where it agrees.
    pub misses: BasisPoints,
}

/// Puts one quote after the other on the lattice.
pub(super) struct Reader<'a> {
    known: Known<'a>,
    options: &'a LatticeOptions,
    meetings: &'a [Meeting],
    cells: &'a Cells,
    start: &'a Rate,
    pub(super) conditions: Vec<Condition>,
    pub(super) left_out: Vec<Unplaced>,
    pub(super) start_checks: Vec<StartCheck>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        known: Known<'a>,
        options: &'a LatticeOptions,
        meetings: &'a [Meeting],
        cells: &'a Cells,
        start: &'a Rate,
    ) -> Self {
        let (conditions, left_out, start_checks) = (Vec::new(), Vec::new(), Vec::new());
        Self { known, options, meetings, cells, start, conditions, left_out, start_checks }
    }

    /// Places a month on the lattice, or says why it has no place.
    fn month(&self, month: ContractMonth) -> Result<MonthOnLattice, &'static str> {
        let spot = self.known.spot();
        if month < spot {
            return Err("its month is over");
        }
        if self.is_beyond(month) {
            return Err("its month depends on meetings after the last one of the chain");
        }
        let realised = match self.known.realised().filter(|_| month == spot) {
            Some(Ok(realised)) => {
                let of_start = &Fraction::integer(i64::from(realised.days)) * self.start.exact();
                Some((realised.days, &(realised.sum.value() - &of_start) * &Fraction::integer(100)))
            }
            _ if self.known.schedule().already_moved(month) => {
                return Err("the rate has moved in its month: --fixings gives the days so far");
            }
            _ => None,
        };
        let placed = MonthOnLattice::new(month, self.meetings, self.known.schedule(), realised);
        placed.ok_or("two meetings change the rate of its month")
    }

    /// Whether a later meeting than those of the lattice, or one that nobody knows of, can change the rate of a month.
    fn is_beyond(&self, month: ContractMonth) -> bool {
        let schedule = self.known.schedule();
        let changes = |meeting: &Meeting| schedule.days(Period::month(month), [meeting]).at_last_rate() > 0;
        schedule.after_chain().is_some_and(changes) || month > schedule.span().1
    }

    /// Half a tick or bid and ask, and the slippage, on each side.
    pub(super) fn future(&mut self, month: ContractMonth) {
        let contract = self.known.contract(month);
        let quote = contract.symbol();
        let Some(price) = self.known.strip.price(month) else { return };
        let placed = match self.month(month) {
            Ok(placed) => placed,
            Err(reason) => return self.left_out.push(Unplaced { quote, reason }),
        };
        let half = Fraction::from_decimal(contract.tick(self.known.as_of)) / Fraction::integer(2);
        let (low, high) = match self.known.strip.bid_ask(month).filter(|_| self.options.bid_ask) {
            Some((bid, ask)) => (bid.exact(), ask.exact()),
            None => (&price.exact() - &half, &price.exact() + &half),
        };
        // A higher price is a lower rate; what it holds besides expectations is taken out.
        let besides = self.known.premium(month) + self.start.exact();
        let over = |price: &Fraction| &(&(&Fraction::integer(100) - price) - &besides) * &Fraction::integer(100);
        let (low, high) = (&over(&high) - self.options.slippage.exact(), &over(&low) + self.options.slippage.exact());
        if placed.seen == Seen::Start {
            let at = placed.at_start();
            let misses = if at > high {
                &at - &high
            } else if at < low {
                &at - &low
            } else {
                Fraction::zero()
            };
            return self.start_checks.push(StartCheck { quote, misses: BasisPoints::from_exact(misses) });
        }
        let terms = placed.expected(self.cells, Fraction::clone);
        self.conditions.push(Condition { quote, terms, low, high });
    }

    pub(super) fn chain(&mut self, chain: &OptionChain) {
        if chain.product != OptionProduct::FedFunds {
            let reason = "it expires on a price of the future, which is on no grid of decisions";
            return self.left_out.push(Unplaced { quote: chain.label(), reason });
        }
        let placed = match self.month(chain.month) {
            Ok(placed) if placed.seen == Seen::Start => Err("its month ends before the next meeting"),
            placed => placed,
        };
        let placed = match placed {
            Ok(placed) => placed,
            Err(reason) => return self.left_out.push(Unplaced { quote: chain.label(), reason }),
        };
        let future = self.known.strip.price(chain.month).or(chain.future).map(Price::points);
        let growth = self.growth_to(chain);
        for strike in chain.strikes() {
            for side in self.options.strikes.sides(chain, strike, future) {
                self.option(chain, strike, side, &placed, &growth);
            }
        }
    }

    /// A dollar on an outcome is worth what 25 bp are to a move: so a market is widened in the same units as the other quotes.
    pub(super) fn market(&mut self, market: &MarketQuote, target: TargetRange) {
        let quote = format!("market {} {}", market.meeting, market.label);
        let event = LatticeEvent::of_market(market);
        let cells = event.cells(self.cells, self.meetings, target);
        let reason = match &cells {
            _ if market.date != self.known.as_of => "it is of another day",
            Err(_) => "its meeting is not on the lattice",
            Ok(columns) if columns.is_empty() => "no move that is allowed gives its outcome",
            Ok(columns) => {
                let move_size = CentralBank::FED.step().exact().clone();
                let terms = columns.iter().map(|column| (*column, move_size.clone())).collect();
                let low = &(market.bid.exact() * &move_size) - self.options.slippage.exact();
                let high = &(market.ask.exact() * &move_size) + self.options.slippage.exact();
                return self.conditions.push(Condition { quote, terms, low, high });
            }
        };
        self.left_out.push(Unplaced { quote, reason });
    }

    /// `1 / D` to the expiry of a chain, at the highest rate priced until then: the widest that the premium allows.
    fn growth_to(&self, chain: &OptionChain) -> Fraction {
        let Some(expiry) = chain.expires().filter(|_| self.options.discounted) else { return Fraction::integer(1) };
        let priced = self.known.strip.prices().filter(|(month, _)| *month <= chain.month);
        let rates = priced.map(|(_, price)| price.implied_rate().exact().clone());
        let highest = rates.fold(self.start.exact().clone(), Fraction::max);
        growth(&highest, self.known.as_of, expiry)
    }

    fn option(
        &mut self,
        chain: &OptionChain,
        strike: Decimal,
        side: OptionSide,
        placed: &MonthOnLattice,
        growth: &Fraction,
    ) {
        let Some((low, high)) = chain.interval(strike, side, self.known.as_of) else { return };
        let hundred = Fraction::integer(100);
        let low = &(&Fraction::from_decimal(low) * &hundred) - self.options.slippage.exact();
        let high = &(&(&Fraction::from_decimal(high) * growth) * &hundred) + self.options.slippage.exact();
        let strike_points = Fraction::from_decimal(strike);
        let at_start = self.start.futures_price() - self.known.premium(chain.month);
        let payoff = |over: &Fraction| {
            let future = &at_start - &(over / &hundred);
            &side.payoff(&future, &strike_points) * &hundred
        };
        let terms = placed.expected(self.cells, payoff);
        let quote = chain.contract(strike, side).to_string();
        self.conditions.push(Condition { quote, terms, low, high });
    }
}
