//! [`AnnualFlows`]: payments at the ends of years, then growth at a constant rate for ever.

use crate::units::{Fraction, Rate, UnitError};

/// The least excess of the discount rate over the last growth, as a fraction: below it the value is as good as infinite.
const LEAST_SPREAD: f64 = 1e-4;
/// The least rate at which the shares of late payments may fall under a shift: of two million payments nothing is left.
const LEAST_DECAY: f64 = 2.5e-5;
/// The most years that are forecast one by one.
const MOST_YEARS: usize = 1_000;

/// Years of growth at one rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// How many years.
    pub years: u16,
    /// The growth of the payment, a year.
    pub growth: Rate,
}

/// Payments at the ends of years, discounted at one annually compounded rate, as shares of their present value.
///
/// ```
/// use fedpath::equity::{AnnualFlows, CashFlows, Stage};
/// // A payment of 3 growing by 10 percent for three years and by 3 percent ever after, at 8 percent.
/// let stages = [Stage { years: 3, growth: "10".parse()? }];
/// let flows = AnnualFlows::growing(3.0, &stages, &"3".parse()?, &"8".parse()?)?;
/// assert_eq!(format!("{:.3}", flows.price()), "74.635");
/// assert_eq!(format!("{:.2}", CashFlows::from(flows).modified_duration().years()), "20.16");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "SharesData"))]
pub struct AnnualFlows {
    /// The share of the value that each forecast year's payment is, from the first year on.
    shares: Vec<f64>,
    /// The share of the first payment after them.
    next: f64,
    /// From each later payment's share to the next one's.
    ratio: f64,
    discount_rate: f64,
    price: f64,
}

/// Shares as they are written, before they are checked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SharesData {
    shares: Vec<f64>,
    next: f64,
    ratio: f64,
    discount_rate: f64,
    price: f64,
}

#[cfg(feature = "serde")]
impl TryFrom<SharesData> for AnnualFlows {
    type Error = UnitError;

    fn try_from(data: SharesData) -> Result<Self, UnitError> {
        let SharesData { shares, next, ratio, discount_rate, price } = data;
        let whole = shares.iter().sum::<f64>() + next / (1.0 - ratio);
        let sound = (0.0..1.0).contains(&ratio) && price > 0.0 && price.is_finite() && shares.len() <= MOST_YEARS;
        if !sound || (whole - 1.0).abs() > 1e-9 || !(-0.5..=1.0).contains(&discount_rate) {
            return Err(UnitError::out_of_range("sum of the shares of the payments", "the whole value", &whole));
        }
        Ok(Self { shares, next, ratio, discount_rate, price })
    }
}

impl AnnualFlows {
    /// Payments of the first years, the last of them growing at a constant rate ever after.
    ///
    /// # Errors
    /// Where there is no payment or more than 1,000, the discount rate is not above the growth by 0.01 percent, either is
    /// not between -50 and 100 percent, or the value is not above zero.
    pub fn new(payments: &[f64], last_growth: &Rate, discount_rate: &Rate) -> Result<Self, UnitError> {
        let rate = fraction("discount rate", discount_rate)?;
        let growth = fraction("growth", last_growth)?;
        if rate - growth < LEAST_SPREAD {
            return Err(UnitError::out_of_range(
                "discount rate",
                "above the last growth by 0.01% at least",
                &format!("{discount_rate} against {last_growth}"),
            ));
        }
        let number = payments.len();
        let Some(last) = payments.last().filter(|_| number <= MOST_YEARS) else {
            return Err(UnitError::out_of_range("number of payments", "between 1 and 1000", &number));
        };
        let (mut factor, mut values) = (1.0, Vec::with_capacity(number));
        for payment in payments {
            factor /= 1.0 + rate;
            values.push(payment * factor);
        }
        let ratio = (1.0 + growth) / (1.0 + rate);
        let next = last * factor * ratio;
        let price = values.iter().sum::<f64>() + next / (1.0 - ratio);
        Self::of_values(&values, next, ratio, rate, price)
    }

    /// A payment just made, growing through the stages and at a constant rate ever after: the two-stage and three-stage
    /// models, and any other number of stages.
    ///
    /// # Errors
    /// As [`AnnualFlows::new`], and where a stage's growth is not between -50 and 100 percent.
    pub fn growing(
        last_payment: f64,
        stages: &[Stage],
        last_growth: &Rate,
        discount_rate: &Rate,
    ) -> Result<Self, UnitError> {
        let (mut payment, mut payments) = (last_payment, Vec::new());
        for stage in stages {
            let growth = fraction("growth", &stage.growth)?;
            for _ in 0..stage.years {
                payment *= 1.0 + growth;
                payments.push(payment);
            }
        }
        if payments.is_empty() {
            payments.push(last_payment * (1.0 + fraction("growth", last_growth)?));
        }
        Self::new(&payments, last_growth, discount_rate)
    }

