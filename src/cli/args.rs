//! The command line as typed values. The doc comments are the help text.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};
use fedpath::{BasisPoints, ContractMonth, Every, Probability, Product};

use super::pricing::{CalendarArgs, PricingArgs};
use super::scenario::{CurveArgs, EquityArgs, ScenarioArgs};
use super::solve::{bump, largest_move, outcome, percent, whole_moves};
use super::values::{
    BoundsName, ColorWhen, DeltaOf, Format, LayoutName, PriceName, RuleName, ViewName, WindowName, date, delta,
};

/// Reads fed funds futures quotes and says, exactly, what is priced for the Fed, what changed between two dates,
/// and what that does to the yield curve and to equities.
#[derive(Debug, Parser)]
#[command(
    name = "fedpath",
    version,
    after_help = EXAMPLES,
    term_width = 100,
    bin_name = "fedpath",
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

const EXAMPLES: &str = "\
Examples:
  fedpath reprice                           the illustrative episode: 65 % -> 35 %
  fedpath reprice monday.txt friday.txt     what a week changed
  fedpath probs stlint.txt --explain        one day's odds, and how they are made
  fedpath path quotes.csv --as-of 2025-11-21
  fedpath curve quotes.csv --tenor 3M,18M,2Y    what the path means for overnight swaps
  fedpath check -v settlements.json         what a file holds, and what is wrong with it

Quote files: CME settlements (STL report, CSV, FIXML, website JSON or pasted table), DataMine
End of Day, Databento, Barchart, Yahoo and other histories of one contract, or a table
`contract,price` with an optional line `# as_of: 2025-11-21`; packed (gzip, zip) or not.
The format is recognised from the content.

Exit codes: 0 the report was written; 1 no report (bad file, missing contract, refused input); 2 usage.";

const HISTORY_EXAMPLES: &str = "\
Examples:
  fedpath history settlements/ -o odds.csv
  fedpath history long.csv --meeting 2025-12-10 --format table      how December got priced
  fedpath history long.csv --delta 1d,1w,1m --from 2025-11-21       a day's, week's, month's change
  fedpath history long.csv --delta 2025-11-14:2025-11-21            between two days
  fedpath history 'stlint_2025*.txt.gz' --layout wide --every week
  fedpath history long.csv --calibration --format table             how often a priced 80 % happened
  fedpath history long.csv --compare FedMeeting_20251210.csv --format table";

const SURPRISE_EXAMPLES: &str = "\
Examples:
  fedpath surprise --announcement 2025-10-29 tuesday.csv wednesday.csv
  fedpath surprise long.csv --format csv -o surprises.csv           every decision within the quotes
  fedpath surprise long.csv --announcements dates.txt --rule kuttner
  fedpath surprise long.csv --announcement 1998-10-15 --rule kuttner --window next-open

Rules: seven-day is Gürkaynak, Sack and Swanson (2005), as in the San Francisco Fed's event-study
database; kuttner is Kuttner (2001), for daily closes.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Compare two snapshots: odds, path, yield curve, equities
    ///
    /// Without files: the embedded illustrative episode. The headline meeting is the first that both files price,
    /// or --meeting; curve and equity figures take its shift as one step, valued on the date of AFTER.
    Reprice(RepriceArgs),
    /// Print the probability of each target range after each meeting
    Probs(ProbsArgs),
    /// Print the expected rate before and after each meeting, and the fit of every contract
    Path(PathArgs),
    /// Ask what if: a price for a wanted probability, an outcome, another price
    ///
    /// --probability: what each contract would have to trade at for a meeting to have a move with that probability.
    /// --outcome: the fair price of every contract if meetings decide so, and the gain of one contract bought. --bump: the
    /// odds at other prices. Without any of them: how every figure moves with every price.
    Solve(SolveArgs),
    /// Print the term structure of a snapshot, or what changed in it between two
    ///
    /// The expected overnight rate step by step, and at each maturity the discount factor, zero, instantaneous and period
    /// forward rates and the par rate of an overnight indexed swap. Beyond the last priced meeting the rate is held, and
    /// the report says from when on.
    Curve(CurveArgs),
    /// Print what a shift of the expected rate does to the curve and to equity prices
    ///
    /// The shift is given with --shift, --meeting and --as-of, or is what changed between two quote files. By every
    /// method, with its source and band: scenarios, the observed strip, published responses of yields, and beside them the
    /// responses of returns.
    Equity(EquityArgs),
    /// Print what was priced on every day of many: one tidy table
    ///
    /// PATH: a long file `date,contract,settle` (or any file of many days), files of one day, folders of them, patterns in
    /// quotes. Each day has the range in force on it, only what was known on it counts, and the last settlement of an
    /// expired month is carried from earlier days. Days and meetings without a price are told by reason on standard
    /// error and stop nothing, unless --strict. CSV by default: `date,meeting,lower_bp,upper_bp,probability`; JSON is one document
    /// a day and line.
    #[command(after_help = HISTORY_EXAMPLES)]
    History(HistoryArgs),
    /// Print what an announcement changed that was not expected: MP1, MP2 and the next ones
    ///
    /// Two snapshots and one --announcement: the surprise between them. Quotes of many days: that of each --announcement, of
    /// a list (--announcements), or of every decision within them. MP1 is the change of the rate expected after the
    /// decision, in basis points; MP2 of that after the next meeting known on the day. An announcement without quotes is told
    /// on standard error and stops nothing.
    #[command(after_help = SURPRISE_EXAMPLES)]
    Surprise(SurpriseArgs),
    /// Print the FOMC calendar and the target ranges in force
    Meetings(MeetingsArgs),
    /// Check files of quotes or realised rates: every problem, with its place
    ///
    /// Problems and warnings go to standard error, each with the line it speaks of; what each file holds goes to
    /// standard output. Exit code 1 where any file has a problem. Reads quote files of every format, and rates of the
    /// New York Fed and of FRED.
    Check(CheckArgs),
    /// Write the quotes of files, whatever their formats, as one tidy table
    ///
    /// One row a day and contract: CSV by default, prices as they were read, an empty cell for what a file does not
    /// say. Quotes that are in several files with the same figures are written once. Every command reads the CSV back.
    Convert(ConvertArgs),
}

