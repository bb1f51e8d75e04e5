//! `fedpath summary`: what a strategist quotes of one day, and the same some days before.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chrono::NaiveDate;
use fedpath::Assumptions;
use fedpath::history::{DayReason, History, HistoryOptions, Span};
use fedpath::report::{self, Earlier, Selection, Source};
use fedpath::summary::Summary;

use super::args::SummaryArgs;
use super::commands::{Named, no_path, strip_options, warn, warn_idle};
use super::dates::DeltaOf;
use super::failure::Failure;
use super::gather::gather;
use super::output::{Messages, Rendered};
use super::output_args::OutputArgs;
use super::pricing::assumptions;
use super::{hints, input};

/// What a long file is compared with where nothing is asked for: FedWatch's columns.
const SPANS: [Span; 3] = [Span::Days(1), Span::Weeks(1), Span::Months(1)];
/// So many earlier days are each compared; of more the spans are taken.
const EACH: usize = 3;

pub(super) fn summary(
    args: &SummaryArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    args.pricing.no_count("summary")?;
    let assumptions = assumptions(&args.pricing)?;
    let gathered = match (
        gather(&args.quotes, &args.pricing.wanted(), args.pricing.strict, messages),
        args.quotes.as_slice(),
        args.as_of,
    ) {
        // A file that states no day, or another one, is taken as of the day that is given.
        (Err(_), [only], Some(as_of)) if args.delta.is_empty() && !input::is_stdin(only) => {
            return of_one(args, only, as_of, &assumptions, out, messages, report);
        }
        (gathered, ..) => gathered?,
    };
    let mut options = HistoryOptions::default();
    options.strip = strip_options(&args.pricing)?;
    options.to = args.as_of;
    let history = History::new(&*gathered.quotes, &assumptions, options);
    let days = history.selected();
    let Some((today, before)) = days.split_last() else {
        let all = history.weekdays();
        let found = match (all.first(), all.last()) {
            (Some(first), Some(last)) => format!("those of {first} to {last}"),
            _ => "none but Saturdays and Sundays".to_owned(),
        };
        return Err(Failure::of_input(&gathered.name, &format!("expected quotes of a day, found {found}")));
    };
    // The one day of one file gives way to the day that is given.
    let given = args.as_of.filter(|wanted| wanted != today && history.weekdays().len() == 1);
    if let (Some(wanted), [only]) = (given, args.quotes.as_slice())
        && !input::is_stdin(only)
    {
        return of_one(args, only, wanted, &assumptions, out, messages, report);
    }
    if let Some(wanted) = args.as_of.filter(|wanted| wanted != today) {
        let message = format!(
            "--as-of: expected a day of the quotes, found no quotes of {wanted} (the last before it is {today})"
        );
        return Err(Failure::of_input(&gathered.name, &message));
    }
    let earlier = earlier_days(args, *today, before, messages)?;
    let wanted: BTreeSet<NaiveDate> = earlier.iter().map(|(_, day)| *day).chain([*today]).collect();
    let mut priced = priced(&history, wanted, &assumptions);
    let now = match priced.remove(today) {
        Some(Ok(now)) => now,
        Some(Err(reason)) => return Err(not_priced(&gathered.name, *today, &reason)),
        None => return Err(Failure::of_input(&gathered.name, &format!("no quotes of {today}"))),
    };
    let mut compared = Vec::new();
    for (span, day) in earlier {
        match priced.get(&day) {
            Some(Ok(summary)) => compared.push(Earlier::new(span, summary.clone())),
            Some(Err(reason)) => messages.warning(&format!("{}: {day} is left out: {reason}", gathered.name)),
            None => {}
        }
    }
    if days.len() > 1 && args.as_of.is_none() {
        messages.note(&format!("now is {today}, the newest of {} days", days.len()));
    }
    Ok(write(&now, &compared, gathered.source(), (args, &gathered.name), out, messages, report))
}

/// One file as of a day.
fn of_one(
    args: &SummaryArgs,
    path: &PathBuf,
    as_of: NaiveDate,
    assumptions: &Assumptions,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    let file = Named::read(std::slice::from_ref(path), Some(as_of), &args.pricing.wanted(), messages)?;
    let strip = file.strip(Some(as_of), &args.pricing)?;
    let now = Summary::new(&strip, assumptions).map_err(|error| no_path(&file.name, &error))?;
    Ok(write(&now, &[], file.source(), (args, &file.name), out, messages, report))
}

fn write(
    now: &Summary,
    earlier: &[Earlier],
    source: Source<'_>,
    (args, name): (&SummaryArgs, &str),
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Rendered {
    warn(messages, Some(name), now.outlook().path().notices());
    warn_idle(messages, &args.pricing, now.outlook().path());
    let mut selection = Selection::default();
    selection.source = source;
    out.render(&report::summary(now, earlier, &selection), report)
}

/// The summaries of some days, or why a day has none.
fn priced(
    history: &History<'_>,
    days: BTreeSet<NaiveDate>,
    assumptions: &Assumptions,
) -> BTreeMap<NaiveDate, Result<Summary, DayReason>> {
    let summary = |strip| Summary::new(&strip, assumptions).map_err(DayReason::Policy);
    history.strips_on(days).map(|(day, strip)| (day, strip.and_then(summary))).collect()
}

fn not_priced(name: &str, day: NaiveDate, reason: &DayReason) -> Failure {
    let hint = match reason {
        DayReason::Policy(error) => hints::of_policy(error),
        DayReason::Strip(error) => hints::of_strip(error),
        _ => None,
    };
    Failure::of_input_with(&format!("{name}: {day}"), reason, hint)
}

/// The days that now is compared with: the spans asked for, or every day given, or of many FedWatch's spans.
fn earlier_days(
    args: &SummaryArgs,
    today: NaiveDate,
    before: &[NaiveDate],
    messages: &Messages,
) -> Result<Vec<(Option<Span>, NaiveDate)>, Failure> {
    let asked_for = args.delta.iter().map(|delta| match delta {
        DeltaOf::Span(span) => Ok(*span),
        DeltaOf::Dates(..) => Err(Failure::Usage("--delta: expected spans such as 1d,1w,1m".to_owned())),
    });
    let asked_for: Vec<Span> = asked_for.collect::<Result<_, _>>()?;
    if asked_for.is_empty() && before.len() <= EACH {
        return Ok(before.iter().rev().map(|day| (None, *day)).collect());
    }
    let spans = if asked_for.is_empty() { &SPANS[..] } else { &asked_for };
    let mut days = Vec::new();
    for span in spans {
        match span.before(today, before) {
            Some(day) => days.push((Some(*span), day)),
            None => messages.warning(&format!("--delta {span}: the quotes have no day {span} before {today}")),
        }
    }
    Ok(days)
}
