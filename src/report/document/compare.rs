//! One strip under several rules, side by side, `fedpath.compare/1`.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::Selection;
use super::basis::{basis, wrapped};
use super::columns::{self, ShownMeeting};
use super::{Document, Shown, Table, Value, data, number, words};
use crate::market::contract::Contract;
use crate::outlook::{Compared, Comparison, View};
use crate::rule::{MeetingStep, PolicyPath};

/// The odds and the expected rate after each meeting under each rule, and what each rule does otherwise.
#[must_use]
pub fn compare<'a>(comparison: &'a Comparison, selection: &Selection<'_>) -> Document<'a> {
    let first = comparison.rules.iter().find_map(|rule| rule.path.as_ref());
    let mut meetings = comparison.rules.iter().flat_map(|rule| shown_of(rule, selection));
    let hikes = meetings.any(|meeting| !meeting.shown.hike().exact().is_zero());
    let odds = |of: fn(&ShownMeeting<'_>) -> Value| {
        by_rule(comparison, selection, Shown::Percent(1), move |rule, day, selection| {
            shown_of(rule, selection).iter().find(|row| row.step.announcement() == day).map(of)
        })
    };
    let rates = by_rule(comparison, selection, Shown::Places(4), |rule, day, selection| {
        let mut steps = steps_of(rule, selection).into_iter();
        steps.find(|step| step.announcement() == day).map(|step| Value::from(&step.after))
    });
    let rules = Table::new("rules", &comparison.rules, rule_columns(selection));
    let document = Document::new("fedpath.compare/1")
        .text_block("The same quotes under several rules")
        .when(first, |document, first| document.text_block(basis(first, selection)))
        .member("source", selection.source.name)
        .member("view", selection.view.name())
        .json_table(rules)
        .text_block("Odds of a lower range after the meeting, %")
        .text_table(odds(|row| row.shown.ease().into()));
    let document = if hikes {
        document
            .text_block("Odds of a higher range after the meeting, %")
            .text_table(odds(|row| row.shown.hike().into()))
    } else {
        document.text_block("Odds of a higher range: 0.0 % at every meeting under every rule")
    };
    let reasons = comparison.rules.iter().map(|rule| {
        let error = rule.outlook.as_ref().err().map_or(String::new(), |error| format!("\n  no prices: {error}"));
        wrapped(&format!("{}: {}", rule.id, rule.reason)).join("\n") + &error
    });
    let document = document
        .text_block("Expected rate after the meeting, %")
        .text_table(rates)
        .text_block("Model price less quoted price of every contract, bp")
        .text_table(residuals(comparison))
        .text_block(reasons.collect::<Vec<_>>().join("\n"))
        .csv_table(tidy(comparison, selection));
    match first {
        Some(first) => document.ending_of(first, &selection.source),
        None => document.ending(selection.source.illustrative, []),
    }
}

/// What a rule shows of its meetings: without the first meeting the moves at the others alone are known, and nothing that
/// starts from it.
fn shown_of<'a>(rule: &'a Compared, selection: &Selection<'_>) -> Vec<ShownMeeting<'a>> {
    match (&rule.outlook, &rule.path) {
        (Ok(outlook), _) => columns::shown_meetings(outlook, selection),
        (Err(_), Some(path)) if selection.view == View::Meeting => {
            selection.steps(path).map(ShownMeeting::alone).collect()
        }
        _ => Vec::new(),
    }
}

/// The steps of a rule's meetings that are shown.
fn steps_of<'a>(rule: &'a Compared, selection: &Selection<'_>) -> Vec<&'a MeetingStep> {
    match (&rule.outlook, &rule.path) {
        (Ok(outlook), _) => selection.meetings(outlook).map(|meeting| &meeting.step).collect(),
        (Err(_), Some(path)) => selection.steps(path).collect(),
        (Err(_), None) => Vec::new(),
    }
}

