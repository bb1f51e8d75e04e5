//! The options of reading quotes, and the files that paths mean: files, folders of them, patterns.

use std::borrow::Cow;
use std::fs::File;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveTime};
use clap::Args;
use fedpath::files::{ColumnName, QuoteSet};
use fedpath::{ContractError, ContractMonth, ProblemKind, Product, QuoteFile, ReadError, ReadOptions, unpack};

use super::failure::Failure;
use super::output::Messages;
use super::{input, patterns};

#[derive(Debug, Args)]
#[command(next_help_heading = "What to read")]
pub(super) struct ReadingArgs {
    /// Contracts of files that name none, such as ZQZ25
    ///
    /// One for each file, in the order of the files.
    #[arg(long, hide_short_help = true, value_name = "CONTRACT", value_delimiter = ',')]
    pub(super) contract: Vec<String>,
    /// Of several moments of a day, the last up to it
    ///
    /// A time of day such as 14:00, in the zone in which the file writes its times.
    #[arg(long, hide_short_help = true, value_name = "TIME", value_parser = time_of_day)]
    pub(super) at: Option<NaiveTime>,
    /// Name columns that are not recognised, such as contract=RIC,price=Settle,date=Day
    ///
    /// Figures: date, contract, expiry, price (settlement), settle, last, mid, bid, ask, open, high, low, change, volume,
    /// `open_interest`, product, and ignore for a column that is not read.
    #[arg(long, hide_short_help = true, value_name = "FIGURE=NAME", value_delimiter = ',')]
    pub(super) columns: Vec<ColumnName>,
}

/// `14:00` or `14:00:30`.
fn time_of_day(text: &str) -> Result<NaiveTime, String> {
    ["%H:%M", "%H:%M:%S"]
        .iter()
        .find_map(|form| NaiveTime::parse_from_str(text, form).ok())
        .ok_or_else(|| "expected a time of day such as 14:00".to_owned())
}

/// What is read of quote files.
pub(super) struct Wanted<'a> {
    pub(super) reading: &'a ReadingArgs,
    /// Fed funds futures, and what is priced beside them.
    pub(super) products: Vec<Product>,
}

impl<'a> Wanted<'a> {
    /// Fed funds futures alone.
    pub(super) fn fed_funds(reading: &'a ReadingArgs) -> Self {
        Self { reading, products: vec![Product::default()] }
    }

    /// Whether other products are read too.
    pub(super) fn is_several(&self) -> bool {
        self.products.len() > 1
    }
}

/// A file of quotes that a path means.
#[derive(Clone)]
pub(super) struct QuoteSource {
    pub(super) path: PathBuf,
    /// Whether it was named, and not found in a folder or by a pattern.
    pub(super) named: bool,
    pub(super) options: ReadOptions,
}

impl QuoteSource {
    /// Every file that the paths mean, and what the options say of it.
    pub(super) fn of(
        paths: &[PathBuf],
        reading: &ReadingArgs,
        as_of: Option<NaiveDate>,
        product: Product,
    ) -> Result<Vec<Self>, Failure> {
        if paths.iter().filter(|path| input::is_stdin(path)).count() > 1 {
            return Err(Failure::Usage("only one of the files can be standard input".to_owned()));
        }
        let mut sources = Vec::new();
        for path in paths {
            sources.extend(files_of(path)?);
        }
        let contracts = contracts(reading, as_of, product)?;
        if !contracts.is_empty() && contracts.len() != sources.len() {
            let (wanted, given) = (sources.len(), contracts.len());
            let files = if wanted == 1 { "the file".to_owned() } else { format!("each of the {wanted} files") };
            return Err(Failure::Usage(format!("--contract: expected one contract for {files}, found {given}")));
        }
        let source = |(index, (path, named)): (usize, (PathBuf, bool))| {
            let mut options = ReadOptions::default();
            (options.as_of, options.product) = (as_of, product);
            options.contract = contracts.get(index).copied();
            options.columns.clone_from(&reading.columns);
            options.at = reading.at;
            options.file_name =
                path.file_name().filter(|_| !input::is_stdin(&path)).map(|name| name.to_string_lossy().into());
            Self { path, named, options }
        };
        Ok(sources.into_iter().enumerate().map(source).collect())
    }

    /// The name of the file in messages and reports.
    pub(super) fn name(&self) -> String {
        input::name(&self.path)
    }

    /// The file, to be read as often as one likes.
    pub(super) fn open(&self) -> Result<File, String> {
        input::reopened(&self.path)
    }

    /// The quotes in the bytes of the file.
    pub(super) fn parse(&self, bytes: &[u8]) -> Result<QuoteFile, Failure> {
        self.parse_text(&self.unpack(bytes)?)
    }

    fn parse_text(&self, text: &str) -> Result<QuoteFile, Failure> {
        QuoteFile::parse(text, &self.options).map_err(|error| self.refused(&error))
    }

