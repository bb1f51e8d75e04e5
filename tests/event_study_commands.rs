//! The commands `respond` and `validate`, and the two ranges of `equity`.

use crate::cli::{run, run_in, stdout};
use crate::support::{real, snap};

const EVENTS: &str = "tests/data/event_study.csv";

fn json(args: &[&str]) -> serde_json::Value {
    serde_json::from_str(&stdout(args)).unwrap()
}

#[test]
fn a_response_is_printed_for_people_and_programs() {
    snap!("event_study", "respond_csv", stdout(&["respond", "--events", EVENTS, "--y", "stock", "--format", "csv"]));
    let document = json(&["respond", "--events", EVENTS, "--y", "stock", "--errors", "hc3", "--format", "json"]);
    assert_eq!(document["schema"], "fedpath.respond/1");
    let stock = &document["responses"][0];
    assert_eq!((&stock["n"], &stock["window"], &stock["errors"]), (&30.into(), &"30min".into(), &"hc3".into()));
    assert_eq!(stock["standard_error"], "2.388039929741");
    assert_eq!(stock["influence"][0]["event"], "2019-07-17");
    assert_eq!(stock["influence"][0]["slope_without"], "-2.032653610341");
    assert_eq!((&stock["halves"][0]["n"], &stock["halves"][1]["n"]), (&15.into(), &15.into()));
    assert_eq!((&stock["placebo"], &stock["with_unscheduled"]), (&serde_json::Value::Null, &serde_json::Value::Null));
}

#[test]
fn coverage_is_printed_for_people_and_programs() {
    let document =
        json(&["validate", EVENTS, "--y", "stock", "--expanding", "10", "--errors", "hc3", "--format", "json", "-q"]);
    assert_eq!((&document["schema"], &document["expanding"]), (&"fedpath.validate/1".into(), &10.into()));
    let again = document["methods"].as_array().unwrap().iter().find(|row| row["method"] == "re-estimated").unwrap();
    assert_eq!(
        (&again["likely_inside"], &again["slope_band_inside"], &again["n"]),
        (&20.into(), &8.into(), &20.into())
    );
    assert_eq!((&again["bias"], &again["rmse"]), (&"-0.029271922020".into(), &"0.326932676840".into()));
}

/// The figures of the guide.
#[test]
fn the_statements_of_the_event_study_database_rank_the_embedded_responses() {
    let Some(file) = real("../cases/usmpd_statements.csv") else { return };
    let file = file.to_str().unwrap();
    let document = json(&["validate", file, "--expanding", "60", "--format", "json", "-q"]);
    let rows = document["methods"].as_array().unwrap();
    let guide = include_str!("../docs/likely_ranges.md");
    let mut told = 0;
    for (rank, row) in rows.iter().enumerate() {
        assert_eq!((&row["rank"], &row["n"]), (&(rank + 1).into(), &179.into()));
        let method = row["method"].as_str().unwrap().replace("re-estimated", "re-estimated before every event");
        let method = method.replace("no-response", "no response at all");
        let Some(line) = guide.lines().find(|line| line.replace('`', "").starts_with(&format!("| {method} |"))) else {
            continue;
        };
        let rmse: f64 = row["rmse"].as_str().unwrap().parse().unwrap();
        let bias: f64 = row["bias"].as_str().unwrap().parse().unwrap();
        assert!(line.ends_with(&format!("| {bias:+.3} | {rmse:.4} |")), "{line}: {row}");
        told += 1;
    }
    assert_eq!((rows[0]["method"].as_str().unwrap(), told), ("usmpd-mp2", 9));
    let again = rows.iter().find(|row| row["method"] == "re-estimated").unwrap();
    assert_eq!((&again["likely_inside"], &again["slope_band_inside"]), (&170.into(), &14.into()));
}

/// What `respond` writes is a method of `equity`.
#[test]
fn own_responses_go_into_equity() {
    let folder = tempfile::tempdir().unwrap();
    let events = format!("{}/{EVENTS}", env!("CARGO_MANIFEST_DIR"));
    let renamed = std::fs::read_to_string(events).unwrap().replace("stock", "sp500");
    std::fs::write(folder.path().join("events.csv"), renamed).unwrap();
    let respond = ["respond", "--events", "events.csv", "--y", "sp500", "-o", "own.csv"];
    assert!(run_in(folder.path(), &respond, "").starts_with("exit code: 0\n"));
    let equity = ["equity", "--shift", "7.5bp", "--meeting", "2025-12-10", "--as-of", "2025-11-19", "--format", "csv"];
    let own = [&equity[..], &["--responses", "own.csv", "--method", "own-mp2"]].concat();
    snap!("event_study", "equity_own", run_in(folder.path(), &own, ""));
    // Assets without a profile have their own responses alone: -8 x 0.075 +- 1.96 sqrt(1.2^2 + (1.5 x 0.075)^2).
    let rows = "asset,on,slope,standard_error,residual_sd,n\nNVDA,mp2,-8,1.5,1.2,40\nQQQ,mp2,-6,1,0.8,40\n";
    std::fs::write(folder.path().join("own.csv"), rows).unwrap();
    let without_profile = [&equity[..], &["--responses", "own.csv"]].concat();
    snap!("event_study", "equity_own_without_profile", run_in(folder.path(), &without_profile, ""));
    let one = [&without_profile[..], &["--asset", "NVDA", "--realised", "-2.9"]].concat();
    let one: Vec<&str> = one.into_iter().filter(|arg| !["--format", "csv"].contains(arg)).collect();
    snap!("event_study", "equity_own_in_words", run_in(folder.path(), &one, ""));
    let yielding =
        [&without_profile[..], &["--asset", "NVDA", "--payout-yield", "0.5", "--method", "eh-decaying"]].concat();
    assert!(run_in(folder.path(), &yielding, "").contains("NVDA,model,eh-decaying,"), "cash flows that are given");
    let unknown = run_in(folder.path(), &[&without_profile[..], &["--asset", "NVDIA"]].concat(), "");
    assert!(unknown.contains("did you mean 'NVDA'"), "{unknown}");
}

