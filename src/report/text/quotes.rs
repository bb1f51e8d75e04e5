//! Quotes as a table for people.

use std::io::{self, Write};

use super::super::grid;
use crate::quotes::{Mark, QuoteTable, SessionPrice};

/// Prints the quotes, one row a day and contract; a price of the session with its mark, `B` for a bid and `A` for an ask.
///
/// # Errors
/// Where `out` cannot be written.
pub fn quotes(table: &QuoteTable, out: &mut dyn Write) -> io::Result<()> {
    let headings = [
        grid::text("Date"),
        grid::text("Contract"),
        grid::number("Open"),
        grid::number("High"),
        grid::number("Low"),
        grid::number("Last"),
        grid::number("Settle"),
        grid::number("Change"),
        grid::number("Volume"),
        grid::number("Open int."),
    ];
    let rows = table.rows().map(|(day, contract, quote)| {
        vec![
            day.to_string(),
            contract.to_string(),
            session(quote.open),
            session(quote.high),
            session(quote.low),
            session(quote.last),
            shown(quote.settle),
            shown(quote.change),
            shown(quote.volume),
            shown(quote.open_interest),
        ]
    });
    write!(out, "{}", grid::table(&headings, rows, 2))
}

fn session(price: Option<SessionPrice>) -> String {
    let mark = |mark| match mark {
        Some(Mark::Bid) => "B",
        Some(Mark::Ask) => "A",
        None => "",
    };
    price.map_or("-".to_owned(), |session| format!("{}{}", session.price, mark(session.mark)))
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map_or("-".to_owned(), |value| value.to_string())
}
