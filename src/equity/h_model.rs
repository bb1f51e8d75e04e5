//! [`HModel`]: a price without a duration.

use std::fmt;

use super::CashFlows;
use super::annual::fraction;
use crate::units::{Rate, UnitError};

/// The H-model of Fuller and Hsia (1984): growth falls in a straight line over `2 H` years.
///
/// `P = D0 ((1 + gL) + H (gS - gL)) / (r - gL)`. It prices, and it has **no duration of its own**: its derivative by the
/// rate is `1 / (r - gL)` whatever the first growth, so that fast growth cannot lengthen it. [`HModel::cash_flows`] refuses.
///
/// ```
/// use fedpath::equity::HModel;
/// let model = HModel::new(4.0, &"20".parse()?, &"6".parse()?, 4.0, &"12".parse()?)?;
/// assert_eq!(format!("{:.2}", model.price()), "108.00");
/// assert!(model.cash_flows().unwrap_err().to_string().contains("stages of growth"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HModel {
    price: f64,
}

/// Why the H-model gives no duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDuration;

impl fmt::Display for NoDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the H-model has no duration of its own: its price moves by 1/(r - gL) whatever the first growth (use stages of growth)",
        )
    }
}

impl std::error::Error for NoDuration {}

impl HModel {
    /// A payment just made, its first and last growth, half the years between them, and the discount rate.
    ///
    /// # Errors
    /// Where a rate is not between -50 and 100 percent, the half-life is below zero, or the discount rate is not 0.01
    /// percent above the last growth.
    pub fn new(
        last_payment: f64,
        first_growth: &Rate,
        last_growth: &Rate,
        half_life: f64,
        discount_rate: &Rate,
    ) -> Result<Self, UnitError> {
        let (first, last) = (fraction("growth", first_growth)?, fraction("growth", last_growth)?);
        let spread = fraction("discount rate", discount_rate)? - last;
        if spread < 1e-4 {
            let found = format!("{discount_rate} against {last_growth}");
            return Err(UnitError::out_of_range("discount rate", "above the last growth by 0.01% at least", &found));
        }
        if !(0.0..=1_000.0).contains(&half_life) {
            return Err(UnitError::out_of_range("half-life of the growth", "between 0 and 1000 years", &half_life));
        }
        Ok(Self { price: last_payment * (1.0 + last + half_life * (first - last)) / spread })
    }

    /// The price, in the unit of the payment.
    #[must_use]
    pub fn price(self) -> f64 {
        self.price
    }

    /// Refused: there are none that its price is the value of.
    ///
    /// # Errors
    /// Always [`NoDuration`].
    pub fn cash_flows(self) -> Result<CashFlows, NoDuration> {
        Err(NoDuration)
    }
}
