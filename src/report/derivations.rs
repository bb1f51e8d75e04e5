//! How the figures of a term structure and of equities are made, for a pocket calculator.

use chrono::NaiveDate;

use super::number::float_to;
use crate::curve::{CurvePoint, HalfLife, PassThrough, PathChange, Persistence, Tenor, TermStructure};
use crate::equity::{CashFlows, EquityImpact, ImpactKind, PriceImpact, ReturnResponse};
use crate::reprice::sensitivity::Sensitivity;

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
        .map(|(step, end)| format!("(1 + {:.4}/36000)^{}", step.rate.exact(), days(step.from, end.min(point.maturity))))
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

/// The name of a row of equity figures, and the equation that gives its first-order or whole effect; none of cash flows
/// paid year by year under a scenario, which has no short one.
pub(super) fn of_impact(row: &EquityImpact, study: &Sensitivity) -> Option<(String, String)> {
    let name = format!("{} for {}, {}", row.label, row.asset.id, row.kind.name());
    let equation = match row.kind {
        ImpactKind::Benchmark => benchmark(row, study),
        ImpactKind::Model => model(row, study),
    };
    equation.map(|equation| (name, equation))
}

/// A coefficient times the shift, and its error.
fn benchmark(row: &EquityImpact, study: &Sensitivity) -> Option<String> {
    let own = ReturnResponse::of(&row.asset, &study.options().responses);
    let response = own.into_iter().find(|response| response.id == row.method)?;
    let bp = float_to(10_000.0 * study.shift().total(), 4);
    let coefficient = float_to(response.coefficient, 4);
    let error = response
        .standard_error
        .map_or(String::new(), |error| format!(", within 1.96 x {} x |{bp}| / 100", float_to(error, 4)));
    Some(format!(
        "{coefficient} x {bp} / 100 = {} %{error}",
        float_to(100.0 * response.change(study.shift().total()), 4)
    ))
}

/// The first-order effect of a shifted curve.
fn model(row: &EquityImpact, study: &Sensitivity) -> Option<String> {
    let response = study.curve().iter().find(|response| response.method.id() == row.method)?;
    let flows = &row.asset.cash_flows;
    let (first, sum) = match &response.method {
        PassThrough::ExpectationsHypothesis(persistence) => {
            let steady = matches!(flows, CashFlows::Gordon(_) | CashFlows::DurationOnly(_));
            scenario(*persistence, flows.macaulay_duration().recip(), study).filter(|_| steady)?
        }
        PassThrough::Strip { change, beyond } => strip(change, *beyond, flows),
        PassThrough::Regression(table) => {
            let knots: Vec<Tenor> = table.knots.iter().map(|knot| knot.tenor).collect();
            let bp = |response: f64| 10_000.0 * response * study.shift().total();
            let moved = table.knots.iter().zip(flows.key_rate_durations(&knots));
            let terms: Vec<(f64, f64)> = moved.map(|(knot, years)| (years, bp(knot.response))).collect();
            of_terms(&terms)
        }
    };
    Some(format!("first order {first} = {} %", float_to(sum, 4)))
}

/// Durations in years times shifts in basis points, and what they come to in percent.
fn of_terms(terms: &[(f64, f64)]) -> (String, f64) {
    let products: Vec<String> =
        terms.iter().map(|(years, bp)| format!("{} x {}", float_to(*years, 4), float_to(*bp, 4))).collect();
    let sum: f64 = terms.iter().map(|(years, bp)| years * bp).sum();
    (format!("-({}) / 100", products.join(" + ")), -sum / 100.0)
}

/// The closed form of a scenario on a value whose share left falls at a constant rate.
fn scenario(persistence: Persistence, rate: f64, study: &Sensitivity) -> Option<(String, f64)> {
    let shift = study.shift();
    let [(effective, _)] = shift.steps() else { return None };
    let days = |date: NaiveDate| date.signed_duration_since(shift.valuation()).num_days();
    let years = |date: NaiveDate| Tenor::days(u32::try_from(days(date)).ok()?).in_years().into();
    let (size, onset): (f64, Option<f64>) = (shift.total(), years(*effective));
    let minus_s = if size < 0.0 { float_to(-size, 8) } else { format!("-{}", float_to(size, 8)) };
    let (y, t0) = (float_to(rate, 6), format!("{}/365", days(*effective)));
    let at_onset = (-rate * onset?).exp();
    Some(match persistence {
        Persistence::Permanent => (format!("{minus_s} x e^(-{y} x {t0}) / {y}"), -100.0 * size * at_onset / rate),
        Persistence::Postponed { until } => {
            let end: Option<f64> = years(until);
            let first = format!("{minus_s} x (e^(-{y} x {t0}) - e^(-{y} x {}/365)) / {y}", days(until));
            (first, -100.0 * size * (at_onset - (-rate * end?).exp()) / rate)
        }
        Persistence::Decaying(half_life) => {
            let decay = half_life.decay();
            let first = format!("{minus_s} x e^(-{y} x {t0}) / ({} + {y})", float_to(decay, 6));
            (first, -100.0 * size * at_onset / (decay + rate))
        }
    })
}

/// The change from level to level, each over its span's forward duration, and what fades beyond the last.
fn strip(change: &PathChange, beyond: HalfLife, flows: &CashFlows) -> (String, f64) {
    let shift = change.forward_shift(beyond);
    let first = change.levels()[0].0;
    let time = |day: NaiveDate| {
        let days = u32::try_from(day.signed_duration_since(first).num_days()).unwrap_or(0);
        Tenor::days(days).in_years()
    };
    let spans = change.levels().windows(2).map(|pair| {
        let years = flows.forward_duration(time(pair[1].0)) - flows.forward_duration(time(pair[0].0));
        (years, pair[0].1.exact().to_f64())
    });
    let mut terms: Vec<(f64, f64)> = spans.collect();
    let (day, last) = change.last();
    let known: f64 = terms.iter().map(|(years, bp)| years * bp).sum();
    let whole = -10_000.0 * PriceImpact::first_order(flows, &shift);
    let last = last.exact().to_f64();
    // What fades beyond the last level, as years of it.
    terms.extend((last != 0.0 && *day >= first).then(|| ((whole - known) / last, last)));
    of_terms(&terms)
}
