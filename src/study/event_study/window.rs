//! [`StudyWindow`]: the span over which a response is measured.

use std::fmt;
use std::str::FromStr;

use crate::units::NotAccepted;

/// The span over which the response to a surprise is measured: minutes around an announcement, trading days, or months.
///
/// ```
/// use fedpath::event_study::StudyWindow;
/// assert_eq!("30min".parse::<StudyWindow>()?, StudyWindow::Minutes(30));
/// assert_eq!("5d".parse::<StudyWindow>()?.to_string(), "5d");
/// // A trading day of stocks has 390 minutes.
/// assert_eq!("39min".parse::<StudyWindow>()?.trading_days(), 0.1);
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StudyWindow {
    /// So many minutes around the announcement: `30min`.
    Minutes(u16),
    /// So many trading days, from close to close: `1d`.
    Days(u16),
    /// So many months: `1mo`.
    Months(u16),
}

/// The minutes of a trading day of stocks: 9:30 to 16:00.
const MINUTES_A_DAY: f64 = 390.0;
/// The trading days of a month.
const DAYS_A_MONTH: f64 = 21.0;

crate::units::serde_as_text!(StudyWindow);

impl StudyWindow {
    /// The trading days of a year.
    pub(super) const DAYS_A_YEAR: f64 = 252.0;

    /// Its length in trading days.
    #[must_use]
    pub fn trading_days(self) -> f64 {
        match self {
            Self::Minutes(count) => f64::from(count) / MINUTES_A_DAY,
            Self::Days(count) => f64::from(count),
            Self::Months(count) => f64::from(count) * DAYS_A_MONTH,
        }
    }

    /// The window for a reader: `30 minutes`, `a day`, `5 days`.
    #[must_use]
    pub fn in_words(self) -> String {
        let (count, unit) = match self {
            Self::Minutes(count) => (count, "minute"),
            Self::Days(count) => (count, "day"),
            Self::Months(count) => (count, "month"),
        };
        if count == 1 { format!("a {unit}") } else { format!("{count} {unit}s") }
    }

    /// The standard deviation of returns over this window, where the market moves by so much in a year of 252 trading days;
    /// both in one unit.
    ///
    /// ```
    /// use fedpath::event_study::StudyWindow;
    /// assert_eq!(format!("{:.2}", StudyWindow::Days(5).noise(16.0)), "2.25");
    /// ```
    #[must_use]
    pub fn noise(self, annual_volatility: f64) -> f64 {
        annual_volatility * (self.trading_days() / Self::DAYS_A_YEAR).sqrt()
    }

    /// The standard deviation over this window of what a study leaves unexplained over its own: the market's ordinary noise is
    /// added for the rest of the time. A window that is no longer than the study's has the study's.
    ///
    /// ```
    /// use fedpath::event_study::StudyWindow;
    /// let over_a_week = StudyWindow::Days(5).residual_sd(0.4544, StudyWindow::Minutes(30), 16.0);
    /// assert_eq!(format!("{over_a_week:.2}"), "2.28");
    /// ```
    #[must_use]
    pub fn residual_sd(self, residual_sd: f64, over: Self, annual_volatility: f64) -> f64 {
        let more = (self.trading_days() - over.trading_days()).max(0.0) / Self::DAYS_A_YEAR;
        (residual_sd.powi(2) + annual_volatility.powi(2) * more).sqrt()
    }
}

impl fmt::Display for StudyWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self {
            Self::Minutes(count) => (count, "min"),
            Self::Days(count) => (count, "d"),
            Self::Months(count) => (count, "mo"),
        };
        f.pad(&format!("{count}{unit}"))
    }
}

impl FromStr for StudyWindow {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) = text.split_at(digits);
        let count = count.parse().ok().filter(|count| *count > 0);
        let window = count.and_then(|count| match unit {
            "min" => Some(Self::Minutes(count)),
            "d" => Some(Self::Days(count)),
            "mo" => Some(Self::Months(count)),
            _ => None,
        });
        window.ok_or_else(|| NotAccepted::expected("a window such as 30min, 1d, 5d or 1mo"))
    }
}
