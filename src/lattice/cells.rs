//! [`Cells`]: the variables of the lattice, one a meeting, level and move.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::program::{Column, Program, Row};
use crate::units::Fraction;

/// One variable: that the rate is at a level before a meeting and makes a move at it. Levels count moves of 25 bp from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) meeting: usize,
    pub(super) level: i64,
    pub(super) moves: i64,
}

impl Cell {
    /// The level after the meeting.
    pub(super) fn after(self) -> i64 {
        self.level + self.moves
    }
}

/// Every cell that can be reached from today's level.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    cells: Vec<Cell>,
    meetings: usize,
}

impl Cells {
    /// The cells of so many meetings, with the moves of each and the levels that the rate stays within.
    pub(super) fn new(meetings: usize, moves: &RangeInclusive<i64>, levels: &RangeInclusive<i64>) -> Self {
        let mut cells = Vec::new();
        let mut reached = vec![0];
        for meeting in 0..meetings {
            let from = cells.len();
            for level in &reached {
                let within = moves.clone().filter(|by| levels.contains(&(level + by)));
                cells.extend(within.map(|moves| Cell { meeting, level: *level, moves }));
            }
            reached = cells[from..].iter().map(|cell| cell.after()).collect();
            reached.sort_unstable();
            reached.dedup();
        }
        Self { cells, meetings }
    }

    /// The number of meetings.
    pub(super) fn meetings(&self) -> usize {
        self.meetings
    }

    /// How many variables there are.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The cells of a meeting, with the numbers of their variables.
    pub(super) fn of(&self, meeting: usize) -> impl Iterator<Item = (usize, Cell)> + '_ {
        self.cells.iter().copied().enumerate().filter(move |(_, cell)| cell.meeting == meeting)
    }

    /// Each cell with the cells of the same meeting and level, itself among them.
    pub(super) fn by_level(&self) -> impl Iterator<Item = (usize, impl Iterator<Item = usize> + '_)> + '_ {
        self.cells.iter().enumerate().map(|(column, cell)| {
            let is_sibling = |other: &Cell| (other.meeting, other.level) == (cell.meeting, cell.level);
            // They stand in one piece.
            let siblings = self.cells.iter().enumerate().skip_while(move |(_, other)| !is_sibling(other));
            (column, siblings.take_while(move |(_, other)| is_sibling(other)).map(|(sibling, _)| sibling))
        })
    }

    /// A weight for each cell of a meeting, zeros left out.
    pub(super) fn weighted(&self, meeting: usize, weight: impl Fn(Cell) -> Fraction) -> Vec<(usize, Fraction)> {
        let weights = self.of(meeting).map(|(column, cell)| (column, weight(cell)));
        weights.filter(|(_, weight)| !weight.is_zero()).collect()
    }

    /// The cells as probabilities: none below zero, the first meeting's add up to one, and what leaves a meeting for a level
    /// arrives at the next.
    pub(super) fn program(&self) -> Program {
        let columns = vec![Column::positive(); self.cells.len()];
        let equation =
            |terms, value| Row { terms, low: Some(Fraction::integer(value)), high: Some(Fraction::integer(value)) };
        let mut rows = vec![equation(self.weighted(0, |_| Fraction::integer(1)), 1)];
        for meeting in 1..self.meetings {
            let mut levels: BTreeMap<i64, Vec<(usize, Fraction)>> = BTreeMap::new();
            for (column, cell) in self.of(meeting) {
                levels.entry(cell.level).or_default().push((column, Fraction::integer(1)));
            }
            for (column, cell) in self.of(meeting - 1) {
                levels.entry(cell.after()).or_default().push((column, Fraction::integer(-1)));
            }
            rows.extend(levels.into_values().map(|terms| equation(terms, 0)));
        }
        Program { columns, rows }
    }
}

#[cfg(test)]
mod tests {
    use super::Cells;

    #[test]
    fn levels_fan_out_by_the_moves_and_stay_within_their_bounds() {
        // Moves -1..2 and levels -1..8, seven meetings: the programme of 29 Oct 2015.
        let cells = Cells::new(7, &(-1..=2), &(-1..=8));
        let per_meeting: Vec<usize> = (0..7).map(|meeting| cells.of(meeting).count()).collect();
        assert_eq!(per_meeting, [4, 15, 23, 31, 36, 36, 36]);
        assert_eq!(cells.program().rows.len(), 1 + 4 + 6 + 8 + 10 + 10 + 10);
    }
}
