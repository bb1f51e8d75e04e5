//! [`EquityImpact`]: what a policy shift does to an asset, by every method, with its band.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::{AssetProfile, CashFlows, EarningsPath, PriceImpact, ReturnNews, ReturnResponse};
use crate::curve::{ForwardShift, PassThrough, PassThroughOptions, PolicyShift};
use crate::method::MethodId;
use crate::notice::{LeftOut, LeftOutReason, Notice};
use crate::study::event_study::StudyWindow;

/// What a figure is: taken through a model of cash flows, or read off a regression of returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum ImpactKind {
    /// A curve shift taken through S(u).
    Model,
    /// A coefficient of returns times the shift.
    Benchmark,
}

impl ImpactKind {
    /// The word that reports carry.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Benchmark => "benchmark",
        }
    }
}

/// The impact of a policy shift on one asset by one method; each figure a fraction, `None` where the method has none.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct EquityImpact {
    /// The asset.
    pub asset: AssetProfile,
    /// Model or benchmark.
    pub kind: ImpactKind,
    /// The id of the method.
    pub method: MethodId,
    /// The method in words.
    pub label: String,
    /// What the method rests on.
    pub citation: String,
    /// The effect of the discount rate to first order.
    pub denominator: Option<f64>,
    /// The exact effect of the discount rate less the first-order one.
    pub convexity: Option<f64>,
    /// The effect on earnings.
    pub numerator: Option<f64>,
    /// The whole effect.
    pub total: f64,
    /// Where the estimate of the whole effect lies, from low to high: with 95 percent confidence where the method is an estimate, between
    /// the half-lives of half a year and of eight where it fades. `None` of a scenario that is taken as given.
    pub range: Option<(f64, f64)>,
    /// Where 95 of 100 single events of this size lie, from low to high, over the study's own window: the range of what may
    /// happen, where `range` is that of the estimate. `None` of a model, which has no events, and where the study does not print
    /// the scatter around its line.
    pub likely: Option<(f64, f64)>,
    /// The standard deviation of single events around the study's line, over its own window.
    pub residual_sd: Option<f64>,
    /// The span over which the study measures returns; `None` of a model, and where events differ in length.
    pub window: Option<StudyWindow>,
    /// The share of the variance of returns that surprises explain, where a regression says it.
    pub r_squared: Option<f64>,
    /// The return that was realised, where the user gave one.
    pub realised: Option<f64>,
    /// The span of the realised return, and how much the market moves by itself, where the user gave them.
    pub horizon: Option<Horizon>,
}

/// The span of a realised return, and how much the market moves by itself in it.
///
/// ```
/// use fedpath::equity::Horizon;
/// // Five days at 16 percent a year.
/// let week = Horizon::new("5d".parse()?, 0.16).unwrap();
/// assert_eq!(format!("{:.4}", week.noise()), "0.0225");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Horizon {
    window: StudyWindow,
    volatility: f64,
}

impl Horizon {
    /// A span, and the volatility of the market over a year, a fraction: 0.16 is 16 percent. `None` where that is not above zero
    /// or above 10.
    #[must_use]
    pub fn new(window: StudyWindow, volatility: f64) -> Option<Self> {
        (volatility > 0.0 && volatility <= 10.0).then_some(Self { window, volatility })
    }

    /// The span.
    #[must_use]
    pub fn window(&self) -> StudyWindow {
        self.window
    }

    /// The volatility of the market over a year, a fraction.
    #[must_use]
    pub fn volatility(&self) -> f64 {
        self.volatility
    }

    /// The standard deviation of the market over the span, without any announcement.
    #[must_use]
    pub fn noise(&self) -> f64 {
        self.window.noise(self.volatility)
    }
}

impl EquityImpact {
    /// What the whole effect leaves unexplained of the realised return: `(1 + realised) / (1 + total) - 1`.
    #[must_use]
    pub fn residual(&self) -> Option<f64> {
        self.realised.map(|realised| left_of(realised, self.total))
    }

    /// The standard deviation of what the method leaves unexplained over the span of the realised return: the study's own
    /// scatter and the market's noise for the rest of the span, or that noise alone where the study does not print its scatter.
    #[must_use]
    pub fn residual_sd_over_horizon(&self) -> Option<f64> {
        let horizon = self.horizon?;
        Some(match (self.residual_sd, self.window) {
            (Some(scatter), Some(over)) => horizon.window.residual_sd(scatter, over, horizon.volatility),
            _ => horizon.noise(),
        })
    }

