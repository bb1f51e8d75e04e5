//! The figures of the page "How the numbers are made" are the engine's.

use fedpath::bounds::{Event, Feasible, PriceIntervals};
use fedpath::surprise::{PolicySurprise, RateChanges, SurpriseRule};
use fedpath::what_if::{Jacobian, WhatIf};
use fedpath::{Assumptions, Fixings, MeetingCalendar, Snapshot, StartRate, Strip, StripOptions, View};

use crate::support::{date, month, path, strip};

const PAGE: &str = include_str!("../src/docs/how_the_numbers_are_made.md");

fn says(words: &str) {
    let unwrapped = PAGE.replace('\n', " ");
    assert!(unwrapped.contains(words), "the page does not say '{words}'");
}

fn episode() -> Strip {
    let snapshot = Snapshot::parse(include_str!("../data/episode-2025-11-21.stl")).unwrap();
    Strip::new(&snapshot, &StripOptions::default()).unwrap()
}

#[test]
fn the_path_the_odds_and_their_bounds_are_those_of_the_page() {
    let (strip, assumptions) = (episode(), Assumptions::default());
    let jacobian = Jacobian::new(&strip, &assumptions).unwrap();
    let [december, january] = [&jacobian.outlook().meetings()[0], &jacobian.outlook().meetings()[1]];
    says(&format!("before = (31 x 3.7850 - 3 x 3.7150) / 28 = {:.4} %", december.step.after.exact()));
    says(&format!(
        "{} bp. In steps of 25 bp that is {:.2} moves",
        december.step.change().exact().to_f64(),
        december.step.expected_moves()
    ));
    says(&format!(
        "a cut with {:.0} %, no move with {:.0} %",
        december.local.ease().percent(),
        december.local.hold().percent()
    ));
    for (range, moves) in [("two cuts, 3.25-3.50", -2), ("one cut, 3.50-3.75", -1), ("no cut", 0)] {
        let row = PAGE.lines().find(|line| line.starts_with(&format!("| {range} |"))).unwrap();
        assert!(row.ends_with(&format!("| {:.2} % |", january.cumulative.probability(moves).percent())), "{row}");
    }
    let unread =
        jacobian.outlook().path().contracts().iter().find(|fit| fit.contract.month() == month("2025-12")).unwrap();
    says(&format!("a price of {:.4}", unread.model_price().unwrap()));
    says(&format!(
        "is {:.2} bp, or {:.2} of its tick",
        unread.residual.as_ref().unwrap().exact(),
        unread.residual_ticks().unwrap()
    ));
    let bounds = jacobian.bounds(PriceIntervals::half_ticks(&strip)).unwrap();
    let cut = bounds.probability(0, View::Meeting, Event::Ease).unwrap();
    says(&format!("lie between {:.1} and {:.1} %", cut.low.probability.percent(), cut.high.probability.percent()));
    let (low, high) = Feasible::new(&december.step.expected_moves(), -2, 2).unwrap().bounds(Event::Ease);
    says(&format!("from {:.1} % (the mean as 50 bp cuts) to {:.1} %", low.percent(), high.percent()));
}

#[test]
fn the_current_month_and_march_2020_are_those_of_the_page() {
    let november = Fixings::parse(include_str!("data/effr_2025-11.csv")).unwrap();
    let rest = path(&episode(), |a| (a.start_rate, a.fixings) = (StartRate::Fixings, Some(november.clone()))).unwrap();
    says(&format!("rest     = (30 x 3.8800 - 77.46) / 10 = {:.3} %", rest.steps()[0].before.exact()));
    let added = MeetingCalendar::embedded().with_meeting(date("2025-12-22"));
    let two = path(&episode(), |a| a.calendar = added.clone()).unwrap();
    says(&format!("= {:.6} %`", two.steps()[0].after.exact()));
    let fixings = Fixings::parse(include_str!("data/effr_2020-03.csv")).unwrap();
    let march = strip("2020-03-13", "2020-03 99.28, 2020-04 99.84, 2020-05 99.87");
    let march = path(&march, |a| {
        (a.start_rate, a.fixings, a.chain) = (StartRate::Fixings, Some(fixings.clone()), 3);
        a.calendar = MeetingCalendar::embedded().with_meeting(date("2020-03-15"));
    })
    .unwrap();
    let [sunday, wednesday] = [&march.steps()[0], &march.steps()[1]];
    says(&format!("before the 15th   {:.2} %", sunday.before.exact()));
    says(&format!("= {:.6} %, from April and May", wednesday.after.exact()));
    says(&format!("/ 3 = {:.6} %", sunday.after.exact()));
    let moves = |step: &fedpath::MeetingStep| format!("{:.2}", step.expected_moves().abs());
    says(&format!("That is {} cuts by Sunday and {} more on Wednesday", moves(sunday), moves(wednesday)));
}

#[test]
fn the_money_and_the_landing_spread_are_those_of_the_page() {
    let (strip, mut assumptions) = (episode(), Assumptions::default());
    let what_if = WhatIf::new(&strip, &assumptions).unwrap();
    let fair = what_if.outcomes(&[(date("2025-12-10"), "-25bp".parse().unwrap())].into()).unwrap();
    for contract in ["2026-01", "2025-12"] {
        let gain = fair.iter().find(|fair| fair.contract.month() == month(contract)).unwrap().profit();
        says(&format!("= ${gain:.2}"));
    }
    assumptions.premia.set_landing("2bp".parse().unwrap()).unwrap();
    let landed = fedpath::Outlook::price(&strip, &assumptions).unwrap();
    says(&format!("-8.75 bp are {:.2} of a cut", landed.meetings()[0].step.expected_moves().abs()));
}

#[test]
fn the_surprises_of_29_october_2025_are_those_of_the_page() {
    let changes: RateChanges = [("2025-11", "0.5"), ("2025-12", "5")]
        .into_iter()
        .map(|(contract, bp)| (month(contract), bp.parse().unwrap()))
        .collect();
    let calendar = MeetingCalendar::embedded();
    let surprise = PolicySurprise::new(date("2025-10-29"), &changes, &calendar, SurpriseRule::SevenDay);
    says(&format!("MP1 = {:.1} bp", surprise.current().surprise.as_ref().unwrap().exact()));
    let next = surprise.next()[0].surprise.as_ref().unwrap();
    says(&format!("MP2 = (31 x 5 - 10 x 0.5) / 21 = {:.4} bp", next.exact()));
}
