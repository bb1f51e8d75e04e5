//! Published figures, met from published inputs.

use fedpath::path::Solved;
use fedpath::{Assumptions, DecisionDay, MeetingCalendar, Outlook, StartRate};

use crate::support::{date, outlook, outlook_of, rows, strip};

/// The table of 14 July 2026 through 28 April 2027: the half tick 96.3688 restored, each cell rounded half up.
#[test]
fn all_62_cells_of_the_table_of_14_july_2026_are_met() {
    let outlook = outlook_of(include_str!("data/fedwatch_2026-07-14_prices.csv"));
    let table = include_str!("data/fedwatch_2026-07-14.csv");
    let mut cells = 0;
    for row in rows(table) {
        let meeting = outlook.meeting(date(row[0])).unwrap_or_else(|| panic!("{} is not priced", row[0]));
        for (lower, published) in (300..).step_by(25).zip(&row[1..]).filter(|(_, cell)| !cell.is_empty()) {
            let moves = (lower - outlook.target().lower_bp()) / 25;
            let ours = format!("{:.1}", meeting.cumulative.probability(moves).percent());
            assert_eq!(ours, *published, "{} {lower}", row[0]);
            cells += 1;
        }
    }
    assert_eq!(cells, 62);
}

/// Each outcome with a probability, in percent to one decimal.
fn table(outlook: &Outlook, meeting: &str) -> String {
    let meeting = outlook.meeting(date(meeting)).unwrap_or_else(|| panic!("{meeting} is not priced"));
    let cells =
        meeting.cumulative.outcomes().map(|(k, p)| format!("{}: {:.1}", outlook.target().moved(k), p.percent()));
    cells.collect::<Vec<_>>().join(", ")
}

fn new_day_count(assumptions: &mut Assumptions) {
    assumptions.decision_day = DecisionDay::New;
}

/// CME, FedWatch methodology (2015): FFQ5 99.8675, FFU5 99.805, 16 and 14 days; end 0.26643, hike 53.6 %.
#[test]
fn cme_methodology_2015() {
    let outlook = outlook(&strip("2015-08-20", "2015-08 99.8675, 2015-09 99.805"), new_day_count);
    let september = &outlook.meetings()[0];
    assert_eq!((september.step.days.before(), september.step.days.after()), (16, 14));
    assert_eq!(format!("{:.5}", september.step.after.exact()), "0.26643");
    assert_eq!(table(&outlook, "2015-09-17"), "0.00-0.25: 46.4, 0.25-0.50: 53.6");
}

/// CME's spreadsheet, 12 September 2022: ZQU2 97.4475, ZQV2 96.94, 20 and 10 days; start 97.7013, change 0.7613.
///
/// The sheet backs the start out of September's own contract though August had no meeting. The rule of today
/// would take August's; a meeting put into August makes it solve as the sheet does.
#[test]
fn cme_spreadsheet_september_2022_backward() {
    let calendar = MeetingCalendar::embedded().with_meeting(date("2022-08-10"));
    let outlook = outlook(&strip("2022-09-12", "2022-09 97.4475, 2022-10 96.94"), |assumptions| {
        new_day_count(assumptions);
        assumptions.calendar = calendar.clone();
    });
    let september = &outlook.meetings()[0].step;
    assert_eq!(september.solved(), Solved::Backward);
    assert_eq!(format!("{:.4}", september.before.futures_price()), "97.7013");
    assert_eq!(
        format!("{:.4} {:.3}", &september.after.exact().clone() - september.before.exact(), september.expected_moves()),
        "0.7613 3.045"
    );
}

/// The same sheet, meeting of 2 November 2022: ZQX2 96.43, 1 and 29 days; end 96.4124, 2.1103 moves, 88.97 % for +50.
#[test]
fn cme_spreadsheet_november_2022_forward() {
    let outlook = outlook(&strip("2022-10-03", "2022-10 96.94, 2022-11 96.43"), new_day_count);
    let november = &outlook.meetings()[0];
    assert_eq!(november.step.solved(), Solved::Forward);
    assert_eq!(format!("{:.4}", november.step.after.futures_price()), "96.4124");
    assert_eq!(format!("{:.4}", november.step.expected_moves()), "2.1103");
    assert_eq!(format!("{:.2}", november.local.probability(2)), "88.97%");
}

