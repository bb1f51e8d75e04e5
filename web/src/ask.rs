//! What the page asks.

use std::collections::BTreeMap;

use fedpath::chrono::NaiveDate;
use fedpath::{Assumptions, BasisPoints, ContractMonth, Price, Probability};
use serde::Deserialize;

/// A question.
#[derive(Debug, Deserialize)]
#[serde(tag = "op", rename_all = "kebab-case")]
pub(crate) enum Ask {
    /// Reads a file, whose bytes come with the question.
    Load {
        /// Its name.
        name: String,
        /// The day of quotes that state none.
        #[serde(default)]
        day: Option<NaiveDate>,
    },
    /// Forgets all files.
    Clear,
    /// Chooses the days, the meeting and the conventions of what follows.
    Set(Box<Settings>),
    /// The parts of the page, as they are with these suppositions.
    Parts {
        #[serde(flatten)]
        supposed: Supposed,
        /// Their names; all where empty.
        #[serde(default)]
        only: Vec<String>,
    },
    /// The report as a page of its own.
    Report(Supposed),
    /// A chart as a drawing of its own.
    Chart {
        #[serde(flatten)]
        supposed: Supposed,
        /// The name of its kind.
        kind: String,
    },
    /// A document of the program.
    Document {
        #[serde(flatten)]
        supposed: Supposed,
        kind: Document,
    },
    /// The price of one contract that gives a meeting alone so many moves with a probability, all others as supposed.
    Wanted {
        #[serde(flatten)]
        supposed: Supposed,
        meeting: NaiveDate,
        /// The number of moves of 25 bp, cuts negative.
        moves: i64,
        probability: Probability,
    },
    /// The prices of the days that are shown, as a table that can be read again.
    Quotes,
    /// One meeting through the days of a long file, whose bytes come with the question.
    Through {
        /// The name of the file.
        name: String,
        /// The meeting; the next one of the last day where there is none.
        meeting: Option<NaiveDate>,
        /// The first day.
        from: Option<NaiveDate>,
    },
    /// The style sheet.
    Style,
}

/// The documents of the program that the page can save.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Document {
    Probs,
    Path,
    Reprice,
}

/// What is supposed in place of what is quoted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Supposed {
    /// Prices of contracts.
    pub(crate) prices: BTreeMap<ContractMonth, Price>,
    /// What meetings do to the range.
    pub(crate) outcomes: BTreeMap<NaiveDate, BasisPoints>,
}

/// Days, meeting and conventions.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// The later day; the illustrative episode where there is none.
    pub(crate) after: Option<NaiveDate>,
    /// The earlier day, where two are compared.
    pub(crate) before: Option<NaiveDate>,
    /// The meeting that it is about.
    pub(crate) meeting: Option<NaiveDate>,
    /// The conventions; what is left out is as the program has it.
    pub(crate) assumptions: Assumptions,
}
