//! The command `history`: many days of quotes, one report.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use chrono::NaiveDate;
use fedpath::history::{
    Calibration, CalibrationPlan, DailyTable, DailyTables, DayReason, DeltaPlan, Every, History, HistoryDay,
    HistoryOptions, HistorySummary, MeetingDelta, Span,
};
use fedpath::path::{PolicyError, UnpricedReason};
use fedpath::published::{PublishedComparison, PublishedTable};
use fedpath::report::{self, Selection, Source};
use fedpath::{Assumptions, Notice, TargetHistory};

use super::args::{HistoryArgs, OutputArgs};
use super::commands::strip_options;
use super::failure::Failure;
use super::gather::gather;
use super::output::{self, Messages, Rendered};
use super::pricing::{PricingArgs, assumptions};
use super::progress::Progress;
use super::values::{DeltaOf, Format, LayoutName, PriceName};
use super::{hints, input};

/// How long before each decision the calibration looks.
const HORIZONS: [Span; 3] = [Span::Days(1), Span::Weeks(1), Span::Months(1)];

pub(super) fn history(args: &HistoryArgs, out: &OutputArgs, messages: &Messages) -> Result<(), Failure> {
    output::write_long(out, |report| render(args, out, messages, report))
}

/// What is taken as given of a history, and which of its days are priced.
pub(super) fn days_of(
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    every: Every,
    pricing: &PricingArgs,
) -> Result<(Assumptions, HistoryOptions), Failure> {
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(Failure::Usage("--from: expected a day on or before --to".to_owned()));
    }
    let assumptions = assumptions(pricing)?;
    let mut options = HistoryOptions::default();
    options.strip = strip_options(pricing)?;
    (options.from, options.to, options.every) = (from, to, every);
    Ok((assumptions, options))
}

fn render(
    args: &HistoryArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut dyn Write,
) -> Result<Rendered, Failure> {
    let form = out.format.unwrap_or(Format::Csv);
    if args.layout == LayoutName::Wide && form != Format::Csv {
        return Err(Failure::Usage("--layout wide is a layout of CSV".to_owned()));
    }
    let (assumptions, options) = days_of((args.from, args.to), args.every, &args.pricing)?;
    let gathered = gather(&args.paths, args.pricing.strict, messages)?;
    let history = History::new(&gathered.quotes, &assumptions, options);
    let mut run = Run {
        name: &gathered.name,
        strict: args.pricing.strict,
        messages,
        stopped: None,
        hint: None,
        summary: HistorySummary::default(),
        meeting: args.meeting,
        found: false,
    };
    if history.selected().is_empty() {
        return Err(run.no_days(&history));
    }
    run.assumed(&assumptions, history.selected(), args.pricing.price == PriceName::Last);
    let mut selection = Selection::default();
    selection.source = gathered.source();
    selection.view = args.view.into();
    selection.meeting = args.meeting;
    selection.bars = out.bars();

    if let Some(path) = &args.compare {
        if args.pricing.strict {
            return Err(Failure::Usage(
                "--strict has no part in --compare, which tells what it cannot hold".to_owned(),
            ));
        }
        return compare(path, args.meeting, &history, &gathered.source(), form, messages, report);
    }
    if args.calibration {
        let plan = CalibrationPlan::new(&history, &HORIZONS);
        if plan.days().is_empty() {
            let message = "expected a decision with quotes a day, a week or a month before it, found none in the span";
            return Err(Failure::of_input(&gathered.name, &message));
        }
        let calibration = Calibration::new(&plan, &assumptions, run.watched(&history, Some(plan.days())));
        let rendered = match form {
            Format::Table => report::text::calibration(&calibration, &selection, report),
            Format::Json => report::json::calibration(&calibration, &selection, report),
            Format::Csv => report::csv::calibration(&calibration, report),
        };
        // What is not judged is told in the report, what the forecasts rest on beside it.
        run.end()?;
        return Ok(rendered);
    }
    let rendered = if let Some(plan) = deltas(&args.delta, &history)? {
        let days = run.watched(&history, Some(plan.days()));
        let wanted = |delta: &MeetingDelta| {
            args.meeting.is_none_or(|meeting| delta.after.step.meeting.announcement() == meeting)
        };
        let deltas: Vec<MeetingDelta> = plan.deltas(days).filter(wanted).collect();
        if deltas.is_empty() {
            run.failure()?;
            let message = "expected two days so far apart that price a meeting, found none";
            return Err(Failure::of_input(&gathered.name, &message));
        }
        match form {
            Format::Table => report::text::deltas(deltas, &selection, report),
            Format::Json => report::json::deltas(deltas, &selection, report),
            Format::Csv => report::csv::deltas(deltas, &selection, report),
        }
    } else {
        match (form, args.layout) {
            (Format::Table, _) => report::text::history(run.watched(&history, None), &selection, report),
            (Format::Json, _) => report::json::history(run.watched(&history, None), &selection, report),
            (Format::Csv, LayoutName::Tidy) => run.write_tables(&history, selection, report),
            (Format::Csv, LayoutName::Wide) => {
                report::csv::history_wide(run.watched(&history, None), &selection, report)
            }
        }
    };
    run.end()?;
    Ok(rendered)
}

