//! Why there is no report.

use std::fmt::Display;
use std::io;

use fedpath::ReadError;

/// Why there is no report, by exit code.
#[derive(Debug)]
pub(super) enum Failure {
    /// Exit code 2: the arguments do not fit together.
    Usage(String),
    /// Exit code 1: the sentences that say why, each a line of its own.
    NoReport(Vec<String>),
    /// Exit code 0: the reader of the output has gone.
    ClosedPipe,
}

impl Failure {
    /// One sentence about an input, by its name.
    pub(super) fn of_input(name: &str, message: &impl Display) -> Self {
        Self::NoReport(message.to_string().lines().map(|line| format!("{name}: {line}")).collect())
    }

    /// Every problem of a text, as `name:line:column: sentence`, and their number where there are several.
    pub(super) fn of_text(name: &str, error: &ReadError) -> Self {
        let line = |problem: &fedpath::Problem| match problem.position() {
            Some(position) => format!("{name}:{position}: {}", problem.message()),
            None => format!("{name}: {}", problem.message()),
        };
        let mut lines: Vec<String> = error.problems().iter().map(line).collect();
        if lines.len() > 1 {
            lines.push(format!("{name}: {} problems", lines.len()));
        }
        Self::NoReport(lines)
    }

    /// A failure to write the output.
    pub(super) fn of_output(name: &str, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ClosedPipe
        } else {
            Self::NoReport(vec![format!("{name}: cannot be written: {error}")])
        }
    }
}
