//! One strip under several rules, side by side, `fedpath.compare/1`.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::Selection;
use super::basis::{basis, wrapped};
use super::columns::{self, ShownMeeting};
use super::{Document, Shown, Table, Value, data, number, words};
use crate::market::contract::Contract;
use crate::outlook::{Compared, Comparison, MeetingOutlook};

/// The odds and the expected rate after each meeting under each rule, and what each rule does otherwise.
#[must_use]
pub fn compare<'a>(comparison: &'a Comparison, selection: &Selection<'_>) -> Document<'a> {
    let first = comparison.rules.iter().find_map(|rule| rule.outlook.as_ref().ok());
    let view = selection.view;
    let outlooks = || comparison.rules.iter().filter_map(|rule| rule.outlook.as_ref().ok());
    let mut meetings = outlooks().flat_map(|outlook| selection.meetings(outlook));
    let hikes = meetings.any(|meeting| !meeting.distribution(view).hike().exact().is_zero());
    let by_rule = |shown, of: fn(&ShownMeeting<'_>) -> Value| by_rule(comparison, selection, shown, of);
    let rules = Table::new("rules", &comparison.rules, rule_columns(selection));
    let document = Document::new("fedpath.compare/1")
        .text_block("The same quotes under several rules")
        .when(first, |document, first| document.text_block(basis(first.path(), selection)))
        .member("source", selection.source.name)
        .member("view", view.name())
        .json_table(rules)
        .text_block("Odds of a lower range after the meeting, %")
        .text_table(by_rule(Shown::Percent(1), |row| row.shown.ease().into()));
    let document = if hikes {
        document
            .text_block("Odds of a higher range after the meeting, %")
            .text_table(by_rule(Shown::Percent(1), |row| row.shown.hike().into()))
    } else {
        document.text_block("Odds of a higher range: 0.0 % at every meeting under every rule")
    };
    let reasons = comparison.rules.iter().map(|rule| {
        let error = rule.outlook.as_ref().err().map_or(String::new(), |error| format!("\n  no prices: {error}"));
        wrapped(&format!("{}: {}", rule.id, rule.reason)).join("\n") + &error
    });
    let document = document
        .text_block("Expected rate after the meeting, %")
        .text_table(by_rule(Shown::Places(4), |row| Value::from(&row.meeting.step.after)))
        .text_block("Model price less quoted price of every contract, bp")
        .text_table(residuals(comparison))
        .text_block(reasons.collect::<Vec<_>>().join("\n"))
        .csv_table(tidy(comparison, selection));
    match first {
        Some(first) => document.ending_of(first.path(), &selection.source),
        None => document.ending(selection.source.illustrative, []),
    }
}

fn rule_columns<'a>(selection: &Selection<'_>) -> Vec<super::Column<'a, &'a Compared>> {
    let (view, only, count) = (selection.view, selection.meeting, selection.count);
    let meetings = move |rule: &&'a Compared| {
        let selection = Selection { view, meeting: only, count, ..Selection::default() };
        let shown = rule.outlook.as_ref().map(|outlook| columns::shown_meetings(outlook, &selection));
        Table::new("", shown.unwrap_or_default(), meeting_columns()).objects()
    };
    let contracts = |rule: &&Compared| {
        let outlook = rule.outlook.as_ref().ok();
        outlook.map_or(Value::List(Vec::new()), |outlook| columns::contracts(outlook.path()).objects())
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
        data("meeting", |row: &ShownMeeting<'_>| row.meeting.announcement()),
        data("rate_before_percent", |row: &ShownMeeting<'_>| Value::from(&row.meeting.step.before)).no_csv(),
        data("rate_after_percent", |row: &ShownMeeting<'_>| Value::from(&row.meeting.step.after)),
        data("expected_moves", |row: &ShownMeeting<'_>| row.meeting.step.expected_moves()).no_csv(),
    ];
    columns.extend(columns::sides(|row: &ShownMeeting<'_>| &row.shown));
    columns
}

/// One row a rule and meeting.
fn tidy<'a>(comparison: &'a Comparison, selection: &Selection<'_>) -> Table<'a> {
    type Row<'a> = (&'static str, ShownMeeting<'a>);
    let rows = comparison.rules.iter().filter_map(|rule| Some((rule.id, rule.outlook.as_ref().ok()?)));
    let rows: Vec<Row<'a>> = rows
        .flat_map(|(id, outlook)| columns::shown_meetings(outlook, selection).into_iter().map(move |row| (id, row)))
        .collect();
    let mut all = vec![
        data("rule", |(id, _): &Row<'a>| *id),
        data("meeting", |(_, row): &Row<'a>| row.meeting.announcement()),
        data("rate_after_percent", |(_, row): &Row<'a>| Value::from(&row.meeting.step.after)),
    ];
    all.extend(columns::sides(|(_, row): &Row<'a>| &row.shown));
    Table::new("", rows, all)
}

/// A figure of every meeting, a column a rule.
fn by_rule<'a>(
    comparison: &'a Comparison,
    selection: &Selection<'_>,
    shown: Shown,
    of: fn(&ShownMeeting<'_>) -> Value,
) -> Table<'a> {
    let (view, only) = (selection.view, selection.meeting);
    let days = selection.first(comparison.meetings().filter(move |day| only.is_none_or(|only| only == *day)));
    let mut columns = vec![words("", "Meeting", |day: &NaiveDate| *day)];
    columns.extend(comparison.rules.iter().map(|rule| {
        number("", rule.id, shown, move |day: &NaiveDate| {
            let meeting: Option<&MeetingOutlook> = rule.outlook.as_ref().ok().and_then(|outlook| outlook.meeting(*day));
            meeting.map(|meeting| of(&ShownMeeting { meeting, shown: meeting.distribution(view) }))
        })
    }));
    Table::new("", days, columns)
}

/// How far each rule misses each contract; a contract that no rule can be held against is left out.
fn residuals(comparison: &Comparison) -> Table<'_> {
    fn residual(rule: &Compared, contract: Contract) -> Option<Value> {
        let fits = rule.outlook.as_ref().ok()?.path().contracts();
        Some(Value::from(fits.iter().find(|fit| fit.contract == contract)?.residual.as_ref()?))
    }
    let outlooks = comparison.rules.iter().filter_map(|rule| rule.outlook.as_ref().ok());
    let contracts: BTreeSet<Contract> =
        outlooks.flat_map(|outlook| outlook.path().contracts()).map(|fit| fit.contract).collect();
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
