//! The commands: typed settings in, a rendered report out.

use std::path::Path;

use chrono::NaiveDate;
use fedpath::path::PolicyError;
use fedpath::report::{self, Schedule, Selection, Source};
use fedpath::what_if::Comparison;
use fedpath::{Assumptions, ContractMonth, Episode, Notice, Outlook, PolicyPath, Snapshot, Strip, StripOptions};

use super::args::{Command, MeetingsArgs, OutputArgs, PathArgs, ProbsArgs, QuotesArgs, RepriceArgs};
use super::curve::curve;
use super::equity::equity;
use super::failure::Failure;
use super::output::{self, Messages, Rendered};
use super::pricing::{PricingArgs, assumptions, assumptions_by, calendar};
use super::report as page;
use super::suggestions;
use super::two_files::TwoFiles;
use super::values::{Format, MethodName, ViewName};
use super::{bounds, completions, files, hints, history, input, man, solve, surprise};

/// Runs a command and writes its report; nothing is written unless all of it succeeds.
pub(super) fn run(command: &Command, out: &OutputArgs, messages: &Messages) -> Result<(), Failure> {
    let explain = match command {
        Command::Reprice(args) => args.explain,
        Command::Probs(args) => args.quotes.explain,
        Command::Path(args) => args.quotes.explain,
        Command::Solve(args) => args.quotes.explain,
        Command::Curve(args) => args.explain,
        Command::Equity(args) => args.explain,
        Command::Meetings(_)
        | Command::History(_)
        | Command::Surprise(_)
        | Command::Report(_)
        | Command::Check(_)
        | Command::Convert(_)
        | Command::Completions(_)
        | Command::Man(_) => false,
    };
    if explain && out.format == Some(Format::Csv) {
        return Err(Failure::Usage("--explain has no place in CSV: use --format table or json".to_owned()));
    }
    if out.force && out.output.is_none() {
        messages.warning("--force: nothing to overwrite without --output");
    }
    let mut report = Vec::new();
    let rendered = match command {
        Command::Reprice(args) => reprice(args, out, messages, &mut report),
        Command::Probs(args) => probs(args, out, messages, &mut report),
        Command::Path(args) => path(args, out, messages, &mut report),
        Command::Curve(args) => curve(args, out, messages, &mut report),
        Command::Solve(args) => solve::solve(args, out, messages, &mut report),
        Command::History(args) => return history::history(args, out, messages),
        Command::Surprise(args) => surprise::surprise(args, out, messages, &mut report),
        Command::Report(args) => page::report(args, out, messages, &mut report),
        Command::Equity(args) => equity(args, out, messages, &mut report),
        Command::Meetings(args) => meetings(args, out, &mut report),
        Command::Check(args) => return files::check(args, out, messages),
        Command::Convert(args) => files::convert(args, out, messages, &mut report),
        Command::Completions(args) => {
            completions::completions(args, &mut report);
            Ok(Ok(()))
        }
        Command::Man(args) => man::man(args, &mut report),
    }?;
    rendered.map_err(|error| Failure::of_output("the report", &error))?;
    output::write(&report, out)
}

fn probs(args: &ProbsArgs, out: &OutputArgs, messages: &Messages, report: &mut Vec<u8>) -> Result<Rendered, Failure> {
    if args.compare {
        return compare(args, out, messages, report);
    }
    if let Some(what) = args.bounds {
        return bounds::bounds(args, what, out, messages, report);
    }
    let (file, path) = priced(&args.quotes, &args.pricing)?;
    let outlook = Outlook::new(path).map_err(|error| no_path(&file.name, &error))?;
    let mut selection = shown(&args.quotes, args.view, &file, &outlook, messages)?;
    (selection.bars, selection.width) = (out.bars(), out.width());
    warn_idle(messages, &args.pricing, outlook.path());
    Ok(match out.form() {
        Format::Table => report::text::probs(&outlook, &selection, report),
        Format::Json => report::json::probs(&outlook, &selection, report),
        Format::Csv => report::csv::probs(&outlook, &selection, report),
    })
}

