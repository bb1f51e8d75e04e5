//! The values that options take: the words of each choice, and how each text is read.

use chrono::NaiveDate;
use clap::ValueEnum;
use fedpath::equity::CashFlows;
use fedpath::history::Span;
use fedpath::path::{Between, Weights};
use fedpath::surprise::{SurpriseRule, WindowKind};
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
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum WeightsName {
    /// Its tick: 0.0025 in the current month, 0.005 in the others
    Tick,
    /// Half its bid and ask
    BidAsk,
    /// Its volume counts instead; contracts without volume are left out
    Volume,
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
    /// The new rate, as CME's methodology of 2015 to 2023
    New,
}

impl From<MethodName> for Method {
    fn from(name: MethodName) -> Self {
        match name {
            MethodName::Fedwatch => Self::FedWatch,
            MethodName::LeastSquares => Self::LeastSquares,
        }
    }
}

impl From<WeightsName> for Weights {
    fn from(name: WeightsName) -> Self {
        match name {
            WeightsName::Tick => Self::Tick,
            WeightsName::BidAsk => Self::BidAsk,
            WeightsName::Volume => Self::Volume,
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

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum WindowName {
    /// From the close of the day before the announcement to the close of its own day
    Close,
    /// From the close of its own day to the open of the next
    NextOpen,
}

impl From<WindowName> for WindowKind {
    fn from(name: WindowName) -> Self {
        match name {
            WindowName::Close => Self::Close,
            WindowName::NextOpen => Self::NextOpen,
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
        let span = text.parse().map(DeltaOf::Span);
        return span.map_err(|_| "expected a span such as 1d, 1w or 1m, or two days as DATE:DATE".to_owned());
    };
    let (before, after) = (date(before)?, date(after)?);
    if before < after { Ok(DeltaOf::Dates(before, after)) } else { Err("expected the earlier day first".to_owned()) }
}

pub(super) fn date(text: &str) -> Result<NaiveDate, String> {
    let iso = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-') && !text.starts_with('-');
    let date = iso.then(|| text.parse().ok()).flatten();
    date.ok_or_else(|| "expected a date such as 2025-11-21".to_owned())
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
    let past_measure = rate.percent().abs() > Fraction::integer(100);
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
