//! The laws that the embedded tables keep.

use std::collections::BTreeMap;

use chrono::{Datelike, Days};
use fedpath::calendar::MeetingKind;
use fedpath::equity::AssetProfile;
use fedpath::{Episode, Meeting, MeetingCalendar, TargetHistory};

use crate::support::date;

#[test]
fn every_year_has_eight_meetings_scheduled_or_cancelled() {
    let mut a_year: BTreeMap<i32, usize> = BTreeMap::new();
    for meeting in MeetingCalendar::embedded().meetings() {
        if meeting.kind() != MeetingKind::Unscheduled {
            *a_year.entry(meeting.announcement().year()).or_default() += 1;
        }
    }
    assert_eq!(a_year.keys().copied().collect::<Vec<_>>(), (1994..=2027).collect::<Vec<_>>());
    assert!(a_year.values().all(|count| *count == 8), "{a_year:?}");
}

#[test]
fn scheduled_meetings_take_a_day_or_two_and_never_share_a_month() {
    let calendar = MeetingCalendar::embedded();
    let scheduled: Vec<_> = calendar.meetings().iter().filter(|m| m.kind() == MeetingKind::Scheduled).collect();
    assert_eq!(scheduled.len(), 271);
    for meeting in &scheduled {
        let days = (meeting.announcement() - meeting.start()).num_days();
        assert!((0..=1).contains(&days), "{meeting:?}");
    }
    assert!(scheduled.windows(2).all(|pair| pair[0].month() < pair[1].month()));
}

#[test]
fn a_range_is_in_force_from_the_day_after_its_announcement() {
    let history = TargetHistory::embedded();
    let (first, changes) = history.changes().split_first().unwrap();
    assert_eq!(first.announcement, None);
    assert_eq!(changes.len(), 92);
    for change in changes {
        let announcement = change.announcement.unwrap();
        assert_eq!(announcement + Days::new(1), change.in_force);
        // Contiguous: the day of the announcement still has the range before.
        assert_ne!(history.range_on(announcement), Some(change.range), "{announcement}");
        assert_eq!(history.range_on(change.in_force), Some(change.range), "{announcement}");
    }
}

#[test]
fn the_target_was_one_rate_before_december_2008_and_a_quarter_point_since() {
    for change in TargetHistory::embedded().changes() {
        let width = change.range.upper_bp() - change.range.lower_bp();
        let expected = if change.in_force <= date("2008-12-16") { 0 } else { 25 };
        assert_eq!(width, expected, "{change:?}");
    }
}

#[test]
fn every_change_was_announced_at_a_meeting_and_moves_by_quarters() {
    let (calendar, history) = (MeetingCalendar::embedded(), TargetHistory::embedded());
    for pair in history.changes().windows(2) {
        let announcement = pair[1].announcement.unwrap();
        assert!(calendar.meeting_on(announcement).is_some(), "no meeting announced {announcement}");
        let moved = pair[1].range.upper_bp() - pair[0].range.upper_bp();
        assert!(moved != 0 && moved % 25 == 0, "{announcement}: {moved} bp");
    }
}

#[test]
fn nine_of_the_unscheduled_meetings_moved_the_rate_and_the_others_are_no_steps() {
    let (calendar, history) = (MeetingCalendar::embedded(), TargetHistory::embedded());
    let unscheduled = calendar.meetings().iter().filter(|meeting| meeting.kind() == MeetingKind::Unscheduled);
    let (moved, still): (Vec<&Meeting>, Vec<&Meeting>) =
        unscheduled.partition(|meeting| history.change_announced_on(meeting.announcement()).is_some());
    let dates: Vec<String> = moved.iter().map(|meeting| meeting.announcement().to_string()).collect();
    insta::assert_snapshot!(dates.join(" "), @"1994-04-18 1998-10-15 2001-01-03 2001-04-18 2001-09-17 2008-01-22 2008-10-08 2020-03-03 2020-03-15");
    assert_eq!(still.len(), 32);
}

