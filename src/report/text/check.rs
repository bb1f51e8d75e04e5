//! What files hold, and an account of their rows.

use std::io::{self, Write};

use crate::quotes::check::{Content, FileCheck};
use crate::text::printable;

/// Prints one line a file: its format and what it holds, or how many problems it has; with `verbose` also how many rows
/// were read, kept and skipped, and why. The problems and warnings themselves are not part of it.
///
/// # Errors
/// Where `out` cannot be written.
pub fn check(files: &[(String, FileCheck)], verbose: bool, out: &mut dyn Write) -> io::Result<()> {
    for (name, file) in files {
        let remarks = file.remarks().len();
        let warned = if remarks == 0 { String::new() } else { format!("; {}", counted(remarks, "warning")) };
        match file.content() {
            Some(content) => writeln!(out, "{}: ok, {}{warned}", printable(name), holds(content, file))?,
            None => writeln!(out, "{}: {}", printable(name), counted(file.problems().len(), "error"))?,
        }
        if verbose {
            rows(file, out)?;
        }
    }
    Ok(())
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
        Content::Fixings(fixings) => {
            let (rates, targets) = (fixings.rates().len(), fixings.targets().len());
            let of = |count: usize, what: &str| (count > 0).then(|| format!("{what} of {}", counted(count, "day")));
            let held = [of(rates, "effective federal funds rate"), of(targets, "target")];
            format!("{format}: {}, {when}", held.into_iter().flatten().collect::<Vec<_>>().join(", "))
        }
    }
}

fn rows(file: &FileCheck, out: &mut dyn Write) -> io::Result<()> {
    let Some(tally) = file.tally() else { return Ok(()) };
    let skipped = tally.read() - tally.kept();
    writeln!(out, "  {} read: {} kept, {skipped} skipped", counted(tally.read(), "row"), tally.kept())?;
    for (reason, count) in tally.skipped() {
        writeln!(out, "  {count:>7} {reason}")?;
    }
    if !tally.others().is_empty() {
        writeln!(out, "  it also holds {}", tally.listed_others())?;
    }
    Ok(())
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
