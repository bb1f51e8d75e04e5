//! [`Episode`]: the embedded illustrative data.

use crate::embedded;
use crate::quotes::Snapshot;

/// The embedded episode: two settlement files, a week apart, in which the odds of a 25 bp cut at the meeting of
/// 10 December 2025 fall from 65 to 35 percent.
///
/// **Illustrative**: the prices lie on the tick grid and were chosen to give these figures exactly; they are not
/// market quotes. `data/README.md` tells how they were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Episode {
    /// The quotes of 14 November 2025.
    pub before: Snapshot,
    /// The quotes of 21 November 2025.
    pub after: Snapshot,
}

impl Episode {
    /// Reads the two embedded files.
    #[must_use]
    pub fn embedded() -> Self {
        Self {
            before: embedded::read(Snapshot::parse(embedded::EPISODE_BEFORE)),
            after: embedded::read(Snapshot::parse(embedded::EPISODE_AFTER)),
        }
    }

    /// Whether the quotes are the episode's own, read from a copy of its files.
    #[must_use]
    pub fn holds(&self, snapshot: &Snapshot) -> bool {
        [&self.before, &self.after].contains(&snapshot)
    }
}
