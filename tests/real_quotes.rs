//! Every real quote file, where the folder of them stands beside the checkout: what each is read as, against the sums and
//! rows that are known of it, or the name it is refused by.

use std::collections::BTreeMap;

use fedpath::{Fixings, QuoteFile, QuoteTable, ReadOptions, unpack};

use crate::support::{date, month, real};

/// The quotes of a real file; `None` where the folder is not there.
fn read(name: &str) -> Option<Result<QuoteFile, fedpath::ReadError>> {
    let bytes = std::fs::read(real(&format!("quotes/{name}"))?).unwrap();
    Some(unpack(&bytes).and_then(|text| QuoteFile::parse(&text, &ReadOptions::default())))
}

/// What is known of a file that is read: its one day, contracts, first and last contract, and the settlements of some.
struct Known {
    name: &'static str,
    day: Option<&'static str>,
    contracts: usize,
    span: [&'static str; 2],
    settlements: &'static [(&'static str, &'static str)],
}

const READ: [Known; 11] = [
    Known {
        name: "stlint_v1_20151029_FULL.txt.gz",
        day: Some("2015-10-29"),
        contracts: 36,
        span: ["2015-10", "2018-09"],
        settlements: &[],
    },
    Known {
        name: "stlint_v1_20151029_FF.txt",
        day: Some("2015-10-29"),
        contracts: 36,
        span: ["2015-10", "2018-09"],
        settlements: &[],
    },
    Known {
        name: "stlint_v1_20170106_FULL.txt.gz",
        day: Some("2017-01-06"),
        contracts: 36,
        span: ["2017-01", "2019-12"],
        settlements: &[("2017-07", "99.12"), ("2018-02", "98.77"), ("2018-09", "98.48"), ("2019-12", "98.07")],
    },
    Known {
        name: "stlint_v1_20170106_FF.txt",
        day: Some("2017-01-06"),
        contracts: 36,
        span: ["2017-01", "2019-12"],
        settlements: &[("2017-01", "99.3525"), ("2018-05", "98.65"), ("2018-10", "98.45")],
    },
    Known {
        name: "cbt_settle_s_20191220_ZQ.csv",
        day: Some("2019-12-20"),
        contracts: 36,
        span: ["2019-12", "2022-11"],
        settlements: &[("2019-12", "98.4475"), ("2020-01", "98.445"), ("2021-03", "98.63"), ("2021-04", "98.63")],
    },
    Known {
        name: "cbt_settle_20121105_s.xml",
        day: Some("2012-11-05"),
        contracts: 2,
        span: ["2015-09", "2015-10"],
        settlements: &[("2015-09", "99.495"), ("2015-10", "99.47")],
    },
    Known {
        name: "cme_website_settlements_json_20260918_305.json",
        day: Some("2026-09-18"),
        contracts: 22,
        span: ["2026-09", "2031-08"],
        settlements: &[("2026-09", "96.2525"), ("2027-07", "95.3550"), ("2028-01", "95.3600")],
    },
    Known {
        name: "cme_website_settlements_pasted_201409-10_full_with_Total.txt",
        day: None,
        contracts: 36,
        span: ["2014-10", "2017-09"],
        settlements: &[("2014-10", "99.9125"), ("2015-07", "99.815"), ("2016-09", "98.93"), ("2017-07", "98.23")],
    },
    Known {
        name: "cme_website_settlements_pasted_201410_with_A_and_B_suffixes.txt",
        day: None,
        contracts: 34,
        span: ["2014-10", "2017-07"],
        settlements: &[("2015-07", "99.775"), ("2015-09", "99.68"), ("2016-10", "98.68")],
    },
    Known {
        name: "cme_validation_zq_curve_user_made.csv",
        day: Some("2026-07-14"),
        contracts: 13,
        span: ["2026-07", "2027-07"],
        settlements: &[("2026-07", "96.3688"), ("2026-12", "96"), ("2027-07", "95.8625")],
    },
    Known {
        name: "pyfedwatch_ZQF24_first_last_rows.csv",
        day: None,
        contracts: 1,
        span: ["2024-01", "2024-01"],
        settlements: &[],
    },
];

#[test]
fn every_file_of_quotes_gives_its_contracts_and_prices() {
    for Known { name, day, contracts, span, settlements } in READ {
        let Some(file) = read(name) else { return };
        let file = file.unwrap_or_else(|error| panic!("{name}: {error}"));
        let of_day = |day: Option<&str>| file.days().any(|found| found == day.map(date));
        assert!(of_day(day) || name.starts_with("pyfedwatch"), "{name}: {:?}", file.days().collect::<Vec<_>>());
        let months: std::collections::BTreeSet<_> = file.quotes().map(|(_, month, _)| month).collect();
        assert_eq!(months.len(), contracts, "{name}");
        assert_eq!([months.first(), months.last()].map(|m| m.unwrap().to_string()), span, "{name}");
        let settled: BTreeMap<_, _> = file.quotes().map(|(_, month, quote)| (month, quote.settle)).collect();
        for (contract, price) in settlements {
            let found = settled[&month(contract)].unwrap_or_else(|| panic!("{name}: {contract} has no settlement"));
            assert_eq!(found, price.parse().unwrap(), "{name}: {contract}");
        }
        assert!(file.quotes().all(|(_, _, quote)| quote.settle.is_some()), "{name}: a settlement is missing");
    }
}

#[test]
fn sums_and_details_of_the_formats_are_those_documented() {
    let Some(csv) = read("cbt_settle_s_20191220_ZQ.csv") else { return };
    let csv = csv.unwrap();
    let quote = |file: &QuoteFile, contract: &str| {
        file.quotes().find(|(_, found, _)| *found == month(contract)).map(|(.., quote)| quote).unwrap()
    };
    // A high that was only bid, a low that was only offered, and limits that are neither.
    let april = quote(&csv, "2021-04");
    let marked = |session: Option<fedpath::files::SessionPrice>| session.map(|s| (s.price.to_string(), s.mark));
    assert_eq!(marked(april.high), Some(("98.645".to_owned(), Some(fedpath::files::Mark::Bid))));
    assert_eq!(marked(april.low), Some(("98.625".to_owned(), Some(fedpath::files::Mark::Ask))));
    assert_eq!((april.prior_volume, april.open_interest, april.volume), (Some(604), Some(8828), None));

    // The Total rows of the website.
    for (name, volume, interest) in [
        ("cme_website_settlements_json_20260918_305.json", 290_392, 2_423_804),
        ("cme_website_settlements_pasted_201409-10_full_with_Total.txt", 31_320, 627_112),
    ] {
        let file = read(name).unwrap().unwrap();
        let sum =
            |count: fn(&fedpath::Quote) -> Option<u64>| file.quotes().filter_map(|(.., q)| count(&q)).sum::<u64>();
        assert_eq!((sum(|q| q.volume), sum(|q| q.open_interest)), (volume, interest), "{name}");
    }
    let json = read("cme_website_settlements_json_20260918_305.json").unwrap().unwrap();
    let november = quote(&json, "2027-11");
    assert_eq!(marked(november.high), Some(("95.4150".to_owned(), Some(fedpath::files::Mark::Bid))));
    assert_eq!(quote(&json, "2028-01").change.unwrap().to_string(), "-0.0650");
    let pasted = read("cme_website_settlements_pasted_201410_with_A_and_B_suffixes.txt").unwrap().unwrap();
    let october = quote(&pasted, "2016-10");
    assert_eq!(marked(october.low), Some(("98.6650".to_owned(), Some(fedpath::files::Mark::Ask))));
    assert_eq!((october.open, october.open_interest), (None, Some(154)));

    let xml = quote(&read("cbt_settle_20121105_s.xml").unwrap().unwrap(), "2015-09");
    assert_eq!(marked(xml.high), Some(("99.51".to_owned(), Some(fedpath::files::Mark::Bid))));
    assert_eq!((marked(xml.low), xml.open_interest), (Some(("99.495".to_owned(), None)), Some(11)));

    let history = read("pyfedwatch_ZQF24_first_last_rows.csv").unwrap().unwrap();
    let last = history.quotes().last().unwrap();
    assert_eq!((last.0, last.2.settle.unwrap().to_string()), (Some(date("2023-09-15")), "94.56".to_owned()));
    // Its open interest of that day was not published yet.
    assert_eq!((last.2.volume, last.2.open_interest), (Some(50_218), None));
}

#[test]
fn every_other_file_is_refused_by_its_name() {
    for (name, words) in [
        ("FedMeetingHistory_20240916_head_tail.csv", "a FedWatch download of all meetings: these are probabilities"),
        ("FedMeeting_20250507_head_tail.csv", "a FedWatch download of one meeting: these are probabilities"),
        ("fedwatch_api_forecasts_shape.json", "FedWatch probabilities (API)"),
        ("barchart_futures_prices_quoteboard_samples.csv", "in this Barchart quote board: it holds ET, BDO"),
        ("barchart_historical_download_sample.csv", "the contract of this Barchart price history, which names none"),
        ("cbt_settle_s_20191220_OZQ_options.csv", "in this CME settlement CSV: it holds OZQ options"),
        ("cme_settle_s_20191220_GE.csv", "in this CME settlement CSV: it holds GE"),
        ("datastream_fedfutures_1989_2015_head_tail.csv", "a Datastream table of continuous series"),
        ("investing_com_ZQ0M_head_tail.csv", "the contract of this Investing.com price history, which names none"),
        ("nymex_comex_future_csv_sample.csv", "the NYMEX and COMEX settlement CSV"),
        ("quandl_chris_futures_sample.csv", "the contract of this Quandl price history, which names none"),
        ("sofr_sr3_settle_20230607_camelcase.json", "it holds SR3"),
        ("stl_v2_20260904_samples_NYMEX_AGS.txt", "no section of fed funds futures (FF); it holds 0CJ, 0PO options"),
        ("stlint_v1_20170106_FFC_option_section.txt", "a part of a settlement report without the report's first three"),
        ("stlint_v1_20170106_treasury_ticks.txt", "no section of fed funds futures (FF); it holds TN, TU, TYF, UL, US"),
        ("yahoo_csv_old_adjclose_sample.csv", "the contract of this Yahoo price history, which names none"),
        ("yfinance_multiindex_csv_sample.csv", "in this yfinance price history: it holds DX-Y.NYB"),
        ("fred_DFEDTARU_head_tail.csv", "realised rates (New York Fed or FRED)"),
        ("nyfed_refRates_json_shape.json", "realised rates (New York Fed or FRED)"),
        ("nyfed_reference_rates_all_20260803_head_tail.csv", "realised rates (New York Fed or FRED)"),
    ] {
        let Some(read) = read(name) else { return };
        let error = read.err().unwrap_or_else(|| panic!("{name} is read"));
        assert!(error.to_string().contains(words), "{name}: {error}");
        assert_eq!(error.problems().len(), 1, "{name}: {error}");
    }
}

#[test]
fn every_file_of_fixings_gives_its_rates() {
    for (name, rates, targets, day, rate) in [
        ("fred_DFF_resaved_by_excel_head.csv", 4, 0, "1954-07-02", "1.25%"),
        ("fred_EFFR_new_observation_date_header_blank_missing.csv", 10, 0, "2025-12-31", "3.64%"),
        ("fred_EFFR_old_DATE_header_dot_missing.csv", 14, 0, "2001-01-04", "5.92%"),
        ("nyfed_EFFR_historical_rows_from_test_fixture.csv", 2, 2, "2000-07-03", "7.03%"),
        ("nyfed_EFFR_subset_excel_BOM_CRLF_trailing_junk.csv", 10, 0, "2014-01-06", "0.08%"),
        ("nyfed_refRates_json_shape.json", 1, 1, "2026-06-04", "3.62%"),
        ("nyfed_reference_rates_all_20260803_head_tail.csv", 6, 6, "2026-01-02", "3.64%"),
    ] {
        let Some(file) = real(&format!("quotes/{name}")) else { return };
        let text = std::fs::read_to_string(file).unwrap();
        let fixings = Fixings::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((fixings.rates().len(), fixings.targets().len()), (rates, targets), "{name}");
        assert_eq!(fixings.rate_on(date(day)).unwrap().to_string(), rate, "{name}");
    }
    let text = std::fs::read_to_string(real("quotes/fred_DFEDTARU_head_tail.csv").unwrap()).unwrap();
    let upper: Vec<String> =
        Fixings::parse(&text).unwrap().targets().map(|(_, _, upper)| upper.unwrap().to_string()).collect();
    assert_eq!((upper.len(), upper[0].as_str(), upper[8].as_str()), (9, "0.25%", "5.5%"));
}

/// Seventy years of the effective rate pass the unit check, and as fractions they do not.
#[test]
fn the_unit_check_knows_percentages_from_fractions_in_every_year() {
    let Some(file) = real("rates/effr_daily.csv.gz") else { return };
    let text = unpack(&std::fs::read(file).unwrap()).unwrap().into_owned();
    let rows: Vec<(&str, &str)> = text
        .lines()
        .skip(1)
        .map(|row| row.split_once(',').unwrap())
        .map(|(d, rest)| (d, rest.split(',').next().unwrap()))
        .collect();
    let table: Vec<String> = rows.iter().map(|(day, rate)| format!("{day},{rate}\n")).collect();
    let fixings = Fixings::parse(&format!("DATE,DFF\n{}", table.concat())).unwrap();
    assert_eq!(fixings.rates().len(), rows.len());
    for (day, rate) in rows.iter().step_by(97).filter(|(day, _)| *day >= "1994") {
        let fraction = rust_decimal_hundredth(rate);
        let read = Fixings::parse(&format!("DATE,DFF\n{day},{fraction}\n"));
        // A fraction of two places, such as 0.05 for 5 percent, is caught by the target of its day.
        assert!(read.is_err(), "{fraction} on {day}");
    }
}

fn rust_decimal_hundredth(percent: &str) -> String {
    (percent.parse::<fedpath::rust_decimal::Decimal>().unwrap() / fedpath::rust_decimal::Decimal::ONE_HUNDRED)
        .to_string()
}

#[test]
fn two_decades_of_settlements_are_one_table() {
    let Some(file) = real("history/pyfedwatch_settle_1989_2023.csv.gz") else { return };
    let text = unpack(&std::fs::read(file).unwrap()).unwrap().into_owned();
    let file = QuoteFile::parse(&text, &ReadOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((file.tally().read(), file.tally().kept()), (199_555, 199_555));
    let mut table = QuoteTable::default();
    table.add("history", file).unwrap();
    assert_eq!(table.rows().len(), 199_555);
    let row =
        table.rows().find(|(day, contract, _)| *day == date("2019-12-20") && *contract == month("2020-01")).unwrap();
    // The exchange's own file of the day says the same.
    assert_eq!(row.2.settle.unwrap(), "98.445".parse().unwrap());
}
