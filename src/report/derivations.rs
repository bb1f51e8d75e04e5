//! How the figures of a term structure are made, for a pocket calculator.

use chrono::NaiveDate;

use super::number::float_to;
use crate::term::{CurvePoint, TermStructure};

/// The name of each figure of a maturity, and the equation that gives it.
pub(super) fn of(curve: &TermStructure, point: &CurvePoint) -> [(&'static str, String); 3] {
    let start = curve.as_of();
    let days = |from: NaiveDate, to: NaiveDate| to.signed_duration_since(from).num_days();
    let steps = curve.forwards().steps();
    let ends = steps.iter().skip(1).map(|next| next.from).chain([NaiveDate::MAX]);
    let factors: Vec<String> = steps
        .iter()
        .zip(ends)
        .filter(|(step, _)| step.from < point.maturity)
        .map(|(step, end)| {
            format!("(1 + {:.4}/36000)^{}", step.rate.percent(), days(step.from, end.min(point.maturity)))
        })
        .collect();
    let mut from = start;
    let mut annuity = Vec::new();
    for payment in point.tenor.annual_payments(start) {
        annuity.push(format!("{}/360 x {:.6}", days(from, payment), curve.discount_factor(payment)));
        from = payment;
    }
    let discount = float_to(point.discount_factor, 6);
    let percent = |rate: f64| float_to(100.0 * rate, 4);
    [
        ("discount factor", format!("1 / ({}) = {discount}", factors.join(" "))),
        (
            "zero rate",
            format!("-ln({discount}) x 365/{} = {} %", days(start, point.maturity), percent(point.zero_rate)),
        ),
        ("par rate", format!("(1 - {discount}) / ({}) = {} %", annuity.join(" + "), percent(point.par_rate))),
    ]
}
