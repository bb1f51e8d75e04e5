//! The command `report`: one page of HTML, or one chart as SVG.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use fedpath::history::{Every, History, MeetingSeries};
use fedpath::report::html::{self, EventStudy, Front};
use fedpath::report::{Allowed, ChartKind, Selection, Subject, Through, svg};
use fedpath::{Assumptions, Outlook};

use super::commands::{Named, no_path, priced_meeting, warn};
use super::dates::{MeetingName, date, first_day, last_day, meeting};
use super::event_study;
use super::failure::Failure;
use super::gather::gather;
use super::history::{days_of, meeting_of};
use super::input;
use super::output::{Messages, Rendered};
use super::output_args::OutputArgs;
use super::pricing::{PricingArgs, assumptions};
use super::quote_bounds::{FOUND, PointArgs, bounds_by_quotes};
use super::scenario::ScenarioArgs;
use super::two_files::{TwoFiles, compares};
use super::values::{NumbersName, PointName, When};

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// Quote files of one day, folders of them, patterns [default: the illustrative episode]
    ///
    /// Two of them are BEFORE and AFTER: then what changed between them. So are the files of a set with --as-of BEFORE,AFTER.
    #[arg(value_name = "QUOTES", num_args = 0..)]
    pub(super) files: Vec<PathBuf>,
    /// A meeting through many days: files, folders
    #[arg(long, help_heading = "What to price", value_name = "PATH", num_args = 1.., conflicts_with = "files")]
    pub(super) history: Vec<PathBuf>,
    /// First day of a history [default: the first]
    #[arg(long, hide_short_help = true, help_heading = "What to price", value_name = "DATE", requires = "history", value_parser = first_day)]
    pub(super) from: Option<NaiveDate>,
    /// Last day of a history [default: the last]
    #[arg(long, hide_short_help = true, help_heading = "What to price", value_name = "DATE", requires = "history", value_parser = last_day)]
    pub(super) to: Option<NaiveDate>,
    /// Its days: day, week, month, or N
    #[arg(long, help_heading = "What to price", value_name = "STEP", default_value = "day", requires = "history")]
    pub(super) every: Every,
    /// Date of the quotes; of a change BEFORE,AFTER [default: the files' own, the newest of several]
    #[arg(long, help_heading = "What to price", value_name = "DATE[,DATE]", value_delimiter = ',', num_args = 1, requires = "files", conflicts_with = "history", value_parser = date)]
    pub(super) as_of: Vec<NaiveDate>,
    /// The meeting: its day, month, or next [default: first]
    #[arg(long, help_heading = "What to show", value_name = "WHEN", value_parser = meeting)]
    pub(super) meeting: Option<MeetingName>,
    /// One chart as SVG instead of the page
    #[arg(long, help_heading = "What to show", value_name = "KIND", value_enum)]
    pub(super) chart: Option<ChartName>,
    /// Add how an asset responds to surprises: a file of events
    ///
    /// One row an event, as `respond --events` reads it.
    #[arg(long, hide_short_help = true, help_heading = "What to show", value_name = "FILE", conflicts_with = "chart")]
    pub(super) events: Option<PathBuf>,
    /// Its column of responses
    #[arg(
        long,
        hide_short_help = true,
        help_heading = "What to show",
        value_name = "NAME",
        default_value = "sp500",
        requires = "events"
    )]
    pub(super) y: String,
    /// Its column of surprises
    #[arg(
        long,
        hide_short_help = true,
        help_heading = "What to show",
        value_name = "SURPRISE",
        default_value = "mp2",
        requires = "events"
    )]
    pub(super) on: String,
    /// Headline of the page [default: the finding]
    #[arg(long, hide_short_help = true, help_heading = "What to show", value_name = "TEXT", conflicts_with = "chart")]
    pub(super) title: Option<String>,
    /// Who signs the page
    #[arg(long, hide_short_help = true, help_heading = "What to show", value_name = "TEXT", conflicts_with = "chart")]
    pub(super) author: Option<String>,
    /// A note above the charts
    #[arg(long, hide_short_help = true, help_heading = "What to show", value_name = "TEXT", conflicts_with = "chart")]
    pub(super) note: Option<String>,
    /// Options on the same day: STL, settlement CSV, table
    #[arg(long, help_heading = "What to show", value_name = "FILE")]
    pub(super) options: Vec<PathBuf>,
    /// Prediction markets: date,meeting,outcome,bid,ask
    #[arg(long, hide_short_help = true, help_heading = "What to show", value_name = "FILE")]
    pub(super) markets: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) estimate: PointArgs,
    #[command(flatten)]
    pub(super) pricing: PricingArgs,
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ChartName {
    /// Odds of each target range after the meeting
    Bars,
    /// What quotes allow of each outcome of the meeting: one day, with --options or --markets
    Bounds,
    /// Odds of each target range after each meeting
    Heat,
    /// Expected rate from meeting to meeting, and what contracts imply
    Path,
    /// How far the path misses each contract
    Residuals,
    /// Basis between EFFR and SOFR: with --products ZQ,SR1,SR3
    Basis,
    /// Term structure of the expected rate: swap rates and forwards
    Term,
    /// Shift of zero rates, every method in one chart: two files
    Curve,
    /// The same, a panel for each method: two files
    CurvePanels,
    /// Effect on equity prices by method: two files
    Equity,
    /// Odds and expected rate of the meeting through time: --history
    History,
    /// Moves priced by year end and terminal rate through time: --history
    Priced,
    /// Expected change at the next meeting through time: --history
    Next,
}

