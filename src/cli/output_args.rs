//! [`OutputArgs`]: where a report goes, and in what form.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use fedpath::report::Document;

use super::values::{Format, NumbersName, When};

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// Form of the report [default: table; history, convert: csv]
    #[arg(long, global = true, value_enum)]
    pub(super) format: Option<Format>,
    /// Numbers in JSON: exact strings, or rounded numbers
    #[arg(long, global = true, hide_short_help = true, value_enum, value_name = "HOW", default_value_t = NumbersName::Exact)]
    pub(super) numbers: NumbersName,
    /// Write to a file, whole or not at all; .json, .csv and .txt choose the form [default: standard output]
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Let --output overwrite a file
    #[arg(long, global = true, hide_short_help = true)]
    pub(super) force: bool,
    /// Colour the prefix of messages
    #[arg(long, global = true, hide_short_help = true, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    pub(super) color: When,
    /// Draw bars and sparklines in tables
    #[arg(long, global = true, hide_short_help = true, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    pub(super) bars: When,
    /// Print no warnings
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
}

impl OutputArgs {
    /// The columns of the terminal that the report goes to, if it goes to one.
    pub(super) fn width(&self) -> Option<usize> {
        let terminal = self.output.is_none().then(|| terminal_size::terminal_size_of(io::stdout())).flatten();
        terminal.map(|(terminal_size::Width(columns), _)| columns.into())
    }

    /// Whether tables have bars beside them.
    pub(super) fn bars(&self) -> bool {
        match self.bars {
            When::Always => true,
            When::Never => false,
            When::Auto => self.output.is_none() && io::stdout().is_terminal(),
        }
    }

    /// Writes a report in the form that was asked for, a table by default.
    pub(super) fn render(&self, document: &Document<'_>, report: &mut dyn Write) -> io::Result<()> {
        self.render_as(self.form(), document, report)
    }

    /// Writes a report in a form.
    pub(super) fn render_as(&self, form: Format, document: &Document<'_>, report: &mut dyn Write) -> io::Result<()> {
        match form {
            Format::Table => document.text(report),
            Format::Json => document.json(self.numbers.into(), report),
            Format::Csv => document.csv(report),
        }
    }

    /// The form of a report whose default is a table.
    pub(super) fn form(&self) -> Format {
        self.form_or(Format::Table)
    }

    /// The form that --format names, or the extension of the output, or else the default.
    pub(super) fn form_or(&self, default: Format) -> Format {
        let named = || match self.extension().as_str() {
            "json" => Some(Format::Json),
            "csv" => Some(Format::Csv),
            "txt" => Some(Format::Table),
            _ => None,
        };
        self.format.or_else(named).unwrap_or(default)
    }

    /// The extension of the output in small letters; nothing of standard output.
    pub(super) fn extension(&self) -> String {
        let extension = self.output.as_deref().and_then(Path::extension);
        extension.map_or(String::new(), |extension| extension.to_string_lossy().to_lowercase())
    }
}
