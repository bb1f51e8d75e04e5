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
/// assert_eq!(format!("{:.2}", decaying.zero_bp(Tenor::TEN_YEARS)), "3.55");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyShift {
    valuation: NaiveDate,
    steps: Vec<(NaiveDate, BasisPoints)>,
}

impl PolicyShift {
    /// One step at one effective date.
    #[must_use]
    pub fn step(valuation: NaiveDate, effective: NaiveDate, size: BasisPoints) -> Self {
        Self { valuation, steps: vec![(effective, size)] }
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

/// A maturity of the curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tenor {
    label: &'static str,
    years: f64,
}

impl Tenor {
    /// Ten years.
    pub const TEN_YEARS: Self = Self { label: "10Y", years: 10.0 };

    /// The maturities that reports show: 3M, 6M, 1Y, 2Y, 5Y, 10Y and 30Y.
    pub const STANDARD: [Self; 7] = [
        Self { label: "3M", years: 0.25 },
        Self { label: "6M", years: 0.5 },
        Self { label: "1Y", years: 1.0 },
        Self { label: "2Y", years: 2.0 },
        Self { label: "5Y", years: 5.0 },
        Self::TEN_YEARS,
        Self { label: "30Y", years: 30.0 },
    ];

    /// The maturity in years.
    #[must_use]
    pub fn years(self) -> f64 {
        self.years
    }
}

impl fmt::Display for Tenor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.label)
    }
}

/// The shift of the instantaneous forward curve that a policy shift means under one [`Persistence`].
///
/// With steps `s` at onsets `t` and the fading factor `phi`, the forward rate `u` years ahead moves by
/// `df(u) = sum s phi(u - t)` over the onsets before `u`, and the zero rate of maturity `T` by
/// `dz(T) = (1/T) int_0^T df(u) du`: the expectations hypothesis.
#[derive(Debug, Clone, PartialEq)]
pub struct ForwardShift {
    persistence: Persistence,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq)]
struct Step {
    /// Years from the valuation date to the onset.
    onset: f64,
    /// Years from the onset to the end of a postponed shift.
    until: Option<f64>,
    /// Size as a fraction: 7.5 bp is 0.00075.
    size: f64,
}

impl ForwardShift {
    /// Spreads a policy shift over the curve.
    #[must_use]
    pub fn new(shift: &PolicyShift, persistence: Persistence) -> Self {
        let step = |(effective, size): &(NaiveDate, BasisPoints)| Step {
            onset: years_between(shift.valuation, *effective),
            until: match persistence {
                Persistence::Postponed { until } => Some(years_between(*effective, until)),
                Persistence::Permanent | Persistence::Decaying(_) => None,
            },
            size: size.exact().to_f64() / 10_000.0,
        };
        Self { persistence, steps: shift.steps.iter().map(step).collect() }
    }

    /// The persistence it was made with.
    #[must_use]
    pub fn persistence(&self) -> Persistence {
        self.persistence
    }

    /// The shift of the instantaneous forward rate `years` ahead, as a fraction (0.0001 is one basis point).
    #[must_use]
    pub fn forward(&self, years: f64) -> f64 {
        let started = self.steps.iter().filter(|step| years >= step.onset);
        started.map(|step| step.size * self.persistence.left_after(step.until, years - step.onset)).sum()
    }

    /// The integral of the forward shift from now to `years` ahead: what a zero-coupon bond's log price loses.
    #[must_use]
    pub fn integral(&self, years: f64) -> f64 {
        let of_step = |step: &Step| {
            // A step already in force counts from now on, faded by the time since its onset.
            let from = (-step.onset).max(0.0);
            let to = years - step.onset;
            if to > from { step.size * self.persistence.integral(step.until, from, to) } else { 0.0 }
        };
        self.steps.iter().map(of_step).sum()
    }

    /// The shift of the zero rate of a maturity, in basis points.
    #[must_use]
    pub fn zero_bp(&self, tenor: Tenor) -> f64 {
        self.integral(tenor.years) / tenor.years * 10_000.0
    }

    /// The shift of the zero rates of the standard maturities.
    #[must_use]
    pub fn response(&self) -> CurveResponse {
        let zero_bp = Tenor::STANDARD.iter().map(|tenor| (*tenor, self.zero_bp(*tenor))).collect();
        CurveResponse { persistence: self.persistence, zero_bp }
    }

    /// What is left of the forward shift in the far future, as a fraction.
    #[must_use]
    pub fn ultimate(&self) -> f64 {
        match self.persistence {
            Persistence::Permanent => self.steps.iter().map(|step| step.size).sum(),
            Persistence::Postponed { .. } | Persistence::Decaying(_) => 0.0,
        }
    }

    /// The times, in years, at which the forward shift jumps.
    pub(crate) fn jumps(&self) -> Vec<f64> {
        let ends = |step: &Step| [Some(step.onset), step.until.map(|years| step.onset + years)];
        let mut jumps: Vec<f64> = self.steps.iter().flat_map(ends).flatten().filter(|time| *time > 0.0).collect();
        jumps.sort_by(f64::total_cmp);
        jumps
    }
}

/// The response of the zero curve to a policy shift under one persistence.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CurveResponse {
    /// How long the shift lasts.
    pub persistence: Persistence,
    /// The shift of the zero rate of each maturity, in basis points.
    pub zero_bp: Vec<(Tenor, f64)>,
}

/// Actual days over 365.
fn years_between(from: NaiveDate, to: NaiveDate) -> f64 {
    // The calendar crate spans half a million years: well within the integers that f64 holds exactly.
    #[allow(clippy::cast_precision_loss)]
    let days = to.signed_duration_since(from).num_days() as f64;
    days / 365.0
}
