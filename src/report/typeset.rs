//! Typography of pages and drawings: what the other reports write in ASCII, set as print sets it.

use crate::text::printable;

/// A text with minus signs, dashes and arrows in place of their ASCII stand-ins, no blank before a percent sign, and
/// control characters escaped. Hyphens in words, dates, months and names of contracts stay.
///
/// Names that a user gave, such as those of files, are not passed through here: they are shown as they are.
pub(super) fn typeset(text: &str) -> String {
    let text = printable(text);
    if text == "-" {
        return "–".to_owned();
    }
    let chars: Vec<char> = text.replace(" - ", " – ").replace("(-)", "(–)").replace("->", "→").chars().collect();
    let mut set = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| chars[before]);
        let after = chars.get(at + 1).copied();
        match c {
            '-' if is_sign(before, after) => set.push('−'),
            '-' if joins_decimals(&chars, at) => set.push('–'),
            ' ' if after == Some('%') && before.is_some_and(|before| before.is_ascii_digit()) => {}
            c => set.push(*c),
        }
    }
    set
}

/// A hyphen before a figure, and behind nothing that it could join.
fn is_sign(before: Option<char>, after: Option<char>) -> bool {
    after.is_some_and(|after| after.is_ascii_digit())
        && before.is_none_or(|before| before.is_whitespace() || matches!(before, '(' | '-' | '–' | '→'))
}

/// A hyphen between two decimals such as the bounds of a range, 3.75-4.00: no date or month has points.
fn joins_decimals(chars: &[char], at: usize) -> bool {
    let is_part = |c: &&char| c.is_ascii_digit() || **c == '.';
    let rest = chars[at + 1..].strip_prefix(&['-']).unwrap_or(&chars[at + 1..]);
    let left = chars[..at].iter().rev().take_while(is_part).any(|c| *c == '.');
    let right = rest.iter().take_while(is_part).any(|c| *c == '.');
    let touches = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    left && right && touches(chars[..at].last()) && touches(rest.first())
}

#[cfg(test)]
mod tests {
    use super::typeset;

    #[test]
    fn figures_are_set_as_print_sets_them() {
        for (ascii, set) in [
            ("3.75-4.00 %", "3.75–4.00%"),
            ("-0.25-0.00 %", "−0.25–0.00%"),
            ("-0.50--0.25", "−0.50–−0.25"),
            ("65 % -> 35 %", "65% → 35%"),
            ("-1.51 to -0.70 (-7.5 bp)", "−1.51 to −0.70 (−7.5 bp)"),
            ("Ease, %", "Ease, %"),
            ("-", "–"),
            ("a price - not a bound", "a price – not a bound"),
        ] {
            assert_eq!(typeset(ascii), set);
        }
    }

    #[test]
    fn hyphens_of_words_dates_and_options_stay() {
        for text in
            ["2025-12-10", "2025-11", "eh-decaying", "--target 4.00", "one-off", "ZQ-2025-12", "Bernanke-Kuttner"]
        {
            assert_eq!(typeset(text), text);
        }
    }

    #[test]
    fn nothing_steers_what_shows_it() {
        assert_eq!(typeset("a\u{1b}[31m\u{202e}\u{0}b"), "a\\u{1b}[31m\\u{202e}\\u{0}b");
    }
}
