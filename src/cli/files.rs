//! The commands on quote files as files: `check` and `convert`.

use std::path::Path;

use fedpath::check::FileCheck;
use fedpath::notice::Remark;
use fedpath::report::{self, printable};
use fedpath::{ContractError, ContractMonth, Position, QuoteFile, QuoteTable, ReadOptions, unpack};

use super::args::{CheckArgs, ConvertArgs, FilesArgs, OutputArgs};
use super::failure::{Failure, MOST_LISTED};
use super::output::{self, Messages, Rendered};
use super::values::Format;
use super::{hints, input};

/// The most warnings of a file that `convert` tells; `check` tells more.
const MOST_WARNED: usize = 10;

/// Checks every file, also those behind one that is refused.
pub(super) fn check(args: &CheckArgs, out: &OutputArgs, messages: &Messages) -> Result<(), Failure> {
    let mut files = Vec::new();
    for (path, options) in each(&args.files)? {
        let name = input::name(path);
        let told = |text: &str, check: FileCheck| {
            tell(&name, text, &check, messages);
            check
        };
        let check = match input::quotes(path) {
            Err(message) => told("", FileCheck::unopened(message)),
            Ok(bytes) => match unpack(&bytes) {
                Ok(text) => told(&text, FileCheck::of(&text, &options)),
                Err(error) => told("", FileCheck::unreadable(error)),
            },
        };
        files.push((name, check));
    }
    let mut report = Vec::new();
    let rendered = match out.form() {
        Format::Table => report::text::check(&files, args.verbose, &mut report),
        Format::Json => report::json::check(&files, &mut report),
        Format::Csv => report::csv::check(&files, &mut report),
    };
    rendered.map_err(|error| Failure::of_output("the report", &error))?;
    output::write(&report, out)?;
    let all_sound = files.iter().all(|(_, check)| check.problems().is_empty());
    // What is wrong has been told.
    if all_sound { Ok(()) } else { Err(Failure::NoReport(Vec::new())) }
}

/// Converts every file, or none.
pub(super) fn convert(
    args: &ConvertArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    let mut table = QuoteTable::default();
    let (mut refused, mut warnings) = (Vec::new(), Vec::new());
    for (path, options) in each(&args.files)? {
        let name = input::name(path);
        let bytes = input::quotes(path).map_err(|message| Failure::of_input(&name, &message));
        let read = bytes.and_then(|bytes| {
            let file = unpack(&bytes).and_then(|text| QuoteFile::parse(&text, &options)?.only(options.as_of));
            let added = file.and_then(|file| {
                let remarks = file.remarks();
                table.add(&name, file).map(|()| remarks)
            });
            added.map_err(|error| Failure::of_text(&name, &error))
        });
        match read {
            Ok(remarks) => {
                warnings.extend(remarks.iter().take(MOST_WARNED).map(|remark| warning(&name, remark)));
                if remarks.len() > MOST_WARNED {
                    let (name, count) = (printable(&name), remarks.len());
                    warnings.push(format!("{name}: {count} warnings, the first {MOST_WARNED} told (all: check)"));
                }
            }
            Err(Failure::NoReport(lines)) => refused.extend(lines),
            Err(failure) => return Err(failure),
        }
    }
    if !refused.is_empty() {
        return Err(Failure::NoReport(refused));
    }
    for warning in &warnings {
        messages.warning(warning);
    }
    Ok(match out.format.unwrap_or(Format::Csv) {
        Format::Table => report::text::quotes(&table, report),
        Format::Json => report::json::quotes(&table, &warnings, report),
        Format::Csv => report::csv::quotes(&table, report),
    })
}

/// Every file, and what the options say of it.
fn each(args: &FilesArgs) -> Result<Vec<(&Path, ReadOptions)>, Failure> {
    if args.files.iter().filter(|path| input::is_stdin(path)).count() > 1 {
        return Err(Failure::Usage("only one of the files can be standard input".to_owned()));
    }
    let (given, wanted) = (args.contract.len(), args.files.len());
    if given > 0 && given != wanted {
        let message = format!("--contract: expected one contract for each of the {wanted} files, found {given}");
        return Err(Failure::Usage(message));
    }
    let contract = |label: &String| {
        ContractMonth::parse_of(args.product, label, args.as_of).map_err(|error| match error {
            ContractError::NeedsTradeDate(_) => {
                let example = format!("{}Z25", args.product.code());
                Failure::Usage(format!(
                    "--contract: expected a contract with its decade, such as {example}, or --as-of"
                ))
            }
            error => Failure::Usage(format!("--contract: {error}")),
        })
    };
    let contracts = args.contract.iter().map(contract).collect::<Result<Vec<_>, _>>()?;
    let options = |index: usize| {
        let mut options = ReadOptions::default();
        options.as_of = args.as_of;
        options.product = args.product;
        options.contract = contracts.get(index).copied();
        options
    };
    Ok(args.files.iter().enumerate().map(|(index, path)| (path.as_path(), options(index))).collect())
}

/// Tells every problem and warning of a file, with the line it speaks of.
fn tell(name: &str, text: &str, check: &FileCheck, messages: &Messages) {
    let lines: Vec<&str> = text.lines().collect();
    let shown = |sentence: String, position: Option<Position>| {
        sentence + &position.and_then(|position| pointed(&lines, position)).unwrap_or_default()
    };
    let more =
        |count: usize, what: &str| format!("{}: {count} {what}, the first {MOST_LISTED} listed", printable(name));
    let problems = check.problems();
    for problem in problems.iter().take(MOST_LISTED) {
        messages.error(&shown(Failure::sentence(name, problem), problem.position()));
    }
    if problems.len() > MOST_LISTED {
        messages.error(&more(problems.len(), "problems"));
    }
    let remarks = check.remarks();
    for remark in remarks.iter().take(MOST_LISTED) {
        messages.warning(&shown(warning(name, remark), remark.position));
    }
    if remarks.len() > MOST_LISTED {
        messages.warning(&more(remarks.len(), "warnings"));
    }
}

/// `name:line:column: sentence`.
fn warning(name: &str, remark: &Remark) -> String {
    let place = remark.position.map_or(String::new(), |position| format!(":{position}"));
    let hint = hints::of_notice(&remark.notice).map_or(String::new(), |hint| format!(" ({hint})"));
    format!("{}{place}: {}{hint}", printable(name), remark.notice)
}

/// The line of a place, and a mark under it; of a long line the part around it.
fn pointed(lines: &[&str], position: Position) -> Option<String> {
    const WIDTH: usize = 80;
    // Of a line that is a whole file the place alone is told.
    let line = lines.get(position.line.checked_sub(1)?).filter(|line| line.len() < 1 << 16)?;
    let line: Vec<char> = line.trim_start_matches('\u{feff}').chars().collect();
    let column = position.column.saturating_sub(1).min(line.len());
    let start = if line.len() <= WIDTH { 0 } else { column.saturating_sub(WIDTH / 2) };
    // One column a character, whatever it is: the mark has to stand under its place.
    let plain = |c: &char| if printable(&c.to_string()).chars().eq([*c]) { *c } else { ' ' };
    let part: String = line[start..].iter().take(WIDTH).map(plain).collect();
    let number = position.line.to_string();
    let (left, right) = (if start > 0 { "…" } else { "" }, if line.len() > start + WIDTH { "…" } else { "" });
    let before = " ".repeat(column - start + left.chars().count());
    let margin = " ".repeat(number.len());
    Some(format!("\n  {number} | {left}{}{right}\n  {margin} | {before}^", part.trim_end()))
}
