//! The parts of a page that are no charts: what equities mean, derivations, warnings, provenance.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::super::document::rule;
use super::super::typeset::typeset;
use super::super::words::day;
use super::super::{Source, Subject, findings};
use crate::explain::Step;
use crate::outlook::{Outlook, View};
use crate::rule::Assumptions;
use crate::text::printable;

/// What to know of the equity figures, in the words of the text report; folded.
pub(super) fn equities(subject: &Subject<'_>) -> Markup {
    let Some(study) = subject.study() else { return html! {} };
    let assets = study.equity().chunk_by(|a, b| a.asset.id == b.asset.id);
    let told: String = assets.map(|rows| findings::of_asset(rows, study)).collect();
    let prose = [told, findings::lessons(study, false)];
    let prose = prose.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    html! {
        details class="notes" {
            summary { "Notes on the estimates" }
            @for text in prose.filter(|text| !text.is_empty()) { p { (typeset(&text)) } }
        }
    }
}

/// How the figures of the meeting are made, step by step; folded.
pub(super) fn derivation(subject: &Subject<'_>, prefix: &str) -> Markup {
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
            section aria-labelledby={ (prefix) "derivation-heading" } {
                h2 id={ (prefix) "derivation-heading" } { "How the figures are made" }
                details id={ (prefix) "derivation" } {
                    summary { "Every step for the FOMC of " (day(meeting)) ", from the quoted prices" }
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
            dt { (typeset(&step.name)) }
            dd {
                (typeset(&step.equation()))
                @if !step.reason.is_empty() { br; span class="reason" { (typeset(&step.reason)) } }
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
                ul { @for line in &lines { li { (typeset(line)) } } }
            }
        }
    }
}

/// Files, dates, conventions, version.
pub(super) fn provenance(subject: &Subject<'_>, assumptions: Option<&Assumptions>, prefix: &str) -> Markup {
    let of_day = |label: &str, outlook: &Outlook, source: &Source<'_>| {
        let path = outlook.path();
        let format = if source.format.is_empty() { String::new() } else { format!(", {}", source.format) };
        let (count, name) = (path.contracts().len(), printable(source.name));
        let range = path.target();
        (
            label.to_owned(),
            format!(
                "{}, target range {}, {count} contracts from {name}{format}",
                day(path.as_of()),
                typeset(&format!("{range} %"))
            ),
        )
    };
    let mut rows = match subject {
        Subject::Snapshot(outlook, selection) => vec![of_day("Quotes", outlook, &selection.source)],
        Subject::Repricing(story, told) => {
            vec![of_day("Before", story.before(), &told.before), of_day("After", story.after(), &told.after)]
        }
        Subject::History(series, through) => {
            let (from, to) = through.window(series);
            let count = series.days().len();
            let name = printable(through.source.name);
            let quotes = format!("{count} days that price the meeting, {} to {}, from {name}", day(from), day(to));
            vec![("Quotes".to_owned(), quotes), of_day("Last of these days", series.last(), &through.source)]
        }
    };
    rows.push(("Rule".to_owned(), rule(subject.outlook().path())));
    rows.extend(assumptions.map(tables));
    let version = env!("CARGO_PKG_VERSION");
    let made = format!("fedpath {version}; figures are computed exactly and rounded once, where they are shown");
    rows.push(("Made by".to_owned(), made));
    html! {
        section id={ (prefix) "provenance" } aria-labelledby={ (prefix) "provenance-heading" } {
            h2 id={ (prefix) "provenance-heading" } { "Sources" }
            dl { @for (label, words) in &rows { div { dt { (label) } dd { (words) } } } }
        }
    }
}

/// The tables that the figures rest on besides quotes.
fn tables(assumptions: &Assumptions) -> (String, String) {
    let (first, last) = assumptions.calendar.span();
    let stated = day(assumptions.targets.stated_as_of());
    let told = format!("FOMC meetings from {} to {}, target ranges as of {stated}", first.words(), last.words());
    ("Tables".to_owned(), told)
}
