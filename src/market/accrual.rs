//! [`Accrual`]: which fixing counts for how many days of a reference period, and the average of fixings so counted.

use chrono::NaiveDate;
use num_bigint::BigInt;
use num_integer::Integer;

use super::calendar::HolidayCalendar;
use super::period::Period;
use super::product::Averaging;
use crate::units::Fraction;

/// A fixing of an overnight rate, and the calendar days of a period that carry it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Accrual {
    /// The business day of the fixing: its own day, or of a weekend or holiday the business day before.
    pub(crate) fixed_on: NaiveDate,
    /// The days of the period that carry it, one after the other.
    pub(crate) days: u32,
}

/// The fixings of a period in their order. A period that begins on a holiday begins with the fixing of the business day before,
/// and only for the days from its own first day on; one that ends on a holiday ends there all the same.
///
/// CME Rulebook, chapter 460 (SR3): each business day of the reference quarter counts for the days up to the next one.
pub(crate) fn accruals(period: Period, holidays: HolidayCalendar) -> Vec<Accrual> {
    let mut found: Vec<Accrual> = Vec::new();
    for day in period.iter() {
        match found.last_mut() {
            Some(last) if !holidays.is_business_day(day) => last.days += 1,
            _ => found.push(Accrual { fixed_on: last_business_day(day, holidays), days: 1 }),
        }
    }
    found
}

/// The last business day up to a day.
fn last_business_day(day: NaiveDate, holidays: HolidayCalendar) -> NaiveDate {
    let mut back = std::iter::successors(Some(day), NaiveDate::pred_opt);
    back.find(|day| holidays.is_business_day(*day)).unwrap_or(day)
}

/// The average of fixings in percent, exact, each of so many days: the numbers stand over one denominator, and a fraction is made
/// once. `None` of none.
pub(crate) fn exact_average(averaging: Averaging, rates: &[(u32, Fraction)]) -> Option<Fraction> {
    let days: u32 = rates.iter().map(|(days, _)| days).sum();
    if averaging == Averaging::Arithmetic {
        let sum = rates.iter().map(|(days, rate)| rate * &Fraction::integer(i64::from(*days)));
        let sum = sum.fold(Fraction::zero(), |sum, term| &sum + &term);
        return sum.checked_div(&Fraction::integer(i64::from(days)));
    }
    let common = rates.iter().fold(BigInt::from(1), |common, (_, rate)| common.lcm(&rate.denominator()));
    let one = BigInt::from(36_000) * &common;
    let mut growth = BigInt::from(1);
    let mut start = BigInt::from(1);
    for (days, rate) in rates {
        let units = rate.numerator() * (&common / rate.denominator());
        growth *= &one + units * BigInt::from(*days);
        start *= &one;
    }
    let primes = &one * BigInt::from(days);
    let (earned, whole) = ((growth - &start) * BigInt::from(36_000), start * BigInt::from(days));
    (days > 0).then(|| Fraction::from_parts_of_primes(earned, whole, &primes))
}

#[cfg(test)]
mod tests {
    use super::{Averaging, Fraction, HolidayCalendar, Period, accruals, exact_average};

    fn told(start: &str, end: &str) -> String {
        let period = Period::new(start.parse().unwrap(), end.parse().unwrap());
        let all = accruals(period, HolidayCalendar::GovernmentSecurities);
        all.iter().map(|one| format!("{} x{}", one.fixed_on, one.days)).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_period_that_begins_on_juneteenth_begins_with_one_day_of_the_fixing_before() {
        assert_eq!(told("2024-06-19", "2024-06-25"), "2024-06-18 x1, 2024-06-20 x1, 2024-06-21 x3, 2024-06-24 x1");
        // One that ends on it counts the day before for one day.
        assert_eq!(told("2024-06-14", "2024-06-19"), "2024-06-14 x3, 2024-06-17 x1, 2024-06-18 x1");
        // Good Friday has no SOFR.
        assert_eq!(told("2024-03-28", "2024-04-02"), "2024-03-28 x4, 2024-04-01 x1");
    }

    #[test]
    fn two_fixings_compound_as_by_hand() {
        let rates: Vec<(u32, Fraction)> = vec![(1, "5.33".parse().unwrap()), (3, "5.31".parse().unwrap())];
        // (36000/4) [(1 + 5.33/36000)(1 + 3 x 5.31/36000) - 1], over one denominator.
        let product: Fraction = &"36005.33".parse::<Fraction>().unwrap() * &"36015.93".parse().unwrap();
        let year: Fraction = "36000".parse().unwrap();
        let by_hand = (&product - &(&year * &year)).checked_div(&(&year * &Fraction::integer(4))).unwrap();
        assert_eq!(exact_average(Averaging::Compounded, &rates).unwrap(), by_hand);
        assert_eq!(exact_average(Averaging::Arithmetic, &rates).unwrap().to_string(), "1063/200");
    }
}
