//! Why there is no report.

use std::fmt::Display;
use std::io;

use fedpath::report::printable;
use fedpath::{Problem, ReadError};

use super::hints;

/// The most problems of one text that are listed.
pub(super) const MOST_LISTED: usize = 200;

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
    /// One sentence.
    pub(super) fn because(message: impl Into<String>) -> Self {
        Self::NoReport(vec![message.into()])
    }

    /// A sentence, or several, about an input by its name.
    pub(super) fn of_input(name: &str, message: &impl Display) -> Self {
        Self::of_input_with(name, message, None)
    }

    /// A sentence about an input, and what to do about it.
    pub(super) fn of_input_with(name: &str, message: &impl Display, hint: Option<&str>) -> Self {
        let name = printable(name);
        let mut lines: Vec<String> = message.to_string().lines().map(|line| format!("{name}: {line}")).collect();
        match (hint, lines.as_mut_slice()) {
            (Some(hint), [line]) => *line = format!("{line} ({hint})"),
            (Some(hint), _) => lines.push(format!("{name}: {hint}")),
            (None, _) => {}
        }
        Self::NoReport(lines)
    }

    /// Every problem of a text, as `name:line:column: sentence`, and their number where there are several.
    pub(super) fn of_text(name: &str, error: &ReadError) -> Self {
        let count = error.problems().len();
        let mut lines: Vec<String> =
            error.problems().iter().take(MOST_LISTED).map(|problem| Self::sentence(name, problem)).collect();
        let name = printable(name);
        if count > MOST_LISTED {
            lines.push(format!("{name}: {count} problems, the first {MOST_LISTED} listed"));
        } else if count > 1 {
            lines.push(format!("{name}: {count} problems"));
        }
        Self::NoReport(lines)
    }

    /// `name:line:column: sentence`, and what to do about it.
    pub(super) fn sentence(name: &str, problem: &Problem) -> String {
        let place = problem.position().map_or(String::new(), |position| format!(":{position}"));
        let hint = hints::of_problem(problem.kind()).map_or(String::new(), |hint| format!(" ({hint})"));
        format!("{}{place}: {}{hint}", printable(name), problem.message())
    }

    /// The sentences that say why, without the exit code.
    pub(super) fn sentences(self) -> Vec<String> {
        match self {
            Self::NoReport(sentences) => sentences,
            Self::Usage(sentence) => vec![sentence],
            Self::ClosedPipe => Vec::new(),
        }
    }

    /// A failure to write the output.
    pub(super) fn of_output(name: &str, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ClosedPipe
        } else {
            // The kind alone: the error itself names the temporary file.
            Self::because(format!("{}: cannot be written: {}", printable(name), error.kind()))
        }
    }
}
