//! `history` and `surprise` as their users see them.

use std::path::Path;

use crate::cli::{run, run_in, stdout};
use crate::support::{real, snap};

const FIXINGS: &str = "tests/data/effr_moves.csv";
const MOVES: &str = "tests/data/history_moves.csv";
const DAYS: &str = "tests/data/fedwatch_days_prices.csv";
const KUTTNER: &str = "tests/data/kuttner_2001_quotes.csv";
const EPISODE: [&str; 2] = ["data/episode-2025-11-14.stl", "data/episode-2025-11-21.stl"];

/// A run with further options.
fn with(args: &[&str], more: &[&str]) -> String {
    run(&[args, more].concat())
}

#[test]
fn a_history_for_people() {
    let table = ["--format", "table"];
    snap!("cli", "history", with(&["history", MOVES, "--from", "2020-01-01", "--chain", "2"], &table));
    snap!("cli", "history_meeting", with(&["history", EPISODE[0], EPISODE[1], "--meeting", "2025-12-10"], &table));
    snap!("cli", "history_delta", with(&["history", DAYS, "--delta", "1d,1w,1m", "--chain", "2"], &table));
    snap!(
        "cli",
        "history_delta_dates",
        with(&["history", MOVES, "--delta", "2001-04-17:2001-04-19", "--fixings", FIXINGS, "--quiet"], &table)
    );
    snap!("cli", "history_calibration", with(&["history", MOVES, "--calibration", "--fixings", FIXINGS], &table));
    let compare = ["--compare", "tests/data/fedmeeting_2025-12-10.csv", "--meeting", "2025-12-10"];
    let new = ["--decision-day", "new"];
    snap!("cli", "history_compare", with(&["history", EPISODE[0], EPISODE[1]], &[&compare[..], &table[..]].concat()));
    snap!(
        "cli",
        "history_compare_new",
        with(&["history", EPISODE[0], EPISODE[1]], &[&compare[..], &new[..], &table[..]].concat())
    );
}

#[test]
fn a_surprise_for_people() {
    let two = ["surprise", "--announcement", "2025-11-20", EPISODE[0], EPISODE[1]];
    snap!("cli", "surprise", run(&two));
    snap!("cli", "surprise_json", with(&two, &["--format", "json"]));
    let list = ["surprise", KUTTNER, "--announcements", "tests/data/kuttner_2001.csv", "--rule", "kuttner"];
    snap!("cli", "surprises", run(&list));
    snap!("cli", "surprises_next_open", with(&list, &["--window", "next-open", "--quiet"]));
    snap!("cli", "surprises_csv", run(&["surprise", MOVES, "--format", "csv"]));
}

#[test]
fn the_default_is_one_tidy_table() {
    let csv = stdout(&["history", DAYS, "--quiet"]);
    assert!(csv.starts_with("date,meeting,lower_bp,upper_bp,probability\n"), "{csv}");
    // A day of it is what `probs` says of the day.
    let day = stdout(&["probs", DAYS, "--as-of", "2025-10-14", "--format", "csv", "--quiet"]);
    let of_day: Vec<&str> = csv.lines().filter(|line| line.starts_with("2025-10-14,")).collect();
    let expected: Vec<&str> = day.lines().skip(1).collect();
    assert_eq!(of_day, expected);
    assert!(expected.len() > 20);
}

