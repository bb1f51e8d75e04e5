//! Floating point at the edge: every unit is made of an `f64` and gives the nearest one.

use super::{BasisPoints, Fraction, Price, PriceChange, Probability, Rate, UnitError};

impl TryFrom<f64> for Fraction {
    type Error = UnitError;

    /// The decimal that the number prints as: `96.12` is 9612/100, not the binary fraction next to it.
    ///
    /// # Errors
    /// Where the number is infinite or none.
    ///
    /// ```
    /// use fedpath::Fraction;
    /// assert_eq!(Fraction::try_from(0.65)?.to_string(), "13/20");
    /// assert!(Fraction::try_from(f64::NAN).is_err());
    /// # Ok::<(), fedpath::UnitError>(())
    /// ```
    fn try_from(value: f64) -> Result<Self, UnitError> {
        value.to_string().parse().map_err(|_| UnitError::out_of_range("number", "finite", &value))
    }
}

/// A unit of a fraction, and the nearest `f64` of it.
macro_rules! unit_of_fraction {
    ($($unit:ident: $make:expr, $what:literal, $in_what:literal);+ $(;)?) => {$(
        impl TryFrom<f64> for $unit {
            type Error = UnitError;

            #[doc = concat!("From ", $in_what, ", as the decimal that the number prints as.")]
            fn try_from(value: f64) -> Result<Self, UnitError> {
                let finite = |_| UnitError::out_of_range($what, "finite", &value);
                $make(Fraction::try_from(value).map_err(finite)?)
            }
        }

        impl $unit {
            #[doc = concat!("The nearest `f64`, in ", $in_what, ".")]
            #[must_use]
            pub fn to_f64(&self) -> f64 {
                self.exact().to_f64()
            }
        }
    )+};
}

unit_of_fraction! {
    Rate: |value| Ok(Rate::from_exact(value)), "rate", "percent";
    BasisPoints: |value| Ok(BasisPoints::from_exact(value)), "change of a rate", "basis points";
    Probability: Probability::new, "probability", "parts of one";
}

/// A unit of a decimal, and the nearest `f64` of it.
macro_rules! unit_of_decimal {
    ($($unit:ident),+) => {$(
        impl TryFrom<f64> for $unit {
            type Error = UnitError;

            /// From points, as the decimal that the number prints as: 96.12 is the price `96.12`.
            fn try_from(value: f64) -> Result<Self, UnitError> {
                value.to_string().parse()
            }
        }

        impl $unit {
            /// The nearest `f64`, in points.
            #[must_use]
            pub fn to_f64(self) -> f64 {
                self.exact().to_f64()
            }
        }
    )+};
}

unit_of_decimal!(Price, PriceChange);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BasisPoints, Fraction, Price, PriceChange, Probability, Rate};

    #[test]
    fn a_float_is_the_decimal_it_prints_as() {
        assert_eq!(Price::try_from(96.12).unwrap().to_string(), "96.12");
        assert_eq!(Rate::try_from(3.88).unwrap(), "3.88%".parse().unwrap());
        assert_eq!(BasisPoints::try_from(-7.5).unwrap(), "-7.5bp".parse().unwrap());
        assert_eq!(Probability::try_from(0.35).unwrap(), "35%".parse().unwrap());
        assert_eq!(PriceChange::try_from(-0.005).unwrap().to_string(), "-0.005");
    }

    #[test]
    fn what_is_no_number_of_the_unit_is_refused() {
        insta::assert_snapshot!(Price::try_from(f64::NAN).unwrap_err(), @"price is not a number of points such as 96.2300, found 'NaN'");
        insta::assert_snapshot!(Rate::try_from(f64::INFINITY).unwrap_err(), @"rate is not finite, found inf");
        insta::assert_snapshot!(Probability::try_from(1.5).unwrap_err(), @"probability is not in the range 0 to 1, found 3/2");
        assert!(Price::try_from(-96.0).is_err() && Price::try_from(1e300).is_err());
        assert!(PriceChange::try_from(1e300).is_err());
    }

    proptest! {
        /// A number goes in and comes out, whatever its size.
        #[test]
        fn every_finite_number_comes_back(value in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO) {
            prop_assert_eq!(Fraction::try_from(value).unwrap().to_f64().to_bits(), value.to_bits());
        }
    }
}
