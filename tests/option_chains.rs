//! Option chains: what the readers make of each format, and which chains contradict themselves.

use fedpath::check::{Content, FileCheck};
use fedpath::options::{ChainRule, ChainViolation, OptionFile, OptionProduct, OptionSide, Premium};
use fedpath::{Fraction, ReadOptions, Snapshot};

use crate::support::{date, fraction, month, real, unpacked};

fn options(text: &str) -> OptionFile {
    OptionFile::parse(text, None).unwrap_or_else(|error| panic!("{error}"))
}

fn decimal(text: &str) -> fedpath::rust_decimal::Decimal {
    text.parse().unwrap()
}

const REPORT: &str = "         FINAL PRE-CLEARING PRICES AS OF 11/21/25 06:00 PM (CST)
MTH/                 ---- DAILY ---                        PT                     -------  PRIOR  DAY  -------
STRIKE     OPEN      HIGH      LOW       LAST      SETT    CHGE     EST.VOL       SETT         VOL         INT
FF 30 DAY FED FUNDS FUTURES
DEC25      ----      ----      ----      ----   96.1800    UNCH                96.1800                     100
TOTAL                                                               EST.VOL                 VOLUME    OPEN INT
TOTAL                                                                                                      100
FFC DEC25 30 DAY FED FUNDS OPTIONS CALL
100062     ----      ----      ----      ----       CAB    UNCH                    CAB                       5
96187      ----      ----      ----      ----     .0125  -.0025                  .0150          10         200
FFC DEC25 30 DAY FED FUNDS OPTIONS PUT
96187      ----      ----      ----      ----     .0200  +.0025                  .0175                      20
TOTAL                                                               EST.VOL                 VOLUME    OPEN INT
TOTAL                                                                                           10         225
ZE DEC25 EURODOLLAR OPTIONS CALL
96187      ----      ----      ----      ----     .0125  -.0025                  .0150          10         200
*** END OF REPORT ***
";

#[test]
fn the_sections_of_a_settlement_report_are_chains() {
    let file = options(REPORT);
    assert_eq!(file.as_of(), Some(date("2025-11-21")));
    let [december] = file.chains() else { panic!("one chain") };
    assert_eq!((december.label().as_str(), december.expires()), ("OZQZ25", Some(date("2025-12-31"))));
    let call = december.quote(decimal("96.1875"), OptionSide::Call).unwrap();
    assert_eq!((call.settle, call.open_interest), (Some(Premium::Points(decimal("0.0125"))), Some(200)));
    // 100062 stands for a sixteenth, cut after three places.
    assert_eq!(december.quote(decimal("100.0625"), OptionSide::Call).unwrap().settle, Some(Premium::Cabinet));
    assert_eq!(file.tally().kept(), 3);
    // The futures of the same file are read as ever.
    assert_eq!(Snapshot::parse(REPORT).unwrap().quotes().len(), 1);
}

#[test]
fn what_contradicts_itself_in_a_report_is_refused() {
    let refused =
        |from: &str, to: &str| OptionFile::parse(&REPORT.replacen(from, to, 1), None).unwrap_err().to_string();
    insta::assert_snapshot!(refused(" 225\nZE", " 226\nZE"), @"14:108: expected the PRIOR INT of the rows to add up to the TOTAL 226, found 225");
    insta::assert_snapshot!(refused("-.0025 ", "-.0050 "), @"10:51: expected SETT 0.0125 less PRIOR SETT 0.0150 to be the change -0.0050, found -0.0025");
    insta::assert_snapshot!(refused("96187 ", "9618x "), @"10:1: expected a strike such as 97937, found '9618x'");
}

