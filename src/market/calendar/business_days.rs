//! The business days of the Federal Reserve: the days that have an effective federal funds rate.

use chrono::{Datelike, NaiveDate, Weekday};

/// Whether the Federal Reserve is open, so that the day has an effective federal funds rate of its own: a weekday that is
/// none of its holidays.
///
/// A holiday on a Sunday is kept on the Monday after it; one on a Saturday is not kept. Source: Federal Reserve Banks,
/// holiday schedules (the rule holds for the years of the embedded calendar; Juneteenth is a holiday since 2022).
///
/// ```
/// use chrono::NaiveDate;
/// use fedpath::calendar::is_business_day;
/// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// assert!(!is_business_day(day(2025, 11, 27))); // Thanksgiving
/// assert!(is_business_day(day(2025, 11, 28)));
/// // The fourth of July 2026 is a Saturday: the Friday before is a business day.
/// assert!(is_business_day(day(2026, 7, 3)));
/// ```
#[must_use]
pub fn is_business_day(day: NaiveDate) -> bool {
    !is_weekend(day) && !is_holiday(day)
}

/// Whether a day is a Saturday or a Sunday.
pub(crate) fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The first business day of the Federal Reserve after a day.
///
/// ```
/// use chrono::NaiveDate;
/// // A Friday's decision moves the rate of Monday: Saturday and Sunday carry Friday's.
/// let friday = NaiveDate::from_ymd_opt(1994, 2, 4).unwrap();
/// assert_eq!(fedpath::calendar::next_business_day(friday).to_string(), "1994-02-07");
/// ```
#[must_use]
pub fn next_business_day(day: NaiveDate) -> NaiveDate {
    day.iter_days().skip(1).find(|day| is_business_day(*day)).unwrap_or(day)
}

/// The days on which an overnight rate is fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HolidayCalendar {
    /// The Federal Reserve's: the effective federal funds rate.
    FederalReserve,
    /// The U.S. government securities market's: SOFR. It is closed on Good Friday too, and on the Friday before an Independence
    /// Day, a Juneteenth or a Christmas on a Saturday, on which the Federal Reserve is open.
    ///
    /// Source: SIFMA, holiday schedule for the United States, which the New York Fed follows for SOFR.
    GovernmentSecurities,
}

impl HolidayCalendar {
    /// Whether a rate is fixed on a day.
    ///
    /// ```
    /// use fedpath::calendar::HolidayCalendar;
    /// let good_friday = "2025-04-18".parse()?;
    /// assert!(HolidayCalendar::FederalReserve.is_business_day(good_friday));
    /// assert!(!HolidayCalendar::GovernmentSecurities.is_business_day(good_friday));
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    #[must_use]
    pub fn is_business_day(self, day: NaiveDate) -> bool {
        is_business_day(day) && (self == Self::FederalReserve || !(is_good_friday(day) || is_kept_on_friday(day)))
    }
}

/// Whether a day is a Friday on which a holiday of the Saturday after it is kept.
fn is_kept_on_friday(day: NaiveDate) -> bool {
    let saturday = day.succ_opt().filter(|_| day.weekday() == Weekday::Fri);
    saturday.is_some_and(|saturday| match (saturday.month(), saturday.day()) {
        (7, 4) | (12, 25) => true,
        (6, 19) => saturday.year() >= 2022,
        _ => false,
    })
}

/// Whether a day is the Friday before Easter Sunday, by the Gregorian computus in the form of Meeus, Jones and Butcher.
fn is_good_friday(day: NaiveDate) -> bool {
    let year = day.year();
    let (golden, century, of_century) = (year % 19, year / 100, year % 100);
    let epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let from_march = epact + weekday - 7 * late + 114;
    let easter =
        NaiveDate::from_ymd_opt(year, (from_march / 31).cast_unsigned(), (from_march % 31 + 1).cast_unsigned());
    easter.and_then(|easter| easter.checked_sub_days(chrono::Days::new(2))) == Some(day)
}

fn is_holiday(day: NaiveDate) -> bool {
    let (month, date, weekday) = (day.month(), day.day(), day.weekday());
    // "The third Monday" falls on the 15th to the 21st.
    let nth = |n: u32, wanted: Weekday| weekday == wanted && date.div_ceil(7) == n;
    let on_its_day = |day: NaiveDate| match (day.month(), day.day()) {
        (1, 1) | (7, 4) | (11, 11) | (12, 25) => true,
        (6, 19) => day.year() >= 2022,
        _ => false,
    };
    let of_sunday = || weekday == Weekday::Mon && day.pred_opt().is_some_and(on_its_day);
    let by_weekday = match month {
        1 | 2 => nth(3, Weekday::Mon),
        5 => weekday == Weekday::Mon && date > 24,
        9 => nth(1, Weekday::Mon),
        10 => nth(2, Weekday::Mon),
        11 => nth(4, Weekday::Thu),
        _ => false,
    };
    by_weekday || on_its_day(day) || of_sunday()
}
