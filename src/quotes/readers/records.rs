//! JSON that is a table in other clothes: records, columns of arrays, lines of objects.
//!
//! ```text
//! [{"date":"2025-11-21","contract":"ZQZ25","settle":96.18},...]
//! {"results":[{"ticker":"ZQZ5","session_end_date":"2025-11-21","settlement_price":96.18},...]}
//! {"columns":["date","contract","settle"],"data":[["2025-11-21","ZQZ25",96.18],...]}
//! {"chart":{"result":[{"meta":{"symbol":"ZQZ25.CBT"},"timestamp":[...],"indicators":{"quote":[{"close":[...]}]}}]}}
//! {"totalCount":1,"data":[{"s":"CBOT:ZQZ2025","d":[96.18]}]}
//! ```

use chrono::DateTime;
use serde_json::value::RawValue;

use super::website::date_in;
use super::{meaning, nested};
use crate::notice::Notice;
use crate::quotes::{Format, QuoteFile, ReadOptions};
use crate::text::cell::Cell;
use crate::text::day::spelled;
use crate::text::json::{Document, Object};
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::table::Row;

/// Reads the list of records in a document, if it holds one; `None` where it holds no table.
pub(super) fn of_payload<'a>(
    document: &mut Document<'a>,
    payload: &Object<'a>,
    options: &ReadOptions,
) -> Option<Result<QuoteFile, ReadError>> {
    if payload.raw("chart").is_some() {
        let results = results_of(document, payload);
        return Some(results.and_then(|results| charts(document, results, options)));
    }
    if let Some(spark) = payload.raw("spark") {
        return Some(of_spark(document, spark, options));
    }
    if let (Some(columns), Some(data)) = (payload.raw("columns"), payload.raw("data"))
        && !elements_are(data, '{')
    {
        return Some(split(document, columns, data, payload.position, options));
    }
    let Some((list, first)) = payload
        .members()
        // pandas describes its columns before it writes them.
        .filter(|(name, ..)| *name != "schema")
        .find_map(|(.., value)| list_of_records(value, DEEPEST))
    else {
        return nested::table_of(document, payload, options);
    };
    let scanned = document.members(first).is_ok_and(|first| first.raw("s").is_some() && first.raw("d").is_some());
    if scanned {
        let columns: Option<Vec<String>> =
            payload.raw("columns").and_then(|columns| serde_json::from_str(columns.get()).ok());
        return Some(scan(document, &list, &columns.unwrap_or_default(), options));
    }
    let stated = ["tradeDate", "trade_date", "date", "as_of", "asOf"].into_iter().find_map(|name| payload.text(name));
    Some(of_list(document, &list, stated.as_deref(), options))
}

/// Reads a list of records: the members of each are the cells of a row.
pub(super) fn of_list<'a>(
    document: &mut Document<'a>,
    list: &[&'a RawValue],
    stated: Option<&str>,
    options: &ReadOptions,
) -> Result<QuoteFile, ReadError> {
    let mut objects = Vec::new();
    document
        .each(list, |object| {
            objects.push(object);
            Ok(())
        })
        .finish()?;
    let mut flat = Vec::with_capacity(objects.len());
    for object in &objects {
        flat.push((object.position, nested::figures(document, object)?));
    }
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in flat.iter().flat_map(|(_, figures)| figures) {
        if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            names.push(name);
        }
    }
    let start = objects.first().map_or(Position { line: 1, column: 1 }, |object| object.position);
    let row = |(position, figures): &(Position, Vec<(String, Cell<'a>)>)| {
        let cell = |name: &&str| {
            let found = figures.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
            found.map_or(Cell { text: "", position: *position }, |(_, cell)| *cell)
        };
        Row::of_cells(position.line, names.iter().map(cell).collect())
    };
    let rows: Vec<Row<'_>> = flat.iter().map(row).collect();
    meaning::read_named(&names, &rows, start, Format::Records, options, |book| {
        let day = stated.map(|date| spelled(date).and_then(|day| day.day(None)).or_else(|| date_in(date)).ok_or(date));
        let refused = |date| Problem::expected("a trade date such as 2025-11-21", date).at(start);
        book.state_day(day.transpose().map_err(refused)?);
        Ok(())
    })
}

/// The charts of a list of Yahoo's answers, a file a contract as one document.
pub(super) fn of_charts<'a>(
    document: &mut Document<'a>,
    answers: &[&'a RawValue],
    options: &ReadOptions,
) -> Result<QuoteFile, ReadError> {
    let mut all = Vec::new();
    for answer in answers {
        let payload = document.members(answer)?;
        all.extend(results_of(document, &payload)?);
    }
    charts(document, all, options)
}

