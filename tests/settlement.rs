//! Settlement of contracts from realised rates: the exchange's day counts, and the traps in them.

use fedpath::product::{OvernightRate, Settlement};
use fedpath::{Contract, Fixings};

use crate::cli::{run, stdout};
use crate::support::{date, real};

fn sofr() -> Option<Fixings> {
    let text = std::fs::read_to_string(real("sofr/sofr_fred_2021-06_2026-06.csv")?).unwrap();
    Some(Fixings::parse_of(OvernightRate::Sofr, &text).unwrap())
}

fn contract(symbol: &str) -> Contract {
    symbol.parse().unwrap()
}

/// `QuantLib` 1.44, `OvernightIndexFuture`, on the same fixings.
#[test]
fn four_quarters_settle_as_quantlib_has_them() {
    let Some(sofr) = sofr() else { return };
    for (symbol, expected) in [
        ("SR3Z23", 94.646_694),
        // It ends on Juneteenth.
        ("SR3H24", 94.646_642),
        // It begins on it.
        ("SR3M24", 94.628_808),
        ("SR3U24", 95.233_790),
    ] {
        let price = Settlement::of(contract(symbol), &sofr).unwrap().final_price().unwrap().to_f64();
        assert!((price - expected).abs() < 1e-6, "{symbol}: {price}");
    }
}

/// Three wrong readings of a quarter that begins on Juneteenth, each far from the right one: the trap is real.
#[test]
fn a_quarter_that_begins_on_juneteenth_has_one_day_of_the_fixing_before() {
    let Some(sofr) = sofr() else { return };
    let right = Settlement::of(contract("SR3M24"), &sofr).unwrap().final_price().unwrap().to_f64();
    let on = |day: &str| sofr.carried_on(date(day)).unwrap().1.exact().to_f64();
    // Days from 20 June on, each with the rate that it carries; compounded where a new fixing begins.
    let mut growth = 1.0;
    let mut day = date("2024-06-20");
    while day < date("2024-09-18") {
        let next = day.iter_days().skip(1).find(|next| sofr.rate_on(*next).is_some()).unwrap().min(date("2024-09-18"));
        let days = u32::try_from((next - day).num_days()).unwrap();
        growth *= 1.0 + on(&day.to_string()) * f64::from(days) / 36_000.0;
        day = next;
    }
    let before = on("2024-06-18");
    let price = |growth: f64, days: f64| 100.0 - (growth - 1.0) * 36_000.0 / days;
    let wrong = [
        // Juneteenth left out.
        (price(growth, 91.0), 94.688_166),
        // 18 June with its whole weight of two days.
        (price(growth * (1.0 + before * 2.0 / 36_000.0), 91.0), 94.569_450),
        // The quarter moved to the next business day.
        (price(growth, 90.0), 94.629_146),
    ];
    for (price, told) in wrong {
        assert!((price - told).abs() < 1e-6, "{price} for {told}");
        assert!((price - right).abs() > 3e-4, "{price} is not {right}");
    }
    let with_one_day = price(growth * (1.0 + before / 36_000.0), 91.0);
    assert!((with_one_day - right).abs() < 1e-9, "{with_one_day} and {right}");
}

/// By hand: 1 % all through compounds to `36000/91 (prod (1 + d/36000) - 1)`.
#[test]
fn a_quarter_compounds_exactly() {
    let days = date("2024-06-18").iter_days().take_while(|day| *day < date("2024-09-19"));
    let one = "1".parse::<fedpath::Rate>().unwrap();
    let sofr: Fixings = days.map(|day| (day, one.clone())).collect::<Fixings>().of_rate(OvernightRate::Sofr);
    let settlement = Settlement::of(contract("SR3M24"), &sofr).unwrap();
    // 13 weeks from a Wednesday: the 91 days are 78 weekdays of one day where no holiday falls, 13 of them Fridays of three;
    // Juneteenth, the fourth of July and Labor Day lengthen one interval each or begin the quarter.
    assert_eq!((settlement.days(), settlement.open_days()), (91, 0));
    let factor = |days: f64| 1.0 + days / 36_000.0;
    // 19 June x1 (fixing of the 18th); 3 July x2; 30 August x4; 12 other Fridays x3; the other days alone.
    let singles = 91 - 2 - 4 - 12 * 3;
    let growth = factor(1.0).powi(singles) * factor(2.0) * factor(4.0) * factor(3.0).powi(12);
    let expected = 100.0 - (growth - 1.0) * 36_000.0 / 91.0;
    assert!((settlement.final_price().unwrap().to_f64() - expected).abs() < 1e-10, "{expected}");
}

