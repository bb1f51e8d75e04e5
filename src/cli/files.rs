//! The commands on quote files as files: `check` and `convert`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use fedpath::check::FileCheck;
use fedpath::notice::Remark;
use fedpath::report::{self, printable};
use fedpath::{Position, Problem, QuoteTable, unpack};

use super::args::{CheckArgs, ConvertArgs, FilesArgs};
use super::failure::{Failure, MOST_LISTED};
use super::output::{self, Messages, Rendered};
use super::output_args::OutputArgs;
use super::reading::QuoteSource;
use super::values::Format;
use super::{hints, input};

/// The most warnings of a file that `convert` tells; `check` tells more.
const MOST_WARNED: usize = 10;

/// Checks every file, also those behind one that is refused.
pub(super) fn check(args: &CheckArgs, out: &OutputArgs, messages: &Messages) -> Result<(), Failure> {
    let mut files = Vec::new();
    for source in sources(&args.files)? {
        let (name, path, options) = (source.name(), &source.path, &source.options);
        let told = |text: &str, check: FileCheck| {
            tell(&name, text, &check, messages);
            check
        };
        let check = match input::quotes(path) {
            Err(message) => told("", FileCheck::unopened(message)),
            Ok(bytes) => match unpack(&bytes) {
                Ok(text) => told(&text, FileCheck::of(&text, options)),
                Err(error) => told("", FileCheck::unreadable(error)),
            },
        };
        files.push((name, check));
    }
    let mut report = Vec::new();
    let rendered = out.render(&report::check(&files, args.verbose), &mut report);
    rendered.map_err(|error| Failure::of_output("the report", &error))?;
    output::write(&report, out)?;
    let all_sound = files.iter().all(|(_, check)| check.problems().is_empty());
    // What is wrong has been told.
    if all_sound { Ok(()) } else { Err(Failure::NoReport(Vec::new())) }
}

/// Converts every file, or none.
pub(super) fn convert(args: &ConvertArgs, out: &OutputArgs, messages: &Messages) -> Result<(), Failure> {
    output::write_long(out, |report| converted(args, out, messages, report))
}

fn converted(
    args: &ConvertArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut dyn Write,
) -> Result<Rendered, Failure> {
    let mut table = QuoteTable::default();
    let (mut refused, mut warnings) = (Vec::new(), Vec::new());
    for source in sources(&args.files)? {
        let name = source.name();
        let read = source.read().and_then(|file| {
            let added = file.only(source.options.as_of).and_then(|file| {
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
                    warnings.push(format!(
                        "{name}: {count} warnings, the first {MOST_WARNED} printed (all: fedpath check)"
                    ));
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
    Ok(out.render_as(out.form_or(Format::Csv), &report::quotes(&table, &warnings), report))
}

fn sources(args: &FilesArgs) -> Result<Vec<QuoteSource>, Failure> {
    QuoteSource::of(&args.files, &args.reading, args.as_of, args.product)
}

/// Tells every problem and warning of a file, with the line it speaks of.
fn tell(name: &str, text: &str, check: &FileCheck, messages: &Messages) {
    let (problems, remarks) = (check.problems(), check.remarks());
    let places = problems.iter().take(MOST_LISTED).map(Problem::position);
    let places = places.chain(remarks.iter().take(MOST_LISTED).map(|remark| remark.position));
    let told: BTreeSet<usize> = places.flatten().map(|place| place.line).collect();
    let last = told.last().copied().unwrap_or(0);
    let lines: BTreeMap<usize, &str> =
        (1..=last).zip(text.lines()).filter(|(number, _)| told.contains(number)).collect();
    let shown = |sentence: String, position: Option<Position>| {
        sentence + &position.and_then(|position| pointed(&lines, position)).unwrap_or_default()
    };
    let more =
        |count: usize, what: &str| format!("{}: {count} {what}, the first {MOST_LISTED} listed", printable(name));
    for problem in problems.iter().take(MOST_LISTED) {
        messages.error(&shown(Failure::sentence(name, problem), problem.position()));
    }
    if problems.len() > MOST_LISTED {
        messages.error(&more(problems.len(), "problems"));
    }
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
fn pointed(lines: &BTreeMap<usize, &str>, position: Position) -> Option<String> {
    const WIDTH: usize = 80;
    // Of a line that is a whole file the place alone is told.
    let line = lines.get(&position.line).filter(|line| line.len() < 1 << 16)?;
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
