//! [`Tally`]: how many rows a file had, and what became of each.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Why a row of a file gave no quote although nothing is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Skip {
    /// A future on something else.
    OtherProduct,
    /// An option.
    Option,
    /// A spread between contracts.
    Spread,
    /// The sums of the columns, held against the rows.
    Total,
    /// A contract or a day without any value.
    NoPrice,
    /// A figure that is none of a quote's, such as a limit.
    OtherFigure,
    /// A figure that a later row of the same day replaced, such as a preliminary settlement.
    Replaced,
    /// A row that says the same as one before.
    Repeated,
    /// A fixing of another rate.
    OtherRate,
    /// Words around the table.
    Words,
    /// A line of separators.
    Blank,
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::OtherProduct => "of another product",
            Self::Option => "of options",
            Self::Spread => "of spreads",
            Self::Total => "of totals",
            Self::NoPrice => "without a value",
            Self::OtherFigure => "of other figures",
            Self::Replaced => "replaced by a later row",
            Self::Repeated => "repeated",
            Self::OtherRate => "of another rate",
            Self::Words => "of words around the table",
            Self::Blank => "of separators only",
        })
    }
}

/// How many rows of a file were read, kept and skipped, and why: nothing is dropped silently.
///
/// A row is a line below the header (a list element in JSON, a `MktDataFull` in XML); header lines, blank lines and
/// comments are none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Tally {
    kept: usize,
    skipped: BTreeMap<Skip, usize>,
    others: Vec<String>,
    /// The same, to look up.
    known: BTreeSet<String>,
}

impl Tally {
    /// The rows read: all that were kept or skipped.
    #[must_use]
    pub fn read(&self) -> usize {
        self.kept + self.skipped.values().sum::<usize>()
    }

    /// The rows whose figures are in the result.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.kept
    }

    /// The rows that gave nothing, by reason.
    #[must_use]
    pub fn skipped(&self) -> impl ExactSizeIterator<Item = (Skip, usize)> {
        self.skipped.iter().map(|(reason, count)| (*reason, *count))
    }

    /// What else the file holds, such as `ED`, `FFC options`; in the order of the file, each once.
    #[must_use]
    pub fn others(&self) -> &[String] {
        &self.others
    }

    pub(crate) fn keep(&mut self) {
        self.kept += 1;
    }

    /// Counts rows that were kept elsewhere.
    pub(crate) fn keep_all(&mut self, rows: usize) {
        self.kept += rows;
    }

    /// Counts a row that was kept as replaced.
    pub(crate) fn replace_kept(&mut self) {
        self.kept = self.kept.saturating_sub(1);
        self.skip(Skip::Replaced);
    }

    pub(crate) fn skip(&mut self, reason: Skip) {
        self.skip_all(reason, 1);
    }

    pub(crate) fn skip_all(&mut self, reason: Skip, rows: usize) {
        if rows > 0 {
            *self.skipped.entry(reason).or_default() += rows;
        }
    }

    /// Notes what else the file holds.
    pub(crate) fn holds(&mut self, other: &str) {
        if !self.known.contains(other) {
            self.known.insert(other.to_owned());
            self.others.push(other.to_owned());
        }
    }

    /// "3YR, B1U and 40 more".
    pub(crate) fn listed_others(&self) -> String {
        let shown = self.others.len().min(8);
        let listed = crate::text::escaped_to(&self.others[..shown].join(", "), 120);
        match self.others.len() - shown {
            0 => listed,
            more => format!("{listed} and {more} more"),
        }
    }

    /// "it holds 3YR, B1U and 40 more".
    pub(crate) fn holdings(&self) -> String {
        if self.others.is_empty() {
            "it holds no product at all".to_owned()
        } else {
            format!("it holds {}", self.listed_others())
        }
    }
}
