//! What-if against the engine itself: every answer, priced again, gives what was asked for.

use std::collections::BTreeMap;

use fedpath::bounds::Event;
use fedpath::path::PolicyError;
use fedpath::what_if::{Jacobian, WhatIf, WhatIfError};
use fedpath::{Assumptions, BasisPoints, ContractMonth, Fraction, Method, Outlook, PolicyPath, Price};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::support::{date, fraction, month, path, price, strip};

const QUOTES: &str = "2025-11 96.1200, 2025-12 96.1800, 2026-01 96.2150, 2026-02 96.2850, 2026-03 96.3250, \
    2026-04 96.3850, 2026-05 96.4400, 2026-06 96.4900, 2026-07 96.5600, 2026-08 96.6150";

fn four() -> Assumptions {
    let mut assumptions = Assumptions::default();
    assumptions.chain = 4;
    assumptions
}

/// The price so many hundred-thousandths of a point away.
fn bumped(quoted: Price, steps: i64) -> Price {
    Price::from_points(quoted.points() + Decimal::new(steps, 5)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// The slope holds for any move of a price, under either method.
    #[test]
    fn rates_move_by_their_slopes_however_far_a_price_moves(
        moves in prop::collection::vec(-40_000_i64..40_000, 10),
        together in any::<bool>(),
    ) {
        let mut assumptions = four();
        assumptions.method = if together { Method::LeastSquares } else { Method::FedWatch };
        let quoted = strip("2025-11-21", QUOTES);
        let jacobian = Jacobian::new(&quoted, &assumptions).unwrap();
        let moved = quoted.prices().zip(&moves).map(|((contract, price), steps)| (contract, bumped(price, *steps)));
        let moved = crate::support::strip_of(quoted.as_of(), moved);
        let points: BTreeMap<ContractMonth, Fraction> = quoted
            .prices()
            .map(|(contract, price)| (contract, &moved.price(contract).unwrap().exact() - &price.exact()))
            .collect();
        for step in PolicyPath::solve(&moved, &assumptions).unwrap().steps() {
            let meeting = step.meeting.announcement();
            prop_assert_eq!(&jacobian.rate_before(meeting).unwrap().at(&points), step.before.exact());
            prop_assert_eq!(&jacobian.rate_after(meeting).unwrap().at(&points), step.after.exact());
            prop_assert_eq!(jacobian.moves(meeting).unwrap().at(&points), step.expected_moves());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// A bump is what the whole engine makes of the other prices, with and without a landing spread.
    #[test]
    fn a_bump_gives_the_odds_that_the_bumped_prices_would(
        moves in prop::collection::vec(-4_000_i64..4_000, 10),
        landing in any::<bool>(),
    ) {
        let mut assumptions = four();
        if landing {
            assumptions.premia.set_landing("2bp".parse().unwrap()).unwrap();
        }
        let quoted = strip("2025-11-21", QUOTES);
        let jacobian = Jacobian::new(&quoted, &assumptions).unwrap();
        let moved = quoted.prices().zip(&moves).map(|((contract, price), steps)| (contract, bumped(price, *steps)));
        let moved = crate::support::strip_of(quoted.as_of(), moved);
        let rises: BTreeMap<ContractMonth, BasisPoints> = quoted
            .prices()
            .map(|(contract, price)| {
                let points = &moved.price(contract).unwrap().exact() - &price.exact();
                (contract, BasisPoints::from_exact(&points * &Fraction::integer(100)))
            })
            .collect();
        let bumped = jacobian.bump(&rises).unwrap();
        let outlook = Outlook::price(&moved, &assumptions).unwrap();
        prop_assert_eq!(bumped.len(), outlook.meetings().len());
        for meeting in outlook.meetings() {
            prop_assert_eq!(&bumped[&meeting.announcement()], &meeting.cumulative);
        }
    }
}

#[test]
fn a_bump_beyond_any_rate_is_refused() {
    let jacobian = Jacobian::new(&strip("2025-11-21", QUOTES), &four()).unwrap();
    let rise = "30000bp".parse().unwrap();
    assert!(matches!(jacobian.bump(&[(month("2026-01"), rise)].into()), Err(PolicyError::Gaps(_))));
}

/// December 2025 has its meeting between November and January, which the rule reads in its place.
#[test]
fn a_bump_of_a_contract_that_the_rule_does_not_read_says_so_and_names_those_it_reads() {
    let what_if = WhatIf::new(&strip("2025-11-21", QUOTES), four()).unwrap();
    let then = what_if.with_prices(&[(month("2025-12"), price("96.1900"))].into()).unwrap();
    let told: Vec<String> = then.path().notices().iter().map(ToString::to_string).collect();
    let sentence =
        "the rule does not read ZQZ25, so its price changes nothing; it reads ZQX25, ZQF26, ZQG26, ZQJ26, ZQK26";
    assert_eq!(told.last().map(String::as_str), Some(sentence));
    assert_eq!(then.meetings(), what_if.jacobian().outlook().meetings());
    let read = what_if.with_prices(&[(month("2026-01"), price("96.2250"))].into()).unwrap();
    assert_eq!(read.path().notices(), what_if.jacobian().outlook().path().notices());
}

/// The derivative at zero of the polynomial through the values at 0, 1, 2, ... steps, times a step: Lagrange, exactly.
fn derivative_at_zero(values: &[Fraction]) -> Fraction {
    let n = i64::try_from(values.len()).unwrap();
    let mut sum = Fraction::zero();
    for (j, value) in (0..n).zip(values) {
        // The derivative at zero of the j-th basis polynomial.
        let mut basis = Fraction::zero();
        for i in (0..n).filter(|i| *i != j) {
            let mut product = Fraction::ratio(1, j - i).unwrap();
            for k in (0..n).filter(|k| *k != j && *k != i) {
                product = &product * &Fraction::ratio(-k, j - k).unwrap();
            }
            basis = &basis + &product;
        }
        sum = &sum + &(&basis * value);
    }
    sum
}

#[test]
fn the_jacobian_is_the_exact_derivative_of_bumped_prices() {
    for method in [Method::FedWatch, Method::LeastSquares] {
        let mut assumptions = four();
        assumptions.method = method;
        let quoted = strip("2025-11-21", QUOTES);
        let jacobian = Jacobian::new(&quoted, &assumptions).unwrap();
        let mut compared = 0;
        for (contract, price) in quoted.prices() {
            // A probability after four meetings is a polynomial of degree four at most in one price.
            let outlooks: Vec<Outlook> = (0..=4)
                .map(|steps| {
                    Outlook::price(&quoted.with_price(contract, bumped(price, steps)).unwrap(), &assumptions).unwrap()
                })
                .collect();
            for meeting in outlooks[0].meetings() {
                let day = meeting.step.meeting.announcement();
                for (moves, _) in meeting.cumulative.outcomes() {
                    let odds =
                        |outlook: &Outlook| outlook.meeting(day).unwrap().cumulative.probability(moves).exact().clone();
                    let values: Vec<Fraction> = outlooks.iter().map(odds).collect();
                    let per_point = &derivative_at_zero(&values) * &fraction("100000");
                    let ours = jacobian.probability_per_point(day, contract, Event::Moves(moves)).unwrap();
                    assert_eq!(ours, per_point, "{contract} {day} {moves}");
                    compared += usize::from(!ours.is_zero());
                }
            }
        }
        assert!(compared > 50, "{compared}");
    }
}

#[test]
fn where_nothing_is_priced_a_rising_price_takes_probability_from_the_side_it_moves_to() {
    // A level strip: every meeting expects no move, a whole number, where probabilities have a kink.
    let level = strip("2025-11-21", "2025-11 96.12, 2025-12 96.12, 2026-01 96.12, 2026-02 96.12");
    let mut assumptions = four();
    assumptions.chain = 1;
    let jacobian = Jacobian::new(&level, &assumptions).unwrap();
    let december = date("2025-12-10");
    let slope = |contract: &str, side: Event| {
        format!("{:.4}", jacobian.probability_per_point(december, month(contract), side).unwrap())
    };
    // The change is 31/21 of December's average less November's. A higher November price is a lower start: hikes.
    let four_times = format!("{:.4}", &fraction("124") / &fraction("21"));
    assert_eq!(slope("2025-11", Event::Hike), four_times);
    assert_eq!(slope("2025-11", Event::HOLD), format!("-{four_times}"));
    assert_eq!(slope("2025-11", Event::Ease), "0.0000");
    // A higher December price is a lower end: cuts.
    assert_eq!(slope("2025-12", Event::Ease), four_times);
    assert_eq!(slope("2025-12", Event::Hike), "0.0000");
}

#[test]
fn a_wanted_price_priced_again_gives_the_wanted_probability() {
    let quoted = strip("2025-11-21", QUOTES);
    let assumptions = four();
    let what_if = WhatIf::new(&quoted, &assumptions).unwrap();
    let (december, january) = (date("2025-12-10"), date("2026-01-28"));
    let wanted = what_if.price_for(december, -1, &"65%".parse().unwrap()).unwrap();
    let november = wanted.prices.iter().find(|price| price.contract.month() == month("2025-11")).unwrap();
    assert_eq!(november.price, fraction("96.045"));
    let then = what_if.with_prices(&[(month("2025-11"), price("96.045"))].into()).unwrap();
    assert_eq!(then.meeting(december).unwrap().local.probability(-1).to_string(), "65%");
    // On the grid it is what the grid can give.
    for price in &wanted.prices {
        let on_grid = price.on_grid.to_string().parse::<Fraction>().unwrap();
        let points = Decimal::from_str_exact(&format!("{on_grid:.4}")).unwrap();
        let then =
            what_if.with_prices(&[(price.contract.month(), Price::from_points(points).unwrap())].into()).unwrap();
        assert_eq!(then.meeting(december).unwrap().step.expected_moves(), price.moves_on_grid, "{}", price.contract);
    }
    // Of the two ways to a probability of 31 % of no move in January, the nearer is a cut with the rest.
    let hold = what_if.price_for(january, 0, &"31%".parse().unwrap()).unwrap();
    assert_eq!(hold.moves, fraction("-0.69"));
    let december_contract = |price: &&fedpath::what_if::WantedPrice| price.contract.month() == month("2025-12");
    assert!(wanted.prices.iter().find(december_contract).is_none(), "FedWatch does not read it");
    assert_eq!(
        what_if.price_for(date("2025-12-11"), -1, &"65%".parse().unwrap()).unwrap_err(),
        WhatIfError::NotPriced(date("2025-12-11"))
    );
}

#[test]
fn prices_that_are_fair_under_an_outcome_price_it_with_certainty_and_leave_the_other_meetings() {
    let quoted = strip("2025-11-21", QUOTES);
    let assumptions = four();
    let what_if = WhatIf::new(&quoted, &assumptions).unwrap();
    let outcomes: BTreeMap<_, BasisPoints> =
        [(date("2025-12-10"), "-25bp".parse().unwrap()), (date("2026-03-18"), "0".parse().unwrap())].into();
    let fair = what_if.outcomes(&outcomes).unwrap();
    // Solve on the fair prices, as fractions: the path is linear in them.
    let points: BTreeMap<ContractMonth, Fraction> =
        fair.iter().map(|fair| (fair.contract.month(), &fair.price() - &fair.quoted.exact())).collect();
    let jacobian = what_if.jacobian();
    for step in jacobian.outlook().path().steps() {
        let day = step.meeting.announcement();
        let change = jacobian.change(day).unwrap().at(&points);
        let expected = outcomes.get(&day).map_or_else(|| step.change().exact().clone(), |bp| bp.exact().clone());
        assert_eq!(change, expected, "{day}");
    }
    let december = fair.iter().find(|fair| fair.contract.month() == month("2025-12")).unwrap();
    // 21 of December's 31 days at 16.25 bp less, at $41.67 a basis point.
    assert_eq!(
        december.profit(),
        &fraction("16.25") * &(&fraction("21") * &fraction("41.67")) * Fraction::ratio(1, 31).unwrap()
    );
    assert_eq!(fair[0].profit(), Fraction::zero());
    assert_eq!(
        what_if.outcomes(&[(date("2027-06-09"), "0".parse().unwrap())].into()),
        Err(WhatIfError::NotPriced(date("2027-06-09")))
    );
}

#[test]
fn the_steps_of_an_answer_evaluate_to_it() {
    let quoted = strip("2025-11-21", QUOTES);
    let assumptions = four();
    let what_if = WhatIf::new(&quoted, &assumptions).unwrap();
    let wanted = what_if.price_for(date("2026-01-28"), -1, &"50%".parse().unwrap()).unwrap();
    assert!(!wanted.prices.is_empty());
    for price in &wanted.prices {
        let steps = wanted.steps(price.contract);
        assert_eq!(steps.last().unwrap().value(), price.price);
        assert_eq!(steps[1].value(), wanted.moves);
    }
    assert_eq!(wanted.steps(fedpath::Product::FedFunds.contract(month("2030-01"))), []);
    for fair in what_if.outcomes(&[(date("2025-12-10"), "-50bp".parse().unwrap())].into()).unwrap() {
        let steps = fair.steps();
        let value = |name: &str| steps.iter().find(|step| step.name == name).unwrap().value();
        assert_eq!(value("gain"), fair.profit());
        assert_eq!(value(&format!("price of {}", fair.contract.symbol())), fair.price());
    }
}

#[test]
fn a_price_of_a_contract_that_is_not_quoted_is_refused() {
    let quoted = strip("2025-11-21", QUOTES);
    let assumptions = four();
    let what_if = WhatIf::new(&quoted, &assumptions).unwrap();
    let refused = what_if.with_prices(&[(month("2027-01"), price("96"))].into()).unwrap_err();
    insta::assert_snapshot!(refused, @"expected a quoted contract, found ZQF27");
    let mut landing = four();
    landing.premia.set_landing("2bp".parse().unwrap()).unwrap();
    let bent = WhatIf::new(&quoted, &landing).unwrap();
    // Between none and one cut, which lowers the rate by 23 bp, a basis point less of November's price is 1/23 of a move.
    let slope = bent.jacobian().moves(date("2025-12-10")).unwrap().slope(month("2025-11"));
    assert_eq!(slope, &fraction("100") / &fraction("23"));
    let refused = bent.price_for(date("2025-12-10"), -1, &"65%".parse().unwrap()).unwrap_err();
    insta::assert_snapshot!(refused, @"expected moves that are linear in the prices, found a landing spread");
    assert!(path(&quoted, |_| {}).is_ok());
}
