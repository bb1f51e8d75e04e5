//! [`QuoteLattice`]: every quote of a day as a condition on the lattice.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::agreement::{self, Agreement, EventBounds};
use super::cells::Cells;
use super::condition::Condition;
use super::error::LatticeError;
use super::event::{LatticeEvent, LatticeEventError};
use super::options::LatticeOptions;
use super::outcome::{LatticeOutcome, MeetingBounds};
use super::point::{PointEstimate, PointMethod};
use super::program::Program;
use super::reader::{Reader, StartCheck, Unplaced};
use crate::market::calendar::{Meeting, TargetRange};
use crate::market::contract::ContractMonth;
use crate::quotes::markets::MarketQuote;
use crate::quotes::options::OptionChain;
use crate::quotes::strip::Strip;
use crate::rule::{Assumptions, Known, PolicyError, PolicyPath, RateSource, StartRate};
use crate::units::Rate;

/// Every quote of a day as a condition on all the ways in which the rate can move.
///
/// ```
/// use fedpath::lattice::{LatticeEvent, LatticeOptions, QuoteLattice};
/// use fedpath::{Assumptions, Snapshot, Strip, StripOptions};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n\
///     ZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
/// let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
/// let lattice = QuoteLattice::new(&strip, &Assumptions::default(), &[], &[], &LatticeOptions::default())?;
/// let cut = LatticeEvent::ease("2025-12-10".parse()?);
/// let bounds = lattice.bounds(&cut)?.unwrap();
/// // The rule's 35 % is one choice: the futures alone allow anything from 17.0 to 78.7 %.
/// assert_eq!(format!("{:.1} {:.1}", bounds.low.percent(), bounds.high.percent()), "17.0 78.7");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct QuoteLattice {
    as_of: NaiveDate,
    target: TargetRange,
    start: Rate,
    start_from: RateSource,
    meetings: Vec<Meeting>,
    moves: RangeInclusive<i64>,
    cells: Cells,
    conditions: Vec<Condition>,
    left_out: Vec<Unplaced>,
    start_checks: Vec<StartCheck>,
    agreement: Agreement,
    /// The cells and the conditions at the tolerance at which they agree; none where they contradict each other.
    program: Option<Program>,
    point_method: Option<PointMethod>,
    point: Option<PointEstimate>,
}

impl QuoteLattice {
    /// Puts the futures of a strip, options on them and quotes of prediction markets on the lattice of the meetings of
    /// [`Assumptions::chain`], and finds the smallest widening at which they agree. Quotes of markets on other days than the strip's
    /// are left out.
    ///
    /// # Errors
    /// [`LatticeError`]: today's rate is not known, no quote depends on a meeting, or the solver fails.
    pub fn new(
        strip: &Strip,
        assumptions: &Assumptions,
        chains: &[OptionChain],
        markets: &[MarketQuote],
        options: &LatticeOptions,
    ) -> Result<Self, LatticeError> {
        let within = |range: &RangeInclusive<i64>, most: i64| {
            range.contains(&0) && *range.start() >= -most && *range.end() <= most
        };
        let levels = options.levels.clone().unwrap_or(-400..=400);
        if !within(&options.moves, 8) || !within(&levels, 400) {
            return Err(LatticeError::Moves);
        }
        let known = Known::new(strip, assumptions);
        let meetings = known.chain()?.to_vec();
        let target = known.target()?;
        let (start, start_from) = start_rate(strip, assumptions)?;
        let cells = Cells::new(meetings.len(), &options.moves, &levels);
        let mut reader = Reader::new(known, options, &meetings, &cells, &start);
        let counts = |month: &ContractMonth| options.months.as_ref().is_none_or(|months| months.contains(month));
        for (month, _) in strip.prices().filter(|(month, _)| counts(month)) {
            reader.future(month);
        }
        for chain in chains.iter().filter(|chain| counts(&chain.month)) {
            reader.chain(chain);
        }
        for quote in markets {
            reader.market(quote, target);
        }
        let Reader { conditions, left_out, start_checks, .. } = reader;
        if conditions.is_empty() {
            return Err(LatticeError::NoQuotes);
        }
        let (agreement, program) = agreement::find(&cells.program(), &conditions, options)?;
        let (moves, point_method) = (options.moves.clone(), options.point);
        let point = point_method.zip(program.as_ref());
        let point = point.and_then(|(method, program)| PointEstimate::new(method, &cells, &conditions, program));
        Ok(Self {
            as_of: strip.as_of(),
            target,
            start,
            start_from,
            meetings,
            moves,
            cells,
            conditions,
            left_out,
            start_checks,
            agreement,
            program,
            point_method,
            point,
        })
    }

    /// The valuation date.
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// The target range in force, from which moves are counted.
    #[must_use]
    pub fn target(&self) -> TargetRange {
        self.target
    }

    /// The effective rate of today's level.
    #[must_use]
    pub fn start_rate(&self) -> &Rate {
        &self.start
    }

