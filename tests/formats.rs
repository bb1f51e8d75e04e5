//! Every file of `tests/data/formats` beside what the program says of it: `NAME.expected` holds commands and what each prints.
//!
//! The inputs are made by hand with the geometry of real files. To write the expected files anew, set `BLESS=1`, and read
//! every difference.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::cli::run_in;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats")
}

/// The inputs, by name.
fn inputs() -> Vec<String> {
    let names = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut inputs: Vec<String> = names.filter(|name| !name.ends_with(".expected")).collect();
    inputs.sort();
    inputs
}

/// The commands of an expected file: the lines that begin with `$ fedpath`.
fn commands(expected: &str) -> Vec<Vec<&str>> {
    let lines = expected.lines().filter_map(|line| line.strip_prefix("$ fedpath "));
    lines.map(|line| line.split(' ').collect()).collect()
}

#[test]
fn every_file_is_read_or_refused_as_expected() {
    let mut unlike = Vec::new();
    let inputs = inputs();
    assert!(inputs.len() > 80, "{} files", inputs.len());
    for name in inputs {
        let file = folder().join(format!("{name}.expected"));
        let expected = std::fs::read_to_string(&file).unwrap_or_else(|_| format!("$ fedpath check -v {name}\n"));
        let mut told = String::new();
        for args in commands(&expected) {
            writeln!(told, "$ fedpath {}\n{}", args.join(" "), run_in(&folder(), &args, "")).unwrap();
        }
        assert!(!told.contains("panicked"), "{name}: {told}");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&file, &told).unwrap();
        } else if told != expected {
            unlike.push(format!("{name}\n--- expected\n{expected}--- found\n{told}"));
        }
    }
    assert!(unlike.is_empty(), "{}", unlike.join("\n"));
}

/// Every row that is read is kept or skipped for a reason, and the rows are those of the file.
#[test]
fn every_row_of_a_table_is_accounted_for() {
    let mut counted = 0;
    for name in inputs().iter().filter(|name| Path::new(name).extension().is_some_and(|kind| kind == "csv")) {
        let Ok(text) = std::fs::read_to_string(folder().join(name)) else { continue };
        let check = fedpath::check::FileCheck::of(&text, &fedpath::ReadOptions::default());
        let Some(tally) = check.tally() else { continue };
        let lines = text
            .lines()
            .filter(|line| !line.trim_start_matches('\u{feff}').starts_with('#') && !line.trim().is_empty());
        let headers = match name.as_str() {
            "settle_bom_crlf_no_header.csv" => 0,
            "yfinance.csv" => 3,
            _ => 1,
        };
        // A row of yfinance holds every contract's day.
        let contracts = if name == "yfinance.csv" { 2 } else { 1 };
        assert_eq!(tally.read(), (lines.count() - headers) * contracts, "{name}");
        counted += 1;
    }
    assert!(counted > 25, "{counted} tables");
}

/// What `convert` writes is what the file says: both give the same odds.
#[test]
fn a_converted_file_is_priced_like_the_file_itself() {
    let mut compared = 0;
    for name in inputs() {
        let told = std::fs::read_to_string(folder().join(format!("{name}.expected"))).unwrap();
        for args in commands(&told).iter().filter(|args| args[0] == "convert") {
            let options = &args[2..];
            if options.contains(&"--product") || options.contains(&"--format") || options.contains(&"2025-11-20") {
                continue;
            }
            let converted = run_in(&folder(), args, "");
            let Some(rest) = converted.strip_prefix("exit code: 0\n----- stdout -----\n") else { continue };
            let (converted, _) = rest.split_once("----- stderr -----\n").unwrap();
            let priced = |source: &str, input: &str, price: &str| {
                let mut args =
                    vec!["probs", source, "--format", "csv", "-q", "--price", price, "--as-of", "2025-11-21"];
                args.extend(["--anchor", "2025-11=96.12", "--count", "4"]);
                run_in(&folder(), &args, input).replace("<stdin>", "FILE").replace(&name, "FILE")
            };
            for price in ["settle", "last", "mid"] {
                let direct = priced(&name, "", price);
                // A history that names no contract cannot be priced without converting it.
                if direct.contains("names none") {
                    continue;
                }
                assert_eq!(priced("-", converted, price), direct, "{name} at {price}");
                compared += usize::from(direct.starts_with("exit code: 0"));
            }
        }
    }
    assert!(compared > 40, "{compared} compared");
}
