//! Scales of axes: from figures to places on the drawing, with ticks at round numbers.

use chrono::{Datelike, Months, NaiveDate};

use super::super::number::float_to;

/// From a span of figures to a span of the drawing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    from: (f64, f64),
    to: (f64, f64),
}

impl Scale {
    /// The scale that puts the figures `from` at the places `to`; a span of no width is given one.
    pub(super) fn new(from: (f64, f64), to: (f64, f64)) -> Self {
        let from = if from.1 - from.0 > f64::EPSILON { from } else { (from.0, from.0 + 1.0) };
        Self { from, to }
    }

    /// The scale of days.
    pub(super) fn of_days(from: (NaiveDate, NaiveDate), to: (f64, f64)) -> Self {
        Self::new((day_number(from.0), day_number(from.1)), to)
    }

    /// The place of a figure.
    pub(super) fn at(self, figure: f64) -> f64 {
        let share = (figure - self.from.0) / (self.from.1 - self.from.0);
        self.to.0 + share * (self.to.1 - self.to.0)
    }

    /// The place of a day.
    pub(super) fn at_day(self, day: NaiveDate) -> f64 {
        self.at(day_number(day))
    }

    /// Whether a figure lies within the span.
    pub(super) fn holds(self, figure: f64) -> bool {
        (self.from.0..=self.from.1).contains(&figure)
    }

    /// The places of the span's ends.
    pub(super) fn ends(self) -> (f64, f64) {
        self.to
    }

    /// The figures of the span's ends.
    pub(super) fn figures(self) -> (f64, f64) {
        self.from
    }
}

/// The number of a day, counted through the years.
fn day_number(day: NaiveDate) -> f64 {
    f64::from(day.num_days_from_ce())
}

/// A span of figures widened to round ends, and its ticks.
#[derive(Debug, Clone)]
pub(super) struct Ticks {
    pub(super) span: (f64, f64),
    step: f64,
}

impl Ticks {
    /// At most about so many ticks over the span.
    pub(super) fn over(low: f64, high: f64, most: f64) -> Self {
        let step = round_step((high - low).max(1e-9) / most);
        Self { span: ((low / step).floor() * step, (high / step).ceil() * step), step }
    }

    /// Ticks at multiples of a given step.
    pub(super) fn every(step: f64, low: f64, high: f64) -> Self {
        Self { span: ((low / step).floor() * step, (high / step).ceil() * step), step }
    }

    /// The ticks and their labels.
    pub(super) fn labelled(&self) -> Vec<(f64, String)> {
        let places = if self.step >= 1.0 && (self.step - self.step.round()).abs() < 1e-9 {
            0
        } else if ((self.step * 10.0) - (self.step * 10.0).round()).abs() < 1e-9 {
            1
        } else {
            2
        };
        let (low, high) = self.span;
        let ticks = std::iter::successors(Some(0_u16), |n| Some(n + 1)).map(|n| low + f64::from(n) * self.step);
        ticks.take_while(|tick| *tick <= high + self.step / 1e6).map(|tick| (tick, float_to(tick, places))).collect()
    }
}

/// The round number (1, 2, 2.5 or 5 times a power of ten) not below a step.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    [1.0, 2.0, 2.5, 5.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|round| *round >= step * 0.999)
        .unwrap_or(10.0 * power)
}

/// The first days of months within a span of days, so far apart that at most `most` are left.
pub(super) fn month_ticks(from: NaiveDate, to: NaiveDate, most: usize) -> Vec<NaiveDate> {
    let every = |months: u32| -> Vec<NaiveDate> {
        let start = from.with_day(1).unwrap_or(from);
        let start = start.with_month0(start.month0() / months.min(12) * months.min(12)).unwrap_or(start);
        let firsts = std::iter::successors(Some(start), |day| day.checked_add_months(Months::new(months)));
        firsts.take_while(|day| *day <= to).filter(|day| *day >= from).collect()
    };
    let steps = [1, 2, 3, 6, 12, 24, 60, 120];
    steps.into_iter().map(every).find(|ticks| ticks.len() <= most).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Scale, Ticks, month_ticks};

    #[test]
    fn ticks_are_round_numbers_around_the_figures() {
        let labels = |ticks: &Ticks| ticks.labelled().into_iter().map(|(_, label)| label).collect::<Vec<_>>().join(" ");
        assert_eq!(labels(&Ticks::over(0.0, 65.0, 5.0)), "0 20 40 60 80");
        assert_eq!(labels(&Ticks::over(-1.3, 0.05, 4.0)), "-1.5 -1.0 -0.5 0.0 0.5");
        assert_eq!(labels(&Ticks::every(0.25, 3.18, 3.88)), "3.00 3.25 3.50 3.75 4.00");
        assert_eq!(labels(&Ticks::over(0.0, 0.0, 5.0)), "0.00");
    }

    #[test]
    fn a_scale_runs_either_way() {
        let down = Scale::new((0.0, 10.0), (100.0, 0.0));
        assert!((down.at(2.5) - 75.0).abs() < 1e-9);
        assert!(Scale::new((1.0, 1.0), (0.0, 5.0)).at(1.0).is_finite());
    }

    #[test]
    fn months_are_thinned_to_a_round_number_of_them() {
        let day = |text: &str| text.parse().unwrap();
        let ticks = |from, to, most| {
            month_ticks(day(from), day(to), most).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(ticks("2025-11-21", "2026-02-01", 4), "2025-12-01 2026-01-01 2026-02-01");
        assert_eq!(ticks("2025-11-21", "2026-12-31", 4), "2026-01-01 2026-04-01 2026-07-01 2026-10-01");
    }
}
