//! The commands: typed settings in, a rendered report out.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;
use fedpath::calendar::MeetingKind;
use fedpath::files::QuoteSet;
use fedpath::path::PolicyError;
use fedpath::report::{self, Schedule, Selection, Source};
use fedpath::what_if::Comparison;
use fedpath::{
    Assumptions, ContractMonth, Episode, Meeting, MeetingStep, Notice, Outlook, PolicyPath, Snapshot, Strip,
    StripOptions,
};

use super::args::{Command, MeetingsArgs, PathArgs, ProbsArgs, QuotesArgs, RepriceArgs};
use super::curve::curve;
use super::dates::MeetingName;
use super::equity::equity;
use super::failure::Failure;
use super::output::{self, Messages, Rendered};
use super::output_args::OutputArgs;
use super::pricing::{PricingArgs, assumptions, assumptions_by, calendar, without_added};
use super::reading::{Wanted, read_set};
use super::report as page;
use super::suggestions;
use super::two_files::TwoFiles;
use super::values::{Format, MethodName, NumbersName, ViewName};
use super::{
    bounds, completions, event_study, files, hints, history, man, markets, quote_bounds, settlement, solve, summary,
    surprise,
};

/// Runs a command and writes its report; nothing is written unless all of it succeeds.
pub(super) fn run(command: &Command, out: &OutputArgs, messages: &Messages) -> Result<(), Failure> {
    let explain = match command {
        Command::Reprice(args) => args.explain,
        Command::Probs(args) => args.quotes.explain,
        Command::Path(args) => args.quotes.explain,
        Command::Solve(args) => args.quotes.explain,
        Command::Curve(args) => args.explain,
        Command::Equity(args) => args.explain,
        Command::Summary(_)
        | Command::Settlement(_)
        | Command::Bounds(_)
        | Command::Meetings(_)
        | Command::History(_)
        | Command::Surprise(_)
        | Command::Respond(_)
        | Command::Validate(_)
        | Command::Report(_)
        | Command::Check(_)
        | Command::Convert(_)
        | Command::Completions(_)
        | Command::Man(_) => false,
    };
    forms(command, out)?;
    if explain && out.form() == Format::Csv {
        return Err(Failure::Usage("--explain does not apply to CSV: use --format table or json".to_owned()));
    }
    for date in twice(command) {
        messages.warning(&format!(
            "--add-meeting {date}: the calendar has a meeting on this day already; it is not added again"
        ));
    }
    if out.force && out.output.is_none() {
        messages.warning("--force: nothing to overwrite without --output");
    }
    let mut report = Vec::new();
    let rendered = match command {
        Command::Reprice(args) => reprice(args, out, messages, &mut report),
        Command::Probs(args) => probs(args, out, messages, &mut report),
        Command::Summary(args) => summary::summary(args, out, messages, &mut report),
        Command::Bounds(args) => quote_bounds::quote_bounds(args, out, messages, &mut report),
        Command::Path(args) => path(args, out, messages, &mut report),
        Command::Curve(args) => curve(args, out, messages, &mut report),
        Command::Solve(args) => solve::solve(args, out, messages, &mut report),
        Command::History(args) => return history::history(args, out, messages),
        Command::Surprise(args) => surprise::surprise(args, out, messages, &mut report),
        Command::Respond(args) => event_study::respond(args, out, messages, &mut report),
        Command::Validate(args) => event_study::validate(args, out, messages, &mut report),
        Command::Report(args) => page::report(args, out, messages, &mut report),
        Command::Equity(args) => equity(args, out, messages, &mut report),
        Command::Settlement(args) => settlement::settlement(args, out, &mut report),
        Command::Meetings(args) => meetings(args, out, &mut report),
        Command::Check(args) => return files::check(args, out, messages),
        Command::Convert(args) => return files::convert(args, out, messages),
        Command::Completions(args) => {
            completions::completions(args, &mut report);
            Ok(Ok(()))
        }
        Command::Man(args) => man::man(args, &mut report),
    }?;
    rendered.map_err(|error| Failure::of_output("the report", &error))?;
    output::write(&report, out)
}

