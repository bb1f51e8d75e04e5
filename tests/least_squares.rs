//! Least squares against other solvers: numpy's on one strip, elimination in another library's rationals on random ones.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use dashu_ratio::RBig;
use fedpath::notice::UnpricedReason;
use fedpath::path::{Between, RateSource, Solved, Weights};
use fedpath::{
    ContractMonth, Fixings, Fraction, MeetingCalendar, Method, PolicyPath, Price, Snapshot, StartRate, Strip,
    StripOptions,
};
use proptest::prelude::*;

use crate::oracle::{Equation, Facts, equation, month_of, neighbour, solve, whole};
use crate::support::{date, fraction, month, path, strip};

fn together(strip: &Strip, change: impl Fn(&mut fedpath::Assumptions)) -> PolicyPath {
    let path = path(strip, |assumptions| {
        assumptions.method = Method::LeastSquares;
        change(assumptions);
    });
    path.unwrap_or_else(|error| panic!("{error}"))
}

fn levels(path: &PolicyPath) -> Vec<Fraction> {
    let first = path.steps().iter().take(1).map(|step| step.before.exact().clone());
    first.chain(path.steps().iter().map(|step| step.after.exact().clone())).collect()
}

/// The common strip of the tools that users compare, 21 November 2025.
const COMMON: &str = "2025-11 96.1200, 2025-12 96.1800, 2026-01 96.2250, 2026-02 96.2650, 2026-03 96.3050, \
    2026-04 96.3750, 2026-05 96.4300, 2026-06 96.4950, 2026-07 96.5700, 2026-08 96.6300, 2026-09 96.6850, \
    2026-10 96.7300, 2026-11 96.7650, 2026-12 96.7900, 2027-01 96.8000";

#[test]
fn the_common_strip_has_the_path_that_numpy_gives_it() {
    // numpy 2.4.6, linalg.lstsq on the day counts over tick, in floating point.
    let expected = [
        "3.880423944",
        "3.783466506",
        "3.736720263",
        "3.628601680",
        "3.567660868",
        "3.432371575",
        "3.366637674",
        "3.269979420",
        "3.235326524",
        "3.199639149",
    ];
    let path = together(&strip("2025-11-21", COMMON), |_| {});
    let levels: Vec<String> = levels(&path).iter().map(|level| format!("{level:.9}")).collect();
    assert_eq!(levels, expected);
    assert!(path.steps().iter().all(|step| step.solved() == Solved::Together));
    // Its sum of squared residuals in ticks, which numpy prints as 6.12486042, the current month's included.
    let ticks = |fit: &fedpath::path::ContractFit| {
        let tick = if fit.contract.month() == month("2025-11") { fraction("0.0025") } else { fraction("0.005") };
        let model = fit.model_price()?;
        Some(&(&model - &fit.price.exact()) / &tick)
    };
    let first = &(&fraction("100") - path.steps()[0].before.exact()) - &fraction("96.12");
    let first = &first / &fraction("0.0025");
    let others = path.contracts().iter().filter(|fit| fit.contract.month() > month("2025-11")).filter_map(ticks);
    let sum = others.chain([first]).fold(Fraction::zero(), |sum, ticks| sum + &ticks * &ticks);
    assert_eq!(format!("{sum:.8}"), "6.12486042");
}

