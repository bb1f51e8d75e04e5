//! The program as its users see it: exit code, standard output and standard error together.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::snap;

/// Runs the program in a folder and tells what it did.
pub(crate) fn run_in(folder: &Path, args: &[&str], stdin: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fedpath"))
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input may close it first.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    format!(
        "exit code: {}\n----- stdout -----\n{}----- stderr -----\n{}",
        output.status.code().map_or("none".to_owned(), |code| code.to_string()),
        text(output.stdout),
        text(output.stderr),
    )
}

pub(crate) fn run(args: &[&str]) -> String {
    run_in(Path::new(env!("CARGO_MANIFEST_DIR")), args, "")
}

/// Standard output of a run that succeeds without a word on standard error.
pub(crate) fn stdout(args: &[&str]) -> String {
    let told = run(args);
    let (_, rest) = told.split_once("exit code: 0\n----- stdout -----\n").unwrap_or_else(|| panic!("{told}"));
    let (stdout, stderr) = rest.split_once("----- stderr -----\n").unwrap();
    assert_eq!(stderr, "", "{args:?}");
    stdout.to_owned()
}

fn json(args: &[&str]) -> serde_json::Value {
    let text = stdout(args);
    assert!(text.ends_with("}\n"), "a document ends in a newline");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

pub(crate) const BEFORE: &str = "data/episode-2025-11-14.stl";
pub(crate) const AFTER: &str = "data/episode-2025-11-21.stl";
const JULY: &str = "tests/data/fedwatch_2026-07-14_prices.csv";

#[test]
fn reports_for_people() {
    snap!("cli", "reprice", run(&["reprice"]));
    snap!("cli", "reprice_explain", run(&["reprice", BEFORE, AFTER, "--explain"]));
    snap!("cli", "probs", run(&["probs", AFTER]));
    snap!("cli", "probs_meeting_view", run(&["probs", AFTER, "--view", "meeting"]));
    snap!("cli", "probs_aggregated_view", run(&["probs", AFTER, "--view", "aggregated"]));
    snap!("cli", "probs_half_tick", run(&["probs", JULY]));
    snap!("cli", "probs_explain", run(&["probs", AFTER, "--meeting", "2026-01-28", "--explain"]));
    snap!("cli", "path", run(&["path", AFTER]));
    snap!("cli", "equity", run(&["equity", "--as-of", "2025-11-19", "--meeting", "2025-12-10", "--shift", "7.5bp"]));
    snap!("cli", "meetings", run(&["meetings", "--from", "2025-07-01", "--to", "2026-12-31"]));
    snap!(
        "cli",
        "meetings_as_known",
        run(&["meetings", "--from", "2020-01-01", "--to", "2020-06-30", "--as-of", "2020-03-04"])
    );
}

/// On 3 January 2001 the rate moved in the month of the next meeting, which has no price without fixings.
#[test]
fn a_first_meeting_without_a_price_does_not_stop_what_does_not_start_from_it() {
    const DAY: [&str; 6] = ["probs", "tests/data/history_moves.csv", "--as-of", "2001-01-03", "--chain", "3"];
    let with = |more: &[&str]| run(&[&DAY[..], more].concat());
    snap!("cli", "probs_without_the_first", [with(&[]), with(&["--view", "meeting"])].join("\n"));
    snap!("cli", "probs_compare_without_the_first", with(&["--compare", "--view", "meeting"]));
    assert!(with(&["--compare"]).contains("Expected rate after the meeting, %"));
}

const NOVEMBER: [&str; 2] = ["--fixings", "tests/data/effr_2025-11.csv"];

#[test]
fn what_the_page_cannot_say() {
    let with = |args: &[&str], more: &[&str]| run(&[args, more].concat());
    snap!("cli", "probs_bounds", run(&["probs", AFTER, "--bounds", "--chain", "4"]));
    snap!("cli", "probs_bounds_explain", run(&["probs", AFTER, "--bounds", "--meeting", "2025-12-10", "--explain"]));
    snap!("cli", "probs_bounds_mean", run(&["probs", AFTER, "--bounds=mean", "--view", "meeting", "--chain", "3"]));
    snap!("cli", "probs_compare", with(&["probs", AFTER, "--compare"], &NOVEMBER));
    snap!("cli", "path_least_squares", run(&["path", AFTER, "--method", "least-squares"]));
    snap!(
        "cli",
        "path_fixings",
        with(&["path", AFTER, "--start-rate", "fixings", "--explain", "--meeting", "2025-12-10"], &NOVEMBER)
    );
    snap!(
        "cli",
        "path_march_2020",
        run(&[
            "path",
            "tests/data/march_2020.csv",
            "--add-meeting",
            "2020-03-15",
            "--start-rate",
            "fixings",
            "--fixings",
            "tests/data/effr_2020-03.csv",
            "--chain",
            "3",
            "--explain",
            "--meeting",
            "2020-03-15",
        ])
    );
    snap!("cli", "path_march_2020_without_fixings", run(&["path", "tests/data/march_2020.csv", "--chain", "3"]));
    snap!("cli", "solve", run(&["solve", AFTER, "--chain", "4"]));
    snap!(
        "cli",
        "solve_probability",
        run(&["solve", AFTER, "--meeting", "2025-12-10", "--probability", "65", "--explain"])
    );
    snap!("cli", "solve_outcome", run(&["solve", AFTER, "--outcome", "2025-12-10=-25bp", "--outcome", "2026-01-28=0"]));
    snap!("cli", "solve_bump", run(&["solve", AFTER, "--bump", "ZQF26=-0.5bp", "--chain", "4"]));
}

#[test]
fn what_the_page_cannot_say_for_programs() {
    snap!(
        "cli",
        "solve_probability_json",
        run(&["solve", AFTER, "--meeting", "2025-12-10", "--probability", "65", "--format", "json"])
    );
    snap!(
        "cli",
        "probs_bounds_json",
        run(&["probs", AFTER, "--bounds", "--meeting", "2025-12-10", "--chain", "1", "--format", "json"])
    );
    for (args, header) in [
        (&["probs", AFTER, "--bounds"][..], "date,meeting,lower_bp,upper_bp,probability,low,high\n"),
        (&["probs", AFTER, "--compare"], "rule,meeting,rate_after_percent,ease,hold,hike\n"),
        (
            &["solve", AFTER],
            "meeting,contract,rate_after_bp_per_bp,ease_points_per_bp,hold_points_per_bp,hike_points_per_bp\n",
        ),
        (&["solve", AFTER, "--outcome", "2025-12-10=0"], "contract,quoted,fair_price,change_bp,gain_usd\n"),
        (&["solve", AFTER, "--bump", "ZQF26=1"], "meeting,lower_bp,upper_bp,probability_quoted,probability\n"),
        (
            &["solve", AFTER, "--meeting", "2025-12-10", "--probability", "50"],
            "meeting,contract,quoted,price,change_bp,on_grid,moves_on_grid\n",
        ),
    ] {
        let csv = stdout(&[args, &["--format", "csv"]].concat());
        assert!(csv.starts_with(header), "{args:?}: {csv}");
        let document = json(&[args, &["--format", "json"]].concat());
        assert!(document["schema"].as_str().unwrap().ends_with("/1") && document["illustrative"] == true, "{document}");
    }
    let answers = [
        (json(&["solve", AFTER, "--format", "json"]), "jacobian"),
        (json(&["solve", AFTER, "--bump", "ZQF26=1", "--format", "json"]), "meetings"),
        (json(&["solve", AFTER, "--outcome", "2025-12-10=0", "--format", "json"]), "contracts"),
        (json(&["probs", AFTER, "--compare", "--format", "json"]), "rules"),
    ];
    for (document, key) in answers {
        assert!(!document[key].as_array().unwrap().is_empty(), "{document}");
    }
    let bumped = ["solve", AFTER, "--bump", "ZQF26=-1bp", "--meeting", "2025-12-10", "--explain"];
    assert!(stdout(&bumped).contains("100 - 96.205 = 3.795 %"), "the steps are those of the other price");
    let bumped = json(&[&bumped[..], &["--format", "json"]].concat());
    assert_eq!(bumped["derivations"][0]["meeting"], "2025-12-10");
    // A cut that is half a tick likelier: the odds of the bump are those of the file with that price.
    let bumped = json(&["solve", AFTER, "--bump", "ZQF26=-0.25bp", "--format", "json"]);
    assert_eq!(bumped["meetings"][0]["ease"], "0.338928571429");
}

#[test]
fn reports_for_programs() {
    snap!("cli", "probs_json", stdout(&["probs", AFTER, "--meeting", "2025-12-10", "--format", "json"]));
    snap!("cli", "path_json", stdout(&["path", AFTER, "--meeting", "2026-01-28", "--format", "json", "--explain"]));
    snap!("cli", "reprice_json", stdout(&["reprice", "--format", "json"]));
    snap!("cli", "probs_csv", stdout(&["probs", AFTER, "--format", "csv", "--chain", "3"]));
    snap!("cli", "path_csv", stdout(&["path", AFTER, "--format", "csv"]));
    snap!("cli", "reprice_csv", stdout(&["reprice", "--format", "csv"]));
    snap!(
        "cli",
        "equity_csv",
        run(&["equity", "--as-of", "2025-11-19", "--meeting", "2025-12-10", "--shift", "7.5bp", "--format", "csv"])
    );
    snap!(
        "cli",
        "meetings_csv",
        stdout(&["meetings", "--from", "2020-01-01", "--to", "2020-06-30", "--format", "csv"])
    );
}

#[test]
fn the_episode_in_json_is_exact_and_says_that_it_is_illustrative() {
    let story = json(&["reprice", "--format", "json"]);
    for (key, value) in [
        ("schema", "fedpath.reprice/1"),
        ("meeting", "2025-12-10"),
        ("ease_before", "0.650000000000"),
        ("ease_before_exact", "13/20"),
        ("ease_after", "0.350000000000"),
        ("ease_after_exact", "7/20"),
        ("ease_change_points", "-30.000000000000"),
        ("expected_rate_shift_bp", "7.500000000000"),
        ("expected_rate_shift_bp_exact", "15/2"),
    ] {
        assert_eq!(story[key], value, "{key}");
    }
    assert_eq!(story["illustrative"], true);
    assert_eq!(story["curve"].as_array().unwrap().len(), 63, "nine methods at seven maturities");
    // Its files say so too, under any name; another market's quotes do not.
    assert_eq!(json(&["reprice", BEFORE, AFTER, "--format", "json"])["illustrative"], true);
    assert_eq!(json(&["path", BEFORE, "--format", "json"])["illustrative"], true);
    assert_eq!(json(&["path", JULY, "--format", "json", "--as-printed", "-q"])["illustrative"], false);
}

#[test]
fn equity_figures_of_the_reference_shift() {
    let document = json(&[
        "equity",
        "--as-of",
        "2025-11-19",
        "--meeting",
        "2025-12-10",
        "--shift",
        "7.5bp",
        "--payout-yield",
        "1.15",
        "--format",
        "json",
        "-q",
    ]);
    assert_eq!(document["schema"], "fedpath.equity/1");
    let rows = document["equity"].as_array().unwrap();
    let scenarios = rows.iter().filter(|row| row["method"].as_str().unwrap().starts_with("eh-"));
    let figures = scenarios.map(|row| {
        let text = |key: &str| row[key].as_str().unwrap().to_owned();
        assert_eq!(
            (&row["asset"], &row["kind"], &row["numerator_percent"]),
            (&"sp500".into(), &"model".into(), &().into())
        );
        (text("method"), text("denominator_percent"), text("total_percent"))
    });
    let expected = [
        ("eh-postponed", "-0.010054", "-0.010053"),
        ("eh-decaying", "-0.367319", "-0.366625"),
        ("eh-permanent", "-6.517220", "-6.118207"),
    ];
    assert_eq!(figures.collect::<Vec<_>>(), expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
}

#[test]
fn outcomes_in_json_sum_to_one_and_carry_twelve_places() {
    let document = json(&["probs", AFTER, "--format", "json"]);
    for meeting in document["meetings"].as_array().unwrap() {
        let mut sum = fedpath::Fraction::zero();
        for outcome in meeting["outcomes"].as_array().unwrap() {
            sum += crate::support::fraction(outcome["probability_exact"].as_str().unwrap());
            let (_, places) = outcome["probability"].as_str().unwrap().split_once('.').unwrap();
            assert_eq!(places.len(), 12);
        }
        assert_eq!(sum.to_string(), "1", "{}", meeting["meeting"]);
    }
}

#[test]
fn standard_input_is_a_quote_file_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let quotes = std::fs::read_to_string(folder.join(AFTER)).unwrap();
    let piped = run_in(folder, &["probs", "-"], &quotes).replace("<stdin>", AFTER);
    assert_eq!(piped, run(&["probs", AFTER]));
}

#[test]
fn the_same_input_gives_the_same_bytes_whatever_the_environment() {
    let plain = stdout(&["reprice"]);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let elsewhere = Command::new(env!("CARGO_BIN_EXE_fedpath"))
        .arg("reprice")
        .current_dir(folder)
        .env_clear()
        .envs([("TZ", "Asia/Tokyo"), ("LANG", "de_DE.UTF-8"), ("COLUMNS", "40"), ("CLICOLOR_FORCE", "1")])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(elsewhere.stdout).unwrap(), plain);
}

