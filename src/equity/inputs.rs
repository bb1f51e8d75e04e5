//! [`AssetInputs`]: what is known of an asset besides its cash flows, each input sourced or assumed.

use std::fmt;

use super::Financing;
use crate::text::cell::Cell;
use crate::text::problem::{Position, Problem};
use crate::units::{NotAccepted, UnitError};

/// Whether an input comes from a source or is our assumption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum InputKind {
    /// From the source that is named.
    Sourced,
    /// Assumed.
    Assumed,
}

impl fmt::Display for InputKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sourced => "sourced",
            Self::Assumed => "assumed",
        })
    }
}

/// One input of an asset: a number, and where it comes from.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Input {
    /// The number, in the unit of its column.
    pub value: f64,
    /// Whether it is sourced or assumed.
    pub kind: InputKind,
    /// Where it comes from, where that is said.
    pub source: Option<String>,
}

impl fmt::Display for Input {
    /// `1.25 (sourced: ...)`, `12 (assumed)` or `0.9 (assumed: given)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = format!("{:.4}", self.value);
        let value = if value.contains('.') { value.trim_end_matches('0').trim_end_matches('.') } else { &value };
        match &self.source {
            Some(source) => write!(f, "{value} ({}: {source})", self.kind),
            None => write!(f, "{value} ({})", self.kind),
        }
    }
}

/// What is known of an asset besides its cash flows; what is not known is `None`, never zero.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct AssetInputs {
    /// The asset's answer to a policy surprise over the broad market's.
    pub market_beta: Option<Input>,
    /// The debt, in years of net income.
    pub debt_to_earnings: Option<Input>,
    /// The share of the debt that floats, in percent.
    pub floating_share_percent: Option<Input>,
    /// The share of the debt that is refinanced within a year, in percent.
    pub refinanced_share_percent: Option<Input>,
    /// The cash that earns a floating rate, in years of net income.
    pub cash_to_earnings: Option<Input>,
    /// The tax rate, in percent.
    pub tax_percent: Option<Input>,
    /// Net income over the price, in percent.
    pub earnings_yield_percent: Option<Input>,
    /// Net income over sales, in percent.
    pub net_margin_percent: Option<Input>,
}

/// Inputs of an asset that are needed and not known.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingInputs {
    /// The names of the inputs, as their columns have them.
    pub names: Vec<&'static str>,
}

impl fmt::Display for MissingInputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected the inputs {}, found none of them in the profile", self.names.join(", "))
    }
}

impl std::error::Error for MissingInputs {}

/// The name of an input of an asset, as its column has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum InputName {
    /// `market_beta`.
    MarketBeta,
    /// `debt_to_earnings`.
    DebtToEarnings,
    /// `floating_share_percent`.
    FloatingSharePercent,
    /// `refinanced_share_percent`.
    RefinancedSharePercent,
    /// `cash_to_earnings`.
    CashToEarnings,
    /// `tax_percent`.
    TaxPercent,
    /// `earnings_yield_percent`.
    EarningsYieldPercent,
    /// `net_margin_percent`.
    NetMarginPercent,
}

/// The name of an input, the column of its source, the smallest and the largest value that it can have.
type Known = (&'static str, &'static str, f64, f64);

impl AssetInputs {
    /// The inputs: the column of each, of its source, and its range.
    pub(super) const COLUMNS: [Known; 8] = [
        ("market_beta", "market_beta_source", -10.0, 10.0),
        ("debt_to_earnings", "debt_source", 0.0, 1_000.0),
        ("floating_share_percent", "floating_source", 0.0, 100.0),
        ("refinanced_share_percent", "refinanced_source", 0.0, 100.0),
        ("cash_to_earnings", "cash_source", 0.0, 1_000.0),
        ("tax_percent", "tax_source", 0.0, 100.0),
        ("earnings_yield_percent", "earnings_yield_source", 0.01, 100.0),
        ("net_margin_percent", "net_margin_source", 0.01, 100.0),
    ];

    fn slots(&mut self) -> [&mut Option<Input>; 8] {
        [
            &mut self.market_beta,
            &mut self.debt_to_earnings,
            &mut self.floating_share_percent,
            &mut self.refinanced_share_percent,
            &mut self.cash_to_earnings,
            &mut self.tax_percent,
            &mut self.earnings_yield_percent,
            &mut self.net_margin_percent,
        ]
    }

    #[cfg(feature = "serde")]
    pub(super) fn get_mut(&mut self, name: InputName) -> Option<&mut Input> {
        self.slots()[name as usize].as_mut()
    }

