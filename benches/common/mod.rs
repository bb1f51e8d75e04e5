//! What several benchmarks share: the common strip, and its table in `f64`.

pub(crate) mod in_floats;

use fedpath::{Assumptions, ContractMonth, Price, Strip};

/// Prices of 21 November 2025 to May 2027, chosen for the benchmark.
const PRICES: [i64; 19] = [
    961_200, 961_800, 962_250, 962_650, 963_050, 963_750, 964_300, 964_950, 965_700, 966_300, 966_850, 967_300,
    967_650, 967_900, 968_000, 967_950, 967_900, 967_750, 967_600,
];

/// The common strip.
pub(crate) fn strip() -> Strip {
    let first = ContractMonth::new(2025, 11).expect("a month");
    let months = std::iter::successors(Some(first), |month| Some(month.next()));
    let price = |units: i64| Price::from_points(fedpath::rust_decimal::Decimal::new(units, 4)).expect("a price");
    let as_of = fedpath::chrono::NaiveDate::from_ymd_opt(2025, 11, 21).expect("a date");
    Strip::from_prices(as_of, months.zip(PRICES.map(price))).expect("prices on the scale")
}

/// The default assumptions, with a chain of so many meetings.
pub(crate) fn meetings(count: usize) -> Assumptions {
    let mut assumptions = Assumptions::default();
    assumptions.chain = count;
    assumptions
}
