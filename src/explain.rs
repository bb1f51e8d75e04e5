//! The steps behind a number, as data: each step is an expression that can be read and evaluated again.

use std::fmt;

use chrono::NaiveDate;

use crate::units::Fraction;

/// An arithmetic expression over exact numbers.
///
/// ```
/// use fedpath::explain::Expression;
/// use fedpath::Fraction;
/// let number = |n| Expression::number(Fraction::integer(n));
/// let mean = (number(31) * number(4) - number(3) * number(2)) / number(28);
/// assert_eq!(mean.to_string(), "(31 x 4 - 3 x 2) / 28");
/// assert_eq!(mean.value().unwrap().to_string(), "59/14");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression(Node);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Number(Fraction),
    Operation(Box<Expression>, Operator, Box<Expression>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

impl Operator {
    fn symbol(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "x",
            Self::Over => "/",
        }
    }

    fn binds_tighter_than_sums(self) -> bool {
        matches!(self, Self::Times | Self::Over)
    }
}

impl Expression {
    /// A number.
    #[must_use]
    pub fn number(value: Fraction) -> Self {
        Self(Node::Number(value))
    }

    /// A whole number.
    #[must_use]
    pub fn integer(value: impl Into<i64>) -> Self {
        Self::number(Fraction::integer(value.into()))
    }

    /// The sum of several expressions.
    pub(crate) fn sum(terms: impl IntoIterator<Item = Self>) -> Self {
        terms.into_iter().reduce(|a, b| a + b).unwrap_or_else(|| Self::number(Fraction::zero()))
    }

    /// The exact value; `None` where the expression divides by zero.
    #[must_use]
    pub fn value(&self) -> Option<Fraction> {
        match &self.0 {
            Node::Number(value) => Some(value.clone()),
            Node::Operation(left, operator, right) => {
                let (left, right) = (left.value()?, right.value()?);
                match operator {
                    Operator::Plus => Some(left + right),
                    Operator::Minus => Some(left - right),
                    Operator::Times => Some(left * right),
                    Operator::Over => left.checked_div(&right),
                }
            }
        }
    }

    /// Whether the expression is more than a number: worth printing beside its value.
    #[must_use]
    pub fn is_calculation(&self) -> bool {
        matches!(self.0, Node::Operation(..))
    }

    fn needs_brackets(&self, within: Operator, on_the_right: bool) -> bool {
        match &self.0 {
            Node::Number(value) => {
                on_the_right && (value.is_negative() || within == Operator::Over && value.shortest().contains('/'))
            }
            Node::Operation(_, own, _) if within.binds_tighter_than_sums() => {
                !own.binds_tighter_than_sums() || on_the_right
            }
            Node::Operation(_, own, _) => within == Operator::Minus && on_the_right && !own.binds_tighter_than_sums(),
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Node::Number(value) => f.write_str(&readable(value)),
            Node::Operation(left, operator, right) => {
                let side = |expression: &Self, on_the_right| {
                    let brackets = expression.needs_brackets(*operator, on_the_right);
                    if brackets { format!("({expression})") } else { expression.to_string() }
                };
                write!(f, "{} {} {}", side(left, false), operator.symbol(), side(right, true))
            }
        }
    }
}

macro_rules! operation {
    ($trait:ident, $method:ident, $operator:ident) => {
        impl std::ops::$trait for Expression {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                Self(Node::Operation(Box::new(self), Operator::$operator, Box::new(other)))
            }
        }
    };
}
operation!(Add, add, Plus);
operation!(Sub, sub, Minus);
operation!(Mul, mul, Times);
operation!(Div, div, Over);

/// A number as a person reads it: a short decimal or fraction, or twelve places of a long one.
fn readable(value: &Fraction) -> String {
    let exact = value.shortest();
    let short = if exact.contains('/') { 12 } else { 16 };
    if exact.len() <= short { exact } else { format!("{value:.12}...") }
}