#[test]
fn colour_marks_messages_only_and_only_on_demand() {
    let told = |when| run(&["probs", "nowhere.csv", "--color", when]);
    assert!(told("always").contains("\u{1b}["));
    assert!(!told("never").contains('\u{1b}'));
    assert!(!told("auto").contains('\u{1b}'), "standard error is no terminal here");
    assert!(!run(&["reprice", "--color", "always"]).contains('\u{1b}'));
}

#[test]
fn quiet_drops_warnings_and_nothing_else() {
    let loud = run(&["probs", JULY]);
    let quiet = run(&["probs", JULY, "--quiet"]);
    assert!(loud.contains("fedpath: warning: "));
    assert!(quiet.ends_with("----- stderr -----\n"));
    assert_eq!(loud.split_once("----- stderr").unwrap().0, quiet.split_once("----- stderr").unwrap().0);
}

#[test]
fn an_anchor_completes_the_file_that_lacks_it_and_no_other() {
    // Across the end of November: the second file needs the expired contract, in the first it still trades.
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, day: &str, november: &str| {
        let text = format!("# as_of: {day}\ncontract,price\n{november}2025-12,96.18\n2026-01,96.215\n2026-02,96.285\n");
        std::fs::write(folder.path().join(name), text).unwrap();
    };
    file("november.csv", "2025-11-21", "2025-11,96.1200\n");
    file("december.csv", "2025-12-05", "");
    let args = ["reprice", "november.csv", "december.csv", "--anchor", "2025-11=96.1225", "--format", "csv"];
    let told = run_in(folder.path(), &args, "");
    assert!(told.contains("\n2025-12-10,0.350000000000,0.340000000000,"), "{told}");
    assert!(told.contains("ZQX25 trades at 96.1200 in the file: the given 96.1225 is not used"), "{told}");
}