/// The rows of a document that begins with the names of its columns.
pub(super) fn of_rows<'a>(
    document: &mut Document<'a>,
    rows: &[&'a RawValue],
    options: &ReadOptions,
) -> Result<QuoteFile, ReadError> {
    let mut cells = Vec::with_capacity(rows.len());
    for row in rows {
        let row = document.elements(row, "cells")?;
        cells.push(row.into_iter().map(|value| document.cell(value)).collect::<Vec<Cell<'a>>>());
    }
    let (names, rows) = cells.split_at(1.min(cells.len()));
    let names: Vec<Cell<'a>> = names.concat();
    let mut read = Vec::with_capacity(rows.len());
    for row in rows {
        let place = row.first().or(names.first()).map_or(Position { line: 1, column: 1 }, |cell| cell.position);
        if row.len() != names.len() {
            let message = format!("expected {} cells as in the first list, found {}", names.len(), row.len());
            return Err(Problem::new(ProblemKind::Syntax, message).at(place).into());
        }
        read.push(Row::of_cells(place.line, row.clone()));
    }
    meaning::read_cells(&names, &read, Format::Records, options, |_| Ok(()))
}

/// How deep a list of records may lie in a document.
const DEEPEST: usize = 4;

/// The first list of objects in a value, and its first element.
fn list_of_records(value: &RawValue, depth: usize) -> Option<(Vec<&RawValue>, &RawValue)> {
    if value.get().starts_with('[') {
        let list: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
        let first = list.first().copied().filter(|first| first.get().starts_with('{'))?;
        return Some((list, first));
    }
    if depth == 0 || !value.get().starts_with('{') {
        return None;
    }
    let members: std::collections::BTreeMap<String, &RawValue> = serde_json::from_str(value.get()).ok()?;
    members.into_values().find_map(|member| list_of_records(member, depth - 1))
}

/// Whether the elements of a list begin so.
fn elements_are(list: &RawValue, start: char) -> bool {
    list.get().strip_prefix('[').is_some_and(|list| list.trim_start().starts_with(start))
}

/// The names of columns once, and the rows as lists.
fn split<'a>(
    document: &mut Document<'a>,
    columns: &'a RawValue,
    data: &'a RawValue,
    position: Position,
    options: &ReadOptions,
) -> Result<QuoteFile, ReadError> {
    let malformed = |what: &str| Problem::new(ProblemKind::Syntax, format!("expected {what}")).at(position);
    let names: Vec<String> =
        serde_json::from_str(columns.get()).map_err(|_| malformed("a list of names in 'columns'"))?;
    let mut rows = Vec::new();
    for row in document.elements(data, "rows")? {
        let cells: Vec<Cell<'a>> =
            document.elements(row, "cells")?.into_iter().map(|value| document.cell(value)).collect();
        if cells.len() != names.len() {
            let place = cells.first().map_or(position, |cell| cell.position);
            let message = format!("expected {} cells as in 'columns', found {}", names.len(), cells.len());
            return Err(Problem::new(ProblemKind::Syntax, message).at(place).into());
        }
        rows.push(Row::of_cells(cells.first().map_or(position, |cell| cell.position).line, cells));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    meaning::read_named(&names, &rows, position, Format::Records, options, |_| Ok(()))
}

/// What `TradingView`'s scanner answers: a symbol, and its last price, alone or in the column `close` of those that are named.
fn scan<'a>(
    document: &mut Document<'a>,
    list: &[&'a RawValue],
    columns: &[String],
    options: &ReadOptions,
) -> Result<QuoteFile, ReadError> {
    let close = columns.iter().position(|column| column == "close");
    let mut rows = Vec::new();
    let mut start = Position { line: 1, column: 1 };
    for element in list {
        let object = document.members(element)?;
        let (Some(symbol), Some(data)) = (object.get("s"), object.raw("d")) else { continue };
        let values = document.elements(data, "values")?;
        let price = match (values.as_slice(), close) {
            ([only], _) => Some(only),
            (values, Some(close)) if values.len() == columns.len() => values.get(close),
            _ => None,
        };
        let Some(price) = price else {
            let message = format!(
                "expected one value of each symbol, its price, found {}: ask the scanner for the column close alone",
                values.len()
            );
            return Err(Problem::new(ProblemKind::Syntax, message).at(object.position).into());
        };
        start = start.max(object.position);
        rows.push(Row::of_cells(object.position.line, vec![symbol, document.cell(price)]));
    }
    meaning::read_named(&["symbol", "last"], &rows, start, Format::TradingView, options, |book| {
        book.remark(Notice::LastTrades, None);
        Ok(())
    })
}

fn no_chart(what: &str, place: Position) -> Problem {
    Problem::new(ProblemKind::Syntax, format!("expected Yahoo's chart with {what}")).at(place)
}

/// The results in one of Yahoo's answers.
fn results_of<'a>(document: &mut Document<'a>, answer: &Object<'a>) -> Result<Vec<&'a RawValue>, ReadError> {
    let chart = answer.raw("chart").ok_or_else(|| no_chart("a chart in each answer", answer.position))?;
    let chart = document.members(chart)?;
    let results = chart.raw("result").map(|result| document.elements(result, "results")).transpose();
    let results = results.ok().flatten().filter(|results| !results.is_empty());
    results.ok_or_else(|| no_chart("a result, found none", chart.position).into())
}

/// Yahoo's sparks: a chart for each symbol.
fn of_spark<'a>(
    document: &mut Document<'a>,
    spark: &'a RawValue,
    options: &ReadOptions,
) -> Result<QuoteFile, ReadError> {
    let spark = document.members(spark)?;
    let symbols = spark.raw("result").ok_or_else(|| no_chart("a result, found none", spark.position))?;
    let mut results = Vec::new();
    for symbol in document.elements(symbols, "results")? {
        let symbol = document.members(symbol)?;
        let answer = symbol.raw("response").ok_or_else(|| no_chart("a response of each symbol", symbol.position))?;
        results.extend(document.elements(answer, "responses")?);
    }
    charts(document, results, options)
}

