//! The options of curve and equity figures, and the curve and equity commands' own, as typed values.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use fedpath::curve::{HalfLife, MethodId, PassThroughOptions, Tenor, YieldResponse};
use fedpath::equity::{
    AnnualFlows, AssetProfile, CashFlows, DechowSloanSoliman, EarningsPath, EquityOptions, Horizon, ReturnResponse,
    Stage,
};
use fedpath::event_study::{Closes, StudyWindow};
use fedpath::{BasisPoints, Data, Fraction, Rate, RepriceOptions};

use super::dates::{MeetingName, date, meeting};
use super::failure::Failure;
use super::input;
use super::pricing::PricingArgs;
use super::suggestions::{did_you_mean, hinted};
use super::values::{MethodName, RateName, payout_yield, shift, window_length};

#[derive(Debug, Args)]
pub(super) struct CurveArgs {
    /// Quote files of one day, folders of them, patterns; - for standard input
    ///
    /// Two of them are BEFORE and AFTER: then what changed between them. So are the files of a set with --as-of BEFORE,AFTER.
    #[arg(required = true, value_name = "QUOTES")]
    pub(super) files: Vec<PathBuf>,
    /// Valuation date; of a change BEFORE,AFTER [default: the files' own, the newest of several]
    #[arg(long, help_heading = "What to price", value_name = "DATE", value_delimiter = ',', num_args = 1, value_parser = date)]
    pub(super) as_of: Vec<NaiveDate>,
    /// Maturities, such as 2W,18M,7Y [default: 3M,6M,1Y,2Y,5Y,10Y,30Y]
    #[arg(long, help_heading = "What to show", value_name = "TENOR", value_delimiter = ',')]
    pub(super) tenor: Vec<Tenor>,
    /// Add how the figures of each maturity are made
    #[arg(long, help_heading = "What to show")]
    pub(super) explain: bool,
    /// The overnight rate; sofr needs SOFR futures
    #[arg(long, help_heading = "What to show", value_enum, default_value_t = RateName::Effr)]
    pub(super) rate: RateName,
    #[command(flatten)]
    pub(super) pricing: PricingArgs,
}

// `--method` chooses the rows here, and takes the rule's names too: the option of the other commands keeps its place
// under a name that nobody needs.
#[derive(Debug, Args)]
#[command(mut_arg("method", |arg| arg.long("rule").hide(true)))]
pub(super) struct EquityArgs {
    /// The older quotes and the newer: then the shift is what changed between them
    ///
    /// Each a file, a folder or a pattern; or one set of files with --as-of BEFORE,AFTER.
    #[arg(value_names = ["BEFORE", "AFTER"], num_args = 0..)]
    pub(super) files: Vec<PathBuf>,
    /// Valuation date; of a change BEFORE,AFTER [default: the files' own, the newest of several]
    #[arg(long, help_heading = "What to price", value_name = "DATE", value_delimiter = ',', num_args = 1, value_parser = date)]
    pub(super) as_of: Vec<NaiveDate>,
    /// The meeting after which the rate is shifted: its day, its month, or next [of two files: the first both price]
    #[arg(long, help_heading = "What to price", value_name = "WHEN", value_parser = meeting)]
    pub(super) meeting: Option<MeetingName>,
    /// Shift of the expected rate, in basis points, such as 7.5bp
    #[arg(
        long,
        help_heading = "What to price",
        value_name = "BP",
        allow_hyphen_values = true,
        value_parser = shift,
        conflicts_with = "files",
        required_unless_present = "files",
        requires_all = ["as_of", "meeting"],
        // A given shift is not priced from quotes.
        conflicts_with_all = [
            "target", "count", "chain", "weights", "start_rate", "fixings", "between", "term_premium", "month_end",
            "landing_spread", "strict", "anchor", "price", "as_printed", "contract", "columns", "at",
        ]
    )]
    pub(super) shift: Option<BasisPoints>,
    /// Print only these methods, such as eh-decaying,usmpd-mp2
    ///
    /// The rule that solves the contracts, fedwatch or least-squares, goes here too.
    #[arg(long = "method", help_heading = "What to show", id = "rows", value_name = "ID", value_delimiter = ',')]
    pub(super) methods: Vec<String>,
    /// Add how the figures are made
    #[arg(long, help_heading = "What to show")]
    pub(super) explain: bool,
    /// Span of the realised return, such as 5d: scales what is left
    #[arg(long, hide_short_help = true, help_heading = "Curve and equities", value_name = "SPAN", value_parser = window_length, requires_all = ["realised", "volatility"])]
    pub(super) window: Option<StudyWindow>,
    /// Volatility of the market, percent a year, or a file of its closes
    #[arg(
        long,
        hide_short_help = true,
        help_heading = "Curve and equities",
        value_name = "PERCENT|FILE",
        requires = "window"
    )]
    pub(super) volatility: Option<String>,
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
    #[command(flatten)]
    pub(super) pricing: PricingArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Curve and equities")]
