//! The outcome table of one snapshot.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::super::{Selection, grid, words};
use super::bars;
use crate::outlook::{Distribution, MeetingOutlook, Outlook, View};
use crate::units::{Fraction, Probability};

/// Prints the probabilities of target ranges after each meeting, in percent.
///
/// # Errors
/// Where `out` cannot be written.
pub fn probs(outlook: &Outlook, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    let path = outlook.path();
    let meetings: Vec<(&MeetingOutlook, Distribution)> =
        selection.meetings(outlook).map(|meeting| (meeting, meeting.distribution(selection.view))).collect();
    let title = match selection.view {
        View::Cumulative => "Probability of each target range after the meeting, %",
        View::Meeting => "Probability of the move at each meeting alone, from today's range, %",
        View::Aggregated => "Expected change from today split between two ranges, %",
    };
    writeln!(out, "{title}\n")?;
    super::basis(path, selection, out)?;

    let possible: BTreeSet<i64> = meetings.iter().flat_map(|(_, shown)| shown.outcomes().map(|(k, _)| k)).collect();
    let visible = |k: &i64| meetings.iter().any(|(_, shown)| shows(&shown.probability(*k)));
    let (columns, hidden): (Vec<i64>, Vec<i64>) = possible.into_iter().partition(visible);
    let blocks: Vec<&[i64]> = columns.chunks(ranges_a_line(selection.width)).collect();
    for (index, block) in blocks.iter().enumerate() {
        let last = index + 1 == blocks.len();
        let mut headings = vec![grid::text("Meeting")];
        headings.extend(block.iter().map(|k| grid::number(heading(outlook, *k))));
        headings.extend(["Ease", "Hold", "Hike"].into_iter().filter(|_| last).map(grid::number));
        let rows = meetings.iter().map(|(meeting, shown)| {
            let mut row = vec![words::meeting(meeting.announcement(), meeting.step.provisional)];
            row.extend(block.iter().map(|k| cell(&shown.probability(*k))));
            row.extend([shown.ease(), shown.hold(), shown.hike()].iter().filter(|_| last).map(percent));
            row
        });
        write!(out, "{}{}", if index > 0 { "\n" } else { "" }, grid::table(&headings, rows, 1))?;
    }

    if meetings.iter().any(|(meeting, _)| meeting.step.provisional) {
        writeln!(out, "\n{}", words::PROVISIONAL)?;
    }
    if selection.bars {
        match meetings.as_slice() {
            [(_, only)] => outcomes(outlook, only, out)?,
            _ => sides(&meetings, out)?,
        }
    }
    if !hidden.is_empty() {
        let ranges: Vec<String> = hidden.iter().map(|k| outlook.target().moved(*k).to_string()).collect();
        writeln!(out, "\nBelow 0.05 % at every meeting and not shown: {}", ranges.join(", "))?;
    }
    for (meeting, reason) in outlook.without_table() {
        writeln!(out, "\nNot priced: {meeting}, {reason}")?;
    }
    if selection.explain {
        for (meeting, _) in &meetings {
            if let Some(derivation) = outlook.derivation(meeting.step.meeting.announcement(), selection.view) {
                super::explain(&derivation, out)?;
            }
        }
    }
    Ok(())
}

/// How many target ranges stand beside the meeting and the three sums; all of them where any width will do.
fn ranges_a_line(width: Option<usize>) -> usize {
    const MEETING: usize = 10;
    const RANGE: usize = 6;
    const SUMS: usize = 3 * RANGE;
    width.map_or(usize::MAX, |width| (width.saturating_sub(MEETING + SUMS) / RANGE).max(1))
}

/// The outcomes of one meeting, a bar each.
fn outcomes(outlook: &Outlook, shown: &Distribution, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    shown.outcomes().filter(|(_, odds)| shows(odds)).try_for_each(|(k, odds)| {
        let (range, bar) = (outlook.target().moved(k).to_string(), bars::bar(odds.exact().to_f64(), 50));
        writeln!(out, "{range:>11}  {:>5} %  {bar}", percent(&odds))
    })
}

/// What is priced of a lower range, of the same and of a higher one, a bar a meeting.
fn sides(meetings: &[(&MeetingOutlook, Distribution)], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nEase █, hold ·, hike ▒; the whole line is 100 %")?;
    meetings.iter().try_for_each(|(meeting, shown)| {
        let share = |side: Probability| side.exact().to_f64();
        let sides = [(share(shown.ease()), '█'), (share(shown.hold()), '·'), (share(shown.hike()), '▒')];
        writeln!(out, "{}  {}", meeting.step.meeting.announcement(), bars::parts(&sides, 66))
    })
}

/// The bounds of a range above each other, so that many ranges fit on a line.
fn heading(outlook: &Outlook, moves: i64) -> String {
    let range = outlook.target().moved(moves);
    if range.lower_bp() == range.upper_bp() {
        range.to_string()
    } else {
        format!("{:.2}-\n{:.2}", range.lower().percent(), range.upper().percent())
    }
}

/// An impossible outcome is a dash, so that 0.0 means a small chance.
fn cell(probability: &Probability) -> String {
    if probability.exact().is_zero() { "-".to_owned() } else { percent(probability) }
}

fn percent(probability: &Probability) -> String {
    format!("{:.1}", probability.percent())
}

/// Whether a probability is more than 0.0 when printed.
fn shows(probability: &Probability) -> bool {
    Fraction::ratio(1, 2000).is_some_and(|half_a_tenth| *probability.exact() >= half_a_tenth)
}

#[cfg(test)]
mod tests {
    use super::{cell, shows};
    use crate::units::Probability;

    #[test]
    fn a_range_is_shown_from_the_first_chance_that_prints_above_zero() {
        let told = |text: &str| {
            let probability: Probability = text.parse().unwrap();
            (cell(&probability), shows(&probability))
        };
        assert_eq!(told("0"), ("-".to_owned(), false));
        assert_eq!(told("0.000499"), ("0.0".to_owned(), false));
        assert_eq!(told("0.0005"), ("0.1".to_owned(), true));
        assert_eq!(told("1"), ("100.0".to_owned(), true));
    }
}
