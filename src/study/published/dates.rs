//! The dates of a download: they follow the language of the browser, and one file has one order.

use chrono::NaiveDate;

use crate::text::cell::Cell;
use crate::text::problem::{Problem, ProblemKind, Problems, ReadError};

/// The order of day, month and year.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// `2024-09-12`, `2024/8/21`.
    YearMonthDay,
    /// `9/18/2023`.
    MonthDayYear,
    /// `14.04.2025`, `18/9/2023`.
    DayMonthYear,
}

/// A date by its three numbers, in the order of the text.
#[derive(Clone, Copy)]
struct Parts {
    numbers: [u32; 3],
    separator: char,
    year_first: bool,
}

impl Parts {
    fn of(text: &str) -> Option<Self> {
        let separator = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| "/.-".contains(*c))?;
        let parts: Vec<&str> = text.split(separator).collect();
        let [first, second, third] = parts[..] else { return None };
        let digits = |part: &str, widths: std::ops::RangeInclusive<usize>| {
            widths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let year_first = digits(first, 4..=4) && digits(third, 1..=2);
        let year_last = digits(first, 1..=2) && digits(third, 4..=4);
        let well_formed = digits(second, 1..=2) && (year_first || year_last);
        let numbers = [first.parse().ok()?, second.parse().ok()?, third.parse().ok()?];
        well_formed.then_some(Self { numbers, separator, year_first })
    }

    fn date(self, order: Order) -> Option<NaiveDate> {
        let [first, second, third] = self.numbers;
        let (year, month, day) = match order {
            Order::YearMonthDay => (first, second, third),
            Order::MonthDayYear => (third, first, second),
            Order::DayMonthYear => (third, second, first),
        };
        NaiveDate::from_ymd_opt(year.cast_signed(), month, day)
    }
}

const EXPECTED: &str = "a date such as 9/18/2023, 14.04.2025, 2024/8/21 or 2024-09-12";

/// The dates of one file, all in one order.
pub(super) fn read(cells: &[Cell<'_>]) -> Result<Vec<NaiveDate>, ReadError> {
    let mut problems = Problems::default();
    let parts: Vec<Option<Parts>> =
        cells.iter().map(|cell| problems.of(Parts::of(cell.text).ok_or_else(|| cell.refused(EXPECTED)))).collect();
    problems.finish()?;
    let parts: Vec<Parts> = parts.into_iter().flatten().collect();
    let Some(first) = parts.first().copied() else { return Ok(Vec::new()) };
    let order = order(&parts)?;
    let mut problems = Problems::default();
    let dates = parts.iter().zip(cells).map(|(parts, cell)| {
        let same = parts.separator == first.separator && parts.year_first == first.year_first;
        let date = same.then(|| parts.date(order)).flatten();
        problems.of(date.ok_or_else(|| cell.refused("a date written as those above")))
    });
    let dates: Vec<Option<NaiveDate>> = dates.collect();
    problems.finish()?;
    Ok(dates.into_iter().flatten().collect())
}

fn order(parts: &[Parts]) -> Result<Order, ReadError> {
    match parts {
        [first, ..] if first.year_first => return Ok(Order::YearMonthDay),
        // Nobody writes the month first between points.
        [first, ..] if first.separator == '.' => return Ok(Order::DayMonthYear),
        _ => {}
    }
    let past_twelve = |place: usize| parts.iter().any(|parts| parts.numbers[place] > 12);
    match (past_twelve(0), past_twelve(1)) {
        (false, true) => Ok(Order::MonthDayYear),
        (true, false) => Ok(Order::DayMonthYear),
        (false, false) => {
            let message = "expected a date that tells day from month, found none past the 12th: \
                download a longer history, or write the dates as 2024-09-12";
            Err(Problem::new(ProblemKind::Syntax, message).into())
        }
        (true, true) => {
            let message = "expected dates in one order, found days past the 12th in both places";
            Err(Problem::new(ProblemKind::Inconsistent, message).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, read};
    use crate::text::problem::Position;

    fn told(texts: &[&str]) -> String {
        let at = |(index, text)| Cell { text, position: Position { line: index + 1, column: 1 } };
        let cells: Vec<Cell<'_>> = texts.iter().copied().enumerate().map(at).collect();
        match read(&cells) {
            Ok(dates) => dates.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn the_order_is_told_from_the_whole_file() {
        assert_eq!(told(&["9/18/2023", "10/2/2023"]), "2023-09-18 2023-10-02");
        assert_eq!(told(&["18/9/2023", "02/10/2023"]), "2023-09-18 2023-10-02");
        assert_eq!(told(&["01.02.2025", "2.2.2025"]), "2025-02-01 2025-02-02");
        assert_eq!(told(&["2024/8/21", "2024/10/1"]), "2024-08-21 2024-10-01");
        assert_eq!(told(&["2024-09-12"]), "2024-09-12");
        assert_eq!(told(&[]), "");
    }

    #[test]
    fn dates_that_do_not_tell_their_order_are_refused() {
        insta::assert_snapshot!(told(&["9/8/2023", "9/11/2023"]), @"expected a date that tells day from month, found none past the 12th: download a longer history, or write the dates as 2024-09-12");
        insta::assert_snapshot!(told(&["9/18/2023", "18/9/2023"]), @"expected dates in one order, found days past the 12th in both places");
        insta::assert_snapshot!(told(&["2024/8/21", "2024-8-22", "2024/2/30", "21 Aug"]), @"4:1: expected a date such as 9/18/2023, 14.04.2025, 2024/8/21 or 2024-09-12, found '21 Aug'");
        insta::assert_snapshot!(told(&["2024/8/21", "2024-8-22", "2024/2/30"]), @"
        2:1: expected a date written as those above, found '2024-8-22'
        3:1: expected a date written as those above, found '2024/2/30'
        ");
    }
}
