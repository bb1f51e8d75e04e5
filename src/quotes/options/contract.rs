//! [`OptionContract`]: which option a premium is of.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::market::calendar::is_business_day;
use crate::market::contract::{ContractError, ContractMonth};
use crate::market::product::Product;

/// The future that an option is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum OptionProduct {
    #[cfg_attr(feature = "serde", serde(rename = "OZQ"))]
    /// Options on the 30-Day Federal Funds future: Globex `OZQ`, in settlement reports `FFC`.
    FedFunds,
    #[cfg_attr(feature = "serde", serde(rename = "SR3"))]
    /// Options on the Three-Month SOFR future: Globex `SR3`, at vendors also `SFR`.
    ThreeMonthSofr,
}

impl OptionProduct {
    /// The Globex code of the option.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::FedFunds => "OZQ",
            Self::ThreeMonthSofr => "SR3",
        }
    }

    /// The codes that stand before the month of an option or of the future it is on.
    fn roots(self) -> &'static [&'static str] {
        match self {
            Self::FedFunds => &["OZQ", "FFC", "ZQ", "FF", "41"],
            Self::ThreeMonthSofr => &["SR3", "SFR"],
        }
    }

    /// The smallest step of a premium, in points: 0.0025. (SR3 options trade in steps of 0.005 at larger premiums.)
    #[must_use]
    pub fn tick(self) -> Decimal {
        Decimal::new(25, 4)
    }
}

impl fmt::Display for OptionProduct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// The right of an option's holder: to buy the future at the strike, or to sell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum OptionSide {
    /// The right to buy: it pays where the price ends above the strike.
    Call,
    /// The right to sell: it pays where the price ends below the strike.
    Put,
}

impl OptionSide {
    /// What the option pays, in points, where the future ends at a price.
    #[must_use]
    pub fn payoff(self, future: &crate::Fraction, strike: &crate::Fraction) -> crate::Fraction {
        let gain = match self {
            Self::Call => future - strike,
            Self::Put => strike - future,
        };
        if gain.is_negative() { crate::Fraction::zero() } else { gain }
    }
}

impl fmt::Display for OptionSide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Call => "call",
            Self::Put => "put",
        })
    }
}

/// An option: its product, the contract month of the future, the side and the strike.
///
/// ```
/// use fedpath::options::{OptionContract, OptionProduct, OptionSide};
/// let option = OptionContract {
///     product: OptionProduct::FedFunds,
///     month: "2025-12".parse()?,
///     side: OptionSide::Call,
///     strike: fedpath::rust_decimal::Decimal::new(9625, 2),
/// };
/// assert_eq!(option.to_string(), "OZQZ25 96.25 call");
/// # Ok::<(), fedpath::ContractError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct OptionContract {
    /// The future that the option is on.
    pub product: OptionProduct,
    /// The contract month of that future; of SR3 the month in which its reference quarter starts.
    pub month: ContractMonth,
    /// Call or put.
    pub side: OptionSide,
    /// The strike in points of the future.
    #[cfg_attr(feature = "serde", serde(serialize_with = "super::as_data::decimal"))]
    pub strike: Decimal,
}

impl fmt::Display for OptionContract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label = chain_label(self.product, self.month);
        f.pad(&format!("{label} {} {}", self.strike.normalize(), self.side))
    }
}

/// `OZQZ25`: the options on one contract.
pub(crate) fn chain_label(product: OptionProduct, month: ContractMonth) -> String {
    let symbol = Product::FedFunds.contract(month).symbol();
    format!("{}{}", product.code(), symbol.trim_start_matches(Product::FedFunds.code()))
}

/// Reads `ZQZ25`, `OZQZ5`, `SFRU5`, `2025-12`: a label without a product is of fed funds.
pub(in crate::quotes) fn read_chain_label(
    text: &str,
    trade_date: Option<NaiveDate>,
) -> Result<(OptionProduct, ContractMonth), ContractError> {
    let label = text.trim().to_ascii_uppercase();
    let label = label.split_once(':').map_or(label.as_str(), |(_, symbol)| symbol);
    for product in [OptionProduct::FedFunds, OptionProduct::ThreeMonthSofr] {
        let month = product.roots().iter().find_map(|root| label.strip_prefix(root));
        if let Some(month) = month.filter(|month| month.len() >= 2) {
            let as_future = format!("ZQ{}", month.trim_start_matches('-'));
            let plain = month.strip_prefix('-').unwrap_or(&as_future);
            return ContractMonth::parse(plain, trade_date)
                .map(|month| (product, month))
                .map_err(|error| renamed(&error, text));
        }
    }
    ContractMonth::parse(text, trade_date).map(|month| (OptionProduct::FedFunds, month))
}

/// The error with the label as the file has it.
fn renamed(error: &ContractError, text: &str) -> ContractError {
    match error {
        ContractError::NeedsTradeDate(_) => ContractError::NeedsTradeDate(text.to_owned()),
        ContractError::Continuous(_) => ContractError::Continuous(text.to_owned()),
        _ => ContractError::Unknown(text.to_owned()),
    }
}

/// The last business day of a month, on which its fed funds options expire.
pub(crate) fn last_business_day(month: ContractMonth) -> NaiveDate {
    let after = month.next().first_day();
    let days = std::iter::successors(after.pred_opt(), NaiveDate::pred_opt);
    days.into_iter().find(|day| is_business_day(*day)).unwrap_or(after)
}

#[cfg(test)]
mod tests {
    use super::{last_business_day, read_chain_label};

    #[test]
    fn a_chain_is_known_by_its_future_or_its_own_code() {
        let on = "2025-08-05".parse().ok();
        for (text, read) in [
            ("SFRU5", "SR3 2025-09"),
            ("SR3H6", "SR3 2026-03"),
            ("SR3-2025-12", "SR3 2025-12"),
            ("ZQZ25", "OZQ 2025-12"),
            ("OZQZ5", "OZQ 2025-12"),
            ("2025-12", "OZQ 2025-12"),
            ("DEC25", "OZQ 2025-12"),
        ] {
            let (product, month) = read_chain_label(text, on).unwrap();
            assert_eq!(format!("{product} {month}"), read, "{text}");
        }
        assert!(read_chain_label("SFRB5", on).is_err());
        insta::assert_snapshot!(read_chain_label("SFRU5", None).unwrap_err(), @"expected a contract with its decade, such as ZQZ25, found 'SFRU5' (a one-digit year needs the trade date: add a line '# as_of: YYYY-MM-DD')");
    }

    #[test]
    fn fed_funds_options_expire_on_the_last_business_day() {
        let last = |month: &str| last_business_day(month.parse().unwrap()).to_string();
        assert_eq!([last("2015-10"), last("2020-05"), last("2025-08")], ["2015-10-30", "2020-05-29", "2025-08-29"]);
    }
}
