//! [`Chunks`]: the lines of a text that is read piece by piece.

use std::io::{self, Read};

use memchr::{memchr, memrchr};

use crate::text::problem::{Position, Problem, ProblemKind};
use crate::text::shape;

/// How much is read at a time.
const CHUNK: usize = 64 << 10;

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
        let mut behind = std::mem::take(&mut self.text).into_bytes();
        let whole = loop {
            if self.ended {
                break self.tail.len();
            }
            let seen = self.tail.len();
            let size = self.size as u64;
            let read = self.source.by_ref().take(size).read_to_end(&mut self.tail);
            self.ended = read.map_err(|error| cannot_be_read(&error))? < self.size;
            // No line ends before what was read now.
            if memchr(b'\n', &self.tail[seen..]).map_or(self.tail.len(), |end| seen + end) > shape::LONGEST {
                return Err(shape::too_long(line));
            }
            if let Some(end) = memrchr(b'\n', &self.tail[seen..]).filter(|_| !self.ended) {
                break seen + end + 1;
            }
        };
        // The two buffers change places: nothing is copied but the start of a line.
        behind.clear();
        behind.extend_from_slice(&self.tail[whole..]);
        let mut lines = std::mem::replace(&mut self.tail, behind);
        lines.truncate(whole);
        if self.offset == 0 && lines.starts_with(b"\xef\xbb\xbf") {
            lines.drain(..3);
            self.offset = 3;
        }
        while self.ended && lines.last() == Some(&b'\x1a') {
            lines.pop();
        }
        let not_text = |lines: &[u8], odd: usize| {
            let place = Position::behind(&lines[..odd], line);
            Problem::new(ProblemKind::NotText, "expected text, found other bytes").at(place)
        };
        if let Some(zero) = memchr(0, &lines) {
            return Err(not_text(&lines, zero));
        }
        let text = String::from_utf8(lines);
        self.text = text.map_err(|error| not_text(error.as_bytes(), error.utf8_error().valid_up_to()))?;
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
        let long = "x".repeat(1 << 20);
        assert!(Chunks::new(format!("{long}\n").as_bytes()).advance(7).unwrap());
        for longer in [format!("{long}x\ny"), format!("{long}x")] {
            assert_eq!(error(longer.as_bytes()), "7:1: expected the lines of a table, found one of more than 1 MiB");
        }
    }
}
