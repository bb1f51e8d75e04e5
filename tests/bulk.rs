//! The tables of a plan against the engine that it was made from: the same fractions, on random strips.

use std::collections::BTreeMap;

use chrono::Days;
use fedpath::bulk::{OutcomeTable, PlanError, PriceError, TablePlan, TableSession};
use fedpath::notice::UnpricedReason;
use fedpath::path::{Between, PolicyError};
use fedpath::rust_decimal::Decimal;
use fedpath::{Assumptions, ContractMonth, DecisionDay, Method, Outlook, Price, StartRate, Strip, View};
use proptest::prelude::*;

use crate::support::{date, month, price, strip};

/// Quotes that end with the month of a meeting: solved forward, where three days of January speak for all that follows.
const FORWARD: &str = "2025-11 96.1200, 2025-12 96.1800, 2026-01 96.2150";

const EPISODE: &str = "2025-11 96.1200, 2025-12 96.1800, 2026-01 96.2150, 2026-02 96.2850, 2026-03 96.3250, 2026-04 96.3850, \
    2026-05 96.4400, 2026-06 96.4900, 2026-07 96.5600, 2026-08 96.6150, 2026-09 96.6500, 2026-10 96.6950, 2026-11 96.7350, \
    2026-12 96.7650, 2027-01 96.7800, 2027-02 96.7950";

/// A number of hundred-thousandths of a point.
fn points(units: i64) -> Price {
    Price::from_points(Decimal::new(units, 5)).unwrap()
}

/// Everything that a table says, as the outlook of the same prices says it.
fn assert_same(table: &OutcomeTable, outlook: &Outlook) {
    assert_same_figures(table, outlook);
    for (row, meeting) in table.meetings().zip(outlook.meetings()) {
        let expected: Vec<_> = meeting.cumulative.outcomes().collect();
        let shares: Vec<_> = row.outcomes().collect();
        let found: Vec<_> = shares.iter().map(|(moves, share)| (*moves, share.probability())).collect();
        assert_eq!(found, expected, "{}", row.meeting().announcement());
        for ((_, share), (_, probability)) in shares.iter().zip(&expected) {
            let units = share.trillionths();
            let printed = format!("{}.{:012}", units / 1_000_000_000_000, units % 1_000_000_000_000);
            assert_eq!(printed, format!("{:.12}", probability.exact()));
            assert!((share.to_f64() - probability.exact().to_f64()).abs() <= 4.0 * f64::EPSILON);
        }
    }
}

/// The same without lowest terms, so that millions of strips can be held against each other.
pub(crate) fn assert_same_figures(table: &OutcomeTable, outlook: &Outlook) {
    assert_eq!(table.meetings().len(), outlook.meetings().len());
    assert_eq!(table.target(), outlook.target());
    for (row, meeting) in table.meetings().zip(outlook.meetings()) {
        assert_eq!(*row.meeting(), meeting.step.meeting);
        assert_eq!(row.expected_moves(), meeting.step.expected_moves());
        for view in [View::Cumulative, View::Meeting, View::Aggregated] {
            assert_eq!(row.distribution_of(view), meeting.distribution(view));
        }
    }
}

/// A strip of random months around a random day, and assumptions of every kind that a plan takes.
fn cases() -> impl Strategy<Value = (Strip, Assumptions)> {
    let day = (0_u64..12_300).prop_map(|days| date("1994-01-03").checked_add_days(Days::new(days)).unwrap());
    let conventions = (0_usize..3, 0_usize..4, 0_u8..3, 1_usize..20, any::<bool>());
    (day, conventions, proptest::collection::vec((any::<u8>(), price_units()), 30)).prop_map(
        |(day, (decision_day, between, start, count, dense), quotes)| {
            let mut assumptions = Assumptions::default();
            assumptions.decision_day =
                [DecisionDay::Old, DecisionDay::OldToBusinessDay, DecisionDay::New][decision_day];
            assumptions.between = [None, Some(Between::Before), Some(Between::After), Some(Between::Even)][between];
            assumptions.chain = count;
            if start == 0 {
                assumptions.start_rate = StartRate::Given(price("96.13").implied_rate());
            }
            if start == 1 {
                // Several decisions a month, and consecutive ones.
                for days in [9, 16, 40, 70] {
                    let added = day.checked_add_days(Days::new(days)).unwrap();
                    assumptions.calendar = assumptions.calendar.with_meeting(added);
                }
            }
            let first = ContractMonth::of(day).previous();
            let months = std::iter::successors(Some(first), |month| Some(month.next()));
            // One in ten is missing, or none.
            let quoted = months.zip(quotes).filter(|(_, (missing, _))| dense || *missing > 25);
            (crate::support::strip_of(day, quoted.map(|(month, (_, units))| (month, points(units)))), assumptions)
        },
    )
}

