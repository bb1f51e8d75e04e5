//! The whole story between two snapshots.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use chrono::NaiveDate;

use super::super::number::in_words;
use super::super::{ILLUSTRATIVE, Telling, grid};
use super::words::day;
use super::{bars, equity, findings};
use crate::calendar::TargetRange;
use crate::policy::{Distribution, Outlook, View};
use crate::reprice::Repricing;
use crate::units::{Fraction, Probability};

/// Prints what changed: odds, path, curve, equities.
///
/// # Errors
/// Where `out` cannot be written.
pub fn reprice(story: &Repricing, told: &Telling<'_>, out: &mut dyn Write) -> io::Result<()> {
    illustrative(told, out)?;
    writeln!(out, "{}\n", sentence(story))?;
    snapshots(story, told, out)?;

    writeln!(out, "\nCumulative odds against each day's own range, %; expected rate after the meeting, %\n")?;
    write!(out, "{}", shifts(story))?;

    if told.bars {
        outcomes(story, out)?;
    }

    write!(out, "\n{}", findings::headline(story.sensitivity()))?;
    equity::sections(story.sensitivity(), false, out)?;
    if told.explain {
        explain(story, out)?;
    }
    Ok(())
}

/// Says so above everything else where either snapshot is illustrative.
pub(super) fn illustrative(told: &Telling<'_>, out: &mut dyn Write) -> io::Result<()> {
    match (told.before.illustrative, told.after.illustrative) {
        (true, true) => writeln!(out, "{ILLUSTRATIVE}\n"),
        (true, false) => writeln!(out, "{ILLUSTRATIVE} (the first file)\n"),
        (false, true) => writeln!(out, "{ILLUSTRATIVE} (the second file)\n"),
        (false, false) => Ok(()),
    }
}

/// The two snapshots, and the rule that solved them.
pub(super) fn snapshots(story: &Repricing, told: &Telling<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (label, outlook, source) in [("Before", story.before(), &told.before), ("After", story.after(), &told.after)] {
        let path = outlook.path();
        let quotes = super::source_of(path, source);
        writeln!(out, "{label:<6}  {}  target range {} %  {quotes}", path.as_of(), path.target())?;
    }
    writeln!(out, "Rule    {}", super::rule(story.after().path()))
}

/// How the odds, the shift, the curve and the equity figures are made.
fn explain(story: &Repricing, out: &mut dyn Write) -> io::Result<()> {
    let announcement = story.headline().announcement();
    for (label, outlook) in [("before", story.before()), ("after", story.after())] {
        if let Some(derivation) = outlook.derivation(announcement, View::Cumulative) {
            writeln!(out, "\n{} ({label})", outlook.path().as_of())?;
            super::explain(&derivation, out)?;
        }
    }
    writeln!(out, "\nHow the shift, the curve and the equity figures are made")?;
    let shift = story.derivation();
    writeln!(out, "  {}  {}", shift.name, shift.equation())?;
    equity::explain(story.sensitivity(), out)
}

/// The story in one sentence, told of the side that the market prices more. With a decision between the two days
/// the odds count from different ranges, and the story compares the levels of the expected rate.
fn sentence(story: &Repricing) -> String {
    let headline = story.headline();
    let meeting = day(headline.announcement());
    let days = format!("between {} and {}", day(as_of(story.before())), day(as_of(story.after())));
    let (ease, hike) = (headline.ease(), headline.hike());
    let larger = |(before, after): &(Probability, Probability)| before.clone().max(after.clone());
    let (side, (before, after)) = if larger(&hike) > larger(&ease) { ("hike", hike) } else { ("cut", ease) };
    let percent = |probability: &Probability| in_words(&probability.percent(), 1);
    let shift = headline.expected_rate_shift();
    let rates =
        [&headline.before.step.after, &headline.after.step.after].map(|rate| format!("{:.4} %", rate.percent()));
    let [rate_before, rate_after] = rates;
    match story.decision_between() {
        Some(decision) => format!(
            "The expected rate after the FOMC of {meeting} {} {days}: {rate_before} -> {rate_after}, {}.\nThe decision of {} lies \
             between: the odds of a {side} count from {} before ({} %) and from {} after ({} %).",
            moved(shift.exact(), &Fraction::zero()),
            equity::signed(&shift),
            day(decision),
            story.before().target(),
            percent(&before),
            story.after().target(),
            percent(&after),
        ),
        None => format!(
            "The odds of a {side} by the FOMC of {meeting} {} {days}: {} % -> {} %,\n{} on the expected rate after it \
             ({rate_before} -> {rate_after}).",
            moved(after.exact(), before.exact()),
            percent(&before),
            percent(&after),
            equity::signed(&shift),
        ),
    }
}

fn moved(after: &Fraction, before: &Fraction) -> &'static str {
    match after.cmp(before) {
        std::cmp::Ordering::Less => "fell",
        std::cmp::Ordering::Equal => "stayed the same",
        std::cmp::Ordering::Greater => "rose",
    }
}

fn as_of(outlook: &Outlook) -> NaiveDate {
    outlook.path().as_of()
}

/// The outcomes of the headline meeting before and after, a bar each.
fn outcomes(story: &Repricing, out: &mut dyn Write) -> io::Result<()> {
    const CELLS: usize = 24;
    let headline = story.headline();
    let of = |outlook: &Outlook, distribution: &Distribution| -> BTreeMap<TargetRange, Probability> {
        distribution.outcomes().map(|(moves, odds)| (outlook.target().moved(moves), odds.clone())).collect()
    };
    let before = of(story.before(), &headline.before.cumulative);
    let after = of(story.after(), &headline.after.cumulative);
    writeln!(out, "\nTarget range after {}, %, before and after\n", headline.announcement())?;
    let ranges: BTreeSet<&TargetRange> = before.keys().chain(after.keys()).collect();
    ranges.into_iter().try_for_each(|range| {
        let told = |odds: &BTreeMap<TargetRange, Probability>| {
            let odds = odds.get(range);
            let (percent, share) =
                odds.map_or(("-".to_owned(), 0.0), |odds| (format!("{:.1}", odds.percent()), odds.exact().to_f64()));
            format!("{percent:>5}  {:<CELLS$}", bars::bar(share, CELLS))
        };
        let line = format!("{:>11}  {}  {}", range.to_string(), told(&before), told(&after));
        writeln!(out, "{}", line.trim_end())
    })
}

fn shifts(story: &Repricing) -> String {
    let headings = [
        grid::text("Meeting"),
        grid::number("Ease\nbefore"),
        grid::number("\nafter"),
        grid::number("\npoints"),
        grid::number("Hike\nbefore"),
        grid::number("\nafter"),
        grid::number("Rate %\nbefore"),
        grid::number("\nafter"),
        grid::number("Shift\nbp"),
    ];
    let rows = story.meetings().iter().map(|shift| {
        let ((ease_before, ease_after), (hike_before, hike_after)) = (shift.ease(), shift.hike());
        let percent = |probability: &Probability| format!("{:.1}", probability.percent());
        vec![
            shift.announcement().to_string(),
            percent(&ease_before),
            percent(&ease_after),
            format!("{:+.1}", shift.ease_change_points()),
            percent(&hike_before),
            percent(&hike_after),
            format!("{:.4}", shift.before.step.after.percent()),
            format!("{:.4}", shift.after.step.after.percent()),
            format!("{:+.2}", shift.expected_rate_shift().exact()),
        ]
    });
    grid::table(&headings, rows, 2)
}
