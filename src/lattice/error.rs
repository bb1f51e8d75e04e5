//! [`LatticeError`]: quotes that give no lattice.

use std::fmt;

use crate::rule::PolicyError;

/// Quotes that give no lattice.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LatticeError {
    /// Today's rate or the meetings are not known.
    Policy(PolicyError),
    /// The moves or levels do not hold today's level, or are too many.
    Moves,
    /// No quote says anything of a meeting.
    NoQuotes,
    /// The solver failed: its numbers could not be brought to an answer.
    Unsolved,
}

impl fmt::Display for LatticeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Policy(error) => error.fmt(f),
            Self::Moves => f.write_str(
                "expected moves of at most 8 steps of 25 bp each way and levels that include today's, such as -2..2",
            ),
            Self::NoQuotes => f.write_str("no quote depends on a meeting: bounds need a contract of a later month"),
            Self::Unsolved => f.write_str("the linear programme could not be solved"),
        }
    }
}

impl std::error::Error for LatticeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Policy(error) => Some(error),
            _ => None,
        }
    }
}

impl From<PolicyError> for LatticeError {
    fn from(error: PolicyError) -> Self {
        Self::Policy(error)
    }
}
