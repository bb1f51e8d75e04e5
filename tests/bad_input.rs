//! Bad input gets a sentence that helps, exit code 1, and no report.

use std::path::Path;

use crate::cli::run_in;
use crate::support::snap;

const QUOTES: &str =
    "# as_of: 2025-11-21\ncontract,price\nZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";

/// Runs `probs quotes.csv` on a file with this content.
fn probs(content: impl AsRef<[u8]>) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("quotes.csv"), content).unwrap();
    run_in(folder.path(), &["probs", "quotes.csv"], "")
}

/// What each call says on standard error; it has to end with this exit code and print nothing else.
fn refusals(folder: &Path, exit_code: u8, calls: &[&[&str]]) -> String {
    let refusal = |args: &&[&str]| {
        let told = run_in(folder, args, "");
        let sentence = told.strip_prefix(&format!("exit code: {exit_code}\n----- stdout -----\n----- stderr -----\n"));
        format!("fedpath {}\n{}", args.join(" "), sentence.unwrap_or_else(|| panic!("{args:?}: {told}")))
    };
    calls.iter().map(refusal).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_plain_file_is_good_before_it_is_spoilt() {
    assert!(probs(QUOTES).starts_with("exit code: 0"), "{}", probs(QUOTES));
}

#[test]
fn spoilt_quote_files() {
    let episode = include_str!("../data/episode-2025-11-21.stl");
    let with = |from: &str, to: &str| {
        assert!(QUOTES.contains(from), "{from}");
        QUOTES.replace(from, to).into_bytes()
    };
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("an empty file", Vec::new()),
        ("nothing but blanks", b" \n\n".to_vec()),
        ("a binary file", vec![0x7f, b'E', b'L', b'F', 2, 1, 1, 0, 0, 0]),
        ("a gzip archive", vec![0x1f, 0x8b, 8, 0, 0]),
        ("a spreadsheet", b"PK\x03\x04rest".to_vec()),
        ("a byte that is no text", b"contract,price\nZQX25,96.12\xff00\n".to_vec()),
        ("a saved web page", b"<!DOCTYPE html>\n<html>Forbidden</html>\n".to_vec()),
        ("a saved refusal", br#"{"message":"This IP address is blocked"}"#.to_vec()),
        ("prose", b"Dear all,\nplease find attached\n".to_vec()),
        ("another table", b"date,close\n2025-11-21,96.12\n".to_vec()),
        ("a header and nothing below", b"# as_of: 2025-11-21\ncontract,price\n".to_vec()),
        ("no date", with("# as_of: 2025-11-21\n", "")),
        ("a date that is none", with("2025-11-21", "21/11/2025")),
        ("two dates", with("contract,price", "# as_of: 2025-11-20\ncontract,price")),
        ("a price with a letter", with("96.1800", "96.1x00")),
        ("a price on another scale", with("96.1800", "9618.0")),
        ("no price where one is read", with("96.2150", "")),
        ("an unknown month", with("ZQZ25", "ZQB25")),
        ("another product", with("ZQZ25", "SR3Z25")),
        ("a one-digit year without a date", b"contract,price\nZQZ5,96.18\n".to_vec()),
        ("a contract twice", with("ZQF26", "ZQZ25")),
        ("a row too short", with("ZQZ25,96.1800", "ZQZ25")),
        ("an unknown column", with("contract,price", "contract,prise")),
        ("two settlement columns", b"# as_of: 2025-11-21\ncontract,price,settle\nZQX25,96.12,96.12\n".to_vec()),
        ("three bad lines", [with("96.1800", "x"), b"ZQB26,96\nZQH26,y\n".to_vec()].concat()),
        (
            "every kind of bad line at once",
            b"# as_of: 2025-11-21\ncontract,price,volume\nZQZ2B,96.1x,z\nZQX25,96.12\n\"ZQF26,96.2\nZQG26,96.285,1\nZQG26,96.285,1\n"
                .to_vec(),
        ),
        ("a bid above its ask", b"# as_of: 2025-11-21\ncontract,bid,ask\nZQX25,96.13,96.12\n".to_vec()),
        ("a missing contract", with("ZQF26,96.2150\n", "")),
        ("a strip that starts too late", with("ZQX25,96.1200\n", "")),
        ("a report cut short", episode.as_bytes()[..episode.len() / 2].to_vec()),
        (
            "a report of other products",
            episode.replace("FF 30 DAY FED FUNDS FUTURES", "ED CME EURODOLLAR FUTURES").into_bytes(),
        ),
        ("a report with a spoilt price", episode.replace("96.2150   96.2150", "96.2150   96.21S0").into_bytes()),
    ];
    let told: Vec<String> = cases
        .into_iter()
        .map(|(what, content)| {
            let told = probs(content);
            let sentence = told.strip_prefix("exit code: 1\n----- stdout -----\n----- stderr -----\n");
            format!("{what}\n{}", sentence.unwrap_or_else(|| panic!("{what}: {told}")))
        })
        .collect();
    snap!("cli", "bad_quote_files", told.join("\n"));
}

#[test]
fn inputs_that_are_no_files() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("quotes")).unwrap();
    let told = [run_in(folder.path(), &["probs", "quotes"], ""), run_in(folder.path(), &["probs", "nowhere.csv"], "")];
    insta::assert_snapshot!(told.join("\n"), @"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    fedpath: quotes: the folder contains no files

    exit code: 1
    ----- stdout -----
    ----- stderr -----
    fedpath: nowhere.csv: no such file
    ");
}

