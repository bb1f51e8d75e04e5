//! Help that teaches: what a command is for, examples to copy, then usage and options.

use std::fmt::Write;
use std::io::{self, IsTerminal};

use clap::builder::StyledStr;
use clap::error::ErrorKind;
use clap::{Command, CommandFactory};

use super::args::Cli;
use super::version;

/// The columns of help that is no terminal's, so that it is the same everywhere.
const WIDTH: usize = 80;
/// The most columns that help uses: longer lines are hard to read.
const WIDEST: usize = 120;

/// The commands by the job they do, in the order of the help.
const JOBS: [(&str, &[&str]); 6] = [
    ("What is priced, from one quote file", &["summary", "probs", "bounds", "path", "curve", "solve"]),
    ("What changed, from two or many", &["reprice", "equity", "history", "surprise"]),
    ("What responds to it, from events", &["respond", "validate"]),
    ("Pages and charts", &["report"]),
    ("Files and calendar", &["check", "convert", "settlement", "meetings"]),
    ("This program", &["completions", "man", "help"]),
];

/// A command to copy, and what it tells.
type Example = (&'static str, &'static str);

const OVERVIEW: &[Example] = &[
    ("fedpath reprice", "the illustrative episode: 65 % -> 35 %"),
    ("fedpath reprice monday.csv friday.csv", "what a week changed"),
    ("fedpath summary quotes.csv", "what is priced, to quote from"),
    ("fedpath probs quotes.csv --explain", "a day's odds, and how they are made"),
    ("fedpath history long.csv -o odds.csv", "every day of many"),
    ("fedpath report -o report.html", "charts of it, to look at and to send"),
    ("fedpath check -v quotes.csv", "what a file holds, and what is wrong"),
];

const AFTERWORD: &str = "\
Quote files: CME settlements (STL report, CSV, FIXML, website JSON or pasted
table), DataMine End of Day, Databento, Barchart, Yahoo and other histories of
one contract, or a table `contract,price` with an optional line
`# as_of: 2025-11-21`; packed (gzip, zip) or not. The format is recognised from
the content.

Exit codes: 0 the report was written; 1 no report (bad file, missing contract,
refused input); 2 usage.";

const RULES_OF_SURPRISE: &str = "\
Rules: seven-day is Gürkaynak, Sack and Swanson (2005), as in the San Francisco
Fed's event-study database; kuttner is Kuttner (2001), for daily closes.";