    /// The names of the inputs with their values, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Option<&Input>)> {
        let values = [
            &self.market_beta,
            &self.debt_to_earnings,
            &self.floating_share_percent,
            &self.refinanced_share_percent,
            &self.cash_to_earnings,
            &self.tax_percent,
            &self.earnings_yield_percent,
            &self.net_margin_percent,
        ];
        Self::COLUMNS.iter().zip(values).map(|((name, ..), value)| (*name, value.as_ref()))
    }

    /// Takes a value of the input in the so-many-th column; it is assumed where nothing says where it comes from.
    pub(super) fn read(&mut self, column: usize, cell: Cell<'_>, source: Option<String>) -> Result<(), Problem> {
        let kind = if source.is_some() { InputKind::Sourced } else { InputKind::Assumed };
        self.take(column, cell, kind, source)
    }

    fn take(&mut self, column: usize, cell: Cell<'_>, kind: InputKind, source: Option<String>) -> Result<(), Problem> {
        let (name, _, least, most) = Self::COLUMNS[column];
        let value = cell.number(&format!("{name} from {least} to {most}"), least..=most)?;
        *self.slots()[column] = Some(Input { value, kind, source });
        Ok(())
    }

    /// Sets an input, in the unit of its column; without a source it is assumed.
    ///
    /// # Errors
    /// Where the value is out of the input's range.
    pub fn set(&mut self, name: InputName, value: f64, source: Option<&str>) -> Result<(), UnitError> {
        let column = name as usize;
        let (name, _, least, most) = Self::COLUMNS[column];
        if !(least..=most).contains(&value) {
            return Err(UnitError::out_of_range(name, "in its range", &format!("{value} (from {least} to {most})")));
        }
        let kind = if source.is_some() { InputKind::Sourced } else { InputKind::Assumed };
        *self.slots()[column] = Some(Input { value, kind, source: source.map(str::to_owned) });
        Ok(())
    }

    /// Takes a value given by the user as `name=value`, such as `cash_to_earnings=0.9`.
    ///
    /// # Errors
    /// Where there is no such input, or its value cannot be read or is out of its range, as a sentence.
    ///
    /// ```
    /// let mut inputs = fedpath::equity::AssetInputs::default();
    /// inputs.give("cash_to_earnings=0.9")?;
    /// assert_eq!(inputs.cash_to_earnings.unwrap().value, 0.9);
    /// assert!(fedpath::equity::AssetInputs::default().give("cash=0.9").is_err());
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    pub fn give(&mut self, assignment: &str) -> Result<(), NotAccepted> {
        let (name, value) = assignment.split_once('=').unwrap_or((assignment, ""));
        let column = Self::COLUMNS.iter().position(|(known, ..)| *known == name.trim()).ok_or_else(|| {
            let names: Vec<&str> = Self::COLUMNS.iter().map(|(name, ..)| *name).collect();
            NotAccepted::expected(format!("NAME=VALUE, the name one of {}", names.join(", ")))
        })?;
        let cell = Cell { text: value.trim(), position: Position { line: 1, column: 1 } };
        let given = Some("given".to_owned());
        self.take(column, cell, InputKind::Assumed, given).map_err(|problem| NotAccepted::said(problem.message()))
    }

    /// The financing, with net income as the unit.
    ///
    /// # Errors
    /// [`MissingInputs`] with the names of the inputs that are needed and not known.
    pub fn financing(&self) -> Result<Financing, MissingInputs> {
        let needed = ["debt_to_earnings", "floating_share_percent", "cash_to_earnings", "tax_percent"];
        let unknown =
            |(name, value): (&'static str, Option<&Input>)| (needed.contains(&name) && value.is_none()).then_some(name);
        let missing: Vec<&'static str> = self.iter().filter_map(unknown).collect();
        let value = |input: &Option<Input>| input.as_ref().map(|input| input.value);
        let percent = |input: &Option<Input>| value(input).map(|percent| percent / 100.0);
        let known =
            (value(&self.debt_to_earnings), percent(&self.floating_share_percent), value(&self.cash_to_earnings));
        let ((Some(debt), Some(floating), Some(cash)), Some(tax)) = (known, percent(&self.tax_percent)) else {
            return Err(MissingInputs { names: missing });
        };
        let mut financing = Financing::new(debt, floating, cash, tax);
        financing.refinanced_share = percent(&self.refinanced_share_percent).unwrap_or(0.0);
        financing.market_value = percent(&self.earnings_yield_percent).map(f64::recip);
        financing.sales = percent(&self.net_margin_percent).map(f64::recip);
        Ok(financing)
    }
}
