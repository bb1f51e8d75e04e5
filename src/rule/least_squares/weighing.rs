//! [`Weighing`]: how much each contract counts.

use super::super::Weights;
use super::super::known::Known;
use crate::market::contract::Contract;
use crate::notice::{Lack, Notice};
use crate::units::{Fraction, Price};

/// Weighs contracts, and remembers those that lack what they are to be weighed by.
pub(in crate::rule) struct Weighing<'a> {
    known: &'a Known<'a>,
    unweighted: Vec<Contract>,
}

impl<'a> Weighing<'a> {
    pub(in crate::rule) fn new(known: &'a Known<'a>) -> Self {
        Self { known, unweighted: Vec::new() }
    }

    /// One over the square of the contract's uncertainty, or how much of it is traded or held.
    pub(in crate::rule) fn weight(&mut self, contract: Contract) -> Fraction {
        let (strip, month) = (self.known.strip.of(contract.product()), contract.month());
        let by_tick = || Fraction::from_decimal(contract.tick(self.known.as_of));
        let uncertainty = match self.known.assumptions.weights {
            Weights::Equal => return Fraction::integer(1),
            Weights::Tick => by_tick(),
            Weights::BidAsk => {
                let half = |(bid, ask): (Price, Price)| &(&ask.exact() - &bid.exact()) / &Fraction::integer(2);
                let bid_ask = strip.and_then(|strip| strip.bid_ask(month));
                let half = bid_ask.map(half).filter(|half| !half.is_zero());
                half.unwrap_or_else(|| {
                    self.unweighted.push(contract);
                    by_tick()
                })
            }
            Weights::Volume => return self.count(contract, strip.and_then(|strip| strip.volume(month))),
            Weights::OpenInterest => return self.count(contract, strip.and_then(|strip| strip.open_interest(month))),
        };
        &Fraction::integer(1) / &(&uncertainty * &uncertainty)
    }

    fn count(&mut self, contract: Contract, contracts: Option<u64>) -> Fraction {
        let count = contracts.and_then(|contracts| i64::try_from(contracts).ok()).unwrap_or(0);
        if count == 0 {
            self.unweighted.push(contract);
        }
        Fraction::integer(count)
    }

    pub(in crate::rule) fn notice(self) -> Option<Notice> {
        let lack = match self.known.assumptions.weights {
            Weights::Volume => Lack::Volume,
            Weights::OpenInterest => Lack::OpenInterest,
            _ => Lack::BidAsk,
        };
        (!self.unweighted.is_empty()).then_some(Notice::Unweighted { contracts: self.unweighted, lack })
    }
}
