//! Record batches in, record batches out: rows are read, put in order, cut into moments, priced on some threads.

use std::collections::{BTreeMap, VecDeque};
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use chrono::NaiveDate;
use fedpath::history::{Board, BoardTable, BoardTables};
use serde::Deserialize;

use crate::capsule::Source;
use crate::cells::month_number;
use crate::moments::{Cutter, Moment};
use crate::out::{Form, Out};
use crate::rows::{Columns, Reader, Refused, Row};

/// A failure: its day, its column, and why.
pub(crate) type Failed = (Option<NaiveDate>, Option<String>, String);

/// Why a run stops.
#[derive(Debug, Clone)]
pub(crate) enum Stopped {
    /// A cell is refused.
    Cell(Refused),
    /// A moment has no table.
    NoTable(String),
    /// The frame, or what makes it.
    Frame(String),
}

/// What is done with failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OnError {
    Collect,
    Column,
    Raise,
}

/// How rows are priced.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) form: Form,
    pub(crate) on_error: OnError,
    /// A price stands until another of its contract comes, within a day.
    pub(crate) fill: bool,
    pub(crate) as_printed: bool,
    pub(crate) threads: usize,
    /// Rows come in the order of their time, and are priced as they come.
    pub(crate) in_order: bool,
    /// The days that are priced.
    pub(crate) days: RangeInclusive<NaiveDate>,
}

/// What a run tells beside its rows.
#[derive(Debug, Default)]
pub(crate) struct Account {
    pub(crate) errors: Vec<Failed>,
    pub(crate) failed: usize,
    pub(crate) priced: usize,
    pub(crate) stopped: Option<Stopped>,
}

/// Moments of one batch that is given out.
const MOMENTS: usize = 4096;
/// Moments below which a thread costs more than it gives.
const FEWEST: usize = 256;
/// The failures that are told of rows that are priced as they come.
const MOST_ERRORS: usize = 10_000;

/// Prices the rows of a frame.
pub(crate) struct Run {
    source: Option<Source>,
    plan: Plan,
    schema: SchemaRef,
    reader: Reader,
    cutter: Cutter,
    /// One a thread.
    tables: Vec<BoardTables>,
    rows: Vec<Row>,
    /// The last moment that came.
    last: i64,
    /// The prices that stand after the last moment.
    board: Option<Board>,
    /// Moments with a cell that is refused: without one of its prices a moment would be another.
    refused: BTreeMap<i64, String>,
    ready: VecDeque<RecordBatch>,
    account: Arc<Mutex<Account>>,
}

impl Run {
    pub(crate) fn new(source: Source, columns: Columns, plan: Plan, cutter: Cutter, tables: BoardTables) -> Self {
        let schema = plan.form.schema(source.schema().field(columns.date));
        Self {
            source: Some(source),
            schema,
            reader: Reader::new(columns),
            cutter,
            tables: vec![tables; plan.threads.max(1)],
            rows: Vec::new(),
            last: i64::MIN,
            board: None,
            refused: BTreeMap::new(),
            ready: VecDeque::new(),
            account: Arc::default(),
            plan,
        }
    }

    pub(crate) fn account(&self) -> Arc<Mutex<Account>> {
        Arc::clone(&self.account)
    }

    /// The next batch of priced moments.
    pub(crate) fn step(&mut self) -> Result<Option<RecordBatch>, Stopped> {
        while self.ready.is_empty() {
            let Some(source) = &mut self.source else { return Ok(None) };
            let batch = source.next();
            let ended = batch.is_none();
            if let Some(batch) = batch {
                self.take(&batch.map_err(|error| Stopped::Frame(error.to_string()))?)?;
            } else {
                self.source = None;
                if !self.plan.in_order && !self.rows.is_sorted_by_key(|row| row.at) {
                    self.rows.sort_by_key(|row| row.at);
                }
            }
            if ended || self.plan.in_order {
                self.price(ended)?;
            }
        }
        Ok(self.ready.pop_front())
    }

