//! Durations against finite differences, and the laws of shifts and cash flows.

use fedpath::curve::{ForwardShift, HalfLife, Persistence, PolicyShift, Tenor, YieldResponse};
use fedpath::equity::{AnnualFlows, AssetProfile, CashFlows, DechowSloanSoliman, HModel, PriceImpact, Stage};
use proptest::prelude::*;

use crate::support::date;

fn percent(value: f64) -> fedpath::Rate {
    format!("{value:.4}").parse().unwrap()
}

/// A parallel shift of the forward curve, from today on, of so many basis points.
fn parallel(bp: f64) -> ForwardShift {
    let today = date("2025-11-19");
    ForwardShift::new(&PolicyShift::step(today, today, format!("{bp:.9}").parse().unwrap()), Persistence::Permanent)
}

fn decaying(years: f64) -> ForwardShift {
    let today = date("2025-11-19");
    let fading = Persistence::Decaying(HalfLife::from_years(years).unwrap());
    ForwardShift::new(&PolicyShift::step(today, today, "10bp".parse().unwrap()), fading)
}

fn exact(flows: &CashFlows, shift: &ForwardShift) -> f64 {
    PriceImpact::new(flows, shift).unwrap().total()
}

/// Each model of cash flows once.
fn models() -> Vec<(&'static str, CashFlows)> {
    let stages = |last: f64| {
        let stages = [Stage { years: 5, growth: percent(12.0) }, Stage { years: 5, growth: percent(7.0) }];
        CashFlows::from(AnnualFlows::growing(2.0, &stages, &percent(last), &percent(8.5)).unwrap())
    };
    let firm = DechowSloanSoliman::new(100.0, percent(20.0), percent(15.0), 400.0);
    vec![
        ("Gordon", CashFlows::gordon(percent(1.15)).unwrap()),
        ("bare duration", CashFlows::duration_only(17.5).unwrap()),
        ("three stages", stages(4.0)),
        ("stages that end in a decline", stages(-3.0)),
        ("Dechow, Sloan and Soliman", CashFlows::from(firm.cash_flows().unwrap())),
    ]
}

#[test]
fn durations_and_convexity_are_the_slopes_of_the_price() {
    let bp = 1.0;
    for (name, flows) in models() {
        let (up, down) = (exact(&flows, &parallel(bp)), exact(&flows, &parallel(-bp)));
        let step = bp / 10_000.0;
        let slope = -(up - down) / (2.0 * step);
        let curvature = (up + down) / (step * step);
        let (duration, convexity) = (flows.macaulay_duration(), flows.convexity());
        assert!((slope / duration - 1.0).abs() < 2e-4, "{name}: {slope} against {duration}");
        assert!((curvature / convexity - 1.0).abs() < 2e-3, "{name}: {curvature} against {convexity}");
        // To a shift that fades, of a size too small to curve.
        for years in [0.5, 3.6, 30.0] {
            let fading = -PriceImpact::first_order(&flows, &decaying(years)) / 0.001;
            let effective = flows.effective_duration(HalfLife::from_years(years).unwrap()).years();
            assert!((fading - effective).abs() < 1e-9 * effective, "{name}: {fading} against {effective}");
        }
    }
}

#[test]
fn modified_duration_is_the_slope_by_the_annual_rate() {
    let price = |rate: f64| {
        let stages = [Stage { years: 4, growth: percent(15.0) }];
        AnnualFlows::growing(1.0, &stages, &percent(3.0), &percent(rate)).unwrap()
    };
    let slope = -(price(8.01).price() - price(7.99).price()) / 0.0002 / price(8.0).price();
    let modified = CashFlows::from(price(8.0)).modified_duration().years();
    assert!((slope - modified).abs() < 1e-3, "{slope} against {modified}");
    // A perpetuity from next year on: 1 / (r - g), its price over its next payment.
    let perpetuity = AnnualFlows::new(&[1.0], &percent(3.0), &percent(8.0)).unwrap();
    let years = CashFlows::from(perpetuity.clone()).modified_duration().years();
    assert!((years - 20.0).abs() < 1e-9 && (perpetuity.price() - 20.0).abs() < 1e-9);
}

#[test]
fn the_h_model_answers_the_rate_alike_whatever_its_first_growth() {
    let duration = |first: f64| {
        let price = |rate| HModel::new(1.0, &percent(first), &percent(4.0), 5.0, &percent(rate)).unwrap().price();
        -(price(9.01) - price(8.99)) / 0.0002 / price(9.0)
    };
    for first in [0.0, 10.0, 40.0] {
        assert!((duration(first) - 20.0).abs() < 1e-3, "1 / (9 % - 4 %), against {}", duration(first));
    }
    let refused =
        HModel::new(1.0, &percent(10.0), &percent(4.0), 5.0, &percent(9.0)).unwrap().cash_flows().unwrap_err();
    insta::assert_snapshot!(refused, @"the H-model has no duration of its own: its price moves by 1/(r - gL) whatever the first growth (use stages of growth)");
}

