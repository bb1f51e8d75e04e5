//! Moves off the calendar: several decisions in a month, the days of 2020, weekends and holidays, dates not yet announced.

use fedpath::calendar::{MeetingKind, is_business_day, next_business_day};
use fedpath::path::{Between, PolicyError, RateSource};
use fedpath::{DecisionDay, Fixings, MeetingCalendar, Method, Notice, Outlook, PolicyPath, StartRate, Strip};

use crate::support::{date, fraction, month, path, rows, strip};

/// "2020-03-03 1.58 -> 1.39 forward", a line each.
fn told(path: &PolicyPath) -> String {
    let step = |step: &fedpath::MeetingStep| {
        format!(
            "{} {:.4} -> {:.4} {}",
            step.meeting.announcement(),
            step.before.exact(),
            step.after.exact(),
            step.solved()
        )
    };
    let gap = |gap: &fedpath::path::Unpriced| format!("{} {}", gap.meeting.announcement(), gap.reason);
    path.steps().iter().map(step).chain(path.unpriced().iter().map(gap)).collect::<Vec<_>>().join("\n")
}

fn fixings() -> Fixings {
    Fixings::parse(include_str!("data/effr_2020-03.csv")).unwrap()
}

fn with(added: &str) -> MeetingCalendar {
    MeetingCalendar::embedded().with_meeting(date(added))
}

// Settlements of March 2020 as CME published them (of February's contract its last).
const MARCH_2: &str = "2020-02 98.415, 2020-03 98.715, 2020-04 98.91, 2020-05 99.085, 2020-06 99.17, 2020-07 99.25";
const MARCH_4: &str = "2020-03 98.9725, 2020-04 99.22, 2020-05 99.375, 2020-06 99.45, 2020-07 99.51";
const MARCH_13: &str = "2020-03 99.28, 2020-04 99.84, 2020-05 99.87, 2020-06 99.88, 2020-07 99.89";
const MARCH_16: &str = "2020-03 99.345, 2020-04 99.895, 2020-05 99.895, 2020-06 99.91, 2020-07 99.92";