    /// Reads the rows of a batch.
    fn take(&mut self, batch: &RecordBatch) -> Result<(), Stopped> {
        let start = self.rows.len();
        self.reader.read(batch, &mut self.rows).map_err(Stopped::Frame)?;
        let refused = std::mem::take(&mut self.reader.refused);
        let read = &mut self.rows[start..];
        if !self.plan.as_printed {
            for row in read.iter_mut() {
                row.units = Board::half_tick(row.units);
            }
        }
        if !self.plan.in_order {
            return self.refuse(refused);
        }
        let times = read.iter().map(|row| row.at).chain(refused.iter().filter_map(|cell| cell.when.map(|(at, _)| at)));
        let last = times.clone().max().unwrap_or(self.last);
        let early = times.min().filter(|at| *at < self.last);
        if let Some(found) = early.or(read.windows(2).find(|pair| pair[1].at < pair[0].at).map(|pair| pair[1].at)) {
            return Err(Stopped::Frame(format!(
                "expected rows in the order of their time, found {found} behind a later one: sort them, or price the whole frame with history()"
            )));
        }
        self.last = last;
        if !refused.is_empty() {
            self.refuse(refused)?;
            self.rows[start..].sort_by_key(|row| row.at);
        }
        Ok(())
    }

    fn refuse(&mut self, refused: Vec<Refused>) -> Result<(), Stopped> {
        let mut without_time = Out::new(self.plan.form, Arc::clone(&self.schema));
        for cell in refused {
            if self.plan.on_error == OnError::Raise {
                return Err(Stopped::Cell(cell));
            }
            let told = cell.to_string();
            if let Some((at, day)) = cell.when {
                // A moment of its own, should the cell be the only one.
                self.rows.push(Row { at, day, units: 0, month: 0 });
                self.refused.entry(at).or_insert_with(|| told.clone());
            } else {
                without_time.fails(None, told.clone());
            }
            let day = cell.when.and_then(|(_, day)| crate::cells::date_of(day));
            self.tell((day, Some(cell.column), told));
        }
        self.give(without_time)
    }

    fn tell(&self, failed: Failed) {
        let mut account = self.account.lock().unwrap_or_else(PoisonError::into_inner);
        account.failed += 1;
        if !self.plan.in_order || account.errors.len() < MOST_ERRORS {
            account.errors.push(failed);
        }
    }

    fn give(&mut self, out: Out) -> Result<(), Stopped> {
        if out.rows() > 0 {
            self.ready.push_back(out.finish().map_err(|error| Stopped::Frame(error.to_string()))?);
        }
        Ok(())
    }

    /// Prices the moments of the rows at hand, but for the last one, unless these are `all`.
    fn price(&mut self, all: bool) -> Result<(), Stopped> {
        let mut moments = Vec::new();
        let cut = self.cutter.cut(&self.rows, all, &mut moments);
        moments.retain(|moment| self.plan.days.contains(&moment.day));
        let threads = self.tables.len();
        for wave in moments.chunks(MOMENTS * threads) {
            let share = wave.len().div_ceil(threads).max(FEWEST);
            let mut parts = Vec::new();
            for part in wave.chunks(share) {
                let board = self.board.take();
                if self.plan.fill {
                    self.board = Some(follow(board.clone(), &self.rows, part));
                }
                parts.push((part, board));
            }
            let (rows, refused, plan, schema) = (&self.rows, &self.refused, &self.plan, &self.schema);
            let price = |tables: &mut BoardTables, (moments, board): (&[Moment], Option<Board>)| {
                let mut part =
                    Part { plan, rows, refused, out: Out::new(plan.form, Arc::clone(schema)), failed: Vec::new() };
                part.price(tables, moments, board);
                part
            };
            let mut work = self.tables.iter_mut().zip(parts);
            let done: Vec<Part<'_>> = if wave.len() <= share {
                work.next().into_iter().map(|(tables, part)| price(tables, part)).collect()
            } else {
                std::thread::scope(|scope| {
                    let price = &price;
                    let running: Vec<_> = work.map(|(tables, part)| scope.spawn(move || price(tables, part))).collect();
                    let done = running.into_iter().map(std::thread::ScopedJoinHandle::join);
                    // A panic goes on in the thread that waits, which tells of it.
                    done.map(|part| part.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
                })
            };
            let done: Vec<(Out, Vec<Failed>)> = done.into_iter().map(|part| (part.out, part.failed)).collect();
            for (out, failed) in done {
                if let (OnError::Raise, Some((_, _, reason))) = (self.plan.on_error, failed.first()) {
                    return Err(Stopped::NoTable(reason.clone()));
                }
                self.account.lock().unwrap_or_else(PoisonError::into_inner).priced += out.moments();
                for failed in failed {
                    self.tell(failed);
                }
                self.give(out)?;
            }
        }
        self.rows.drain(..cut);
        if let Some(next) = self.rows.first() {
            self.refused = self.refused.split_off(&next.at);
        }
        Ok(())
    }