    /// From present values: of the forecast payments, of the first after them, and of all.
    pub(super) fn of_values(values: &[f64], next: f64, ratio: f64, rate: f64, price: f64) -> Result<Self, UnitError> {
        if !(price.is_finite() && price > 0.0) {
            return Err(UnitError::out_of_range("present value", "above zero and finite", &price));
        }
        Ok(Self {
            shares: values.iter().map(|value| value / price).collect(),
            next: next / price,
            ratio,
            discount_rate: rate,
            price,
        })
    }

    /// The present value, in the unit of the payments.
    #[must_use]
    pub fn price(&self) -> f64 {
        self.price
    }

    pub(super) fn discount_rate(&self) -> f64 {
        self.discount_rate
    }

    pub(super) fn is_finite_under(&self, ultimate_shift: f64) -> bool {
        ultimate_shift - self.ratio.ln() >= LEAST_DECAY
    }

    /// The payments as year and share, without end.
    pub(super) fn payments(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let later = std::iter::successors(Some(self.next), |share| Some(share * self.ratio));
        let mut year = 0.0;
        self.shares.iter().copied().chain(later).map(move |share| {
            year += 1.0;
            (year, share)
        })
    }

    /// Whether the payment of a year is one of those that fall for ever.
    pub(super) fn is_past_forecast(&self, year: f64) -> bool {
        year > self.forecast()
    }

    /// The number of forecast years.
    fn forecast(&self) -> f64 {
        // At most a thousand: far within the integers that f64 holds exactly.
        #[allow(clippy::cast_precision_loss)]
        let years = self.shares.len() as f64;
        years
    }

    /// The sum over the forecast payments of `f(year)` times their share.
    fn sum(&self, f: impl Fn(f64) -> f64) -> f64 {
        self.payments().take(self.shares.len()).map(|(year, share)| share * f(year)).sum()
    }

    pub(super) fn share_after(&self, years: f64) -> f64 {
        let later = self.next / (1.0 - self.ratio);
        let passed = (years.floor() - self.forecast()).max(0.0);
        self.sum(|year| f64::from(u8::from(year > years))) + later * self.ratio.powf(passed)
    }

    pub(super) fn forward_duration(&self, years: f64) -> f64 {
        let (n, q) = (self.forecast(), self.ratio);
        // Of the payments after the forecast, so many are made within the span.
        let made = (years.floor() - n).max(0.0);
        let left = q.powf(made);
        let sum = (1.0 - left) / (1.0 - q);
        let sum_of_years = (1.0 - (made + 1.0) * left + made * left * q) / (1.0 - q).powi(2);
        let later = n * sum + sum_of_years + years * left / (1.0 - q);
        self.sum(|year| year.min(years)) + self.next * later
    }

    pub(super) fn macaulay_duration(&self) -> f64 {
        let (n, rest) = (self.forecast(), 1.0 - self.ratio);
        self.sum(|year| year) + self.next * (n / rest + rest.powi(-2))
    }

    pub(super) fn convexity(&self) -> f64 {
        let (n, q, rest) = (self.forecast(), self.ratio, 1.0 - self.ratio);
        let later = n * n / rest + 2.0 * n / rest.powi(2) + (1.0 + q) / rest.powi(3);
        self.sum(|year| year * year) + self.next * later
    }

    /// `int S(u) e^(-k u) du`: each payment counts `(1 - e^(-k t)) / k`.
    pub(super) fn fading_duration(&self, decay: f64) -> f64 {
        let faded = self.ratio * (-decay).exp();
        let later = (1.0 - self.ratio).recip() - (-decay * (self.forecast() + 1.0)).exp() / (1.0 - faded);
        (self.sum(|year| -(-decay * year).exp_m1()) + self.next * later) / decay
    }
}

/// A rate of growth or discount as a fraction.
pub(super) fn fraction(quantity: &'static str, rate: &Rate) -> Result<f64, UnitError> {
    let fraction = (rate.exact() / &Fraction::integer(100)).to_f64();
    let refused = || UnitError::out_of_range(quantity, "between -50% and 100%", rate);
    if (-0.5..=1.0).contains(&fraction) { Ok(fraction) } else { Err(refused()) }
}
