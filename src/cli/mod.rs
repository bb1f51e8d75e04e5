//! From arguments to a report: parse, settle, read, compute, render, write.

mod args;
mod blocks;
mod bounds;
mod commands;
mod completions;
mod curve;
mod dates;
mod equity;
mod event_study;
mod failure;
mod files;
mod gather;
mod help;
mod hints;
mod history;
mod input;
mod joint;
mod man;
mod markets;
mod moment_history;
mod moments;
mod output;
mod output_args;
mod patterns;
mod pricing;
mod progress;
mod quote_bounds;
mod reading;
mod report;
mod scenario;
mod settlement;
mod solve;
mod suggestions;
mod summary;
mod surprise;
mod two_files;
mod values;
mod version;

use std::ffi::OsString;

use clap::FromArgMatches;

use args::Cli;
use failure::Failure;
use fedpath::report::printable;
use output::Messages;

/// Runs the program with its arguments, its own name first; the exit code: 0 the report was written, 1 no report, 2 usage. A closed pipe
/// is 0.
pub(crate) fn run(arguments: &[OsString]) -> u8 {
    let words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let colour = colour_asked_for(&words);
    let command = help::command().color(colour);
    let cli = match command.try_get_matches_from(arguments).and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(mut error) => {
            if let Some(safe) = refused_as_printed(&words, colour) {
                error = safe;
            }
            suggestions::to_usage(&mut error);
            // Help and version go to standard output and succeed; clap knows which is which.
            let printed = match help::whole(&error, &words) {
                Some(text) => output::print_help(&text, colour),
                None => output::print_usage(&error, colour),
            };
            return match printed.map_err(|failed| Failure::of_output("<stdout>", &failed)) {
                Err(Failure::NoReport(lines)) => refused(&Messages::plain(colour), lines),
                _ => u8::try_from(error.exit_code()).unwrap_or(2),
            };
        }
    };
    let messages = Messages::new(&cli.output);
    for reading in dates::readings() {
        messages.note(&reading);
    }
    match commands::run(&cli.command, &cli.output, &messages) {
        Ok(()) | Err(Failure::ClosedPipe) => 0,
        Err(Failure::Usage(message)) => {
            messages.error(&format!("{message}{}", output::MORE));
            2
        }
        Err(Failure::NoReport(lines)) => refused(&messages, lines),
    }
}

fn refused(messages: &Messages, lines: Vec<String>) -> u8 {
    for line in lines {
        messages.error(&line);
    }
    1
}

/// The refusal of arguments that could steer a terminal, said of the arguments as they are printed: the sentences of the parser
/// and of every option repeat them.
fn refused_as_printed(given: &[String], colour: clap::ColorChoice) -> Option<clap::Error> {
    let safe: Vec<String> = given.iter().map(|word| printable(word)).collect();
    let refused = || help::command().color(colour).try_get_matches_from(&safe);
    if safe == given { None } else { refused().and_then(|matches| Cli::from_arg_matches(&matches)).err() }
}

/// The colours of usage errors and help, which are printed before the arguments are understood.
fn colour_asked_for(words: &[String]) -> clap::ColorChoice {
    let asked = |when: &str| {
        words.contains(&format!("--color={when}"))
            || words.windows(2).any(|pair| pair[0] == "--color" && pair[1] == when)
    };
    match (asked("never"), asked("always")) {
        (true, _) => clap::ColorChoice::Never,
        (false, true) => clap::ColorChoice::Always,
        (false, false) => clap::ColorChoice::Auto,
    }
}
