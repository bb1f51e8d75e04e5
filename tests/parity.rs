//! CME's own six-decimal probabilities, kept here for everyone: five days whose settlements are known from elsewhere.

use std::collections::BTreeMap;

use fedpath::{Assumptions, DecisionDay, Fraction, Outlook, QuoteFile, ReadOptions, StartRate, Strip, StripOptions};

use crate::support::{date, fraction, rows};

const DAYS: [&str; 5] = ["2025-10-14", "2026-01-20", "2026-03-13", "2026-09-03", "2026-09-10"];

/// The strip of a day, read as any long table is.
fn strip(day: &str) -> Strip {
    let text = include_str!("data/fedwatch_days_prices.csv");
    let file = QuoteFile::parse(text, &ReadOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    let snapshot = file.snapshot(Some(date(day))).unwrap_or_else(|error| panic!("{day}: {error}"));
    Strip::new(&snapshot, &StripOptions::default()).unwrap_or_else(|error| panic!("{day}: {error}"))
}

/// The largest difference of a published cell, and how many there are, under assumptions of one's own.
fn worst(strips: &BTreeMap<&str, Strip>, change: impl Fn(&str, &mut Assumptions)) -> (Fraction, usize) {
    let (mut worst, mut cells) = (Fraction::zero(), 0);
    let outlooks: BTreeMap<&str, Outlook> = strips
        .iter()
        .map(|(day, strip)| {
            let mut assumptions = Assumptions::default();
            change(day, &mut assumptions);
            (*day, Outlook::price(strip, &assumptions).unwrap_or_else(|error| panic!("{day}: {error}")))
        })
        .collect();
    for row in rows(include_str!("data/fedwatch_days.csv")) {
        let outlook = &outlooks[row[0]];
        let moves = (row[2].parse::<i64>().unwrap() - outlook.target().lower_bp()) / 25;
        let meeting = outlook.meeting(date(row[1])).unwrap_or_else(|| panic!("{} {}", row[0], row[1]));
        let off = (meeting.cumulative.probability(moves).exact() - &fraction(row[3])).abs();
        worst = if off > worst { off } else { worst };
        cells += 1;
    }
    (worst, cells)
}

fn strips() -> BTreeMap<&'static str, Strip> {
    DAYS.iter().map(|day| (*day, strip(day))).collect()
}

#[test]
fn every_published_cell_is_met_within_the_rounding_of_its_last_digit() {
    let (worst, cells) = worst(&strips(), |_, _| {});
    assert_eq!(cells, 249);
    assert!(worst <= fraction("0.0000005"), "{worst:.9}");
}

/// What CME does not do, each told from what it does by more than a rounding.
#[test]
fn conventions_that_are_not_the_pages_own_are_told_apart() {
    let far = |(worst, _): (Fraction, usize), least: &str| assert!(worst > fraction(least), "{worst:.6}");
    far(worst(&strips(), |_, assumptions| assumptions.decision_day = DecisionDay::New), "0.01");
    // The effective rate of each day in place of the anchor contract.
    let effective = BTreeMap::from([
        ("2025-10-14", "4.10"),
        ("2026-01-20", "3.64"),
        ("2026-03-13", "3.64"),
        ("2026-09-03", "3.63"),
        ("2026-09-10", "3.63"),
    ]);
    far(
        worst(&strips(), |day, assumptions| assumptions.start_rate = StartRate::Given(effective[day].parse().unwrap())),
        "0.005",
    );
}