/// What a step's value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Unit {
    /// Percent per annum.
    Percent,
    /// Percent per annum times days: what the rates of several days add up to.
    PercentDays,
    /// Basis points.
    BasisPoints,
    /// Moves of 25 bp.
    Moves,
    /// A probability, between 0 and 1.
    Probability,
    /// Points of price.
    Points,
    /// Dollars.
    Dollars,
}

/// One step of a derivation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// What the step gives, such as `rate before`.
    pub name: String,
    /// Why it is made this way, with the contract and the dates.
    pub reason: String,
    /// The calculation.
    pub expression: Expression,
    /// What the value counts.
    pub unit: Unit,
}

impl Step {
    pub(crate) fn new(name: impl Into<String>, reason: impl Into<String>, expression: Expression, unit: Unit) -> Self {
        Self { name: name.into(), reason: reason.into(), expression, unit }
    }

    /// The exact value, evaluated from the expression: no step divides by zero.
    #[must_use]
    pub fn value(&self) -> Fraction {
        self.expression.value().unwrap_or_else(Fraction::zero)
    }

    /// The calculation and its value: `(31 x 3.785 - 3 x 3.715) / 28 = 3.7925 %`.
    #[must_use]
    pub fn equation(&self) -> String {
        let value = self.value();
        let (exact, endless) = (readable(&value), value.shortest().contains('/'));
        let result = match self.unit {
            Unit::Percent if endless => format!("{exact} = {value:.6} %"),
            Unit::Percent => format!("{exact} %"),
            Unit::PercentDays if endless => format!("{exact} = {value:.6} % x days"),
            Unit::PercentDays => format!("{exact} % x days"),
            Unit::BasisPoints if endless => format!("{exact} = {value:.4} bp"),
            Unit::BasisPoints => format!("{exact} bp"),
            Unit::Moves | Unit::Points if endless => format!("{exact} = {value:.6}"),
            Unit::Moves | Unit::Points => exact,
            Unit::Dollars => format!("{exact} = ${value:.2}"),
            Unit::Probability => format!("{exact} = {:.2} %", &value * &Fraction::integer(100)),
        };
        if self.expression.is_calculation() { format!("{} = {result}", self.expression) } else { result }
    }
}

/// The fields of the step, the calculation as it is printed, and its value.
#[cfg(feature = "serde")]
impl serde::Serialize for Step {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Told<'a> {
            name: &'a str,
            reason: &'a str,
            expression: String,
            value: Fraction,
            unit: Unit,
        }
        let (name, reason, unit) = (self.name.as_str(), self.reason.as_str(), self.unit);
        Told { name, reason, expression: self.expression.to_string(), value: self.value(), unit }.serialize(serializer)
    }
}

/// How the figures of one meeting are made, from the quoted prices on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Derivation {
    /// The meeting, by its announcement.
    pub meeting: NaiveDate,
    /// The steps in the order of the calculation.
    pub steps: Vec<Step>,
}

#[cfg(test)]
mod tests {
    use super::{Expression, Fraction};

    #[test]
    fn brackets_stand_where_the_meaning_needs_them() {
        let n = |text: &str| Expression::number(text.parse::<Fraction>().unwrap());
        let printed = [
            (n("1") - (n("2") - n("3"))).to_string(),
            (n("1") - n("2") * n("3")).to_string(),
            ((n("1") - n("2")) * n("-3")).to_string(),
            (n("1") / (n("2") * n("3"))).to_string(),
            (n("1") + n("2") + n("3")).to_string(),
            n("1").to_string(),
            (n("1") / n("1/3")).to_string(),
        ];
        insta::assert_snapshot!(printed.join("\n"), @"
        1 - (2 - 3)
        1 - 2 x 3
        (1 - 2) x (-3)
        1 / (2 x 3)
        1 + 2 + 3
        1
        1 / (1/3)
        ");
        assert_eq!((n("1") / n("0")).value(), None);
    }
}
