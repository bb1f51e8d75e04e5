//! [`FileCheck`]: everything that can be said of a file before it is used.

use crate::market::contract::ContractMonth;
use crate::market::fixings::Fixings;
use crate::market::product::Product;
use crate::notice::Remark;
use crate::quotes::{QuoteFile, ReadOptions};
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
}

/// Everything that can be said of a file of quotes or of realised rates: what it holds, every problem, every warning, an
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
            Fixings::parse(text).map(Content::Fixings)
        } else {
            QuoteFile::parse(text, options).and_then(|file| file.only(options.as_of)).map(Content::Quotes)
        };
        let remarks = match &content {
            Ok(Content::Quotes(file)) => file.remarks(),
            Ok(Content::Fixings(_)) | Err(_) => Vec::new(),
        };
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
        }
    }

    /// The name of the file's format.
    #[must_use]
    pub fn format(&self) -> Option<String> {
        Some(match self.content.as_ref().ok()? {
            Content::Quotes(file) => file.format().to_string(),
            Content::Fixings(fixings) => fixings.format().to_string(),
        })
    }

    /// The product of quotes.
    #[must_use]
    pub fn product(&self) -> Option<Product> {
        match self.content.as_ref().ok()? {
            Content::Quotes(file) => Some(file.product()),
            Content::Fixings(_) => None,
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
