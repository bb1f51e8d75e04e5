//! The spellings of a contract: symbols of exchange and vendors, and month names.
//!
//! ```text
//! label    := year "-" month | year month | name | "(" name ")" | vendor? "/"|"@"? root code year suffix?
//! name     := MMM (" "|"-"|"'")* year
//! code     := F G H J K M N Q U V X Z
//! year     := 4 digits | 2 digits | 1 digit (symbols only)
//! ```

use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use nom::branch::alt;
use nom::bytes::complete::{tag, take, take_while_m_n};
use nom::character::complete::{alpha1, char, digit1, one_of};
use nom::combinator::{all_consuming, map_opt, opt, recognize};
use nom::multi::{many0_count, many1_count};
use nom::{IResult, Parser};

use super::month::MONTH_CODES;
use super::{ContractError, ContractMonth, combination, spelling};
use crate::market::product::Product;
use crate::text::cell::few_digits;

/// English month abbreviations; CME's own reports write July `JLY`, its website today `JUL`.
const MONTH_NAMES: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// Names that vendors put before a symbol.
const VENDORS: [&str; 9] = ["CBOT:", "CBOT_DL:", "CME:", "CME_DL:", "CBOT_MINI:", "XCBT:", "CBOT_", "CME_", "GLBX."];

/// The longest text that is looked at for a contract; a longer one is prose, and every part of it would be tried.
const LONGEST: usize = 200;

/// Names that vendors put behind one.
const EXCHANGES: [&str; 4] = [".CBT", ".CME", " COMB COMDTY", " COMDTY"];

/// What a label says: a month, and the product where it names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) product: Option<Product>,
    pub(crate) month: ContractMonth,
}

/// Reads any spelling of a contract; one of a product that is no [`Product`] is refused as another than `wanted`.
pub(crate) fn read(text: &str, trade_date: Option<NaiveDate>, wanted: Product) -> Result<Label, ContractError> {
    if let Some(month) = plain_month(text.as_bytes()) {
        return Ok(Label { product: None, month });
    }
    if text.len() > LONGEST {
        return Err(ContractError::Unknown(text.to_owned()));
    }
    let label = text.trim().to_ascii_uppercase();
    let label = label.as_str();
    if let Some(month) = all_of(named_month, label).or_else(|| all_of(iso_month, label)) {
        let (month, year) = month;
        return dated(text, month, year, (trade_date, wanted)).map(|month| Label { product: None, month });
    }
    if all_of(day_of_month, label).is_some() {
        return Err(ContractError::SpreadsheetDate(text.to_owned()));
    }
    let bare = undressed(label);
    // `FF1` also looks like the root F, January and a year 1.
    if all_of(continuous, label).or(all_of(continuous, bare)).is_some() {
        return Err(ContractError::Continuous(text.to_owned()));
    }
    if let Some(of_digits) = digits_behind_code(bare) {
        return read(&of_digits, trade_date, wanted);
    }
    if let Some((root, month, year)) = all_of(symbol, bare) {
        return match Product::of_code(root) {
            Some(product) => {
                let month = dated(text, month, year, (trade_date, product))?;
                Ok(Label { product: Some(product), month })
            }
            None => Err(ContractError::OtherProduct { found: text.to_owned(), wanted }),
        };
    }
    if combination::is_option(bare, is_symbol) {
        return Err(ContractError::OtherProduct { found: text.to_owned(), wanted });
    }
    let named = |error| match error {
        ContractError::NeedsTradeDate(_) => ContractError::NeedsTradeDate(text.to_owned()),
        ContractError::OtherProduct { .. } => ContractError::OtherProduct { found: text.to_owned(), wanted },
        ContractError::Continuous(_) => ContractError::Continuous(text.to_owned()),
        ContractError::Spread(_) => ContractError::Spread(text.to_owned()),
        _ => ContractError::Unknown(text.to_owned()),
    };
    // Each of the other spellings is told as a shorter one, until it is the usual one.
    if let Some(agreed) = bracketed(label, trade_date, wanted) {
        return Ok(agreed);
    }
    let capitals = text.trim().to_uppercase();
    let usual =
        spelling::plain(&capitals).or_else(|| spelling::plain(undressed(&capitals))).filter(|usual| *usual != label);
    match usual.map(|usual| read(&usual, trade_date, wanted).map_err(named)) {
        Some(Err(ContractError::Unknown(_))) | None if combination::is_spread(bare, is_symbol) => {
            Err(ContractError::Spread(text.to_owned()))
        }
        Some(read) => read,
        None => Err(ContractError::Unknown(text.to_owned())),
    }
}

