//! Fractions of 64-bit integers: most of what the engine computes, without an allocation.

use std::cmp::Ordering;

use num_integer::Integer;

/// A fraction in lowest terms whose parts fit in 63 bits and a sign, the denominator positive. An operation whose result does
/// not fit is `None`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SmallRatio {
    numerator: i64,
    denominator: i64,
}

impl SmallRatio {
    pub(super) const ZERO: Self = Self { numerator: 0, denominator: 1 };

    pub(super) fn new(numerator: i64, denominator: i64) -> Option<Self> {
        let fits = numerator != i64::MIN && denominator != i64::MIN && denominator != 0;
        if !fits {
            return None;
        }
        let divisor = common(numerator, denominator) * denominator.signum();
        Some(Self { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    pub(super) fn integer(numerator: i64) -> Option<Self> {
        Self::new(numerator, 1)
    }

    /// Of parts without a common divisor.
    fn of_reduced(numerator: i128, denominator: i128) -> Option<Self> {
        let numerator = i64::try_from(numerator).ok().filter(|numerator| *numerator != i64::MIN)?;
        Some(Self { numerator, denominator: i64::try_from(denominator).ok()? })
    }

    pub(super) fn numerator(self) -> i64 {
        self.numerator
    }

    pub(super) fn denominator(self) -> i64 {
        self.denominator
    }

    pub(super) fn negated(self) -> Self {
        Self { numerator: -self.numerator, ..self }
    }

    /// The sum. Source: Knuth, The Art of Computer Programming, volume 2, section 4.5.1: what numerator and denominator of a
    /// sum have in common divides the common divisor of the two denominators.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let shared = common(self.denominator, other.denominator);
        let [own, others] = [self.denominator / shared, other.denominator / shared].map(i128::from);
        let sum = i128::from(self.numerator) * others + i128::from(other.numerator) * own;
        if shared == 1 {
            return Self::of_reduced(sum, own * i128::from(other.denominator));
        }
        // Below `shared` it fits.
        let rest = i64::try_from(sum % i128::from(shared)).unwrap_or(0);
        let divisor = common(rest, shared);
        Self::of_reduced(sum / i128::from(divisor), own * i128::from(other.denominator / divisor))
    }

    pub(super) fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// The product; what it has in common, each numerator has with the other's denominator.
    pub(super) fn times(self, other: Self) -> Option<Self> {
        let first = common(self.numerator, other.denominator);
        let second = common(other.numerator, self.denominator);
        Self::of_reduced(
            i128::from(self.numerator / first) * i128::from(other.numerator / second),
            i128::from(self.denominator / second) * i128::from(other.denominator / first),
        )
    }

    /// The quotient; `None` also where `divisor` is zero.
    pub(super) fn over(self, divisor: Self) -> Option<Self> {
        self.times(Self::new(divisor.denominator, divisor.numerator)?)
    }

    /// The largest integer not above it, and what is left over.
    pub(super) fn floor_and_rest(self) -> (i64, Self) {
        let (floor, rest) = (self.numerator.div_euclid(self.denominator), self.numerator.rem_euclid(self.denominator));
        (floor, Self { numerator: rest, ..self })
    }

    /// The nearest `f64`; `None` where the parts are no `f64` themselves.
    #[expect(clippy::cast_precision_loss, reason = "parts of at most 53 bits")]
    pub(super) fn to_f64(self) -> Option<f64> {
        let exact = |part: i64| part.unsigned_abs() <= 1 << 53;
        (exact(self.numerator) && exact(self.denominator)).then(|| self.numerator as f64 / self.denominator as f64)
    }

    /// Its absolute value in units of `10^-places`, rounded half up; `None` for more than 18 places.
    pub(super) fn rounded(self, places: usize) -> Option<u128> {
        let scale = 10_u128.pow(u32::try_from(places).ok().filter(|places| *places <= 18)?);
        let denominator = u128::from(self.denominator.unsigned_abs());
        let twice = 2 * u128::from(self.numerator.unsigned_abs()) * scale + denominator;
        Some(twice / (2 * denominator))
    }
}

/// The greatest common divisor: of an integer, which is over 1, without a search.
fn common(one: i64, other: i64) -> i64 {
    if one == 1 || other == 1 { 1 } else { one.gcd(&other) }
}

impl PartialOrd for SmallRatio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SmallRatio {
    fn cmp(&self, other: &Self) -> Ordering {
        let own = i128::from(self.numerator) * i128::from(other.denominator);
        own.cmp(&(i128::from(other.numerator) * i128::from(self.denominator)))
    }
}
