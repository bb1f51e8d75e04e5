//! What-if: wanted prices, fair prices under outcomes, other prices, and how every figure moves with every price.

use std::collections::BTreeMap;
use std::io::{self, Write};

use chrono::NaiveDate;

use super::super::{Selection, grid};
use crate::market::bank::CentralBank;
use crate::market::contract::ContractMonth;
use crate::outlook::{Event, FairPrice, Jacobian, Outlook, View, Wanted};
use crate::rule::PolicyPath;
use crate::units::{BasisPoints, Fraction, Price};

/// Prints what each contract would have to trade at for a wanted probability.
///
/// # Errors
/// Where `out` cannot be written.
pub fn wanted_prices(
    path: &PolicyPath,
    wanted: &Wanted,
    selection: &Selection<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (meeting, bp) = (wanted.meeting, CentralBank::FED.moves_bp(wanted.outcome));
    writeln!(out, "Price for a move of {bp:+} bp on {meeting} with {:.1} %\n", wanted.probability.percent())?;
    super::basis(path, selection, out)?;
    writeln!(out, "Expected moves of the meeting: {:+.4} now, {:+.4} wanted.", wanted.moves_now, wanted.moves)?;
    if wanted.prices.is_empty() {
        return writeln!(out, "No contract moves this meeting.");
    }
    writeln!(out, "Each price alone does it, all others as quoted.\n")?;
    let headings = [
        grid::text("Contract"),
        grid::number("Quoted"),
        grid::number("Price"),
        grid::number("Change bp"),
        grid::number("Moves/bp"),
        grid::number("On grid"),
        grid::number("Moves there"),
    ];
    let rows = wanted.prices.iter().map(|price| {
        vec![
            price.contract.symbol(),
            price.quoted.to_string(),
            format!("{:.6}", price.price),
            format!("{:+.2}", price.change().exact()),
            format!("{:+.4}", &price.moves_per_point * &hundredth()),
            format!("{:.4}", price.on_grid),
            format!("{:+.4}", price.moves_on_grid),
        ]
    });
    write!(out, "{}", grid::table(&headings, rows, 2))?;
    if selection.explain {
        for price in &wanted.prices {
            writeln!(out, "\nHow the price of {} is made", price.contract.symbol())?;
            super::steps(&wanted.steps(price.contract), out)?;
        }
    }
    Ok(())
}

/// Prints the fair price of every contract, and what one contract bought gains, if meetings change the range by so much.
///
/// # Errors
/// Where `out` cannot be written.
pub fn fair_prices(
    path: &PolicyPath,
    outcomes: &[(NaiveDate, BasisPoints)],
    prices: &[FairPrice],
    selection: &Selection<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let told: Vec<String> = outcomes.iter().map(|(day, bp)| format!("{:+} on {day}", bp.exact())).collect();
    writeln!(out, "Fair prices if the range moves, bp: {}\n", told.join(", "))?;
    super::basis(path, selection, out)?;
    writeln!(out, "The expected changes of the other meetings stay as they are. Gain of one contract bought at its")?;
    writeln!(out, "quoted price, at ${} a basis point.\n", path.product().value_of_basis_point())?;
    let headings = [
        grid::text("Contract"),
        grid::text("Month"),
        grid::number("Quoted"),
        grid::number("Fair"),
        grid::number("Change bp"),
        grid::number("Gain $"),
    ];
    let rows = prices.iter().map(|fair| {
        vec![
            fair.contract.symbol(),
            fair.contract.words(),
            fair.quoted.to_string(),
            format!("{:.4}", fair.price()),
            format!("{:+.2}", -fair.change().exact()),
            format!("{:+.2}", fair.profit()),
        ]
    });
    write!(out, "{}", grid::table(&headings, rows, 2))?;
    if selection.explain {
        for fair in prices.iter().filter(|fair| !fair.parts.is_empty()) {
            writeln!(out, "\nHow the price of {} is made", fair.contract.symbol())?;
            super::steps(&fair.steps(), out)?;
        }
    }
    Ok(())
}

