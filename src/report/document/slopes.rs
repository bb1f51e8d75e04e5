//! How every figure moves with every price, also `fedpath.solve/1`: slopes, and figures priced anew a basis point higher.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::Selection;
use super::solve::{heading, per_basis_point};
use super::{Document, Shown, Table, Value, data, list, number, object, words};
use crate::market::contract::{Contract, ContractMonth};
use crate::outlook::{Distribution, Event, Jacobian, MeetingOutlook, Outlook};
use crate::units::{BasisPoints, Fraction};

/// How a meeting's figures move with one price.
struct Slopes {
    meeting: NaiveDate,
    contract: ContractMonth,
    rate: Fraction,
    moves: Fraction,
    sides: [Fraction; 3],
    /// What a rise of exactly one basis point does to the three sides, in points; none where it would leave every rate.
    bumped: Option<[Fraction; 3]>,
    outcomes: Value,
}

/// How every figure moves with every price: for a price that rises by a basis point; `beside` holds the outlook with each SOFR future
/// a basis point higher.
#[must_use]
pub fn jacobian<'a>(
    jacobian: &'a Jacobian,
    beside: &'a [(Contract, Outlook)],
    selection: &Selection<'_>,
) -> Document<'a> {
    let outlook = jacobian.outlook();
    let meetings: Vec<NaiveDate> = selection.meetings(outlook).map(MeetingOutlook::announcement).collect();
    let rows = slopes(jacobian, selection);
    let (moving, silent): (Vec<ContractMonth>, Vec<ContractMonth>) =
        jacobian.contracts().iter().copied().partition(|contract| rows.iter().any(|row| row.contract == *contract));
    let product = jacobian.outlook().path().product();
    let by_meeting = |cell: Cells| {
        let cell = std::rc::Rc::new(cell);
        let mut columns =
            vec![words("", "Contract", move |contract: &ContractMonth| product.contract(*contract).symbol())];
        columns.extend(meetings.iter().map(|day| {
            let (day, cell) = (*day, cell.clone());
            let heading = day.format("%Y-\n%m-%d").to_string();
            number("", heading, Shown::Signed(2), move |contract: &ContractMonth| cell.get(&(day, *contract)).cloned())
        }));
        Table::new("", moving.clone(), columns).narrow()
    };
    let rates = cells(&rows, |row| Some(&row.rate));
    let [lower, higher] = [0, 2].map(|side| cells(&rows, move |row| Some(&row.sides[side])));
    let [lower_bumped, higher_bumped] =
        [0, 2].map(|side| cells(&rows, move |row| row.bumped.as_ref().map(|sides| &sides[side])));
    let silent: Vec<String> = silent.iter().map(|contract| product.contract(*contract).symbol()).collect();
    let silent = (!silent.is_empty()).then(|| format!("None of these figures moves with {}", silent.join(", ")));
    // A table of a figure that no price moves has nothing but dashes: there is none.
    let side = |document: Document<'a>, (slopes, bumped): (Cells, Cells), what: &str| {
        let odds = format!("Odds of a {what} range after the meeting");
        if slopes.is_empty() && bumped.is_empty() {
            return document.text_block(format!("{odds}: no price moves them"));
        }
        let bent = slopes != bumped;
        let document = document.text_block(format!("{odds}, points, by the slope")).text_table(by_meeting(slopes));
        if bent {
            document.text_block(format!("{odds}, points, priced anew 1 bp higher")).text_table(by_meeting(bumped))
        } else {
            document.more_text("Priced anew 1 bp higher they move by the same")
        }
    };
    let document =
        heading(outlook.path(), selection, "How the figures move with a price that rises by 1 bp (0.01)".to_owned());
    side(side(document, (lower, lower_bumped), "lower"), (higher, higher_bumped), "higher")
        .text_block("Expected rate after the meeting, bp")
        .text_table(by_meeting(rates))
        .when(silent, Document::text_block)
        .when((!beside.is_empty()).then_some(beside), |document, beside| {
            document
                .text_block("Expected rate after the meeting, bp, with a SOFR future 1 bp higher: fitted anew")
                .text_table(rates_beside(outlook, beside, &meetings))
                .json_table(odds_beside(outlook, beside, &meetings))
        })
        .data_table(table(rows))
        .ending_of(outlook.path(), &selection.source)
}

/// A SOFR future a basis point higher, and a meeting then.
struct Beside<'a> {
    contract: Contract,
    now: &'a MeetingOutlook,
    then: &'a MeetingOutlook,
}

impl Beside<'_> {
    fn rate(&self) -> BasisPoints {
        &self.then.step.after - &self.now.step.after
    }
}

/// What each SOFR future does to the rate after each meeting.
fn rates_beside<'a>(now: &'a Outlook, beside: &'a [(Contract, Outlook)], meetings: &[NaiveDate]) -> Table<'a> {
    let mut columns = vec![words("", "Contract", |(contract, _): &&(Contract, Outlook)| contract.symbol())];
    columns.extend(meetings.iter().map(|day| {
        let day = *day;
        let heading = day.format("%Y-\n%m-%d").to_string();
        number("", heading, Shown::Signed(2), move |(contract, then): &&(Contract, Outlook)| {
            let (now, then) = (now.meeting(day)?, then.meeting(day)?);
            Some(Beside { contract: *contract, now, then }.rate())
        })
    }));
    Table::new("", beside, columns).narrow()
}

