//! Fixings and monthly averages of them.

use fedpath::product::OvernightRate;
use fedpath::{Fixings, MonthlyRates};

use super::oracles::problems_are_placed;

/// Text, read as the fixings of each rate.
pub(super) fn fixings(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for rate in OvernightRate::ALL {
        match Fixings::parse_of(rate, &text) {
            Err(error) => problems_are_placed(&text, &error),
            Ok(fixings) => {
                let days: Vec<_> = fixings.rates().map(|(day, _)| day).collect();
                assert!(days.is_sorted(), "{days:?}");
                // One day a row: a document of JSON is one line.
                assert!(days.len() <= fixings.tally().kept());
            }
        }
    }
    if let Err(error) = MonthlyRates::parse(&text) {
        problems_are_placed(&text, &error);
    }
}
