//! The `fedpath` program: arguments in, a report out. Only here and in `cli` are files opened and text printed.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
