//! [`PublishedComparison`]: published probabilities against ours.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::PublishedTable;
use super::conventions::{Convention, Quotes, conventions};
use super::table::Outcomes;
use crate::outlook::Outlook;
use crate::rule::{Assumptions, StartRate};
use crate::study::history::History;
use crate::units::{Fraction, Probability};

/// One published probability and ours.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PublishedCell {
    /// The day of the publication.
    pub day: NaiveDate,
    /// The meeting, by its announcement.
    pub meeting: NaiveDate,
    /// The lower bound of the range in basis points.
    pub lower_bp: i64,
    /// The upper bound.
    pub upper_bp: i64,
    /// What was published; `None` where the range was not listed.
    pub published: Option<Probability>,
    /// Ours.
    pub ours: Probability,
}

impl PublishedCell {
    /// Ours less the published one; a range that was not listed counts as nothing.
    #[must_use]
    pub fn difference(&self) -> Fraction {
        let published = self.published.as_ref().map_or_else(Fraction::zero, |published| published.exact().clone());
        self.ours.exact() - &published
    }
}

/// How the published probabilities agree with ours under one set of conventions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Agreement {
    /// What is assumed, in words.
    pub name: String,
    /// The cells that have a probability on either side.
    pub cells: usize,
    /// The cells no farther off than their rounding.
    pub met: usize,
    /// The mean distance; `None` without a cell.
    pub mean_distance: Option<Fraction>,
    /// The cell that is farthest off; `None` without a cell.
    pub worst: Option<PublishedCell>,
}

/// A download of FedWatch held against a history, under the history's assumptions and under others.
///
/// ```
/// use fedpath::{Assumptions, QuoteFile, QuoteTable, ReadOptions};
/// use fedpath::history::{History, HistoryOptions};
/// use fedpath::published::{PublishedComparison, PublishedTable};
/// let text = "date,contract,settle\n2025-11-21,ZQX25,96.12\n2025-11-21,ZQF26,96.215\n2025-11-21,ZQG26,96.285\n";
/// let mut table = QuoteTable::default();
/// table.add("november", QuoteFile::parse(text, &ReadOptions::default())?)?;
/// let assumptions = Assumptions::default();
/// let history = History::new(&table, &assumptions, HistoryOptions::default());
/// // With the day of January's decision at the new rate the start of the chain is another.
/// let published = "Date,(350-375),(375-400)\n2025-11-21,0.338519,0.661481\n";
/// let published = PublishedTable::parse(published, chrono::NaiveDate::from_ymd_opt(2025, 12, 10))?;
/// let comparison = PublishedComparison::new(&history, &published);
/// assert_eq!(comparison.as_assumed().met, 0);
/// assert_eq!(comparison.explanation().unwrap().name, "decision day: new rate");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PublishedComparison {
    days: usize,
    without_quotes: usize,
    unpriced: usize,
    cells: Vec<PublishedCell>,
    as_assumed: Agreement,
    others: Vec<Agreement>,
    rounding: Fraction,
}

impl PublishedComparison {
    /// Holds a download against a history: every day that both have and the history's options select.
    #[must_use]
    pub fn new(history: &History<'_>, published: &PublishedTable) -> Self {
        let selected: BTreeSet<NaiveDate> = history.selected().iter().copied().collect();
        let days: BTreeSet<NaiveDate> = published.days().filter(|day| selected.contains(day)).collect();
        let rounding = published.rounding();
        let mut conventions =
            conventions(history.assumptions(), history.options().strip.as_printed).into_iter().map(|convention| {
                let (cells, unpriced) = cells(history, published, &days, &convention);
                (Agreement::new(convention.name, &cells, &rounding), cells, unpriced)
            });
        let (as_assumed, cells, unpriced) = conventions
            .next()
            .unwrap_or_else(|| (Agreement::new(String::new(), &[], &published.rounding()), Vec::new(), 0));
        // Where every cell is met nothing is left to explain.
        let others = if as_assumed.met == as_assumed.cells {
            Vec::new()
        } else {
            conventions.map(|(agreement, _, _)| agreement).collect()
        };
        let without_quotes = published.days().len() - days.len();
        Self { days: days.len(), without_quotes, unpriced, cells, as_assumed, others, rounding: published.rounding() }
    }

    /// How many days are compared.
    #[must_use]
    pub fn days(&self) -> usize {
        self.days
    }

    /// How many days of the download have no quotes, or are not selected.
    #[must_use]
    pub fn without_quotes(&self) -> usize {
        self.without_quotes
    }

    /// How many of the published tables of one meeting on one day the quotes do not price.
    #[must_use]
    pub fn unpriced(&self) -> usize {
        self.unpriced
    }

    /// Every cell that has a probability on either side, as assumed.
    #[must_use]
    pub fn cells(&self) -> &[PublishedCell] {
        &self.cells
    }

    /// How far a published figure lies from what it was rounded from, at most.
    #[must_use]
    pub fn rounding(&self) -> &Fraction {
        &self.rounding
    }

    /// The agreement under the history's own assumptions.
    #[must_use]
    pub fn as_assumed(&self) -> &Agreement {
        &self.as_assumed
    }

    /// The agreement under other conventions, one change at a time; empty where every cell is met.
    #[must_use]
    pub fn others(&self) -> &[Agreement] {
        &self.others
    }

