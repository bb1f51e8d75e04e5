//! The readers of all formats, and the doors to them: which format a file is in is told from its content.

mod arranged;
mod barchart;
mod book;
mod by_meeting;
mod cells;
mod databento;
mod datamine;
#[cfg(feature = "formats")]
mod fixml;
#[cfg(feature = "formats")]
mod json;
mod meaning;
#[cfg(feature = "formats")]
mod nested;
mod opening;
mod option_settlements;
mod option_table;
mod pasted;
mod quotes_page;
#[cfg(feature = "formats")]
mod records;
mod refused;
mod settle_csv;
mod stl;
#[cfg(feature = "moments")]
mod ticks;
mod website;

use chrono::NaiveDate;

use super::options::OptionFile;
use super::{QuoteFile, ReadOptions, Snapshot, unpack};
use crate::text::problem::ReadError;
use opening::Opening;

pub(super) use book::Book;
pub(super) use meaning::LongRows;
pub use meaning::{ColumnName, ColumnNameError};
#[cfg(feature = "moments")]
pub(super) use ticks::TickRows;

/// One kind of file: how it is recognised, and how it is read.
struct Reader {
    recognises: fn(&Opening<'_>) -> bool,
    read: fn(&str, &ReadOptions) -> Result<QuoteFile, ReadError>,
}

/// The readers in the order in which a file is offered to them: those that know a file by a signature first, the
/// tables that any person may type last.
const READERS: &[Reader] = &[
    Reader { recognises: stl::recognises, read: stl::read },
    Reader { recognises: settle_csv::recognises, read: settle_csv::read },
    #[cfg(feature = "formats")]
    Reader { recognises: fixml::recognises, read: fixml::read },
    Reader { recognises: by_meeting::recognises, read: by_meeting::read },
    Reader { recognises: refused::recognises, read: refused::read },
    #[cfg(feature = "formats")]
    Reader { recognises: json::recognises, read: json::read },
    Reader { recognises: datamine::recognises, read: datamine::read },
    Reader { recognises: databento::recognises, read: databento::read },
    Reader { recognises: barchart::recognises, read: barchart::read },
    Reader { recognises: quotes_page::recognises, read: quotes_page::read },
    Reader { recognises: pasted::recognises, read: pasted::read },
    Reader { recognises: arranged::recognises, read: arranged::read },
    Reader { recognises: meaning::recognises, read: meaning::read },
];

/// Whether a file that begins so is read as a table that any person may type.
fn is_plain(opening: &Opening<'_>) -> bool {
    let signed = READERS.split_last().map_or(READERS, |(_tables, signed)| signed);
    meaning::names_columns(opening) && !signed.iter().any(|reader| (reader.recognises)(opening))
}

impl QuoteFile {
    /// Reads the text of a quote file in any known [`Format`](crate::files::Format).
    ///
    /// # Errors
    /// Where the text is empty, of no known format, known as something that holds no quotes, without the wanted
    /// product, cut short, or malformed in any line; all problems at once, with line and column.
    pub fn parse(text: &str, options: &ReadOptions) -> Result<Self, ReadError> {
        // Once here, so that no reader meets them: the mark of UTF-8, and the end of a file as DOS wrote it.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_end_matches('\u{1a}');
        let opening = Opening::of(text)?;
        let reader = READERS.iter().find(|reader| (reader.recognises)(&opening)).ok_or_else(|| opening.unknown())?;
        (reader.read)(text, options)
    }
}

impl Snapshot {
    /// Reads the text of a quote file of one day, in any known [`Format`](crate::files::Format).
    ///
    /// # Errors
    /// Where the text is empty, of no known format, without fed funds futures, cut short, malformed in any line (all
    /// problems at once, with line and column), or of several days: choose one with [`Snapshot::parse_as_of`].
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        Self::parse_as_of(text, None)
    }

    /// Reads a quote file that may not state its own date: `as_of` then is its trade date, against which
    /// one-digit contract years are resolved. A date in the file stands before `as_of`; of a file of several days
    /// `as_of` chooses one.
    ///
    /// # Errors
    /// As [`Snapshot::parse`].
    pub fn parse_as_of(text: &str, as_of: Option<NaiveDate>) -> Result<Self, ReadError> {
        let options = ReadOptions { as_of, ..ReadOptions::default() };
        QuoteFile::parse(text, &options)?.snapshot(as_of)
    }

    /// Reads the bytes of a quote file, as [`Snapshot::parse_as_of`] reads its text; packed or not, see [`unpack`].
    ///
    /// # Errors
    /// As [`Snapshot::parse`] and [`unpack`].
    pub fn from_bytes(bytes: &[u8], as_of: Option<NaiveDate>) -> Result<Self, ReadError> {
        Self::parse_as_of(&unpack(bytes)?, as_of)
    }
}

impl OptionFile {
    /// Reads the text of a file with options: an STL settlement report, the exchange's settlement CSV, or a typed table.
    /// `as_of` is the date of a table that states none. A settlement file without options has no chains.
    ///
    /// # Errors
    /// Where the text is empty, of no known format, or malformed in any line; all problems at once, with line and column.
    pub fn parse(text: &str, as_of: Option<NaiveDate>) -> Result<Self, ReadError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_end_matches('\u{1a}');
        let opening = Opening::of(text)?;
        if stl::recognises(&opening) {
            stl::read_options(text)
        } else if settle_csv::recognises(&opening) {
            option_settlements::read_options(text)
        } else {
            option_table::read_options(text, as_of)
        }
    }

    /// Whether a text is read as a typed table, which holds no futures beside its options.
    pub(super) fn is_table(text: &str) -> bool {
        Opening::of(text).is_ok_and(|opening| !stl::recognises(&opening) && !settle_csv::recognises(&opening))
    }
}
