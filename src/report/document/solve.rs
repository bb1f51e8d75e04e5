//! What-if, `fedpath.solve/1`: wanted prices, fair prices under outcomes, other prices, and how every figure moves with every
//! price.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::{Selection, either};
use super::basis::{basis, derivation_in_words, derivation_row, steps, steps_in_words};
use super::{Column, Document, Shown, Table, Value, columns, data, list, number, object, words};
use crate::market::bank::CentralBank;
use crate::market::contract::{Contract, ContractMonth};
use crate::outlook::{Distribution, Event, FairPrice, Jacobian, MeetingOutlook, Outlook, View, Wanted, WantedPrice};
use crate::rule::PolicyPath;
use crate::units::{BasisPoints, Fraction, Price};

/// The members and lines above every answer.
fn heading<'a>(path: &PolicyPath, selection: &Selection<'_>, title: String) -> Document<'a> {
    Document::new("fedpath.solve/1")
        .text_block(title)
        .text_block(basis(path, selection))
        .member("as_of", path.as_of())
        .member("method", path.method().id())
        .member("decision_day", path.decision_day().to_string())
        .member("source", selection.source.name)
}

/// What each contract would have to trade at for a wanted probability.
#[must_use]
pub fn wanted_prices<'a>(path: &PolicyPath, wanted: &'a Wanted, selection: &Selection<'_>) -> Document<'a> {
    let (meeting, bp, explain) = (wanted.meeting, CentralBank::FED.moves_bp(wanted.outcome), selection.explain);
    let title = format!("Price for a move of {bp:+} bp on {meeting} with {:.1} %", wanted.probability.percent());
    let moves = format!("Expected moves of the meeting: {:+.4} now, {:+.4} wanted.", wanted.moves_now, wanted.moves);
    let steps_of = move |price: &&WantedPrice| Value::if_any(explain.then(|| steps(&wanted.steps(price.contract))));
    let per_bp = |price: &&WantedPrice| per_basis_point(&price.moves_per_point);
    let mut columns = vec![data("meeting", move |_: &&WantedPrice| meeting).no_json()];
    columns.extend(columns::contract(|price: &&WantedPrice| price.contract));
    columns.extend([
        number("quoted", "Quoted", Shown::Plain, |price: &&WantedPrice| price.quoted),
        number("price", "Price", Shown::Places(6), |price: &&WantedPrice| Value::from(&price.price)).with_exact(),
        number("change_bp", "Change bp", Shown::Signed(2), |price: &&WantedPrice| price.change()),
        number("moves_per_bp", "Moves/bp", Shown::Signed(4), per_bp).no_csv(),
        number("on_grid", "On grid", Shown::Places(4), |price: &&WantedPrice| Value::from(&price.on_grid)),
        number("moves_on_grid", "Moves there", Shown::Signed(4), |price: &&WantedPrice| {
            Value::from(&price.moves_on_grid)
        }),
        data("steps", steps_of).no_csv(),
    ]);
    let document = heading(path, selection, title)
        .member("meeting", meeting)
        .member("move_bp", bp)
        .member("probability", &wanted.probability)
        .member("moves_now", &wanted.moves_now)
        .member("moves_wanted", &wanted.moves);
    let table = Table::new("prices", &wanted.prices, columns);
    let document = if wanted.prices.is_empty() {
        document.text_block(moves + "\nNo contract moves this meeting.").data_table(table)
    } else {
        document.text_block(moves + "\nEach price alone does it, all others as quoted.").table(table)
    };
    let explained =
        wanted.prices.iter().filter(|_| explain).map(|price| (price.contract, wanted.steps(price.contract)));
    made(document, explained).ending_of(path, &selection.source)
}

/// How prices are made, in words.
fn made(
    document: Document<'_>,
    prices: impl IntoIterator<Item = (Contract, Vec<crate::explain::Step>)>,
) -> Document<'_> {
    document.each(prices, |document, (contract, steps)| {
        document.text_block(format!("How the price of {} is made\n{}", contract.symbol(), steps_in_words(&steps)))
    })
}

