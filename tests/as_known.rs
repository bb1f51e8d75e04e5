//! The rule on its edges: what was known on the day, what ends, what is missing.

use chrono::NaiveDate;
use fedpath::notice::UnpricedReason;
use fedpath::path::{RateSource, Solved};
use fedpath::{DecisionDay, Fixings, MeetingCalendar, Notice, Outlook, PolicyPath, StartRate, Strip};

use crate::support::{date, month, outlook, path, price, strip};

/// A level strip: every month from `first` on at one price.
fn level(as_of: &str, first: &str, months: usize, points: &str) -> Strip {
    let months = std::iter::successors(Some(month(first)), |month| Some(month.next())).take(months);
    crate::support::strip_of(date(as_of), months.map(|month| (month, price(points))))
}

fn announcements(path: &PolicyPath) -> Vec<NaiveDate> {
    path.steps().iter().map(|step| step.meeting.announcement()).collect()
}

/// The first meeting with where its two rates come from.
fn first(path: &PolicyPath) -> (NaiveDate, RateSource, RateSource) {
    let step = &path.steps()[0];
    (step.meeting.announcement(), step.before_from, step.after_from)
}

#[test]
fn on_the_day_of_its_decision_a_meeting_is_still_the_first_and_the_old_range_in_force() {
    let strip_of = |as_of| level(as_of, "2025-11", 16, "96.20");
    let on_the_day = path(&strip_of("2025-12-10"), |_| {}).unwrap();
    assert_eq!(announcements(&on_the_day)[0], date("2025-12-10"));
    assert_eq!(on_the_day.target().to_string(), "3.75-4.00");
    let the_day_after = path(&strip_of("2025-12-11"), |_| {}).unwrap();
    assert_eq!(announcements(&the_day_after)[0], date("2026-01-28"));
    assert_eq!(the_day_after.target().to_string(), "3.50-3.75");
}

#[test]
fn a_month_whose_meeting_has_passed_is_no_anchor_and_the_next_is_solved_backward() {
    let path = path(&level("2025-12-11", "2025-11", 16, "96.20"), |_| {}).unwrap();
    assert_eq!(first(&path), (date("2026-01-28"), RateSource::OwnContract, RateSource::Anchor(month("2026-02"))));
}

#[test]
fn an_expired_month_without_a_meeting_is_an_anchor_through_its_last_settlement() {
    let with_november = path(&level("2025-12-05", "2025-11", 16, "96.20"), |_| {}).unwrap();
    assert_eq!(first(&with_november).1, RateSource::Anchor(month("2025-11")));
}