#[test]
fn a_gap_in_the_fixings_is_an_error_and_their_end_an_open_contract() {
    let text = "date,rate\n2024-03-28,5.34\n2024-04-01,5.35\n2024-04-03,5.33\n";
    let sofr = Fixings::parse_of(OvernightRate::Sofr, text).unwrap();
    let missing = Settlement::of(contract("SR1J24"), &sofr).unwrap_err();
    assert_eq!(missing.to_string(), "no SOFR for Tuesday 2024-04-02, a business day");
    let march = Settlement::of(contract("SR1H24"), &sofr).unwrap_err();
    assert_eq!(march.day, date("2024-03-01"), "the first of March 2024 is a Friday: its fixing is its own");
}

/// The rate is rounded, ties up, not the price: 3.8765 to 3.877, a price of 96.123.
#[test]
fn the_final_settlement_rounds_the_rate() {
    // The first of November is a Saturday, which carries the rate of 31 October.
    let days = date("2025-10-31").iter_days().take(31);
    let effr: Fixings = days.map(|day| (day, "3.8765".parse().unwrap())).collect();
    let november = Settlement::of(contract("ZQX25"), &effr).unwrap();
    assert_eq!(november.final_price().unwrap(), "96.1235".parse().unwrap());
    assert_eq!(november.final_rounded().unwrap(), "96.123".parse().unwrap());
}

#[test]
fn sofr_is_read_from_every_file_that_has_it() {
    let fred = "observation_date,SOFR\n2024-03-28,5.34\n2024-03-29,\n";
    let csv = "Effective Date,Rate Type,Rate (%)\n03/28/2024,SOFR,5.34\n03/28/2024,EFFR,5.33\n";
    let json = r#"{"refRates":[{"effectiveDate":"2024-03-28","type":"SOFR","percentRate":5.34},
        {"effectiveDate":"2024-03-28","type":"EFFR","percentRate":5.33}]}"#;
    for text in [fred, csv, json] {
        let sofr = Fixings::parse_of(OvernightRate::Sofr, text).unwrap();
        assert_eq!(sofr.rate_on(date("2024-03-28")).unwrap().to_string(), "5.34%", "{text}");
        assert_eq!(sofr.rates().len(), 1);
    }
    // A file of one rate is none of the other.
    assert!(Fixings::parse(fred).is_err());
    assert!(Fixings::parse_of(OvernightRate::Sofr, "observation_date,EFFR\n2024-03-28,5.33\n").is_err());
}

#[test]
fn a_quarter_that_runs_keeps_its_year() {
    // On 10 June 2024 the quarter of March 2024 trades on; a fed funds contract of March has expired.
    let parse = |label: &str| Contract::parse(label, Some(date("2024-06-10"))).unwrap().to_string();
    assert_eq!(
        ["SR3H4", "SR3G4", "ZQH4", "SR1H4"].map(parse),
        ["SR3-2024-03", "SR3-2024-02", "ZQ-2034-03", "SR1-2034-03"]
    );
}

#[test]
fn the_program_tells_what_it_needs() {
    let folder = tempfile::tempdir().unwrap();
    let rates = folder.path().join("sofr.csv");
    std::fs::write(&rates, "date,rate\n2024-03-28,5.34\n2024-04-01,5.35\n2024-04-02,5.33\n").unwrap();
    let rates = rates.to_str().unwrap();
    let csv = stdout(&["settlement", "SR1J4", "--sofr", rates, "--format", "csv"]);
    let expected = "product,contract,reference_start,reference_end,days,days_realised,average_percent,final,final_rounded,open_days\n\
        SR1,2024-04,2024-04-01,2024-05-01,30,2,5.340000000000,,,28\n";
    assert_eq!(csv, expected);
    let before = stdout(&["settlement", "SR1J4", "--sofr", rates, "--as-of", "2024-04-02", "--format", "csv"]);
    assert!(before.contains(",1,5.350000000000,"), "fixings of a day are published the next: {before}");
    assert!(run(&["settlement", "SR1J24", "--fixings", rates]).contains("--sofr FILE"));
    assert!(run(&["settlement", "SR1J4"]).contains("--fixings FILE or --sofr FILE"));
    assert!(run(&["settlement", "ZQJ24", "--sofr", rates]).contains("--fixings FILE"));
}
