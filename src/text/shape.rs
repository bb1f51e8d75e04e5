//! Whether a text can be a table at all, told from the lengths of its lines before anything else reads them.

use memchr::memchr_iter;

use crate::text::problem::{Position, Problem, ProblemKind};

/// The longest line of a table, and the most blank lines before its first: a longer one is none that anybody reads.
pub(crate) const LONGEST: usize = 1 << 20;

/// Refuses a text that begins with blank lines without end, or that has a line longer than those of any table. JSON and XML may stand
/// in one line.
pub(crate) fn check(bytes: &[u8]) -> Result<(), Problem> {
    if bytes.len() <= LONGEST {
        return Ok(());
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = text.iter().take(LONGEST).find(|byte| !byte.is_ascii_whitespace());
    let Some(first) = first else { return Err(no_table("more than 1 MiB of blank lines", 1)) };
    if b"{[<".contains(first) {
        return Ok(());
    }
    let mut start = 0;
    for (line, end) in memchr_iter(b'\n', bytes).chain(std::iter::once(bytes.len())).enumerate() {
        if end - start > LONGEST {
            return Err(too_long(line + 1));
        }
        start = end + 1;
    }
    Ok(())
}

/// The refusal of a line that is longer than those of any table.
pub(crate) fn too_long(line: usize) -> Problem {
    no_table("one of more than 1 MiB", line)
}

fn no_table(found: &str, line: usize) -> Problem {
    let message = format!("expected the lines of a table, found {found}");
    Problem::new(ProblemKind::Syntax, message).at(Position { line, column: 1 })
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, check};

    fn told(text: &str) -> String {
        check(text.as_bytes()).map_or_else(|problem| problem.to_string(), |()| "ok".to_owned())
    }

    #[test]
    fn a_table_has_lines_that_somebody_reads() {
        let x = "x".repeat(LONGEST);
        assert_eq!(told(&format!("date,contract\n{x}\n")), "ok");
        assert_eq!(
            told(&format!("date,contract\nx{x}\n")),
            "2:1: expected the lines of a table, found one of more than 1 MiB"
        );
        assert_eq!(told(&format!("x{x}")), "1:1: expected the lines of a table, found one of more than 1 MiB");
        assert_eq!(
            told(&"\n".repeat(LONGEST + 1)),
            "1:1: expected the lines of a table, found more than 1 MiB of blank lines"
        );
        assert_eq!(
            told(&format!("{}x", "\n".repeat(LONGEST))),
            "1:1: expected the lines of a table, found more than 1 MiB of blank lines"
        );
        assert_eq!(told(&format!("\u{feff} [{x}]")), "ok");
        assert_eq!(told(""), "ok");
    }
}