/// `Nov 2025 (ZQX25)`, `ZQX25 (Nov 25)`: a label and another one that says the same.
fn bracketed(label: &str, trade_date: Option<NaiveDate>, wanted: Product) -> Option<Label> {
    let (outside, inside) = label.strip_suffix(')')?.split_once('(')?;
    let (outside, inside) = (read(outside, trade_date, wanted).ok()?, read(inside, trade_date, wanted).ok()?);
    let product = outside.product.or(inside.product);
    let agree = outside.month == inside.month
        && [outside.product, inside.product].iter().flatten().all(|own| Some(*own) == product);
    agree.then_some(Label { product, month: outside.month })
}

/// `ZQ202512`, `ZQ2512`: the code of a product and its month in digits, with the year in full.
fn digits_behind_code(label: &str) -> Option<String> {
    let is_named = label.starts_with(|c: char| c.is_ascii_alphabetic());
    let read = |count: usize| {
        let (code, digits) = label.split_at_checked(label.len().checked_sub(count)?)?;
        let code = Product::of_code(code).filter(|_| is_named)?.code();
        let digits = if count == 4 { format!("20{digits}") } else { digits.to_owned() };
        let (month, year) = all_of(iso_month, &digits)?;
        ((1..=12).contains(&month) && (1988..2100).contains(&year.value)).then(|| format!("{code} {digits}"))
    };
    [6, 4].into_iter().find_map(read)
}

/// Reads any spelling of a contract of the wanted product, or of a month alone.
pub(crate) fn read_month(
    text: &str,
    trade_date: Option<NaiveDate>,
    wanted: Product,
) -> Result<ContractMonth, ContractError> {
    match read(text, trade_date, wanted)? {
        Label { product, month } if product.is_none_or(|product| product == wanted) => Ok(month),
        Label { .. } => Err(ContractError::OtherProduct { found: text.to_owned(), wanted }),
    }
}

impl ContractMonth {
    /// Reads a contract as people, reports and vendors write it: `2025-12`, `202512`, `ZQZ25`, `ZQZ5`, `ZQZ2025`, `FFZ25`,
    /// `41Z25`, `ZQZ25.CBT`, `CBOT:ZQZ2025`, `FFZ5 Comdty`, `DEC25`, `DEC 2025`, `(Dec '25)`; upper or lower case.
    ///
    /// Years are resolved against the date the file speaks of, never against today. Four digits stand as they
    /// are; two digits lack only the century (88 to 99 are 19xx for a trade date before 2000 and 20xx after
    /// it); one digit is the unique year for which the month lies between one month before and 118 months
    /// after the trade date.
    ///
    /// # Errors
    /// [`ContractError::Unknown`] for any other text, [`ContractError::NeedsTradeDate`] for a one-digit year
    /// without a trade date, [`ContractError::OtherProduct`] for a symbol such as `SR3Z25`, [`ContractError::Continuous`] for a
    /// series such as `ZQ=F`, [`ContractError::Spread`] and [`ContractError::SpreadsheetDate`] for what they name.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use fedpath::{ContractError, ContractMonth};
    /// let traded = NaiveDate::from_ymd_opt(2025, 11, 21);
    /// assert_eq!(ContractMonth::parse("ZQZ5", traded)?.to_string(), "2025-12");
    /// assert_eq!(ContractMonth::parse("JLY26", traded)?.to_string(), "2026-07");
    /// assert!(matches!(ContractMonth::parse("ZQZ5", None), Err(ContractError::NeedsTradeDate(_))));
    /// # Ok::<(), ContractError>(())
    /// ```
    pub fn parse(text: &str, trade_date: Option<NaiveDate>) -> Result<Self, ContractError> {
        Self::parse_of(Product::FedFunds, text, trade_date)
    }

