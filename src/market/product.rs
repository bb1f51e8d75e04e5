//! [`Product`]: which future a price is of, and its terms as data.
//!
//! A product is a row of this file, and so is an overnight rate: nothing else in the crate knows a symbol, a tick, the worth of a
//! basis point or the name of a series.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use rust_decimal::Decimal;

use super::calendar::HolidayCalendar;
use super::contract::ContractMonth;
use super::period::Period;
use crate::units::UnitError;

/// A future on an overnight rate over a reference period.
///
/// ```
/// use fedpath::Product;
/// use fedpath::product::Averaging;
/// let quarter = Product::ThreeMonthSofr;
/// assert_eq!((quarter.code(), quarter.averaging()), ("SR3", Averaging::Compounded));
/// // From the third Wednesday of its month to that three months later, which it no longer counts.
/// let period = quarter.reference_period("2024-03".parse()?);
/// assert_eq!((period.start().to_string(), period.end().to_string()), ("2024-03-20".into(), "2024-06-19".into()));
/// assert_eq!(Product::default().value_of_basis_point().to_string(), "41.67");
/// # Ok::<(), fedpath::ContractError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Product {
    /// The 30-Day Federal Funds future: Globex `ZQ`, ticker `FF`, clearing code `41`. What fedpath prices.
    #[default]
    FedFunds,
    /// The 1-Month SOFR future, `SR1`: priced beside fed funds futures, by the joint rule.
    OneMonthSofr,
    /// The 3-Month SOFR future, `SR3`, named by the month in which its quarter starts:
    /// priced beside fed funds futures, by the joint rule.
    ThreeMonthSofr,
}

/// How the fixings of a reference period make the rate that a contract settles on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Averaging {
    /// The mean over all calendar days.
    Arithmetic,
    /// Compounded from business day to business day, actual days over 360.
    Compounded,
}

/// The overnight rate that a contract settles on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum OvernightRate {
    /// The effective federal funds rate.
    #[default]
    Effr,
    /// The Secured Overnight Financing Rate.
    Sofr,
}

impl OvernightRate {
    /// Every rate.
    pub const ALL: [Self; 2] = [Self::Effr, Self::Sofr];

    const fn terms(self) -> &'static RateTerms {
        match self {
            Self::Effr => &EFFR,
            Self::Sofr => &SOFR,
        }
    }

    /// The days on which it is fixed.
    #[must_use]
    pub const fn holidays(self) -> HolidayCalendar {
        self.terms().holidays
    }

    /// "effective federal funds rate", "SOFR".
    pub(crate) fn name(self) -> &'static str {
        self.terms().name
    }

    /// The code of the New York Fed: "EFFR", "SOFR".
    pub(crate) fn code(self) -> &'static str {
        self.terms().code
    }

    /// The series of FRED that hold it, in small letters.
    pub(crate) fn series(self) -> &'static [&'static str] {
        self.terms().series
    }

    /// The columns of tables that hold it, in small letters and without signs, the surest first.
    pub(crate) fn columns(self) -> impl Iterator<Item = &'static str> {
        self.series().iter().chain(self.terms().columns).copied()
    }

    /// What its market calls it: "fed funds", "SOFR".
    #[must_use]
    pub fn market(self) -> &'static str {
        self.terms().market
    }

    /// What a path says of it: "the expected overnight rate", "expected SOFR".
    #[must_use]
    pub fn expected(self) -> &'static str {
        self.terms().expected
    }

    /// What a file of it has to hold: "SOFR".
    pub(crate) fn sought(self) -> &'static str {
        self.terms().sought
    }
}

/// What files call an overnight rate, and when it is fixed.
#[derive(Debug)]
struct RateTerms {
    code: &'static str,
    name: &'static str,
    market: &'static str,
    expected: &'static str,
    sought: &'static str,
    /// The series of FRED, in small letters.
    series: &'static [&'static str],
    /// The columns of other tables, in small letters and without signs; those of no name come last.
    columns: &'static [&'static str],
    holidays: HolidayCalendar,
}

/// FRED's EFFR and DFF, the Federal Reserve's H.15, `OpenBB` and tables typed by hand.
const EFFR: RateTerms = RateTerms {
    code: "EFFR",
    name: "effective federal funds rate",
    market: "fed funds",
    expected: "the expected overnight rate",
    sought: "the effective federal funds rate or its target",
    series: &["effr", "dff"],
    columns: &[
        "rifspffnd",
        "rifspffnb",
        "fedl01",
        "fedl01index",
        "effectiverate",
        "effectivefederalfundsrate",
        "federalfundseffectiverate",
        "federalfundsrate",
        "fedfundsrate",
        "rate",
        "ratepercent",
        "percentrate",
    ],
    holidays: HolidayCalendar::FederalReserve,
};