#[test]
fn a_file_name_with_control_characters_does_not_reach_the_terminal() {
    let told = run_in(Path::new("/"), &["probs", "no\u{1b}[31mwhere\n"], "");
    assert!(!told.contains('\u{1b}'), "{told}");
    assert_eq!(told.lines().count(), 4, "{told}");
}

#[test]
fn options_that_do_not_fit_the_data() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("quotes.csv"), QUOTES).unwrap();
    std::fs::write(folder.path().join("calendar.csv"), "announcement,kind\n2026-01-28,planned\n10 Dec\n").unwrap();
    std::fs::write(folder.path().join("fixings.csv"), "observation_date,EFFR\n2025-11-19,3.88\n").unwrap();
    std::fs::write(folder.path().join("good.csv"), "id,name,payout_yield_percent,input,source\na,A,2,assumed,\n")
        .unwrap();
    std::fs::write(folder.path().join("assets.csv"), "id,name,payout_yield_percent,input,source\na,A,0,assumed,\n")
        .unwrap();
    let cases = [
        &["probs", "quotes.csv", "--meeting", "2025-12-11"][..],
        &["probs", "quotes.csv", "--as-of", "1990-01-05"],
        &["probs", "quotes.csv", "--drop-meeting", "2025-12-11"],
        &["probs", "quotes.csv", "--as-of", "2026-01-05", "--add-meeting", "2026-01-30"],
        &["probs", "quotes.csv", "--as-of", "2025-11-21", "--anchor", "2026-09=96.7", "--strict"],
        &["probs", "quotes.csv", "--start-rate", "fixings", "--fixings", "fixings.csv"],
        &["probs", "quotes.csv", "--fixings", "quotes.csv"],
        &["probs", "quotes.csv", "--bounds=mean", "--largest-move", "25bp", "--start-rate", "4.5"],
        &["probs", "quotes.csv", "--method", "least-squares", "--weights", "volume"],
        &["history", "quotes.csv", "--calibration"],
        &["solve", "quotes.csv", "--outcome", "2027-12-08=-25bp"],
        &["solve", "quotes.csv", "--bump", "ZQF29=1bp"],
        &["solve", "quotes.csv", "--meeting", "2025-12-10", "--probability", "65", "--landing-spread", "2bp"],
        &["probs", "quotes.csv", "--meetings", "calendar.csv"],
        &["probs", "quotes.csv", "--price", "last"],
        &["reprice", "quotes.csv", "quotes.csv", "--as-of", "2025-11-21,2025-11-14"],
        &["reprice", "quotes.csv", "quotes.csv", "--meeting", "2026-12-09"],
        &["equity", "--as-of", "2025-11-19", "--meeting", "2025-12-11", "--shift", "7.5bp"],
        &["equity", "--as-of", "2025-12-19", "--meeting", "2025-12-10", "--shift", "7.5bp"],
        &["equity", "--as-of", "2025-11-19", "--meeting", "2025-12-10", "--shift", "7.5bp", "--assets", "assets.csv"],
        &["reprice", "--assets", "good.csv", "--asset", "gold"],
    ];
    snap!("cli", "bad_options", refusals(folder.path(), 1, &cases));
}

