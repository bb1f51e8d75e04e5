//! The Python package of fedpath: the engine's own doors and documents, tables through the Arrow stream interface.

mod capsule;
mod cells;
mod commands;
mod errors;
mod given;
mod history;
mod moments;
mod out;
mod program;
mod quotes;
mod report;
mod rows;
mod run;
mod stream;
mod studies;
mod table;
mod wide;

use pyo3::prelude::*;

#[pymodule(gil_used = false)]
mod _fedpath {
    #[pymodule_export]
    use super::commands::{
        curve, equity_between, equity_of_shift, path, probs, reprice, summary, surprise_between, surprises,
    };
    #[pymodule_export]
    use super::history::{Priced, history, history_of_frame, settlements};
    #[pymodule_export]
    use super::program::run_program;
    #[pymodule_export]
    use super::quotes::{Quotes, episode, read_files, read_frame};
    #[pymodule_export]
    use super::report::{Report, fragment_style};
    #[pymodule_export]
    use super::stream::{Stream, stream};
    #[pymodule_export]
    use super::studies::{bounds, respond};
    #[pymodule_export]
    use super::table::Table;
}
