//! Studies as data, where their fields are not what a reader wants.

use serde::{Serialize, Serializer};

use super::history::HistorySummary;
use super::summary::Until;

impl Serialize for Until {
    /// `6M`, or the last day of the year.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for HistorySummary {
    /// How many days were counted and priced, and its lines.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Told {
            days: usize,
            priced: usize,
            lines: Vec<String>,
        }
        Told { days: self.days(), priced: self.priced(), lines: self.lines() }.serialize(serializer)
    }
}
