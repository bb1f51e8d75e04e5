//! [`CashFlows`]: when an equity's value is paid.

use super::{AnnualFlows, EffectiveDuration, ModifiedDuration};
use crate::curve::{HalfLife, Tenor};
use crate::units::{Fraction, Rate, UnitError};

/// The least payout yield, 0.0001 percent: below it a perpetuity's value is as good as infinite.
const LEAST_YIELD: f64 = 1e-6;

/// When the present value of an equity is paid.
///
/// Everything that a shift of the forward curve does to a price follows from `S(u)`, the share of the present value paid
/// after `u` years: to first order the log price changes by `-int S(u) df(u) du`.
///
/// ```
/// use fedpath::equity::CashFlows;
/// let sp500 = CashFlows::gordon("1.15%".parse()?)?;
/// assert_eq!(format!("{:.1}", sp500.macaulay_duration()), "87.0");
/// // Nine tenths of the value are paid after nine years.
/// assert_eq!(format!("{:.2}", sp500.share_after(9.0)), "0.90");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CashFlows {
    /// Payouts growing at a constant rate for ever, in continuous time.
    Gordon(Gordon),
    /// A bare number of years: `S(u) = e^(-u / D)`, so that it answers shifts that are not parallel too.
    DurationOnly(BareDuration),
    /// Payments at the ends of years: stages of growth, or the model of Dechow, Sloan and Soliman.
    Annual(AnnualFlows),
}

/// A perpetuity whose payouts grow at a constant rate: the payout yield `y` is the discount rate less the growth
/// rate, and `e^(-y u)` of the value is paid after `u` years. Source: Gordon (1962).
#[derive(Debug, Clone, PartialEq)]
pub struct Gordon {
    payout_yield: Rate,
    fraction: f64,
}

impl Gordon {
    /// The payout yield: cash paid to shareholders over the next year as a rate on the price.
    #[must_use]
    pub fn payout_yield(&self) -> &Rate {
        &self.payout_yield
    }
}

/// A duration without a model behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BareDuration(f64);

impl BareDuration {
    /// The duration in years.
    #[must_use]
    pub fn years(self) -> f64 {
        self.0
    }
}

/// How a value is paid.
pub(super) enum Payments<'a> {
    /// All the time, the share left falling at this rate a year: `S(u) = e^(-y u)`.
    Steady(f64),
    /// At the ends of years.
    Annual(&'a AnnualFlows),
}

impl CashFlows {
    /// A Gordon perpetuity with this payout yield.
    ///
    /// # Errors
    /// Where the yield is below 0.0001 percent (the value would be infinite) or above 100.
    pub fn gordon(payout_yield: Rate) -> Result<Self, UnitError> {
        let fraction = (payout_yield.exact() / &Fraction::integer(100)).to_f64();
        if (LEAST_YIELD..=1.0).contains(&fraction) {
            Ok(Self::Gordon(Gordon { payout_yield, fraction }))
        } else {
            Err(UnitError::out_of_range("payout yield", "between 0.0001% and 100%", &payout_yield))
        }
    }

    /// A bare duration of so many years.
    ///
    /// # Errors
    /// Where it is not between 0.1 and 10,000 years.
    pub fn duration_only(years: f64) -> Result<Self, UnitError> {
        if (0.1..=10_000.0).contains(&years) {
            Ok(Self::DurationOnly(BareDuration(years)))
        } else {
            Err(UnitError::out_of_range("duration", "between 0.1 and 10000 years", &years))
        }
    }

