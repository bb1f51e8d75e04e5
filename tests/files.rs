//! `check` and `convert` on several files at once, from standard input, into files.

use std::path::Path;

use fedpath::files::{Mark, SessionPrice};
use fedpath::{Quote, QuoteFile, QuoteTable, ReadOptions, report};
use proptest::prelude::*;

use crate::cli::{run, run_in};
use crate::support::snap;

const FRIDAY: &str = "# as_of: 2025-11-21\ncontract,price\nZQX25,96.1200\nZQZ25,96.1800\n";
const THURSDAY: &str = "# as_of: 2025-11-20\ncontract,price\nZQX25,96.1200\nZQZ25,96.1900\n";

fn with_files(files: &[(&str, &str)], told: impl FnOnce(&Path)) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    told(folder.path());
}

#[test]
fn every_file_is_checked_also_behind_one_that_is_refused() {
    let bad = "date,contract,settle\n2025-11-21,ZQZ5,96.1x\n2025-11-2,ZQF6,96.2\n";
    let odd = "# as_of: 2025-11-22\ncontract,price\nZQZ25,96.1801\n";
    with_files(&[("good.csv", FRIDAY), ("bad.csv", bad), ("odd.csv", odd)], |folder| {
        let told = |form: &[&str]| {
            let args = [&["check", "good.csv", "missing.csv", "bad.csv", "odd.csv", "-"], form].concat();
            run_in(folder, &args, THURSDAY)
        };
        snap!("cli", "check_table", told(&[]));
        snap!("cli", "check_json", told(&["--format", "json", "-q"]));
        snap!("cli", "check_csv", told(&["--format", "csv", "-q"]));
        assert!(run_in(folder, &["check", "good.csv", "odd.csv", "-q"], "").starts_with("exit code: 0"));
    });
}

