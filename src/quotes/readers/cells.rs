//! The cells that tables of every vendor share: prices, counts, dates, and the words that stand for nothing.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::book::Book;
use crate::market::contract::{ContractMonth, month_number};
use crate::market::product::Product;
use crate::notice::{Notice, Remark};
use crate::quotes::tick::{fixed_price, on_scale, without_noise};
use crate::quotes::{Mark, SessionPrice};
use crate::text::cell::{Cell, is_missing};
use crate::text::problem::{Problem, Problems, ReadError};
use crate::text::table::{Row, Table};
use crate::text::tally::Skip;
use crate::units::{Price, PriceChange};

/// A price on the scale of futures that settle at 100 less a rate, without what floats left in it.
pub(super) fn price(text: &str) -> Result<Price, &'static str> {
    const EXPECTED: &str = "a price such as 96.2300";
    if let Some(price) = fixed_price(text.as_bytes()) {
        return Ok(price);
    }
    let parsed = text.parse::<Price>();
    if let Some(price) = parsed.as_ref().ok().filter(|price| on_scale(price.points())) {
        return Ok(without_noise(*price));
    }
    Err(match parsed {
        Ok(price) if price.points() < Decimal::from(30) => "a price such as 96.2300, 100 less the rate",
        _ if text.contains(',') => "a price with a decimal point, such as 96.2300",
        _ => EXPECTED,
    })
}

/// A count, with or without separators of thousands: `33625`, `33,625`.
pub(super) fn count(text: &str) -> Option<u64> {
    if let Some(count) = plain_count(text.as_bytes()) {
        return Some(count);
    }
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut groups = text.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || first.len() <= 3;
    let whole = digits(first) && grouped && rest.iter().all(|group| group.len() == 3 && digits(group));
    whole.then(|| text.replace(',', "").parse().ok()).flatten()
}

/// A count of a few digits and nothing else.
fn plain_count(text: &[u8]) -> Option<u64> {
    if !(1..=18).contains(&text.len()) {
        return None;
    }
    text.iter().try_fold(0, |count, byte| byte.is_ascii_digit().then(|| 10 * count + u64::from(byte - b'0')))
}

/// Reads the cells of one row. Every bad cell is reported.
#[derive(Default)]
pub(super) struct Cells {
    problems: Problems,
    /// Opening prices, highs and lows off any scale: nothing is computed from them, so that one odd tick of a long
    /// history is left out, and told, where a settlement would be refused.
    off_scale: Vec<Remark>,
}

impl Cells {
    /// The value of a cell that may be missing; a refused one is told.
    pub(super) fn value<T>(
        &mut self,
        cell: Option<Cell<'_>>,
        read: impl FnOnce(&str) -> Result<T, &'static str>,
    ) -> Option<T> {
        let cell = cell.filter(|cell| !is_missing(cell.text))?;
        read(cell.text).map_err(|expected| self.problems.add(cell.refused(expected))).ok()
    }

    pub(super) fn price(&mut self, cell: Option<Cell<'_>>) -> Option<Price> {
        self.value(cell, price)
    }

    /// An opening price, a high or a low, with its mark; one off any scale is left out and remarked.
    pub(super) fn session(&mut self, cell: Option<Cell<'_>>) -> Option<SessionPrice> {
        let number = |text: &str| Decimal::from_str_exact(text.trim_end_matches(['A', 'B'])).ok();
        match cell.filter(|cell| !is_missing(cell.text)) {
            Some(cell) if number(cell.text).is_some_and(|points| !on_scale(points)) => {
                let notice = Notice::OffScale { price: cell.text.to_owned() };
                self.off_scale.push(Remark { notice, position: Some(cell.position) });
                None
            }
            cell => self.marked(cell),
        }
    }

    /// A price of the session, without a mark.
    pub(super) fn traded(&mut self, cell: Option<Cell<'_>>) -> Option<SessionPrice> {
        self.price(cell).map(|price| SessionPrice { price, mark: None })
    }

    /// A price of the session and its mark, `98.5650B`.
    pub(super) fn marked(&mut self, cell: Option<Cell<'_>>) -> Option<SessionPrice> {
        self.value(cell, |text| {
            let (number, mark) = match text.as_bytes().last() {
                Some(b'A' | b'a') => (&text[..text.len() - 1], Some(Mark::Ask)),
                Some(b'B' | b'b') => (&text[..text.len() - 1], Some(Mark::Bid)),
                _ => (text, None),
            };
            price(number).map(|price| SessionPrice { price, mark })
        })
    }

    pub(super) fn count(&mut self, cell: Option<Cell<'_>>) -> Option<u64> {
        self.value(cell, |text| count(text).ok_or("a whole number"))
    }

    /// A change, `-.0050` or `UNCH`.
    pub(super) fn change(&mut self, cell: Option<Cell<'_>>) -> Option<PriceChange> {
        self.value(cell, |text| match text {
            _ if text.eq_ignore_ascii_case("UNCH") => Ok(PriceChange::zero()),
            _ => text.parse().map_err(|_| "a change such as -.0050 or UNCH"),
        })
    }

    pub(super) fn day(&mut self, cell: Cell<'_>) -> Option<NaiveDate> {
        self.of(cell.day())
    }

    /// The value of a step; a refused one is told.
    pub(super) fn of<T>(&mut self, step: Result<T, impl Into<ReadError>>) -> Option<T> {
        self.problems.of(step)
    }

