//! Quotes, snapshots and strips as data, read through their checks.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::check::FileCheck;
use super::markets::{MarketQuote, MarketTable};
use super::strip::{Strip, StripOptions};
use super::{Format, Mark, Quote, QuoteTable, SessionPrice, Snapshot};
use crate::market::contract::{Contract, ContractMonth};
use crate::market::product::Product;
use crate::notice::{Notice, Remark};
use crate::text::problem::Problem;
use crate::units::{Price, Probability};

/// A price alone, which was a trade, or with its mark.
#[derive(Deserialize)]
#[serde(untagged)]
enum SessionData {
    Trade(Price),
    Marked { price: Price, mark: Option<Mark> },
}

impl<'de> Deserialize<'de> for SessionPrice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match SessionData::deserialize(deserializer)? {
            SessionData::Trade(price) => Self { price, mark: None },
            SessionData::Marked { price, mark } => Self { price, mark },
        })
    }
}

#[derive(Serialize)]
struct SnapshotOut<'a> {
    format: Format,
    product: Product,
    trade_date: Option<NaiveDate>,
    quotes: BTreeMap<ContractMonth, Quote>,
    notices: &'a [Notice],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    beside: &'a [Snapshot],
}

impl Serialize for Snapshot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        SnapshotOut {
            format: self.format(),
            product: self.product(),
            trade_date: self.trade_date(),
            quotes: self.quotes().collect(),
            notices: self.notices(),
            beside: self.beside(),
        }
        .serialize(serializer)
    }
}

#[derive(Deserialize)]
struct SnapshotIn {
    trade_date: NaiveDate,
    quotes: BTreeMap<ContractMonth, Quote>,
}

impl<'de> Deserialize<'de> for Snapshot {
    /// As [`Snapshot::of_quotes`]: `trade_date` and `quotes` by contract month.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = SnapshotIn::deserialize(deserializer)?;
        Self::of_quotes(data.trade_date, data.quotes).map_err(D::Error::custom)
    }
}

#[derive(Serialize)]
struct StripOut<'a> {
    as_of: NaiveDate,
    /// The prices are those that are used: nothing is restored when they are read again.
    as_printed: bool,
    prices: BTreeMap<ContractMonth, Price>,
    /// The futures of other products beside them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    futures: BTreeMap<Contract, Price>,
    notices: &'a [Notice],
}

impl Serialize for Strip {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let prices = self.prices().collect();
        let futures = self
            .beside()
            .iter()
            .flat_map(|strip| strip.prices().map(|(month, price)| (strip.product().contract(month), price)));
        let futures = futures.collect();
        StripOut { as_of: self.as_of(), as_printed: true, prices, futures, notices: self.notices() }
            .serialize(serializer)
    }
}

#[derive(Deserialize)]
struct StripIn {
    as_of: NaiveDate,
    #[serde(default)]
    as_printed: bool,
    prices: BTreeMap<ContractMonth, Price>,
    #[serde(default)]
    futures: BTreeMap<Contract, Price>,
}

impl<'de> Deserialize<'de> for Strip {
    /// As [`Strip::from_prices_with`]: `as_of`, `prices` by contract month, `futures` of other products by contract, and `as_printed`, false where
    /// it is left out.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = StripIn::deserialize(deserializer)?;
        let options = StripOptions::default().with_as_printed(data.as_printed);
        let strip = Self::from_prices_with(data.as_of, data.prices, &options);
        strip.and_then(|strip| strip.with_futures(data.futures)).map_err(D::Error::custom)
    }
}

/// A quote, its day and its contract.
#[derive(Serialize, Deserialize)]
struct QuoteRow {
    date: NaiveDate,
    contract: ContractMonth,
    #[serde(flatten)]
    quote: Quote,
}

#[derive(Serialize, Deserialize)]
struct TableData {
    #[serde(default)]
    product: Product,
    quotes: Vec<QuoteRow>,
}

impl Serialize for QuoteTable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let quotes = self.rows().map(|(date, contract, quote)| QuoteRow { date, contract, quote }).collect();
        TableData { product: self.product(), quotes }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for QuoteTable {
    /// `product` (fed funds where it is left out) and `quotes`: rows of `date`, `contract` and what a [`Quote`] has, each day and
    /// contract once, checked as by [`QuoteTable::insert`].
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let TableData { product, quotes } = TableData::deserialize(deserializer)?;
        let mut table = Self::of_product(product);
        for QuoteRow { date, contract, quote } in quotes {
            if table.quote(date, contract).is_some() {
                let symbol = product.contract(contract).symbol();
                return Err(D::Error::custom(format!("expected {symbol} on {date} once, found it again")));
            }
            table.insert(date, contract, quote).map_err(D::Error::custom)?;
        }
        Ok(table)
    }
}

/// A line of a prediction market, its outcome as a table has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MarketData {
    date: NaiveDate,
    meeting: NaiveDate,
    outcome: String,
    bid: Probability,
    ask: Probability,
}

impl Serialize for MarketQuote {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let outcome = self.label.clone();
        let (bid, ask) = (self.bid.clone(), self.ask.clone());
        MarketData { date: self.date, meeting: self.meeting, outcome, bid, ask }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for MarketQuote {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let MarketData { date, meeting, outcome, bid, ask } = MarketData::deserialize(deserializer)?;
        Self::new(date, meeting, &outcome, bid, ask).map_err(D::Error::custom)
    }
}

impl Serialize for MarketTable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.quotes().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for MarketTable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::of_quotes(Vec::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// What a check says of a file, without what the file holds.
#[derive(Serialize)]
struct CheckData<'a> {
    problems: &'a [Problem],
    remarks: &'a [Remark],
}

impl Serialize for FileCheck {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        CheckData { problems: self.problems(), remarks: self.remarks() }.serialize(serializer)
    }
}