/// The days of --add-meeting that are on the calendar already, or given before.
fn twice(command: &Command) -> Vec<NaiveDate> {
    let args = match command {
        Command::Reprice(args) => &args.pricing.calendar,
        Command::Summary(args) => &args.pricing.calendar,
        Command::Probs(args) => &args.pricing.calendar,
        Command::Bounds(args) => args.calendar(),
        Command::Path(args) => &args.pricing.calendar,
        Command::Solve(args) => &args.pricing.calendar,
        Command::Curve(args) => &args.pricing.calendar,
        Command::Equity(args) => &args.pricing.calendar,
        Command::History(args) => &args.pricing.calendar,
        Command::Report(args) => &args.pricing.calendar,
        Command::Surprise(args) => &args.calendar,
        Command::Respond(args) => &args.calendar,
        Command::Validate(args) => &args.calendar,
        Command::Meetings(args) => &args.calendar,
        Command::Settlement(_)
        | Command::Check(_)
        | Command::Convert(_)
        | Command::Completions(_)
        | Command::Man(_) => return Vec::new(),
    };
    if args.add_meeting.is_empty() {
        return Vec::new();
    }
    // One that nobody expected beforehand is not on the calendar of the day: it is added to some purpose.
    let is_scheduled = |meeting: &&Meeting| matches!(meeting.kind(), MeetingKind::Scheduled | MeetingKind::Projected);
    let mut known = without_added(args)
        .map(|calendar| calendar.meetings().iter().filter(is_scheduled).map(Meeting::announcement).collect());
    let known: &mut BTreeSet<NaiveDate> = known.get_or_insert_with(BTreeSet::new);
    args.add_meeting.iter().copied().filter(|date| !known.insert(*date)).collect()
}

/// Refuses a form that the command does not have, and numbers of a form that has none of its own.
fn forms(command: &Command, out: &OutputArgs) -> Result<(), Failure> {
    let default = match command {
        // The page looks at the output itself.
        Command::Report(_) => return Ok(()),
        Command::Respond(args) if args.chart.is_some() => return event_study::forms_of_chart(out),
        Command::History(_) | Command::Convert(_) => Format::Csv,
        _ => Format::Table,
    };
    let extension = out.extension();
    if out.format.is_none() && matches!(extension.as_str(), "html" | "htm" | "svg" | "pdf" | "xlsx" | "parquet") {
        let page =
            if extension == "html" || extension == "svg" { "; `fedpath report` writes HTML and SVG" } else { "" };
        let message = format!("--output: expected .json, .csv or .txt, found .{extension}{page}");
        return Err(Failure::Usage(message));
    }
    if out.numbers == NumbersName::Float && out.form_or(default) != Format::Json {
        return Err(Failure::Usage("--numbers float: expected JSON, with --format json or a file *.json".to_owned()));
    }
    Ok(())
}

fn probs(args: &ProbsArgs, out: &OutputArgs, messages: &Messages, report: &mut Vec<u8>) -> Result<Rendered, Failure> {
    if args.compare {
        return compare(args, out, messages, report);
    }
    if !args.markets.is_empty() {
        return markets::markets(args, out, messages, report);
    }
    if !args.others.options.is_empty() {
        let message = "--options requires --markets FILE; for options alone use fedpath bounds";
        return Err(Failure::Usage(message.to_owned()));
    }
    if let Some(what) = args.bounds {
        return bounds::bounds(args, what, out, messages, report);
    }
    let (file, path) = priced(&args.quotes, &args.pricing, messages)?;
    let outlook = match Outlook::new(path.clone()) {
        // What a meeting decides alone does not start from the ones before it.
        Err(PolicyError::FirstMeetingUnpriced(..)) if args.view == ViewName::Meeting && !path.steps().is_empty() => {
            return moves_alone(args, &file, &path, out, messages, report);
        }
        outlook => outlook.map_err(|error| no_path(&file.name, &error))?,
    };
    let mut selection = shown(&args.quotes, args.view, &file, &outlook, messages)?;
    (selection.bars, selection.width) = (out.bars(), out.width());
    selection.count = args.pricing.shown();
    warn_idle(messages, &args.pricing, outlook.path());
    Ok(out.render(&report::probs(&outlook, &selection), report))
}

