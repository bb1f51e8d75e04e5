//! `fedpath bounds`: what every quote allows. (`probs --bounds` is in `bounds`.)

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;
use fedpath::bulk::on_all_processors;
use fedpath::lattice::{
    ExpiryDistribution, LatticeError, LatticeEvent, LatticeOptions, MeetingBounds, QuoteLattice, RateInterval, Strikes,
};
use fedpath::options::{MarketQuote, MarketTable, OptionChain, OptionFile, OptionProduct};
use fedpath::report::{self, Given, Otherwise, QuoteBounds, Selection, Source};
use fedpath::{Assumptions, BasisPoints, ContractMonth, Fraction, Outlook, Rate, StartRate, Strip, unpack};

use super::commands::{Named, priced_meeting, strip_options, warn};
use super::dates::{MeetingName, date, meeting};
use super::failure::Failure;
use super::output::{Messages, Rendered};
use super::output_args::OutputArgs;
use super::pricing::{CalendarArgs, PricingArgs, assumptions};
use super::values::{PointName, PriceName, StrikesName, WideningName, shift};
use super::{hints, input};

#[derive(Debug, Args)]
pub(super) struct QuoteBoundsArgs {
    /// Quote files of one day, folders of them, patterns; - for standard input
    #[arg(required_unless_present = "options", value_name = "QUOTES")]
    quotes: Vec<PathBuf>,
    /// Valuation date [default: the files' own, the newest of several]
    #[arg(long, help_heading = "What to price", value_name = "DATE", value_parser = date)]
    as_of: Option<NaiveDate>,
    #[command(flatten)]
    others: OtherQuotesArgs,
    /// Quotes of a prediction market: a table date,meeting,outcome,bid,ask (repeatable)
    #[arg(long, help_heading = "Which quotes", value_name = "FILE")]
    markets: Vec<PathBuf>,
    #[command(flatten)]
    lattice: LatticeArgs,
    /// An event over one meeting or two in a row (repeatable)
    ///
    /// Compares the upper bound of the range after a meeting, such as "2026-03-18 <= 3.75 and 2026-04-29 <= 3.50".
    #[arg(long, help_heading = "What to show", value_name = "EVENT")]
    event: Vec<LatticeEvent>,
    /// An interval of the three-month rate on an expiry, such as 4.00-4.25 or <4.25 (repeatable)
    #[arg(long, help_heading = "What to show", value_name = "RATES", hide_short_help = true)]
    interval: Vec<RateInterval>,
    /// Print only this meeting: its day, its month, or next [default: all]
    #[arg(long, help_heading = "What to show", value_name = "WHEN", value_parser = meeting)]
    meeting: Option<MeetingName>,
    #[command(flatten)]
    estimate: PointArgs,
    #[command(flatten)]
    pricing: PricingArgs,
}

/// The estimate beside bounds.
#[derive(Debug, Args)]
pub(super) struct PointArgs {
    /// Estimate: maximum-entropy or carlson-craig-melick
    #[arg(
        long,
        hide_short_help = true,
        hide_possible_values = true,
        help_heading = "What to show",
        value_enum,
        value_name = "METHOD"
    )]
    pub(super) point: Option<PointName>,
}

/// The quotes beside futures.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which quotes")]
pub(super) struct OtherQuotesArgs {
    /// Options: an STL report, the settlement CSV, or a table (repeatable)
    ///
    /// The table has the columns contract,type,strike and settle, or bid,ask.
    #[arg(long, value_name = "FILE")]
    pub(super) options: Vec<PathBuf>,
}

