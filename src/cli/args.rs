//! The command line as typed values. The doc comments are the help text.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};
use fedpath::event_study::StudyWindow;
use fedpath::history::Every;
use fedpath::moments::{Length, Zone};
use fedpath::{BasisPoints, Fraction, Probability, Product, TargetRange};

use super::dates::{DeltaOf, MeetingName, date, delta, first_day, last_day, meeting};
use super::moments::{Announced, Window, announced, length, window, zone};
use super::output_args::OutputArgs;
use super::pricing::{CalendarArgs, PricingArgs};
use super::quote_bounds::{OtherQuotesArgs, QuoteBoundsArgs, fee};
use super::reading::ReadingArgs;
use super::report::ReportArgs;
use super::scenario::{CurveArgs, EquityArgs, ScenarioArgs};
use super::settlement::SettlementArgs;
use super::solve::{bump, largest_move, outcome, percent, whole_moves};
use super::values::{
    BoundsName, ByName, EquityName, ErrorsName, LayoutName, PriceName, RuleName, ShowName, StudyChartName, UnitName,
    ViewName, window_length,
};

/// Reads fed funds futures quotes and computes exactly what the market prices in for the Fed, what changed between
/// two dates, and what that does to the yield curve and to equities.
#[derive(Debug, Parser)]
#[command(name = "fedpath", version, bin_name = "fedpath", subcommand_required = true, arg_required_else_help = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Compare two snapshots: odds, path, yield curve, equities
    ///
    /// Without files: the embedded illustrative episode. The headline meeting is the first that both files price,
    /// or --meeting; curve and equity figures take its shift as one step, valued on the date of AFTER.
    Reprice(RepriceArgs),
    /// Print what to quote: next meeting, moves by date, terminal rate
    ///
    /// The newest day is now, or --as-of; earlier days are compared with it: each that is given, or of many the day before, the
    /// week before and the month before. Across a decision ranges keep their bounds, and cut, hold and hike count from
    /// today's range.
    #[command(arg_required_else_help = true)]
    Summary(SummaryArgs),
    /// Print the probability of each target range after each meeting
    #[command(arg_required_else_help = true)]
    Probs(ProbsArgs),
    /// Print what every quote allows: futures, options, markets
    ///
    /// The smallest and the largest probability of each outcome that agrees with every future, every option on a fed funds future and
    /// every quote of a prediction market, proved in fractions. Meetings are not taken as independent. Options on
    /// three-month SOFR futures stand apart: they say what rate is priced on the day that they expire. (How far the rule's
    /// own odds move within the rounding of prices: probs --bounds.)
    #[command(arg_required_else_help = true)]
    Bounds(Box<QuoteBoundsArgs>),
    /// Print the path of the expected rate, and each contract's fit
    #[command(arg_required_else_help = true)]
    Path(PathArgs),
    /// Ask what if: a wanted probability, an outcome, another price
    ///
    /// --probability: what each contract would have to trade at for a meeting to have a move with that probability.
    /// --outcome: the fair price of every contract if meetings decide so, and the gain of one contract bought. --bump: the
    /// odds at other prices. Without any of them: how every figure moves with every price.
    #[command(arg_required_else_help = true)]
    Solve(SolveArgs),
    /// Print the term structure of a snapshot, or its change between two
    ///
    /// The expected overnight rate step by step, and at each maturity the discount factor, zero, instantaneous and period
    /// forward rates and the par rate of an overnight indexed swap. Beyond the last priced meeting, or
    /// the last contract of fed funds and SOFR futures together, the rate is held, and the report says from when on.
    #[command(arg_required_else_help = true)]
    Curve(CurveArgs),
    /// Print what a shift does to the curve and to equity prices
    ///
    /// The shift of the expected rate is given with --shift, --meeting and --as-of, or is what changed between two quote files. By every
    /// method, with its source and band: scenarios, the observed strip, published responses of yields, and beside them the
    /// responses of returns.
    #[command(arg_required_else_help = true)]
    Equity(EquityArgs),
    /// Print what was priced on every day of many: one tidy table
    ///
    /// PATH: a long file `date,contract,settle` (or any file of many days), files of one day, folders of them, patterns in
    /// quotes. Each day has the range in force on it, only what was known on it counts, and the last settlement of an
    /// expired month is carried from earlier days. Days and meetings without a price are told by reason on standard
    /// error and stop nothing, unless --strict. CSV by default: `date,meeting,lower_bp,upper_bp,probability`; JSON is one document
    /// a day and line.
    #[command(arg_required_else_help = true)]
    History(HistoryArgs),
    /// Print the surprise of an announcement: MP1, MP2 and the next ones
    ///
    /// Two snapshots and one --announcement: the surprise between them. Quotes of many days: that of each --announcement, of
    /// a list (--announcements), or of every decision within them. MP1 is the change of the rate expected after the
    /// decision, in basis points; MP2 of that after the next meeting known on the day. An announcement without quotes is told
    /// on standard error and stops nothing.
    #[command(arg_required_else_help = true)]
    Surprise(SurpriseArgs),
    /// Estimate how your own assets respond to policy surprises
    ///
    /// Events and surprises come from one wide file (--events), from a file of surprises, or from quotes of many days; responses
    /// from closes, returns or the same wide file. Prints the slope with its error, both ranges, and what the slope rests on.
    #[command(arg_required_else_help = true)]
    Respond(RespondArgs),
    /// Count how often each range contained what happened
    ///
    /// The embedded responses against events of your own, the closest first; --expanding also re-estimates the response before every
    /// event, on the events before it alone.
    #[command(arg_required_else_help = true)]
    Validate(ValidateArgs),
    /// Write the report as one HTML page, or a chart as SVG
    ///
    /// Without files the illustrative episode; of one file a snapshot, of two what changed, with --history one meeting through
    /// many days. The page needs no network and no other file. It goes to --output, or to a pipe.
    Report(ReportArgs),
    /// Print the settlement of contracts from realised rates
    ///
    /// The final settlement of an expired contract, before and after the exchange rounds; of one that runs the average of its
    /// realised days, and how many days are open.
    #[command(arg_required_else_help = true)]
    Settlement(SettlementArgs),
    /// Print the FOMC calendar and the target ranges in force
    Meetings(MeetingsArgs),
    /// Check files of quotes or realised rates: each problem, its place
    ///
    /// Problems and warnings go to standard error, each with the line it speaks of; what each file holds goes to
    /// standard output. Exit code 1 where any file has a problem. Reads quote files of every format, and rates of the
    /// New York Fed and of FRED.
    #[command(arg_required_else_help = true)]
    Check(CheckArgs),
    /// Write the quotes of files of any format as one tidy table
    ///
    /// One row a day and contract: CSV by default, prices as they were read, an empty cell for what a file does not
    /// say. Quotes that are in several files with the same figures are written once. Every command reads the CSV back.
    #[command(arg_required_else_help = true)]
    Convert(ConvertArgs),
    /// Print the completions of a shell
    #[command(arg_required_else_help = true)]
    Completions(CompletionsArgs),
    /// Print the manual page of the program or of a command
    ///
    /// In roff, as `man` reads it. Each command has a page of its own.
    Man(ManArgs),
}

