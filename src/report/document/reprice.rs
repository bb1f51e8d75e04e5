//! The whole story between two snapshots, `fedpath.reprice/1`: odds and path, curve, equities.

use std::collections::{BTreeMap, BTreeSet};

use super::super::words::{PROVISIONAL, day, meeting};
use super::super::{EquityDetail, Telling, bars, sentence};
use super::basis::{derivation_in_words, derivation_row, step};
use super::equity::{self, equations, explained};
use super::two_snapshots::{illustrative, side, snapshots};
use super::{Document, Shown, Table, Value, data, number, object, words};
use crate::market::calendar::TargetRange;
use crate::outlook::{Distribution, Outlook, View};
use crate::reprice::{MeetingShift, Repricing};
use crate::units::{Fraction, Probability};

/// What changed between two snapshots.
#[must_use]
pub fn reprice<'a>(story: &'a Repricing, told: &Telling<'_>) -> Document<'a> {
    let headline = story.headline();
    let (ease_before, ease_after) = headline.ease();
    let shown = || story.meetings().iter().take(told.count.unwrap_or(usize::MAX));
    let provisional = shown().any(MeetingShift::provisional);
    let equity = match told.equity {
        EquityDetail::None => Document::default().member("equity", Value::List(Vec::new())),
        detail => Document::default().json_table(equity::impacts(story.sensitivity())).with(equity::in_words(
            story.sensitivity(),
            detail,
            false,
        )),
    };
    let document = Document::new("fedpath.reprice/1")
        .when(illustrative(told), Document::text_block)
        .text_block(sentence::repricing(story))
        .each(decision_days(story), Document::more_text)
        .text_block(snapshots(story, told))
        .member("before", side(story.before(), &told.before))
        .member("after", side(story.after(), &told.after))
        .member("meeting", headline.announcement())
        .member("decision_between", story.decision_between())
        .exact("ease_before", ease_before)
        .exact("ease_after", ease_after)
        .member("ease_change_points", headline.ease_change_points())
        .exact("expected_rate_shift_bp", headline.expected_rate_shift())
        .text_block("Cumulative odds against each day's own range, %; expected rate after the meeting, %")
        .table(Table::new("meetings", shown(), shifts()))
        .when(provisional.then_some(PROVISIONAL), Document::text_block)
        .when(told.bars.then(|| outcome_bars(story)), Document::text_block)
        .with(equity::curve(story.sensitivity()))
        .with(equity);
    let document = if told.explain { explain(document, story) } else { document };
    document.ending(told.is_illustrative(), told.warnings(story))
}

/// A day of a decision: its range is not yet the new one, and its odds count the decision.
fn decision_days(story: &Repricing) -> Vec<String> {
    let on_the_day =
        |outlook: &&Outlook| outlook.meetings().iter().any(|meeting| meeting.announcement() == outlook.path().as_of());
    let days = [story.before(), story.after()].into_iter().filter(on_the_day).map(|outlook| {
        let (path, target) = (outlook.path(), outlook.target());
        format!(
            "{} is the day of a decision, which is not yet in force: its odds count from {target} %.",
            day(path.as_of())
        )
    });
    days.collect()
}

/// What changed at a meeting.
fn shifts<'a>() -> Vec<super::Column<'a, &'a MeetingShift>> {
    const ODDS: Shown = Shown::Percent(1);
    let points = |shift: &&MeetingShift| shift.ease_change_points();
    let rate = |shown: &crate::outlook::MeetingOutlook| shown.step.after.exact().clone();
    let bp = |shift: &&MeetingShift| shift.expected_rate_shift();
    vec![
        words("", "Meeting", |shift: &&MeetingShift| meeting(shift.announcement(), shift.provisional())).text_only(),
        data("meeting", |shift: &&MeetingShift| shift.announcement()),
        number("ease_before", "Ease\nbefore", ODDS, |shift: &&MeetingShift| shift.ease().0),
        number("ease_after", "\nafter", ODDS, |shift: &&MeetingShift| shift.ease().1),
        number("", "\npoints", Shown::Signed(1), points).text_only(),
        number("hike_before", "Hike\nbefore", ODDS, |shift: &&MeetingShift| shift.hike().0),
        number("hike_after", "\nafter", ODDS, |shift: &&MeetingShift| shift.hike().1),
        number("", "Rate %\nbefore", Shown::Places(4), move |shift: &&MeetingShift| rate(&shift.before)).text_only(),
        number("", "\nafter", Shown::Places(4), move |shift: &&MeetingShift| rate(&shift.after)).text_only(),
        number("expected_rate_shift_bp", "Shift\nbp", Shown::Signed(2), bp),
        data("cumulative_moves_before", |shift: &&MeetingShift| -> Fraction { shift.before.cumulative_moves.clone() }),
        data("cumulative_moves_after", |shift: &&MeetingShift| -> Fraction { shift.after.cumulative_moves.clone() }),
        data("provisional", |shift: &&MeetingShift| Value::if_any(shift.provisional().then_some(true))).no_csv(),
    ]
}

/// How the odds, the shift, the curve and the equity figures are made.
fn explain<'a>(document: Document<'a>, story: &Repricing) -> Document<'a> {
    let announcement = story.headline().announcement();
    let derivation = |outlook: &Outlook| outlook.derivation(announcement, View::Cumulative);
    let sides = [("before", story.before()), ("after", story.after())];
    let shift = story.derivation();
    let document = document.each(sides, |document, (label, outlook)| {
        document.when(derivation(outlook), |document, one| {
            document.text_block(format!("{} ({label})", outlook.path().as_of())).text_block(derivation_in_words(&one))
        })
    });
    document
        .text_block(format!(
            "How the shift, the curve and the equity figures are made\n  {}  {}\n{}",
            shift.name,
            shift.equation(),
            explained(story.sensitivity())
        ))
        .member(
            "derivations",
            object([
                ("before", derivation(story.before()).as_ref().map(derivation_row).into()),
                ("after", derivation(story.after()).as_ref().map(derivation_row).into()),
                ("shift", step(&shift)),
                ("equity", equations(story.sensitivity())),
            ]),
        )
}

/// The outcomes of the headline meeting before and after, a bar each.
fn outcome_bars(story: &Repricing) -> String {
    const CELLS: usize = 24;
    let headline = story.headline();
    let of = |outlook: &Outlook, distribution: &Distribution| -> BTreeMap<TargetRange, Probability> {
        distribution.outcomes().map(|(moves, odds)| (outlook.target().moved(moves), odds)).collect()
    };
    let before = of(story.before(), &headline.before.cumulative);
    let after = of(story.after(), &headline.after.cumulative);
    let mut text = format!("Target range after {}, %, before and after\n\n", headline.announcement());
    let ranges: BTreeSet<&TargetRange> = before.keys().chain(after.keys()).collect();
    for range in ranges {
        let told = |odds: &BTreeMap<TargetRange, Probability>| {
            let odds = odds.get(range);
            let (percent, share) =
                odds.map_or(("-".to_owned(), 0.0), |odds| (format!("{:.1}", odds.percent()), odds.exact().to_f64()));
            format!("{percent:>5}  {:<CELLS$}", bars::bar(share, CELLS))
        };
        let line = format!("{:>11}  {}  {}", range.to_string(), told(&before), told(&after));
        text += line.trim_end();
        text.push('\n');
    }
    text
}