pub(super) struct ScenarioArgs {
    /// Half-life of the decaying scenario, in years
    #[arg(long, value_name = "YEARS", allow_hyphen_values = true, default_value_t = HalfLife::default())]
    half_life: HalfLife,
    /// Add responses of yields, or what `respond` writes, from a table
    #[arg(long, hide_short_help = true, value_name = "FILE")]
    responses: Option<PathBuf>,
    /// Asset by its id, or all [default: sp500; with --responses its own]
    ///
    /// Its own are the assets of the file that have no profile.
    #[arg(long, value_name = "ID")]
    asset: Option<String>,
    /// Replace the asset profiles [default: embedded]
    #[arg(long, hide_short_help = true, value_name = "FILE")]
    assets: Option<PathBuf>,
    /// Payout yield of the asset, in percent [default: its own]
    ///
    /// Dividends, with net buybacks or without.
    #[arg(long, value_name = "PERCENT", allow_hyphen_values = true, value_parser = payout_yield)]
    payout_yield: Option<CashFlows>,
    /// Duration of the asset in years, instead of a payout yield
    #[arg(long, hide_short_help = true, value_name = "YEARS", allow_hyphen_values = true, value_parser = duration, conflicts_with = "payout_yield")]
    duration: Option<CashFlows>,
    /// Stages of growth instead, such as 5x12,5x8,4@8.5
    ///
    /// Years x percent, the last growth, and after @ the discount rate.
    #[arg(long, hide_short_help = true, value_name = "STAGES", value_parser = stages, conflicts_with_all = ["payout_yield", "duration"])]
    stages: Option<CashFlows>,
    /// Dechow, Sloan and Soliman's model instead
    ///
    /// Book value, return on equity and growth in percent, market value.
    #[arg(
        long, hide_short_help = true,
        value_name = "VALUES",
        value_parser = dechow_sloan_soliman,
        conflicts_with_all = ["payout_yield", "duration", "stages"]
    )]
    dss: Option<CashFlows>,
    /// Another input of the asset, such as `market_beta=1.2` (repeatable)
    #[arg(long, hide_short_help = true, value_name = "NAME=VALUE")]
    input: Vec<String>,
    /// How long earnings change: path (as the shift), one-year, permanent
    #[arg(long, hide_short_help = true, value_name = "HOW", default_value = "path")]
    numerator: EarningsPath,
    /// Realised return, in percent: prints what is left unexplained
    ///
    /// Of several assets ID=PERCENT (repeatable).
    #[arg(long, value_name = "PERCENT", allow_hyphen_values = true, value_delimiter = ',', value_parser = realised)]
    realised: Vec<Realised>,
}

/// A return that was realised, in percent, of an asset or of the only one.
#[derive(Debug, Clone)]
pub(super) struct Realised {
    asset: Option<String>,
    fraction: f64,
}

