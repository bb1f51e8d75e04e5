//! [`CentralBank`]: how a central bank moves its rate.

use std::ops::RangeInclusive;

use crate::units::{BasisPoints, Fraction};

/// How a central bank moves its target: the facts that turn an expected change of the rate into a number of moves.
///
/// ```
/// use fedpath::CentralBank;
/// assert_eq!(CentralBank::FED.step().to_string(), "25bp");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CentralBank {
    step_bp: i64,
    range_width_bp: i64,
    most_moves: i64,
}

impl CentralBank {
    /// The Federal Reserve: steps of 25 bp, a target range 25 bp wide since 16 December 2008, and one rate before. A change of more
    /// than 1,000 moves at a meeting is no central bank's: a price must be wrong.
    pub const FED: Self = Self { step_bp: 25, range_width_bp: 25, most_moves: 1000 };

    /// The size of one move.
    #[must_use]
    pub fn step(self) -> BasisPoints {
        BasisPoints::from_exact(Fraction::integer(self.step_bp))
    }

    /// The size of one move in whole basis points.
    #[must_use]
    pub const fn step_bp(self) -> i64 {
        self.step_bp
    }

    /// So many moves in whole basis points, cuts negative.
    #[must_use]
    pub fn moves_bp(self, moves: i64) -> i64 {
        moves.saturating_mul(self.step_bp)
    }

    /// Whether a target can be so many basis points wide: a range, or one rate.
    #[must_use]
    pub fn is_width(self, bp: i64) -> bool {
        bp == 0 || bp == self.range_width_bp
    }

    /// The numbers of moves that a meeting can have in any believable market.
    #[must_use]
    pub fn believable_moves(self) -> RangeInclusive<i64> {
        -self.most_moves..=self.most_moves
    }
}
