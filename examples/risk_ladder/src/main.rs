//! A risk ladder: what a basis point on each contract does to the expected rate and the odds of every meeting.

use fedpath::bounds::Event;
use fedpath::what_if::Jacobian;
use fedpath::{Assumptions, ContractMonth, Error, Price, Strip};

const PRICES: [(&str, f64); 7] = [
    ("2025-11", 96.12),
    ("2025-12", 96.18),
    ("2026-01", 96.215),
    ("2026-02", 96.285),
    ("2026-03", 96.325),
    ("2026-04", 96.385),
    ("2026-05", 96.44),
];

fn main() -> Result<(), Error> {
    let read = |(contract, price): (&str, f64)| Ok::<_, Error>((contract.parse()?, Price::try_from(price)?));
    let prices: Vec<(ContractMonth, Price)> = PRICES.into_iter().map(read).collect::<Result<_, _>>()?;
    let strip = Strip::from_prices("2025-11-21".parse()?, prices)?;
    let jacobian = Jacobian::new(&strip, &Assumptions::default())?;
    println!("meeting     contract  rate after, bp  ease, points");
    for meeting in jacobian.outlook().meetings() {
        let day = meeting.announcement();
        let (Some(rate), Some(odds)) = (jacobian.rate_after(day), jacobian.probability_slopes(day, Event::Ease)) else {
            continue;
        };
        for contract in jacobian.contracts() {
            // Slopes are per point of price; a basis point is a hundredth of one, and a rate is in percent.
            let (rate, odds) = (rate.slope(*contract), odds.get(contract).cloned().unwrap_or_default());
            if !rate.is_zero() || !odds.is_zero() {
                println!("{day}  {contract}   {rate:>14.4}  {odds:>12.4}");
            }
        }
    }
    for notice in strip.notices() {
        eprintln!("{notice}");
    }
    Ok(())
}