#[test]
fn the_calendar_that_is_printed_can_be_given_back() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("calendar.csv"), stdout(&["meetings", "--format", "csv"])).unwrap();
    let again = run_in(folder.path(), &["meetings", "--meetings", "calendar.csv", "--format", "csv"], "");
    assert_eq!(again, run(&["meetings", "--format", "csv"]));
}

#[test]
fn a_file_name_stands_in_json_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let name = "it's \"q\" \\ é.csv";
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(AFTER), folder.path().join(name)).unwrap();
    let told = run_in(folder.path(), &["path", name, "--format", "json"], "");
    let json = told.split_once("----- stdout -----\n").unwrap().1.split_once("----- stderr").unwrap().0;
    assert_eq!(serde_json::from_str::<serde_json::Value>(json).unwrap()["source"], name);
}

#[test]
fn a_derivation_is_of_the_view_that_is_printed() {
    for (view, words) in [("meeting", "31.00 %"), ("aggregated", "-0.35 + -0.31"), ("cumulative", "0.35 x 0.31")] {
        let told = stdout(&["probs", AFTER, "--meeting", "2026-01-28", "--explain", "--view", view]);
        assert!(told.contains(words) || told.contains("-0.35 + (-0.31)"), "{view}: {told}");
    }
}

#[test]
fn options_do_what_they_say() {
    // Each pair: the option, and words that its report has and the plain report has not.
    for (option, words) in [
        (&["--target", "4.00-4.25"][..], "target range 4.00-4.25"),
        (&["--decision-day", "new"], "decision day at the new rate"),
        (&["--chain", "2"], ""),
        (&["--drop-meeting", "2026-01-28"], ""),
        (&["--add-meeting", "2026-02-10"], "2026-02-10"),
        (&["--start-rate", "3.89"], ""),
        (&["--price", "last"], ""),
        (&["--method", "least-squares"], "Rule: least squares"),
        (&["--method", "least-squares", "--weights", "volume"], ""),
        (&["--decision-day", "old-holidays", "--add-meeting", "2025-11-26"], "holidays after it at the old rate"),
        (&["--start-rate", "fixings", "--fixings", "tests/data/effr_2025-11.csv"], ""),
        (&["--term-premium", "1=3,2=6"], "taken out as stated: term premium 3bp at 1 month, 6bp at 2"),
        (&["--month-end", "-2bp"], "taken out as stated: month's end -2bp"),
        (&["--landing-spread", "2bp"], "taken out as stated: landing spread 2bp"),
        (&["--project-meetings", "1", "--chain", "20"], ""),
    ] {
        let plain = stdout(&["probs", AFTER]);
        let args = [&["probs", AFTER, "-q"], option].concat();
        let changed = stdout(&args);
        assert_ne!(plain, changed, "{option:?} changes nothing");
        assert!(changed.contains(words), "{option:?}: {changed}");
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("quotes.csv"), "contract,bid,ask\nZQN26,96.36625,96.37125\nZQQ26,96.28,96.285\n")
        .unwrap();
    let mid = run_in(
        folder.path(),
        &["path", "quotes.csv", "--as-of", "2026-07-14", "--price", "mid", "--chain", "1", "--format", "csv"],
        "",
    );
    assert!(mid.contains("2026-07,96.36875,true"), "{mid}");
    std::fs::write(folder.path().join("calendar.csv"), "announcement\n2026-07-29\n2026-09-16\n").unwrap();
    let own = run_in(folder.path(), &["meetings", "--meetings", "calendar.csv", "--format", "csv"], "");
    insta::assert_snapshot!(own, @"
    exit code: 0
    ----- stdout -----
    start,announcement,effective,kind,cancelled_on,lower_percent,upper_percent,change_bp
    2026-07-29,2026-07-29,2026-07-30,scheduled,,3.50,3.75,0
    2026-09-16,2026-09-16,2026-09-17,scheduled,,3.75,4.00,25
    ----- stderr -----
    ");
    std::fs::write(
        folder.path().join("assets.csv"),
        "id,name,payout_yield_percent,input,source\nbank,Bank,4,assumed,mine\nutility,Utility,3.5,assumed,mine\n",
    )
    .unwrap();
    let args = [
        "equity",
        "--as-of",
        "2026-07-14",
        "--meeting",
        "2026-07-29",
        "--shift",
        "-10bp",
        "--assets",
        "assets.csv",
        "--asset",
        "all",
    ];
    snap!("cli", "equity_own_assets", run_in(folder.path(), &args, ""));
}

#[test]
fn a_decision_between_the_two_files_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let before = "# as_of: 2025-10-27\ncontract,price\n2025-09,95.77\n2025-10,95.8900\n2025-11,96.1300\n2025-12,96.2300\n2026-01,96.3000\n2026-02,96.3600\n";
    let after =
        "# as_of: 2025-11-21\ncontract,price\n2025-11,96.1200\n2025-12,96.1800\n2026-01,96.2150\n2026-02,96.2850\n";
    std::fs::write(folder.path().join("october.csv"), before).unwrap();
    std::fs::write(folder.path().join("november.csv"), after).unwrap();
    snap!("cli", "reprice_across_a_decision", run_in(folder.path(), &["reprice", "october.csv", "november.csv"], ""));
}