fn realised(text: &str) -> Result<Realised, String> {
    let (asset, percent) = text.split_once('=').map_or((None, text), |(id, percent)| (Some(id.to_owned()), percent));
    let expected = || "expected a return in percent above -100, such as -3.0".to_owned();
    let percent: Fraction = percent.strip_suffix('%').unwrap_or(percent).trim_end().parse().map_err(|_| expected())?;
    let fraction = percent.to_f64() / 100.0;
    if fraction > -1.0 && fraction <= 100.0 { Ok(Realised { asset, fraction }) } else { Err(expected()) }
}

fn duration(text: &str) -> Result<CashFlows, String> {
    let years: Fraction = text.parse().map_err(|_| "expected a duration in years such as 20".to_owned())?;
    CashFlows::duration_only(years.to_f64()).map_err(|error| error.to_string())
}

fn stages(text: &str) -> Result<CashFlows, String> {
    let expected =
        || "expected stages such as 5x12,5x8,4@8.5: years x growth, the last growth @ the discount rate".to_owned();
    let rate = |text: &str| text.parse::<Rate>().map_err(|_| expected());
    let (growth, discount_rate) = text.split_once('@').ok_or_else(expected)?;
    let (first, last) = growth.rsplit_once(',').unwrap_or(("", growth));
    let stage = |text: &str| {
        let (years, growth) = text.split_once('x').ok_or_else(expected)?;
        Ok::<_, String>(Stage { years: years.parse().map_err(|_| expected())?, growth: rate(growth)? })
    };
    let parts = if first.is_empty() { Vec::new() } else { first.split(',').collect() };
    let stages: Vec<Stage> = parts.into_iter().map(stage).collect::<Result<_, _>>()?;
    let flows = AnnualFlows::growing(1.0, &stages, &rate(last)?, &rate(discount_rate)?);
    flows.map(CashFlows::from).map_err(|error| error.to_string())
}

fn dechow_sloan_soliman(text: &str) -> Result<CashFlows, String> {
    let expected = || "expected book value, return on equity, growth and market value such as 100,20,15,400".to_owned();
    let [book, roe, growth, market] = text.split(',').collect::<Vec<_>>()[..] else { return Err(expected()) };
    let amount = |text: &str| text.trim().parse::<Fraction>().map(|amount| amount.to_f64()).map_err(|_| expected());
    let rate = |text: &str| text.trim().parse::<Rate>().map_err(|_| expected());
    let firm = DechowSloanSoliman::new(amount(book)?, rate(roe)?, rate(growth)?, amount(market)?);
    firm.cash_flows().map(CashFlows::from).map_err(|error| error.to_string())
}

impl EquityArgs {
    /// What the equity figures take as given, with the span of what was realised.
    pub(super) fn equity(&self) -> Result<EquityOptions, Failure> {
        let mut options = self.scenario.equity()?;
        options.horizon = self.horizon(&options.assets)?;
        Ok(options)
    }

    /// The span of the realised returns, and the volatility of the market over a year.
    fn horizon(&self, assets: &[AssetProfile]) -> Result<Option<Horizon>, Failure> {
        let Some((window, given)) = self.window.zip(self.volatility.as_deref()) else { return Ok(None) };
        let percent = given.strip_suffix('%').unwrap_or(given).trim_end().parse::<Fraction>();
        let volatility = match percent {
            Ok(percent) => percent.to_f64() / 100.0,
            Err(_) if Path::new(given).exists() => of_closes(Path::new(given), assets)?,
            Err(_) => {
                let message =
                    format!("--volatility: expected percent a year such as 16, or a file of closes, found '{given}'");
                return Err(Failure::Usage(message));
            }
        };
        let expected = || "--volatility: expected more than 0 and at most 1000 percent a year".to_owned();
        Horizon::new(window, volatility).map(Some).ok_or_else(|| Failure::Usage(expected()))
    }
}

impl ScenarioArgs {
    /// How two dates are compared.
    pub(super) fn options(&self) -> Result<RepriceOptions, Failure> {
        let mut options = RepriceOptions::default();
        options.pass_through = self.pass_through(&[])?;
        options.equity = self.equity()?;
        Ok(options)
    }

