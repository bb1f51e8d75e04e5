//! [`ReturnResponse`]: how equity returns answer a policy surprise, and [`ReturnNews`], by what news.

use std::sync::{Arc, LazyLock};

use super::AssetProfile;
use crate::curve::{ErrorColumns, STANDARD_ERRORS, always_or_asked};
use crate::embedded;
use crate::method::MethodId;
use crate::text::problem::ReadError;
use crate::text::table::Table;
use crate::units::UnitError;

/// The asset that stands for the broad market in the table of responses.
const MARKET: &str = "market";

/// The answer of an asset's return to a policy surprise: a regression, with its sample and source.
///
/// ```
/// use fedpath::equity::ReturnResponse;
/// let embedded = ReturnResponse::embedded();
/// let daily = embedded.iter().find(|response| response.id == "bernanke-kuttner-2005").unwrap();
/// // 25 basis points: about one percent.
/// assert_eq!(format!("{:.2}", 100.0 * daily.change(0.0025)), "-1.17");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ReturnResponse {
    /// The id that reports carry.
    pub id: MethodId,
    /// The asset's id, or `market`.
    pub asset: String,
    /// The name in tables.
    pub label: String,
    /// Whether reports show it unasked.
    pub shown: bool,
    /// The return per unit of surprise: -4.68 is minus 4.68 percent per 100 bp.
    pub coefficient: f64,
    /// The standard error of the coefficient, where it is known.
    pub standard_error: Option<f64>,
    /// The share of the variance that the surprise explains, where it is known.
    pub r_squared: Option<f64>,
    /// What one unit of surprise is.
    pub surprise: String,
    /// What the estimate was made of.
    pub sample: String,
    /// Where it stands.
    pub citation: String,
}

impl ReturnResponse {
    /// The answer of an asset, or of the `market`, in percent per 100 bp, from the user's own estimate.
    ///
    /// # Errors
    /// Where it is not between -10,000 and 10,000.
    ///
    /// ```
    /// use fedpath::equity::ReturnResponse;
    /// let own = ReturnResponse::new("desk".parse()?, "sp500", -5.2)?;
    /// assert_eq!(format!("{:.3}", 100.0 * own.change(0.0025)), "-1.300");
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    pub fn new(id: MethodId, asset: &str, coefficient: f64) -> Result<Self, UnitError> {
        if !(-1e4..=1e4).contains(&coefficient) {
            return Err(UnitError::out_of_range("response", "from -10000 to 10000 percent per 100 bp", &coefficient));
        }
        Ok(Self {
            label: id.to_string(),
            id,
            asset: asset.to_owned(),
            shown: true,
            coefficient,
            standard_error: None,
            r_squared: None,
            surprise: "surprise not stated".to_owned(),
            sample: "sample not stated".to_owned(),
            citation: "the user's own estimate".to_owned(),
        })
    }

    /// The embedded estimates.
    #[must_use]
    pub fn embedded() -> Arc<[Self]> {
        static EMBEDDED: LazyLock<Arc<[ReturnResponse]>> =
            LazyLock::new(|| embedded::read(ReturnResponse::parse(embedded::EQUITY_RESPONSES)).into());
        EMBEDDED.clone()
    }

    fn parse(text: &str) -> Result<Vec<Self>, ReadError> {
        let table = Table::parse(text)?;
        let column = |name| table.required(name);
        let (id, asset, label, shown) = (column("id")?, column("asset")?, column("label")?, column("shown")?);
        let (percent, r_squared) = (column("percent")?, table.column("r_squared"));
        let (surprise, sample, citation) = (column("surprise")?, column("sample")?, column("citation")?);
        let errors = ErrorColumns::of(&table);
        table.read_rows(|row| {
            let text = |column| row.cell(column).text.to_owned();
            let coefficient = row.cell(percent).number("percent per 100 bp such as -4.68", -1e4..=1e4)?;
            let r_squared = row.optional(r_squared).map(|cell| cell.number("an R2 from 0 to 1", 0.0..=1.0));
            Ok(Self {
                id: MethodId::of(row.cell(id).text),
                asset: text(asset),
                label: text(label),
                shown: always_or_asked(row.cell(shown))?,
                coefficient,
                standard_error: errors.read(row, coefficient)?,
                r_squared: r_squared.transpose()?,
                surprise: text(surprise),
                sample: text(sample),
                citation: text(citation),
            })
        })
    }