/// What the lattice takes as given.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is allowed")]
pub(super) struct LatticeArgs {
    /// Moves of 25 bp that a meeting may make
    #[arg(long, value_name = "RANGE", default_value = "-2..2", allow_hyphen_values = true, value_parser = range)]
    moves: RangeInclusive<i64>,
    /// Levels allowed, in moves from today's [default: all]
    #[arg(long, value_name = "RANGE", hide_short_help = true, allow_hyphen_values = true, value_parser = range)]
    levels: Option<RangeInclusive<i64>>,
    /// What is added to the tolerance of every quote
    #[arg(long, value_name = "BP", default_value = "0bp", value_parser = size)]
    slippage: BasisPoints,
    /// How quotes that contradict each other are widened
    #[arg(long, value_enum, value_name = "HOW", default_value_t = WideningName::Each)]
    widening: WideningName,
    /// The most that a quote is widened; beyond it there are no bounds
    #[arg(long, value_name = "BP", default_value = "1bp", value_parser = size)]
    max_widening: BasisPoints,
    /// Which settled options of a strike count
    #[arg(long, value_enum, value_name = "WHICH", hide_short_help = true, default_value_t = StrikesName::OutOfTheMoney)]
    strikes: StrikesName,
    /// Take a premium as if it were paid at expiry
    #[arg(long, hide_short_help = true)]
    undiscounted: bool,
    /// Use the futures and options of these months alone, such as 2015-12
    #[arg(long, hide_short_help = true, value_name = "MONTH", value_delimiter = ',')]
    months: Vec<ContractMonth>,
}

impl LatticeArgs {
    pub(super) fn options(&self, pricing: &PricingArgs) -> LatticeOptions {
        let mut options = LatticeOptions::default();
        options.moves = self.moves.clone();
        options.levels.clone_from(&self.levels);
        options.slippage = self.slippage.clone();
        options.widening = self.widening.into();
        options.max_widening = self.max_widening.clone();
        options.strikes = match self.strikes {
            StrikesName::OutOfTheMoney => Strikes::OutOfTheMoney,
            StrikesName::All => Strikes::All,
        };
        options.discounted = !self.undiscounted;
        options.bid_ask = pricing.fed_funds_price() == PriceName::Mid;
        options.months = (!self.months.is_empty()).then(|| self.months.iter().copied().collect());
        options
    }
}

impl QuoteBoundsArgs {
    pub(super) fn calendar(&self) -> &CalendarArgs {
        &self.pricing.calendar
    }
}

pub(super) fn quote_bounds(
    args: &QuoteBoundsArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    let options = args.lattice.options(&args.pricing);
    if args.quotes.is_empty() {
        if args.estimate.point.is_some() {
            let message = "--point: an estimate is of decisions, and needs QUOTES with the futures";
            return Err(Failure::Usage(message.to_owned()));
        }
        let read = options_of(&args.others.options, args.as_of, None)?;
        let expiries = expiries(&read, args, &options)?;
        let mut told = QuoteBounds::default();
        told.expiries = expiries.iter().map(|(expiry, rows)| (expiry, rows.clone())).collect();
        return Ok(out.render(&report::quote_bounds(&told, &Selection::default()), report));
    }
    let assumptions = assumptions(&args.pricing)?;
    if assumptions.premia.landing().is_some() {
        let message = "--landing-spread: the lattice of bounds moves in whole steps of 25 bp";
        return Err(Failure::Usage(message.to_owned()));
    }
    let wanted = args.pricing.fed_funds_alone(FOUND)?;
    let file = Named::read(&args.quotes, args.as_of, &wanted, messages)?;
    let strip = file.strip_by(&with_as_of(strip_options(&args.pricing)?, args.as_of))?;
    let read = options_of(&args.others.options, args.as_of, Some(strip.as_of()))?;
    let markets = markets_of(&args.markets)?;
    let rule = Outlook::price(&strip, &assumptions).ok();
    if let Some(rule) = &rule {
        warn(messages, Some(&file.name), rule.path().notices());
    }
    let lattice_at = |assumptions: &Assumptions, options: &LatticeOptions| {
        let funds: Vec<OptionChain> = read.chains(OptionProduct::FedFunds).cloned().collect();
        QuoteLattice::new(&strip, assumptions, &funds, &markets.quotes, options)
    };
    let mut estimated = options.clone();
    estimated.point = args.estimate.point.map(PointName::into);
    let lattice = lattice_at(&assumptions, &estimated).map_err(|error| no_lattice(&file.name, &error))?;
    let dates = lattice.meetings().iter().map(fedpath::Meeting::announcement);
    let only = priced_meeting(args.meeting, dates.clone(), &file.name)?;
    let shown: Vec<NaiveDate> = dates
        .filter(|date| only.is_none_or(|only| only == *date))
        .take(args.pricing.shown().unwrap_or(usize::MAX))
        .collect();
    let mut told = QuoteBounds::default();
    for event in &args.event {
        let found = lattice.bounds(event).map_err(|error| Failure::because(format!("--event: {error}")))?;
        told.events.push((event.clone(), found));
    }
    let first = shown.first().filter(|_| lattice.agreement().contradiction.is_none());
    let given = (&assumptions, &options);
    (told.meetings, told.otherwise) = bounds_of(&lattice, &shown, first.copied(), given, lattice_at);
    let expiries = expiries(&read, args, &options)?;
    told.expiries = expiries.iter().map(|(expiry, rows)| (expiry, rows.clone())).collect();
    (told.lattice, told.rule) = (Some(&lattice), rule.as_ref());
    told.sources = read.sources.iter().chain(&markets.sources).cloned().collect();
    let selection = selection(file.source());
    Ok(out.render(&report::quote_bounds(&told, &selection), report))
}

