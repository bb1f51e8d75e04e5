//! `summary`, `history --show` and what the command line understands, as their users see them.

use serde_json::Value;

use crate::cli::{AFTER, BEFORE, run, stdout};
use crate::support::snap;

const MOVES: &str = "tests/data/history_moves.csv";

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&stdout(&[args, &["--format", "json", "-q"]].concat())).unwrap()
}

#[test]
fn a_summary_is_one_screen() {
    snap!("cli", "summary", run(&["summary", BEFORE, AFTER]));
    assert!(stdout(&["summary", BEFORE, AFTER, "-q"]).lines().count() <= 40);
    snap!("cli", "summary_csv", stdout(&["summary", AFTER, "--format", "csv"]));
}

#[test]
fn the_figures_of_a_summary_are_those_of_path_and_probs() {
    let summary = json(&["summary", BEFORE, AFTER]);
    let probs = json(&["probs", AFTER]);
    for side in ["ease", "hold", "hike"] {
        assert_eq!(summary["next"][side], probs["meetings"][0][side]);
    }
    assert_eq!(summary["next"]["outcomes"], probs["meetings"][0]["outcomes"]);
    // The sum to the end of 2026 is that of the changes of a chain that goes past it.
    let path = json(&["path", AFTER, "--chain", "12"]);
    let meetings = path["meetings"].as_array().unwrap();
    let change = |row: &Value| row["change_bp"].as_str().unwrap().parse::<f64>().unwrap();
    let upto = |last: &str| -> f64 {
        meetings.iter().filter(|row| row["meeting"].as_str().unwrap() <= last).map(change).sum()
    };
    for by in summary["by"].as_array().unwrap() {
        let told: f64 = by["cumulative_bp"].as_str().unwrap().parse().unwrap();
        assert!((told - upto(by["last_meeting"].as_str().unwrap())).abs() < 1e-9, "{by}");
    }
    let december = summary["by"].as_array().unwrap().iter().find(|by| by["until"] == "2026-12-31").unwrap();
    assert_eq!(december["cumulative_bp"], "-65.777777777778");
    assert_eq!(december["provisional"], false);
    assert_eq!(summary["terminal"]["direction"], "low");
    let changes = &summary["deltas"][0]["changes"];
    assert_eq!(changes["ease_points"], "-30.000000000000");
    assert_eq!(changes["by"][2]["rate_change_bp"], "7.500000000000");
}

#[test]
fn a_summary_compares_levels_across_a_decision() {
    // 2 March 2020: 1.50-1.75; 16 March: 0.00-0.25.
    let told = json(&["summary", MOVES, "--as-of", "2020-03-16", "--delta", "2w"]);
    let earlier = told["deltas"].as_array().unwrap().iter().find(|delta| delta["as_of"] == "2020-03-02").unwrap();
    assert_eq!(earlier["target_lower_percent"], "1.50");
    let sum: f64 = ["ease", "hold", "hike"]
        .iter()
        .map(|side| earlier["next"][side].as_str().unwrap().parse::<f64>().unwrap())
        .sum();
    assert!((sum - 1.0).abs() < 1e-11);
    assert_eq!(earlier["next"]["hike"], "1.000000000000", "every range then lay above the range now");
    assert_eq!(earlier["changes"]["hike_points"], "-100.000000000000");
}

#[test]
fn a_history_shows_cuts_of_25_and_50_apart_and_series() {
    for show in ["moves", "cuts", "terminal", "rate"] {
        let args = ["history", MOVES, "--from", "2020", "--chain", "2", "--show", show];
        snap!("cli", format!("history_show_{show}"), stdout(&[&args[..], &["--format", "table", "-q"]].concat()));
        let csv = stdout(&[&args[..], &["-q"]].concat());
        let line = stdout(&[&args[..], &["-q", "--format", "json"]].concat());
        assert!(csv.lines().count() > 3 && csv.starts_with("date,"), "{csv}");
        assert!(line.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
    }
    let against = ["history", MOVES, "--from", "2020-03-16", "--against", "1.50-1.75", "--chain", "1", "-q"];
    assert!(stdout(&against).contains("2020-03-16,2020-04-29,lower,1.000000000000"));
}

#[test]
fn count_selects_rows_and_changes_no_figure() {
    let whole = stdout(&["probs", AFTER, "--format", "csv"]);
    let two = stdout(&["probs", AFTER, "--format", "csv", "--count", "2"]);
    assert!(whole.starts_with(&two) && two.lines().last().unwrap().contains("2026-01-28"));
    let refused = run(&["probs", AFTER, "--count", "12"]);
    assert!(refused.starts_with("exit code: 2") && refused.contains("--chain 12"), "{refused}");
    assert!(run(&["curve", AFTER, "--count", "1"]).starts_with("exit code: 2"), "nothing is selected there");
}

#[test]
fn spellings_that_people_use_are_understood() {
    let plain = stdout(&["probs", AFTER, "--meeting", "2025-12-10", "--format", "csv"]);
    for meeting in ["next", "2025-12", "20251210", "10 Dec 2025", "December 10, 2025"] {
        assert_eq!(stdout(&["probs", AFTER, "--meeting", meeting, "--format", "csv"]), plain, "{meeting}");
    }
    let american = run(&["probs", AFTER, "--meeting", "12/10/2025", "--format", "csv"]);
    assert!(american.contains("12/10/2025 is read as 2025-12-10 (month/day/year)"), "{american}");
    let numbers: Value =
        serde_json::from_str(&stdout(&["probs", AFTER, "--format", "json", "--numbers", "float"])).unwrap();
    assert!(numbers["meetings"][0]["ease"].is_f64() && numbers["meetings"][0]["expected_moves_exact"].is_string());
    assert!(run(&["probs", AFTER, "--numbers", "float"]).starts_with("exit code: 2"));
    for (args, hint) in [
        (&["probs", AFTER, "--json"][..], "--format json"),
        (&["reprice", "--asset", "SPX"], "'sp500'"),
        (&["history", MOVES, "--meeting", "2020-04-30"], "2020-04-29"),
        (&["probs", AFTER, "-o", "odds.html"], "fedpath report"),
        (&["probs", AFTER, "--target", "0.00-0.25"], "200 bp"),
        (&["solve", AFTER, "--meeting", "next", "--probability", "0.5"], "--probability is in percent"),
        (&["probs", AFTER, "--add-meeting", "2025-12-10"], "already"),
    ] {
        let told = run(args);
        assert!(told.contains(hint), "{args:?}: {told}");
    }
}

#[test]
fn reprice_takes_two_days_of_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let quotes = "date,contract,settle\n2025-11-14,ZQX25,96.12\n2025-11-14,ZQF26,96.29\n2025-11-14,ZQG26,96.36\n\
                  2025-11-21,ZQX25,96.12\n2025-11-21,ZQF26,96.215\n2025-11-21,ZQG26,96.285\n";
    let path = folder.path().join("november.csv");
    std::fs::write(&path, quotes).unwrap();
    let told = json(&["reprice", path.to_str().unwrap(), "--as-of", "2025-11-14,2025-11-21"]);
    assert_eq!(told["before"]["as_of"], "2025-11-14");
    assert_eq!(told["ease_change_points"], "-30.000000000000");
    let brief = json(&["reprice", BEFORE, AFTER]);
    assert_eq!(brief["equity"], json(&["reprice", BEFORE, AFTER, "--equity", "full"])["equity"]);
    assert_eq!(json(&["reprice", BEFORE, AFTER, "--equity", "none"])["equity"].as_array().unwrap().len(), 0);
}
