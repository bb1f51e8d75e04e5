//! [`Strip`]: the prices of one day by contract month, as the engine takes them.

mod error;
mod options;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::market::contract::{Contract, ContractMonth};
use crate::market::product::Product;
use crate::notice::Notice;
use crate::quotes::{MeetingRates, Quote, Snapshot, half_tick, on_scale, on_tick_grid};
use crate::units::Price;

pub use error::StripError;
pub use options::{PriceKind, StripOptions};

/// The prices of one valuation date by contract month.
///
/// ```
/// use fedpath::{Snapshot, Strip, StripOptions};
/// let snapshot = Snapshot::parse("# as_of: 2026-07-14\ncontract,price\nZQN26,96.3688\n")?;
/// let strip = Strip::new(&snapshot, &StripOptions::default())?;
/// // The page that printed 96.3688 rounded a half tick.
/// assert_eq!(strip.price("2026-07".parse()?).unwrap().to_string(), "96.36875");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    product: Product,
    as_of: NaiveDate,
    prices: BTreeMap<ContractMonth, Price>,
    markets: BTreeMap<ContractMonth, Market>,
    notices: Vec<Notice>,
    meeting_rates: Option<MeetingRates>,
    /// The strips of other products of the same day, each apart.
    beside: Vec<Strip>,
}

/// What a file says of the market behind a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Market {
    bid_ask: Option<(Price, Price)>,
    volume: Option<u64>,
    open_interest: Option<u64>,
}

impl Market {
    fn of(quote: &Quote) -> Self {
        let bid_ask = quote.bid.zip(quote.ask).filter(|(bid, ask)| bid <= ask);
        Self { bid_ask, volume: quote.volume, open_interest: quote.open_interest }
    }
}

