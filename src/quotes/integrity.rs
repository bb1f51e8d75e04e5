//! What is odd about quotes although every cell of them can be read.
//!
//! | finding | weight |
//! |---|---|
//! | a TOTAL that is not the sum of its rows; a change that is not the difference of its settlements | error |
//! | a contract twice on one day, two trade dates in a report of one day, a price off any scale | error |
//! | a report without its TOTAL, a trade date on a weekend, a row older than its file, a high below a low | warning |
//! | a price off the tick grid, a contract that had long expired or lies far ahead | warning |
//!
//! Errors are found by the readers, where both numbers are at hand; the warnings about quotes are found here.

use chrono::NaiveDate;

use super::Quote;
use super::quote::{Entry, HeldQuote};
use super::tick::{SCALE, half_tick, on_scale, on_tick_grid};
use crate::market::calendar::is_weekend;
use crate::market::contract::ContractMonth;
use crate::market::product::Product;
use crate::notice::{Notice, Remark};
use crate::text::problem::{Position, Problem, ProblemKind};
use crate::text::tally::{Skip, Tally};

/// What is odd about a quote at hand, and what a file with it would be refused for: a price off any scale, or none at all.
pub(super) fn of_given(
    product: Product,
    day: NaiveDate,
    contract: ContractMonth,
    quote: &Quote,
) -> Result<Vec<Notice>, Problem> {
    let expected = |range: &str, found: String| {
        let symbol = product.contract(contract).symbol();
        let message = format!("expected a price of {symbol} on {day}{range}, found {found}");
        Err(Problem::new(ProblemKind::Inconsistent, message))
    };
    if let Some(price) = quote.prices().find(|price| !on_scale(price.points())) {
        let range = format!(" between {} and {}, 100 less the rate", SCALE.start(), SCALE.end());
        return expected(&range, price.to_string());
    }
    if !quote.has_price() {
        return expected("", "none".to_owned());
    }
    let entry = Entry::new(quote.clone().into(), Position { line: 1, column: 1 });
    let remarks = of_quotes(std::iter::once((contract, &entry))).into_iter();
    let remarks = remarks.chain(of_prices(product, Some(day), std::iter::once((contract, &entry))));
    Ok(remarks.map(|remark| remark.notice).collect())
}

/// What is odd about days of quotes.
pub(super) fn of_days(days: impl Iterator<Item = NaiveDate>) -> Option<Remark> {
    let mut weekend = days.filter(|day| is_weekend(*day));
    let first = weekend.next()?;
    Some(Remark { notice: Notice::Weekend { first, count: 1 + weekend.count() }, position: None })
}

/// What is odd about the rows of a table: some are of other products, or of spreads.
pub(super) fn of_rows(tally: &Tally) -> Option<Remark> {
    let of = |reason| tally.skipped().find(|(skip, _)| *skip == reason).map_or(0, |(_, count)| count);
    let (others, spreads) = (of(Skip::OtherProduct), of(Skip::Spread));
    let notice = || Notice::RowsSkipped { others, spreads, holds: tally.listed_others() };
    (others + spreads > 0).then(|| Remark { notice: notice(), position: None })
}

/// What is odd about quotes, whichever price is used.
pub(super) fn of_quotes<'a>(entries: impl Iterator<Item = (ContractMonth, &'a Entry)>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (contract, entry) in entries {
        if let HeldQuote::Whole(quote) = &entry.quote
            && let Some((high, low)) = quote.high.zip(quote.low)
            && high.price < low.price
        {
            let notice = Notice::HighBelowLow { contract, high: high.price, low: low.price };
            remarks.push(Remark { notice, position: Some(entry.position()) });
        }
    }
    remarks
}

/// What is odd about the prices of one day: of each contract that price which a strip would take first.
pub(super) fn of_prices<'a>(
    product: Product,
    day: Option<NaiveDate>,
    entries: impl Iterator<Item = (ContractMonth, &'a Entry)>,
) -> Vec<Remark> {
    let Some(day) = day else { return Vec::new() };
    let mut remarks = Vec::new();
    for (contract, entry) in entries {
        let mut remark = |notice| remarks.push(Remark { notice, position: Some(entry.position()) });
        if product.is_long_over(contract, day) {
            remark(Notice::LongExpired { contract: product.contract(contract) });
        } else if !product.lists(contract, day) {
            remark(Notice::FarAhead { contract });
        }
        if let Some(price) = entry
            .quote
            .settle_or_last()
            .filter(|price| half_tick(*price).is_none() && !on_tick_grid(product.contract(contract), *price, day))
        {
            remark(Notice::OffTickGrid { contract: product.contract(contract), price });
        }
    }
    remarks
}
