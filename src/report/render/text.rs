//! A document as text: its sentences, and tables whose columns are aligned, two blanks between, without lines.

use std::io::{self, Write};

use comfy_table::{Cell, CellAlignment, presets};

use super::super::document::{Document, Form, Part, Table};
use crate::text::{printable, printable_lines};

impl Document<'_> {
    /// Writes what people read, a blank line between one block and the next.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut begun = false;
        for part in &self.parts {
            let (block, below) = match part {
                Part::Text(text) => (text.clone(), false),
                Part::More(text) => (text.clone(), true),
                Part::Table(forms, table) if forms.text => (grid(table), false),
                Part::Member(..) | Part::Table(..) => continue,
            };
            let blank = if begun && !below { "\n" } else { "" };
            writeln!(out, "{blank}{}", printable_lines(block.trim_end_matches('\n')))?;
            begun = true;
        }
        Ok(())
    }
}

/// The rows under their headings, one line each.
pub(in super::super) fn grid(table: &Table<'_>) -> String {
    let mut drawn = comfy_table::Table::new();
    drawn.load_style(presets::NOTHING);
    let columns = table.columns(|form: &Form| form.heading.is_some());
    let headings = || columns.iter().map(|(_, form)| form.heading.as_deref().unwrap_or_default());
    // Headings that begin on their second line do so to stand beside those of two.
    let lowered = headings().all(|heading| heading.starts_with('\n'));
    let heading = |text: &str| Cell::new(if lowered { text.trim_start_matches('\n') } else { text });
    drawn.set_header(headings().map(heading));
    drawn.add_rows((0..table.count()).map(|row| {
        columns.iter().map(move |(place, form)| {
            let told = table.cell(row, *place).for_people(form.shown);
            told.map_or_else(|| form.missing.to_owned(), |text| printable(&text))
        })
    }));
    for (index, (_, form)) in columns.iter().enumerate() {
        if let Some(column) = drawn.column_mut(index) {
            column.set_cell_alignment(if form.right { CellAlignment::Right } else { CellAlignment::Left });
            column.set_padding((if index == 0 { 0 } else { table.gap }, 0));
        }
    }
    drawn.trim_fmt()
}
