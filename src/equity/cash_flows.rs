//! [`CashFlows`]: when an equity's value is paid.

use crate::units::{Fraction, Rate, UnitError};

/// The least payout yield, 0.0001 percent: below it a perpetuity's value is as good as infinite.
const LEAST_YIELD: f64 = 1e-6;

/// When the present value of an equity is paid.
///
/// ```
/// use fedpath::equity::CashFlows;
/// let sp500 = CashFlows::gordon(&"1.15%".parse()?)?;
/// assert_eq!(format!("{:.1}", sp500.duration()), "87.0");
/// // Nine tenths of the value are paid after nine years.
/// assert_eq!(format!("{:.2}", sp500.share_after(9.0)), "0.90");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum CashFlows {
    /// Payouts growing at a constant rate for ever, in continuous time: the payout yield `y` is the discount rate
    /// less the growth rate, and `e^(-y u)` of the value is paid after `u` years. Source: Gordon (1962).
    #[non_exhaustive]
    Gordon {
        /// The payout yield as a fraction: 0.0115 is 1.15 percent.
        payout_yield: f64,
    },
}

impl CashFlows {
    /// A Gordon perpetuity with this payout yield.
    ///
    /// # Errors
    /// Where the yield is not above 0, or too small to be told from it: the value would be infinite.
    pub fn gordon(payout_yield: &Rate) -> Result<Self, UnitError> {
        let fraction = (payout_yield.percent() / &Fraction::integer(100)).to_f64();
        if fraction.is_finite() && fraction >= LEAST_YIELD {
            Ok(Self::Gordon { payout_yield: fraction })
        } else {
            Err(UnitError::out_of_range("payout yield", "at least 0.0001%", payout_yield))
        }
    }

    /// Whether the value stays finite when the far future is discounted at a rate shifted by this fraction.
    pub(super) fn is_finite_under(self, ultimate_shift: f64) -> bool {
        match self {
            Self::Gordon { payout_yield } => payout_yield + ultimate_shift >= LEAST_YIELD,
        }
    }

    /// The share of the present value that is paid more than `years` from now: S(u).
    #[must_use]
    pub fn share_after(self, years: f64) -> f64 {
        self.log_share_after(years).exp()
    }

    /// The logarithm of [`CashFlows::share_after`]: centuries ahead the share itself is below every number.
    pub(super) fn log_share_after(self, years: f64) -> f64 {
        match self {
            Self::Gordon { payout_yield } => -payout_yield * years,
        }
    }

    /// The duration in years: minus the relative price change per unit of a parallel shift of the forward curve,
    /// the integral of [`CashFlows::share_after`]. Macaulay and modified duration are one under continuous
    /// compounding.
    #[must_use]
    pub fn duration(self) -> f64 {
        match self {
            Self::Gordon { payout_yield } => payout_yield.recip(),
        }
    }
}
