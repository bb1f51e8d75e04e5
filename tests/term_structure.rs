//! The term structure against a product of single days, and its laws.

use chrono::{Days, NaiveDate};
use fedpath::curve::{CurveChange, HalfLife, PathChange, StepForwards, Tenor, TermStructure};
use fedpath::{PolicyPath, Rate};
use proptest::prelude::*;

use crate::support::{date, path, strip};

/// A cut priced at 35 percent in December and 31 in January, the last meeting that these contracts reach.
const NOVEMBER: &str = "2025-11 96.12, 2025-12 96.18, 2026-01 96.215, 2026-02 96.285";

fn solved(as_of: &str, quotes: &str) -> PolicyPath {
    path(&strip(as_of, quotes), |_| {}).unwrap()
}

fn structure(as_of: &str, quotes: &str) -> TermStructure {
    TermStructure::new(StepForwards::new(&solved(as_of, quotes)).unwrap())
}

/// What one unit grows to, day by day, and the date of every payment, without the code under test.
fn grown(path: &PolicyPath, to: NaiveDate) -> f64 {
    let rate = |day: NaiveDate| -> f64 {
        let steps = path.steps().iter().rev();
        let after = steps.filter(|step| step.effective <= day).map(|step| step.after.clone()).next();
        let rate: Rate = after.unwrap_or_else(|| path.steps()[0].before.clone());
        rate.exact().to_f64() / 100.0
    };
    let mut product = 1.0;
    let mut day = path.as_of();
    while day < to {
        product *= 1.0 + rate(day) / 360.0;
        day = day + Days::new(1);
    }
    product
}

#[test]
fn a_discount_factor_is_the_product_of_its_days() {
    let path = solved("2025-11-21", NOVEMBER);
    let curve = structure("2025-11-21", NOVEMBER);
    for day in ["2025-11-22", "2025-12-10", "2025-12-11", "2026-01-29", "2026-05-01", "2028-02-29", "2055-11-21"] {
        let (ours, product) = (curve.discount_factor(date(day)), grown(&path, date(day)).recip());
        assert!((ours - product).abs() < 1e-11, "{day}: {ours} against {product}");
    }
    assert_eq!(curve.discount_factor(date("2025-11-21")).to_string(), "1");
}

/// A swap's floating leg pays, each year, what the overnight rate has compounded to; at the par rate both legs are worth
/// the same. Both are valued here by the product of single days.
#[test]
fn a_par_rate_makes_both_legs_of_a_swap_worth_the_same() {
    let path = solved("2025-11-21", NOVEMBER);
    let curve = structure("2025-11-21", NOVEMBER);
    for (tenor, payments) in [
        ("1M", vec!["2025-12-21"]),
        ("3M", vec!["2026-02-21"]),
        ("1Y", vec!["2026-11-21"]),
        ("18M", vec!["2026-05-21", "2027-05-21"]),
        ("3Y", vec!["2026-11-21", "2027-11-21", "2028-11-21"]),
        ("2W", vec!["2025-12-05"]),
        ("400D", vec!["2025-12-26", "2026-12-26"]),
    ] {
        let tenor: Tenor = tenor.parse().unwrap();
        let fixed = curve.par_rate(tenor);
        let (mut from, mut floating_leg, mut fixed_leg) = (path.as_of(), 0.0, 0.0);
        for payment in payments {
            let payment = date(payment);
            let discount = grown(&path, payment).recip();
            floating_leg += (grown(&path, payment) / grown(&path, from) - 1.0) * discount;
            let days = payment.signed_duration_since(from).num_days();
            fixed_leg += fixed * f64::from(i32::try_from(days).unwrap()) / 360.0 * discount;
            from = payment;
        }
        assert!((floating_leg - fixed_leg).abs() < 1e-12, "{tenor}: {floating_leg} against {fixed_leg}");
    }
}