#[test]
fn the_mark_stands_under_its_place_whatever_the_line_holds() {
    let long = format!("contract,price,note\nZQZ25,96.x,{}\nZQF26,96.2,é\t\u{1b}[31m\n", "n".repeat(300));
    let late = format!("contract,note,price\nZQZ25,{},96.x\n", "n".repeat(300));
    with_files(&[("long.csv", &long), ("late.csv", &late), ("tab.csv", "contract\tprice\nZQZ25\t96.x\n")], |folder| {
        let told = run_in(folder, &["check", "long.csv", "late.csv", "tab.csv"], "");
        insta::assert_snapshot!(told, @"
        exit code: 1
        ----- stdout -----
        long.csv: 1 error
        late.csv: 1 error
        tab.csv: 1 error
        ----- stderr -----
        fedpath: long.csv:2:7: expected a price such as 96.2300, found '96.x'
          2 | ZQZ25,96.x,nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…
            |       ^
        fedpath: late.csv:2:308: expected a price such as 96.2300, found '96.x'
          2 | …nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn,96.x
            |                                          ^
        fedpath: tab.csv:2:7: expected a price such as 96.2300, found '96.x'
          2 | ZQZ25 96.x
            |       ^
        ");
        assert!(!told.contains('\u{1b}'));
    });
}

#[test]
fn files_are_converted_into_one_table_all_or_none() {
    let other = FRIDAY.replace("96.1800", "96.1850");
    with_files(&[("fri.csv", FRIDAY), ("thu.csv", THURSDAY), ("again.csv", FRIDAY), ("other.csv", &other)], |folder| {
        insta::assert_snapshot!(run_in(folder, &["convert", "fri.csv", "thu.csv", "again.csv"], ""), @"
        exit code: 0
        ----- stdout -----
        trade_date,contract,open,high,low,last,settle,change,volume,open_interest,high_mark,low_mark,last_mark
        2025-11-20,2025-11,,,,,96.1200,,,,,,
        2025-11-20,2025-12,,,,,96.1900,,,,,,
        2025-11-21,2025-11,,,,,96.1200,,,,,,
        2025-11-21,2025-12,,,,,96.1800,,,,,,
        ----- stderr -----
        ");
        // From a pipe, and the whole table read back by day.
        let table = run_in(folder, &["convert", "-", "thu.csv", "-o", "long.csv"], FRIDAY);
        assert_eq!(table, "exit code: 0\n----- stdout -----\n----- stderr -----\n");
        let thursday = ["probs", "long.csv", "--as-of", "2025-11-20", "--chain", "1", "--format", "csv"];
        let direct = ["probs", "thu.csv", "--chain", "1", "--format", "csv"];
        assert_eq!(run_in(folder, &thursday, ""), run_in(folder, &direct, ""));
        // Without a day the newest, which is said.
        let newest = run_in(folder, &["probs", "long.csv", "--count", "1", "--format", "csv"], "");
        let friday = run_in(folder, &["probs", "fri.csv", "--count", "1", "--format", "csv", "-q"], "");
        assert!(newest.starts_with(friday.trim_end()), "{newest}");
        let said = "long.csv: quotes of 2025-11-21 are used, the newest of 2 days (choose another with --as-of)";
        assert!(newest.contains(said), "{newest}");
        insta::assert_snapshot!(run_in(folder, &["probs", "long.csv", "--as-of", "2025-11-22"], ""), @"
        exit code: 1
        ----- stdout -----
        ----- stderr -----
        fedpath: long.csv: expected quotes of 2025-11-22, found 2 other days: they end on 2025-11-21
        ");
        // Two files that contradict each other: nothing is written.
        insta::assert_snapshot!(run_in(folder, &["convert", "fri.csv", "other.csv", "-o", "both.csv"], ""), @"
        exit code: 1
        ----- stdout -----
        ----- stderr -----
        fedpath: other.csv:4:1: expected ZQZ25 on 2025-11-21 to agree with fri.csv: settle 96.1800 as there, found 96.1850
        ");
        assert!(!folder.join("both.csv").exists());
    });
}

#[test]
fn options_of_files_have_to_fit_them() {
    let told = [
        run(&["convert"]),
        run(&["convert", "-", "-"]),
        run(&["check", "a.csv", "b.csv", "--contract", "ZQZ25"]),
        run(&["convert", "a.csv", "--contract", "ZQ=F"]),
        run(&["convert", "a.csv", "--product", "ES"]),
    ];
    snap!("cli", "file_options", told.join("\n"));
}

fn session() -> impl Strategy<Value = Option<SessionPrice>> {
    let mark = prop_oneof![Just(None), Just(Some(Mark::Bid)), Just(Some(Mark::Ask))];
    let price = (800_000_i64..1_040_000).prop_map(|points| format!("{}.{:04}", points / 10_000, points % 10_000));
    prop::option::of((price, mark).prop_map(|(price, mark)| SessionPrice { price: price.parse().unwrap(), mark }))
}

fn quotes() -> impl Strategy<Value = Quote> {
    let counts = prop::array::uniform2(prop::option::of(0_u64..10_000_000));
    let change = prop::option::of(-4_000_i64..4_000);
    (prop::array::uniform6(session()), counts, change).prop_map(|(session, counts, change)| {
        let mut quote = Quote::default();
        let [open, high, low, last, settle, bid] = session;
        (quote.open, quote.high, quote.low, quote.last) = (open, high, low, last);
        (quote.settle, quote.bid) = (settle.map(|s| s.price), bid.map(|s| s.price));
        // An ask is never below its bid.
        quote.ask = quote.bid;
        [quote.volume, quote.open_interest] = counts;
        quote.change =
            change.map(|ticks| format!("{}.{:04}", if ticks < 0 { "-0" } else { "0" }, ticks.abs()).parse().unwrap());
        quote
    })
}

proptest! {
    #[test]
    fn what_convert_writes_is_read_back_as_it_was(rows in prop::collection::vec(quotes().prop_filter("without a price it is left out", Quote::has_price), 1..30)) {
        let mut table = QuoteTable::default();
        let mut expected = Vec::new();
        for (index, quote) in rows.into_iter().enumerate() {
            let day = chrono_day(index / 7);
            let contract = (0..index % 7).fold(crate::support::month("2025-11"), |month, _| month.next());
            table.insert(day, contract, quote.clone()).unwrap();
            expected.push((Some(day), contract, quote));
        }
        let mut text = Vec::new();
        report::quotes(&table, &[]).csv(&mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        let file = QuoteFile::parse(&text, &ReadOptions::default()).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let read: Vec<_> = file.quotes().map(|(day, month, quote)| (day, month, quote.clone())).collect();
        prop_assert_eq!(read, expected);
    }
}

fn chrono_day(index: usize) -> fedpath::chrono::NaiveDate {
    crate::support::date("2025-11-03") + fedpath::chrono::Days::new(index as u64)
}

#[test]
fn a_day_without_any_price_amid_a_long_table_is_remarked_row_by_row() {
    let long = "date,contract,settle\n2025-11-19,ZQZ5,\n2025-11-19,ZQF6,-\n2025-11-20,ZQX5,96.12\n2025-11-20,ZQF6,96.215\n\
        2025-11-20,ZQG6,96.28\n2025-11-24,ZQX5,-\n";
    let told = run_in(Path::new("."), &["history", "-", "-q"], long);
    assert!(told.contains("2025-11-20,2025-12-10"), "{told}");
    let told = run_in(Path::new("."), &["history", "-"], long);
    assert!(told.contains("3 warnings about single rows"), "{told}");
}

/// A report of one day stands for its day whatever day is asked, with a remark; a file of several days, or one that dates its rows, lacks it.
#[test]
fn a_day_that_a_file_does_not_state_is_remarked_or_lacking() {
    let other = Some("2025-11-20".parse().unwrap());
    let read = |text: &str| QuoteFile::parse(text, &ReadOptions::default()).unwrap();
    let report = read(include_str!("../data/episode-2025-11-21.stl"));
    let (quotes, remarks) = (report.quotes().count(), report.remarks().len());
    let kept = report.only(other).unwrap();
    assert_eq!(kept.quotes().count(), quotes);
    assert!(kept.remarks().len() > remarks, "{:?}", kept.remarks());
    assert!(read("date,contract,settle\n2025-11-21,ZQX25,96.12\n2025-11-24,ZQX25,96.12\n").only(other).is_err());
    assert!(read("date,contract,settle\n2025-11-21,ZQX25,96.12\n").only(other).is_err());
}

/// A year of one digit is resolved against the day that is given with the text.
#[test]
fn a_snapshot_as_of_a_day_knows_its_one_digit_years() {
    let snapshot = fedpath::Snapshot::parse_as_of("contract,price\nZQX5,96.12\n", "2025-11-21".parse().ok()).unwrap();
    assert_eq!(snapshot.quotes().map(|(month, _)| month.to_string()).collect::<Vec<_>>(), ["2025-11"]);
    assert!(fedpath::Snapshot::parse("contract,price\nZQX5,96.12\n").is_err());
}
