//! `fedpath bounds` and `fedpath probs --markets`, as their users see them.

use serde_json::Value;

use crate::cli::{AFTER, run, stdout};
use crate::support::{real, snap};

const OPTIONS: &str = "tests/data/options_2025-11-21.csv";
const MARKETS: &str = "tests/data/markets_2025-11-21.csv";

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&stdout(&[args, &["--format", "json", "-q"]].concat())).unwrap()
}

/// One outcome of the first meeting.
fn outcome<'v>(document: &'v Value, event: &str) -> &'v Value {
    let outcomes = document["meetings"][0]["outcomes"].as_array().unwrap();
    outcomes.iter().find(|outcome| outcome["event"] == event).unwrap_or_else(|| panic!("{event} in {document}"))
}

fn percent(value: &Value) -> f64 {
    value.as_str().unwrap().parse::<f64>().unwrap() * 100.0
}

#[test]
fn bounds_are_for_reading() {
    snap!("cli", "bounds", run(&["bounds", AFTER, "--options", OPTIONS, "--count", "2"]));
    let event = ["--event", "2025-12-10 <= 3.75 and 2026-01-28 <= 3.75"];
    let args = [&["bounds", AFTER, "--markets", MARKETS, "--meeting", "next", "--chain", "2"], &event[..]].concat();
    snap!("cli", "bounds_event", run(&args));
    snap!("cli", "bounds_csv", stdout(&[&args[..], &["--format", "csv", "-q"]].concat()));
}

#[test]
fn every_key_of_the_contract_is_there_and_every_bound_is_proved() {
    let told = json(&["bounds", AFTER, "--options", OPTIONS, "--chain", "2"]);
    assert_eq!(told["schema"], "fedpath.bounds/1");
    assert_eq!((&told["as_of"], &told["start_rate_percent"]), (&"2025-11-21".into(), &"3.880000000000".into()));
    assert_eq!((&told["widening"], &told["contradiction"]), (&"each".into(), &false.into()));
    assert_eq!(told["slack_bp"], "0.000000000000");
    assert_eq!((&told["forced_by"], &told["expiries"]), (&Value::Array(Vec::new()), &Value::Array(Vec::new())));
    for meeting in told["meetings"].as_array().unwrap() {
        for outcome in meeting["outcomes"].as_array().unwrap() {
            assert_eq!(outcome["certified"], true, "{outcome}");
            let (low, high) = (percent(&outcome["low"]), percent(&outcome["high"]));
            assert!(low <= high && !outcome["low_exact"].is_null() && !outcome["high_exact"].is_null());
        }
    }
    // The fixture was priced from cut 36 %, hold 62 % and hike 2 % at 3.88 %, rounded to ticks.
    for (event, truth) in [("move:-25", 36.0), ("move:0", 62.0), ("move:+25", 2.0), ("ease", 36.0), ("hike", 2.0)] {
        let found = outcome(&told, event);
        assert!((percent(&found["low"])..=percent(&found["high"])).contains(&truth), "{found}");
    }
    // Of futures alone less is known of each.
    let alone = json(&["bounds", AFTER, "--chain", "2"]);
    for found in told["meetings"][0]["outcomes"].as_array().unwrap() {
        let wider = outcome(&alone, found["event"].as_str().unwrap());
        assert!(percent(&wider["low"]) <= percent(&found["low"]) && percent(&found["high"]) <= percent(&wider["high"]));
    }
    // Two prices of one mean: at 3.88 % today's future alone allows 17.0 (all of it 50 bp cuts) to 78.7 %.
    let ease = outcome(&alone, "ease");
    assert_eq!([&ease["low"], &ease["high"]].map(|end| format!("{:.1}", percent(end))), ["17.0", "78.7"]);
}

#[test]
fn an_estimate_stands_beside_its_bounds_and_only_where_it_is_asked_for() {
    for (method, alias) in [("maximum-entropy", "entropy"), ("carlson-craig-melick", "ccm")] {
        let args = ["bounds", AFTER, "--options", OPTIONS, "--chain", "2", "--meeting", "next", "--point", method];
        snap!("cli", format!("bounds_point_{alias}"), run(&args));
        let told = json(&args);
        assert_eq!(told["point"], method);
        for found in told["meetings"][0]["outcomes"].as_array().unwrap() {
            let point = percent(&found["point"]);
            // Within half of the last place; the fixture was priced from one distribution, which both methods come near.
            assert!(percent(&found["low"]) - 5e-5 <= point && point <= percent(&found["high"]) + 5e-5, "{found}");
        }
        let short = [&args[..9], &[alias, "--format", "json", "-q"]].concat();
        assert_eq!(stdout(&short), stdout(&[&args[..], &["--format", "json", "-q"]].concat()));
    }
    let without = json(&["bounds", AFTER, "--options", OPTIONS, "--chain", "2"]);
    assert!(without.get("point").is_none() && outcome(&without, "hold").get("point").is_none());
    // Futures alone: what least squares leave open is null, never a guess.
    let open = json(&["bounds", AFTER, "--chain", "2", "--point", "ccm"]);
    assert!(outcome(&open, "ease")["point"].is_null());
    let csv = stdout(&["bounds", AFTER, "--chain", "2", "--point", "entropy", "--format", "csv", "-q"]);
    assert!(csv.starts_with("of,date,event,low,high,certified,rule,point\n"), "{csv}");
}

#[test]
fn the_chart_of_bounds_draws_the_estimate_as_a_diamond() {
    let args = ["report", AFTER, "--chart", "bounds", "--options", OPTIONS, "-q"];
    let (without, with) = (stdout(&args), stdout(&[&args[..], &["--point", "entropy"]].concat()));
    assert!(!without.contains("polygon") && !without.contains("estimate"));
    assert!(with.contains("<polygon") && with.contains("Maximum entropy, an estimate of all quotes"), "{with}");
}