    /// Reads a contract of another product, or of this one, as [`ContractMonth::parse`] does.
    ///
    /// # Errors
    /// As [`ContractMonth::parse`], [`ContractError::OtherProduct`] being any but `product`.
    ///
    /// ```
    /// use fedpath::{ContractMonth, Product};
    /// assert_eq!(ContractMonth::parse_of(Product::OneMonthSofr, "SR1Z25", None)?.to_string(), "2025-12");
    /// # Ok::<(), fedpath::ContractError>(())
    /// ```
    pub fn parse_of(product: Product, text: &str, trade_date: Option<NaiveDate>) -> Result<Self, ContractError> {
        read_month(text, trade_date, product)
    }
}

impl FromStr for ContractMonth {
    type Err = ContractError;

    /// Reads any spelling of [`ContractMonth::parse`] that carries its decade.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text, None)
    }
}

/// The root of a symbol of any product (`ES` of `ESZ25`), in capitals; the label itself where it is no symbol.
pub(crate) fn root(text: &str) -> String {
    let label = text.trim().to_ascii_uppercase();
    all_of(symbol, undressed(&label)).map_or_else(|| label.clone(), |(root, ..)| root.to_owned())
}

/// The month number of an English abbreviation, `JLY` included.
pub(crate) fn month_number(name: &str) -> Option<u32> {
    let name = if name == "JLY" { "JUL" } else { name };
    MONTH_NAMES.iter().position(|candidate| *candidate == name).and_then(|index| u32::try_from(index + 1).ok())
}

/// The century of a two-digit year: fed funds futures trade since October 1988.
pub(crate) fn century(two_digits: i32, trade_date: Option<NaiveDate>) -> i32 {
    let twentieth = two_digits >= 88 && trade_date.is_none_or(|date| date.year() < 2000);
    if twentieth { 1900 } else { 2000 }
}

/// A year as it is written: its digits are told apart by their number.
#[derive(Clone, Copy)]
struct Year {
    digits: usize,
    value: i32,
}

/// The month, its year resolved against the trade date and what is listed of the product on it.
fn dated(
    text: &str,
    month: u32,
    year: Year,
    (trade_date, product): (Option<NaiveDate>, Product),
) -> Result<ContractMonth, ContractError> {
    let read = match year.digits {
        4 => ContractMonth::new(year.value, month),
        2 => ContractMonth::new(century(year.value, trade_date) + year.value, month),
        _ => {
            let traded = trade_date.ok_or_else(|| ContractError::NeedsTradeDate(text.to_owned()))?;
            // At most two decades touch the window, and only one month of them lies in it.
            let decade = traded.year() - traded.year().rem_euclid(10);
            let candidates = [decade - 10, decade, decade + 10].map(|decade| decade + year.value);
            let months = candidates.into_iter().filter_map(|year| ContractMonth::new(year, month));
            months.into_iter().find(|candidate| product.lists(*candidate, traded))
        }
    };
    read.ok_or_else(|| ContractError::Unknown(text.to_owned()))
}

fn all_of<'a, T>(parser: fn(&'a str) -> IResult<&'a str, T>, text: &'a str) -> Option<T> {
    all_consuming(parser).parse_complete(text).ok().map(|(_, value)| value)
}

/// Whether a word is a symbol of some product.
fn is_symbol(word: &str) -> bool {
    all_of(symbol, word).is_some()
}

/// A symbol without what vendors dress it with.
fn undressed(label: &str) -> &str {
    let bare = VENDORS.iter().find_map(|vendor| label.strip_prefix(vendor)).unwrap_or(label);
    let bare = bare.strip_prefix(['/', '@']).unwrap_or(bare);
    EXCHANGES.iter().find_map(|exchange| bare.strip_suffix(exchange)).unwrap_or(bare)
}

fn year(input: &str, widths: &[usize]) -> Option<Year> {
    let value = input.parse().ok()?;
    widths.contains(&input.len()).then_some(Year { digits: input.len(), value })
}

/// `2025-12` and nothing else, as long tables have it in every row.
pub(crate) fn plain_month(text: &[u8]) -> Option<ContractMonth> {
    let [y @ .., b'-', m1, m2] = text else { return None };
    if y.len() != 4 {
        return None;
    }
    ContractMonth::new(few_digits(y)?.cast_signed(), few_digits(&[*m1, *m2])?)
}

