//! The `fedpath` program, run by the launcher that the wheel installs.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the program with its arguments, its own name first; its exit code.
#[pyfunction]
pub(crate) fn run_program(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| fedpath_program::run(&arguments))
}