fn compare(args: &ProbsArgs, out: &OutputArgs, messages: &Messages, report: &mut Vec<u8>) -> Result<Rendered, Failure> {
    let mut assumptions = assumptions_by(&args.pricing, MethodName::LeastSquares)?;
    assumptions.method = args.pricing.method.into();
    let file = Named::read(&args.quotes.quotes, args.quotes.as_of)?;
    let comparison = Comparison::new(&file.strip(args.quotes.as_of, &args.pricing)?, &assumptions);
    match &comparison.rules[0].outlook {
        Ok(outlook) => warn(messages, Some(&file.name), outlook.path().notices()),
        // Without the first rule there is nothing to hold the others against.
        Err(error) => return Err(no_path(&file.name, error)),
    }
    priced_meeting(args.quotes.meeting, comparison.meetings().collect::<Vec<_>>().into_iter(), &file.name)?;
    let mut selection = selection(&file, &args.quotes);
    selection.view = args.view.into();
    Ok(match out.form() {
        Format::Table => report::text::compare(&comparison, &selection, report),
        Format::Json => report::json::compare(&comparison, &selection, report),
        Format::Csv => report::csv::compare(&comparison, &selection, report),
    })
}

fn path(args: &PathArgs, out: &OutputArgs, messages: &Messages, report: &mut Vec<u8>) -> Result<Rendered, Failure> {
    let (file, path) = priced(&args.quotes, &args.pricing)?;
    let announcements = path.steps().iter().map(|step| step.meeting.announcement());
    priced_meeting(args.quotes.meeting, announcements, &file.name)?;
    warn(messages, Some(&file.name), path.notices());
    warn_idle(messages, &args.pricing, &path);
    let selection = selection(&file, &args.quotes);
    Ok(match out.form() {
        Format::Table => report::text::path(&path, &selection, report),
        Format::Json => report::json::path(&path, &selection, report),
        Format::Csv => report::csv::path(&path, &selection, report),
    })
}

fn reprice(
    args: &RepriceArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    let files = args.before.as_deref().zip(args.after.as_deref());
    let options = args.scenario.options(args.meeting)?;
    let compared = TwoFiles::new(files, &args.as_of, &args.pricing, args.pricing.method, &options)?;
    compared.warn(messages);
    let (story, mut told) = (&compared.story, compared.telling(args.explain));
    told.bars = out.bars();
    Ok(match out.form() {
        Format::Table => report::text::reprice(story, &told, report),
        Format::Json => report::json::reprice(story, &told, report),
        Format::Csv => report::csv::reprice(story, report),
    })
}

fn meetings(args: &MeetingsArgs, out: &OutputArgs, report: &mut Vec<u8>) -> Result<Rendered, Failure> {
    let calendar = calendar(&args.calendar)?;
    if args.from.zip(args.to).is_some_and(|(from, to)| from > to) {
        return Err(Failure::Usage("--from: expected a day on or before --to".to_owned()));
    }
    let targets = fedpath::TargetHistory::embedded();
    let mut schedule = Schedule::new(&calendar, &targets);
    (schedule.from, schedule.to, schedule.as_of) = (args.from, args.to, args.as_of);
    Ok(match out.form() {
        Format::Table => report::text::meetings(&schedule, report),
        Format::Json => report::json::meetings(&schedule, report),
        Format::Csv => report::csv::meetings(&schedule, report),
    })
}

/// A snapshot, and what a report says of its file.
pub(super) struct Named {
    pub(super) name: String,
    format: String,
    illustrative: bool,
    snapshot: Snapshot,
}

impl Named {
    pub(super) fn read(path: &Path, as_of: Option<NaiveDate>) -> Result<Self, Failure> {
        let snapshot = input::snapshot(path, as_of)?;
        let illustrative = Episode::embedded().holds(&snapshot);
        Ok(Self { name: input::name(path), format: snapshot.format().to_string(), illustrative, snapshot })
    }

    pub(super) fn of_episode(snapshot: Snapshot) -> Self {
        let (name, format) = ("embedded episode".to_owned(), snapshot.format().to_string());
        Self { name, format, illustrative: true, snapshot }
    }

