//! Text of unknown origin, made safe to print inside a message.

pub(crate) mod cell;
pub(crate) mod day;
#[cfg(feature = "formats")]
pub(crate) mod json;
#[cfg(feature = "moments")]
pub(crate) mod moment;
#[cfg(feature = "formats")]
pub(crate) mod places;
pub(crate) mod problem;
pub(crate) mod shape;
pub(crate) mod table;
pub(crate) mod tally;

/// The first 40 characters of a text found in an input, as [`printable`].
pub(crate) fn escaped(text: &str) -> String {
    escaped_to(text, 40)
}

/// The first `most` characters of a text found in an input, as [`printable`].
pub(crate) fn escaped_to(text: &str, most: usize) -> String {
    let start: String = text.chars().take(most).collect();
    let more = if text.chars().nth(most).is_some() { "…" } else { "" };
    printable(&start) + more
}

/// The text with control and reordering characters escaped, so that it stays on its line and cannot steer a terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars().flat_map(char_escaped).collect()
}

fn char_escaped(c: char) -> impl Iterator<Item = char> {
    let (plain, code) = if is_plain(c) { (Some(c), None) } else { (None, Some(c.escape_default())) };
    plain.into_iter().chain(code.into_iter().flatten())
}

/// Whether a character shows itself and nothing else. Marks that reorder what follows them, that break a line or that nobody
/// sees mislead a reader as a control character misleads a terminal; and XML has no place for the last two of the plane.
fn is_plain(c: char) -> bool {
    let reorders = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks = matches!(c, '\u{2028}' | '\u{2029}');
    let unseen =
        matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}');
    !(c.is_control() || reorders || breaks || unseen)
}

/// Text of several lines with everything but its own line ends as [`printable`].
#[cfg(feature = "report")]
pub(crate) fn printable_lines(text: &str) -> String {
    let plain = |c: char| c == '\n' || is_plain(c);
    if text.chars().all(plain) {
        return text.to_owned();
    }
    text.split('\n').map(printable).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{escaped, printable};

    #[test]
    fn what_nobody_sees_is_told() {
        for c in ['\u{61c}', '\u{2028}', '\u{2029}', '\u{200b}', '\u{202e}', '\u{e0041}', '\n', '\u{9b}', '\u{ffff}'] {
            assert_eq!(printable(&format!("a{c}b")), format!("a{}b", c.escape_default()));
        }
        assert_eq!(printable("日本 é \u{a0}%"), "日本 é \u{a0}%");
    }

    #[test]
    fn control_characters_and_long_texts_are_tamed() {
        assert_eq!(escaped("a\tb\u{1b}[31m"), "a\\tb\\u{1b}[31m");
        assert_eq!(escaped(&"x".repeat(50)), format!("{}…", "x".repeat(40)));
        assert_eq!(escaped("Größe"), "Größe");
    }
}
