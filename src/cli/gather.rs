//! The quotes of many files as one table: files, folders of them, patterns. A long file alone stays where it is, and its days
//! are read when they are asked for.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::mem::{Discriminant, discriminant};
use std::path::PathBuf;
use std::time::SystemTime;

use fedpath::files::{DailyQuotes, ProductQuotes, QuoteIndex};
use fedpath::notice::Remark;
use fedpath::report::{Source, printable};
use fedpath::{Episode, Notice, Product, QuoteFile, QuoteTable, StripError, unpack};

use super::failure::Failure;
use super::output::Messages;
use super::reading::{QuoteSource, Wanted, names};
use super::{hints, input};

/// The quotes that were gathered, and what the user called them.
pub(super) struct Gathered {
    pub(super) quotes: Box<dyn DailyQuotes + Send>,
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

/// Reads every file, or finds the days of a long one. One that is named has to be sound; of a folder or a pattern those that
/// are not are passed over with a warning, unless `strict`. Files may complete but not contradict each other.
pub(super) fn gather(
    paths: &[PathBuf],
    wanted: &Wanted<'_>,
    strict: bool,
    messages: &Messages,
) -> Result<Gathered, Failure> {
    let sources = QuoteSource::of(paths, wanted.reading, None, Product::FedFunds)?;
    if wanted.is_several() {
        return gather_products(paths, &sources, &wanted.products, strict, messages);
    }
    let alone = sources.len() == 1;
    let mut inputs = sources.into_iter().map(Input::open).peekable();
    let indexed = inputs.peek().filter(|_| alone).and_then(index);
    let mut gathering = indexed.map_or_else(|| Gathering::of(inputs, strict), Ok)?;
    for warning in gathering.told() {
        messages.warning(&warning);
    }
    let illustrative = Episode::embedded().is_in(&gathering.quotes);
    Ok(Gathered { quotes: gathering.quotes, name: names(paths), illustrative })
}

/// The quotes of several products, each read from the same files for itself. A file has to have one of them; what no file has is for
/// the rule to tell, day by day.
fn gather_products(
    paths: &[PathBuf],
    sources: &[QuoteSource],
    products: &[Product],
    strict: bool,
    messages: &Messages,
) -> Result<Gathered, Failure> {
    if sources.iter().any(|source| input::is_stdin(&source.path)) {
        let message = "expected files or folders with several products, found standard input, which is read once";
        return Err(Failure::Usage(message.to_owned()));
    }
    let mut parts: Vec<(Product, Gathering)> = Vec::new();
    let mut lacking: Vec<QuoteSource> = sources.to_vec();
    let others = products.iter().copied().filter(|product| *product != Product::default());
    for product in std::iter::once(Product::default()).chain(others) {
        let mut inputs = sources.iter().map(|source| Input::open(source.of_several(product))).peekable();
        let indexed = inputs.peek().filter(|_| sources.len() == 1).and_then(index);
        let part = indexed.map_or_else(|| Gathering::of(inputs, strict), Ok)?;
        lacking.retain(|source| part.lacking.contains(&source.path));
        if !part.is_empty() {
            parts.push((product, part));
        }
    }
    let (named, found): (Vec<_>, Vec<_>) =
        lacking.iter().partition(|source| source.named || strict || parts.is_empty());
    let refused = |sources: Vec<&QuoteSource>| -> Vec<String> {
        sources.into_iter().filter_map(|source| source.read().err()).flat_map(Failure::sentences).collect()
    };
    let sentences = refused(named);
    if !sentences.is_empty() {
        return Err(Failure::NoReport(sentences));
    }
    let mut told = Vec::new();
    let passed_over = refused(found).into_iter().map(|sentence| format!("passed over: {sentence}"));
    let of_parts = parts.iter_mut().flat_map(|(_, part)| part.told());
    for warning in of_parts.chain(passed_over) {
        if !told.contains(&warning) {
            messages.warning(&warning);
            told.push(warning);
        }
    }
    let mut parts = parts.into_iter();
    let quotes = match parts.next() {
        Some((Product::FedFunds, main)) => ProductQuotes::new(main.quotes),
        Some((other, _)) => return Err(Failure::of_input(&names(paths), &StripError::OtherProduct(other))),
        None => return Err(Failure::of_input(&names(paths), &"expected quotes, found none")),
    };
    let quotes = parts.fold(quotes, |quotes, (_, part)| quotes.with(part.quotes));
    let quotes: Box<dyn DailyQuotes + Send> = Box::new(quotes);
    let illustrative = Episode::embedded().is_in(&quotes);
    Ok(Gathered { quotes, name: names(paths), illustrative })
}

/// A file that is opened, or why it is not.
struct Input {
    source: QuoteSource,
    file: Result<File, String>,
}

impl Input {
    fn open(source: QuoteSource) -> Self {
        Self { file: source.open(), source }
    }