    /// Whether nothing is asked of curve and equities.
    pub(super) fn is_default(&self) -> bool {
        let flows = [&self.payout_yield, &self.duration, &self.stages, &self.dss];
        let files = self.responses.is_none() && self.assets.is_none();
        let asset = self.asset.is_none() && flows.iter().all(|flows| flows.is_none());
        let lists = self.input.is_empty() && self.realised.is_empty();
        let scenario = self.half_life == HalfLife::default() && self.numerator == EarningsPath::default();
        files && asset && lists && scenario
    }

    /// How the shift passes through; `only` are the ids of the methods wanted, all where empty.
    pub(super) fn pass_through(&self, only: &[String]) -> Result<PassThroughOptions, Failure> {
        let data = Data::embedded();
        let mut options = PassThroughOptions::default().with_half_life(self.half_life);
        let mut known = vec![MethodId::EhPostponed, MethodId::EhDecaying, MethodId::EhPermanent, MethodId::Strip];
        known.extend(data.yield_responses.iter().map(|response| response.id.clone()));
        known.extend(data.return_responses.iter().map(|response| response.id.clone()));
        if let Some((path, own)) = self.own_responses()? {
            for response in own {
                if data.return_responses.iter().any(|embedded| embedded.id == response.id) {
                    let message = format!("the id '{}' is a method of its own: add a line '# id: NAME'", response.id);
                    return Err(Failure::of_input(&input::name(path), &message));
                }
                known.push(response.id);
            }
        } else if let Some(path) = &self.responses {
            let table = YieldResponse::parse(&input::text(path, "a table of responses")?)
                .map_err(|error| Failure::of_text(&input::name(path), &error))?;
            if known.contains(&table.id) {
                let message =
                    format!("the id '{}' is a method of its own: name the table with a line '# id: NAME'", table.id);
                return Err(Failure::of_input(&input::name(path), &message));
            }
            known.push(table.id.clone());
            options = options.with_response(table);
        }
        known.sort_unstable();
        known.dedup();
        let known: Vec<&str> = known.iter().map(MethodId::as_str).collect();
        if let Some(id) = only.iter().find(|id| !known.contains(&id.as_str())) {
            let message = format!("--method: expected one of {}, found '{id}'", known.join(", "));
            return Err(Failure::Usage(hinted(&message, did_you_mean(id, known.iter().copied()))));
        }
        Ok(options.with_only(only.iter().filter_map(|id| id.parse().ok())))
    }

    /// What the equity figures take as given.
    pub(super) fn equity(&self) -> Result<EquityOptions, Failure> {
        let mut options = EquityOptions::default();
        options.earnings = self.numerator;
        let own = self.own_responses()?.map_or(Vec::new(), |(_, own)| own);
        options.assets = self.profiles(&own)?;
        options.responses = options.responses.iter().cloned().chain(own).collect();
        for Realised { asset, fraction } in &self.realised {
            let ids: Vec<&str> = options.assets.iter().map(|asset| asset.id.as_str()).collect();
            let id = match (asset.as_deref(), ids.as_slice()) {
                (Some(id), ids) if ids.contains(&id) => id,
                (None, [id]) => id,
                (found, _) => {
                    let message = format!(
                        "--realised: expected ID=PERCENT with an asset that is shown ({}), found {}",
                        ids.join(", "),
                        found.map_or("no ID".to_owned(), |id| format!("'{id}'"))
                    );
                    return Err(Failure::Usage(message));
                }
            };
            if options.realised.insert(id.to_owned(), *fraction).is_some() {
                return Err(Failure::Usage(format!("--realised: expected each asset once, found {id} again")));
            }
        }
        Ok(options)
    }

    /// The cash flows that stand for those of the profile.
    fn cash_flows(&self) -> Option<&CashFlows> {
        [&self.payout_yield, &self.duration, &self.stages, &self.dss].into_iter().find_map(Option::as_ref)
    }

