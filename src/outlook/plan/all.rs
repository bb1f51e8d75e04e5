//! Many rows of prices at once, on all processors.

use std::num::NonZeroUsize;

use super::{OutcomeTable, PriceError, TablePlan};
use crate::processors::{on_processors, processors};

/// Rows below which a thread costs more than it gives.
const FEWEST: usize = 512;

impl TablePlan {
    /// Prices rows that stand one behind the other, each with a price for each of [`TablePlan::contracts`], and takes from every table
    /// what is wanted of it: `take` gets the place of the row and its table, or why it has none. The results are in the order of the
    /// rows, whatever the number of processors.
    ///
    /// # Errors
    /// [`PriceError::OtherLength`] where the prices are no whole number of rows.
    ///
    /// ```
    /// use fedpath::{Assumptions, Snapshot, Strip, StripOptions};
    /// use fedpath::bulk::TablePlan;
    /// let quotes = "# as_of: 2025-11-21\ncontract,price\n\
    ///     ZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
    /// let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
    /// let plan = TablePlan::new(&strip, &Assumptions::default())?;
    /// let days = [[9_612_000, 9_621_500, 9_628_500], [9_612_000, 9_622_000, 9_628_500], [9_612_000, 0, 9_628_500]];
    /// let moves = plan.price_all(days.as_flattened(), |_, table| {
    ///     table.map(|table| table.meetings().next().unwrap().expected_moves().to_string()).ok()
    /// })?;
    /// assert_eq!(moves, [Some("-7/20".to_owned()), Some("-521/1400".to_owned()), None]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn price_all<T: Send>(
        &self,
        rows: &[i64],
        take: impl Fn(usize, Result<&OutcomeTable, PriceError>) -> T + Sync,
    ) -> Result<Vec<T>, PriceError> {
        self.price_all_on(processors(), rows, take)
    }

    /// As [`TablePlan::price_all`], on so many threads at most.
    ///
    /// # Errors
    /// As [`TablePlan::price_all`].
    pub fn price_all_on<T: Send>(
        &self,
        threads: NonZeroUsize,
        rows: &[i64],
        take: impl Fn(usize, Result<&OutcomeTable, PriceError>) -> T + Sync,
    ) -> Result<Vec<T>, PriceError> {
        let count = self.count(rows)?;
        let width = self.contracts().len();
        // A table to each thread, which prices its rows into it one after the other.
        let shares = NonZeroUsize::new(threads.get().min(count / FEWEST)).unwrap_or(NonZeroUsize::MIN);
        let share = count.div_ceil(shares.get()).max(1);
        let parts: Vec<(usize, &[i64])> = rows.chunks((share * width).max(1)).enumerate().collect();
        let price = |(part, rows): &(usize, &[i64])| -> Vec<T> { self.in_turn(part * share, rows, &take).collect() };
        Ok(on_processors(shares, &parts, price).into_iter().flatten().collect())
    }

    /// As [`TablePlan::price_all`], without threads: `take` may change what it likes, and nothing has to be sent.
    ///
    /// # Errors
    /// As [`TablePlan::price_all`].
    pub fn price_in_turn<T>(
        &self,
        rows: &[i64],
        take: impl FnMut(usize, Result<&OutcomeTable, PriceError>) -> T,
    ) -> Result<Vec<T>, PriceError> {
        self.count(rows)?;
        Ok(self.in_turn(0, rows, take).collect())
    }

    fn in_turn<T>(
        &self,
        first: usize,
        rows: &[i64],
        mut take: impl FnMut(usize, Result<&OutcomeTable, PriceError>) -> T,
    ) -> impl Iterator<Item = T> {
        let mut table = self.table();
        let rows = rows.chunks_exact(self.contracts().len().max(1)).zip(first..);
        rows.map(move |(row, position)| take(position, self.price(row, &mut table).map(|()| &table)))
    }

    /// How many rows these are.
    fn count(&self, rows: &[i64]) -> Result<usize, PriceError> {
        let width = self.contracts().len();
        let count = rows.len().checked_div(width).unwrap_or(0);
        let expected = width * (count + 1);
        if count * width == rows.len() {
            Ok(count)
        } else {
            Err(PriceError::OtherLength { expected, found: rows.len() })
        }
    }
}
