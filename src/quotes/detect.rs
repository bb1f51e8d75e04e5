//! Which format a file is in, told from its content and never from its name.

use crate::problem::{Position, Problem, ProblemKind};

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

/// What a file begins with: enough to tell its format.
pub(super) struct Opening<'a> {
    /// The first line that is neither blank nor a `#` comment; of a file of comments the first line.
    pub(super) line: &'a str,
    number: usize,
}

impl<'a> Opening<'a> {
    /// The opening of a text, or that it has none.
    pub(super) fn of(text: &'a str) -> Result<Self, Problem> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = || text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let content = lines().find(|(_, line)| !line.trim_start().starts_with('#'));
        match content.or_else(|| lines().next()) {
            Some((index, line)) => Ok(Self { line, number: index + 1 }),
            None => Err(Problem::new(ProblemKind::Empty, "the file is empty")),
        }
    }

    /// What to say where no format recognises it.
    pub(super) fn unknown(&self) -> Problem {
        let start = self.line.trim_start();
        let found = match start.chars().next() {
            Some('<') => "a markup page (HTML or XML): was an error page saved instead of the file?".to_owned(),
            Some('{' | '[') => "JSON".to_owned(),
            _ => format!("'{}'", crate::text::escaped(start)),
        };
        let message = format!("expected {READ_FORMATS}, found {found}");
        Problem::new(ProblemKind::UnknownFormat, message).at(Position { line: self.number, column: 1 })
    }
}