/// FedWatch tables of spring 2023, meeting of 3 May, when the decision day carried the new rate.
#[test]
fn fedwatch_tables_of_spring_2023() {
    let march = outlook(
        &strip(
            "2023-03-10",
            "2023-03 95.3375, 2023-04 95.10, 2023-05 94.855, 2023-06 94.775, 2023-07 94.73, 2023-08 94.75",
        ),
        new_day_count,
    );
    assert_eq!(table(&march, "2023-05-03"), "5.00-5.25: 57.4, 5.25-5.50: 41.0, 5.50-5.75: 1.6");
    let third = outlook(
        &strip("2023-04-03", "2023-04 95.185, 2023-05 95.04, 2023-06 95.035, 2023-07 95.05, 2023-08 95.135"),
        new_day_count,
    );
    assert_eq!(table(&third, "2023-05-03"), "4.75-5.00: 42.8, 5.00-5.25: 57.2");
    let seventh = outlook(
        &strip("2023-04-07", "2023-04 95.175, 2023-05 95.015, 2023-06 95.00, 2023-07 95.025, 2023-08 95.12"),
        new_day_count,
    );
    assert_eq!(table(&seventh, "2023-05-03"), "4.75-5.00: 28.8, 5.00-5.25: 71.2");
}

fn starting_at(rate: &str) -> impl Fn(&mut Assumptions) {
    let rate: fedpath::Rate = rate.parse().unwrap_or_else(|error| panic!("{error}"));
    move |assumptions| assumptions.start_rate = StartRate::Given(rate.clone())
}

/// CBOT, meeting of 11 December 2001, from the target of 2.00: ZQZ01 at four prices; cut 96, 80 (exact 80.6), 84, 115 %.
#[test]
fn cbot_december_2001() {
    let cut = |points: &str| {
        let outlook = outlook(&strip("2001-12-03", &format!("2001-12 {points}")), starting_at("2.00"));
        format!("{:.1}", -&(&outlook.meetings()[0].step.expected_moves() * &"100".parse().unwrap()))
    };
    assert_eq!(["98.155", "98.13", "98.135", "98.185"].map(cut), ["96.1", "80.6", "83.7", "114.7"]);
}

/// CBOT, meeting of 20 September 2005, from the target of 3.50 and the next month's contract: 82, 84, 86, 94 %.
#[test]
fn cbot_september_2005() {
    let hike = |points: &str| {
        let outlook = outlook(&strip("2005-09-12", &format!("2005-10 {points}")), starting_at("3.50"));
        assert_eq!(outlook.meetings()[0].step.solved(), Solved::Anchored);
        outlook.meetings()[0].cumulative.hike().to_string()
    };
    assert_eq!(["96.295", "96.290", "96.285", "96.265"].map(hike), ["82%", "84%", "86%", "94%"]);
}

/// 4 December 2015: from 12.5 bp, 16 and 15 days, ZQZ15 99.78: 32.1333 bp after, 78.5 %.
#[test]
fn december_2015_from_the_middle_of_the_range() {
    let outlook = outlook(&strip("2015-12-04", "2015-12 99.78"), starting_at("0.125"));
    let december = &outlook.meetings()[0];
    assert_eq!((december.step.days.before(), december.step.days.after()), (16, 15));
    assert_eq!(format!("{:.6}", december.step.after.exact()), "0.321333");
    assert_eq!(format!("{:.1}", december.cumulative.hike()), "78.5%");
}

/// 16 September 2026: from an effective rate of 3.63, 16 and 14 days, ZQU6 96.30: 3.78 after, 60 %.
#[test]
fn september_2026_from_the_effective_rate() {
    let outlook = outlook(&strip("2026-09-14", "2026-09 96.30"), starting_at("3.63"));
    let september = &outlook.meetings()[0];
    assert_eq!(september.step.after.to_string(), "3.78%");
    assert_eq!(september.cumulative.hike().to_string(), "60%");
}

/// The embedded episode gives its figures exactly, and December's own contract, which the rule does not read, agrees.
#[test]
fn the_episode_is_exact() {
    let episode = fedpath::Episode::embedded();
    for (snapshot, ease, january) in [(episode.before, "13/20", "-31/100"), (episode.after, "7/20", "-31/100")] {
        let strip = fedpath::Strip::new(&snapshot, &fedpath::StripOptions::default()).unwrap();
        let outlook = outlook(&strip, |_| {});
        assert_eq!(outlook.meetings()[0].cumulative.ease().exact().to_string(), ease);
        assert_eq!(outlook.meetings()[1].step.expected_moves().to_string(), january);
        let unread = outlook.path().contracts().iter().find(|fit| fit.contract.symbol() == "ZQZ25").unwrap();
        assert!(!unread.used);
        assert!(unread.residual.as_ref().unwrap().exact().abs() < "1/10".parse().unwrap());
    }
}