/// The examples of a command.
#[expect(clippy::too_many_lines, reason = "a table: some lines a command")]
pub(super) fn examples(command: &str) -> &'static [Example] {
    match command {
        "fedpath" => OVERVIEW,
        "reprice" => &[
            ("fedpath reprice", "the illustrative episode"),
            ("fedpath reprice monday.csv friday.csv", "what a week changed"),
            ("fedpath reprice monday.csv friday.csv --asset all", "for every asset"),
            ("fedpath reprice monday.csv - < friday.csv", "the newer from a pipe"),
        ],
        "summary" => &[
            ("fedpath summary quotes.csv", "one screen to quote from"),
            ("fedpath summary monday.csv friday.csv", "and what changed since"),
            ("fedpath summary long.csv --delta 1d,1w,1m", "as FedWatch's table"),
        ],
        "probs" => &[
            ("fedpath probs quotes.csv", "a row a meeting"),
            ("fedpath probs quotes.csv --meeting 2025-12-10 --explain", "how it is made"),
            ("fedpath probs quotes.csv --bounds", "how precise it is"),
            ("fedpath probs - --format json < quotes.csv", "for a program"),
        ],
        "bounds" => &[
            ("fedpath bounds quotes.csv --count 2", "futures alone"),
            ("fedpath bounds quotes.csv --options options.csv", "and options"),
            ("fedpath bounds quotes.csv --markets markets.csv", "and markets"),
            ("fedpath bounds quotes.csv --event '2025-12-10 <= 3.75'", "one event"),
        ],
        "path" => &[
            ("fedpath path quotes.csv", "rates, and every contract"),
            ("fedpath path quotes.csv --method least-squares", "fitted to all contracts"),
            ("fedpath path both.csv --products ZQ,SR1,SR3", "and to SOFR futures"),
            ("fedpath path quotes.csv --add-meeting 2026-02-10", "a move off the calendar"),
        ],
        "curve" => &[
            ("fedpath curve quotes.csv --tenor 3M,18M,2Y", "zero, forward and OIS par rates"),
            ("fedpath curve monday.csv friday.csv", "what a week changed"),
        ],
        "solve" => &[
            ("fedpath solve quotes.csv --meeting 2025-12-10 --probability 50", "at what price"),
            ("fedpath solve quotes.csv --outcome 2025-12-10=-25bp", "if they cut"),
            ("fedpath solve quotes.csv --bump ZQF6=-1bp", "other prices"),
            ("fedpath solve quotes.csv", "every slope"),
        ],
        "equity" => &[
            ("fedpath equity monday.csv friday.csv", "two files"),
            ("fedpath equity monday.csv friday.csv --realised -0.8", "the rest"),
            ("fedpath equity --shift 7bp --meeting 2025-12-10 --as-of 2025-11-19", "one shift"),
        ],
        "history" => &[
            ("fedpath history settlements/ -o odds.csv", "a folder"),
            ("fedpath history long.csv --meeting 2025-12-10 --format table", "one meeting"),
            ("fedpath history long.csv --delta 1d,1w --format table", "what changed"),
            ("fedpath history long.csv --show cuts", "cuts by date"),
            ("fedpath history 'day*.csv' --layout wide --every week", "as FedWatch's"),
            ("fedpath history moves.csv --calibration --format table", "did it happen?"),
        ],
        "surprise" => &[
            ("fedpath surprise --announcement 2025-11-20 monday.csv friday.csv", "two files"),
            ("fedpath surprise moves.csv --format csv", "all of them"),
            ("fedpath surprise moves.csv --announcement 2020-03-03", "one of them"),
        ],
        "respond" => &[
            ("fedpath respond closes.csv --surprises events.csv", "closes of your own"),
            ("fedpath respond --events events.csv --y stock", "one wide file"),
            ("fedpath respond --events events.csv --y stock -o own.csv", "for equity"),
        ],
        "validate" => &[
            ("fedpath validate events.csv --y stock", "the embedded responses"),
            ("fedpath validate events.csv --y stock --expanding 10", "out of sample"),
        ],
        "report" => &[
            ("fedpath report -o report.html", "the illustrative episode"),
            ("fedpath report monday.csv friday.csv -o week.html", "what changed"),
            ("fedpath report friday.csv --chart heat -o heat.svg", "one chart"),
            ("fedpath report --history long.csv -o december.html", "day by day"),
        ],
        "settlement" => &[
            ("fedpath settlement ZQX25 --fixings rates.csv", "of fed funds futures"),
            ("fedpath settlement SR3M4 SR3U4 --sofr sofr.csv", "of SOFR futures"),
        ],
        "meetings" => &[
            ("fedpath meetings --from 2025-01-01 --to 2025-12-31", "a year"),
            ("fedpath meetings --from 2020-01-01 --as-of 2020-03-04", "as known on a day"),
        ],
        "check" => &[
            ("fedpath check -v quotes.csv", "what a file holds, row by row"),
            ("fedpath check day*.csv rates.csv", "many; realised rates too"),
        ],
        "convert" => &[
            ("fedpath convert day*.csv -o all.csv", "any formats, one tidy table"),
            ("fedpath convert quotes.csv --format table", "to look at"),
        ],
        "completions" => &[
            ("fedpath completions bash -o fedpath.bash", "to source, or into bash-completion"),
            ("fedpath completions zsh -o _fedpath", "into a folder of $fpath"),
            ("fedpath completions fish -o fedpath.fish", "into ~/.config/fish/completions"),
        ],
        "man" => &[
            ("fedpath man | man -l -", "the page of the program"),
            ("fedpath man reprice -o fedpath-reprice.1", "that of a command"),
        ],
        _ => &[],
    }
}

/// The command line with its help, for the width of this terminal.
pub(super) fn command() -> Command {
    let command = Cli::command();
    let terminal = io::stdout().is_terminal();
    // Before the help of the commands is made, which take the width over.
    taught(if terminal { command.max_term_width(WIDEST) } else { command.term_width(WIDTH) })
}

