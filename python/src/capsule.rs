//! The Arrow C stream interface over capsules. The one file with `unsafe`: a pointer that another library gives.
#![allow(unsafe_code)]

use std::ffi::CStr;

use arrow_array::RecordBatchReader;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

const STREAM: &CStr = c"arrow_array_stream";

/// Where record batches come from.
pub(crate) type Source = Box<dyn RecordBatchReader + Send>;

/// Takes the stream of any producer: a frame of pandas or polars, a table or reader of pyarrow, a relation of duckdb.
pub(crate) fn import(data: &Bound<'_, PyAny>) -> PyResult<Source> {
    let capsule = data.call_method0("__arrow_c_stream__")?.cast_into::<PyCapsule>()?;
    let pointer = capsule.pointer_checked(Some(STREAM))?;
    // SAFETY: a capsule of this name holds an ArrowArrayStream, which is moved out of it: what stays behind is released.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr().cast()) };
    let reader = RecordBatchStreamReader::try_new(stream).map_err(|error| PyTypeError::new_err(error.to_string()))?;
    Ok(Box::new(reader))
}

/// Gives a stream to any consumer.
pub(crate) fn export(py: Python<'_>, source: Source) -> PyResult<Bound<'_, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(source), STREAM)
}