    /// The residual in standard deviations of an ordinary span of the same length.
    #[must_use]
    pub fn residual_in_deviations(&self) -> Option<f64> {
        Some(self.residual()? / self.residual_sd_over_horizon()?)
    }

    /// The residual at both ends of the range, from low to high.
    #[must_use]
    pub fn residual_range(&self) -> Option<(f64, f64)> {
        let ((low, high), realised) = (self.range?, self.realised?);
        Some((left_of(realised, high), left_of(realised, low)))
    }
}

fn left_of(realised: f64, explained: f64) -> f64 {
    (realised.ln_1p() - explained.ln_1p()).exp_m1()
}

/// What the equity figures take as given besides the shift.
///
/// ```
/// use fedpath::equity::{AssetProfile, EquityOptions};
/// let options = EquityOptions::default();
/// assert_eq!(options.assets.len(), 1, "the S&P 500 alone");
/// let options = options.with_assets(AssetProfile::embedded().iter().cloned());
/// assert!(options.assets.len() > 1);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct EquityOptions {
    /// The assets; the first embedded profile by default.
    pub assets: Vec<AssetProfile>,
    /// How long a change of earnings lasts.
    pub earnings: EarningsPath,
    /// Realised returns by the assets' ids, fractions.
    pub realised: BTreeMap<String, f64>,
    /// The span of the realised returns, and the volatility of the market.
    pub horizon: Option<Horizon>,
    /// The responses of returns to policy surprises; the embedded ones by default.
    pub responses: Arc<[ReturnResponse]>,
    /// What such responses are news of; the embedded attributions by default.
    pub news: Arc<[ReturnNews]>,
    /// The profiles that persistence is told by; the embedded ones by default.
    pub profiles: Arc<[AssetProfile]>,
}

impl Default for EquityOptions {
    fn default() -> Self {
        let profiles = AssetProfile::embedded();
        Self {
            assets: profiles.iter().take(1).cloned().collect(),
            earnings: EarningsPath::default(),
            realised: BTreeMap::new(),
            horizon: None,
            responses: ReturnResponse::embedded(),
            news: ReturnNews::embedded(),
            profiles,
        }
    }
}

impl EquityOptions {
    /// With these assets.
    #[must_use]
    pub fn with_assets(self, assets: impl IntoIterator<Item = AssetProfile>) -> Self {
        Self { assets: assets.into_iter().collect(), ..self }
    }

    /// With a change of earnings that lasts so long.
    #[must_use]
    pub fn with_earnings(self, earnings: EarningsPath) -> Self {
        Self { earnings, ..self }
    }

    /// With the realised return of an asset, a fraction, for what the methods do not explain.
    #[must_use]
    pub fn with_realised(mut self, asset: &str, fraction: f64) -> Self {
        self.realised.insert(asset.to_owned(), fraction);
        self
    }

    /// With realised returns of this span, for a scale of what the methods do not explain.
    #[must_use]
    pub fn with_horizon(self, horizon: Horizon) -> Self {
        Self { horizon: Some(horizon), ..self }
    }

    /// With these responses alone.
    #[must_use]
    pub fn with_responses(self, responses: impl IntoIterator<Item = ReturnResponse>) -> Self {
        Self { responses: responses.into_iter().collect(), ..self }
    }
}