/// The meetings of a path that lacks its first.
fn moves_alone(
    args: &ProbsArgs,
    file: &Named,
    path: &PolicyPath,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    let announcements = path.steps().iter().map(MeetingStep::announcement);
    let meeting = priced_meeting(args.quotes.meeting, announcements, &file.name)?;
    let mut selection = selection(file, &args.quotes, meeting);
    (selection.bars, selection.width) = (out.bars(), out.width());
    (selection.view, selection.count) = (args.view.into(), args.pricing.shown());
    warn(messages, Some(&file.name), path.notices());
    warn_idle(messages, &args.pricing, path);
    Ok(out.render(&report::moves_alone(path, &selection), report))
}

fn compare(args: &ProbsArgs, out: &OutputArgs, messages: &Messages, report: &mut Vec<u8>) -> Result<Rendered, Failure> {
    let mut assumptions = assumptions_by(&args.pricing, MethodName::LeastSquares)?;
    assumptions.method = args.pricing.method.into();
    let file = Named::read(&args.quotes.quotes, args.quotes.as_of, &args.pricing.wanted(), messages)?;
    let strip = file.strip(args.quotes.as_of, &args.pricing)?;
    if strip.meeting_rates().is_some() {
        return Err(no_path(&file.name, &PolicyError::NoContracts));
    }
    let comparison = Comparison::new(&strip, &assumptions);
    match (&comparison.rules[0].outlook, comparison.meetings().next()) {
        (Ok(outlook), _) => warn(messages, Some(&file.name), outlook.path().notices()),
        (Err(error), None) => return Err(no_path(&file.name, error)),
        (Err(error), Some(_)) => {
            let hint = hints::of_policy(error).map_or(String::new(), |hint| format!(" ({hint})"));
            let name = report::printable(&file.name);
            messages.warning(&format!("{name}: no odds by the rule of FedWatch: {error}{hint}"));
        }
    }
    let meetings = comparison.meetings().collect::<Vec<_>>().into_iter();
    let meeting = priced_meeting(args.quotes.meeting, meetings, &file.name)?;
    let mut selection = selection(&file, &args.quotes, meeting);
    (selection.view, selection.count) = (args.view.into(), args.pricing.shown());
    Ok(out.render(&report::compare(&comparison, &selection), report))
}

fn path(args: &PathArgs, out: &OutputArgs, messages: &Messages, report: &mut Vec<u8>) -> Result<Rendered, Failure> {
    let (file, path) = priced(&args.quotes, &args.pricing, messages)?;
    let announcements = path.steps().iter().map(|step| step.meeting.announcement());
    let meeting = priced_meeting(args.quotes.meeting, announcements, &file.name)?;
    warn(messages, Some(&file.name), path.notices());
    warn_idle(messages, &args.pricing, &path);
    let mut selection = selection(&file, &args.quotes, meeting);
    selection.count = args.pricing.shown();
    Ok(out.render(&report::path(&path, &selection), report))
}

fn reprice(
    args: &RepriceArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    let options = args.scenario.options()?;
    let compared =
        TwoFiles::new(&args.files, &args.as_of, &args.pricing, args.pricing.method, (args.meeting, options), messages)?;
    compared.warn(messages);
    let (story, mut told) = (&compared.story, compared.telling(args.explain));
    (told.bars, told.equity) = (out.bars(), args.equity.into());
    told.count = args.pricing.shown();
    Ok(out.render(&report::reprice(story, &told), report))
}

fn meetings(args: &MeetingsArgs, out: &OutputArgs, report: &mut Vec<u8>) -> Result<Rendered, Failure> {
    let calendar = calendar(&args.calendar)?;
    if args.from.zip(args.to).is_some_and(|(from, to)| from > to) {
        return Err(Failure::Usage("--from: expected a day on or before --to".to_owned()));
    }
    let targets = fedpath::TargetHistory::embedded();
    let mut schedule = Schedule::new(&calendar, &targets);
    (schedule.from, schedule.to, schedule.as_of) = (args.from, args.to, args.as_of);
    Ok(out.render(&report::meetings(&schedule), report))
}

