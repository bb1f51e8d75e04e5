//! The New York Fed's reference rates: all five rates interleaved, newest first, or the columns a user has kept.
//!
//! Before March 2016 the percentiles are empty, before 16 December 2008 the target is one rate: `Target Rate From` alone.

#[cfg(not(feature = "formats"))]
use super::read_json;
use super::{Fixings, FixingsFormat, Ledger, Reading, percent};
use crate::market::product::OvernightRate;
use crate::text::cell::Cell;
use crate::text::problem::{Position, Problems, ReadError};
use crate::text::table::{Table, first_row};
use crate::text::tally::Skip;

/// Whether the file is one of these, CSV or JSON.
pub(super) fn recognises(text: &str) -> bool {
    is_json(text) || first_row(text).is_some_and(|(_, header)| header.trim_matches('"').starts_with("Effective Date"))
}

fn is_json(text: &str) -> bool {
    let start: String = text.trim_start_matches('\u{feff}').trim_start().chars().take(80).collect();
    start.starts_with('{') && start.contains("\"refRates\"")
}

/// Reads the rows of a rate.
pub(super) fn read(text: &str, rate: OvernightRate) -> Result<Fixings, ReadError> {
    if is_json(text) { read_json(text, rate) } else { read_csv(text, rate) }
}

fn read_csv(text: &str, wanted: OvernightRate) -> Result<Fixings, ReadError> {
    let table = Table::parse(text)?;
    let (date, rate) = (table.required("Effective Date")?, table.required("Rate (%)")?);
    let kind = table.column("Rate Type");
    let [from, to] = ["Target Rate From (%)", "Target Rate To (%)"].map(|name| table.column(name));
    let mut ledger = Ledger::new(FixingsFormat::NyFedCsv, wanted);
    let blank = table.each_row(|row| {
        row.whole()?;
        let entry = Entry {
            date: row.cell(date),
            kind: kind.map(|kind| row.cell(kind).text),
            rate: row.optional(Some(rate)),
            target: [row.optional(from), row.optional(to)],
            position: row.start(),
        };
        entry.take(&mut ledger)
    })?;
    ledger.tally.skip_all(Skip::Blank, blank);
    ledger.finish()
}

#[cfg(feature = "formats")]
fn read_json(text: &str, wanted: OvernightRate) -> Result<Fixings, ReadError> {
    use crate::text::json::{Document, Object};
    let mut document = Document::new(text.strip_prefix('\u{feff}').unwrap_or(text));
    let payload = document.object()?;
    let mut ledger = Ledger::new(FixingsFormat::NyFedJson, wanted);
    let elements = match payload.raw("refRates") {
        Some(listed) => document.elements(listed, "rates")?,
        None => Vec::new(),
    };
    let read = |row: Object<'_>| {
        let entry = Entry {
            date: row.get("effectiveDate").unwrap_or(Cell { text: "", position: row.position }),
            kind: Some(row.get("type").map_or("", |cell| cell.text)),
            rate: row.get("percentRate"),
            target: [row.get("targetRateFrom"), row.get("targetRateTo")],
            position: row.position,
        };
        entry.take(&mut ledger)
    };
    document.each(&elements, read).finish()?;
    ledger.finish()
}

/// One rate of one day.
struct Entry<'a> {
    date: Cell<'a>,
    /// Which rate; `None` where the file has only one kind.
    kind: Option<&'a str>,
    rate: Option<Cell<'a>>,
    target: [Option<Cell<'a>>; 2],
    position: Position,
}

impl Entry<'_> {
    fn take(&self, ledger: &mut Ledger) -> Result<(), ReadError> {
        if let Some(kind) = self.kind.filter(|kind| *kind != ledger.rate.code()) {
            ledger.tally.holds(kind);
            ledger.tally.skip(Skip::OtherRate);
            return Ok(());
        }
        let mut problems = Problems::default();
        let day = problems.of(self.date.day());
        let [rate, from, to] =
            [self.rate, self.target[0], self.target[1]].map(|cell| problems.of(percent(cell)).flatten());
        problems.finish()?;
        match day {
            Some(day) => {
                Ok(ledger.take(day, Reading { rate, lower: from, upper: to.or(from), position: self.position })?)
            }
            None => Ok(()),
        }
    }
}
