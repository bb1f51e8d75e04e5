//! Sentences and dates, as people read them.

use chrono::{Datelike, NaiveDate};

/// What the mark of a provisional meeting means.
pub(super) const PROVISIONAL: &str =
    "* provisional: the rate after the meeting rests on where the chain, the quotes or the calendar end";

/// A meeting by its announcement, marked where it is provisional.
pub(super) fn meeting(announcement: NaiveDate, provisional: bool) -> String {
    format!("{announcement}{}", if provisional { "*" } else { "" })
}

/// A paragraph in lines of at most 80 characters: the first begins as the text does, those after it are set in by so many
/// blanks. A word that is longer has a line of its own, and no line begins with a percent sign.
pub(super) fn paragraph(text: &str, indent: usize) -> String {
    const WIDTH: usize = 80;
    const TIED: char = '\u{a0}';
    let tied = text.trim_start().replace(" %", &format!("{TIED}%"));
    let mut length = text.len() - text.trim_start().len();
    let mut lines = " ".repeat(length);
    let mut begun = false;
    for word in tied.split(' ') {
        let width = word.chars().count();
        if begun && length + 1 + width > WIDTH {
            lines.push('\n');
            lines.push_str(&" ".repeat(indent));
            length = indent;
        } else if begun {
            lines.push(' ');
            length += 1;
        }
        begun = true;
        lines += word;
        length += width;
    }
    lines.replace(TIED, " ") + "\n"
}

/// "10 Dec 2025".
pub(super) fn day(date: NaiveDate) -> String {
    format!("{} {}", date.day(), date.format("%b %Y"))
}
