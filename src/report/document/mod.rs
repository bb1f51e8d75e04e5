//! [`Document`]: a report as data, one file a report. It has sentences, figures under names, and tables whose columns are
//! said once; the renderers know these forms and no subject.

mod basis;
mod bounds;
mod calibration;
mod check;
mod columns;
mod compare;
mod curve;
mod equity;
#[cfg(feature = "event-study")]
mod event_study;
mod history;
mod joint;
#[cfg(feature = "bounds")]
mod markets;
mod meetings;
mod path;
mod probs;
mod published;
#[cfg(feature = "bounds")]
mod quote_bounds;
mod quotes;
mod reprice;
mod series;
mod settlement;
mod slopes;
mod solve;
mod summary;
mod surprise;
mod table;
mod two_snapshots;
mod value;

pub use bounds::bounds;
pub use calibration::{calibration, calibration_line};
pub use check::check;
pub use compare::compare;
pub use curve::{curve, curve_change};
pub use equity::equity;
#[cfg(feature = "event-study")]
pub use event_study::{respond, validate};
pub use history::{Odds, delta_line, deltas, history, history_end, history_line, history_wide};
#[cfg(feature = "bounds")]
pub use markets::markets;
pub use meetings::meetings;
pub use path::path;
pub use probs::{moves_alone, probs};
pub use published::{published, verdict};
#[cfg(feature = "bounds")]
pub use quote_bounds::quote_bounds;
pub use quotes::quotes;
pub use reprice::reprice;
pub use series::{Series, series, series_line};
pub use settlement::settlement;
pub use slopes::jacobian;
pub use solve::{fair_prices, other_prices, wanted_prices};
pub use summary::{Earlier, summary};
pub use surprise::{surprise, surprise_line, surprises};
#[cfg(feature = "moments")]
pub use surprise::{surprise_at_moment_line, surprises_at_moments};
pub use value::Numbers;

pub(super) use basis::rule;
pub(super) use table::{Column, Form, Table, data, number, words};
pub(super) use value::{Json, Key, Shown, Value, list, object};

/// A report: print it as text for people, as JSON for programs, as CSV for spreadsheets.
///
/// JSON has every figure, exact ones with 12 places, floating-point ones with 6; CSV has the one table that a spreadsheet
/// wants; text has the sentences and the figures rounded for a reader.
///
/// ```
/// use fedpath::report::{self, Selection};
/// use fedpath::{Assumptions, Episode, Outlook, Strip, StripOptions};
/// let strip = Strip::new(&Episode::embedded().after, &StripOptions::default())?;
/// let outlook = Outlook::price(&strip, &Assumptions::default())?;
/// let mut csv = Vec::new();
/// report::probs(&outlook, &Selection::default()).csv(&mut csv)?;
/// assert!(String::from_utf8(csv)?.starts_with("date,meeting,lower_bp,upper_bp,probability\n2025-11-21,2025-12-10,350,375,0.35"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Default)]
pub struct Document<'a> {
    pub(super) parts: Vec<Part<'a>>,
    /// JSON on one line: one of many documents.
    pub(super) on_a_line: bool,
}

/// A part of a document, in the forms that have it.
pub(super) enum Part<'a> {
    /// Lines of text, apart from what stands before.
    Text(String),
    /// Lines of text right below what stands before.
    More(String),
    /// A member of the JSON document.
    Member(Key, Value),
    /// A table of some forms.
    Table(Forms, Table<'a>),
}

/// The forms that have a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Forms {
    pub(super) text: bool,
    pub(super) json: bool,
    pub(super) csv: bool,
}

impl std::fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document").field("parts", &self.parts.len()).finish_non_exhaustive()
    }
}

impl<'a> Document<'a> {
    /// A document whose JSON has this schema.
    pub(super) fn new(schema: &'static str) -> Self {
        Self::default().member("schema", schema)
    }

    pub(super) fn text_block(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part::Text(text.into()));
        self
    }

    pub(super) fn more_text(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part::More(text.into()));
        self
    }

    pub(super) fn member(mut self, key: impl Into<Key>, value: impl Into<Value>) -> Self {
        self.parts.push(Part::Member(key.into(), value.into()));
        self
    }

    /// A member that is left out where there is none.
    pub(super) fn optional(self, key: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.member(key, value),
            None => self,
        }
    }

    /// A figure with its reduced fraction beside it.
    pub(super) fn exact(self, key: &'static str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let fraction = value.fraction();
        self.member(key, value).member(format!("{key}_exact"), fraction)
    }

    fn table_of(mut self, (text, json, csv): (bool, bool, bool), table: Table<'a>) -> Self {
        self.parts.push(Part::Table(Forms { text, json, csv }, table));
        self
    }

    /// The table that every form has.
    pub(super) fn table(self, table: Table<'a>) -> Self {
        self.table_of((true, true, true), table)
    }

    /// A table of text and JSON.
    pub(super) fn side_table(self, table: Table<'a>) -> Self {
        self.table_of((true, true, false), table)
    }

    /// A table of JSON and CSV.
    pub(super) fn data_table(self, table: Table<'a>) -> Self {
        self.table_of((false, true, true), table)
    }

    /// A table for people alone.
    pub(super) fn text_table(self, table: Table<'a>) -> Self {
        self.table_of((true, false, false), table)
    }

    /// A table of JSON alone.
    pub(super) fn json_table(self, table: Table<'a>) -> Self {
        self.table_of((false, true, false), table)
    }

    /// A table of CSV alone.
    pub(super) fn csv_table(self, table: Table<'a>) -> Self {
        self.table_of((false, false, true), table)
    }

    /// Every part of another document, behind these.
    pub(super) fn with(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self
    }

    /// Changes the document where there is something.
    pub(super) fn when<T>(self, some: Option<T>, add: impl FnOnce(Self, T) -> Self) -> Self {
        match some {
            Some(value) => add(self, value),
            None => self,
        }
    }

    /// What each item adds, in their order.
    pub(super) fn each<T>(self, items: impl IntoIterator<Item = T>, add: impl Fn(Self, T) -> Self) -> Self {
        items.into_iter().fold(self, add)
    }
}