/// Yahoo's charts: the days and their prices as arrays side by side.
fn charts<'a>(
    document: &mut Document<'a>,
    results: Vec<&'a RawValue>,
    options: &ReadOptions,
) -> Result<QuoteFile, ReadError> {
    let refused = no_chart;
    // Text that is made of stamps and offsets outlives the rows that borrow it.
    let mut days: Vec<Vec<String>> = Vec::new();
    let mut read = Vec::new();
    for result in results {
        let result = document.members(result)?;
        let place = result.position;
        let meta = result.raw("meta").ok_or_else(|| refused("its meta data", place))?;
        let meta = document.members(meta)?;
        let symbol = meta.get("symbol").ok_or_else(|| refused("the symbol in its meta data", place))?;
        let offset: i64 = meta.get("gmtoffset").and_then(|cell| cell.text.parse().ok()).unwrap_or(0);
        let stamps = result.raw("timestamp").ok_or_else(|| refused("timestamps", place))?;
        let stamps: Vec<i64> =
            serde_json::from_str(stamps.get()).map_err(|_| refused("seconds since 1970 as timestamps", place))?;
        let indicators = result.raw("indicators").ok_or_else(|| refused("indicators", place))?;
        let indicators = document.members(indicators)?;
        let quote = indicators.raw("quote").ok_or_else(|| refused("quotes", place))?;
        let quote = document.elements(quote, "quotes")?.first().copied().ok_or_else(|| refused("quotes", place))?;
        let quote = document.members(quote)?;
        // The stamp is the start of the session; the day is the exchange's.
        let day = |stamp: &i64| {
            DateTime::from_timestamp(stamp.saturating_add(offset), 0).map(|time| time.date_naive().to_string())
        };
        days.push(stamps.iter().map(|stamp| day(stamp).unwrap_or_default()).collect());
        let mut figures = Vec::new();
        for name in ["open", "high", "low", "close", "volume"] {
            let values =
                quote.raw(name).map(|values| document.elements(values, "values")).transpose()?.unwrap_or_default();
            if !values.is_empty() && values.len() != stamps.len() {
                return Err(refused("a value for each of its timestamps", place).into());
            }
            figures.push(values.into_iter().map(|value| document.cell(value)).collect::<Vec<_>>());
        }
        read.push((symbol, figures));
    }
    let position = read.first().map_or(Position { line: 1, column: 1 }, |(symbol, _)| symbol.position);
    let mut rows = Vec::new();
    for (days, (symbol, figures)) in days.iter().zip(&read) {
        for (index, day) in days.iter().enumerate() {
            let empty = Cell { text: "", position: symbol.position };
            let figure =
                |values: &Vec<Cell<'a>>| values.get(index).copied().filter(|cell| cell.text != "null").unwrap_or(empty);
            let cells = [Cell { text: day.as_str(), ..*symbol }, *symbol].into_iter().chain(figures.iter().map(figure));
            rows.push(Row::of_cells(symbol.position.line, cells.collect()));
        }
    }
    let names = ["date", "symbol", "open", "high", "low", "last", "volume"];
    meaning::read_named(&names, &rows, position, Format::Yahoo, options, |book| {
        book.remark(Notice::LastTrades, None);
        Ok(())
    })
}
