//! The outcome table of one snapshot, `fedpath.probs/1`.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::Selection;
use super::super::bars;
use super::super::words::{PROVISIONAL, meeting};
use super::basis::{basis, derivation_in_words, derivation_row};
use super::columns::{self, ShownMeeting};
use super::joint;
use super::{Document, Shown, Table, list, number, words};
use crate::explain::Derivation;
use crate::market::calendar::TargetRange;
use crate::notice::UnpricedReason;
use crate::outlook::{Distribution, MeetingOutlook, Outlook, View};
use crate::rule::{MeetingStep, PolicyPath};
use crate::units::{Fraction, Probability};

/// The probability of each target range after each meeting.
#[must_use]
pub fn probs<'a>(outlook: &'a Outlook, selection: &Selection<'_>) -> Document<'a> {
    let unpriced = outlook.without_table().collect();
    let shown = columns::shown_meetings(outlook, selection);
    document(outlook.path(), shown, unpriced, derivations(outlook, selection).as_deref(), selection)
}

/// The probability of the move at each priced meeting alone: [`probs`] in the view of a meeting, of a path that lacks its first
/// meeting too. What that one decides is in no other meeting's own move.
#[must_use]
pub fn moves_alone<'a>(path: &'a PolicyPath, selection: &Selection<'_>) -> Document<'a> {
    let selection = Selection { view: View::Meeting, ..*selection };
    let shown = selection.steps(path).map(ShownMeeting::alone).collect();
    let unpriced = path.unpriced().iter().map(|gap| (gap.meeting.announcement(), gap.reason)).collect();
    let derivation = |step: &MeetingStep| path.derivation(step.announcement());
    let derivations: Option<Vec<Derivation>> =
        selection.explain.then(|| selection.steps(path).filter_map(derivation).collect());
    document(path, shown, unpriced, derivations.as_deref(), &selection)
}

fn document<'a>(
    path: &'a PolicyPath,
    shown: Vec<ShownMeeting<'a>>,
    unpriced: Vec<(NaiveDate, UnpricedReason)>,
    derivations: Option<&[Derivation]>,
    selection: &Selection<'_>,
) -> Document<'a> {
    let title = match selection.view {
        View::Cumulative => "Probability of each target range after the meeting, %",
        View::Meeting => "Probability of the move at each meeting alone, from today's range, %",
        View::Aggregated => "Expected change from today split between two ranges, %",
    };
    let target = path.target();
    let mut document = heading(path, selection).text_block(title).text_block(basis(path, selection));
    let possible: BTreeSet<i64> = shown.iter().flat_map(|row| row.shown.outcomes().map(|(moves, _)| moves)).collect();
    let visible = |moves: &i64| shown.iter().any(|row| shows(&row.shown.probability(*moves)));
    let (visible, hidden): (Vec<i64>, Vec<i64>) = possible.into_iter().partition(visible);
    let blocks: Vec<&[i64]> = visible.chunks(ranges_a_line(selection.width)).collect();
    for (index, block) in blocks.iter().enumerate() {
        document = document.text_table(ranges(target, &shown, block, index + 1 == blocks.len()));
    }
    if shown.iter().any(|row| row.step.provisional) {
        document = document.text_block(PROVISIONAL);
    }
    if selection.bars {
        document = document.text_block(match shown.as_slice() {
            [only] => outcome_bars(target, &only.shown),
            _ => side_bars(&shown),
        });
    }
    if !hidden.is_empty() {
        let ranges: Vec<String> = hidden.iter().map(|moves| target.moved(*moves).to_string()).collect();
        document = document.text_block(format!("Below 0.05 % at every meeting and not shown: {}", ranges.join(", ")));
    }
    let tidy = columns::tidy(path, &shown);
    let in_words: Vec<String> = derivations.into_iter().flatten().map(derivation_in_words).collect();
    document
        .json_table(Table::new("meetings", shown, columns::meeting(target)))
        .with(closing(path, unpriced, derivations, selection))
        .csv_table(tidy)
        .each(in_words, Document::text_block)
}

/// The members above the meetings.
pub(super) fn heading<'a>(path: &PolicyPath, selection: &Selection<'_>) -> Document<'a> {
    Document::new("fedpath.probs/1").snapshot(path, selection).member("view", selection.view.name())
}

