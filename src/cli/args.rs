//! The command line as typed values. The doc comments are the help text.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use fedpath::term::HalfLife;
use fedpath::{
    BasisPoints, ContractMonth, DecisionDay, Fraction, Method, Price, PriceKind, Rate, StartRate, TargetRange, View,
};

/// Reads fed funds futures quotes and says, exactly, what is priced for the Fed, what changed between two dates,
/// and what that does to the yield curve and to equities.
#[derive(Debug, Parser)]
#[command(
    name = "fedpath",
    version,
    after_help = EXAMPLES,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

const EXAMPLES: &str = "\
Examples:
  fedpath reprice                           the illustrative episode: 65 % -> 35 %
  fedpath reprice monday.txt friday.txt     what a week changed
  fedpath probs stlint.txt --explain        one day's odds, and how they are made
  fedpath path quotes.csv --as-of 2025-11-21

Quote files: a CME STL settlement report, or a table `contract,price` with an optional line
`# as_of: 2025-11-21`. The format is recognised from the content.

Exit codes: 0 the report was written; 1 no report (bad file, missing contract, refused input); 2 usage.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Compare two snapshots: odds, path, yield curve, equities
    ///
    /// Without files: the embedded illustrative episode. The headline meeting is the first that both files price,
    /// or --meeting; curve and equity figures take its shift as one step, valued on the date of AFTER.
    Reprice(RepriceArgs),
    /// Print the probability of each target range after each meeting
    Probs(ProbsArgs),
    /// Print the expected rate before and after each meeting, and the fit of every contract
    Path(PathArgs),
    /// Print what a given shift of the expected rate does to equity prices
    Equity(EquityArgs),
    /// Print the FOMC calendar and the target ranges in force
    Meetings(MeetingsArgs),
}

#[derive(Debug, Args)]
pub(crate) struct RepriceArgs {
    /// The older quote file, or - for standard input
    #[arg(requires = "after")]
    pub(crate) before: Option<PathBuf>,
    /// The newer quote file, or - for standard input
    pub(crate) after: Option<PathBuf>,
    /// Dates of the two files, where they state none or another one [default: the files' own]
    #[arg(long, value_name = "BEFORE,AFTER", value_delimiter = ',', num_args = 1, requires = "before", value_parser = date)]
    pub(crate) as_of: Vec<NaiveDate>,
    /// Make this meeting, by its announcement, the headline [default: the first that both price]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) meeting: Option<NaiveDate>,
    /// Add how the figures are made, step by step, from the quoted prices on
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) pricing: PricingArgs,
    #[command(flatten)]
    pub(crate) scenario: ScenarioArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ProbsArgs {
    #[command(flatten)]
    pub(crate) quotes: QuotesArgs,
    /// Which probabilities
    #[arg(long, value_enum, default_value_t = ViewName::Cumulative)]
    pub(crate) view: ViewName,
    #[command(flatten)]
    pub(crate) pricing: PricingArgs,
}

#[derive(Debug, Args)]
pub(crate) struct PathArgs {
    #[command(flatten)]
    pub(crate) quotes: QuotesArgs,
    #[command(flatten)]
    pub(crate) pricing: PricingArgs,
}

#[derive(Debug, Args)]
pub(crate) struct QuotesArgs {
    /// The quote file, or - for standard input
    pub(crate) quotes: PathBuf,
    /// Valuation date [default: the file's own trade date]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<NaiveDate>,
    /// Print only this meeting, by its announcement
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) meeting: Option<NaiveDate>,
    /// Add how the figures are made, step by step, from the quoted prices on
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Debug, Args)]
pub(crate) struct EquityArgs {
    /// Valuation date
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: NaiveDate,
    /// The meeting, by its announcement, after which the expected rate is shifted
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) meeting: NaiveDate,
    /// Shift of the expected rate, such as 7.5bp
    #[arg(long, value_name = "BP", allow_hyphen_values = true, value_parser = shift)]
    pub(crate) shift: BasisPoints,
    #[command(flatten)]
    pub(crate) calendar: CalendarArgs,
    #[command(flatten)]
    pub(crate) scenario: ScenarioArgs,
}

#[derive(Debug, Args)]
pub(crate) struct MeetingsArgs {
    /// First announcement to print
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) from: Option<NaiveDate>,
    /// Last announcement to print
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) to: Option<NaiveDate>,
    /// Print the calendar and the ranges as known on this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<NaiveDate>,
    #[command(flatten)]
    pub(crate) calendar: CalendarArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Calendar")]
