//! [`LatticeEvent`]: a condition on the moves and ranges of one meeting, or of two that follow each other.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::cells::{Cell, Cells};
use crate::market::calendar::{Meeting, TargetRange};
use crate::quotes::markets::MarketOutcome;
use crate::units::Rate;

/// What has to happen: conditions on the move at one meeting and on the range before and after it.
///
/// ```
/// use fedpath::lattice::LatticeEvent;
/// // The text compares the upper bound of the range after a meeting with a rate.
/// let event: LatticeEvent = "2026-03-18 <= 3.75 and 2026-04-29 <= 3.50".parse()?;
/// assert_eq!(event.to_string(), "2026-03-18 <= 3.75 and 2026-04-29 <= 3.50");
/// # Ok::<(), fedpath::lattice::LatticeEventError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LatticeEvent(Vec<Condition>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Condition {
    /// The number of moves of 25 bp at the meeting lies in a range; in words.
    Moves(NaiveDate, RangeInclusive<i64>, String),
    /// The number of moves from today to after the meeting lies in a range.
    Levels(NaiveDate, RangeInclusive<i64>, String),
    /// The upper bound of the range after the meeting compares so with a rate.
    Compared(NaiveDate, Comparison, Rate, String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Below,
    AtMost,
    Equal,
    AtLeast,
    Above,
}

/// Past any level that can be reached.
const FAR: i64 = 1 << 20;

impl LatticeEvent {
    /// So many moves of 25 bp at a meeting, cuts negative: `move:+25`.
    #[must_use]
    pub fn moves(meeting: NaiveDate, moves: i64) -> Self {
        Self(vec![Condition::Moves(meeting, moves..=moves, format!("move:{:+}", moves * 25).replace("+0", "0"))])
    }

    /// A number of moves within a range at a meeting.
    pub(crate) fn moves_within(meeting: NaiveDate, moves: RangeInclusive<i64>, words: &str) -> Self {
        Self(vec![Condition::Moves(meeting, moves, words.to_owned())])
    }

    /// A cut of any size at the meeting.
    #[must_use]
    pub fn ease(meeting: NaiveDate) -> Self {
        Self::moves_within(meeting, -FAR..=-1, "ease")
    }

    /// No move at the meeting.
    #[must_use]
    pub fn hold(meeting: NaiveDate) -> Self {
        Self::moves_within(meeting, 0..=0, "hold")
    }

    /// A hike of any size at the meeting.
    #[must_use]
    pub fn hike(meeting: NaiveDate) -> Self {
        Self::moves_within(meeting, 1..=FAR, "hike")
    }

    /// So many moves from today's range to after the meeting.
    #[must_use]
    pub fn level(meeting: NaiveDate, moves: i64, range: TargetRange) -> Self {
        let words = format!("range:{}-{}", range.lower_bp(), range.upper_bp());
        Self(vec![Condition::Levels(meeting, moves..=moves, words)])
    }

    /// The range after the meeting lies below today's (-1), is today's (0), or lies above it (1).
    #[must_use]
    pub fn cumulative(meeting: NaiveDate, side: std::cmp::Ordering) -> Self {
        let (levels, words) = match side {
            std::cmp::Ordering::Less => (-FAR..=-1, "cumulative:ease"),
            std::cmp::Ordering::Equal => (0..=0, "cumulative:hold"),
            std::cmp::Ordering::Greater => (1..=FAR, "cumulative:hike"),
        };
        Self(vec![Condition::Levels(meeting, levels, words.to_owned())])
    }

    /// What a prediction market pays on.
    #[must_use]
    pub fn outcome(meeting: NaiveDate, outcome: &MarketOutcome, label: &str) -> Self {
        let words = label.to_owned();
        Self(vec![match outcome {
            MarketOutcome::Moves(least, most) => {
                Condition::Moves(meeting, least.unwrap_or(-FAR)..=most.unwrap_or(FAR), words)
            }
            MarketOutcome::Range(_, upper) => Condition::Compared(meeting, Comparison::Equal, upper.clone(), words),
            MarketOutcome::Beyond(side, rate) => {
                let comparison = if side.is_gt() { Comparison::Above } else { Comparison::Below };
                Condition::Compared(meeting, comparison, rate.clone(), words)
            }
        }])
    }

    /// The announcement of the last meeting that the event speaks of.
    #[must_use]
    pub fn last_meeting(&self) -> NaiveDate {
        self.0.iter().map(Condition::meeting).max().unwrap_or_default()
    }

