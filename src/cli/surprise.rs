//! The command `surprise`: what an announcement changed that was not expected.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use fedpath::report::{self, Telling, printable};
use fedpath::surprise::{Announcement, MeetingSurprise, WindowKind};
use fedpath::{Notice, StripOptions, TargetHistory};

use super::args::SurpriseArgs;
use super::commands::{Named, warn};
use super::failure::Failure;
use super::gather::gather;
use super::input;
use super::moments::{self, Announced, Window, announced};
use super::output::{Messages, Rendered};
use super::output_args::OutputArgs;
use super::pricing::calendar;
use super::reading::Wanted;
use super::two_files::both_sides;
use super::values::{Format, PriceName};

pub(super) fn surprise(
    args: &SurpriseArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    if let Some(notice) = assumed(args) {
        messages.warning(&notice.to_string());
    }
    if let Some(Window::Minutes(span)) = args.window {
        let listed = args.announcements.as_deref().map(listed).transpose()?.unwrap_or_default();
        return moments::surprises(args, span, listed, out, messages, report);
    }
    if args.stale.is_some() || args.timezone.is_some() {
        let option = if args.stale.is_some() { "--stale" } else { "--timezone" };
        return Err(Failure::Usage(format!("{option}: expected a window of minutes, such as --window=-10m..+20m")));
    }
    let announced = args.announcement.iter().map(|one| day(*one)).collect::<Result<Vec<_>, _>>()?;
    match (announced.as_slice(), &args.announcements) {
        ([announcement], None) if args.paths.len() == 2 || !args.as_of.is_empty() => {
            between(args, *announcement, out, messages, report)
        }
        _ if args.as_of.is_empty() => over(args, announced, out, messages, report),
        _ => Err(Failure::Usage("--as-of: expected the quotes of two dates and one --announcement".to_owned())),
    }
}

/// What the whole run rests on: last trades taken for settlements.
fn assumed(args: &SurpriseArgs) -> Option<Notice> {
    (args.price == PriceName::Last).then_some(Notice::LastTrades)
}

/// Between two snapshots.
fn between(
    args: &SurpriseArgs,
    date: NaiveDate,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    if args.window.is_some() {
        return Err(Failure::Usage("--window: two snapshots are the window".to_owned()));
    }
    let [before, after] = both_sides(&args.paths, &args.as_of, &Wanted::fed_funds(&args.reading), messages)?;
    let dates = [args.as_of.first().copied(), args.as_of.get(1).copied()];
    let strip = |file: &Named, as_of| {
        let mut options = options(args);
        options.as_of = as_of;
        file.strip_by(&options)
    };
    let (earlier, later) = (strip(&before, dates[0])?, strip(&after, dates[1])?);
    let (first, last) = (earlier.as_of(), later.as_of());
    if !(first <= date && date <= last) {
        let names = format!("{} and {}", before.name, after.name);
        let message = format!("expected an announcement between the quotes of {first} and {last}, found {date}");
        return Err(Failure::of_input(&names, &message));
    }
    let announcement = Announcement::between(date, &earlier, &later, &calendar(&args.calendar)?, args.rule.into());
    if let Ok(Err(reason)) = announcement.surprise.as_ref().map(|surprise| &surprise.current().surprise) {
        return Err(Failure::of_input(&format!("{} and {}", before.name, after.name), reason));
    }
    warn(messages, Some(&before.name), earlier.notices());
    warn(messages, Some(&after.name), later.notices());
    let told = |file: &Named, notices: &[fedpath::Notice]| -> Vec<String> {
        notices.iter().map(|notice| format!("{}: {notice}", file.name)).collect()
    };
    let run = assumed(args).map(|notice| notice.to_string());
    let warnings =
        [run.into_iter().collect(), told(&before, earlier.notices()), told(&after, later.notices())].concat();
    let mut telling = Telling::default();
    (telling.before, telling.after) = (before.source(), after.source());
    let rule = args.rule.into();
    Ok(out.render(&report::surprise(&announcement, rule, &telling, &warnings), report))
}

