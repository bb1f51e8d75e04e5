//! [`Tenor`]: a maturity of the curve.

use std::fmt;
use std::str::FromStr;

use chrono::{Days, Months, NaiveDate};

use crate::units::{UnitError, serde_as_text};

/// A maturity of the curve, in whole months or in days.
///
/// As a time it is a number of years (a month is a twelfth, a day a 365th); as a date it is counted on the calendar,
/// the last day of a shorter month standing for days it lacks, and not moved off weekends or holidays.
///
/// ```
/// use fedpath::curve::Tenor;
/// assert_eq!(Tenor::months(6).to_string(), "6M");
/// assert_eq!("120m".parse::<Tenor>()?.to_string(), "10Y");
/// assert_eq!("2W".parse::<Tenor>()?.to_string(), "2W");
/// assert_eq!(Tenor::months(3).in_years(), 0.25);
/// assert!("0M".parse::<Tenor>().is_err());
/// # Ok::<(), fedpath::UnitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tenor(Length);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Length {
    Months(u32),
    Days(u32),
}

serde_as_text!(Tenor);

impl Tenor {
    /// The maturities that reports show: 3M, 6M, 1Y, 2Y, 5Y, 10Y and 30Y.
    pub const STANDARD: [Self; 7] = [
        Self::months(3),
        Self::months(6),
        Self::months(12),
        Self::months(24),
        Self::months(60),
        Self::months(120),
        Self::months(360),
    ];

    /// The longest tenor that is read.
    const MOST_YEARS: f64 = 100.0;

    /// A maturity of so many months.
    #[must_use]
    pub const fn months(months: u32) -> Self {
        Self(Length::Months(months))
    }

    /// A maturity of so many days.
    #[must_use]
    pub const fn days(days: u32) -> Self {
        Self(Length::Days(days))
    }

    /// The maturity in years.
    #[must_use]
    pub fn in_years(self) -> f64 {
        match self.0 {
            Length::Months(months) => f64::from(months) / 12.0,
            Length::Days(days) => f64::from(days) / 365.0,
        }
    }

    /// The day of maturity, counted from `start`; the last day that a calendar holds where there is none.
    #[must_use]
    pub fn maturity(self, start: NaiveDate) -> NaiveDate {
        let date = match self.0 {
            Length::Months(months) => start.checked_add_months(Months::new(months)),
            Length::Days(days) => start.checked_add_days(Days::new(days.into())),
        };
        date.unwrap_or(NaiveDate::MAX)
    }

    /// The days on which a swap of this maturity pays once a year, counted back from its maturity: the first period is
    /// the short one.
    #[must_use]
    pub fn annual_payments(self, start: NaiveDate) -> Vec<NaiveDate> {
        let mut payments = match self.0 {
            Length::Months(months) => {
                let first = months - months.saturating_sub(1) / 12 * 12;
                (first..=months).step_by(12).map(|months| Self::months(months).maturity(start)).collect()
            }
            Length::Days(_) => {
                let end = self.maturity(start);
                let before = (0..).map(|years: u32| end.checked_sub_months(Months::new(12 * years)));
                before.map_while(|date| date.filter(|date| *date > start)).collect::<Vec<_>>()
            }
        };
        payments.sort_unstable();
        payments
    }
}

impl fmt::Display for Tenor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self.0 {
            Length::Months(months) if months > 0 && months.is_multiple_of(12) => (months / 12, 'Y'),
            Length::Months(months) => (months, 'M'),
            Length::Days(days) if days > 0 && days.is_multiple_of(7) => (days / 7, 'W'),
            Length::Days(days) => (days, 'D'),
        };
        f.pad(&format!("{count}{unit}"))
    }
}

impl FromStr for Tenor {
    type Err = UnitError;

    /// Reads days, weeks, months or years: `45D`, `2W`, `18M`, `10Y`, in either case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused =
            || UnitError::out_of_range("tenor", "from 1D to 100Y, such as 2W, 18M or 10Y", &format!("'{text}'"));
        let unit = text.chars().next_back().ok_or_else(refused)?;
        let number = &text[..text.len() - unit.len_utf8()];
        let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let count: u32 = number.parse().ok().filter(|_| digits).ok_or_else(refused)?;
        let times = |by: u32| count.checked_mul(by).ok_or_else(refused);
        let tenor = match unit.to_ascii_uppercase() {
            'D' => Self::days(count),
            'W' => Self::days(times(7)?),
            'M' => Self::months(count),
            'Y' => Self::months(times(12)?),
            _ => return Err(refused()),
        };
        if count > 0 && tenor.in_years() <= Self::MOST_YEARS { Ok(tenor) } else { Err(refused()) }
    }
}