#[test]
fn forward_buckets_are_the_known_ones() {
    for (payout, buckets, sum) in [
        (1.15, "0.25 0.25 0.50 0.98 2.88 4.59 15.93 61.58", "86.96"),
        (0.65, "0.25 0.25 0.50 0.99 2.93 4.76 17.57 126.59", "153.85"),
        (3.0, "0.25 0.25 0.49 0.96 2.70 4.00 11.14 13.55", "33.33"),
    ] {
        let flows = CashFlows::gordon(percent(payout)).unwrap();
        let ours = flows.forward_buckets(&Tenor::STANDARD);
        assert_eq!(ours.iter().map(|years| format!("{years:.2}")).collect::<Vec<_>>().join(" "), buckets);
        assert_eq!(format!("{:.2}", ours.iter().sum::<f64>()), sum);
    }
}

#[test]
fn key_rate_durations_stop_where_the_last_knot_does() {
    for (name, flows) in models() {
        let durations = flows.key_rate_durations(&Tenor::STANDARD);
        let within = flows.forward_duration(30.0);
        assert!((durations.iter().sum::<f64>() - within).abs() < 1e-9, "{name}: a parallel move of the knots");
        for (index, years) in durations.iter().enumerate() {
            let rates = |size: f64| -> ForwardShift {
                let knots: Vec<(Tenor, f64)> = Tenor::STANDARD
                    .iter()
                    .enumerate()
                    .map(|(at, tenor)| (*tenor, if at == index { size } else { 0.0 }))
                    .collect();
                ForwardShift::from_zero_rates(&knots)
            };
            let slope = -(exact(&flows, &rates(1e-5)) - exact(&flows, &rates(-1e-5))) / 2e-5;
            assert!((slope - years).abs() < 1e-4, "{name} {}: {slope} against {years}", Tenor::STANDARD[index]);
        }
    }
}

/// Held flat beyond 30 years, the last zero rate would hold nearly all of the duration, and decide the answer.
#[test]
fn flat_zero_rates_beyond_the_last_knot_would_be_an_artefact() {
    let flows = CashFlows::gordon(percent(1.15)).unwrap();
    let durations = flows.key_rate_durations(&Tenor::STANDARD);
    let last = flows.macaulay_duration() - durations[..6].iter().sum::<f64>();
    assert_eq!(format!("{last:.1} of {:.1}", flows.macaulay_duration()), "84.9 of 87.0");
    let tables = YieldResponse::embedded();
    let mp2 = tables.iter().find(|table| table.id == "usmpd-mp2").unwrap();
    let knots: Vec<Tenor> = mp2.knots.iter().map(|knot| knot.tenor).collect();
    let durations = flows.key_rate_durations(&knots);
    let answer = |last: f64| -> f64 {
        let of_knots = mp2.knots.iter().zip(durations[..5].iter().copied().chain([last]));
        -of_knots.map(|(knot, years)| knot.response * years).sum::<f64>() * 0.075
    };
    let unchanged = answer(durations[5]);
    let flat = answer(flows.macaulay_duration() - durations[..5].iter().sum::<f64>());
    assert_eq!(format!("{unchanged:.2} {flat:.2}"), "-0.38 -1.19");
}

/// The level, slope and curvature of Nelson and Siegel (1987): a shift of the slope is a shift that fades from today on.
#[test]
fn a_fading_shift_is_the_slope_of_nelson_and_siegel() {
    let half_life = HalfLife::from_years(4.0).unwrap();
    let slope = |years: f64| {
        let x = years * half_life.decay();
        10.0 * (1.0 - (-x).exp()) / x
    };
    for tenor in Tenor::STANDARD {
        assert!((decaying(4.0).zero_bp(tenor) - slope(tenor.in_years())).abs() < 1e-12, "{tenor}");
    }
    for tenor in Tenor::STANDARD {
        assert!((parallel(10.0).zero_bp(tenor) - 10.0).abs() < 1e-12, "the level");
    }
}

/// Par against zero responses, from a flat curve of 4 percent: 22 days ahead, semiannual coupons.
#[test]
fn par_rates_move_a_little_more_than_zero_rates() {
    let shift = PolicyShift::step(date("2025-11-19"), date("2025-12-11"), "7.5bp".parse().unwrap());
    let fading = Persistence::Decaying(HalfLife::from_years(4.0).unwrap());
    let of = |persistence, years: u16| {
        let shift = ForwardShift::new(&shift, persistence);
        let zero = shift.zero_bp(Tenor::months(12 * u32::from(years)));
        format!("{:.3} {:.3}", shift.par_bp(years, 2, 0.04) / 7.5, zero / 7.5)
    };
    assert_eq!(of(Persistence::Permanent, 10), "1.013 0.994");
    assert_eq!(of(fading, 10), "0.510 0.474");
    assert_eq!(of(fading, 30), "0.273 0.191");
}

