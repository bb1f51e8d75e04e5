//! What-if: `fedpath.solve/1`, with the part that was asked for.

use std::collections::BTreeMap;
use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::super::number::exact;
use super::super::{Selection, either};
use super::snapshot::{DerivationRow, StepText};
use super::write;
use crate::market::bank::CentralBank;
use crate::market::contract::ContractMonth;
use crate::notice::Notice;
use crate::outlook::{Event, FairPrice, Jacobian, MeetingOutlook, Outlook, Wanted};
use crate::rule::PolicyPath;
use crate::units::{BasisPoints, Fraction, Price};

#[derive(Serialize)]
struct SolveDocument<'a, Answer> {
    schema: &'static str,
    as_of: String,
    method: &'static str,
    decision_day: String,
    source: &'a str,
    #[serde(flatten)]
    answer: Answer,
    illustrative: bool,
    warnings: Vec<String>,
}

fn document<Answer: Serialize>(
    path: &PolicyPath,
    selection: &Selection<'_>,
    answer: Answer,
    out: &mut dyn Write,
) -> io::Result<()> {
    let document = SolveDocument {
        schema: "fedpath.solve/1",
        as_of: path.as_of().to_string(),
        method: path.method().id(),
        decision_day: path.decision_day().to_string(),
        source: selection.source.name,
        answer,
        illustrative: selection.source.illustrative,
        warnings: path.notices().iter().map(Notice::to_string).collect(),
    };
    write(&document, out)
}

#[derive(Serialize)]
struct WantedAnswer {
    meeting: String,
    move_bp: i64,
    probability: String,
    moves_now: String,
    moves_wanted: String,
    prices: Vec<WantedRow>,
}

#[derive(Serialize)]
struct WantedRow {
    contract: String,
    quoted: String,
    price: String,
    price_exact: String,
    change_bp: String,
    moves_per_bp: String,
    on_grid: String,
    moves_on_grid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<StepText>>,
}

/// What each contract would have to trade at for a wanted probability.
///
/// # Errors
/// Where `out` cannot be written.
pub fn wanted_prices(
    path: &PolicyPath,
    wanted: &Wanted,
    selection: &Selection<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let row = |price: &crate::outlook::WantedPrice| WantedRow {
        contract: price.contract.month().to_string(),
        quoted: price.quoted.to_string(),
        price: exact(&price.price),
        price_exact: price.price.to_string(),
        change_bp: exact(price.change().exact()),
        moves_per_bp: exact(&per_basis_point(&price.moves_per_point)),
        on_grid: exact(&price.on_grid),
        moves_on_grid: exact(&price.moves_on_grid),
        steps: selection.explain.then(|| wanted.steps(price.contract).iter().map(StepText::from).collect()),
    };
    let answer = WantedAnswer {
        meeting: wanted.meeting.to_string(),
        move_bp: CentralBank::FED.moves_bp(wanted.outcome),
        probability: exact(wanted.probability.exact()),
        moves_now: exact(&wanted.moves_now),
        moves_wanted: exact(&wanted.moves),
        prices: wanted.prices.iter().map(row).collect(),
    };
    document(path, selection, answer, out)
}

#[derive(Serialize)]
struct OutcomesAnswer {
    outcomes: Vec<OutcomeRow>,
    contracts: Vec<FairRow>,
}

#[derive(Serialize)]
struct OutcomeRow {
    meeting: String,
    move_bp: String,
}

#[derive(Serialize)]
struct FairRow {
    contract: String,
    quoted: String,
    fair_price: String,
    fair_price_exact: String,
    change_bp: String,
    gain_usd: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<StepText>>,
}

/// The fair price of every contract, and what one contract bought gains, if meetings change the range by so much.
///
/// # Errors
/// Where `out` cannot be written.
pub fn fair_prices(
    path: &PolicyPath,
    outcomes: &[(NaiveDate, BasisPoints)],
    prices: &[FairPrice],
    selection: &Selection<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let row = |fair: &FairPrice| FairRow {
        contract: fair.contract.month().to_string(),
        quoted: fair.quoted.to_string(),
        fair_price: exact(&fair.price()),
        fair_price_exact: fair.price().to_string(),
        change_bp: exact(&-fair.change().exact()),
        gain_usd: exact(&fair.profit()),
        steps: selection.explain.then(|| fair.steps().iter().map(StepText::from).collect()),
    };
    let outcome = |(meeting, bp): &(NaiveDate, BasisPoints)| OutcomeRow {
        meeting: meeting.to_string(),
        move_bp: exact(bp.exact()),
    };
    let answer = OutcomesAnswer {
        outcomes: outcomes.iter().map(outcome).collect(),
        contracts: prices.iter().map(row).collect(),
    };
    document(path, selection, answer, out)
}

#[derive(Serialize)]
struct BumpedAnswer {
    prices: Vec<BumpRow>,
    meetings: Vec<BumpedRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    derivations: Option<Vec<DerivationRow>>,
}

#[derive(Serialize)]
struct BumpRow {
    contract: String,
    quoted: String,
    price: String,
}

#[derive(Serialize)]
struct BumpedRow {
    meeting: String,
    ease_quoted: String,
    ease: String,
    hold_quoted: String,
    hold: String,
    hike_quoted: String,
    hike: String,
    rate_after_quoted_percent: String,
    rate_after_percent: String,
    outcomes: Vec<BumpedOutcome>,
}