fn rule_columns<'a>(selection: &Selection<'_>) -> Vec<super::Column<'a, &'a Compared>> {
    let (view, only, count) = (selection.view, selection.meeting, selection.count);
    let meetings = move |rule: &&'a Compared| {
        let selection = Selection { view, meeting: only, count, ..Selection::default() };
        Table::new("", shown_of(rule, &selection), meeting_columns()).objects()
    };
    let contracts = |rule: &&Compared| {
        let path = rule.path.as_ref();
        path.map_or(Value::List(Vec::new()), |path| columns::contracts(path).objects())
    };
    vec![
        data("rule", |rule: &&Compared| rule.id),
        data("reason", |rule: &&Compared| rule.reason.clone()),
        data("error", |rule: &&Compared| Value::if_any(rule.outlook.as_ref().err().map(ToString::to_string))),
        data("meetings", meetings),
        data("contracts", contracts),
    ]
}

fn meeting_columns<'a>() -> Vec<super::Column<'a, ShownMeeting<'a>>> {
    let mut columns = vec![
        data("meeting", |row: &ShownMeeting<'_>| row.step.announcement()),
        data("rate_before_percent", |row: &ShownMeeting<'_>| Value::from(&row.step.before)).no_csv(),
        data("rate_after_percent", |row: &ShownMeeting<'_>| Value::from(&row.step.after)),
        data("expected_moves", |row: &ShownMeeting<'_>| row.step.expected_moves()).no_csv(),
    ];
    columns.extend(columns::sides(|row: &ShownMeeting<'_>| &row.shown));
    columns
}

/// One row a rule and meeting.
fn tidy<'a>(comparison: &'a Comparison, selection: &Selection<'_>) -> Table<'a> {
    type Row<'a> = (&'static str, ShownMeeting<'a>);
    let rows = comparison.rules.iter().flat_map(|rule| shown_of(rule, selection).into_iter().map(|row| (rule.id, row)));
    let rows: Vec<Row<'a>> = rows.collect();
    let mut all = vec![
        data("rule", |(id, _): &Row<'a>| *id),
        data("meeting", |(_, row): &Row<'a>| row.step.announcement()),
        data("rate_after_percent", |(_, row): &Row<'a>| Value::from(&row.step.after)),
    ];
    all.extend(columns::sides(|(_, row): &Row<'a>| &row.shown));
    Table::new("", rows, all)
}

/// A figure of every meeting, a column a rule.
fn by_rule<'a>(
    comparison: &'a Comparison,
    selection: &Selection<'_>,
    shown: Shown,
    of: impl Fn(&Compared, NaiveDate, &Selection<'_>) -> Option<Value> + Copy + 'a,
) -> Table<'a> {
    let (view, only) = (selection.view, selection.meeting);
    let days = selection.first(comparison.meetings().filter(move |day| only.is_none_or(|only| only == *day)));
    let mut columns = vec![words("", "Meeting", |day: &NaiveDate| *day)];
    columns.extend(comparison.rules.iter().map(|rule| {
        let every = Selection { view, ..Selection::default() };
        number("", rule.id, shown, move |day: &NaiveDate| of(rule, *day, &every))
    }));
    Table::new("", days, columns)
}

/// How far each rule misses each contract; a contract that no rule can be held against is left out.
fn residuals(comparison: &Comparison) -> Table<'_> {
    fn residual(rule: &Compared, contract: Contract) -> Option<Value> {
        let fits = rule.path.as_ref()?.contracts();
        Some(Value::from(fits.iter().find(|fit| fit.contract == contract)?.residual.as_ref()?))
    }
    let paths = comparison.rules.iter().filter_map(|rule| rule.path.as_ref());
    let contracts: BTreeSet<Contract> = paths.flat_map(PolicyPath::contracts).map(|fit| fit.contract).collect();
    let any = |contract: &Contract| comparison.rules.iter().any(|rule| residual(rule, *contract).is_some());
    let mut columns = vec![words("", "Contract", |contract: &Contract| contract.symbol())];
    columns.extend(
        comparison
            .rules
            .iter()
            .map(|rule| number("", rule.id, Shown::Signed(2), move |contract: &Contract| residual(rule, *contract))),
    );
    Table::new("", contracts.into_iter().filter(any), columns)
}