/// Prices of rates of 12 to -1 %, of every grid: half ticks of the spot month, ticks, four places, five.
fn price_units() -> impl Strategy<Value = i64> {
    (8_800_000_i64..10_100_000, 0_usize..4).prop_map(|(units, grid)| units - units % [125, 500, 10, 1][grid])
}

/// The strip at other prices.
fn repriced(strip: &Strip, units: &[i64]) -> Strip {
    let prices = strip.prices().zip(units);
    crate::support::strip_of(strip.as_of(), prices.map(|((contract, _), units)| (contract, points(*units))))
}

/// The row of a plan for the prices of a strip.
fn row(plan: &TablePlan, strip: &Strip) -> Vec<i64> {
    plan.contracts().iter().map(|contract| plan.units(strip.price(*contract).unwrap()).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: ProptestConfig::default().cases / 8, ..ProptestConfig::default() })]

    #[test]
    fn every_table_is_that_of_the_readable_engine(
        (strip, assumptions) in cases(),
        ticks in proptest::collection::vec(proptest::collection::vec(price_units(), 30), 20),
    ) {
        let outlook = Outlook::price(&strip, &assumptions);
        let plan = match TablePlan::new(&strip, &assumptions) {
            Ok(plan) => plan,
            Err(PlanError::Policy(error)) => {
                prop_assert_eq!(outlook.unwrap_err(), error);
                return Ok(());
            }
            Err(PlanError::BeyondAnyRate(meeting)) => {
                assert_beyond_any_rate(PriceError::BeyondAnyRate(meeting), outlook);
                return Ok(());
            }
            Err(other) => panic!("{other}"),
        };
        let mut table = plan.table();
        plan.price(&row(&plan, &strip), &mut table).unwrap();
        prop_assert_eq!(plan.row(), row(&plan, &strip));
        assert_same_figures(&table, &outlook.unwrap());
        let mut session = TableSession::of_plan(&plan);
        assert_same_figures(session.table(), &Outlook::price(&strip, &assumptions).unwrap());
        for units in ticks {
            let moved = repriced(&strip, &units);
            let outlook = Outlook::price(&moved, &assumptions);
            if let Err(error) = plan.price(&row(&plan, &moved), &mut table) {
                assert_beyond_any_rate(error, outlook);
                continue;
            }
            let outlook = outlook.unwrap();
            assert_same_figures(&table, &outlook);
            let updated: Result<Vec<()>, _> =
                moved.prices().map(|(contract, price)| session.update(contract, price).map(|_| ())).collect();
            // On the way some prices are of one row and some of another, and may be beyond any rate.
            if updated.is_ok() {
                assert_same_figures(session.table(), &outlook);
            } else {
                session = TableSession::of_plan(&plan);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_share_is_the_fraction_and_its_twelve_places((strip, assumptions) in cases()) {
        if let Ok(plan) = TablePlan::new(&strip, &assumptions) {
            assert_same(TableSession::of_plan(&plan).table(), &Outlook::price(&strip, &assumptions).unwrap());
        }
    }
}

/// A row that is refused is one that the readable engine has no whole table of, for the same reason.
fn assert_beyond_any_rate(refused: PriceError, readable: Result<Outlook, PolicyError>) {
    let gap = match readable {
        Ok(outlook) => outlook
            .path()
            .unpriced()
            .iter()
            .min_by_key(|gap| gap.meeting.announcement())
            .map(|gap| (gap.meeting.announcement(), gap.reason)),
        Err(PolicyError::FirstMeetingUnpriced(meeting, reason)) => Some((meeting, reason)),
        Err(_) => None,
    };
    let (meeting, reason) = gap.expect("a gap");
    assert_eq!(reason, UnpricedReason::BeyondAnyRate);
    // The readable engine names the first decision of the month.
    let PriceError::BeyondAnyRate(beyond) = refused else { panic!("{refused}") };
    assert_eq!(ContractMonth::of(beyond), ContractMonth::of(meeting));
}

#[test]
fn one_tick_at_a_time_is_the_whole_strip_anew() {
    let quoted = strip("2025-11-21", EPISODE);
    let mut session = TableSession::new(&quoted, &Assumptions::default()).unwrap();
    let mut moved = quoted.clone();
    let contracts: Vec<ContractMonth> = quoted.prices().map(|(contract, _)| contract).collect();
    for (step, contract) in (0_i64..).zip(contracts.iter().cycle().take(40)) {
        let units = 9_600_000 + (step * 7919) % 80_000 / 500 * 500;
        moved = moved.with_price(*contract, points(units)).unwrap();
        let table = session.update(*contract, points(units)).unwrap();
        assert_same(table, &Outlook::price(&moved, &Assumptions::default()).unwrap());
    }
}

#[test]
fn many_prices_at_once_are_the_whole_strip_anew_with_its_rates_and_notices() {
    let quoted = strip("2025-11-21", EPISODE);
    let assumptions = Assumptions::default();
    let mut session = TableSession::new(&quoted, &assumptions).unwrap();
    let mut refused = session.clone();
    // A rounded half tick, a price off the grid, one that the rule does not read, and a contract given twice: the last stands.
    let ticks = [
        ("2025-11", "96.1163"),
        ("2025-12", "96.18"),
        ("2026-01", "96.5"),
        ("2026-01", "96.2210"),
        ("2026-02", "96.29"),
    ];
    let ticks = ticks.map(|(contract, points)| (month(contract), price(points)));
    session.update_many(ticks).unwrap();
    let prices: BTreeMap<ContractMonth, Price> = quoted.prices().chain(ticks).collect();
    let moved = Strip::from_prices(quoted.as_of(), prices).unwrap();
    let outlook = Outlook::price(&moved, &assumptions).unwrap();
    assert_same(session.table(), &outlook);
    let [told, expected] = [session.notices(), outlook.path().notices().to_vec()].map(|notices| {
        let mut lines: Vec<String> = notices.iter().map(ToString::to_string).collect();
        lines.sort();
        lines
    });
    assert_eq!(told, expected);
    for (meeting, priced) in session.table().meetings().zip(outlook.meetings()) {
        assert_eq!(meeting.rates(), (priced.step.before.clone(), priced.step.after.clone()));
        let near = |nearest: f64, exact: f64| assert!((nearest - exact).abs() < 1e-12, "{nearest} for {exact}");
        near(meeting.rate_before(), priced.step.before.to_f64());
        near(meeting.rate_after(), priced.step.after.to_f64());
        near(meeting.ease(), priced.cumulative.ease().to_f64());
        near(meeting.hold(), priced.cumulative.hold().to_f64());
        near(meeting.hike(), priced.cumulative.hike().to_f64());
    }
    // One bad price among them, and none is taken.
    assert!(refused.update_many([ticks[0], (month("2026-02"), price("3.88"))]).is_err());
    assert_same(refused.table(), &Outlook::price(&quoted, &assumptions).unwrap());
    let row = session.row().to_vec();
    assert_same(refused.update_row(&row).unwrap(), &outlook);
    assert!(refused.update_row(&row[1..]).is_err());
}

#[test]
fn a_refused_price_leaves_the_session_as_it_was() {
    let quoted = strip("2025-11-21", FORWARD);
    let outlook = Outlook::price(&quoted, &Assumptions::default()).unwrap();
    let mut session = TableSession::new(&quoted, &Assumptions::default()).unwrap();
    let refusals = [("2028-01", "96"), ("2026-01", "96.123456"), ("2026-01", "3.88")];
    let told: Vec<String> = refusals
        .iter()
        .map(|(contract, points)| session.update(month(contract), price(points)).unwrap_err().to_string())
        .collect();
    insta::assert_snapshot!(told.join("\n"), @"
    expected a quoted contract, found ZQF28
    expected a price of ZQF26 in the unit of the plan, found 96.123456
    expected a price of ZQF26 between 75 and 105 points
    ");
    let columns = [(0, 0), (0, -1), (1, i64::MIN), (1, i64::MAX), (usize::MAX, 1)];
    let told: Vec<String> =
        columns.iter().map(|(column, units)| session.update_units(*column, *units).unwrap_err().to_string()).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    expected a price of ZQX25 between 75 and 105 points
    expected a price of ZQX25 between 75 and 105 points
    expected a price of ZQZ25 between 75 and 105 points
    expected a price of ZQZ25 between 75 and 105 points
    expected 3 prices, one for each contract of the plan, found 18446744073709551615
    ");
    assert_same(session.table(), &outlook);
    // And the next good price of the refused contract is taken from where it stood.
    let moved = quoted.with_price(month("2026-01"), price("96.2200")).unwrap();
    let table = session.update(month("2026-01"), price("96.2200")).unwrap();
    assert_same(table, &Outlook::price(&moved, &Assumptions::default()).unwrap());
}

#[test]
fn what_no_central_bank_would_do_is_refused_where_the_readable_engine_leaves_it_out() {
    let assumptions = Assumptions::default();
    let quoted = strip("2025-11-21", FORWARD);
    let plan = TablePlan::new(&quoted, &assumptions).unwrap();
    let mut table = plan.table();
    let mut refused = Vec::new();
    for contract in plan.contracts() {
        for points in ["75", "105"] {
            let moved = quoted.with_price(*contract, price(points)).unwrap();
            let readable = Outlook::price(&moved, &assumptions);
            let Err(error) = plan.price(&row(&plan, &moved), &mut table) else { continue };
            refused.push(format!("{contract} at {points}: {error}"));
            assert_beyond_any_rate(error, readable);
        }
    }
    insta::assert_snapshot!(refused.join("\n"), @"2025-12 at 75: the meeting of 2026-01-28 cannot be priced: the prices imply a change of more than 250 percentage points");
}

#[test]
fn rows_are_the_same_on_any_number_of_threads_and_on_none() {
    let plan = TablePlan::new(&strip("2025-11-21", EPISODE), &Assumptions::default()).unwrap();
    let width = i64::try_from(plan.contracts().len()).unwrap();
    let rows: Vec<i64> = (0..4_000 * width).map(|place| 9_600_000 + place * 7919 % 80_000).collect();
    let ease = |place: usize, table: Result<&OutcomeTable, PriceError>| {
        (place, table.unwrap().meetings().next().unwrap().ease().to_bits())
    };
    let all = plan.price_all(&rows, ease).unwrap();
    for threads in [1, 2, 7] {
        assert!(plan.price_all_on(threads.try_into().unwrap(), &rows, ease).unwrap() == all, "{threads}");
    }
    let mut seen = 0;
    let in_turn = plan.price_in_turn(&rows, |place, table| {
        seen += 1;
        ease(place, table)
    });
    assert!(in_turn.unwrap() == all && seen == 4_000);
    assert!(plan.price_in_turn(&rows[1..], ease).is_err());
}

#[test]
fn rows_on_all_processors_are_the_rows_one_by_one() {
    let quoted = strip("2025-11-21", EPISODE);
    let plan = TablePlan::new(&quoted, &Assumptions::default()).unwrap();
    let width = i64::try_from(plan.contracts().len()).unwrap();
    // Every 97th row has a price that is none.
    let unit = |place: i64| if place % (97 * width) == 5 { 0 } else { 9_600_000 + place * 7919 % 80_000 };
    let rows: Vec<i64> = (0..5_000 * width).map(unit).collect();
    let ease = |table: Result<&OutcomeTable, PriceError>| {
        table.map(|table| table.meetings().last().unwrap().outcomes().next().unwrap().1.trillionths())
    };
    let all = plan.price_all(&rows, |position, table| (position, ease(table))).unwrap();
    let mut table = plan.table();
    let one_by_one = rows.chunks(plan.contracts().len()).enumerate();
    let expected: Vec<_> =
        one_by_one.map(|(position, row)| (position, ease(plan.price(row, &mut table).map(|()| &table)))).collect();
    assert_eq!(all, expected);
    assert_eq!(all.iter().filter(|(_, ease)| ease.is_err()).count(), 52);
    assert_eq!(
        plan.price_all(&rows[1..], |_, _| ()),
        Err(PriceError::OtherLength { expected: rows.len(), found: rows.len() - 1 })
    );
    assert_eq!(plan.price_all(&[], |_, _| ()), Ok(Vec::new()));
}

#[test]
fn a_table_of_another_plan_is_made_anew() {
    let (long, short) =
        (strip("2025-11-21", EPISODE), strip("2025-11-21", "2025-11 96.12, 2026-01 96.215, 2026-02 96.285"));
    let plans = [&long, &short].map(|strip| TablePlan::new(strip, &Assumptions::default()).unwrap());
    let mut table = plans[0].table();
    plans[1].price(plans[1].row(), &mut table).unwrap();
    assert_same(&table, &Outlook::price(&short, &Assumptions::default()).unwrap());
}

#[test]
fn a_chain_of_any_length_is_exact() {
    let mut assumptions = Assumptions::default();
    assumptions.calendar = assumptions.calendar.projected(10);
    assumptions.chain = 60;
    let first = month("2025-11");
    let months = std::iter::successors(Some(first), |month| Some(month.next()));
    let prices =
        months.zip(0_i64..110).map(|(month, place)| (month, points(9_612_125 + place * place * 7919 % 90_000)));
    let quoted = crate::support::strip_of(date("2025-11-21"), prices);
    let plan = TablePlan::new(&quoted, &assumptions).unwrap();
    assert_eq!(plan.meetings().len(), 60);
    let mut table = plan.table();
    plan.price(plan.row(), &mut table).unwrap();
    assert_same(&table, &Outlook::price(&quoted, &assumptions).unwrap());
}

#[test]
fn what_is_not_linear_or_too_fine_has_no_plan() {
    let quoted = strip("2025-11-21", EPISODE);
    let refused = |strip: &Strip, change: &dyn Fn(&mut Assumptions)| {
        let mut assumptions = Assumptions::default();
        change(&mut assumptions);
        TablePlan::new(strip, &assumptions).unwrap_err()
    };
    assert_eq!(
        refused(&quoted, &|assumptions| assumptions.method = Method::LeastSquares),
        PlanError::Method(Method::LeastSquares)
    );
    let landing = |assumptions: &mut Assumptions| assumptions.premia.set_landing("2bp".parse().unwrap()).unwrap();
    assert_eq!(refused(&quoted, &landing), PlanError::LandingSpread);
    let fine = quoted.with_price(month("2026-02"), price("96.28500000000000000001")).unwrap();
    assert!(matches!(refused(&fine, &|_| {}), PlanError::TooFine(_)));
    let fine = |assumptions: &mut Assumptions| {
        assumptions.start_rate = StartRate::Given("3.8777777777777777".parse::<fedpath::Rate>().unwrap());
    };
    assert!(matches!(refused(&quoted, &fine), PlanError::TooFine(_)));
    let gap = strip("2025-11-21", "2025-11 96.12");
    assert!(matches!(refused(&gap, &|_| {}), PlanError::Policy(_)));
}

#[test]
fn a_plan_of_one_day_holds_on_the_days_of_the_same_structure() {
    let quoted = strip("2025-11-10", EPISODE);
    let assumptions = Assumptions::default();
    let plan = TablePlan::new(&quoted, &assumptions).unwrap();
    let later: BTreeMap<ContractMonth, Price> = strip("2025-11-28", EPISODE).prices().collect();
    let later = crate::support::strip_of(
        date("2025-11-28"),
        later.into_iter().map(|(contract, price)| (contract, price.moved(&"1bp".parse().unwrap()).unwrap())),
    );
    let mut table = plan.table();
    plan.price(&row(&plan, &later), &mut table).unwrap();
    assert_same(&table, &Outlook::price(&later, &assumptions).unwrap());
    assert_eq!(plan.as_of(), date("2025-11-10"));
}