#[test]
fn zero_and_forward_rates_agree_with_the_discount_factors() {
    let curve = structure("2025-11-21", NOVEMBER);
    let (start, from, to) = (date("2025-11-21"), date("2026-01-15"), date("2026-07-15"));
    let days = f64::from(i32::try_from(to.signed_duration_since(from).num_days()).unwrap());
    let ratio = curve.discount_factor(from) / curve.discount_factor(to);
    assert!((curve.period_forward(from, to) - ratio.ln() / days * 365.0).abs() < 1e-12);
    assert!((curve.simple_forward(from, to) - (ratio - 1.0) / days * 360.0).abs() < 1e-12);
    assert!((curve.zero_rate(to) - curve.period_forward(start, to)).abs() < 1e-15);
    // The instantaneous forward of a day is the slope of the log discount factor over it.
    for day in ["2025-12-10", "2025-12-11", "2026-04-30", "2030-01-01"] {
        let day = date(day);
        let slope = curve.period_forward(day, day + Days::new(1));
        assert!((curve.instantaneous_forward(day) - slope).abs() < 1e-11, "{day}");
    }
    assert!((curve.zero_rate(start) - curve.instantaneous_forward(start)).abs() < 1e-15);
    assert!((curve.par_rate(Tenor::months(0)) - 0.0388).abs() < 1e-12, "of no time at all, the overnight rate");
}

#[test]
fn the_rate_is_held_beyond_the_last_priced_meeting_and_says_so() {
    let curve = structure("2025-11-21", NOVEMBER);
    let last = curve.forwards().last().clone();
    assert_eq!((last.from.to_string().as_str(), last.meeting), ("2026-01-29", Some(date("2026-01-28"))));
    assert_eq!(curve.forwards().rate_on(date("2050-01-01")), &last.rate);
    let tenors: Vec<Tenor> = ["1M", "3M"].map(|tenor| tenor.parse().unwrap()).into();
    let past: Vec<bool> = curve.points(&tenors).iter().map(|point| point.past_last_meeting).collect();
    assert_eq!(past, [false, true]);
}

#[test]
fn a_path_without_a_priced_meeting_has_no_curve() {
    // The rate has moved in March, and nothing else is quoted.
    let unpriced = path(&strip("2020-03-05", "2020-03 99.0"), |_| {});
    let told = unpriced.and_then(|path| StepForwards::new(&path)).unwrap_err().to_string();
    assert!(told.contains("2020-03-18"), "{told}");
}

#[test]
fn nothing_reaches_over_a_meeting_without_a_price() {
    let whole = "2025-11 96.12, 2025-12 96.18, 2026-01 96.215, 2026-02 96.285, 2026-03 96.325, 2026-04 96.385, \
        2026-05 96.44, 2026-06 96.49, 2026-07 96.56, 2026-08 96.615";
    let without = |contract: &str| {
        let quotes: Vec<&str> = whole.split(", ").filter(|quote| !quote.starts_with(contract)).collect();
        solved("2025-11-21", &quotes.join(", "))
    };
    // Without January's contract December has no price, and later meetings say nothing of today's rate.
    let first = StepForwards::new(&without("2026-01")).unwrap_err().to_string();
    assert_eq!(first, "no price for ZQF26 (Jan 2026), needed for the meeting of 2025-12-10");
    // Without May's the meetings of March and April have none: the rate is held from January's on, and a change ends there.
    let gap = StepForwards::new(&without("2026-05")).unwrap();
    assert_eq!(gap.last().from, date("2026-01-29"));
    let complete = StepForwards::new(&solved("2025-11-21", whole)).unwrap();
    let change = PathChange::new(&gap, &complete);
    assert_eq!(change.last().0, date("2026-01-29"));
    assert!(change.levels().iter().all(|(_, bp)| bp.exact().is_zero()), "{change:?}");
}

#[test]
fn tenors_come_once_and_in_order_and_a_month_has_its_end() {
    let curve = structure("2025-11-30", "2025-11 96.12, 2026-01 96.215, 2026-02 96.285");
    let tenors: Vec<Tenor> = ["1Y", "3M", "12M", "90D"].map(|tenor| tenor.parse().unwrap()).into();
    let points: Vec<String> =
        curve.points(&tenors).iter().map(|point| format!("{} {}", point.tenor, point.maturity)).collect();
    // 90 days and three months to the end of February are one day.
    assert_eq!(points, ["3M 2026-02-28", "1Y 2026-11-30"]);
    for text in ["", "Y", "0M", "-1Y", "1.5Y", "101Y", "1201M", "3X", "10 Y", "99999999999Y", "+3M"] {
        assert!(text.parse::<Tenor>().is_err(), "{text}");
    }
}