/// What stands below the meetings of an outlook.
pub(super) fn ending<'a>(outlook: &'a Outlook, selection: &Selection<'_>) -> Document<'a> {
    let derivations = derivations(outlook, selection);
    closing(outlook.path(), outlook.without_table().collect(), derivations.as_deref(), selection)
}

fn derivations(outlook: &Outlook, selection: &Selection<'_>) -> Option<Vec<Derivation>> {
    let derivation = |meeting: &MeetingOutlook| outlook.derivation(meeting.announcement(), selection.view);
    selection.explain.then(|| selection.meetings(outlook).filter_map(derivation).collect())
}

fn closing<'a>(
    path: &'a PolicyPath,
    unpriced: Vec<(NaiveDate, UnpricedReason)>,
    derivations: Option<&[Derivation]>,
    selection: &Selection<'_>,
) -> Document<'a> {
    Document::default()
        .not_priced(unpriced.into_iter())
        .json_table(columns::contracts(path))
        .with(joint::members(path))
        .optional("derivations", derivations.map(|all| list(all, derivation_row)))
        .ending_of(path, &selection.source)
}

/// A column a range; the sums only where the table ends.
fn ranges<'a>(target: TargetRange, shown: &[ShownMeeting<'a>], block: &[i64], last: bool) -> Table<'a> {
    let mut columns =
        vec![words("", "Meeting", |row: &ShownMeeting<'_>| meeting(row.step.announcement(), row.step.provisional))];
    columns.extend(block.iter().map(|moves| {
        let moves = *moves;
        // An impossible outcome is a dash, so that 0.0 means a small chance.
        let cell = move |row: &ShownMeeting<'_>| {
            Some(row.shown.probability(moves)).filter(|probability| !probability.exact().is_zero())
        };
        number("", range_heading(target, moves), Shown::Percent(1), cell)
    }));
    if last {
        columns.extend(columns::sides(|row: &ShownMeeting<'_>| &row.shown));
    }
    Table::new("", shown.to_vec(), columns).narrow()
}

/// How many target ranges stand beside the meeting and the three sums; all of them where any width will do.
fn ranges_a_line(width: Option<usize>) -> usize {
    const MEETING: usize = 10;
    const RANGE: usize = 6;
    const SUMS: usize = 3 * RANGE;
    width.map_or(usize::MAX, |width| (width.saturating_sub(MEETING + SUMS) / RANGE).max(1))
}

/// The bounds of a range above each other, so that many ranges fit on a line.
fn range_heading(target: TargetRange, moves: i64) -> String {
    let range = target.moved(moves);
    if range.lower_bp() == range.upper_bp() {
        range.to_string()
    } else {
        format!("{:.2}-\n{:.2}", range.lower().exact(), range.upper().exact())
    }
}

/// The outcomes of one meeting, a bar each.
fn outcome_bars(target: TargetRange, shown: &Distribution) -> String {
    let visible = shown.outcomes().filter(|(_, odds)| shows(odds));
    let line = |(moves, odds): (i64, Probability)| {
        let (range, bar) = (target.moved(moves).to_string(), bars::bar(odds.exact().to_f64(), 50));
        format!("{range:>11}  {:>5} %  {bar}\n", format!("{:.1}", odds.percent()))
    };
    visible.map(line).collect()
}

/// What is priced of a lower range, of the same and of a higher one, a bar a meeting.
fn side_bars(meetings: &[ShownMeeting<'_>]) -> String {
    let line = |row: &ShownMeeting<'_>| {
        let share = |side: Probability| side.exact().to_f64();
        let shown = &row.shown;
        let sides = [(share(shown.ease()), '█'), (share(shown.hold()), '·'), (share(shown.hike()), '▒')];
        format!("{}  {}\n", row.step.announcement(), bars::parts(&sides, 66))
    };
    "Ease █, hold ·, hike ▒; the whole line is 100 %\n".to_owned() + &meetings.iter().map(line).collect::<String>()
}

/// Whether a probability is more than 0.0 when printed.
pub(super) fn shows(probability: &Probability) -> bool {
    Fraction::ratio(1, 2000).is_some_and(|half_a_tenth| *probability.exact() >= half_a_tenth)
}

#[cfg(test)]
mod tests {
    use super::shows;

    #[test]
    fn a_range_is_shown_from_the_first_chance_that_prints_above_zero() {
        let shown = |text: &str| shows(&text.parse().unwrap());
        assert_eq!(["0", "0.000499", "0.0005", "1"].map(shown), [false, false, true, true]);
    }
}