#[test]
fn an_expired_anchor_that_left_the_quotes_is_the_months_realised_average_and_said() {
    let without = level("2025-12-05", "2025-12", 16, "96.20");
    let embedded = path(&without, |_| {}).unwrap();
    assert_eq!(first(&embedded).1, RateSource::Realised(month("2025-11")));
    assert_eq!(embedded.steps()[0].before.to_string(), "3.876%");
    insta::assert_snapshot!(embedded.notices()[0], @"ZQX25 has expired and is not in the quotes: the average of the realised rates, 3.876%, stands for its last settlement; the two lay up to 0.4 bp apart since 2009");
    // It holds what a month's end adds, as a settlement does: 3 bp on five of thirty days, the weekend that October's last rate
    // holds on and the last business day with the weekend behind it, are 0.5 bp.
    let ended = path(&without, |a| a.premia.month_end = Some("3bp".parse().unwrap())).unwrap();
    assert_eq!(ended.steps()[0].before.to_string(), "3.871%");
    // Fixings of one's own come first: the month exactly, not rounded as the exchange does.
    let fixings = Fixings::parse(include_str!("data/effr_2025-11.csv")).unwrap();
    let own = path(&without, |a| a.fixings = Some(fixings.clone())).unwrap();
    insta::assert_snapshot!(own.steps()[0].before, @"11629/3000%");
    // A month whose average nobody knows is a missing contract.
    let late = path(&level("2026-12-01", "2026-12", 12, "96.20"), |a| a.strict = true);
    insta::assert_snapshot!(late.map(|path| path.steps().len()).map_err(|error| error.to_string()).unwrap_err(), @"
    no price for ZQX26 (Nov 2026), needed for the meeting of 2026-12-09
    the meeting of 2027-12-08 cannot be priced: the quotes end before ZQZ27 (Dec 2027)
    ");
}

#[test]
fn the_march_2020_meeting_is_expected_until_it_is_cancelled() {
    // 28 February: one meeting in March, as scheduled.
    let before = path(&level("2020-02-28", "2020-01", 20, "98.40"), |_| {}).unwrap();
    assert_eq!(announcements(&before)[0], date("2020-03-18"));
    // 4 March: the move of 3 March and the meeting of the 18th share a month, so that month averages three rates.
    let moved = path(&level("2020-03-04", "2020-02", 20, "98.90"), |_| {}).unwrap();
    assert_eq!(moved.unpriced().len(), 1);
    assert_eq!(
        moved.unpriced()[0].reason,
        UnpricedReason::RateAlreadyMoved(fedpath::Product::FedFunds.contract(month("2020-03")))
    );
    assert_eq!(announcements(&moved)[0], date("2020-04-29"));
    let refused = Outlook::new(moved).unwrap_err();
    insta::assert_snapshot!(refused, @"the meeting of 2020-03-18 cannot be priced: the rate has already moved in Mar 2020, so ZQH20 averages three rates");
    // With the rate of the day given, the month before is not needed.
    let given = path(&level("2020-03-04", "2020-02", 20, "98.90"), |a| {
        a.start_rate = StartRate::Given("1.09".parse().unwrap());
    });
    assert_eq!(first(&given.unwrap()).1, RateSource::Given);
    // 16 March: cancelled; March holds moves and no meeting, so it is no anchor.
    let after = path(&level("2020-03-16", "2020-02", 20, "99.80"), |_| {}).unwrap();
    assert_eq!(announcements(&after)[0], date("2020-04-29"));
    assert_eq!(after.target().to_string(), "0.00-0.25");
    let april = &after.steps()[0];
    assert_eq!(april.before_from, RateSource::OwnContract, "March mixes rates and cannot be the anchor");
}

#[test]
fn unscheduled_calls_that_moved_nothing_leave_a_month_an_anchor() {
    // 4 October 2019 was a call about reserves; the next meeting was on the 30th, and September had one.
    let path = path(&level("2019-11-08", "2019-10", 20, "98.45"), |_| {}).unwrap();
    assert_eq!(first(&path), (date("2019-12-11"), RateSource::Anchor(month("2019-11")), RateSource::NextMeeting));
}

#[test]
fn the_chain_ends_with_the_count_and_its_last_meeting_is_solved_forward() {
    let strip = level("2025-11-21", "2025-11", 20, "96.20");
    let nine = path(&strip, |_| {}).unwrap();
    assert_eq!(nine.steps().len(), 9);
    assert_eq!(nine.steps()[8].solved(), Solved::Forward);
    assert_eq!(nine.notices(), [], "the end of the chain is no surprise");
    let ten = path(&strip, |assumptions| assumptions.chain = 10).unwrap();
    assert_eq!((ten.steps()[8].solved(), ten.steps()[9].solved()), (Solved::Anchored, Solved::Backward));
}

#[test]
fn the_month_after_the_calendar_is_unknown_and_no_anchor() {
    let path = path(&level("2027-09-20", "2027-08", 12, "96.20"), |_| {}).unwrap();
    assert_eq!(announcements(&path), [date("2027-10-27"), date("2027-12-08")]);
    assert_eq!(path.steps()[1].solved(), Solved::Forward);
    let told: Vec<String> = path.notices().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    target range 3.75-4.00 assumed: the table is known to 2026-09-25, the decision of 2026-10-28 is not in it
    the calendar ends with Dec 2027: the meeting of 2027-12-08 is solved forward from its own contract
    2 of 9 meetings priced: the calendar ends with Dec 2027
    ");
}

#[test]
fn a_strip_that_ends_early_prices_what_it_reaches() {
    let path = path(&level("2025-11-21", "2025-11", 5, "96.20"), |_| {}).unwrap();
    assert_eq!(announcements(&path), [date("2025-12-10"), date("2026-01-28"), date("2026-03-18")]);
    assert_eq!(path.unpriced().len(), 6);
    let told: Vec<String> = path.notices().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    the quotes end before ZQJ26: the meeting of 2026-03-18 is solved forward from its own contract
    3 of 9 meetings priced: meeting of 2026-04-29: the quotes end before ZQJ26 (Apr 2026)
    ");
}

#[test]
fn a_hole_in_the_strip_gives_the_meetings_it_can_and_names_the_contract_that_stops_the_others() {
    let quotes = "2025-11 96.12, 2025-12 96.18, 2026-01 96.215, 2026-03 96.32, 2026-04 96.38, 2026-05 96.44, 2026-06 96.49, 2026-08 96.6";
    let holed_strip = strip("2025-11-21", quotes);
    let holed = path(&holed_strip, |a| a.chain = 5).unwrap();
    let unpriced: Vec<String> =
        holed.unpriced().iter().map(|gap| format!("{}: {}", gap.meeting.announcement(), gap.reason)).collect();
    insta::assert_snapshot!(unpriced.join("\n"), @"
    2025-12-10: no price for ZQG26 (Feb 2026)
    2026-01-28: no price for ZQG26 (Feb 2026)
    2026-03-18: no price for ZQG26 (Feb 2026)
    ");
    assert_eq!(announcements(&holed), [date("2026-04-29"), date("2026-06-17")]);
    // No outcome can be told after a meeting without one.
    insta::assert_snapshot!(Outlook::new(holed).unwrap_err(), @"no price for ZQG26 (Feb 2026), needed for the meeting of 2025-12-10");
    let strict = path(&holed_strip, |a| (a.chain, a.strict) = (5, true)).unwrap_err();
    insta::assert_snapshot!(strict, @"no price for ZQG26 (Feb 2026), needed for the meeting of 2025-12-10");
    // A contract that the rule does not read may be missing.
    let unread = "2025-11 96.12, 2026-01 96.215, 2026-02 96.285";
    assert_eq!(path(&strip("2025-11-21", unread), |_| {}).unwrap().steps().len(), 2);
}

#[test]
fn a_calendar_knows_the_months_up_to_its_last_announcement() {
    let typed = "announcement\n2025-12-10\n2026-01-28\n2026-03-18\n";
    let calendar = MeetingCalendar::parse(typed).unwrap();
    let solved = path(&level("2025-11-21", "2025-11", 20, "96.20"), |a| a.calendar = calendar.clone()).unwrap();
    assert_eq!(solved.steps()[2].solved(), Solved::Forward, "April is unknown, not a month without a meeting");
    let late = MeetingCalendar::parse("announcement\n2026-01-28\n").unwrap();
    let error = path(&level("2025-11-21", "2025-11", 20, "96.20"), |a| a.calendar = late.clone()).unwrap_err();
    insta::assert_snapshot!(error, @"expected a calendar with meetings from 2025-11-21 on, found one of Jan 2026 to Jan 2026");
    let twice = MeetingCalendar::parse("announcement\n2026-01-28\n2026-03-18\n2026-01-28\n").unwrap_err();
    insta::assert_snapshot!(twice, @"4:1: expected each announcement once, found '2026-01-28'");
}

#[test]
fn a_meeting_past_the_calendar_extends_it() {
    let extended = MeetingCalendar::embedded().with_meeting(date("2028-01-26")).with_meeting(date("2028-03-15"));
    let solved = path(&level("2028-01-05", "2027-12", 5, "96.20"), |a| {
        a.calendar = extended.clone();
        a.target = "3.75-4.00".parse().ok();
    });
    assert_eq!(announcements(&solved.unwrap()), [date("2028-01-26"), date("2028-03-15")]);
}

#[test]
fn adding_a_meeting_that_is_there_changes_nothing() {
    let embedded = MeetingCalendar::embedded();
    assert_eq!(embedded.clone().with_meeting(date("2025-12-10")), embedded);
    let kept = embedded.with_meeting(date("2020-03-18"));
    assert_eq!(kept.meeting_on(date("2020-03-18")).unwrap().kind(), fedpath::calendar::MeetingKind::Scheduled);
}

#[test]
fn a_given_start_does_not_ask_for_itself() {
    let moved = path(&level("2020-03-04", "2020-02", 2, "98.90"), |a| {
        a.start_rate = StartRate::Given("1.09".parse().unwrap());
        a.chain = 1;
    });
    insta::assert_snapshot!(moved.unwrap_err(), @"the meeting of 2020-03-18 cannot be priced: the rate has already moved in Mar 2020, so ZQH20 averages three rates");
}

#[test]
fn prices_that_imply_an_absurd_change_price_no_meeting() {
    // On the first of a month a meeting's start is 28 times the month's average less 27 times the rate after.
    let calendar = MeetingCalendar::embedded().with_meeting(date("2017-01-18"));
    let quotes = "2017-01 96, 2017-02 105, 2017-03 75, 2017-04 105, 2017-05 96";
    let path = path(&strip("2017-01-06", quotes), |a| {
        a.calendar = calendar.clone();
        a.chain = 3;
    });
    let path = path.unwrap();
    let gaps = path.unpriced().iter().map(|gap| format!("{}: {}", gap.meeting.announcement(), gap.reason));
    insta::assert_snapshot!(gaps.collect::<Vec<_>>().join("\n"), @"
    2017-01-18: the prices imply a change of more than 250 percentage points
    2017-02-01: the prices imply a change of more than 250 percentage points
    ");
}

#[test]
fn another_valuation_date_or_another_price_than_the_files_is_remarked() {
    let snapshot = fedpath::Snapshot::parse(
        "# as_of: 2025-11-21\ncontract,price\nZQV25,96.005\nZQX25,96.12\nZQZ25,96.18\nZQF26,\n",
    )
    .unwrap();
    let mut options = fedpath::StripOptions::default();
    options.as_of = Some(date("2025-11-24"));
    options.anchors =
        [(month("2025-10"), price("96.01")), (month("2025-12"), price("96.17")), (month("2026-01"), price("96.2163"))]
            .into();
    let strip = Strip::new(&snapshot, &options).unwrap();
    let told: Vec<String> = strip.notices().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    2026-01 has no price and is left out
    valued as of 2025-11-24, on quotes of 2025-11-21
    ZQV25 at 96.005 in the file is replaced by 96.01
    ZQZ25 trades at 96.18 in the file: the given 96.17 is not used
    ZQF26 at 96.2163 is read as the half tick 96.21625
    ");
}

#[test]
fn months_between_two_meetings_that_imply_two_rates_are_remarked() {
    let calendar = MeetingCalendar::embedded().without_meeting(date("2026-03-18")).unwrap();
    let quotes = "2025-12 96.20, 2026-01 96.25, 2026-02 96.30, 2026-03 96.31, 2026-04 96.35, 2026-05 96.40";
    let solved = path(&strip("2026-01-02", quotes), |a| {
        a.calendar = calendar.clone();
        a.chain = 2;
    });
    let told: Vec<String> = solved.unwrap().notices().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @"ZQG26 and ZQH26 have no meeting between them and imply rates -1.00bp apart: no outcome holds that change");
}

#[test]
fn an_added_meeting_takes_a_month_out_of_the_anchors_and_a_dropped_one_gives_it_back() {
    let strip = level("2025-11-21", "2025-11", 20, "96.20");
    let added = MeetingCalendar::embedded().with_meeting(date("2026-02-10"));
    let added = path(&strip, |a| a.calendar = added.clone()).unwrap();
    assert_eq!(added.steps()[1].after_from, RateSource::NextMeeting);
    assert_eq!(added.steps()[2].meeting.announcement(), date("2026-02-10"));
    let dropped = MeetingCalendar::embedded().without_meeting(date("2026-01-28")).unwrap();
    let dropped = path(&strip, |a| a.calendar = dropped.clone()).unwrap();
    assert_eq!(dropped.steps()[0].after_from, RateSource::Anchor(month("2026-01")));
    assert!(MeetingCalendar::embedded().without_meeting(date("2026-01-29")).is_none());
}

#[test]
fn a_decision_on_the_last_day_of_a_month_leaves_its_contract_at_the_old_rate() {
    // 31 January 2018: the own contract is the rate before, the month after gives the rate after.
    let quotes = "2017-12 98.70, 2018-01 98.58, 2018-02 98.55";
    let solved = path(&strip("2017-12-29", quotes), |a| a.chain = 1).unwrap();
    let january = &solved.steps()[0];
    assert_eq!((january.days.before(), january.days.after()), (31, 0));
    assert_eq!((january.before.to_string(), january.after.to_string()), ("1.42%".into(), "1.45%".into()));
    // Without the month after, nothing says what the rate will be.
    let blind = path(&strip("2017-12-29", "2017-12 98.70, 2018-01 98.58"), |a| {
        a.chain = 1;
        a.start_rate = StartRate::Given("1.42".parse().unwrap());
    });
    insta::assert_snapshot!(blind.unwrap_err(), @"the meeting of 2018-01-31 cannot be priced: the decision falls on the edge of Jan 2018, whose contract does not give the rate on the other side");
}

#[test]
fn the_decision_day_carries_the_old_rate_or_by_convention_the_new() {
    let strip = level("2025-11-21", "2025-11", 20, "96.20");
    let old = outlook(&strip, |_| {});
    let new = outlook(&strip, |a| a.decision_day = DecisionDay::New);
    let days = |outlook: &Outlook| (outlook.meetings()[0].step.days.before(), outlook.meetings()[0].step.days.after());
    assert_eq!((days(&old), days(&new)), ((10, 21), (9, 22)));
    let effective = |outlook: &Outlook| outlook.meetings()[0].step.effective;
    assert_eq!((effective(&old), effective(&new)), (date("2025-12-11"), date("2025-12-10")));
}

#[test]
fn days_without_a_calendar_or_a_range_have_no_report() {
    let error = |as_of| path(&level(as_of, "1993-11", 20, "97.00"), |_| {}).unwrap_err().to_string();
    insta::assert_snapshot!(error("1993-12-20"), @"expected a calendar with meetings from 1993-12-20 on, found one of Jan 1994 to Dec 2027");
    let late = path(&level("2028-01-03", "2027-12", 12, "97.00"), |_| {}).unwrap_err();
    insta::assert_snapshot!(late, @"expected a calendar with meetings from 2028-01-03 on, found one of Jan 1994 to Dec 2027");
}

#[test]
fn a_decision_that_the_target_table_does_not_know_is_said() {
    let path_on = |as_of| path(&level(as_of, "2026-10", 20, "96.10"), |_| {}).unwrap();
    let told: Vec<String> = path_on("2026-11-02").notices().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    target range 3.75-4.00 assumed: the table is known to 2026-09-25, the decision of 2026-10-28 is not in it
    the calendar ends with Dec 2027: the meeting of 2027-12-08 is solved forward from its own contract
    ");
    assert_eq!(path_on("2026-10-27").notices(), []);
    // A history known to the day of the decision knows it.
    let known = "# as_of: 2026-10-28\nin_force,lower_percent,upper_percent\n2026-09-17,3.75,4.00\n";
    let known = fedpath::TargetHistory::parse(known).unwrap();
    let path_known = path(&level("2026-11-02", "2026-10", 20, "96.10"), |a| a.targets = known.clone()).unwrap();
    assert!(!path_known.notices().iter().any(|notice| matches!(notice, Notice::TargetAssumed { .. })));
    let given = path(&level("2026-11-02", "2026-10", 20, "96.10"), |a| a.target = "4.00-4.25".parse().ok()).unwrap();
    assert!(!given.notices().iter().any(|notice| matches!(notice, Notice::TargetAssumed { .. })));
}
