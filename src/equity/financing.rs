//! [`Financing`]: what a change of short rates does to earnings, the numerator of a price.

use std::str::FromStr;

use super::{CashFlows, PriceImpact};
use crate::curve::ForwardShift;
use crate::units::NotAccepted;

/// A firm's, or an index's, exposure to interest: amounts in any one unit of money, or in years of net income with
/// `net_income` at 1. Shares and the tax are fractions.
///
/// A change of the short rate by `s` changes net income by `-(1 - t) (floating debt + q maturing debt - floating cash) s`,
/// each exposed for its part of the year. The effect is mechanical: what rates do to demand is not in it.
///
/// ```
/// use fedpath::equity::Financing;
/// // A third of debt of twelve years of net income floats, taxed at 21 percent; 7.5 bp.
/// let small_caps = Financing::new(12.0, 1.0 / 3.0, 0.0, 0.21);
/// assert_eq!(format!("{:.2}", 100.0 * small_caps.earnings_change(0.00075)), "-0.24");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Financing {
    /// The debt.
    pub debt: f64,
    /// The share of the debt that floats.
    pub floating_share: f64,
    /// The share of the debt that is refinanced within a year.
    pub refinanced_share: f64,
    /// How much the rate of refinanced debt moves with the short rate: 0.74, as the 5-year yield in the MP2 regressions.
    pub refinancing_pass_through: f64,
    /// The cash that earns a floating rate.
    pub cash: f64,
    /// The tax rate.
    pub tax: f64,
    /// The net income of a year.
    pub net_income: f64,
    /// For how much of the year each of them bears the changed rate.
    pub exposed: Exposed,
    /// The market value, where it is known.
    pub market_value: Option<f64>,
    /// The sales of a year, where they are known.
    pub sales: Option<f64>,
}

impl Financing {
    /// Debt and cash in years of net income, the floating share and the tax; nothing is refinanced.
    #[must_use]
    pub fn new(debt: f64, floating_share: f64, cash: f64, tax: f64) -> Self {
        Self {
            debt,
            floating_share,
            refinanced_share: 0.0,
            refinancing_pass_through: 0.74,
            cash,
            tax,
            net_income: 1.0,
            exposed: Exposed::default(),
            market_value: None,
            sales: None,
        }
    }

    /// The change of a year's net income after a shift of the short rate, a fraction.
    #[must_use]
    pub fn net_income_change(&self, shift: f64) -> f64 {
        let Exposed { floating_debt, refinanced_debt, cash } = self.exposed;
        let interest = self.debt * self.floating_share * floating_debt
            + self.debt * self.refinanced_share * self.refinancing_pass_through * refinanced_debt
            - self.cash * cash;
        -(1.0 - self.tax) * interest * shift
    }

    /// The relative change of a year's earnings.
    #[must_use]
    pub fn earnings_change(&self, shift: f64) -> f64 {
        self.net_income_change(shift) / self.net_income
    }

    /// The change of the net margin, a fraction of sales; `None` where the sales are not known.
    #[must_use]
    pub fn margin_change(&self, shift: f64) -> Option<f64> {
        self.sales.map(|sales| self.net_income_change(shift) / sales)
    }

    /// What the change of earnings does to the price, by how long it lasts; `None` where the market value is needed and
    /// not known. `shift` is the short rate's, `forward_shift` what a method makes of it.
    #[must_use]
    pub fn price_change(
        &self,
        lasting: EarningsPath,
        shift: f64,
        cash_flows: &CashFlows,
        forward_shift: &ForwardShift,
    ) -> Option<f64> {
        match lasting {
            EarningsPath::Permanent => Some(self.earnings_change(shift)),
            EarningsPath::OneYear => self.market_value.map(|value| self.net_income_change(shift) / value),
            EarningsPath::AlongThePath => {
                let shift_felt = -PriceImpact::first_order(cash_flows, forward_shift);
                self.market_value.map(|value| self.net_income_change(shift_felt) / value)
            }
        }
    }
}

/// The fractions of a year for which debt and cash bear a changed rate; a whole one each by default.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Exposed {
    /// Of the debt that floats.
    pub floating_debt: f64,
    /// Of the debt that is refinanced.
    pub refinanced_debt: f64,
    /// Of the cash.
    pub cash: f64,
}

impl Default for Exposed {
    fn default() -> Self {
        Self { floating_debt: 1.0, refinanced_debt: 1.0, cash: 1.0 }
    }
}

/// How long a change of earnings lasts, seen from the price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum EarningsPath {
    /// As long as the shift: each year's interest at that year's forward shift, `-(1 - t) X / market value int S df`. The
    /// payouts bear all of it, as debt and investment grow on; a shift for good costs more so than in
    /// [`EarningsPath::Permanent`], by one over the share of earnings that is paid out.
    #[default]
    #[cfg_attr(feature = "serde", serde(rename = "path"))]
    AlongThePath,
    /// One year: the change of earnings over the price.
    OneYear,
    /// For good, the price moving with earnings.
    Permanent,
}

impl EarningsPath {
    /// The id that options and reports carry.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::AlongThePath => "path",
            Self::OneYear => "one-year",
            Self::Permanent => "permanent",
        }
    }
}

impl FromStr for EarningsPath {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let all = [Self::AlongThePath, Self::OneYear, Self::Permanent];
        all.into_iter()
            .find(|path| path.id() == text)
            .ok_or_else(|| NotAccepted::expected("path, one-year or permanent"))
    }
}