/// A download of FedWatch against the history.
fn compare(
    path: &Path,
    meeting: Option<NaiveDate>,
    history: &History<'_>,
    source: &Source<'_>,
    form: Format,
    messages: &Messages,
    report: &mut dyn Write,
) -> Result<Rendered, Failure> {
    let name = input::name(path);
    let text = input::text(path, "a download of FedWatch")?;
    let meeting = meeting.or_else(|| meeting_in_name(path));
    let published = PublishedTable::parse(&text, meeting).map_err(|error| Failure::of_text(&name, &error))?;
    let comparison = PublishedComparison::new(history, &published);
    if comparison.cells().is_empty() {
        let message = "expected days and meetings that the quotes price, found none";
        return Err(Failure::of_input(&name, &message));
    }
    if comparison.as_assumed().met < comparison.as_assumed().cells && form != Format::Table {
        let verdict = report::text::verdict(&comparison);
        for line in verdict.lines() {
            messages.warning(&format!("{}: {line}", report::printable(&name)));
        }
    }
    Ok(match form {
        Format::Table => report::text::published(&comparison, source, &name, report),
        Format::Json => report::json::published(&comparison, source, &name, report),
        Format::Csv => report::csv::published(&comparison, report),
    })
}

/// The meeting of a download of one: CME writes it into the name alone, `FedMeeting_20251210.csv`.
fn meeting_in_name(path: &Path) -> Option<NaiveDate> {
    let name = path.file_name()?.to_string_lossy();
    let digits: String = name.strip_prefix("FedMeeting_")?.chars().take_while(char::is_ascii_digit).collect();
    NaiveDate::parse_from_str(&digits, "%Y%m%d").ok().filter(|_| digits.len() == 8)
}

/// One run over the days: what could not be priced, and the day that stops a strict one.
struct Run<'a> {
    name: &'a str,
    strict: bool,
    messages: &'a Messages,
    stopped: Option<Failure>,
    /// What to do about the first day without a price.
    hint: Option<&'static str>,
    summary: HistorySummary,
    /// The one meeting that is wanted, and whether any day prices it.
    meeting: Option<NaiveDate>,
    found: bool,
}

