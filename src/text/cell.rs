//! [`Cell`]: one value of an input as text, and its place; and what many inputs write in a cell.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::text::problem::{Position, Problem, ProblemKind};
use crate::units::Fraction;

/// The text of one cell, trimmed, and its place.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'a> {
    pub(crate) text: &'a str,
    pub(crate) position: Position,
}

impl Cell<'_> {
    /// "expected A, found 'this cell'", at the cell.
    pub(crate) fn refused(self, expected: &str) -> Problem {
        Problem::expected(expected, self.text).at(self.position)
    }

    /// A sentence of its own, at the cell.
    pub(crate) fn refused_as(self, sentence: &impl fmt::Display) -> Problem {
        Problem::new(ProblemKind::Syntax, sentence.to_string()).at(self.position)
    }

    /// The cell as words to keep: quotes that a quoted cell doubles are single.
    pub(crate) fn words(self) -> String {
        self.text.replace("\"\"", "\"")
    }

    /// The cell as a date, `2025-11-21`: four digits, two and two.
    pub(crate) fn date(self) -> Result<NaiveDate, Problem> {
        let iso = self.text.len() == 10 && self.text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let date = iso.then(|| self.text.parse().ok()).flatten();
        date.ok_or_else(|| self.refused("a date such as 2025-11-21"))
    }

    /// The cell as a day in any of the spellings of [`day`].
    pub(crate) fn day(self) -> Result<NaiveDate, Problem> {
        let slashed = self.text.matches('/').count() == 2;
        let expected = if slashed { "a date such as 11/21/2025, the month first" } else { A_DAY };
        day(self.text).ok_or_else(|| self.refused(expected))
    }

    /// The cell as a `T`, or the sentence that says what was expected.
    pub(crate) fn parse<T: std::str::FromStr>(self, expected: &str) -> Result<T, Problem> {
        self.text.parse().map_err(|_| self.refused(expected))
    }

    /// The cell as a number within a range, or the sentence that says what was expected: never infinite, never no number.
    pub(crate) fn number(self, expected: &str, range: RangeInclusive<f64>) -> Result<f64, Problem> {
        let number = self.parse::<Fraction>(expected)?.to_f64();
        if range.contains(&number) { Ok(number) } else { Err(self.refused(expected)) }
    }
}

const A_DAY: &str = "a date such as 2025-11-21, 11/21/2025 or 20251121";

/// What stands for a missing value, in any case. (`UNCH`, `.0000` and `0` stand for a change of zero.)
const MISSING: [&str; 17] = [
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
    "2147483647",
    // What mail programs make of a hyphen.
    "\u{2013}",
    "\u{2014}",
    // The exchange's cabinet price, which no future has.
    "9999999",
];

/// Whether a text stands for a missing value.
pub(crate) fn is_missing(text: &str) -> bool {
    // Most cells are numbers, which stand for themselves; those that do not are as long as this.
    let is_number = text.bytes().next().is_some_and(|b| b.is_ascii_digit()) && !matches!(text.len(), 7 | 10 | 19 | 20);
    !is_number && MISSING.iter().any(|missing| text.eq_ignore_ascii_case(missing))
}

/// A day: `2025-11-21`, with or without a time of day behind it; `11/21/2025` in the American order; `20251121`;
/// `Nov 21, 2025`.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    if let Some(day) = iso_day(text.as_bytes()) {
        return Some(day);
    }
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return NaiveDate::parse_from_str(text, "%b %d, %Y").ok();
    }
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

/// `2025-11-21` and nothing else.
pub(crate) fn iso_day(text: &[u8]) -> Option<NaiveDate> {
    let [y @ .., b'-', m1, m2, b'-', d1, d2] = text else { return None };
    if y.len() != 4 {
        return None;
    }
    NaiveDate::from_ymd_opt(few_digits(y)?.cast_signed(), few_digits(&[*m1, *m2])?, few_digits(&[*d1, *d2])?)
}

/// The number of at most eight digits and nothing else.
pub(crate) fn few_digits(text: &[u8]) -> Option<u32> {
    let few = (1..=8).contains(&text.len());
    few.then(|| text.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| 10 * n + u32::from(b - b'0'))))?
}

#[cfg(test)]
mod tests {
    use super::{day, is_missing};

    #[test]
    fn a_day_is_written_in_four_ways() {
        for text in ["2025-11-21", "2025-11-21 00:00:00", "2025-11-21T17:05:36.03Z", "11/21/2025", "20251121"] {
            assert_eq!(day(text).unwrap().to_string(), "2025-11-21", "{text}");
        }
        assert_eq!(day("Nov 21, 2025").unwrap().to_string(), "2025-11-21");
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
