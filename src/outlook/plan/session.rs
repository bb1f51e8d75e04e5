//! [`TableSession`]: one strip that ticks, and its outcome table.

use super::{OutcomeTable, PlanError, PriceError, TablePlan};
use crate::market::contract::{Contract, ContractMonth};
use crate::notice::Notice;
use crate::quotes::strip::Strip;
use crate::quotes::{half_tick, on_scale, on_tick_grid};
use crate::rule::Assumptions;
use crate::units::Price;

/// One strip that ticks: a price in, the new outcome table out, without an allocation and no slower than a whole table.
///
/// Prices are checked and read as those of a file: one off any scale is refused, a rounded half tick (`96.1163`) is read as the
/// half tick, and [`TableSession::notices`] tells of that and of a price on no grid of the exchange.
///
/// ```
/// use fedpath::{Assumptions, Snapshot, Strip, StripOptions};
/// use fedpath::bulk::TableSession;
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
    table: OutcomeTable,
    /// Where the next table is made while the present one stands.
    next: OutcomeTable,
    /// The next prices, and how they came.
    row: Vec<i64>,
    ticks: Vec<Tick>,
    next_ticks: Vec<Tick>,
    as_printed: bool,
}

/// How the price of a contract came.
#[derive(Debug, Clone, Copy)]
enum Tick {
    /// With the strip, which tells of it.
    Quoted,
    /// As it is used.
    Ticked,
    /// As this rounded half tick.
    Rounded(Price),
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
        let ticks = vec![Tick::Quoted; plan.contracts().len()];
        Self {
            plan: plan.clone(),
            table: plan.table(),
            next: plan.table(),
            row: plan.row().to_vec(),
            next_ticks: ticks.clone(),
            ticks,
            as_printed: false,
        }
    }

    /// The session with rounded half ticks taken as they stand, or restored, from now on.
    #[must_use]
    pub fn with_as_printed(self, as_printed: bool) -> Self {
        Self { as_printed, ..self }
    }

    /// The plan, which knows the places of contracts and the unit of prices.
    #[must_use]
    pub fn plan(&self) -> &TablePlan {
        &self.plan
    }

    /// The latest prices in units, in the order of [`TablePlan::contracts`].
    #[must_use]
    pub fn row(&self) -> &[i64] {
        self.table.row()
    }

    /// The latest price of a contract; `None` of one that the rule does not read.
    #[must_use]
    pub fn price(&self, contract: ContractMonth) -> Option<Price> {
        let column = self.plan.contracts().binary_search(&contract).ok()?;
        self.plan.compiled.price_of(self.row()[column])
    }

    /// The table of the latest prices.
    #[must_use]
    pub fn table(&self) -> &OutcomeTable {
        &self.table
    }

    /// What a reader should know at the latest prices: the notices of the strip and its path
    /// ([`PolicyPath::notices`](crate::PolicyPath::notices)), and of the prices that came since.
    ///
    /// ```
    /// use fedpath::{Assumptions, Strip};
    /// use fedpath::bulk::TableSession;
    /// let prices = [("2025-11", "96.12"), ("2026-01", "96.215"), ("2026-02", "96.285")];
    /// let prices = prices.map(|(contract, price)| (contract.parse().unwrap(), price.parse().unwrap()));
    /// let strip = Strip::from_prices("2025-11-21".parse()?, prices)?;
    /// let mut session = TableSession::new(&strip, &Assumptions::default())?;
    /// session.update("2026-01".parse()?, "96.211".parse()?)?;
    /// assert!(session.notices().iter().any(|notice| notice.to_string() == "ZQF26 at 96.2110 is off the tick grid"));
    /// assert!(session.update("2026-01".parse()?, "3.88".parse()?).is_err(), "a rate is no price");
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        let plan = &*self.plan.compiled;
        let ticked = |contract: &Contract| {
            let column = self.plan.contracts().binary_search(&contract.month()).ok();
            column.is_some_and(|column| !matches!(self.ticks[column], Tick::Quoted))
        };
        let stands = |notice: &&Notice| match notice {
            Notice::HalfTick { contract, .. } | Notice::OffTickGrid { contract, .. } => !ticked(contract),
            _ => true,
        };
        let of_prices = self.plan.contracts().iter().zip(&self.ticks).filter_map(|(contract, tick)| {
            let (contract, price) = (plan.product().contract(*contract), self.price(*contract)?);
            match tick {
                Tick::Quoted => None,
                Tick::Rounded(printed) => Some(Notice::HalfTick { contract, printed: *printed, read: price }),
                Tick::Ticked => {
                    let on_grid = on_tick_grid(contract, price, self.plan.as_of());
                    (!on_grid).then_some(Notice::OffTickGrid { contract, price })
                }
            }
        });
        let of_path = plan.of_path.at(|contract| self.price(contract));
        plan.of_quotes.iter().filter(stands).cloned().chain(of_prices).chain(of_path).collect()
    }

    /// Takes a new price of a contract of the strip. One that the rule does not read changes nothing.
    ///
    /// # Errors
    /// [`PriceError::NotQuoted`], [`PriceError::OffScale`], [`PriceError::TooFine`] and [`PriceError::BeyondAnyRate`]; the session
    /// then stands as before.
    pub fn update(&mut self, contract: ContractMonth, price: Price) -> Result<&OutcomeTable, PriceError> {
        let Some((column, units, tick)) = self.read(contract, price)? else { return Ok(&self.table) };
        self.update_units(column, units)?;
        self.ticks[column] = tick;
        Ok(&self.table)
    }

    /// Takes new prices of several contracts of the strip at once, and prices once: of a contract given twice the last.
    ///
    /// # Errors
    /// As [`TableSession::update`].
    pub fn update_many(
        &mut self,
        prices: impl IntoIterator<Item = (ContractMonth, Price)>,
    ) -> Result<&OutcomeTable, PriceError> {
        self.row.copy_from_slice(self.table.row());
        self.next_ticks.copy_from_slice(&self.ticks);
        for (contract, price) in prices {
            if let Some((column, units, tick)) = self.read(contract, price)? {
                (self.row[column], self.next_ticks[column]) = (units, tick);
            }
        }
        self.plan.price(&self.row, &mut self.next)?;
        self.take_next();
        Ok(&self.table)
    }

    /// Takes a whole row of prices in units, one for each of [`TablePlan::contracts`], and prices once.
    ///
    /// # Errors
    /// As [`TablePlan::price`]; the session then stands as before.
    pub fn update_row(&mut self, units: &[i64]) -> Result<&OutcomeTable, PriceError> {
        self.plan.price(units, &mut self.next)?;
        self.next_ticks.fill(Tick::Ticked);
        self.take_next();
        Ok(&self.table)
    }

    fn take_next(&mut self) {
        std::mem::swap(&mut self.table, &mut self.next);
        std::mem::swap(&mut self.ticks, &mut self.next_ticks);
    }

    /// Takes a new price in units of the contract at a place of [`TablePlan::contracts`].
    ///
    /// # Errors
    /// [`PriceError::OtherLength`] for a place past the last contract, [`PriceError::OffScale`] and [`PriceError::BeyondAnyRate`]; the
    /// session then stands as before.
    pub fn update_units(&mut self, column: usize, units: i64) -> Result<&OutcomeTable, PriceError> {
        let plan = &*self.plan.compiled;
        let (expected, found) = (self.table.row().len(), column.saturating_add(1));
        let Some(price) = self.table.row().get(column) else {
            return Err(PriceError::OtherLength { expected, found });
        };
        plan.on_scale(column, units)?;
        let (change, effects) = (units - *price, plan.effects(column));
        let numerators = self.table.numerators();
        effects.iter().try_for_each(|(position, weight)| {
            plan.meetings[*position].within_any_rate(numerators[*position] + weight * change)
        })?;
        self.table.row_mut()[column] = units;
        self.ticks[column] = Tick::Ticked;
        let numerators = self.table.numerators_mut();
        for (position, weight) in effects {
            numerators[*position] += weight * change;
        }
        if let Some((first, _)) = effects.first() {
            self.table.fill(*first);
        }
        Ok(&self.table)
    }

    /// The column of a contract, its price in units and how it came; `None` of a contract that the rule does not read.
    fn read(&self, contract: ContractMonth, price: Price) -> Result<Option<(usize, i64, Tick)>, PriceError> {
        let column = self.plan.compiled.column(contract)?;
        if !on_scale(price.points()) {
            return Err(PriceError::OffScale(self.plan.compiled.product().contract(contract)));
        }
        let Some(column) = column else { return Ok(None) };
        let restored = half_tick(price).filter(|_| !self.as_printed);
        let (used, tick) = restored.map_or((price, Tick::Ticked), |used| (used, Tick::Rounded(price)));
        let units =
            self.plan.units(used).ok_or(PriceError::TooFine(self.plan.compiled.product().contract(contract), price))?;
        Ok(Some((column, units, tick)))
    }
}
