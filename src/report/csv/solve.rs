//! What-if as CSV.

use std::io::{self, Write};

use super::super::number::exact;
use super::super::{Selection, either};
use super::document;
use crate::outlook::{Event, FairPrice, Jacobian, Outlook, Wanted};
use crate::units::Fraction;

/// The price of each contract for a wanted probability: one row a contract.
///
/// # Errors
/// Where `out` cannot be written.
pub fn wanted_prices(wanted: &Wanted, out: &mut dyn Write) -> io::Result<()> {
    let header = ["meeting", "contract", "quoted", "price", "change_bp", "on_grid", "moves_on_grid"];
    let rows = wanted.prices.iter().map(|price| {
        vec![
            wanted.meeting.to_string(),
            price.contract.month().to_string(),
            price.quoted.to_string(),
            exact(&price.price),
            exact(price.change().exact()),
            exact(&price.on_grid),
            exact(&price.moves_on_grid),
        ]
    });
    document(&header, rows, out)
}

/// Fair prices under outcomes: one row a contract.
///
/// # Errors
/// Where `out` cannot be written.
pub fn fair_prices(prices: &[FairPrice], out: &mut dyn Write) -> io::Result<()> {
    let rows = prices.iter().map(|fair| {
        vec![
            fair.contract.month().to_string(),
            fair.quoted.to_string(),
            exact(&fair.price()),
            exact(&-fair.change().exact()),
            exact(&fair.profit()),
        ]
    });
    document(&["contract", "quoted", "fair_price", "change_bp", "gain_usd"], rows, out)
}

/// What other prices do: one row a meeting and target range.
///
/// # Errors
/// Where `out` cannot be written.
pub fn other_prices(
    (before, after): (&Outlook, &Outlook),
    selection: &Selection<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let meetings = before.meetings().iter().zip(after.meetings()).filter(|(now, _)| selection.includes(&now.step));
    let rows = meetings.flat_map(|(now, then)| {
        let (shown_now, shown_then) = (now.distribution(selection.view), then.distribution(selection.view));
        let row = |moves: i64| {
            let range = before.target().moved(moves);
            vec![
                now.step.meeting.announcement().to_string(),
                range.lower_bp().to_string(),
                range.upper_bp().to_string(),
                exact(shown_now.probability(moves).exact()),
                exact(shown_then.probability(moves).exact()),
            ]
        };
        either(&shown_now, &shown_then).into_iter().map(row).collect::<Vec<_>>()
    });
    document(&["meeting", "lower_bp", "upper_bp", "probability_quoted", "probability"], rows, out)
}

/// How the figures move with each price: one row a meeting and contract that moves it.
///
/// # Errors
/// Where `out` cannot be written.
pub fn jacobian(jacobian: &Jacobian, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "meeting",
        "contract",
        "rate_after_bp_per_bp",
        "ease_points_per_bp",
        "hold_points_per_bp",
        "hike_points_per_bp",
    ];
    let mut rows = Vec::new();
    for meeting in selection.meetings(jacobian.outlook()) {
        let day = meeting.step.meeting.announcement();
        let sides = [Event::Ease, Event::HOLD, Event::Hike].map(|event| jacobian.probability_slopes(day, event));
        for contract in jacobian.contracts() {
            let rate = jacobian.rate_after(day).map_or_else(Fraction::zero, |rate| rate.slope(*contract));
            let odds = sides.iter().map(|side| side.as_ref().and_then(|side| side.get(contract)).cloned());
            let odds = odds.map(|slope| slope.unwrap_or_else(Fraction::zero));
            let slopes: Vec<Fraction> = std::iter::once(rate).chain(odds).collect();
            if slopes.iter().any(|slope| !slope.is_zero()) {
                let mut row = vec![day.to_string(), contract.to_string()];
                row.extend(slopes.iter().map(exact));
                rows.push(row);
            }
        }
    }
    document(&header, rows, out)
}