#[test]
fn the_change_of_two_paths_is_exact_and_fades_beyond_the_last_meeting_of_both() {
    let before = "2025-11 96.12, 2025-12 96.23, 2026-01 96.29, 2026-02 96.365, 2026-03 96.395, 2026-04 96.455";
    let (before, after) = (structure("2025-11-14", before), structure("2025-11-21", NOVEMBER));
    let change = PathChange::new(before.forwards(), after.forwards());
    let levels: Vec<String> = change.levels().iter().map(|(day, bp)| format!("{day} {bp}")).collect();
    // (31 x 3.71 - 3 x 3.635) / 28 = 3.718036 before, 3.7925 after.
    assert_eq!(levels, ["2025-11-21 0bp", "2025-12-11 417/56bp", "2026-01-29 8bp"]);
    let shift = change.forward_shift(HalfLife::from_years(2.0).unwrap());
    let years = |days: f64| days / 365.0;
    let bp = |days: f64| format!("{:.4}", 10_000.0 * shift.forward(years(days)));
    assert_eq!([bp(10.0), bp(20.0), bp(68.9), bp(69.0)], ["0.0000", "7.4464", "7.4464", "8.0000"]);
    assert_eq!(bp(69.0 + 730.0), "4.0000", "half of it after the half-life");

    let both = CurveChange::new(before.clone(), after.clone()).unwrap();
    let two_years = both.at(&[Tenor::months(24)])[0];
    // To the same day: the mean of the day-for-day changes, each as a continuous rate.
    let mut sum = 0.0;
    let mut day = date("2025-11-21");
    while day < date("2027-11-21") {
        sum += after.instantaneous_forward(day) - before.instantaneous_forward(day);
        day = day + Days::new(1);
    }
    assert!((two_years.same_days - sum / 730.0).abs() < 1e-13);
    assert!((two_years.par_rate.1 - after.par_rate(Tenor::months(24))).abs() < 1e-15);
    assert_eq!(CurveChange::new(after, before), None, "the older first");
}

#[test]
fn paths_that_share_no_meeting_differ_from_today_on() {
    let before = structure("2025-10-01", "2025-10 95.90, 2025-11 96.00, 2025-12 96.05");
    let after = structure("2026-03-02", "2026-02 96.30, 2026-03 96.35, 2026-04 96.40");
    let change = PathChange::new(before.forwards(), after.forwards());
    assert_eq!(change.levels().len(), 1);
    assert_eq!(change.last().0, date("2026-03-02"));
}

proptest! {
    /// Discount factors fall where rates are above zero; a par rate lies between the least and the greatest overnight rate.
    #[test]
    fn par_rates_lie_between_the_overnight_rates(ticks in prop::collection::vec(-40_i32..40, 5), months in 1_u32..480) {
        let quotes: Vec<String> = ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]
            .iter()
            .zip(&ticks)
            .map(|(month, ticks)| format!("{month} {:.3}", 94.0 + 0.005 * f64::from(*ticks)))
            .collect();
        let curve = structure("2025-11-21", &quotes.join(", "));
        let rates: Vec<f64> = curve.forwards().steps().iter().map(|step| step.rate.exact().to_f64() / 100.0).collect();
        let (least, most) = rates.iter().fold((f64::MAX, f64::MIN), |(least, most), rate| (least.min(*rate), most.max(*rate)));
        prop_assume!(least > 0.0);
        // Interest within a payment period is compounded day by day, and a par rate is paid once.
        let compounded = |rate: f64| ((1.0 + rate / 360.0).powi(366) - 1.0) / 366.0 * 360.0;
        let par = curve.par_rate(Tenor::months(months));
        prop_assert!(par >= least - 1e-12 && par <= compounded(most) + 1e-12, "{least} {par} {most}");
        let (near, far) = (Tenor::months(months).maturity(curve.as_of()), Tenor::months(months + 1).maturity(curve.as_of()));
        prop_assert!(curve.discount_factor(far) < curve.discount_factor(near));
    }
}