    /// The cells in which the event happens: of the later meeting of two, whose cells know the range before it. `target` is today's
    /// range.
    pub(super) fn cells(
        &self,
        cells: &Cells,
        meetings: &[Meeting],
        target: TargetRange,
    ) -> Result<Vec<usize>, LatticeEventError> {
        let position = |date: NaiveDate| {
            let found = meetings.iter().position(|meeting| meeting.announcement() == date);
            found
                .ok_or_else(|| LatticeEventError::NoMeeting(date, meetings.iter().map(Meeting::announcement).collect()))
        };
        let mut at: Vec<usize> =
            self.0.iter().map(|condition| position(condition.meeting())).collect::<Result<_, _>>()?;
        let last = at.iter().copied().max().unwrap_or(0);
        at.sort_unstable();
        at.dedup();
        let earlier_move = self.0.iter().find(
            |condition| matches!(condition, Condition::Moves(date, ..) if meetings[last].announcement() != *date),
        );
        if at.iter().any(|meeting| meeting + 1 < last) || at.len() > 2 || earlier_move.is_some() {
            let dates = at.iter().map(|meeting| meetings[*meeting].announcement()).collect();
            return Err(LatticeEventError::TooFarApart(dates));
        }
        let holds = |cell: Cell| {
            self.0.iter().all(|condition| {
                let level =
                    if meetings[last].announcement() == condition.meeting() { cell.after() } else { cell.level };
                condition.holds(cell.moves, level, target)
            })
        };
        Ok(cells.of(last).filter(|(_, cell)| holds(*cell)).map(|(column, _)| column).collect())
    }
}

impl Condition {
    fn meeting(&self) -> NaiveDate {
        match self {
            Self::Moves(meeting, ..) | Self::Levels(meeting, ..) | Self::Compared(meeting, ..) => *meeting,
        }
    }

    fn holds(&self, moves: i64, level: i64, target: TargetRange) -> bool {
        match self {
            Self::Moves(_, wanted, _) => wanted.contains(&moves),
            Self::Levels(_, wanted, _) => wanted.contains(&level),
            Self::Compared(_, comparison, rate, _) => {
                let order = target.moved(level).upper().exact().cmp(rate.exact());
                match comparison {
                    Comparison::Below => order.is_lt(),
                    Comparison::AtMost => order.is_le(),
                    Comparison::Equal => order.is_eq(),
                    Comparison::AtLeast => order.is_ge(),
                    Comparison::Above => order.is_gt(),
                }
            }
        }
    }
}

impl fmt::Display for LatticeEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.0.iter().map(|condition| match condition {
            Condition::Moves(_, _, words) | Condition::Levels(_, _, words) | Condition::Compared(.., words) => {
                words.as_str()
            }
        });
        f.pad(&words.collect::<Vec<_>>().join(" and "))
    }
}

impl std::str::FromStr for LatticeEvent {
    type Err = LatticeEventError;

    /// Reads comparisons of the upper bound of a range with a rate in percent, joined by `and`: `2026-03-18 <= 3.75`; the signs are
    /// `<`, `<=`, `=`, `>=` and `>`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = |part: &str| {
            let part = part.trim();
            let signs = [
                ("<=", Comparison::AtMost),
                (">=", Comparison::AtLeast),
                ("<", Comparison::Below),
                (">", Comparison::Above),
                ("=", Comparison::Equal),
            ];
            let (sign, comparison) = signs.into_iter().find(|(sign, _)| part.contains(sign))?;
            let (date, rate) = part.split_once(sign)?;
            let meeting = date.trim().parse().ok()?;
            let (rate, rate_text) = (rate.trim().parse().ok()?, rate.trim());
            Some(Condition::Compared(meeting, comparison, rate, format!("{meeting} {sign} {rate_text}")))
        };
        let conditions: Option<Vec<Condition>> = text.split(" and ").map(read).collect();
        conditions.map(Self).ok_or_else(|| LatticeEventError::Unknown(text.to_owned()))
    }
}

/// An event that cannot be read, or that the lattice cannot bound.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LatticeEventError {
    /// A text that is no event.
    Unknown(String),
    /// No meeting of the lattice is announced on this day; the meetings that it has.
    NoMeeting(NaiveDate, Vec<NaiveDate>),
    /// Meetings that do not follow each other, or the moves at both of two.
    TooFarApart(Vec<NaiveDate>),
}

impl fmt::Display for LatticeEventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(text) => write!(
                f,
                "expected an event such as '2026-03-18 <= 3.75 and 2026-04-29 <= 3.50', found '{}'",
                crate::text::escaped(text)
            ),
            Self::NoMeeting(date, meetings) => {
                let known: Vec<String> = meetings.iter().map(ToString::to_string).collect();
                write!(f, "no meeting of the lattice is announced on {date}: it has {}", known.join(", "))
            }
            Self::TooFarApart(dates) => {
                let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
                write!(
                    f,
                    "the event compares the meetings of {}: the bounds are sharp only for one meeting, or for the ranges after \
                     two that follow each other, because the quotes see no more than that at a time",
                    dates.join(", ")
                )
            }
        }
    }
}

impl std::error::Error for LatticeEventError {}