    /// What came out of a step; a panic must not cross into the language that asks.
    pub(crate) fn guarded<T>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, Stopped>) -> Result<T, Stopped> {
        let done = catch_unwind(AssertUnwindSafe(|| step(self))).unwrap_or_else(|panic| {
            let words = panic.downcast_ref::<String>().map(String::as_str);
            let words = words.or(panic.downcast_ref::<&str>().copied()).unwrap_or("a panic");
            Err(Stopped::Frame(format!("a fault of fedpath, please report it: {words}")))
        });
        if let Err(stopped) = &done {
            self.source = None;
            self.ready.clear();
            self.account.lock().unwrap_or_else(PoisonError::into_inner).stopped = Some(stopped.clone());
        }
        done
    }

    /// The last settlements of months that the rows have, which are read and not priced.
    pub(crate) fn settle(&mut self) -> Result<Vec<(NaiveDate, i32)>, Stopped> {
        while let Some(batch) = self.source.as_mut().and_then(Iterator::next) {
            self.take(&batch.map_err(|error| Stopped::Frame(error.to_string()))?)?;
            let mut moments = Vec::new();
            // In whatever order: a day before the one that is known changes nothing.
            self.cutter.cut(&self.rows, true, &mut moments);
            self.rows.clear();
        }
        Ok(self.cutter.settled())
    }
}

/// The prices that stand after some moments.
fn follow(board: Option<Board>, rows: &[Row], moments: &[Moment]) -> Board {
    let last = moments.last().map_or(NaiveDate::MIN, |last| last.day);
    let mut board = board.filter(|board| board.day() == last).unwrap_or_else(|| Board::new(last));
    for moment in moments.iter().filter(|moment| moment.day == last) {
        put(&mut board, &rows[moment.start..moment.end], moment);
    }
    board
}

/// Puts the prices of a moment on a board, and gives a contract with two that differ.
fn put(board: &mut Board, rows: &[Row], moment: &Moment) -> Option<u16> {
    let first = month_number(board.first());
    let mut seen = 0_u128;
    let mut twice = None;
    for row in rows {
        let place = row.month.wrapping_sub(first);
        let bit = 1_u128.checked_shl(place.into()).unwrap_or(0);
        let before = if bit == 0 { None } else { board.put(place.into(), row.units) };
        if seen & bit != 0 && before != Some(row.units) && (place != 0 || moment.settled.is_none()) {
            twice = Some(row.month);
        }
        seen |= bit;
    }
    if let Some(units) = moment.settled {
        board.put(0, units);
    }
    twice
}

/// The moments that one thread prices.
struct Part<'r> {
    plan: &'r Plan,
    rows: &'r [Row],
    refused: &'r BTreeMap<i64, String>,
    out: Out,
    failed: Vec<Failed>,
}

impl Part<'_> {
    fn price(&mut self, tables: &mut BoardTables, moments: &[Moment], board: Option<Board>) {
        let Some(first) = moments.first() else { return };
        self.out.reserve(moments.len());
        let mut board = board.unwrap_or_else(|| Board::new(first.day));
        for moment in moments {
            if !self.plan.fill || board.day() != moment.day {
                board.clear(moment.day);
            }
            let twice = put(&mut board, &self.rows[moment.start..moment.end], moment);
            if let Some(reason) = self.refused.get(&moment.at) {
                // It is told already.
                self.out.fails(Some(moment.at), reason.clone());
                continue;
            }
            if let Some(contract) = twice.and_then(crate::cells::month_of) {
                let reason = format!("expected one price of {contract}, found two that differ");
                self.fails(moment, reason);
                continue;
            }
            match tables.price(&board) {
                Ok(BoardTable::Planned(table)) => self.out.table(moment.at, table),
                Ok(BoardTable::Readable(outlook)) => self.out.outlook(moment.at, &outlook),
                Ok(_) => {}
                Err(reason) => self.fails(moment, reason.to_string()),
            }
        }
    }

    fn fails(&mut self, moment: &Moment, reason: String) {
        self.out.fails(Some(moment.at), reason.clone());
        self.failed.push((Some(moment.day), None, reason));
    }
}

impl Iterator for Run {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let step = self.guarded(Self::step);
        step.map_err(|stopped| ArrowError::ExternalError(stopped.to_string().into())).transpose()
    }
}

impl std::fmt::Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Cell(cell) => write!(f, "{cell}"),
            Self::NoTable(told) | Self::Frame(told) => f.write_str(told),
        }
    }
}

impl RecordBatchReader for Run {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}