impl Strip {
    /// Takes the prices of a snapshot.
    ///
    /// A price printed with exactly four decimals, the last a 3 or an 8, is read as the half tick it was rounded
    /// from, unless [`StripOptions::as_printed`]; a contract without a price of the wanted kind is left out;
    /// both are noticed, and so is a price on no grid of the exchange.
    ///
    /// # Errors
    /// [`StripError::NoDate`] where neither the snapshot nor the options have a date, [`StripError::NoPrices`]
    /// where no contract has a price of the wanted kind, [`StripError::OtherProduct`] where the snapshot is not of fed
    /// funds futures.
    pub fn new(snapshot: &Snapshot, options: &StripOptions) -> Result<Self, StripError> {
        if !snapshot.product().is_priced() {
            return Err(StripError::OtherProduct(snapshot.product()));
        }
        let mut strip = Self::of_product(snapshot, options)?;
        let own = StripOptions { as_of: Some(strip.as_of), anchors: BTreeMap::new(), ..options.clone() };
        for other in snapshot.beside() {
            match Self::of_product(other, &own) {
                Ok(beside) => {
                    let is_new = |notice: &&Notice| !strip.notices.contains(notice);
                    let new: Vec<Notice> = beside.notices.iter().filter(is_new).cloned().collect();
                    strip.notices.extend(new);
                    strip.beside.push(beside);
                }
                Err(StripError::NoPrices(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(strip)
    }

    /// The prices of one product of a snapshot.
    fn of_product(snapshot: &Snapshot, options: &StripOptions) -> Result<Self, StripError> {
        let price = options.price_of(snapshot.product());
        let as_of = options.as_of.or(snapshot.trade_date()).ok_or(StripError::NoDate)?;
        let notices = snapshot.notices().to_vec();
        let mut strip = Self {
            product: snapshot.product(),
            notices,
            meeting_rates: snapshot.meeting_rates.clone(),
            ..Self::of_prices(as_of, [])
        };
        if let Some(quoted) = snapshot.trade_date().filter(|date| *date != as_of) {
            strip.notices.push(Notice::OtherDate { quoted, as_of });
        }
        if strip.meeting_rates.is_some() {
            return Ok(strip);
        }
        for (contract, quote) in snapshot.quotes() {
            let given = options.anchors.get(&contract).copied();
            match (price.of(&quote), given) {
                (Some(quoted), Some(given)) if contract < ContractMonth::of(as_of) => {
                    strip.notices.extend((quoted != given).then_some(Notice::Replaced {
                        contract: strip.product.contract(contract),
                        quoted,
                        given,
                    }));
                }
                (Some(price), given) => {
                    // The market's own price of a contract that trades stands.
                    let unused = given.filter(|given| *given != price);
                    strip.notices.extend(unused.map(|given| Notice::NotUsed {
                        contract: strip.product.contract(contract),
                        quoted: price,
                        given,
                    }));
                    strip.take(contract, price, options.as_printed);
                    strip.markets.insert(contract, Market::of(&quote));
                }
                (None, Some(_)) => {}
                (None, None) => strip
                    .notices
                    .push(Notice::NoPrice { contract: strip.product.contract(contract), wanted: price.name() }),
            }
        }
        for (contract, price) in &options.anchors {
            if !strip.prices.contains_key(contract) {
                strip.take(*contract, *price, options.as_printed);
            }
        }
        if strip.prices.is_empty() {
            return Err(StripError::NoPrices(price));
        }
        Ok(strip)
    }

    /// A strip from prices at hand, checked and read as those of a file: [`Strip::from_prices_with`] with
    /// [`StripOptions::default`].
    ///
    /// # Errors
    /// As [`Strip::from_prices_with`].
    ///
    /// ```
    /// use fedpath::{Price, Strip};
    /// let day = "2025-11-21".parse()?;
    /// let strip = Strip::from_prices(day, [("2025-12".parse()?, Price::try_from(96.1163)?)])?;
    /// assert_eq!(strip.price("2025-12".parse()?).unwrap().to_string(), "96.11625");
    /// assert_eq!(strip.notices().len(), 1, "a rounded half tick");
    /// // A rate is no price.
    /// assert!(Strip::from_prices(day, [("2025-12".parse()?, Price::try_from(3.88)?)]).is_err());
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    pub fn from_prices(
        as_of: NaiveDate,
        prices: impl IntoIterator<Item = (ContractMonth, Price)>,
    ) -> Result<Self, StripError> {
        Self::from_prices_with(as_of, prices, &StripOptions::default())
    }

    /// A strip from prices at hand, checked and read as those of a file: rounded half ticks are restored unless
    /// [`StripOptions::as_printed`], and both that and a price on no grid of the exchange are noticed. The
    /// [`StripOptions::anchors`] fill in for contracts without a price; its other fields are not read.
    ///
    /// # Errors
    /// [`StripError::OffScale`] for a price below 75 or above 105, [`StripError::Twice`] for a contract with two prices,
    /// [`StripError::NoPrices`] without any.
    pub fn from_prices_with(
        as_of: NaiveDate,
        prices: impl IntoIterator<Item = (ContractMonth, Price)>,
        options: &StripOptions,
    ) -> Result<Self, StripError> {
        let mut strip = Self::of_prices(as_of, []);
        for (contract, price) in prices {
            if strip.prices.contains_key(&contract) {
                return Err(StripError::Twice(strip.product.contract(contract)));
            }
            strip.take_on_scale(contract, price, options.as_printed)?;
        }
        for (contract, price) in &options.anchors {
            if !strip.prices.contains_key(contract) {
                strip.take_on_scale(*contract, *price, options.as_printed)?;
            }
        }
        if strip.prices.is_empty() { Err(StripError::NoPrices(options.price)) } else { Ok(strip) }
    }

    /// A strip from prices that have been checked.
    pub(crate) fn of_prices(as_of: NaiveDate, prices: impl IntoIterator<Item = (ContractMonth, Price)>) -> Self {
        Self {
            product: Product::default(),
            as_of,
            prices: prices.into_iter().collect(),
            markets: BTreeMap::new(),
            notices: Vec::new(),
            meeting_rates: None,
            beside: Vec::new(),
        }
    }

    /// The same strip with prices of other futures of the same day beside, checked as those of a file and taken as they are.
    /// They stay apart: only [`Method::Joint`](crate::Method::Joint) reads them.
    ///
    /// # Errors
    /// [`StripError::OtherProduct`] for a contract of the strip's own product, [`StripError::OffScale`] for a price below 75 or
    /// above 105, [`StripError::Twice`] for a contract with two prices.
    ///
    /// ```
    /// use fedpath::{Product, Strip};
    /// let day = "2024-05-10".parse()?;
    /// let strip = Strip::from_prices(day, [("2024-05".parse()?, "94.67".parse()?)])?;
    /// let strip = strip.with_futures([("SR3M24".parse()?, "94.695".parse()?)])?;
    /// assert_eq!(strip.of(Product::ThreeMonthSofr).unwrap().prices().len(), 1);
    /// // A price of one product is none of another.
    /// assert_eq!(strip.price("2024-06".parse()?), None);
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    pub fn with_futures(mut self, prices: impl IntoIterator<Item = (Contract, Price)>) -> Result<Self, StripError> {
        for (contract, price) in prices {
            if contract.product() == self.product {
                return Err(StripError::OtherProduct(contract.product()));
            }
            let place = self.beside.iter().position(|strip| strip.product == contract.product());
            let place = place.unwrap_or_else(|| {
                self.beside.push(Self { product: contract.product(), ..Self::of_prices(self.as_of, []) });
                self.beside.len() - 1
            });
            let beside = &mut self.beside[place];
            if beside.prices.contains_key(&contract.month()) {
                return Err(StripError::Twice(contract));
            }
            beside.take_on_scale(contract.month(), price, true)?;
        }
        Ok(self)
    }

    /// The strip of a product: this one, or one beside it.
    #[must_use]
    pub fn of(&self, product: Product) -> Option<&Self> {
        std::iter::once(self).chain(&self.beside).find(|strip| strip.product == product)
    }

    /// The strips of other products beside this one.
    #[must_use]
    pub fn beside(&self) -> &[Self] {
        &self.beside
    }

    /// Rates dated by meeting in place of prices: nothing is then solved from contracts.
    #[must_use]
    pub fn of_meetings(as_of: NaiveDate, rates: MeetingRates) -> Self {
        Self { meeting_rates: Some(rates), ..Self::of_prices(as_of, []) }
    }

    /// The rates dated by meeting that stand in place of prices.
    #[must_use]
    pub fn meeting_rates(&self) -> Option<&MeetingRates> {
        self.meeting_rates.as_ref()
    }

    /// The same strip with another price of one contract, taken as it is.
    ///
    /// # Errors
    /// [`StripError::OffScale`] for a price below 75 or above 105.
    pub fn with_price(&self, contract: ContractMonth, price: Price) -> Result<Self, StripError> {
        let mut strip = self.clone();
        let of_former_price = |notice: &Notice| match notice {
            Notice::HalfTick { contract: other, .. }
            | Notice::OffTickGrid { contract: other, .. }
            | Notice::LongExpired { contract: other } => other.month() == contract,
            _ => false,
        };
        strip.notices.retain(|notice| !of_former_price(notice));
        strip.take_on_scale(contract, price, true)?;
        Ok(strip)
    }

    /// The same strip with another price of one contract, its own or of a future beside it, taken as it is.
    ///
    /// # Errors
    /// [`StripError::OtherProduct`] for a product that the strip has no price of, [`StripError::OffScale`] for a price below 75 or
    /// above 105.
    pub fn with_contract_price(&self, contract: Contract, price: Price) -> Result<Self, StripError> {
        if contract.product() == self.product {
            return self.with_price(contract.month(), price);
        }
        let mut strip = self.clone();
        let beside = strip.beside.iter_mut().find(|beside| beside.product == contract.product());
        let beside = beside.ok_or(StripError::OtherProduct(contract.product()))?;
        *beside = beside.with_price(contract.month(), price)?;
        Ok(strip)
    }

    fn take_on_scale(&mut self, contract: ContractMonth, price: Price, as_printed: bool) -> Result<(), StripError> {
        if !on_scale(price.points()) {
            return Err(StripError::OffScale(self.product.contract(contract), price));
        }
        self.take(contract, price, as_printed);
        Ok(())
    }

    /// The product of the contracts.
    #[must_use]
    pub fn product(&self) -> Product {
        self.product
    }

    /// The valuation date.
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// The price of a contract.
    #[must_use]
    pub fn price(&self, month: ContractMonth) -> Option<Price> {
        self.prices.get(&month).copied()
    }

    /// The best bid and ask of a contract, where the file has both and the bid is not above the ask.
    #[must_use]
    pub fn bid_ask(&self, month: ContractMonth) -> Option<(Price, Price)> {
        self.markets.get(&month)?.bid_ask
    }

    /// The day's volume of a contract, where the file has it.
    #[must_use]
    pub fn volume(&self, month: ContractMonth) -> Option<u64> {
        self.markets.get(&month)?.volume
    }

    /// The open interest of a contract, where the file has it.
    #[must_use]
    pub fn open_interest(&self, month: ContractMonth) -> Option<u64> {
        self.markets.get(&month)?.open_interest
    }

    /// All prices in the order of the months.
    #[must_use]
    pub fn prices(&self) -> impl ExactSizeIterator<Item = (ContractMonth, Price)> {
        self.prices.iter().map(|(month, price)| (*month, *price))
    }

    /// The last contract with a price.
    #[must_use]
    pub fn last_contract(&self) -> Option<ContractMonth> {
        self.prices.last_key_value().map(|(month, _)| *month)
    }

    /// What was noticed while reading the file and taking its prices.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    fn take(&mut self, contract: ContractMonth, printed: Price, as_printed: bool) {
        let named = self.product.contract(contract);
        if self.product.is_long_over(contract, self.as_of) {
            self.notices.push(Notice::LongExpired { contract: named });
        }
        let price = match half_tick(printed) {
            Some(_) if as_printed => printed,
            Some(read) => {
                self.notices.push(Notice::HalfTick { contract: named, printed, read });
                read
            }
            None => {
                if !on_tick_grid(named, printed, self.as_of) {
                    self.notices.push(Notice::OffTickGrid { contract: named, price: printed });
                }
                printed
            }
        };
        self.prices.insert(contract, price);
    }
}

#[cfg(test)]
mod tests {
    use super::{Strip, StripOptions};
    use crate::Snapshot;

    fn notices(price: &str) -> String {
        let text = format!("# as_of: 2026-07-14\ncontract,price\nZQN26,{price}\n");
        let strip = Strip::new(&Snapshot::parse(&text).unwrap(), &StripOptions::default()).unwrap();
        strip.notices().iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn half_ticks_are_restored_and_other_prices_only_noticed() {
        insta::assert_snapshot!(notices("96.1163"), @"ZQN26 at 96.1163 is read as the half tick 96.11625");
        insta::assert_snapshot!(notices("96.1164"), @"ZQN26 at 96.1164 is off the tick grid");
        for price in ["96.11625", "96.1225", "96.38", "96.0"] {
            assert_eq!(notices(price), "", "{price}");
        }
        insta::assert_snapshot!(notices("96.123"), @"ZQN26 at 96.123 is off the tick grid");
        // The half tick of a later month is 0.0025; an expired month lies on the 0.001 grid.
        insta::assert_snapshot!(notices("96.38\nZQQ26,96.28125\nZQU26,96.2825\nZQM26,96.123"), @"ZQQ26 at 96.28125 is off the tick grid");
    }
}
