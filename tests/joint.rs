//! One path from fed funds and SOFR futures: a made-up day whose path is known, the traps, and real days against an independent fit.

use std::path::Path;

use fedpath::joint::{Basis, SilentReason};
use fedpath::path::Weights;
use fedpath::product::OvernightRate;
use fedpath::{
    Assumptions, Contract, DecisionDay, Fixings, Method, PolicyPath, Product, QuoteFile, ReadOptions, Strip,
    StripOptions, files::QuoteSet,
};

use crate::cli::{run, stdout};
use crate::support::{date, month, price, real, unpacked};

const DAY: &str = include_str!("data/joint_day.csv");

fn set_of(texts: &[&str]) -> QuoteSet {
    let mut set = QuoteSet::default();
    for text in texts {
        for product in Product::ALL {
            let mut options = ReadOptions::default();
            (options.product, options.several_products) = (product, true);
            if let Ok(file) = QuoteFile::parse(text, &options) {
                set.add("quotes", file);
            }
        }
    }
    set
}

fn strip_of(texts: &[&str], day: &str) -> Strip {
    let snapshot = set_of(texts).snapshot(Some(date(day))).unwrap();
    Strip::new(&snapshot, &StripOptions::default()).unwrap()
}

fn assumptions() -> Assumptions {
    let assumptions = Assumptions::default().with_method(Method::Joint).with_weights(Weights::Equal);
    assumptions.with_decision_day(DecisionDay::OldToBusinessDay)
}

fn made_up() -> Strip {
    strip_of(&[DAY], "2024-05-31")
}

fn contract(symbol: &str) -> Contract {
    symbol.parse().unwrap()
}

/// Root mean square residual in basis points of the contracts that speak, by product, and the largest.
fn misses(path: &PolicyPath) -> ([f64; 3], f64) {
    let of = |product: Product| -> Vec<f64> {
        let fits = path.contracts().iter().filter(|fit| fit.used && fit.contract.product() == product);
        fits.map(|fit| fit.residual.as_ref().unwrap().exact().to_f64()).collect()
    };
    let all = Product::ALL.map(of);
    let largest = all.iter().flatten().fold(0.0_f64, |most, miss| most.max(miss.abs()));
    let count = |own: &[f64]| f64::from(u32::try_from(own.len()).unwrap());
    (all.map(|own| (own.iter().map(|miss| miss * miss).sum::<f64>() / count(&own)).sqrt()), largest)
}

#[test]
fn a_path_and_a_basis_that_are_known_are_found() {
    let path = PolicyPath::solve(&made_up(), &assumptions().with_chain(5)).unwrap();
    for step in path.steps() {
        let expected = if step.announcement() == date("2024-09-18") { -25.0 } else { 0.0 };
        let change = step.change().exact().to_f64();
        assert!((change - expected).abs() < 0.1, "{}: {change}", step.announcement());
    }
    let joint = path.joint().unwrap();
    for knot in &joint.basis {
        assert!((knot.basis.exact().to_f64() - 1.0).abs() < 0.15, "{} days: {}", knot.days, knot.basis);
    }
    // SR1 less ZQ, exact.
    assert_eq!(joint.observed.len(), 5);
    assert!(joint.observed.iter().all(|month| month.basis.to_string() == "1bp"));
    let (rms, largest) = misses(&path);
    assert!(largest < 0.06, "{rms:?}: no more than half a tick of rounding");
}

#[test]
fn every_residual_is_that_of_the_printed_rates() {
    let path = PolicyPath::solve(&made_up(), &assumptions().with_chain(5)).unwrap();
    // September: the 18th and before at the old rate.
    let steps = path.steps();
    let september = steps.iter().find(|step| step.announcement() == date("2024-09-18")).unwrap();
    let rate = |rate: &fedpath::Rate| rate.exact().to_f64();
    let model = 100.0 - (18.0 * rate(&september.before) + 12.0 * rate(&september.after)) / 30.0;
    let fit = path.contracts().iter().find(|fit| fit.contract == contract("ZQU24")).unwrap();
    assert!((fit.model_price().unwrap().to_f64() - model).abs() < 1e-12);
    // All of them are numbers of the decimals of the rates: exact, not floats read back.
    assert!(path.contracts().iter().all(|fit| fit.residual.is_some() == fit.used));
}

