//! `fedpath solve`: what-if.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use fedpath::CentralBank;
use fedpath::report;
use fedpath::what_if::{WhatIf, WhatIfError};
use fedpath::{BasisPoints, Contract, ContractError, ContractMonth, Fraction, Price, Probability, Product, Strip};

use super::args::SolveArgs;
use super::commands::{Named, no_path, shown, warn, warn_idle};
use super::failure::Failure;
use super::output::{Messages, Rendered};
use super::output_args::OutputArgs;
use super::pricing::assumptions;

/// Answers the one question that was asked, or without one how every figure moves with every price.
pub(super) fn solve(
    args: &SolveArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    let asks = args.probability.is_some() || !args.outcome.is_empty() || !args.bump.is_empty();
    if args.quotes.explain && !asks {
        let message = "--explain: expected one of --probability, --outcome and --bump to explain";
        return Err(Failure::Usage(message.to_owned()));
    }
    let assumptions = assumptions(&args.pricing)?;
    let file = Named::read(&args.quotes.quotes, args.quotes.as_of, &args.pricing.wanted(), messages)?;
    let strip = file.strip(args.quotes.as_of, &args.pricing)?;
    let what_if = WhatIf::new(&strip, &assumptions).map_err(|error| no_path(&file.name, &error))?;
    let outlook = what_if.jacobian().outlook();
    let path = outlook.path();
    let mut selection = shown(&args.quotes, args.view, &file, outlook, messages)?;
    selection.count = args.pricing.shown();
    warn_idle(messages, &args.pricing, path);
    if let Some(probability) = args.probability.as_ref().filter(|probability| is_below_one_percent(probability)) {
        let percent = format!("{:.2}", probability.percent());
        messages.warning(&format!(
            "--probability is in percent: {percent} is priced as {percent} %; for a share such as 0.5 write 50"
        ));
    }
    let refused = |error: WhatIfError| Failure::of_input(&file.name, &error);

    if let (Some(probability), Some(meeting)) = (&args.probability, selection.meeting) {
        let outcome = args.change.unwrap_or_else(|| towards(&what_if, meeting));
        let wanted = what_if.price_for(meeting, outcome, probability).map_err(refused)?;
        return Ok(out.render(&report::wanted_prices(path, &wanted, &selection), report));
    }
    if !args.outcome.is_empty() {
        let outcomes: BTreeMap<NaiveDate, BasisPoints> = args.outcome.iter().cloned().collect();
        if outcomes.len() < args.outcome.len() {
            return Err(Failure::Usage("--outcome: expected each meeting once".to_owned()));
        }
        let prices = what_if.outcomes(&outcomes).map_err(refused)?;
        let outcomes: Vec<(NaiveDate, BasisPoints)> = outcomes.into_iter().collect();
        return Ok(out.render(&report::fair_prices(path, &outcomes, &prices, &selection), report));
    }
    if !args.bump.is_empty() {
        let moved = bumped(&args.bump, &strip).map_err(|error| match error {
            Bump::Label(error) => Failure::Usage(format!("--bump: {error}")),
            Bump::NotQuoted(contract) => {
                let strips = std::iter::once(&strip).chain(strip.beside());
                let symbols = |strip: &Strip| -> Vec<String> {
                    strip.prices().map(|(month, _)| strip.product().contract(month).symbol()).collect()
                };
                let quoted: Vec<String> = strips.flat_map(symbols).collect();
                let hint = format!("the file has {}", quoted.join(", "));
                Failure::of_input_with(&file.name, &WhatIfError::NotQuoted(contract), Some(&hint))
            }
            Bump::OffScale(contract) => {
                Failure::Usage(format!("--bump: {} would leave the scale of prices, 0 to 200", contract.symbol()))
            }
        })?;
        let prices: BTreeMap<Contract, Price> = moved.iter().map(|(contract, _, price)| (*contract, *price)).collect();
        if prices.len() < moved.len() {
            return Err(Failure::Usage("--bump: expected each contract once".to_owned()));
        }
        let then = what_if.with_contract_prices(&prices).map_err(refused)?;
        let told = path.notices();
        let new: Vec<_> = then.path().notices().iter().filter(|notice| !told.contains(notice)).cloned().collect();
        warn(messages, None, &new);
        return Ok(out.render(&report::other_prices((outlook, &then), &moved, &selection), report));
    }
    let beside = what_if.sofr_bumped().map_err(refused)?;
    Ok(out.render(&report::jacobian(what_if.jacobian(), &beside, &selection), report))
}

