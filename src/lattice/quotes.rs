//! [`QuoteLattice`]: every quote of a day as a condition on the lattice.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::agreement::{self, Agreement, EventBounds, Widening};
use super::cells::Cells;
use super::event::{LatticeEvent, LatticeEventError};
use super::instrument::{MonthOnLattice, Seen, growth};
use super::outcome::{LatticeOutcome, MeetingBounds};
use super::program::{Program, Search};
use crate::market::bank::CentralBank;
use crate::market::calendar::{Meeting, TargetRange};
use crate::market::contract::ContractMonth;
use crate::market::period::Period;
use crate::quotes::markets::MarketQuote;
use crate::quotes::options::{OptionChain, OptionProduct, OptionSide};
use crate::quotes::strip::Strip;
use crate::rule::{Assumptions, Known, PolicyError, PolicyPath, RateSource, StartRate};
use crate::units::{BasisPoints, Fraction, Price, Rate};

/// Which options of a strike are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Strikes {
    /// Of settlements the call above the price of the future and the put below it: deep in the money an exchange marks an
    /// option at its intrinsic value plus the smallest step, and such marks contradict each other. A bid and an ask count on
    /// either side.
    #[default]
    OutOfTheMoney,
    /// Both.
    All,
}

/// What the lattice takes as given besides the quotes and [`Assumptions`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LatticeOptions {
    /// The moves of 25 bp that a meeting may make; -2 to 2 by default.
    pub moves: RangeInclusive<i64>,
    /// The levels that the rate stays within, in moves from today's; every level that the moves reach by default.
    pub levels: Option<RangeInclusive<i64>>,
    /// What is added to the tolerance of every quote, on each side; nothing by default.
    pub slippage: BasisPoints,
    /// How the quotes are widened where they contradict each other.
    pub widening: Widening,
    /// The most that one quote is widened; 1 bp by default.
    pub max_widening: BasisPoints,
    /// Which options of a strike are used.
    pub strikes: Strikes,
    /// Whether a premium paid at once is set against its payoff at expiry, `C <= E[payoff] <= C / D`; on by default. Off,
    /// D is 1.
    pub discounted: bool,
    /// Whether a future with a bid and an ask stands for them in place of half a tick around its price.
    pub bid_ask: bool,
    /// The contract months whose futures and options count; all by default.
    pub months: Option<BTreeSet<ContractMonth>>,
}

impl Default for LatticeOptions {
    fn default() -> Self {
        Self {
            moves: -2..=2,
            levels: None,
            slippage: BasisPoints::from_exact(Fraction::zero()),
            widening: Widening::Each,
            max_widening: BasisPoints::from_exact(Fraction::integer(1)),
            strikes: Strikes::OutOfTheMoney,
            discounted: true,
            bid_ask: false,
            months: None,
        }
    }
}

/// One quote as a condition: the expected value lies between two numbers of basis points.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) quote: String,
    pub(super) terms: Vec<(usize, Fraction)>,
    pub(super) low: Fraction,
    pub(super) high: Fraction,
}

impl Condition {
    /// The low side, unless no cell is lower: what holds anyway only slows the solver.
    pub(super) fn low_that_binds(&self, low: &Fraction) -> Option<Fraction> {
        let lowest = self.terms.iter().map(|(_, value)| value).min().filter(|value| value.is_negative());
        (lowest.map_or(*low > Fraction::zero(), |lowest| lowest < low)).then(|| low.clone())
    }

    /// The high side, unless no cell is higher.
    pub(super) fn high_that_binds(&self, high: &Fraction) -> Option<Fraction> {
        let highest = self.terms.iter().map(|(_, value)| value).max().filter(|value| **value > Fraction::zero());
        (highest.map_or(high.is_negative(), |highest| highest > high)).then(|| high.clone())
    }
}

/// A quote that says nothing of the lattice, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unplaced {
    /// The quote, or the chain.
    pub quote: String,
    /// Why.
    pub reason: &'static str,
}

/// A month before the first meeting, whose future checks today's rate.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StartCheck {
    /// The future.
    pub quote: String,
    /// How far the average that today's rate gives lies above what the quote allows (negative: below it); zero where it agrees.
    pub misses: BasisPoints,
}

/// Quotes that give no lattice.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LatticeError {
    /// Today's rate or the meetings are not known.
    Policy(PolicyError),
    /// The moves or levels do not hold today's level, or are too many.
    Moves,
    /// No quote says anything of a meeting.
    NoQuotes,
    /// The solver failed: its numbers could not be brought to an answer.
    Unsolved,
}

impl fmt::Display for LatticeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Policy(error) => error.fmt(f),
            Self::Moves => f.write_str(
                "expected moves of at most 8 steps of 25 bp each way and levels that include today's, such as -2..2",
            ),
            Self::NoQuotes => f.write_str("no quote depends on a meeting: bounds need a contract of a later month"),
            Self::Unsolved => f.write_str("the linear programme could not be solved"),
        }
    }
}