#[test]
fn a_price_of_one_product_never_reaches_another() {
    let strip = made_up();
    assert_eq!(strip.prices().len(), 8);
    assert_eq!(strip.price(month("2024-09")), Some(price("94.770")));
    let of = |product| strip.of(product).unwrap();
    assert_eq!(of(Product::OneMonthSofr).price(month("2024-09")), Some(price("94.780")));
    assert_eq!(of(Product::ThreeMonthSofr).price(month("2024-09")), Some(price("94.895")));
    // A month alone is a fed funds contract wherever several products are read, in every layout of a table.
    for table in [
        "# as_of: 2024-05-31\ncontract,price\n2024-09,94.770\nSR3U24,94.895\n",
        "date,contract,settle\n2024-05-31,2024-09,94.770\n2024-05-31,SR3U24,94.895\n",
        "date,contract,settle\n2024-05-31,SEP 24,94.770\n2024-05-31,SR3-2024-09,94.895\n",
    ] {
        let strip = strip_of(&[table], "2024-05-31");
        assert_eq!(strip.price(month("2024-09")), Some(price("94.770")), "{table}");
        assert_eq!(strip.of(Product::ThreeMonthSofr).unwrap().prices().len(), 1, "{table}");
        assert!(strip.of(Product::OneMonthSofr).is_none(), "{table}");
    }
    // The other rules read fed funds futures alone.
    let alone =
        strip_of(&["# as_of: 2024-05-31\ncontract,price\nZQM24,94.67\nZQN24,94.67\nZQQ24,94.67\n"], "2024-05-31");
    let beside = alone.clone().with_futures([(contract("SR1M24"), price("90"))]).unwrap();
    let solved = |strip: &Strip, method| PolicyPath::solve(strip, &Assumptions::default().with_method(method)).unwrap();
    for method in [Method::FedWatch, Method::LeastSquares] {
        assert_eq!(solved(&alone, method).steps(), solved(&beside, method).steps());
    }
}

#[test]
fn what_is_left_out_is_told_and_predicted() {
    let mut wanted = assumptions().with_chain(5);
    wanted.joint = wanted.joint.with_excluded(contract("SR3U24")).with_leave_one_out(true);
    let path = PolicyPath::solve(&made_up(), &wanted).unwrap();
    let joint = path.joint().unwrap();
    let left = joint.left_out.iter().find(|left| left.contract == contract("SR3U24")).unwrap();
    assert_eq!(left.reason, SilentReason::Excluded);
    // By hand: 94.895317 before it is rounded.
    assert!((left.predicted.as_ref().unwrap().to_f64() - 94.895_317).abs() < 5e-4);
    let fit = path.contracts().iter().find(|fit| fit.contract == left.contract).unwrap();
    assert!(!fit.used && fit.residual.is_some());
    let miss = |symbol: &str| {
        let one = joint.leave_one_out.iter().find(|one| one.contract == contract(symbol)).unwrap();
        one.miss().map(|miss| miss.exact().to_f64())
    };
    assert!(miss("SR1N24").unwrap().abs() < 0.1);
    // It reaches past the last meeting that is solved.
    assert_eq!(
        joint.left_out.iter().find(|left| left.reason == SilentReason::BeyondChain).unwrap().contract,
        contract("ZQF25")
    );
}

#[test]
fn a_quarter_that_runs_needs_its_fixings() {
    let quotes = "# as_of: 2024-07-01\ncontract,price\nZQN24,94.67\nZQQ24,94.67\nZQU24,94.77\nZQV24,94.92\nSR1N24,94.68\n\
        SR1Q24,94.68\nSR3H24,94.65\nSR3M24,94.645\nSR3U24,94.895\n";
    let strip = strip_of(&[quotes], "2024-07-01");
    let reasons = |assumptions: &Assumptions| -> Vec<(String, SilentReason)> {
        let path = PolicyPath::solve(&strip, assumptions).unwrap();
        path.joint().unwrap().left_out.iter().map(|left| (left.contract.symbol(), left.reason)).collect()
    };
    let wanted = assumptions().with_chain(3);
    let expired = ("SR3H24".to_owned(), SilentReason::Expired);
    let needs = ("SR3M24".to_owned(), SilentReason::NeedsFixings(OvernightRate::Sofr));
    assert_eq!(reasons(&wanted), [expired.clone(), needs]);
    let days = date("2024-06-18").iter_days().take_while(|day| *day < date("2024-07-01"));
    let sofr: Fixings = days.map(|day| (day, "5.32".parse().unwrap())).collect();
    assert_eq!(reasons(&wanted.with_sofr(sofr.of_rate(OvernightRate::Sofr))), [expired]);
}

