//! Unsigned integers of a fixed number of 64-bit limbs, the lowest first, as slices of one long buffer.

use num_bigint::{BigInt, BigUint, Sign};

/// The limbs that hold a number.
pub(super) fn count(number: &BigUint) -> usize {
    usize::try_from(number.bits().div_ceil(64)).unwrap_or(usize::MAX).max(1)
}

/// A number in so many limbs; it has to fit.
pub(super) fn of(number: &BigUint, limbs: usize) -> Vec<u64> {
    let mut digits = number.to_u64_digits();
    digits.resize(limbs, 0);
    digits
}

pub(super) fn is_zero(limbs: &[u64]) -> bool {
    limbs.iter().all(|limb| *limb == 0)
}

/// The number as one of any size.
pub(super) fn to_big(limbs: &[u64]) -> BigInt {
    #[expect(clippy::cast_possible_truncation, reason = "the two halves of a limb")]
    let halves = limbs.iter().flat_map(|limb| [*limb as u32, (*limb >> 32) as u32]).collect();
    BigInt::from_slice(Sign::Plus, Vec::as_slice(&halves))
}

/// The nearest `f64`, or one beside it, over 2 to the power of the bits of [`dropped`] limbs.
#[expect(clippy::cast_precision_loss, reason = "what an f64 is for")]
pub(super) fn to_f64(limbs: &[u64]) -> f64 {
    limbs[dropped(limbs)..].iter().rev().fold(0.0, |high, limb| high * 18_446_744_073_709_551_616.0 + *limb as f64)
}

/// The low limbs without which a number of so many fits the range of an `f64`: numbers of the same length drop the same.
fn dropped(limbs: &[u64]) -> usize {
    limbs.len().saturating_sub(15)
}

/// The weights of the sum of a number of moves and an independent next one: of each number `next` is `stays` times the
/// weight of that number and `moves` times that of the number below it. `widths` are the limbs of a weight in both; a weight
/// of `next` is below 2^64 times as wide, since `stays + moves` is below 2^63.
pub(super) fn convolve(weights: &[u64], next: &mut [u64], widths: (usize, usize), stays: u64, moves: u64) {
    match widths {
        (1, 1) => convolve_fixed::<1, 1>(weights, next, stays, moves),
        (1, 2) => convolve_fixed::<1, 2>(weights, next, stays, moves),
        (2, 2) => convolve_fixed::<2, 2>(weights, next, stays, moves),
        (2, 3) => convolve_fixed::<2, 3>(weights, next, stays, moves),
        (3, 3) => convolve_fixed::<3, 3>(weights, next, stays, moves),
        (3, 4) => convolve_fixed::<3, 4>(weights, next, stays, moves),
        (4, 4) => convolve_fixed::<4, 4>(weights, next, stays, moves),
        _ => convolve_wide(weights, next, widths, stays, moves),
    }
}

/// The widths of the usual chains, known to the compiler.
fn convolve_fixed<const P: usize, const W: usize>(weights: &[u64], next: &mut [u64], stays: u64, moves: u64) {
    let (weights, _) = weights.as_chunks::<P>();
    let (next, _) = next.as_chunks_mut::<W>();
    let Some((highest, lower)) = next.split_last_mut() else { return };
    let mut below = &[0; P];
    for (weight, sum) in weights.iter().zip(lower) {
        *sum = combined(weight, stays, below, moves);
        below = weight;
    }
    *highest = combined(&[0; P], stays, below, moves);
}

/// `same * stays + below * moves`, limb by limb.
fn combined<const P: usize, const W: usize>(same: &[u64; P], stays: u64, below: &[u64; P], moves: u64) -> [u64; W] {
    let mut sum = [0; W];
    let mut carry = 0;
    for (limb, sum) in sum.iter_mut().enumerate() {
        let (same, below) = if limb < P { (same[limb], below[limb]) } else { (0, 0) };
        (*sum, carry) = weighted_sum(same, stays, below, moves, carry);
    }
    sum
}

/// Any widths.
fn convolve_wide(weights: &[u64], next: &mut [u64], (from, to): (usize, usize), stays: u64, moves: u64) {
    let none = [].as_slice();
    let mut below = none;
    for (weight, sum) in weights.chunks_exact(from).chain([none]).zip(next.chunks_exact_mut(to)) {
        let mut carry = 0;
        for (limb, sum) in sum.iter_mut().enumerate() {
            let limb_of = |number: &[u64]| number.get(limb).copied().unwrap_or(0);
            (*sum, carry) = weighted_sum(limb_of(weight), stays, limb_of(below), moves, carry);
        }
        below = weight;
    }
}

/// `a x + b y + carry` as a limb and what is carried: with `x + y` below 2^63 it stays below 2^128.
#[expect(clippy::cast_possible_truncation, reason = "the low limb, then the high one")]
fn weighted_sum(a: u64, x: u64, b: u64, y: u64, carry: u64) -> (u64, u64) {
    let sum = u128::from(a) * u128::from(x) + u128::from(b) * u128::from(y) + u128::from(carry);
    (sum as u64, (sum >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use num_bigint::{BigInt, BigUint};

    use super::{convolve, convolve_wide, count, of, to_big, to_f64};

    /// Weights near the largest that two limbs hold, by the largest factors there are.
    #[test]
    fn every_width_gives_the_products_of_another_library() {
        for (from, to) in (1..=6).flat_map(|from| [(from, from), (from, from + 1)]) {
            // The sum of two such weights times numbers that add up to less than 2^63 fits in `to` limbs.
            let widest = (BigUint::from(1_u8) << (64 * to - 63).min(64 * from)) - 1_u8;
            let weights: Vec<BigUint> = (0_u8..5).map(|halved| &widest >> halved).collect();
            let (stays, moves) = ((1 << 62) - 3, (1 << 62) - 2);
            let flat: Vec<u64> = weights.iter().flat_map(|weight| of(weight, from)).collect();
            for convolve in [convolve, convolve_wide] {
                let mut next = vec![0; 6 * to];
                convolve(&flat, &mut next, (from, to), stays, moves);
                for (position, sum) in next.chunks(to).enumerate() {
                    let weight = |position: Option<usize>| {
                        position.and_then(|position| weights.get(position)).cloned().unwrap_or_default()
                    };
                    let expected = weight(Some(position)) * stays + weight(position.checked_sub(1)) * moves;
                    assert_eq!(to_big(sum), BigInt::from(expected), "{from} to {to} limbs, {position}");
                }
            }
        }
    }

    #[test]
    fn limbs_are_the_number_they_came_from() {
        for text in
            ["0", "1", "18446744073709551615", "18446744073709551616", "340282366920938463463374607431768211456"]
        {
            let number: BigUint = text.parse().unwrap();
            let limbs = of(&number, count(&number));
            assert_eq!(to_big(&limbs).to_string(), text);
            assert!((to_f64(&limbs) - text.parse::<f64>().unwrap()).abs() <= 1e-15 * to_f64(&limbs));
        }
    }
}