/// The fair price of every contract, and what one contract bought gains, if meetings change the range by so much.
#[must_use]
pub fn fair_prices<'a>(
    path: &PolicyPath,
    outcomes: &[(NaiveDate, BasisPoints)],
    prices: &'a [FairPrice],
    selection: &Selection<'_>,
) -> Document<'a> {
    let explain = selection.explain;
    let told: Vec<String> = outcomes.iter().map(|(day, bp)| format!("{:+} on {day}", bp.exact())).collect();
    let outcome =
        |(meeting, bp): &(NaiveDate, BasisPoints)| object([("meeting", (*meeting).into()), ("move_bp", bp.into())]);
    let mut columns = Vec::from(columns::contract(|fair: &&FairPrice| fair.contract));
    columns.extend([
        words("", "Month", |fair: &&FairPrice| fair.contract.words()).text_only(),
        number("quoted", "Quoted", Shown::Plain, |fair: &&FairPrice| fair.quoted),
        number("fair_price", "Fair", Shown::Places(4), |fair: &&FairPrice| fair.price()).with_exact(),
        number("change_bp", "Change bp", Shown::Signed(2), |fair: &&FairPrice| -fair.change().exact()),
        number("gain_usd", "Gain $", Shown::Signed(2), |fair: &&FairPrice| fair.profit()),
        data("steps", move |fair: &&FairPrice| Value::if_any(explain.then(|| steps(&fair.steps())))).no_csv(),
    ]);
    let explained =
        prices.iter().filter(|fair| explain && !fair.parts.is_empty()).map(|fair| (fair.contract, fair.steps()));
    let document = heading(path, selection, format!("Fair prices if the range moves, bp: {}", told.join(", ")))
        .member("outcomes", list(outcomes, outcome))
        .text_block(
            "The expected changes of the other meetings stay as they are. Gain of one contract bought at its\n\
             quoted price, at $41.67 a basis point.",
        )
        .table(Table::new("contracts", prices, columns));
    made(document, explained).ending_of(path, &selection.source)
}

/// A meeting at the quoted prices and at the others, with what is shown of it.
struct Bumped<'a> {
    now: &'a MeetingOutlook,
    then: &'a MeetingOutlook,
    shown: (Distribution, Distribution),
}

/// What other prices of some contracts do to every meeting, and to every outcome.
#[must_use]
pub fn other_prices<'a>(
    (before, after): (&'a Outlook, &'a Outlook),
    prices: &[(Contract, Price, Price)],
    selection: &Selection<'_>,
) -> Document<'a> {
    let view = selection.view;
    let told = |(contract, quoted, price): &(Contract, Price, Price)| {
        format!("{} at {price} instead of {quoted}", contract.symbol())
    };
    let bump = |(contract, quoted, price): &(Contract, Price, Price)| {
        // A month alone names a contract of the product that is priced; one beside it names its own.
        let beside = Some(contract.product()).filter(|product| *product != before.path().product());
        object([
            ("product", beside.map_or(Value::Absent, |product| product.code().into())),
            ("contract", contract.month().into()),
            ("quoted", (*quoted).into()),
            ("price", (*price).into()),
        ])
    };
    let odds = match view {
        View::Cumulative => "Cumulative odds, %",
        View::Meeting => "Odds of the move at each meeting alone, %",
        View::Aggregated => "Odds of the expected change from today split between two ranges, %",
    };
    let rows = || {
        let meetings = before.meetings().iter().zip(after.meetings()).filter(|(now, _)| selection.includes(&now.step));
        selection.first(meetings).map(|(now, then)| Bumped {
            now,
            then,
            shown: (now.distribution(view), then.distribution(view)),
        })
    };
    let derivation = |meeting: &MeetingOutlook| after.derivation(meeting.announcement(), view);
    let derivations: Option<Vec<_>> =
        selection.explain.then(|| selection.meetings(after).filter_map(derivation).collect());
    let title = format!("With {}", prices.iter().map(told).collect::<Vec<_>>().join(", "));
    heading(before.path(), selection, title)
        .member("prices", list(prices, bump))
        .text_block(format!("{odds}; expected rate after the meeting, %"))
        .side_table(Table::new("meetings", rows(), bumped(before)))
        .csv_table(bumped_outcomes(before, rows().collect()))
        .when(derivations, |document, all| {
            let document = document.each(&all, |document, one| document.text_block(derivation_in_words(one)));
            document.member("derivations", list(&all, derivation_row))
        })
        .ending_of(after.path(), &selection.source)
}