#[test]
fn a_cancelled_meeting_is_expected_until_its_cancellation() {
    let calendar = MeetingCalendar::embedded();
    let march_2020 = calendar.meeting_on(date("2020-03-18")).unwrap();
    assert_eq!(march_2020.kind(), MeetingKind::Cancelled { on: date("2020-03-15") });
    assert!(march_2020.is_expected_on(date("2020-03-13")));
    assert!(!march_2020.is_expected_on(date("2020-03-15")));
}

#[test]
fn the_tables_say_what_they_are() {
    for table in [
        "fomc_meetings.csv",
        "target_ranges.csv",
        "effr_monthly.csv",
        "announcement_times.csv",
        "assets.csv",
        "pass_through.csv",
        "curve_responses.csv",
        "equity_responses.csv",
        "return_news.csv",
    ] {
        let text = std::fs::read_to_string(format!("{}/data/{table}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        for word in ["# What: ", "# Unit: ", "# Source: ", "# as_of: "] {
            assert!(text.lines().any(|line| line.starts_with(word)), "{table} has no line '{word}'");
        }
    }
}

#[test]
fn the_episode_and_the_profiles_can_be_read() {
    let Episode { before, after } = Episode::embedded();
    for snapshot in [&before, &after] {
        assert!(snapshot.quotes().len() >= 15);
        assert_eq!(snapshot.notices(), []);
    }
    assert_eq!(before.trade_date(), Some(date("2025-11-14")));
    assert_eq!(after.trade_date(), Some(date("2025-11-21")));
    let ids: Vec<String> = AssetProfile::embedded().iter().map(|asset| asset.id.clone()).collect();
    insta::assert_snapshot!(ids.join(" "), @"sp500 nasdaq100 value russell2000 telecom high-tech durables retail other nondurables manufacturing health utilities energy");
}

/// Every study has coefficients and every coefficient a study; every estimate says how sure it is, but for one that its
/// source prints without.
#[test]
fn every_estimate_has_its_error_sample_and_source() {
    use fedpath::curve::YieldResponse;
    use fedpath::equity::{ReturnNews, ReturnResponse};
    let text = std::fs::read_to_string(format!("{}/data/curve_responses.csv", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let responses = YieldResponse::embedded();
    let ids: std::collections::BTreeSet<&str> = crate::support::rows(&text).iter().map(|row| row[0]).collect();
    assert_eq!(ids, responses.iter().map(|response| response.id.as_str()).collect());
    for response in responses.iter() {
        assert!(!response.sample.is_empty() && !response.citation.is_empty(), "{}", response.id);
        for knot in &response.knots {
            let without = response.id == "usmpd-mp2-tips";
            assert_eq!(knot.standard_error.is_none(), without, "{} at {}", response.id, knot.tenor);
        }
        assert_eq!(
            response.knots.len(),
            crate::support::rows(&text).iter().filter(|row| row[0] == response.id.as_str()).count()
        );
    }
    for response in ReturnResponse::embedded().iter() {
        assert!(response.standard_error.is_some() && !response.sample.is_empty(), "{}", response.id);
        assert!(response.label.len() <= 24, "{}: a column is no wider", response.label);
    }
    assert!(responses.iter().all(|response| response.label.len() <= 24));
    assert_eq!(ReturnNews::embedded().len(), 2);
}

/// A coefficient that is printed with its t-statistic has the error that follows from it.
#[test]
fn a_t_statistic_gives_the_standard_error() {
    let tables = fedpath::curve::YieldResponse::embedded();
    let kuttner = tables.iter().find(|table| table.id == "kuttner-2001").unwrap();
    let two_years = kuttner.knots.iter().find(|knot| knot.tenor.to_string() == "2Y").unwrap();
    assert!((two_years.response / two_years.standard_error.unwrap() - 6.0).abs() < 1e-12);
    assert_eq!(two_years.r_squared, Some(0.52));
}
