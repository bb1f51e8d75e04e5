//! [`KeyFigures`]: what a path adds up to: basis points priced by each year end, and the terminal rate.

use chrono::{Datelike, NaiveDate};

use crate::outlook::Outlook;
use crate::study::history::SeriesDay;
use crate::units::{BasisPoints, Rate};

/// What a path adds up to.
pub(super) struct KeyFigures<'a> {
    /// The expected rate before the first meeting.
    start: &'a Rate,
    /// The announcement of each meeting, and the expected rate after it.
    path: Vec<(NaiveDate, &'a Rate)>,
}

/// The rate that lies farthest from today's, and the meeting that brings it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Terminal {
    pub(super) meeting: NaiveDate,
    pub(super) rate: Rate,
    pub(super) is_low: bool,
}

impl Terminal {
    /// Which end of the path it is.
    pub(super) fn side(&self) -> &'static str {
        if self.is_low { "lowest" } else { "highest" }
    }
}

impl<'a> KeyFigures<'a> {
    /// Those of a start and a path of announcements in order; `None` of an empty path.
    pub(super) fn new(start: &'a Rate, path: impl Iterator<Item = (NaiveDate, &'a Rate)>) -> Option<Self> {
        let path: Vec<(NaiveDate, &'a Rate)> = path.collect();
        (!path.is_empty()).then_some(Self { start, path })
    }

    /// Those of an outlook: no provisional rate is in them.
    pub(super) fn of(outlook: &'a Outlook) -> Option<Self> {
        let steps = outlook.path().firm_steps();
        let path = steps.iter().map(|step| (step.meeting.announcement(), &step.after));
        Self::new(&steps.first()?.before, path)
    }

    /// Those of a day of a series.
    pub(super) fn of_day(day: &'a SeriesDay) -> Option<Self> {
        Self::new(&day.start, day.path.iter().map(|(meeting, rate)| (*meeting, rate)))
    }

    /// The year ends that the path reaches: those whose last meeting it has.
    pub(super) fn year_ends(&self) -> Vec<i32> {
        let mut years: Vec<i32> = self.path.iter().map(|(meeting, _)| meeting.year()).collect();
        years.dedup();
        years.retain(|year| self.rate_by(*year).is_some());
        years
    }

    /// Whether the last meeting of a year is the next one: then its odds say it all.
    pub(super) fn is_next(&self, year: i32) -> bool {
        self.path
            .first()
            .is_some_and(|(first, _)| self.path.iter().all(|(meeting, _)| meeting == first || meeting.year() > year))
            && self.path[0].0.year() == year
    }

    /// The expected rate at the end of a year, where the path reaches it.
    pub(super) fn rate_by(&self, year: i32) -> Option<&'a Rate> {
        let (last, rate) = *self.path.iter().rev().find(|(meeting, _)| meeting.year() == year)?;
        // The last meeting of a year is in December, or one of the next year follows it.
        let is_reached = last.month() == 12 || self.path.iter().any(|(meeting, _)| meeting.year() > year);
        is_reached.then_some(rate)
    }

    /// The change of the rate until the end of a year, cuts negative, where the path reaches it.
    pub(super) fn priced_by(&self, year: i32) -> Option<BasisPoints> {
        self.rate_by(year).map(|rate| rate - self.start)
    }

    /// The lowest or the highest rate of the path, the one that lies farther from today's; the earliest such meeting. `None`
    /// where no meeting changes the rate.
    pub(super) fn terminal(&self) -> Option<Terminal> {
        let distance = |rate: &Rate| (rate - self.start).exact().abs();
        let (meeting, rate) =
            self.path.iter().rev().max_by(|(_, one), (_, other)| distance(one).cmp(&distance(other)))?;
        let change = *rate - self.start;
        let is_low = change.exact().is_negative();
        (!change.exact().is_zero()).then(|| Terminal { meeting: *meeting, rate: (*rate).clone(), is_low })
    }
}

#[cfg(test)]
mod tests {
    use super::KeyFigures;
    use crate::units::Rate;

    #[test]
    fn a_path_adds_up_to_year_ends_and_a_terminal_rate() {
        let rate = |text: &str| text.parse::<Rate>().unwrap();
        let levels = [("2025-12-10", "3.80"), ("2026-01-28", "3.70"), ("2026-12-09", "3.20"), ("2027-01-27", "3.25")]
            .map(|(day, level)| (day.parse().unwrap(), rate(level)));
        let start = rate("3.88");
        let figures =
            |many: usize| KeyFigures::new(&start, levels[..many].iter().map(|(day, level)| (*day, level))).unwrap();
        let all = figures(4);
        assert_eq!(all.year_ends(), [2025, 2026], "2027 goes on after January");
        assert_eq!(all.priced_by(2026).unwrap().to_string(), "-68bp");
        let terminal = all.terminal().unwrap();
        assert_eq!(
            (terminal.meeting.to_string(), terminal.rate, terminal.is_low),
            ("2026-12-09".into(), rate("3.20"), true)
        );
        assert_eq!(figures(2).year_ends(), [2025], "2026 is not reached");
        let flat = [("2026-01-28".parse().unwrap(), rate("3.88"))];
        assert!(KeyFigures::new(&start, flat.iter().map(|(day, level)| (*day, level))).unwrap().terminal().is_none());
    }
}
