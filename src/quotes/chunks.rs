//! [`Chunks`]: the lines of a text that is read piece by piece.

use std::io::{self, Read};

use memchr::{memchr, memrchr};

use crate::text::problem::{Position, Problem, ProblemKind};

/// How much is read at a time.
const CHUNK: usize = 64 << 10;

/// The longest line: a longer one is no row of a table.
const LONGEST_LINE: usize = 16 << 20;

/// Whole lines of a text, as many as were read at a time.
pub(super) struct Chunks<R> {
    source: R,
    size: usize,
    /// The lines that were read last.
    text: String,
    /// Where they begin in the source, in bytes.
    offset: u64,
    /// What was read of the line behind them.
    tail: Vec<u8>,
    ended: bool,
}

impl<R: Read> Chunks<R> {
    pub(super) fn new(source: R) -> Self {
        Self::sized(source, CHUNK)
    }

    /// Chunks of another size.
    pub(super) fn sized(source: R, size: usize) -> Self {
        Self { source, size, text: String::new(), offset: 0, tail: Vec::new(), ended: false }
    }

    /// The lines that were read last: the mark of UTF-8 before the first, and the end of a file as DOS wrote it, stay away.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where those lines begin in the source, in bytes.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Reads the next lines in place of those before; whether there were any. `line` is the number of the first.
    pub(super) fn advance(&mut self, line: usize) -> Result<bool, Problem> {
        self.offset += self.text.len() as u64;
        self.text.clear();
        let refused = |kind, message: &str| Problem::new(kind, message).at(Position { line, column: 1 });
        let whole = loop {
            if self.ended {
                break self.tail.len();
            }
            let seen = self.tail.len();
            let size = self.size as u64;
            let read = self.source.by_ref().take(size).read_to_end(&mut self.tail);
            self.ended = read.map_err(|error| cannot_be_read(&error))? < self.size;
            if let Some(end) = memrchr(b'\n', &self.tail[seen..]).filter(|_| !self.ended) {
                break seen + end + 1;
            }
            if self.tail.len() > LONGEST_LINE && !self.ended {
                return Err(refused(ProblemKind::Syntax, "expected lines of a table, found one of more than 16 MiB"));
            }
        };
        let mut lines = &self.tail[..whole];
        if self.offset == 0 && lines.starts_with(b"\xef\xbb\xbf") {
            lines = &lines[3..];
            self.offset = 3;
        }
        while let Some(before) = lines.strip_suffix(b"\x1a").filter(|_| self.ended) {
            lines = before;
        }
        let text = match memchr(0, lines) {
            Some(zero) => Err(zero),
            None => std::str::from_utf8(lines).map_err(|error| error.valid_up_to()),
        };
        self.text.push_str(text.map_err(|odd| {
            let place = Position::behind(&lines[..odd], line);
            Problem::new(ProblemKind::NotText, "expected text, found other bytes").at(place)
        })?);
        self.tail.drain(..whole);
        Ok(!self.text.is_empty())
    }
}

pub(super) fn cannot_be_read(error: &io::Error) -> Problem {
    Problem::new(ProblemKind::NotRead, format!("expected quotes, but they cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::Chunks;

    const TEXT: &str = "\u{feff}date,contract,settle\r\n2025-11-20,ZQZ5,96.19\n\nGröße,,\n2025-11-21,ZQZ5,96.18\u{1a}";

    /// The text in chunks of so many bytes, each with its place.
    fn chunks(text: &str, size: usize) -> Vec<(u64, String)> {
        let mut chunks = Chunks::sized(text.as_bytes(), size);
        let mut read = Vec::new();
        while chunks.advance(1).unwrap() {
            read.push((chunks.offset(), chunks.text().to_owned()));
        }
        read
    }

    #[test]
    fn a_text_is_the_same_wherever_it_is_cut() {
        for size in 1..=TEXT.len() + 1 {
            let read = chunks(TEXT, size);
            let whole: String = read.iter().map(|(_, text)| text.as_str()).collect();
            assert_eq!(whole, TEXT.trim_start_matches('\u{feff}').trim_end_matches('\u{1a}'), "{size}");
            for (offset, text) in read {
                let start = usize::try_from(offset).unwrap();
                assert!(TEXT[start..].starts_with(&text), "{size}: {offset}");
                assert!(text.ends_with('\n') || start + text.len() + 1 == TEXT.len(), "{size}: {text:?}");
            }
        }
    }

    #[test]
    fn what_is_no_text_is_refused_at_its_line() {
        let error = |bytes: &[u8]| Chunks::new(bytes).advance(7).unwrap_err().to_string();
        assert_eq!(error(b"a\n\xff\n"), "8:1: expected text, found other bytes");
        assert_eq!(error(b"a\0\n"), "7:2: expected text, found other bytes");
        let endless = "x".repeat((16 << 20) + (128 << 10));
        assert_eq!(error(endless.as_bytes()), "7:1: expected lines of a table, found one of more than 16 MiB");
    }
}
