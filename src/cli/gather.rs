//! The quotes of many files as one table: files, folders of them, patterns. A long file alone stays where it is, and its days
//! are read when they are asked for.

use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::mem::{Discriminant, discriminant};
use std::path::{Path, PathBuf};

use fedpath::files::{DailyQuotes, QuoteIndex};
use fedpath::notice::Remark;
use fedpath::report::{Source, printable};
use fedpath::{Episode, Notice, QuoteFile, QuoteTable, ReadError, ReadOptions, unpack};

use super::failure::Failure;
use super::output::Messages;
use super::{hints, input};

/// The quotes that were gathered, and what the user called them.
pub(super) struct Gathered {
    pub(super) quotes: Box<dyn DailyQuotes>,
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

/// Reads every file, or finds the days of a long one. One that is named has to be sound; of a folder or a pattern those that are not are passed over
/// with a warning, unless `strict`. Files may complete but not contradict each other.
pub(super) fn gather(paths: &[PathBuf], strict: bool, messages: &Messages) -> Result<Gathered, Failure> {
    if paths.iter().filter(|path| input::is_stdin(path)).count() > 1 {
        return Err(Failure::Usage("only one of the paths can be standard input".to_owned()));
    }
    let mut files = Vec::new();
    for path in paths {
        files.extend(files_of(path)?);
    }
    let alone = files.len() == 1;
    let mut inputs = files.iter().map(|(path, named)| Input::open(path, *named)).peekable();
    let indexed = inputs.peek().filter(|_| alone).and_then(index);
    let gathering = indexed.map_or_else(|| Gathering::of(inputs, strict), Ok)?;
    let passed_over = gathering.passed_over.into_iter().map(|sentence| format!("passed over: {sentence}"));
    for warning in gathering.remarks.told().into_iter().chain(passed_over) {
        messages.warning(&warning);
    }
    let names: Vec<String> = paths.iter().map(|path| input::name(path)).collect();
    let illustrative = Episode::embedded().is_in(&gathering.quotes);
    Ok(Gathered { quotes: gathering.quotes, name: names.join(", "), illustrative })
}

/// A file that is opened, or why it is not.
struct Input {
    name: String,
    file: Result<File, String>,
    /// Whether it was named, and not found in a folder or by a pattern.
    named: bool,
}

impl Input {
    fn open(path: &Path, named: bool) -> Self {
        Self { name: input::name(path), file: input::reopened(path), named }
    }

    /// The quotes of the file, all of them.
    fn read(&self) -> Result<QuoteFile, Failure> {
        let bytes = self.file.as_ref().map_err(Clone::clone).and_then(input::bytes_of);
        let bytes = bytes.map_err(|message| Failure::of_input(&self.name, &message))?;
        let parsed = unpack(&bytes).and_then(|text| QuoteFile::parse(&text, &ReadOptions::default())?.only(None));
        parsed.map_err(|error: ReadError| Failure::of_text(&self.name, &error))
    }
}

/// The quotes of files, and what is told of them.
struct Gathering {
    quotes: Box<dyn DailyQuotes>,
    remarks: Remarks,
    passed_over: Vec<String>,
}

impl Gathering {
    /// The quotes of every file in one table.
    fn of(inputs: impl Iterator<Item = Input>, strict: bool) -> Result<Self, Failure> {
        let mut table = QuoteTable::default();
        let (mut refused, mut passed_over, mut remarks) = (Vec::new(), Vec::new(), Remarks::default());
        for input in inputs {
            match input.read() {
                Ok(quotes) => {
                    remarks.add(&input.name, quotes.remarks());
                    let added = table.add(&input.name, quotes).map_err(|error| Failure::of_text(&input.name, &error));
                    refused.extend(added.err().into_iter().flat_map(sentences));
                }
                Err(failure) if input.named || strict => refused.extend(sentences(failure)),
                Err(failure) => passed_over.extend(sentences(failure)),
            }
        }
        if table.rows().len() == 0 {
            refused.append(&mut passed_over);
        }
        if refused.is_empty() {
            Ok(Self { quotes: Box::new(table), remarks, passed_over })
        } else {
            Err(Failure::NoReport(refused))
        }
    }
}

/// The files that a path means, in the order of their names, each with whether the path names it.
fn files_of(path: &Path) -> Result<Vec<(PathBuf, bool)>, Failure> {
    let name = input::name(path);
    let nothing = |what: &str| Failure::of_input(&name, &what);
    let found = |files: Vec<PathBuf>| files.into_iter().map(|file| (file, false)).collect();
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
            Ok(found(files))
        };
    }
    if input::is_stdin(path) || path.exists() || !name.contains(['*', '?', '[']) {
        return Ok(vec![(path.to_owned(), true)]);
    }
    let matching =
        glob::glob(&name).map_err(|error| nothing(&format!("expected a pattern of file names: {}", error.msg)))?;
    let files: Vec<PathBuf> = matching.filter_map(Result::ok).filter(|path| path.is_file()).collect();
    if files.is_empty() { Err(nothing("expected quote files, found none of this pattern")) } else { Ok(found(files)) }
}

/// Where the days of a sound long file lie, and what is odd about it. Of any other file nothing: it is read whole, which also
/// tells all that is wrong with it.
fn index(input: &Input) -> Option<Gathering> {
    let mut file = input.file.as_ref().ok()?;
    let mut start = [0; 2];
    file.read_exact(&mut start).and_then(|()| file.rewind()).ok()?;
    if matches!(&start, [0x1f, 0x8b] | b"PK") {
        let text = unpack(&input::bytes_of(file).ok()?).ok()?.into_owned();
        return indexed(Cursor::new(text.into_bytes()), &input.name);
    }
    indexed(file.try_clone().ok()?, &input.name)
}

fn indexed<R: Read + Seek + Send + 'static>(source: R, name: &str) -> Option<Gathering> {
    let mut remarks = Remarks::default();
    let index = QuoteIndex::new(source, &ReadOptions::default(), |remark| remarks.add(name, vec![remark])).ok()?;
    Some(Gathering { quotes: Box::new(index), remarks, passed_over: Vec::new() })
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
