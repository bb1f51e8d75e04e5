//! The whole story between two snapshots.

use std::io::{self, Write};

use chrono::{Datelike, NaiveDate};

use super::super::number::{float_to, in_words};
use super::super::{Telling, grid};
use super::equity;
use crate::policy::Outlook;
use crate::reprice::Repricing;
use crate::term::Tenor;
use crate::units::{Fraction, Probability};

/// Prints what changed: odds, path, curve, equities.
///
/// # Errors
/// Where `out` cannot be written.
pub fn reprice(story: &Repricing, told: &Telling<'_>, out: &mut dyn Write) -> io::Result<()> {
    if told.illustrative {
        writeln!(
            out,
            "Illustrative data: the embedded episode, prices chosen to give these figures, not market quotes.\n"
        )?;
    }
    writeln!(out, "{}", sentence(story))?;
    if let Some(decision) = story.decision_between() {
        writeln!(
            out,
            "A decision of {decision} lies between: odds count from {} before and from {} after; compare the levels of the expected rate.",
            story.before().target(),
            story.after().target()
        )?;
    }
    writeln!(out)?;
    for (label, outlook, selection) in [("Before", story.before(), &told.before), ("After", story.after(), &told.after)]
    {
        let path = outlook.path();
        writeln!(out, "{label:<6}  {}  range {}  {}", path.as_of(), path.target(), super::basis(path, selection))?;
    }

    writeln!(
        out,
        "\nPriced for each meeting: cumulative odds against each day's own range, %, and the expected rate after it\n"
    )?;
    write!(out, "{}", shifts(story))?;

    writeln!(out, "\nZero rates, bp, for {}\n", equity::described(story.shift()))?;
    write!(out, "{}", curve(story))?;

    writeln!(out, "\nEquity price impact, %, of the same step")?;
    equity::tables(story.equity(), out)?;
    if told.explain {
        let announcement = story.headline().announcement();
        for (label, outlook) in [("before", story.before()), ("after", story.after())] {
            if let Some(derivation) = outlook.derivation(announcement) {
                writeln!(out, "\n{} ({label})", outlook.path().as_of())?;
                super::explain(&derivation, out)?;
            }
        }
    }
    Ok(())
}

/// The story in one sentence, told of the side that the market prices more.
fn sentence(story: &Repricing) -> String {
    let headline = story.headline();
    let (ease, hike) = (headline.ease(), headline.hike());
    let larger = |(before, after): &(Probability, Probability)| before.clone().max(after.clone());
    let (side, (before, after)) = if larger(&hike) > larger(&ease) { ("hike", hike) } else { ("cut", ease) };
    let direction = match after.cmp(&before) {
        std::cmp::Ordering::Less => "fell",
        std::cmp::Ordering::Equal => "stayed the same",
        std::cmp::Ordering::Greater => "rose",
    };
    let percent = |probability: &Probability| in_words(&probability.percent(), 1);
    let level = |outlook: &Fraction| format!("{outlook:.4}");
    format!(
        "The odds of a {side} by the FOMC of {} {direction} between {} and {}: {} % -> {} %, {} on the expected rate after it \
         ({} % -> {} %).",
        day(headline.announcement()),
        day(as_of(story.before())),
        day(as_of(story.after())),
        percent(&before),
        percent(&after),
        equity::signed(&headline.expected_rate_shift()),
        level(headline.before.step.after.percent()),
        level(headline.after.step.after.percent()),
    )
}

fn as_of(outlook: &Outlook) -> NaiveDate {
    outlook.path().as_of()
}

/// "10 Dec 2025".
fn day(date: NaiveDate) -> String {
    format!("{} {}", date.day(), date.format("%b %Y"))
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

fn curve(story: &Repricing) -> String {
    let mut headings = vec![grid::text("Scenario")];
    headings.extend(Tenor::STANDARD.iter().map(|tenor| grid::number(tenor.to_string())));
    let rows = story.curve().iter().map(|response| {
        let mut row = vec![response.persistence.to_string()];
        row.extend(response.zero_bp.iter().map(|(_, bp)| float_to(*bp, 2)));
        row
    });
    grid::table(&headings, rows, 2)
}
