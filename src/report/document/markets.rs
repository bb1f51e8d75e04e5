//! Prediction markets beside the odds and the bounds: `fedpath.probs/1`, with `markets`.

use super::super::Selection;
use super::basis::basis;
use super::columns;
use super::probs::{ending, heading};
use super::{Document, Shown, Table, Value, data, number, words};
use crate::lattice::{Beyond, MarketCheck};
use crate::outlook::Outlook;
use crate::quotes::markets::{MarketOutcome, MarketQuote};
use crate::text::printable;
use crate::units::{Fraction, Probability};

/// What prediction markets pay for outcomes, beside the rule's odds and the bounds of all other quotes. `told` says of the bounds
/// what they are of, `left_out` which rows are not compared.
#[must_use]
pub fn markets<'a>(
    outlook: &'a Outlook,
    checks: &'a [MarketCheck],
    told: &str,
    left_out: &[String],
    selection: &Selection<'_>,
) -> Document<'a> {
    type Row<'r> = &'r MarketCheck;
    let rule = move |row: &Row<'a>| by_rule(outlook, &row.quote);
    let low = |row: &Row<'a>| Value::from(row.bounds.as_ref().map(|bounds| &bounds.low));
    let high = |row: &Row<'a>| Value::from(row.bounds.as_ref().map(|bounds| &bounds.high));
    let fee = checks.first().map_or_else(Fraction::zero, |check| check.fee.clone());
    let after = match &fee {
        none if none.is_zero() => "No fee is taken off; --fee does.".to_owned(),
        fee => format!("After a fee of {} dollars a contract.", fee.shortest()),
    };
    let table = Table::new(
        "markets",
        checks,
        [
            words("meeting", "Meeting", |row: &Row<'a>| row.quote.meeting),
            words("outcome", "Outcome", |row: &Row<'a>| printable(&row.quote.label)),
            number("rule", "The rule", Shown::Percent(1), rule),
            number("low", "Least", Shown::Percent(1), low).with_exact(),
            number("high", "Most", Shown::Percent(1), high).with_exact(),
            data("certified", |row: &Row<'a>| row.bounds.as_ref().is_some_and(|bounds| bounds.certified)),
            number("bid", "Bid", Shown::Percent(1), |row: &Row<'a>| Value::from(&row.quote.bid)),
            number("ask", "Ask", Shown::Percent(1), |row: &Row<'a>| Value::from(&row.quote.ask)),
            words("beyond", "", |row: &Row<'a>| row.beyond().map(|beyond| side(&beyond).0)).no_text(),
            number("beyond_points", "", Shown::Plain, |row: &Row<'a>| row.beyond().map(|beyond| points(&beyond)))
                .no_text(),
            words("", "The market", |row: &Row<'a>| in_words(row)).text_only(),
        ],
    );
    let document = heading(outlook, selection)
        .text_block("Prediction markets beside the odds and what all other quotes allow, %")
        .text_block(basis(outlook.path(), selection))
        .more_text(told)
        .more_text(after)
        .member("fee_dollars", fee)
        .member("bounds_of", told)
        .json_table(Table::new(
            "meetings",
            columns::shown_meetings(outlook, selection),
            columns::meeting(outlook.target()),
        ))
        .table(table)
        .each(left_out, |document, line| document.more_text(line.clone()));
    ending(document, outlook, selection)
}

/// What the rule gives the outcome of a market.
fn by_rule(outlook: &Outlook, quote: &MarketQuote) -> Option<Probability> {
    let meeting = outlook.meeting(quote.meeting)?;
    let (target, local, cumulative) = (outlook.target(), &meeting.local, &meeting.cumulative);
    let sum = |odds: &crate::outlook::Distribution, counts: &dyn Fn(i64) -> bool| {
        let counted = odds.outcomes().filter(|(moves, _)| counts(*moves));
        Probability::new(counted.map(|(_, probability)| probability.exact().clone()).sum()).ok()
    };
    let upper = |moves: i64| target.moved(moves).upper().exact().clone();
    match &quote.outcome {
        MarketOutcome::Moves(least, most) => {
            sum(local, &|moves| least.is_none_or(|least| moves >= least) && most.is_none_or(|most| moves <= most))
        }
        MarketOutcome::Range(_, bound) => sum(cumulative, &|moves| upper(moves) == *bound.exact()),
        MarketOutcome::Beyond(side, rate) => sum(cumulative, &|moves| upper(moves).cmp(rate.exact()) == *side),
    }
}

fn side(beyond: &Beyond) -> (&'static str, &Fraction) {
    match beyond {
        Beyond::Cheap(by) => ("cheap", by),
        Beyond::Dear(by) => ("dear", by),
    }
}

fn points(beyond: &Beyond) -> Fraction {
    side(beyond).1 * &Fraction::integer(100)
}

fn in_words(check: &MarketCheck) -> String {
    match (&check.bounds, check.beyond()) {
        (None, _) => "not compared".to_owned(),
        (_, None) => "agrees".to_owned(),
        (_, Some(beyond)) => format!("too {} by {:.1} points", side(&beyond).0, points(&beyond)),
    }
}