#[derive(Debug, Args)]
pub(super) struct RepriceArgs {
    /// The older quotes and the newer: each a file, a folder or a pattern; or one set of files with --as-of BEFORE,AFTER
    ///
    /// Without files: the illustrative episode. - is standard input.
    #[arg(value_names = ["BEFORE", "AFTER"], num_args = 0..)]
    pub(super) files: Vec<PathBuf>,
    /// The two dates [default: the files' own, the newest of several]
    ///
    /// Where files state none, hold several days, or state another one.
    #[arg(long, help_heading = "What to price", value_name = "BEFORE,AFTER", value_delimiter = ',', num_args = 1, requires = "files", value_parser = date)]
    pub(super) as_of: Vec<NaiveDate>,
    /// The headline: its day, its month, or next [default: the first both price]
    #[arg(long, help_heading = "What to show", value_name = "WHEN", value_parser = meeting)]
    pub(super) meeting: Option<MeetingName>,
    /// How much to print of equities; brief and full leave JSON as it is
    #[arg(long, help_heading = "What to show", value_name = "HOW", value_enum, default_value_t = EquityName::Brief)]
    pub(super) equity: EquityName,
    /// Add how the figures are made, step by step
    #[arg(long, help_heading = "What to show")]
    pub(super) explain: bool,
    #[command(flatten)]
    pub(super) pricing: PricingArgs,
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
}

