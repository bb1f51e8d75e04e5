//! [`PolicyShift`] in exact basis points, and [`ForwardShift`], what it does to the curve.

use std::fmt;

use chrono::NaiveDate;

use super::Persistence;
use crate::units::BasisPoints;

/// A change of the expected policy path: exact steps at effective dates, seen from a valuation date.
///
/// ```
/// use chrono::NaiveDate;
/// use fedpath::term::{ForwardShift, HalfLife, Persistence, PolicyShift, Tenor};
/// let date = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// let shift = PolicyShift::step(date(2025, 11, 19), date(2025, 12, 11), "7.5bp".parse()?);
/// let decaying = ForwardShift::new(&shift, Persistence::Decaying(HalfLife::from_years(4.0)?));
/// assert_eq!(format!("{:.2}", decaying.zero_bp(Tenor::months(120))), "3.55");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyShift {
    valuation: NaiveDate,
    steps: Vec<(NaiveDate, BasisPoints)>,
}

impl PolicyShift {
    /// Steps at their effective dates.
    #[must_use]
    pub fn new(valuation: NaiveDate, steps: Vec<(NaiveDate, BasisPoints)>) -> Self {
        Self { valuation, steps }
    }

    /// One step at one effective date.
    #[must_use]
    pub fn step(valuation: NaiveDate, effective: NaiveDate, size: BasisPoints) -> Self {
        Self::new(valuation, vec![(effective, size)])
    }

    /// The valuation date.
    #[must_use]
    pub fn valuation(&self) -> NaiveDate {
        self.valuation
    }

    /// The effective dates and their steps.
    #[must_use]
    pub fn steps(&self) -> &[(NaiveDate, BasisPoints)] {
        &self.steps
    }
}

/// A maturity of the curve, in whole months.
///
/// ```
/// use fedpath::term::Tenor;
/// assert_eq!(Tenor::months(6).to_string(), "6M");
/// assert_eq!(Tenor::months(120).to_string(), "10Y");
/// assert_eq!(Tenor::months(3).in_years(), 0.25);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenor(u32);

impl Tenor {
    /// The maturities that reports show: 3M, 6M, 1Y, 2Y, 5Y, 10Y and 30Y.
    pub const STANDARD: [Self; 7] = [Self(3), Self(6), Self(12), Self(24), Self(60), Self(120), Self(360)];

    /// A maturity of so many months.
    #[must_use]
    pub const fn months(months: u32) -> Self {
        Self(months)
    }

    /// The maturity in years.
    #[must_use]
    pub fn in_years(self) -> f64 {
        f64::from(self.0) / 12.0
    }
}

impl fmt::Display for Tenor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&if self.0 > 0 && self.0.is_multiple_of(12) {
            format!("{}Y", self.0 / 12)
        } else {
            format!("{}M", self.0)
        })
    }
}

/// The shift of the instantaneous forward curve that a policy shift means under one [`Persistence`].
///
/// With steps `s` at onsets `t` and the fading factor `phi`, the forward rate `u` years ahead moves by
/// `df(u) = sum s phi(u - t)` over the onsets before `u`, and the zero rate of maturity `T` by
/// `dz(T) = (1/T) int_0^T df(u) du`: the expectations hypothesis.
#[derive(Debug, Clone, PartialEq)]
pub struct ForwardShift {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq)]
struct Step {
    /// Years from the valuation date to the onset; below zero for a step already in force.
    onset: f64,
    /// Size as a fraction: 7.5 bp is 0.00075.
    size: f64,
    fading: Fading,
}

/// What is left of a step so many years after its onset.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fading {
    Never,
    /// All of it, up to so many years after the onset.
    Until(f64),
    /// A part that decays at this rate a year.
    At(f64),
}

impl Fading {
    fn left_after(self, years: f64) -> f64 {
        match self {
            Self::Never => 1.0,
            Self::Until(end) => f64::from(u8::from(years < end)),
            Self::At(decay) => (-decay * years).exp(),
        }
    }

    /// The integral of what is left, between two times after the onset.
    fn integral(self, from: f64, to: f64) -> f64 {
        match self {
            Self::Never => to - from,
            Self::Until(end) => to.min(end).max(from) - from,
            // e^(-k from) - e^(-k to), without cancellation when the decay is slow.
            Self::At(decay) => -(-decay * from).exp() * (-decay * (to - from)).exp_m1() / decay,
        }
    }
}

impl ForwardShift {
    /// Spreads a policy shift over the curve.
    #[must_use]
    pub fn new(shift: &PolicyShift, persistence: Persistence) -> Self {
        let step = |(effective, size): &(NaiveDate, BasisPoints)| Step {
            onset: years_between(shift.valuation, *effective),
            size: size.exact().to_f64() / 10_000.0,
            fading: match persistence {
                Persistence::Permanent => Fading::Never,
                Persistence::Postponed { until } => Fading::Until(years_between(*effective, until).max(0.0)),
                Persistence::Decaying(half_life) => Fading::At(half_life.decay()),
            },
        };
        Self { steps: shift.steps.iter().map(step).collect() }
    }

    /// The shift of the instantaneous forward rate `years` ahead, as a fraction (0.0001 is one basis point).
    #[must_use]
    pub fn forward(&self, years: f64) -> f64 {
        let started = self.steps.iter().filter(|step| years >= step.onset);
        started.map(|step| step.size * step.fading.left_after(years - step.onset)).sum()
    }

    /// The integral of the forward shift from now to `years` ahead: what a zero-coupon bond's log price loses.
    #[must_use]
    pub fn integral(&self, years: f64) -> f64 {
        let of_step = |step: &Step| {
            // A step already in force counts from now on, faded by the time since its onset.
            let from = (-step.onset).max(0.0);
            let to = years - step.onset;
            if to > from { step.size * step.fading.integral(from, to) } else { 0.0 }
        };
        self.steps.iter().map(of_step).sum()
    }

    /// The shift of the zero rate of a maturity, in basis points.
    #[must_use]
    pub fn zero_bp(&self, tenor: Tenor) -> f64 {
        self.integral(tenor.in_years()) / tenor.in_years() * 10_000.0
    }

    /// The shift of the zero rates of the standard maturities, in basis points.
    #[must_use]
    pub fn zero_curve_bp(&self) -> Vec<(Tenor, f64)> {
        Tenor::STANDARD.iter().map(|tenor| (*tenor, self.zero_bp(*tenor))).collect()
    }

    /// What is left of the forward shift in the far future, as a fraction.
    #[must_use]
    pub fn ultimate(&self) -> f64 {
        let lasting = self.steps.iter().filter(|step| step.fading == Fading::Never);
        lasting.map(|step| step.size).sum()
    }

    /// The times, in years, at which the forward shift jumps.
    pub(crate) fn jumps(&self) -> Vec<f64> {
        let end = |step: &Step| match step.fading {
            Fading::Until(end) => Some(step.onset + end),
            Fading::Never | Fading::At(_) => None,
        };
        let ends = |step: &Step| [Some(step.onset), end(step)];
        let mut jumps: Vec<f64> = self.steps.iter().flat_map(ends).flatten().filter(|time| *time > 0.0).collect();
        jumps.sort_by(f64::total_cmp);
        jumps
    }
}

/// Actual days over 365.
fn years_between(from: NaiveDate, to: NaiveDate) -> f64 {
    // The calendar crate spans half a million years: well within the integers that f64 holds exactly.
    #[allow(clippy::cast_precision_loss)]
    let days = to.signed_duration_since(from).num_days() as f64;
    days / 365.0
}
