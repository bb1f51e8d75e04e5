//! Sentences and dates, as people read them.

use chrono::{Datelike, NaiveDate};

use crate::market::contract::Contract;
use crate::notice::Notice;
use crate::rule::PolicyPath;
use crate::units::{BasisPoints, Price};

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

/// What follows a day on which prices or outcomes are supposed.
pub(super) const SUPPOSED: &str = " (what if)";

/// The day of a path, "21 Nov 2025"; told where prices or outcomes are supposed.
pub(super) fn priced_on(path: &PolicyPath) -> String {
    day(path.as_of()) + if path.supposed().is_some() { SUPPOSED } else { "" }
}

/// How two days of a chart are told apart: by their order, and what is supposed of a day from the same day as quoted.
pub(super) fn sides(before: &str, after: &str) -> [&'static str; 2] {
    if after.strip_suffix(SUPPOSED) == Some(before) { ["as quoted", "what if"] } else { ["before", "after"] }
}

/// "ZQF26 traded at 96.4100 and the FOMC of 10 Dec 2025 cut by 25 bp"; the first three of more. `None` where nothing is supposed.
pub(super) fn supposition(path: &PolicyPath) -> Option<String> {
    let Some(Notice::Supposed { prices, outcomes }) = path.supposed() else { return None };
    let price = |(contract, price): &(Contract, Price)| format!("{} traded at {price}", contract.symbol());
    let outcome = |(meeting, size): &(NaiveDate, BasisPoints)| {
        let (size, meeting) = (size.exact(), day(*meeting));
        let verb = if size.is_negative() { "cut" } else { "hiked" };
        if size.is_zero() {
            format!("the FOMC of {meeting} held")
        } else {
            format!("the FOMC of {meeting} {verb} by {} bp", size.abs().shortest())
        }
    };
    let mut told: Vec<String> = prices.iter().map(price).chain(outcomes.iter().map(outcome)).collect();
    if told.len() > 3 {
        let more = told.len() - 2;
        told.truncate(2);
        told.push(format!("{more} more prices and outcomes were others"));
    }
    let last = told.pop()?;
    Some(if told.is_empty() { last } else { format!("{} and {last}", told.join(", ")) })
}
