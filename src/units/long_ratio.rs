//! Long fractions with short ones, in lowest terms without the common divisor of two long numbers, which takes time in the square of
//! their length: a product of a quarter's fixings has thousands of digits.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed};

use super::small_ratio::SmallRatio;

/// The common divisor of a number of any length and a short one: one remainder makes both short.
fn common(long: &BigInt, short: &BigInt) -> BigInt {
    (long % short).gcd(short)
}

fn parts(short: SmallRatio) -> (BigInt, BigInt) {
    (short.numerator().into(), short.denominator().into())
}

/// The sum, as [`SmallRatio::plus`] makes it.
pub(super) fn plus(long: &BigRational, short: SmallRatio) -> BigRational {
    let (numerator, denominator) = parts(short);
    let shared = common(long.denom(), &denominator);
    let own = long.denom() / &shared;
    let sum = long.numer() * (&denominator / &shared) + numerator * &own;
    let divisor = common(&sum, &shared);
    BigRational::new_raw(sum / &divisor, own * (denominator / divisor))
}

/// The product with a number other than zero, as [`SmallRatio::times`] makes it.
pub(super) fn times(long: &BigRational, short: SmallRatio) -> BigRational {
    let (numerator, denominator) = parts(short);
    product(long, &numerator, &denominator)
}

/// The quotient by a number other than zero.
pub(super) fn over(long: &BigRational, short: SmallRatio) -> BigRational {
    let (numerator, denominator) = parts(short);
    product(long, &(&denominator * numerator.signum()), &numerator.abs())
}

fn product(long: &BigRational, numerator: &BigInt, denominator: &BigInt) -> BigRational {
    let (first, second) = (common(long.numer(), denominator), common(long.denom(), numerator));
    BigRational::new_raw(
        (long.numer() / &first) * (numerator / &second),
        (long.denom() / second) * (denominator / first),
    )
}

/// A fraction in lowest terms whose denominator, above zero, has no prime that `primes`, above zero and short, has not.
pub(super) fn reduced(mut numerator: BigInt, mut denominator: BigInt, primes: &BigInt) -> BigRational {
    loop {
        let divisor = common(&denominator, &common(&numerator, primes));
        if divisor.is_one() {
            return BigRational::new_raw(numerator, denominator);
        }
        numerator /= &divisor;
        denominator /= divisor;
    }
}
