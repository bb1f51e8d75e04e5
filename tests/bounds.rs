//! Bounds of probabilities against brute force: every corner, many points inside, and the prices that each bound names.

use std::collections::BTreeMap;

use fedpath::bounds::{Event, Feasible, Interval, OutcomeBounds, PriceIntervals, ProbabilityBounds};
use fedpath::what_if::Linear;
use fedpath::{ContractMonth, Distribution, Fraction, View};
use proptest::prelude::*;

use crate::support::{fraction, month};

const VIEWS: [View; 3] = [View::Cumulative, View::Meeting, View::Aggregated];

/// Expected moves as linear functions of a few prices, and how far each price may lie from the quoted one.
#[derive(Debug, Clone)]
struct Case {
    moves: Vec<Linear>,
    prices: Vec<(ContractMonth, Interval)>,
}

fn contracts() -> impl Iterator<Item = ContractMonth> {
    std::iter::successors(Some(month("2026-01")), |month| Some(month.next()))
}

fn integer(value: i64) -> Fraction {
    Fraction::integer(value)
}

fn linear(value: &str, slopes: &[&str]) -> Linear {
    let slopes = contracts().zip(slopes.iter().map(|slope| fraction(slope)));
    let prices = slopes.map(|(contract, slope)| Linear::of_price(Fraction::zero(), contract, slope));
    prices.fold(Linear::constant(fraction(value)), |sum, price| sum.plus(&price))
}

impl Case {
    fn new(moves: Vec<Linear>, prices: &[(&str, &str)]) -> Self {
        let interval = |(low, high): &(&str, &str)| Interval { low: fraction(low), high: fraction(high) };
        Self { moves, prices: contracts().zip(prices.iter().map(interval)).collect() }
    }

    fn bounds(&self) -> OutcomeBounds {
        OutcomeBounds::new(self.moves.clone(), PriceIntervals::new(self.prices.clone()).unwrap()).unwrap()
    }

    /// The prices that lie these shares of the way through their intervals.
    fn prices_at(&self, shares: &[Fraction]) -> BTreeMap<ContractMonth, Fraction> {
        let at = |((contract, interval), share): (&(ContractMonth, Interval), &Fraction)| {
            (*contract, &interval.low + &(share * &(&interval.high - &interval.low)))
        };
        self.prices.iter().zip(shares).map(at).collect()
    }

    fn corners(&self) -> impl Iterator<Item = BTreeMap<ContractMonth, Fraction>> + '_ {
        (0..1_i64 << self.prices.len()).map(|corner| {
            let shares: Vec<Fraction> = (0..self.prices.len()).map(|price| integer(corner >> price & 1)).collect();
            self.prices_at(&shares)
        })
    }

    /// The outcomes after a meeting at some prices, by the definition of the view.
    fn outcomes(&self, meeting: usize, view: View, prices: &BTreeMap<ContractMonth, Fraction>) -> Distribution {
        let moves: Vec<Fraction> = self.moves[..=meeting].iter().map(|figure| figure.at(prices)).collect();
        match view {
            View::Meeting => Distribution::split(&moves[meeting]),
            View::Aggregated => Distribution::split(&moves.into_iter().fold(Fraction::zero(), |a, b| a + b)),
            _ => moves.iter().map(Distribution::split).reduce(|sum, next| sum.then(&next)).unwrap(),
        }
    }

    /// What has to hold of bounds whatever the case: they hold the probability at all these prices, and the prices
    /// that they name lie within their intervals and give what they say.
    fn check(&self, points: &[BTreeMap<ContractMonth, Fraction>]) -> (usize, usize) {
        let (mut attained, mut all) = (0, 0);
        let found = self.bounds();
        for (meeting, view) in (0..self.moves.len()).flat_map(|meeting| VIEWS.map(|view| (meeting, view))) {
            let outcomes: Vec<Distribution> =
                points.iter().map(|prices| self.outcomes(meeting, view, prices)).collect();
            let listed: Vec<i64> = found.outcomes(meeting, view).unwrap().iter().map(|(moves, _)| *moves).collect();
            for outcome in outcomes.iter().flat_map(Distribution::outcomes) {
                assert!(listed.contains(&outcome.0), "{self:?}: {} not among {listed:?}", outcome.0);
            }
            let events = listed.into_iter().map(Event::Moves).chain([Event::Ease, Event::HOLD, Event::Hike]);
            for event in events {
                let ProbabilityBounds { low, high } = found.probability(meeting, view, event).unwrap();
                for outcomes in &outcomes {
                    let probability = event.probability(outcomes);
                    let held = low.reached <= probability && probability <= high.reached;
                    let held_by_bounds = low.probability <= probability && probability <= high.probability;
                    let exact = low.is_attained() && high.is_attained();
                    assert!(
                        held_by_bounds && (held || !exact),
                        "{self:?}: {event} of {meeting} {view:?}: {probability}"
                    );
                }
                assert!(low.probability <= low.reached && high.reached <= high.probability);
                for bound in [&low, &high] {
                    for (contract, points) in &bound.at {
                        let (_, interval) = self.prices.iter().find(|(other, _)| other == contract).unwrap();
                        assert!(interval.low <= *points && *points <= interval.high);
                    }
                    let there = event.probability(&self.outcomes(meeting, view, &bound.at));
                    assert_eq!(there, bound.reached, "{self:?}: {event} of {meeting} {view:?} at {:?}", bound.at);
                    all += 1;
                    attained += usize::from(bound.is_attained());
                    assert!(view == View::Cumulative || bound.is_attained());
                }
            }
        }
        (attained, all)
    }
}

