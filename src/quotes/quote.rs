//! [`Quote`]: what a file says of one contract on one day.

use std::fmt;

use crate::market::contract::ContractMonth;
use crate::text::problem::Position;
use crate::units::{Price, PriceChange};

/// Whether a session figure was a quote instead of a trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum Mark {
    /// A bid above the highest trade, or the last quote; printed `B`.
    Bid,
    /// An ask below the lowest trade, or the last quote; printed `A`.
    Ask,
}

/// A price of the session, with its mark where it was no trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SessionPrice {
    /// The price.
    pub price: Price,
    /// Bid or ask; `None` for a trade.
    pub mark: Option<Mark>,
}

/// What a file says of one contract. Whatever it does not say is `None`, never zero.
///
/// ```
/// use fedpath::Quote;
/// let quote = Quote::bid_ask("96.1775".parse()?, "96.1800".parse()?).with_volume(12_345);
/// assert_eq!((quote.settle, quote.volume), (None, Some(12_345)));
/// # Ok::<(), fedpath::UnitError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct Quote {
    /// The first price of the session.
    pub open: Option<SessionPrice>,
    /// The highest price of the session.
    pub high: Option<SessionPrice>,
    /// The lowest price of the session.
    pub low: Option<SessionPrice>,
    /// The last price of the session.
    pub last: Option<SessionPrice>,
    /// The settlement price.
    pub settle: Option<Price>,
    /// The settlement price less the one before, as printed.
    pub change: Option<PriceChange>,
    /// The best bid.
    pub bid: Option<Price>,
    /// The best ask.
    pub ask: Option<Price>,
    /// The price half way between bid and ask, where a file says it and not the two.
    pub mid: Option<Price>,
    /// The contracts traded on the day.
    pub volume: Option<u64>,
    /// The settlement price of the day before.
    pub prior_settle: Option<Price>,
    /// The contracts traded on the day before.
    pub prior_volume: Option<u64>,
    /// The open interest; in a settlement report that of the day before.
    pub open_interest: Option<u64>,
}

impl Quote {
    /// A quote of a settlement price alone.
    #[must_use]
    pub fn settled(price: Price) -> Self {
        Self { settle: Some(price), ..Self::default() }
    }

    /// A quote of the last price alone.
    #[must_use]
    pub fn last(price: Price) -> Self {
        Self { last: Some(SessionPrice { price, mark: None }), ..Self::default() }
    }

    /// A quote of a bid and an ask alone.
    #[must_use]
    pub fn bid_ask(bid: Price, ask: Price) -> Self {
        Self { bid: Some(bid), ask: Some(ask), ..Self::default() }
    }

    /// The quote with the day's volume.
    #[must_use]
    pub fn with_volume(self, contracts: u64) -> Self {
        Self { volume: Some(contracts), ..self }
    }

    /// The quote with the open interest.
    #[must_use]
    pub fn with_open_interest(self, contracts: u64) -> Self {
        Self { open_interest: Some(contracts), ..self }
    }

    /// Every price of the quote.
    pub(super) fn prices(&self) -> impl Iterator<Item = Price> {
        let session = [self.open, self.high, self.low, self.last].map(|price| price.map(|price| price.price));
        session.into_iter().chain([self.settle, self.bid, self.ask, self.mid, self.prior_settle]).flatten()
    }

    /// Whether any price is said: a settlement, a price of the session, a bid, an ask or the middle of both.
    #[must_use]
    pub fn has_price(&self) -> bool {
        let session = [self.open, self.high, self.low, self.last];
        let session = session.iter().any(Option::is_some);
        session || [self.settle, self.bid, self.ask, self.mid].iter().any(Option::is_some)
    }
}

impl Quote {
    /// Adds what another file says of the same contract and day; `Err` names the first price that contradicts.
    pub(super) fn complete(&mut self, other: &Self) -> Result<(), String> {
        fn figure<T: Copy + PartialEq + fmt::Display>(
            name: &str,
            mine: &mut Option<T>,
            other: Option<T>,
        ) -> Result<(), String> {
            match (*mine, other) {
                (Some(a), Some(b)) if a != b => Err(format!("{name} {a} as there, found {b}")),
                (None, other) => {
                    *mine = other;
                    Ok(())
                }
                _ => Ok(()),
            }
        }
        // Of a price of the session only some files say whether it was a trade.
        let session = |name: &str, mine: &mut Option<SessionPrice>, other: Option<SessionPrice>| {
            let mark = mine.and_then(|mine| mine.mark).or(other.and_then(|other| other.mark));
            let mut price = mine.map(|mine| mine.price);
            figure(name, &mut price, other.map(|other| other.price))?;
            *mine = price.map(|price| SessionPrice { price, mark });
            Ok::<(), String>(())
        };
        session("open", &mut self.open, other.open)?;
        session("high", &mut self.high, other.high)?;
        session("low", &mut self.low, other.low)?;
        session("last", &mut self.last, other.last)?;
        figure("settle", &mut self.settle, other.settle)?;
        figure("change", &mut self.change, other.change)?;
        figure("bid", &mut self.bid, other.bid)?;
        figure("ask", &mut self.ask, other.ask)?;
        figure("mid", &mut self.mid, other.mid)?;
        figure("prior settle", &mut self.prior_settle, other.prior_settle)?;
        // Counts differ by their nature: estimated, cleared, rounded, of this day or the one before. The first stand.
        self.volume = self.volume.or(other.volume);
        self.prior_volume = self.prior_volume.or(other.prior_volume);
        self.open_interest = self.open_interest.or(other.open_interest);
        Ok(())
    }
}

/// A quote as it is held in great numbers: of most the settlement is all there is, in a tenth of the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HeldQuote {
    Settled(Price),
    Whole(Box<Quote>),
}

impl From<Quote> for HeldQuote {
    fn from(quote: Quote) -> Self {
        match quote.settle {
            Some(price) if quote == Quote::settled(price) => Self::Settled(price),
            _ => Self::Whole(Box::new(quote)),
        }
    }
}

impl HeldQuote {
    /// The quote.
    pub(crate) fn quote(&self) -> Quote {
        match self {
            Self::Settled(price) => Quote::settled(*price),
            Self::Whole(quote) => (**quote).clone(),
        }
    }

    /// How many bytes it takes beside its contract and place, about.
    pub(super) fn size(&self) -> usize {
        size_of::<(ContractMonth, Entry)>() + if let Self::Whole(_) = self { size_of::<Quote>() + 16 } else { 0 }
    }

    /// The settlement, or the last price where there is none.
    pub(super) fn settle_or_last(&self) -> Option<Price> {
        match self {
            Self::Settled(price) => Some(*price),
            Self::Whole(quote) => quote.settle.or(quote.last.map(|last| last.price)),
        }
    }

    /// Adds what another file says of the same contract and day; `Err` names the first price that contradicts.
    pub(super) fn complete(&mut self, other: &Self) -> Result<(), String> {
        if self == other {
            return Ok(());
        }
        let mut quote = self.quote();
        let completed = quote.complete(&other.quote());
        *self = quote.into();
        completed
    }
}

/// A quote, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) quote: HeldQuote,
    /// Line and column: no file that is held has more than fit.
    place: (u32, u32),
}

impl Entry {
    pub(super) fn new(quote: HeldQuote, position: Position) -> Self {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self { quote, place: (number(position.line), number(position.column)) }
    }

    pub(super) fn position(&self) -> Position {
        Position { line: self.place.0 as usize, column: self.place.1 as usize }
    }
}
