//! [`PolicyShift`] in exact basis points, and [`ForwardShift`], what it does to the curve.

use chrono::NaiveDate;

use super::{HalfLife, Persistence, Tenor, years_between};
use crate::units::BasisPoints;

/// A change of the expected policy path: exact steps at effective dates, seen from a valuation date.
///
/// ```
/// use chrono::NaiveDate;
/// use fedpath::curve::{ForwardShift, HalfLife, Persistence, PolicyShift, Tenor};
/// let date = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// let shift = PolicyShift::step(date(2025, 11, 19), date(2025, 12, 11), "7.5bp".parse()?);
/// let decaying = ForwardShift::new(&shift, Persistence::Decaying(HalfLife::from_years(4.0)?));
/// assert_eq!(format!("{:.2}", decaying.zero_bp(Tenor::months(120))), "3.55");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
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

    /// The sum of the steps, as a fraction: what the expected rate has moved by after the last of them.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.steps.iter().map(|(_, size)| size.exact().to_f64() / 10_000.0).sum()
    }

    /// The effective dates and their steps.
    #[must_use]
    pub fn steps(&self) -> &[(NaiveDate, BasisPoints)] {
        &self.steps
    }
}

/// A shift of the instantaneous forward curve: what every method of pass-through comes to.
///
/// Under one [`Persistence`], with steps `s` at onsets `t` and the fading factor `phi`, the forward rate `u` years ahead
/// moves by `df(u) = sum s phi(u - t)` over the onsets before `u`, and the zero rate of maturity `T` by
/// `dz(T) = (1/T) int_0^T df(u) du`: the expectations hypothesis. From shifts of zero rates at knots
/// ([`ForwardShift::from_zero_rates`]) the same relation is read the other way.
#[derive(Debug, Clone, PartialEq)]
pub struct ForwardShift {
    steps: Vec<Step>,
    lines: Vec<Line>,
}

/// A straight piece of the forward shift: `at_zero + slope u` for `u` from `from` to `to`, in years and fractions.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Line {
    from: f64,
    to: f64,
    at_zero: f64,
    slope: f64,
}

impl Line {
    fn at(self, years: f64) -> f64 {
        if (self.from..self.to).contains(&years) { self.at_zero + self.slope * years } else { 0.0 }
    }

