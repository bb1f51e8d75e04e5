//! The fit of every contract, read by the rule or not.

use fedpath::path::ContractFit;
use fedpath::{MeetingCalendar, PolicyPath};

use crate::support::{outlook_of, path, strip};

/// "ZQZ25 read 96.1800 model 96.1793 -0.07 bp -0.15 ticks"; a dash stands for unknown.
fn told(fit: &ContractFit) -> String {
    let dash = || "-".to_owned();
    format!(
        "{} {} {} {} {}",
        fit.contract.symbol(),
        if fit.used { "read" } else { "unread" },
        fit.model_price().map_or_else(dash, |price| format!("{price:.4}")),
        fit.residual.as_ref().map_or_else(dash, |residual| format!("{residual:+.2}")),
        fit.residual_ticks().map_or_else(dash, |ticks| format!("{ticks:+.2}")),
    )
}

/// The fit of every contract of a path, a line each.
fn fits(path: &PolicyPath) -> String {
    path.contracts().iter().map(told).collect::<Vec<_>>().join("\n")
}

#[test]
fn residuals_stand_where_the_path_says_something_and_nowhere_else() {
    let outlook = outlook_of(include_str!("../data/episode-2025-11-21.stl"));
    insta::assert_snapshot!(fits(outlook.path()), @"
    ZQX25 read 96.1200 - -
    ZQZ25 unread 96.1793 -0.07bp -0.15
    ZQF26 read 96.2150 +0.00bp +0.00
    ZQG26 read 96.2850 +0.00bp +0.00
    ZQH26 unread 96.3261 +0.11bp +0.23
    ZQJ26 read 96.3850 +0.00bp +0.00
    ZQK26 read 96.4400 +0.00bp +0.00
    ZQM26 unread 96.4904 +0.04bp +0.07
    ZQN26 read 96.5600 +0.00bp +0.00
    ZQQ26 read 96.6150 +0.00bp +0.00
    ZQU26 unread 96.6503 +0.03bp +0.07
    ZQV26 read 96.6950 +0.00bp +0.00
    ZQX26 read 96.7350 +0.00bp +0.00
    ZQZ26 read 96.7650 +0.00bp +0.00
    ZQF27 unread - - -
    ZQG27 unread - - -
    ZQH27 unread - - -
    ZQJ27 unread - - -
    ");
}

#[test]
fn a_month_with_realised_days_has_no_residual_and_on_its_first_day_it_has() {
    let quotes = "2026-04 96.40, 2026-05 96.43, 2026-06 96.50, 2026-07 96.57, 2026-08 96.63";
    let on = |as_of| fits(&path(&strip(as_of, quotes), |a| a.chain = 2).unwrap());
    insta::assert_snapshot!(on("2026-05-01"), @"
    ZQJ26 unread - - -
    ZQK26 read 96.4300 +0.00bp +0.00
    ZQM26 unread 96.4889 -1.11bp -2.23
    ZQN26 read 96.5700 +0.00bp +0.00
    ZQQ26 read 96.6300 +0.00bp +0.00
    ");
    insta::assert_snapshot!(on("2026-05-04"), @"
    ZQJ26 unread - - -
    ZQK26 read 96.4300 - -
    ZQM26 unread 96.4889 -1.11bp -2.23
    ZQN26 read 96.5700 +0.00bp +0.00
    ZQQ26 read 96.6300 +0.00bp +0.00
    ");
}

#[test]
fn a_current_month_whose_decisions_are_behind_does_not_hide_the_next_months() {
    // 30 October 2025: the meeting of the 29th is past, and November's contract is not read for the given start.
    let quotes = "2025-10 95.9100, 2025-11 96.1300, 2025-12 96.18, 2026-01 96.215, 2026-02 96.285";
    let path = path(&strip("2025-10-30", quotes), |a| {
        (a.chain, a.start_rate) = (2, fedpath::StartRate::Given("3.88".parse().unwrap()));
    });
    assert!(fits(&path.unwrap()).contains("ZQX25 unread 96.1200 -1.00bp -2.00"));
}

#[test]
fn a_tick_of_the_spot_month_is_half_the_others() {
    // On 1 December the contract of the month, not read, is the spot contract and has no realised day yet.
    let quotes = "2025-11 96.12, 2025-12 96.18, 2026-01 96.215, 2026-02 96.285";
    let path = path(&strip("2025-12-01", quotes), |a| a.chain = 2).unwrap();
    insta::assert_snapshot!(fits(&path), @"
    ZQX25 read 96.1200 - -
    ZQZ25 unread 96.1793 -0.07bp -0.29
    ZQF26 read 96.2150 +0.00bp +0.00
    ZQG26 read 96.2850 +0.00bp +0.00
    ");
}

#[test]
fn between_two_meetings_far_apart_an_unread_month_is_held_against_the_rate_after_the_first() {
    // Without the meetings of March and April, four months lie between January's and June's: the first gives the
    // rate after, the last the rate before, and the two between are read by nobody.
    let drop = |calendar: MeetingCalendar, day: &str| calendar.without_meeting(day.parse().unwrap()).unwrap();
    let calendar = drop(drop(MeetingCalendar::embedded(), "2026-03-18"), "2026-04-29");
    let quotes =
        "2025-12 96.20, 2026-01 96.25, 2026-02 96.30, 2026-03 96.31, 2026-04 96.29, 2026-05 96.35, 2026-06 96.40";
    let path = path(&strip("2026-01-02", quotes), |a| {
        a.calendar = calendar.clone();
        a.chain = 2;
    });
    insta::assert_snapshot!(fits(&path.unwrap()), @"
    ZQZ25 unread - - -
    ZQF26 read 96.2500 - -
    ZQG26 read 96.3000 +0.00bp +0.00
    ZQH26 unread 96.3000 -1.00bp -2.00
    ZQJ26 unread 96.3000 +1.00bp +2.00
    ZQK26 read 96.3500 +0.00bp +0.00
    ZQM26 read 96.4000 +0.00bp +0.00
    ");
}