impl std::error::Error for LatticeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Policy(error) => Some(error),
            _ => None,
        }
    }
}

impl From<PolicyError> for LatticeError {
    fn from(error: PolicyError) -> Self {
        Self::Policy(error)
    }
}

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
        let mut reader = Reader {
            known,
            options,
            meetings: &meetings,
            cells: &cells,
            start: &start,
            conditions: Vec::new(),
            left_out: Vec::new(),
            start_checks: Vec::new(),
        };
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
        let moves = options.moves.clone();
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

    /// The smallest and the largest probability of an event that agrees with every quote; `None` where the quotes contradict each
    /// other.
    ///
    /// # Errors
    /// [`LatticeEventError`] where the event names no meeting of the lattice, or meetings too far apart.
    pub fn bounds(&self, event: &LatticeEvent) -> Result<Option<EventBounds>, LatticeEventError> {
        let columns = event.cells(&self.cells, &self.meetings, self.target)?;
        Ok(self.program.as_ref().and_then(|program| EventBounds::of(&mut Search::new(program), &columns)))
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
        let mut search = Search::new(self.program.as_ref()?);
        // Several outcomes are one event: the range after a first meeting is its move.
        let mut known: BTreeMap<Vec<usize>, Option<EventBounds>> = BTreeMap::new();
        let mut outcomes = Vec::new();
        for outcome in self.outcomes_of(meeting) {
            let columns = outcome.at(meeting).cells(&self.cells, &self.meetings, self.target).ok()?;
            let found = known.entry(columns).or_insert_with_key(|columns| EventBounds::of(&mut search, columns));
            outcomes.push((outcome, found.clone()));
        }
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

/// The sides of a strike that are used, `future` being the price of the future. A bid and an ask stand for themselves on both.
pub(super) fn sides_used(
    chain: &OptionChain,
    strike: Decimal,
    future: Option<Decimal>,
    strikes: Strikes,
) -> Vec<OptionSide> {
    let both = [OptionSide::Call, OptionSide::Put];
    let top = |side: OptionSide| Some(chain.quote(strike, side)?.interval(chain.product.tick())?.1);
    let quoted: Vec<OptionSide> = both.into_iter().filter(|side| top(*side).is_some()).collect();
    if strikes == Strikes::All || quoted.len() < 2 || future == Some(strike) {
        return quoted;
    }
    let call_is_out = future.map_or(top(OptionSide::Call) <= top(OptionSide::Put), |future| strike > future);
    let is_out = |side: OptionSide| (side == OptionSide::Call) == call_is_out;
    let has_market = |side: OptionSide| chain.quote(strike, side).is_some_and(|quote| quote.bid.is_some());
    quoted.into_iter().filter(|side| is_out(*side) || has_market(*side)).collect()
}

/// Puts one quote after the other on the lattice.
struct Reader<'a> {
    known: Known<'a>,
    options: &'a LatticeOptions,
    meetings: &'a [Meeting],
    cells: &'a Cells,
    start: &'a Rate,
    conditions: Vec<Condition>,
    left_out: Vec<Unplaced>,
    start_checks: Vec<StartCheck>,
}

