//! Every file of `tests/data/formats` beside what the program says of it: `NAME.expected` holds commands and what each prints.
//!
//! The inputs are made by hand with the geometry of real files. To write the expected files anew, set `BLESS=1`, and read
//! every difference.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::cli::run_in;

/// What to do about output that differs and is right.
const ACCEPT: &str = "if what was found is right, write it with BLESS=1 cargo test --all-features --test all formats::";

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
    assert!(unlike.is_empty(), "{}\n{ACCEPT}", unlike.join("\n"));
}

/// Every row that is read is kept or skipped for a reason, and the rows are those of the file.
#[test]
fn every_row_of_a_table_is_accounted_for() {
    let mut counted = 0;
    for name in inputs().iter().filter(|name| Path::new(name).extension().is_some_and(|kind| kind == "csv")) {
        let Ok(text) = std::fs::read_to_string(folder().join(name)) else { continue };
        let check = fedpath::check::FileCheck::of(&text, &fedpath::ReadOptions::default());
        let Some(tally) = check.tally() else { continue };
        // Below two rows of a header, and in a row of several contracts, lines are no rows.
        // A row of fields is a part of a quote, and a first line without names is one.
        let arranged = ["fields", "headless", "bloomberg_security"].iter().any(|shape| name.starts_with(shape));
        if check.format().is_some_and(|format| format.starts_with("wide")) || name == "pysystemtrade.csv" || arranged {
            continue;
        }
        let lines = text
            .lines()
            .filter(|line| !line.trim_start_matches('\u{feff}').starts_with('#') && !line.trim().is_empty());
        let headers = match name.as_str() {
            // Its header begins with the sign of a comment.
            "settle_bom_crlf_no_header.csv" | "settle_options_only.csv" | "lseg_tick_history.csv" => 0,
            "rates_h15.csv" => 6,
            "by_meeting_title.csv" => 2,
            "yfinance.csv" => 3,
            _ => 1,
        };
        // A row of yfinance holds every contract's day.
        let contracts = if name == "yfinance.csv" { 2 } else { 1 };
        let rows = (lines.count() - headers) * contracts;
        assert_eq!(
            tally.read(),
            rows,
            "{name}: left the rows that were read, right the lines below a header of {headers}; add a longer header to `headers`"
        );
        counted += 1;
    }
    assert!(counted > 25, "{counted} tables");
}

