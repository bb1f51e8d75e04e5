//! Two snapshots held against each other.

use fedpath::{Assumptions, Outlook, RepriceError, RepriceOptions, Repricing};

use crate::support::{date, outlook, strip};

const QUOTES: &str =
    "2025-11 96.12, 2025-12 96.18, 2026-01 96.215, 2026-02 96.285, 2026-03 96.32, 2026-04 96.38, 2026-05 96.44";

fn outlook_on(as_of: &str) -> Outlook {
    outlook(&strip(as_of, QUOTES), |_| {})
}

fn repriced(before: &str, after: &str, options: &RepriceOptions) -> Result<Repricing, RepriceError> {
    Repricing::new(outlook_on(before), outlook_on(after), &Assumptions::default().calendar, options)
}

#[test]
fn equal_dates_are_compared_and_a_later_first_file_is_refused() {
    let same = repriced("2025-11-21", "2025-11-21", &RepriceOptions::default()).unwrap();
    assert!(same.headline().expected_rate_shift().exact().is_zero());
    assert!(same.equity().iter().all(|row| row.impact.total().abs() < 1e-15));
    let refused = repriced("2025-11-21", "2025-11-20", &RepriceOptions::default()).unwrap_err();
    assert_eq!(refused, RepriceError::OutOfOrder { before: date("2025-11-21"), after: date("2025-11-20") });
}

#[test]
fn a_decision_lies_between_from_the_day_after_it_on() {
    let default = RepriceOptions::default();
    let between = |after| repriced("2025-11-21", after, &default).unwrap().decision_between();
    assert_eq!(between("2025-12-10"), None, "on its day the old range is in force");
    assert_eq!(between("2025-12-11"), Some(date("2025-12-10")));
}

#[test]
fn the_headline_is_the_first_meeting_that_both_price_or_the_wanted_one() {
    let story = repriced("2025-11-21", "2025-12-11", &RepriceOptions::default()).unwrap();
    assert_eq!(story.headline().announcement(), date("2026-01-28"));
    let mut options = RepriceOptions::default();
    options.meeting = Some(date("2026-03-18"));
    let wanted = repriced("2025-11-21", "2025-12-11", &options).unwrap();
    assert_eq!(wanted.headline().announcement(), date("2026-03-18"));
    assert_eq!(wanted.shift().steps()[0].0, date("2026-03-19"));
    options.meeting = Some(date("2025-12-10"));
    let refused = repriced("2025-11-21", "2025-12-11", &options).unwrap_err();
    assert!(matches!(refused, RepriceError::MeetingNotPriced { .. }), "{refused}");
}
