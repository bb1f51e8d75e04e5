//! Fractions against another library's, around and beyond the width at which they leave 64 bits.

use std::cmp::Ordering;

use dashu_ratio::RBig;
use fedpath::Fraction;
use proptest::prelude::*;

/// Numbers small, at the edges of 63 and 64 bits, and far wider.
fn part() -> impl Strategy<Value = i128> {
    let edge = (0_usize..7, -3_i128..=3).prop_map(|(edge, off)| {
        [0, 1 << 31, 1 << 53, i128::from(i64::MAX), i128::from(i64::MIN), 1 << 64, 1 << 100][edge] + off
    });
    prop_oneof![-60_i128..60, any::<i64>().prop_map(i128::from), any::<i128>(), edge]
}

fn number() -> impl Strategy<Value = (Fraction, RBig)> {
    (part(), part(), any::<bool>()).prop_map(|(numerator, denominator, whole)| {
        let denominator = if whole || denominator == 0 { 1 } else { denominator.unsigned_abs() };
        let text = format!("{numerator}/{denominator}");
        (text.parse().unwrap(), RBig::from_parts(numerator.into(), denominator.into()))
    })
}

fn told(number: &RBig) -> String {
    number.to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn every_operation_gives_what_another_library_gives(((a, x), (b, y)) in (number(), number()), places in 0_usize..22) {
        prop_assert_eq!(a.to_string(), told(&x));
        prop_assert_eq!((&a + &b).to_string(), told(&(&x + &y)));
        prop_assert_eq!((&a - &b).to_string(), told(&(&x - &y)));
        prop_assert_eq!((&a * &b).to_string(), told(&(&x * &y)));
        prop_assert_eq!((-&a).to_string(), told(&-&x));
        let quotient = a.checked_div(&b).map(|quotient| quotient.to_string());
        prop_assert_eq!(quotient, (y != RBig::ZERO).then(|| told(&(&x / &y))));
        prop_assert_eq!(a.cmp(&b), x.cmp(&y));
        prop_assert_eq!(a.is_negative(), x < RBig::ZERO);
        prop_assert_eq!(a.is_zero(), x == RBig::ZERO);
        // However a number came about, it is the same number.
        prop_assert_eq!(&(&a + &b) - &b, a.clone());
        prop_assert_eq!(a.cmp(&a.to_string().parse().unwrap()), Ordering::Equal);
        prop_assert!(a.to_f64().to_bits() == x.to_f64().value().to_bits() || a.is_zero());
        // Half away from zero: the nearest number of units.
        let scale = RBig::from(10).pow(places.try_into().unwrap());
        let printed: Fraction = format!("{a:.places$}").parse().unwrap();
        let off = (&x - printed.to_string().parse::<RBig>().unwrap()) * &scale;
        let half = RBig::from_parts(1.into(), 2_u8.into());
        prop_assert!(off <= half && off >= -half.clone());
        prop_assert!(off != half || x < RBig::ZERO);
        prop_assert!(off != -half || x > RBig::ZERO);
    }
}