/// What `convert` writes is what the file says: both give the same odds.
#[test]
fn a_converted_file_is_priced_like_the_file_itself() {
    let mut compared = 0;
    for name in inputs() {
        // A new input has none until `BLESS=1` writes it; the test of the expected files reports the lack.
        let Ok(told) = std::fs::read_to_string(folder().join(format!("{name}.expected"))) else { continue };
        for args in commands(&told).iter().filter(|args| args[0] == "convert") {
            let options = &args[2..];
            if options.contains(&"--product")
                || options.contains(&"--columns")
                || options.contains(&"--format")
                || options.contains(&"--at")
                || options.contains(&"2025-11-20")
            {
                continue;
            }
            let converted = run_in(&folder(), args, "");
            let Some(rest) = converted.strip_prefix("exit code: 0\n----- stdout -----\n") else { continue };
            let (converted, _) = rest.split_once("----- stderr -----\n").unwrap();
            // A table with a day in each row is asked for a day that it has.
            if !converted.contains("\n2025-11-21,") {
                continue;
            }
            let priced = |source: &str, input: &str, price: &str| {
                let mut args =
                    vec!["probs", source, "--format", "csv", "-q", "--price", price, "--as-of", "2025-11-21"];
                args.extend(["--anchor", "2025-11=96.12", "--chain", "4"]);
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

/// What is read of a file, and what of the usual figures is not; `None` of a file that is refused.
fn read_and_missing(name: &str) -> Option<[String; 2]> {
    let bytes = std::fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let text = fedpath::unpack(&bytes).ok()?;
    let listed = |figures: &[(&str, bool)], has: bool| {
        let of = figures.iter().filter(|(_, found)| *found == has);
        of.map(|(figure, _)| *figure).collect::<Vec<_>>().join(", ")
    };
    if fedpath::Fixings::recognises(&text) {
        let rates = fedpath::Fixings::parse(&text).ok()?;
        let figures = [("rate", rates.rates().len() > 0), ("target", rates.targets().len() > 0)];
        return Some([listed(&figures, true), listed(&figures, false)]);
    }
    let mut options = fedpath::ReadOptions::default();
    options.file_name = Some(name.to_owned());
    let own = fedpath::QuoteFile::parse(&text, &options);
    let named = own.is_ok();
    let file = own.or_else(|_| {
        options.contract = Some("2025-12".parse().unwrap());
        fedpath::QuoteFile::parse(&text, &options)
    });
    // A one-digit year needs a day.
    let file = file.or_else(|_| {
        options.as_of = Some("2025-11-21".parse().unwrap());
        fedpath::QuoteFile::parse(&text, &options)
    });
    let file = file.ok()?;
    let any = |has: fn(&fedpath::Quote) -> bool| file.quotes().any(|(.., quote)| has(&quote));
    let dated = options.as_of.is_none() && file.days().all(|day| day.is_some());
    let usual = [
        ("trade date", dated),
        ("contract", named || options.as_of.is_some()),
        ("settlement", any(|quote| quote.settle.is_some())),
        ("volume", any(|quote| quote.volume.is_some())),
        ("open interest", any(|quote| quote.open_interest.is_some())),
    ];
    let others = [
        ("last", any(|quote| quote.last.is_some())),
        ("mid", any(|quote| quote.mid.is_some())),
        ("bid and ask", any(|quote| quote.bid.is_some() && quote.ask.is_some())),
        ("open, high, low", any(|quote| quote.open.is_some() && quote.high.is_some() && quote.low.is_some())),
    ];
    Some([listed(&[usual.as_slice(), &others].concat(), true), listed(&usual, false)])
}

/// The matrix of `docs/formats.md` says of every example what is read of it; with `BLESS=1` it is written anew.
#[test]
fn the_matrix_of_formats_is_true() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md");
    let text = std::fs::read_to_string(&page).unwrap();
    let mut rows = 0;
    let lines = text.lines().map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let ["", maker, shape, example, _, _, ""] = cells[..] else { return line.to_owned() };
        let Some(name) = example.strip_prefix('`').and_then(|name| name.strip_suffix('`')) else {
            return line.to_owned();
        };
        let [read, missing] = read_and_missing(name).unwrap_or_else(|| {
            panic!("docs/formats.md has a row of {name}, which is refused: fedpath check -v tests/data/formats/{name} prints why")
        });
        rows += 1;
        let missing = if missing.is_empty() { "-" } else { &missing };
        format!("| {maker} | {shape} | {example} | {read} | {missing} |")
    });
    let told = lines.collect::<Vec<_>>().join("\n") + "\n";
    assert!(rows > 60, "{rows} rows");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&page, &told).unwrap();
    } else {
        let unlike = text.lines().zip(told.lines()).filter(|(written, found)| written != found);
        let unlike: Vec<String> = unlike.map(|(written, found)| format!("- {written}\n+ {found}\n")).collect();
        assert!(told == text, "docs/formats.md\n{}{ACCEPT}", unlike.concat());
    }
}

/// Whatever a column of dates is called, a file never gives the quotes of two days as one.
#[test]
fn a_column_of_dates_is_never_passed_over() {
    let odds = |header: &str, rows: &str, args: &[&str]| {
        run_in(
            &folder(),
            &[&["probs", "-", "--count", "2", "--format", "csv", "-q"], args].concat(),
            &format!("{header}\n{rows}"),
        )
    };
    let names = [
        "Trade Date",
        "tradeDate",
        "trading_date",
        "settlement_date",
        "pricing_date",
        "time",
        "AsOf",
        "COB Date",
        "Valuation Date",
        "datetime",
        "timestamp",
        "Session Date",
        "Quote Day",
        "date_of_quote",
        "Mark Date",
        "Datum",
        "dt",
        "Business Day",
        "price date",
    ];
    let rows = "ZQX25,96.1200,2025-11-21\nZQZ25,96.1800,2025-11-21\nZQF26,96.2150,2025-11-21\nZQG26,96.2850,2025-11-21\nZQF26,96.2900,2025-11-14\n";
    let right = "2025-11-21,2025-12-10,350,375,0.350000000000\n2025-11-21,2025-12-10,375,400,0.650000000000\n";
    for name in names {
        let header = format!("Contract,Settle,{name}");
        for args in [&["--as-of", "2025-11-21"][..], &[]] {
            let told = odds(&header, rows, args);
            assert!(told.starts_with("exit code: 0") && told.contains(right), "{name} {args:?}: {told}");
        }
        let told = odds(&header, rows, &["--as-of", "2025-11-20"]);
        assert!(told.starts_with("exit code: 1"), "{name}: {told}");
        // The same where the column stands first, and where every row is of another day.
        let moved: Vec<String> =
            rows.lines().filter_map(|row| row.rsplit_once(',').map(|(row, day)| format!("{day},{row}"))).collect();
        let first = moved.join("\n") + "\n";
        let told = odds(&format!("{name},Contract,Settle"), &first, &["--as-of", "2025-11-21"]);
        assert!(told.contains(right), "{name} first: {told}");
        let other = rows.replace("2025-11-21", "2025-11-13");
        let told = odds(&header, &other, &["--as-of", "2025-11-21"]);
        assert!(told.starts_with("exit code: 1"), "{name} of another day: {told}");
    }
    // A name that says nothing of days is asked about.
    for name in ["Loaded", "Remark", "X", "prior_date"] {
        let told = odds(&format!("Contract,Settle,{name}"), rows, &["--as-of", "2025-11-21"]);
        assert!(told.starts_with("exit code: 1") && told.contains("--columns"), "{name}: {told}");
    }
}

