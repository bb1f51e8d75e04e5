//! [`JointOptions`] and [`Basis`]: how SOFR is taken to lie beside the effective federal funds rate, and which contracts speak.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::market::contract::Contract;
use crate::market::product::Product;
use crate::units::NotAccepted;

/// The shape of the basis: the effective federal funds rate less SOFR, as a function of the days from the valuation date.
///
/// Prints and reads as `none`, `constant`, `knots:0,150,450`, `smooth:1`.
///
/// ```
/// use fedpath::joint::Basis;
/// assert_eq!(Basis::default().to_string(), "knots:0,150,450");
/// assert_eq!("knots:0,90".parse::<Basis>()?, Basis::Knots(vec![0, 90]));
/// assert!("knots:90,0".parse::<Basis>().is_err(), "in order");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Basis {
    /// SOFR is the effective rate.
    None,
    /// One number on every day.
    Constant,
    /// Linear between these days, flat before the first and after the last.
    Knots(Vec<u32>),
    /// A knot every 30 days, and this many times the sum of squared second differences in the sum that is made small, both in
    /// percent: the larger, the straighter.
    Smooth(Decimal),
}

/// The days of the default: the basis of today, of the next half year, and of what lies beyond.
const KNOTS: [u32; 3] = [0, 150, 450];

/// Second differences as heavy as residuals, unless said.
const SMOOTHNESS: Decimal = Decimal::ONE;

const ACCEPTED: &str = "none, constant, knots[:DAYS,...] with days in order, or smooth[:LAMBDA] with a number above 0";

impl Default for Basis {
    fn default() -> Self {
        Self::Knots(KNOTS.to_vec())
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Constant => f.write_str("constant"),
            Self::Knots(days) => {
                let days: Vec<String> = days.iter().map(ToString::to_string).collect();
                write!(f, "knots:{}", days.join(","))
            }
            Self::Smooth(smoothness) => write!(f, "smooth:{smoothness}"),
        }
    }
}

impl FromStr for Basis {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || NotAccepted::expected(ACCEPTED);
        let (shape, figures) = text.split_once(':').map_or((text, None), |(shape, figures)| (shape, Some(figures)));
        match (shape, figures) {
            ("none", None) => Ok(Self::None),
            ("constant", None) => Ok(Self::Constant),
            ("knots", None) => Ok(Self::default()),
            ("smooth", None) => Ok(Self::Smooth(SMOOTHNESS)),
            ("knots", Some(days)) => {
                let days: Option<Vec<u32>> = days.split(',').map(|day| day.trim().parse().ok()).collect();
                let in_order = |days: &Vec<u32>| days.windows(2).all(|pair| pair[0] < pair[1]);
                days.filter(in_order).map(Self::Knots).ok_or_else(refused)
            }
            ("smooth", Some(smoothness)) => {
                let smoothness = Decimal::from_str_exact(smoothness).ok().filter(|number| *number > Decimal::ZERO);
                smoothness.map(Self::Smooth).ok_or_else(refused)
            }
            _ => Err(refused()),
        }
    }
}

/// What is asked of the joint fit.
///
/// ```
/// use fedpath::joint::{Basis, JointOptions};
/// let options = JointOptions::default().with_basis(Basis::Constant).with_excluded("SR3Z25".parse()?);
/// assert_eq!((options.basis.to_string(), options.exclude.len()), ("constant".into(), 1));
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct JointOptions {
    /// The futures that are fitted beside fed funds futures, all by default; one without a price is noticed.
    pub products: BTreeSet<Product>,
    /// The shape of the basis; linear between 0, 150 and 450 days by default.
    pub basis: Basis,
    /// Contracts that do not speak; what the others make of them is told.
    pub exclude: BTreeSet<Contract>,
    /// Whether each contract is also predicted from the others.
    pub leave_one_out: bool,
}

impl Default for JointOptions {
    fn default() -> Self {
        Self {
            products: Product::ALL.into_iter().filter(|product| *product != Product::default()).collect(),
            basis: Basis::default(),
            exclude: BTreeSet::new(),
            leave_one_out: false,
        }
    }
}

impl JointOptions {
    /// With another shape of the basis.
    #[must_use]
    pub fn with_basis(self, basis: Basis) -> Self {
        Self { basis, ..self }
    }

    /// With one more contract left out.
    #[must_use]
    pub fn with_excluded(mut self, contract: Contract) -> Self {
        self.exclude.insert(contract);
        self
    }

    /// With each contract predicted from the others, or not.
    #[must_use]
    pub fn with_leave_one_out(self, leave_one_out: bool) -> Self {
        Self { leave_one_out, ..self }
    }
}

crate::units::serde_as_text!(Basis);
