//! What is traded, as data: contracts, reference periods, ticks, holidays.

use chrono::NaiveDate;
use fedpath::calendar::HolidayCalendar;
use fedpath::product::Averaging;
use fedpath::{Contract, ContractMonth, Product};

use crate::support::{date, month};

#[test]
fn the_products_are_those_of_the_exchange() {
    let told = |product: Product| {
        let value = product.value_of_basis_point();
        let scale = product.price_scale();
        format!(
            "{} {:?} {:?} ${value} {} places, {} to {}, priced: {}",
            product.code(),
            product.rate(),
            product.averaging(),
            product.settlement_places(),
            scale.start(),
            scale.end(),
            product.is_priced()
        )
    };
    insta::assert_snapshot!(Product::ALL.map(told).join("\n"), @"
    ZQ Effr Arithmetic $41.67 3 places, 75 to 105, priced: true
    SR1 Sofr Arithmetic $41.67 3 places, 75 to 105, priced: false
    SR3 Sofr Compounded $25.00 4 places, 75 to 105, priced: false
    ");
}

#[test]
fn a_symbol_says_its_own_year() {
    let symbol = |text: &str| Product::FedFunds.contract(month(text)).symbol();
    assert_eq!(["1988-10", "2025-12", "2087-12"].map(symbol), ["ZQV88", "ZQZ25", "ZQZ87"]);
    // Two digits would say 1988, 1999, 2000 and 2060.
    assert_eq!(["2088-01", "2099-12", "2100-01", "1960-07"].map(symbol), ["ZQF2088", "ZQZ2099", "ZQF2100", "ZQN1960"]);
    for year in 1900..2300 {
        let december = ContractMonth::new(year, 12).unwrap();
        assert_eq!(Product::FedFunds.contract(december).symbol().parse(), Ok(december), "{year}");
    }
}

#[test]
fn a_quarter_runs_from_the_third_wednesday_to_the_third_wednesday_three_months_on() {
    for (symbol, start, end, days) in [
        ("SR3Z23", "2023-12-20", "2024-03-20", 91),
        ("SR3H24", "2024-03-20", "2024-06-19", 91),
        // It starts on Juneteenth all the same.
        ("SR3M24", "2024-06-19", "2024-09-18", 91),
        ("SR3U24", "2024-09-18", "2024-12-18", 91),
        // A serial contract.
        ("SR3N24", "2024-07-17", "2024-10-16", 91),
        ("SR3H25", "2025-03-19", "2025-06-18", 91),
    ] {
        let contract: Contract = symbol.parse().unwrap();
        let period = contract.reference_period();
        assert_eq!((period.start(), period.end(), period.days()), (date(start), date(end), days), "{symbol}");
        assert_eq!(contract.symbol(), symbol);
        assert_eq!(contract.product().averaging(), Averaging::Compounded);
    }
}

#[test]
fn a_contract_prints_its_product_and_its_month_and_reads_them_back() {
    for product in Product::ALL {
        let contract = product.contract(month("2024-05"));
        assert_eq!(contract.to_string().parse::<Contract>(), Ok(contract));
        assert_eq!(contract.symbol().parse::<Contract>(), Ok(contract));
    }
    assert_eq!("SR1-2024-05".parse::<Contract>().unwrap(), Product::OneMonthSofr.contract(month("2024-05")));
    assert!("2024-05".parse::<Contract>().is_err(), "a month alone names no product");
}

#[test]
fn ticks_are_finer_near_the_last_trading_day() {
    let tick = |symbol: &str, day: &str| symbol.parse::<Contract>().unwrap().tick(date(day)).to_string();
    // A month's own, and an expired one.
    assert_eq!(
        ["2025-11-28", "2025-12-01", "2026-02-02"].map(|day| tick("ZQZ25", day)),
        ["0.0050", "0.0025", "0.0025"]
    );
    // The quarter of March 2025 ends in June: from February on.
    assert_eq!(["2025-01-31", "2025-02-03"].map(|day| tick("SR3H25", day)), ["0.0050", "0.0025"]);
}

/// The fixings of SOFR tell its holidays: where the file has no rate on a weekday, the market was closed.
#[test]
fn sofr_is_fixed_on_the_days_of_the_government_securities_market() {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/sofr/sofr_fred_2021-06_2026-06.csv");
    let Ok(text) = std::fs::read_to_string(path) else { return };
    let mut checked = 0;
    for row in text.lines().skip(1) {
        let (day, rate) = row.split_once(',').unwrap();
        let day: NaiveDate = day.parse().unwrap();
        assert_eq!(HolidayCalendar::GovernmentSecurities.is_business_day(day), !rate.trim().is_empty(), "{day}");
        checked += 1;
    }
    assert!(checked > 1200, "{checked} days");
}

#[test]
fn good_friday_is_a_holiday_of_sofr_alone() {
    // Dates of the Gregorian Easter, less two days: published tables.
    for day in
        ["1994-04-01", "2000-04-21", "2008-03-21", "2011-04-22", "2023-04-07", "2024-03-29", "2025-04-18", "2038-04-23"]
    {
        assert!(HolidayCalendar::FederalReserve.is_business_day(date(day)), "{day}");
        assert!(!HolidayCalendar::GovernmentSecurities.is_business_day(date(day)), "{day}");
    }
    assert!(HolidayCalendar::GovernmentSecurities.is_business_day(date("2025-04-17")));
    assert_eq!(ContractMonth::of(date("2025-04-18")), month("2025-04"));
}

#[test]
fn a_contract_is_read_as_listed_from_118_months_ahead_until_the_month_after() {
    // A one-digit year is the one that the trade date can mean.
    let read = |day: &str| ContractMonth::parse("ZQZ5", Some(date(day))).unwrap().to_string();
    assert_eq!(["2016-02-01", "2025-11-21", "2026-01-31"].map(read), ["2025-12"; 3]);
    assert_eq!(["2016-01-31", "2026-02-01"].map(read), ["2015-12", "2035-12"]);
}
