//! Labels of what is no future: spreads and other combinations of contracts, and options.
//!
//! | spelling | what |
//! |---|---|
//! | `ZQZ5-ZQF6`, `ZQZ25/ZQF26`, `ZQZ25-F26`, `ZQZ5F6`, `FFZ5FFF6`, `ZQ Dec25/Jan26` | a spread |
//! | `ZQ:BF Z5-F6-G6`, `ZQ:SA 03M Z5`, `UD:1N: GN 2520` | a combination that the exchange names |
//! | `OZQZ5 C96250`, `FFZ5C 96.25`, `ZQZ25 PUT 96.25` | an option |

use super::month::MONTH_CODES;
use crate::market::product::Product;
use crate::text::day::month_of_name;

/// Whether a word is a symbol of some product: the grammar of symbols, which asks about what it cannot read.
type IsSymbol = fn(&str) -> bool;

/// Whether a label, in capitals and without what vendors dress it with, is one of several contracts.
pub(super) fn is_spread(label: &str, is_symbol: IsSymbol) -> bool {
    if let Some((root, _)) = label.split_once(':') {
        return root == "UD" || Product::of_code(root).is_some() || is_symbol(root);
    }
    let words: Vec<&str> = words(label).collect();
    let contracts = words.iter().filter(|word| is_symbol(word) || is_month(word)).count();
    contracts > 1 || words.iter().any(|word| are_two(word, is_symbol))
}

/// Whether a label is an option: a contract, and a strike with its right.
pub(super) fn is_option(label: &str, is_symbol: IsSymbol) -> bool {
    let mut words = label.split(' ').filter(|word| !word.is_empty());
    let (Some(first), rest) = (words.next(), words.collect::<Vec<_>>()) else { return false };
    let strike = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let behind = |word: &str| {
        word.strip_prefix(['C', 'P']).is_some_and(|word| strike(word.trim_start_matches(['A', 'L', 'U', 'T'])))
    };
    let right = first.strip_suffix(['C', 'P']).is_some_and(is_symbol);
    match rest.as_slice() {
        [one, ..] if right => strike(one),
        [one] => is_symbol(first) && behind(one),
        [right, one] => is_symbol(first) && matches!(*right, "C" | "P" | "CALL" | "PUT") && strike(one),
        _ => false,
    }
}

fn words(label: &str) -> impl Iterator<Item = &str> {
    label.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

/// `F26`, `DEC25`: a month and a year without a product.
fn is_month(word: &str) -> bool {
    let (name, year) = word.split_at(word.find(|c: char| c.is_ascii_digit()).unwrap_or(word.len()));
    let years = matches!(year.len(), 1 | 2 | 4) && year.bytes().all(|b| b.is_ascii_digit());
    years && (name.len() == 1 && MONTH_CODES.contains(name) || year.len() > 1 && month_of_name(name).is_some())
}

/// `ZQZ5F6`, `FFZ5FFF6`: two contracts in one word.
fn are_two(word: &str, is_symbol: IsSymbol) -> bool {
    (3..word.len()).filter_map(|at| word.split_at_checked(at)).any(|(first, second)| {
        is_symbol(first) && first.ends_with(|c: char| c.is_ascii_digit()) && (is_symbol(second) || is_month(second))
    })
}
