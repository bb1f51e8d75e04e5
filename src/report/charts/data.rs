//! The figures behind a chart, as a table: each as it is read, and as the JSON documents carry it.

use super::super::number::exact;
use crate::units::Fraction;

/// A column of the table: its heading, and whether its cells are numbers.
#[derive(Debug, Clone)]
pub(in super::super) struct Column {
    pub(in super::super) heading: String,
    pub(in super::super) is_number: bool,
}

/// A column of text.
pub(super) fn text(heading: &str) -> Column {
    Column { heading: heading.to_owned(), is_number: false }
}

/// A column of numbers, the unit in its heading.
pub(super) fn number(heading: impl Into<String>) -> Column {
    Column { heading: heading.into(), is_number: true }
}

/// The longest fraction that a reader is shown.
const READABLE: usize = 48;

/// A cell: what is read, the figure to all places where there is one, and as a fraction where it is exact.
#[derive(Debug, Clone)]
pub(in super::super) struct Cell {
    pub(in super::super) shown: String,
    pub(in super::super) figure: Option<String>,
    pub(in super::super) fraction: Option<String>,
}

impl Cell {
    pub(super) fn text(words: impl Into<String>) -> Self {
        Self { shown: words.into(), figure: None, fraction: None }
    }

    pub(super) fn figure(shown: String, figure: String) -> Self {
        Self { shown, figure: Some(figure), fraction: None }
    }

    /// An exact figure: its fraction too, where it is none of thousands of digits.
    pub(super) fn exact(shown: String, figure: &Fraction) -> Self {
        let fraction = (!figure.is_integer()).then(|| figure.to_string()).filter(|fraction| fraction.len() <= READABLE);
        Self { fraction, ..Self::figure(shown, exact(figure)) }
    }

    /// A figure that there is not.
    pub(super) fn missing() -> Self {
        Self::text("-")
    }
}

/// A table of figures; the first cell of a row names it.
#[derive(Debug, Clone)]
pub(in super::super) struct Table {
    pub(in super::super) columns: Vec<Column>,
    pub(in super::super) rows: Vec<Vec<Cell>>,
}
