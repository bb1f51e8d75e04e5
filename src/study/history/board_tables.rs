//! [`BoardTables`]: the outcome tables of boards, by many plans that are kept.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Board, DayReason};
use crate::market::calendar::{Meeting, TargetRange, is_weekend};
use crate::market::contract::ContractMonth;
use crate::outlook::Outlook;
use crate::outlook::plan::{OutcomeTable, TablePlan};
use crate::rule::{Assumptions, Knowledge, PolicyError, UnpricedReason};

/// Prices boards of any days: the tables of [`Outlook::price`], for what an outcome table costs.
///
/// What the rule makes of a board depends on its day only through what is known on it, and on its prices only through which
/// contracts have one. A plan is kept for each of both that came by, so that contracts may come and go, and days of all months
/// be mixed.
///
/// ```
/// use fedpath::Assumptions;
/// use fedpath::history::{Board, BoardTable, BoardTables};
/// let mut board = Board::new("2025-11-21".parse()?);
/// for (contract, units) in [("2025-11", 9_612_000), ("2026-01", 9_621_500), ("2026-02", 9_628_500)] {
///     board.set(contract.parse()?, units)?;
/// }
/// let mut tables = BoardTables::new(Assumptions::default());
/// let BoardTable::Planned(table) = tables.price(&board)? else { panic!() };
/// assert_eq!(format!("{:.2}", table.meetings().next().unwrap().ease()), "0.35");
/// assert_eq!(tables.plans(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct BoardTables {
    assumptions: Arc<Assumptions>,
    /// The last day, and the place of what is known on it.
    day: Option<(NaiveDate, usize)>,
    known: Vec<Known>,
    held: Vec<Held>,
    /// Where what holds is kept, by what is known and which contracts have a price.
    places: HashMap<(usize, u128), usize>,
    /// The last of them.
    last: Option<((usize, u128), usize)>,
}

/// What is known on some days.
#[derive(Debug, Clone)]
struct Known {
    knowledge: Knowledge,
    /// The places of a board that the chain can read.
    reach: u128,
}

/// What holds for boards with the same contracts, whatever their prices.
#[derive(Debug, Clone)]
enum Held {
    Plan(Box<Planned>),
    /// No prices change this.
    Never(PolicyError),
    /// Each board is priced by the readable engine.
    Readable,
}

#[derive(Debug, Clone)]
struct Planned {
    plan: TablePlan,
    table: OutcomeTable,
    row: Vec<i64>,
    /// The places of the plan's contracts on a board.
    places: Vec<usize>,
}

/// What a board has: its table, or where no plan holds the whole outlook.
#[derive(Debug)]
#[non_exhaustive]
pub enum BoardTable<'t> {
    /// The outcome table.
    Planned(&'t OutcomeTable),
    /// The same from the readable engine: under least squares, with fixings or a landing spread, or beyond any rate.
    Readable(Box<Outlook>),
}

/// Decades of days meet some thousand plans; boards with gaps at random must not fill the memory.
const MOST_PLACES: usize = 1 << 16;

impl BoardTables {
    /// Starts with no plan.
    #[must_use]
    pub fn new(assumptions: impl Into<Arc<Assumptions>>) -> Self {
        let assumptions = assumptions.into();
        Self { assumptions, day: None, known: Vec::new(), held: Vec::new(), places: HashMap::new(), last: None }
    }

    /// How many plans are kept.
    #[must_use]
    pub fn plans(&self) -> usize {
        self.held.iter().filter(|held| matches!(held, Held::Plan(_))).count()
    }