#[test]
fn a_basis_that_no_contract_tells_is_not_printed() {
    let knots = |basis: &str| {
        let mut wanted = assumptions().with_chain(5);
        wanted.joint = wanted.joint.with_basis(basis.parse().unwrap());
        let path = PolicyPath::solve(&made_up(), &wanted).unwrap();
        path.joint().unwrap().basis.iter().map(|knot| knot.days).collect::<Vec<_>>()
    };
    // The last fixing of the last quarter is of 17 December, 200 days on: a knot behind it is moved to it.
    assert_eq!(knots("knots:0,150,450"), [0, 150, 200]);
    assert_eq!(knots("knots:0,150,300,450"), [0, 150, 200]);
    // Too near to the one before to tell a slope.
    assert_eq!(knots("knots:0,180,450"), [0, 180]);
    assert_eq!(knots("none"), [0_u32; 0]);
    assert_eq!(knots("constant"), [0]);
    assert_eq!(knots("smooth").len(), 7);
}

#[test]
fn a_basis_is_read_from_words() {
    for (text, printed) in [("knots", "knots:0,150,450"), ("knots:0,90", "knots:0,90"), ("smooth", "smooth:1")] {
        assert_eq!(text.parse::<Basis>().unwrap().to_string(), printed);
    }
    for text in ["", "knots:", "knots:9,1", "smooth:0", "smooth:-1", "linear"] {
        assert!(text.parse::<Basis>().is_err(), "{text}");
    }
}

/// Real prices of 10 May 2024 against a fit in floating point that is none of ours (`shared/domain/sofr.md`).
#[test]
fn the_tenth_of_may_2024_is_fitted_as_by_another_hand() {
    let Some((strip, effr, sofr)) = tenth_of_may() else { return };
    let mut wanted = assumptions().with_chain(13).with_fixings(effr).with_sofr(sofr);
    let near = |found: f64, told: f64| assert!((found - told).abs() <= 0.0051, "{found} for {told}");
    let path = PolicyPath::solve(&strip, &wanted).unwrap();
    assert_eq!(path.contracts().iter().filter(|fit| fit.used).count(), 31);
    let (rms, largest) = misses(&path);
    rms.iter().zip([0.34, 0.08, 0.40]).for_each(|(found, told)| near(*found, told));
    near(largest, 0.81);
    let basis: Vec<f64> = path.joint().unwrap().basis.iter().map(|knot| knot.basis.exact().to_f64()).collect();
    basis.iter().zip([2.1, 0.7, -1.6]).for_each(|(found, told)| assert!((found - told).abs() < 0.051, "{found}"));
    let ticks = |fit: &&fedpath::path::ContractFit| {
        fit.used && fit.residual_ticks().is_some_and(|ticks| ticks.to_f64().abs() <= 1.0)
    };
    assert!(path.contracts().iter().filter(ticks).count() * 5 >= 31 * 4, "four of five within a tick");
    wanted.joint = wanted.joint.with_basis(Basis::None);
    let (rms, largest) = misses(&PolicyPath::solve(&strip, &wanted).unwrap());
    rms.iter().zip([0.56, 0.64, 0.86]).for_each(|(found, told)| near(*found, told));
    near(largest, 1.21);
}

