//! `fedpath probs --bounds`: how far every figure can lie.

use fedpath::CentralBank;
use fedpath::bounds::PriceIntervals;
use fedpath::report::{self, Bounds, Selection};
use fedpath::what_if::Jacobian;
use fedpath::{Fraction, Notice, Outlook, Strip};

use super::args::ProbsArgs;
use super::commands::{Named, no_path, shown};
use super::failure::Failure;
use super::output::{Messages, Rendered};
use super::output_args::OutputArgs;
use super::pricing::assumptions;
use super::values::BoundsName;

pub(super) fn bounds(
    args: &ProbsArgs,
    what: BoundsName,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    let assumptions = assumptions(&args.pricing)?;
    let wanted = args.pricing.fed_funds_alone("--bounds moves prices")?;
    let file = Named::read(&args.quotes.quotes, args.quotes.as_of, &wanted, messages)?;
    let strip = file.strip(args.quotes.as_of, &args.pricing)?;
    let (words, prices) = match what {
        BoundsName::Mean => {
            let outlook = Outlook::price(&strip, &assumptions).map_err(|error| no_path(&file.name, &error))?;
            let mut selection = shown(&args.quotes, args.view, &file, &outlook, messages)?;
            selection.count = args.pricing.shown();
            room_enough(&outlook, args.largest_move).map_err(|message| Failure::of_input(&file.name, &message))?;
            return Ok(render(
                &Bounds::Mean { outlook: &outlook, largest: args.largest_move },
                &selection,
                out,
                report,
            ));
        }
        BoundsName::Tick => ("half its tick".to_owned(), PriceIntervals::half_ticks(&strip)),
        BoundsName::BidAsk => (bid_ask_in_words(&strip), PriceIntervals::bid_asks(&strip)),
    };
    if assumptions.premia.landing().is_some() {
        let message = "--bounds: with --landing-spread moves bend with the prices: use --bounds=mean";
        return Err(Failure::Usage(message.to_owned()));
    }
    let jacobian = Jacobian::new(&strip, &assumptions).map_err(|error| no_path(&file.name, &error))?;
    let prices = prices.with_realised_anchor(jacobian.outlook().path());
    let words = words + &realised_in_words(jacobian.outlook(), &prices);
    let mut selection = shown(&args.quotes, args.view, &file, jacobian.outlook(), messages)?;
    selection.count = args.pricing.shown();
    let outcomes = jacobian.bounds(prices.clone()).map_err(|error| Failure::of_input(&file.name, &error))?;
    let bounds = Bounds::Prices { words: &words, jacobian: &jacobian, prices: &prices, outcomes: &outcomes };
    Ok(render(&bounds, &selection, out, report))
}

fn render(bounds: &Bounds<'_>, selection: &Selection<'_>, out: &OutputArgs, report: &mut Vec<u8>) -> Rendered {
    out.render(&report::bounds(bounds, selection), report)
}

fn bid_ask_in_words(strip: &Strip) -> String {
    let lacking = strip.prices().filter(|(contract, _)| strip.bid_ask(*contract).is_none()).count();
    let all = strip.prices().len();
    match lacking {
        0 => "its bid and ask".to_owned(),
        some => format!("its bid and ask, or half its tick ({some} of {all} contracts have no bid and ask)"),
    }
}

/// How far the realised average of an expired contract may lie from the settlement that it replaces.
fn realised_in_words(outlook: &Outlook, prices: &PriceIntervals) -> String {
    let words = |notice: &Notice| {
        let Notice::RealisedAnchor { contract, .. } = notice else { return None };
        let points = &prices.get(contract.month())?.high;
        let symbol = contract.symbol();
        let far = points * &Fraction::integer(100);
        Some(format!(", and the realised average of {symbol} within {far:.1} bp of the settlement that it replaces"))
    };
    outlook.path().notices().iter().filter_map(words).collect()
}

/// Whether no meeting is split between larger moves than the largest that is allowed.
fn room_enough(outlook: &Outlook, largest: i64) -> Result<(), String> {
    let splits = outlook.meetings().iter().flat_map(|meeting| {
        let day = meeting.step.meeting.announcement();
        meeting.local.outcomes().map(move |(moves, _)| (moves.abs(), day))
    });
    match splits.max().filter(|(moves, _)| *moves > largest) {
        Some((moves, day)) => Err(format!(
            "--largest-move: the meeting of {day} is split up to a change of {} bp, which has to be allowed",
            CentralBank::FED.moves_bp(moves)
        )),
        None => Ok(()),
    }
}