/// What is found of fed funds futures alone.
pub(super) const FOUND: &str = "what the quotes allow is found";

/// The lattice of quotes, each looser by what the worst of them needs to agree, and that slack: at the smallest widening the bounds
/// are sharper than what is known.
pub(super) fn loose_lattice(
    mut given: LatticeOptions,
    lattice_by: impl Fn(&LatticeOptions) -> Result<QuoteLattice, LatticeError>,
) -> Result<(QuoteLattice, BasisPoints), LatticeError> {
    let lattice = lattice_by(&given)?;
    let slack = lattice.agreement().slack.clone();
    if slack.exact().is_zero() {
        return Ok((lattice, slack));
    }
    given.slippage = slack.clone();
    Ok((lattice_by(&given)?, slack))
}

/// The bounds of a meeting from futures alone, then with options, then with prediction markets, where files of them are given.
pub(super) fn bounds_by_quotes(
    (options, markets): (&[PathBuf], &[PathBuf]),
    point: Option<PointName>,
    (strip, assumptions): (&Strip, &Assumptions),
    meeting: NaiveDate,
    name: &str,
) -> Result<Vec<(String, Option<MeetingBounds>)>, Failure> {
    let funds: Vec<OptionChain> =
        options_of(options, None, Some(strip.as_of()))?.chains(OptionProduct::FedFunds).cloned().collect();
    let markets = markets_of(markets)?.quotes;
    type Set = (String, Option<MeetingBounds>);
    let of = |told: &str, chains: &[OptionChain], markets: &[MarketQuote]| -> Result<Set, Failure> {
        let mut given = LatticeOptions::default();
        given.point = point.map(PointName::into);
        let lattice = loose_lattice(given, |by| QuoteLattice::new(strip, assumptions, chains, markets, by));
        let (lattice, _) = lattice.map_err(|error| no_lattice(name, &error))?;
        Ok((told.to_owned(), lattice.meeting_bounds(meeting)))
    };
    let mut sets = vec![of("futures alone", &[], &[])?];
    if !funds.is_empty() {
        sets.push(of("with options", &funds, &[])?);
    }
    if !markets.is_empty() {
        sets.push(of("with markets", &funds, &markets)?);
    }
    Ok(sets)
}

fn with_as_of(options: fedpath::StripOptions, as_of: Option<NaiveDate>) -> fedpath::StripOptions {
    as_of.map_or(options.clone(), |as_of| options.with_as_of(as_of))
}