    /// The integral up to so many years ahead.
    fn integral(self, years: f64) -> f64 {
        let to = years.min(self.to);
        if to > self.from { (to - self.from) * (self.at_zero + self.slope * f64::midpoint(self.from, to)) } else { 0.0 }
    }
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
        Self { steps: shift.steps.iter().map(step).collect(), lines: Vec::new() }
    }

    /// From the shifts of the zero rates at knots, in fractions, maturities ascending: linear in the maturity between the
    /// knots, flat before the first, and beyond the last knot the **forward** rates stay as they are.
    ///
    /// (Were the last zero shift held flat instead, every forward rate beyond it would move for ever, and that
    /// extrapolation would make up most of a perpetuity's answer.)
    ///
    /// ```
    /// use fedpath::curve::ForwardShift;
    /// let shift = ForwardShift::from_zero_rates(&[("2Y".parse()?, 0.0008), ("10Y".parse()?, 0.0004)]);
    /// let bp: Vec<String> = ["1Y", "6Y", "10Y", "20Y"]
    ///     .iter()
    ///     .map(|tenor| Ok(format!("{:.0}", shift.zero_bp(tenor.parse()?))))
    ///     .collect::<Result<_, fedpath::UnitError>>()?;
    /// assert_eq!(bp.join(" "), "8 6 4 2");
    /// # Ok::<(), fedpath::UnitError>(())
    /// ```
    #[must_use]
    pub fn from_zero_rates(knots: &[(Tenor, f64)]) -> Self {
        let mut lines = Vec::new();
        let (mut start, mut before) = (0.0, None);
        for (tenor, shift) in knots {
            let to = tenor.in_years();
            let slope = before.filter(|_| to > start).map_or(0.0, |before: f64| (shift - before) / (to - start));
            // The zero shift is a + b T, so that T times it has the slope a + 2 b T.
            lines.push(Line { from: start, to, at_zero: shift - slope * to, slope: 2.0 * slope });
            (start, before) = (to, Some(*shift));
        }
        Self { steps: Vec::new(), lines }
    }

    /// From the levels of the shift from time to time, in years and fractions, ascending; the last level fades from its
    /// time on with this half-life.
    pub(super) fn from_levels(levels: &[(f64, f64)], beyond: HalfLife) -> Self {
        let known =
            levels.windows(2).map(|pair| Line { from: pair[0].0, to: pair[1].0, at_zero: pair[0].1, slope: 0.0 });
        let last =
            levels.last().map(|(onset, size)| Step { onset: *onset, size: *size, fading: Fading::At(beyond.decay()) });
        Self { lines: known.collect(), steps: last.into_iter().collect() }
    }

    /// The shift of the instantaneous forward rate `years` ahead, as a fraction (0.0001 is one basis point).
    #[must_use]
    pub fn forward(&self, years: f64) -> f64 {
        let started = self.steps.iter().filter(|step| years >= step.onset);
        let steps: f64 = started.map(|step| step.size * step.fading.left_after(years - step.onset)).sum();
        steps + self.lines.iter().map(|line| line.at(years)).sum::<f64>()
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
        self.steps.iter().map(of_step).sum::<f64>() + self.lines.iter().map(|line| line.integral(years)).sum::<f64>()
    }

    /// The shift of the zero rate of a maturity, in basis points; of no time at all, the shift of the overnight rate.
    #[must_use]
    pub fn zero_bp(&self, tenor: Tenor) -> f64 {
        let years = tenor.in_years();
        10_000.0 * if years > 0.0 { self.integral(years) / years } else { self.forward(0.0) }
    }

    /// The shift of the forward rate between two times in years, in basis points.
    #[must_use]
    pub fn period_bp(&self, from: f64, to: f64) -> f64 {
        let years = to - from;
        10_000.0 * if years > 0.0 { (self.integral(to) - self.integral(from)) / years } else { self.forward(from) }
    }

    /// The shift of the par rate of a bond of so many whole years, in basis points: what coupons, paid so many times a year,
    /// have to be for a price of par, from a zero curve that is flat at `level` (continuously compounded, a fraction).
    ///
    /// ```
    /// use fedpath::curve::{ForwardShift, Persistence, PolicyShift};
    /// let date = |text: &str| text.parse().unwrap();
    /// let shift = PolicyShift::step(date("2025-11-19"), date("2025-12-11"), "100bp".parse()?);
    /// let permanent = ForwardShift::new(&shift, Persistence::Permanent);
    /// assert_eq!(format!("{:.1} {:.1}", permanent.par_bp(10, 2, 0.04), permanent.zero_bp("10Y".parse()?)), "101.5 99.4");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn par_bp(&self, years: u16, coupons_a_year: u8, level: f64) -> f64 {
        let coupons = u32::from(years) * u32::from(coupons_a_year);
        if coupons == 0 {
            return self.zero_bp(Tenor::months(0));
        }
        let a_year = f64::from(coupons_a_year);
        let par = |moved: f64| {
            let discount = |time: f64| (-level * time - moved * self.integral(time)).exp();
            let annuity: f64 = (1..=coupons).map(|coupon| discount(f64::from(coupon) / a_year)).sum();
            a_year * (1.0 - discount(f64::from(years))) / annuity
        };
        10_000.0 * (par(1.0) - par(0.0))
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
        let of_steps = self.steps.iter().flat_map(|step| [Some(step.onset), end(step)]).flatten();
        let of_lines = self.lines.iter().flat_map(|line| [line.from, line.to]);
        let mut jumps: Vec<f64> = of_steps.chain(of_lines).filter(|time| *time > 0.0).collect();
        jumps.sort_by(f64::total_cmp);
        jumps
    }
}
