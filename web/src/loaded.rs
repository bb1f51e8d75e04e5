//! Files that were read, and what is said of them.

use fedpath::check::{Content, FileCheck, Tally};
use fedpath::chrono::NaiveDate;
use fedpath::files::{QuoteSet, unpack_at_most};
use fedpath::report::{Source, printable};
use fedpath::{Episode, Fixings, Position, ProblemKind, QuoteFile, ReadOptions, Snapshot, Strip, StripOptions};
use serde_json::{Value, json};

/// The most that is unpacked: the memory of a page never shrinks.
pub(crate) const LARGEST: u64 = 64 << 20;

/// The longest strip that is priced, as of the program: twice what the exchange lists.
const MOST_MONTHS: usize = 120;

/// The most problems and remarks of a file that are told.
const MOST_TOLD: usize = 20;

/// A file of quotes.
#[derive(Debug)]
pub(crate) struct QuotesOfFile {
    name: String,
    quotes: QuoteFile,
}

/// What a file holds that the page can use.
#[derive(Debug)]
pub(crate) enum Held {
    Quotes(QuotesOfFile),
    Fixings(Fixings),
}

/// The prices of a day, and what a report says of their file.
#[derive(Debug)]
pub(crate) struct Side {
    name: String,
    format: String,
    pub(crate) illustrative: bool,
    pub(crate) strip: Strip,
}

/// Reads a file, whose quotes are of a given day where they state none: what it holds, where it can be used, and what is to be said
/// of it.
pub(crate) fn read(name: String, day: Option<NaiveDate>, bytes: &[u8]) -> (Option<Held>, Value) {
    let mut options = ReadOptions::default();
    (options.file_name, options.as_of) = (Some(name.clone()), day);
    let check = match unpack_at_most(bytes, LARGEST) {
        Ok(text) => FileCheck::of(&text, &options),
        Err(error) => FileCheck::unreadable(error),
    };
    let mut said = said(&name, &check);
    let held = check.content().cloned().and_then(|content| match content {
        Content::Quotes(quotes) => Some(Held::Quotes(QuotesOfFile { name, quotes })),
        Content::Fixings(fixings) => Some(Held::Fixings(fixings)),
        _ => None,
    });
    said["holds"] = json!(held.as_ref().map(|held| match held {
        Held::Quotes(_) => "quotes",
        Held::Fixings(_) => "fixings",
    }));
    (held, said)
}

fn said(name: &str, check: &FileCheck) -> Value {
    let place = |position: Option<Position>| position.map(|place| place.to_string());
    let problems = check.problems().iter().take(MOST_TOLD);
    let remarks = check.remarks().iter().take(MOST_TOLD);
    json!({
        "name": printable(name),
        "format": check.format(),
        "days": check.days(),
        "needs_day": needs_day(check),
        "contracts": check.contracts().len(),
        "read": check.tally().map(Tally::read),
        "kept": check.tally().map(Tally::kept),
        "problems": problems.map(|problem| json!({ "at": place(problem.position()), "says": problem.message() })).collect::<Vec<_>>(),
        "remarks": remarks.map(|remark| json!({ "at": place(remark.position), "says": remark.notice.to_string() })).collect::<Vec<_>>(),
        "more": check.problems().len().saturating_sub(MOST_TOLD) + check.remarks().len().saturating_sub(MOST_TOLD),
    })
}

/// Whether the quotes of a file have no day, or their labels cannot be read without one.
fn needs_day(check: &FileCheck) -> bool {
    let undated = matches!(check.content(), Some(Content::Quotes(quotes)) if quotes.days().any(|day| day.is_none()));
    undated || check.problems().iter().any(|problem| problem.kind() == ProblemKind::NoDate)
}

impl QuotesOfFile {
    fn is_of(&self, day: NaiveDate) -> bool {
        self.quotes.days().any(|own| own == Some(day))
    }
}

impl Side {
    /// The prices of a day: files of one day complete each other.
    pub(crate) fn of_day<'f>(files: impl Iterator<Item = &'f QuotesOfFile>, day: NaiveDate) -> Result<Self, String> {
        let (mut set, mut names) = (QuoteSet::default(), Vec::new());
        for file in files.filter(|file| file.is_of(day)) {
            set.add(&file.name, file.quotes.clone());
            names.push(file.name.as_str());
        }
        let name = names.join(", ");
        let of_files = |error: &dyn std::fmt::Display| format!("{}: {error}", printable(&name));
        let snapshot = set.snapshot(Some(day)).map_err(|error| of_files(&error))?;
        let mut options = StripOptions::default();
        options.as_of = Some(day);
        let strip = Strip::new(&snapshot, &options).map_err(|error| of_files(&error))?;
        let count = strip.prices().len();
        if count > MOST_MONTHS {
            return Err(of_files(&format!("expected at most {MOST_MONTHS} months, found {count}")));
        }
        let illustrative = Episode::embedded().holds(&snapshot);
        Ok(Self { format: snapshot.format().to_string(), name, illustrative, strip })
    }

    /// A day of the illustrative episode.
    pub(crate) fn of_episode(snapshot: &Snapshot) -> Result<Self, String> {
        let strip = Strip::new(snapshot, &StripOptions::default()).map_err(|error| error.to_string())?;
        Ok(Self {
            name: "embedded episode".to_owned(),
            format: snapshot.format().to_string(),
            illustrative: true,
            strip,
        })
    }

    pub(crate) fn source(&self) -> Source<'_> {
        let mut source = Source::new(&self.name, &self.format);
        source.illustrative = self.illustrative;
        source
    }
}