fn bumped(before: &Outlook) -> Vec<Column<'_, Bumped<'_>>> {
    const ODDS: Shown = Shown::Percent(1);
    let outcomes = |row: &Bumped<'_>| {
        let outcome = |moves: i64| {
            let range = before.target().moved(moves);
            let (quoted, then) = (row.shown.0.probability(moves), row.shown.1.probability(moves));
            object([
                ("lower_bp", range.lower_bp().into()),
                ("upper_bp", range.upper_bp().into()),
                ("probability_quoted", Value::from(&quoted)),
                ("probability", Value::from(&then)),
                ("change", (then.exact() - quoted.exact()).into()),
            ])
        };
        Value::List(either(&row.shown.0, &row.shown.1).into_iter().map(outcome).collect())
    };
    let points = |side: fn(&Distribution) -> crate::units::Probability| {
        move |row: &Bumped<'_>| &side(&row.shown.1).percent() - &side(&row.shown.0).percent()
    };
    let rate = |meeting: &MeetingOutlook| meeting.step.after.exact().clone();
    let change = |row: &Bumped<'_>| &row.then.step.after - &row.now.step.after;
    vec![
        words("meeting", "Meeting", |row: &Bumped<'_>| row.now.announcement()),
        number("ease_quoted", "Ease\nquoted", ODDS, |row: &Bumped<'_>| row.shown.0.ease()),
        number("ease", "\nthen", ODDS, |row: &Bumped<'_>| row.shown.1.ease()),
        number("", "\npoints", Shown::Signed(1), points(Distribution::ease)).text_only(),
        data("hold_quoted", |row: &Bumped<'_>| row.shown.0.hold()),
        data("hold", |row: &Bumped<'_>| row.shown.1.hold()),
        number("hike_quoted", "Hike\nquoted", ODDS, |row: &Bumped<'_>| row.shown.0.hike()),
        number("hike", "\nthen", ODDS, |row: &Bumped<'_>| row.shown.1.hike()),
        number("", "\npoints", Shown::Signed(1), points(Distribution::hike)).text_only(),
        number("rate_after_quoted_percent", "Rate %\nquoted", Shown::Places(4), move |row: &Bumped<'_>| rate(row.now)),
        number("rate_after_percent", "\nthen", Shown::Places(4), move |row: &Bumped<'_>| rate(row.then)),
        number("", "\nbp", Shown::Signed(2), change).text_only(),
        data("outcomes", outcomes),
    ]
}

/// One row a meeting and target range.
fn bumped_outcomes<'a>(before: &'a Outlook, rows: Vec<Bumped<'a>>) -> Table<'a> {
    type Row = (NaiveDate, i64, Fraction, Fraction);
    let rows = rows.into_iter().flat_map(|row| {
        let (quoted, then) = row.shown;
        let meeting = row.now.announcement();
        either(&quoted, &then).into_iter().map(move |moves| {
            let odds = |shown: &Distribution| shown.probability(moves).exact().clone();
            (meeting, moves, odds(&quoted), odds(&then))
        })
    });
    let mut columns = vec![data("meeting", |row: &Row| row.0)];
    columns.extend(columns::range(|row: &Row| before.target().moved(row.1)));
    columns.push(data("probability_quoted", |row: &Row| row.2.clone()));
    columns.push(data("probability", |row: &Row| row.3.clone()));
    Table::new("", rows, columns)
}

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

fn per_basis_point(per_point: &Fraction) -> Fraction {
    per_point / &Fraction::integer(100)
}