#[test]
fn a_typed_table_has_settlements_or_bid_and_ask() {
    let file = options(
        "# as_of: 2025-11-21\ncontract,type,strike,settle,bid,ask\nZQZ5,call,96.25,0.0125,,\nOZQZ25,p,96.25,CAB,,\n\
         SR3H6,put,96.5,,0.1,0.11\nSFRH6,C,96.5,,,0.05\n",
    );
    let labels: Vec<String> = file.chains().iter().map(fedpath::options::OptionChain::label).collect();
    assert_eq!(labels, ["OZQZ25", "SR3H26"]);
    assert_eq!(file.chains()[1].product, OptionProduct::ThreeMonthSofr);
    // Half a market is no quote.
    assert_eq!((file.tally().kept(), file.tally().read()), (3, 4));
    let wrong = "contract,type,strike,settle\nZQZ25,straddle,96.25,0.01\nZQZ25,call,9625,0.01\nZQZ25,call,96.25,1e5\n\
                 ZQZ25,call,96.5,0.01\nZQZ25,call,96.50,0.02\n";
    insta::assert_snapshot!(OptionFile::parse(wrong, None).unwrap_err(), @r"
    2:7: expected call or put, found 'straddle'
    3:12: expected a strike in points of the future, such as 96.25, found '9625'
    4:18: expected a premium such as 0.0725, found '1e5'
    6:1: expected OZQZ25 96.5 call once, found another quote of it
    ");
    insta::assert_snapshot!(OptionFile::parse("contract,price\nZQZ25,96.18\n", None).unwrap_err(), @"1:1: expected a column 'settle', found 'contract,price'");
}

#[test]
fn each_broken_inequality_has_its_size_in_ticks() {
    let chain =
        |rows: &str| options(&format!("# as_of: 2025-11-21\ncontract,type,strike,settle\n{rows}")).chains()[0].clone();
    let found = |rows: &str| -> Vec<String> {
        let violations = chain(rows).violations("96.18".parse().ok(), &Fraction::integer(1));
        violations.iter().map(ToString::to_string).collect()
    };
    // A call of 0.0050 at 96.125 pays 0.0550 at once: 20 ticks short.
    assert_eq!(found("ZQZ25,call,96.125,0.005\n"), ["OZQZ25 96.125 call: below intrinsic value by 20 ticks"]);
    assert_eq!(
        found("ZQZ25,call,96.25,0.005\nZQZ25,call,96.3125,0.0075\n"),
        ["OZQZ25 96.25 call, OZQZ25 96.3125 call: not monotone in the strike by 1 tick"]
    );
    assert_eq!(
        found("ZQZ25,call,96.25,0.07\nZQZ25,call,96.3125,0.005\n"),
        ["OZQZ25 96.25 call, OZQZ25 96.3125 call: steeper than the strikes by 1 tick"]
    );
    assert_eq!(
        found("ZQZ25,put,96,0\nZQZ25,put,96.0625,0.01\nZQZ25,put,96.125,0.0125\n"),
        ["OZQZ25 96 put, OZQZ25 96.125 put, OZQZ25 96.0625 put: not convex in the strike by 1.5 ticks"]
    );
    assert_eq!(
        found("ZQZ25,call,96.25,0.0125\nZQZ25,put,96.25,0.085\n"),
        ["OZQZ25 96.25 call, OZQZ25 96.25 put: put-call parity broken by 1 tick"]
    );
    // Half a tick on each side explains one tick between two settlements.
    let parity = chain("ZQZ25,call,96.25,0.0125\nZQZ25,put,96.25,0.085\n");
    let violation = &parity.violations("96.18".parse().ok(), &Fraction::integer(1))[0];
    assert_eq!(violation.ticks_beyond_rounding, Fraction::zero());
    // American parity is an inequality: with 0.3 % of interest until expiry nothing is broken.
    assert_eq!(parity.violations("96.18".parse().ok(), &fraction("0.997")), []);
    assert_eq!(found("ZQZ25,call,96.25,0.0125\nZQZ25,put,96.25,0.0825\n"), [""; 0]);
}

#[test]
fn the_real_chains_break_parity_by_a_quarter_and_half_a_basis_point() {
    for (name, chains, options_read, worst) in
        [("stlint_v1_20151029_FULL.txt.gz", 12, 1084, "1"), ("stlint_v1_20170106_FULL.txt.gz", 12, 1154, "2")]
    {
        let Some(path) = real(&format!("quotes/{name}")) else { return };
        let text = unpacked(&path);
        let (file, snapshot) = (options(&text), Snapshot::parse(&text).unwrap());
        assert_eq!(file.chains().len(), chains, "{name}");
        assert_eq!(file.tally().kept(), options_read, "{name}");
        let parity = file.chains().iter().flat_map(|chain| {
            let future = snapshot.quote(chain.month).and_then(|quote| quote.settle);
            chain.violations(future, &Fraction::integer(1))
        });
        let parity: Vec<ChainViolation> = parity.filter(|violation| violation.rule == ChainRule::Parity).collect();
        let largest = parity.iter().map(|violation| &violation.ticks).max();
        // A tick is a quarter of a basis point.
        assert_eq!(largest.map(ToString::to_string).as_deref(), Some(worst), "{name}");
    }
}

#[test]
fn the_exchanges_csv_has_cabinet_prices_as_a_number_of_their_own() {
    let Some(path) = real("quotes/cbt_settle_s_20191220_OZQ_options.csv") else { return };
    let file = options(&std::fs::read_to_string(path).unwrap());
    let [december] = file.chains() else { panic!("one chain") };
    assert_eq!((december.month, december.quotes().len()), (month("2019-12"), 6));
    assert_eq!(december.quote(decimal("96"), OptionSide::Put).unwrap().settle, Some(Premium::Cabinet));
    assert_eq!(december.expiry, Some(date("2019-12-31")));
    assert_eq!(december.violations("98.4475".parse().ok(), &Fraction::integer(1)).len(), 0);
}

/// The warnings of a check.
fn warnings(check: &FileCheck) -> Vec<String> {
    check.remarks().iter().map(|remark| remark.notice.to_string()).collect()
}

#[test]
fn a_check_tells_what_options_contradict_by_so_many_ticks() {
    let table = "# as_of: 2025-11-21\ncontract,type,strike,settle\n\
        ZQZ25,call,96.25,0.0125\nZQZ25,call,96.3125,0.0325\nZQZ25,put,96.25,0.0825\n";
    let check = FileCheck::of(table, &ReadOptions::default());
    assert!(check.problems().is_empty() && matches!(check.content(), Some(Content::Options(_))));
    // 0.0200 more than at the lower strike, in steps of 0.0025.
    assert_eq!(warnings(&check), ["OZQZ25 96.25 call, OZQZ25 96.3125 call: not monotone in the strike by 8.00 ticks"]);
    // What half a tick of each explains is none.
    let check = FileCheck::of(&table.replace("0.0325", "0.0150"), &ReadOptions::default());
    assert_eq!(warnings(&check), Vec::<String>::new());
    // A table that is neither is told what it lacks as a table of futures.
    assert!(!FileCheck::of("contract,type,strike\nZQZ25,call,96.25\n", &ReadOptions::default()).problems().is_empty());
}

#[test]
fn options_beside_futures_are_checked_against_them_and_never_refuse_them() {
    let sound = FileCheck::of(REPORT, &ReadOptions::default());
    assert!(matches!(sound.content(), Some(Content::Quotes(_))));
    // A call 15 points in the money for a tick: worth less than its exercise.
    let broken = REPORT.replace(".0125  -.0025", ".0025  -.0125").replace(
        "96187      ----      ----      ----      ----     .0025",
        "95187      ----      ----      ----      ----     .0025",
    );
    let found = warnings(&FileCheck::of(&broken, &ReadOptions::default()));
    assert!(
        found.iter().any(|warning| warning.starts_with("OZQZ25 95.1875 call: below intrinsic value by 396.00 ticks")),
        "{found:?}"
    );
    let unread = REPORT.replace(".0125  -.0025", ".01x5  -.0025");
    assert!(matches!(FileCheck::of(&unread, &ReadOptions::default()).content(), Some(Content::Quotes(_))));
}