/// One row a meeting and SOFR future.
fn odds_beside<'a>(now: &'a Outlook, beside: &'a [(Contract, Outlook)], meetings: &[NaiveDate]) -> Table<'a> {
    let rows = meetings.iter().flat_map(|day| {
        let row = move |(contract, then): &'a (Contract, Outlook)| {
            Some(Beside { contract: *contract, now: now.meeting(*day)?, then: then.meeting(*day)? })
        };
        beside.iter().filter_map(row)
    });
    let points = |side: fn(&Distribution) -> crate::units::Probability| {
        move |row: &Beside<'_>| &side(&row.then.cumulative).percent() - &side(&row.now.cumulative).percent()
    };
    Table::new(
        "sofr_bump_1bp",
        rows.collect::<Vec<_>>(),
        [
            data("meeting", |row: &Beside<'_>| row.now.announcement()),
            data("product", |row: &Beside<'_>| row.contract.product().code()),
            data("contract", |row: &Beside<'_>| row.contract),
            data("rate_after_bp", |row: &Beside<'_>| row.rate()),
            data("ease_points", points(Distribution::ease)),
            data("hold_points", points(Distribution::hold)),
            data("hike_points", points(Distribution::hike)),
        ],
    )
}

/// A figure by meeting and contract, where the contract moves it.
type Cells = BTreeMap<(NaiveDate, ContractMonth), Fraction>;

fn cells(rows: &[Slopes], figure: impl Fn(&Slopes) -> Option<&Fraction>) -> Cells {
    let cell = |row: &Slopes| {
        let figure = figure(row).filter(|figure| !figure.is_zero())?;
        Some(((row.meeting, row.contract), figure.clone()))
    };
    rows.iter().filter_map(cell).collect()
}

/// What a rise of one basis point of one contract does to the odds after each meeting, in points: of a lower range, the same
/// and a higher one.
fn bumped_odds(jacobian: &Jacobian, contract: ContractMonth) -> BTreeMap<NaiveDate, [Fraction; 3]> {
    let rise = BasisPoints::from_exact(Fraction::integer(1));
    let Ok(then) = jacobian.bump(&[(contract, rise)].into()) else { return BTreeMap::new() };
    let now = jacobian.outlook().meetings().iter().map(|meeting| &meeting.cumulative);
    let sides = [Distribution::ease, Distribution::hold, Distribution::hike];
    let points = |(now, (day, then)): (&Distribution, (NaiveDate, Distribution))| {
        (day, sides.map(|side| &side(&then).percent() - &side(now).percent()))
    };
    now.zip(then).map(points).collect()
}

/// One row a meeting and contract that moves it.
fn slopes(jacobian: &Jacobian, selection: &Selection<'_>) -> Vec<Slopes> {
    let outlook = jacobian.outlook();
    let bumped = |contract: &ContractMonth| (*contract, bumped_odds(jacobian, *contract));
    let bumped: BTreeMap<_, _> = jacobian.contracts_read().iter().map(bumped).collect();
    let mut rows = Vec::new();
    for meeting in selection.meetings(outlook) {
        let day = meeting.announcement();
        let slopes = |event: Event| jacobian.probability_slopes(day, event).unwrap_or_default();
        let sides = [Event::Ease, Event::HOLD, Event::Hike].map(slopes);
        let outcomes: Vec<(i64, _)> =
            meeting.cumulative.outcomes().map(|(count, _)| (count, slopes(Event::Moves(count)))).collect();
        // Points of a hundred for a hundredth of a point.
        let of = |slopes: &BTreeMap<ContractMonth, Fraction>, contract: &ContractMonth| {
            slopes.get(contract).cloned().unwrap_or_else(Fraction::zero)
        };
        for contract in jacobian.contracts() {
            let rate = jacobian.rate_after(day).map_or_else(Fraction::zero, |rate| rate.slope(*contract));
            let moves = jacobian.moves(day).map_or_else(Fraction::zero, |moves| moves.slope(*contract));
            let sides = sides.each_ref().map(|side| of(side, contract));
            if rate.is_zero() && moves.is_zero() && sides.iter().all(Fraction::is_zero) {
                continue;
            }
            let slope = |(count, slopes): &(i64, _)| {
                let range = outlook.target().moved(*count);
                object([
                    ("lower_bp", range.lower_bp().into()),
                    ("upper_bp", range.upper_bp().into()),
                    ("points_per_bp", of(slopes, contract).into()),
                ])
            };
            let (moves, outcomes) = (per_basis_point(&moves), list(&outcomes, slope));
            let bumped = bumped.get(contract).and_then(|odds| odds.get(&day)).cloned();
            rows.push(Slopes { meeting: day, contract: *contract, rate, moves, sides, bumped, outcomes });
        }
    }
    rows
}

fn table<'a>(rows: Vec<Slopes>) -> Table<'a> {
    Table::new(
        "jacobian",
        rows,
        [
            data("meeting", |row: &Slopes| row.meeting),
            data("contract", |row: &Slopes| row.contract),
            data("rate_after_bp_per_bp", |row: &Slopes| row.rate.clone()),
            data("moves_per_bp", |row: &Slopes| row.moves.clone()).no_csv(),
            data("ease_points_per_bp", |row: &Slopes| row.sides[0].clone()),
            data("hold_points_per_bp", |row: &Slopes| row.sides[1].clone()),
            data("hike_points_per_bp", |row: &Slopes| row.sides[2].clone()),
            data("bump_1bp", |row: &Slopes| bump(row.bumped.as_ref())).no_csv(),
            data("outcomes", |row: &Slopes| row.outcomes.clone()).no_csv(),
        ],
    )
}

/// The odds priced anew, beside their slopes.
fn bump(sides: Option<&[Fraction; 3]>) -> Value {
    sides.map_or(Value::Missing, |[ease, hold, hike]| {
        let points = |side: &Fraction| Value::from(side.clone());
        object([("ease_points", points(ease)), ("hold_points", points(hold)), ("hike_points", points(hike))])
    })
}