/// Between the knots the zero response is linear, flat before the first, and forwards beyond the last stay.
#[test]
fn zero_rates_between_the_knots_are_linear_and_forwards_beyond_them_stay() {
    let knots: Vec<(Tenor, f64)> =
        [("6M", 60.0), ("2Y", 90.0), ("10Y", 50.0)].map(|(tenor, bp)| (tenor.parse().unwrap(), bp / 10_000.0)).into();
    let shift = ForwardShift::from_zero_rates(&knots);
    for (tenor, bp) in
        [("1M", 60.0), ("6M", 60.0), ("15M", 75.0), ("2Y", 90.0), ("6Y", 70.0), ("10Y", 50.0), ("20Y", 25.0)]
    {
        let ours = shift.zero_bp(tenor.parse().unwrap());
        assert!((ours - bp).abs() < 1e-9, "{tenor}: {ours} against {bp}");
    }
    assert!(shift.period_bp(10.0, 40.0).abs() < 1e-9);
    // The integral of the forward shift has it as its slope.
    for years in [0.2, 0.7, 1.9, 3.0, 9.0, 11.0] {
        let slope = (shift.integral(years + 1e-6) - shift.integral(years - 1e-6)) / 2e-6;
        assert!((slope - shift.forward(years)).abs() < 1e-9, "{years}");
    }
}

proptest! {
    #[test]
    fn tables_of_users_are_read_or_refused_and_never_more(
        cells in prop::collection::vec("[-+0-9.eEinfNaYMD/]{0,6}|[a-z%]{1,4}|99999999999", 0..24),
    ) {
        let rows = |width: usize| -> String { cells.chunks(width).map(|row| row.join(",") + "\n").collect() };
        let responses = YieldResponse::parse(&format!("tenor,response_bp,standard_error\n{}", rows(3)));
        if let Ok(response) = responses {
            for knot in &response.knots {
                prop_assert!(knot.response.is_finite() && knot.tenor.in_years() > 0.0);
            }
        }
        let header = "id,name,payout_yield_percent,input,source,market_beta,cash_to_earnings,tax_percent";
        if let Ok(profiles) = AssetProfile::parse(&format!("{header}\n{}", rows(8))) {
            prop_assert!(profiles.iter().all(|profile| profile.cash_flows.as_ref().unwrap().macaulay_duration() > 0.0));
        }
    }

    #[test]
    fn buckets_sum_to_the_duration(edges in prop::collection::btree_set(1_u32..1_200, 0..8), growth in -5.0_f64..6.0) {
        let stages = [Stage { years: 3, growth: percent(20.0) }];
        let staged = AnnualFlows::growing(1.0, &stages, &percent(growth), &percent(9.0)).unwrap();
        let edges: Vec<Tenor> = edges.into_iter().map(Tenor::months).collect();
        for (name, flows) in models().into_iter().chain([("staged", CashFlows::from(staged))]) {
            let (sum, duration) = (flows.forward_buckets(&edges).iter().sum::<f64>(), flows.macaulay_duration());
            prop_assert!((sum - duration).abs() < 1e-9 * duration, "{name}: {sum} against {duration}");
        }
    }

    #[test]
    fn the_share_paid_later_falls_from_one_to_none(years in 0.0_f64..200.0, later in 0.0_f64..50.0) {
        for (name, flows) in models().into_iter().take(4) {
            let (now, then) = (flows.share_after(years), flows.share_after(years + later));
            prop_assert!((0.0..=1.0).contains(&now) && then <= now, "{name}");
            prop_assert!((flows.share_after(0.0) - 1.0).abs() < 1e-12, "{name}");
            // Its integral is the forward duration.
            let slope = (flows.forward_duration(years + 1e-4) - flows.forward_duration(years)) / 1e-4;
            let jump = years.fract() > 0.999;
            prop_assert!(jump || (slope - now).abs() < 1e-4, "{name}: {slope} against {now}");
        }
    }

    #[test]
    fn the_exact_change_is_first_order_and_half_the_convexity_to_third_order(bp in 1.0_f64..20.0) {
        for (name, flows) in models() {
            let rest = |bp: f64| {
                let s = bp / 10_000.0;
                exact(&flows, &parallel(bp)) + flows.macaulay_duration() * s - 0.5 * flows.convexity() * s * s
            };
            // Half the shift leaves an eighth, but for the fourth order.
            let ratio = rest(bp) / rest(bp / 2.0);
            prop_assert!((6.5..=8.05).contains(&ratio), "{name}: {ratio}");
        }
    }

    #[test]
    fn a_longer_half_life_never_matters_less(shorter in 0.01_f64..50.0, longer in 0.01_f64..50.0) {
        let (shorter, longer) = (shorter.min(longer), shorter.max(longer));
        for (name, flows) in models() {
            prop_assert!(exact(&flows, &decaying(longer)) <= exact(&flows, &decaying(shorter)) + 1e-12, "{name}");
        }
    }
}