#[test]
fn json_is_one_document_a_line() {
    let lines = |args: &[&str]| -> Vec<serde_json::Value> {
        stdout(args).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let days = lines(&["history", MOVES, "--format", "json", "--quiet"]);
    assert!(days.iter().all(|day| day["schema"] == "fedpath.history/1" && day["warnings"].is_array()));
    let (run, days) = days.split_last().unwrap();
    assert_eq!(days.len(), 20);
    assert_eq!((&run["as_of"], &run["days"]), (&serde_json::Value::Null, &20.into()));
    let priced = days.iter().filter(|day| day["reason"].is_null()).count();
    assert_eq!(run["warnings"][0], format!("{priced} of 20 days priced"), "{run}");
    assert_eq!(days[1]["as_of"], "2001-01-03");
    assert_eq!(days[1]["meetings"].as_array().unwrap().len(), 0);
    assert!(days[1]["reason"].as_str().unwrap().contains("already moved in Jan 2001"));
    assert_eq!(days[0]["meetings"][0]["outcomes"][0]["probability_exact"], "9/25");
    assert_eq!(days[0]["illustrative"], false);
    assert_eq!(lines(&["history", EPISODE[0], "--format", "json", "--quiet"])[0]["illustrative"], true);
    let deltas = lines(&["history", MOVES, "--delta", "1d", "--from", "2020-03-02", "--format", "json", "--quiet"]);
    assert_eq!((&deltas[0]["since"], &deltas[0]["span"]), (&"2020-02-28".into(), &"1d".into()));
    let surprises = lines(&["surprise", KUTTNER, "--format", "json", "--quiet"]);
    assert!(surprises.iter().all(|document| document["schema"] == "fedpath.surprise/1"));
    let horizons = lines(&["history", MOVES, "--calibration", "--fixings", FIXINGS, "--format", "json", "--quiet"]);
    assert_eq!(horizons.len(), 4);
    let published = lines(&[
        "history",
        EPISODE[0],
        EPISODE[1],
        "--format",
        "json",
        "--quiet",
        "--compare",
        "tests/data/fedmeeting_2025-12-10.csv",
        "--meeting",
        "2025-12-10",
    ]);
    assert_eq!(published[0]["as_assumed"]["met"], 4);
}

/// What we write wide is read back as a download of FedWatch, and met to the last digit.
#[test]
fn the_wide_layout_is_that_of_fedwatchs_downloads() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let prices = root.join(DAYS);
    let prices = prices.to_str().unwrap();
    let wide = folder.path().join("FedMeeting_20251210.csv");
    let wide = wide.to_str().unwrap();
    let told = run(&["history", prices, "--layout", "wide", "--meeting", "2025-12-10", "-o", wide, "--quiet"]);
    assert!(told.starts_with("exit code: 0"), "{told}");
    let text = std::fs::read_to_string(wide).unwrap();
    assert!(text.starts_with("Date,("), "{text}");
    // The meeting is told from the name of the file.
    let told = run(&["history", prices, "--compare", wide, "--format", "table", "--quiet"]);
    assert!(told.contains("Every cell is met."), "{told}");
    let all = stdout(&["history", prices, "--layout", "wide", "--quiet"]);
    assert!(all.starts_with("Date,Meeting,("), "{all}");
}

