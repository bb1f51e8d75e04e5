//! The command `history`: many days of quotes, one report.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use chrono::NaiveDate;
use fedpath::history::{
    Calibration, CalibrationPlan, DailyTables, DayReason, DeltaPlan, Every, History, HistoryDay, HistoryOptions,
    HistorySummary, MeetingDelta, Span, TableRemarks,
};
use fedpath::path::PolicyError;
use fedpath::published::{PublishedComparison, PublishedTable};
use fedpath::report::{self, Odds, Selection, Series, Source};
use fedpath::summary::Summary;
use fedpath::{Assumptions, Notice, Strip, TargetHistory};

use super::args::HistoryArgs;
use super::blocks::in_blocks;
use super::commands::strip_options;
use super::dates::{DeltaOf, MeetingName};
use super::failure::Failure;
use super::gather::gather;
use super::output::{self, Messages, Rendered};
use super::output_args::OutputArgs;
use super::pricing::{PricingArgs, assumptions};
use super::progress::Progress;
use super::values::{ByName, Format, LayoutName, PriceName, ShowName};
use super::{hints, input, moment_history, suggestions};

/// How long before each decision the calibration looks.
const HORIZONS: [Span; 3] = [Span::Days(1), Span::Weeks(1), Span::Months(1)];

/// So many lines about the days are printed unasked.
const MOST_LINES: usize = 3;

/// The meeting of a history: by its day, the one of a month on the calendar, or the next after the last day.
pub(super) fn meeting_of(wanted: Option<MeetingName>, history: &History<'_>) -> Result<Option<NaiveDate>, Failure> {
    let Some(wanted) = wanted else { return Ok(None) };
    let last = history.selected().last().copied().filter(|_| wanted == MeetingName::Next);
    let calendar = &history.assumptions().calendar;
    let expected = calendar.meetings().iter().filter(|meeting| last.is_none_or(|last| meeting.is_expected_on(last)));
    let announcements = expected.map(fedpath::Meeting::announcement).filter(|day| last.is_none_or(|last| *day >= last));
    let found = wanted.among(announcements);
    found.map(Some).ok_or_else(|| Failure::Usage(format!("--meeting {wanted}: the calendar has no such meeting")))
}

