//! [`StripOptions`]: how a strip is taken from a snapshot, and [`PriceKind`]: which price of a quote it has.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::market::contract::ContractMonth;
use crate::market::product::Product;
use crate::quotes::Quote;
use crate::units::Price;

/// Which price of a quote is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum PriceKind {
    /// The settlement price.
    #[default]
    Settle,
    /// The last price, a trade or a quote.
    Last,
    /// Half way between bid and ask; the file's own middle where it has not both.
    Mid,
}

impl PriceKind {
    pub(crate) fn of(self, quote: &Quote) -> Option<Price> {
        match self {
            Self::Settle => quote.settle,
            Self::Last => quote.last.map(|last| last.price),
            Self::Mid => {
                let Some((bid, ask)) = quote.bid.zip(quote.ask) else { return quote.mid };
                Price::from_points((bid.points() + ask.points()) / Decimal::TWO).ok()
            }
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Settle => "settle",
            Self::Last => "last",
            Self::Mid => "bid and ask",
        }
    }
}

/// How a [`Strip`](super::Strip) is taken from a snapshot.
///
/// ```
/// use fedpath::{PriceKind, Snapshot, Strip, StripOptions};
/// let quotes = Snapshot::parse("# as_of: 2025-11-21\ncontract,settle,last\nZQZ25,96.1800,96.1750\n")?;
/// let last = StripOptions::default().with_price(PriceKind::Last);
/// assert_eq!(Strip::new(&quotes, &last)?.price("2025-12".parse()?).unwrap().to_string(), "96.1750");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct StripOptions {
    /// The valuation date; the snapshot's own trade date where `None`.
    pub as_of: Option<NaiveDate>,
    /// Which price of a quote is used.
    pub price: PriceKind,
    /// Which price of a quote of these products is used instead.
    pub prices: BTreeMap<Product, PriceKind>,
    /// Takes a price printed as a rounded half tick (`96.1163`) as it stands instead of as `96.11625`.
    pub as_printed: bool,
    /// Prices of contracts that the snapshot lacks or that have expired on its day: the last settlement of the month
    /// before above all. The price of a contract that trades stands.
    pub anchors: BTreeMap<ContractMonth, Price>,
}

impl StripOptions {
    /// With a valuation date.
    #[must_use]
    pub fn with_as_of(self, as_of: NaiveDate) -> Self {
        Self { as_of: Some(as_of), ..self }
    }

    /// With another price of each quote.
    #[must_use]
    pub fn with_price(self, price: PriceKind) -> Self {
        Self { price, ..self }
    }

    /// With another price of each quote of a product.
    #[must_use]
    pub fn with_price_of(mut self, product: Product, price: PriceKind) -> Self {
        self.prices.insert(product, price);
        self
    }

    /// Which price of a quote of a product is used.
    pub(crate) fn price_of(&self, product: Product) -> PriceKind {
        self.prices.get(&product).copied().unwrap_or(self.price)
    }

    /// With rounded half ticks as they stand, or restored.
    #[must_use]
    pub fn with_as_printed(self, as_printed: bool) -> Self {
        Self { as_printed, ..self }
    }

    /// With the last settlement of one more expired contract.
    #[must_use]
    pub fn with_anchor(mut self, contract: ContractMonth, price: Price) -> Self {
        self.anchors.insert(contract, price);
        self
    }
}