#[derive(Debug, Args)]
pub(super) struct SummaryArgs {
    /// Quote files of one day or many, folders of them, patterns; - for standard input
    #[arg(required = true, value_name = "QUOTES")]
    pub(super) quotes: Vec<PathBuf>,
    /// The current day [default: the newest of the quotes]
    #[arg(long, help_heading = "What to price", value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<NaiveDate>,
    /// How far back to compare, such as 1d,1w,1m
    #[arg(long, help_heading = "What to show", value_name = "SPANS", value_delimiter = ',', value_parser = delta)]
    pub(super) delta: Vec<DeltaOf>,
    #[command(flatten)]
    pub(super) pricing: PricingArgs,
}

#[derive(Debug, Args)]
pub(super) struct ProbsArgs {
    #[command(flatten)]
    pub(super) quotes: QuotesArgs,
    /// Which probabilities
    #[arg(long, help_heading = "What to show", value_enum, default_value_t = ViewName::Cumulative)]
    pub(super) view: ViewName,
    /// Print the bounds of every probability and rate [alone: tick]
    ///
    /// While each price lies within half its tick (tick) or its bid and ask (bid-ask), or given only the expected moves
    /// (mean).
    #[arg(long, help_heading = "What to show", value_name = "WHAT", num_args = 0..=1, default_missing_value = "tick", require_equals = true, value_enum, conflicts_with = "compare")]
    pub(super) bounds: Option<BoundsName>,
    /// The largest change at a meeting, in basis points, with --bounds=mean
    #[arg(long, hide_short_help = true, help_heading = "What to show", value_name = "BP", requires = "bounds", default_value = "50bp", value_parser = largest_move)]
    pub(super) largest_move: i64,
    /// Compare the rules side by side instead
    ///
    /// FedWatch, the decision day at the new rate, least squares, the effective rate as start (with --fixings, or
    /// --start-rate RATE).
    #[arg(long, help_heading = "What to show", conflicts_with_all = ["explain", "method", "decision_day"])]
    pub(super) compare: bool,
    /// Compare prediction markets with odds and bounds (repeatable)
    ///
    /// A table date,meeting,outcome,bid,ask; the bounds are those of the futures and --options, as in `fedpath bounds`.
    #[arg(long, help_heading = "What to show", value_name = "FILE", conflicts_with_all = ["explain", "compare", "bounds"])]
    pub(super) markets: Vec<PathBuf>,
    /// What a contract of a market costs beside its price, in dollars [default: 0]
    #[arg(long, hide_short_help = true, help_heading = "What to show", value_name = "DOLLARS", requires = "markets", value_parser = fee)]
    pub(super) fee: Option<Fraction>,
    #[command(flatten)]
    pub(super) others: OtherQuotesArgs,
    #[command(flatten)]
    pub(super) pricing: PricingArgs,
}

#[derive(Debug, Args)]
pub(super) struct PathArgs {
    #[command(flatten)]
    pub(super) quotes: QuotesArgs,
    #[command(flatten)]
    pub(super) pricing: PricingArgs,
}

#[derive(Debug, Args)]
pub(super) struct SolveArgs {
    #[command(flatten)]
    pub(super) quotes: QuotesArgs,
    /// Wanted probability of a move at --meeting alone, in percent
    #[arg(long, help_heading = "What if", value_name = "PERCENT", requires = "meeting", conflicts_with_all = ["outcome", "bump"], value_parser = percent)]
    pub(super) probability: Option<Probability>,
    /// The move whose probability is wanted [default: 25 bp the way the meeting is priced]
    #[arg(long = "move", help_heading = "What if", value_name = "BP", requires = "probability", allow_hyphen_values = true, value_parser = whole_moves)]
    pub(super) change: Option<i64>,
    /// A meeting's change of the range, such as 2025-12-10=-25bp (repeatable)
    #[arg(long, help_heading = "What if", value_name = "BP", conflicts_with = "bump", value_parser = outcome)]
    pub(super) outcome: Vec<(NaiveDate, BasisPoints)>,
    /// Another price of a contract, such as ZQF26=-1bp (repeatable)
    #[arg(long, help_heading = "What if", value_name = "BUMP", value_parser = bump)]
    pub(super) bump: Vec<(String, BasisPoints)>,
    /// Which probabilities, with --bump
    #[arg(long, help_heading = "What to show", value_enum, default_value_t = ViewName::Cumulative, requires = "bump")]
    pub(super) view: ViewName,
    #[command(flatten)]
    pub(super) pricing: PricingArgs,
}