    /// The quotes of the file, all of them; `None` where it is read for several products and has none of this one.
    fn read(&self) -> Result<Option<QuoteFile>, Failure> {
        let bytes = self.file.as_ref().map_err(Clone::clone).and_then(input::bytes_of);
        let bytes = bytes.map_err(|message| Failure::of_input(&self.source.name(), &message))?;
        if self.source.options.several_products {
            return self.source.parse_if_any(&self.source.unpack(&bytes)?);
        }
        self.source.parse(&bytes).map(Some)
    }
}

/// The quotes of files, and what is told of them.
struct Gathering {
    quotes: Box<dyn DailyQuotes + Send>,
    remarks: Remarks,
    passed_over: Vec<String>,
    /// The files that are read for several products and have none of this one.
    lacking: Vec<PathBuf>,
}

impl Gathering {
    /// The quotes of every file in one table.
    fn of(inputs: impl Iterator<Item = Input>, strict: bool) -> Result<Self, Failure> {
        let (mut table, mut lacking) = (QuoteTable::default(), Vec::new());
        let (mut refused, mut passed_over, mut remarks) = (Vec::new(), Vec::new(), Remarks::default());
        for input in inputs {
            let name = input.source.name();
            match input.read() {
                Ok(None) => lacking.push(input.source.path),
                Ok(Some(quotes)) => {
                    remarks.add(&name, quotes.remarks());
                    let added = table.add(&name, quotes).map_err(|error| Failure::of_text(&name, &error));
                    refused.extend(added.err().into_iter().flat_map(Failure::sentences));
                }
                Err(failure) if input.source.named || strict => refused.extend(failure.sentences()),
                Err(failure) => passed_over.extend(failure.sentences()),
            }
        }
        if table.rows().len() == 0 {
            refused.append(&mut passed_over);
        }
        if refused.is_empty() {
            Ok(Self { quotes: Box::new(table), remarks, passed_over, lacking })
        } else {
            Err(Failure::NoReport(refused))
        }
    }

    fn is_empty(&self) -> bool {
        self.quotes.days().is_empty()
    }

    /// What is told of the files.
    fn told(&mut self) -> Vec<String> {
        let passed_over = self.passed_over.drain(..).map(|sentence| format!("passed over: {sentence}"));
        std::mem::take(&mut self.remarks).told().into_iter().chain(passed_over).collect()
    }
}

/// Where the days of a sound long file lie, and what is odd about it. Of any other file nothing: it is read whole, which also
/// tells all that is wrong with it.
fn index(input: &Input) -> Option<Gathering> {
    let mut file = input.file.as_ref().ok()?;
    let mut start = [0; 2];
    file.read_exact(&mut start).and_then(|()| file.rewind()).ok()?;
    if matches!(&start, [0x1f, 0x8b] | b"PK") {
        let text = unpack(&input::bytes_of(file).ok()?).ok()?.into_owned();
        return indexed(Cursor::new(text.into_bytes()), &input.source);
    }
    indexed(Watched::new(file.try_clone().ok()?).ok()?, &input.source)
}

fn indexed<R: Read + Seek + Send + 'static>(text: R, source: &QuoteSource) -> Option<Gathering> {
    let (name, mut remarks) = (source.name(), Remarks::default());
    let index = QuoteIndex::new(text, &source.options, |remark| remarks.add(&name, vec![remark])).ok()?;
    Some(Gathering { quotes: Box::new(index), remarks, passed_over: Vec::new(), lacking: Vec::new() })
}

/// A file that is read twice, once for its days and once for their quotes: whoever writes to it meanwhile is noticed, since
/// half of one version and half of another are no history.
struct Watched {
    file: File,
    begun: (u64, SystemTime),
}

impl Watched {
    fn new(file: File) -> io::Result<Self> {
        Ok(Self { begun: Self::version(&file)?, file })
    }

    fn version(file: &File) -> io::Result<(u64, SystemTime)> {
        let metadata = file.metadata()?;
        Ok((metadata.len(), metadata.modified()?))
    }
}

impl Read for Watched {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(bytes)?;
        // After reading: what was read before a change is of the first version.
        if Self::version(&self.file)? == self.begun {
            Ok(count)
        } else {
            Err(io::Error::other("the file has changed while it was read"))
        }
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
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
            1 => told.push("1 warning about a single row (`fedpath check` prints it)".to_owned()),
            rows => told.push(format!("{rows} warnings about single rows (`fedpath check` prints all)")),
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Seek, Write};

    use super::Watched;

    #[test]
    fn a_file_that_changes_is_no_longer_read() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"one").unwrap();
        let mut watched = Watched::new(file.try_clone().unwrap()).unwrap();
        let mut text = String::new();
        watched.rewind().unwrap();
        assert_eq!(watched.read_to_string(&mut text).unwrap(), 3);
        file.write_all(b"two").unwrap();
        watched.rewind().unwrap();
        assert!(watched.read_to_string(&mut text).unwrap_err().to_string().contains("has changed"));
    }
}
