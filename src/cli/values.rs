//! The values that options take: the words of each choice, and how each text is read.

use std::cell::RefCell;

use chrono::NaiveDate;
use clap::ValueEnum;
use fedpath::equity::CashFlows;
use fedpath::event_study::{Errors, StudyWindow};
use fedpath::history::Span;
use fedpath::lattice::Widening;
use fedpath::path::{Between, Weights};
use fedpath::product::OvernightRate;
use fedpath::report::{EquityDetail, Numbers};
use fedpath::surprise::SurpriseRule;
use fedpath::{
    BasisPoints, ContractMonth, DecisionDay, Fraction, Method, Premia, Price, PriceKind, Product, Rate, StartRate, View,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Text for people
    Table,
    /// A JSON document
    Json,
    /// CSV with a header row
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum NumbersName {
    /// Strings that hold exact decimals
    Exact,
    /// JSON numbers, rounded to 12 places
    Float,
}

impl From<NumbersName> for Numbers {
    fn from(name: NumbersName) -> Self {
        match name {
            NumbersName::Exact => Self::Strings,
            NumbersName::Float => Self::Floats,
        }
    }
}

/// When something is done that depends on where the output goes.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum When {
    /// Where the output is a terminal
    Auto,
    /// Wherever it goes
    Always,
    /// Nowhere
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MethodName {
    /// CME's FedWatch rule: a choice of contracts
    Fedwatch,
    /// All contracts, weighted
    LeastSquares,
    /// Fed funds and SOFR futures together
    Joint,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum WeightsName {
    /// Its tick: 0.0025 in the current month, 0.005 in the others
    Tick,
    /// Half its bid and ask
    BidAsk,
    /// Its volume counts instead; contracts without volume are left out
    Volume,
    /// Its open interest counts instead; contracts without are left out
    OpenInterest,
    /// All count the same
    Equal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum BoundsName {
    /// Half the tick of each contract
    Tick,
    /// The bid and ask of each contract, half its tick where it has none
    BidAsk,
    /// Any distribution with the same expected moves
    Mean,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum EquityName {
    /// The range of the methods in a few lines; of several assets, one row each
    Brief,
    /// Every method with its band
    Full,
    /// Nothing
    None,
}

impl From<EquityName> for EquityDetail {
    fn from(name: EquityName) -> Self {
        match name {
            EquityName::Brief => Self::Brief,
            EquityName::Full => Self::Full,
            EquityName::None => Self::None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum RateName {
    /// The effective federal funds rate
    Effr,
    /// SOFR: the effective rate less the basis
    Sofr,
}

impl From<RateName> for OvernightRate {
    fn from(name: RateName) -> Self {
        match name {
            RateName::Effr => Self::Effr,
            RateName::Sofr => Self::Sofr,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum BetweenName {
    /// As before the first: the last decision makes all of the change
    Before,
    /// As after the last: the first decision makes all of it
    After,
    /// Equal steps at each
    Even,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum DecisionDayName {
    /// The old rate, as CME's tables since 2024
    Old,
    /// The old rate, and so the holidays after it, as the effective rate itself
    OldHolidays,
    /// The new rate, as CME's methodology of 2015 to 2023 and CBOT's releases of 2004-06
    New,
}

impl From<MethodName> for Method {
    fn from(name: MethodName) -> Self {
        match name {
            MethodName::Fedwatch => Self::FedWatch,
            MethodName::LeastSquares => Self::LeastSquares,
            MethodName::Joint => Self::Joint,
        }
    }
}

impl From<WeightsName> for Weights {
    fn from(name: WeightsName) -> Self {
        match name {
            WeightsName::Tick => Self::Tick,
            WeightsName::BidAsk => Self::BidAsk,
            WeightsName::Volume => Self::Volume,
            WeightsName::OpenInterest => Self::OpenInterest,
            WeightsName::Equal => Self::Equal,
        }
    }
}

impl From<BetweenName> for Between {
    fn from(name: BetweenName) -> Self {
        match name {
            BetweenName::Before => Self::Before,
            BetweenName::After => Self::After,
            BetweenName::Even => Self::Even,
        }
    }
}

impl From<DecisionDayName> for DecisionDay {
    fn from(name: DecisionDayName) -> Self {
        match name {
            DecisionDayName::Old => Self::Old,
            DecisionDayName::OldHolidays => Self::OldToBusinessDay,
            DecisionDayName::New => Self::New,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PriceName {
    /// The settlement price
    Settle,
    /// The last price
    Last,
    /// Half way between bid and ask
    Mid,
}

impl From<PriceName> for PriceKind {
    fn from(name: PriceName) -> Self {
        match name {
            PriceName::Settle => Self::Settle,
            PriceName::Last => Self::Last,
            PriceName::Mid => Self::Mid,
        }
    }
}

/// `last`, or a product and a price: `SR3=settle`.
pub(super) fn price_of(text: &str) -> Result<(Option<Product>, PriceName), String> {
    let (product, price) = text.split_once('=').map_or((None, text), |(product, price)| (Some(product), price));
    let product = product.map(|code| code.parse::<Product>().map_err(|error| error.to_string())).transpose()?;
    let price = PriceName::from_str(price, false).map_err(|_| "expected settle, last or mid, or ZQ=last".to_owned())?;
    Ok((product, price))
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ViewName {
    /// After each meeting, all meetings so far together
    Cumulative,
    /// At each meeting alone
    Meeting,
    /// The expected change from today split between two ranges
    Aggregated,
}

impl From<ViewName> for View {
    fn from(name: ViewName) -> Self {
        match name {
            ViewName::Cumulative => Self::Cumulative,
            ViewName::Meeting => Self::Meeting,
            ViewName::Aggregated => Self::Aggregated,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LayoutName {
    /// One row a day, meeting and target range
    Tidy,
    /// One row a day and meeting, a column a target range, as FedWatch's downloads
    Wide,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ShowName {
    /// The odds of each target range
    Ranges,
    /// The odds of each change of the range, in basis points
    Moves,
    /// What is priced over 6 and 12 months and by each year end
    Cuts,
    /// The lowest and the highest expected rate
    Terminal,
    /// The expected rate after each meeting
    Rate,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum RuleName {
    /// The month's contract, scaled to the days left; the next month's where seven or fewer are left
    SevenDay,
    /// Kuttner's: scaled always, but on the first day of a month unscaled, on the last the next month's contract
    Kuttner,
}

impl From<RuleName> for SurpriseRule {
    fn from(name: RuleName) -> Self {
        match name {
            RuleName::SevenDay => Self::SevenDay,
            RuleName::Kuttner => Self::Kuttner,
        }
    }
}

/// What a day is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeltaOf {
    /// The day so far before it.
    Span(Span),
    /// The second day against the first.
    Dates(NaiveDate, NaiveDate),
}

pub(super) fn delta(text: &str) -> Result<DeltaOf, String> {
    let Some((before, after)) = text.split_once(':') else {
        let span = text.to_lowercase().parse().map(DeltaOf::Span);
        return span.map_err(|_| "expected a span such as 1d, 1w or 1m, or two days as DATE:DATE".to_owned());
    };
    let (before, after) = (date(before)?, date(after)?);
    if before < after { Ok(DeltaOf::Dates(before, after)) } else { Err("expected the earlier day first".to_owned()) }
}

thread_local! {
    /// How dates were read that could be read otherwise.
    static READINGS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// How dates of the command line were read that could be read otherwise, each said once.
pub(super) fn readings() -> Vec<String> {
    let mut all = READINGS.take();
    all.sort_unstable();
    all.dedup();
    all
}

/// A day: `2025-11-21`, `20251121`, `21 Nov 2025`, or `11/21/2025`, whose reading is said.
pub(super) fn date(text: &str) -> Result<NaiveDate, String> {
    let expected = || "expected a date such as 2025-11-21".to_owned();
    let text = text.trim();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() == 8 && digits {
        return NaiveDate::parse_from_str(text, "%Y%m%d").map_err(|_| expected());
    }
    if text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-') && !text.starts_with('-') {
        return text.parse().map_err(|_| expected());
    }
    if let [first, second, year] = text.split('/').collect::<Vec<_>>()[..] {
        let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
        let (first, second) = number(first).zip(number(second)).ok_or_else(expected)?;
        let year: i32 =
            number(year).filter(|year| *year > 999).and_then(|year| year.try_into().ok()).ok_or_else(expected)?;
        // The month stands first, as in the United States, unless it cannot.
        let american = NaiveDate::from_ymd_opt(year, first, second);
        let date = american.or_else(|| NaiveDate::from_ymd_opt(year, second, first)).ok_or_else(expected)?;
        let order = if american.is_some() { "month/day/year" } else { "day/month/year" };
        READINGS.with_borrow_mut(|all| all.push(format!("{text} is read as {date} ({order})")));
        return Ok(date);
    }
    let words = text.replace(['-', ',', '.'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let spelled = ["%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y"];
    spelled.iter().find_map(|form| NaiveDate::parse_from_str(&words, form).ok()).ok_or_else(expected)
}

/// The first day of a span: a day, a month `2026-10` or a year `2026`.
pub(super) fn first_day(text: &str) -> Result<NaiveDate, String> {
    span(text).map_or_else(|| date(text), |(first, _)| Ok(first))
}

/// The last day of a span: a day, a month `2026-10` or a year `2026`.
pub(super) fn last_day(text: &str) -> Result<NaiveDate, String> {
    span(text).map_or_else(|| date(text), |(_, last)| Ok(last))
}

/// The first and the last day of a month or a year.
fn span(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let text = text.trim();
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let year = text.parse().ok()?;
        return Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?));
    }
    let month = month(text)?;
    let last = month.first_day().checked_add_months(chrono::Months::new(1))?.pred_opt()?;
    Some((month.first_day(), last))
}

fn month(text: &str) -> Option<ContractMonth> {
    let shaped = text.len() == 7 && text.as_bytes().get(4) == Some(&b'-');
    let day = shaped.then(|| format!("{text}-01").parse::<NaiveDate>().ok()).flatten();
    day.map(ContractMonth::of)
}

/// A meeting by its announcement, by its month, or the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MeetingName {
    Day(NaiveDate),
    Month(ContractMonth),
    Next,
}

impl MeetingName {
    /// The meeting among announcements in their order; a day is itself, whether it is there or not.
    pub(super) fn among(self, mut announcements: impl Iterator<Item = NaiveDate>) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(month) => announcements.find(|day| ContractMonth::of(*day) == month),
            Self::Next => announcements.next(),
        }
    }
}

impl std::fmt::Display for MeetingName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(month) => write!(f, "{month}"),
            Self::Next => f.write_str("next"),
        }
    }
}

pub(super) fn meeting(text: &str) -> Result<MeetingName, String> {
    if text.eq_ignore_ascii_case("next") {
        return Ok(MeetingName::Next);
    }
    if let Some(month) = month(text.trim()) {
        return Ok(MeetingName::Month(month));
    }
    let day = date(text).map_err(|_| "expected next, a month such as 2025-12 or a date such as 2025-12-10".to_owned());
    day.map(MeetingName::Day)
}

pub(super) fn shift(text: &str) -> Result<BasisPoints, String> {
    let bp: BasisPoints = text.parse().map_err(|_| "expected basis points such as 7.5bp".to_owned())?;
    let past_measure = bp.exact().abs() > Fraction::integer(10_000);
    if past_measure { Err("expected at most 10000 basis points either way".to_owned()) } else { Ok(bp) }
}

pub(super) fn start_rate(text: &str) -> Result<StartRate, String> {
    match text {
        "anchor" => return Ok(StartRate::Anchor),
        "fixings" => return Ok(StartRate::Fixings),
        _ => {}
    }
    let rate: Rate =
        text.parse().map_err(|_| "expected anchor, fixings, or a rate in percent such as 3.88".to_owned())?;
    let past_measure = rate.exact().abs() > Fraction::integer(100);
    if past_measure {
        Err("expected a rate of at most 100 percent either way".to_owned())
    } else {
        Ok(StartRate::Given(rate))
    }
}

pub(super) fn term_premium(text: &str) -> Result<(u32, BasisPoints), String> {
    let expected = "expected months ahead and a premium in basis points, such as 1=3";
    let (months, premium) = text.split_once('=').ok_or(expected)?;
    let months = months.parse::<u32>().ok().filter(|months| (1..=120).contains(months));
    Ok((months.ok_or(format!("{expected}, at 1 to 120 months"))?, shift(premium)?))
}

pub(super) fn landing(text: &str) -> Result<Premia, String> {
    let mut premia = Premia::default();
    premia.set_landing(shift(text)?).map_err(|error| error.to_string())?;
    Ok(premia)
}

pub(super) fn anchor(text: &str) -> Result<(ContractMonth, Price), String> {
    let (month, price) = text.split_once('=').ok_or("expected a month and its price, such as 2025-11=96.1225")?;
    let month = month.parse::<ContractMonth>().map_err(|error| error.to_string())?;
    let price = price.parse::<Price>().map_err(|error| error.to_string())?;
    // As in a quote file: what lies outside is a rate, or a slipped decimal point.
    let scale = Product::FedFunds.price_scale();
    let (lowest, highest) = (scale.start(), scale.end());
    if price.points() < (*lowest).into() || price.points() > (*highest).into() {
        let rate = price.points();
        return Err(format!(
            "expected a price from {lowest} to {highest}, found {rate} (a rate is a price of 100 less it)"
        ));
    }
    Ok((month, price))
}

pub(super) fn payout_yield(text: &str) -> Result<CashFlows, String> {
    let rate: Rate = text.parse().map_err(|_| "expected a payout yield in percent such as 1.15".to_owned())?;
    CashFlows::gordon(rate).map_err(|error| error.to_string())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum WideningName {
    /// Each by as much as it needs, the smallest sum of all
    Each,
    /// All by the same
    Uniform,
}

impl From<WideningName> for Widening {
    fn from(name: WideningName) -> Self {
        match name {
            WideningName::Each => Self::Each,
            WideningName::Uniform => Self::Uniform,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum StrikesName {
    /// The call above the price of the future, the put below it; a bid and an ask count on either side
    OutOfTheMoney,
    /// Both
    All,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum UnitName {
    /// Percentage points
    Percent,
    /// Basis points
    Bp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ErrorsName {
    /// Robust to scatter that differs from event to event
    Hc1,
    /// Robust, and wider in small samples
    Hc3,
    /// As if the scatter were the same at every event
    Classical,
}

impl From<ErrorsName> for Errors {
    fn from(name: ErrorsName) -> Self {
        match name {
            ErrorsName::Hc1 => Self::Hc1,
            ErrorsName::Hc3 => Self::Hc3,
            ErrorsName::Classical => Self::Classical,
        }
    }
}

/// A window such as `30min` or `5d`.
pub(super) fn window_length(text: &str) -> Result<StudyWindow, String> {
    text.parse().map_err(|error: fedpath::NotAccepted| error.to_string())
}
