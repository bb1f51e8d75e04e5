//! The tables of a plan: rows of prices in, distributions out.

use std::sync::Arc;

use super::compiled::{Compiled, TablePlan};
use super::{OutcomeTable, PriceError};

impl TablePlan {
    /// The table of [`TablePlan::row`], to be filled by [`TablePlan::price`] with others.
    #[must_use]
    pub fn table(&self) -> OutcomeTable {
        self.compiled.opening()
    }

    /// Fills a table from a row of prices in units, one for each of [`TablePlan::contracts`]. No allocation, where the table is of
    /// this plan.
    ///
    /// # Errors
    /// [`PriceError::OtherLength`], [`PriceError::OffScale`] and [`PriceError::BeyondAnyRate`]; the table then holds no
    /// meaningful figures.
    pub fn price(&self, units: &[i64], table: &mut OutcomeTable) -> Result<(), PriceError> {
        if !table.is_of(&self.compiled) {
            *table = self.table();
        }
        let plan = &*self.compiled;
        let (expected, found) = (plan.contracts.len(), units.len());
        if expected != found {
            return Err(PriceError::OtherLength { expected, found });
        }
        units.iter().enumerate().try_for_each(|(column, price)| plan.on_scale(column, *price))?;
        plan.take(units, table);
        let mut numerators = plan.meetings.iter().zip(table.numerators());
        numerators.try_for_each(|(planned, numerator)| planned.within_any_rate(*numerator))?;
        table.fill(0);
        Ok(())
    }
}

impl Compiled {
    /// The table of the strip's own prices.
    fn opening(self: &Arc<Self>) -> OutcomeTable {
        let mut table = OutcomeTable::new(Arc::clone(self));
        self.take(&self.row, &mut table);
        table.fill(0);
        table
    }

    /// Sets each meeting's numerator from a row of on-scale prices.
    fn take(&self, units: &[i64], table: &mut OutcomeTable) {
        table.row_mut().copy_from_slice(units);
        for (planned, numerator) in self.meetings.iter().zip(table.numerators_mut()) {
            let terms = self.terms[planned.terms.clone()].iter();
            *numerator = terms.fold(planned.constant, |sum, (column, weight)| sum + weight * units[*column]);
        }
    }
}
