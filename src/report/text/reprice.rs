//! The whole story between two snapshots.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::super::{ILLUSTRATIVE, Telling, grid, sentence, words};
use super::{bars, equity, findings};
use crate::market::calendar::TargetRange;
use crate::outlook::{Distribution, Outlook, View};
use crate::reprice::{MeetingShift, Repricing};
use crate::units::Probability;

/// Prints what changed: odds, path, curve, equities.
///
/// # Errors
/// Where `out` cannot be written.
pub fn reprice(story: &Repricing, told: &Telling<'_>, out: &mut dyn Write) -> io::Result<()> {
    illustrative(told, out)?;
    writeln!(out, "{}\n", sentence::repricing(story))?;
    snapshots(story, told, out)?;

    writeln!(out, "\nCumulative odds against each day's own range, %; expected rate after the meeting, %\n")?;
    write!(out, "{}", shifts(story))?;
    if story.meetings().iter().any(MeetingShift::provisional) {
        writeln!(out, "\n{}", words::PROVISIONAL)?;
    }

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
            words::meeting(shift.announcement(), shift.provisional()),
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
