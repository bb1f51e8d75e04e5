//! `fedpath completions`: the words that a shell offers, made of the same arguments as the help.

use clap::CommandFactory;

use super::args::{Cli, CompletionsArgs};

/// The completions of a shell, a script for it.
pub(super) fn completions(args: &CompletionsArgs, report: &mut Vec<u8>) {
    clap_complete::generate(args.shell, &mut Cli::command(), "fedpath", report);
}
