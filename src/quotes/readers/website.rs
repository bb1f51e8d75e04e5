//! What the settlements of CME's website are, however they were saved: the columns, the `Total`, the title.

use chrono::NaiveDate;

use super::book::Book;
use super::cells::Cells;
use crate::market::contract::read_month;
use crate::market::product::Product;
use crate::notice::Notice;
use crate::quotes::Quote;
use crate::text::cell::{Cell, day};
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::tally::Skip;

/// The cells of one row; `None` for one that the row does not have.
pub(super) struct Row<'a> {
    pub(super) month: Cell<'a>,
    pub(super) open: Option<Cell<'a>>,
    pub(super) high: Option<Cell<'a>>,
    pub(super) low: Option<Cell<'a>>,
    pub(super) last: Option<Cell<'a>>,
    pub(super) change: Option<Cell<'a>>,
    pub(super) settle: Option<Cell<'a>>,
    pub(super) volume: Option<Cell<'a>>,
    pub(super) open_interest: Option<Cell<'a>>,
}

impl Row<'_> {
    /// Takes the row into the book. Every bad cell is reported.
    pub(super) fn take(&self, book: &mut Book) -> Result<(), ReadError> {
        let mut cells = Cells::default();
        let quote = Quote {
            open: cells.session(self.open),
            high: cells.session(self.high),
            low: cells.session(self.low),
            last: cells.marked(self.last),
            change: cells.change(self.change),
            settle: cells.price(self.settle),
            volume: cells.count(self.volume),
            open_interest: cells.count(self.open_interest),
            ..Quote::default()
        };
        let read = read_month(self.month.text, book.day(), book.product());
        let month = cells.of(read.map_err(|error| self.month.refused_as(&error)));
        cells.finish_into(book)?;
        match month {
            Some(month) => Ok(book.keep(book.day(), month, quote, self.month.position)?),
            None => Ok(()),
        }
    }
}

/// Holds the `Total` row against the rows, where all of them are in the book.
pub(super) fn check_total(
    volume: Option<Cell<'_>>,
    open_interest: Option<Cell<'_>>,
    book: &mut Book,
) -> Result<(), ReadError> {
    let elsewhere = |reason| matches!(reason, Skip::OtherProduct | Skip::Option | Skip::Spread);
    let is_whole = !book.is_empty() && !book.tally().skipped().any(|(reason, _)| elsewhere(reason));
    book.skip(Skip::Total);
    if !is_whole {
        return Ok(());
    }
    let mut cells = Cells::default();
    let sums = [
        ("volumes", volume, book.sum(|quote| quote.volume)),
        ("open interest", open_interest, book.sum(|quote| quote.open_interest)),
    ];
    for (what, cell, sum) in sums {
        if let Some((total, cell)) = cells.count(cell).zip(cell).filter(|(total, _)| *total != sum) {
            let message = format!("expected the {what} of the rows to add up to the Total {total}, found {sum}");
            cells.refuse(Problem::new(ProblemKind::Inconsistent, message).at(cell.position));
        }
    }
    cells.finish()
}

/// The product that a title such as `30 Day Federal Funds Futures Settlements` names, if it is a known one.
pub(super) fn product_of_title(title: &str) -> Option<Product> {
    let title = title.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if has(&["federal fund", "fed fund"]) && !has(&["option"]) {
        Some(Product::FedFunds)
    } else if has(&["sofr"]) && has(&["one-month", "one month", "1-month", "1 month"]) && !has(&["option"]) {
        Some(Product::OneMonthSofr)
    } else if has(&["sofr"]) && has(&["three-month", "three month", "3-month", "3 month"]) && !has(&["option"]) {
        Some(Product::ThreeMonthSofr)
    } else {
        None
    }
}

/// Holds the title of the file, where it has one, against the product that is wanted.
pub(super) fn check_title(title: Option<(&str, Position)>, book: &mut Book) -> Result<(), Problem> {
    let wanted = book.product();
    match title {
        None if !book.wants(None) => {
            let message = format!("expected {wanted}, found a table that does not name its product");
            Err(Problem::new(ProblemKind::NoFedFunds, message))
        }
        None => {
            book.remark(Notice::ProductAssumed { product: wanted }, None);
            Ok(())
        }
        Some((title, _)) if product_of_title(title) == Some(wanted) => Ok(()),
        Some((title, position)) => {
            let message = format!("expected {wanted}, found '{}'", crate::text::escaped(title));
            Err(Problem::new(ProblemKind::NoFedFunds, message).at(position))
        }
    }
}

/// A date as the website writes it, alone or at the end of words: `09/18/2026`, `Friday, 18 Sep 2026 (Final)`.
pub(super) fn date_in(text: &str) -> Option<NaiveDate> {
    let words: Vec<&str> = text.split([' ', ',', '(', ')', '\t']).filter(|word| !word.is_empty()).collect();
    let numeric = words.iter().find_map(|word| day(word));
    numeric.or_else(|| words.windows(3).find_map(|date| NaiveDate::parse_from_str(&date.join(" "), "%d %b %Y").ok()))
}
