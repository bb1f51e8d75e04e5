//! [`ReturnResponse`]: how equity returns answer a policy surprise, and [`ReturnNews`], by what news.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use super::AssetProfile;
use crate::curve::{ErrorColumns, always_or_asked};
use crate::embedded;
use crate::method::MethodId;
use crate::study::event_study::{ResponseLine, StudyWindow};
use crate::text::problem::ReadError;
use crate::text::table::{Row, Table};
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
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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
    /// The standard deviation of single events around the line over the study's own window, a fraction, where it is known.
    pub residual_sd: Option<f64>,
    /// The return without a surprise, a fraction, and the number of events it was estimated on, where they are known.
    pub intercept: Option<(f64, usize)>,
    /// The span of the returns, where it is one and known.
    pub window: Option<StudyWindow>,
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
            surprise: "surprise not stated".to_owned(),
            sample: "sample not stated".to_owned(),
            citation: "the user's own estimate".to_owned(),
            ..Self::bare(coefficient)
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
        let percent = column("percent")?;
        let (surprise, sample, citation) = (column("surprise")?, column("sample")?, column("citation")?);
        let figures = Figures::of(&table);
        table.read_rows(|row| {
            let text = |column| row.cell(column).words();
            let coefficient = row.cell(percent).number("percent per 100 bp such as -4.68", -1e4..=1e4)?;
            let named = Self {
                id: MethodId::of(row.cell(id).text),
                asset: text(asset),
                label: text(label),
                shown: always_or_asked(row.cell(shown))?,
                surprise: text(surprise),
                sample: text(sample),
                citation: text(citation),
                ..Self::bare(coefficient)
            };
            figures.read(row, named)
        })
    }

    /// Reads the user's own estimates, one row an asset and surprise: the columns `asset`, `on` and `slope` (percent per percentage
    /// point), and where they are known `standard_error`, `residual_sd` (percent), `n`, `r_squared` and `window`, as
    /// [`event_study`](crate::event_study) estimates them. The id of a row is `own-` and its surprise; a line `# id: desk` makes it
    /// `desk-` and its surprise. The asset is that of a profile, or `market`.
    ///
    /// # Errors
    /// Where a line is malformed, a number cannot be read or is past all measure, or an asset has two rows on one surprise.
    ///
    /// ```
    /// use fedpath::equity::ReturnResponse;
    /// let text = "asset,on,slope,standard_error,residual_sd,n,r_squared,window\nsp500,mp2,-5.4,0.95,0.4544,239,0.142,30min\n";
    /// let own = ReturnResponse::parse_own(text)?;
    /// assert_eq!(own[0].id, "own-mp2");
    /// let (low, high) = own[0].likely_range(0.00075).unwrap();
    /// assert_eq!(format!("{:.2} {:.2}", 100.0 * low, 100.0 * high), "-1.31 0.50");
    /// # Ok::<(), fedpath::ReadError>(())
    /// ```
    pub fn parse_own(text: &str) -> Result<Vec<Self>, ReadError> {
        let table = Table::parse(text)?;
        let (asset, on, slope) = (table.required("asset")?, table.required("on")?, table.required("slope")?);
        let n = table.column("n");
        let prefix = table.note("id")?.map_or("own", |cell| cell.text);
        let figures = Figures::of(&table);
        let mut seen = BTreeSet::new();
        table.read_rows(|row| {
            let (asset, on) = (row.cell(asset), row.cell(on));
            if asset.text.is_empty() || on.text.is_empty() || !seen.insert((asset.text, on.text)) {
                return Err(asset.refused("an asset, each once for every surprise").into());
            }
            let coefficient = row.cell(slope).number("percent per percentage point such as -5.4", -1e4..=1e4)?;
            let events =
                row.optional(n).map(|cell| cell.parse::<usize>("a number of events such as 239")).transpose()?;
            let id = format!("{prefix}-{}", on.text);
            let named = Self {
                label: id.clone(),
                id: MethodId::of(&id),
                asset: asset.words(),
                surprise: on.words(),
                sample: events.map_or_else(|| "sample not stated".to_owned(), |events| format!("{events} events")),
                citation: "the user's own estimate".to_owned(),
                ..Self::bare(coefficient)
            };
            figures.read(row, named)
        })
    }

    /// Whether a text is a table for [`ReturnResponse::parse_own`]: one with a column `slope`. A table of yields has maturities.
    #[must_use]
    pub fn is_own(text: &str) -> bool {
        Table::parse(text).is_ok_and(|table| table.column("slope").is_some())
    }

    /// A coefficient of which nothing is known.
    fn bare(coefficient: f64) -> Self {
        Self {
            id: MethodId::Table("".into()),
            asset: String::new(),
            label: String::new(),
            shown: true,
            coefficient,
            standard_error: None,
            r_squared: None,
            residual_sd: None,
            intercept: None,
            window: None,
            surprise: String::new(),
            sample: String::new(),
            citation: String::new(),
        }
    }

    /// The estimates for an asset, each id once: its own where there is one, else the market's times its beta; the
    /// market's are left out where the asset has no beta. Ids that the market has none of come last.
    #[must_use]
    pub fn of(asset: &AssetProfile, all: &[Self]) -> Vec<Self> {
        let of_asset = || all.iter().filter(|response| response.asset == asset.id);
        let of_market = || all.iter().filter(|response| response.asset == MARKET);
        let mut own = BTreeMap::new();
        for response in of_asset() {
            own.entry(&response.id).or_insert(response);
        }
        let in_market: BTreeSet<&MethodId> = of_market().map(|response| &response.id).collect();
        let more = of_asset().filter(|response| !in_market.contains(&response.id));
        let shared = of_market().filter_map(|response| {
            own.get(&response.id).map(|own| (*own).clone()).or_else(|| response.through_beta(asset))
        });
        shared.chain(more.cloned()).collect()
    }

    /// The market's estimate times the beta of an asset. Its scatter is not: an asset moves by news of its own too.
    fn through_beta(&self, asset: &AssetProfile) -> Option<Self> {
        let beta = asset.inputs.market_beta.as_ref()?;
        let is_market = (beta.value - 1.0).abs() < f64::EPSILON;
        let through = if is_market { String::new() } else { format!("; times the market beta of {beta}") };
        Some(Self {
            asset: asset.id.clone(),
            coefficient: self.coefficient * beta.value,
            standard_error: self.standard_error.map(|error| error * beta.value.abs()),
            residual_sd: self.residual_sd.filter(|_| is_market),
            intercept: self.intercept.filter(|_| is_market),
            citation: format!("{}{through}", self.citation),
            ..self.clone()
        })
    }

    /// The change of the price after a surprise; both fractions.
    #[must_use]
    pub fn change(&self, surprise: f64) -> f64 {
        self.coefficient * surprise
    }

    /// The estimate as a line through events; fractions.
    #[must_use]
    pub fn line(&self) -> ResponseLine {
        ResponseLine {
            standard_error: self.standard_error,
            intercept: self.intercept,
            residual_sd: self.residual_sd,
            ..ResponseLine::new(self.coefficient)
        }
    }

    /// Where the estimated change lies with 95 percent confidence, from low to high: how well the coefficient is known, and
    /// **not** what may happen.
    #[must_use]
    pub fn range(&self, surprise: f64) -> Option<(f64, f64)> {
        self.line().slope_band(surprise)
    }

    /// Where 95 of 100 single events lie, from low to high, over the study's own window.
    #[must_use]
    pub fn likely_range(&self, surprise: f64) -> Option<(f64, f64)> {
        self.line().likely_range(surprise)
    }
}