#[test]
fn a_contradiction_is_a_finding_without_bounds() {
    let table = "date,meeting,outcome,bid,ask\n2025-11-21,2025-12-10,hike,0.90,0.92\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dear.csv");
    std::fs::write(&path, table).unwrap();
    let args = ["bounds", AFTER, "--chain", "2", "--markets", path.to_str().unwrap()];
    let told = json(&args);
    assert_eq!(told["contradiction"], true);
    assert_eq!(told["meetings"], Value::Array(Vec::new()));
    let named = told["contradicting"].as_array().unwrap();
    assert!(named.iter().any(|quote| quote["quote"] == "market 2025-12-10 hike"), "{named:?}");
    let text = stdout(&[&args[..], &["-q"]].concat());
    assert!(text.contains("There are no bounds."), "{text}");
    assert_eq!(stdout(&[&args[..], &["-q", "--format", "csv"]].concat()).lines().count(), 1);
    // Widened as far as it takes, it is said how far, and what every quote at that tolerance allows.
    let wide = stdout(&[&args[..], &["-q", "--max-widening", "20bp", "--meeting", "next"]].concat());
    assert!(wide.contains("sharper than what is") && wide.contains("bp wider"), "{wide}");
}

#[test]
fn markets_stand_beside_the_odds_and_the_bounds() {
    snap!("cli", "probs_markets", run(&["probs", AFTER, "--options", OPTIONS, "--markets", MARKETS]));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dear.csv");
    std::fs::write(&path, "date,meeting,outcome,bid,ask\n2025-11-21,2025-12-10,hold,0.86,0.88\n").unwrap();
    let beyond = |fee: &str| {
        let told = json(&["probs", AFTER, "--markets", path.to_str().unwrap(), "--fee", fee]);
        let row = told["markets"][0].clone();
        (row["rule"].clone(), row["beyond"].clone(), row["beyond_points"].clone())
    };
    // The rule holds with 65 %; the futures allow at most 83.0238 %, the market bids 86.
    let (rule, side, by) = beyond("0");
    assert_eq!((rule, side), ("0.650000000000".into(), "dear".into()));
    assert!((percent(&by) / 100.0 - 2.976).abs() < 0.001);
    assert!((percent(&beyond("0.02").2) / 100.0 - 0.976).abs() < 0.001);
    assert_eq!(beyond("0.03").1, Value::Null);
}

#[test]
fn what_cannot_be_bounded_is_refused() {
    for (name, args) in [
        ("day", &["bounds", "data/episode-2025-11-14.stl", "--options", OPTIONS][..]),
        ("twice", &["bounds", AFTER, "--options", OPTIONS, "--options", OPTIONS]),
        ("moves", &["bounds", AFTER, "--moves", "1..2"]),
        ("event", &["bounds", AFTER, "--event", "2025-12-10 <= 3.75 and 2026-03-18 <= 3.50"]),
        ("alone", &["bounds", "--options", OPTIONS]),
        ("point", &["bounds", "--options", OPTIONS, "--point", "entropy"]),
        ("none", &["bounds", AFTER, "--options", AFTER]),
        ("interval", &["bounds", AFTER, "--interval", "4.25-4.00"]),
        ("probs", &["probs", AFTER, "--options", OPTIONS]),
    ] {
        snap!("cli", format!("bounds_refused_{name}"), run(args));
    }
}

#[test]
fn options_on_sofr_futures_stand_apart() {
    let Some(chain) = real("options/sr3_options_bidask_2025-08-05_165514.csv") else { return };
    let told = json(&["bounds", "--options", chain.to_str().unwrap(), "--interval", "<4.25"]);
    let september = &told["expiries"][0];
    assert_eq!((&september["contract"], &september["expiry"]), (&"SR3U25".into(), &"2025-09-12".into()));
    assert_eq!(
        (&september["what"], &september["slack_bp"]),
        (&"three-month rate priced on 2025-09-12".into(), &"0.000000000000".into())
    );
    let rows = september["outcomes"].as_array().unwrap();
    let of = |event: &str| {
        let row = rows.iter().find(|row| row["event"] == event).unwrap();
        assert_eq!(row["certified"], true);
        format!("{:.1}-{:.1}", percent(&row["low"]), percent(&row["high"]))
    };
    assert_eq!([of("rate:4.00-4.25"), of("rate:<4.25")], ["25.3-76.8", "69.8-88.0"]);
}

/// The real day of the domain's table, by the rules and under the table's own conditions.
#[test]
fn the_command_gives_the_figures_of_29_october_2015() {
    let Some(report) = real("quotes/stlint_v1_20151029_FULL.txt.gz") else { return };
    let report = report.to_str().unwrap();
    let hike = |more: &[&str]| {
        let args = ["bounds", report, "--options", report, "--chain", "7", "--start-rate", "0.135", "--moves", "-1..2"];
        let told = json(&[&args[..], &["--meeting", "next"], more].concat());
        let found = outcome(&told, "move:+25");
        assert_eq!(found["certified"], true);
        let slack: f64 = told["slack_bp"].as_str().unwrap().parse().unwrap();
        format!("{:.1}-{:.1} at {slack:.3}", percent(&found["low"]), percent(&found["high"]))
    };
    assert_eq!(hike(&["--months", "2015-12"]), "42.3-54.2 at 0.000");
    let own =
        ["--levels", "-1..8", "--strikes", "all", "--undiscounted", "--widening", "uniform", "--months", "2015-12"];
    assert_eq!(hike(&own), "41.7-54.1 at 0.125");
}
