//! A spreadsheet as the CSV that a person would save it as.

use std::fmt::Write;
use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader, Xlsx};
use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use crate::text::problem::{Problem, ProblemKind};

/// The most that a workbook may hold: its cells take many times the memory of its text.
const LARGEST: u64 = 64 << 20;

fn refused(message: impl Into<String>) -> Problem {
    Problem::new(ProblemKind::NotText, message)
}

/// The one sheet of a workbook that holds something, a row a line, so that the numbers of lines are those of rows.
pub(super) fn as_csv(bytes: &[u8], archive: &mut zip::ZipArchive<Cursor<&[u8]>>, most: u64) -> Result<String, Problem> {
    sound(archive, most.min(LARGEST))?;
    let broken = |error: calamine::XlsxError| refused(format!("the spreadsheet cannot be read: {error}"));
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut filled = Vec::new();
    for name in workbook.sheet_names() {
        let sheet = workbook.worksheet_range(&name).map_err(broken)?;
        if !sheet.is_empty() {
            filled.push((name, sheet));
        }
    }
    match filled.as_slice() {
        [(_, sheet)] => Ok(csv(sheet)),
        [] => Err(refused("expected a sheet with quotes in the spreadsheet, found none with a cell")),
        sheets => {
            let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
            let names = crate::text::escaped_to(&names.join(", "), 120);
            let count = sheets.len();
            Err(refused(format!(
                "expected one sheet in the spreadsheet, found {count} ({names}): save the one of the quotes as CSV"
            )))
        }
    }
}

/// Unpacks every part once, which checks its sum, and refuses what is too large.
fn sound(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, most: u64) -> Result<(), Problem> {
    let mut left = most;
    for index in 0..archive.len() {
        let broken =
            |error: &dyn std::fmt::Display| refused(format!("the spreadsheet is broken or cut short: {error}"));
        let part = archive.by_index(index).map_err(|error| broken(&error))?;
        let length = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|error| broken(&error))?;
        if length > left {
            return Err(refused(format!("expected at most {} MiB in the spreadsheet, found more", most >> 20)));
        }
        left -= length;
    }
    Ok(())
}

fn csv(sheet: &Range<Data>) -> String {
    let (top, left) = sheet.start().unwrap_or_default();
    let mut text = "\n".repeat(top as usize);
    for row in sheet.rows() {
        text.extend(std::iter::repeat_n(',', left as usize));
        for (index, cell) in row.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            push(&mut text, cell);
        }
        text.push('\n');
    }
    text
}

/// A cell as text: a day in full, a number as short as it is exact, words in quotes where they need them.
fn push(text: &mut String, cell: &Data) {
    // Writing to a text cannot fail.
    let _ = match cell {
        Data::Empty | Data::Error(_) => Ok(()),
        Data::Int(number) => write!(text, "{number}"),
        Data::Float(number) => write!(text, "{number}"),
        Data::Bool(truth) => write!(text, "{truth}"),
        Data::DateTime(stamp) => match moment(&stamp.as_f64().to_string()) {
            Some((day, None)) => write!(text, "{day}"),
            Some((day, Some(time))) => write!(text, "{day} {time}"),
            None => write!(text, "{}", stamp.as_f64()),
        },
        Data::String(words) | Data::DateTimeIso(words) | Data::DurationIso(words) => {
            let line: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            if line.contains([',', '"', ';']) {
                write!(text, "\"{}\"", line.replace('"', "\"\""))
            } else {
                text.write_str(&line)
            }
        }
    };
}

/// The day that a spreadsheet counts, and the time of day that its fraction is.
fn moment(count: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let day = crate::text::day::serial(count)?;
    let seconds = (Decimal::from_str_exact(count).ok()?.fract() * Decimal::from(86_400)).round();
    let time =
        u32::try_from(seconds).ok().and_then(|seconds| NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0));
    Some((day, time.filter(|_| !seconds.is_zero())))
}
