//! The quotes of many files as one table: files, folders of them, patterns.

use std::mem::{Discriminant, discriminant};
use std::path::{Path, PathBuf};

use fedpath::report::{Source, printable};
use fedpath::{Episode, Notice, QuoteFile, QuoteTable, ReadError, ReadOptions, Remark, unpack};

use super::failure::Failure;
use super::output::Messages;
use super::{hints, input};

/// The quotes that were gathered, and what the user called them.
pub(super) struct Gathered {
    pub(super) table: QuoteTable,
    pub(super) name: String,
    illustrative: bool,
}

impl Gathered {
    pub(super) fn source(&self) -> Source<'_> {
        let mut source = Source::new(&self.name, "");
        source.illustrative = self.illustrative;
        source
    }
}

/// Reads every file. One that is named has to be sound; of a folder or a pattern those that are not are passed over
/// with a warning, unless `strict`. Files may complete but not contradict each other.
pub(super) fn gather(paths: &[PathBuf], strict: bool, messages: &Messages) -> Result<Gathered, Failure> {
    if paths.iter().filter(|path| input::is_stdin(path)).count() > 1 {
        return Err(Failure::Usage("only one of the paths can be standard input".to_owned()));
    }
    let mut table = QuoteTable::default();
    let (mut refused, mut passed_over, mut remarks) = (Vec::new(), Vec::new(), Remarks::default());
    for path in paths {
        let (files, named) = files(path)?;
        for file in files {
            let name = input::name(&file);
            match read(&file) {
                Ok(quotes) => {
                    remarks.add(&name, quotes.remarks());
                    let added = table.add(&name, quotes).map_err(|error| Failure::of_text(&name, &error));
                    refused.extend(added.err().into_iter().flat_map(sentences));
                }
                Err(failure) if named || strict => refused.extend(sentences(failure)),
                Err(failure) => passed_over.extend(sentences(failure)),
            }
        }
    }
    if table.rows().len() == 0 {
        refused.append(&mut passed_over);
    }
    if !refused.is_empty() {
        return Err(Failure::NoReport(refused));
    }
    let passed_over = passed_over.into_iter().map(|sentence| format!("passed over: {sentence}"));
    for warning in remarks.told().into_iter().chain(passed_over) {
        messages.warning(&warning);
    }
    let names: Vec<String> = paths.iter().map(|path| input::name(path)).collect();
    let illustrative = Episode::embedded().is_in(&table);
    Ok(Gathered { table, name: names.join(", "), illustrative })
}

/// The files that a path means, in the order of their names, and whether it names one file.
fn files(path: &Path) -> Result<(Vec<PathBuf>, bool), Failure> {
    let name = input::name(path);
    let nothing = |what: &str| Failure::of_input(&name, &what);
    if path.is_dir() {
        let entries = std::fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = entries.map_err(|error| nothing(&format!("the folder cannot be read: {}", error.kind())))?;
        let visible = |path: &PathBuf| {
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            path.is_file() && !hidden
        };
        let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).filter(visible).collect();
        files.sort();
        return if files.is_empty() {
            Err(nothing("expected quote files, found an empty folder"))
        } else {
            Ok((files, false))
        };
    }
    if input::is_stdin(path) || path.exists() || !name.contains(['*', '?', '[']) {
        return Ok((vec![path.to_owned()], true));
    }
    let found =
        glob::glob(&name).map_err(|error| nothing(&format!("expected a pattern of file names: {}", error.msg)))?;
    let files: Vec<PathBuf> = found.filter_map(Result::ok).filter(|path| path.is_file()).collect();
    if files.is_empty() { Err(nothing("expected quote files, found none of this pattern")) } else { Ok((files, false)) }
}

fn read(path: &Path) -> Result<QuoteFile, Failure> {
    let name = input::name(path);
    let bytes = input::quotes(path).map_err(|message| Failure::of_input(&name, &message))?;
    let parsed = unpack(&bytes).and_then(|text| QuoteFile::parse(&text, &ReadOptions::default())?.only(None));
    parsed.map_err(|error: ReadError| Failure::of_text(&name, &error))
}

/// The warnings about files: of each kind the first, and how many more; those about single rows are counted.
#[derive(Default)]
struct Remarks {
    whole: Vec<(Discriminant<Notice>, String, usize)>,
    rows: usize,
}

impl Remarks {
    /// Takes the remarks of a file, but for those that a run tells day by day.
    fn add(&mut self, name: &str, remarks: Vec<Remark>) {
        let told_by_day = |notice: &Notice| {
            matches!(notice, Notice::OffTickGrid { .. } | Notice::LongExpired { .. } | Notice::Weekend { .. })
        };
        for Remark { notice, position, .. } in remarks.into_iter().filter(|remark| !told_by_day(&remark.notice)) {
            let kind = discriminant(&notice);
            match self.whole.iter_mut().find(|(known, _, _)| *known == kind) {
                _ if position.is_some() => self.rows += 1,
                Some((_, _, count)) => *count += 1,
                None => {
                    let hint = hints::of_notice(&notice).map_or(String::new(), |hint| format!(" ({hint})"));
                    self.whole.push((kind, format!("{}: {notice}{hint}", printable(name)), 1));
                }
            }
        }
    }

    fn told(self) -> Vec<String> {
        let sentence = |(_, first, count): (_, String, usize)| match count {
            1 => first,
            _ => format!("{first} (and {} more of the kind)", count - 1),
        };
        let mut told: Vec<String> = self.whole.into_iter().map(sentence).collect();
        match self.rows {
            0 => {}
            1 => told.push("1 warning about a single row (`fedpath check` tells it)".to_owned()),
            rows => told.push(format!("{rows} warnings about single rows (`fedpath check` tells all)")),
        }
        told
    }
}

fn sentences(failure: Failure) -> Vec<String> {
    match failure {
        Failure::NoReport(sentences) => sentences,
        Failure::Usage(sentence) => vec![sentence],
        Failure::ClosedPipe => Vec::new(),
    }
}
