//! What fixings make of contracts, `fedpath.settlement/1`.

use super::{Document, Shown, Table, Value, data, number, words};
use crate::market::product::Product;
use crate::market::settlement::Settlement;

/// The final settlement of expired contracts, the realised part of running ones.
#[must_use]
pub fn settlement<'a>(settlements: &'a [Settlement]) -> Document<'a> {
    let product = |row: &&Settlement| row.contract().product();
    let columns = [
        words("product", "Product", move |row: &&'a Settlement| product(row).code()),
        data("contract", |row: &&Settlement| row.contract()),
        words("", "Contract", |row: &&Settlement| row.contract().symbol()).text_only(),
        words("reference_start", "From", |row: &&Settlement| row.contract().reference_period().start()),
        words("reference_end", "To before", |row: &&Settlement| row.contract().reference_period().end()),
        number("days", "Days", Shown::Plain, |row: &&Settlement| row.days()),
        number("days_realised", "Realised", Shown::Plain, |row: &&Settlement| row.days_realised()),
        number("average_percent", "Average %", Shown::Places(6), |row: &&Settlement| {
            row.average().map(|rate| Value::from(rate.exact()))
        }),
        number("final", "Exact", Shown::Places(6), |row: &&Settlement| row.final_price()),
        data("final_exact", |row: &&Settlement| Value::from(row.final_price()).fraction()).no_csv(),
        number("final_rounded", "Settlement", Shown::Places(4), |row: &&Settlement| {
            row.final_rounded().map(|price| Value::Exact(price, row.contract().product().settlement_places() as usize))
        }),
        number("open_days", "Open", Shown::Plain, |row: &&Settlement| row.open_days()),
    ];
    let any_open = settlements.iter().any(|settlement| settlement.open_days() > 0);
    let open = "A contract with open days has no settlement yet: its average is that of the realised days.";
    let compounded = settlements.iter().any(|settlement| product(&settlement) == Product::ThreeMonthSofr);
    let compounding =
        "SR3 compounds from business day to business day, actual days over 360; the others average all days.";
    Document::new("fedpath.settlement/1")
        .text_block("Settlement of contracts on realised rates")
        .table(Table::new("settlements", settlements, columns))
        .when(compounded.then_some(compounding), Document::text_block)
        .when(any_open.then_some(open), Document::text_block)
        .member("warnings", Value::List(Vec::new()))
}
