//! `curve` and `equity` as their users see them.

use crate::cli::{AFTER, BEFORE, run, run_in, stdout};
use crate::support::snap;

const SHIFT: [&str; 7] = ["equity", "--as-of", "2025-11-19", "--meeting", "2025-12-10", "--shift", "7.5bp"];

fn given(options: &[&str]) -> String {
    run(&[&SHIFT[..], options].concat())
}

fn json(args: &[&str]) -> serde_json::Value {
    serde_json::from_str(&stdout(&[args, &["--format", "json", "-q"]].concat())).unwrap()
}

#[test]
fn reports_of_the_curve() {
    snap!("curve", "curve", run(&["curve", AFTER]));
    snap!("curve", "explained", run(&["curve", AFTER, "--tenor", "3M,18M", "--explain"]));
    snap!("curve", "change", run(&["curve", BEFORE, AFTER]));
    snap!("curve", "json", stdout(&["curve", AFTER, "--format", "json", "--chain", "2", "--tenor", "2W,1Y"]));
    snap!("curve", "change_json", stdout(&["curve", BEFORE, AFTER, "--format", "json", "--tenor", "2Y"]));
    snap!("curve", "csv", stdout(&["curve", AFTER, "--format", "csv", "--tenor", "1M,3M,5Y"]));
    snap!("curve", "change_csv", stdout(&["curve", BEFORE, AFTER, "--format", "csv", "--tenor", "3M,2Y"]));
}

#[test]
fn reports_of_equities() {
    snap!("equity", "small_caps", given(&["--asset", "russell2000", "-q"]));
    snap!("equity", "growth_realised", given(&["--asset", "nasdaq100", "--realised", "-3.4", "-q"]));
    snap!("equity", "explained", given(&["--explain", "-q"]));
    snap!(
        "equity",
        "two_files",
        run(&["equity", BEFORE, AFTER, "--method", "eh-decaying,strip,usmpd-mp2", "--realised", "-2.9", "--explain"])
    );
    snap!(
        "equity",
        "json",
        stdout(&[&SHIFT[..], &["--method", "usmpd-mp2", "--realised", "-3", "--format", "json"]].concat())
    );
    snap!(
        "equity",
        "realised_csv",
        given(&["--realised", "-3", "--method", "usmpd-mp2,eh-permanent", "--format", "csv"])
    );
}

#[test]
fn the_equity_of_two_files_is_that_of_the_whole_story() {
    let (alone, story) = (json(&["equity", BEFORE, AFTER]), json(&["reprice", BEFORE, AFTER]));
    assert_eq!(alone["schema"], "fedpath.equity/1");
    assert_eq!(alone["equity"], story["equity"]);
    assert_eq!(alone["curve"], story["curve"]);
    assert_eq!(alone["illustrative"], true);
    // The headline's step alone, and the strip's whole path: the second knows that later meetings moved less.
    let total = |method: &str| -> f64 {
        let rows = story["equity"].as_array().unwrap();
        let row = rows.iter().find(|row| row["method"] == method).unwrap();
        row["total_percent"].as_str().unwrap().parse().unwrap()
    };
    assert!(total("eh-decaying") < total("strip") && total("strip") < total("eh-postponed"));
}

/// What `--explain` prints comes out on a pocket calculator: sums of years times basis points, and coefficients times the
/// shift, with the digits as they are printed.
#[test]
fn the_equations_that_are_explained_give_their_figures() {
    let document = json(&["equity", BEFORE, AFTER, "--asset", "all", "--explain"]);
    let number = |text: &str| text.trim().parse::<f64>().unwrap_or_else(|error| panic!("{text}: {error}"));
    let product = |text: &str| text.split(" x ").map(number).product::<f64>();
    let (mut sums, mut products) = (0, 0);
    for equation in document["derivations"].as_array().unwrap() {
        let equation = equation.as_str().unwrap();
        let (left, right) = equation.rsplit_once(" = ").unwrap();
        let printed = number(right.split_once(" %").unwrap().0);
        if let Some((_, terms)) = left.split_once("-(") {
            let Some(terms) = terms.strip_suffix(") / 100") else { continue };
            let sum: f64 = terms.split(" + ").map(product).sum();
            assert!((-sum / 100.0 - printed).abs() < 2e-4, "{equation}");
            sums += 1;
        } else if let Some((_, coefficient)) = left.split_once("benchmark: ") {
            let coefficient = product(coefficient.strip_suffix(" / 100").unwrap()) / 100.0;
            assert!((coefficient - printed).abs() < 6e-5, "{equation}");
            products += 1;
        }
    }
    assert_eq!((sums, products), (14 * 6, 14 * 6), "the strip and five tables; six benchmarks");
    let cut = stdout(&[&SHIFT[..6], &["-7.5bp", "--method", "eh-permanent", "--explain", "-q"]].concat());
    assert!(cut.contains("first order 0.00075000 x e^(-0.011500 x 22/365) /\n    0.011500 = 6.5172 %"), "{cut}");
}