#[derive(Debug, Args)]
pub(super) struct HistoryArgs {
    /// Quote files of one day or many, folders of them, patterns such as 'settle/2025*.csv'; - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// First day [default: the first of the quotes]
    #[arg(long, help_heading = "What to price", value_name = "DATE", value_parser = first_day)]
    pub(super) from: Option<NaiveDate>,
    /// Last day [default: the last of the quotes]
    #[arg(long, help_heading = "What to price", value_name = "DATE", value_parser = last_day)]
    pub(super) to: Option<NaiveDate>,
    /// Each day, the last of each week or month, or every Nth
    #[arg(long, help_heading = "What to price", value_name = "STEP", default_value = "day")]
    pub(super) every: Every,
    /// Price each day, or each moment of quotes with a time of day
    #[arg(long, hide_short_help = true, help_heading = "What to price", value_enum, default_value_t = ByName::Day)]
    pub(super) by: ByName,
    /// How old a price may be at a moment [default: 30m]
    #[arg(long, hide_short_help = true, help_heading = "What to price", value_name = "LENGTH", value_parser = length)]
    pub(super) stale: Option<Length>,
    /// Zone of times without an offset, such as America/Chicago
    #[arg(long, hide_short_help = true, help_heading = "What to price", value_name = "ZONE", value_parser = zone)]
    pub(super) timezone: Option<Zone>,
    /// Print only this meeting: its day, its month, or next [default: all]
    #[arg(long, help_heading = "What to show", value_name = "WHEN", value_parser = meeting)]
    pub(super) meeting: Option<MeetingName>,
    /// Which probabilities
    #[arg(long, help_heading = "What to show", value_enum, default_value_t = ViewName::Cumulative)]
    pub(super) view: ViewName,
    /// What to print of each day
    #[arg(long, help_heading = "What to show", value_enum, default_value_t = ShowName::Ranges, conflicts_with_all = ["delta", "calibration", "compare"])]
    pub(super) show: ShowName,
    /// Measure from this range instead of the day's own: with --show moves its changes, alone the odds of a lower, the
    /// same and a higher range
    #[arg(long, help_heading = "What to show", value_name = "RANGE", conflicts_with_all = ["delta", "calibration", "compare"])]
    pub(super) against: Option<TargetRange>,
    /// Print every warning [default: a summary of those about the days asked for]
    #[arg(short, long, help_heading = "Output")]
    pub(super) verbose: bool,
    /// Layout of the CSV: one row, or one column, for each range
    #[arg(long, help_heading = "What to show", value_enum, default_value_t = LayoutName::Tidy, conflicts_with_all = ["delta", "calibration"])]
    pub(super) layout: LayoutName,
    /// What changed instead, since 1d, 1w, 1m or between two days
    ///
    /// Since so many days of quotes (1d), weeks (1w) or months (1m) before; or from one day to another.
    #[arg(long, help_heading = "What to show", value_name = "SPANS", value_delimiter = ',', conflicts_with = "view", value_parser = delta)]
    pub(super) delta: Vec<DeltaOf>,
    /// Compare what was priced with what happened
    ///
    /// 1 day, 1 week and 1 month before each decision, with the Brier score.
    #[arg(long, help_heading = "What to show", conflicts_with_all = ["delta", "meeting", "every", "view"])]
    pub(super) calibration: bool,
    /// Compare a download of FedWatch with ours instead
    ///
    /// Of one meeting or of all. The meeting of one is --meeting, or in the file's name.
    #[arg(long, help_heading = "What to show", value_name = "FILE", conflicts_with_all = ["delta", "calibration", "layout", "view"])]
    pub(super) compare: Option<PathBuf>,
    #[command(flatten)]
    pub(super) pricing: PricingArgs,
}