#[test]
fn usage_errors_exit_with_two() {
    let cases = [
        &[][..],
        &["probs"],
        &["porbs", "quotes.csv"],
        &["reprice", "one.csv"],
        &["reprice", "-", "-"],
        &["reprice", "a.csv", "b.csv", "--as-of", "2025-11-21"],
        &["reprice", "--as-of", "2025-11-14,2025-11-21"],
        &["probs", "quotes.csv", "--target", "4.00-3.75"],
        &["probs", "quotes.csv", "--as-of", "yesterday"],
        &["probs", "quotes.csv", "--chain", "0"],
        &["probs", "quotes.csv", "--start-rate", "fixings"],
        &["probs", "quotes.csv", "--anchor", "2025-11"],
        &["probs", "quotes.csv", "--method", "guess"],
        &["probs", "quotes.csv", "--explain", "--format", "csv"],
        &["meetings", "--explain"],
        &["meetings", "--from", "2026-01-01", "--to", "2025-01-01"],
        &["probs", "quotes.csv", "--as-of", "2025-1-2"],
        &["probs", "quotes.csv", "--target", "79228162514264337593543950335"],
        &["probs", "quotes.csv", "--start-rate", "-101"],
        &["equity", "--as-of", "2025-11-19", "--meeting", "2025-12-10", "--shift=-10001bp"],
        &["reprice", "--half-life", "0"],
        &["reprice", "--asset", "gold"],
        &["reprice", "--payout-yield", "-1"],
        &["meetings", "--as-of", "+02025-1-1"],
        &["equity", "--shift", "ten"],
        &["solve", "quotes.csv", "--probability", "65"],
        &["solve", "quotes.csv", "--explain"],
        &["equity", "--as-of", "2025-11-19", "--meeting", "2025-12-10", "--shift", "7.5bp", "--fixings", "f.csv"],
        &["history", "q.csv", "--calibration", "--view", "meeting"],
        &["history", "tests/data/history_moves.csv", "--compare", "f.csv", "--strict"],
        &["solve", "quotes.csv", "--meeting", "2025-12-10", "--probability", "101"],
        &["solve", "quotes.csv", "--meeting", "2025-12-10", "--probability", "65", "--move", "10bp"],
        &["solve", "quotes.csv", "--outcome", "2025-12-10"],
        &["solve", "quotes.csv", "--outcome", "2025-12-10=-30bp"],
        &["solve", "quotes.csv", "--bump", "ZQF26"],
        &["solve", "quotes.csv", "--bump", "ZQB26=1bp"],
        &["solve", "data/episode-2025-11-21.stl", "--outcome", "2025-12-10=0", "--outcome", "2025-12-10=-25"],
        &["solve", "data/episode-2025-11-21.stl", "--bump", "ZQF26=1", "--bump", "ZQF26=-1"],
        &["probs", "quotes.csv", "--bounds=mean", "--largest-move", "0"],
        &["probs", "quotes.csv", "--largest-move", "50bp"],
        &["probs", "quotes.csv", "--bounds=guess"],
        &["probs", "quotes.csv", "--term-premium", "1"],
        &["probs", "quotes.csv", "--term-premium", "0=3"],
        &["probs", "quotes.csv", "--term-premium", "1=3,1=4"],
        &["probs", "quotes.csv", "--landing-spread", "25bp"],
        &["probs", "quotes.csv", "--project-meetings", "11"],
        &["probs", "data/episode-2025-11-21.stl", "--bounds", "--landing-spread", "2bp"],
    ];
    snap!("cli", "usage_errors", refusals(Path::new(env!("CARGO_MANIFEST_DIR")), 2, &cases));
}

#[test]
fn a_total_is_held_against_rows_that_are_all_there() {
    let rows = "ZQX25,96.1200,100,2025-11-21\nZQZ25,96.1800,200,2025-11-21\nZQF26,96.2150,300,2025-11-21\nZQG26,96.2850,400,2025-11-21\n";
    let table = |rows: &str, total: &str| probs(format!("contract,settle,volume,date\n{rows}{total}\n"));
    let priced = "exit code: 0";
    assert!(table(rows, "Total,,1000,").starts_with(priced));
    assert!(table(rows, "Total,,999,").contains("the volumes of the rows to add up to the Total 999, found 1000"));
    // A total of several products says nothing of one of them.
    let several = format!("{rows}SR1Z25,96.1800,50,2025-11-21\n");
    assert!(table(&several, "Total,,1050,").starts_with(priced), "{}", table(&several, "Total,,1050,"));
    // What is wrong is that no row is a contract's, not that nothing adds up to the total.
    let unknown = table("KF30-2025-12,96.1800,200,2025-11-21\n", "Total,,200,");
    assert!(unknown.contains("KF30-2025-12") && !unknown.contains("add up"), "{unknown}");
    // A total may stand below the days.
    let dated = "date,contract,settle,volume\n2025-11-21,ZQX25,96.12,100\n2025-11-21,ZQZ25,96.18,200\n2025-11-21,ZQF26,96.215,300\n\
        2025-11-21,ZQG26,96.285,400\nTotal,,,1000\n";
    assert!(probs(dated).starts_with(priced), "{}", probs(dated));
    assert!(probs(dated.replace("1000", "999")).contains("add up to the Total 999, found 1000"));
}