#[test]
fn what_is_realised_is_put_in_standard_deviations() {
    let equity = [
        "equity",
        "--shift",
        "7.5bp",
        "--meeting",
        "2025-12-10",
        "--as-of",
        "2025-11-19",
        "--method",
        "usmpd-mp2-statements,eh-decaying",
        "--realised",
        "-2.9",
        "--window",
        "5d",
        "--volatility",
        "16",
    ];
    let document = json(&[&equity[..], &["--format", "json", "-q"]].concat());
    let rows = document["equity"].as_array().unwrap();
    let row =
        |method: &str, kind: &str| rows.iter().find(|row| row["method"] == method && row["kind"] == kind).unwrap();
    let statements = row("usmpd-mp2-statements", "benchmark");
    assert_eq!(statements["likely_low_percent"], "-1.335545");
    assert_eq!(statements["likely_high_percent"], "0.471145");
    assert_eq!((&statements["residual_sd_percent"], &statements["window"]), (&"0.454400".into(), &"30min".into()));
    assert_eq!(statements["residual_deviations"], "-1.097767");
    let fading = row("eh-decaying", "model");
    assert_eq!(
        (&fading["likely_low_percent"], &fading["window"]),
        (&serde_json::Value::Null, &serde_json::Value::Null)
    );
    assert_eq!(fading["horizon_sd_percent"], "2.253745", "the market alone: a scenario has no scatter of its own");
    let refused = |args: &[&str]| {
        run(&[&["equity", "--shift", "7.5bp", "--meeting", "2025-12-10", "--as-of", "2025-11-19"], args].concat())
    };
    let told: Vec<String> = [
        &["--realised", "-2.9", "--window", "5d"][..],
        &["--realised", "-2.9", "--window", "5d", "--volatility", "high"],
        &["--realised", "-2.9", "--window", "5d", "--volatility", "0"],
        &["--window", "5d", "--volatility", "16"],
    ]
    .map(refused)
    .to_vec();
    snap!("event_study", "horizon_refused", told.join("\n"));
}

/// The figures of a drawing are those of the estimate: a dot an event, a line and two areas, widths by hand.
#[test]
fn a_response_is_drawn_alone_and_as_a_section_of_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let events = format!("{}/{EVENTS}", env!("CARGO_MANIFEST_DIR"));
    let drawn = ["respond", "--events", &events, "--y", "stock", "--chart", "scatter", "-o", "scatter.svg"];
    assert!(run_in(folder.path(), &drawn, "").starts_with("exit code: 0\n"));
    let svg = std::fs::read_to_string(folder.path().join("scatter.svg")).unwrap();
    assert_eq!((svg.matches("<circle").count(), svg.matches("<polygon").count()), (30, 2));
    assert!(svg.contains("Response of stock to mp2: 30 events, 30 Jan 2019 to 1 Jun 2022"), "{svg}");
    assert!(svg.contains("standard error 1.93, R2 0.19, n 30"), "{svg}");
    let page = ["report", "--events", &events, "--y", "stock", "-o", "page.html"];
    let told = run_in(folder.path(), &page, "");
    assert!(told.starts_with("exit code: 0\n"), "{told}");
    let page = std::fs::read_to_string(folder.path().join("page.html")).unwrap();
    // The embedded episode moves 7.5 bp: -3.5539 x 0.075, and 1.96 x 1.9309 x 0.075 either way.
    assert!(
        page.contains("A surprise of 7.5 bp moves stock by about –0.27% on average".replace('–', "−").as_str()),
        "the shift"
    );
    assert!(page.contains("<th scope=\"row\">re-estimated</th>"), "coverage");
    assert_eq!(page.matches("data-chart=\"scatter\"").count(), 1);
    for (args, words) in [
        (&["respond", "--events", EVENTS, "--y", "stock", "--chart", "scatter", "--format", "csv"][..], "writes SVG"),
        (&["respond", "--events", EVENTS, "--y", "stock", "--chart", "scatter", "-o", "x.html"], "found .html"),
        (&["respond", "--events", EVENTS, "--y", "stock,stock", "--chart", "scatter"], "expected one asset, found 2"),
        (&["report", "--events", EVENTS, "--chart", "path"], "cannot be used with"),
    ] {
        let told = run(args);
        assert!(told.starts_with("exit code: 2\n") && told.contains(words), "{told}");
    }
}

#[test]
fn what_cannot_be_estimated_says_why() {
    let told: Vec<String> = [
        &["respond", "--events", EVENTS][..],
        &["respond", "--events", EVENTS, "--y", "bond"],
        &["respond", EVENTS],
        &["validate", EVENTS, "--y", "stock", "--expanding", "60"],
    ]
    .map(run)
    .to_vec();
    snap!("event_study", "refused", told.join("\n"));
}