    /// Where today's rate comes from.
    #[must_use]
    pub fn start_from(&self) -> RateSource {
        self.start_from
    }

    /// The meetings of the lattice.
    #[must_use]
    pub fn meetings(&self) -> &[Meeting] {
        &self.meetings
    }

    /// The moves of 25 bp that a meeting may make.
    #[must_use]
    pub fn moves(&self) -> RangeInclusive<i64> {
        self.moves.clone()
    }

    /// How many variables the lattice has, and how many quotes hold it.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.cells.len(), self.conditions.len())
    }

    /// The quotes that say nothing of the lattice, and why.
    #[must_use]
    pub fn left_out(&self) -> &[Unplaced] {
        &self.left_out
    }

    /// The futures of months before the first meeting: whether they agree with today's rate.
    #[must_use]
    pub fn start_checks(&self) -> &[StartCheck] {
        &self.start_checks
    }

    /// Whether the quotes agree, and how far they had to be widened.
    #[must_use]
    pub fn agreement(&self) -> &Agreement {
        &self.agreement
    }

    /// The method of the estimate beside the bounds, where one was asked for.
    #[must_use]
    pub fn point_method(&self) -> Option<PointMethod> {
        self.point_method
    }

    /// The smallest and the largest probability of an event that agrees with every quote; `None` where the quotes contradict each
    /// other.
    ///
    /// # Errors
    /// [`LatticeEventError`] where the event names no meeting of the lattice, or meetings too far apart.
    pub fn bounds(&self, event: &LatticeEvent) -> Result<Option<EventBounds>, LatticeEventError> {
        let columns = event.cells(&self.cells, &self.meetings, self.target)?;
        let found = self.program.as_ref().and_then(|program| self.each(program, &[columns]).pop());
        Ok(found.flatten())
    }

    /// The bounds of each of several sums of cells, with the estimate beside them; `None` where the solver fails.
    fn each(&self, program: &Program, sums: &[Vec<usize>]) -> Vec<Option<EventBounds>> {
        let mut found = EventBounds::each(program, sums);
        for (sum, bounds) in sums.iter().zip(&mut found) {
            if let (Some(point), Some(bounds)) = (&self.point, bounds) {
                bounds.point = point.of(sum, bounds);
            }
        }
        found
    }

    /// The moves at a meeting that the lattice allows, the ranges it can lead to, and cut, hold and hike, at the meeting and from
    /// today; none of a meeting that is not on the lattice.
    #[must_use]
    pub fn outcomes_of(&self, meeting: NaiveDate) -> Vec<LatticeOutcome> {
        let Some(position) = self.meetings.iter().position(|other| other.announcement() == meeting) else {
            return Vec::new();
        };
        let levels: BTreeSet<i64> = self.cells.of(position).map(|(_, cell)| cell.after()).collect();
        let sides = [Ordering::Less, Ordering::Equal, Ordering::Greater];
        let moves = self.moves.clone().map(LatticeOutcome::Move);
        let ranges = levels.into_iter().map(|level| LatticeOutcome::Range(level, self.target.moved(level)));
        let decisions = sides.map(LatticeOutcome::Decision);
        moves.chain(ranges).chain(decisions).chain(sides.map(LatticeOutcome::Cumulative)).collect()
    }

    /// What the quotes allow of every outcome of a meeting; `None` where they contradict each other, or the meeting is not on
    /// the lattice.
    #[must_use]
    pub fn meeting_bounds(&self, meeting: NaiveDate) -> Option<MeetingBounds> {
        let program = self.program.as_ref()?;
        let outcomes = self.outcomes_of(meeting);
        let of = |outcome: &LatticeOutcome| outcome.at(meeting).cells(&self.cells, &self.meetings, self.target).ok();
        let columns: Vec<Vec<usize>> = outcomes.iter().map(of).collect::<Option<_>>()?;
        // Several outcomes are one event: the range after a first meeting is its move.
        let events: Vec<Vec<usize>> = columns.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect();
        let known: BTreeMap<_, _> = events.iter().zip(self.each(program, &events)).collect();
        let bounds = columns.iter().map(|event| known.get(event).cloned().flatten());
        let outcomes: Vec<_> = outcomes.into_iter().zip(bounds).collect();
        (!outcomes.is_empty()).then_some(MeetingBounds { meeting, outcomes })
    }
}

/// Today's rate: given, or as the rule takes it from the quotes.
fn start_rate(strip: &Strip, assumptions: &Assumptions) -> Result<(Rate, RateSource), PolicyError> {
    if let StartRate::Given(rate) = &assumptions.start_rate {
        return Ok((rate.clone(), RateSource::Given));
    }
    let path = PolicyPath::solve(strip, assumptions)?;
    let first = path.steps().first().map(|step| (step.before.clone(), step.before_from));
    first.ok_or(PolicyError::NoMeetings { as_of: strip.as_of(), span: assumptions.calendar.span() })
}
