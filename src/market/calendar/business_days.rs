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
/// use fedpath::is_business_day;
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
/// assert_eq!(fedpath::next_business_day(friday).to_string(), "1994-02-07");
/// ```
#[must_use]
pub fn next_business_day(day: NaiveDate) -> NaiveDate {
    day.iter_days().skip(1).find(|day| is_business_day(*day)).unwrap_or(day)
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