fn folder_of(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

const FRIDAY: &str = "# as_of: 2025-11-21\ncontract,price\nZQX25,96.12\nZQF26,96.215\nZQG26,96.285\n";
const THURSDAY: &str = "# as_of: 2025-11-20\ncontract,price\nZQX25,96.12\nZQF26,96.23\nZQG26,96.30\n";

#[test]
fn folders_and_patterns_are_read_in_the_order_of_their_dates() {
    // The names do not follow the dates, and one file holds no quotes.
    let files = [("a.csv", FRIDAY), ("b.csv", THURSDAY), ("c.csv", "<!DOCTYPE html>\n"), (".hidden", "x")];
    let folder = folder_of(&files);
    let days = |args: &[&str]| {
        let told = run_in(folder.path(), &[&["history", "--meeting", "2025-12-10"], args].concat(), "");
        let dates = |line: &str| line.split_once(',').map(|(date, _)| date.to_owned());
        let days: Vec<String> = told.lines().filter(|line| line.starts_with("2025")).filter_map(dates).collect();
        (days.join(" "), told)
    };
    for path in [".", "*.csv", "[abc].csv"] {
        let (found, told) = days(&[path]);
        assert_eq!(found, "2025-11-20 2025-11-20 2025-11-21 2025-11-21", "{told}");
        assert!(told.contains("warning: passed over: "), "{told}");
        assert!(told.contains("c.csv:1:1: expected futures quotes, found a saved web page"), "{told}");
    }
    let (_, told) = days(&[".", "--strict"]);
    assert!(told.starts_with("exit code: 1\n----- stdout -----\n----- stderr -----\n"), "{told}");
    // A file that is named has to be sound.
    let (found, told) = days(&["a.csv", "c.csv"]);
    assert_eq!(found, "", "{told}");
    assert!(told.starts_with("exit code: 1"), "{told}");
}

#[test]
fn what_cannot_be_run_says_why() {
    let folder = folder_of(&[
        ("friday.csv", FRIDAY),
        ("other.csv", &FRIDAY.replace("96.12", "96.13")),
        ("last.csv", "date,contract,last\n2025-11-21,ZQX25,96.12\n2025-11-21,ZQF26,96.215\n2025-11-21,ZQG26,96.285\n"),
        ("published.csv", "Date,(350-375)\n2025-11-21,0.35\n"),
        ("ambiguous.csv", "Date,(350-375)\n11/10/2025,0.35\n"),
    ]);
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let told = |args: &[&str]| run_in(folder.path(), args, "");
    let all = [
        told(&["history", "friday.csv", "other.csv"]),
        told(&["history", "last.csv"]),
        told(&["history", "empty"]),
        told(&["history", "nothing-*.csv"]),
        told(&["history", "nothing.csv"]),
        told(&["history", "friday.csv", "--from", "2026-01-01"]),
        told(&["history", "friday.csv", "--from", "2026-01-01", "--to", "2025-01-01"]),
        told(&["history", "friday.csv", "--meeting", "2026-03-18"]),
        told(&["history", "friday.csv", "--strict"]),
        told(&["history", "friday.csv", "--delta", "2025-11-20:2025-11-21"]),
        told(&["history", "friday.csv", "--delta", "1w,2025-11-20:2025-11-21"]),
        told(&["history", "friday.csv", "--delta", "1y"]),
        told(&["history", "friday.csv", "--delta", "1w"]),
        told(&["history", "friday.csv", "--layout", "wide", "--format", "json"]),
        told(&["history", "friday.csv", "--compare", "published.csv"]),
        told(&["history", "friday.csv", "--compare", "ambiguous.csv", "--meeting", "2025-12-10"]),
        told(&["history", "friday.csv", "--compare", "published.csv", "--meeting", "2024-12-18"]),
        told(&["surprise", "--announcement", "2025-11-19", "friday.csv", "friday.csv"]),
        told(&["surprise", "friday.csv"]),
        told(&["surprise", "friday.csv", "friday.csv", "--announcement", "2025-11-21", "--window", "close"]),
        told(&["surprise", "friday.csv", "--announcements", "friday.csv"]),
    ];
    snap!("cli", "history_refused", all.join("\n"));
}

#[test]
fn last_trades_and_one_range_for_all_days_are_said() {
    let last = "date,contract,last\n2025-12-09,ZQX25,96.12\n2025-12-09,ZQF26,96.34\n2025-12-09,ZQG26,96.385\n\
        2025-12-11,ZQF26,96.36\n2025-12-11,ZQG26,96.385\n";
    let folder = folder_of(&[("last.csv", last)]);
    let args = ["history", "last.csv", "--price", "last", "--target", "3.75-4.00", "--meeting", "2026-01-28"];
    let told = run_in(folder.path(), &args, "");
    assert!(told.contains("warning: the prices are last trades, not settlements\n"), "{told}");
    assert!(told.contains("2025-12-10"), "the decision between the days: {told}");
    assert!(told.contains("\n2025-12-09,2026-01-28,"), "{told}");
}

#[test]
fn reports_appear_whole_or_not_at_all() {
    let folder = folder_of(&[("friday.csv", FRIDAY)]);
    let told = run_in(folder.path(), &["history", "friday.csv", "--strict", "-o", "out.csv"], "");
    assert!(told.starts_with("exit code: 1"), "{told}");
    assert!(!folder.path().join("out.csv").exists());
    let told = run_in(folder.path(), &["history", "friday.csv", "-o", "out.csv", "--quiet"], "");
    assert_eq!(told, "exit code: 0\n----- stdout -----\n----- stderr -----\n");
    assert!(std::fs::read_to_string(folder.path().join("out.csv")).unwrap().starts_with("date,meeting,"));
}

/// The odds of the meeting of 10 December 2025 around the statement of 29 October, in New York's time and in Chicago's.
const MOMENTS: &str = "time,contract,price
2025-10-29T13:55:00,ZQV25,95.8900
2025-10-29T13:55:00,ZQX25,96.1200
2025-10-29T13:55:00,ZQZ25,96.2300
2025-10-29T13:55:00,ZQF26,96.2900
2025-10-29T13:55:00,ZQG26,96.3400
2025-10-29T14:20:00,ZQF26,96.2500
2025-10-29T14:20:00,ZQG26,96.3000
2025-10-29T14:26:00,ZQG26,96.3000
";

#[test]
fn each_moment_is_priced_as_a_day_with_its_prices_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let moments = file("moments.csv", MOMENTS);
    let args =
        ["history", &moments, "--by", "moment", "--timezone", "America/New_York", "--meeting", "2025-12-10", "-q"];
    let told = stdout(&args);
    assert!(told.starts_with("time,meeting,lower_bp,upper_bp,probability\n2025-10-29T17:55:00Z,2025-12-10,"), "{told}");
    // As a day with the prices of the moment, the last of each contract.
    let day = "# as_of: 2025-10-29\ncontract,price\nZQV25,95.89\nZQX25,96.12\nZQZ25,96.23\nZQF26,96.25\nZQG26,96.30\n";
    let priced = stdout(&["probs", &file("day.csv", day), "--meeting", "2025-12-10", "--format", "csv", "-q"]);
    let rows = |text: &str, start: &str| -> Vec<String> {
        text.lines().filter_map(|line| line.strip_prefix(start)).map(str::to_owned).collect()
    };
    let (moment, day) = (rows(&told, "2025-10-29T18:20:00Z,"), rows(&priced, "2025-10-29,"));
    assert!(moment.len() > 1 && moment == day, "{moment:?} {day:?}");
    // At 14:26 November's price is 31 minutes old: it is none, and the moment is told to have no price.
    assert!(rows(&told, "2025-10-29T18:26:00Z,").is_empty());
    let longer = stdout(&[&args[..], &["--stale", "1h"]].concat());
    assert_eq!(rows(&longer, "2025-10-29T18:26:00Z,"), day);
    // An hour later on another clock.
    let chicago = stdout(&args.map(|arg| if arg == "America/New_York" { "America/Chicago" } else { arg }));
    assert_eq!(chicago, told.replace("T17:55", "T18:55").replace("T18:20", "T19:20"));
    for (name, more) in
        [("json", &["--format", "json"][..]), ("every", &["--every", "week"]), ("next", &["--meeting", "next"])]
    {
        snap!(
            "cli",
            format!("history_moment_refused_{name}"),
            run(&[&["history", "moments.csv", "--by", "moment"], more].concat())
        );
    }
    let backwards = file("backwards.csv", &MOMENTS.replace("T14:26", "T13:26"));
    assert!(
        run(&["history", &backwards, "--by", "moment", "--timezone", "America/New_York"]).contains("sort the file")
    );
}

