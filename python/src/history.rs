//! Many days, priced with what was known on each.

use arrow_schema::{DataType, Field};
use chrono::NaiveDate;
use fedpath::View;
use fedpath::history::{DailyTable, DailyTables, DayReason, History, HistoryOptions};
use pyo3::prelude::*;
use serde::Deserialize;

use crate::cells::day_number;
use crate::errors;
use crate::given::{self, Given};
use crate::out::{Form, Layout, Numbers, Out};
use crate::quotes::Quotes;
use crate::table::Table;

/// A failure: its day, its column and why.
type Failed = (Option<NaiveDate>, Option<String>, String);

/// A priced history.
#[pyclass(frozen, module = "fedpath._fedpath")]
pub(crate) struct Priced {
    #[pyo3(get)]
    errors: Vec<Failed>,
    /// How many days have a table.
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    layout: Layout,
    numbers: Numbers,
    view: View,
    with_errors: bool,
}

/// The odds of every day of quotes.
#[pyfunction]
pub(crate) fn history(
    py: Python<'_>,
    quotes: &Quotes,
    form: &str,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    options: &str,
) -> PyResult<Priced> {
    let Asked { layout, numbers, view, with_errors } = given::read(py, form)?;
    let form = Form { layout, numbers, view, with_errors };
    let given: Given = given::read(py, options)?;
    let assumptions = given.assumptions(py, false)?;
    let quotes = quotes.table(py)?;
    let price = || {
        let mut options = HistoryOptions::default().with_strip(given.strip(None));
        (options.from, options.to) = (start, end);
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
                    out.fails(at, reason.to_string());
                    errors.push((Some(date), None, reason.to_string()));
                    continue;
                }
            }
            priced += 1;
        }
        Ok(Priced { errors, days: priced, table: Table::new(schema, vec![out.finish()?]) })
    };
    py.detach(price).map_err(|error: arrow_schema::ArrowError| errors::refused(py, &error.to_string()))
}
