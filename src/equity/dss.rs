//! [`DechowSloanSoliman`]: equity duration from accounting forecasts.

use super::AnnualFlows;
use super::annual::fraction;
use crate::units::{Rate, UnitError};

/// The implied equity duration of Dechow, Sloan and Soliman (2004): ten years of cash flows from mean-reverting return on
/// equity and growth, and the rest of the market value as a level perpetuity.
///
/// The perpetuity does not grow, so the duration lies near 19 years whatever the firm, and below that of a growing one:
/// good for ranking firms, not for the level. The parameters are those of the paper, replications use others, and all are
/// inputs. Source: Review of Accounting Studies 9; recursion as in the open-source replication of `OpenSourceAP`.
///
/// ```
/// use fedpath::equity::{CashFlows, DechowSloanSoliman};
/// let flows = DechowSloanSoliman::new(100.0, "12".parse()?, "6".parse()?, 100.0).cash_flows()?;
/// assert_eq!(format!("{:.4}", CashFlows::from(flows).macaulay_duration()), "13.2850");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DechowSloanSoliman {
    /// The book value of equity, in the unit of the market value.
    pub book_value: f64,
    /// The return on last year's book value.
    pub return_on_equity: Rate,
    /// The growth of sales.
    pub growth: Rate,
    /// The market value of equity.
    pub market_value: f64,
    /// How much of the return's distance from its mean is left after a year; 0.57.
    pub return_persistence: f64,
    /// The mean of the return on equity; 12 percent.
    pub return_mean: Rate,
    /// How much of the growth's distance from its mean is left after a year; 0.24.
    pub growth_persistence: f64,
    /// The mean of growth; 6 percent.
    pub growth_mean: Rate,
    /// The discount rate; 12 percent.
    pub discount_rate: Rate,
    /// The forecast years; 10.
    pub years: u16,
}

impl DechowSloanSoliman {
    /// A firm under the parameters of the paper.
    #[must_use]
    pub fn new(book_value: f64, return_on_equity: Rate, growth: Rate, market_value: f64) -> Self {
        let percent = |value: i64| Rate::from_exact(crate::units::Fraction::integer(value));
        Self {
            book_value,
            return_on_equity,
            growth,
            market_value,
            return_persistence: 0.57,
            return_mean: percent(12),
            growth_persistence: 0.24,
            growth_mean: percent(6),
            discount_rate: percent(12),
            years: 10,
        }
    }

    /// The forecast cash flows, year by year: `BV (1 + ROE) - BV'`.
    ///
    /// # Errors
    /// Where a rate is not between -50 and 100 percent.
    pub fn forecast(&self) -> Result<Vec<f64>, UnitError> {
        let (mean_return, mean_growth) =
            (fraction("mean return on equity", &self.return_mean)?, fraction("mean growth", &self.growth_mean)?);
        let mut return_on_equity = fraction("return on equity", &self.return_on_equity)?;
        let mut growth = fraction("growth", &self.growth)?;
        let mut book_value = self.book_value;
        let year = |_| {
            return_on_equity =
                self.return_persistence * return_on_equity + (1.0 - self.return_persistence) * mean_return;
            growth = self.growth_persistence * growth + (1.0 - self.growth_persistence) * mean_growth;
            let next = book_value * (1.0 + growth);
            let cash = book_value * (1.0 + return_on_equity) - next;
            book_value = next;
            cash
        };
        Ok((0..self.years).map(year).collect())
    }

    /// The cash flows as shares of the market value: what the forecast does not account for is paid as a level perpetuity
    /// from the year after it on.
    ///
    /// # Errors
    /// As [`DechowSloanSoliman::forecast`], and where the discount rate is not 0.01 percent at least, or the market value
    /// not above the value of the forecast: then nothing is left for the later years, and there is no duration.
    pub fn cash_flows(&self) -> Result<AnnualFlows, UnitError> {
        let rate = fraction("discount rate", &self.discount_rate)?;
        if rate < 1e-4 {
            return Err(UnitError::out_of_range("discount rate", "0.01% at least", &self.discount_rate));
        }
        let mut factor = 1.0;
        let discounted = |cash: f64| {
            factor /= 1.0 + rate;
            cash * factor
        };
        let values: Vec<f64> = self.forecast()?.into_iter().map(discounted).collect();
        let rest = self.market_value - values.iter().sum::<f64>();
        if rest.is_nan() || rest <= 0.0 {
            let accepted = "above the present value of the forecast cash flows";
            return Err(UnitError::out_of_range("market value", accepted, &self.market_value));
        }
        let ratio = (1.0 + rate).recip();
        AnnualFlows::of_values(&values, rest * (1.0 - ratio), ratio, rate, self.market_value)
    }
}
