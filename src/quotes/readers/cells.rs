//! The cells that tables of every vendor share: prices, counts, dates, and the words that stand for nothing.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::book::Book;
use crate::cell::Cell;
use crate::notice::{Notice, Remark};
use crate::problem::{Problem, ReadError};
use crate::quotes::{Mark, SessionPrice};
use crate::units::{Price, PriceChange};

/// What stands for a missing value, in any case. (`UNCH`, `.0000` and `0` stand for a change of zero.)
const MISSING: [&str; 14] = [
    "",
    "-",
    "--",
    "----",
    ".",
    "N/A",
    "#N/A",
    "NA",
    "NULL",
    "NAN",
    "*******",
    // Databento's undefined price and quantity, and its undefined time.
    "9223372036854775807",
    "18446744073709551615",
    // The exchange's cabinet price, which no future has.
    "9999999",
];

/// The prices that fed funds futures can have: rates of 25 to -5 percent. Since 1988 they were 89 to 100.
const SANE: (Decimal, Decimal) = (Decimal::from_parts(75, 0, 0, false, 0), Decimal::from_parts(105, 0, 0, false, 0));

/// Whether a text stands for a missing value.
pub(super) fn is_missing(text: &str) -> bool {
    MISSING.iter().any(|missing| text.eq_ignore_ascii_case(missing))
}

/// A price on the scale of futures that settle at 100 less a rate.
pub(super) fn price(text: &str) -> Result<Price, &'static str> {
    const EXPECTED: &str = "a price such as 96.2300";
    let scaled = |price: &Price| (SANE.0..=SANE.1).contains(&price.points());
    let parsed = text.parse::<Price>();
    if let Some(price) = parsed.as_ref().ok().filter(|price| scaled(price)) {
        return Ok(*price);
    }
    Err(match parsed {
        Ok(price) if price.points() < Decimal::from(30) => "a price such as 96.2300, 100 less the rate",
        _ if text.contains(',') => "a price with a decimal point, such as 96.2300",
        _ => EXPECTED,
    })
}

/// A count, with or without separators of thousands: `33625`, `33,625`.
pub(super) fn count(text: &str) -> Option<u64> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut groups = text.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || first.len() <= 3;
    let whole = digits(first) && grouped && rest.iter().all(|group| group.len() == 3 && digits(group));
    whole.then(|| text.replace(',', "").parse().ok()).flatten()
}

/// Reads the cells of one row. Every bad cell is reported.
#[derive(Default)]
pub(super) struct Cells {
    problems: Vec<Problem>,
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
        read(cell.text).map_err(|expected| self.problems.push(cell.refused(expected))).ok()
    }

    pub(super) fn price(&mut self, cell: Option<Cell<'_>>) -> Option<Price> {
        self.value(cell, price)
    }

    /// An opening price, a high or a low, with its mark; one off any scale is left out and remarked.
    pub(super) fn session(&mut self, cell: Option<Cell<'_>>) -> Option<SessionPrice> {
        let number = |text: &str| Decimal::from_str_exact(text.trim_end_matches(['A', 'B'])).ok();
        match cell.filter(|cell| !is_missing(cell.text)) {
            Some(cell) if number(cell.text).is_some_and(|points| !(SANE.0..=SANE.1).contains(&points)) => {
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
            "UNCH" => Ok(PriceChange::zero()),
            _ => text.parse().map_err(|_| "a change such as -.0050 or UNCH"),
        })
    }

    pub(super) fn day(&mut self, cell: Cell<'_>) -> Option<NaiveDate> {
        day(cell.text).ok_or_else(|| self.problems.push(cell.refused(A_DAY))).ok()
    }

    pub(super) fn refuse(&mut self, problem: impl Into<ReadError>) {
        self.problems.extend(problem.into());
    }

    /// The remarks, to be told with the file, and all problems as an error, or `Ok` where there are none.
    pub(super) fn finish_into(mut self, book: &mut Book) -> Result<(), ReadError> {
        self.off_scale.drain(..).for_each(|remark| book.remark(remark.notice, remark.position));
        self.finish()
    }

    /// All problems as an error, or `Ok` where there are none.
    pub(super) fn finish(self) -> Result<(), ReadError> {
        ReadError::unless_none(self.problems)
    }
}

pub(super) const A_DAY: &str = "a date such as 2025-11-21, 11/21/2025 or 20251121";

/// A day: `2025-11-21`, with or without a time of day behind it; `11/21/2025` in the American order; `20251121`.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    if !time.bytes().all(|b| b.is_ascii_digit() || b":.+-Z".contains(&b)) {
        return None;
    }
    let number = |part: &str, widths: std::ops::RangeInclusive<usize>| {
        let digits = widths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (year, month, day) = if let [month, day, year] = date.split('/').collect::<Vec<_>>()[..] {
        (number(year, 4..=4)?, number(month, 1..=2)?, number(day, 1..=2)?)
    } else if let [year, month, day] = date.split('-').collect::<Vec<_>>()[..] {
        (number(year, 4..=4)?, number(month, 2..=2)?, number(day, 2..=2)?)
    } else {
        let whole = number(date, 8..=8)?;
        (whole / 10_000, whole / 100 % 100, whole % 100)
    };
    NaiveDate::from_ymd_opt(year.cast_signed(), month, day)
}

#[cfg(test)]
mod tests {
    use super::{count, day, is_missing, price};

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

    #[test]
    fn a_day_is_written_in_three_ways() {
        for text in ["2025-11-21", "2025-11-21 00:00:00", "2025-11-21T17:05:36.03Z", "11/21/2025", "20251121"] {
            assert_eq!(day(text).unwrap().to_string(), "2025-11-21", "{text}");
        }
        assert_eq!(day("1/5/2024").unwrap().to_string(), "2024-01-05");
        for text in ["", "2025-13-01", "21/11/2025", "11/21/25", "2025-11-21 noon", "-2025-11-21", "2025-1-2"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_has_many_names() {
        for text in ["", "-", "----", "n/a", "null", "NaN", "9999999", "9223372036854775807"] {
            assert!(is_missing(text), "{text}");
        }
        for text in ["UNCH", ".0000", "0", "Infinity"] {
            assert!(!is_missing(text), "{text}");
        }
    }
}
