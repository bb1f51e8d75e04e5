//! From a shift to the curve and to equities, against closed forms and published tables.

use fedpath::curve::{ForwardShift, HalfLife, Persistence, PolicyShift, Tenor};
use fedpath::equity::{CashFlows, PriceImpact};
use proptest::prelude::*;

use crate::support::date;

/// 7.5 bp from 11 December 2025, valued 19 November 2025: 22 days ahead.
fn shift(bp: &str) -> PolicyShift {
    PolicyShift::step(date("2025-11-19"), date("2025-12-11"), bp.parse().unwrap())
}

/// Until the day after the January meeting, 71 days ahead.
fn postponed() -> Persistence {
    Persistence::Postponed { until: date("2026-01-29") }
}

fn decaying(years: f64) -> Persistence {
    Persistence::Decaying(HalfLife::from_years(years).unwrap())
}

/// The zero response in bp to two places, 3M to 30Y.
fn response(persistence: Persistence) -> String {
    let zero_bp = ForwardShift::new(&shift("7.5bp"), persistence).zero_curve_bp();
    zero_bp.iter().map(|(_, bp)| format!("{bp:.2}")).collect::<Vec<_>>().join(" ")
}

/// The zero curve under the expectations hypothesis, computed independently from its integrals.
#[test]
fn the_zero_curve_moves_as_the_expectations_hypothesis_says() {
    for (persistence, expected) in [
        (Persistence::Permanent, "5.69 6.60 7.05 7.27 7.41 7.45 7.48"),
        (postponed(), "4.03 2.01 1.01 0.50 0.20 0.10 0.03"),
        (decaying(1.0), "5.33 5.69 5.18 4.00 2.09 1.08 0.36"),
        (decaying(2.0), "5.51 6.12 6.02 5.30 3.55 2.09 0.72"),
        (decaying(4.0), "5.60 6.35 6.50 6.18 4.98 3.55 1.43"),
    ] {
        assert_eq!(response(persistence), expected, "{persistence}");
    }
}

/// Kuttner (2001), section 5.1: a 25 bp move 45 days early moves a 91-day bill by about 12 bp (25 x 45 / 91).
#[test]
fn a_move_45_days_early_moves_the_bill_as_kuttner_says() {
    let shift = PolicyShift::step(date("2025-01-01"), date("2025-01-01"), "25bp".parse().unwrap());
    let early = ForwardShift::new(&shift, Persistence::Postponed { until: date("2025-02-15") });
    let bill = early.integral(91.0 / 365.0) / (91.0 / 365.0) * 10_000.0;
    assert_eq!(format!("{bill:.2}"), "12.36");
}

fn impact(payout_yield: &str, shift: &PolicyShift, persistence: Persistence) -> PriceImpact {
    let cash_flows = CashFlows::gordon(payout_yield.parse().unwrap()).unwrap();
    PriceImpact::new(&cash_flows, &ForwardShift::new(shift, persistence)).expect("a finite price")
}

#[test]
fn the_sp500_falls_by_the_known_figures() {
    let figures = |persistence| {
        let impact = impact("1.15", &shift("7.5bp"), persistence);
        format!("{:.4} {:.4}", 100.0 * impact.denominator, 100.0 * impact.total())
    };
    assert_eq!(figures(decaying(3.6)), "-0.3673 -0.3666");
    assert_eq!(figures(Persistence::Permanent), "-6.5172 -6.1182");
    assert_eq!(figures(postponed()), "-0.0101 -0.0101");
}

/// First order and exact impact of a step on a Gordon perpetuity, in closed form.
fn closed_form(y: f64, s: f64, t0: f64, persistence: Persistence, t1: f64) -> (f64, f64) {
    let at_onset = (-y * t0).exp();
    match persistence {
        Persistence::Permanent => (-s * at_onset / y, at_onset * (y / (y + s) - 1.0)),
        Persistence::Postponed { .. } => {
            let width = t1 - t0;
            let first = -s * (at_onset - (-y * t1).exp()) / y;
            let inside = y / (y + s) * (1.0 - (-(y + s) * width).exp());
            (first, at_onset * (inside + (-(y + s) * width).exp() - 1.0))
        }
        Persistence::Decaying(half_life) => {
            let k = std::f64::consts::LN_2 / half_life.years();
            let a = s / k;
            // exp(-a (1 - e^(-k v))) as the power series of its second exponential, term by term.
            let (mut term, mut sum) = ((-a).exp(), 0.0);
            for n in 0..200 {
                sum += term * y / (y + f64::from(n) * k);
                term *= a / f64::from(n + 1);
            }
            (-s * at_onset / (k + y), at_onset * (sum - 1.0))
        }
        _ => unreachable!("no other persistence has a closed form"),
    }
}