/// Behind the last fed funds contract a quarter holds two meetings: the curve goes on to the end of the last quarter, meets its price, and
/// says what it assumes.
#[test]
fn a_curve_goes_on_where_quarters_cover_meetings_together() {
    let quarters = [("SR3Z24", "95.0000"), ("SR3H25", "95.2500"), ("SR3M25", "95.4000"), ("SR3U25", "95.5000")];
    let futures = quarters.map(|(name, quoted)| (contract(name), price(quoted)));
    let strip = made_up().with_futures(futures).unwrap();
    let (path, structure) = fedpath::curve::of_strip(&strip, &assumptions(), OvernightRate::Sofr).unwrap();
    let forwards = structure.forwards();
    let (joint, last) = (path.joint().unwrap(), date("2025-12-17"));
    assert_eq!((joint.reach, forwards.assumed_from()), (last, last));
    assert!(forwards.unpriced().is_empty() && !path.unpriced().is_empty(), "unpriced as odds, told as a curve");
    let shared: Vec<_> = forwards.decided().filter(|level| level.shared).collect();
    assert_eq!(shared.len(), path.unpriced().len());
    assert!(shared.iter().all(|level| level.from < last));
    for (name, quoted) in quarters {
        let period = contract(name).reference_period();
        let forward = 100.0 * structure.simple_forward(period.start(), period.end());
        // A curve compounds on every calendar day, the future over a weekend once: some hundredths of a basis point.
        assert!((100.0 - quoted.parse::<f64>().unwrap() - forward).abs() < 0.001, "{name}: {forward}");
    }
    // Rates fall from quarter to quarter, and so from meeting to meeting: no step is there to undo another.
    let falls = |pair: &[&fedpath::curve::StepForward]| pair[1].rate < pair[0].rate;
    assert!(shared.windows(2).all(falls), "{shared:?}");
    // `path` prints the levels that its prices rest on, and nothing of them where there are none.
    let mut selection = fedpath::report::Selection::default();
    selection.explain = false;
    let told = |path: &PolicyPath| {
        let mut json = Vec::new();
        fedpath::report::path(path, &selection).json(fedpath::report::Numbers::Strings, &mut json).unwrap();
        serde_json::from_slice::<serde_json::Value>(&json).unwrap()
    };
    assert_eq!(told(&path)["shared_levels"].as_array().unwrap().len(), path.unpriced().len());
    // Without them the path is what it was.
    let alone = PolicyPath::solve(&made_up(), &assumptions().with_chain(5)).unwrap();
    assert!(alone.joint().unwrap().shared.is_empty() && told(&alone).get("shared_levels").is_none());
}

/// What no contract covers is a gap, whatever is quoted behind it; and of a smooth basis nothing is drawn on behind the last fed funds contract.
#[test]
fn a_curve_does_not_reach_over_what_no_contract_covers() {
    let hole = [("SR1M25", "95.30"), ("SR1N25", "95.35"), ("SR1Q25", "95.40")];
    let strip = made_up().with_futures(hole.map(|(name, quoted)| (contract(name), price(quoted)))).unwrap();
    let (path, structure) = fedpath::curve::of_strip(&strip, &assumptions(), OvernightRate::Effr).unwrap();
    // The contracts of the made-up day end with January; the rate after the meeting of March is in none, June speaks again.
    let forwards = structure.forwards();
    let covered = |level: &fedpath::curve::StepForward| level.from <= date("2025-01-30");
    assert!(forwards.steps().iter().all(covered), "{:?}", forwards.steps());
    assert!(path.joint().unwrap().reach > forwards.assumed_from());
    let quarters = [("SR3Z24", "95.0000"), ("SR3H25", "95.2500"), ("SR3M25", "95.4000"), ("SR3U25", "95.5000")];
    let strip = made_up().with_futures(quarters.map(|(name, quoted)| (contract(name), price(quoted)))).unwrap();
    let mut smooth = assumptions();
    smooth.joint = smooth.joint.with_basis("smooth:10".parse().unwrap());
    let (path, _) = fedpath::curve::of_strip(&strip, &smooth, OvernightRate::Effr).unwrap();
    let last = path.joint().unwrap().basis.last().unwrap();
    // January 2025 is the last fed funds contract: 245 days.
    assert!(last.days <= 245, "{}", last.days);
    // Every contract that the curve is drawn through has a price of the path.
    assert!(path.contracts().iter().all(|fit| !fit.used || fit.residual.is_some()));
}

