//! How numbers are spelled: the only place where figures are rounded.

use crate::units::{BasisPoints, Fraction, Probability, Rate};

/// An exact figure for a machine: 12 places, zeros kept.
pub(super) fn exact(value: &Fraction) -> String {
    format!("{value:.12}")
}

/// A floating-point figure for a machine: 6 places.
pub(super) fn float(value: f64) -> String {
    float_to(value, 6)
}

/// A floating-point figure to so many places, without a sign on zero. A tie is rounded away from zero, as exact figures are:
/// what lies within a millionth of a millionth of one was a tie before it became binary, as 84.6 x 0.075 = 6.345.
pub(super) fn float_to(value: f64, places: usize) -> String {
    let text = format!("{:.places$}", value * (1.0 + 1e-12));
    if text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) { text } else { text.trim_start_matches('-').to_owned() }
}

/// A figure in a sentence: as a whole number where it is one, else to so many places.
pub(super) fn in_words(value: &Fraction, places: usize) -> String {
    if value.is_integer() { value.to_string() } else { format!("{value:.places$}") }
}

/// A probability for people: percent to one place.
pub(super) fn percent(probability: &Probability) -> String {
    format!("{:.1}", probability.percent())
}

/// A rate for people: percent to four places.
pub(super) fn rate(rate: &Rate) -> String {
    format!("{:.4}", rate.exact())
}

/// A change of a rate for people: basis points to two places, with their sign.
pub(super) fn signed_bp(change: &BasisPoints) -> String {
    format!("{:+.2}", change.exact())
}

/// A floating-point change for people, with its sign.
pub(super) fn float_signed(value: f64, places: usize) -> String {
    let text = float_to(value, places);
    let is_zero = !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    if is_zero || text.starts_with('-') { text } else { format!("+{text}") }
}

/// An exact figure in full: as it is where it is short, as machines read it where it is not.
pub(super) fn in_full(value: &Fraction) -> String {
    let shortest = value.shortest();
    if shortest.len() <= 14 && !shortest.contains('/') { shortest } else { exact(value) }
}

#[cfg(test)]
mod tests {
    use super::{float, float_to, in_words};

    #[test]
    fn zero_has_no_sign_and_whole_numbers_no_point() {
        assert_eq!(float(-0.000_000_4), "0.000000");
        assert_eq!(float(-0.000_000_6), "-0.000001");
        assert_eq!(float_to(84.6 * 0.075, 2), "6.35", "a tie in decimals, below it in binary");
        assert_eq!(float_to(-5.40 * 0.075, 2), "-0.41");
        assert_eq!(in_words(&"65".parse().unwrap(), 1), "65");
        assert_eq!(in_words(&"641/10".parse().unwrap(), 1), "64.1");
    }
}