/// Whether a probability was perhaps meant as a share: more than none, less than one percent.
fn is_below_one_percent(probability: &Probability) -> bool {
    let percent = probability.percent();
    !percent.is_zero() && percent < Fraction::integer(1)
}

/// The move whose probability is asked for where none is named: one step the way the meeting is priced.
fn towards(what_if: &WhatIf, meeting: NaiveDate) -> i64 {
    let moves = what_if.jacobian().moves(meeting);
    if moves.is_some_and(|moves| moves.value > Fraction::zero()) { 1 } else { -1 }
}

enum Bump {
    Label(ContractError),
    NotQuoted(Contract),
    OffScale(Contract),
}

/// Each contract with its quoted and its other price.
fn bumped(bumps: &[(String, BasisPoints)], strip: &Strip) -> Result<Vec<(Contract, Price, Price)>, Bump> {
    let price = |(label, bp): &(String, BasisPoints)| {
        let contract = contract(label, Some(strip.as_of())).map_err(Bump::Label)?;
        let own = strip.of(contract.product());
        let quoted = own.and_then(|strip| strip.price(contract.month())).ok_or(Bump::NotQuoted(contract))?;
        let moved = quoted.moved(bp).ok_or(Bump::OffScale(contract))?;
        Ok((contract, quoted, moved))
    };
    bumps.iter().map(price).collect()
}

/// A contract by its symbol; a month alone is that of fed funds futures.
fn contract(label: &str, day: Option<NaiveDate>) -> Result<Contract, ContractError> {
    Contract::parse(label, day)
        .or_else(|_| ContractMonth::parse(label, day).map(|month| Product::default().contract(month)))
}

/// A probability in percent, from 0 to 100.
pub(super) fn percent(text: &str) -> Result<Probability, String> {
    let expected = || "expected a probability in percent from 0 to 100, such as 65".to_owned();
    let percent: Fraction = text.strip_suffix('%').unwrap_or(text).trim_end().parse().map_err(|_| expected())?;
    Probability::new(&percent / &Fraction::integer(100)).map_err(|_| expected())
}

/// A change of the range in basis points that is a whole number of 25 bp steps.
pub(super) fn whole_moves(text: &str) -> Result<i64, String> {
    let expected = || "expected a multiple of 25 basis points, at most 1000 either way, such as -25bp".to_owned();
    let bp: BasisPoints = text.parse().map_err(|_| expected())?;
    let bp: i64 = bp.exact().to_string().parse().map_err(|_| expected())?;
    let step = CentralBank::FED.step_bp();
    if bp % step == 0 && bp.abs() <= 1000 { Ok(bp / step) } else { Err(expected()) }
}

/// The size of the largest change at a meeting, in moves of 25 bp.
pub(super) fn largest_move(text: &str) -> Result<i64, String> {
    match whole_moves(text)? {
        moves if moves > 0 => Ok(moves),
        _ => Err("expected a change of at least 25 basis points, such as 50bp".to_owned()),
    }
}

/// `2025-12-10=-25bp`: a meeting and the change of the range it decides on.
pub(super) fn outcome(text: &str) -> Result<(NaiveDate, BasisPoints), String> {
    let (day, change) = text.split_once('=').ok_or("expected a meeting and its change, such as 2025-12-10=-25bp")?;
    let steps = whole_moves(change)?;
    let bp = BasisPoints::from_exact(Fraction::integer(CentralBank::FED.moves_bp(steps)));
    Ok((super::dates::date(day)?, bp))
}

/// `ZQF26=-1bp`: a contract and the change of its price, a basis point being 0.01.
/// A year of one digit waits for the date of the quotes.
pub(super) fn bump(text: &str) -> Result<(String, BasisPoints), String> {
    let (label, change) = text.split_once('=').ok_or("expected a contract and a change, such as ZQF26=-1bp")?;
    match contract(label, None) {
        Ok(_) | Err(ContractError::NeedsTradeDate(_)) => {}
        Err(error) => return Err(error.to_string()),
    }
    Ok((label.to_owned(), super::values::shift(change)?))
}