#[test]
fn of_two_decisions_in_a_month_the_own_contract_tells_the_rate_between_where_the_months_around_it_tell_the_others() {
    let strip = strip("2020-03-02", MARCH_2);
    let two = path(&strip, |a| (a.calendar, a.chain) = (with("2020-03-03"), 3)).unwrap();
    insta::assert_snapshot!(told(&two), @"
    2020-03-03 1.5850 -> 1.3888 forward
    2020-03-18 1.3888 -> 1.0960 anchored
    2020-04-29 1.0960 -> 0.9150 backward
    ");
    // 31 A = 3 before + 15 between + 13 after.
    let (first, second) = (&two.steps()[0], &two.steps()[1]);
    assert_eq!((first.before_from, first.after_from), (RateSource::Anchor(month("2020-02")), RateSource::OwnContract));
    assert_eq!((first.days.before(), first.days.after(), second.days.after()), (3, 15, 13));
    let sum = [(3, &first.before), (15, &first.after), (13, &second.after)]
        .into_iter()
        .map(|(days, rate)| &fedpath::Fraction::integer(days) * rate.exact())
        .fold(fedpath::Fraction::zero(), |sum, part| sum + part);
    assert_eq!(sum, &fraction("31") * &fraction("1.285"));
    // No assumption is needed, and none is made.
    let assumed = path(&strip, |a| {
        (a.calendar, a.chain, a.between) = (with("2020-03-03"), 3, Some(Between::Even));
    });
    assert_eq!(assumed.unwrap().steps(), two.steps());
}

#[test]
fn without_them_the_month_has_no_price_but_under_a_stated_assumption() {
    // 5 January 2026: December had a meeting, so nothing tells today's rate but January's own contract.
    let strip = strip("2026-01-05", "2026-01 96.30, 2026-02 96.40, 2026-03 96.42, 2026-04 96.45, 2026-05 96.50");
    let solve = |between| path(&strip, |a| (a.calendar, a.chain, a.between) = (with("2026-01-14"), 3, between));
    let refused = solve(None).unwrap();
    insta::assert_snapshot!(told(&refused), @"
    2026-03-18 3.6000 -> 3.5523 forward
    2026-01-14 Jan 2026 has several decisions, and its contract alone cannot tell their rates apart
    2026-01-28 Jan 2026 has several decisions, and its contract alone cannot tell their rates apart
    ");
    insta::assert_snapshot!(Outlook::new(refused).unwrap_err(), @"the meeting of 2026-01-14 cannot be priced: Jan 2026 has several decisions, and its contract alone cannot tell their rates apart");
    let assumed: Vec<String> = [Between::Before, Between::After, Between::Even]
        .map(|between| format!("{between}\n{}", told(&solve(Some(between)).unwrap())))
        .to_vec();
    insta::assert_snapshot!(assumed.join("\n"), @"
    the rate before them
    2026-01-14 3.7107 -> 3.7107 backward
    2026-01-28 3.7107 -> 3.6000 anchored
    2026-03-18 3.6000 -> 3.5523 forward
    the rate after them
    2026-01-14 3.8214 -> 3.6000 backward
    2026-01-28 3.6000 -> 3.6000 anchored
    2026-03-18 3.6000 -> 3.5523 forward
    equal steps
    2026-01-14 3.7476 -> 3.6738 backward
    2026-01-28 3.6738 -> 3.6000 anchored
    2026-03-18 3.6000 -> 3.5523 forward
    ");
    let even = solve(Some(Between::Even)).unwrap();
    assert_eq!(even.steps()[0].change(), even.steps()[1].change());
    for between in [Between::Before, Between::After, Between::Even] {
        // Whatever is assumed, the contract is met.
        let path = solve(Some(between)).unwrap();
        let january = path.contracts().iter().find(|fit| fit.contract.month() == month("2026-01")).unwrap();
        assert_eq!(january.model_price(), Some(fraction("96.3")));
    }
}

#[test]
fn a_month_in_which_the_rate_has_moved_is_priced_with_fixings_and_not_without() {
    // 4 March 2020, the day after the first cut; the meeting of the 18th is still on.
    let strip = strip("2020-03-04", MARCH_4);
    let without = path(&strip, |a| a.chain = 2).unwrap();
    insta::assert_snapshot!(told(&without), @"
    2020-04-29 0.7853 -> 0.6250 backward
    2020-03-18 the rate has already moved in Mar 2020, so ZQH20 averages three rates
    ");
    let own = path(&strip, |a| (a.chain, a.fixings) = (2, Some(fixings()))).unwrap();
    insta::assert_snapshot!(told(&own), @"
    2020-03-18 1.1255 -> 0.7853 backward
    2020-04-29 0.7853 -> 0.6250 backward
    ");
    // 31 A = the realised Sunday, at Friday's 1.58, Monday and Tuesday at 1.59 + 15 before + 13 after.
    let first = &own.steps()[0];
    let days = |days: &str, rate: &fedpath::Rate| &fraction(days) * rate.exact();
    let to_come = &days("15", &first.before) + &days("13", &first.after);
    assert_eq!(&(&fraction("1.58") + &fraction("3.18")) + &to_come, &fraction("31") * &fraction("1.0275"));
    assert_eq!(first.before_from, RateSource::OwnContract);
    let fixed = path(&strip, |a| {
        (a.chain, a.fixings, a.start_rate) = (2, Some(fixings()), StartRate::Fixings);
    });
    // No fixing shows the rate after the cut yet: the last is of the 3rd, the day of the decision.
    assert_eq!(fixed.unwrap().steps()[0].before, own.steps()[0].before);
    let next_day = path(&crate::support::strip_of(date("2020-03-05"), strip.prices()), |a| {
        (a.chain, a.fixings, a.start_rate) = (2, Some(fixings()), StartRate::Fixings);
    });
    let next_day = next_day.unwrap();
    assert_eq!(next_day.steps()[0].before_from, RateSource::Fixing(date("2020-03-04")));
    assert_eq!(next_day.steps()[0].before.to_string(), "1.09%");
    // On the day of the cut itself the day carries Monday's rate, and the days from the 4th on are to come.
    let same_day = path(&crate::support::strip_of(date("2020-03-03"), strip.prices()), |a| {
        (a.chain, a.fixings) = (2, Some(fixings()));
    });
    assert_eq!(same_day.unwrap().steps()[0].before, own.steps()[0].before);
}

/// Levels of September 2001: a cut on the 17th, the next meeting on 2 October, two days into ZQV01.
const SEPTEMBER_2001: &str = "2001-09 97.00, 2001-10 97.30, 2001-11 97.50, 2001-12 97.55, 2002-01 97.56, 2002-02 97.57";

#[test]
fn after_a_move_between_meetings_the_next_meeting_early_in_its_month_has_no_price_without_fixings() {
    for method in [Method::FedWatch, Method::LeastSquares] {
        let unpriced = |day: &str, quotes: &str| {
            let solved = path(&strip(day, quotes), |a| (a.chain, a.method) = (3, method));
            match solved {
                Ok(path) => path.unpriced().first().map(|gap| (gap.meeting.announcement().to_string(), gap.reason)),
                Err(PolicyError::FirstMeetingUnpriced(meeting, reason)) => Some((meeting.to_string(), reason)),
                Err(error) => panic!("{error}"),
            }
        };
        let (meeting, reason) = unpriced("2001-09-25", SEPTEMBER_2001).unwrap();
        assert_eq!(meeting, "2001-10-02");
        insta::allow_duplicates! {
            insta::assert_snapshot!(reason, @"the target changed between meetings in Sep 2001, and ZQV01 has too few days before this meeting to show the new rate");
        }
        // Before the move September is a month without a meeting, and on 1 October the contract itself is no longer of help.
        assert_eq!(unpriced("2001-09-14", SEPTEMBER_2001), None, "{method:?}");
        assert_eq!(unpriced("2001-10-01", SEPTEMBER_2001).unwrap().0, "2001-10-02", "{method:?}");
        // April 2020 has 29 of its 30 days at the rate that March left.
        assert_eq!(unpriced("2020-03-17", MARCH_16), None, "{method:?}");
    }
    // A stated rate, or fixings of September, give it.
    let given = |day: &str, change: &dyn Fn(&mut fedpath::Assumptions)| {
        let path = path(&strip(day, SEPTEMBER_2001), |a| {
            a.chain = 3;
            change(a);
        })
        .unwrap();
        told(&path).lines().next().unwrap().to_owned()
    };
    let stated = given("2001-09-25", &|a| a.start_rate = StartRate::Given("3.00".parse().unwrap()));
    assert!(stated.starts_with("2001-10-02 3.0000 -> "), "{stated}");
    let days = date("2001-08-31").iter_days().filter(|day| fedpath::calendar::is_business_day(*day));
    let rate = |day| if day < date("2001-09-17") { "3.50" } else { "3.00" };
    let rows: Vec<String> = days.take(22).map(|day| format!("{day},{}\n", rate(day))).collect();
    let fixings = Fixings::parse(&format!("Effective Date,Rate (%)\n{}", rows.concat())).unwrap();
    // On 25 September the rest of the month: (30 x 3.00 - 16 x 3.50 - 8 x 3.00) / 6, the realised days being the first 24.
    let rest = given("2001-09-25", &|a| a.fixings = Some(fixings.clone()));
    assert!(rest.starts_with("2001-10-02 1.6667 -> "), "{rest}");
    // On 1 October September is over, and the last fixing is the rate.
    let fixed = given("2001-10-01", &|a| a.fixings = Some(fixings.clone()));
    assert!(fixed.starts_with("2001-10-02 3.0000 -> "), "{fixed}");
}

#[test]
fn on_the_day_of_a_move_off_the_calendar_it_is_said_that_prices_are_ahead_of_the_range() {
    let told = |day: &str, quotes: &str| {
        let path = path(&strip(day, quotes), |a| a.chain = 1).unwrap();
        let said = path.notices().iter().find(|notice| matches!(notice, Notice::MovedToday { .. }));
        (path.target().to_string(), said.map(ToString::to_string))
    };
    let (range, said) = told("2020-03-15", MARCH_16);
    assert_eq!(range, "1.00-1.25", "the range in force");
    insta::assert_snapshot!(said.unwrap(), @"a move to 0.00-0.25 was announced on this day: prices include it, but outcomes are counted from 1.00-1.25");
    // On the day of a scheduled decision it is not known yet.
    let december = "2025-11 96.12, 2025-12 96.18, 2026-01 96.215, 2026-02 96.285";
    assert_eq!(told("2025-12-10", december), ("3.75-4.00".to_owned(), None));
}

#[test]
fn the_second_move_of_march_2020_is_found_with_fixings() {
    // Friday 13 March: a move on Sunday the 15th is on some minds, the meeting of the 18th still on the calendar.
    let sunday = path(&strip("2020-03-13", MARCH_13), |a| {
        (a.calendar, a.chain, a.fixings) = (with("2020-03-15"), 3, Some(fixings()));
        a.start_rate = StartRate::Fixings;
    });
    let sunday = sunday.unwrap();
    insta::assert_snapshot!(told(&sunday), @"
    2020-03-15 1.1000 -> 0.7822 forward
    2020-03-18 0.7822 -> 0.1610 anchored
    2020-04-29 0.1610 -> 0.1300 backward
    ");
    // A Sunday's decision moves Monday's rate.
    assert_eq!(sunday.steps()[0].effective, date("2020-03-16"));
    // 16 March: done, the meeting cancelled; March's contract gives the rest of the month.
    let done = path(&strip("2020-03-16", MARCH_16), |a| {
        (a.chain, a.fixings, a.start_rate) = (2, Some(fixings()), StartRate::Fixings);
    });
    let done = done.unwrap();
    assert_eq!(done.steps()[0].before_from, RateSource::RestOfMonth(month("2020-03")));
    insta::assert_snapshot!(told(&done), @"
    2020-04-29 0.1516 -> 0.1050 anchored
    2020-06-10 0.1050 -> 0.0825 forward
    ");
}

#[test]
fn a_friday_s_decision_leaves_the_weekend_at_the_old_rate_and_a_holiday_by_convention() {
    let friday = MeetingCalendar::embedded().with_meeting(date("2026-02-06"));
    let strip = strip("2026-01-30", "2026-01 96.36, 2026-02 96.40, 2026-03 96.42, 2026-04 96.45");
    let days = |calendar: &MeetingCalendar, strip: &Strip, decision_day| {
        let path = path(strip, |a| {
            (a.calendar, a.chain, a.decision_day) = (calendar.clone(), 1, decision_day);
            a.start_rate = StartRate::Given("3.64".parse().unwrap());
        });
        let days = path.unwrap().steps()[0].days;
        (days.before(), days.after())
    };
    assert_eq!(days(&friday, &strip, DecisionDay::Old), (8, 20));
    assert_eq!(days(&friday, &strip, DecisionDay::New), (5, 23));
    // 18 June 2025, a Wednesday before a holiday: CME's tables count the holiday at the new rate, the effective rate does not.
    let june = crate::support::strip("2025-06-02", "2025-05 95.67, 2025-06 95.68, 2025-07 95.70, 2025-08 95.72");
    let calendar = MeetingCalendar::embedded();
    assert_eq!(days(&calendar, &june, DecisionDay::Old), (18, 12));
    assert_eq!(days(&calendar, &june, DecisionDay::OldToBusinessDay), (19, 11));
}

#[test]
fn business_days_are_those_of_another_library() {
    let holidays: Vec<_> = rows(include_str!("data/fed_holidays.csv")).iter().map(|row| date(row[0])).collect();
    let weekday = |day: chrono::NaiveDate| !["Sat", "Sun"].contains(&day.format("%a").to_string().as_str());
    for day in date("1994-01-01").iter_days().take_while(|day| *day <= date("2030-12-31")) {
        assert_eq!(is_business_day(day), weekday(day) && !holidays.contains(&day), "{day}");
    }
    assert_eq!(next_business_day(date("2025-11-26")), date("2025-11-28"));
}

#[test]
fn meetings_past_the_calendar_are_projected_only_on_request_and_said() {
    let months = std::iter::successors(Some(month("2027-08")), |month| Some(month.next())).take(16);
    let level = crate::support::strip_of(date("2027-09-20"), months.map(|month| (month, "96.2".parse().unwrap())));
    let announced = path(&level, |_| {}).unwrap();
    assert_eq!(announced.steps().len(), 2);
    let projected = path(&level, |a| a.calendar = MeetingCalendar::embedded().projected(1)).unwrap();
    assert_eq!(projected.steps().len(), 9);
    let kinds: Vec<_> = projected.steps().iter().map(|step| step.meeting.kind()).collect();
    assert_eq!(kinds[..2], [MeetingKind::Scheduled, MeetingKind::Scheduled]);
    assert!(kinds[2..].iter().all(|kind| *kind == MeetingKind::Projected));
    let said = projected.notices().iter().map(ToString::to_string).find(|told| told.contains("projected"));
    insta::assert_snapshot!(said.unwrap(), @"the meetings from 2028-01-26 to 2028-10-25 are projected, not announced");
}