    /// The convention that explains the differences: one that meets every cell, else the one that halves the mean distance and
    /// meets most of the cells; `None` where there is none, or nothing to explain.
    #[must_use]
    pub fn explanation(&self) -> Option<&Agreement> {
        let comparable = || self.others.iter().filter(|other| other.cells * 10 >= self.as_assumed.cells * 9);
        let distance = |agreement: &Agreement| agreement.mean_distance.clone().unwrap_or_else(Fraction::zero);
        let half = &distance(&self.as_assumed) * &Fraction::ratio(1, 2)?;
        let nearest = comparable().min_by_key(|other| distance(other))?;
        (distance(nearest) <= half && nearest.met * 2 > nearest.cells).then_some(nearest)
    }
}

impl Agreement {
    fn new(name: String, cells: &[PublishedCell], rounding: &Fraction) -> Self {
        let distances: Vec<Fraction> = cells.iter().map(|cell| cell.difference().abs()).collect();
        let met = distances.iter().filter(|distance| *distance <= rounding).count();
        let sum = distances.iter().fold(Fraction::zero(), |sum, distance| &sum + distance);
        let count = Fraction::integer(i64::try_from(cells.len()).unwrap_or(i64::MAX));
        // Of cells equally far off the first.
        let worst = distances.iter().enumerate().rev().max_by_key(|(_, distance)| *distance);
        let worst = worst.and_then(|(place, _)| cells.get(place).cloned());
        Self { name, cells: cells.len(), met, mean_distance: sum.checked_div(&count), worst }
    }
}

/// The cells of the published days under a convention, and how many tables of a meeting have no price under it.
fn cells(
    history: &History<'_>,
    published: &PublishedTable,
    days: &BTreeSet<NaiveDate>,
    convention: &Convention,
) -> (Vec<PublishedCell>, usize) {
    let priced = outlooks(history, days, convention);
    let (mut cells, mut unpriced) = (Vec::new(), 0);
    let tables = published.days.iter().filter(|(day, _)| days.contains(day));
    for (day, (meeting, outcomes)) in tables.flat_map(|(day, meetings)| meetings.iter().map(move |table| (*day, table)))
    {
        match priced.get(&day).and_then(|outlook| Some((outlook, outlook.meeting(*meeting)?))) {
            None => unpriced += 1,
            Some((outlook, ours)) => {
                let of_range = |(moves, probability): (i64, Probability)| {
                    let range = outlook.target().moved(moves);
                    ((range.lower_bp(), range.upper_bp()), probability)
                };
                let ours: Outcomes = ours.cumulative.outcomes().map(of_range).collect();
                cells.extend(either(day, *meeting, outcomes, &ours));
            }
        }
    }
    (cells, unpriced)
}

/// The cells in which either side has a probability.
fn either(day: NaiveDate, meeting: NaiveDate, published: &Outcomes, ours: &Outcomes) -> Vec<PublishedCell> {
    let ranges: BTreeSet<(i64, i64)> = published.keys().chain(ours.keys()).copied().collect();
    let cell = |range: (i64, i64)| {
        let nothing = || Probability::share(Fraction::zero());
        let (published, ours) = (published.get(&range).cloned(), ours.get(&range).cloned().unwrap_or_else(nothing));
        let (lower_bp, upper_bp) = range;
        let any = !ours.exact().is_zero() || published.as_ref().is_some_and(|published| !published.exact().is_zero());
        any.then_some(PublishedCell { day, meeting, lower_bp, upper_bp, published, ours })
    };
    ranges.into_iter().filter_map(cell).collect()
}

/// What the quotes of each published day price.
fn outlooks(
    history: &History<'_>,
    days: &BTreeSet<NaiveDate>,
    convention: &Convention,
) -> BTreeMap<NaiveDate, Outlook> {
    let known = history.weekdays();
    let quoted = |day: &NaiveDate| {
        let place = known.binary_search(day).ok()?;
        match convention.quotes {
            Quotes::SameDay => Some(*day),
            Quotes::DayBefore => known.get(place.checked_sub(1)?).copied(),
            Quotes::DayAfter => known.get(place + 1).copied(),
        }
    };
    let published_on: BTreeMap<NaiveDate, NaiveDate> =
        days.iter().filter_map(|day| Some((quoted(day)?, *day))).collect();
    let wanted: BTreeSet<NaiveDate> = published_on.keys().copied().collect();
    let price = |wanted: BTreeSet<NaiveDate>, assumptions: &Assumptions| -> Vec<(NaiveDate, Outlook)> {
        let history = history.under(assumptions, convention.as_printed);
        let priced = history.days_on(wanted).filter_map(|day| Some((*published_on.get(&day.date)?, day.outlook.ok()?)));
        priced.collect()
    };
    if !convention.effective_start {
        return price(wanted, &convention.assumptions).into_iter().collect();
    }
    // Every day starts from a rate of its own.
    let of_day = |day: NaiveDate| {
        let fixings = convention.assumptions.fixings.as_ref()?;
        let (_, rate) = fixings.carried_on(day.pred_opt()?).ok()?;
        let mut assumptions = convention.assumptions.clone();
        assumptions.start_rate = StartRate::Given(rate.clone());
        Some(price(BTreeSet::from([day]), &assumptions))
    };
    wanted.into_iter().filter_map(of_day).flatten().collect()
}
