//! Rows priced as they come, in bounded memory.

use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::RecordBatchReader;
use arrow_schema::SchemaRef;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::given::{self, Given};
use crate::history::{Asked, raised};
use crate::out::Layout;
use crate::run::{Account, Failed, Run};
use crate::table::Table;
use crate::{capsule, errors};

/// Rows in the order of their time, priced batch by batch.
#[pyclass(frozen, module = "fedpath._fedpath")]
pub(crate) struct Stream {
    /// Until a consumer has taken it.
    run: Mutex<Option<Run>>,
    schema: SchemaRef,
    account: Arc<Mutex<Account>>,
}

/// Prices rows that come in the order of their time.
#[pyfunction]
pub(crate) fn stream(py: Python<'_>, data: &Bound<'_, PyAny>, form: &str, options: &str) -> PyResult<Stream> {
    let asked: Asked = given::read(py, form)?;
    if asked.layout == Layout::Wide {
        return Err(errors::refused(
            py,
            "layout: the columns of wide rows are known once all are read, expected tidy or meetings",
        ));
    }
    let given: Given = given::read(py, options)?;
    let run = asked.run(py, capsule::import(data)?, &given, true)?;
    Ok(Stream { schema: RecordBatchReader::schema(&run), account: run.account(), run: Mutex::new(Some(run)) })
}

impl Stream {
    fn account<T>(&self, told: impl FnOnce(&Account) -> T) -> T {
        told(&self.account.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[pymethods]
impl Stream {
    /// The next batch of priced moments.
    fn batch(&self, py: Python<'_>) -> PyResult<Option<Table>> {
        let batch = py.detach(|| {
            let mut run = self.run.lock().unwrap_or_else(PoisonError::into_inner);
            run.as_mut().map_or(Ok(None), |run| run.guarded(Run::step))
        });
        let batch = batch.map_err(|stopped| raised(py, &stopped))?;
        Ok(batch.map(|batch| Table::new(Arc::clone(&self.schema), vec![batch])))
    }

    /// The failures so far, the first ten thousand.
    #[getter]
    fn errors(&self) -> Vec<Failed> {
        self.account(|account| account.errors.clone())
    }

    /// How many failures there are so far.
    #[getter]
    fn failed(&self) -> usize {
        self.account(|account| account.failed)
    }

    /// How many days or moments have a table so far.
    #[getter]
    fn priced(&self) -> usize {
        self.account(|account| account.priced)
    }

    /// Raises what stopped the stream, whose class no consumer of Arrow's interface knows.
    fn check(&self, py: Python<'_>) -> PyResult<()> {
        match self.account(|account| account.stopped.clone()) {
            Some(stopped) => Err(raised(py, &stopped)),
            None => Ok(()),
        }
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let run = self.run.lock().unwrap_or_else(PoisonError::into_inner).take();
        let run = run
            .ok_or_else(|| errors::refused(py, "expected a stream that nobody has read, found one that is used up"))?;
        capsule::export(py, Box::new(run))
    }
}