/// Whatever a file is spoilt to, what is told of it stands in a line of it, at most just behind its end.
#[test]
fn no_place_lies_outside_its_text() {
    let (mut told, mut seed) = (0, 7_usize);
    let mut below = |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most.max(1)
    };
    for name in inputs() {
        let bytes = std::fs::read(folder().join(&name)).unwrap();
        let Ok(text) = fedpath::unpack(&bytes) else { continue };
        for _ in 0..12 {
            let mut spoilt: Vec<char> = text.chars().collect();
            let place = below(spoilt.len());
            let end = (place + below(9)).min(spoilt.len());
            let odd = [",", "\"", "é,é", "\n", "x", "\t9\r\n", "#", ""][below(8)];
            spoilt.splice(place..end, odd.chars());
            let spoilt: String = spoilt.into_iter().collect();
            let check = fedpath::check::FileCheck::of(&spoilt, &fedpath::ReadOptions::default());
            let lines: Vec<usize> =
                spoilt.trim_start_matches('\u{feff}').split('\n').map(|line| line.chars().count()).collect();
            let places = check.problems().iter().map(fedpath::Problem::position);
            for at in places.chain(check.remarks().iter().map(|remark| remark.position)).flatten() {
                let length = at.line.checked_sub(1).and_then(|line| lines.get(line));
                assert!(length.is_some_and(|length| (1..=length + 1).contains(&at.column)), "{name} {at}: {spoilt:?}");
                told += 1;
            }
        }
    }
    assert!(told > 500, "{told} places");
}