/// FRED's SOFR, and tables typed by hand.
const SOFR: RateTerms = RateTerms {
    code: "SOFR",
    name: "SOFR",
    market: "SOFR",
    expected: "expected SOFR",
    sought: "SOFR",
    series: &["sofr"],
    columns: &["sofrrate", "sofrrateindex", "rate", "ratepercent", "percentrate", "securedovernightfinancingrate"],
    holidays: HolidayCalendar::GovernmentSecurities,
};

/// Which days a contract averages over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reference {
    CalendarMonth,
    /// From the third Wednesday of the contract month to that three months later.
    ImmQuarter,
}

/// The terms of a product.
#[derive(Debug)]
struct Terms {
    /// The codes of the exchange (Globex, ticker, clearing).
    exchange_codes: &'static [&'static str],
    /// The codes of vendors.
    vendor_codes: &'static [&'static str],
    /// The code in settlement reports.
    ticker: &'static str,
    /// "fed funds", as in "a fed funds contract".
    adjective: &'static str,
    rate: OvernightRate,
    averaging: Averaging,
    reference: Reference,
    /// The tick in points, in ten-thousandths: near its last trading day, and before.
    ticks: (i64, i64),
    /// The smaller tick holds from so many months before the month of the last trading day.
    near_months: i32,
    /// The worth of a basis point of one contract, in cents.
    cents_per_basis_point: i64,
    /// The decimal places of a rate to which the final settlement is rounded, ties up.
    settlement_places: u32,
    /// How many months ahead a contract can be listed, and how many months its own month can lie behind: a last settlement follows
    /// in the month after the last trading day. Of two years that a digit can mean the earlier stands.
    listed: (i32, i32),
    /// The prices that a quote can have, in whole points.
    scale: (u32, u32),
    /// Whether the rules of this crate solve it.
    is_priced: bool,
}

/// CBOT Rulebook, chapter 22, and CME's contract page; 60 months are listed, and a last settlement follows in the month after.
const FED_FUNDS: Terms = Terms {
    exchange_codes: &["ZQ", "FF", "41"],
    vendor_codes: &[],
    ticker: "FF",
    adjective: "fed funds",
    rate: OvernightRate::Effr,
    averaging: Averaging::Arithmetic,
    reference: Reference::CalendarMonth,
    ticks: (25, 50),
    near_months: 0,
    cents_per_basis_point: 4167,
    settlement_places: 3,
    listed: (118, 1),
    scale: (75, 105),
    is_priced: true,
};

/// CME's contract page; Barchart writes SL, Bloomberg SER.
const ONE_MONTH_SOFR: Terms = Terms {
    exchange_codes: &["SR1"],
    vendor_codes: &["SL", "SER"],
    ticker: "SR1",
    adjective: "1-Month SOFR",
    rate: OvernightRate::Sofr,
    is_priced: false,
    ..FED_FUNDS
};

/// CME's contract page; Barchart writes SQ, Bloomberg SFR.
const THREE_MONTH_SOFR: Terms = Terms {
    exchange_codes: &["SR3"],
    vendor_codes: &["SQ", "SFR"],
    ticker: "SR3",
    adjective: "3-Month SOFR",
    averaging: Averaging::Compounded,
    reference: Reference::ImmQuarter,
    near_months: 4,
    // The quarter that runs is named by the month in which it began.
    listed: (118, 4),
    cents_per_basis_point: 2500,
    settlement_places: 4,
    ..ONE_MONTH_SOFR
};

/// The codes of all products, as a refusal names them.
const CODES: &str = "one of ZQ, SR1, SR3";

impl Product {
    /// Every product.
    pub const ALL: [Self; 3] = [Self::FedFunds, Self::OneMonthSofr, Self::ThreeMonthSofr];

