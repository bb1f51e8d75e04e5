//! The expected rate before and after each meeting, and the fit of every contract, `fedpath.path/1`.

use std::collections::BTreeSet;

use super::super::Selection;
use super::super::words::PROVISIONAL;
use super::basis::basis;
use super::{Document, Table};
use super::{columns, joint};
use crate::market::contract::ContractMonth;
use crate::rule::{ContractFit, MeetingStep, Method, PolicyPath};

/// The expected rate before and after each meeting, and model against quoted price of every contract.
#[must_use]
pub fn path<'a>(path: &'a PolicyPath, selection: &Selection<'_>) -> Document<'a> {
    let fit = match path.method() {
        Method::ByMeeting => None,
        Method::FedWatch => Some("A contract the rule reads is met exactly; the others show what the rule leaves out."),
        Method::Joint => Some(
            "One path of the effective rate and a basis to SOFR miss all contracts together as little as they can.",
        ),
        Method::LeastSquares => Some("The path misses all contracts together as little as it can, each by its weight."),
    };
    let missed = |fit: &&ContractFit| fit.residual.as_ref().is_some_and(|residual| !residual.exact().is_zero());
    let spot = path.contracts().iter().find(|fit| fit.used && path.method() == Method::FedWatch && missed(fit));
    let spot = spot.map(|spot| {
        format!("{} is compared with its realised days, and with the path for the rest.", spot.contract.symbol())
    });
    let open = "-: the month has realised days (needs fixings) or lies past the last priced meeting";
    let any_open = path.contracts().iter().any(|fit| fit.residual.is_none());
    let derivation = |step: &MeetingStep| path.derivation(step.meeting.announcement());
    let derivations = selection.explain.then(|| selection.steps(path).filter_map(derivation).collect());
    let steps = columns::step(|step: &&MeetingStep| Some(step));
    Document::new("fedpath.path/1")
        .text_block("Expected federal funds rate before and after each meeting")
        .text_block(basis(path, selection))
        .snapshot(path, selection)
        .side_table(Table::new("meetings", selection.steps(path), steps))
        .not_priced(
            path.unpriced().iter().map(|gap| (gap.meeting.announcement(), gap.reason)),
            &selection.steps(path).map(|step| step.meeting.announcement()).collect::<Vec<_>>(),
            selection.count,
        )
        .when(selection.steps(path).any(|step| step.provisional).then_some(PROVISIONAL), Document::text_block)
        .when(
            fit.map(|fit| format!("Fit of every contract: model price less quoted price\n{fit}")),
            Document::text_block,
        )
        .with(match path.contracts() {
            // Rates by meeting have none.
            [] => Document::default().json_table(columns::contracts(path)),
            _ => Document::default().side_table(columns::contracts(path)),
        })
        .when(spot, Document::text_block)
        .when(any_open.then_some(open), Document::text_block)
        .with(joint::sections(path))
        .derivations(derivations)
        .ending_of(path, &selection.source)
        .csv_table(if path.joint().is_some() { contracts(path, selection) } else { months(path, selection) })
}

/// One row a contract, of several products; beside a fed funds contract the meeting of its month.
fn contracts<'a>(path: &'a PolicyPath, selection: &Selection<'_>) -> Table<'a> {
    let wanted =
        |fit: &&ContractFit| selection.meeting.is_none_or(|meeting| ContractMonth::of(meeting) == fit.contract.month());
    let mut columns = columns::fit_of(path, |fit: &&ContractFit| Some(fit));
    columns.extend(columns::step(move |fit: &&ContractFit| {
        let own = (fit.contract.product() == path.product()).then_some(fit.contract.month());
        path.steps().iter().find(|step| own == Some(step.contract()))
    }));
    Table::new("", path.contracts().iter().filter(wanted), columns)
}

/// One row a month: its contract, and the meeting in it.
fn months<'a>(path: &'a PolicyPath, selection: &Selection<'_>) -> Table<'a> {
    type Month<'a> = (Option<&'a ContractFit>, Option<&'a MeetingStep>);
    let quoted = path.contracts().iter().map(|fit| fit.contract.month());
    let all: BTreeSet<ContractMonth> = quoted.chain(path.steps().iter().map(MeetingStep::contract)).collect();
    let wanted = |month: &ContractMonth| selection.meeting.is_none_or(|meeting| ContractMonth::of(meeting) == *month);
    let rows = all.into_iter().filter(wanted).map(|month| {
        let fit = path.contracts().iter().find(|fit| fit.contract.month() == month);
        (month, (fit, path.steps().iter().find(|step| step.contract() == month)))
    });
    let mut columns = columns::fit(|(_, row): &(ContractMonth, Month<'a>)| row.0);
    columns.extend(columns::step(|(_, row): &(ContractMonth, Month<'a>)| row.1));
    // A month without a contract still has its name.
    columns.retain(|column| !column.is("contract"));
    columns.insert(0, super::data("contract", |(month, _): &(ContractMonth, Month<'a>)| *month));
    Table::new("", rows, columns)
}