/// The impact of a policy shift on every asset by every method, then by the answers of returns. Where a price has no bound,
/// would more than double, or earnings are used up, and where an asset has no beta, rows are left out, with a notice.
#[must_use]
pub fn impacts(
    shift: &PolicyShift,
    methods: &[PassThrough],
    pass_through: &PassThroughOptions,
    options: &EquityOptions,
) -> (Vec<EquityImpact>, Vec<Notice>) {
    let mut impacts = Vec::new();
    let mut notices: Vec<Notice> = outdated(&options.assets, shift.valuation()).into_iter().collect();
    let responses = &*options.responses;
    let left_out = |method: MethodId, asset: &AssetProfile, reason| Notice::LeftOut {
        what: LeftOut::MethodFor { method, asset: asset.id.clone() },
        reason,
    };
    for asset in &options.assets {
        let realised = options.realised.get(&asset.id).copied();
        if asset.cash_flows.is_none() {
            let what = LeftOut::ModelsFor { asset: asset.id.clone() };
            notices.push(Notice::LeftOut { what, reason: LeftOutReason::NoProfile });
        }
        for (flows, method) in
            asset.cash_flows.iter().flat_map(|flows| methods.iter().map(move |method| (flows, method)))
        {
            match model(asset, flows, method, shift, options.earnings) {
                Ok(impact) => impacts.push(EquityImpact { realised, horizon: options.horizon, ..impact }),
                Err(reason) => notices.push(left_out(method.id(), asset, reason)),
            }
        }
        let own = ReturnResponse::of(asset, responses);
        let wanted = |response: &&ReturnResponse| pass_through.wants(&response.id, response.shown);
        if asset.cash_flows.is_some()
            && asset.inputs.market_beta.is_none()
            && responses.iter().any(|response| wanted(&response))
        {
            let what = LeftOut::BenchmarksFor { asset: asset.id.clone() };
            notices.push(Notice::LeftOut { what, reason: LeftOutReason::NoMarketBeta });
        }
        for response in own.iter().filter(wanted) {
            let impact = benchmark(asset, response, shift.total());
            if impact.total > -1.0 {
                impacts.push(EquityImpact { realised, horizon: options.horizon, ..impact });
            } else {
                notices.push(left_out(response.id.clone(), asset, LeftOutReason::WholePrice));
            }
        }
    }
    (impacts, notices)
}

/// Profiles that are dated more than a year from the valuation, said once: yields, debt and cash move from year to year.
fn outdated(assets: &[AssetProfile], valuation: NaiveDate) -> Option<Notice> {
    let far = |day: &NaiveDate| valuation.signed_duration_since(*day).abs() > TimeDelta::days(366);
    let dated: Vec<(&AssetProfile, NaiveDate)> =
        assets.iter().filter_map(|asset| Some((asset, asset.as_of.filter(far)?))).collect();
    let (_, as_of) = *dated.first()?;
    Some(Notice::OutdatedProfiles {
        assets: dated.iter().map(|(asset, _)| asset.id.clone()).collect(),
        as_of,
        valuation,
    })
}

/// The largest rise of a price that a model is believed, twice the price: the present value grows without bound as the shift
/// nears what the discount rate is above the growth rate.
const MOST: f64 = 1.0;

/// A curve shift taken through the asset's cash flows, or why there is none.
fn model(
    asset: &AssetProfile,
    flows: &CashFlows,
    method: &PassThrough,
    shift: &PolicyShift,
    earnings: EarningsPath,
) -> Result<EquityImpact, LeftOutReason> {
    let financing = asset.inputs.financing().ok();
    let of = |forward_shift: &ForwardShift| {
        let impact = PriceImpact::new(flows, forward_shift).ok_or(LeftOutReason::NoBound)?;
        let change =
            financing.and_then(|financing| financing.price_change(earnings, shift.total(), flows, forward_shift));
        match change {
            None => Ok(impact),
            Some(change) => impact.with_numerator(change).ok_or(LeftOutReason::NoEarnings),
        }
    };
    let impact = of(&method.forward_shift(shift))?;
    if impact.total() > MOST {
        return Err(LeftOutReason::BeyondModel);
    }
    let ends = method.ends(shift).map(|ends| ends.map(|end| of(&end).map(|impact| impact.total())));
    let range = match ends {
        Some([Ok(one), Ok(other)]) => {
            let total = impact.total();
            Some((one.min(other).min(total), one.max(other).max(total)))
        }
        _ => None,
    };
    Ok(EquityImpact {
        asset: asset.clone(),
        kind: ImpactKind::Model,
        method: method.id(),
        label: method.to_string(),
        citation: method.citation(),
        denominator: Some(impact.denominator),
        convexity: Some(impact.convexity),
        numerator: impact.numerator,
        total: impact.total(),
        range,
        likely: None,
        residual_sd: None,
        window: None,
        r_squared: None,
        realised: None,
        horizon: None,
    })
}

/// The answer of returns to a surprise of the shift's size.
fn benchmark(asset: &AssetProfile, response: &ReturnResponse, surprise: f64) -> EquityImpact {
    EquityImpact {
        asset: asset.clone(),
        kind: ImpactKind::Benchmark,
        method: response.id.clone(),
        label: response.label.clone(),
        citation: format!("{}; {}; {}", response.citation, response.sample, response.surprise),
        denominator: None,
        convexity: None,
        numerator: None,
        total: response.change(surprise),
        range: response.range(surprise),
        likely: response.likely_range(surprise),
        residual_sd: response.residual_sd,
        window: response.window,
        r_squared: response.r_squared,
        realised: None,
        horizon: None,
    }
}