impl Run<'_> {
    /// The days that are selected, or given ones, each counted as it passes; a strict run ends with the first gap.
    fn watched<'s>(
        &'s mut self,
        history: &'s History<'_>,
        wanted: Option<BTreeSet<NaiveDate>>,
    ) -> impl Iterator<Item = HistoryDay> + 's {
        let total = wanted.as_ref().map_or(history.selected().len(), BTreeSet::len);
        let mut progress = Progress::new(total, self.messages.quiet());
        let days: Box<dyn Iterator<Item = HistoryDay> + 's> = match wanted {
            Some(wanted) => Box::new(history.days_on(wanted)),
            None => Box::new(history.days()),
        };
        days.map_while(move |day| {
            progress.step(day.date, day.outlook.as_ref().err());
            self.summary.add(&day);
            let priced = day.outlook.as_ref();
            self.found |= self.meeting.is_some_and(|meeting| priced.is_ok_and(|day| day.meeting(meeting).is_some()));
            let goes_on = self.goes_on(day.date, priced.map(|day| day.without_table().collect()));
            goes_on.then_some(day)
        })
    }

    /// The tables of the selected days as tidy CSV, each written as it is priced.
    fn write_tables(&mut self, history: &History<'_>, selection: Selection<'_>, report: &mut dyn Write) -> Rendered {
        let mut progress = Progress::new(history.selected().len(), self.messages.quiet());
        let mut writer = report::csv::DailyTablesWriter::new(selection, report)?;
        let mut tables = DailyTables::new(history.assumptions());
        for (date, strip) in history.strips() {
            let day = strip.and_then(|strip| tables.price(&strip).map_err(DayReason::Policy));
            let day = day.as_ref();
            progress.step(date, day.err());
            self.summary.add_table(date, day);
            self.found |= self.meeting.is_some_and(|meeting| day.is_ok_and(|day| day.has(meeting)));
            if !self.goes_on(date, day.map(DailyTable::without_table)) {
                break;
            }
            if let Ok(day) = day {
                writer.day(date, day)?;
            }
        }
        Ok(())
    }

    /// Whether the run goes on after a day: a strict one ends with the first gap, any with a day that cannot be read.
    fn goes_on(
        &mut self,
        date: NaiveDate,
        without_table: Result<Vec<(NaiveDate, UnpricedReason)>, &DayReason>,
    ) -> bool {
        self.hint = self.hint.or_else(|| without_table.as_ref().err().and_then(|reason| hint(reason)));
        let unread = matches!(without_table, Err(DayReason::NotRead(_)));
        self.stopped = (self.strict || unread).then(|| gap(self.name, date, without_table)).flatten();
        self.stopped.is_none()
    }

    /// Tells what could not be priced, or why the run has no report.
    fn end(mut self) -> Result<(), Failure> {
        self.failure()?;
        for line in self.summary.lines() {
            self.messages.warning(&line);
        }
        Ok(())
    }

    /// Why the run has no report, if it has none.
    fn failure(&mut self) -> Result<(), Failure> {
        if let Some(failure) = self.stopped.take() {
            return Err(failure);
        }
        if self.summary.priced() == 0 {
            let lines = self.summary.lines();
            return Err(Failure::of_input_with(self.name, &lines.join("\n"), self.hint));
        }
        match self.meeting.filter(|_| !self.found) {
            Some(meeting) => {
                let message = format!("--meeting: expected a meeting that the quotes price, found {meeting}");
                Err(Failure::of_input(self.name, &message))
            }
            None => Ok(()),
        }
    }

    fn no_days(&self, history: &History<'_>) -> Failure {
        let days = history.weekdays();
        let message = match (days.first(), days.last()) {
            (Some(first), Some(last)) => {
                format!("expected days of quotes in the span, found those of {first} to {last}")
            }
            _ => "expected days of quotes, found none but Saturdays and Sundays".to_owned(),
        };
        Failure::of_input(self.name, &message)
    }

    /// Last trades for settlements, and one given range on days with a decision between them, are assumptions.
    fn assumed(&self, assumptions: &Assumptions, days: &[NaiveDate], last_trades: bool) {
        if last_trades {
            self.messages.warning(&Notice::LastTrades.to_string());
        }
        let Some((range, (first, last))) = assumptions.target.zip(days.first().zip(days.last())) else { return };
        let targets: &TargetHistory = &assumptions.targets;
        let announced = targets.changes().iter().filter_map(|change| change.announcement);
        if let Some(decision) = announced.into_iter().find(|date| first <= date && date < last) {
            self.messages.warning(&Notice::OneTarget { range, decision }.to_string());
        }
    }
}

/// Why a strict run stops at a day, from its meetings without a table.
fn gap(
    name: &str,
    date: NaiveDate,
    without_table: Result<Vec<(NaiveDate, UnpricedReason)>, &DayReason>,
) -> Option<Failure> {
    let told = |message: &dyn std::fmt::Display, hint| {
        Some(Failure::of_input_with(&format!("{name}: {date}"), &message, hint))
    };
    match without_table {
        // Nothing is missing on a day without an exchange.
        Err(DayReason::Weekend) => None,
        Err(reason) => told(reason, hint(reason)),
        Ok(gaps) if gaps.is_empty() => None,
        Ok(gaps) => {
            let error = PolicyError::Gaps(gaps);
            told(&error, hints::of_policy(&error))
        }
    }
}

/// What to do about a day without a price.
fn hint(reason: &DayReason) -> Option<&'static str> {
    match reason {
        DayReason::BeforeCalendar(_) => Some("begin later with --from"),
        DayReason::Policy(error) => hints::of_policy(error),
        DayReason::Strip(error) => hints::of_strip(error),
        _ => None,
    }
}

/// Which days are held against which, where that is asked for.
fn deltas(wanted: &[DeltaOf], history: &History<'_>) -> Result<Option<DeltaPlan>, Failure> {
    let span = |delta: &DeltaOf| match delta {
        DeltaOf::Span(span) => Some(*span),
        DeltaOf::Dates(..) => None,
    };
    let spans: Vec<Span> = wanted.iter().filter_map(span).collect();
    match wanted {
        [] => Ok(None),
        [DeltaOf::Dates(before, after)] => {
            for day in [before, after] {
                if history.weekdays().binary_search(day).is_err() {
                    let message = format!("--delta: expected two days of the quotes, found no quotes of {day}");
                    return Err(Failure::because(message));
                }
            }
            Ok(Some(DeltaPlan::between(*before, *after)))
        }
        _ if spans.len() == wanted.len() => Ok(Some(DeltaPlan::spans(&spans, history.selected(), history.weekdays()))),
        _ => Err(Failure::Usage("--delta: expected spans such as 1d,1w,1m, or one pair of days".to_owned())),
    }
}
