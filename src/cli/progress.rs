//! How far a long run is: on standard error, on a terminal alone, and only once it takes long.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use fedpath::history::DayReason;

/// A line that is drawn over and over and taken away in the end.
pub(super) struct Progress {
    total: usize,
    done: usize,
    begun: Instant,
    drawn: Option<Instant>,
    shown: bool,
}

impl Progress {
    /// A run of so many days; never shown where `quiet`, or where standard error is no terminal.
    pub(super) fn new(total: usize, quiet: bool) -> Self {
        let shown = !quiet && io::stderr().is_terminal();
        Self { total, done: 0, begun: Instant::now(), drawn: None, shown }
    }

    /// Another day is done; one without an exchange is none.
    pub(super) fn step(&mut self, day: NaiveDate, stopped: Option<&DayReason>) {
        if matches!(stopped, Some(DayReason::Weekend)) {
            return;
        }
        self.done += 1;
        let long = self.begun.elapsed() > Duration::from_secs(1);
        if !self.shown || !long || self.drawn.is_some_and(|drawn| drawn.elapsed() < Duration::from_millis(100)) {
            return;
        }
        self.drawn = Some(Instant::now());
        // Nobody is left to be told that standard error is closed.
        let _ = write!(io::stderr(), "\rfedpath: {} of {} days, {day} ", self.done, self.total);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.drawn.is_some() {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