/// `2025-12` or `202512`.
fn iso_month(input: &str) -> IResult<&str, (u32, Year)> {
    let digits = |count| take_while_m_n(count, count, |c: char| c.is_ascii_digit());
    let parts = (digits(4), opt(char('-')), digits(2));
    map_opt(parts, |(digits, _, month): (&str, _, &str)| Some((month.parse().ok()?, year(digits, &[4])?)))
        .parse_complete(input)
}

/// `DEC25`, `DEC 25`, `DEC 2025`, `DEC-25`, `DEC '25`, and each in parentheses.
fn named_month(input: &str) -> IResult<&str, (u32, Year)> {
    let name = map_opt(alpha1, month_number);
    let parts =
        (opt(char('(')), name, many0_count(one_of(" -'")), map_opt(digit1, |d| year(d, &[2, 4])), opt(char(')')));
    map_opt(parts, |(open, month, _, year, close)| (open.is_some() == close.is_some()).then_some((month, year)))
        .parse_complete(input)
}

/// `14-OCT`: what a spreadsheet makes of `OCT 14`.
fn day_of_month(input: &str) -> IResult<&str, u32> {
    let day = take_while_m_n(1, 2, |c: char| c.is_ascii_digit());
    (day, one_of("- "), map_opt(alpha1, month_number)).map(|(.., month)| month).parse_complete(input)
}

/// `ZQZ25`, `SR1Z5`: root, month code, year. The root is what remains before the code.
fn symbol(input: &str) -> IResult<&str, (&str, u32, Year)> {
    map_opt(recognize(many1_count(take_while_m_n(1, 1, |c: char| c.is_ascii_alphanumeric()))), |label: &str| {
        let stem = label.trim_end_matches(|c: char| c.is_ascii_digit());
        let (root, code) = stem.split_at_checked(stem.len().checked_sub(1)?)?;
        let month = u32::try_from(MONTH_CODES.find(code)? + 1).ok()?;
        let year = year(&label[stem.len()..], &[1, 2, 4])
            .filter(|year| year.digits < 4 || (1900..2300).contains(&year.value))?;
        (1..=4).contains(&root.len()).then_some((root, month, year))
    })
    .parse_complete(input)
}

/// `ZQ=F`, `ZQ1!`, `ZQ.C.0`, `FF1`, `FFC1`, `FF1 COMDTY`, `CHRIS/CME_FF1`: a root and a place in the queue of contracts.
fn continuous(input: &str) -> IResult<&str, &str> {
    let vendor = opt(alt((tag("CHRIS/CME_"), tag("CME_"), tag("CBOT_"))));
    let root = alt((tag("ZQ"), tag("FF"), tag("SR1"), tag("SR3")));
    let queue = alt((
        tag("=F"),
        recognize((tag("."), take(1_usize), tag("."), digit1)),
        recognize((digit1, tag("!"))),
        recognize((opt(char('C')), take_while_m_n(1, 2, |c: char| c.is_ascii_digit()))),
        tag(".F"),
    ));
    recognize((vendor, root, queue)).parse_complete(input)
}

#[cfg(test)]
mod tests {
    use super::{NaiveDate, Product, read};

