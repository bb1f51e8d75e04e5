//! The columns of quotes as `convert` writes them, in CSV and in JSON alike.

use chrono::NaiveDate;

use crate::market::contract::ContractMonth;
use crate::market::product::Product;
use crate::quotes::{Mark, Quote, QuoteTable, SessionPrice};

/// The columns that are always there.
const COLUMNS: [&str; 13] = [
    "trade_date",
    "contract",
    "open",
    "high",
    "low",
    "last",
    "settle",
    "change",
    "volume",
    "open_interest",
    "high_mark",
    "low_mark",
    "last_mark",
];

/// The columns of a table of quotes: those that are always there, and those that only some files have.
pub(super) struct Tidy {
    open_mark: bool,
    bid_and_ask: bool,
    mid: bool,
    /// Named where it is not the fed funds future.
    product: Option<Product>,
}

impl Tidy {
    pub(super) fn of(table: &QuoteTable) -> Self {
        let any = |has: fn(&Quote) -> bool| table.rows().any(|(_, _, quote)| has(quote));
        Self {
            open_mark: any(|quote| quote.open.is_some_and(|open| open.mark.is_some())),
            bid_and_ask: any(|quote| quote.bid.or(quote.ask).is_some()),
            mid: any(|quote| quote.mid.is_some()),
            product: Some(table.product()).filter(|product| *product != Product::FedFunds),
        }
    }

    pub(super) fn columns(&self) -> Vec<&'static str> {
        let mut columns = COLUMNS.to_vec();
        columns.extend(self.open_mark.then_some("open_mark"));
        columns.extend(self.bid_and_ask.then_some(["bid", "ask"]).into_iter().flatten());
        columns.extend(self.mid.then_some("mid"));
        columns.extend(self.product.map(|_| "product"));
        columns
    }

    /// The cells of a quote under the columns; a missing one is `None`.
    pub(super) fn cells(&self, day: NaiveDate, contract: ContractMonth, quote: &Quote) -> Vec<Option<String>> {
        let price = |session: Option<SessionPrice>| session.map(|session| session.price.to_string());
        let mark = |session: Option<SessionPrice>| {
            session.and_then(|session| session.mark).map(|mark| match mark {
                Mark::Bid => "bid".to_owned(),
                Mark::Ask => "ask".to_owned(),
            })
        };
        let mut cells = vec![
            Some(day.to_string()),
            Some(contract.to_string()),
            price(quote.open),
            price(quote.high),
            price(quote.low),
            price(quote.last),
            quote.settle.map(|price| price.to_string()),
            quote.change.map(|change| change.to_string()),
            quote.volume.map(|count| count.to_string()),
            quote.open_interest.map(|count| count.to_string()),
            mark(quote.high),
            mark(quote.low),
            mark(quote.last),
        ];
        cells.extend(self.open_mark.then(|| mark(quote.open)));
        if self.bid_and_ask {
            cells.extend([quote.bid, quote.ask].map(|price| price.map(|price| price.to_string())));
        }
        cells.extend(self.mid.then(|| quote.mid.map(|price| price.to_string())));
        cells.extend(self.product.map(|product| Some(product.code().to_owned())));
        cells
    }
}
