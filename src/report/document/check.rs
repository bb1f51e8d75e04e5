//! What files hold, every problem and warning with its place, and an account of their rows: `fedpath.check/1`.

use super::{Document, Table, Value, data, list, object};
use crate::market::product::Product;
use crate::quotes::MeetingRates;
use crate::quotes::check::{Content, FileCheck};
use crate::text::printable;
use crate::text::problem::Position;
use crate::text::tally::{Skip, Tally};

/// One line a file: its format and what it holds, or how many problems it has; with `verbose` also how many rows were read,
/// kept and skipped, and why. In CSV one row a finding, `severity` being `error` or `warning`; a file without any has one row
/// of severity `ok`. The text leaves the problems and warnings out.
#[must_use]
pub fn check(files: &[(String, FileCheck)], verbose: bool) -> Document<'_> {
    let warnings = files.iter().flat_map(|(name, check)| {
        check.remarks().iter().map(move |remark| match remark.position {
            Some(position) => format!("{name}:{position}: {}", remark.notice),
            None => format!("{name}: {}", remark.notice),
        })
    });
    let lines = files.iter().map(|(name, check)| line(name, check, verbose));
    Document::new("fedpath.check/1")
        .text_block(lines.collect::<String>())
        .member("files", list(files, |(name, check)| file(name, check)))
        .member("warnings", list(warnings, |warning| warning))
        .csv_table(findings(files))
}

fn findings(files: &[(String, FileCheck)]) -> Table<'_> {
    type Row<'a> = (&'a str, &'static str, Option<Position>, String);
    let rows = files.iter().flat_map(|(name, check)| {
        let errors = check.problems().iter();
        let errors = errors.map(|problem| (name.as_str(), "error", problem.position(), problem.message().to_owned()));
        let sound = check.problems().is_empty();
        let ok = sound.then(|| (name.as_str(), "ok", None, check.format().unwrap_or_default()));
        let warnings = check.remarks().iter();
        let warnings = warnings.map(|remark| (name.as_str(), "warning", remark.position, remark.notice.to_string()));
        errors.chain(ok).chain(warnings).collect::<Vec<Row<'_>>>()
    });
    Table::new(
        "",
        rows,
        [
            data("file", |row: &Row<'_>| row.0),
            data("severity", |row: &Row<'_>| row.1),
            data("line", |row: &Row<'_>| row.2.map(|at| at.line)),
            data("column", |row: &Row<'_>| row.2.map(|at| at.column)),
            data("message", |row: &Row<'_>| row.3.clone()),
        ],
    )
}

fn file(name: &str, check: &FileCheck) -> Value {
    let days = check.days();
    let finding = |position: Option<Position>, message: String| {
        object([
            ("line", position.map(|at| at.line).into()),
            ("column", position.map(|at| at.column).into()),
            ("message", message.into()),
        ])
    };
    object([
        ("file", name.into()),
        ("ok", check.problems().is_empty().into()),
        ("format", check.format().into()),
        ("product", check.product().map(Product::code).into()),
        ("first_day", days.first().copied().into()),
        ("last_day", days.last().copied().into()),
        ("days", days.len().into()),
        ("contracts", list(check.contracts(), |contract| contract.to_string())),
        ("rows", check.tally().map(rows).into()),
        ("errors", list(check.problems(), |problem| finding(problem.position(), problem.message().to_owned()))),
        ("warnings", list(check.remarks(), |remark| finding(remark.position, remark.notice.to_string()))),
    ])
}

fn rows(tally: &Tally) -> Value {
    let skipped =
        |(reason, count): (Skip, usize)| object([("reason", reason.to_string().into()), ("count", count.into())]);
    object([
        ("read", tally.read().into()),
        ("kept", tally.kept().into()),
        ("skipped", list(tally.skipped(), skipped)),
        ("others", list(tally.others(), String::as_str)),
    ])
}

fn line(name: &str, file: &FileCheck, verbose: bool) -> String {
    let remarks = file.remarks().len();
    let warned = if remarks == 0 { String::new() } else { format!("; {}", counted(remarks, "warning")) };
    let mut text = match file.content() {
        Some(content) => format!("{}: ok, {}{warned}\n", printable(name), holds(content, file)),
        None => format!("{}: {}\n", printable(name), counted(file.problems().len(), "error")),
    };
    let Some(tally) = file.tally().filter(|_| verbose) else { return text };
    let skipped = tally.read() - tally.kept();
    text += &format!("  {} read: {} kept, {skipped} skipped\n", counted(tally.read(), "row"), tally.kept());
    for (reason, count) in tally.skipped() {
        text += &format!("  {count:>7} {reason}\n");
    }
    if !tally.others().is_empty() {
        text += &format!("  it also holds {}\n", tally.listed_others());
    }
    text
}

/// "CME settlement CSV: 36 contracts, 2019-12 to 2022-11, of 2019-12-20".
fn holds(content: &Content, file: &FileCheck) -> String {
    let days = file.days();
    let when = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first == last => format!("of {first}"),
        (Some(first), Some(last)) => format!("on {}, {first} to {last}", counted(days.len(), "day")),
        _ => "of an unknown day".to_owned(),
    };
    let format = file.format().unwrap_or_default();
    match content {
        Content::Quotes(quotes) if quotes.meeting_rates().is_some() => {
            let meetings = quotes.meeting_rates().map_or(0, MeetingRates::len);
            format!("{format}: {}, {when}", counted(meetings, "meeting"))
        }
        Content::Quotes(quotes) => {
            let contracts = file.contracts();
            let span = match (contracts.first(), contracts.last()) {
                (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
                (Some(only), _) => format!(", {only}"),
                _ => String::new(),
            };
            let (product, count) = (quotes.product(), counted(contracts.len(), "contract"));
            format!("{format}: {product}, {count}{span}, {when}")
        }
        Content::Options(options) => {
            let chains = options.chains();
            let quoted = chains.iter().map(|chain| chain.quotes().len()).sum();
            let span = match chains {
                [first, .., last] => format!(", {} to {}", first.label(), last.label()),
                [only] => format!(", {}", only.label()),
                [] => String::new(),
            };
            format!("{format}: {}{span}, {when}", counted(quoted, "option"))
        }
        Content::Fixings(fixings) => {
            let (rates, targets) = (fixings.rates().len(), fixings.targets().len());
            let of = |count: usize, what: &str| (count > 0).then(|| format!("{what} of {}", counted(count, "day")));
            let held = [of(rates, fixings.rate().name()), of(targets, "target")];
            format!("{format}: {}, {when}", held.into_iter().flatten().collect::<Vec<_>>().join(", "))
        }
    }
}

/// "1 row", "2 rows".
pub(super) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
