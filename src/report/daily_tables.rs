//! The outcome tables of many days as CSV, a day after another.

use std::io::{self, Write};

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use super::number::exact;
use super::{Selection, probs};
use crate::market::calendar::TargetRange;
use crate::outlook::View;
use crate::outlook::plan::MeetingTable;
use crate::study::history::DailyTable;

/// Writes what the CSV of [`probs`] has of one day writes, a day at a time as [`DailyTables`](crate::history::DailyTables) prices it.
///
/// ```
/// use fedpath::report::DailyTablesWriter;
/// use fedpath::history::DailyTables;
/// use fedpath::{Assumptions, Snapshot, Strip, StripOptions};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n\
///     ZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
/// let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
/// let assumptions = Assumptions::default();
/// let mut written = Vec::new();
/// let mut writer = DailyTablesWriter::new(fedpath::report::Selection::default(), &mut written)?;
/// writer.day(strip.as_of(), &DailyTables::new(&assumptions).price(&strip)?)?;
/// assert!(String::from_utf8(written)?.starts_with(
///     "date,meeting,lower_bp,upper_bp,probability\n2025-11-21,2025-12-10,350,375,0.350000000000\n"
/// ));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct DailyTablesWriter<'w> {
    selection: Selection<'w>,
    out: &'w mut dyn Write,
    /// The rows of a day, to be written at once.
    rows: Vec<u8>,
}

impl<'w> DailyTablesWriter<'w> {
    /// Writes the header.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn new(selection: Selection<'w>, out: &'w mut dyn Write) -> io::Result<Self> {
        out.write_all(b"date,meeting,lower_bp,upper_bp,probability\n")?;
        Ok(Self { selection, out, rows: Vec::new() })
    }

    /// Goes on below days that are written already, with their header.
    #[must_use]
    pub fn going_on(selection: Selection<'w>, out: &'w mut dyn Write) -> Self {
        Self { selection, out, rows: Vec::new() }
    }

    /// Writes the header of moments, whose rows begin with a time.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn of_moments(selection: Selection<'w>, out: &'w mut dyn Write) -> io::Result<Self> {
        out.write_all(b"time,meeting,lower_bp,upper_bp,probability\n")?;
        Ok(Self { selection, out, rows: Vec::new() })
    }

    /// Writes the rows of a day: one a meeting and target range.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn day(&mut self, date: NaiveDate, table: &DailyTable<'_>) -> io::Result<()> {
        self.table(&date.to_string(), table)
    }

    /// Writes the rows of a moment: as those of a day, with its time as RFC 3339 has it.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn moment(&mut self, time: DateTime<Utc>, table: &DailyTable<'_>) -> io::Result<()> {
        self.table(&time.to_rfc3339_opts(SecondsFormat::AutoSi, true), table)
    }

    fn table(&mut self, when: &str, table: &DailyTable<'_>) -> io::Result<()> {
        self.rows.clear();
        match table {
            DailyTable::Planned(day) => {
                let selection = self.selection;
                let (target, wanted) = (day.table.target(), selection.meeting);
                let wanted =
                    |meeting: &MeetingTable<'_>| wanted.is_none_or(|wanted| meeting.meeting().announcement() == wanted);
                for meeting in selection.first(day.table.meetings().filter(wanted)) {
                    let start = format!("{when},{},", meeting.meeting().announcement());
                    match self.selection.view {
                        View::Cumulative => meeting.outcomes().for_each(|(moves, share)| {
                            let units = share.trillionths();
                            let (whole, places) = (units / 1_000_000_000_000, units % 1_000_000_000_000);
                            self.row(&start, target.moved(moves), format_args!("{whole}.{places:012}"));
                        }),
                        view => meeting.distribution_of(view).outcomes().for_each(|(moves, probability)| {
                            self.row(&start, target.moved(moves), format_args!("{}", exact(probability.exact())));
                        }),
                    }
                }
            }
            DailyTable::Readable(outlook) => {
                let mut table = Vec::new();
                probs(outlook, &self.selection).csv(&mut table)?;
                // The day that its rows begin with gives way to what these begin with.
                for line in table.split(|byte| *byte == b'\n').skip(1).filter(|line| !line.is_empty()) {
                    let rest = line.iter().position(|byte| *byte == b',').unwrap_or(line.len());
                    self.rows.extend_from_slice(when.as_bytes());
                    self.rows.extend_from_slice(&line[rest..]);
                    self.rows.push(b'\n');
                }
            }
        }
        self.out.write_all(&self.rows)
    }

    /// Nothing in a row needs quotes: dates and numbers.
    fn row(&mut self, start: &str, range: TargetRange, probability: std::fmt::Arguments<'_>) {
        self.rows.extend_from_slice(start.as_bytes());
        let written = writeln!(self.rows, "{},{},{probability}", range.lower_bp(), range.upper_bp());
        debug_assert!(written.is_ok(), "memory takes what is written");
    }
}
