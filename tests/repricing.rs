//! Two snapshots held against each other.

use fedpath::{Assumptions, Outlook, RepriceError, RepriceOptions, Repricing};

use crate::support::{date, outlook, strip};

const QUOTES: &str =
    "2025-11 96.12, 2025-12 96.18, 2026-01 96.215, 2026-02 96.285, 2026-03 96.32, 2026-04 96.38, 2026-05 96.44";

fn outlook_on(as_of: &str) -> Outlook {
    outlook(&strip(as_of, QUOTES), |_| {})
}

fn repriced(before: &str, after: &str, options: &RepriceOptions) -> Result<Repricing, RepriceError> {
    Repricing::new(outlook_on(before), outlook_on(after), &Assumptions::default(), options)
}

#[test]
fn equal_dates_are_compared_and_a_later_first_file_is_refused() {
    let same = repriced("2025-11-21", "2025-11-21", &RepriceOptions::default()).unwrap();
    assert!(same.headline().expected_rate_shift().exact().is_zero());
    assert!(same.equity().iter().all(|row| row.total.abs() < 1e-15));
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

#[test]
fn a_move_off_the_calendar_lies_between_too() {
    let level = |as_of: &str| {
        let quotes =
            "2020-01 98.45, 2020-02 98.42, 2020-03 98.70, 2020-04 99.20, 2020-05 99.30, 2020-06 99.40, 2020-07 99.45";
        outlook(&strip(as_of, quotes), |_| {})
    };
    let story =
        Repricing::new(level("2020-02-28"), level("2020-03-16"), &Assumptions::default(), &RepriceOptions::default());
    assert_eq!(
        story.unwrap().decision_between(),
        Some(date("2020-03-03")),
        "the meeting of the 18th was cancelled on the 15th"
    );
}

#[test]
fn one_range_given_for_both_sides_of_a_decision_is_remarked() {
    let mut assumptions = Assumptions::default();
    assumptions.target = "3.75-4.00".parse().ok();
    let compared = |before, after| {
        let options = RepriceOptions::default();
        let story = Repricing::new(outlook_on(before), outlook_on(after), &assumptions, &options).unwrap();
        story.notices().iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    insta::assert_snapshot!(compared("2025-11-21", "2025-12-11"), @"the range 3.75-4.00 is taken on both days, with the decision of 2025-12-10 between them");
    assert_eq!(compared("2025-11-21", "2025-11-24"), "");
}

#[test]
fn the_shift_is_explained_from_both_rates() {
    let story = repriced("2025-11-21", "2025-11-24", &RepriceOptions::default()).unwrap();
    assert_eq!(story.derivation().value(), *story.headline().expected_rate_shift().exact());
}