    /// The text in the bytes of the file.
    pub(super) fn unpack<'b>(&self, bytes: &'b [u8]) -> Result<Cow<'b, str>, Failure> {
        unpack(bytes).map_err(|error| self.refused(&error))
    }

    fn refused(&self, error: &ReadError) -> Failure {
        Failure::of_text(&self.name(), error)
    }

    /// The same file read for another product, beside others.
    pub(super) fn of_several(&self, product: Product) -> Self {
        let mut options = self.options.clone();
        options.contract = options.contract.filter(|_| product == options.product);
        (options.product, options.several_products) = (product, true);
        Self { path: self.path.clone(), named: self.named, options }
    }

    /// The quotes in the text of a file that is read for several products; `None` where it has none of this one.
    pub(super) fn parse_if_any(&self, text: &str) -> Result<Option<QuoteFile>, Failure> {
        let lacks = |error: &ReadError| {
            let kinds = [ProblemKind::NoFedFunds, ProblemKind::Empty, ProblemKind::NoContract];
            error.problems().iter().all(|problem| kinds.contains(&problem.kind()))
        };
        match QuoteFile::parse(text, &self.options) {
            Ok(file) => Ok(Some(file)),
            Err(error) if lacks(&error) => Ok(None),
            Err(error) => Err(self.refused(&error)),
        }
    }

    /// The quotes of the file, a part for each product that it has.
    fn read_products(&self, products: &[Product]) -> Result<Vec<QuoteFile>, Failure> {
        let bytes = input::quotes(&self.path).map_err(|message| Failure::of_input(&self.name(), &message))?;
        if products.len() < 2 {
            return self.parse(&bytes).map(|file| vec![file]);
        }
        let text = self.unpack(&bytes)?;
        let mut files = Vec::new();
        for product in products {
            files.extend(self.of_several(*product).parse_if_any(&text)?);
        }
        // What it lacks is told as of a file of one product.
        if files.is_empty() { self.parse_text(&text).map(|file| vec![file]) } else { Ok(files) }
    }

    /// The quotes of the file.
    pub(super) fn read(&self) -> Result<QuoteFile, Failure> {
        let bytes = input::quotes(&self.path).map_err(|message| Failure::of_input(&self.name(), &message))?;
        self.parse(&bytes)
    }
}

/// The contracts that the user gives.
fn contracts(reading: &ReadingArgs, as_of: Option<NaiveDate>, product: Product) -> Result<Vec<ContractMonth>, Failure> {
    let contract = |label: &String| {
        ContractMonth::parse_of(product, label, as_of).map_err(|error| match error {
            ContractError::NeedsTradeDate(_) => {
                let example = format!("{}Z25", product.code());
                Failure::Usage(format!(
                    "--contract: expected a contract with its decade, such as {example}, or --as-of"
                ))
            }
            error => Failure::Usage(format!("--contract: {error}")),
        })
    };
    reading.contract.iter().map(contract).collect()
}

/// The quotes of one or more files for a command on one day, and what the files are called. One that is named has to be
/// sound; of a folder or a pattern those that are not are passed over with a warning.
pub(super) fn read_set(
    paths: &[PathBuf],
    wanted: &Wanted<'_>,
    as_of: Option<NaiveDate>,
    messages: &Messages,
) -> Result<(QuoteSet, String), Failure> {
    let sources = QuoteSource::of(paths, wanted.reading, as_of, Product::FedFunds)?;
    let mut set = QuoteSet::default();
    let (mut refused, mut passed_over) = (Vec::new(), Vec::new());
    for source in &sources {
        match source.read_products(&wanted.products) {
            Ok(files) => files.into_iter().for_each(|file| set.add(&source.name(), file)),
            Err(failure) if source.named => refused.extend(failure.sentences()),
            Err(failure) => passed_over.extend(failure.sentences()),
        }
    }
    if set.is_empty() {
        refused.append(&mut passed_over);
    }
    if !refused.is_empty() {
        return Err(Failure::NoReport(refused));
    }
    for sentence in passed_over {
        messages.warning(&format!("passed over: {sentence}"));
    }
    Ok((set, names(paths)))
}

/// What paths are called together.
pub(super) fn names(paths: &[PathBuf]) -> String {
    let names: Vec<String> = paths.iter().map(|path| input::name(path)).collect();
    names.join(", ")
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
        return if files.is_empty() { Err(nothing("the folder contains no files")) } else { Ok(found(files)) };
    }
    if input::is_stdin(path) || path.exists() || !name.contains(['*', '?', '[']) {
        return Ok(vec![(path.to_owned(), true)]);
    }
    let files =
        patterns::files(path).map_err(|error| nothing(&format!("expected a pattern of file names: {}", error.msg)))?;
    if files.is_empty() { Err(nothing("no file matches this pattern")) } else { Ok(found(files)) }
}
