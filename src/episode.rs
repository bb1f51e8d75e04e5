//! [`Episode`]: the embedded illustrative data.

use std::sync::LazyLock;

use crate::embedded;
use crate::quotes::{DailyQuotes, Snapshot};

/// The embedded episode: two settlement files, a week apart, in which the odds of a 25 bp cut at the meeting of
/// 10 December 2025 fall from 65 to 35 percent.
///
/// **Illustrative**: the prices lie on the tick grid and were chosen to give these figures exactly; they are not
/// market quotes. `data/README.md` tells how they were made.
///
/// ```
/// use fedpath::Episode;
/// let december = Episode::embedded().after.quote("2025-12".parse()?).and_then(|quote| quote.settle).unwrap();
/// assert_eq!(december.to_string(), "96.1800");
/// # Ok::<(), fedpath::ContractError>(())
/// ```
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
        static EMBEDDED: LazyLock<Episode> = LazyLock::new(|| Episode {
            before: embedded::read(Snapshot::parse(embedded::EPISODE_BEFORE)),
            after: embedded::read(Snapshot::parse(embedded::EPISODE_AFTER)),
        });
        EMBEDDED.clone()
    }

    /// Whether the quotes are the episode's own, read from a copy of its files, alone or in a table of many days.
    #[must_use]
    pub fn holds(&self, snapshot: &Snapshot) -> bool {
        let own = |day: &Snapshot| day.trade_date() == snapshot.trade_date() && day.quotes().eq(snapshot.quotes());
        own(&self.before) || own(&self.after)
    }

    /// Whether quotes of many days hold those of the episode.
    #[must_use]
    pub fn is_in(&self, quotes: &dyn DailyQuotes) -> bool {
        let days = [self.before.trade_date(), self.after.trade_date()];
        days.into_iter().flatten().filter_map(|day| quotes.snapshot(day).ok()?).any(|day| self.holds(&day))
    }
}