/// The columns that say how far an estimate can be trusted.
struct Figures {
    errors: ErrorColumns,
    r_squared: Option<usize>,
    residual_sd: Option<usize>,
    intercept: Option<usize>,
    n: Option<usize>,
    window: Option<usize>,
}

impl Figures {
    fn of(table: &Table<'_>) -> Self {
        Self {
            errors: ErrorColumns::of(table),
            r_squared: table.column("r_squared"),
            residual_sd: table.column("residual_sd"),
            intercept: table.column("intercept"),
            n: table.column("n"),
            window: table.column("window"),
        }
    }

    fn read(&self, row: &Row<'_>, response: ReturnResponse) -> Result<ReturnResponse, ReadError> {
        let r_squared = row.optional(self.r_squared).map(|cell| cell.number("an R2 from 0 to 1", 0.0..=1.0));
        let scatter = row.optional(self.residual_sd);
        let scatter = scatter.map(|cell| cell.number("a standard deviation in percent such as 0.45", 1e-9..=1e4));
        let intercept = match (row.optional(self.intercept), row.optional(self.n)) {
            (Some(intercept), Some(n)) => {
                let percent = intercept.number("a return in percent such as -0.03", -1e4..=1e4)?;
                Some((percent / 100.0, n.parse("a number of events such as 239")?))
            }
            (Some(intercept), None) => {
                return Err(intercept.refused("no intercept without the number of events").into());
            }
            (None, _) => None,
        };
        let window = row.optional(self.window).map(|cell| cell.parse("a window such as 30min, 1d or 1mo"));
        Ok(ReturnResponse {
            standard_error: self.errors.read(row, response.coefficient)?,
            r_squared: r_squared.transpose()?,
            residual_sd: scatter.transpose()?.map(|percent| percent / 100.0),
            intercept,
            window: window.transpose()?,
            ..response
        })
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
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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
                id: row.cell(id).words(),
                total: percent(total)?,
                dividends: percent(dividends)?,
                real_rate: percent(real_rate)?,
                excess_returns: percent(excess_returns)?,
                citation: row.cell(citation).words(),
            })
        })
    }

    /// The share of the response that is news of dividends.
    #[must_use]
    pub fn dividend_share(&self) -> f64 {
        self.dividends / self.total
    }
}
