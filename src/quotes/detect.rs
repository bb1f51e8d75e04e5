//! Which format a file is in, told from its content and never from its name.

use std::fmt;

use crate::problem::{Position, Problem, ProblemKind};
use crate::quotes::stl;
use crate::table::Table;

/// The formats of quote files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// CME STL settlement report, 110 columns (2009 to about 2017).
    StlV1,
    /// CME STL settlement report, 138 columns.
    StlV2,
    /// The table a person types: `contract,price`.
    Plain,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::StlV1 => "CME STL settlement report, v1",
            Self::StlV2 => "CME STL settlement report, v2",
            Self::Plain => "plain contract,price table",
        })
    }
}

const READ_FORMATS: &str =
    "a CME STL settlement report ('... PRICES AS OF mm/dd/yy') or a table with the header 'contract,price'";

/// The text of a file.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Problem> {
    let not_text = |what: &str| Problem::new(ProblemKind::NotText, format!("expected text, found {what}"));
    match bytes {
        [0x1f, 0x8b, ..] => return Err(not_text("a gzip archive (unpack it first: gunzip FILE)")),
        [b'P', b'K', 3, 4, ..] => {
            return Err(not_text("a zip archive or a spreadsheet (unpack it, or save it as CSV)"));
        }
        [b'%', b'P', b'D', b'F', ..] => return Err(not_text("a PDF document")),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Err(not_text("UTF-16 (save it as UTF-8)")),
        _ if bytes.contains(&0) => return Err(not_text("binary data")),
        _ => {}
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = &bytes[..error.valid_up_to()];
        let before = String::from_utf8_lossy(valid);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        not_text("a byte that is not UTF-8 (save the file as UTF-8)").at(Position { line, column })
    })
}

/// The format of a text.
pub(super) fn format(text: &str) -> Result<Format, Problem> {
    let Some((index, first)) = text.lines().enumerate().find(|(_, line)| !blank(line)) else {
        return Err(Problem::new(ProblemKind::Empty, "the file is empty"));
    };
    if stl::is_report(first) {
        return stl::version(text);
    }
    let unknown = |what: String| {
        let message = format!("expected {READ_FORMATS}, found {what}");
        Problem::new(ProblemKind::UnknownFormat, message).at(Position { line: index + 1, column: 1 })
    };
    let start = first.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('<') {
        return Err(unknown("a markup page (HTML or XML): was an error page saved instead of the file?".to_owned()));
    }
    if start.starts_with(['{', '[']) {
        return Err(unknown("JSON".to_owned()));
    }
    match Table::parse(text) {
        Ok(table) if table.column("contract").is_some() => Ok(Format::Plain),
        Ok(table) => {
            let header: Vec<&str> = table.columns().iter().map(|cell| cell.text).collect();
            Err(unknown(format!("'{}'", crate::text::escaped(&header.join(",")))))
        }
        // A typed table with a bad line is still a typed table: its reader says which line.
        Err(_) if text.lines().any(is_plain_header) => Ok(Format::Plain),
        Err(_) => Err(unknown(format!("'{}'", crate::text::escaped(start)))),
    }
}

fn blank(line: &str) -> bool {
    line.trim_start_matches('\u{feff}').trim().is_empty()
}

fn is_plain_header(line: &str) -> bool {
    let first = line.trim_start_matches('\u{feff}').split(',').next().unwrap_or_default();
    first.trim().trim_matches('"').eq_ignore_ascii_case("contract")
}
