//! Many days and moments, priced with what was known on each.

use std::sync::PoisonError;

use arrow_array::RecordBatchReader;
use arrow_schema::{ArrowError, DataType, Field};
use chrono::NaiveDate;
use fedpath::View;
use fedpath::history::{BoardTables, DailyTable, DailyTables, DayReason, History, HistoryOptions};
use pyo3::prelude::*;
use serde::Deserialize;

use crate::capsule::Source;
use crate::cells::day_number;
use crate::given::{self, Given};
use crate::moments::Cutter;
use crate::out::{Form, Layout, Numbers, Out};
use crate::quotes::Quotes;
use crate::rows::{ColumnNames, Columns};
use crate::run::{Failed, OnError, Plan, Run, Stopped};
use crate::table::Table;
use crate::{capsule, errors, wide};

/// A priced history.
#[pyclass(frozen, module = "fedpath._fedpath")]
pub(crate) struct Priced {
    #[pyo3(get)]
    errors: Vec<Failed>,
    /// How many days or moments have a table.
    #[pyo3(get, name = "priced")]
    days: usize,
    table: Table,
}

#[pymethods]
impl Priced {
    fn table(&self) -> Table {
        self.table.clone()
    }
}

/// How the rows of a frame are priced, and what is written of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    pub(crate) layout: Layout,
    numbers: Numbers,
    view: View,
    on_error: OnError,
    #[serde(default)]
    fill: bool,
    #[serde(default = "one")]
    threads: usize,
    /// The names of columns.
    #[serde(default)]
    columns: ColumnNames,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    /// The last settlements that other rows have, in units.
    #[serde(default)]
    settled: Vec<(NaiveDate, i32)>,
}

fn one() -> usize {
    1
}

impl Asked {
    fn form(&self) -> Form {
        let with_errors = self.on_error == OnError::Column;
        Form { layout: self.layout, numbers: self.numbers, view: self.view, with_errors }
    }

    /// A run over the rows of a frame.
    pub(crate) fn run(&self, py: Python<'_>, source: Source, given: &Given, in_order: bool) -> PyResult<Run> {
        let columns = Columns::find(&source.schema(), &self.columns).map_err(|told| errors::refused(py, &told))?;
        let plan = Plan {
            form: self.form(),
            on_error: self.on_error,
            fill: self.fill,
            as_printed: given.as_printed(),
            threads: self.threads,
            in_order,
            days: self.start.unwrap_or(NaiveDate::MIN)..=self.end.unwrap_or(NaiveDate::MAX),
        };
        let cutter = Cutter::new(given.anchor_units(py)?, self.settled.iter().copied());
        Ok(Run::new(source, columns, plan, cutter, BoardTables::new(given.assumptions(py, false)?)))
    }
}

/// The exception of what stopped a run.
pub(crate) fn raised(py: Python<'_>, stopped: &Stopped) -> PyErr {
    match stopped {
        Stopped::Cell(cell) => errors::of_frame(py, "<frame>", std::slice::from_ref(cell)),
        Stopped::NoTable(told) => errors::without_table(py, "<frame>", told),
        Stopped::Frame(told) => errors::refused(py, told),
    }
}

/// The odds of every day or moment of a frame.
#[pyfunction]
pub(crate) fn history_of_frame(py: Python<'_>, data: &Bound<'_, PyAny>, form: &str, options: &str) -> PyResult<Priced> {
    let asked: Asked = given::read(py, form)?;
    let given: Given = given::read(py, options)?;
    let mut run = asked.run(py, capsule::import(data)?, &given, false)?;
    let (mut schema, account) = (RecordBatchReader::schema(&run), run.account());
    let is_wide = asked.layout == Layout::Wide;
    let price = |run: &mut Run| {
        let mut batches = Vec::new();
        while let Some(batch) = run.step()? {
            batches.push(batch);
        }
        if is_wide {
            (schema, batches) = wide::of(&schema, &batches).map_err(|error| Stopped::Frame(error.to_string()))?;
        }
        Ok(Table::new(schema, batches))
    };
    let table = py.detach(|| run.guarded(price)).map_err(|stopped| raised(py, &stopped))?;
    let mut account = account.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(Priced { errors: std::mem::take(&mut account.errors), days: account.priced, table })
}

/// The odds of every day of files.
#[pyfunction]
pub(crate) fn history(py: Python<'_>, quotes: &Quotes, form: &str, options: &str) -> PyResult<Priced> {
    let asked: Asked = given::read(py, form)?;
    let form = asked.form();
    let given: Given = given::read(py, options)?;
    let assumptions = given.assumptions(py, false)?;
    quotes.fed_funds_alone(py, "history")?;
    let (quotes, strip) = (quotes.table(py)?, given.strip(py, None)?);
    let price = || {
        let mut options = HistoryOptions::default().with_strip(strip.clone());
        (options.from, options.to) = (asked.start, asked.end);
        let history = History::new(&*quotes, &assumptions, options);
        let (mut tables, mut errors, mut priced) = (DailyTables::new(&assumptions), Vec::new(), 0);
        let schema = form.schema(&Field::new("date", DataType::Date32, false));
        let mut out = Out::new(form, schema.clone());
        for (date, strip) in history.strips() {
            let at = day_number(date).into();
            match strip.and_then(|strip| tables.price(&strip).map_err(DayReason::Policy)) {
                Ok(DailyTable::Planned(day)) => out.table(at, day.table),
                Ok(DailyTable::Readable(outlook)) => out.outlook(at, &outlook),
                Ok(_) => continue,
                Err(reason) => {
                    out.fails(Some(at), reason.to_string());
                    errors.push((Some(date), None, reason.to_string()));
                    continue;
                }
            }
            priced += 1;
        }
        let (mut schema, mut batches) = (schema, vec![out.finish()?]);
        if form.layout == Layout::Wide {
            (schema, batches) = wide::of(&schema, &batches)?;
        }
        Ok(Priced { errors, days: priced, table: Table::new(schema, batches) })
    };
    let priced = py.detach(price).map_err(|error: ArrowError| errors::refused(py, &error.to_string()))?;
    match (asked.on_error, priced.errors.first()) {
        (OnError::Raise, Some((_, _, told))) => Err(errors::without_table(py, "<quotes>", told)),
        _ => Ok(priced),
    }
}

/// The last settlements of months that the rows of a frame have: days and prices in units.
#[pyfunction]
pub(crate) fn settlements(py: Python<'_>, data: &Bound<'_, PyAny>, form: &str) -> PyResult<Vec<(NaiveDate, i32)>> {
    let asked: Asked = given::read(py, form)?;
    let mut run = asked.run(py, capsule::import(data)?, &Given::default(), false)?;
    py.detach(|| run.guarded(Run::settle)).map_err(|stopped| raised(py, &stopped))
}
