//! [`OptionFile`]: every option chain of a file.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{OptionChain, OptionProduct, OptionQuote, OptionSide};
use crate::market::contract::ContractMonth;
use crate::text::problem::{Position, Problem, ProblemKind};
use crate::text::tally::{Skip, Tally};
use crate::units::Price;

/// Every option chain of a file of one day: options on fed funds futures and on three-month SOFR futures.
///
/// Read from the sections `FFC` of an STL settlement report, the rows `OOF` of the exchange's settlement CSV, or a typed table
/// with the columns `contract,type,strike` and `settle` or `bid,ask`.
///
/// ```
/// use fedpath::options::{OptionFile, OptionSide};
/// let text = "# as_of: 2025-11-21\ncontract,type,strike,settle\nZQZ25,call,96.25,0.0125\nZQZ25,put,96.25,0.0825\n";
/// let file = OptionFile::parse(text, None)?;
/// let december = &file.chains()[0];
/// assert_eq!(december.label(), "OZQZ25");
/// assert_eq!(december.quotes().len(), 2);
/// # Ok::<(), fedpath::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionFile {
    as_of: Option<NaiveDate>,
    chains: Vec<OptionChain>,
    tally: Tally,
}

impl OptionFile {
    /// The day of the quotes, where the file or the caller states it.
    #[must_use]
    pub fn as_of(&self) -> Option<NaiveDate> {
        self.as_of
    }

    /// The chains, by product and contract month; none where the file holds no options.
    #[must_use]
    pub fn chains(&self) -> &[OptionChain] {
        &self.chains
    }

    /// How many rows were read, kept and skipped, and why.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }
}

/// The chains of a file while it is read.
pub(in crate::quotes) struct OptionBook {
    pub(in crate::quotes) as_of: Option<NaiveDate>,
    pub(in crate::quotes) tally: Tally,
    chains: BTreeMap<(OptionProduct, ContractMonth), OptionChain>,
}

/// One row of a file of options.
#[derive(Clone, Copy)]
pub(in crate::quotes) struct OptionRow {
    pub(in crate::quotes) product: OptionProduct,
    pub(in crate::quotes) month: ContractMonth,
    pub(in crate::quotes) side: OptionSide,
    pub(in crate::quotes) strike: Decimal,
    pub(in crate::quotes) quote: OptionQuote,
    pub(in crate::quotes) expiry: Option<NaiveDate>,
    pub(in crate::quotes) future: Option<Price>,
}

impl OptionBook {
    pub(in crate::quotes) fn new(as_of: Option<NaiveDate>) -> Self {
        Self { as_of, tally: Tally::default(), chains: BTreeMap::new() }
    }

    /// Keeps a row; one without a value is counted, one that contradicts an earlier row is refused.
    pub(in crate::quotes) fn keep(&mut self, row: OptionRow, at: Position) -> Result<(), Problem> {
        let OptionRow { product, month, side, strike, quote, expiry, future } = row;
        if quote.settle.is_none() && quote.bid.is_none() && quote.ask.is_none() {
            self.tally.skip(Skip::NoPrice);
            return Ok(());
        }
        let fresh = || OptionChain { expiry, future, ..OptionChain::new(product, month, []) };
        let chain = self.chains.entry((product, month)).or_insert_with(fresh);
        let inconsistent = |message: String| Problem::new(ProblemKind::Inconsistent, message).at(at);
        if expiry.is_some() && expiry != chain.expiry {
            return Err(inconsistent(format!("expected one expiry of {}, found another", chain.label())));
        }
        if future.is_some() && future != chain.future {
            return Err(inconsistent(format!("expected one price of the future of {}, found another", chain.label())));
        }
        let option = chain.contract(strike, side);
        if chain.quote(strike.normalize(), side) == Some(&quote) {
            self.tally.skip(Skip::Repeated);
            return Ok(());
        }
        if !chain.add(strike, side, quote) {
            return Err(inconsistent(format!("expected {option} once, found another quote of it")));
        }
        self.tally.keep();
        Ok(())
    }

    pub(in crate::quotes) fn finish(self) -> OptionFile {
        OptionFile { as_of: self.as_of, chains: self.chains.into_values().collect(), tally: self.tally }
    }
}
