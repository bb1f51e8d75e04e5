//! [`Book`]: the quotes of a file while it is read.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::market::contract::{ContractError, ContractMonth, read_label, root};
use crate::market::product::Product;
use crate::notice::{Notice, Remark};
use crate::quotes::by_month::ByMonth;
use crate::quotes::file::{Days, QuoteFile, ReadOptions};
use crate::quotes::integrity;
use crate::quotes::quote::{Entry, HeldQuote};
use crate::quotes::{Format, Quote};
use crate::text::cell::Cell;
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::tally::{Skip, Tally};

/// The quotes of a file while it is read: a contract may come once a day.
pub(in crate::quotes) struct Book {
    format: Format,
    options: ReadOptions,
    /// The day of quotes that state none: the file's own, or the caller's.
    day: Option<NaiveDate>,
    days: Days,
    /// The day of the last row that was kept or left out.
    last_day: Option<NaiveDate>,
    tally: Tally,
    remarks: Vec<Remark>,
    /// Quotes without a price: left out, but their counts belong to the totals.
    unpriced: BTreeMap<(Option<NaiveDate>, ContractMonth), Entry>,
    /// The labels of continuous series that were refused.
    continuous: BTreeSet<String>,
    /// How many bytes the quotes take, about.
    held: usize,
}

/// The most bytes of quotes that are held: those of a file that is longer are no table to hold.
const MOST_HELD: usize = 100 << 20;

/// What a contract's label turned out to be.
pub(super) enum Found {
    /// A contract of the wanted product.
    Contract(ContractMonth),
    /// A row that is none of it, and counted as such.
    Other,
}

impl Book {
    pub(in crate::quotes) fn new(format: Format, options: &ReadOptions) -> Self {
        Self {
            format,
            options: options.clone(),
            day: options.as_of,
            days: Days::new(),
            last_day: None,
            tally: Tally::default(),
            remarks: Vec::new(),
            unpriced: BTreeMap::new(),
            continuous: BTreeSet::new(),
            held: 0,
        }
    }

    /// Sets the day that the file states.
    pub(super) fn state_day(&mut self, day: Option<NaiveDate>) {
        self.day = day.or(self.day);
    }

