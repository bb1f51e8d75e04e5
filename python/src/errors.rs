//! The exceptions. They are Python classes, so that they pickle and carry attributes.

use fedpath::{Error, Problem, ReadError};
use pyo3::call::PyCallArgs;
use pyo3::prelude::*;

use crate::rows::Refused;

fn raised<'py>(py: Python<'py>, class: &str, arguments: impl PyCallArgs<'py>) -> PyErr {
    let made = move || py.import("fedpath._errors")?.getattr(class)?.call1(arguments);
    made().map_or_else(|error| error, PyErr::from_value)
}

/// What is wrong with a text: its name, and each fault with line, column and kind.
pub(crate) fn unreadable(py: Python<'_>, file: &str, error: &ReadError) -> PyErr {
    let told = |problem: &Problem| {
        let place = problem.position();
        let kind = format!("{:?}", problem.kind());
        (place.map(|place| place.line), place.map(|place| place.column), problem.message().to_owned(), kind)
    };
    raised(py, "QuoteError", (file, error.problems().iter().map(told).collect::<Vec<_>>()))
}

/// Quotes that give no answer, or why there is none.
pub(crate) fn unpriced(py: Python<'_>, file: &str, error: impl Into<Error>) -> PyErr {
    match error.into() {
        Error::Read(error) => unreadable(py, file, &error),
        error => {
            let kind = serde_json::to_value(error.kind()).unwrap_or_default();
            raised(py, "PricingError", (file, error.to_string(), kind.as_str().unwrap_or_default()))
        }
    }
}

/// A day or moment without a table.
pub(crate) fn without_table(py: Python<'_>, file: &str, told: &str) -> PyErr {
    raised(py, "PricingError", (file, told, "missing"))
}

/// An argument that is not accepted.
pub(crate) fn refused(py: Python<'_>, message: &str) -> PyErr {
    raised(py, "OptionError", (message,))
}

/// Cells of a frame that are refused, each with its row and the name of its column.
pub(crate) fn of_frame(py: Python<'_>, name: &str, refused: &[Refused]) -> PyErr {
    let told = |cell: &Refused| (cell.row, cell.column.clone(), cell.message.clone(), "Frame");
    raised(py, "QuoteError", (name, refused.iter().map(told).collect::<Vec<_>>()))
}
