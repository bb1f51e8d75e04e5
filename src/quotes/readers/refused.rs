//! Files that are known and hold no quotes that can be read: each is refused by its name, with the next step.

use super::opening::Opening;
use crate::market::fixings::Fixings;
use crate::quotes::{QuoteFile, ReadOptions};
use crate::text::cell::day;
use crate::text::problem::{Problem, ProblemKind, ReadError};

/// One kind of file: how it is recognised, and what it is.
struct Kind {
    recognises: fn(&Opening<'_>) -> bool,
    what: &'static str,
}

const KINDS: [Kind; 16] = [
    Kind {
        recognises: is_web_page,
        what: "a saved web page (HTML): save the file itself, or copy the settlements table and paste it as text",
    },
    Kind {
        recognises: |opening| opening.columns().first().is_some_and(|first| first == "date") && is_fedwatch(opening),
        what: "a FedWatch download of one meeting: these are probabilities, not quotes: price the \
            settlements of the same days, and compare",
    },
    Kind {
        recognises: |opening| opening.line.contains("History for ") && opening.line.contains("Fed meeting"),
        what: "a FedWatch download of all meetings: these are probabilities, not quotes: price the \
            settlements of the same days, and compare",
    },
    Kind {
        recognises: |opening| opening.begins_with(&["product symbol", "contract month", "contract year"]),
        what: "the NYMEX and COMEX settlement CSV, in which no fed funds futures are: use the report or CSV of CBOT",
    },
    Kind {
        recognises: |opening| opening.begins_with(&["trade date", "exchange code", "product code"]),
        what: "DataMine's volume and open interest: it has no prices; use its End of Day product",
    },
    Kind {
        recognises: is_top_of_book,
        what: "DataMine's top of book (BBO): quotes of every moment without a settlement; use its End of Day product",
    },
    Kind {
        recognises: is_time_and_sales,
        what: "DataMine's time and sales: trades of every moment without a settlement; use its End of Day product",
    },
    Kind {
        recognises: is_settle_deck,
        what: "the flat settlement file (cbt.settle.s.txt): its prices have no decimal point and need a table of \
            locations per product; use the CSV or XML of the same day",
    },
    Kind {
        recognises: is_bulletin,
        what: "text of CME's daily bulletin: columns and signs are lost in it; use a settlement file",
    },
    Kind {
        recognises: |opening| opening.begins_with(&["mnemonic"]) || opening.begins_with(&["code", "ff"]),
        what: "a Datastream table of continuous series: they run from contract to contract and have no contract month",
    },
    Kind {
        recognises: |opening| Fixings::recognises(opening.text),
        what: "realised rates (New York Fed or FRED): fixings of days that are over, not quotes",
    },
    Kind {
        recognises: |opening| opening.begins_with(&["observation_date"]),
        what: "a FRED series: figures of days that are over, not quotes",
    },
    Kind {
        recognises: |opening| {
            let start = opening.line.trim_start().to_ascii_lowercase();
            ["access denied", "403 forbidden", "forbidden"].iter().any(|refusal| start.starts_with(refusal))
        },
        what: "a web server's refusal: it was saved in place of the file",
    },
    Kind {
        recognises: |opening| opening.first_char() == Some('<') && !is_bracketed(opening),
        what: if cfg!(feature = "formats") {
            "XML that is no FIXML of settlements: use cbt.settle.YYYYMMDD.s.xml, or the CSV of the same day"
        } else {
            "XML, which this build (without feature formats) does not read: use the CSV of the same day"
        },
    },
    Kind {
        recognises: |opening| {
            opening.text.lines().take(3).any(|line| line.starts_with("MTH/") || line.starts_with("STRIKE     OPEN"))
        },
        what: REPORT_WITHOUT_HEAD,
    },
    Kind { recognises: is_report_section, what: REPORT_WITHOUT_HEAD },
];

const REPORT_WITHOUT_HEAD: &str = "a part of a settlement report without the report's first three lines: the first says \
    what day it is of ('... PRICES AS OF mm/dd/yy ...'); keep them above the section";

fn kind(opening: &Opening<'_>) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| (kind.recognises)(opening))
}

/// Whether the file is one of these kinds.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    kind(opening).is_some()
}

