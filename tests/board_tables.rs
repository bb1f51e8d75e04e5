//! The tables of boards by plans that are kept, against an outlook each.

use fedpath::bulk::PriceError;
use fedpath::history::{Board, BoardTable, BoardTables, DayReason, LastSettlements};
use fedpath::path::PolicyError;
use fedpath::rust_decimal::Decimal;
use fedpath::{Assumptions, ContractMonth, Outlook, Price, Strip};

use crate::bulk::assert_same_figures;
use crate::support::{date, month, strip_of};

fn drawn(state: &mut u64, bound: u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % bound
}

/// Boards of days out of order: prices that wander, contracts that come and go, now and then one beyond any rate.
fn boards(count: usize) -> Vec<Board> {
    let mut state = 11;
    let spans = ["1994-01-03", "2001-08-15", "2007-12-03", "2020-02-17", "2025-10-01", "2026-06-01"].map(date);
    (0..count)
        .map(|_| {
            let start = spans[usize::try_from(drawn(&mut state, 6)).unwrap()];
            let day = start.iter_days().nth(usize::try_from(drawn(&mut state, 40)).unwrap()).unwrap();
            let mut board = Board::new(day);
            let gaps = drawn(&mut state, 30);
            for place in 0..30 {
                let units = 9_500_000 + 500 * i32::try_from(drawn(&mut state, 60)).unwrap();
                let beyond = drawn(&mut state, 400) == 0;
                if drawn(&mut state, 30) >= gaps.min(6) {
                    board.put(place, if beyond { 7_500_000 } else { units });
                }
            }
            board
        })
        .collect()
}

/// The prices of a board as a strip.
fn strip(board: &Board) -> Strip {
    let months = std::iter::successors(Some(board.first()), |month: &ContractMonth| Some(month.next()));
    let price = |units: i32| Price::from_points(Decimal::new(units.into(), 5).normalize()).unwrap();
    let quoted = months.take(Board::PLACES).enumerate();
    strip_of(board.day(), quoted.filter_map(|(place, month)| Some((month, price(board.at(place)?)))))
}

fn assert_same(tables: &mut BoardTables, assumptions: &Assumptions, board: &Board) -> &'static str {
    let expected = Outlook::price(&strip(board), assumptions);
    match (tables.price(board), expected) {
        (Ok(BoardTable::Planned(table)), Ok(outlook)) => {
            assert_same_figures(table, &outlook);
            "planned"
        }
        (Ok(BoardTable::Readable(found)), Ok(outlook)) => {
            assert_eq!(found.meetings(), outlook.meetings());
            "readable"
        }
        (Err(DayReason::Policy(error)), Err(expected)) => {
            assert_eq!(error, expected, "{}", board.day());
            "refused"
        }
        (Err(DayReason::Weekend), _) => "weekend",
        (found, expected) => panic!("{}: {found:?} for {expected:?}", board.day()),
    }
}

#[test]
fn every_board_has_the_table_of_its_outlook() {
    for chain in [1, 4, 9, 40] {
        let assumptions = Assumptions::default().with_chain(chain);
        let mut tables = BoardTables::new(&assumptions);
        let found: Vec<&str> = boards(500).iter().map(|board| assert_same(&mut tables, &assumptions, board)).collect();
        let count = |kind| found.iter().filter(|of| **of == kind).count();
        assert!(count("planned") > 100 && count("refused") > 30 && count("weekend") > 100, "{chain}");
    }
}

#[test]
fn contracts_behind_the_chain_make_no_other_plan() {
    let mut tables = BoardTables::new(Assumptions::default());
    let mut board = Board::new(date("2025-11-21"));
    for place in 0..40 {
        board.put(place, 9_620_000);
    }
    tables.price(&board).unwrap();
    let mut fewer = Board::new(date("2025-11-24"));
    for place in 0..20 {
        fewer.put(place, 9_630_000);
    }
    tables.price(&fewer).unwrap();
    assert_eq!(tables.plans(), 1);
}

#[test]
fn a_given_range_far_from_the_prices_is_refused_whatever_came_before() {
    let assumptions = Assumptions::default().with_target("3.75-4.00".parse().unwrap());
    let mut tables = BoardTables::new(&assumptions);
    for units in [9_620_000, 9_799_000, 9_810_000, 9_399_000, 9_401_000] {
        let mut board = Board::new(date("2025-11-21"));
        for place in 0..20 {
            board.put(place, units);
        }
        assert_same(&mut tables, &assumptions, &board);
    }
    let mut board = Board::new(date("2025-11-21"));
    for place in 0..20 {
        board.put(place, 9_900_000);
    }
    let refused = tables.price(&board).unwrap_err();
    assert!(matches!(refused, DayReason::Policy(PolicyError::TargetFar { .. })), "{refused}");
}

#[test]
fn days_before_the_calendar_and_weekends_have_no_table() {
    let mut tables = BoardTables::new(Assumptions::default());
    for (day, told) in [("1989-08-25", "the calendar of meetings begins with"), ("2025-11-22", "no exchange settles")] {
        let reason = tables.price(&Board::new(date(day))).unwrap_err().to_string();
        assert!(reason.starts_with(told), "{reason}");
    }
}

#[test]
fn a_board_takes_prices_alone() {
    let mut board = Board::new(date("2025-11-21"));
    for units in [i32::MIN, 0, 7_499_999, 10_500_001, i32::MAX] {
        assert!(matches!(board.set(month("2025-12"), units), Err(PriceError::OffScale(_))), "{units}");
    }
    // What no rule reads is let go.
    assert_eq!((board.set(month("2025-09"), 9_620_000), board.place(month("2036-06"))), (Ok(None), None));
    assert_eq!((board.put(Board::PLACES, 9_620_000), board.at(usize::MAX)), (None, None));
    for (printed, read) in
        [(9_611_630, 9_611_625), (9_611_880, 9_611_875), (9_611_625, 9_611_625), (9_612_300, 9_612_300)]
    {
        assert_eq!(Board::half_tick(printed), read);
    }
}

#[test]
fn a_seed_older_than_what_is_known_changes_nothing() {
    let mut settled = LastSettlements::default();
    settled.seed(date("2025-11-28"), 2);
    // A part of the same month, priced after.
    settled.add(date("2025-11-26"), 1);
    assert_eq!(settled.of(month("2025-11"), true), Some(2));
    let mut other = LastSettlements::default();
    other.add(date("2025-11-26"), 1);
    // A final settlement of the day after stands where the month's last business day has no price.
    assert_eq!((other.of(month("2025-11"), false), other.of(month("2025-11"), true)), (Some(1), None));
    settled.settled().for_each(|(day, price)| other.seed(day, price));
    assert_eq!(other.of(month("2025-11"), true), Some(2));
}
