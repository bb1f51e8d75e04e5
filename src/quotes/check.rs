//! [`FileCheck`]: everything that can be said of a file before it is used.

use crate::market::contract::ContractMonth;
use crate::market::fixings::Fixings;
use crate::market::product::{OvernightRate, Product};
use crate::notice::Remark;
use crate::quotes::options::{ChainViolation, OptionFile, OptionProduct};
use crate::quotes::{Quote, QuoteFile, ReadOptions};
use crate::text::problem::{Problem, ProblemKind, ReadError};
use crate::text::tally::Tally;
use chrono::NaiveDate;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// Futures quotes.
    Quotes(QuoteFile),
    /// Realised rates.
    Fixings(Fixings),
    /// Options on futures, without the futures.
    Options(OptionFile),
}

/// Everything that can be said of a file of quotes, of options or of realised rates: what it holds, every problem, every warning, an
/// account of its rows.
///
/// ```
/// use fedpath::ReadOptions;
/// use fedpath::check::FileCheck;
/// let check = FileCheck::of("# as_of: 2025-11-21\ncontract,price\nZQZ25,96.1234\n", &ReadOptions::default());
/// assert!(check.problems().is_empty());
/// assert_eq!(check.remarks()[0].notice.to_string(), "ZQZ25 at 96.1234 is off the tick grid");
/// let check = FileCheck::of("contract,price\nZQZ25,9618.0\n", &ReadOptions::default());
/// assert_eq!(check.problems()[0].to_string(), "2:7: expected a price such as 96.2300, found '9618.0'");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileCheck {
    content: Result<Content, ReadError>,
    remarks: Vec<Remark>,
}

impl FileCheck {
    /// Checks the text of a file.
    #[must_use]
    pub fn of(text: &str, options: &ReadOptions) -> Self {
        let content = if Fixings::recognises(text) {
            // Whichever overnight rate the file is of.
            let sofr = || Fixings::parse_of(OvernightRate::Sofr, text);
            let read = Fixings::parse(text);
            let read =
                read.or_else(|error| if holds_no_futures(&error) { sofr().map_err(|_| error) } else { Err(error) });
            read.map(Content::Fixings)
        } else {
            QuoteFile::parse(text, options).and_then(|file| file.only(options.as_of)).map(Content::Quotes)
        };
        // Options beside futures never have the futures refused: what cannot be read of them is not checked.
        let chains = OptionFile::parse(text, options.as_of).ok().filter(|file| !file.chains().is_empty());
        let content = match (content, &chains) {
            (Err(error), Some(file)) if OptionFile::is_table(text) || holds_no_futures(&error) => {
                Ok(Content::Options(file.clone()))
            }
            (content, _) => content,
        };
        let futures = if let Ok(Content::Quotes(file)) = &content { Some(file) } else { None };
        let mut remarks = futures.map_or_else(Vec::new, QuoteFile::remarks);
        let broken = chains.iter().flat_map(|file| contradictions(file, futures));
        remarks.extend(broken.map(|violation| Remark { notice: violation.into(), position: None }));
        Self { content, remarks }
    }

    /// The check of a file that has no text.
    #[must_use]
    pub fn unreadable(error: ReadError) -> Self {
        Self { content: Err(error), remarks: Vec::new() }
    }

    /// The check of a file that cannot be opened, and why not.
    #[must_use]
    pub fn unopened(message: String) -> Self {
        Self::unreadable(Problem::new(ProblemKind::NotRead, message).into())
    }

    /// What the file holds, where it can be read.
    #[must_use]
    pub fn content(&self) -> Option<&Content> {
        self.content.as_ref().ok()
    }

    /// Every problem, in the order of the text; none where the file can be used.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        self.content.as_ref().err().map_or(&[], ReadError::problems)
    }

    /// Every warning, those of the whole file first.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// How many rows were read, kept and skipped, and why; `None` for a file that cannot be used.
    #[must_use]
    pub fn tally(&self) -> Option<&Tally> {
        match self.content.as_ref().ok()? {
            Content::Quotes(file) => Some(file.tally()),
            Content::Fixings(fixings) => Some(fixings.tally()),
            Content::Options(options) => Some(options.tally()),
        }
    }

    /// The name of the file's format.
    #[must_use]
    pub fn format(&self) -> Option<String> {
        Some(match self.content.as_ref().ok()? {
            Content::Quotes(file) => file.format().to_string(),
            Content::Fixings(fixings) => fixings.format().to_string(),
            Content::Options(_) => "options on futures".to_owned(),
        })
    }

    /// The product of quotes.
    #[must_use]
    pub fn product(&self) -> Option<Product> {
        match self.content.as_ref().ok()? {
            Content::Quotes(file) => Some(file.product()),
            Content::Fixings(_) | Content::Options(_) => None,
        }
    }

    /// The days of quotes or rates, in order; those of undated quotes are none.
    #[must_use]
    pub fn days(&self) -> Vec<NaiveDate> {
        match self.content.as_ref().ok() {
            Some(Content::Quotes(file)) => file.days().flatten().collect(),
            Some(Content::Fixings(fixings)) => {
                let mut days: Vec<_> = fixings.rates().map(|(day, _)| day).collect();
                days.extend(fixings.targets().map(|(day, ..)| day));
                days.sort_unstable();
                days.dedup();
                days
            }
            Some(Content::Options(options)) => options.as_of().into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// The contract months of quotes, in order, each once.
    #[must_use]
    pub fn contracts(&self) -> Vec<ContractMonth> {
        let Ok(Content::Quotes(file)) = &self.content else { return Vec::new() };
        let months: std::collections::BTreeSet<_> = file.quotes().map(|(_, month, _)| month).collect();
        months.into_iter().collect()
    }
}

/// Whether a file is refused for want of futures, and not because what it says of them is wrong.
fn holds_no_futures(error: &ReadError) -> bool {
    error.problems().iter().all(|problem| problem.kind() == ProblemKind::NoFedFunds)
}

/// Where the options of a file contradict each other, or the settlements of the futures beside them.
fn contradictions<'a>(
    options: &'a OptionFile,
    futures: Option<&'a QuoteFile>,
) -> impl Iterator<Item = ChainViolation> + 'a {
    options.chains().iter().flat_map(move |chain| {
        let funds = chain.product == OptionProduct::FedFunds;
        let futures = futures.filter(|file| funds && file.product() == Product::default());
        let mut settled = futures.into_iter().flat_map(QuoteFile::quotes);
        let same = |(day, month, _): &(Option<NaiveDate>, ContractMonth, Quote)| {
            *month == chain.month && (*day == options.as_of() || day.is_none())
        };
        let future = settled.find(same).and_then(|(_, _, quote)| quote.settle);
        chain.contradictions(options.as_of(), future).collect::<Vec<_>>()
    })
}
