//! A derivation, evaluated again, gives the figures it explains.

use fedpath::explain::Step;
use fedpath::{Fraction, View};

use crate::support::{outlook, outlook_of, strip};

fn step<'a>(steps: &'a [Step], name: &str) -> &'a Step {
    steps.iter().find(|step| step.name == name).unwrap_or_else(|| panic!("no step {name}"))
}

#[test]
fn every_step_evaluates_to_the_figure_it_names() {
    let quotes = [
        outlook_of(include_str!("../data/episode-2025-11-21.stl")),
        outlook_of(include_str!("data/fedwatch_2026-07-14_prices.csv")),
    ];
    for outlook in &quotes {
        for meeting in outlook.meetings() {
            let announcement = meeting.step.meeting.announcement();
            let steps = outlook.derivation(announcement, View::Cumulative).unwrap().steps;
            let value = |name: &str| step(&steps, name).value();
            assert_eq!(value(&format!("rate before {announcement}")), *meeting.step.before.percent());
            assert_eq!(value(&format!("rate after {announcement}")), *meeting.step.after.percent());
            assert_eq!(value("expected change"), *meeting.step.change().exact());
            assert_eq!(value("expected moves"), meeting.step.expected_moves());
            for view in [View::Cumulative, View::Meeting, View::Aggregated] {
                let shown = meeting.distribution(view);
                let steps = outlook.derivation(announcement, view).unwrap().steps;
                let value = |name: &str| step(&steps, name).value();
                for (moves, probability) in shown.outcomes() {
                    assert_eq!(value(&format!("range {}", outlook.target().moved(moves))), *probability.exact());
                }
                let sides = [value("ease"), value("hold"), value("hike")];
                assert_eq!(sides, [shown.ease(), shown.hold(), shown.hike()].map(|sum| sum.exact().clone()));
            }
        }
    }
}

#[test]
fn a_derivation_names_every_contract_that_the_rule_read_for_it() {
    let outlook = outlook_of(include_str!("../data/episode-2025-11-21.stl"));
    let december = outlook.derivation("2025-12-10".parse().unwrap(), View::Cumulative).unwrap();
    let text: Vec<String> = december.steps.iter().map(|step| format!("{} {}", step.equation(), step.reason)).collect();
    let text = text.join("\n");
    for words in ["ZQX25", "ZQF26", "ZQG26", "100 - 96.215", "(31 x 3.785 - 3 x 3.715) / 28 = 3.7925 %"] {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
    assert!(!text.contains("ZQZ25"), "December's own contract is not read");
}

#[test]
fn a_rate_solved_forward_is_explained_from_the_left() {
    let outlook = outlook(&strip("2025-11-21", "2025-11 96.12, 2025-12 96.18, 2026-01 96.22"), |_| {});
    let january = outlook.derivation("2026-01-28".parse().unwrap(), View::Cumulative).unwrap();
    let lines: Vec<String> =
        january.steps.iter().take(5).map(|step| format!("{}: {}", step.name, step.equation())).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    rate before 2025-12-10: 100 - 96.12 = 3.88 %
    average of Dec 2025: 100 - 96.18 = 3.82 %
    rate after 2025-12-10: (31 x 3.82 - 10 x 3.88) / 21 = 1327/350 = 3.791429 %
    rate before 2026-01-28: 1327/350 = 3.791429 %
    average of Jan 2026: 100 - 96.22 = 3.78 %
    ");
    let moves: Fraction = step(&january.steps, "expected moves").value();
    assert_eq!(moves, outlook.meetings()[1].step.expected_moves());
}

#[test]
fn a_meeting_that_is_not_priced_has_no_derivation() {
    let outlook = outlook_of(include_str!("../data/episode-2025-11-21.stl"));
    assert_eq!(outlook.derivation("2025-12-11".parse().unwrap(), View::Cumulative), None);
}