    /// The estimates for an asset, each id once: its own where there is one, else the market's times its beta; the
    /// market's are left out where the asset has no beta.
    #[must_use]
    pub fn of(asset: &AssetProfile, all: &[Self]) -> Vec<Self> {
        let own = |id: &MethodId| all.iter().find(|response| response.id == *id && response.asset == asset.id).cloned();
        let market = all.iter().filter(|response| response.asset == MARKET);
        market.filter_map(|response| own(&response.id).or_else(|| response.through_beta(asset))).collect()
    }

    fn through_beta(&self, asset: &AssetProfile) -> Option<Self> {
        let beta = asset.inputs.market_beta.as_ref()?;
        let is_market = (beta.value - 1.0).abs() < f64::EPSILON;
        let through = if is_market { String::new() } else { format!("; times the market beta of {beta}") };
        Some(Self {
            asset: asset.id.clone(),
            coefficient: self.coefficient * beta.value,
            standard_error: self.standard_error.map(|error| error * beta.value.abs()),
            citation: format!("{}{through}", self.citation),
            ..self.clone()
        })
    }

    /// The change of the price after a surprise; both fractions.
    #[must_use]
    pub fn change(&self, surprise: f64) -> f64 {
        self.coefficient * surprise
    }

    /// Where the change lies with 95 percent confidence, from low to high.
    #[must_use]
    pub fn range(&self, surprise: f64) -> Option<(f64, f64)> {
        let half = self.standard_error? * STANDARD_ERRORS * surprise.abs();
        Some((self.change(surprise) - half, self.change(surprise) + half))
    }
}

/// What the equity response to a policy surprise is news of, by Bernanke and Kuttner (2005): a benchmark attribution from
/// vector autoregressions, and **not** the mechanical effect of interest on earnings ([`super::Financing`]).
///
/// ```
/// use fedpath::equity::ReturnNews;
/// let shares: Vec<String> =
///     ReturnNews::embedded().iter().map(|news| format!("{:.0}", 100.0 * news.dividend_share())).collect();
/// assert_eq!(shares, ["42", "63"], "of a long and a short sample");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ReturnNews {
    /// Which sample.
    pub id: String,
    /// The whole response, percent per 100 bp, as printed: its parts add up to it but for their rounding.
    pub total: f64,
    /// The part that is news of dividends.
    pub dividends: f64,
    /// The part that is news of real rates.
    pub real_rate: f64,
    /// The part that is news of future excess returns.
    pub excess_returns: f64,
    /// Where it stands.
    pub citation: String,
}

impl ReturnNews {
    /// The embedded attributions: the long sample, then the short one.
    #[must_use]
    pub fn embedded() -> Arc<[Self]> {
        static EMBEDDED: LazyLock<Arc<[ReturnNews]>> =
            LazyLock::new(|| embedded::read(ReturnNews::parse(embedded::RETURN_NEWS)).into());
        EMBEDDED.clone()
    }

    fn parse(text: &str) -> Result<Vec<Self>, ReadError> {
        let table = Table::parse(text)?;
        let column = |name| table.required(name);
        let (id, citation) = (column("id")?, column("citation")?);
        let (total, dividends) = (column("total")?, column("dividends")?);
        let (real_rate, excess_returns) = (column("real_rate")?, column("excess_returns")?);
        table.read_rows(|row| {
            let percent = |column| row.cell(column).number("percent per 100 bp such as -4.82", -1e4..=1e4);
            Ok(Self {
                id: row.cell(id).text.to_owned(),
                total: percent(total)?,
                dividends: percent(dividends)?,
                real_rate: percent(real_rate)?,
                excess_returns: percent(excess_returns)?,
                citation: row.cell(citation).text.to_owned(),
            })
        })
    }

    /// The share of the response that is news of dividends.
    #[must_use]
    pub fn dividend_share(&self) -> f64 {
        self.dividends / self.total
    }
}
