//! The whole story between two snapshots.

use std::io::{self, Write};

use chrono::{Datelike, NaiveDate};

use super::super::number::{float_to, in_words};
use super::super::{ILLUSTRATIVE, Telling, grid};
use super::equity;
use crate::policy::{Outlook, View};
use crate::reprice::Repricing;
use crate::term::Tenor;
use crate::units::{Fraction, Probability};

/// Prints what changed: odds, path, curve, equities.
///
/// # Errors
/// Where `out` cannot be written.
pub fn reprice(story: &Repricing, told: &Telling<'_>, out: &mut dyn Write) -> io::Result<()> {
    match (told.before.illustrative, told.after.illustrative) {
        (true, true) => writeln!(out, "{ILLUSTRATIVE}\n")?,
        (true, false) => writeln!(out, "{ILLUSTRATIVE} (the first file)\n")?,
        (false, true) => writeln!(out, "{ILLUSTRATIVE} (the second file)\n")?,
        (false, false) => {}
    }
    writeln!(out, "{}\n", sentence(story))?;
    for (label, outlook, source) in [("Before", story.before(), &told.before), ("After", story.after(), &told.after)] {
        let path = outlook.path();
        let quotes = super::source_of(path, source);
        writeln!(out, "{label:<6}  {}  target range {} %  {quotes}", path.as_of(), path.target())?;
    }
    writeln!(out, "Rule    {}", super::rule(story.after().path()))?;

    writeln!(out, "\nCumulative odds against each day's own range, %; expected rate after the meeting, %\n")?;
    write!(out, "{}", shifts(story))?;

    writeln!(out, "\nZero rates, bp, for {}\n", equity::described(story.shift()))?;
    write!(out, "{}", curve(story))?;

    writeln!(out, "\nEquity price impact, %, of the same step")?;
    equity::tables(story.equity(), out)?;
    if told.explain {
        explain(story, out)?;
    }
    Ok(())
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
    for (effective, size) in story.shift().steps() {
        let days = effective.signed_duration_since(story.shift().valuation()).num_days();
        writeln!(out, "  step  s = {} from t0 = {days}/365 years on", equity::signed(size))?;
    }
    for response in story.curve() {
        writeln!(out, "  {}  {}", response.method, response.method.formula())?;
    }
    writeln!(out, "  equity  first order -int S(u) df(u) du; exact int w(u) e^(-int df) du - 1;")?;
    writeln!(
        out,
        "          S(u) is the share of present value paid after u years, e^(-y u) at payout yield y, w = -S'"
    )
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
        let mut row = vec![response.method.to_string()];
        row.extend(response.zero_bp.iter().map(|(_, bp)| float_to(*bp, 2)));
        row
    });
    grid::table(&headings, rows, 2)
}
