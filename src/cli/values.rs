//! The values that options take: the words of each choice, and how each text is read.

use clap::ValueEnum;
use fedpath::equity::CashFlows;
use fedpath::event_study::{Errors, StudyWindow};
use fedpath::lattice::{PointMethod, Widening};
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
pub(super) enum StudyChartName {
    /// Events as dots, the line through them and both ranges
    Scatter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ByName {
    /// One table a day
    Day,
    /// One table a moment at which a quote changed, as CSV that begins with a column time
    Moment,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
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
pub(super) enum PointName {
    /// The most even one that agrees with every quote
    #[value(alias = "entropy")]
    MaximumEntropy,
    /// The one that misses the quotes least, in squares
    #[value(alias = "ccm")]
    CarlsonCraigMelick,
}

impl From<PointName> for PointMethod {
    fn from(name: PointName) -> Self {
        match name {
            PointName::MaximumEntropy => Self::MaximumEntropy,
            PointName::CarlsonCraigMelick => Self::CarlsonCraigMelick,
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