    pub(super) fn source(&self) -> Source<'_> {
        let mut source = Source::new(&self.name, &self.format);
        source.illustrative = self.illustrative;
        source
    }

    /// The prices of the file.
    pub(super) fn strip(&self, as_of: Option<NaiveDate>, pricing: &PricingArgs) -> Result<Strip, Failure> {
        let mut options = strip_options(pricing)?;
        options.as_of = as_of;
        self.strip_by(&options)
    }

    /// The prices of the file, taken so.
    pub(super) fn strip_by(&self, options: &StripOptions) -> Result<Strip, Failure> {
        Strip::new(&self.snapshot, options)
            .map_err(|error| Failure::of_input_with(&self.name, &error, hints::of_strip(&error)))
    }

    pub(super) fn price(
        &self,
        as_of: Option<NaiveDate>,
        pricing: &PricingArgs,
        assumptions: &Assumptions,
    ) -> Result<PolicyPath, Failure> {
        PolicyPath::solve(&self.strip(as_of, pricing)?, assumptions).map_err(|error| no_path(&self.name, &error))
    }
}

/// One quote file, and its path.
fn priced(quotes: &QuotesArgs, pricing: &PricingArgs) -> Result<(Named, PolicyPath), Failure> {
    let assumptions = assumptions(pricing)?;
    let file = Named::read(&quotes.quotes, quotes.as_of)?;
    let path = file.price(quotes.as_of, pricing, &assumptions)?;
    Ok((file, path))
}

/// How a strip is taken from its quotes, on whatever day.
pub(super) fn strip_options(pricing: &PricingArgs) -> Result<StripOptions, Failure> {
    let mut options = StripOptions::default();
    options.price = pricing.price.into();
    options.as_printed = pricing.as_printed;
    options.anchors = pricing.anchor.iter().copied().collect();
    if options.anchors.len() < pricing.anchor.len() {
        return Err(Failure::Usage("--anchor: expected each month once".to_owned()));
    }
    Ok(options)
}

/// A meeting that the user selects has to be among the priced ones.
pub(super) fn priced_meeting(
    wanted: Option<NaiveDate>,
    mut priced: impl Iterator<Item = NaiveDate> + Clone,
    name: &str,
) -> Result<(), Failure> {
    let Some(date) = wanted else { return Ok(()) };
    let meetings = priced.clone();
    let dates: Vec<String> = priced.clone().map(|date| date.to_string()).collect();
    if priced.any(|priced| priced == date) {
        return Ok(());
    }
    let message = format!("--meeting: expected one of the priced meetings ({}), found {date}", dates.join(", "));
    Err(Failure::of_input_with(name, &message, suggestions::meeting(date, meetings).as_deref()))
}

/// What is shown of an outlook, whose warnings are told.
pub(super) fn shown<'f>(
    quotes: &QuotesArgs,
    view: ViewName,
    file: &'f Named,
    outlook: &Outlook,
    messages: &Messages,
) -> Result<Selection<'f>, Failure> {
    let announcements = outlook.meetings().iter().map(|meeting| meeting.step.meeting.announcement());
    priced_meeting(quotes.meeting, announcements, &file.name)?;
    warn(messages, Some(&file.name), outlook.path().notices());
    let mut selection = selection(file, quotes);
    selection.view = view.into();
    Ok(selection)
}

fn selection<'a>(file: &'a Named, quotes: &QuotesArgs) -> Selection<'a> {
    let mut selection = Selection::default();
    selection.source = file.source();
    selection.meeting = quotes.meeting;
    selection.explain = quotes.explain;
    selection
}

pub(super) fn no_path(name: &str, error: &PolicyError) -> Failure {
    Failure::of_input_with(name, error, hints::of_policy(error))
}

/// Says of an assumption about months with several decisions that no month of the path has them.
pub(super) fn warn_idle(messages: &Messages, pricing: &PricingArgs, path: &PolicyPath) {
    let mut months: Vec<ContractMonth> = path.steps().iter().map(|step| step.meeting.month()).collect();
    let decisions = months.len();
    months.dedup();
    if pricing.between.is_some() && months.len() == decisions {
        messages.warning("--between: no month of the chain has several decisions, so it changes nothing");
    }
}

/// Remarks of a file by its name, or of a whole comparison.
pub(super) fn warn(messages: &Messages, name: Option<&str>, notices: &[Notice]) {
    let prefix = name.map_or(String::new(), |name| report::printable(name) + ": ");
    for notice in notices {
        let hint = hints::of_notice(notice).map_or(String::new(), |hint| format!(" ({hint})"));
        messages.warning(&format!("{prefix}{notice}{hint}"));
    }
}