    pub(super) fn refuse(&mut self, problem: impl Into<ReadError>) {
        self.problems.add(problem);
    }

    /// The remarks, to be told with the file, and all problems as an error, or `Ok` where there are none.
    pub(super) fn finish_into(mut self, book: &mut Book) -> Result<(), ReadError> {
        self.off_scale.drain(..).for_each(|remark| book.remark(remark.notice, remark.position));
        self.finish()
    }

    /// All problems as an error, or `Ok` where there are none.
    pub(super) fn finish(self) -> Result<(), ReadError> {
        self.problems.finish()
    }
}

/// `201912`, or with a day behind it.
pub(super) fn year_and_month(text: &str) -> Result<ContractMonth, &'static str> {
    let digits = matches!(text.len(), 6 | 8) && text.bytes().all(|b| b.is_ascii_digit());
    let month = digits.then(|| ContractMonth::new(text[..4].parse().ok()?, text[4..6].parse().ok()?)).flatten();
    month.ok_or("a contract month such as 202512")
}

/// What some vendors write for no trade.
pub(super) fn is_zero(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b == b'0' || b == b'.') && text != "."
}

/// Hands every row of a table to `read`, whole. Lines of separators and of words around the rows are counted as such.
pub(super) fn take_rows<'a>(
    table: &Table<'a>,
    book: &mut Book,
    read: impl FnMut(&Row<'a>, &mut Book) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    take_rows_but(table, book, |_, _, _| Ok(false), read)
}

/// The same, but for the lines that `passes` has dealt with.
pub(super) fn take_rows_but<'a>(
    table: &Table<'a>,
    book: &mut Book,
    passes: impl FnMut(usize, &'a str, &mut Book) -> Result<bool, Problem>,
    mut read: impl FnMut(&Row<'a>, &mut Book) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let blank = table.each_row_but(book, passes, |row, book| take_row(row, book, &mut read))?;
    book.skip_blank(blank);
    Ok(())
}

/// Hands a row to `read`, whole; a line of words is counted as such.
pub(super) fn take_row<'a>(
    row: &Row<'a>,
    book: &mut Book,
    mut read: impl FnMut(&Row<'a>, &mut Book) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    if is_words(row) {
        book.skip(Skip::Words);
        return Ok(());
    }
    row.whole()?;
    read(row, book)
}

/// A line of words in a table, such as the footer that Barchart writes below every download: one cell of several words,
/// no price among them and no contract before them.
pub(super) fn is_words(row: &Row<'_>) -> bool {
    if is_rule(row) {
        return true;
    }
    let [only] = row.cells() else { return false };
    let mut words = only.text.split([' ', ';', '\t']).filter(|word| !word.is_empty());
    let is_price = |word: &str| word.contains('.') && word.parse::<Decimal>().is_ok();
    if words.clone().any(is_price) {
        return false;
    }
    let first = words.next().unwrap_or_default().to_ascii_uppercase();
    let is_month = first.get(..3).is_some_and(|name| month_number(name).is_some());
    let is_contract = is_month || first.bytes().any(|b| b.is_ascii_digit()) || Product::of_code(&first).is_some();
    !is_contract && (words.next().is_some() || first.ends_with(':'))
}

/// A line that is drawn between a header and its rows, or below a table: `|---|:---|`, `+----+----+`.
fn is_rule(row: &Row<'_>) -> bool {
    let mut cells = row.cells().iter().filter(|cell| !cell.text.is_empty()).peekable();
    let drawn = |text: &str| text.len() >= 3 && text.bytes().all(|b| b"-=+:".contains(&b)) && text != "----";
    cells.peek().is_some() && cells.all(|cell| drawn(cell.text))
}

#[cfg(test)]
mod tests {
    use super::{count, price};

    #[test]
    fn a_price_is_on_the_scale_of_100_less_a_rate() {
        for text in ["89.23", "96.2300", "100.0050", "96.11625"] {
            assert_eq!(price(text).unwrap().to_string(), text);
        }
        let refusals = ["3.82", "9618.0", "96,1200", "96.12A", "NaN", "Infinity", "1e2", "-96.1", "31.2", "", "96."];
        let told: Vec<String> = refusals.iter().map(|text| format!("{text}: {}", price(text).unwrap_err())).collect();
        insta::assert_snapshot!(told.join("\n"), @"
        3.82: a price such as 96.2300, 100 less the rate
        9618.0: a price such as 96.2300
        96,1200: a price with a decimal point, such as 96.2300
        96.12A: a price such as 96.2300
        NaN: a price such as 96.2300
        Infinity: a price such as 96.2300
        1e2: a price such as 96.2300
        -96.1: a price such as 96.2300
        31.2: a price such as 96.2300
        : a price such as 96.2300
        96.: a price such as 96.2300
        ");
    }

    #[test]
    fn thousands_are_separated_in_threes_or_not_at_all() {
        let read = ["0", "33,625", "1,195,900", "33625"].map(count);
        assert_eq!(read, [Some(0), Some(33_625), Some(1_195_900), Some(33_625)]);
        for text in ["", ",", "1,1", "1234,567", "12,34", ",123", "1.5", "-1", "99999999999999999999"] {
            assert_eq!(count(text), None, "{text}");
        }
    }
}
