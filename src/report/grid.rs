//! The layout of text tables: columns aligned, no lines, two blanks between.

use comfy_table::{Cell, CellAlignment, Table, presets};

/// A column: its heading, and whether its cells are text (left) or numbers (right).
pub(super) struct Column {
    heading: String,
    alignment: CellAlignment,
}

/// A column of text.
pub(super) fn text(heading: impl Into<String>) -> Column {
    Column { heading: heading.into(), alignment: CellAlignment::Left }
}

/// A column of numbers.
pub(super) fn number(heading: impl Into<String>) -> Column {
    Column { heading: heading.into(), alignment: CellAlignment::Right }
}

/// The rows under their headings, one line each, ending in a newline.
pub(super) fn table(columns: &[Column], rows: impl IntoIterator<Item = Vec<String>>, gap: u16) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(columns.iter().map(|column| Cell::new(&column.heading)));
    table.add_rows(rows);
    for (index, column) in columns.iter().enumerate() {
        if let Some(drawn) = table.column_mut(index) {
            drawn.set_cell_alignment(column.alignment);
            drawn.set_padding((if index == 0 { 0 } else { gap }, 0));
        }
    }
    table.trim_fmt() + "\n"
}
