//! The command `report`: one page of HTML, or one chart as SVG.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use fedpath::report::{ChartKind, Selection, Subject, html, svg};
use fedpath::{Every, History, MeetingSeries, Outlook};

use super::args::OutputArgs;
use super::commands::{Named, no_path, priced_meeting, warn};
use super::failure::Failure;
use super::gather::gather;
use super::history::days_of;
use super::output::{Messages, Rendered};
use super::pricing::{PricingArgs, assumptions};
use super::scenario::ScenarioArgs;
use super::two_files::TwoFiles;
use super::values::date;

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// A quote file, or the older of two [default: the illustrative episode]
    pub(super) before: Option<PathBuf>,
    /// The newer quote file
    pub(super) after: Option<PathBuf>,
    /// One meeting through many days instead: files, folders, patterns
    #[arg(long, help_heading = "What to price", value_name = "PATH", num_args = 1.., conflicts_with = "before")]
    pub(super) history: Vec<PathBuf>,
    /// First day of a history [default: the first of the quotes]
    #[arg(long, hide_short_help = true, help_heading = "What to price", value_name = "DATE", requires = "history", value_parser = date)]
    pub(super) from: Option<NaiveDate>,
    /// Last day of a history [default: the last of the quotes]
    #[arg(long, hide_short_help = true, help_heading = "What to price", value_name = "DATE", requires = "history", value_parser = date)]
    pub(super) to: Option<NaiveDate>,
    /// Days of a history: each, the last of each week or month, or every Nth
    #[arg(
        long,
        help_heading = "What to price",
        value_name = "day|week|month|N",
        default_value = "day",
        requires = "history"
    )]
    pub(super) every: Every,
    /// Date of the file, or of the two [default: the files' own]
    #[arg(long, help_heading = "What to price", value_name = "DATE[,DATE]", value_delimiter = ',', num_args = 1, requires = "before", conflicts_with = "history", value_parser = date)]
    pub(super) as_of: Vec<NaiveDate>,
    /// The meeting it is about, by its announcement [default: the first]
    #[arg(long, help_heading = "What to show", value_name = "DATE", value_parser = date)]
    pub(super) meeting: Option<NaiveDate>,
    /// One chart as SVG instead of the page
    #[arg(long, help_heading = "What to show", value_name = "KIND", value_enum)]
    pub(super) chart: Option<ChartName>,
    #[command(flatten)]
    pub(super) pricing: PricingArgs,
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ChartName {
    /// Odds of each target range after the meeting
    Bars,
    /// Odds of each target range after each meeting
    Heat,
    /// Expected rate from meeting to meeting, and what contracts imply
    Path,
    /// How far the path misses each contract
    Residuals,
    /// Shift of zero rates by method: two files
    Curve,
    /// Effect on equity prices by method: two files
    Equity,
    /// Odds and expected rate of the meeting through time: --history
    History,
    /// Expected change at the next meeting through time: --history
    Next,
}

impl From<ChartName> for ChartKind {
    fn from(name: ChartName) -> Self {
        match name {
            ChartName::Bars => Self::Bars,
            ChartName::Heat => Self::Heat,
            ChartName::Path => Self::Path,
            ChartName::Residuals => Self::Residuals,
            ChartName::Curve => Self::Curve,
            ChartName::Equity => Self::Equity,
            ChartName::History => Self::History,
            ChartName::Next => Self::Next,
        }
    }
}

pub(super) fn report(
    args: &ReportArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    if out.format.is_some() {
        return Err(Failure::Usage("--format has no place in a report, which is HTML, or SVG with --chart".to_owned()));
    }
    if out.output.is_none() && io::stdout().is_terminal() {
        let file = if args.chart.is_some() { "chart.svg" } else { "report.html" };
        return Err(Failure::Usage(format!("expected a file to write to, such as -o {file}, or a pipe")));
    }
    let compares = args.history.is_empty() && (args.before.is_none() || args.after.is_some());
    if !compares && !args.scenario.is_default() {
        let message = "options of curve and equities have no part in a report that compares no two dates";
        return Err(Failure::Usage(message.to_owned()));
    }
    let mut draw = |subject: Subject<'_>| {
        let text = match args.chart {
            None => Some(html::page(&subject)),
            Some(chart) => svg::chart(&subject, chart.into()),
        };
        let text = text.ok_or_else(|| Failure::because(no_chart(args, &subject)))?;
        report.extend_from_slice(text.as_bytes());
        Ok(Ok(()))
    };
    if !args.history.is_empty() {
        return through_time(args, messages, draw);
    }
    if let (Some(file), None) = (&args.before, &args.after) {
        let as_of = match args.as_of.as_slice() {
            [] => None,
            [date] => Some(*date),
            _ => return Err(Failure::Usage("--as-of: expected one date for one file".to_owned())),
        };
        let assumptions = assumptions(&args.pricing)?;
        let file = Named::read(file, as_of)?;
        let path = file.price(as_of, &args.pricing, &assumptions)?;
        let outlook = Outlook::new(path).map_err(|error| no_path(&file.name, &error))?;
        let announcements = outlook.meetings().iter().map(fedpath::MeetingOutlook::announcement);
        priced_meeting(args.meeting, announcements, &file.name)?;
        warn(messages, Some(&file.name), outlook.path().notices());
        let mut selection = Selection::default();
        (selection.source, selection.meeting) = (file.source(), args.meeting);
        return draw(Subject::Snapshot(&outlook, selection));
    }
    let files = args.before.as_deref().zip(args.after.as_deref());
    let options = args.scenario.options(args.meeting)?;
    let compared = TwoFiles::new(files, &args.as_of, &args.pricing, args.pricing.method, &options)?;
    compared.warn(messages);
    draw(Subject::Repricing(&compared.story, compared.telling(false)))
}

/// One meeting through many days.
fn through_time(
    args: &ReportArgs,
    messages: &Messages,
    draw: impl FnOnce(Subject<'_>) -> Result<Rendered, Failure>,
) -> Result<Rendered, Failure> {
    let (assumptions, options) = days_of((args.from, args.to), args.every, &args.pricing)?;
    let gathered = gather(&args.history, args.pricing.strict, messages)?;
    let history = History::new(&gathered.quotes, &assumptions, options);
    let series = MeetingSeries::new(history.days(), args.meeting).ok_or_else(|| {
        let message = match args.meeting {
            Some(meeting) => format!("--meeting: expected a meeting that the quotes price, found {meeting}"),
            None => "expected a day of quotes that prices a meeting, found none".to_owned(),
        };
        Failure::of_input(&gathered.name, &message)
    })?;
    for line in series.summary().lines() {
        messages.warning(&line);
    }
    draw(Subject::History(&series, gathered.source()))
}

/// Why there is no such chart.
fn no_chart(args: &ReportArgs, subject: &Subject<'_>) -> String {
    let wanted = args.chart.and_then(|chart| chart.to_possible_value());
    let name = wanted.as_ref().map_or("", |name| name.get_name());
    let needs = match args.chart {
        Some(ChartName::Curve | ChartName::Equity) => "two files, BEFORE and AFTER",
        Some(ChartName::History | ChartName::Next) => "quotes of many days, --history PATH",
        _ => "figures that these quotes do not give",
    };
    let found = match subject {
        Subject::Snapshot(..) => "one file",
        Subject::Repricing(..) => "two files",
        _ => "a history",
    };
    format!("--chart {name}: expected {needs}, found {found}")
}
