//! [`LatticeOutcome`]: the outcomes of a meeting that are bounded without being asked for, and [`MeetingBounds`] of all of them.

use std::cmp::Ordering;
use std::fmt;

use chrono::NaiveDate;

use super::agreement::EventBounds;
use super::event::LatticeEvent;
use crate::market::bank::CentralBank;
use crate::market::calendar::TargetRange;

/// An outcome of one meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LatticeOutcome {
    /// So many moves of 25 bp at the meeting, cuts negative.
    Move(i64),
    /// The range after the meeting, so many moves from today's.
    Range(i64, TargetRange),
    /// A cut, no move or a hike at the meeting.
    Decision(Ordering),
    /// The range after the meeting lies below today's, is today's, or lies above it.
    Cumulative(Ordering),
}

impl LatticeOutcome {
    /// The outcome as an event of a meeting.
    #[must_use]
    pub fn at(self, meeting: NaiveDate) -> LatticeEvent {
        match self {
            Self::Move(moves) => LatticeEvent::moves(meeting, moves),
            Self::Range(moves, range) => LatticeEvent::level(meeting, moves, range),
            Self::Decision(Ordering::Less) => LatticeEvent::ease(meeting),
            Self::Decision(Ordering::Equal) => LatticeEvent::hold(meeting),
            Self::Decision(Ordering::Greater) => LatticeEvent::hike(meeting),
            Self::Cumulative(side) => LatticeEvent::cumulative(meeting, side),
        }
    }
}

impl fmt::Display for LatticeOutcome {
    /// `move:+25`, `range:350-375`, `ease`, `cumulative:ease`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |side: &Ordering| match side {
            Ordering::Less => "ease",
            Ordering::Equal => "hold",
            Ordering::Greater => "hike",
        };
        f.pad(&match self {
            Self::Move(0) => "move:0".to_owned(),
            Self::Move(moves) => format!("move:{:+}", CentralBank::FED.moves_bp(*moves)),
            Self::Range(_, range) => format!("range:{}-{}", range.lower_bp(), range.upper_bp()),
            Self::Decision(of) => side(of).to_owned(),
            Self::Cumulative(of) => format!("cumulative:{}", side(of)),
        })
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for LatticeOutcome {
    /// By its name.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What the quotes allow of every outcome of a meeting.
///
/// ```
/// use fedpath::lattice::{LatticeOptions, LatticeOutcome, QuoteLattice};
/// use fedpath::{Assumptions, Snapshot, Strip, StripOptions};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n2025-11,96.12\n2025-12,96.18\n2026-01,96.215\n2026-02,96.285\n";
/// let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
/// let lattice = QuoteLattice::new(&strip, &Assumptions::default(), &[], &[], &LatticeOptions::default())?;
/// let december = lattice.meeting_bounds("2025-12-10".parse()?).expect("quotes that agree");
/// let cut = december.of(LatticeOutcome::Move(-1)).unwrap();
/// assert!(cut.low.to_f64() < 0.35 && 0.35 < cut.high.to_f64());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct MeetingBounds {
    /// The announcement of the meeting.
    pub meeting: NaiveDate,
    /// Each outcome with its bounds; `None` where the solver found none.
    pub outcomes: Vec<(LatticeOutcome, Option<EventBounds>)>,
}

impl MeetingBounds {
    /// The bounds of an outcome.
    #[must_use]
    pub fn of(&self, outcome: LatticeOutcome) -> Option<&EventBounds> {
        self.outcomes.iter().find(|(other, _)| *other == outcome)?.1.as_ref()
    }

    /// Whether every bound is proved.
    #[must_use]
    pub fn certified(&self) -> bool {
        self.outcomes.iter().all(|(_, bounds)| bounds.as_ref().is_some_and(|bounds| bounds.certified))
    }
}
