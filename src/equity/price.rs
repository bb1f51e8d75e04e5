//! [`PriceImpact`]: what a shift of the forward curve does to a price.

use super::cash_flows::Payments;
use super::{AnnualFlows, CashFlows};
use crate::curve::{ForwardShift, Tenor};

/// The effect of a forward shift on a price, by its parts, each a fraction (-0.01 is minus one percent).
///
/// With `S(u)` the share of present value paid after `u` years, the first-order change of the log price is
/// `-int S(u) df(u) du` and the exact price ratio is `1 - int S(u) df(u) exp(-int_0^u df) du`, which is the
/// present value of the same cash flows under the shifted curve, integrated by parts.
///
/// ```
/// use chrono::NaiveDate;
/// use fedpath::equity::{CashFlows, PriceImpact};
/// use fedpath::curve::{ForwardShift, HalfLife, Persistence, PolicyShift};
/// let date = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// let shift = PolicyShift::step(date(2025, 11, 19), date(2025, 12, 11), "7.5bp".parse()?);
/// let sp500 = CashFlows::gordon("1.15%".parse()?)?;
/// let impact = PriceImpact::new(&sp500, &ForwardShift::new(&shift, Persistence::Decaying(HalfLife::default())))
///     .expect("a shift of 7.5 bp leaves the price finite");
/// assert_eq!(format!("{:.4} {:.4}", 100.0 * impact.denominator, 100.0 * impact.total()), "-0.3673 -0.3666");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PriceImpact {
    /// The effect of the discount rate to first order.
    pub denominator: f64,
    /// The exact effect of the discount rate less the first-order one.
    pub convexity: f64,
    /// The effect on earnings, where it is modelled.
    pub numerator: Option<f64>,
}

impl PriceImpact {
    /// The impact of a forward shift on cash flows that stay as they are; `None` where the price has no
    /// bound: the shift takes the discount rate of the far future down to the growth rate, or is past all measure.
    #[must_use]
    pub fn new(cash_flows: &CashFlows, shift: &ForwardShift) -> Option<Self> {
        if !cash_flows.is_finite_under(shift.ultimate()) {
            return None;
        }
        let exact = match cash_flows.payments() {
            Payments::Steady(rate) => of_flow(rate, shift, 1.0),
            Payments::Annual(flows) => of_payments(flows, shift, |fallen| (-fallen).exp_m1()),
        };
        let denominator = Self::first_order(cash_flows, shift);
        let impact = Self { denominator, convexity: exact - denominator, numerator: None };
        (denominator.is_finite() && impact.total().is_finite()).then_some(impact)
    }

    /// The impact with a relative change of earnings; `None` where that leaves no earnings.
    #[must_use]
    pub fn with_numerator(self, change: f64) -> Option<Self> {
        let impact = Self { numerator: Some(change), ..self };
        impact.total().is_finite().then_some(impact)
    }

    /// The effect of the discount rate to first order: `-int S(u) df(u) du`.
    #[must_use]
    pub fn first_order(cash_flows: &CashFlows, shift: &ForwardShift) -> f64 {
        match cash_flows.payments() {
            Payments::Steady(rate) => of_flow(rate, shift, 0.0),
            Payments::Annual(flows) => of_payments(flows, shift, |fallen| -fallen),
        }
    }

    /// The whole effect: numerator and exact denominator combined in logs, so that it is not the sum of the parts.
    #[must_use]
    pub fn total(&self) -> f64 {
        let exact = self.denominator + self.convexity;
        (exact.ln_1p() + self.numerator.unwrap_or(0.0).ln_1p()).exp_m1()
    }
}

/// The effect on a value whose share left falls at a constant rate: `-int S(u) df(u) e^(-int df) du`, or without the last factor.
fn of_flow(rate: f64, shift: &ForwardShift, discounted: f64) -> f64 {
    // Share and discount in logs: far ahead one may be below every number while the other is above.
    let log_share = |years: f64| -rate * years;
    let log_value = |years: f64| log_share(years) - shift.integral(years);
    let nothing_left = |years: f64| log_share(years).max(log_value(years)) < NOTHING_LEFT.ln();
    let fallen = |years: f64| shift.forward(years) * (log_share(years) - discounted * shift.integral(years)).exp();
    -integral(&shift.jumps(), fallen, nothing_left)
}

/// The effect on a value that is paid year by year: each payment's share times `f` of what its log value has fallen by.
fn of_payments(flows: &AnnualFlows, shift: &ForwardShift, f: impl Fn(f64) -> f64) -> f64 {
    /// More payments than the slowest accepted decay leaves above nothing.
    const MOST: usize = 2_000_000;
    let last_jump = shift.jumps().last().copied().unwrap_or(0.0);
    let mut sum = 0.0;
    for (year, share) in flows.payments().take(MOST) {
        let fallen = shift.integral(year);
        sum += share * f(fallen);
        let left = share.abs() * (1.0 + fallen.abs()) * (-fallen).exp().max(1.0);
        if year > last_jump && flows.is_past_forecast(year) && left < NOTHING_LEFT {
            break;
        }
    }
    sum
}

/// A share of present value too small to move the sixth decimal of a percentage.
const NOTHING_LEFT: f64 = 1e-18;

/// Ten Gauss-Legendre nodes and weights on -1..1, one half of them. Source: Abramowitz and Stegun, table 25.4.
const NODES: [(f64, f64); 5] = [
    (0.148_874_338_981_631_2, 0.295_524_224_714_752_9),
    (0.433_395_394_129_247_2, 0.269_266_719_309_996_4),
    (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
];

/// The integral of `f` from 0 on until `done`, in panels that begin anew at every jump and double in width: fine
/// enough for a fast decay at its onset, few enough for a value paid over centuries.
fn integral(jumps: &[f64], f: impl Fn(f64) -> f64, done: impl Fn(f64) -> bool) -> f64 {
    const FIRST_WIDTH: f64 = 1.0 / 16_384.0;
    let mut sum = 0.0;
    let (mut from, mut width) = (0.0, FIRST_WIDTH);
    let mut jumps = jumps.iter().copied().peekable();
    while !done(from) {
        let next_jump = jumps.next_if(|jump| *jump <= from + width);
        let to = next_jump.unwrap_or(from + width);
        width = if next_jump.is_some() { FIRST_WIDTH } else { 2.0 * width };
        sum += panel(&f, from, to);
        from = to;
    }
    sum
}

fn panel(f: &impl Fn(f64) -> f64, from: f64, to: f64) -> f64 {
    let (middle, half) = (f64::midpoint(from, to), (to - from) / 2.0);
    half * NODES.iter().map(|(node, weight)| weight * (f(middle - half * node) + f(middle + half * node))).sum::<f64>()
}

impl CashFlows {
    /// The durations to the zero rates at knots, maturities ascending (Ho 1992): the rates between two knots move in
    /// proportion, those before the first with it, and beyond the last knot the **forward** rates stay as they are. They
    /// sum to [`CashFlows::forward_duration`] of the last knot.
    #[must_use]
    pub fn key_rate_durations(&self, knots: &[Tenor]) -> Vec<f64> {
        const UNIT: f64 = 1e-4;
        let of_knot = |moved: &Tenor| {
            let rates: Vec<(Tenor, f64)> =
                knots.iter().map(|knot| (*knot, if knot == moved { UNIT } else { 0.0 })).collect();
            -PriceImpact::first_order(self, &ForwardShift::from_zero_rates(&rates)) / UNIT
        };
        knots.iter().map(of_knot).collect()
    }
}
