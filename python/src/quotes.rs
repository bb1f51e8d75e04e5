//! Quotes of one day or of many, from files, frames, or the embedded episode.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use fedpath::files::{ColumnName, QuoteSet};
use fedpath::report::{self, Source};
use fedpath::rust_decimal::Decimal;
use fedpath::{
    ContractMonth, Episode, Price, ProblemKind, Product, Quote, QuoteFile, QuoteTable, ReadError, ReadOptions,
    Snapshot, Strip, unpack,
};
use pyo3::prelude::*;
use serde::Deserialize;

use crate::cells::{PLACES, date_of, month_of};
use crate::given::{self, Given};
use crate::report::Report;
use crate::rows::{ColumnNames, Columns, Reader, Refused, Row};
use crate::{capsule, errors};

/// Quotes, and what they are called.
#[pyclass(frozen, module = "fedpath._fedpath")]
pub(crate) struct Quotes {
    #[pyo3(get)]
    name: String,
    illustrative: bool,
    held: Held,
}

enum Held {
    Files(Vec<(String, QuoteFile)>),
    Rows(QuoteTable),
}

/// What a file may leave open.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Reading {
    as_of: Option<NaiveDate>,
    contract: Option<ContractMonth>,
    columns: Vec<ColumnName>,
    products: Option<Vec<Product>>,
    /// Of several moments of a day, the last up to this time.
    at: Option<NaiveTime>,
}

impl Quotes {
    pub(crate) fn source(&self) -> Source<'_> {
        let mut source = Source::new(&self.name, "");
        source.illustrative = self.illustrative;
        source
    }

    /// The quotes of a day, or of the newest.
    pub(crate) fn snapshot(&self, py: Python<'_>, as_of: Option<NaiveDate>) -> PyResult<Snapshot> {
        match &self.held {
            Held::Files(files) => {
                let mut set = QuoteSet::default();
                for (name, file) in files {
                    set.add(name, file.clone());
                }
                set.snapshot(as_of).map_err(|error| errors::unreadable(py, &self.name, &error))
            }
            Held::Rows(table) => {
                let day = as_of.or_else(|| table.days().last());
                day.and_then(|day| table.snapshot(day)).ok_or_else(|| {
                    let wanted = as_of.map_or("some day".to_owned(), |day| day.to_string());
                    errors::refused(py, &format!("{}: expected quotes of {wanted}, found none", self.name))
                })
            }
        }
    }

    pub(crate) fn strip(&self, py: Python<'_>, as_of: Option<NaiveDate>, given: &Given) -> PyResult<Strip> {
        let snapshot = self.snapshot(py, as_of)?;
        Strip::new(&snapshot, &given.strip(py, as_of)?).map_err(|error| errors::unpriced(py, &self.name, error))
    }

    /// The quotes of fed funds futures of many days.
    pub(crate) fn table(&self, py: Python<'_>) -> PyResult<Cow<'_, QuoteTable>> {
        match &self.held {
            Held::Files(files) => {
                let mut table = QuoteTable::default();
                for (name, file) in files.iter().filter(|(_, file)| file.product() == Product::default()) {
                    table.add(name, file.clone()).map_err(|error| errors::unreadable(py, name, &error))?;
                }
                Ok(Cow::Owned(table))
            }
            Held::Rows(table) => Ok(Cow::Borrowed(table)),
        }
    }

    /// Refuses quotes of other products, which a command would pass over.
    pub(crate) fn fed_funds_alone(&self, py: Python<'_>, command: &str) -> PyResult<()> {
        if !self.has_several_products() {
            return Ok(());
        }
        let told = "expected quotes of fed funds futures alone, found others too: read them without products=";
        Err(errors::refused(py, &format!("{command}: {told}")))
    }

    /// Whether other products than fed funds futures are among them.
    pub(crate) fn has_several_products(&self) -> bool {
        let other = |(_, file): &(String, QuoteFile)| file.product() != Product::default();
        matches!(&self.held, Held::Files(files) if files.iter().any(other))
    }
}

#[pymethods]
impl Quotes {
    /// The days, in order.
    #[getter]
    pub(crate) fn days(&self) -> Vec<NaiveDate> {
        let days: BTreeSet<NaiveDate> = match &self.held {
            Held::Files(files) => files.iter().flat_map(|(_, file)| file.days().flatten()).collect(),
            Held::Rows(table) => table.days().collect(),
        };
        days.into_iter().collect()
    }

    fn __len__(&self) -> usize {
        match &self.held {
            Held::Files(files) => files.iter().map(|(_, file)| file.quotes().count()).sum(),
            Held::Rows(table) => table.rows().len(),
        }
    }

