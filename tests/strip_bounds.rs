//! Bounds of a whole strip against brute force: the engine on every corner of the prices' intervals.

use fedpath::bounds::{Event, PriceIntervals};
use fedpath::what_if::Jacobian;
use fedpath::{Assumptions, ContractMonth, Fraction, Method, Outlook, Price, Snapshot, Strip, StripOptions, View};
use rust_decimal::Decimal;

use crate::support::{month, strip};

fn assumptions(method: Method) -> Assumptions {
    let mut assumptions = Assumptions::default();
    (assumptions.chain, assumptions.method) = (3, method);
    assumptions
}

/// The strip with each price at one end of its half tick, for every way to choose the ends.
fn corners(quoted: &Strip) -> Vec<Strip> {
    let contracts: Vec<(ContractMonth, Price)> = quoted.prices().collect();
    let moved = |corner: usize| {
        let prices = contracts.iter().enumerate().map(|(index, (contract, price))| {
            // Half of 0.0025 in the current month and before, half of 0.005 after.
            let half = if *contract <= month("2025-11") { Decimal::new(125, 5) } else { Decimal::new(25, 4) };
            let points = if corner >> index & 1 == 1 { price.points() + half } else { price.points() - half };
            (*contract, Price::from_points(points).unwrap())
        });
        crate::support::strip_of(quoted.as_of(), prices)
    };
    (0..1_usize << contracts.len()).map(moved).collect()
}

#[test]
fn the_bounds_of_a_small_strip_are_those_of_all_its_tick_corners() {
    let quoted = strip(
        "2025-11-21",
        "2025-11 96.12, 2025-12 96.18, 2026-01 96.215, 2026-02 96.285, 2026-03 96.34, 2026-04 96.43",
    );
    for method in [Method::FedWatch, Method::LeastSquares] {
        let assumptions = assumptions(method);
        let jacobian = Jacobian::new(&quoted, &assumptions).unwrap();
        let prices = PriceIntervals::half_ticks(&quoted);
        let bounds = jacobian.bounds(prices.clone()).unwrap();
        let corners: Vec<Outlook> =
            corners(&quoted).iter().map(|strip| Outlook::price(strip, &assumptions).unwrap()).collect();
        assert_eq!(corners.len(), 64);
        let ends = |figure: &dyn Fn(&Outlook) -> Fraction| {
            let values = || corners.iter().map(figure);
            (values().min().unwrap(), values().max().unwrap())
        };
        let (mut attained, mut all) = (0, 0);
        for (position, meeting) in jacobian.outlook().meetings().iter().enumerate() {
            let day = meeting.step.meeting.announcement();
            let rate = prices.bounds(jacobian.rate_after(day).unwrap());
            let brute = ends(&|outlook| outlook.meetings()[position].step.after.exact().clone());
            assert_eq!((rate.low, rate.high), brute, "rate after {day}");
            for view in [View::Meeting, View::Aggregated, View::Cumulative] {
                let outcomes = meeting.distribution(view);
                let events =
                    outcomes.outcomes().map(|(moves, _)| Event::Moves(moves)).chain([Event::Ease, Event::Hike]);
                for event in events {
                    let found = bounds.probability(position, view, event).unwrap();
                    let odds = |outlook: &Outlook| {
                        event.probability(&outlook.meetings()[position].distribution(view)).exact().clone()
                    };
                    let (low, high) = ends(&odds);
                    // No expected moves are near a whole number here, so without two meetings the ends are corners.
                    if view != View::Cumulative {
                        assert_eq!(
                            (found.low.probability.exact(), found.high.probability.exact()),
                            (&low, &high),
                            "{day} {event}"
                        );
                    }
                    for (bound, brute, beyond) in [
                        (&found.low, &low, found.low.probability.exact() <= &low),
                        (&found.high, &high, found.high.probability.exact() >= &high),
                    ] {
                        assert!(beyond, "{day} {view:?} {event}");
                        all += 1;
                        attained += usize::from(bound.is_attained() && bound.probability.exact() == brute);
                    }
                }
            }
        }
        // Nearly all are corners; the others lie where a price moves two meetings against each other.
        assert!(attained * 10 >= all * 9, "{method}: {attained} of {all}");
    }
}

#[test]
fn intervals_are_half_a_tick_or_bid_and_ask_widened_to_the_price() {
    let quotes = "# as_of: 2025-11-21\ncontract,settle,bid,ask\n2025-10,95.90,,\n2025-11,96.12,,\n2025-12,96.18,96.1825,96.19\n\
        2026-01,96.22,96.21,96.225\n2026-02,96.285,96.285,96.285\n";
    let strip = Strip::new(&Snapshot::parse(quotes).unwrap(), &StripOptions::default()).unwrap();
    let told = |intervals: &PriceIntervals| {
        let ends = strip.prices().map(|(contract, _)| {
            let Some(interval) = intervals.get(contract) else { return format!("{contract} exact") };
            format!("{contract} {:.5} {:.5}", interval.low, interval.high)
        });
        ends.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(told(&PriceIntervals::half_ticks(&strip)), @"
    2025-10 -0.00125 0.00125
    2025-11 -0.00125 0.00125
    2025-12 -0.00250 0.00250
    2026-01 -0.00250 0.00250
    2026-02 -0.00250 0.00250
    ");
    // December settled below its bid; February is known exactly, which `get` says as nothing.
    insta::assert_snapshot!(told(&PriceIntervals::bid_asks(&strip)), @"
    2025-10 -0.00125 0.00125
    2025-11 -0.00125 0.00125
    2025-12 0.00000 0.01000
    2026-01 -0.01000 0.00500
    2026-02 exact
    ");
}