/// Three to five prices, two to four meetings; slopes as in a strip (neighbours against each other) or any at all.
fn cases() -> impl Strategy<Value = Case> {
    let prices = prop::collection::vec((0_i64..12, 0_i64..12), 3..=5);
    let values = prop::collection::vec(-30_i64..30, 2..=4);
    let slopes = prop::collection::vec(-5_i64..=5, 20);
    (prices, values, slopes, any::<bool>()).prop_map(|(prices, values, slopes, chained)| {
        let interval = |(low, high): (i64, i64)| Interval {
            low: Fraction::ratio(-low, 400).unwrap(),
            high: Fraction::ratio(high, 400).unwrap(),
        };
        let prices: Vec<_> = contracts().zip(prices.into_iter().map(interval)).collect();
        let count = prices.len();
        let figure = |(meeting, value): (usize, i64)| {
            let slope = |(price, (contract, _)): (usize, &(ContractMonth, Interval))| {
                let slope = match (chained, price.checked_sub(meeting)) {
                    (false, _) => slopes[meeting * count + price],
                    (true, Some(0)) => 4,
                    (true, Some(1)) => -4,
                    (true, _) => 0,
                };
                Linear::of_price(Fraction::zero(), *contract, integer(slope))
            };
            // Twentieths, so that whole numbers are common.
            let value = Linear::constant(Fraction::ratio(value, 20).unwrap());
            prices.iter().enumerate().map(slope).fold(value, |sum, price| sum.plus(&price))
        };
        Case { moves: values.into_iter().enumerate().map(figure).collect(), prices }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn no_prices_within_their_intervals_leave_the_bounds(
        case in cases(),
        inside in prop::collection::vec(prop::collection::vec(0_i64..=16, 5), 40),
    ) {
        let shares = |point: &Vec<i64>| -> Vec<Fraction> {
            point.iter().map(|share| Fraction::ratio(*share, 16).unwrap()).collect()
        };
        let inside = inside.iter().map(|point| case.prices_at(&shares(point)));
        let points: Vec<_> = case.corners().chain(inside).collect();
        case.check(&points);
    }

    #[test]
    fn a_linear_figure_is_bounded_by_its_corners(case in cases()) {
        let prices = PriceIntervals::new(case.prices.clone()).unwrap();
        for figure in &case.moves {
            let values: Vec<Fraction> = case.corners().map(|prices| figure.at(&prices)).collect();
            let bounds = prices.bounds(figure);
            prop_assert_eq!(Some(&bounds.low), values.iter().min());
            prop_assert_eq!(Some(&bounds.high), values.iter().max());
        }
    }
}

/// Against every distribution on a grid: all ways to put so many sixths on five outcomes.
#[test]
fn what_a_mean_allows_holds_every_distribution_with_it() {
    const SHARES: i64 = 6;
    for lowest in [-4, -2, -1, 1] {
        let moves: Vec<i64> = (lowest..lowest + 5).collect();
        let mut seen: BTreeMap<Fraction, Vec<Vec<i64>>> = BTreeMap::new();
        for code in 0..(SHARES + 1).pow(4) {
            let mut shares: Vec<i64> = (0..4).map(|place| code / (SHARES + 1).pow(place) % (SHARES + 1)).collect();
            shares.push(SHARES - shares.iter().sum::<i64>());
            if shares[4] >= 0 {
                let sum: i64 = moves.iter().zip(&shares).map(|(moves, share)| moves * share).sum();
                seen.entry(Fraction::ratio(sum, SHARES).unwrap()).or_default().push(shares);
            }
        }
        assert_eq!(seen.len(), 25);
        for (mean, distributions) in seen {
            let feasible = Feasible::new(&mean, lowest, lowest + 4).unwrap();
            for event in (lowest - 1..lowest + 6).map(Event::Moves).chain([Event::Ease, Event::Hike]) {
                let (low, high) = feasible.bounds(event);
                for shares in &distributions {
                    let held = moves.iter().zip(shares).filter(|(moves, _)| event.holds(**moves));
                    let probability = Fraction::ratio(held.map(|(_, share)| share).sum(), SHARES).unwrap();
                    assert!(low.exact() <= &probability && &probability <= high.exact());
                }
                // And each end is a distribution on two outcomes.
                let two = two_point_probabilities(&mean, &moves, event);
                assert_eq!(two.iter().min(), Some(low.exact()), "{mean} {moves:?} {event}");
                assert_eq!(two.iter().max(), Some(high.exact()), "{mean} {moves:?} {event}");
            }
        }
    }
}

/// The probability of an event under every distribution on at most two outcomes with a mean.
fn two_point_probabilities(mean: &Fraction, moves: &[i64], event: Event) -> Vec<Fraction> {
    let mut found = Vec::new();
    for (low, high) in moves.iter().flat_map(|low| moves.iter().map(move |high| (*low, *high))) {
        let share = match (mean - &integer(low)).checked_div(&integer(high - low)) {
            Some(share) if low < high => share,
            None if *mean == integer(low) => integer(1),
            _ => continue,
        };
        if !share.is_negative() && share <= integer(1) {
            let counts = |moves| integer(i64::from(event.holds(moves)));
            found.push(&(&share * &counts(high)) + &(&(&integer(1) - &share) * &counts(low)));
        }
    }
    found
}

fn shown(case: &Case, meeting: usize, view: View, event: Event) -> String {
    let ProbabilityBounds { low, high } = case.bounds().probability(meeting, view, event).unwrap();
    let sign = |attained: bool| if attained { "" } else { " (bound)" };
    format!("{}{} to {}{}", low.probability, sign(low.is_attained()), high.probability, sign(high.is_attained()))
}

#[test]
fn a_price_interval_goes_around_the_quote() {
    let outside = Interval { low: fraction("0.0025"), high: fraction("0.005") };
    let error = PriceIntervals::new([(month("2026-01"), outside)]).unwrap_err().to_string();
    insta::assert_snapshot!(
        error,
        @"expected an interval around the quoted price of ZQF26, found one from 0.0025 to 0.005 points away from it"
    );
}

#[test]
fn around_a_whole_number_of_moves_the_hold_is_certain_at_most() {
    // 0.005 expected moves, give or take 0.025.
    let case = Case::new(vec![linear("0.005", &["10"])], &[("-0.0025", "0.0025")]);
    for view in VIEWS {
        assert_eq!(shown(&case, 0, view, Event::HOLD), "97% to 100%");
        assert_eq!(shown(&case, 0, view, Event::Ease), "0% to 2%");
        assert_eq!(shown(&case, 0, view, Event::Hike), "0% to 3%");
        assert_eq!(shown(&case, 0, view, Event::Moves(2)), "0% to 0%");
        let listed = case.bounds().outcomes(0, view).unwrap();
        assert_eq!(listed.iter().map(|(moves, _)| *moves).collect::<Vec<_>>(), [-1, 0, 1]);
    }
}

#[test]
fn a_chain_in_which_nothing_is_priced() {
    // Each price moves two meetings against each other; the first and the last one move one.
    let moves = vec![linear("0", &["4", "-4"]), linear("0", &["0", "4", "-4"]), linear("0", &["0", "0", "4", "-4"])];
    let case = Case::new(moves, &[("-0.0025", "0.0025"); 4]);
    let bounds = case.bounds().probability(2, View::Cumulative, Event::HOLD).unwrap();
    assert_eq!(bounds.high.probability.to_string(), "100%");
    assert!(bounds.high.is_attained() && bounds.high.at.is_empty());
    let corners = case.corners().map(|prices| Event::HOLD.probability(&case.outcomes(2, View::Cumulative, &prices)));
    assert_eq!(Some(bounds.low.probability.clone()), corners.min());
    assert!(bounds.low.is_attained());
}

#[test]
fn a_chain_in_which_hardly_anything_is_priced() {
    // Expected moves on both sides of none, slopes as the FedWatch rule gives them, half a tick.
    let moves = vec![
        linear("0.0041", &["4", "-8.3", "5.1", "-0.8"]),
        linear("-0.0079", &["0", "8.3", "-9.9", "1.6"]),
        linear("0.0238", &["0", "0", "4.8", "-4.8"]),
        linear("0.04", &["0", "0", "0", "4", "-4"]),
    ];
    let case = Case::new(moves, &[("-0.0025", "0.0025"); 5]);
    let halves = |code: i64| -> Vec<Fraction> {
        (0..5).map(|place| Fraction::ratio(code / 3_i64.pow(place) % 3, 2).unwrap()).collect()
    };
    case.check(&(0..3_i64.pow(5)).map(|code| case.prices_at(&halves(code))).collect::<Vec<_>>());
    // What is not attained is close to what was found.
    let bounds = case.bounds().probability(3, View::Cumulative, Event::HOLD).unwrap();
    for bound in [&bounds.low, &bounds.high] {
        assert!((&bound.probability - &bound.reached).abs() < fraction("0.005"), "{bound:?}");
    }
}

#[test]
fn a_price_that_moves_two_meetings_has_its_extremum_inside() {
    // Hikes of 0.5 + t and 0.5 - t: no move has (0.5 - t)(0.5 + t) = 0.25 - t^2, one move 0.5 + 2 t^2.
    let case = Case::new(vec![linear("0.5", &["4"]), linear("0.5", &["-4"])], &[("-0.025", "0.05")]);
    assert_eq!(shown(&case, 1, View::Cumulative, Event::HOLD), "21% to 25%");
    assert_eq!(shown(&case, 1, View::Cumulative, Event::Moves(1)), "50% to 58%");
    assert_eq!(shown(&case, 1, View::Cumulative, Event::Moves(2)), "21% to 25%");
    // The quote is not the top: 0.48 + t and 0.53 - t meet at t = 0.025.
    let case = Case::new(vec![linear("0.48", &["4"]), linear("0.53", &["-4"])], &[("-0.025", "0.05")]);
    assert_eq!(shown(&case, 1, View::Cumulative, Event::Moves(2)), "22.44% to 25.5025%");
}

#[test]
fn a_kink_between_two_ends_is_found() {
    // One meeting at 0.35 cuts, then one around none: the hold is likeliest where the second is exactly none.
    let case = Case::new(vec![linear("-0.35", &[]), linear("0.004", &["4"])], &[("-0.0025", "0.0025")]);
    assert_eq!(shown(&case, 1, View::Cumulative, Event::HOLD), "64.58% to 65%");
    let bounds = case.bounds().probability(1, View::Cumulative, Event::HOLD).unwrap();
    assert_eq!(bounds.high.at, BTreeMap::from([(month("2026-01"), fraction("-0.001"))]));
}

#[test]
fn nothing_is_too_much() {
    let none = OutcomeBounds::new(Vec::new(), PriceIntervals::default()).unwrap();
    assert_eq!((none.meetings(), none.outcomes(0, View::Cumulative)), (0, None));
    assert_eq!(none.probability(0, View::Meeting, Event::Ease), None);

    let known = Case::new(vec![linear("0.25", &["4"]), linear("999.5", &["-4"])], &[]);
    assert_eq!(shown(&known, 1, View::Cumulative, Event::Moves(1000)), "50% to 50%");
    assert_eq!(shown(&known, 1, View::Cumulative, Event::Moves(i64::MIN)), "0% to 0%");
    assert_eq!(shown(&known, 1, View::Aggregated, Event::Moves(i64::MAX)), "0% to 0%");

    let wide = Case::new(vec![linear("0", &["1"]), linear("0.5", &["-1"])], &[("-900", "900")]);
    assert_eq!(shown(&wide, 1, View::Cumulative, Event::HOLD), "0% (bound) to 100% (bound)");
    assert_eq!(shown(&wide, 1, View::Aggregated, Event::HOLD), "50% to 50%");
    let wider = Case::new(vec![linear("0", &["1"]), linear("0.5", &["-1"])], &[("-9", "30")]);
    wider.check(&wider.corners().collect::<Vec<_>>());

    let far = OutcomeBounds::new(
        vec![linear("0", &["4"]), linear("1000", &["4"])],
        PriceIntervals::within([(month("2026-01"), fraction("-0.05"))]),
    );
    insta::assert_snapshot!(
        far.unwrap_err().to_string(),
        @"expected at most 1,000 moves of 25 bp at a meeting, found 999.8 to 1000.2 at meeting 2 of the chain"
    );
}

#[test]
fn nearly_all_bounds_of_a_priced_chain_are_attained() {
    // Five meetings of a cutting cycle, slopes as the FedWatch rule gives them, half a tick.
    let moves = vec![
        linear("-0.35", &["4", "-4.4", "0.4"]),
        linear("-0.31", &["0", "4.4", "-4.4"]),
        linear("-0.21", &["0", "0", "4", "-4.1", "0.1"]),
        linear("-0.22", &["0", "0", "0", "4.1", "-4.1"]),
        linear("-0.44", &["0", "0", "0", "0", "4", "-4"]),
    ];
    let case = Case::new(moves, &[("-0.0025", "0.0025"); 6]);
    let (attained, all) = case.check(&case.corners().collect::<Vec<_>>());
    assert!(attained * 10 >= all * 9, "{attained} of {all}");
}
