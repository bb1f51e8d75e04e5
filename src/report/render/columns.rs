//! A document as columns: the table that its CSV has, typed, for data frames.

use chrono::NaiveDate;

use super::super::document::{Document, Part, Value};
use crate::units::Fraction;

/// A column of the table that a report has for programs.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DataColumn {
    /// Its name, with the unit of its figures: that of the header of the CSV.
    pub name: String,
    /// Whether it holds words or dates, also where every cell is missing.
    pub is_words: bool,
    /// A cell a row.
    pub cells: Vec<DataCell>,
}

/// One figure, word or date of a column, before any rounding.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum DataCell {
    /// Not known, or does not apply.
    Missing,
    /// Words.
    Words(String),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Count(i64),
    /// An exact figure.
    Exact(Fraction),
    /// A floating-point figure.
    Float(f64),
}

impl Document<'_> {
    /// The table of the report's CSV as typed columns, each figure before its rounding; none where the report has no such table.
    ///
    /// ```
    /// use fedpath::report::{self, DataCell, Selection};
    /// use fedpath::{Assumptions, Episode, Outlook, Strip, StripOptions};
    /// let strip = Strip::new(&Episode::embedded().after, &StripOptions::default())?;
    /// let outlook = Outlook::price(&strip, &Assumptions::default())?;
    /// let columns = report::probs(&outlook, &Selection::default()).columns();
    /// assert_eq!((columns[0].name.as_str(), columns[4].name.as_str()), ("date", "probability"));
    /// assert_eq!(columns[4].cells[0], DataCell::Exact("7/20".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn columns(&self) -> Vec<DataColumn> {
        let table = self.parts.iter().find_map(|part| match part {
            Part::Table(forms, table) if forms.csv => Some(table),
            _ => None,
        });
        let Some(table) = table else { return Vec::new() };
        let column = |(place, form): (usize, &super::super::document::Form)| {
            let cells: Vec<DataCell> = (0..table.count()).map(|row| cell(table.cell(row, place))).collect();
            let known = cells.iter().find(|cell| **cell != DataCell::Missing);
            let is_words = match known {
                Some(cell) => matches!(cell, DataCell::Words(_) | DataCell::Date(_)),
                None => !form.right,
            };
            DataColumn { name: form.key.to_string(), is_words, cells }
        };
        table.columns(|form| form.in_csv).into_iter().map(column).collect()
    }
}

fn cell(value: Value) -> DataCell {
    match value {
        Value::Missing | Value::Absent | Value::List(_) | Value::Object(_) => DataCell::Missing,
        Value::Words(text) => DataCell::Words(text),
        Value::Date(day) => DataCell::Date(day),
        Value::Flag(flag) => DataCell::Flag(flag),
        Value::Count(count) => DataCell::Count(count),
        Value::Exact(value, _) => DataCell::Exact(value),
        Value::Float(value) => DataCell::Float(value),
        // A price is printed as it was read, so it is a decimal.
        Value::Price(text) => text.parse().map_or(DataCell::Words(text), DataCell::Exact),
    }
}
