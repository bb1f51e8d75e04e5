//! `fedpath surprise` in windows of minutes: quotes with a time of day, and what options say of moments.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use fedpath::moments::{AnnouncementTimes, Length, MomentSpan, MomentSurprise, MomentWindows, Tick, TickStream, Zone};
use fedpath::report::{self, Source, Telling};
use fedpath::surprise::WindowKind;
use fedpath::{Meeting, MeetingCalendar, Product, TargetHistory};

use super::args::SurpriseArgs;
use super::dates::date;
use super::failure::Failure;
use super::output::{Messages, Rendered};
use super::output_args::OutputArgs;
use super::pricing::calendar;
use super::reading::{QuoteSource, names};
use super::values::{Format, PriceName};

/// What lies around an announcement.
#[derive(Debug, Clone, Copy)]
pub(super) enum Window {
    /// Days.
    Days(WindowKind),
    /// Minutes.
    Minutes(MomentSpan),
}

pub(super) fn window(text: &str) -> Result<Window, String> {
    match text {
        "close" => Ok(Window::Days(WindowKind::Close)),
        "next-open" => Ok(Window::Days(WindowKind::NextOpen)),
        _ => text
            .parse()
            .map(Window::Minutes)
            .map_err(|_| "expected close, next-open, or minutes such as -10m..+20m".to_owned()),
    }
}

pub(super) fn length(text: &str) -> Result<Length, String> {
    text.parse().map_err(|error: fedpath::NotAccepted| error.to_string())
}

pub(super) fn zone(text: &str) -> Result<Zone, String> {
    text.parse().map_err(|error: fedpath::NotAccepted| error.to_string())
}

/// An announcement by its day, or its moment.
#[derive(Debug, Clone, Copy)]
pub(super) enum Announced {
    Day(NaiveDate),
    Moment(DateTime<Utc>),
}

/// A day in any spelling, a time of New York, or a time with an offset.
pub(super) fn announced(text: &str) -> Result<Announced, String> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(&text.replacen(' ', "T", 1)) {
        return Ok(Announced::Moment(moment.to_utc()));
    }
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"];
    match local.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok()) {
        Some(local) => {
            Zone::NEW_YORK.instant(local).map(Announced::Moment).map_err(|reason| format!("expected {reason}"))
        }
        None => date(text).map(Announced::Day),
    }
}

/// Over quotes with a time of day.
pub(super) fn surprises(
    args: &SurpriseArgs,
    span: MomentSpan,
    listed: Vec<Announced>,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    refuse_misplaced(args)?;
    let calendar = calendar(&args.calendar)?;
    let asked: Vec<Announced> = args.announcement.iter().copied().chain(listed).collect();
    let moments = moments(&asked, &calendar, messages)?;
    let mut windows = MomentWindows::new(moments, span, args.stale.unwrap_or_default());
    for source in QuoteSource::of(&args.paths, &args.reading, None, Product::FedFunds)? {
        each_tick(&source, args.timezone, |tick| windows.take(tick))?;
    }
    let mut found = windows.surprises(&calendar, args.rule.into());
    let name = names(&args.paths);
    if !found.iter().any(|one| one.surprise.is_ok()) {
        let message = format!(
            "expected quotes around an announcement, no older than {}, found none",
            args.stale.unwrap_or_default()
        );
        return Err(Failure::of_input(&name, &message));
    }
    if asked.is_empty() {
        // Of the decisions since 1994 those that the quotes are around.
        found.retain(|one| one.prices.iter().any(|prices| !prices.is_empty()));
    }
    let warnings = tell_missing(&found, messages);
    let mut telling = Telling::default();
    (telling.before, telling.after) = (Source::new(&name, ""), Source::new(&name, ""));
    let rule = args.rule.into();
    Ok(match out.form() {
        Format::Json => found.iter().try_for_each(|one| {
            out.render(&report::surprise_at_moment_line(one, rule, span, &telling, &warnings), report)
        }),
        Format::Table | Format::Csv => out.render(&report::surprises_at_moments(&found, rule, span, &telling), report),
    })
}

/// Options that would do nothing.
fn refuse_misplaced(args: &SurpriseArgs) -> Result<(), Failure> {
    let refused = |option: &str, why: &str| Err(Failure::Usage(format!("{option}: {why}")));
    if !args.as_of.is_empty() {
        return refused("--as-of", "a window of minutes is found by the times of the quotes");
    }
    if args.price != PriceName::Settle {
        return refused("--price", "quotes with a time of day have one price, the last");
    }
    if args.as_printed {
        return refused("--as-printed", "quotes with a time of day are taken as they are printed");
    }
    Ok(())
}

/// The moments asked for, a day by the time at which its decision was announced; without any, those of every decision.
fn moments(
    asked: &[Announced],
    calendar: &MeetingCalendar,
    messages: &Messages,
) -> Result<Vec<DateTime<Utc>>, Failure> {
    let times = AnnouncementTimes::embedded();
    if asked.is_empty() {
        let decided = calendar.meetings().iter().map(Meeting::announcement);
        let moves = TargetHistory::embedded();
        let moves = moves.changes().iter().filter_map(|change| change.announcement);
        let days: BTreeSet<NaiveDate> = decided.chain(moves).collect();
        return Ok(days.into_iter().filter_map(|day| times.announced(day, calendar)).collect());
    }
    let mut moments = Vec::new();
    for one in asked {
        match one {
            Announced::Moment(moment) => moments.push(*moment),
            Announced::Day(day) => match times.announced(*day, calendar) {
                Some(moment) => moments.push(moment),
                None => messages.warning(&format!(
                    "{day}: no time of an announcement is known on this day: give it, such as \"{day} 14:00\""
                )),
            },
        }
    }
    if moments.is_empty() {
        Err(Failure::Usage("expected the moment of an announcement, found none".to_owned()))
    } else {
        Ok(moments)
    }
}

/// Hands on every quote of a file.
pub(super) fn each_tick(source: &QuoteSource, zone: Option<Zone>, take: impl FnMut(Tick)) -> Result<(), Failure> {
    let name = source.name();
    let file = source.open().map_err(|message| Failure::of_input(&name, &message))?;
    let text = text_of(file).map_err(|error| Failure::of_input(&name, &format!("it cannot be read: {error}")))?;
    let read = TickStream::new(text, &source.options, zone).and_then(|mut ticks| ticks.each(take));
    read.map_err(|error| Failure::of_text(&name, &error))
}

/// The text of a file as it is read, unpacked where it is packed with gzip.
fn text_of(mut file: File) -> io::Result<Box<dyn Read>> {
    let mut start = [0; 2];
    let seen = file.read(&mut start)?;
    file.rewind()?;
    Ok(if start[..seen] == [0x1f, 0x8b] {
        Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(file)))
    } else {
        Box::new(file)
    })
}

/// Tells which announcements have no surprise, and why.
fn tell_missing(found: &[MomentSurprise], messages: &Messages) -> Vec<String> {
    let mut told = Vec::new();
    for one in found {
        let reason = match &one.surprise {
            Err(reason) => reason.to_string(),
            Ok(surprise) => match &surprise.current().surprise {
                Err(reason) => reason.to_string(),
                Ok(_) => continue,
            },
        };
        let announced = Zone::NEW_YORK.local(one.announced).format("%Y-%m-%d %H:%M");
        told.push(format!("{announced}: no surprise: {reason}"));
    }
    for sentence in &told {
        messages.warning(sentence);
    }
    told
}
