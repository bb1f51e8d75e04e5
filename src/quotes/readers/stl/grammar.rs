//! The grammar of the report's lines and cells.

use chrono::NaiveDate;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_until, take_while_m_n};
use nom::character::complete::{alpha1, char, digit0, digit1, one_of, space1};
use nom::combinator::{all_consuming, map_opt, map_res, opt, recognize, value};
use nom::{IResult, Parser};

use crate::market::contract::{ContractMonth, century, month_number};
use crate::quotes::readers::cells;
use crate::quotes::{Mark, SessionPrice};
use crate::units::{Price, PriceChange};

pub(super) const AS_OF: &str = "PRICES AS OF";
pub(super) const END_OF_REPORT: &str = "*** END OF REPORT ***";

/// How far the exchange had come when the report was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Final,
    Preliminary,
}

/// `FINAL PRE-CLEARING PRICES AS OF 01/06/17 06:00 PM (CST)`: time and zone have to stand there but are not used, v1
/// prints CST all year.
pub(super) fn header_date(title: &str) -> IResult<&str, (Stage, NaiveDate)> {
    let (rest, stage) = take_until(AS_OF)(title)?;
    let stage = if stage.contains("PRELIMINARY") { Stage::Preliminary } else { Stage::Final };
    let (rest, _) = (tag(AS_OF), space1).parse_complete(rest)?;
    let date =
        (number_of(1, 2), char('/'), number_of(1, 2), char('/'), take_while_m_n(2, 4, |c: char| c.is_ascii_digit()));
    let (rest, date) = map_opt(date, |(month, _, day, _, year): (i32, _, i32, _, &str)| {
        let digits: i32 = year.parse().ok()?;
        let year = match year.len() {
            2 => century(digits, None) + digits,
            4 => digits,
            _ => return None,
        };
        NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
    })
    .parse_complete(rest)?;
    let hour_and_minute = (number_of(1, 2), char(':'), number_of(2, 2));
    let zone = (tag("(C"), one_of("SD"), tag("T)"));
    let time = (space1, hour_and_minute, space1, alt((tag("AM"), tag("PM"))), space1, zone);
    let (rest, _) = all_consuming(time).parse_complete(rest)?;
    Ok((rest, (stage, date)))
}

fn number_of<'a>(least: usize, most: usize) -> impl Parser<&'a str, Output = i32, Error = nom::error::Error<&'a str>> {
    map_res(take_while_m_n(least, most, |c: char| c.is_ascii_digit()), str::parse)
}

/// `FF 30 DAY FED FUNDS FUTURES`: a code, one blank, a description. A row has more blanks, or nothing, there. The code and the
/// description; looked at byte by byte, since a report has ten thousands of lines of other products.
pub(super) fn product_header(line: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 6;
    let code = line.bytes().take(LONGEST + 1).position(|byte| !byte.is_ascii_graphic())?;
    let (code, rest) = line.split_at(code);
    let description = rest.strip_prefix(' ')?;
    let begins = !matches!(description.bytes().next(), None | Some(b' ' | b'\t' | b'\r' | b'\n'));
    (begins && !code.is_empty() && code != "TOTAL").then_some((code, description))
}

/// `DEC25`, and both spellings of July.
pub(super) fn month(label: &str, trade_date: NaiveDate) -> Option<ContractMonth> {
    let parsed: IResult<&str, (&str, i32)> = all_consuming((alpha1, number_of(2, 2))).parse_complete(label);
    let (_, (name, year)) = parsed.ok()?;
    ContractMonth::new(century(year, Some(trade_date)) + year, month_number(name)?)
}

/// `99.3550`, or `----` for none.
pub(super) fn price(input: &str) -> IResult<&str, Option<Price>> {
    let number = recognize((digit1, opt((char('.'), digit1))));
    alt((value(None, tag("----")), map_res(number, cells::price).map(Some))).parse_complete(input)
}

/// A price with its mark, `98.5650B`.
pub(super) fn session_price(input: &str) -> IResult<&str, Option<SessionPrice>> {
    let mark = opt(one_of("AB")).map(|mark| mark.map(|letter| if letter == 'A' { Mark::Ask } else { Mark::Bid }));
    let (rest, (price, mark)) = (price, mark).parse_complete(input)?;
    Ok((rest, price.map(|price| SessionPrice { price, mark })))
}

/// The change column.
#[derive(Clone)]
pub(super) enum Change {
    Unchanged,
    By(PriceChange),
    Missing,
}

/// `UNCH`, `-.0050`, or `----` for none.
pub(super) fn change(input: &str) -> IResult<&str, Change> {
    let number = recognize((opt(one_of("+-")), digit0, char('.'), digit1));
    alt((
        value(Change::Unchanged, tag("UNCH")),
        value(Change::Missing, tag("----")),
        map_res(number, str::parse).map(Change::By),
    ))
    .parse_complete(input)
}

/// A count of contracts.
pub(super) fn count(input: &str) -> IResult<&str, u64> {
    map_res(digit1, str::parse).parse_complete(input)
}