pub(crate) struct CalendarArgs {
    /// Replace the calendar: a table with a column `announcement` [default: embedded, 1994-2027]
    #[arg(long, value_name = "FILE")]
    pub(crate) meetings: Option<PathBuf>,
    /// Add a decision announced on this day (repeatable)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) add_meeting: Vec<NaiveDate>,
    /// Remove the meeting announced on this day (repeatable)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) drop_meeting: Vec<NaiveDate>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Pricing")]
pub(crate) struct PricingArgs {
    /// Target range in force, in percent [default: the embedded table on the valuation date]
    #[arg(long, value_name = "LOWER-UPPER")]
    pub(crate) target: Option<TargetRange>,
    /// Length of the chain: the next so many scheduled meetings; later ones are not used
    #[arg(long, value_name = "N", default_value_t = 9, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) count: u16,
    /// The rule that solves the contracts
    #[arg(long, value_enum, default_value_t = MethodName::Fedwatch)]
    pub(crate) method: MethodName,
    /// Which rate the day of a decision carries
    #[arg(long, value_enum, default_value_t = DecisionDayName::Old)]
    pub(crate) decision_day: DecisionDayName,
    /// Rate before the first meeting: from the contracts, or so many percent
    #[arg(long, value_name = "anchor|RATE", allow_hyphen_values = true, default_value = "anchor", value_parser = start_rate)]
    pub(crate) start_rate: StartRate,
    /// Price of a contract that the file lacks, such as an expired month's last settlement (repeatable)
    #[arg(long, value_name = "YYYY-MM=PRICE", value_parser = anchor)]
    pub(crate) anchor: Vec<(ContractMonth, Price)>,
    /// Which price of a quote
    #[arg(long, value_enum, default_value_t = PriceName::Settle)]
    pub(crate) price: PriceName,
    /// Keep a price printed as a rounded half tick, such as 96.1163, instead of reading 96.11625
    #[arg(long)]
    pub(crate) as_printed: bool,
    #[command(flatten)]
    pub(crate) calendar: CalendarArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Curve and equities")]
pub(crate) struct ScenarioArgs {
    /// Half-life of the decaying scenario, in years
    #[arg(long, value_name = "YEARS", default_value_t = HalfLife::default())]
    pub(crate) half_life: HalfLife,
    /// Payout yield of the asset, in percent [default: the profile's, sp500 1.15]
    #[arg(long, value_name = "PERCENT", allow_hyphen_values = true)]
    pub(crate) payout_yield: Option<Rate>,
    /// Asset profile by its id, or all
    #[arg(long, value_name = "ID", default_value = "sp500")]
    pub(crate) asset: String,
    /// Replace the asset profiles [default: embedded]
    #[arg(long, value_name = "FILE")]
    pub(crate) assets: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// Form of the report
    #[arg(long, global = true, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    /// Write the report to a file, whole or not at all [default: standard output]
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Let --output overwrite a file
    #[arg(long, global = true)]
    pub(crate) force: bool,
    /// Colour messages; auto: on a terminal, unless `NO_COLOR` is set
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = ColorWhen::Auto)]
    pub(crate) color: ColorWhen,
    /// Print no warnings
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text for people
    Table,
    /// A JSON document
    Json,
    /// CSV with a header row
    Csv,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ColorWhen {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum MethodName {
    /// CME's FedWatch rule
    Fedwatch,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum DecisionDayName {
    /// The old rate, as CME's tables since 2024
    Old,
    /// The new rate, as CME's methodology of 2015 to 2023
    New,
}

impl From<MethodName> for Method {
    fn from(name: MethodName) -> Self {
        match name {
            MethodName::Fedwatch => Self::FedWatch,
        }
    }
}

impl From<DecisionDayName> for DecisionDay {
    fn from(name: DecisionDayName) -> Self {
        match name {
            DecisionDayName::Old => Self::Old,
            DecisionDayName::New => Self::New,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum PriceName {
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
pub(crate) enum ViewName {
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

fn date(text: &str) -> Result<NaiveDate, String> {
    let date = if text.len() == 10 { text.parse().ok() } else { None };
    date.ok_or_else(|| "expected a date such as 2025-11-21".to_owned())
}

fn shift(text: &str) -> Result<BasisPoints, String> {
    let bp: BasisPoints = text.parse().map_err(|_| "expected basis points such as 7.5bp".to_owned())?;
    let past_measure = bp.exact().abs() > Fraction::integer(10_000);
    if past_measure { Err("expected at most 10000 basis points either way".to_owned()) } else { Ok(bp) }
}

fn start_rate(text: &str) -> Result<StartRate, String> {
    if text == "anchor" {
        return Ok(StartRate::Anchor);
    }
    let rate: Rate = text.parse().map_err(|_| "expected anchor, or a rate in percent such as 3.88".to_owned())?;
    let past_measure = rate.percent().abs() > Fraction::integer(100);
    if past_measure {
        Err("expected a rate of at most 100 percent either way".to_owned())
    } else {
        Ok(StartRate::Given(rate))
    }
}

fn anchor(text: &str) -> Result<(ContractMonth, Price), String> {
    let (month, price) = text.split_once('=').ok_or("expected a month and its price, such as 2025-11=96.1225")?;
    let month = month.parse::<ContractMonth>().map_err(|error| error.to_string())?;
    Ok((month, price.parse::<Price>().map_err(|error| error.to_string())?))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
