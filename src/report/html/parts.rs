//! The parts of a page that are no charts: what equities mean, derivations, warnings, provenance.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::super::words::day;
use super::super::{Source, Subject, text};
use crate::explain::Step;
use crate::market::calendar::{MeetingCalendar, TargetHistory};
use crate::outlook::{Outlook, View};
use crate::text::printable;

/// What the equity figures say, in the words of the text report.
pub(super) fn equities(subject: &Subject<'_>) -> Markup {
    let Some(study) = subject.study() else { return html! {} };
    let assets = study.equity().chunk_by(|a, b| a.asset.id == b.asset.id);
    let told: String = assets.map(|rows| text::of_asset(rows, study)).collect();
    let prose = [text::headline(study), told, text::lessons(study, false)];
    html! { @for text in &prose { p { (text.split_whitespace().collect::<Vec<_>>().join(" ")) } } }
}

/// How the figures of the meeting are made, step by step; folded.
pub(super) fn derivation(subject: &Subject<'_>) -> Markup {
    let meeting = subject.meeting();
    let of_day = |outlook: &Outlook| {
        let derivation = outlook.derivation(meeting, View::Cumulative)?;
        Some((format!("Priced on {}", day(outlook.path().as_of())), derivation.steps))
    };
    let days = [subject.before(), Some(subject.outlook())].into_iter().flatten();
    let mut parts: Vec<(String, Vec<Step>)> = days.filter_map(of_day).collect();
    if let Subject::Repricing(story, _) = subject {
        parts.push(("The shift".to_owned(), vec![story.derivation()]));
    }
    html! {
        @if !parts.is_empty() {
            section aria-labelledby="derivation-heading" {
                h2 id="derivation-heading" { "How the figures are made" }
                details id="derivation" {
                    summary { "Every step for the FOMC of " (day(meeting)) ", from the quoted prices on" }
                    @for (label, steps) in &parts {
                        h3 { (label) }
                        dl { @for step in steps { (described(step)) } }
                    }
                }
            }
        }
    }
}

fn described(step: &Step) -> Markup {
    html! {
        div {
            dt { (step.name) }
            dd {
                (step.equation())
                @if !step.reason.is_empty() { br; span class="reason" { (step.reason) } }
            }
        }
    }
}

/// What a reader should know before the figures; folded.
pub(super) fn warnings(subject: &Subject<'_>) -> Markup {
    let told = |outlook: &Outlook| outlook.path().notices().iter().map(ToString::to_string).collect::<Vec<_>>();
    let mut lines = match subject {
        Subject::Snapshot(outlook, _) => told(outlook),
        Subject::Repricing(story, _) => {
            let own = story.notices().iter().map(ToString::to_string);
            told(story.before()).into_iter().chain(told(story.after())).chain(own).collect()
        }
        Subject::History(series, _) => series.summary().lines(),
    };
    let mut seen = BTreeSet::new();
    lines.retain(|line| seen.insert(line.clone()));
    let count = match lines.len() {
        1 => "1 thing to know about these quotes".to_owned(),
        count => format!("{count} things to know about these quotes"),
    };
    html! {
        @if !lines.is_empty() {
            details class="warnings" {
                summary { (count) }
                ul { @for line in &lines { li { (line) } } }
            }
        }
    }
}

/// Files, dates, conventions, version.
pub(super) fn provenance(subject: &Subject<'_>) -> Markup {
    let of_day = |label: &str, outlook: &Outlook, source: &Source<'_>| {
        let path = outlook.path();
        let format = if source.format.is_empty() { String::new() } else { format!(", {}", source.format) };
        let (count, name) = (path.contracts().len(), printable(source.name));
        let range = path.target();
        (
            label.to_owned(),
            format!("{}, target range {range} %, {count} contracts of {name}{format}", day(path.as_of())),
        )
    };
    let mut rows = match subject {
        Subject::Snapshot(outlook, selection) => vec![of_day("Quotes", outlook, &selection.source)],
        Subject::Repricing(story, told) => {
            vec![of_day("Before", story.before(), &told.before), of_day("After", story.after(), &told.after)]
        }
        Subject::History(series, source) => {
            let days = series.next_meetings();
            let ends = days.first().zip(days.last());
            let span =
                ends.map_or(String::new(), |(first, last)| format!(", {} to {}", day(first.date), day(last.date)));
            let quotes = format!("{} days priced{span}, of {}", days.len(), printable(source.name));
            vec![("Quotes".to_owned(), quotes), of_day("Last day of it", series.last(), source)]
        }
    };
    let (first, last) = MeetingCalendar::embedded().span();
    let stated = day(TargetHistory::embedded().stated_as_of());
    let version = env!("CARGO_PKG_VERSION");
    rows.extend([
        ("Rule".to_owned(), text::rule(subject.outlook().path())),
        (
            "Embedded data".to_owned(),
            format!(
                "FOMC meetings of {} to {}, target ranges stated as of {stated}; where options give others, those hold",
                first.words(),
                last.words()
            ),
        ),
        ("Made by".to_owned(), format!("fedpath {version}; no figure is rounded before it is shown")),
    ]);
    html! {
        section id="provenance" aria-labelledby="provenance-heading" {
            h2 id="provenance-heading" { "Where it comes from" }
            dl { @for (label, words) in &rows { div { dt { (label) } dd { (words) } } } }
        }
    }
}
