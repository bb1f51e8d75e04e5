//! `fedpath man`: the manual, a page for the program and one for each command.

use std::io;

use clap::CommandFactory;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::args::{Cli, ManArgs};
use super::failure::Failure;
use super::help::{self, examples};
use super::output::Rendered;
use super::suggestions::{did_you_mean, hinted};

/// The page of the program, or of one command.
pub(super) fn man(args: &ManArgs, report: &mut Vec<u8>) -> Result<Rendered, Failure> {
    let program = help::taught(Cli::command());
    let page = match &args.command {
        None => program,
        Some(name) => {
            let known: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
            let unknown = || {
                let message = format!("expected one of {}, found '{name}'", known.join(", "));
                Failure::Usage(hinted(&message, did_you_mean(name, known.iter().copied())))
            };
            program.find_subcommand(name).cloned().ok_or_else(unknown)?
        }
    };
    Ok(written(page, report))
}

/// The sections in the order of the help: what it is for, examples, then all options.
fn written(page: clap::Command, report: &mut Vec<u8>) -> Rendered {
    let (copied, commands) = (examples(page.get_name()), page.has_subcommands());
    // A page is for reading: nothing is kept for later.
    let page = page.mut_args(|argument| argument.hide_short_help(false));
    let usage = page.clone().render_usage().to_string();
    let man = Man::new(page).manual("fedpath").source(concat!("fedpath ", env!("CARGO_PKG_VERSION")));
    man.render_title(report)?;
    man.render_name_section(report)?;
    synopsis_section(usage.trim_start_matches("Usage: "), report)?;
    man.render_description_section(report)?;
    examples_section(copied, report)?;
    man.render_options_section(report)?;
    if commands {
        man.render_subcommands_section(report)?;
    }
    man.render_extra_section(report)
}

/// As the help has it: the options are told below, each once.
fn synopsis_section(usage: &str, report: &mut Vec<u8>) -> io::Result<()> {
    let mut section = Roff::new();
    section.control("SH", ["SYNOPSIS"]);
    section.text([roman(usage)]);
    section.to_writer(report)
}

fn examples_section(copied: &[(&str, &str)], report: &mut Vec<u8>) -> io::Result<()> {
    let mut section = Roff::new();
    section.control("SH", ["EXAMPLES"]);
    for (command, words) in copied {
        section.control("TP", []);
        section.text([bold(*command)]);
        section.text([roman(*words)]);
    }
    section.to_writer(report)
}