/// The strip of 10 May 2024, and the realised rates.
fn tenth_of_may() -> Option<(Strip, Fixings, Fixings)> {
    let read = |path: &str| real(path).map(|path| std::fs::read_to_string(path).unwrap());
    let (prices, quarters) = (read("parity/prices.csv")?, read("sofr/sr1_sr3_settle_20240318_20250318.csv")?);
    let rows = prices.lines().map(|row| row.split(',').collect::<Vec<_>>());
    let rows = rows.filter(|row| row[1] == "2024-05-10").map(|row| format!("2024-05-10,{},{}\n", row[2], row[3]));
    let fed_funds: String = std::iter::once("date,contract,settle\n".to_owned()).chain(rows).collect();
    let sofr = Fixings::parse_of(OvernightRate::Sofr, &read("sofr/sofr_fred_2021-06_2026-06.csv")?).unwrap();
    let effr = unpacked(&real("rates/effr_daily.csv.gz")?);
    let rates = effr.lines().filter(|row| row.starts_with("2024-")).map(|row| {
        let mut cells = row.split(',');
        format!("{},{}\n", cells.next().unwrap(), cells.next().unwrap())
    });
    let effr: String = std::iter::once("date,rate\n".to_owned()).chain(rates).collect();
    Some((strip_of(&[&fed_funds, &quarters], "2024-05-10"), Fixings::parse(&effr).unwrap(), sofr))
}

