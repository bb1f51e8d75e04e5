//! [`RangeOdds`]: what is priced for one meeting, by target range.

use crate::market::calendar::TargetRange;
use crate::outlook::{MeetingOutlook, Outlook};
use crate::units::{Fraction, Probability};

/// The cumulative probability of each target range after a meeting: by range and not by moves, so that days on both
/// sides of a decision can be compared.
#[derive(Debug, Clone)]
pub(super) struct RangeOdds {
    ranges: Vec<(TargetRange, Probability)>,
    pub(super) ease: Probability,
    pub(super) hold: Probability,
    pub(super) hike: Probability,
}

impl RangeOdds {
    pub(super) fn new(outlook: &Outlook, meeting: &MeetingOutlook) -> Self {
        let (target, odds) = (outlook.target(), &meeting.cumulative);
        let ranges = odds.outcomes().map(|(moves, probability)| (target.moved(moves), probability)).collect();
        Self { ranges, ease: odds.ease(), hold: odds.hold(), hike: odds.hike() }
    }

    /// The probability of a range, zero where it has no chance.
    pub(super) fn of(&self, range: TargetRange) -> Probability {
        let found = self.ranges.iter().find(|(other, _)| *other == range);
        found.map_or_else(|| Probability::share(Fraction::zero()), |(_, probability)| probability.clone())
    }

    /// The ranges that have a chance, from the lowest up.
    pub(super) fn ranges(&self) -> impl Iterator<Item = TargetRange> + '_ {
        self.ranges.iter().map(|(range, _)| *range)
    }

    /// The likeliest range.
    pub(super) fn likeliest(&self) -> Option<(TargetRange, &Probability)> {
        let likeliest = self.ranges.iter().max_by(|(_, one), (_, other)| one.cmp(other))?;
        Some((likeliest.0, &likeliest.1))
    }
}
