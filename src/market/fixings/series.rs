//! Tables of rates by day, told from the names of their columns: FRED in its generations, ALFRED, fredr, the Federal Reserve's
//! H.15, `OpenBB`, a typed `date,rate`, and the records of FRED's API.
//!
//! | column | names |
//! |---|---|
//! | day | `date`, `observation_date`, `Time Period`, `Effective Date`, `day` |
//! | effective rate | `EFFR`, `DFF`, either with a vintage (`DFF_20251121`), `RIFSPFF_N.D`, `rate`, `effective_rate`, `value` |
//! | target | `DFEDTARU`, `DFEDTARL`, `DFEDTAR`, `target_range_upper`, `target_range_lower` |
//! | which series | `series_id`: rows of others are counted |

#[cfg(not(feature = "formats"))]
use super::read_json;
use super::{Fixings, FixingsFormat, Ledger, Reading, percent};
use crate::market::product::OvernightRate;
use crate::text::cell::Cell;
use crate::text::day::{DayOrder, spelled};
use crate::text::problem::{Problem, ProblemKind, Problems, ReadError};
use crate::text::table::{Lines, Row, Table, is_row};
use crate::text::tally::Skip;

/// The most lines above the header: H.15 has five.
const MOST_ABOVE: usize = 20;

const DAY: [&str; 10] =
    ["observationdate", "date", "timeperiod", "effectivedate", "day", "tradedate", "asof", "period", "datum", "fecha"];
const UPPER: [&str; 4] = ["dfedtaru", "targetrangeupper", "targetupper", "targetratetopercent"];
const LOWER: [&str; 4] = ["dfedtarl", "targetrangelower", "targetlower", "targetratefrompercent"];
const SERIES: [&str; 6] = ["seriesid", "series", "ratetype", "type", "name", "index"];

