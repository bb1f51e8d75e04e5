//! The operators of the units, for values and references alike.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use super::{BasisPoints, Fraction, Price, PriceChange, Probability, Rate, UnitError};

/// The three other forms of an operator that is defined between references.
macro_rules! forward {
    ($($own:ident $operator:tt $other:ident = $output:ty, $trait:ident, $method:ident);+ $(;)?) => {$(
        impl $trait<$other> for $own {
            type Output = $output;
            fn $method(self, other: $other) -> $output {
                &self $operator &other
            }
        }
        impl $trait<&$other> for $own {
            type Output = $output;
            fn $method(self, other: &$other) -> $output {
                &self $operator other
            }
        }
        impl $trait<$other> for &$own {
            type Output = $output;
            fn $method(self, other: $other) -> $output {
                self $operator &other
            }
        }
    )+};
}

forward! {
    Fraction + Fraction = Fraction, Add, add;
    Fraction - Fraction = Fraction, Sub, sub;
    Fraction * Fraction = Fraction, Mul, mul;
    Fraction / Fraction = Fraction, Div, div;
    BasisPoints + BasisPoints = BasisPoints, Add, add;
    BasisPoints - BasisPoints = BasisPoints, Sub, sub;
    BasisPoints * Fraction = BasisPoints, Mul, mul;
    Rate - Rate = BasisPoints, Sub, sub;
    Rate + BasisPoints = Rate, Add, add;
    Rate - BasisPoints = Rate, Sub, sub;
    Probability - Probability = Fraction, Sub, sub;
    Price + BasisPoints = Result<Price, UnitError>, Add, add;
    Price - BasisPoints = Result<Price, UnitError>, Sub, sub;
}

/// `+=` and its like, from the operator between references.
macro_rules! assign {
    ($($own:ident $operator:tt $other:ident, $trait:ident, $method:ident);+ $(;)?) => {$(
        impl $trait<&$other> for $own {
            fn $method(&mut self, other: &$other) {
                *self = &*self $operator other;
            }
        }
        impl $trait<$other> for $own {
            fn $method(&mut self, other: $other) {
                *self = &*self $operator &other;
            }
        }
    )+};
}

assign! {
    Fraction + Fraction, AddAssign, add_assign;
    Fraction - Fraction, SubAssign, sub_assign;
    Fraction * Fraction, MulAssign, mul_assign;
    Fraction / Fraction, DivAssign, div_assign;
    BasisPoints + BasisPoints, AddAssign, add_assign;
    BasisPoints - BasisPoints, SubAssign, sub_assign;
    BasisPoints * Fraction, MulAssign, mul_assign;
    Rate + BasisPoints, AddAssign, add_assign;
    Rate - BasisPoints, SubAssign, sub_assign;
}

macro_rules! sum_and_negative {
    ($($unit:ident),+) => {$(
        impl Neg for $unit {
            type Output = $unit;
            fn neg(self) -> $unit {
                -&self
            }
        }
        impl Sum for $unit {
            fn sum<I: Iterator<Item = $unit>>(values: I) -> $unit {
                values.fold($unit::zero(), |sum, value| &sum + &value)
            }
        }
        impl<'a> Sum<&'a $unit> for $unit {
            fn sum<I: Iterator<Item = &'a $unit>>(values: I) -> $unit {
                values.fold($unit::zero(), |sum, value| &sum + value)
            }
        }
        impl Default for $unit {
            /// Zero.
            fn default() -> Self {
                Self::zero()
            }
        }
    )+};
}

sum_and_negative!(Fraction, BasisPoints);

impl Add<&BasisPoints> for &Price {
    type Output = Result<Price, UnitError>;

    /// The price so many basis points (0.01) higher; an error where that is no price, as [`Price::moved`].
    fn add(self, change: &BasisPoints) -> Result<Price, UnitError> {
        self.moved(change).ok_or_else(|| UnitError::of_moved(*self, change))
    }
}

impl Sub<&BasisPoints> for &Price {
    type Output = Result<Price, UnitError>;

    /// The price so many basis points (0.01) lower; an error where that is no price, as [`Price::moved`].
    fn sub(self, change: &BasisPoints) -> Result<Price, UnitError> {
        self + &-change
    }
}

impl Add<PriceChange> for Price {
    type Output = Result<Price, UnitError>;

    /// The price so many points higher; an error where that is no price.
    fn add(self, change: PriceChange) -> Result<Price, UnitError> {
        let points = self.points().checked_add(change.points());
        points.map_or_else(|| Err(UnitError::of_moved(self, &change)), Price::from_points)
    }
}

impl Neg for PriceChange {
    type Output = PriceChange;
    fn neg(self) -> PriceChange {
        PriceChange::from_points(-self.points())
    }
}

#[cfg(test)]
mod tests {
    use super::{BasisPoints, Fraction, Price, PriceChange, Rate};

    fn bp(text: &str) -> BasisPoints {
        text.parse().unwrap()
    }

    #[test]
    fn values_and_references_calculate_alike() {
        let (low, high): (Rate, Rate) = ("3.63".parse().unwrap(), "3.88".parse().unwrap());
        assert_eq!(high.clone() - low.clone(), bp("25"));
        assert_eq!(&high - low.clone(), &high - &low);
        assert_eq!(high.clone() - &low, bp("25bp"));
        assert_eq!(low.clone() + bp("25"), high);
        assert_eq!(&high - &bp("25"), low);
        let mut rate = low.clone();
        rate += bp("50");
        rate -= &bp("25");
        assert_eq!(rate, high);
    }

    #[test]
    fn changes_add_up() {
        let changes = [bp("-25"), bp("7.5"), bp("1/2")];
        assert_eq!(changes.iter().sum::<BasisPoints>(), bp("-17"));
        assert_eq!(changes.into_iter().sum::<BasisPoints>(), bp("-17"));
        assert_eq!(-bp("3") * Fraction::integer(2), bp("-6"));
        assert_eq!([Fraction::integer(1), Fraction::integer(2)].iter().sum::<Fraction>(), Fraction::integer(3));
    }

    #[test]
    fn a_price_moves_by_basis_points_where_that_is_a_price() {
        let price: Price = "96.2150".parse().unwrap();
        assert_eq!((price + bp("1")).unwrap().to_string(), "96.2250");
        assert_eq!((price - bp("0.5")).unwrap().to_string(), "96.2100");
        let change: PriceChange = "-0.005".parse().unwrap();
        assert_eq!((price + change).unwrap(), "96.21".parse().unwrap());
        assert_eq!((price + -change).unwrap() - price, -change);
        insta::assert_snapshot!((price - bp("10000")).unwrap_err(), @"price is not in the range 0 to 200, with at most 20 places, found 96.2150 and a change of -10000bp");
        insta::assert_snapshot!((price + bp("1/3")).unwrap_err(), @"price is not in the range 0 to 200, with at most 20 places, found 96.2150 and a change of 1/3bp");
    }
}
