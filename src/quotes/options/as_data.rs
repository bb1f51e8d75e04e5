//! Chains of options as data: premiums and strikes as exact text, read from numbers too, through the checks of a file.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{OptionChain, OptionProduct, OptionQuote, OptionSide, Premium};
use crate::market::contract::ContractMonth;
use crate::units::Price;
use crate::units::serde::text_or_number;

/// A decimal as its exact text.
pub(super) fn decimal<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&value.normalize())
}

impl Serialize for Premium {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Premium {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text_or_number(deserializer)
    }
}

/// A number of points, cabinet prices being none.
#[derive(Clone, Copy)]
struct Points(Decimal);

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        decimal(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let premium = Premium::deserialize(deserializer)?;
        premium.points().map(Self).ok_or_else(|| D::Error::custom("expected a number of points, found a cabinet price"))
    }
}

/// A quote and the option it is of.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct QuoteData {
    strike: Price,
    side: OptionSide,
    #[serde(default)]
    settle: Option<Premium>,
    #[serde(default)]
    bid: Option<Points>,
    #[serde(default)]
    ask: Option<Points>,
    #[serde(default)]
    volume: Option<u64>,
    #[serde(default)]
    open_interest: Option<u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChainData {
    product: OptionProduct,
    month: ContractMonth,
    #[serde(default)]
    expiry: Option<NaiveDate>,
    #[serde(default)]
    future: Option<Price>,
    quotes: Vec<QuoteData>,
}

impl Serialize for OptionChain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let quotes = self.quotes().map(|(option, quote)| {
            let strike = Price::from_points(option.strike).map_err(serde::ser::Error::custom)?;
            let OptionQuote { settle, volume, open_interest, .. } = *quote;
            let (bid, ask) = (quote.bid.map(Points), quote.ask.map(Points));
            Ok(QuoteData { strike, side: option.side, settle, bid, ask, volume, open_interest })
        });
        let quotes = quotes.collect::<Result<_, S::Error>>()?;
        let (product, month, expiry, future) = (self.product, self.month, self.expiry, self.future);
        ChainData { product, month, expiry, future, quotes }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for OptionChain {
    /// Each option once, with a price, its bid at or below its ask.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = ChainData::deserialize(deserializer)?;
        let mut chain = Self::new(data.product, data.month, []);
        (chain.expiry, chain.future) = (data.expiry, data.future);
        for quote in data.quotes {
            let (strike, side) = (quote.strike.points(), quote.side);
            let (bid, ask) = (quote.bid.map(|bid| bid.0), quote.ask.map(|ask| ask.0));
            let option = chain.contract(strike, side);
            let refused = |found: &str| Err(D::Error::custom(format!("expected {option} {found}")));
            if quote.settle.is_none() && bid.is_none() && ask.is_none() {
                return refused("with a settlement, a bid or an ask, found none");
            }
            if bid.zip(ask).is_some_and(|(bid, ask)| bid > ask) {
                return refused("with a bid at or below its ask");
            }
            let (settle, volume, open_interest) = (quote.settle, quote.volume, quote.open_interest);
            if chain.quote(strike.normalize(), side).is_some() {
                return refused("once, found another quote of it");
            }
            chain.add(strike, side, OptionQuote { settle, bid, ask, volume, open_interest });
        }
        Ok(chain)
    }
}
