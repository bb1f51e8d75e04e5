//! JSON: the settlements that CME's website loads, whole or the bare list; and the settlement CSV's records as JSON.
//!
//! ```text
//! {"settlements":[{"month":"SEP 26","open":"96.2500",...,"settle":"96.2525","volume":"61,551","openInterest":"322,852"},
//!   ...,{"month":"Total",...}],"dsHeader":"30 Day Federal Funds Future","reportType":"Final","tradeDate":"09/18/2026"}
//! [{"bizDt":"2023-06-07","sym":"ZQ","secTyp":"FUT","mmy":"202306","settlePrice":94.92,...},...]
//! ```

use serde_json::value::RawValue;

use super::book::Book;
use super::opening::Opening;
use super::records;
use super::settle_csv::take;
use super::website::{Row, check_title, check_total, date_in};
use crate::notice::Notice;
use crate::quotes::{Format, QuoteFile, ReadOptions};
use crate::text::json::{Document, Object};
use crate::text::problem::{Problem, ProblemKind, ReadError};

/// Whether the file is JSON of any kind.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    matches!(opening.first_char(), Some('{' | '['))
}

/// Reads settlements, or names what else the file is.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let mut document = Document::new(text);
    if let Some(lines) = document.lines() {
        return records::of_list(&mut document, &lines, None, options);
    }
    if text.trim_start().starts_with('{') {
        let payload = document.object()?;
        return payload_of_website(&mut document, &payload, options);
    }
    let elements = document.list()?;
    if elements.first().is_some_and(|first| first.get().starts_with('[')) {
        return records::of_rows(&mut document, &elements, options);
    }
    let first = elements.first().map(|first| document.members(first)).transpose()?;
    match first {
        Some(first) if first.raw("sym").is_some() && first.raw("mmy").is_some() => {
            settle_records(&mut document, &elements, options)
        }
        Some(first) if first.raw("month").is_some() && first.raw("settle").is_some() && first.raw("date").is_none() => {
            let mut book = Book::new(Format::WebsiteJson, options);
            check_title(None, &mut book)?;
            settlements(&mut document, &elements, book)
        }
        Some(first) if first.raw("rateRange").is_some() => Err(no_quotes(
            &first,
            "FedWatch probabilities (API): these are results, not quotes: price the settlements of the same day, and compare",
        )),
        Some(first) if first.raw("chart").is_some() => records::of_charts(&mut document, &elements, options),
        Some(_) => records::of_list(&mut document, &elements, None, options),
        None => Err(Problem::new(ProblemKind::Empty, "expected settlements, found an empty list").into()),
    }
}

fn no_quotes(at: &Object<'_>, found: &str) -> ReadError {
    Problem::new(ProblemKind::NoQuotes, format!("expected futures quotes, found {found}")).at(at.position).into()
}

fn unknown(at: &Object<'_>) -> ReadError {
    let message = "expected the settlements of CME's website (members month, settle), of its settlement file \
        (sym, mmy, settlePrice), or records such as [{\"date\":...,\"contract\":...,\"settle\":...}], found another kind of JSON";
    Problem::new(ProblemKind::UnknownFormat, message).at(at.position).into()
}

fn payload_of_website<'a>(
    document: &mut Document<'a>,
    payload: &Object<'a>,
    options: &ReadOptions,
) -> Result<QuoteFile, ReadError> {
    let Some(listed) = payload.raw("settlements") else {
        return Err(if let Some(message) = payload.text("message") {
            let said = crate::text::escaped_to(&message, 80);
            no_quotes(payload, &format!("the website's refusal ('{said}'): it was saved in place of the settlements"))
        } else if let Some(read) = records::of_payload(document, payload, options) {
            return read;
        } else {
            unknown(payload)
        });
    };
    payload.each_once()?;
    let mut book = Book::new(Format::WebsiteJson, options);
    let stated = payload.text("tradeDate").filter(|date| !date.trim().is_empty());
    let day = stated.as_deref().map(|date| date_in(date).ok_or(date)).transpose().map_err(|date| {
        let place = payload.get("tradeDate").map_or(payload.position, |cell| cell.position);
        Problem::expected("a trade date such as 11/21/2025", date).at(place)
    })?;
    book.state_day(day);
    let elements = document.elements(listed, "settlements")?;
    if elements.is_empty() {
        let of_day = day.map_or(String::new(), |day| format!(" of {day}"));
        return Err(no_quotes(
            payload,
            &format!(
                "CME's answer{of_day} without settlements: a holiday, a weekend, or a day that the website no longer \
                 keeps; save another trade date"
            ),
        ));
    }
    let title = payload.text("dsHeader").filter(|title| !title.is_empty());
    let place = payload.get("dsHeader").map_or(payload.position, |cell| cell.position);
    check_title(title.as_deref().map(|title| (title, place)), &mut book)?;
    if payload.text("reportType").is_some_and(|kind| kind.eq_ignore_ascii_case("preliminary")) {
        book.remark(Notice::Preliminary, None);
    }
    settlements(document, &elements, book)
}

/// The rows of the website, the `Total` among them.
fn settlements<'a>(
    document: &mut Document<'a>,
    elements: &[&'a RawValue],
    mut book: Book,
) -> Result<QuoteFile, ReadError> {
    let mut total = None;
    let mut problems = document.each(elements, |row| {
        let month = row.get("month").ok_or_else(|| missing(&row, "month"))?;
        if month.text.eq_ignore_ascii_case("total") {
            total = Some(row);
            return Ok(());
        }
        row.get("settle").ok_or_else(|| missing(&row, "settle"))?;
        Row {
            month,
            open: row.get("open"),
            high: row.get("high"),
            low: row.get("low"),
            last: row.get("last"),
            change: row.get("change"),
            settle: row.get("settle"),
            volume: row.get("volume"),
            open_interest: row.get("openInterest"),
        }
        .take(&mut book)
    });
    match total {
        // Where a row was refused, nothing can be said of sums.
        Some(_) if !problems.is_empty() => {}
        Some(row) => {
            problems.of(check_total(row.get("volume"), row.get("openInterest"), &mut book));
        }
        None => book.remark(Notice::NoTotal, None),
    }
    problems.finish()?;
    book.finish()
}

fn missing(row: &Object<'_>, member: &str) -> ReadError {
    Problem::new(ProblemKind::Syntax, format!("expected a member '{member}', found none")).at(row.position).into()
}

/// The records of the settlement file.
fn settle_records<'a>(
    document: &mut Document<'a>,
    elements: &[&'a RawValue],
    options: &ReadOptions,
) -> Result<QuoteFile, ReadError> {
    let mut book = Book::new(Format::SettleJson, options);
    let read =
        |row: Object<'a>| take(|name| row.get(name).filter(|cell| !cell.text.is_empty()), row.position, &mut book);
    document.each(elements, read).finish()?;
    book.finish()
}
