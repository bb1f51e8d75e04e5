//! A document as CSV: its one table, a header row always, an empty cell for a missing figure.

use std::io::{self, Write};

use super::super::document::{Document, Part};

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
                let cells = columns.iter().map(|(place, _)| table.cell(row, *place).for_programs().unwrap_or_default());
                writer.write_record(cells)?;
            }
        }
        writer.flush()
    }
}
