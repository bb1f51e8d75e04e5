//! What the joint fit says beside a path: the basis, its shape and what prices show of it, the contracts left out, and each as the
//! others predict it.

use super::{Document, Shown, Table, Value, data, number, words};
use crate::market::product::Product;
use crate::rule::{BasisKnot, ContractFit, LeftOutContract, ObservedBasis, PolicyPath, Prediction, SharedLevel};
use crate::units::Fraction;

/// The members of JSON; nothing of another rule.
pub(super) fn members(path: &PolicyPath) -> Document<'_> {
    let Some(joint) = path.joint() else { return Document::default() };
    let document = Document::default()
        .member("basis_shape", joint.shape.to_string())
        .member("priced_to", joint.reach)
        .json_table(basis(&joint.basis))
        .json_table(observed(&joint.observed))
        .json_table(left_out(&joint.left_out));
    let shared = Some(&joint.shared).filter(|all| !all.is_empty());
    let document = document.when(shared, |document, all| document.json_table(shared_levels(all)));
    let predicted = Some(&joint.leave_one_out).filter(|all| !all.is_empty());
    document.when(predicted, |document, all| document.json_table(predictions(all)))
}

/// The same for people, and the members.
pub(super) fn sections(path: &PolicyPath) -> Document<'_> {
    let Some(joint) = path.joint() else { return Document::default() };
    let mut document = members(path).text_block(misses(path));
    if joint.basis.is_empty() {
        document = document.text_block("Basis: none, SOFR is taken to be the effective rate.");
    } else {
        document = document
            .text_block(format!(
                "Basis, EFFR less SOFR, {}: linear between these days from {}, flat outside",
                joint.shape,
                path.as_of()
            ))
            .text_table(basis(&joint.basis));
    }
    if !joint.observed.is_empty() {
        document = document
            .text_block("Basis that prices show, SR1 less ZQ of one month: no model, half a tick of each either way")
            .text_table(observed(&joint.observed));
    }
    if !joint.left_out.is_empty() {
        document = document.text_block("Left out of the fit").text_table(left_out(&joint.left_out));
    }
    if !joint.leave_one_out.is_empty() {
        document =
            document.text_block("Each contract as the others predict it").text_table(predictions(&joint.leave_one_out));
    }
    if !joint.shared.is_empty() {
        document = document
            .text_block(
                "Without odds of their own: levels that contracts cover together, in the\n\
                 smallest steps that fit the prices. Prices of the path there rest on them.",
            )
            .text_table(shared_levels(&joint.shared));
    }
    document
        .text_block(format!("The last contract that speaks ends on {}: rates from then on are assumed.", joint.reach))
}

/// The levels after the meetings without odds of their own.
fn shared_levels(levels: &[SharedLevel]) -> Table<'_> {
    Table::new(
        "shared_levels",
        levels,
        [
            words("meeting", "Meeting", |level: &&SharedLevel| level.meeting),
            words("effective", "From", |level: &&SharedLevel| level.effective),
            number("rate_after_percent", "Rate %", Shown::Places(4), |level: &&SharedLevel| Value::from(&level.rate))
                .with_exact(),
            data("assumed", |level: &&SharedLevel| level.assumed),
            words("", "Shared", |level: &&SharedLevel| if level.assumed { "yes" } else { "no, told" }).text_only(),
        ],
    )
}

/// How far the contracts that speak are missed, by product.
fn misses(path: &PolicyPath) -> String {
    let of = |product: Product| {
        let fits = path.contracts().iter().filter(|fit| fit.used && fit.contract.product() == product);
        let missed: Vec<f64> =
            fits.filter_map(|fit| fit.residual.as_ref().map(|residual| residual.exact().to_f64())).collect();
        #[expect(clippy::cast_precision_loss, reason = "some dozens of contracts")]
        let count = missed.len() as f64;
        let rms = (missed.iter().map(|miss| miss * miss).sum::<f64>() / count).sqrt();
        let contracts = missed.len();
        (!missed.is_empty()).then(|| format!("{} {rms:.2} ({contracts})", product.code()))
    };
    let by_product: Vec<String> = Product::ALL.into_iter().filter_map(of).collect();
    let read: Vec<&ContractFit> = path.contracts().iter().filter(|fit| fit.used && fit.residual.is_some()).collect();
    let ticks = |fit: &&&ContractFit| fit.residual_ticks().is_some_and(|ticks| ticks.abs() <= Fraction::integer(1));
    let within = read.iter().filter(ticks).count();
    let largest = read.iter().filter_map(|fit| Some((fit.residual.clone()?, fit.contract)));
    let largest = largest.max_by_key(|(residual, _)| residual.exact().abs());
    let largest = largest.map_or(String::new(), |(residual, contract)| {
        format!("; the largest {:+.2} ({})", residual.exact(), contract.symbol())
    });
    format!(
        "Root mean square miss, bp (contracts): {}{largest}; {within} of {} within a tick",
        by_product.join(", "),
        read.len()
    )
}

fn basis(knots: &[BasisKnot]) -> Table<'_> {
    let symbols = |knot: &&BasisKnot, last: bool| {
        knot.contracts.map(|(first, end)| if last { end.symbol() } else { first.symbol() })
    };
    Table::new(
        "basis",
        knots,
        [
            number("days", "Days", Shown::Plain, |knot: &&BasisKnot| knot.days),
            number("basis_bp", "Basis bp", Shown::Signed(2), |knot: &&BasisKnot| knot.basis.clone()),
            words("first_contract", "Rests on", move |knot: &&BasisKnot| symbols(knot, false)),
            words("last_contract", "to", move |knot: &&BasisKnot| symbols(knot, true)),
        ],
    )
}

fn observed(months: &[ObservedBasis]) -> Table<'_> {
    Table::new(
        "observed_basis",
        months,
        [
            words("month", "Month", |month: &&ObservedBasis| month.month),
            number("basis_bp", "Basis bp", Shown::Signed(2), |month: &&ObservedBasis| month.basis.clone()).with_exact(),
        ],
    )
}

fn left_out(contracts: &[LeftOutContract]) -> Table<'_> {
    Table::new(
        "left_out",
        contracts,
        [
            words("", "Contract", |left: &&LeftOutContract| left.contract.symbol()).text_only(),
            data("contract", |left: &&LeftOutContract| left.contract),
            data("product", |left: &&LeftOutContract| left.contract.product().code()),
            words("reason", "Reason", |left: &&LeftOutContract| left.reason.to_string()),
            number("predicted_price", "Predicted", Shown::Places(4), |left: &&LeftOutContract| {
                left.predicted.as_ref().map(Value::from)
            }),
            number("", "Miss bp", Shown::Signed(2), |left: &&LeftOutContract| left.miss()).text_only(),
        ],
    )
}

fn predictions(all: &[Prediction]) -> Table<'_> {
    Table::new(
        "leave_one_out",
        all,
        [
            words("", "Contract", |one: &&Prediction| one.contract.symbol()).text_only(),
            data("contract", |one: &&Prediction| one.contract),
            data("product", |one: &&Prediction| one.contract.product().code()),
            number("price", "Price", Shown::Plain, |one: &&Prediction| one.price),
            number("predicted_price", "Predicted", Shown::Places(4), |one: &&Prediction| {
                one.predicted.as_ref().map(Value::from)
            }),
            number("miss_bp", "Miss bp", Shown::Signed(2), |one: &&Prediction| one.miss()),
        ],
    )
}