/// The rows of an independent least squares: the days of each month at each rate, day by day.
fn normal_equations(day: NaiveDate, chain: &[NaiveDate], averages: &BTreeMap<(i32, u32), RBig>) -> Vec<Equation> {
    let unknowns = chain.len() + 1;
    let mut matrix = vec![vec![RBig::ZERO; unknowns]; unknowns];
    let mut right = vec![RBig::ZERO; unknowns];
    for (year_month, average) in averages {
        let first = NaiveDate::from_ymd_opt(year_month.0, year_month.1, 1).unwrap();
        let days: Vec<NaiveDate> = first.iter_days().take_while(|date| month_of(*date) == *year_month).collect();
        let length = whole(i64::try_from(days.len()).unwrap());
        let mut shares = vec![RBig::ZERO; unknowns];
        for date in days {
            let level = chain.iter().filter(|announcement| **announcement < date).count();
            shares[level] += RBig::ONE / &length;
        }
        // One over the square of the tick, 0.005, and 0.0025 in the current month and before.
        let weight = if *year_month <= month_of(day) { whole(160_000) } else { whole(40_000) };
        for row in 0..unknowns {
            right[row] += &weight * &shares[row] * average;
            for column in 0..unknowns {
                matrix[row][column] += &weight * &shares[row] * &shares[column];
            }
        }
    }
    let row = |(cells, constant): (Vec<RBig>, RBig)| equation(cells.into_iter().enumerate(), constant);
    matrix.into_iter().zip(right).map(row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn every_strip_has_the_path_of_an_independent_solver(
        offset in 0_u64..9_000,
        ticks in prop::collection::vec(-60_i64..60, 16),
        count in 1_usize..8,
    ) {
        // From 2001 on no scheduled decision was on a Friday; months with a move off the calendar have their own tests.
        let day = date("2001-10-08") + Days::new(offset);
        let facts = Facts::on(day);
        prop_assume!(facts.moved.iter().all(|moved| *moved < neighbour(month_of(day), -1)));
        let upcoming: Vec<NaiveDate> = facts.expected.iter().copied().filter(|date| *date >= day).collect();
        let chain = &upcoming[..count];
        let passed = facts.expected.iter().any(|date| month_of(*date) == month_of(day) && *date < day);
        prop_assume!(!passed);
        let end = month_of(upcoming[count]);
        let last_month_held = facts.expected.iter().any(|date| month_of(*date) == neighbour(month_of(day), -1));
        let mut prices = BTreeMap::new();
        let mut averages = BTreeMap::new();
        for (index, tick) in ticks.iter().enumerate() {
            let year_month = neighbour(month_of(day), i32::try_from(index).unwrap() - 1);
            let points = rust_decimal::Decimal::new((19_300 + tick) * 5, 3);
            prices.insert(ContractMonth::new(year_month.0, year_month.1).unwrap(), Price::from_points(points).unwrap());
            if year_month < end && (index > 0 || !last_month_held) {
                averages.insert(year_month, whole(100) - whole((19_300 + tick) * 5) / whole(1000));
            }
        }
        let strip = crate::support::strip_of(day, prices);
        let path = path(&strip, |a| (a.chain, a.method) = (count, Method::LeastSquares));
        let expected = solve(normal_equations(day, chain, &averages), count + 1);
        match expected {
            Some(expected) => {
                let path = path.unwrap();
                prop_assert_eq!(path.unpriced(), []);
                let ours: Vec<String> = levels(&path).iter().map(ToString::to_string).collect();
                let theirs: Vec<String> = expected.iter().map(ToString::to_string).collect();
                prop_assert_eq!(ours, theirs);
            }
            // Such as one meeting between two months with meetings: its contract alone is one equation for two rates.
            None => prop_assert!(path.map_or(true, |path| !path.unpriced().is_empty())),
        }
    }
}

#[test]
fn a_rate_that_no_contract_tells_from_others_has_no_price_and_the_rest_has() {
    let quotes = "2025-11 96.12, 2025-12 96.18, 2026-04 96.375, 2026-05 96.43, 2026-06 96.495";
    let path = together(&strip("2025-11-21", quotes), |assumptions| assumptions.chain = 4);
    // Without January to March, nothing says where the rate is between the meetings of January and March.
    let told: Vec<String> = path
        .steps()
        .iter()
        .map(|step| step.meeting.announcement().to_string())
        .chain(path.unpriced().iter().map(|gap| format!("{} {}", gap.meeting.announcement(), gap.reason)))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @"
    2025-12-10
    2026-04-29
    2026-01-28 no price for ZQF26 (Jan 2026)
    2026-03-18 no price for ZQF26 (Jan 2026)
    ");
}

#[test]
fn behind_a_gap_the_slopes_and_the_steps_are_of_the_rate_behind_it() {
    let quotes = "2025-11 96.12, 2025-12 96.18, 2026-04 96.375, 2026-05 96.43, 2026-06 96.495, 2026-07 96.55";
    let quoted = strip("2025-11-21", quotes);
    let holed = together(&quoted, |assumptions| assumptions.chain = 5);
    let april = holed.steps().iter().find(|step| step.contract() == month("2026-04")).unwrap();
    let steps = holed.derivation(april.meeting.announcement()).unwrap().steps;
    for (name, rate) in [("before", &april.before), ("after", &april.after)] {
        let name = format!("rate {name} {}", april.meeting.announcement());
        assert_eq!(steps.iter().find(|step| step.name == name).unwrap().value(), *rate.exact());
    }
}

/// January, February and March 2026 average one rate in a calendar whose next meeting is in April.
fn one_rate(weights: Weights, quotes: &str) -> PolicyPath {
    let calendar = MeetingCalendar::parse("announcement\n2026-04-15\n2026-06-17\n").unwrap();
    let snapshot = Snapshot::parse(quotes).unwrap();
    let mut options = StripOptions::default();
    options.as_printed = true;
    let strip = Strip::new(&snapshot, &options).unwrap();
    together(&strip, |assumptions| {
        (assumptions.calendar, assumptions.weights) = (calendar.clone(), weights);
        assumptions.chain = 1;
    })
}

#[test]
fn contracts_count_by_their_tick_their_bid_and_ask_or_their_volume() {
    let quotes = "# as_of: 2026-02-10\ncontract,settle,bid,ask,volume\n2026-01,96.30,,,\n2026-02,96.36,96.35,96.37,300\n\
        2026-03,96.42,96.40,96.44,100\n2026-05,96.50,96.49,96.51,500\n";
    // A weighted mean of 3.70, 3.64 and 3.58.
    let start = |weights| one_rate(weights, quotes).steps()[0].before.exact().clone();
    // 0.0025 (expired: it last settled in its own month), 0.0025 and 0.005 points: weights 4, 4, 1.
    assert_eq!(start(Weights::Tick), fraction("3.66"));
    // 0.0025 (no bid and ask), 0.01 and 0.02: weights 64, 4, 1.
    assert_eq!(start(Weights::BidAsk), &fraction("254.94") / &fraction("69"));
    // No volume, 300 and 100.
    assert_eq!(start(Weights::Volume), fraction("3.625"));
    let told = |weights| {
        let path = one_rate(weights, quotes);
        path.notices().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(told(Weights::BidAsk), @"ZQF26: no bid and ask, and so weighed by the tick");
    insta::assert_snapshot!(told(Weights::Volume), @"ZQF26: no volume, and so no weight");
    assert_eq!(told(Weights::Tick), "");
}

#[test]
fn a_stated_start_is_kept_and_the_other_rates_are_fitted_around_it() {
    let given = together(&strip("2025-11-21", COMMON), |assumptions| {
        assumptions.start_rate = StartRate::Given("3.90".parse().unwrap());
    });
    let first = &given.steps()[0];
    assert_eq!((first.before.to_string().as_str(), first.before_from), ("3.9%", RateSource::Given));
    let free = together(&strip("2025-11-21", COMMON), |_| {});
    assert!(first.after < free.steps()[0].after, "a higher start leaves less for December's other days");
}

#[test]
fn realised_days_are_taken_out_of_the_current_month() {
    let fixings = Fixings::parse(include_str!("data/effr_2025-11.csv")).unwrap();
    let quotes = "2025-11 96.1225, 2025-12 96.18";
    let path = together(&strip("2025-11-21", quotes), |assumptions| {
        (assumptions.fixings, assumptions.chain) = (Some(fixings.clone()), 1);
    });
    // Two equations, two unknowns: November's rest, and what December's contract leaves.
    let realised = (1..21).map(|day| fixings.carried_on(NaiveDate::from_ymd_opt(2025, 11, day).unwrap()).unwrap().1);
    let realised = realised.fold(Fraction::zero(), |sum, rate| sum + rate.exact().clone());
    let rest = &(&(&fraction("30") * &fraction("3.8775")) - &realised) / &fraction("10");
    assert_eq!(*path.steps()[0].before.exact(), rest);
    assert!(
        path.contracts().iter().all(|fit| fit.residual.as_ref().is_some_and(|residual| residual.exact().is_zero()))
    );
}

#[test]
fn fixings_with_a_gap_are_said_and_the_month_is_read_whole() {
    let holed = include_str!("data/effr_2025-11.csv").replace("\n2025-11-12,", "\n2025-11-08,");
    let holed =
        Fixings::parse(&holed.lines().filter(|line| !line.starts_with("2025-11-08")).collect::<Vec<_>>().join("\n"));
    let with = |fixings: Option<Fixings>| together(&strip("2025-11-21", COMMON), |a| a.fixings.clone_from(&fixings));
    let (gap, none) = (with(Some(holed.unwrap())), with(None));
    assert_eq!(gap.steps(), none.steps());
    let told: Vec<String> = gap.notices().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @"no effective federal funds rate for Wednesday 2025-11-12, a business day: the fixings are not used for the current month");
}

#[test]
fn of_two_decisions_in_a_month_contracts_tell_what_they_can_and_assumptions_the_rest() {
    let calendar = MeetingCalendar::embedded().with_meeting(date("2025-12-22"));
    let with = |quotes: &str, between| {
        together(&strip("2025-11-21", quotes), |assumptions| {
            (assumptions.calendar, assumptions.chain) = (calendar.clone(), 3);
            assumptions.between = between;
        })
    };
    assert_eq!(with(COMMON, None).unpriced(), []);
    assert_eq!(with(COMMON, None).steps(), with(COMMON, Some(Between::After)).steps());
    // Without November nothing tells today's rate from the one between.
    let short = "2025-12 96.1800, 2026-01 96.2250, 2026-02 96.2650";
    let late = |between| {
        together(&strip("2025-12-01", short), |assumptions| {
            (assumptions.calendar, assumptions.chain) = (calendar.clone(), 3);
            (assumptions.between, assumptions.start_rate) = (between, StartRate::Anchor);
        })
    };
    // (November's realised average is known and speaks.)
    assert_eq!(late(None).unpriced(), []);
    let blind = |between| {
        together(&strip("2026-01-05", "2026-01 96.30, 2026-02 96.40, 2026-03 96.42"), |assumptions| {
            let calendar = MeetingCalendar::embedded().with_meeting(date("2026-01-14"));
            (assumptions.calendar, assumptions.chain) = (calendar, 2);
            assumptions.between = between;
        })
    };
    let refused = path(&strip("2026-01-05", "2026-01 96.30, 2026-02 96.40, 2026-03 96.42"), |assumptions| {
        let calendar = MeetingCalendar::embedded().with_meeting(date("2026-01-14"));
        (assumptions.calendar, assumptions.chain) = (calendar, 2);
        assumptions.method = Method::LeastSquares;
    });
    assert!(refused.is_err());
    let even = blind(Some(Between::Even));
    assert_eq!(even.steps()[0].change(), even.steps()[1].change());
    assert_eq!(even.contracts()[0].model_price(), Some(fraction("96.3")));
}

#[test]
fn a_hole_is_named_by_the_contract_that_is_missing() {
    let path = together(&strip("2025-11-21", "2025-11 96.12, 2025-12 96.18"), |assumptions| {
        assumptions.chain = 2;
    });
    assert_eq!(path.steps().len(), 1);
    assert_eq!(
        path.unpriced()[0].reason,
        UnpricedReason::StripEnds(fedpath::Product::FedFunds.contract(month("2026-01")))
    );
    assert_eq!(path.unpriced()[0].meeting.announcement().month(), 1);
}

/// The last meetings are solved with those that follow them: the longer chain ends before the meeting behind it, and reads no month that
/// averages over it.
#[test]
fn what_does_not_rest_on_the_end_of_the_chain_is_that_of_the_longer_chain() {
    let solved = |chain: usize| together(&strip("2025-11-21", COMMON), |assumptions| assumptions.chain = chain);
    let mut seen = 0;
    for chain in 1..7 {
        let path = solved(chain);
        if path.steps().iter().all(|step| !step.provisional) {
            continue;
        }
        let rates = |path: &PolicyPath| path.firm_steps().iter().map(|step| step.after.clone()).collect::<Vec<_>>();
        let firm = rates(&path);
        let longer = (chain + 1..10).map(solved).find(|longer| {
            let own: Vec<_> = longer.steps().iter().map(|step| step.after.clone()).collect();
            own.starts_with(&firm)
        });
        assert!(longer.is_some(), "chain of {chain}: {firm:?}");
        seen += 1;
    }
    assert!(seen > 1, "some chain ends amid a run");
}
