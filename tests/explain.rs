//! A derivation, evaluated again, gives the figures it explains.

use fedpath::explain::Step;
use fedpath::path::Between;
use fedpath::{Assumptions, Fixings, Fraction, MeetingCalendar, Method, StartRate, View};

use crate::support::{outlook, outlook_of, path, strip};

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
            assert_eq!(value(&format!("rate before {announcement}")), *meeting.step.before.exact());
            assert_eq!(value(&format!("rate after {announcement}")), *meeting.step.after.exact());
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

/// One strip under an option, by a name.
fn variants() -> Vec<(&'static str, fedpath::PolicyPath)> {
    let common = "2025-11 96.1200, 2025-12 96.1800, 2026-01 96.2150, 2026-02 96.2850, 2026-03 96.3250, 2026-04 96.3850, \
        2026-05 96.4400, 2026-06 96.4900";
    let november = Fixings::parse(include_str!("data/effr_2025-11.csv")).unwrap();
    let march = Fixings::parse(include_str!("data/effr_2020-03.csv")).unwrap();
    let with = |day: &str| MeetingCalendar::embedded().with_meeting(day.parse().unwrap());
    let on = |day: &str, quotes: &str, change: &dyn Fn(&mut Assumptions)| {
        path(&strip(day, quotes), |assumptions| {
            assumptions.chain = 4;
            change(assumptions);
        })
        .unwrap_or_else(|error| panic!("{day}: {error}"))
    };
    let march_13 = "2020-03 99.28, 2020-04 99.84, 2020-05 99.87, 2020-06 99.88, 2020-07 99.89";
    let januaries = "2026-01 96.30, 2026-02 96.40, 2026-03 96.42, 2026-04 96.45, 2026-05 96.50";
    let assumed =
        |between| on("2026-01-05", januaries, &|a| (a.calendar, a.between) = (with("2026-01-14"), Some(between)));
    let three = on("2026-01-05", januaries, &|a| {
        a.calendar = with("2026-01-14").with_meeting("2026-01-21".parse().unwrap());
        a.between = Some(Between::Even);
    });
    vec![
        ("least squares", on("2025-11-21", common, &|a| a.method = Method::LeastSquares)),
        (
            "least squares, fixings",
            on("2025-11-21", common, &|a| {
                (a.method, a.fixings) = (Method::LeastSquares, Some(november.clone()));
            }),
        ),
        (
            "least squares from a start",
            on("2025-11-21", common, &|a| {
                (a.method, a.start_rate) = (Method::LeastSquares, StartRate::Given("3.88".parse().unwrap()));
            }),
        ),
        (
            "least squares, two decisions",
            on("2026-01-05", januaries, &|a| {
                (a.calendar, a.between, a.method) = (with("2026-01-14"), Some(Between::Even), Method::LeastSquares);
            }),
        ),
        (
            "rest of the month",
            on("2025-11-21", common, &|a| {
                (a.fixings, a.start_rate) = (Some(november.clone()), StartRate::Fixings);
            }),
        ),
        (
            "moved, a fixing as start",
            on("2020-03-13", march_13, &|a| {
                (a.calendar, a.fixings, a.start_rate) = (with("2020-03-15"), Some(march.clone()), StartRate::Fixings);
            }),
        ),
        ("moved, backward", on("2020-03-04", march_13, &|a| a.fixings = Some(march.clone()))),
        ("two decisions told apart", on("2025-11-21", common, &|a| a.calendar = with("2025-12-22"))),
        ("two decisions, before", assumed(Between::Before)),
        ("two decisions, after", assumed(Between::After)),
        ("two decisions, even", assumed(Between::Even)),
        ("three decisions, even", three),
        ("realised anchor", on("2025-12-05", &common.replace("2025-11 96.1200, ", ""), &|_| {})),
        (
            "premia",
            on("2025-11-21", common, &|a| {
                a.premia.term = [(1, "3".parse().unwrap()), (6, "10".parse().unwrap())].into();
                a.premia.month_end = Some("-2bp".parse().unwrap());
                a.premia.set_landing("1.5bp".parse().unwrap()).unwrap();
            }),
        ),
        (
            "premia, least squares",
            on("2025-11-21", common, &|a| {
                a.premia.term = [(1, "3".parse().unwrap()), (6, "10".parse().unwrap())].into();
                a.method = Method::LeastSquares;
            }),
        ),
    ]
}

#[test]
fn under_every_option_the_steps_evaluate_to_the_rates_and_each_is_made_from_those_before_it() {
    for (name, path) in variants() {
        for meeting in path.steps() {
            let announcement = meeting.meeting.announcement();
            let steps = path.derivation(announcement).unwrap().steps;
            let value = |name: &str| step(&steps, name).value();
            assert_eq!(value(&format!("rate before {announcement}")), *meeting.before.exact(), "{name} {announcement}");
            assert_eq!(value(&format!("rate after {announcement}")), *meeting.after.exact(), "{name} {announcement}");
            assert_eq!(value("expected moves"), meeting.expected_moves(), "{name} {announcement}");
            // Nothing is taken from nowhere: a step that is no calculation is a quote, a given figure, or an earlier step.
            for (position, step) in steps.iter().enumerate().filter(|(_, step)| !step.expression.is_calculation()) {
                let earlier = steps[..position].iter().any(|earlier| earlier.value() == step.value());
                let sourced =
                    ["given", "realised", "effective rate", "what"].iter().any(|word| step.reason.contains(word));
                assert!(earlier || sourced, "{name}: {} ({})", step.name, step.reason);
            }
        }
    }
}

#[test]
fn the_steps_of_every_option_read_well() {
    let told = variants().into_iter().map(|(name, path)| {
        let first = path.steps()[0].meeting.announcement();
        let steps = path.derivation(first).unwrap().steps;
        let lines: Vec<String> =
            steps.iter().map(|step| format!("  {}: {}\n    {}", step.name, step.equation(), step.reason)).collect();
        format!("{name}\n{}", lines.join("\n"))
    });
    crate::support::snap!("explain", "options", told.collect::<Vec<_>>().join("\n\n"));
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
