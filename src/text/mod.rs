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
    // Marks that reorder what follows them mislead a reader as a control character misleads a terminal.
    let reorders = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let (plain, code) = if c.is_control() || reorders { (None, Some(c.escape_default())) } else { (Some(c), None) };
    plain.into_iter().chain(code.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn control_characters_and_long_texts_are_tamed() {
        assert_eq!(escaped("a\tb\u{1b}[31m"), "a\\tb\\u{1b}[31m");
        assert_eq!(escaped(&"x".repeat(50)), format!("{}…", "x".repeat(40)));
        assert_eq!(escaped("Größe"), "Größe");
    }
}