/// The name of a column without its case and its signs; the vintage of a series of ALFRED left out.
fn key(name: &str) -> String {
    let base =
        name.rsplit_once('_').filter(|(_, vintage)| vintage.len() == 8 && vintage.bytes().all(|b| b.is_ascii_digit()));
    let name = base.map_or(name, |(name, _)| name);
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Where the figures stand.
struct Columns {
    day: usize,
    rate: Option<usize>,
    lower: Option<usize>,
    upper: Option<usize>,
    series: Option<usize>,
    monthly: Option<usize>,
    /// Whether the header is FRED's own.
    fred: bool,
    openbb: bool,
}

impl Columns {
    fn of(names: &[&str], wanted: OvernightRate) -> Option<Self> {
        let keys: Vec<String> = names.iter().map(|name| key(name)).collect();
        let find = |known: &[&str]| known.iter().find_map(|known| keys.iter().position(|key| key == known));
        let day = find(&DAY)?;
        let target = find(&["dfedtar"]);
        let (lower, upper) = (find(&LOWER).or(target), find(&UPPER).or(target));
        let (monthly, series) = (find(&["fedfunds"]), find(&SERIES));
        // `value` is a rate where the file says of which series, or in FRED's own observations.
        let value = find(&["value"]).filter(|_| series.is_some() || find(&["realtimestart"]).is_some());
        let rate = wanted.columns().find_map(|known| find(&[known])).or(value);
        let first = keys.first().map(String::as_str);
        let fred = first == Some("observationdate")
            || first == Some("date")
                && keys.get(1).is_some_and(|second| {
                    second == "fedfunds"
                        || second.starts_with("dfedtar")
                        || OvernightRate::ALL.into_iter().any(|rate| rate.series().contains(&second.as_str()))
                });
        // A table of contracts or of bars is none of rates.
        let quotes = ["contract", "ticker", "open", "settle", "close", "expiry", "expiration", "meeting", "bid"];
        let known = rate.or(lower).or(upper).or(monthly).is_some()
            && !quotes.iter().any(|name| keys.iter().any(|key| key == name));
        let openbb = find(&["targetrangeupper"]).is_some() && find(&["rate"]).is_some();
        (known || fred).then_some(Self { day, rate, lower, upper, series, monthly, fred, openbb })
    }
}

/// The header of a table of rates: its line, what stands below it, and its columns.
struct Header<'a> {
    line: (usize, &'a str),
    body: (usize, &'a str),
    separator: char,
    columns: Columns,
}

fn header(text: &str, wanted: OvernightRate) -> Option<Header<'_>> {
    let mut lines = Lines::new(1, text.strip_prefix('\u{feff}').unwrap_or(text));
    for _ in 0..MOST_ABOVE {
        let (number, line) = lines.next()?;
        if !is_row(line) || line.starts_with(['{', '[', '<']) {
            continue;
        }
        let separator = [',', ';', '\t'].into_iter().find(|separator| line.contains(*separator)).unwrap_or(',');
        let Ok(row) = Row::of_line(number, line, separator) else { continue };
        let names: Vec<&str> = row.cells().iter().map(|cell| cell.text).collect();
        if let Some(columns) = Columns::of(&names, wanted) {
            return Some(Header { line: (number, line), body: (lines.number(), lines.rest()), separator, columns });
        }
    }
    None
}

/// Whether the text is a table of rates, or FRED's answer.
pub(super) fn recognises(text: &str) -> bool {
    is_json(text) || OvernightRate::ALL.into_iter().any(|rate| header(text, rate).is_some())
}

fn is_json(text: &str) -> bool {
    let start: String = text.trim_start_matches('\u{feff}').trim_start().chars().take(2000).collect();
    start.starts_with('{') && start.contains("\"observations\"") || first_record(&start).is_some()
}

/// The names in the first of a list of records, if they are those of a table of rates.
fn first_record(start: &str) -> Option<Vec<&str>> {
    let record = start.strip_prefix('[')?.trim_start().strip_prefix('{')?.split_once('}')?.0;
    let names: Vec<&str> =
        record.split(',').filter_map(|member| Some(member.split_once(':')?.0.trim().trim_matches('"'))).collect();
    OvernightRate::ALL.into_iter().any(|rate| Columns::of(&names, rate).is_some()).then_some(names)
}

/// Reads the rates of a series, and the targets of the federal funds.
pub(super) fn read(text: &str, wanted: OvernightRate) -> Result<Fixings, ReadError> {
    if is_json(text) {
        return read_json(text, wanted);
    }
    let Some(Header { line, body, separator, columns }) = header(text, wanted) else {
        return Err(Problem::expected("a table of rates", "").into());
    };
    let table = Table::between(text, line, body, separator)?;
    let names = |column: Option<usize>| column.and_then(|column| table.columns().get(column)).map(|cell| cell.text);
    let format = match columns.fred {
        true => FixingsFormat::Fred,
        false if columns.openbb => FixingsFormat::OpenBb,
        false if names(Some(columns.day)).is_some_and(|name| key(name) == "timeperiod") => FixingsFormat::H15,
        false => FixingsFormat::Table,
    };
    let mut ledger = Ledger::new(format, wanted);
    let known = columns.rate.or(columns.lower).or(columns.upper).is_some();
    if columns.fred {
        let read = [Some(columns.day), columns.rate, columns.lower, columns.upper];
        let unread = table.columns().iter().enumerate().filter(|(index, _)| !read.contains(&Some(*index)));
        unread.for_each(|(_, cell)| ledger.tally.holds(cell.text));
    }
    if let Some(monthly) = columns.monthly.filter(|_| !known) {
        let place = table.columns()[monthly].position;
        let message = "expected daily rates (series EFFR or DFF), found FEDFUNDS, whose rates are averages of months";
        return Err(Problem::new(ProblemKind::NoFedFunds, message).at(place).into());
    }
    // FRED is American, also as a spreadsheet saved it anew.
    let order = order(&table, columns.day).or(columns.fred.then_some(DayOrder::MonthFirst));
    let blank = table.each_row(|row| {
        row.whole()?;
        let series = row.optional(columns.series).map(|cell| cell.text);
        if !known || series.is_some_and(|series| !wanted.series().contains(&key(series).as_str())) {
            ledger.tally.skip(Skip::OtherRate);
            if let Some(series) = series {
                ledger.tally.holds(series);
            }
            return Ok(());
        }
        take(row, &columns, order, &mut ledger)
    })?;
    ledger.tally.skip_all(Skip::Blank, blank);
    ledger.finish()
}

/// The order of day and month that some row shows.
fn order(table: &Table<'_>, day: usize) -> Option<DayOrder> {
    let mut row = Row::empty(table.columns().len());
    let mut found = None;
    for (number, line) in table.body().filter(|(_, line)| is_row(line)) {
        if row.cut(number, line, table.separator()).is_ok()
            && let Some(read) = spelled(row.cell(day).text)
        {
            if read.order.is_none() && read.both().is_none() {
                // A file that begins with the year first goes on so.
                return None;
            }
            found = read.order;
            if found.is_some() {
                break;
            }
        }
    }
    found
}

fn take(row: &Row<'_>, columns: &Columns, order: Option<DayOrder>, ledger: &mut Ledger) -> Result<(), ReadError> {
    let mut problems = Problems::default();
    let date = row.cell(columns.day);
    let day = problems.of(day(date, order));
    // A rate of the Federal Reserve's own tables is `ND` on a day without one.
    let figure = |column| row.optional(column).filter(|cell| !cell.text.eq_ignore_ascii_case("ND"));
    let [rate, lower, upper] =
        [columns.rate, columns.lower, columns.upper].map(|column| problems.of(percent(figure(column))).flatten());
    problems.finish()?;
    match day {
        Some(day) => Ok(ledger.take(day, Reading { rate, lower, upper, position: date.position })?),
        None => Ok(()),
    }
}

fn day(cell: Cell<'_>, order: Option<DayOrder>) -> Result<chrono::NaiveDate, Problem> {
    let read = spelled(cell.text).ok_or_else(|| cell.refused("a date such as 2025-11-21, 11/21/2025 or 20251121"))?;
    read.day(order).ok_or_else(|| {
        let [month_first, day_first] = read.both().unwrap_or_default();
        let message = format!(
            "expected a date that can be one day alone, found '{}', {month_first} or {day_first}, and no row of the file decides: \
             write the year first",
            cell.text
        );
        Problem::new(ProblemKind::TwoDays, message).at(cell.position)
    })
}

/// FRED's observations: a day and a value each, of a series that the answer does not name.
#[cfg(feature = "formats")]
fn read_json(text: &str, wanted: OvernightRate) -> Result<Fixings, ReadError> {
    use crate::text::json::{Document, Object};
    let mut document = Document::new(text.strip_prefix('\u{feff}').unwrap_or(text));
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('[') {
        return read_records(document, text, wanted);
    }
    let payload = document.object()?;
    let mut ledger = Ledger::new(FixingsFormat::FredJson, wanted);
    let elements = payload.raw("observations").map(|listed| document.elements(listed, "observations")).transpose()?;
    let read = |row: Object<'_>| {
        let date = row.get("date").unwrap_or(Cell { text: "", position: row.position });
        let day = date.day()?;
        let rate = percent(row.get("value"))?;
        Ok(ledger.take(day, Reading { rate, lower: None, upper: None, position: row.position })?)
    };
    document.each(&elements.unwrap_or_default(), read).finish()?;
    ledger.finish()
}

/// A list of records: the columns of a table are the members of each.
#[cfg(feature = "formats")]
fn read_records(
    mut document: crate::text::json::Document<'_>,
    text: &str,
    wanted: OvernightRate,
) -> Result<Fixings, ReadError> {
    let mut ledger = Ledger::new(FixingsFormat::Table, wanted);
    let elements = document.list()?;
    let start: String = text.trim_start_matches('\u{feff}').trim_start().chars().take(2000).collect();
    let names = first_record(&start).unwrap_or_default();
    let Some(columns) = Columns::of(&names, wanted) else { return ledger.finish() };
    let read = |record: crate::text::json::Object<'_>| {
        let cells = names.iter().map(|name| record.get(name).unwrap_or(Cell { text: "", position: record.position }));
        let row = Row::of_cells(record.position.line, cells.collect());
        let series = row.optional(columns.series).map(|cell| cell.text);
        if series.is_some_and(|series| !wanted.series().contains(&key(series).as_str())) {
            ledger.tally.skip(Skip::OtherRate);
            return Ok(());
        }
        take(&row, &columns, None, &mut ledger)
    };
    document.each(&elements, read).finish()?;
    ledger.finish()
}