    /// Prices a board.
    ///
    /// # Errors
    /// [`DayReason::Weekend`], [`DayReason::BeforeCalendar`], and [`DayReason::Policy`] as [`Outlook::price`].
    pub fn price(&mut self, board: &Board) -> Result<BoardTable<'_>, DayReason> {
        let known = self.known_on(board.day())?;
        let place = self.place(known, board);
        let far = self.assumptions.target.is_some_and(|target| is_far(target, board));
        let is_filled = match &mut self.held[place] {
            Held::Plan(planned) => !far && planned.fill(board),
            Held::Never(error) => return Err(DayReason::Policy(error.clone())),
            Held::Readable => false,
        };
        match &self.held[place] {
            Held::Plan(planned) if is_filled => Ok(BoardTable::Planned(&planned.table)),
            _ => {
                let outlook = Outlook::price(&board.strip(u128::MAX), &self.assumptions);
                outlook.map(|outlook| BoardTable::Readable(Box::new(outlook))).map_err(DayReason::Policy)
            }
        }
    }

    /// The place of what is known on a day that is priced at all.
    fn known_on(&mut self, day: NaiveDate) -> Result<usize, DayReason> {
        if let Some((_, known)) = self.day.filter(|(last, _)| *last == day) {
            return Ok(known);
        }
        if is_weekend(day) {
            return Err(DayReason::Weekend);
        }
        let (first, _) = self.assumptions.calendar.span();
        if ContractMonth::of(day) < first {
            return Err(DayReason::BeforeCalendar(first.year()));
        }
        let knowledge = Knowledge::of(&self.assumptions, day);
        // What is known now was mostly known a day ago.
        let known = self.known.iter().rposition(|known| known.knowledge == knowledge).unwrap_or_else(|| {
            let reach = reach(&knowledge);
            self.known.push(Known { knowledge, reach });
            self.known.len() - 1
        });
        self.day = Some((day, known));
        Ok(known)
    }

    /// The place of what holds for a board.
    fn place(&mut self, known: usize, board: &Board) -> usize {
        let key = (known, board.quoted());
        if let Some((_, place)) = self.last.filter(|(last, _)| *last == key) {
            return place;
        }
        let place = self.places.get(&key).copied().unwrap_or_else(|| self.hold(key, board));
        self.last = Some((key, place));
        place
    }

    /// Finds out what holds for a board, and keeps it.
    fn hold(&mut self, key: (usize, u128), board: &Board) -> usize {
        if self.places.len() >= MOST_PLACES {
            self.places.clear();
            self.held.clear();
        }
        let Known { knowledge, reach } = &self.known[key.0];
        // Contracts behind the chain make no other plan, but that there is one: without, the quotes end, and a missing contract is no
        // gap in them. Where there is no plan they count: they tell why.
        let behind = key.1 & !reach;
        let read = (key.0, key.1 & reach | if behind == 0 { 0 } else { reach.wrapping_add(1) });
        let is_plan = |place: &&usize| matches!(self.held[**place], Held::Plan(_));
        let place = if let Some(place) = self.places.get(&read).filter(is_plan) {
            *place
        } else {
            let planned = Planned::new(&self.assumptions, knowledge, board, reach | highest(behind));
            let place = self.held.len();
            if planned.is_some() {
                self.places.insert(read, place);
            }
            self.held.push(planned.map_or_else(|| self.without_plan(board), |planned| Held::Plan(Box::new(planned))));
            place
        };
        self.places.insert(key, place);
        place
    }

    fn without_plan(&self, board: &Board) -> Held {
        let by_prices = |reason: &UnpricedReason| *reason == UnpricedReason::BeyondAnyRate;
        match Outlook::price(&board.strip(u128::MAX), &self.assumptions) {
            Err(PolicyError::FirstMeetingUnpriced(_, reason)) if by_prices(&reason) => Held::Readable,
            Err(PolicyError::Gaps(gaps)) if gaps.iter().any(|(_, reason)| by_prices(reason)) => Held::Readable,
            Err(error @ (PolicyError::FirstMeetingUnpriced(..) | PolicyError::Gaps(_)))
                if self.assumptions.a_plan_may_hold() =>
            {
                Held::Never(error)
            }
            _ => Held::Readable,
        }
    }
}

impl Planned {
    fn new(assumptions: &Assumptions, knowledge: &Knowledge, board: &Board, read: u128) -> Option<Self> {
        let strip = board.strip(read);
        let plan = TablePlan::of_tables_alone(&strip, assumptions, knowledge)?;
        let places: Option<Vec<usize>> = plan.contracts().iter().map(|contract| board.place(*contract)).collect();
        Some(Self { table: plan.table(), row: plan.row().to_vec(), places: places?, plan })
    }

    /// Fills the table from a board; whether it has one.
    fn fill(&mut self, board: &Board) -> bool {
        for (units, place) in self.row.iter_mut().zip(&self.places) {
            *units = board.at(*place).unwrap_or_default().into();
        }
        self.plan.price(&self.row, &mut self.table).is_ok()
    }
}

/// The places of the months up to the one behind the chain and what a longer one would solve with it.
fn reach(knowledge: &Knowledge) -> u128 {
    let schedule = &knowledge.schedule;
    let last = schedule.chain_and_run().last().map_or(schedule.spot(), Meeting::month);
    let places = last.next().months_after(schedule.spot().previous()) + 1;
    u32::try_from(places).ok().and_then(|places| 1_u128.checked_shl(places)).map_or(u128::MAX, |end| end - 1)
}

/// The highest of some places.
fn highest(places: u128) -> u128 {
    places.checked_ilog2().map_or(0, |place| 1 << place)
}

/// Whether a range may lie 200 bp or more from every quoted rate of the current and the next two months.
fn is_far(target: TargetRange, board: &Board) -> bool {
    let price = |bp: i64| 10_000_000 - bp * 1_000;
    let near = price(target.upper_bp() + 200) + 1..price(target.lower_bp() - 200);
    (1..=3).all(|place| board.at(place).is_none_or(|units| !near.contains(&i64::from(units))))
}