    /// The responses of returns in the file of --responses; `None` of a table of yields, which has maturities.
    fn own_responses(&self) -> Result<Option<(&Path, Vec<ReturnResponse>)>, Failure> {
        let Some(path) = &self.responses else { return Ok(None) };
        let text = input::text(path, "a table of responses")?;
        if !ReturnResponse::is_own(&text) {
            return Ok(None);
        }
        let own = ReturnResponse::parse_own(&text).map_err(|error| Failure::of_text(&input::name(path), &error))?;
        Ok(Some((path, own)))
    }

    fn known_profiles(&self) -> Result<Vec<AssetProfile>, Failure> {
        match &self.assets {
            None => Ok(Data::embedded().assets.to_vec()),
            Some(path) => AssetProfile::parse(&input::text(path, "asset profiles")?)
                .map_err(|error| Failure::of_text(&input::name(path), &error)),
        }
    }

    /// The assets that are shown. Those of own responses need no profile.
    fn profiles(&self, own: &[ReturnResponse]) -> Result<Vec<AssetProfile>, Failure> {
        let mut profiles = self.known_profiles()?;
        let known = profiles.len();
        for ReturnResponse { asset, .. } in own {
            if asset != "market" && profiles.iter().all(|profile| profile.id != *asset) {
                profiles.push(AssetProfile::without_cash_flows(asset));
            }
        }
        let unasked = if profiles.len() > known { None } else { Some("sp500") };
        let ids: Vec<String> = profiles.iter().map(|profile| profile.id.clone()).collect();
        let wanted = |(place, profile): &(usize, AssetProfile)| match self.asset.as_deref().or(unasked) {
            Some(asset) => asset == "all" || asset == profile.id,
            None => *place >= known,
        };
        let mut chosen = Vec::new();
        for (_, profile) in profiles.into_iter().enumerate().filter(wanted) {
            let mut profile = match self.cash_flows() {
                Some(cash_flows) => profile.with_cash_flows(cash_flows.clone()),
                None => profile,
            };
            for assignment in &self.input {
                profile.inputs.give(assignment).map_err(|error| Failure::Usage(format!("--input: {error}")))?;
            }
            chosen.push(profile);
        }
        if chosen.is_empty() {
            let asset = self.asset.as_deref().unwrap_or("sp500");
            let message = format!("--asset: expected all or one of {}, found '{asset}'", ids.join(", "));
            let message = hinted(&message, did_you_mean(asset, ids.iter().map(String::as_str)));
            // Of the user's own profiles the fault may lie in the file.
            return Err(if self.assets.is_some() { Failure::because(message) } else { Failure::Usage(message) });
        }
        Ok(chosen)
    }
}

/// The volatility over a year, a fraction, in a file of closes: of the asset, or of the only one in it.
fn of_closes(path: &Path, assets: &[AssetProfile]) -> Result<f64, Failure> {
    let name = input::name(path);
    let closes =
        Closes::parse(&input::text(path, "closing prices")?).map_err(|error| Failure::of_text(&name, &error))?;
    let held: Vec<&str> = closes.assets().collect();
    let of_asset = assets.iter().find_map(|asset| held.iter().find(|held| **held == asset.id));
    let asset = match (of_asset, held.as_slice()) {
        (Some(asset), _) | (None, [asset]) => *asset,
        (None, _) => {
            let ids: Vec<&str> = assets.iter().map(|asset| asset.id.as_str()).collect();
            let message = format!("expected closes of {}, found those of {}", ids.join(", "), held.join(", "));
            return Err(Failure::of_input(&name, &message));
        }
    };
    let few = || Failure::of_input(&name, &format!("expected closes of {asset} on at least 21 days"));
    closes.volatility(asset).ok_or_else(few)
}

/// The ids among the words of `--method`, and the rule that solves the contracts where one names it.
pub(super) fn rows_and_rule(words: &[String]) -> (Vec<String>, Option<MethodName>) {
    let rule = |word: &String| MethodName::from_str(word, false).ok();
    let rows = words.iter().filter(|word| rule(word).is_none()).cloned().collect();
    (rows, words.iter().find_map(rule))
}
