//! A document as CSV: its one table, a header row always, an empty cell for a missing figure. Words never steer what shows
//! them: control characters are escaped, and what a spreadsheet would compute has an apostrophe before it.

use std::io::{self, Write};

use super::super::document::{Document, Part, Value};
use crate::text::printable;
use crate::units::Fraction;

impl Document<'_> {
    /// Writes the table that the report has for spreadsheets.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        let tables = self.parts.iter().filter_map(|part| match part {
            Part::Table(forms, table) if forms.csv => Some(table),
            _ => None,
        });
        for table in tables {
            let columns = table.columns(|form| form.in_csv);
            writer.write_record(columns.iter().map(|(_, form)| form.key.as_bytes()))?;
            for row in 0..table.count() {
                let cells = columns.iter().map(|(place, _)| cell(&table.cell(row, *place)));
                writer.write_record(cells)?;
            }
        }
        writer.flush()
    }
}

/// A figure as it is; words as a spreadsheet shows them.
fn cell(value: &Value) -> String {
    match value {
        Value::Words(text) => words(text),
        value => value.for_programs().unwrap_or_default(),
    }
}

/// Words that begin as a formula does with an apostrophe before them; a figure and a span such as `-10m..+20m` stay.
fn words(text: &str) -> String {
    let is_span = |text: &str| {
        text.contains("..")
            && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'm' | 'h' | 'd'))
    };
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let apostrophe = if is_formula && text.parse::<Fraction>().is_err() && !is_span(text) { "'" } else { "" };
    format!("{apostrophe}{}", printable(text))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_spreadsheet_computes_no_words() {
        for (text, written) in [
            ("=1+1.csv", "'=1+1.csv"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-cmd", "'-cmd"),
            ("+x", "'+x"),
            ("\t=1", "'\\t=1"),
            ("\r=1", "'\\r=1"),
            ("a\u{1b}[31m", "a\\u{1b}[31m"),
            ("-25.5", "-25.5"),
            ("-1/3", "-1/3"),
            ("-10m..+20m", "-10m..+20m"),
            ("2025-12", "2025-12"),
        ] {
            assert_eq!(words(text), written);
        }
    }
}
