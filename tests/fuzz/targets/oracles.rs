//! The promises that hold of any input.

use fedpath::report::{Document, Numbers};
use fedpath::{Position, ReadError};
use quick_xml::Reader;
use quick_xml::events::Event;

/// Every problem lies inside its text, and its sentence is printable once it is escaped.
pub(super) fn problems_are_placed(text: &str, error: &ReadError) {
    assert!(!error.problems().is_empty());
    for problem in error.problems() {
        assert!(!problem.message().is_empty());
        if let Some(position) = problem.position() {
            is_inside(text, position, problem.message());
        }
    }
}

/// A place is on a line of the text, and at most one column behind its last character. Lines of an old Mac end with a carriage
/// return.
pub(super) fn is_inside(text: &str, position: Position, what: &str) {
    let is_column_of = |line: &str| (1..=line.chars().count() + 1).contains(&position.column);
    let is_in = |text: &str| {
        let line = position.line.checked_sub(1).and_then(|line| text.split('\n').nth(line));
        line.is_some_and(is_column_of)
    };
    assert!(is_in(text) || is_in(&text.replace("\r\n", "\n").replace('\r', "\n")), "{position} in {text:?}: {what}");
}

/// A document in every form: nothing steers a terminal, CSV and JSON are read back.
pub(super) fn document_is_sound(document: &Document<'_>) {
    let written = |write: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
        let mut bytes = Vec::new();
        write(&mut bytes).expect("a vector takes all");
        String::from_utf8(bytes).expect("a document is text")
    };
    steers_nothing(&written(&|out| document.text(out)));
    let csv = written(&|out| document.csv(out));
    steers_nothing(&csv);
    let mut rows = csv::ReaderBuilder::new().has_headers(false).comment(Some(b'#')).from_reader(csv.as_bytes());
    for row in rows.records() {
        row.expect("every row has the cells of the first");
    }
    for numbers in [Numbers::Strings, Numbers::Floats] {
        let json = written(&|out| document.json(numbers, out));
        assert!(!json.chars().any(|c| c.is_control() && c != '\n'));
        serde_json::from_str::<serde_json::Value>(&json).expect("JSON");
    }
}

/// No control character but the ends of lines, and no mark that nobody sees.
pub(super) fn steers_nothing(text: &str) {
    let is_raw = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || matches!(c, '\u{e0000}'..='\u{e007f}')
    };
    if let Some(raw) = text.chars().find(|c| is_raw(*c)) {
        panic!("{raw:?} in {text:?}");
    }
}

/// Every element that begins ends, in the right order; those of HTML without an end aside.
pub(super) fn is_well_formed(markup: &str) {
    // The styles and the script of a page are no markup.
    let mut text = markup.to_owned();
    for name in ["style", "script"] {
        if let Some((before, rest)) = text.split_once(&format!("<{name}>")) {
            let (_, after) = rest.split_once(&format!("</{name}>")).expect("an end");
            text = format!("{before}{after}");
        }
    }
    let mut reader = Reader::from_str(&text);
    (reader.config_mut().check_end_names, reader.config_mut().allow_unmatched_ends) = (false, false);
    let mut open = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) if ["meta", "br"].contains(&tag.name().as_ref()) => {}
            Event::Start(tag) => open.push(tag.name().as_ref().to_owned()),
            Event::End(tag) => assert_eq!(open.pop().as_deref(), Some(tag.name().as_ref())),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
}