    /// How the value is paid.
    pub(super) fn payments(&self) -> Payments<'_> {
        match self {
            Self::Gordon(gordon) => Payments::Steady(gordon.fraction),
            Self::DurationOnly(duration) => Payments::Steady(duration.years().recip()),
            Self::Annual(flows) => Payments::Annual(flows),
        }
    }

    /// Whether the value stays finite when the far future is discounted at a rate shifted by this fraction.
    pub(super) fn is_finite_under(&self, ultimate_shift: f64) -> bool {
        match self.payments() {
            Payments::Steady(rate) => rate + ultimate_shift >= LEAST_YIELD,
            Payments::Annual(flows) => flows.is_finite_under(ultimate_shift),
        }
    }

    /// The share of the present value that is paid more than `years` from now: S(u).
    #[must_use]
    pub fn share_after(&self, years: f64) -> f64 {
        match self.payments() {
            Payments::Steady(rate) => (-rate * years).exp(),
            Payments::Annual(flows) => flows.share_after(years),
        }
    }

    /// The integral of `S(u)` from now to so many years ahead: the forward duration of that span.
    #[must_use]
    pub fn forward_duration(&self, years: f64) -> f64 {
        match self.payments() {
            Payments::Steady(rate) => -(-rate * years).exp_m1() / rate,
            Payments::Annual(flows) => flows.forward_duration(years),
        }
    }

    /// The Macaulay duration in years: the mean time of the present value, and the integral of
    /// [`CashFlows::share_after`]. It is minus the relative price change per unit of a parallel shift of the
    /// continuously compounded forward curve.
    #[must_use]
    pub fn macaulay_duration(&self) -> f64 {
        match self.payments() {
            Payments::Steady(rate) => rate.recip(),
            Payments::Annual(flows) => flows.macaulay_duration(),
        }
    }

    /// The modified duration: minus the relative price change per unit of the discount rate as it is compounded. Equal to
    /// Macaulay's in continuous time; divided by one plus the rate under annual compounding.
    #[must_use]
    pub fn modified_duration(&self) -> ModifiedDuration {
        let compounding = match self.payments() {
            Payments::Steady(_) => 1.0,
            Payments::Annual(flows) => 1.0 + flows.discount_rate(),
        };
        ModifiedDuration::from_years(self.macaulay_duration() / compounding)
    }

    /// The effective duration to a shift that fades: `int S(u) e^(-k u) du`, for a Gordon perpetuity `1 / (k + y)`.
    ///
    /// ```
    /// use fedpath::{equity::CashFlows, curve::HalfLife};
    /// let (sp500, nasdaq) = (CashFlows::gordon("1.15".parse()?)?, CashFlows::gordon("0.65".parse()?)?);
    /// let years = |flows: &CashFlows| format!("{:.1}", flows.effective_duration(HalfLife::default()).years());
    /// assert_eq!((years(&sp500), years(&nasdaq)), ("4.9".into(), "5.0".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn effective_duration(&self, half_life: HalfLife) -> EffectiveDuration {
        let decay = half_life.decay();
        EffectiveDuration::from_years(match self.payments() {
            Payments::Steady(rate) => (rate + decay).recip(),
            Payments::Annual(flows) => flows.fading_duration(decay),
        })
    }

    /// The convexity to a parallel shift of the forward curve, `int u^2 w(u) du`, in years squared: the second derivative
    /// of the price by the price. For a Gordon perpetuity `2 / y^2`.
    #[must_use]
    pub fn convexity(&self) -> f64 {
        match self.payments() {
            Payments::Steady(rate) => 2.0 / (rate * rate),
            Payments::Annual(flows) => flows.convexity(),
        }
    }

    /// The durations of the forward rates from bucket to bucket: up to the first edge, between the edges, and beyond the
    /// last; edges ascending. They sum to [`CashFlows::macaulay_duration`].
    ///
    /// ```
    /// use fedpath::{equity::CashFlows, curve::Tenor};
    /// let sp500 = CashFlows::gordon("1.15".parse()?)?;
    /// let buckets = sp500.forward_buckets(&Tenor::STANDARD);
    /// let shown: Vec<String> = buckets.iter().map(|years| format!("{years:.2}")).collect();
    /// assert_eq!(shown.join(" "), "0.25 0.25 0.50 0.98 2.88 4.59 15.93 61.58");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn forward_buckets(&self, edges: &[Tenor]) -> Vec<f64> {
        let spans = edges.iter().map(|edge| self.forward_duration(edge.in_years())).chain([self.macaulay_duration()]);
        let mut before = 0.0;
        spans.map(|upto| upto - std::mem::replace(&mut before, upto)).collect()
    }
}

impl From<AnnualFlows> for CashFlows {
    fn from(flows: AnnualFlows) -> Self {
        Self::Annual(flows)
    }
}
