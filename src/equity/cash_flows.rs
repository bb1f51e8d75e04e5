//! [`CashFlows`]: when an equity's value is paid.

use crate::units::{Fraction, Rate, UnitError};

/// The least payout yield, 0.0001 percent: below it a perpetuity's value is as good as infinite.
const LEAST_YIELD: f64 = 1e-6;

/// When the present value of an equity is paid.
///
/// ```
/// use fedpath::equity::CashFlows;
/// let sp500 = CashFlows::gordon("1.15%".parse()?)?;
/// assert_eq!(format!("{:.1}", sp500.duration()), "87.0");
/// // Nine tenths of the value are paid after nine years.
/// assert_eq!(format!("{:.2}", sp500.share_after(9.0)), "0.90");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CashFlows {
    /// Payouts growing at a constant rate for ever, in continuous time.
    Gordon(Gordon),
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

impl CashFlows {
    /// A Gordon perpetuity with this payout yield.
    ///
    /// # Errors
    /// Where the yield is below 0.0001 percent (the value would be infinite) or above 100.
    pub fn gordon(payout_yield: Rate) -> Result<Self, UnitError> {
        let fraction = (payout_yield.percent() / &Fraction::integer(100)).to_f64();
        if (LEAST_YIELD..=1.0).contains(&fraction) {
            Ok(Self::Gordon(Gordon { payout_yield, fraction }))
        } else {
            Err(UnitError::out_of_range("payout yield", "between 0.0001% and 100%", &payout_yield))
        }
    }

    /// Whether the value stays finite when the far future is discounted at a rate shifted by this fraction.
    pub(super) fn is_finite_under(&self, ultimate_shift: f64) -> bool {
        match self {
            Self::Gordon(gordon) => gordon.fraction + ultimate_shift >= LEAST_YIELD,
        }
    }

    /// The share of the present value that is paid more than `years` from now: S(u).
    #[must_use]
    pub fn share_after(&self, years: f64) -> f64 {
        self.log_share_after(years).exp()
    }

    /// The logarithm of [`CashFlows::share_after`]: centuries ahead the share itself is below every number.
    pub(super) fn log_share_after(&self, years: f64) -> f64 {
        match self {
            Self::Gordon(gordon) => -gordon.fraction * years,
        }
    }

    /// The duration in years: minus the relative price change per unit of a parallel shift of the forward curve,
    /// the integral of [`CashFlows::share_after`]. Macaulay and modified duration are one under continuous
    /// compounding.
    #[must_use]
    pub fn duration(&self) -> f64 {
        match self {
            Self::Gordon(gordon) => gordon.fraction.recip(),
        }
    }
}