#[test]
fn the_program_fits_and_tells() {
    let day = "tests/data/joint_day.csv";
    let all = ["--products", "ZQ,SR1,SR3", "--chain", "5"];
    let with = |command: &[&str], more: &[&str]| stdout(&[command, &[day][..], &all[..], more].concat());
    let text = with(&["path"], &[]);
    for words in ["Basis, EFFR less SOFR", "Basis that prices show", "Root mean square miss", "ends on 2025-01-01"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let json: serde_json::Value = serde_json::from_str(&with(&["path"], &["--format", "json"])).unwrap();
    assert_eq!(json["method"], "joint");
    let quarter = json["contracts"].as_array().unwrap().iter().find(|row| row["product"] == "SR3").unwrap();
    assert_eq!((&quarter["reference_start"], &quarter["reference_end"]), (&"2024-06-19".into(), &"2024-09-18".into()));
    assert_eq!(json["observed_basis"][0]["basis_bp_exact"], "1");
    assert_eq!(json["basis"][0]["days"], 0);
    let csv = with(&["path"], &["--format", "csv"]);
    assert_eq!(csv.lines().count(), 16);
    assert!(csv.lines().any(|row| row.starts_with("2024-09,SR3,2024-09-18,2024-12-18,")), "{csv}");
    for command in ["probs", "summary", "curve", "solve"] {
        let told = with(&[command], &["--format", "json"]);
        assert!(serde_json::from_str::<serde_json::Value>(&told).is_ok(), "{command}");
    }
    // What has no part here is a usage error, not a silence.
    assert!(run(&["path", day, "--basis", "none"]).contains("--products ZQ,SR1,SR3"));
    assert!(run(&["path", day, "--products", "SR3"]).contains("expected ZQ among them"));
    assert!(run(&["path", day, "--products", "ZQ,SR3", "--method", "least-squares"]).contains("--method joint"));
    assert!(Path::new(day).exists());
}

/// A product that is asked for and has no price is told, whatever the format; where there is none of them, there is no joint path.
#[test]
fn what_is_asked_for_and_absent_is_told_alike_in_every_format() {
    let asked = |command: &str, files: &[&str], products: &str| {
        run(&[&[command][..], files, &["--products", products, "--chain", "3"]].concat())
    };
    for name in [
        "stl/v1.stl",
        "formats/bloomberg_long.csv",
        "formats/converted.json",
        "formats/databento_statistics.csv",
        "formats/datamine_eod.csv",
        "formats/fixml.xml",
        "formats/long.csv",
        "formats/pasted_tabs.txt",
        "formats/plain_semicolons.csv",
        "formats/records.json",
        "formats/settle.csv",
        "formats/website.json",
    ] {
        let file = format!("tests/data/{name}");
        for command in ["path", "history"] {
            let told = asked(command, &[&file], "ZQ,SR1,SR3");
            let none = "expected 1-Month SOFR futures or 3-Month SOFR futures beside fed funds futures, found none";
            assert!(told.contains("exit code: 1") && told.contains(none), "{name}: {told}");
        }
    }
    let write = |name: &str, rows: &str| {
        let file = std::env::temp_dir().join(format!("fedpath-joint-{}-{name}.csv", std::process::id()));
        std::fs::write(&file, format!("# as_of: 2024-05-31\ncontract,price\n{rows}")).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let fed_funds = "ZQM24,94.67\nZQN24,94.67\nZQQ24,94.67\nZQU24,94.77\nZQV24,94.92\n";
    let (month, quarter) = ("SR1M24,94.68\nSR1N24,94.68\n", "SR3M24,94.645\n");
    let [fed_funds_alone, month_alone, quarter_alone] =
        [write("zq", fed_funds), write("sr1", month), write("sr3", quarter)];
    let without_months = write("zq-sr3", &[fed_funds, quarter].concat());
    for command in ["path", "history"] {
        for files in [&[without_months.as_str()][..], &[&fed_funds_alone, &quarter_alone]] {
            let told = asked(command, files, "ZQ,SR1,SR3");
            assert!(
                told.contains("exit code: 0") && told.contains("no prices of 1-Month SOFR futures of 2024-05-31"),
                "{told}"
            );
            assert!(!asked(command, files, "ZQ,SR3").contains("no prices"), "not asked for");
        }
        let told = asked(command, &[&fed_funds_alone, &month_alone], "ZQ,SR1,SR3");
        assert!(told.contains("no prices of 3-Month SOFR futures of 2024-05-31"), "{told}");
        let told = asked(command, &[&quarter_alone], "ZQ,SR1,SR3");
        assert!(told.contains("expected fed funds futures to price, found 3-Month SOFR futures"), "{told}");
        // A file that is named has to hold something that was asked for.
        let told = asked(command, &[&fed_funds_alone, &month_alone], "ZQ,SR3");
        assert!(told.contains("expected a fed funds contract such as ZQZ25, found 'SR1M24'"), "{told}");
    }
    assert!(run(&["path", &fed_funds_alone, "--products", "ZQ", "--method", "joint"]).contains("found ZQ alone"));
    for file in [fed_funds_alone, month_alone, quarter_alone, without_months] {
        std::fs::remove_file(file).unwrap();
    }
}

#[test]
fn only_the_products_that_are_asked_for_are_fitted() {
    let mut wanted = assumptions().with_chain(5);
    wanted.joint.products.remove(&Product::OneMonthSofr);
    let path = PolicyPath::solve(&made_up(), &wanted).unwrap();
    assert!(path.contracts().iter().all(|fit| fit.contract.product() != Product::OneMonthSofr));
    assert!(path.joint().unwrap().observed.is_empty());
    wanted.joint.products.remove(&Product::ThreeMonthSofr);
    assert!(PolicyPath::solve(&made_up(), &wanted).is_err());
}

/// Slopes of fed funds futures hold while SOFR futures stand still; a SOFR future that moves is fitted anew.
#[test]
fn solve_moves_sofr_futures_too() {
    let day = ["solve", "tests/data/joint_day.csv", "--products", "ZQ,SR1,SR3", "--chain", "5"];
    let json = |more: &[&str]| -> serde_json::Value {
        serde_json::from_str(&stdout(&[&day[..], more, &["--format", "json"]].concat())).unwrap()
    };
    let bumped = json(&["--bump", "SR1N24=1bp"]);
    assert_eq!(bumped["prices"][0]["product"], "SR1");
    assert_eq!(bumped["prices"][0]["price"], "94.6900");
    let number = |value: &serde_json::Value| value.as_str().unwrap().parse::<f64>().unwrap();
    let moved = |meeting: &serde_json::Value| {
        number(&meeting["rate_after_percent"]) - number(&meeting["rate_after_quoted_percent"])
    };
    // The document without a question tells the same of a rise by a basis point.
    let rows = json(&[])["sofr_bump_1bp"].as_array().unwrap().clone();
    for meeting in bumped["meetings"].as_array().unwrap() {
        let own = |row: &&serde_json::Value| {
            row["meeting"] == meeting["meeting"] && row["product"] == "SR1" && row["contract"] == "2024-07"
        };
        let row = rows.iter().find(own).unwrap();
        assert!((number(&row["rate_after_bp"]) - 100.0 * moved(meeting)).abs() < 1e-9);
    }
    // July lies between the decisions of June and of 31 July: a higher price is a lower rate after June's.
    let june = bumped["meetings"][0].clone();
    assert!(moved(&june) < -1e-3, "{june}");
    assert!(run(&[&day[..], &["--bump", "SR3Z29=1bp"]].concat()).contains("expected a quoted contract, found SR3Z29"));
    // What no rate reads is told: January reaches past the last meeting.
    let told = run(&[&day[..], &["--bump", "ZQF25=1bp"]].concat());
    assert!(told.contains("the rule does not read ZQF25") && told.contains("SR3U24"), "{told}");
}
