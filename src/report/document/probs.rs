//! The outcome table of one snapshot, `fedpath.probs/1`.

use std::collections::BTreeSet;

use super::super::Selection;
use super::super::bars;
use super::super::words::{PROVISIONAL, meeting};
use super::basis::{basis, derivation_in_words, derivation_row};
use super::columns::{self, ShownMeeting};
use super::joint;
use super::{Document, Shown, Table, list, number, words};
use crate::outlook::{Distribution, MeetingOutlook, Outlook, View};
use crate::units::{Fraction, Probability};

/// The probability of each target range after each meeting.
#[must_use]
pub fn probs<'a>(outlook: &'a Outlook, selection: &Selection<'_>) -> Document<'a> {
    let title = match selection.view {
        View::Cumulative => "Probability of each target range after the meeting, %",
        View::Meeting => "Probability of the move at each meeting alone, from today's range, %",
        View::Aggregated => "Expected change from today split between two ranges, %",
    };
    let shown = columns::shown_meetings(outlook, selection);
    let mut document = heading(outlook, selection).text_block(title).text_block(basis(outlook.path(), selection));
    let possible: BTreeSet<i64> = shown.iter().flat_map(|row| row.shown.outcomes().map(|(moves, _)| moves)).collect();
    let visible = |moves: &i64| shown.iter().any(|row| shows(&row.shown.probability(*moves)));
    let (visible, hidden): (Vec<i64>, Vec<i64>) = possible.into_iter().partition(visible);
    let blocks: Vec<&[i64]> = visible.chunks(ranges_a_line(selection.width)).collect();
    for (index, block) in blocks.iter().enumerate() {
        document = document.text_table(ranges(outlook, selection, block, index + 1 == blocks.len()));
    }
    if shown.iter().any(|row| row.meeting.step.provisional) {
        document = document.text_block(PROVISIONAL);
    }
    if selection.bars {
        document = document.text_block(match shown.as_slice() {
            [only] => outcome_bars(outlook, &only.shown),
            _ => side_bars(&shown),
        });
    }
    if !hidden.is_empty() {
        let ranges: Vec<String> = hidden.iter().map(|moves| outlook.target().moved(*moves).to_string()).collect();
        document = document.text_block(format!("Below 0.05 % at every meeting and not shown: {}", ranges.join(", ")));
    }
    let table = Table::new("meetings", shown, columns::meeting(outlook.target()));
    let document = ending(document.json_table(table), outlook, selection).csv_table(columns::tidy(outlook, selection));
    if !selection.explain {
        return document;
    }
    let derivation = |meeting: &MeetingOutlook| outlook.derivation(meeting.announcement(), selection.view);
    document.each(selection.meetings(outlook).filter_map(derivation), |document, derivation| {
        document.text_block(derivation_in_words(&derivation))
    })
}

/// The members above the meetings.
pub(super) fn heading<'a>(outlook: &Outlook, selection: &Selection<'_>) -> Document<'a> {
    Document::new("fedpath.probs/1").snapshot(outlook.path(), selection).member("view", selection.view.name())
}

/// What stands below the meetings.
pub(super) fn ending<'a>(document: Document<'a>, outlook: &'a Outlook, selection: &Selection<'_>) -> Document<'a> {
    let derivation = |meeting: &MeetingOutlook| outlook.derivation(meeting.announcement(), selection.view);
    let derivations =
        selection.explain.then(|| list(selection.meetings(outlook).filter_map(derivation), |one| derivation_row(&one)));
    document
        .not_priced(
            outlook.without_table(),
            &selection.meetings(outlook).map(MeetingOutlook::announcement).collect::<Vec<_>>(),
            selection.count,
        )
        .json_table(columns::contracts(outlook.path()))
        .with(joint::members(outlook.path()))
        .optional("derivations", derivations)
        .ending_of(outlook.path(), &selection.source)
}

/// A column a range; the sums only where the table ends.
fn ranges<'a>(outlook: &'a Outlook, selection: &Selection<'_>, block: &[i64], last: bool) -> Table<'a> {
    let rows = columns::shown_meetings(outlook, selection);
    let mut columns = vec![words("", "Meeting", |row: &ShownMeeting<'_>| {
        meeting(row.meeting.announcement(), row.meeting.step.provisional)
    })];
    columns.extend(block.iter().map(|moves| {
        let moves = *moves;
        // An impossible outcome is a dash, so that 0.0 means a small chance.
        let cell = move |row: &ShownMeeting<'_>| {
            Some(row.shown.probability(moves)).filter(|probability| !probability.exact().is_zero())
        };
        number("", range_heading(outlook, moves), Shown::Percent(1), cell)
    }));
    if last {
        columns.extend(columns::sides(|row: &ShownMeeting<'_>| &row.shown));
    }
    Table::new("", rows, columns).narrow()
}

/// How many target ranges stand beside the meeting and the three sums; all of them where any width will do.
fn ranges_a_line(width: Option<usize>) -> usize {
    const MEETING: usize = 10;
    const RANGE: usize = 6;
    const SUMS: usize = 3 * RANGE;
    width.map_or(usize::MAX, |width| (width.saturating_sub(MEETING + SUMS) / RANGE).max(1))
}

/// The bounds of a range above each other, so that many ranges fit on a line.
fn range_heading(outlook: &Outlook, moves: i64) -> String {
    let range = outlook.target().moved(moves);
    if range.lower_bp() == range.upper_bp() {
        range.to_string()
    } else {
        format!("{:.2}-\n{:.2}", range.lower().exact(), range.upper().exact())
    }
}

/// The outcomes of one meeting, a bar each.
fn outcome_bars(outlook: &Outlook, shown: &Distribution) -> String {
    let visible = shown.outcomes().filter(|(_, odds)| shows(odds));
    let line = |(moves, odds): (i64, Probability)| {
        let (range, bar) = (outlook.target().moved(moves).to_string(), bars::bar(odds.exact().to_f64(), 50));
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
        format!("{}  {}\n", row.meeting.announcement(), bars::parts(&sides, 66))
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