#[test]
fn every_figure_has_six_places_and_none_is_no_number() {
    for args in
        [&["reprice"][..], &["curve", AFTER], &["curve", BEFORE, AFTER], &[&SHIFT[..], &["--asset", "all"]].concat()]
    {
        let text = stdout(&[args, &["--format", "json", "-q"]].concat());
        assert!(!text.contains("NaN") && !text.contains("inf\""), "{args:?}");
    }
    for row in json(&[&SHIFT[..], &["--asset", "all"]].concat())["equity"].as_array().unwrap() {
        let total = row["total_percent"].as_str().unwrap();
        assert_eq!(total.split_once('.').unwrap().1.len(), 6, "{row}");
    }
}

#[test]
fn options_of_curve_and_equity_do_what_they_say() {
    let plain = given(&["-q"]);
    for option in [
        &["--half-life", "1"][..],
        &["--payout-yield", "3"],
        &["--duration", "20"],
        &["--stages", "5x12,5x8,4@8.5"],
        &["--dss", "100,20,15,400"],
        &["--input", "cash_to_earnings=0.9"],
        &["--asset", "all"],
        &["--method", "eh-decaying"],
        &["--realised", "-3"],
        &["--explain"],
    ] {
        assert_ne!(given(&[option, &["-q"]].concat()), plain, "{option:?} changes nothing");
    }
    let one_year = given(&["--asset", "russell2000", "--numerator", "one-year", "--method", "eh-decaying"]);
    assert!(one_year.contains(" -0.0095 "), "{one_year}");
    let permanent = given(&["--asset", "russell2000", "--numerator", "permanent", "--method", "eh-decaying"]);
    assert!(permanent.contains(" -0.2370 "), "{permanent}");
    // A rule among the methods solves the contracts; it is no method of its own.
    let rule = run(&["equity", BEFORE, AFTER, "--method", "fedwatch"]);
    assert_eq!(rule, run(&["equity", BEFORE, AFTER]));

    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("desk.csv", "# id: desk\n# citation: our own sheet\ntenor,response_bp,standard_error\n2Y,80,10\n10Y,40,8\n");
    let table = run_in(
        folder.path(),
        &[&SHIFT[..], &["--responses", "desk.csv", "--method", "desk", "--format", "csv"]].concat(),
        "",
    );
    insta::assert_snapshot!(table, @"
    exit code: 0
    ----- stdout -----
    asset,kind,method,denominator_percent,convexity_percent,numerator_percent,total_percent,low_percent,high_percent,citation,likely_low_percent,likely_high_percent,residual_sd_percent,window
    sp500,model,desk,-0.290124,0.000429,,-0.289695,-0.401048,-0.178213,our own sheet; sample not stated; expected level after the meeting,,,,
    ----- stderr -----
    ");
    write("mp2.csv", "# id: usmpd-mp2\ntenor,response_bp\n2Y,80\n");
    write("bad.csv", "tenor,response_bp,standard_error,t_statistic\n2Y,x,,\n5,40,,\n10Y,40,1,2\n1Y,1e9,,\n");
    write("twice.csv", "tenor,response_bp\n2Y,80\n24M,70\n");
    write("none.csv", "tenor,response_bp\n");
    for (file, told) in [
        ("mp2.csv", "mp2.csv: the id 'usmpd-mp2' is a method of its own: name the table with a line '# id: NAME'"),
        ("bad.csv", "bad.csv: 4 problems"),
        ("twice.csv", "expected responses at one maturity or more, each maturity once"),
        ("none.csv", "expected responses at one maturity or more, each maturity once"),
    ] {
        let refused = run_in(folder.path(), &[&SHIFT[..], &["--responses", file]].concat(), "");
        assert!(refused.starts_with("exit code: 1") && refused.contains(told), "{refused}");
    }
    write(
        "own.csv",
        "id,name,payout_yield_percent,duration_years,input,source,market_beta,market_beta_source\n\
         x,X,,25,assumed,mine,0.8,my desk\ntelecom,T,2,,assumed,mine,,\n",
    );
    let own = |asset| run_in(folder.path(), &[&SHIFT[..], &["--assets", "own.csv", "--asset", asset]].concat(), "");
    let duration = own("x");
    assert!(duration.contains("X (x): a bare duration (assumed: mine); duration 25.0 years"), "{duration}");
    assert!(duration.contains("market_beta 0.8 (sourced: my desk)"), "{duration}");
    // 0.8 x -0.52425, and an industry's own estimate, -16.10 x 0.075, without a beta for the others.
    assert!(duration.contains("SF Fed MP2                0.14  -0.4194 "), "{duration}");
    let telecom = own("telecom");
    assert!(
        telecom.contains("the market's benchmarks for telecom left out: its profile has no market beta"),
        "{telecom}"
    );
    assert!(telecom.contains("Bernanke-Kuttner monthly   -  -1.2075 "), "{telecom}");
    write(
        "assets.csv",
        "id,name,payout_yield_percent,duration_years,input,source,market_beta\nx,X,,25,assumed,mine,0.8\ny,Y,2,3,assumed,mine,\n",
    );
    let refused = run_in(folder.path(), &[&SHIFT[..], &["--assets", "assets.csv", "--asset", "x"]].concat(), "");
    assert!(
        refused.contains("assets.csv:3:7: expected a payout yield or a duration, not both, found '3'"),
        "{refused}"
    );
}

#[test]
fn what_cannot_be_answered_is_said() {
    let mut told = String::new();
    for options in [
        &["--shift", "20000bp"][..],
        &["--half-life", "-1"],
        &["--half-life", "0"],
        &["--duration", "0"],
        &["--duration", "nan"],
        &["--payout-yield", "0"],
        &["--stages", "4@4"],
        &["--stages", "5x12,,4@8.5"],
        &["--dss", "100,20,15"],
        &["--dss", "1000,20,15,1"],
        &["--stages", "4@8", "--payout-yield", "1"],
        &["--realised", "-100"],
        &["--realised", "nasdaq100=-3"],
        &["--realised", "-3,-4"],
        &["--asset", "all", "--realised", "-3"],
        &["--input", "cash=1"],
        &["--input", "tax_percent=200"],
        &["--method", "kuttner"],
        &["--numerator", "never"],
        &["--as-of", "2025-11-19,2025-11-20"],
    ] {
        let args = if options[0] == "--shift" {
            &SHIFT[..5]
        } else if options[0] == "--as-of" {
            &["equity", "--meeting", "2025-12-10", "--shift", "7.5bp"][..]
        } else {
            &SHIFT[..]
        };
        let output = run(&[args, options].concat());
        let (code, said) = (output.lines().next().unwrap(), output.split_once("stderr -----\n").unwrap().1);
        told = format!("{told}{}\n{code}: {}\n", options.join(" "), said.lines().next().unwrap());
    }
    for args in [
        &["equity"][..],
        &["equity", BEFORE],
        &["equity", BEFORE, AFTER, "--shift", "7.5bp"],
        &["equity", AFTER, BEFORE],
        &["equity", "--shift", "7.5bp"],
        &["curve", AFTER, BEFORE],
        &["curve", AFTER, "--tenor", "0Y"],
        &["curve", AFTER, "--as-of", "2025-11-21,2025-11-22"],
        &["curve", BEFORE, AFTER, "--as-of", "2025-11-21"],
        &["curve", "-", "-"],
        &["curve", BEFORE, AFTER, "--explain"],
        &["curve", "nowhere.csv"],
    ] {
        let output = run(args);
        let (code, said) = (output.lines().next().unwrap(), output.split_once("stderr -----\n").unwrap().1);
        told = format!("{told}{}\n{code}: {}\n", args.join(" "), said.lines().next().unwrap());
    }
    snap!("equity", "refused", told);
}

#[test]
fn a_shift_past_all_measure_leaves_rows_out_and_says_why() {
    for shift in ["-115bp", "10000bp", "-10000bp", "0bp", "1/3bp"] {
        let output = run(&[&SHIFT[..6], &[shift, "--asset", "all", "--realised", "sp500=0"]].concat());
        assert!(output.starts_with("exit code: 0"), "{output}");
        assert!(!output.contains("NaN") && !output.contains("inf ") && !output.contains("-0.0000"), "{output}");
    }
    let down = run(&[&SHIFT[..6], &["-115bp", "--method", "eh-permanent"]].concat());
    assert!(
        down.contains("eh-permanent for sp500 left out: the shift leaves no discount rate above the growth rate"),
        "{down}"
    );
    let up = run(&[&SHIFT[..6], &["10000bp", "--asset", "russell2000", "--method", "eh-permanent,usmpd-mp2"]].concat());
    assert!(up.contains("eh-permanent for russell2000 left out: the financing cost takes all earnings"), "{up}");
    assert!(up.contains("usmpd-mp2 for russell2000 left out: the shift is so large"), "{up}");
}