    const fn terms(self) -> &'static Terms {
        match self {
            Self::FedFunds => &FED_FUNDS,
            Self::OneMonthSofr => &ONE_MONTH_SOFR,
            Self::ThreeMonthSofr => &THREE_MONTH_SOFR,
        }
    }

    /// The Globex code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.terms().exchange_codes[0]
    }

    /// The overnight rate that it settles on.
    #[must_use]
    pub fn rate(self) -> OvernightRate {
        self.terms().rate
    }

    /// How fixings make the rate that it settles on.
    #[must_use]
    pub fn averaging(self) -> Averaging {
        self.terms().averaging
    }

    /// The days that the contract of a month averages over.
    #[must_use]
    pub fn reference_period(self, month: ContractMonth) -> Period {
        match self.terms().reference {
            Reference::CalendarMonth => Period::month(month),
            Reference::ImmQuarter => {
                let start = month.first_day();
                let end = start.checked_add_months(Months::new(3)).unwrap_or(start);
                Period::new(third_wednesday(start), third_wednesday(end))
            }
        }
    }

    /// The tick of the contract of a month on a day, in points: smaller near its last trading day; an expired one last settled
    /// on the smaller.
    #[must_use]
    pub fn tick(self, month: ContractMonth, as_of: NaiveDate) -> Decimal {
        Decimal::new(self.tick_in_ten_thousandths(month, as_of), 4)
    }

    /// The tick in units of 0.0001.
    pub(crate) fn tick_in_ten_thousandths(self, month: ContractMonth, as_of: NaiveDate) -> i64 {
        let terms = self.terms();
        let last_month = match terms.reference {
            Reference::CalendarMonth => month,
            // Its last day is the one before a third Wednesday.
            Reference::ImmQuarter => month.months_before(-3),
        };
        let (near, far) = terms.ticks;
        if last_month.months_before(terms.near_months) <= ContractMonth::of(as_of) { near } else { far }
    }

    /// The worth of a basis point of one contract, in dollars.
    #[must_use]
    pub fn value_of_basis_point(self) -> Decimal {
        Decimal::new(self.terms().cents_per_basis_point, 2)
    }

    /// The decimal places of a rate to which the final settlement is rounded, ties up.
    #[must_use]
    pub fn settlement_places(self) -> u32 {
        self.terms().settlement_places
    }

    /// How many months ahead a contract can be listed; a last settlement is published until the month after it expires.
    #[must_use]
    pub fn listed_ahead(self) -> i32 {
        self.terms().listed.0
    }

    /// Whether the contract of a month is listed on a day: until the month after its last trading day, because a last settlement
    /// is published on the first business day after it.
    pub(crate) fn lists(self, month: ContractMonth, day: NaiveDate) -> bool {
        month.months_after(ContractMonth::of(day)) <= self.listed_ahead() && !self.is_long_over(month, day)
    }

    /// Whether the contract of a month had expired, and its last settlement been published, before the month of a day.
    pub(crate) fn is_long_over(self, month: ContractMonth, day: NaiveDate) -> bool {
        month.months_after(ContractMonth::of(day)) < -self.terms().listed.1
    }

    /// The prices that a quote can have, in whole points: a rate, or a slipped decimal point, is none of them.
    #[must_use]
    pub const fn price_scale(self) -> RangeInclusive<u32> {
        let (lowest, highest) = self.terms().scale;
        RangeInclusive::new(lowest, highest)
    }

    /// The days on which its rate is fixed.
    #[must_use]
    pub fn holidays(self) -> HolidayCalendar {
        self.rate().holidays()
    }

    /// Whether the rules of this crate solve its contracts for the path of rates.
    #[must_use]
    pub fn is_priced(self) -> bool {
        self.terms().is_priced
    }

    /// The code in settlement reports.
    pub(crate) fn ticker(self) -> &'static str {
        self.terms().ticker
    }

    /// The product of a code in capitals, the exchange's or a vendor's.
    pub(crate) fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|product| product.all_codes().any(|own| own == code))
    }

    /// The codes of the exchange and of vendors.
    pub(crate) fn all_codes(self) -> impl Iterator<Item = &'static str> {
        let terms = self.terms();
        terms.exchange_codes.iter().chain(terms.vendor_codes).copied()
    }

    /// The codes of the exchange's own files, in which a vendor's code is another product.
    pub(crate) fn exchange_codes(self) -> &'static [&'static str] {
        self.terms().exchange_codes
    }

    /// "fed funds", as in "a fed funds contract".
    pub(crate) fn adjective(self) -> &'static str {
        self.terms().adjective
    }
}

/// The third Wednesday of the month of a day.
fn third_wednesday(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    let ahead = (Weekday::Wed.num_days_from_monday() + 7 - first.weekday().num_days_from_monday()) % 7;
    first.checked_add_days(Days::new(u64::from(ahead) + 14)).unwrap_or(first)
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} futures", self.adjective()))
    }
}

impl FromStr for Product {
    type Err = UnitError;

    /// Reads a code of the exchange or of a vendor, in any case: `ZQ`, `FF`, `41`, `SR1`, `SR3`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::of_code(&text.to_ascii_uppercase())
            .ok_or_else(|| UnitError::out_of_range("product", CODES, &format!("'{text}'")))
    }
}
