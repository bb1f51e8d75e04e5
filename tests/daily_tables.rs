//! The tables of many days by plans that are kept, against an outlook a day.

use fedpath::history::{DailyTable, DailyTables, HistoryDay, HistorySummary, TableRemarks};
use fedpath::{Assumptions, ContractMonth, Outlook, Strip};

use crate::bulk::assert_same_figures;
use crate::support::{date, price};

/// A pseudo-random number below `bound`.
fn drawn(state: &mut u64, bound: u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % bound
}

/// A strip a weekday: prices that wander on the tick grid, contracts that come and go, every few days one off the grid, too fine
/// for a plan of the day before, or no price at all for what follows.
fn strips(from: &str, to: &str) -> Vec<Strip> {
    let (mut state, mut missing) = (7, u64::MAX);
    let days = date(from).iter_days().take_while(|day| *day <= date(to));
    let mut wandering = [9_500_000_u64; 24];
    days.filter(|day| fedpath::calendar::is_business_day(*day))
        .map(|day| {
            if drawn(&mut state, 20) == 0 {
                missing = drawn(&mut state, 60);
            }
            for units in &mut wandering {
                *units = *units + 500 * drawn(&mut state, 9) - 2_000;
            }
            let fine = drawn(&mut state, 40);
            let first = ContractMonth::of(day).previous();
            let months = std::iter::successors(Some(first), |month| Some(month.next()));
            let quoted = months.zip(wandering).zip(0..).filter(|(_, place)| *place != missing);
            let quoted = quoted.map(|((month, units), place)| {
                let more = if place == fine { ["25", "000000000000025"][usize::from(fine < 4)] } else { "" };
                let beyond = fine == 39 && place == 3;
                let points =
                    if beyond { "75".to_owned() } else { format!("{}.{:05}{more}", units / 100_000, units % 100_000) };
                (month, price(&points))
            });
            crate::support::strip_of(day, quoted)
        })
        .collect()
}

#[test]
fn every_day_has_the_table_the_gaps_and_the_notices_of_its_outlook() {
    let assumptions = Assumptions::default();
    let mut tables = DailyTables::new(&assumptions);
    let (mut planned, mut readable, mut refused) = (0, 0, 0);
    let [mut of_tables, mut of_outlooks] = [HistorySummary::default(), HistorySummary::default()];
    let spans = [
        ("1993-12-20", "1994-03-01"),
        ("2000-12-01", "2001-10-15"),
        ("2007-07-02", "2008-12-31"),
        ("2020-02-03", "2020-05-29"),
        ("2025-10-01", "2027-12-31"),
    ];
    for strip in spans.into_iter().flat_map(|(from, to)| strips(from, to)) {
        let date = strip.as_of();
        let outlook = Outlook::price(&strip, &assumptions);
        let day = tables.price(&strip);
        let stopped = day.as_ref().err().cloned().map(fedpath::history::DayReason::Policy);
        let remarks = day.as_ref().map(TableRemarks::of);
        of_tables.add_remarks(date, remarks.as_ref().map_err(|_| stopped.as_ref().unwrap()));
        match (&day, &outlook) {
            (Ok(DailyTable::Planned(day)), Ok(outlook)) => {
                planned += 1;
                assert_same_figures(day.table, outlook);
                assert_eq!(day.notices, outlook.path().notices(), "{date}");
                assert_eq!(day.without_table, outlook.without_table().collect::<Vec<_>>(), "{date}");
            }
            (Ok(DailyTable::Readable(day)), Ok(outlook)) => {
                readable += 1;
                assert_eq!(**day, *outlook);
            }
            (Err(error), Err(expected)) => {
                refused += 1;
                assert_eq!(error, expected);
            }
            (day, outlook) => panic!("{date}: {day:?} for {outlook:?}"),
        }
        of_outlooks.add(&HistoryDay::new(date, outlook.map_err(fedpath::history::DayReason::Policy)));
    }
    assert!(planned > 1000 && readable > 20 && refused > 100, "{planned} {readable} {refused}");
    assert_eq!(of_tables.lines(), of_outlooks.lines());
}

#[cfg(feature = "report")]
#[test]
fn what_is_written_a_day_at_a_time_is_what_is_written_of_all_days() {
    use fedpath::View;
    use fedpath::report::{DailyTablesWriter, Odds, Selection, history};

    let assumptions = Assumptions::default();
    let strips: Vec<Strip> =
        strips("2007-08-01", "2008-02-15").into_iter().chain(strips("2025-10-01", "2025-12-31")).collect();
    let days = || {
        let outlook = |strip: &Strip| Outlook::price(strip, &assumptions).map_err(fedpath::history::DayReason::Policy);
        strips.iter().map(move |strip| HistoryDay::new(strip.as_of(), outlook(strip)))
    };
    for (view, meeting) in
        [(View::Cumulative, None), (View::Meeting, Some(date("2025-12-10"))), (View::Aggregated, None)]
    {
        let mut selection = Selection::default();
        (selection.view, selection.meeting) = (view, meeting);
        let (mut one_by_one, mut all) = (Vec::new(), Vec::new());
        let mut writer = DailyTablesWriter::new(selection, &mut one_by_one).unwrap();
        let mut tables = DailyTables::new(&assumptions);
        for strip in &strips {
            if let Ok(day) = tables.price(strip) {
                writer.day(strip.as_of(), &day).unwrap();
            }
        }
        history(days(), Odds::Ranges, &selection).csv(&mut all).unwrap();
        let [one_by_one, all] = [one_by_one, all].map(|text| String::from_utf8(text).unwrap());
        assert!(all.lines().count() > 30);
        assert_eq!(one_by_one, all);
    }
}

#[test]
fn a_change_that_is_hard_to_believe_is_told_in_basis_points() {
    let prices = [("2025-11", "96.12"), ("2026-01", "98.72"), ("2026-02", "98.72")];
    let strip =
        Strip::from_prices(date("2025-11-21"), prices.map(|(month, points)| (month.parse().unwrap(), price(points))));
    let (strip, assumptions) = (strip.unwrap(), Assumptions::default());
    let outlook = Outlook::price(&strip, &assumptions).unwrap();
    let mut tables = DailyTables::new(&assumptions);
    let table = tables.price(&strip).unwrap();
    assert!(matches!(table, DailyTable::Planned(_)));
    for remarks in [TableRemarks::of(&table), TableRemarks::of_outlook(&outlook)] {
        let mut summary = HistorySummary::default();
        summary.add_remarks(strip.as_of(), Ok(&remarks));
        let lines = summary.lines().join("\n");
        assert!(
            lines.ends_with("meeting of 2025-12-10: -260 bp") || lines.contains("meeting of 2025-12-10: -260 bp\n"),
            "{lines}"
        );
    }
}
