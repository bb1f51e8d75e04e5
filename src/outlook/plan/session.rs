//! [`TableSession`]: one strip that ticks, and its outcome table.

use super::{OutcomeTable, PlanError, PriceError, TablePlan};
use crate::market::contract::ContractMonth;
use crate::quotes::strip::Strip;
use crate::rule::Assumptions;
use crate::units::Price;

/// One strip that ticks: a price in, the new outcome table out, without an allocation and no slower than a whole table.
///
/// ```
/// use fedpath::{Assumptions, Snapshot, Strip, StripOptions, TableSession};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n\
///     ZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
/// let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
/// let mut session = TableSession::new(&strip, &Assumptions::default())?;
/// let table = session.update("2026-02".parse()?, "96.2900".parse()?)?;
/// let (moves, share) = table.meetings().next().unwrap().outcomes().next().unwrap();
/// assert_eq!((moves, share.trillionths()), (-1, 347_857_142_857));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct TableSession {
    plan: TablePlan,
    row: Vec<i64>,
    table: OutcomeTable,
}

impl TableSession {
    /// Starts from a strip, with its table.
    ///
    /// # Errors
    /// As [`TablePlan::new`].
    pub fn new(strip: &Strip, assumptions: &Assumptions) -> Result<Self, PlanError> {
        Ok(Self::of_plan(&TablePlan::new(strip, assumptions)?))
    }

    /// Starts from the strip that a plan was made from.
    #[must_use]
    pub fn of_plan(plan: &TablePlan) -> Self {
        Self { plan: plan.clone(), row: plan.row().to_vec(), table: plan.table() }
    }

    /// The plan, which knows the places of contracts and the unit of prices.
    #[must_use]
    pub fn plan(&self) -> &TablePlan {
        &self.plan
    }

    /// The latest prices in units, in the order of [`TablePlan::contracts`].
    #[must_use]
    pub fn row(&self) -> &[i64] {
        &self.row
    }

    /// The table of the latest prices.
    #[must_use]
    pub fn table(&self) -> &OutcomeTable {
        &self.table
    }

    /// Takes a new price of a contract of the strip. One that the rule does not read changes nothing.
    ///
    /// # Errors
    /// [`PriceError::NotQuoted`], [`PriceError::TooFine`] and [`PriceError::BeyondAnyRate`]; the session then stands as before.
    pub fn update(&mut self, contract: ContractMonth, price: Price) -> Result<&OutcomeTable, PriceError> {
        let Some(column) = self.plan.compiled.column(contract)? else { return Ok(&self.table) };
        let units = self.plan.units(price).ok_or(PriceError::TooFine(contract, price))?;
        self.update_units(column, units)
    }

    /// Takes a new price in units of the contract at a place of [`TablePlan::contracts`].
    ///
    /// # Errors
    /// [`PriceError::OtherLength`] for a place past the last contract, [`PriceError::OffScale`] and [`PriceError::BeyondAnyRate`]; the
    /// session then stands as before.
    pub fn update_units(&mut self, column: usize, units: i64) -> Result<&OutcomeTable, PriceError> {
        let plan = &*self.plan.compiled;
        let (expected, found) = (self.row.len(), column.saturating_add(1));
        let Some(price) = self.row.get_mut(column) else { return Err(PriceError::OtherLength { expected, found }) };
        plan.on_scale(column, units)?;
        let (change, effects) = (units - *price, plan.effects(column));
        let numerators = self.table.numerators();
        effects.iter().try_for_each(|(position, weight)| {
            plan.meetings[*position].within_any_rate(numerators[*position] + weight * change)
        })?;
        *price = units;
        let numerators = self.table.numerators_mut();
        for (position, weight) in effects {
            numerators[*position] += weight * change;
        }
        if let Some((first, _)) = effects.first() {
            self.table.fill(*first);
        }
        Ok(&self.table)
    }
}