/// Prints what other prices of some contracts do to every meeting.
///
/// # Errors
/// Where `out` cannot be written.
pub fn other_prices(
    (before, after): (&Outlook, &Outlook),
    prices: &[(ContractMonth, Price, Price)],
    selection: &Selection<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let product = before.path().product();
    let told = |(contract, quoted, price): &(ContractMonth, Price, Price)| {
        format!("{} at {price} instead of {quoted}", product.contract(*contract).symbol())
    };
    writeln!(out, "With {}\n", prices.iter().map(told).collect::<Vec<_>>().join(", "))?;
    super::basis(before.path(), selection, out)?;
    let odds = match selection.view {
        View::Cumulative => "Cumulative odds, %",
        View::Meeting => "Odds of the move at each meeting alone, %",
        View::Aggregated => "Odds of the expected change from today split between two ranges, %",
    };
    writeln!(out, "{odds}; expected rate after the meeting, %\n")?;
    let headings = [
        grid::text("Meeting"),
        grid::number("Ease\nquoted"),
        grid::number("\nthen"),
        grid::number("\npoints"),
        grid::number("Hike\nquoted"),
        grid::number("\nthen"),
        grid::number("\npoints"),
        grid::number("Rate %\nquoted"),
        grid::number("\nthen"),
        grid::number("\nbp"),
    ];
    let rows = before.meetings().iter().zip(after.meetings()).filter(|(now, _)| selection.includes(&now.step));
    let rows = rows.map(|(now, then)| {
        let mut row = vec![now.step.meeting.announcement().to_string()];
        let (shown_now, shown_then) = (now.distribution(selection.view), then.distribution(selection.view));
        for (now, then) in [(shown_now.ease(), shown_then.ease()), (shown_now.hike(), shown_then.hike())] {
            row.extend([format!("{:.1}", now.percent()), format!("{:.1}", then.percent())]);
            row.push(format!("{:+.1}", &then.percent() - &now.percent()));
        }
        row.extend([&now.step.after, &then.step.after].map(|rate| format!("{:.4}", rate.percent())));
        row.push(format!("{:+.2}", (&then.step.after - &now.step.after).exact()));
        row
    });
    write!(out, "{}", grid::table(&headings, rows, 2))?;
    if selection.explain {
        for meeting in selection.meetings(after) {
            if let Some(derivation) = after.derivation(meeting.step.meeting.announcement(), selection.view) {
                super::explain(&derivation, out)?;
            }
        }
    }
    Ok(())
}

/// Prints how the odds of a lower range and the expected rate after each meeting move with each price.
///
/// # Errors
/// Where `out` cannot be written.
pub fn jacobian(jacobian: &Jacobian, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    let product = jacobian.outlook().path().product();
    writeln!(out, "How the figures move with a price that rises by 1 bp (0.01)\n")?;
    super::basis(jacobian.outlook().path(), selection, out)?;
    let meetings: Vec<NaiveDate> =
        selection.meetings(jacobian.outlook()).map(|meeting| meeting.step.meeting.announcement()).collect();
    let mut headings = vec![grid::text("Contract")];
    headings.extend(meetings.iter().map(|day| grid::number(day.format("%Y-\n%m-%d").to_string())));
    let table = |cell: &dyn Fn(NaiveDate, ContractMonth) -> Option<Fraction>| {
        let rows = jacobian.contracts().iter().filter(|contract| moves_any(jacobian, &meetings, **contract));
        let rows = rows.map(|contract| {
            let mut row = vec![product.contract(*contract).symbol()];
            row.extend(meetings.iter().map(|day| match cell(*day, *contract) {
                Some(value) if !value.is_zero() => format!("{value:+.2}"),
                _ => "-".to_owned(),
            }));
            row
        });
        grid::table(&headings, rows, 1)
    };
    writeln!(out, "Odds of a lower range after the meeting, points\n")?;
    let slopes: BTreeMap<NaiveDate, BTreeMap<ContractMonth, Fraction>> =
        meetings.iter().filter_map(|day| Some((*day, jacobian.probability_slopes(*day, Event::Ease)?))).collect();
    let ease = |day, contract| slopes.get(&day)?.get(&contract).cloned();
    write!(out, "{}", table(&ease))?;
    writeln!(out, "\nExpected rate after the meeting, bp\n")?;
    let rate = |day, contract| jacobian.rate_after(day).map(|rate| rate.slope(contract));
    write!(out, "{}", table(&rate))?;
    let silent: Vec<String> = jacobian
        .contracts()
        .iter()
        .filter(|contract| !moves_any(jacobian, &meetings, **contract))
        .map(|contract| product.contract(*contract).symbol())
        .collect();
    if !silent.is_empty() {
        writeln!(out, "\nNone of these figures moves with {}", silent.join(", "))?;
    }
    Ok(())
}

fn moves_any(jacobian: &Jacobian, meetings: &[NaiveDate], contract: ContractMonth) -> bool {
    let moved = |day: &NaiveDate| {
        let rates = [jacobian.rate_before(*day), jacobian.rate_after(*day)];
        rates.into_iter().flatten().any(|rate| !rate.slope(contract).is_zero())
    };
    meetings.iter().any(moved)
}

fn hundredth() -> Fraction {
    Fraction::ratio(1, 100).unwrap_or_else(Fraction::zero)
}
