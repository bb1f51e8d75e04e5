//! Distributions and outcome tables as data: each outcome with its exact probability.

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::{Distribution, OutcomeTable};
use crate::market::calendar::{Meeting, TargetRange};
use crate::units::{Fraction, Probability, Rate};

/// Moves of 25 bp, and how probable they are.
#[derive(Serialize)]
struct Outcome {
    moves: i64,
    probability: Probability,
}

impl Serialize for Distribution {
    /// The outcomes from the lowest up, as `{"moves": -1, "probability": "35%"}`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut outcomes = serializer.serialize_seq(None)?;
        for (moves, probability) in self.outcomes() {
            outcomes.serialize_element(&Outcome { moves, probability })?;
        }
        outcomes.end()
    }
}

#[derive(Serialize)]
struct MeetingOut<'a> {
    meeting: &'a Meeting,
    expected_moves: Fraction,
    before: Rate,
    after: Rate,
    cumulative: Distribution,
}

#[derive(Serialize)]
struct TableOut<'a> {
    target: TargetRange,
    meetings: Vec<MeetingOut<'a>>,
}

impl Serialize for OutcomeTable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let meetings = self.meetings().map(|meeting| {
            let (before, after) = meeting.rates();
            let (cumulative, expected_moves) = (meeting.distribution(), meeting.expected_moves());
            MeetingOut { meeting: meeting.meeting(), expected_moves, before, after, cumulative }
        });
        TableOut { target: self.target(), meetings: meetings.collect() }.serialize(serializer)
    }
}
