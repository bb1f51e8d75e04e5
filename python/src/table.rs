//! Tables that any consumer of the Arrow stream interface takes.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, RecordBatchIterator, StringArray,
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use fedpath::report::{DataCell, DataColumn, Document};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::capsule;
use crate::cells::day_number;

/// A table of some batches.
#[derive(Clone)]
#[pyclass(frozen, module = "fedpath._fedpath")]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    pub(crate) fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { schema, batches }
    }

    /// The table of a report, exact figures as the nearest float.
    pub(crate) fn of(document: &Document<'_>) -> Result<Self, ArrowError> {
        let columns: Vec<(Field, ArrayRef)> = document.columns().into_iter().map(column).collect();
        let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = columns.into_iter().unzip();
        let schema = Arc::new(Schema::new(fields));
        let batch = RecordBatch::try_new(Arc::clone(&schema), arrays)?;
        Ok(Self::new(schema, vec![batch]))
    }
}

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // Another schema is a wish that a producer need not fulfil.
        drop(requested_schema);
        let batches = self.batches.clone().into_iter().map(Ok);
        capsule::export(py, Box::new(RecordBatchIterator::new(batches, Arc::clone(&self.schema))))
    }
}

/// A column by what its cells hold.
fn column(column: DataColumn) -> (Field, ArrayRef) {
    let DataColumn { name, is_words, cells, .. } = column;
    let is = |wanted: fn(&DataCell) -> bool| {
        let mut known = cells.iter().filter(|cell| **cell != DataCell::Missing).peekable();
        known.peek().is_some() && known.all(wanted)
    };
    let (kind, array): (DataType, ArrayRef) = if is(|cell| matches!(cell, DataCell::Date(_))) {
        let day = |cell: &DataCell| if let DataCell::Date(day) = cell { Some(day_number(*day)) } else { None };
        (DataType::Date32, Arc::new(cells.iter().map(day).collect::<Date32Array>()))
    } else if is(|cell| matches!(cell, DataCell::Flag(_))) {
        let flag = |cell: &DataCell| if let DataCell::Flag(flag) = cell { Some(*flag) } else { None };
        (DataType::Boolean, Arc::new(cells.iter().map(flag).collect::<BooleanArray>()))
    } else if is(|cell| matches!(cell, DataCell::Count(_))) {
        let count = |cell: &DataCell| if let DataCell::Count(count) = cell { Some(*count) } else { None };
        (DataType::Int64, Arc::new(cells.iter().map(count).collect::<Int64Array>()))
    } else if is_words || is(|cell| matches!(cell, DataCell::Words(_))) {
        let words = |cell: &DataCell| match cell {
            DataCell::Words(text) => Some(text.clone()),
            DataCell::Date(day) => Some(day.to_string()),
            _ => None,
        };
        (DataType::Utf8, Arc::new(cells.iter().map(words).collect::<StringArray>()))
    } else {
        #[expect(clippy::cast_precision_loss, reason = "counts of meetings and bounds in basis points")]
        let number = |cell: &DataCell| match cell {
            DataCell::Exact(value) => Some(value.to_f64()),
            DataCell::Float(value) => Some(*value),
            DataCell::Count(count) => Some(*count as f64),
            _ => None,
        };
        (DataType::Float64, Arc::new(cells.iter().map(number).collect::<Float64Array>()))
    };
    (Field::new(name, kind, true), array)
}
