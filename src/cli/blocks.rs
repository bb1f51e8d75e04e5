//! Days of a history in blocks, each made on a processor of its own.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use fedpath::bulk::{on_all_processors, processors};

/// The days that are made at once, of all processors together: so few that a run begins at once and holds some megabytes.
const ROUND: usize = 256;

/// The fewest days of a block, so that a plan is made for many.
const LEAST: usize = 16;

/// What `make` makes of days, in their order: as many blocks at once as there are processors, no sooner than they are asked for.
pub(super) fn in_blocks<T: Send>(
    days: BTreeSet<NaiveDate>,
    make: impl Fn(BTreeSet<NaiveDate>) -> Vec<T> + Sync,
) -> impl Iterator<Item = T> {
    let processors = processors().get();
    let length = (ROUND / processors).max(LEAST);
    let mut days = days.into_iter();
    let mut block = move || Some(days.by_ref().take(length).collect()).filter(|block: &BTreeSet<_>| !block.is_empty());
    let rounds = std::iter::from_fn(move || {
        let blocks: Vec<BTreeSet<NaiveDate>> = std::iter::from_fn(&mut block).take(processors).collect();
        (!blocks.is_empty()).then_some(blocks)
    });
    rounds.flat_map(move |blocks| on_all_processors(&blocks, |block| make(block.clone()))).flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::{Days, NaiveDate};

    use super::{ROUND, in_blocks};

    #[test]
    fn blocks_stand_in_the_order_of_their_days() {
        for count in [0, 1, ROUND - 1, ROUND, 5 * ROUND + 3] {
            let first = NaiveDate::from_ymd_opt(1994, 1, 3).unwrap();
            let days: BTreeSet<NaiveDate> = (0..count as u64).map(|day| first + Days::new(day)).collect();
            let made: Vec<NaiveDate> = in_blocks(days.clone(), |block| block.into_iter().collect()).collect();
            assert!(made.into_iter().eq(days), "{count}");
        }
    }
}