/// CME's own column beside the prediction markets of December 2025. A last trade is of another moment than a settlement: the odds
/// may be two ticks of January's future apart, 4.4 points, and are within 4.1.
#[test]
fn odds_from_last_trades_of_november_2025_are_within_two_ticks_of_cmes() {
    let (Some(bars), Some(table)) = (
        real("history/databento_ohlcv1d_2010_2026.csv.gz"),
        real("other_markets/kalshi_polymarket_hold_dec2025_daily.csv"),
    ) else {
        return;
    };
    let days = ["--from", "2025-11-14", "--to", "2025-12-09", "--meeting", "2025-12-10", "--price", "last", "-q"];
    let told = stdout(&[&["history", bars.to_str().unwrap()], &days[..]].concat());
    let ours = |day: &str| -> f64 {
        let row = told.lines().find(|row| row.starts_with(&format!("{day},2025-12-10,350,375,"))).unwrap();
        row.rsplit(',').next().unwrap().parse::<f64>().unwrap() * 100.0
    };
    let text = std::fs::read_to_string(table).unwrap();
    let published = text.lines().skip(1).filter_map(|row| {
        let cells: Vec<&str> = row.split(',').collect();
        Some((cells[0], cells[6].parse::<f64>().ok()?))
    });
    let apart: Vec<f64> = published.map(|(day, cme)| (ours(day) - cme).abs()).collect();
    assert_eq!(apart.len(), 6);
    assert!(apart.iter().all(|points| *points < 4.1), "{apart:?}");
    // From that day's settlements they are the same to the last digit.
    let prices = std::fs::read_to_string(real("parity/prices.csv").unwrap()).unwrap();
    let rows = prices.lines().filter_map(|row| row.strip_prefix("A2,2025-11-21,")).map(|row| {
        let cells: Vec<&str> = row.split(',').collect();
        format!("{},{}\n", cells[0], cells[1])
    });
    let quotes = format!("# as_of: 2025-11-21\ncontract,price\n{}", rows.collect::<String>());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settled.csv");
    std::fs::write(&path, quotes).unwrap();
    let settled = stdout(&["probs", path.to_str().unwrap(), "--meeting", "2025-12-10", "--format", "csv", "-q"]);
    assert!(settled.contains(",350,375,0.710000000000"), "{settled}");
}
