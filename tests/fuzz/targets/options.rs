//! The words of options, each read by every parser: what is accepted prints as something that means the same.

use std::fmt::Display;
use std::str::FromStr;

use fedpath::curve::{HalfLife, Tenor};
use fedpath::equity::EarningsPath;
use fedpath::event_study::StudyWindow;
use fedpath::files::ColumnName;
use fedpath::history::{Every, Span};
use fedpath::joint::Basis;
use fedpath::lattice::{LatticeEvent, RateInterval};
use fedpath::moments::MomentSpan;
use fedpath::options::{MarketOutcome, Premium};
use fedpath::{
    BasisPoints, Contract, ContractMonth, Fraction, Price, PriceChange, Probability, Product, Rate, TargetRange,
};

use super::oracles::steers_nothing;

/// One word of an option.
pub(super) fn options(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    again::<BasisPoints>(text);
    again::<Contract>(text);
    again::<ContractMonth>(text);
    again::<Fraction>(text);
    again::<LatticeEvent>(text);
    again::<Price>(text);
    again::<PriceChange>(text);
    again::<Probability>(text);
    again::<Rate>(text);
    again::<RateInterval>(text);
    again::<Span>(text);
    again::<StudyWindow>(text);
    again::<TargetRange>(text);
    again::<Tenor>(text);
    let day = "2025-11-21".parse().expect("a day");
    for product in Product::ALL {
        let _ = ContractMonth::parse_of(product, text, Some(day)).map_err(|error| error.to_string());
    }
    let _ = Contract::parse_begun(text, day).map_err(|error| error.to_string());
    // What prints of a product is its name; the word for it is its code.
    if let Some(product) = read::<Product>(text) {
        assert!(product.code().parse::<Product>().is_ok_and(|again| again == product));
    }
    read::<Basis>(text);
    read::<ColumnName>(text);
    read::<EarningsPath>(text);
    read::<Every>(text);
    read::<HalfLife>(text);
    read::<MarketOutcome>(text);
    read::<MomentSpan>(text);
    read::<Premium>(text);
}

fn read<T: FromStr<Err: Display>>(text: &str) -> Option<T> {
    text.parse().map_err(|error: T::Err| assert!(!error.to_string().is_empty())).ok()
}

fn again<T: FromStr<Err: Display> + Display + PartialEq>(text: &str) {
    let Some(value) = read::<T>(text) else { return };
    let printed = value.to_string();
    steers_nothing(&printed);
    let reread = read::<T>(&printed).unwrap_or_else(|| panic!("{text:?} is printed as {printed:?}, which is refused"));
    assert!(reread == value, "{text:?} is printed as {printed:?}, which means another value");
}