/// The command line, each help led by examples and the overview's list of commands ordered by job.
pub(super) fn taught(command: Command) -> Command {
    let mut command = command.long_version(version::long());
    command.build();
    let (header, literal) = (*command.get_styles().get_header(), *command.get_styles().get_literal());
    let heading = |words: &str| format!("{header}{words}:{header:#}\n");
    let lead = |name: &str| {
        let mut text = heading("Examples");
        for line in lines(examples(name)) {
            let _ = writeln!(text, "  {line}");
        }
        StyledStr::from(text.trim_end().to_owned())
    };
    let mut jobs = String::new();
    for (job, names) in JOBS {
        jobs += &heading(job);
        for name in names {
            let about = command.find_subcommand(name).and_then(Command::get_about).map(ToString::to_string);
            let _ = writeln!(jobs, "  {literal}{name:<11}{literal:#}  {}", about.unwrap_or_default());
        }
        jobs.push('\n');
    }
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names.iter().filter(|name| !examples(name).is_empty()) {
        let (lead, name) = (lead(name), name.clone());
        command = command.mut_subcommand(name, |sub| {
            sub.mut_arg("help", |help| help.help_heading("Output"))
                .before_help(lead)
                .help_template("{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}")
        });
    }
    command = command.mut_subcommand("surprise", |sub| sub.after_long_help(RULES_OF_SURPRISE));
    let options = heading("Options");
    command.before_help(lead("fedpath")).after_long_help(AFTERWORD).help_template(format!(
        "{{about-with-newline}}\n{{before-help}}{{usage-heading}} {{usage}}\n\n{jobs}{options}{{options}}{{after-help}}"
    ))
}

/// The help of a command that `--help` asks for: every option on as few lines as it needs, so that a screen or two show all of
/// it. `None` where the error is no help of a command.
pub(super) fn whole(error: &clap::Error, arguments: &[String]) -> Option<StyledStr> {
    let words = arguments.get(1..).unwrap_or_default();
    let asked = words.iter().any(|word| word == "--help") || words.first().is_some_and(|word| word == "help");
    if error.kind() != ErrorKind::DisplayHelp || !asked {
        return None;
    }
    let mut command = command();
    let name = words.iter().find(|word| *word != "help" && command.find_subcommand(word).is_some())?.clone();
    let sub = command.find_subcommand_mut(&name)?;
    let about = sub.get_long_about().or(sub.get_about()).cloned().unwrap_or_default();
    let after = sub.get_after_long_help().cloned();
    let mut text = after.map_or(String::new(), |text| format!("{text}\n\n"));
    // Two screens are full in these: the manual has the whole of it.
    let full = matches!(name.as_str(), "reprice" | "equity" | "history" | "report");
    let sofr: &[&str] = if full { &["products", "sofr", "basis", "exclude", "leave_one_out"] } else { &[] };
    let also = if full { ", and the options of SOFR futures" } else { "" };
    text += &format!("What each value means{also}: fedpath man {name}");
    let sub = sub.clone().about(about).after_help(text).mut_args(|arg| {
        // A page has no other form, no numbers of its own and no bars of text; what has no row a meeting has no count.
        let idle: &[&str] = match name.as_str() {
            "report" => &["format", "numbers", "bars", "count"],
            "summary" | "curve" | "equity" => &["count"],
            // Of a month with several decisions the lattice has no place, and bars are not drawn.
            "bounds" => &["bars", "between", "weights", "landing_spread", "strict"],
            _ => &[],
        };
        let idle = idle.iter().chain(sofr).any(|id| *id == arg.get_id().as_str());
        let hidden = idle || arg.is_hide_set();
        arg.hide_short_help(false).hide(hidden)
    });
    let sub = sub.mut_arg("help", |help| help.help("Print help; -h prints the options used most"));
    Some(sub.clone().render_help())
}

/// Each example with what it tells beside it.
pub(super) fn lines(examples: &[Example]) -> Vec<String> {
    let widest = examples.iter().map(|(command, _)| command.len()).max().unwrap_or(0);
    let beside = |(command, words): &Example| match words {
        &"" => (*command).to_owned(),
        words => format!("{command:<widest$}  {words}"),
    };
    examples.iter().map(beside).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::{Cli, JOBS, taught};

    #[test]
    fn every_command_has_its_job_and_its_examples() {
        let command = taught(Cli::command());
        let named: Vec<&str> = JOBS.iter().flat_map(|(_, names)| *names).copied().collect();
        let all: BTreeSet<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        assert_eq!(named.iter().copied().collect::<BTreeSet<_>>(), all);
        assert_eq!(named.len(), all.len(), "each command once");
        for name in all.into_iter().filter(|name| *name != "help") {
            assert!(!super::examples(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn every_option_says_what_it_does() {
        for command in taught(Cli::command()).get_subcommands().filter(|command| command.get_name() != "help") {
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{} {}", command.get_name(), argument.get_id());
            }
        }
    }
}