#[derive(Debug, Args)]
pub(super) struct RepriceArgs {
    /// The older quote file, or - for standard input
    #[arg(requires = "after")]
    pub(super) before: Option<PathBuf>,
    /// The newer quote file, or - for standard input
    pub(super) after: Option<PathBuf>,
    /// Dates of the two files, where they state none or another one [default: the files' own]
    #[arg(long, value_name = "BEFORE,AFTER", value_delimiter = ',', num_args = 1, requires = "before", value_parser = date)]
    pub(super) as_of: Vec<NaiveDate>,
    /// Make this meeting, by its announcement, the headline [default: the first that both price]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) meeting: Option<NaiveDate>,
    /// Add how the figures are made, step by step, from the quoted prices on
    #[arg(long)]
    pub(super) explain: bool,
    #[command(flatten)]
    pub(super) pricing: PricingArgs,
    #[command(flatten)]
    pub(super) scenario: ScenarioArgs,
}

#[derive(Debug, Args)]
pub(super) struct ProbsArgs {
    #[command(flatten)]
    pub(super) quotes: QuotesArgs,
    /// Which probabilities
    #[arg(long, value_enum, default_value_t = ViewName::Cumulative)]
    pub(super) view: ViewName,
    /// How far every probability and rate can lie: while each price lies within half its tick (tick) or its bid and ask
    /// (bid-ask), or given only the expected moves (mean)
    #[arg(long, value_name = "WHAT", num_args = 0..=1, default_missing_value = "tick", require_equals = true, value_enum, conflicts_with = "compare")]
    pub(super) bounds: Option<BoundsName>,
    /// The largest change at a meeting, with --bounds=mean
    #[arg(long, value_name = "BP", requires = "bounds", default_value = "50bp", value_parser = largest_move)]
    pub(super) largest_move: i64,
    /// Hold the rules side by side instead: FedWatch, the decision day at the new rate, least squares, the effective rate
    /// as start (with --fixings, or --start-rate RATE)
    #[arg(long, conflicts_with_all = ["explain", "method", "decision_day"])]
    pub(super) compare: bool,
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
    #[arg(long, value_name = "PERCENT", requires = "meeting", conflicts_with_all = ["outcome", "bump"], value_parser = percent)]
    pub(super) probability: Option<Probability>,
    /// The move whose probability is wanted [default: 25 bp the way the meeting is priced]
    #[arg(long = "move", value_name = "BP", requires = "probability", allow_hyphen_values = true, value_parser = whole_moves)]
    pub(super) change: Option<i64>,
    /// A meeting decides on a change of the range (repeatable)
    #[arg(long, value_name = "DATE=BP", conflicts_with = "bump", value_parser = outcome)]
    pub(super) outcome: Vec<(NaiveDate, BasisPoints)>,
    /// A contract trades so many basis points (0.01) higher or lower (repeatable)
    #[arg(long, value_name = "CONTRACT=BP", value_parser = bump)]
    pub(super) bump: Vec<(ContractMonth, BasisPoints)>,
    /// Which probabilities, with --bump
    #[arg(long, value_enum, default_value_t = ViewName::Cumulative)]
    pub(super) view: ViewName,
    #[command(flatten)]
    pub(super) pricing: PricingArgs,
}

