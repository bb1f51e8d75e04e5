//! What changed for a meeting, as data: both sides, and the changes that are made of them.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::MeetingShift;
use crate::outlook::MeetingOutlook;
use crate::units::{BasisPoints, Fraction};

#[derive(Serialize)]
struct ShiftOut<'a> {
    meeting: NaiveDate,
    ease_change_points: Fraction,
    expected_rate_shift: BasisPoints,
    before: &'a MeetingOutlook,
    after: &'a MeetingOutlook,
}

impl Serialize for MeetingShift {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ShiftOut {
            meeting: self.announcement(),
            ease_change_points: self.ease_change_points(),
            expected_rate_shift: self.expected_rate_shift(),
            before: &self.before,
            after: &self.after,
        }
        .serialize(serializer)
    }
}