    /// Every quote of fed funds futures: the table of `convert`.
    fn report(&self, py: Python<'_>) -> PyResult<Report> {
        let table = self.table(py)?.into_owned();
        Ok(Report::new(move |_, with| with(&report::quotes(&table, &[]))))
    }
}

/// Reads files of quotes, each a name and its bytes.
#[pyfunction]
pub(crate) fn read_files(py: Python<'_>, files: Vec<(String, Vec<u8>)>, options: &str) -> PyResult<Quotes> {
    let reading: Reading = given::read(py, options)?;
    let name = files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let read = || -> Result<Held, (String, ReadError)> {
        let mut held = Vec::new();
        for (name, bytes) in &files {
            let refused = |error| (name.clone(), error);
            let text = unpack(bytes).map_err(refused)?;
            held.extend(reading.read(name, &text).map_err(refused)?.into_iter().map(|file| (name.clone(), file)));
        }
        Ok(Held::Files(held))
    };
    let held = py.detach(read).map_err(|(name, error)| errors::unreadable(py, &name, &error))?;
    Ok(Quotes { name, illustrative: false, held })
}

impl Reading {
    /// The quotes in a text, of each product that it has.
    fn read(&self, name: &str, text: &str) -> Result<Vec<QuoteFile>, ReadError> {
        let mut options = ReadOptions::default();
        (options.as_of, options.contract, options.at) = (self.as_of, self.contract, self.at);
        options.columns.clone_from(&self.columns);
        options.file_name = std::path::Path::new(name).file_name().map(|name| name.to_string_lossy().into());
        let Some(products) = &self.products else { return QuoteFile::parse(text, &options).map(|file| vec![file]) };
        let lacks = |error: &ReadError| {
            let kinds = [ProblemKind::NoFedFunds, ProblemKind::Empty, ProblemKind::NoContract];
            error.problems().iter().all(|problem| kinds.contains(&problem.kind()))
        };
        let mut files = Vec::new();
        for product in products {
            let mut options = options.clone();
            (options.product, options.several_products) = (*product, true);
            match QuoteFile::parse(text, &options) {
                Ok(file) => files.push(file),
                Err(error) if lacks(&error) => {}
                Err(error) => return Err(error),
            }
        }
        if files.is_empty() { QuoteFile::parse(text, &options).map(|file| vec![file]) } else { Ok(files) }
    }
}

/// Reads quotes of a frame.
#[pyfunction]
pub(crate) fn read_frame(
    py: Python<'_>,
    data: &Bound<'_, PyAny>,
    name: &str,
    date: Option<String>,
    contract: Option<String>,
    settle: Option<String>,
) -> PyResult<Quotes> {
    let source = capsule::import(data)?;
    let names = ColumnNames { date, contract, settle, trade_date: None };
    let columns = Columns::find(&source.schema(), &names).map_err(|message| errors::refused(py, &message))?;
    let (mut reader, mut rows) = (Reader::new(columns), Vec::new());
    for batch in source {
        let batch = batch.map_err(|error| errors::refused(py, &error.to_string()))?;
        reader.read(&batch, &mut rows).map_err(|message| errors::refused(py, &message))?;
    }
    if !reader.refused.is_empty() {
        return Err(errors::of_frame(py, name, &reader.refused));
    }
    let mut table = QuoteTable::default();
    for (row, Row { day, units, month, .. }) in rows.iter().enumerate() {
        let price = Price::from_points(Decimal::new((*units).into(), PLACES).normalize()).ok();
        let (Some(day), Some(month), Some(price)) = (date_of(*day), month_of(*month), price) else {
            let message = "expected a day of the calendar".to_owned();
            return Err(errors::of_frame(py, name, &[Refused { row, column: "date".to_owned(), message, when: None }]));
        };
        table.insert(day, month, Quote::settled(price)).map_err(|error| errors::unreadable(py, name, &error))?;
    }
    Ok(Quotes { name: name.to_owned(), illustrative: false, held: Held::Rows(table) })
}

/// The embedded, illustrative episode: the quotes before and after.
#[pyfunction]
pub(crate) fn episode(py: Python<'_>) -> PyResult<(Quotes, Quotes)> {
    let of = |snapshot: &Snapshot| {
        let mut table = QuoteTable::default();
        for (day, (month, quote)) in
            snapshot.trade_date().into_iter().flat_map(|day| snapshot.quotes().map(move |row| (day, row)))
        {
            table.insert(day, month, quote.clone()).map_err(|error| errors::unreadable(py, EPISODE, &error))?;
        }
        Ok::<_, PyErr>(Quotes { name: EPISODE.to_owned(), illustrative: true, held: Held::Rows(table) })
    };
    let episode = Episode::embedded();
    Ok((of(&episode.before)?, of(&episode.after)?))
}

const EPISODE: &str = "embedded episode";