proptest! {
    #[test]
    fn the_integral_agrees_with_the_closed_forms(
        yield_bp in 20_i64..800, bp in -400_i64..400, years in 0.05_f64..80.0,
    ) {
        let payout_yield = format!("{}", rust_decimal::Decimal::new(yield_bp, 2));
        let y = f64::from(u16::try_from(yield_bp).unwrap()) / 10_000.0;
        let s = f64::from(i16::try_from(bp).unwrap()) / 10_000.0;
        let shift = shift(&bp.to_string());
        // Nearer to no discount at all, a price is a difference of numbers too large to compare.
        prop_assume!(y + s > 0.0005);
        for persistence in [Persistence::Permanent, postponed(), decaying(years)] {
            let ours = impact(&payout_yield, &shift, persistence);
            let (first, exact) = closed_form(y, s, 22.0 / 365.0, persistence, 71.0 / 365.0);
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + b.abs());
            prop_assert!(close(ours.denominator, first), "{persistence}: {} against {first}", ours.denominator);
            prop_assert!(close(ours.denominator + ours.convexity, exact), "{persistence}: exact {exact}");
            prop_assert!(close(ours.total(), exact), "{persistence}: total {} against {exact}", ours.total());
        }
    }

    #[test]
    fn a_shift_and_its_opposite_cancel_to_first_order(bp in 1_i64..100, years in 0.1_f64..50.0) {
        for persistence in [Persistence::Permanent, postponed(), decaying(years)] {
            let up = impact("1.15", &shift(&bp.to_string()), persistence).denominator;
            let down = impact("1.15", &shift(&format!("-{bp}")), persistence).denominator;
            prop_assert!((up + down).abs() < 1e-15);
        }
    }

    #[test]
    fn the_integral_of_the_forward_shift_has_the_forward_shift_as_its_slope(t in 0.07_f64..60.0, years in 0.1_f64..50.0) {
        for persistence in [Persistence::Permanent, decaying(years)] {
            let shift = ForwardShift::new(&shift("7.5"), persistence);
            let h = 1e-5;
            let slope = (shift.integral(t + h) - shift.integral(t - h)) / (2.0 * h);
            prop_assert!((slope - shift.forward(t)).abs() < 1e-9);
        }
    }
}

#[test]
fn persistence_has_its_limits() {
    let long = impact("1.15", &shift("7.5bp"), decaying(10_000.0)).total();
    let permanent = impact("1.15", &shift("7.5bp"), Persistence::Permanent).total();
    assert!((long - permanent).abs() < 1e-3, "{long} {permanent}");
    assert!(impact("1.15", &shift("7.5bp"), decaying(0.001)).total().abs() < 2e-6);
    let no_time = Persistence::Postponed { until: date("2025-12-11") };
    assert!(impact("1.15", &shift("7.5bp"), no_time).total().abs() < 1e-15);
    for years in ["0", "-1", "NaN", "inf", "x", "0.0009", "10001"] {
        assert!(years.parse::<HalfLife>().is_err(), "{years}");
    }
}

#[test]
fn convexity_is_half_the_square_to_third_order() {
    // For a permanent shift from now on the second-order term is (s / y)^2: half of Gordon's 2 / y^2.
    let convexity = |bp: &str, s: f64| {
        let now = PolicyShift::step(date("2025-11-19"), date("2025-11-19"), bp.parse().unwrap());
        impact("2", &now, Persistence::Permanent).convexity - (s / 0.02).powi(2)
    };
    // Ten times smaller a shift leaves a thousand times less.
    let ratio = convexity("1", 0.0001) / convexity("0.1", 0.000_01);
    assert!((ratio - 1000.0).abs() < 10.0, "{ratio}");
}

#[test]
fn a_step_already_in_force_counts_from_now_on() {
    let past = PolicyShift::step(date("2026-01-19"), date("2025-12-11"), "7.5".parse().unwrap());
    let permanent = ForwardShift::new(&past, Persistence::Permanent);
    assert_eq!(format!("{:.2}", permanent.zero_bp(Tenor::months(120))), "7.50");
    // Faded for 39 days, then integrated: the same as the difference of two integrals from the onset.
    let faded = ForwardShift::new(&past, decaying(2.0));
    let fresh = ForwardShift::new(
        &PolicyShift::step(date("2025-12-11"), date("2025-12-11"), "7.5".parse().unwrap()),
        decaying(2.0),
    );
    let since = 39.0 / 365.0;
    let expected = fresh.integral(1.0 + since) - fresh.integral(since);
    assert!((faded.integral(1.0) - expected).abs() < 1e-15);
}

#[test]
fn a_shift_down_to_the_growth_rate_leaves_no_price() {
    let sp500 = CashFlows::gordon("1.15".parse().unwrap()).unwrap();
    let permanent = |bp: &str| PriceImpact::new(&sp500, &ForwardShift::new(&shift(bp), Persistence::Permanent));
    assert!(permanent("-114bp").is_some());
    assert!(permanent("-115bp").is_none());
    assert!(PriceImpact::new(&sp500, &ForwardShift::new(&shift("-500bp"), decaying(3.6))).is_some());
}

#[test]
fn an_asset_needs_a_payout_yield_above_zero() {
    for yields in ["0", "-1", "0.00001", "101"] {
        assert!(CashFlows::gordon(yields.parse().unwrap()).is_err(), "{yields}");
    }
}
