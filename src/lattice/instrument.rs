//! [`MonthOnLattice`]: what the average rate of a contract month is in each cell.

use super::cells::Cells;
use crate::market::bank::CentralBank;
use crate::market::calendar::Meeting;
use crate::market::contract::ContractMonth;
use crate::market::period::Period;
use crate::schedule::Schedule;
use crate::units::Fraction;

/// Which cells a month's average depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// None: the month ends before the first meeting changes anything.
    Start,
    /// The level before a meeting.
    Before(usize),
    /// The level after the last meeting of the lattice.
    AfterLast,
    /// The level before and after a meeting.
    Across(usize),
}

/// A contract month on the lattice: days whose rate is known, days before a change and days after it.
#[derive(Debug, Clone)]
pub(super) struct MonthOnLattice {
    pub(super) seen: Seen,
    days: i64,
    /// The days from the valuation date on, before the change and after it.
    before: i64,
    after: i64,
    /// What the realised days add to the average over today's rate, in basis points times days.
    realised: Fraction,
}

impl MonthOnLattice {
    /// Places a month among the meetings of the lattice; `None` where it sees two of them. `realised` are the days of the
    /// month whose rates are known, and the sum of how far they lie above today's rate, in basis points.
    pub(super) fn new(
        month: ContractMonth,
        meetings: &[Meeting],
        schedule: &Schedule,
        realised: Option<(u32, Fraction)>,
    ) -> Option<Self> {
        let mut inside = None;
        let mut next = meetings.len();
        for (position, meeting) in meetings.iter().enumerate() {
            match *schedule.days(Period::month(month), [meeting]).at_each_rate() {
                // In force from the first day on.
                [0, _] => {}
                [_, 0] => {
                    next = next.min(position);
                }
                [before, after] if inside.is_none() => inside = Some((position, before, after)),
                _ => return None,
            }
        }
        let (known, realised) = realised.unwrap_or((0, Fraction::zero()));
        let days = i64::from(Period::month(month).days());
        let (seen, before, after) = match inside {
            Some((position, before, after)) => {
                (Seen::Across(position), i64::from(before) - i64::from(known), i64::from(after))
            }
            None if next == 0 => (Seen::Start, days - i64::from(known), 0),
            None if next == meetings.len() => (Seen::AfterLast, days - i64::from(known), 0),
            None => (Seen::Before(next), days - i64::from(known), 0),
        };
        Some(Self { seen, days, before, after, realised })
    }

    /// The average over today's rate, in basis points, where the rate is so many moves from today's before the change and
    /// after it.
    fn average(&self, before: i64, after: i64) -> Fraction {
        let moved = CentralBank::FED.step().exact() * &Fraction::integer(before * self.before + after * self.after);
        &(&moved + &self.realised) / &Fraction::integer(self.days)
    }

    /// The average where nothing moves.
    pub(super) fn at_start(&self) -> Fraction {
        self.average(0, 0)
    }

    /// The expected value of a function of the average over today's rate as weights of the cells.
    pub(super) fn expected(&self, cells: &Cells, payoff: impl Fn(&Fraction) -> Fraction) -> Vec<(usize, Fraction)> {
        match self.seen {
            Seen::Start => Vec::new(),
            Seen::Before(meeting) => cells.weighted(meeting, |cell| payoff(&self.average(cell.level, cell.level))),
            Seen::AfterLast => {
                let last = cells.meetings().saturating_sub(1);
                cells.weighted(last, |cell| payoff(&self.average(cell.after(), cell.after())))
            }
            Seen::Across(meeting) => cells.weighted(meeting, |cell| payoff(&self.average(cell.level, cell.after()))),
        }
    }
}
