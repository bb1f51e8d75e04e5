//! [`DailyTables`]: the outcome tables of one strip a day, by a plan that is kept for as long as it holds.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::market::contract::ContractMonth;
use crate::notice::Notice;
use crate::outlook::Outlook;
use crate::outlook::plan::{OutcomeTable, PlanNotices, TablePlan};
use crate::quotes::strip::Strip;
use crate::rule::{Assumptions, Knowledge, PolicyError, UnpricedReason};

/// Prices strips of one day after another: the tables of [`Outlook::price`], for what an outcome table costs.
///
/// What the rule makes of a strip depends on its day only through what is known on it: its schedule and the range in force. On days
/// that know the same, and with the same contracts quoted, one [`TablePlan`] holds.
///
/// ```
/// use fedpath::history::{DailyTable, DailyTables};
/// use fedpath::{Assumptions, Strip};
/// let mut tables = DailyTables::new(Assumptions::default());
/// let mut ease = Vec::new();
/// for (day, january, february) in [("2025-11-20", "96.25", "96.32"), ("2025-11-21", "96.215", "96.285")] {
///     let prices = [("2025-11", "96.12"), ("2026-01", january), ("2026-02", february)];
///     let prices = prices.map(|(contract, price)| (contract.parse().unwrap(), price.parse().unwrap()));
///     let strip = Strip::from_prices(day.parse()?, prices)?;
///     // The second day is priced by the plan of the first.
///     let DailyTable::Planned(day) = tables.price(&strip)? else { panic!("a plan holds these") };
///     ease.push(format!("{:.2}", day.table.meetings().next().unwrap().ease()));
/// }
/// assert_eq!(ease, ["0.49", "0.35"]);
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug)]
pub struct DailyTables {
    assumptions: Arc<Assumptions>,
    held: Option<Held>,
}

/// What was made of a strip, and holds for others.
#[derive(Debug)]
struct Held {
    /// Its day, and what was known on it.
    day: NaiveDate,
    knowledge: Knowledge,
    contracts: Vec<ContractMonth>,
    plan: TablePlan,
    table: OutcomeTable,
    row: Vec<i64>,
    gaps: Vec<(NaiveDate, UnpricedReason)>,
    notices: PlanNotices,
}

/// What a day has: its table, or where no plan holds the whole outlook.
#[derive(Debug)]
#[non_exhaustive]
pub enum DailyTable<'t> {
    /// The outcome table.
    Planned(PlannedDay<'t>),
    /// The same from the readable engine: under least squares, with fixings or premia, with prices too fine for a plan, or beyond
    /// any rate.
    Readable(Box<Outlook>),
}

/// A day's table, and what an outlook would say of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct PlannedDay<'t> {
    /// The outcome table.
    pub table: &'t OutcomeTable,
    /// The meetings of the chain without a table, and why: as [`Outlook::without_table`].
    pub without_table: &'t [(NaiveDate, UnpricedReason)],
    /// What a reader should know: as [`PolicyPath::notices`](crate::PolicyPath::notices).
    pub notices: Vec<Notice>,
}

impl DailyTables {
    /// Starts with no plan.
    #[must_use]
    pub fn new(assumptions: impl Into<Arc<Assumptions>>) -> Self {
        Self { assumptions: assumptions.into(), held: None }
    }

    /// Prices a strip.
    ///
    /// # Errors
    /// As [`Outlook::price`].
    pub fn price(&mut self, strip: &Strip) -> Result<DailyTable<'_>, PolicyError> {
        let held = self.held.take().and_then(|held| held.on_day_of(strip, &self.assumptions)?.at_prices_of(strip));
        let held = if let Some(held) = held {
            held
        } else {
            let outlook = Outlook::price(strip, &self.assumptions)?;
            let plan =
                self.assumptions.a_plan_may_hold().then(|| Held::new(&self.assumptions, strip, &outlook)).flatten();
            let Some(held) = plan else { return Ok(DailyTable::Readable(Box::new(outlook))) };
            held
        };
        Ok(DailyTable::Planned(self.held.insert(held).day(strip)))
    }
}

impl Held {
    fn new(assumptions: &Assumptions, strip: &Strip, outlook: &Outlook) -> Option<Self> {
        // What has no price because of its price may have one on another day.
        let path = outlook.path();
        if path.unpriced().iter().any(|gap| gap.reason == UnpricedReason::BeyondAnyRate) {
            return None;
        }
        let plan = TablePlan::of_outlook(strip, outlook).ok()?;
        Some(Self {
            day: strip.as_of(),
            knowledge: Knowledge::of(assumptions, strip.as_of()),
            contracts: strip.prices().map(|(contract, _)| contract).collect(),
            table: plan.table(),
            row: plan.row().to_vec(),
            plan,
            gaps: outlook.without_table().collect(),
            notices: PlanNotices::of(strip, outlook),
        })
    }

    /// The same for the day of another strip; `None` where something else is known on it.
    fn on_day_of(mut self, strip: &Strip, assumptions: &Assumptions) -> Option<Self> {
        if self.day != strip.as_of() {
            self.day = strip.as_of();
            return (Knowledge::of(assumptions, self.day) == self.knowledge).then_some(self);
        }
        Some(self)
    }

    /// The same at the prices of another strip; `None` where the plan does not hold for it.
    fn at_prices_of(mut self, strip: &Strip) -> Option<Self> {
        if !strip.prices().map(|(contract, _)| contract).eq(self.contracts.iter().copied()) {
            return None;
        }
        for (units, contract) in self.row.iter_mut().zip(self.plan.contracts()) {
            *units = self.plan.units(strip.price(*contract)?)?;
        }
        self.plan.price(&self.row, &mut self.table).ok()?;
        Some(self)
    }

    fn day(&self, strip: &Strip) -> PlannedDay<'_> {
        let notices = strip.notices().iter().cloned().chain(self.notices.at(|month| strip.price(month)));
        PlannedDay { table: &self.table, without_table: &self.gaps, notices: notices.collect() }
    }
}
