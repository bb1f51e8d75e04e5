//! The less usual spellings of a contract, each told as the usual one.
//!
//! | spelling | as |
//! |---|---|
//! | `ZQX25:XCBT`, `ZQZ25-CBT`, `ZQZ25.F` | `ZQX25` |
//! | `ZQ-2025Z`, `ZQ-2025-12`, `ZQ 202512`, `ZQ Z25`, `ZQ 12-25` | `ZQZ2025`, `ZQZ25` |
//! | `ZQ Nov 25`, `ZQ   DEC 25`, `Fed Funds Dec 2025`, `FED FUNDS DEC25` | `ZQX25`, `ZQZ25`, `ZQZ2025` |
//! | `FFZ5^2`, of the decade of the 2020s | `FFZ2025` |
//! | `Dez 25`, `décembre 2025`, `12/2025`, `20251200` | `DEC25`, `DEC2025`, `2025-12` |

use super::month::MONTH_CODES;
use crate::market::product::Product;
use crate::text::day::month_of_name;

/// Names of exchanges behind a symbol, beside the usual ones.
const EXCHANGES: [&str; 9] = [":XCBT", ":CBOT", ":CBT", ":XCME", ":CME", ".CBOT", "-CBT", ".CB", ".F"];

/// The usual spelling of a label in capitals; `None` where it has no other.
pub(super) fn plain(label: &str) -> Option<String> {
    if let Some(bare) = EXCHANGES.iter().find_map(|exchange| label.strip_suffix(exchange)) {
        return Some(bare.to_owned()).filter(|bare| !bare.is_empty());
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let Some((symbol, decade)) = label.split_once('^') {
        let (stem, year) = symbol.split_at_checked(symbol.len().checked_sub(1)?)?;
        let century = if decade == "9" || decade == "8" { "19" } else { "20" };
        return (decade.len() == 1 && digits(decade) && digits(year)).then(|| format!("{stem}{century}{decade}{year}"));
    }
    if label.len() == 8 && digits(label) {
        return label.strip_suffix("00").map(|month| format!("{}-{}", &month[..4], &month[4..]));
    }
    // Half of a pair of brackets: the label was cut.
    if label.contains('(') != label.contains(')') {
        return None;
    }
    let words: Vec<&str> =
        label.split([' ', '-', '_', '/', ',', '.', ':', '\'', '(', ')']).filter(|word| !word.is_empty()).collect();
    // `NOV25` behind other words is two of them.
    let words: Vec<&str> = match words.split_last() {
        Some((last, before @ [_, ..])) => {
            match last.split_at_checked(last.find(|c: char| c.is_ascii_digit()).unwrap_or(0)) {
                Some((name, of)) if month_of_name(name).is_some() && matches!(of.len(), 2 | 4) => {
                    [before, &[name, of]].concat()
                }
                _ => words,
            }
        }
        _ => words,
    };
    let code = |month: u32| MONTH_CODES.get(month.checked_sub(1)? as usize..month as usize);
    let year = |text: &str| matches!(text.len(), 2 | 4) && digits(text);
    let number = |text: &str| text.parse().ok().filter(|_| digits(text) && text.len() <= 2).and_then(code);
    match words.as_slice() {
        [one, other] if year(one) && one.len() == 4 && number(other).is_some() => Some(format!("{one}-{other:0>2}")),
        [one, other] if year(other) && other.len() == 4 && number(one).is_some() => Some(format!("{other}-{one:0>2}")),
        [month, of] if year(of) && month_of_name(month).is_some() => {
            // The exchange's own names are the first three letters.
            const NAMES: [&str; 12] =
                ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
            let index = month_of_name(month)? as usize - 1;
            Some(format!("{}{of}", NAMES[index])).filter(|spelled| *spelled != label)
        }
        [root, rest] if is_root(root) => match rest.split_at_checked(4) {
            Some((year, code)) if digits(year) && code.len() == 1 && MONTH_CODES.contains(code) => {
                Some(format!("{root}{code}{year}"))
            }
            Some((year, month)) if digits(year) && month.len() == 2 => Some(format!("{root}{}{year}", number(month)?)),
            // `ZQ Z25`: of a known root alone, for two words can be anything.
            _ => (Product::of_code(root).is_some() && MONTH_CODES.contains(rest.get(..1)?) && digits(rest.get(1..)?))
                .then(|| format!("{root}{rest}")),
        },
        [root, of, month] if is_root(root) && of.len() == 4 && digits(of) && number(month).is_some() => {
            Some(format!("{root}{}{of}", number(month)?))
        }
        // NinjaTrader's `ZQ 12-25`.
        [root, month, of]
            if Product::of_code(root).is_some() && of.len() == 2 && digits(of) && number(month).is_some() =>
        {
            Some(format!("{root}{}{of}", number(month)?))
        }
        [root, month, of] if is_root(root) && year(of) && month_of_name(month).is_some() => {
            Some(format!("{root}{}{of}", code(month_of_name(month)?)?))
        }
        [words @ .., month, of] if year(of) && month_of_name(month).is_some() => {
            Some(format!("{}{}{of}", root_of_words(words)?, code(month_of_name(month)?)?))
        }
        _ => None,
    }
}

/// A code of a product: a letter or more, and no name of a month.
fn is_root(word: &str) -> bool {
    let letters = word.bytes().all(|b| b.is_ascii_alphanumeric()) && word.bytes().any(|b| b.is_ascii_alphabetic());
    (1..=4).contains(&word.len()) && letters && month_of_name(word).is_none()
}

/// The code of the product that words describe.
fn root_of_words(words: &[&str]) -> Option<&'static str> {
    let has = |word: &str| words.iter().any(|found| found.starts_with(word));
    if has("OPTION") {
        None
    } else if has("FED") && has("FUND") || has("FEDERAL") && has("FUND") {
        Some("ZQ")
    } else if has("SOFR") {
        let three = has("3") || has("THREE");
        Some(if three { "SR3" } else { "SR1" })
    } else {
        None
    }
}
