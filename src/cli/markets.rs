//! `fedpath probs --markets`: prediction markets beside the odds and the bounds.

use fedpath::lattice::{LatticeEvent, LatticeOptions, MarketCheck, QuoteLattice};
use fedpath::options::{MarketQuote, OptionChain, OptionProduct};
use fedpath::report;
use fedpath::{Fraction, Outlook};

use super::args::ProbsArgs;
use super::commands::{Named, no_path, shown};
use super::failure::Failure;
use super::output::{Messages, Rendered};
use super::output_args::OutputArgs;
use super::pricing::assumptions;
use super::quote_bounds::{FOUND, loose_lattice, markets_of, no_lattice, options_of};

pub(super) fn markets(
    args: &ProbsArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    let assumptions = assumptions(&args.pricing)?;
    let wanted = args.pricing.fed_funds_alone(FOUND)?;
    let file = Named::read(&args.quotes.quotes, args.quotes.as_of, &wanted, messages)?;
    let strip = file.strip(args.quotes.as_of, &args.pricing)?;
    let outlook = Outlook::price(&strip, &assumptions).map_err(|error| no_path(&file.name, &error))?;
    let mut selection = shown(&args.quotes, args.view, &file, &outlook, messages)?;
    selection.count = args.pricing.shown();
    let options = options_of(&args.others.options, args.quotes.as_of, Some(strip.as_of()))?;
    let funds: Vec<OptionChain> = options.chains(OptionProduct::FedFunds).cloned().collect();
    let lattice =
        loose_lattice(LatticeOptions::default(), |by| QuoteLattice::new(&strip, &assumptions, &funds, &[], by));
    let (lattice, slack) = lattice.map_err(|error| no_lattice(&file.name, &error))?;
    let mut told = format!(
        "Least and Most: what the futures{} allow, with moves of -50 to +50 bp at a meeting",
        if funds.is_empty() { "" } else { " and options" }
    );
    if !slack.exact().is_zero() {
        told += &format!(", each quote {:.2} bp wider, as the worst needs to agree", slack.exact());
    }
    let markets = markets_of(&args.markets)?;
    let (today, other): (Vec<MarketQuote>, Vec<MarketQuote>) =
        markets.quotes.into_iter().partition(|quote| quote.date == strip.as_of());
    let fee = args.fee.clone().unwrap_or_else(Fraction::zero);
    let wanted = |quote: &MarketQuote| selection.meeting.is_none_or(|only| only == quote.meeting);
    let check = |quote: MarketQuote| {
        let event = LatticeEvent::of_market(&quote);
        MarketCheck::new(quote, lattice.bounds(&event).ok().flatten(), fee.clone())
    };
    let checks: Vec<MarketCheck> = today.into_iter().filter(wanted).map(check).collect();
    if checks.is_empty() {
        let message = format!("--markets: expected quotes of {}, found none", strip.as_of());
        return Err(Failure::because(message));
    }
    let mut left_out = Vec::new();
    if !other.is_empty() {
        let rows = if other.len() == 1 { "1 row".to_owned() } else { format!("{} rows", other.len()) };
        left_out.push(format!("Not compared: {rows} of other days than {}", strip.as_of()));
    }
    Ok(out.render(&report::markets(&outlook, &checks, &told, &left_out, &selection), report))
}
