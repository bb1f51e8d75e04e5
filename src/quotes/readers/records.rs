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

use super::book::Book;
use super::meaning;
use super::website::date_in;
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
    if let Some(chart) = payload.raw("chart") {
        return Some(chart_of(document, chart, options));
    }
    if let (Some(columns), Some(data)) = (payload.raw("columns"), payload.raw("data")) {
        return Some(split(document, columns, data, payload.position, options));
    }
    let (list, first) = payload.values().find_map(|value| {
        let list: Vec<&'a RawValue> = serde_json::from_str(value.get()).ok()?;
        let first = list.first().copied().filter(|first| first.get().starts_with('{'))?;
        Some((list, first))
    })?;
    let scanned = document.members(first).is_ok_and(|first| first.raw("s").is_some() && first.raw("d").is_some());
    if scanned {
        return Some(scan(document, &list, options));
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
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in objects.iter().flat_map(Object::scalars) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let start = objects.first().map_or(Position { line: 1, column: 1 }, |object| object.position);
    let cell = |object: &Object<'a>, name: &&str| {
        object
            .get(name)
            .filter(|cell| !cell.text.starts_with(['{', '[']))
            .unwrap_or(Cell { text: "", position: object.position })
    };
    let rows: Vec<Row<'_>> = objects
        .iter()
        .map(|object| Row::of_cells(object.position.line, names.iter().map(|name| cell(object, name)).collect()))
        .collect();
    table(&names, &rows, start, Format::Records, options, |book| {
        let day = stated.map(|date| spelled(date).and_then(|day| day.day(None)).or_else(|| date_in(date)).ok_or(date));
        let refused = |date| Problem::expected("a trade date such as 2025-11-21", date).at(start);
        book.state_day(day.transpose().map_err(refused)?);
        Ok(())
    })
}

fn table<'a>(
    names: &[&'a str],
    rows: &[Row<'a>],
    position: Position,
    format: Format,
    options: &ReadOptions,
    remark: impl FnOnce(&mut Book) -> Result<(), ReadError>,
) -> Result<QuoteFile, ReadError> {
    let names: Vec<Cell<'a>> = names.iter().map(|text| Cell { text, position }).collect();
    meaning::read_cells(&names, rows, format, options, remark)
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
    table(&names, &rows, position, Format::Records, options, |_| Ok(()))
}

/// What `TradingView`'s scanner answers: a symbol, and its last price.
fn scan<'a>(document: &mut Document<'a>, list: &[&'a RawValue], options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let mut rows = Vec::new();
    let mut start = Position { line: 1, column: 1 };
    for element in list {
        let object = document.members(element)?;
        let (Some(symbol), Some(data)) = (object.get("s"), object.raw("d")) else { continue };
        let values = document.elements(data, "values")?;
        let [price] = values.as_slice() else {
            let message = format!(
                "expected one value of each symbol, its price, found {}: ask the scanner for the column close alone",
                values.len()
            );
            return Err(Problem::new(ProblemKind::Syntax, message).at(object.position).into());
        };
        start = start.max(object.position);
        rows.push(Row::of_cells(object.position.line, vec![symbol, document.cell(price)]));
    }
    table(&["symbol", "last"], &rows, start, Format::TradingView, options, |book| {
        book.remark(Notice::LastTrades, None);
        Ok(())
    })
}

/// Yahoo's chart: the days and their prices as arrays side by side.
fn chart_of<'a>(
    document: &mut Document<'a>,
    chart: &'a RawValue,
    options: &ReadOptions,
) -> Result<QuoteFile, ReadError> {
    let chart = document.members(chart)?;
    let refused =
        |what: &str, place| Problem::new(ProblemKind::Syntax, format!("expected Yahoo's chart with {what}")).at(place);
    let results = chart.raw("result").map(|result| document.elements(result, "results")).transpose();
    let results = results
        .ok()
        .flatten()
        .filter(|results| !results.is_empty())
        .ok_or_else(|| refused("a result, found none", chart.position))?;
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
    let position = chart.position;
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
    table(&names, &rows, position, Format::Yahoo, options, |book| {
        book.remark(Notice::LastTrades, None);
        Ok(())
    })
}
