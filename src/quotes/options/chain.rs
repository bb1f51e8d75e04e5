//! [`OptionChain`]: the options on one contract, by strike.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::contract::{chain_label, last_business_day};
use super::{OptionContract, OptionProduct, OptionSide, Premium};
use crate::market::contract::ContractMonth;
use crate::units::Price;

/// What a file says of one option on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct OptionQuote {
    /// The settlement.
    pub settle: Option<Premium>,
    /// The best bid, in points.
    pub bid: Option<Decimal>,
    /// The best ask, in points.
    pub ask: Option<Decimal>,
    /// The day's volume.
    pub volume: Option<u64>,
    /// The open interest of the day before.
    pub open_interest: Option<u64>,
}

impl OptionQuote {
    /// The premiums in points that the quote stands for, from the lowest to the highest: the bid and the ask themselves; half
    /// a tick on each side of a settlement; 0 to one and a half ticks where it is a cabinet price or the smallest step.
    /// `None` where the quote has neither, or only one side.
    #[must_use]
    pub fn interval(&self, tick: Decimal) -> Option<(Decimal, Decimal)> {
        let half = tick / Decimal::TWO;
        match (self.bid, self.ask, self.settle) {
            (Some(bid), Some(ask), _) => Some((bid, ask)),
            (_, _, Some(Premium::Points(points))) if points > tick => Some((points - half, points + half)),
            (_, _, Some(_)) => Some((Decimal::ZERO, tick + half)),
            _ => None,
        }
    }
}

/// The options on one contract.
///
/// ```
/// use fedpath::options::{OptionChain, OptionProduct, OptionQuote, OptionSide};
/// use fedpath::rust_decimal::Decimal;
/// let mut quote = OptionQuote::default();
/// quote.settle = Some(".0125".parse()?);
/// let chain = OptionChain::new(OptionProduct::FedFunds, "2025-12".parse()?, [(Decimal::new(9625, 2), OptionSide::Call, quote)]);
/// assert_eq!(chain.label(), "OZQZ25");
/// assert_eq!(chain.expires().unwrap().to_string(), "2025-12-31");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OptionChain {
    /// The future that the options are on.
    pub product: OptionProduct,
    /// Its contract month.
    pub month: ContractMonth,
    /// The day of expiry that the file states.
    pub expiry: Option<NaiveDate>,
    /// The price of the future that the file states beside the options.
    pub future: Option<Price>,
    pub(super) quotes: BTreeMap<(Decimal, OptionSide), OptionQuote>,
}

impl OptionChain {
    /// A chain from quotes at hand.
    #[must_use]
    pub fn new(
        product: OptionProduct,
        month: ContractMonth,
        quotes: impl IntoIterator<Item = (Decimal, OptionSide, OptionQuote)>,
    ) -> Self {
        let quotes = quotes.into_iter().map(|(strike, side, quote)| ((strike, side), quote)).collect();
        Self { product, month, expiry: None, future: None, quotes }
    }

    /// The chain as one writes it, `OZQZ25`.
    #[must_use]
    pub fn label(&self) -> String {
        chain_label(self.product, self.month)
    }

    /// The last day on which the options can be exercised: as stated, else of fed funds options the last business day of
    /// the contract month. `None` where it is not known.
    #[must_use]
    pub fn expires(&self) -> Option<NaiveDate> {
        let of_month = (self.product == OptionProduct::FedFunds).then(|| last_business_day(self.month));
        self.expiry.or(of_month)
    }

    /// The quotes in the order of the strikes, the call before the put.
    #[must_use]
    pub fn quotes(&self) -> impl ExactSizeIterator<Item = (OptionContract, &OptionQuote)> {
        self.quotes.iter().map(|((strike, side), quote)| (self.contract(*strike, *side), quote))
    }

    /// The quote of one option.
    #[must_use]
    pub fn quote(&self, strike: Decimal, side: OptionSide) -> Option<&OptionQuote> {
        self.quotes.get(&(strike, side))
    }

    /// The premiums in points that the quote of an option stands for on a day, with the tick that it has then: as
    /// [`OptionQuote::interval`].
    #[must_use]
    pub fn interval(&self, strike: Decimal, side: OptionSide, as_of: NaiveDate) -> Option<(Decimal, Decimal)> {
        let quote = self.quote(strike, side)?;
        quote.interval(self.tick(quote, as_of))
    }

    /// The step of a premium. SR3 options of the nearest quarterly expiry, and of others at premiums up to 0.05, move by
    /// 0.0025, all else by 0.005.
    fn tick(&self, quote: &OptionQuote, as_of: NaiveDate) -> Decimal {
        let smallest = self.product.tick();
        let nearest = self.month.first_day() < as_of + chrono::Months::new(3);
        let small = quote.settle.and_then(Premium::points).is_none_or(|points| points <= Decimal::new(5, 2));
        let fine = self.product == OptionProduct::FedFunds || nearest || small;
        if fine { smallest } else { smallest * Decimal::TWO }
    }

    /// The strikes in order, each once.
    pub fn strikes(&self) -> impl Iterator<Item = Decimal> + '_ {
        let mut last = None;
        self.quotes.keys().map(|(strike, _)| *strike).filter(move |strike| last.replace(*strike) != Some(*strike))
    }

    /// The option of this chain at a strike.
    #[must_use]
    pub fn contract(&self, strike: Decimal, side: OptionSide) -> OptionContract {
        OptionContract { product: self.product, month: self.month, side, strike }
    }

    /// Adds a quote; `false` where the chain has another of this option.
    pub(super) fn add(&mut self, strike: Decimal, side: OptionSide, quote: OptionQuote) -> bool {
        *self.quotes.entry((strike.normalize(), side)).or_insert(quote) == quote
    }
}