/// The same quotes, however a desk arranges them.
#[test]
fn every_arrangement_of_a_table_gives_its_quotes() {
    let converted = |text: &str, args: &[&str]| run_in(&folder(), &[&["convert", "-", "-q"], args].concat(), text);
    let plain = converted(
        "date,contract,settle\n2025-11-20,ZQZ25,96.19\n2025-11-21,ZQZ25,96.18\n2025-11-21,ZQF26,96.215\n",
        &[],
    );
    assert!(plain.starts_with("exit code: 0") && plain.contains("2025-11-21,2026-01,,,,,96.215,"), "{plain}");
    for text in [
        "Contract,2025-11-20,2025-11-21\nZQZ25,96.19,96.18\nZQF26,,96.215\n",
        "\t20/11/2025\t21/11/2025\nDec 25\t96.19\t96.18\nJan 26\t-\t96.215\n",
        "Month;20.11.2025;21.11.2025\n2025-12;96,19;96,18\n2026-01;;96,215\n",
        "Contract,45981,45982\nZQZ25,96.19,96.18\nZQF26,,96.215\n",
        "Run of the desk\n\nTicker,Settle 20-Nov-25,Settle 21-Nov-25\nFFZ25 Comdty,96.19,96.18\nFFF26 Comdty,N/A,96.215\n",
        "date,ticker,variable,value\n2025-11-20,ZQZ25,settle,96.19\n2025-11-21,ZQZ25,settle,96.18\n2025-11-21,ZQF26,settle,96.215\n",
        "ticker,metric,date,amount\nZQZ25,PX_SETTLE,2025-11-20,96.19\nZQZ25,PX_SETTLE,2025-11-21,96.18\nZQF26,PX_SETTLE,2025-11-21,96.215\n",
        "Symbol,ZQZ25,ZQZ25,ZQF26\nDate,2025-11-20,2025-11-21,2025-11-21\nSettle,96.19,96.18,96.215\n",
        "2025-11-20,ZQZ25,96.19\n2025-11-21,ZQZ25,96.18\n2025-11-21,ZQF26,96.215\n",
        "ZQZ25 20251120 96.19\nZQZ25 20251121 96.18\nZQF26 20251121 96.215\n",
        "date contract settle\n2025-11-20 ZQZ25 96.19\n2025-11-21 ZQZ25 96.18\n2025-11-21 ZQF26 96.215\n",
        "+------------+-------+--------+\n| date | contract | settle |\n+------------+-------+--------+\n| 2025-11-20 | ZQZ25 | 96.19 |\n| 2025-11-21 | ZQZ25 | 96.18 |\n| 2025-11-21 | ZQF26 | 96.215 |\n",
        "date,contract,settle\n2025-11-20,ZQZ25,96.19\ndate,contract,settle\n2025-11-21,ZQZ25,96.18\n2025-11-21,ZQF26,96.215\n",
        "date,contract,Settlement Price (USD)\n20NOV2025,ZQ202512,96.19s\n21NOV2025,Dec 2025 (ZQZ25),96.18s\n21NOV2025,ZQ2601,96.215s\n",
        r#"{"date":["2025-11-20","2025-11-21","2025-11-21"],"contract":["ZQZ25","ZQZ25","ZQF26"],"settle":[96.19,96.18,96.215]}"#,
        r#"{"2025-11-20":{"ZQZ25":96.19},"2025-11-21":{"ZQZ25":96.18,"ZQF26":96.215}}"#,
        r#"{"ZQZ25":{"2025-11-20":96.19,"2025-11-21":96.18},"ZQF26":{"2025-11-21":96.215}}"#,
        r#"[["date","contract","settle"],["2025-11-20","ZQZ25",96.19],["2025-11-21","ZQZ25",96.18],["2025-11-21","ZQF26",96.215]]"#,
        r#"{"ok":true,"result":{"items":[{"ticker":"ZQZ25","session":{"date":"2025-11-20","settle":96.19}},{"ticker":"ZQZ25","session":{"date":"2025-11-21","settle":96.18}},{"ticker":"ZQF26","session":{"date":"2025-11-21","settle":96.215},"prev_session":{"date":"2025-11-20","settle":96.2}}]}}"#,
    ] {
        assert_eq!(converted(text, &[]), plain, "{text}");
    }
    let sofr = converted("date,contract,settle\n2025-11-21,SR3Z25,96.285\n", &["--product", "SR3"]);
    assert!(sofr.contains("2025-11-21,2025-12,,,,,96.285,"), "{sofr}");
    for text in [
        "Contract,2025-11-21\nSFRZ25 Comdty,96.285\n",
        "date,security,field,value\n2025-11-21,SQZ25,last_settle,96.3\n2025-11-21,SQZ25,settle,96.285\n",
        "2025-11-21,SR3Z25,96.285\n",
        r#"{"2025-11-21":{"SR3Z25":96.285,"ZQZ25":96.18}}"#,
    ] {
        assert_eq!(converted(text, &["--product", "SR3"]), sofr, "{text}");
    }
}

/// Combinations of contracts and options in a long table are counted, whoever spells them.
#[test]
fn what_is_no_future_is_skipped_and_counted() {
    let labels = [
        "ZQZ5-ZQF6",
        "ZQZ25/ZQF26",
        "ZQZ25:ZQF26",
        "ZQZ25-F26",
        "ZQZ5F6",
        "FFZ5FFF6 Comdty",
        "ZQ Dec25/Jan26",
        "ZQ:BF Z5-F6-G6",
        "ZQ:SA 03M Z5",
        "UD:1N: GN 2520",
        "ZQZ5-SR1Z5",
        "OZQZ5 C96250",
        "FFZ5C 96.25 Comdty",
        "ZQZ25 P9600",
    ];
    for label in labels {
        let text = format!("date,contract,settle\n2025-11-21,ZQZ25,96.18\n2025-11-21,{label},0.035\n");
        let told = run_in(&folder(), &["check", "-v", "-"], &text);
        assert!(told.starts_with("exit code: 0") && told.contains("2 rows read: 1 kept, 1 skipped"), "{label}: {told}");
    }
    // A slip in a contract is none of them.
    for label in ["ZQA25", "ZQZ255", "ZQ2513", "ZQZ25 (Jan 26)"] {
        let text = format!("date,contract,settle\n2025-11-21,ZQZ25,96.18\n2025-11-21,{label},96.18\n");
        let told = run_in(&folder(), &["check", "-"], &text);
        assert!(told.starts_with("exit code: 1") && told.contains(":3:12: expected a contract"), "{label}: {told}");
    }
}