#[derive(Debug, Args)]
pub(super) struct SurpriseArgs {
    /// BEFORE and AFTER, two snapshots; or quotes of many days: files, folders, patterns; with --as-of, of two
    #[arg(required = true, value_name = "QUOTES")]
    pub(super) paths: Vec<PathBuf>,
    /// Day of the announcement, or its moment (repeatable) [default: every decision]
    ///
    /// A day, or with a window of minutes also a time of New York: "2025-10-29 14:30".
    #[arg(long, help_heading = "What to price", value_name = "DATE", value_parser = announced)]
    pub(super) announcement: Vec<Announced>,
    /// Days or times of announcements, one on each line
    #[arg(long, help_heading = "What to price", value_name = "FILE")]
    pub(super) announcements: Option<PathBuf>,
    /// The two dates of one --announcement, where two files state none or many files hold them [default: the files' own]
    #[arg(long, help_heading = "What to price", value_name = "BEFORE,AFTER", value_delimiter = ',', num_args = 1, value_parser = date)]
    pub(super) as_of: Vec<NaiveDate>,
    /// The convention
    #[arg(long, help_heading = "Assumptions", value_enum, default_value_t = RuleName::SevenDay)]
    pub(super) rule: RuleName,
    /// Around an announcement: close, next-open, or minutes such as -10m..+20m [default: close]
    ///
    /// close: from the close of the day before it to that of its own day. next-open: from the close of its own day to the next
    /// open. Minutes (--window=-10m..+20m), of quotes with a time of day: the last price at or before each edge.
    #[arg(long, help_heading = "What to price", value_name = "WINDOW", value_parser = window, allow_hyphen_values = true)]
    pub(super) window: Option<Window>,
    /// How old a price may be at an edge of a window of minutes [default: 30m]
    #[arg(long, help_heading = "What to price", value_name = "LENGTH", value_parser = length)]
    pub(super) stale: Option<Length>,
    /// Zone of times without an offset, such as America/Chicago
    #[arg(long, help_heading = "What to price", value_name = "ZONE", value_parser = zone)]
    pub(super) timezone: Option<Zone>,
    /// Which price of a quote
    #[arg(long, help_heading = "What to price", value_enum, default_value_t = PriceName::Settle)]
    pub(super) price: PriceName,
    /// Keep a rounded half tick as printed: 96.1163
    #[arg(long, hide_short_help = true, help_heading = "What to price")]
    pub(super) as_printed: bool,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) calendar: CalendarArgs,
}