#[derive(Debug, Args)]
pub(super) struct HistoryArgs {
    /// Quote files of one day or many, folders of them, patterns such as 'settle/2025*.csv'; - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// First day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) from: Option<NaiveDate>,
    /// Last day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) to: Option<NaiveDate>,
    /// Which days: each (day), the last of each week or month, or every so many
    #[arg(long, value_name = "day|week|month|N", default_value = "day")]
    pub(super) every: Every,
    /// Print only this meeting, by its announcement
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) meeting: Option<NaiveDate>,
    /// Which probabilities
    #[arg(long, value_enum, default_value_t = ViewName::Cumulative)]
    pub(super) view: ViewName,
    /// Layout of the CSV
    #[arg(long, value_enum, default_value_t = LayoutName::Tidy, conflicts_with_all = ["delta", "calibration"])]
    pub(super) layout: LayoutName,
    /// What changed instead: since so many days of quotes (1d), weeks (1w) or months (1m) before, or between two days
    #[arg(long, value_name = "SPAN,...|DATE:DATE", value_delimiter = ',', conflicts_with = "view", value_parser = delta)]
    pub(super) delta: Vec<DeltaOf>,
    /// How often what was priced 1 day, 1 week and 1 month before each decision happened, with the Brier score
    #[arg(long, conflicts_with_all = ["delta", "meeting", "every", "view"])]
    pub(super) calibration: bool,
    /// Hold a download of FedWatch, of one meeting or of all, against ours instead; the meeting of one is --meeting, or in its name
    #[arg(long, value_name = "FILE", conflicts_with_all = ["delta", "calibration", "layout", "view"])]
    pub(super) compare: Option<PathBuf>,
    #[command(flatten)]
    pub(super) pricing: PricingArgs,
}

#[derive(Debug, Args)]
pub(super) struct SurpriseArgs {
    /// BEFORE and AFTER, two snapshots; or quotes of many days: files, folders, patterns
    #[arg(required = true, value_name = "QUOTES")]
    pub(super) paths: Vec<PathBuf>,
    /// Day of the announcement (repeatable) [default over many days: every decision within them]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) announcement: Vec<NaiveDate>,
    /// Days of announcements, one in the first column of each line
    #[arg(long, value_name = "FILE")]
    pub(super) announcements: Option<PathBuf>,
    /// Dates of the two snapshots, where they state none or another one [default: the files' own]
    #[arg(long, value_name = "BEFORE,AFTER", value_delimiter = ',', num_args = 1, value_parser = date)]
    pub(super) as_of: Vec<NaiveDate>,
    /// The convention
    #[arg(long, value_enum, default_value_t = RuleName::SevenDay)]
    pub(super) rule: RuleName,
    /// Which prices of many days lie around an announcement [default: close]
    #[arg(long, value_enum)]
    pub(super) window: Option<WindowName>,
    /// Which price of a quote
    #[arg(long, value_enum, default_value_t = PriceName::Settle)]
    pub(super) price: PriceName,
    /// Keep a price printed as a rounded half tick, such as 96.1163, instead of reading 96.11625
    #[arg(long)]
    pub(super) as_printed: bool,
    #[command(flatten)]
    pub(super) calendar: CalendarArgs,
}

#[derive(Debug, Args)]
pub(super) struct QuotesArgs {
    /// The quote file, or - for standard input
    pub(super) quotes: PathBuf,
    /// Valuation date [default: the file's own trade date]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<NaiveDate>,
    /// Print only this meeting, by its announcement
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) meeting: Option<NaiveDate>,
    /// Add how the figures are made, step by step, from the quoted prices on
    #[arg(long)]
    pub(super) explain: bool,
}

#[derive(Debug, Args)]
pub(super) struct MeetingsArgs {
    /// First announcement to print
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) from: Option<NaiveDate>,
    /// Last announcement to print
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) to: Option<NaiveDate>,
    /// Print the calendar and the ranges as known on this day
    #[arg(long, value_name = "DATE", value_parser = date)]
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
pub(super) struct FilesArgs {
    /// The files, packed (gzip, zip) or not; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Day of quotes that state none; of a file of several days, the one day wanted
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<NaiveDate>,
    /// Contracts of histories that name none, one for each FILE in its order, such as ZQZ25,ZQF26
    #[arg(long, value_name = "CONTRACT", value_delimiter = ',')]
    pub(super) contract: Vec<String>,
    /// Product: ZQ, fed funds futures; SR1, 1-Month SOFR futures
    #[arg(long, value_name = "CODE", default_value = "ZQ")]
    pub(super) product: Product,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// Form of the report [default: table; of convert and history: csv]
    #[arg(long, global = true, value_enum)]
    pub(super) format: Option<Format>,
    /// Write the report to a file, whole or not at all [default: standard output]
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Let --output overwrite a file
    #[arg(long, global = true)]
    pub(super) force: bool,
    /// Colour messages; auto: on a terminal, unless `NO_COLOR` is set
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = ColorWhen::Auto)]
    pub(super) color: ColorWhen,
    /// Print no warnings
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
}

impl OutputArgs {
    /// The form of a report whose default is a table.
    pub(super) fn form(&self) -> Format {
        self.format.unwrap_or(Format::Table)
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
