//! Quotes as `convert` writes them, `fedpath.convert/1`. [`crate::QuoteFile`] reads the CSV back.

use chrono::NaiveDate;

use super::{Column, Document, Shown, Table, data, list, number, words};
use crate::market::contract::ContractMonth;
use crate::market::product::Product;
use crate::quotes::{HeldQuote, Mark, Quote, QuoteTable, SessionPrice};

type Row<'a> = (NaiveDate, ContractMonth, &'a HeldQuote);

/// One row a day and contract, the columns `trade_date` to `open_interest`, then `high_mark`, `low_mark` and `last_mark` (`bid`
/// or `ask` where the price was no trade). Where a file has them, `open_mark`, `bid` and `ask` follow, and `product` where it is
/// not the fed funds future.
#[must_use]
pub fn quotes<'a>(table: &'a QuoteTable, warnings: &[String]) -> Document<'a> {
    Document::new("fedpath.convert/1")
        .member("product", table.product().code())
        .table(Table::new("quotes", table.held(), columns(table)))
        .member("warnings", list(warnings, String::as_str))
}

fn columns(table: &QuoteTable) -> Vec<Column<'_, Row<'_>>> {
    let any = |has: fn(&Quote) -> bool| table.held().any(|(_, _, quote)| has(&quote.quote()));
    let mut columns = vec![
        words("trade_date", "Date", |(day, ..): &Row<'_>| *day),
        words("contract", "Contract", |(_, contract, _): &Row<'_>| *contract),
    ];
    columns.extend(session("open", "Open", |quote| quote.open));
    columns.extend(session("high", "High", |quote| quote.high));
    columns.extend(session("low", "Low", |quote| quote.low));
    columns.extend(session("last", "Last", |quote| quote.last));
    columns.extend([
        number("settle", "Settle", Shown::Plain, |(.., quote): &Row<'_>| quote.quote().settle),
        number("change", "Change", Shown::Plain, |(.., quote): &Row<'_>| {
            quote.quote().change.map(|change| change.to_string())
        }),
        number("volume", "Volume", Shown::Plain, |(.., quote): &Row<'_>| {
            quote.quote().volume.map(|count| count.to_string())
        }),
        number("open_interest", "Open int.", Shown::Plain, |(.., quote): &Row<'_>| {
            quote.quote().open_interest.map(|count| count.to_string())
        }),
        mark("high_mark", |quote| quote.high),
        mark("low_mark", |quote| quote.low),
        mark("last_mark", |quote| quote.last),
    ]);
    columns.extend(
        any(|quote| quote.open.is_some_and(|open| open.mark.is_some())).then(|| mark("open_mark", |quote| quote.open)),
    );
    if any(|quote| quote.bid.or(quote.ask).is_some()) {
        columns.push(data("bid", |(.., quote): &Row<'_>| quote.quote().bid));
        columns.push(data("ask", |(.., quote): &Row<'_>| quote.quote().ask));
    }
    columns.extend(any(|quote| quote.mid.is_some()).then(|| data("mid", |(.., quote): &Row<'_>| quote.quote().mid)));
    let product = table.product();
    columns.extend((product != Product::FedFunds).then(|| data("product", move |_: &Row<'_>| product.code())));
    columns
}

/// A price of the session; people read its mark beside it, `B` for a bid and `A` for an ask.
fn session<'a>(
    key: &'static str,
    heading: &'static str,
    of: fn(&Quote) -> Option<SessionPrice>,
) -> [Column<'a, Row<'a>>; 2] {
    let marked = move |(.., quote): &Row<'_>| {
        let mark = |mark| match mark {
            Some(Mark::Bid) => "B",
            Some(Mark::Ask) => "A",
            None => "",
        };
        of(&quote.quote()).map(|session| format!("{}{}", session.price, mark(session.mark)))
    };
    [
        number("", heading, Shown::Plain, marked).text_only(),
        data(key, move |(.., quote): &Row<'_>| of(&quote.quote()).map(|session| session.price)),
    ]
}

fn mark<'a>(key: &'static str, of: fn(&Quote) -> Option<SessionPrice>) -> Column<'a, Row<'a>> {
    data(key, move |(.., quote): &Row<'_>| {
        of(&quote.quote()).and_then(|session| session.mark).map(|mark| match mark {
            Mark::Bid => "bid",
            Mark::Ask => "ask",
        })
    })
}