pub(super) fn history(args: &HistoryArgs, out: &OutputArgs, messages: &Messages) -> Result<(), Failure> {
    output::write_long(out, |report| match args.by {
        ByName::Moment => moment_history::history(args, out.form_or(Format::Csv), messages, report),
        ByName::Day if args.stale.is_some() || args.timezone.is_some() => {
            Err(Failure::Usage("--stale and --timezone are of moments: --by moment".to_owned()))
        }
        ByName::Day => render(args, out, messages, report),
    })
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
    let form = out.form_or(Format::Csv);
    if args.layout == LayoutName::Wide && form != Format::Csv {
        return Err(Failure::Usage("--layout wide is a layout of CSV".to_owned()));
    }
    let (assumptions, options) = days_of((args.from, args.to), args.every, &args.pricing)?;
    let gathered = gather(&args.paths, &args.pricing.wanted(), args.pricing.strict, messages)?;
    let history = History::new(&gathered.quotes, &assumptions, options);
    let meeting = meeting_of(args.meeting, &history)?;
    let mut run = Run {
        name: &gathered.name,
        strict: args.pricing.strict,
        messages,
        stopped: None,
        hint: None,
        summary: HistorySummary::default(),
        all: HistorySummary::default(),
        meeting,
        meetings: assumptions.calendar.meetings().iter().map(fedpath::Meeting::announcement).collect(),
        verbose: args.verbose,
        found: false,
    };
    if history.selected().is_empty() {
        return Err(run.no_days(&history));
    }
    run.assumed(&assumptions, history.selected(), args.pricing.fed_funds_price() == PriceName::Last);
    let mut selection = Selection::default();
    selection.source = gathered.source();
    selection.view = args.view.into();
    selection.meeting = meeting;
    (selection.bars, selection.width) = (out.bars(), out.width());
    selection.count = args.pricing.shown();
    let (odds, series) = shown_of(args, meeting.is_some())?;

    if let Some(path) = &args.compare {
        if args.pricing.strict {
            return Err(Failure::Usage(
                "--strict does not apply to --compare, which lists what it cannot compare".to_owned(),
            ));
        }
        return compare(path, meeting, &history, &gathered.source(), out, messages, report);
    }
    if args.calibration {
        let plan = CalibrationPlan::new(&history, &HORIZONS);
        if plan.days().is_empty() {
            let message = "expected a decision with quotes a day, a week or a month before it, found none in the span";
            return Err(Failure::of_input(&gathered.name, &message));
        }
        let calibration = Calibration::new(&plan, &assumptions, run.watched(&history, Some(plan.days())));
        let lines = || calibration.horizons.iter().map(|horizon| report::calibration_line(horizon, &selection));
        let rendered = match form {
            Format::Json => lines().try_for_each(|line| out.render_as(form, &line, report)),
            Format::Table | Format::Csv => out.render_as(form, &report::calibration(&calibration, &selection), report),
        };
        // What is not judged is told in the report, what the forecasts rest on beside it.
        let ended = run.end(&selection, form, out, report)?;
        return Ok(rendered.and(ended));
    }
    let rendered = if let Some(plan) = deltas(&args.delta, &history)? {
        let days = run.watched(&history, Some(plan.days()));
        let wanted =
            |delta: &MeetingDelta| meeting.is_none_or(|meeting| delta.after.step.meeting.announcement() == meeting);
        let deltas: Vec<MeetingDelta> = plan.deltas(days).filter(wanted).collect();
        if deltas.is_empty() {
            run.failure()?;
            let message = "expected two days so far apart that price a meeting, found none";
            return Err(Failure::of_input(&gathered.name, &message));
        }
        match form {
            Format::Json => {
                deltas.iter().try_for_each(|delta| out.render_as(form, &report::delta_line(delta, &selection), report))
            }
            Format::Table | Format::Csv => out.render_as(form, &report::deltas(deltas, &selection), report),
        }
    } else if let Some(what) = series {
        let mut days = run.summaries(&history);
        let rendered = match form {
            Format::Json => {
                days.try_for_each(|day| out.render_as(form, &report::series_line(day, what, &selection), report))
            }
            Format::Table | Format::Csv => {
                out.render_as(form, &report::series(days.by_ref().collect(), what, &selection), report)
            }
        };
        drop(days);
        rendered
    } else {
        match (form, args.layout) {
            (Format::Csv, LayoutName::Tidy) if odds == Odds::Ranges => run.write_tables(&history, selection, report),
            (Format::Csv, LayoutName::Wide) => {
                out.render_as(form, &report::history_wide(run.watched(&history, None), &selection), report)
            }
            (Format::Json, _) => run
                .watched(&history, None)
                .try_for_each(|day| out.render_as(form, &report::history_line(&day, odds, &selection), report)),
            (Format::Table | Format::Csv, _) => {
                out.render_as(form, &report::history(run.watched(&history, None), odds, &selection), report)
            }
        }
    };
    let ended = run.end(&selection, form, out, report)?;
    Ok(rendered.and(ended))
}

/// What of each day is printed.
fn shown_of(args: &HistoryArgs, one_meeting: bool) -> Result<(Odds, Option<Series>), Failure> {
    let odds = match (args.show, args.against) {
        (ShowName::Moves, from) => Odds::Moves(from),
        (_, Some(from)) => Odds::Sides(from),
        (_, None) => Odds::Ranges,
    };
    let series = match args.show {
        ShowName::Ranges | ShowName::Moves => None,
        ShowName::Cuts => Some(Series::Cuts),
        ShowName::Terminal => Some(Series::Terminal),
        ShowName::Rate => Some(Series::Rate),
    };
    if let (Some(_), Some(_)) = (series, args.against) {
        return Err(Failure::Usage("--against: expected odds, --show ranges or --show moves".to_owned()));
    }
    if args.layout == LayoutName::Wide && (series.is_some() || odds != Odds::Ranges) {
        return Err(Failure::Usage("--layout wide is a layout of target ranges, --show ranges".to_owned()));
    }
    if one_meeting && matches!(series, Some(Series::Cuts | Series::Terminal)) {
        return Err(Failure::Usage(
            "--meeting: expected --show ranges, moves or rate; sums are not of one meeting".to_owned(),
        ));
    }
    Ok((odds, series))
}