#[derive(Debug, Args)]
pub(super) struct RespondArgs {
    /// Closing prices: `date,asset,close`, or `date` and a column for each asset
    #[arg(value_name = "CLOSES", conflicts_with_all = ["returns", "events"])]
    pub(super) closes: Option<PathBuf>,
    /// Quotes of many days that give the surprises: files, folders, patterns
    #[arg(long, help_heading = "What to estimate", value_name = "PATH", num_args = 1.., conflicts_with_all = ["surprises", "events"])]
    pub(super) quotes: Vec<PathBuf>,
    /// Surprises instead of quotes: `date,mp1,mp2`
    #[arg(long, help_heading = "What to estimate", value_name = "FILE", conflicts_with = "events")]
    pub(super) surprises: Option<PathBuf>,
    /// Returns instead of closes: `date,asset,return_percent`
    #[arg(long, help_heading = "What to estimate", value_name = "FILE", conflicts_with = "events")]
    pub(super) returns: Option<PathBuf>,
    /// Surprises and responses in one wide file, a row an event
    #[arg(long, help_heading = "What to estimate", value_name = "FILE")]
    pub(super) events: Option<PathBuf>,
    /// Window of the responses: 1d or 5d of closes; of files what they were measured over, such as 30min
    #[arg(long, help_heading = "What to estimate", value_name = "WINDOW", value_parser = window_length)]
    pub(super) window: Option<StudyWindow>,
    /// Draw one response as SVG instead
    #[arg(long, help_heading = "What to estimate", value_name = "KIND", value_enum)]
    pub(super) chart: Option<StudyChartName>,
    /// Which price of a quote
    #[arg(long, help_heading = "What to price", value_enum, default_value_t = PriceName::Settle)]
    pub(super) price: PriceName,
    #[command(flatten)]
    pub(super) study: StudyArgs,
    #[command(flatten)]
    pub(super) calendar: CalendarArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

#[derive(Debug, Args)]
pub(super) struct ValidateArgs {
    /// Surprises and responses in one wide file, a row an event
    #[arg(value_name = "EVENTS")]
    pub(super) events: PathBuf,
    /// Re-estimate before every event, from the one after so many on
    #[arg(long, help_heading = "What to estimate", value_name = "EVENTS", value_parser = clap::value_parser!(u16).range(3..))]
    pub(super) expanding: Option<u16>,
    #[command(flatten)]
    pub(super) study: StudyArgs,
    #[command(flatten)]
    pub(super) calendar: CalendarArgs,
}

/// What is estimated on events.
#[derive(Debug, Args)]
pub(super) struct StudyArgs {
    /// Columns or assets to explain [default: every asset; validate: sp500]
    #[arg(long, help_heading = "What to estimate", value_name = "NAME,...", value_delimiter = ',')]
    pub(super) y: Vec<String>,
    /// The surprise: mp1, mp2, shift (of quotes), or a column
    #[arg(long, help_heading = "What to estimate", value_name = "SURPRISE", default_value = "mp2")]
    pub(super) on: String,
    /// Unit of the surprises of a file
    #[arg(long, help_heading = "What to estimate", value_enum, default_value_t = UnitName::Percent)]
    pub(super) unit: UnitName,
    /// Standard errors
    #[arg(long, help_heading = "What to estimate", value_enum, default_value_t = ErrorsName::Hc1)]
    pub(super) errors: ErrorsName,
    /// Take unscheduled events into the estimate
    #[arg(long, help_heading = "What to estimate")]
    pub(super) unscheduled: bool,
}

#[derive(Debug, Args)]
pub(super) struct QuotesArgs {
    /// Quote files of one day, folders of them, patterns; - for standard input
    #[arg(required = true, value_name = "QUOTES")]
    pub(super) quotes: Vec<PathBuf>,
    /// Valuation date [default: the files' own, the newest of several]
    #[arg(long, help_heading = "What to price", value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<NaiveDate>,
    /// Print only this meeting: its day, its month, or next [default: all]
    #[arg(long, help_heading = "What to show", value_name = "WHEN", value_parser = meeting)]
    pub(super) meeting: Option<MeetingName>,
    /// Add how the figures are made, step by step
    #[arg(long, help_heading = "What to show")]
    pub(super) explain: bool,
}

#[derive(Debug, Args)]
pub(super) struct MeetingsArgs {
    /// First announcement to print [default: the first known]
    #[arg(long, help_heading = "What to show", value_name = "DATE", value_parser = first_day)]
    pub(super) from: Option<NaiveDate>,
    /// Last announcement to print [default: the last known]
    #[arg(long, help_heading = "What to show", value_name = "DATE", value_parser = last_day)]
    pub(super) to: Option<NaiveDate>,
    /// Print the calendar and the ranges as known on this day [default: with hindsight]
    #[arg(long, help_heading = "What to show", value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<NaiveDate>,
    #[command(flatten)]
    pub(super) calendar: CalendarArgs,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) files: FilesArgs,
    /// Count the rows that were read, kept and skipped, and say why
    #[arg(short, long)]
    pub(super) verbose: bool,
}

#[derive(Debug, Args)]
pub(super) struct ConvertArgs {
    #[command(flatten)]
    pub(super) files: FilesArgs,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// The command [default: the program]
    pub(super) command: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct FilesArgs {
    /// The files, packed (gzip, zip) or not, folders of them, patterns; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Day of quotes that state none; of a file of several days, the one day wanted
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<NaiveDate>,
    /// Product: ZQ, fed funds futures; SR1, 1-Month SOFR futures
    #[arg(long, value_name = "CODE", default_value = "ZQ")]
    pub(super) product: Product,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