    fn told(text: &str, trade_date: &str) -> String {
        match read(text, trade_date.parse::<NaiveDate>().ok(), Product::FedFunds) {
            Ok(label) => {
                let product = label.product.map_or(String::new(), |product| format!("{} ", product.code()));
                format!("{product}{}", label.month)
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_year_is_resolved_against_the_trade_date() {
        for (text, trade_date, expected) in [
            ("ZQZ5", "2025-11-21", "ZQ 2025-12"),
            ("ZQX5", "2025-12-01", "ZQ 2025-11"),
            // October 2025 has left the list by December, and its digit stands for 2035: 118 months on.
            ("ZQV5", "2025-12-01", "ZQ 2035-10"),
            ("ZQZ0", "2010-12-31", "ZQ 2010-12"),
            ("ZQF0", "2019-12-20", "ZQ 2020-01"),
            ("ZQF88", "1988-10-03", "ZQ 1988-01"),
            ("FFZ99", "1998-01-05", "ZQ 1999-12"),
            ("DEC99", "2026-09-04", "2099-12"),
            ("DEC99", "1999-09-03", "1999-12"),
            ("jan 26", "2025-11-21", "2026-01"),
            ("JLY26", "", "2026-07"),
            ("JUL 26", "", "2026-07"),
        ] {
            assert_eq!(told(text, trade_date), expected, "{text} on {trade_date}");
        }
    }

    #[test]
    fn every_digit_has_one_year_on_every_day() {
        for day in ["1989-01-31", "1999-12-31", "2000-01-03", "2020-02-29", "2029-12-01"] {
            for code in super::MONTH_CODES.chars() {
                for digit in 0..10 {
                    let label = format!("ZQ{code}{digit}");
                    let month = told(&label, day);
                    let listed = month.strip_prefix("ZQ ").and_then(|month| month.parse::<super::ContractMonth>().ok());
                    // Of the 120 months that a digit and a code can mean, the window holds all.
                    assert!(
                        listed.is_some_and(|month| Product::FedFunds.lists(month, day.parse().unwrap())),
                        "{label}: {month}"
                    );
                }
            }
        }
    }

    #[test]
    fn every_spelling_of_december_2025_is_that_month() {
        let symbols = [
            "ZQZ25",
            "zqz25",
            "ZQZ2025",
            "FFZ25",
            "41Z25",
            "/ZQZ25",
            "@ZQZ25",
            "CBOT:ZQZ2025",
            "CBOT_DL:ZQZ25",
            "ZQZ25.CBT",
            "FFZ25 Comdty",
            "FFZ5 COMB Comdty",
        ];
        for text in symbols {
            assert_eq!(told(text, "2025-11-21"), "ZQ 2025-12", "{text}");
        }
        for text in ["SR1Z25", "SLZ25", "SERZ5 Comdty"] {
            assert_eq!(told(text, "2025-11-21"), "SR1 2025-12", "{text}");
        }
        for text in ["SR3Z25", "SQZ25", "SFRZ5 Comdty"] {
            assert_eq!(told(text, "2025-11-21"), "SR3 2025-12", "{text}");
        }
        for text in [
            "ZQZ25:XCBT",
            "/ZQZ25:XCBT",
            "ZQ-2025Z",
            "ZQ-2025-12",
            "ZQ 202512",
            "ZQ Z25",
            "ZQ Dec 25",
            "ZQ   DEC 25",
            "FFZ5^2",
            "30 Day Federal Funds Dec 2025",
            "Fed Funds Futures, Dec-25",
            "FFZ25-CBT",
            "ZQ202512",
            "ZQ2512",
            "GLBX.ZQZ5",
            "CME_ZQZ2025",
            "FED FUNDS DEC25",
            "Dec 2025 (ZQZ25)",
            "ZQZ5 (Dec 25)",
            "ZQ 12-25",
        ] {
            assert_eq!(told(text, "2025-11-21"), "ZQ 2025-12", "{text}");
        }
        for text in
            ["20251200", "12/2025", "2025/12", "Dez 25", "décembre 2025", "Dec. 2025", "December 2025", "Dic 2025"]
        {
            assert_eq!(told(text, ""), "2025-12", "{text}");
        }
        for text in ["2025-12", "202512", "DEC25", "Dec 25", "DEC 2025", "Dec-25", "(Dec '25)", "dec '25", " DEC 25 "] {
            assert_eq!(told(text, ""), "2025-12", "{text}");
        }
    }

    #[test]
    fn what_is_no_contract_is_named() {
        let labels = [
            "ZQA25",
            "2025-13",
            "ZQZ255",
            "",
            "ZQ",
            "Z25",
            "(DEC 25",
            "ZQZ5",
            "OZQZ25",
            "ESZ25",
            "ZQ=F",
            "ZQ1!",
            "ZQ.c.0",
            "ZQ.v.1",
            "FF1",
            "FF12",
            "FFc1",
            "FF1 Comdty",
            "CME_FF1",
            "CHRIS/CME_FF1",
            "zq.f",
            "ZQZ5-ZQF6",
            "ZQZ25/ZQF26",
            "ZQZ25-F26",
            "ZQZ5F6",
            "FFZ5FFF6 Comdty",
            "ZQ:BF Z5-F6-G6",
            "ZQ:SA 03M Z5",
            "UD:1N: GN 2520",
            "ZQ Dec25/Jan26",
            "OZQZ5 C96250",
            "FFZ5C 96.25 Comdty",
            "ZQZ25 C9625",
            "ZQZ25 (Jan 26)",
            "ZQ2513",
            "14-Oct",
            "2512",
            "ZQß5",
            "ZQZ99999999999999999999",
        ];
        let sentences: Vec<String> = labels.iter().map(|label| told(label, "")).collect();
        insta::assert_snapshot!(sentences.join("\n"), @"
        expected a contract such as ZQZ25, 2025-12 or DEC25, found 'ZQA25'
        expected a contract such as ZQZ25, 2025-12 or DEC25, found '2025-13'
        expected a contract such as ZQZ25, 2025-12 or DEC25, found 'ZQZ255'
        expected a contract such as ZQZ25, 2025-12 or DEC25, found ''
        expected a contract such as ZQZ25, 2025-12 or DEC25, found 'ZQ'
        expected a contract such as ZQZ25, 2025-12 or DEC25, found 'Z25'
        expected a contract such as ZQZ25, 2025-12 or DEC25, found '(DEC 25'
        expected a contract with its decade, such as ZQZ25, found 'ZQZ5' (a one-digit year needs the trade date: add a line '# as_of: YYYY-MM-DD')
        expected a fed funds contract such as ZQZ25, found 'OZQZ25', another product
        expected a fed funds contract such as ZQZ25, found 'ESZ25', another product
        expected a contract with its month, such as ZQZ25, found 'ZQ=F', a continuous series, which names none
        expected a contract with its month, such as ZQZ25, found 'ZQ1!', a continuous series, which names none
        expected a contract with its month, such as ZQZ25, found 'ZQ.c.0', a continuous series, which names none
        expected a contract with its month, such as ZQZ25, found 'ZQ.v.1', a continuous series, which names none
        expected a contract with its month, such as ZQZ25, found 'FF1', a continuous series, which names none
        expected a contract with its month, such as ZQZ25, found 'FF12', a continuous series, which names none
        expected a contract with its month, such as ZQZ25, found 'FFc1', a continuous series, which names none
        expected a contract with its month, such as ZQZ25, found 'FF1 Comdty', a continuous series, which names none
        expected a contract with its month, such as ZQZ25, found 'CME_FF1', a continuous series, which names none
        expected a contract with its month, such as ZQZ25, found 'CHRIS/CME_FF1', a continuous series, which names none
        expected a contract with its month, such as ZQZ25, found 'zq.f', a continuous series, which names none
        expected one contract such as ZQZ25, found 'ZQZ5-ZQF6', a spread
        expected one contract such as ZQZ25, found 'ZQZ25/ZQF26', a spread
        expected one contract such as ZQZ25, found 'ZQZ25-F26', a spread
        expected a fed funds contract such as ZQZ25, found 'ZQZ5F6', another product
        expected one contract such as ZQZ25, found 'FFZ5FFF6 Comdty', a spread
        expected one contract such as ZQZ25, found 'ZQ:BF Z5-F6-G6', a spread
        expected one contract such as ZQZ25, found 'ZQ:SA 03M Z5', a spread
        expected one contract such as ZQZ25, found 'UD:1N: GN 2520', a spread
        expected one contract such as ZQZ25, found 'ZQ Dec25/Jan26', a spread
        expected a fed funds contract such as ZQZ25, found 'OZQZ5 C96250', another product
        expected a fed funds contract such as ZQZ25, found 'FFZ5C 96.25 Comdty', another product
        expected a fed funds contract such as ZQZ25, found 'ZQZ25 C9625', another product
        expected a contract such as ZQZ25, 2025-12 or DEC25, found 'ZQZ25 (Jan 26)'
        expected a contract such as ZQZ25, 2025-12 or DEC25, found 'ZQ2513'
        expected a contract such as ZQZ25, 2025-12 or DEC25, found '14-Oct' (a spreadsheet takes 'OCT 14' for a day: format the column as text before pasting)
        expected a contract such as ZQZ25, 2025-12 or DEC25, found '2512'
        expected a contract such as ZQZ25, 2025-12 or DEC25, found 'ZQß5'
        expected a contract such as ZQZ25, 2025-12 or DEC25, found 'ZQZ99999999999999999999'
        ");
    }
}
