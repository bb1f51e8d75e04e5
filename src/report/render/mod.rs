//! The forms of a document: text, JSON and CSV, one file each; and as columns. They know tables and figures, and no subject.

mod columns;
mod csv;
mod json;
mod text;

pub use columns::{DataCell, DataColumn};