/// The longest strip that is priced without being asked twice: twice what the exchange lists. The work of some rules grows with
/// the square or the cube of it.
const MOST_MONTHS: usize = 120;

/// A snapshot, and what a report says of its file.
pub(super) struct Named {
    pub(super) name: String,
    format: String,
    illustrative: bool,
    snapshot: Snapshot,
}

impl Named {
    /// The quotes of files on one day: on `as_of`, or on the newest of theirs.
    pub(super) fn read(
        paths: &[PathBuf],
        as_of: Option<NaiveDate>,
        wanted: &Wanted<'_>,
        messages: &Messages,
    ) -> Result<Self, Failure> {
        let (set, name) = read_set(paths, wanted, as_of, messages)?;
        Self::of_set(set, name, as_of)
    }

    /// The quotes of a set of files on one day.
    pub(super) fn of_set(set: QuoteSet, name: String, as_of: Option<NaiveDate>) -> Result<Self, Failure> {
        let snapshot = set.snapshot(as_of).map_err(|error| Failure::of_text(&name, &error))?;
        let illustrative = Episode::embedded().holds(&snapshot);
        Ok(Self { name, format: snapshot.format().to_string(), illustrative, snapshot })
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
        let strip = self.strip_by(&options)?;
        let count = strip.prices().len();
        if count > MOST_MONTHS && !pricing.force_size {
            let message =
                format!("expected at most {MOST_MONTHS} months, found {count} (--force-size prices them all the same)");
            return Err(Failure::of_input(&self.name, &message));
        }
        Ok(strip)
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
fn priced(quotes: &QuotesArgs, pricing: &PricingArgs, messages: &Messages) -> Result<(Named, PolicyPath), Failure> {
    let assumptions = assumptions(pricing)?;
    let file = Named::read(&quotes.quotes, quotes.as_of, &pricing.wanted(), messages)?;
    let path = file.price(quotes.as_of, pricing, &assumptions)?;
    Ok((file, path))
}

/// How a strip is taken from its quotes, on whatever day.
pub(super) fn strip_options(pricing: &PricingArgs) -> Result<StripOptions, Failure> {
    let mut options = StripOptions::default();
    for (product, price) in &pricing.price {
        match product {
            None => options.price = (*price).into(),
            Some(product) => drop(options.prices.insert(*product, (*price).into())),
        }
    }
    options.as_printed = pricing.as_printed;
    options.anchors = pricing.anchor.iter().copied().collect();
    if options.anchors.len() < pricing.anchor.len() {
        return Err(Failure::Usage("--anchor: expected each month once".to_owned()));
    }
    Ok(options)
}

/// The meeting that the user selects, which has to be among the priced ones.
pub(super) fn priced_meeting(
    wanted: Option<MeetingName>,
    priced: impl Iterator<Item = NaiveDate> + Clone,
    name: &str,
) -> Result<Option<NaiveDate>, Failure> {
    let Some(wanted) = wanted else { return Ok(None) };
    let found = wanted.among(priced.clone());
    if let Some(date) = found.filter(|date| priced.clone().any(|priced| priced == *date)) {
        return Ok(Some(date));
    }
    let dates: Vec<String> = priced.clone().map(|date| date.to_string()).collect();
    let message = format!("--meeting: expected one of the priced meetings ({}), found {wanted}", dates.join(", "));
    let hint = found.and_then(|date| suggestions::meeting(date, priced));
    Err(Failure::of_input_with(name, &message, hint.as_deref()))
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
    let meeting = priced_meeting(quotes.meeting, announcements, &file.name)?;
    warn(messages, Some(&file.name), outlook.path().notices());
    let mut selection = selection(file, quotes, meeting);
    selection.view = view.into();
    Ok(selection)
}

fn selection<'a>(file: &'a Named, quotes: &QuotesArgs, meeting: Option<NaiveDate>) -> Selection<'a> {
    let mut selection = Selection::default();
    selection.source = file.source();
    selection.meeting = meeting;
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