#[derive(Serialize)]
struct BumpedOutcome {
    lower_bp: i64,
    upper_bp: i64,
    probability_quoted: String,
    probability: String,
    change: String,
}

/// What other prices of some contracts do to every meeting, and to every outcome.
///
/// # Errors
/// Where `out` cannot be written.
pub fn other_prices(
    (before, after): (&Outlook, &Outlook),
    prices: &[(ContractMonth, Price, Price)],
    selection: &Selection<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let bump = |(contract, quoted, price): &(ContractMonth, Price, Price)| BumpRow {
        contract: contract.to_string(),
        quoted: quoted.to_string(),
        price: price.to_string(),
    };
    let meetings = before.meetings().iter().zip(after.meetings()).filter(|(now, _)| selection.includes(&now.step));
    let meetings = meetings.map(|(now, then)| {
        let (shown_now, shown_then) = (now.distribution(selection.view), then.distribution(selection.view));
        let outcome = |moves: i64| {
            let (quoted, probability) = (shown_now.probability(moves), shown_then.probability(moves));
            let range = before.target().moved(moves);
            BumpedOutcome {
                lower_bp: range.lower_bp(),
                upper_bp: range.upper_bp(),
                probability_quoted: exact(quoted.exact()),
                probability: exact(probability.exact()),
                change: exact(&(probability.exact() - quoted.exact())),
            }
        };
        BumpedRow {
            meeting: now.step.meeting.announcement().to_string(),
            ease_quoted: exact(shown_now.ease().exact()),
            ease: exact(shown_then.ease().exact()),
            hold_quoted: exact(shown_now.hold().exact()),
            hold: exact(shown_then.hold().exact()),
            hike_quoted: exact(shown_now.hike().exact()),
            hike: exact(shown_then.hike().exact()),
            rate_after_quoted_percent: exact(now.step.after.percent()),
            rate_after_percent: exact(then.step.after.percent()),
            outcomes: either(&shown_now, &shown_then).into_iter().map(outcome).collect(),
        }
    });
    let derivation = |meeting: &MeetingOutlook| {
        after.derivation(meeting.step.meeting.announcement(), selection.view).map(|each| DerivationRow::from(&each))
    };
    let answer = BumpedAnswer {
        prices: prices.iter().map(bump).collect(),
        meetings: meetings.collect(),
        derivations: selection.explain.then(|| selection.meetings(after).filter_map(derivation).collect()),
    };
    document(before.path(), selection, answer, out)
}

#[derive(Serialize)]
struct JacobianAnswer {
    jacobian: Vec<JacobianRow>,
}

#[derive(Serialize)]
struct JacobianRow {
    meeting: String,
    contract: String,
    rate_after_bp_per_bp: String,
    moves_per_bp: String,
    ease_points_per_bp: String,
    hold_points_per_bp: String,
    hike_points_per_bp: String,
    outcomes: Vec<OutcomeSlope>,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "units stand in the key names")]
struct OutcomeSlope {
    lower_bp: i64,
    upper_bp: i64,
    points_per_bp: String,
}

/// How every figure moves with every price: for a price that rises by a basis point.
///
/// # Errors
/// Where `out` cannot be written.
pub fn jacobian(jacobian: &Jacobian, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    let outlook = jacobian.outlook();
    let mut rows = Vec::new();
    for meeting in selection.meetings(outlook) {
        let day = meeting.step.meeting.announcement();
        let slopes = |event: Event| jacobian.probability_slopes(day, event).unwrap_or_default();
        let sides = [Event::Ease, Event::HOLD, Event::Hike].map(slopes);
        let outcomes: Vec<(i64, _)> =
            meeting.cumulative.outcomes().map(|(count, _)| (count, slopes(Event::Moves(count)))).collect();
        // Points of a hundred for a hundredth of a point.
        let of = |slopes: &BTreeMap<ContractMonth, Fraction>, contract: &ContractMonth| {
            exact(&slopes.get(contract).cloned().unwrap_or_else(Fraction::zero))
        };
        for contract in jacobian.contracts() {
            let rate = jacobian.rate_after(day).map_or_else(Fraction::zero, |rate| rate.slope(*contract));
            let moves = jacobian.moves(day).map_or_else(Fraction::zero, |moves| moves.slope(*contract));
            if rate.is_zero() && moves.is_zero() && sides.iter().all(|side| !side.contains_key(contract)) {
                continue;
            }
            let [ease, hold, hike] = sides.each_ref().map(|side| of(side, contract));
            let slope = |(count, slopes): &(i64, _)| {
                let range = outlook.target().moved(*count);
                let points_per_bp = of(slopes, contract);
                OutcomeSlope { lower_bp: range.lower_bp(), upper_bp: range.upper_bp(), points_per_bp }
            };
            rows.push(JacobianRow {
                meeting: day.to_string(),
                contract: contract.to_string(),
                rate_after_bp_per_bp: exact(&rate),
                moves_per_bp: exact(&per_basis_point(&moves)),
                ease_points_per_bp: ease,
                hold_points_per_bp: hold,
                hike_points_per_bp: hike,
                outcomes: outcomes.iter().map(slope).collect(),
            });
        }
    }
    document(outlook.path(), selection, JacobianAnswer { jacobian: rows }, out)
}

fn per_basis_point(per_point: &Fraction) -> Fraction {
    per_point / &Fraction::integer(100)
}