/// Over quotes of many days.
fn over(
    args: &SurpriseArgs,
    announced: Vec<NaiveDate>,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    let calendar = calendar(&args.calendar)?;
    let rule = args.rule.into();
    let window = match args.window {
        Some(Window::Days(kind)) => kind,
        _ => WindowKind::default(),
    };
    let mut dates: BTreeSet<NaiveDate> = announced.into_iter().collect();
    if let Some(path) = &args.announcements {
        dates.extend(listed(path)?.into_iter().map(day).collect::<Result<Vec<_>, _>>()?);
    }
    let gathered = gather(&args.paths, &Wanted::fed_funds(&args.reading), false, messages)?;
    let asked_for = !dates.is_empty();
    if !asked_for {
        dates = Announcement::dates_in(&gathered.quotes, &calendar, &TargetHistory::embedded());
    }
    let options = options(args);
    let of_date = |date: NaiveDate| Announcement::in_table(date, &gathered.quotes, &calendar, rule, window, &options);
    let mut announcements: Vec<Announcement> = dates.into_iter().map(of_date).collect();
    if !tell_missing(&announcements, messages) {
        let message = "expected quotes around an announcement, found none that give a surprise";
        return Err(Failure::of_input(&gathered.name, &message));
    }
    // What was asked for has its row, with or without figures.
    announcements.retain(|announcement| asked_for || announcement.window.is_some());
    let mut telling = Telling::default();
    (telling.before, telling.after) = (gathered.source(), gathered.source());
    let warnings: Vec<String> = assumed(args).into_iter().map(|notice| notice.to_string()).collect();
    let line = |announcement| report::surprise_line(announcement, rule, window, &telling, &warnings);
    Ok(match out.form() {
        Format::Json => announcements.iter().try_for_each(|each| out.render(&line(each), report)),
        Format::Table | Format::Csv => out.render(&report::surprises(&announcements, rule, window, &telling), report),
    })
}

/// Tells what has no surprise by reason; whether any announcement has one.
fn tell_missing(announcements: &[Announcement], messages: &Messages) -> bool {
    let mut any = false;
    let mut reasons: Vec<(String, Vec<NaiveDate>)> = Vec::new();
    for announcement in announcements {
        let missing = |of_meeting: &MeetingSurprise| of_meeting.surprise.as_ref().err().map(ToString::to_string);
        let reason = match &announcement.surprise {
            Err(reason) => Some(format!("no surprise: {reason}")),
            Ok(surprise) => {
                let current = missing(surprise.current());
                any |= current.is_none();
                let next = || surprise.next().first().and_then(missing).map(|reason| format!("no MP2: {reason}"));
                current.map(|reason| format!("no surprise: {reason}")).or_else(next)
            }
        };
        let Some(reason) = reason else { continue };
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, dates)) => dates.push(announcement.date),
            None => reasons.push((reason, vec![announcement.date])),
        }
    }
    for (reason, dates) in reasons {
        let when = match dates[..] {
            [only] => only.to_string(),
            [first, .., last] => format!("{} announcements, {first} to {last}", dates.len()),
            [] => continue,
        };
        messages.warning(&format!("{when}: {reason}"));
    }
    any
}

/// The day of an announcement, where windows are of days.
fn day(announced: Announced) -> Result<NaiveDate, Failure> {
    match announced {
        Announced::Day(day) => Ok(day),
        Announced::Moment(_) => {
            let message = "expected a day, found a time: with times give a window of minutes, --window=-10m..+20m";
            Err(Failure::Usage(format!("--announcement: {message}")))
        }
    }
}

/// The announcements of a list: of each line the first cell; a header and `#` lines are none.
fn listed(path: &Path) -> Result<Vec<Announced>, Failure> {
    let (name, text) = (input::name(path), input::text(path, "a list of days")?);
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let mut dates = Vec::new();
    let mut refused = Vec::new();
    for (place, (index, line)) in lines.enumerate() {
        let cell = line.split([',', ';', '\t']).next().unwrap_or_default().trim().trim_matches('"');
        match announced(cell) {
            Ok(one) => dates.push(one),
            // The first line may be a header.
            Err(_) if place == 0 => {}
            Err(expected) => {
                refused.push(format!("{}:{}:1: {expected}, found '{}'", printable(&name), index + 1, printable(cell)));
            }
        }
    }
    match (refused.is_empty(), dates.is_empty()) {
        (false, _) => Err(Failure::NoReport(refused)),
        (true, true) => Err(Failure::of_input(&name, &"expected a list of days, found none")),
        (true, false) => Ok(dates),
    }
}

fn options(args: &SurpriseArgs) -> StripOptions {
    let mut options = StripOptions::default();
    options.price = args.price.into();
    options.as_printed = args.as_printed;
    options
}