/// A download of FedWatch against the history.
fn compare(
    path: &Path,
    meeting: Option<NaiveDate>,
    history: &History<'_>,
    source: &Source<'_>,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut dyn Write,
) -> Result<Rendered, Failure> {
    let form = out.form_or(Format::Csv);
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
        let verdict = report::verdict(&comparison);
        for line in verdict.lines() {
            messages.warning(&format!("{}: {line}", report::printable(&name)));
        }
    }
    Ok(out.render_as(form, &report::published(&comparison, source, &name), report))
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
    /// What is told: of the days that concern the answer.
    summary: HistorySummary,
    all: HistorySummary,
    /// The one meeting that is wanted, and whether any day prices it.
    meeting: Option<NaiveDate>,
    found: bool,
    /// Every announcement of the calendar.
    meetings: Vec<NaiveDate>,
    /// Whether every warning is printed.
    verbose: bool,
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
        let wanted = wanted.unwrap_or_else(|| history.selected_and_weekends());
        let days = in_blocks(wanted, |block| history.days_on(block).collect());
        days.map_while(move |day: HistoryDay| {
            let remarks = day.outlook.as_ref().map(TableRemarks::of_outlook);
            self.goes_on(day.date, remarks.as_ref().map_err(|reason| *reason), &mut progress).then_some(day)
        })
    }

    /// The tables of the selected days as tidy CSV.
    fn write_tables(&mut self, history: &History<'_>, selection: Selection<'_>, report: &mut dyn Write) -> Rendered {
        let mut progress = Progress::new(history.selected().len(), self.messages.quiet());
        // The header; the rows come block by block.
        report::DailyTablesWriter::new(selection, report)?;
        let price = |block| {
            let mut tables = DailyTables::new(history.assumptions());
            let mut price = |date, strip: Result<Strip, DayReason>| -> io::Result<_> {
                let mut rows = Vec::new();
                let day = match strip.map(|strip| tables.price(&strip).map_err(DayReason::Policy)) {
                    Ok(Ok(table)) => {
                        report::DailyTablesWriter::going_on(selection, &mut rows).day(date, &table)?;
                        Ok(TableRemarks::of(&table))
                    }
                    Ok(Err(reason)) | Err(reason) => Err(reason),
                };
                Ok((date, day, rows))
            };
            history.strips_on(block).map(|(date, strip)| price(date, strip)).collect()
        };
        for day in in_blocks(history.selected_and_weekends(), price) {
            let (date, day, rows) = day?;
            if !self.goes_on(date, day.as_ref(), &mut progress) {
                break;
            }
            report.write_all(&rows)?;
        }
        Ok(())
    }

    /// The summaries of the selected days, each counted as it passes.
    fn summaries<'s>(&'s mut self, history: &'s History<'_>) -> impl Iterator<Item = Summary> + 's {
        let mut progress = Progress::new(history.selected().len(), self.messages.quiet());
        let summary = |(date, strip): (NaiveDate, Result<Strip, DayReason>)| {
            let summary =
                strip.and_then(|strip| Summary::new(&strip, history.assumptions()).map_err(DayReason::Policy));
            (date, summary)
        };
        let days =
            in_blocks(history.selected_and_weekends(), move |block| history.strips_on(block).map(summary).collect());
        let passed = days.map_while(move |(date, summary)| {
            let remarks = summary.as_ref().map(|summary| TableRemarks::of_outlook(summary.outlook()));
            let goes_on = self.goes_on(date, remarks.as_ref().map_err(|reason| *reason), &mut progress);
            goes_on.then_some(summary.ok())
        });
        passed.flatten()
    }

    /// Counts a day, if it concerns the meeting that is asked for. Whether the run goes on after it: a strict one ends with the first
    /// gap, any with a day that cannot be read.
    fn goes_on(&mut self, date: NaiveDate, day: Result<&TableRemarks, &DayReason>, progress: &mut Progress) -> bool {
        progress.step(date, day.err());
        let has = |meeting| day.is_ok_and(|day| day.has(meeting));
        let gap = |meeting| day.is_ok_and(|day| day.without_table().iter().any(|(gap, _)| *gap == meeting));
        self.found |= self.meeting.is_some_and(has);
        self.all.add_remarks(date, day);
        if self.concerns(date, self.meeting.is_some_and(|meeting| has(meeting) || gap(meeting)), day.is_ok()) {
            self.summary.add_remarks(date, day);
        }
        self.hint = self.hint.or_else(|| day.err().and_then(hint));
        let unread = matches!(day, Err(DayReason::NotRead(_)));
        self.stopped = (self.strict || unread).then(|| gap_of(self.name, date, day)).flatten();
        self.stopped.is_none()
    }

    /// Whether what is told of a day concerns the answer: every day without a wanted meeting; with one, the days that have
    /// it in their chain, and those without any price between them.
    fn concerns(&self, date: NaiveDate, in_chain: bool, priced: bool) -> bool {
        match self.meeting {
            None => true,
            Some(meeting) if !priced => self.found && date <= meeting,
            Some(_) => in_chain,
        }
    }

    /// Tells what could not be priced, or why the run has no report; JSON is told all of it, in a last line.
    fn end(
        mut self,
        selection: &Selection<'_>,
        form: Format,
        out: &OutputArgs,
        report: &mut dyn Write,
    ) -> Result<Rendered, Failure> {
        self.failure()?;
        let lines = self.summary.lines();
        let mut told = self.messages.warnings();
        told.extend(lines.iter().cloned());
        // One summary of the window; the whole list is for those who ask.
        let shown = if self.verbose { lines.len() } else { MOST_LINES };
        for line in lines.iter().take(shown) {
            self.messages.warning(line);
        }
        if let Some(more) = lines.len().checked_sub(shown).filter(|more| *more > 0) {
            self.messages.warning(&format!("{more} more remarks about these days: -v prints them"));
        }
        if form != Format::Json || told.is_empty() {
            return Ok(Ok(()));
        }
        Ok(out.render_as(form, &report::history_end(&self.all, &told, selection), report))
    }

    /// Why the run has no report, if it has none.
    fn failure(&mut self) -> Result<(), Failure> {
        if let Some(failure) = self.stopped.take() {
            return Err(failure);
        }
        if self.all.priced() == 0 {
            let lines = self.all.lines();
            return Err(Failure::of_input_with(self.name, &lines.join("\n"), self.hint));
        }
        match self.meeting.filter(|_| !self.found) {
            Some(meeting) => {
                let message = format!("--meeting: expected a meeting that the quotes price, found {meeting}");
                let on_calendar = self.meetings.contains(&meeting);
                let hint = suggestions::meeting(meeting, self.meetings.iter().copied()).filter(|_| !on_calendar);
                Err(Failure::of_input_with(self.name, &message, hint.as_deref()))
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
fn gap_of(name: &str, date: NaiveDate, day: Result<&TableRemarks, &DayReason>) -> Option<Failure> {
    let told = |message: &dyn std::fmt::Display, hint| {
        Some(Failure::of_input_with(&format!("{name}: {date}"), &message, hint))
    };
    match day {
        // Nothing is missing on a day without an exchange.
        Err(DayReason::Weekend) => None,
        Err(reason) => told(reason, hint(reason)),
        Ok(day) if day.without_table().is_empty() => None,
        Ok(day) => {
            let error = PolicyError::Gaps(day.without_table().to_vec());
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
