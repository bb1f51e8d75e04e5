//! What-if, `fedpath.solve/1`: wanted prices, fair prices under outcomes, other prices.

use chrono::NaiveDate;

use super::super::{Selection, either};
use super::basis::{basis, derivation_in_words, derivation_row, steps, steps_in_words};
use super::{Column, Document, Shown, Table, Value, columns, data, list, number, object, words};
use crate::market::bank::CentralBank;
use crate::market::contract::Contract;
use crate::outlook::{Distribution, FairPrice, MeetingOutlook, Outlook, View, Wanted, WantedPrice};
use crate::rule::PolicyPath;
use crate::units::{BasisPoints, Fraction, Price};

/// The members and lines above every answer.
pub(super) fn heading<'a>(path: &PolicyPath, selection: &Selection<'_>, title: String) -> Document<'a> {
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

pub(super) fn per_basis_point(per_point: &Fraction) -> Fraction {
    per_point / &Fraction::integer(100)
}
