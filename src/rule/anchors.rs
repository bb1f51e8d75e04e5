//! The months without a meeting between two meetings.

use super::{MeetingStep, RateSource, Unpriced};
use crate::market::calendar::Meeting;
use crate::market::contract::ContractMonth;

/// The steps of two meetings, one after the other, between which months without a meeting give both rates: each its own
/// month, which should imply the same.
pub(super) fn anchors_between<'s>(
    steps: &'s [MeetingStep],
    unpriced: &'s [Unpriced],
) -> impl Iterator<Item = [(ContractMonth, &'s MeetingStep); 2]> {
    let anchors = move |pair: &'s [MeetingStep]| {
        let [before, after] = pair else { return None };
        // A meeting without a price between two meetings is what their anchors differ by.
        let between = |gap: &Unpriced| {
            let dates = [&before.meeting, &gap.meeting, &after.meeting].map(Meeting::announcement);
            dates.is_sorted()
        };
        match (before.after_from, after.before_from) {
            (RateSource::Anchor(earlier), RateSource::Anchor(later)) if !unpriced.iter().any(between) => {
                Some([(earlier, before), (later, after)])
            }
            _ => None,
        }
    };
    steps.windows(2).filter_map(anchors)
}