impl Reader<'_> {
    /// Places a month on the lattice, or says why it has no place.
    fn month(&self, month: ContractMonth) -> Result<MonthOnLattice, &'static str> {
        let spot = self.known.spot();
        if month < spot {
            return Err("its month is over");
        }
        if self.is_beyond(month) {
            return Err("its month depends on meetings after the last one of the chain");
        }
        let realised = match self.known.realised().filter(|_| month == spot) {
            Some(Ok(realised)) => {
                let of_start = &Fraction::integer(i64::from(realised.days)) * self.start.exact();
                Some((realised.days, &(realised.sum.value() - &of_start) * &Fraction::integer(100)))
            }
            _ if self.known.schedule().already_moved(month) => {
                return Err("the rate has moved in its month: --fixings gives the days so far");
            }
            _ => None,
        };
        let placed = MonthOnLattice::new(month, self.meetings, self.known.schedule(), realised);
        placed.ok_or("two meetings change the rate of its month")
    }

    /// Whether a later meeting than those of the lattice, or one that nobody knows of, can change the rate of a month.
    fn is_beyond(&self, month: ContractMonth) -> bool {
        let schedule = self.known.schedule();
        let changes = |meeting: &Meeting| schedule.days(Period::month(month), [meeting]).at_last_rate() > 0;
        schedule.after_chain().is_some_and(changes) || month > schedule.span().1
    }

    /// Half a tick or bid and ask, and the slippage, on each side.
    fn future(&mut self, month: ContractMonth) {
        let contract = self.known.contract(month);
        let quote = contract.symbol();
        let Some(price) = self.known.strip.price(month) else { return };
        let placed = match self.month(month) {
            Ok(placed) => placed,
            Err(reason) => return self.left_out.push(Unplaced { quote, reason }),
        };
        let half = Fraction::from_decimal(contract.tick(self.known.as_of)) / Fraction::integer(2);
        let (low, high) = match self.known.strip.bid_ask(month).filter(|_| self.options.bid_ask) {
            Some((bid, ask)) => (bid.exact(), ask.exact()),
            None => (&price.exact() - &half, &price.exact() + &half),
        };
        // A higher price is a lower rate; what it holds besides expectations is taken out.
        let besides = self.known.premium(month) + self.start.exact();
        let over = |price: &Fraction| &(&(&Fraction::integer(100) - price) - &besides) * &Fraction::integer(100);
        let (low, high) = (&over(&high) - self.options.slippage.exact(), &over(&low) + self.options.slippage.exact());
        if placed.seen == Seen::Start {
            let at = placed.at_start();
            let misses = if at > high {
                &at - &high
            } else if at < low {
                &at - &low
            } else {
                Fraction::zero()
            };
            return self.start_checks.push(StartCheck { quote, misses: BasisPoints::from_exact(misses) });
        }
        let terms = placed.expected(self.cells, Fraction::clone);
        self.conditions.push(Condition { quote, terms, low, high });
    }

    fn chain(&mut self, chain: &OptionChain) {
        if chain.product != OptionProduct::FedFunds {
            let reason = "it expires on a price of the future, which is on no grid of decisions";
            return self.left_out.push(Unplaced { quote: chain.label(), reason });
        }
        let placed = match self.month(chain.month) {
            Ok(placed) if placed.seen == Seen::Start => Err("its month ends before the next meeting"),
            placed => placed,
        };
        let placed = match placed {
            Ok(placed) => placed,
            Err(reason) => return self.left_out.push(Unplaced { quote: chain.label(), reason }),
        };
        let future = self.known.strip.price(chain.month).or(chain.future).map(Price::points);
        let growth = self.growth_to(chain);
        for strike in chain.strikes() {
            for side in sides_used(chain, strike, future, self.options.strikes) {
                self.option(chain, strike, side, &placed, &growth);
            }
        }
    }

    /// A dollar on an outcome is worth what 25 bp are to a move: so a market is widened in the same units as the other quotes.
    fn market(&mut self, market: &MarketQuote, target: TargetRange) {
        let quote = format!("market {} {}", market.meeting, market.label);
        let event = LatticeEvent::outcome(market.meeting, &market.outcome, &market.label);
        let cells = event.cells(self.cells, self.meetings, target);
        let reason = match &cells {
            _ if market.date != self.known.as_of => "it is of another day",
            Err(_) => "its meeting is not on the lattice",
            Ok(columns) if columns.is_empty() => "no move that is allowed gives its outcome",
            Ok(columns) => {
                let move_size = CentralBank::FED.step().exact().clone();
                let terms = columns.iter().map(|column| (*column, move_size.clone())).collect();
                let low = &(market.bid.exact() * &move_size) - self.options.slippage.exact();
                let high = &(market.ask.exact() * &move_size) + self.options.slippage.exact();
                return self.conditions.push(Condition { quote, terms, low, high });
            }
        };
        self.left_out.push(Unplaced { quote, reason });
    }

    /// `1 / D` to the expiry of a chain, at the highest rate priced until then: the widest that the premium allows.
    fn growth_to(&self, chain: &OptionChain) -> Fraction {
        let Some(expiry) = chain.expires().filter(|_| self.options.discounted) else { return Fraction::integer(1) };
        let priced = self.known.strip.prices().filter(|(month, _)| *month <= chain.month);
        let rates = priced.map(|(_, price)| price.implied_rate().exact().clone());
        let highest = rates.fold(self.start.exact().clone(), Fraction::max);
        growth(&highest, self.known.as_of, expiry)
    }

    fn option(
        &mut self,
        chain: &OptionChain,
        strike: Decimal,
        side: OptionSide,
        placed: &MonthOnLattice,
        growth: &Fraction,
    ) {
        let Some((low, high)) = chain.interval(strike, side, self.known.as_of) else { return };
        let hundred = Fraction::integer(100);
        let low = &(&Fraction::from_decimal(low) * &hundred) - self.options.slippage.exact();
        let high = &(&(&Fraction::from_decimal(high) * growth) * &hundred) + self.options.slippage.exact();
        let strike_points = Fraction::from_decimal(strike);
        let at_start = self.start.futures_price() - self.known.premium(chain.month);
        let payoff = |over: &Fraction| {
            let future = &at_start - &(over / &hundred);
            &side.payoff(&future, &strike_points) * &hundred
        };
        let terms = placed.expected(self.cells, payoff);
        let quote = chain.contract(strike, side).to_string();
        self.conditions.push(Condition { quote, terms, low, high });
    }
}