fn selection(source: Source<'_>) -> Selection<'_> {
    let mut selection = Selection::default();
    selection.source = source;
    selection
}

/// The bounds of meetings; and those of the first with today's rate half a basis point lower and higher, and where quotes were
/// widened, with every quote as loose as the loosest. None of them waits for another.
fn bounds_of(
    lattice: &QuoteLattice,
    shown: &[NaiveDate],
    first: Option<NaiveDate>,
    (assumptions, options): (&Assumptions, &LatticeOptions),
    lattice_at: impl Fn(&Assumptions, &LatticeOptions) -> Result<QuoteLattice, LatticeError> + Sync,
) -> (Vec<MeetingBounds>, Vec<Otherwise>) {
    // A lattice of its own takes longest, so the first meeting's other givens begin.
    let others =
        first.into_iter().flat_map(|first| givens(lattice, options).into_iter().map(move |at| (first, Some(at))));
    let jobs: Vec<(NaiveDate, Option<Given>)> = others.chain(shown.iter().map(|meeting| (*meeting, None))).collect();
    let found = on_all_processors(&jobs, |(meeting, given)| {
        let Some(given) = given else { return lattice.meeting_bounds(*meeting) };
        let (mut assumptions, mut options) = (assumptions.clone(), options.clone());
        match given {
            Given::StartRate(rate) => assumptions.start_rate = StartRate::Given(rate.clone()),
            Given::Slippage(slippage) => options.slippage = slippage.clone(),
            _ => {}
        }
        lattice_at(&assumptions, &options).ok().and_then(|lattice| lattice.meeting_bounds(*meeting))
    });
    let (mut meetings, mut otherwise) = (Vec::new(), Vec::new());
    for ((_, given), bounds) in jobs.into_iter().zip(found) {
        match given {
            Some(given) => otherwise.push(Otherwise::new(given, bounds)),
            None => meetings.extend(bounds),
        }
    }
    (meetings, otherwise)
}

/// What may be taken as given in place of what the lattice takes.
fn givens(lattice: &QuoteLattice, options: &LatticeOptions) -> Vec<Given> {
    let half = Fraction::ratio(1, 200).unwrap_or_else(Fraction::zero);
    let slack = lattice.agreement().slack.exact();
    let wider = BasisPoints::from_exact(options.slippage.exact() + slack);
    let rates = [-&half, half].map(|by| lattice.start_rate().exact() + &by);
    let wider = (!slack.is_zero()).then_some(Given::Slippage(wider));
    wider.into_iter().chain(rates.map(|rate| Given::StartRate(Rate::from_exact(rate)))).collect()
}

/// The options of files, and what is said of them.
#[derive(Default)]
pub(super) struct ReadOptions {
    as_of: Option<NaiveDate>,
    chains: Vec<OptionChain>,
    pub(super) sources: Vec<String>,
}

impl ReadOptions {
    pub(super) fn chains(&self, product: OptionProduct) -> impl Iterator<Item = &OptionChain> {
        self.chains.iter().filter(move |chain| chain.product == product)
    }
}

/// Reads every file of options. Their day is that of the futures, where there are any.
pub(super) fn options_of(
    paths: &[PathBuf],
    as_of: Option<NaiveDate>,
    futures: Option<NaiveDate>,
) -> Result<ReadOptions, Failure> {
    let mut read = ReadOptions { as_of: futures, ..ReadOptions::default() };
    let mut known = BTreeSet::new();
    for path in paths {
        let name = input::name(path);
        let file = option_file(path, as_of.or(futures))?;
        let day = file.as_of();
        if let Some((wanted, found)) = read.as_of.zip(day).filter(|(wanted, found)| wanted != found) {
            let message = format!("expected options of {wanted}, as the other quotes, found those of {found}");
            return Err(Failure::of_input(&name, &message));
        }
        read.as_of = read.as_of.or(day);
        let mut quotes = 0;
        for chain in file.chains() {
            if !known.insert(chain.label()) {
                return Err(Failure::of_input(
                    &name,
                    &format!("expected {} in one file, found it again", chain.label()),
                ));
            }
            quotes += chain.quotes().len();
            read.chains.push(chain.clone());
        }
        if quotes == 0 {
            return Err(Failure::of_input(&name, &"expected options, found none"));
        }
        read.sources.push(format!("{quotes} options of {name}"));
    }
    Ok(read)
}

fn option_file(path: &Path, as_of: Option<NaiveDate>) -> Result<OptionFile, Failure> {
    let name = input::name(path);
    let bytes = input::quotes(path).map_err(|message| Failure::of_input(&name, &message))?;
    let text = unpack(&bytes).map_err(|error| Failure::of_text(&name, &error))?;
    OptionFile::parse(&text, as_of).map_err(|error| Failure::of_text(&name, &error))
}

/// The quotes of prediction markets, and what is said of them.
#[derive(Default)]
pub(super) struct ReadMarkets {
    pub(super) quotes: Vec<MarketQuote>,
    pub(super) sources: Vec<String>,
}

pub(super) fn markets_of(paths: &[PathBuf]) -> Result<ReadMarkets, Failure> {
    let mut read = ReadMarkets::default();
    for path in paths {
        let name = input::name(path);
        let text = input::text(path, "a table of prediction markets")?;
        let table = MarketTable::parse(&text).map_err(|error| Failure::of_text(&name, &error))?;
        read.quotes.extend(table.quotes().iter().cloned());
        read.sources.push(format!("prediction markets of {name}"));
    }
    Ok(read)
}

type ExpiryRows = Vec<(RateInterval, Option<fedpath::lattice::EventBounds>)>;

/// The three-month rate on each expiry: in steps of 25 bp, and in the intervals asked for.
fn expiries(
    read: &ReadOptions,
    args: &QuoteBoundsArgs,
    options: &LatticeOptions,
) -> Result<Vec<(ExpiryDistribution, ExpiryRows)>, Failure> {
    let mut found = Vec::new();
    for chain in read.chains(OptionProduct::ThreeMonthSofr) {
        let as_of = read.as_of.or(args.as_of).ok_or_else(|| {
            Failure::because("expected the day of the options: give it with --as-of, or in a line '# as_of: DATE'")
        })?;
        let expiry = ExpiryDistribution::new(chain, as_of, options);
        let expiry = expiry.map_err(|error| match error {
            LatticeError::NoQuotes => Failure::of_input(
                &chain.label(),
                &"expected its day of expiry (column expiry) and premiums, found none",
            ),
            error => Failure::of_input(&chain.label(), &error),
        })?;
        let wanted = args.interval.iter().cloned();
        let rows = expiry.buckets().into_iter().chain(wanted).map(|interval| {
            let bounds = expiry.bounds(interval.low.as_ref(), interval.high.as_ref());
            (interval, bounds)
        });
        let rows: ExpiryRows = rows.collect();
        found.push((expiry, rows));
    }
    if found.is_empty() && !args.interval.is_empty() {
        let message = "--interval: expected options on three-month SOFR futures with --options FILE, found none";
        return Err(Failure::Usage(message.to_owned()));
    }
    if found.is_empty() && args.quotes.is_empty() {
        let message = "expected QUOTES with the futures: options on fed funds futures say nothing without them";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok(found)
}

pub(super) fn no_lattice(name: &str, error: &LatticeError) -> Failure {
    let hint = match error {
        LatticeError::Policy(error) => hints::of_policy(error),
        _ => None,
    };
    Failure::of_input_with(name, error, hint)
}

/// `-2..2`: moves of 25 bp, from the lowest to the highest.
fn range(text: &str) -> Result<RangeInclusive<i64>, String> {
    let read = || {
        let (low, high) = text.split_once("..")?;
        let (low, high): (i64, i64) = (low.trim().parse().ok()?, high.trim_start_matches('=').trim().parse().ok()?);
        (low <= 0 && high >= 0 && low < high).then_some(low..=high)
    };
    read()
        .ok_or_else(|| "expected whole moves from the lowest to the highest, with 0 between, such as -2..2".to_owned())
}

/// What a contract of a prediction market costs beside its price, in dollars.
pub(super) fn fee(text: &str) -> Result<Fraction, String> {
    let fee = text.trim_start_matches('$').parse::<Fraction>().ok();
    let fee = fee.filter(|fee| !fee.is_negative() && *fee < Fraction::integer(1));
    fee.ok_or_else(|| "expected dollars a contract below 1, such as 0.02".to_owned())
}

/// A size in basis points that is not negative.
fn size(text: &str) -> Result<BasisPoints, String> {
    let size = shift(text)?;
    if size.exact().is_negative() { Err("expected a size of 0bp or more".to_owned()) } else { Ok(size) }
}
