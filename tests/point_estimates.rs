//! Point estimates beside the bounds: closed forms, and prices made from a known distribution.

use fedpath::lattice::{EventBounds, LatticeEvent, LatticeOptions, PointMethod, QuoteLattice};
use fedpath::options::{OptionChain, OptionProduct, OptionQuote, OptionSide, Premium};
use fedpath::rust_decimal::Decimal;
use fedpath::{Assumptions, StartRate, Strip};

use crate::support::{date, month, strip};

const DECEMBER: &str = "2025-12-10";
const JANUARY: &str = "2026-01-28";

fn lattice(strip: &Strip, chains: &[OptionChain], meetings: usize, moves: i64, point: PointMethod) -> QuoteLattice {
    let mut assumptions = Assumptions::default();
    assumptions.chain = meetings;
    assumptions.start_rate = StartRate::Given("3.88".parse().unwrap());
    let mut options = LatticeOptions::default();
    (options.moves, options.discounted, options.point) = (-moves..=moves, false, Some(point));
    QuoteLattice::new(strip, &assumptions, chains, &[], &options).unwrap()
}

fn bounds(lattice: &QuoteLattice, meeting: &str, moves: i64) -> EventBounds {
    lattice.bounds(&LatticeEvent::moves(date(meeting), moves)).unwrap().unwrap()
}

fn point(lattice: &QuoteLattice, meeting: &str, moves: i64) -> Option<f64> {
    bounds(lattice, meeting, moves).point.map(|point| point.exact().to_f64())
}

fn assert_near(found: Option<f64>, wanted: f64) {
    assert!(found.is_some_and(|found| (found - wanted).abs() < 2e-5), "{found:?} for {wanted}");
}

/// Where only the mean is known, the most even odds are in geometric progression, and of the means that half a tick allows they
/// have the one nearest to no move at all: E. T. Jaynes' die.
#[test]
fn futures_alone_give_odds_in_geometric_progression() {
    let strip = strip("2025-11-21", "2025-12 96.1800");
    let lattice = lattice(&strip, &[], 1, 1, PointMethod::MaximumEntropy);
    // 96.1825 is 6.25 bp above 3.88 %, of which 21 of 31 days see the move.
    let mean: f64 = -(6.0 - 0.25) / 25.0 * 31.0 / 21.0;
    // -1 / x + x = mean (1 / x + 1 + x), solved for x.
    let x = (mean + (mean * mean + 4.0 * (1.0 - mean * mean)).sqrt()) / (2.0 * (1.0 - mean));
    let sum = 1.0 / x + 1.0 + x;
    for (moves, share) in [(-1, 1.0 / x), (0, 1.0), (1, x)] {
        assert_near(point(&lattice, DECEMBER, moves), share / sum);
        let found = bounds(&lattice, DECEMBER, moves);
        assert!(found.certified && found.allows(&found.point.clone().unwrap()));
    }
}

#[test]
fn where_quotes_are_silent_every_move_is_as_likely_and_the_meetings_before_do_not_change() {
    let strip = strip("2025-11-21", "2025-12 96.1800");
    let (one, two) = [1, 2].map(|meetings| lattice(&strip, &[], meetings, 1, PointMethod::MaximumEntropy)).into();
    for moves in -1..=1 {
        assert_near(point(&two, JANUARY, moves), 1.0 / 3.0);
        assert_near(point(&two, DECEMBER, moves), point(&one, DECEMBER, moves).unwrap());
    }
}

/// Options on December, priced from these shares of -2 to 2 moves and not rounded.
fn december_options(shares: [f64; 5]) -> OptionChain {
    let strikes = [96.0, 96.1, 96.2, 96.3, 96.4];
    let quotes = strikes.map(|strike| {
        let average = |moves: f64| 3.88 + 0.25 * moves * 21.0 / 31.0;
        let payoff = |moves: f64| (100.0 - average(moves) - strike).max(0.0);
        let value: f64 =
            shares.iter().zip([-2.0, -1.0, 0.0, 1.0, 2.0]).map(|(share, moves)| share * payoff(moves)).sum();
        let mut quote = OptionQuote::default();
        let decimal = |value: f64| Decimal::from_str_exact(&format!("{value:.12}")).unwrap();
        quote.settle = Some(Premium::Points(decimal(value)));
        (decimal(strike), OptionSide::Call, quote)
    });
    OptionChain::new(OptionProduct::FedFunds, month("2025-12"), quotes)
}

#[test]
fn least_squares_find_the_distribution_that_prices_were_made_from() {
    let shares = [0.05, 0.31, 0.52, 0.09, 0.03];
    let mean: f64 = shares.iter().zip([-2.0, -1.0, 0.0, 1.0, 2.0]).map(|(share, moves)| share * moves).sum();
    let price = 96.12 - 0.25 * mean * 21.0 / 31.0;
    let strip = strip("2025-11-21", &format!("2025-12 {:.4}", (price * 10_000.0).round() / 10_000.0));
    let lattice = lattice(&strip, &[december_options(shares)], 1, 2, PointMethod::CarlsonCraigMelick);
    for (moves, share) in (-2..=2).zip(shares) {
        let found = point(&lattice, DECEMBER, moves);
        // The future is quoted to four places.
        assert!(found.is_some_and(|found| (found - share).abs() < 3e-4), "{moves}: {found:?} for {share}");
    }
}

#[test]
fn what_least_squares_leave_open_has_no_estimate() {
    let strip = strip("2025-11-21", "2025-12 96.1800");
    // One price and five moves: nothing is determined. With three moves, neither; and without a hike, all is.
    let open = lattice(&strip, &[], 1, 2, PointMethod::CarlsonCraigMelick);
    assert!((-2..=2).all(|moves| point(&open, DECEMBER, moves).is_none()));
    let mut options = LatticeOptions::default();
    (options.moves, options.point) = (-1..=0, Some(PointMethod::CarlsonCraigMelick));
    let mut assumptions = Assumptions::default();
    (assumptions.chain, assumptions.start_rate) = (1, StartRate::Given("3.88".parse().unwrap()));
    let told = QuoteLattice::new(&strip, &assumptions, &[], &[], &options).unwrap();
    assert_near(point(&told, DECEMBER, -1), 6.0 / 25.0 * 31.0 / 21.0);
}

#[test]
fn no_estimate_is_made_where_none_is_asked_for() {
    let strip = strip("2025-11-21", "2025-12 96.1800");
    let mut assumptions = Assumptions::default();
    assumptions.start_rate = StartRate::Given("3.88".parse().unwrap());
    let told = QuoteLattice::new(&strip, &assumptions, &[], &[], &LatticeOptions::default()).unwrap();
    assert_eq!((told.point_method(), bounds(&told, DECEMBER, 0).point), (None, None));
}