/// Says what the file is.
pub(super) fn read(text: &str, _: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let opening = Opening::of(text)?;
    let what = kind(&opening).map_or("nothing of the kind", |kind| kind.what);
    let message = format!("expected futures quotes, found {what}");
    Err(Problem::new(ProblemKind::NoQuotes, message).at(opening.position()).into())
}

fn is_web_page(opening: &Opening<'_>) -> bool {
    let start: String = opening.line.trim_start().chars().take(15).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<head")
}

/// `<DATE>` tab `<OPEN>` tab `<HIGH>`: names of columns as `MetaTrader` writes them, and no XML.
fn is_bracketed(opening: &Opening<'_>) -> bool {
    let columns = opening.columns();
    columns.len() > 2 && columns.iter().all(|name| name.starts_with('<') && name.ends_with('>') && !name.contains(' '))
}

/// `(0-25)`: a range of basis points.
fn is_fedwatch(opening: &Opening<'_>) -> bool {
    let range = |cell: &String| {
        let bounds =
            cell.strip_prefix('(').and_then(|cell| cell.strip_suffix(')')).and_then(|cell| cell.split_once('-'));
        bounds.is_some_and(|(lower, upper)| lower.parse::<u32>().is_ok() && upper.parse::<u32>().is_ok())
    };
    opening.columns().get(1).is_some_and(range)
}

/// A page of the bulletin by its heading; a table that only mentions it is none.
fn is_bulletin(opening: &Opening<'_>) -> bool {
    let lines: Vec<String> = opening.text.lines().take(60).map(str::to_ascii_uppercase).collect();
    let any = |words: &str| lines.iter().any(|line| line.contains(words));
    let is_table =
        opening.columns().len() > 3 || super::meaning::names_columns(opening) || super::pasted::recognises(opening);
    any("BULLETIN #") || any("DAILY INFORMATION BULLETIN") || any("BULLETIN") && !is_table
}

/// `FF 30 DAY FED FUNDS FUTURES`, and rows of columns below.
fn is_report_section(opening: &Opening<'_>) -> bool {
    let line = opening.line.to_ascii_uppercase();
    let of_product = (line.contains("FUTURE") || line.contains("OPTION") || line.contains("FED FUND"))
        && line.split(' ').next().is_some_and(|code| code.len() <= 6);
    let columns =
        |line: &str| line.len() >= 70 && line.split("   ").filter(|part| !part.trim().is_empty()).count() >= 5;
    of_product && !super::pasted::recognises(opening) && opening.text.lines().skip(1).take(3).any(columns)
}

/// `20240112170000...`: date and time glued, no separators.
fn is_top_of_book(opening: &Opening<'_>) -> bool {
    let bytes = opening.line.as_bytes();
    let glued = bytes.len() >= 53 && !opening.line.contains([',', ';', '\t']);
    glued && bytes[..14].iter().all(u8::is_ascii_digit) && day(&opening.line[..8]).is_some()
}

/// `20240112,170000,1,E,41,F,2401,...`: no header, 23 columns.
fn is_time_and_sales(opening: &Opening<'_>) -> bool {
    let [date, time, sequence, session, _, kind, delivery, ..] = opening.columns() else { return false };
    let digits = |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    digits(date, 8)
        && digits(time, 6)
        && sequence.bytes().all(|b| b.is_ascii_digit())
        && matches!(session.as_str(), "e" | "r")
        && matches!(kind.as_str(), "f" | "p" | "c" | "i")
        && digits(delivery, 4)
}

/// The deck's first record: an exchange mark, a code of four, prices of seven digits with marks between.
fn is_settle_deck(opening: &Opening<'_>) -> bool {
    let bytes = opening.line.as_bytes();
    let price = |from: usize| bytes[from..from + 7].iter().all(|b| b.is_ascii_digit() || b"* ".contains(b));
    bytes.len() >= 53
        && matches!(bytes[0], b'S' | b'9')
        && price(5)
        && price(13)
        && price(22)
        && matches!(bytes[31], b'Y' | b'N')
        && bytes[32..40].iter().all(u8::is_ascii_digit)
}
