//! The forms of a document: text, JSON and CSV, one file each. They know tables and figures, and no subject.

mod csv;
mod json;
mod text;