    /// The day of the quotes, where one is known.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        self.day
    }

    /// The product that is wanted.
    pub(super) fn product(&self) -> Product {
        self.options.product
    }

    /// Whether a quote of a future, or of one that is not named, is wanted.
    pub(super) fn wants(&self, named: Option<Product>) -> bool {
        let unnamed = if self.options.several_products { Product::default() } else { self.options.product };
        named.unwrap_or(unnamed) == self.options.product
    }

    /// The month of a label of the wanted product.
    pub(super) fn month(&self, text: &str, day: Option<NaiveDate>) -> Result<ContractMonth, ContractError> {
        let wanted = self.options.product;
        match read_label(text, day, wanted)? {
            read if self.wants(read.product) => Ok(read.month),
            _ => Err(ContractError::OtherProduct { found: text.to_owned(), wanted }),
        }
    }

    /// Whether rows of other futures belong into the file.
    pub(super) fn passes_others_over(&self) -> bool {
        self.options.several_products
    }

    /// Reads a contract's label in a file of several products: another product, a spread is skipped and counted.
    pub(super) fn contract(&mut self, label: Cell<'_>, day: Option<NaiveDate>) -> Result<Found, Problem> {
        match read_label(label.text, day, self.options.product) {
            Ok(read) if self.wants(read.product) => Ok(Found::Contract(read.month)),
            Ok(_) | Err(ContractError::OtherProduct { .. }) => {
                self.skip_product(&root(label.text));
                Ok(Found::Other)
            }
            // Combinations have names of their own, such as `ZQ:BF Z5-F6-G6`.
            Err(ContractError::Unknown(_)) if label.text.contains(':') => {
                self.skip(Skip::Spread);
                Ok(Found::Other)
            }
            // No contract at all, such as an index; a slip in a contract that is wanted is told.
            Err(ContractError::Unknown(_)) if !self.names_product(label.text) => {
                self.skip_product(label.text);
                Ok(Found::Other)
            }
            Err(ContractError::Spread(_)) => {
                self.skip(Skip::Spread);
                Ok(Found::Other)
            }
            // A series is refused once, not once a row.
            Err(ContractError::Continuous(_)) if !self.continuous.insert(label.text.to_owned()) => {
                self.skip(Skip::Repeated);
                Ok(Found::Other)
            }
            Err(error @ ContractError::NeedsTradeDate(_)) => {
                Err(Problem::new(ProblemKind::NoDate, error.to_string()).at(label.position))
            }
            Err(error) => Err(label.refused_as(&error)),
        }
    }

    /// Whether a label begins with a code of the wanted product.
    fn names_product(&self, label: &str) -> bool {
        let label = label.trim_start_matches(['/', '@']).to_ascii_uppercase();
        self.options.product.all_codes().any(|code| label.starts_with(code))
    }

    /// Takes a quote of a contract, or says where the contract stood before. One without any price is left out and remarked.
    pub(super) fn keep(
        &mut self,
        day: Option<NaiveDate>,
        month: ContractMonth,
        quote: Quote,
        position: Position,
    ) -> Result<(), Problem> {
        if quote.has_price() {
            return self.keep_held(day, month, quote.into(), position);
        }
        self.once(day, month, position)?;
        self.last_day = day;
        self.remark(Notice::NoPrice { contract: self.options.product.contract(month), wanted: "" }, Some(position));
        self.skip(Skip::NoPrice);
        self.unpriced.insert((day, month), Entry::new(quote.into(), position));
        Ok(())
    }

    /// Takes a quote that has a price, or says where the contract stood before.
    #[inline]
    pub(super) fn keep_held(
        &mut self,
        day: Option<NaiveDate>,
        month: ContractMonth,
        quote: HeldQuote,
        position: Position,
    ) -> Result<(), Problem> {
        self.once(day, month, position)?;
        self.last_day = day;
        self.place(day, month, quote, position);
        self.tally.keep();
        Ok(())
    }

    /// The settled quotes of a day that is being read, to be taken at once by [`Book::keep_run`]; `None` where something on that day
    /// has no price.
    #[inline]
    pub(super) fn run(&mut self, day: NaiveDate) -> Option<&mut ByMonth<Entry>> {
        if !self.unpriced.is_empty() || self.held > MOST_HELD {
            return None;
        }
        Some(self.days.entry(Some(day)).or_default())
    }

    /// Counts the rows of such a run.
    #[inline]
    pub(super) fn keep_run(&mut self, day: NaiveDate, rows: usize) {
        self.last_day = Some(day);
        self.held += rows * size_of::<(ContractMonth, Entry)>();
        self.tally.keep_all(rows);
    }

    /// Refuses a contract that was there before on the same day.
    #[inline]
    fn once(&self, day: Option<NaiveDate>, month: ContractMonth, position: Position) -> Result<(), Problem> {
        let priced = self.quotes_of(day).and_then(|quotes| quotes.get(month));
        match priced.or_else(|| self.unpriced.get(&(day, month))) {
            None => Ok(()),
            Some(first) => {
                let symbol = self.options.product.contract(month).symbol();
                let when = day.map_or(String::new(), |day| format!(" on {day}"));
                let line = first.position().line;
                let message = format!("expected each contract once, found {symbol}{when} again (first on line {line})");
                Err(Problem::new(ProblemKind::Inconsistent, message).at(position))
            }
        }
    }

    /// Takes back a quote that a later row replaces.
    pub(super) fn withdraw(&mut self, day: Option<NaiveDate>, month: ContractMonth) {
        let of_day = self.days.get_mut(&day);
        if of_day.is_some_and(|quotes| quotes.remove(month)) {
            self.tally.replace_kept();
        }
        self.unpriced.remove(&(day, month));
    }

    /// The day of the last row that was kept or left out.
    pub(in crate::quotes) fn last_day(&self) -> Option<NaiveDate> {
        self.last_day
    }

    /// How many rows there were so far, and what became of them.
    pub(in crate::quotes) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Gives away the quotes of a day that is over, and what was remarked so far.
    pub(in crate::quotes) fn close(&mut self, day: NaiveDate) -> (ByMonth<Entry>, Vec<Remark>) {
        self.unpriced.retain(|(of, _), _| *of != Some(day));
        self.held = 0;
        (self.days.remove(&Some(day)).unwrap_or_default(), std::mem::take(&mut self.remarks))
    }

    /// The day of the first quotes taken.
    pub(super) fn first_day(&self) -> Option<NaiveDate> {
        let unpriced = self.unpriced.keys().next().and_then(|(day, _)| *day);
        self.days.keys().next().copied().flatten().or(unpriced)
    }

    /// Counts a row that is one figure of a quote.
    pub(super) fn keep_figure(&mut self) {
        self.tally.keep();
    }

    /// Counts a figure that was taken back as replaced.
    pub(super) fn withdraw_figure(&mut self) {
        self.tally.replace_kept();
    }

    /// Takes a quote whose rows were counted as its figures.
    #[inline]
    pub(super) fn place(&mut self, day: Option<NaiveDate>, month: ContractMonth, quote: HeldQuote, position: Position) {
        self.held += quote.size();
        if self.held > MOST_HELD {
            return;
        }
        let quotes = match self.days.last_entry() {
            // The next row is mostly of the same day, or of a later one.
            Some(last) if *last.key() == day => last.into_mut(),
            _ => self.days.entry(day).or_default(),
        };
        quotes.insert(month, Entry::new(quote, position));
    }

    fn quotes_of(&self, day: Option<NaiveDate>) -> Option<&ByMonth<Entry>> {
        match self.days.last_key_value() {
            Some((last, quotes)) if *last == day => Some(quotes),
            Some((last, _)) if *last < day => None,
            _ => self.days.get(&day),
        }
    }

    /// Counts a row that gives no quote.
    pub(super) fn skip(&mut self, reason: Skip) {
        self.tally.skip(reason);
    }

    /// Counts lines of separators only.
    pub(super) fn skip_blank(&mut self, lines: usize) {
        self.tally.skip_all(Skip::Blank, lines);
    }

    /// Counts a row of another product.
    pub(super) fn skip_product(&mut self, name: &str) {
        self.tally.holds(name);
        self.tally.skip(Skip::OtherProduct);
    }

    /// Counts a row of options.
    pub(super) fn skip_option(&mut self, name: &str) {
        self.tally.holds(&format!("{name} options"));
        self.tally.skip(Skip::Option);
    }

    /// Notes that the file has a section of something else.
    pub(super) fn holds(&mut self, other: &str) {
        self.tally.holds(other);
    }

    /// "it holds 3YR, B1U and 40 more".
    pub(super) fn holdings(&self) -> String {
        self.tally.holdings()
    }

    /// Remarks something that stops nothing.
    pub(super) fn remark(&mut self, notice: Notice, position: Option<Position>) {
        self.remarks.push(Remark { notice, position });
    }

    /// Remarks rows of other products and of spreads, which a table of one product is not expected to have.
    pub(super) fn remark_skipped(&mut self) {
        if !self.options.several_products {
            self.remarks.extend(integrity::of_rows(&self.tally));
        }
    }

    /// Takes an open interest of 0 on the last day of a contract that traded for what it is: not yet published.
    pub(super) fn drop_unpublished_interest(&mut self) {
        if let Some((_, quotes)) = self.days.iter_mut().next_back() {
            for entry in quotes.values_mut() {
                let mut quote = entry.quote.quote();
                let traded = quote.volume.is_some_and(|volume| volume > 0);
                quote.open_interest = quote.open_interest.filter(|interest| *interest > 0 || !traded);
                entry.quote = quote.into();
            }
        }
    }

    /// Whether the file had no row at all.
    pub(super) fn counted_nothing(&self) -> bool {
        self.tally.read() == 0
    }

    pub(super) fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The last contract of a day.
    pub(super) fn last_contract(&self) -> Option<ContractMonth> {
        self.quotes_of(self.day)?.iter().next_back().map(|(month, _)| month)
    }

    /// Whether any volume or open interest was counted.
    pub(super) fn has_counts(&self) -> bool {
        let counts = |quote: &Quote| [quote.volume, quote.prior_volume, quote.open_interest];
        self.quotes().flat_map(|quote| counts(&quote)).flatten().any(|count| count > 0)
    }

    /// The sum of a count over all quotes; a blank counts nothing.
    pub(super) fn sum(&self, count: impl Fn(&Quote) -> Option<u64>) -> u64 {
        self.quotes().filter_map(|quote| count(&quote)).fold(0, u64::saturating_add)
    }

    fn quotes(&self) -> impl Iterator<Item = Quote> {
        let priced = self.days.values().flat_map(ByMonth::iter).map(|(_, entry)| entry);
        priced.chain(self.unpriced.values()).map(|entry| entry.quote.quote())
    }

    /// The file that was read: at least one quote.
    pub(super) fn finish(self) -> Result<QuoteFile, ReadError> {
        if self.held > MOST_HELD {
            let message = format!(
                "expected a file whose quotes fit into {} MiB, found {} rows: a long table is read day by day, as a history",
                MOST_HELD >> 20,
                self.tally.kept()
            );
            return Err(Problem::new(ProblemKind::Syntax, message).into());
        }
        if self.is_empty() {
            let (kind, found) = if !self.unpriced.is_empty() {
                (ProblemKind::Empty, "found contracts, none with a price".to_owned())
            } else if self.tally.others().is_empty() {
                (ProblemKind::Empty, "found none".to_owned())
            } else {
                (ProblemKind::NoFedFunds, self.tally.holdings())
            };
            let message = format!("expected {} in this {}: {found}", self.options.product, self.format);
            return Err(Problem::new(kind, message).into());
        }
        let left_out = self.unpriced.iter().map(|((day, _), entry)| (*day, entry.position().line)).collect();
        Ok(QuoteFile::new(self.format, self.options.product, self.days, self.tally, self.remarks, left_out))
    }
}