impl From<ChartName> for ChartKind {
    fn from(name: ChartName) -> Self {
        match name {
            ChartName::Bars => Self::Bars,
            ChartName::Bounds => Self::Bounds,
            ChartName::Heat => Self::Heat,
            ChartName::Path => Self::Path,
            ChartName::Residuals => Self::Residuals,
            ChartName::Basis => Self::Basis,
            ChartName::Term => Self::Term,
            ChartName::Curve => Self::Curve,
            ChartName::CurvePanels => Self::CurvePanels,
            ChartName::Equity => Self::Equity,
            ChartName::History => Self::History,
            ChartName::Priced => Self::Priced,
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
    refuse_misplaced(args, out)?;
    args.pricing.no_count("report")?;
    let compares = args.history.is_empty()
        && (args.files.is_empty() || compares(&args.files, &args.as_of, &args.pricing.wanted()));
    let has_bounds = matches!(args.chart, Some(ChartName::Bounds))
        || !args.options.is_empty()
        || !args.markets.is_empty()
        || args.estimate.point.is_some();
    if has_bounds && (compares || !args.history.is_empty()) {
        let message = "--options, --markets, --point and --chart bounds have a part in a report of one day alone";
        return Err(Failure::Usage(message.to_owned()));
    }
    if !compares && !args.scenario.is_default() {
        let message = "options of curve and equities apply only to a report that compares two dates";
        return Err(Failure::Usage(message.to_owned()));
    }
    let mut front = Front::default();
    (front.title, front.author, front.note) = (args.title.as_deref(), args.author.as_deref(), args.note.as_deref());
    let study = args.events.as_ref().map(|path| event_study::of_page(path, &args.y, &args.on, messages)).transpose()?;
    front.event_study = study
        .as_ref()
        .map(|study| EventStudy::new(&study.response, &study.name).with_validation(study.validation.as_ref()));
    let mut draw = |subject: Subject<'_>, assumptions: &Assumptions| {
        let front = front.on(assumptions);
        let text = match args.chart {
            None => Some(html::page(&subject, &front)),
            Some(chart) => svg::chart(&subject, chart.into()),
        };
        let text = text.ok_or_else(|| Failure::because(no_chart(args, &subject)))?;
        report.extend_from_slice(text.as_bytes());
        Ok(Ok(()))
    };
    if !args.history.is_empty() {
        return through_time(args, messages, draw);
    }
    if !compares {
        let as_of = args.as_of.first().copied();
        let assumptions = assumptions(&args.pricing)?;
        let wanted = if has_bounds { args.pricing.fed_funds_alone(FOUND)? } else { args.pricing.wanted() };
        let file = Named::read(&args.files, as_of, &wanted, messages)?;
        let path = file.price(as_of, &args.pricing, &assumptions)?;
        let outlook = Outlook::new(path).map_err(|error| no_path(&file.name, &error))?;
        let announcements = outlook.meetings().iter().map(fedpath::MeetingOutlook::announcement);
        let meeting = priced_meeting(args.meeting, announcements, &file.name)?;
        warn(messages, Some(&file.name), outlook.path().notices());
        let mut selection = Selection::default();
        (selection.source, selection.meeting) = (file.source(), meeting);
        let name = name_alone(selection.source.name);
        selection.source.name = &name;
        let allowed = if has_bounds {
            let strip = file.strip(as_of, &args.pricing)?;
            let meeting = Subject::Snapshot(&outlook, selection).meeting();
            let sets = bounds_by_quotes(
                (&args.options, &args.markets),
                args.estimate.point,
                (&strip, &assumptions),
                meeting,
                &file.name,
            )?;
            Allowed::new(&sets, &outlook, args.estimate.point.map(PointName::into))
        } else {
            None
        };
        selection.allowed = allowed.as_ref();
        return draw(Subject::Snapshot(&outlook, selection), &assumptions);
    }
    let options = args.scenario.options()?;
    let compared =
        TwoFiles::new(&args.files, &args.as_of, &args.pricing, args.pricing.method, (args.meeting, options), messages)?;
    compared.warn(messages);
    let mut told = compared.telling(false);
    let names = names_apart(told.before.name, told.after.name);
    (told.before.name, told.after.name) = (&names[0], &names[1]);
    draw(Subject::Repricing(&compared.story, told), &compared.assumptions)
}

/// Options that would do nothing, and files whose names promise another format.
fn refuse_misplaced(args: &ReportArgs, out: &OutputArgs) -> Result<(), Failure> {
    let refuse = |message: &str| Err(Failure::Usage(message.to_owned()));
    if out.format.is_some() {
        return refuse("--format does not apply to a report, which is HTML, or SVG with --chart");
    }
    if out.numbers == NumbersName::Float {
        return refuse("--numbers does not apply to a report, which is HTML or SVG");
    }
    if !matches!(out.bars, When::Auto) {
        return refuse("--bars does not apply to a report: it draws bars in text, and a report has charts");
    }
    if args.history.is_empty() && args.meeting.is_some() {
        match args.chart {
            Some(ChartName::Residuals) => {
                return refuse("--meeting does not apply to --chart residuals, which shows every contract");
            }
            Some(ChartName::Term) => {
                return refuse("--meeting does not apply to --chart term, which shows the whole term structure");
            }
            _ => {}
        }
    }
    if out.output.is_none() && io::stdout().is_terminal() {
        let file = if args.chart.is_some() { "chart.svg" } else { "report.html" };
        return refuse(&format!("expected a file to write to, such as -o {file}, or a pipe"));
    }
    let extension = out.output.as_ref().and_then(|path| path.extension()?.to_str()).map(str::to_ascii_lowercase);
    match (extension.as_deref(), args.chart) {
        (Some("svg"), None) => refuse("expected --chart KIND for an SVG file, or a file such as report.html"),
        (Some("html" | "htm"), Some(_)) => refuse("expected a file such as chart.svg for --chart, which writes SVG"),
        (Some(other @ ("json" | "csv" | "txt" | "pdf" | "png")), _) => {
            refuse(&format!("expected a file such as report.html, or chart.svg with --chart, found .{other}"))
        }
        _ => Ok(()),
    }
}

/// The name of a file without its folders.
fn name_alone(name: &str) -> String {
    Path::new(name).file_name().map_or_else(|| name.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// The names of two files without their folders, or with the last one where they would be the same.
fn names_apart(before: &str, after: &str) -> [String; 2] {
    let alone = [before, after].map(name_alone);
    if alone[0] != alone[1] || before == after {
        return alone;
    }
    [before, after].map(|name| {
        let folder = Path::new(name).parent().and_then(Path::file_name);
        folder.map_or_else(|| name_alone(name), |folder| format!("{}/{}", folder.to_string_lossy(), name_alone(name)))
    })
}

/// One meeting through many days.
fn through_time(
    args: &ReportArgs,
    messages: &Messages,
    draw: impl FnOnce(Subject<'_>, &Assumptions) -> Result<Rendered, Failure>,
) -> Result<Rendered, Failure> {
    let (mut assumptions, options) = days_of((args.from, args.to), args.every, &args.pricing)?;
    let gathered = gather(&args.history, &args.pricing.wanted(), args.pricing.strict, messages)?;
    let days = History::new(&*gathered.quotes, &assumptions, options.clone());
    let meeting = meeting_of(args.meeting, &days)?;
    let chain = chain_from(args, meeting, &days);
    assumptions.chain = chain.unwrap_or(assumptions.chain);
    let history = History::new(&*gathered.quotes, &assumptions, options);
    let series = MeetingSeries::new(history.days(), meeting).ok_or_else(|| {
        let message = match meeting {
            Some(meeting) => format!("--meeting: expected a meeting that the quotes price, found {meeting}"),
            None => "expected a day of quotes that prices a meeting, found none".to_owned(),
        };
        Failure::of_input(&gathered.name, &message)
    })?;
    for line in series.summary().lines() {
        messages.warning(&line);
    }
    let names: Vec<String> = args.history.iter().map(|path| name_alone(&input::name(path))).collect();
    let name = names.join(", ");
    let mut through = Through::default();
    (through.source, through.from, through.to) = (gathered.source(), args.from, args.to);
    through.source.name = &name;
    draw(Subject::History(&series, through), &assumptions)
}

/// How many meetings the chain needs so that the first day asked for prices the meeting, and the one after it, on which the
/// meeting's own rate may rest. `None` where the chain is given, or long enough.
fn chain_from(args: &ReportArgs, meeting: Option<NaiveDate>, history: &History<'_>) -> Option<usize> {
    let standard = Assumptions::default().chain;
    let (from, last) = (args.from?, *history.selected().last()?);
    let meetings = || history.assumptions().calendar.meetings().iter().filter(|meeting| meeting.announcement() >= from);
    let meeting =
        meeting.or_else(|| Some(meetings().find(|meeting| meeting.announcement() >= last)?.announcement()))?;
    let needed = meetings().filter(|other| other.announcement() <= meeting).count() + 1;
    (usize::from(args.pricing.chain) == standard && needed > standard).then_some(needed)
}

/// Why there is no such chart.
fn no_chart(args: &ReportArgs, subject: &Subject<'_>) -> String {
    let wanted = args.chart.and_then(|chart| chart.to_possible_value());
    let name = wanted.as_ref().map_or("", |name| name.get_name());
    let needs = match args.chart {
        Some(ChartName::Curve | ChartName::CurvePanels | ChartName::Equity) => "two files, BEFORE and AFTER",
        Some(ChartName::History | ChartName::Priced | ChartName::Next) => "quotes of many days, --history PATH",
        Some(ChartName::Bounds) => "quotes that do not contradict each other",
        Some(ChartName::Basis) => "SOFR futures, --products ZQ,SR1,SR3",
        _ => "figures that these quotes do not give",
    };
    let found = match subject {
        Subject::Snapshot(..) => "one file",
        Subject::Repricing(..) => "two files",
        _ => "a history",
    };
    format!("--chart {name}: expected {needs}, found {found}")
}
