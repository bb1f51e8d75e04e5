//! [`QuoteSet`]: several quote files as one.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::file::lacks;
use super::{Format, QuoteFile, QuoteTable, Snapshot};
use crate::market::product::Product;
use crate::notice::Notice;
use crate::text::problem::{Problem, ProblemKind, ReadError};

/// Several quote files taken together, such as a download for each contract: files of one day complete each other. Files of several
/// products stand beside each other; fed funds futures, where there are any, say what the days are.
///
/// ```
/// use fedpath::files::QuoteSet;
/// use fedpath::{QuoteFile, ReadOptions};
/// let mut set = QuoteSet::default();
/// for (name, row) in [("december", "2025-11-21,ZQZ25,96.18"), ("january", "2025-11-21,ZQF26,96.215")] {
///     set.add(name, QuoteFile::parse(&format!("date,contract,settle\n{row}\n"), &ReadOptions::default())?);
/// }
/// assert_eq!(set.snapshot(None)?.quotes().len(), 2);
/// # Ok::<(), fedpath::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuoteSet {
    files: Vec<(String, QuoteFile)>,
}

impl QuoteSet {
    /// Adds a file, known by a name.
    pub fn add(&mut self, name: &str, file: QuoteFile) {
        self.files.push((name.to_owned(), file));
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The days of the quotes, in order; those of undated files are none.
    #[must_use]
    pub fn days(&self) -> Vec<NaiveDate> {
        let product = self.product();
        let of_product = self.files.iter().filter(|(_, file)| file.product() == product);
        let days: BTreeSet<NaiveDate> = of_product.flat_map(|(_, file)| file.days().flatten()).collect();
        days.into_iter().collect()
    }

    /// The quotes of one day: of `as_of`, or without it of the newest day, which is then noticed.
    ///
    /// # Errors
    /// Where there are no quotes of `as_of`, a file of several is undated, or two files contradict each other.
    pub fn snapshot(mut self, as_of: Option<NaiveDate>) -> Result<Snapshot, ReadError> {
        let main = self.product();
        let mut others;
        (self.files, others) = self.files.into_iter().partition(|(_, file)| file.product() == main);
        let mut snapshot = self.of_product(as_of)?;
        for product in Product::ALL {
            let (files, rest) = others.into_iter().partition(|(_, file)| file.product() == product);
            others = rest;
            let beside = Self { files };
            let Some(day) = snapshot.trade_date().or(as_of).filter(|_| !beside.is_empty()) else { continue };
            if beside.days().is_empty() || beside.days().contains(&day) {
                snapshot = snapshot.with_product(beside.of_product(Some(day))?);
            }
        }
        Ok(snapshot)
    }

    /// Fed funds futures, where there are any.
    fn product(&self) -> Product {
        let mut products = self.files.iter().map(|(_, file)| file.product());
        products.clone().find(|product| *product == Product::default()).or(products.next()).unwrap_or_default()
    }

    /// The quotes of one day of files of one product.
    fn of_product(mut self, as_of: Option<NaiveDate>) -> Result<Snapshot, ReadError> {
        let days = self.days();
        let newest = days.last().copied().filter(|_| as_of.is_none() && days.len() > 1);
        let newer = newest.map(|day| Notice::NewestDay { day, days: days.len() });
        let day = as_of.or(newest);
        if self.files.len() == 1
            && let Some((_, file)) = self.files.pop()
        {
            let mut snapshot = file.snapshot(day)?;
            snapshot.notices.splice(0..0, newer);
            return Ok(snapshot);
        }
        // Files of one other day are valued as of the wanted one, as a single file is.
        let wanted = day.filter(|day| days.len() > 1 || days.contains(day) || self.selects());
        let wanted = wanted.or(days.first().copied());
        if let Some(wanted) = wanted.filter(|wanted| !days.contains(wanted)) {
            return Err(lacks(&days, wanted).into());
        }
        self.merged(wanted, newer)
    }

    /// The quotes of one day of several files.
    fn merged(self, day: Option<NaiveDate>, newer: Option<Notice>) -> Result<Snapshot, ReadError> {
        let mut table = QuoteTable::default();
        let (mut formats, mut notices): (Vec<Format>, Vec<Notice>) = (Vec::new(), newer.into_iter().collect());
        for (name, file) in self.files {
            // An undated file is refused by the table.
            if !file.days().any(|of| of == day || of.is_none()) {
                continue;
            }
            let file = file.only(day)?;
            formats.push(file.format());
            for remark in file.remarks() {
                if !notices.contains(&remark.notice) {
                    notices.push(remark.notice);
                }
            }
            table.add(&name, file)?;
        }
        let empty = || Problem::new(ProblemKind::Empty, "expected at least one file of quotes, found none");
        let mut snapshot = day.and_then(|day| table.snapshot(day)).ok_or_else(empty)?;
        // What strips notice of prices is theirs to tell.
        notices.retain(|notice| !matches!(notice, Notice::OffTickGrid { .. } | Notice::LongExpired { .. }));
        snapshot.notices = notices;
        if let Some(format) = formats.first().filter(|first| formats.iter().all(|format| format == *first)) {
            snapshot.format = *format;
        }
        Ok(snapshot)
    }

    fn selects(&self) -> bool {
        self.files.iter().any(|(_, file)| file.dates_its_rows())
    }
}
