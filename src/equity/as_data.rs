//! Cash flows, profiles and responses of assets as data, read through their checks.

use chrono::NaiveDate;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    AnnualFlows, AssetInputs, AssetProfile, CashFlows, Horizon, Input, InputKind, InputName, ReturnNews, ReturnResponse,
};
use crate::method::MethodId;
use crate::study::event_study::StudyWindow;
use crate::units::Rate;

/// `{"payout_yield": "1.15%"}`, `{"duration_years": 12}` or the shares of annual payments.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum CashFlowsData {
    PayoutYield(Rate),
    DurationYears(f64),
    Annual(AnnualFlows),
}

impl Serialize for CashFlows {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Gordon(gordon) => CashFlowsData::PayoutYield(gordon.payout_yield().clone()),
            Self::DurationOnly(duration) => CashFlowsData::DurationYears(duration.years()),
            Self::Annual(flows) => CashFlowsData::Annual(flows.clone()),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for CashFlows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match CashFlowsData::deserialize(deserializer)? {
            CashFlowsData::PayoutYield(rate) => Self::gordon(rate).map_err(D::Error::custom),
            CashFlowsData::DurationYears(years) => Self::duration_only(years).map_err(D::Error::custom),
            CashFlowsData::Annual(flows) => Ok(Self::Annual(flows)),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InputData {
    value: f64,
    kind: Option<InputKind>,
    source: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct InputsData {
    market_beta: Option<InputData>,
    debt_to_earnings: Option<InputData>,
    floating_share_percent: Option<InputData>,
    refinanced_share_percent: Option<InputData>,
    cash_to_earnings: Option<InputData>,
    tax_percent: Option<InputData>,
    earnings_yield_percent: Option<InputData>,
    net_margin_percent: Option<InputData>,
}

impl<'de> Deserialize<'de> for AssetInputs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = InputsData::deserialize(deserializer)?;
        let given = [
            (InputName::MarketBeta, data.market_beta),
            (InputName::DebtToEarnings, data.debt_to_earnings),
            (InputName::FloatingSharePercent, data.floating_share_percent),
            (InputName::RefinancedSharePercent, data.refinanced_share_percent),
            (InputName::CashToEarnings, data.cash_to_earnings),
            (InputName::TaxPercent, data.tax_percent),
            (InputName::EarningsYieldPercent, data.earnings_yield_percent),
            (InputName::NetMarginPercent, data.net_margin_percent),
        ];
        let mut inputs = Self::default();
        for (name, input) in given {
            let Some(InputData { value, kind, source }) = input else { continue };
            inputs.set(name, value, source.as_deref()).map_err(D::Error::custom)?;
            if let (Some(kind), Some(Input { kind: set, .. })) = (kind, inputs.get_mut(name)) {
                *set = kind;
            }
        }
        Ok(inputs)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileData {
    id: String,
    name: Option<String>,
    cash_flows: Option<CashFlows>,
    input: Option<InputKind>,
    source: Option<String>,
    #[serde(default)]
    inputs: AssetInputs,
    as_of: Option<NaiveDate>,
}

impl<'de> Deserialize<'de> for AssetProfile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = ProfileData::deserialize(deserializer)?;
        if data.id.is_empty() || data.id == "all" {
            return Err(D::Error::custom("expected an id, and none 'all'"));
        }
        let own = Self::without_cash_flows(&data.id);
        Ok(Self {
            name: data.name.unwrap_or(own.name),
            input: data.input.unwrap_or(own.input),
            source: data.source.unwrap_or(own.source),
            inputs: data.inputs,
            as_of: data.as_of,
            cash_flows: data.cash_flows,
            ..own
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResponseData {
    id: MethodId,
    asset: String,
    label: Option<String>,
    shown: Option<bool>,
    coefficient: f64,
    standard_error: Option<f64>,
    r_squared: Option<f64>,
    surprise: Option<String>,
    sample: Option<String>,
    citation: Option<String>,
    residual_sd: Option<f64>,
    intercept: Option<(f64, usize)>,
    window: Option<StudyWindow>,
}

impl<'de> Deserialize<'de> for ReturnResponse {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let data = ResponseData::deserialize(deserializer)?;
        let own = Self::new(data.id, &data.asset, data.coefficient).map_err(D::Error::custom)?;
        if data.standard_error.is_some_and(|error| !(1e-6..=1e6).contains(&error)) {
            return Err(D::Error::custom("expected a standard error above zero"));
        }
        if data.r_squared.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
            return Err(D::Error::custom("expected an R2 from 0 to 1"));
        }
        if data.residual_sd.is_some_and(|fraction| !(0.0..=1e4).contains(&fraction)) {
            return Err(D::Error::custom("expected a standard deviation at or above zero"));
        }
        Ok(Self {
            label: data.label.unwrap_or(own.label),
            shown: data.shown.unwrap_or(own.shown),
            standard_error: data.standard_error,
            r_squared: data.r_squared,
            surprise: data.surprise.unwrap_or(own.surprise),
            sample: data.sample.unwrap_or(own.sample),
            citation: data.citation.unwrap_or(own.citation),
            residual_sd: data.residual_sd,
            intercept: data.intercept,
            window: data.window,
            ..own
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewsData {
    id: String,
    total: f64,
    dividends: f64,
    real_rate: f64,
    excess_returns: f64,
    citation: String,
}

impl<'de> Deserialize<'de> for ReturnNews {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let NewsData { id, total, dividends, real_rate, excess_returns, citation } =
            NewsData::deserialize(deserializer)?;
        if [total, dividends, real_rate, excess_returns].iter().any(|percent| !(-1e4..=1e4).contains(percent)) {
            return Err(D::Error::custom("expected percent per 100 bp such as -4.82"));
        }
        Ok(Self { id, total, dividends, real_rate, excess_returns, citation })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HorizonData {
    window: StudyWindow,
    volatility: f64,
}

impl<'de> Deserialize<'de> for Horizon {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let HorizonData { window, volatility } = HorizonData::deserialize(deserializer)?;
        Self::new(window, volatility).ok_or_else(|| D::Error::custom("expected a volatility above 0 and up to 10"))
    }
}
