//! The `fedpath` program: the crate's own source, with a door for whoever starts it.

use std::ffi::OsString;

#[path = "../../../src/cli/mod.rs"]
mod cli;

/// Runs the program with its arguments, its own name first; its exit code.
#[must_use]
pub fn run(arguments: &[OsString]) -> u8 {
    cli::run(arguments)
}
