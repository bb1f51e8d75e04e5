//! The engine against an independent one: the rule written as a linear system and solved by elimination in another
//! library's rationals, the distribution by walking every path of outcomes.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use dashu_ratio::RBig;
use fedpath::{ContractMonth, DecisionDay, Price};
use proptest::prelude::*;

use crate::support::{date, path, rows};

pub(crate) type Month = (i32, u32);

pub(crate) fn month_of(day: NaiveDate) -> Month {
    (day.year(), day.month())
}

pub(crate) fn neighbour((year, month): Month, months: i32) -> Month {
    let index = year * 12 + i32::try_from(month).unwrap() - 1 + months;
    (index.div_euclid(12), u32::try_from(index.rem_euclid(12)).unwrap() + 1)
}

pub(crate) fn whole(value: impl Into<i64>) -> RBig {
    RBig::from(value.into())
}

/// What the embedded tables say on a day, read anew from their text.
pub(crate) struct Facts {
    /// Announcements that were expected on the day.
    pub(crate) expected: Vec<NaiveDate>,
    /// Months in which the target changed off the calendar, up to the day.
    pub(crate) moved: Vec<Month>,
}

impl Facts {
    pub(crate) fn on(day: NaiveDate) -> Self {
        let meetings = rows(include_str!("../data/fomc_meetings.csv"));
        let expected =
            meetings.iter().filter(|row| row[2] == "scheduled" || row[2] == "cancelled" && day < date(row[3]));
        let expected: Vec<NaiveDate> = expected.map(|row| date(row[1])).collect();
        let changes = rows(include_str!("../data/target_ranges.csv"));
        let announced = changes.iter().filter(|row| !row[0].is_empty()).map(|row| date(row[0]));
        let moved = announced.filter(|change| *change <= day && !expected.contains(change)).map(month_of).collect();
        Self { expected, moved }
    }

    /// Whether a move in the month before the first decision hides the rate of today: that month mixes two rates, and the
    /// decision's own has fewer days at the rate before it than at the rate after it.
    fn hides_today(&self, first: NaiveDate, new_rate: bool) -> bool {
        let left = i64::from(first.day()) - i64::from(new_rate);
        let month = first.with_day(1).unwrap();
        self.moved.contains(&neighbour(month_of(first), -1)) && 2 * left < (month + Months::new(1) - month).num_days()
    }

    fn is_anchor(&self, month: Month) -> bool {
        let meeting = self.expected.iter().any(|announcement| month_of(*announcement) == month);
        (1994..=2027).contains(&month.0) && !meeting && !self.moved.contains(&month)
    }
}

/// `coefficients . unknowns = constant`; the unknowns are the rates before and after each meeting in turn.
pub(crate) struct Equation {
    coefficients: BTreeMap<usize, RBig>,
    constant: RBig,
}

pub(crate) fn equation(coefficients: impl IntoIterator<Item = (usize, RBig)>, constant: RBig) -> Equation {
    Equation { coefficients: coefficients.into_iter().collect(), constant }
}

/// Gauss-Jordan elimination; `None` for a singular system.
pub(crate) fn solve(equations: Vec<Equation>, unknowns: usize) -> Option<Vec<RBig>> {
    let mut matrix: Vec<Vec<RBig>> = equations
        .into_iter()
        .map(|equation| {
            let coefficient = |column| equation.coefficients.get(&column).cloned().unwrap_or(RBig::ZERO);
            (0..unknowns).map(coefficient).chain([equation.constant.clone()]).collect()
        })
        .collect();
    for column in 0..unknowns {
        let pivot = (column..matrix.len()).find(|row| matrix[*row][column] != RBig::ZERO)?;
        matrix.swap(column, pivot);
        let divisor = matrix[column][column].clone();
        for cell in &mut matrix[column] {
            *cell = &*cell / &divisor;
        }
        let pivot_row = matrix[column].clone();
        for (_, cells) in matrix.iter_mut().enumerate().filter(|(row, _)| *row != column) {
            let factor = cells[column].clone();
            for (cell, above) in cells.iter_mut().zip(&pivot_row) {
                *cell = &*cell - &factor * above;
            }
        }
    }
    Some(matrix.into_iter().map(|row| row[unknowns].clone()).collect())
}

/// Where the rule can be turned into another one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Switches {
    /// The day of a decision carries the new rate.
    pub(crate) new_rate: bool,
    /// The first meeting of a run reads its own contract where it can, even after a month without a meeting.
    pub(crate) own_contract_first: bool,
}

/// The rates before and after the meetings of one run of consecutive months.
pub(crate) fn solve_run(
    run: &[NaiveDate],
    facts: &Facts,
    averages: &BTreeMap<Month, RBig>,
    switches: Switches,
) -> Option<Vec<RBig>> {
    let (before, after) = (|j: usize| 2 * j, |j: usize| 2 * j + 1);
    let own = |j: usize| {
        let first = run[j].with_day(1).unwrap();
        let days = (first + Months::new(1) - first).num_days();
        let old = i64::from(run[j].day()) - i64::from(switches.new_rate);
        let average = averages.get(&month_of(run[j]))?;
        Some(equation([(before(j), whole(old)), (after(j), whole(days - old))], whole(days) * average))
    };
    let last = run.len() - 1;
    let (left, right) = (neighbour(month_of(run[0]), -1), neighbour(month_of(run[last]), 1));
    let mut equations = Vec::new();
    for j in 0..last {
        equations.push(equation([(after(j), whole(1)), (before(j + 1), whole(-1))], RBig::ZERO));
    }
    let closed = facts.is_anchor(right);
    if closed {
        equations.push(equation([(after(last), whole(1))], averages.get(&right)?.clone()));
    } else {
        equations.push(own(last)?);
    }
    if facts.is_anchor(left) && !(closed && switches.own_contract_first) {
        equations.push(equation([(before(0), whole(1))], averages.get(&left)?.clone()));
    } else {
        equations.push(own(0)?);
    }
    // Closed on the right, every meeting but the first reads its own contract; open, every one but the last.
    for j in if closed { 1..run.len() } else { 0..last } {
        equations.push(own(j)?);
    }
    (equations.len() == 2 * run.len()).then(|| solve(equations, 2 * run.len())).flatten()
}

/// The probabilities after all meetings, by walking every path through the two outcomes of each.
fn walk(moves: &[RBig]) -> BTreeMap<i64, RBig> {
    let mut ends = BTreeMap::new();
    for path in 0..1_u32 << moves.len() {
        let (mut end, mut probability) = (0, whole(1));
        for (j, x) in moves.iter().enumerate() {
            let floor = i64::try_from(x.floor()).unwrap();
            let rest = x - whole(floor);
            let up = path >> j & 1 == 1;
            end += floor + i64::from(up);
            probability *= if up { rest } else { whole(1) - rest };
        }
        if probability != RBig::ZERO {
            let sum = ends.entry(end).or_insert(RBig::ZERO);
            *sum = &*sum + probability;
        }
    }
    ends
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_agrees_with_elimination_and_enumeration(
        offset in 0_u64..12_400,
        ticks in prop::collection::vec(-40_i64..40, 20),
        level in 18_200_i64..19_990,
        count in 1_usize..10,
        new_rate in any::<bool>(),
    ) {
        let day = date("1994-02-05") + Days::new(offset);
        let facts = Facts::on(day);
        let mut prices = BTreeMap::new();
        let mut averages = BTreeMap::new();
        for (index, tick) in ticks.iter().enumerate() {
            let month = neighbour(month_of(day), i32::try_from(index).unwrap() - 1);
            let thousandths = (level + tick) * 5;
            let points = rust_decimal::Decimal::new(thousandths, 3);
            prices.insert(ContractMonth::new(month.0, month.1).unwrap(), Price::from_points(points).unwrap());
            averages.insert(month, whole(100) - whole(thousandths) / whole(1000));
        }
        let chain: Vec<NaiveDate> = facts.expected.iter().copied().filter(|date| *date >= day).take(count).collect();
        prop_assume!(!chain.is_empty());

        let strip = crate::support::strip_of(day, prices);
        let solved = path(&strip, |assumptions| {
            assumptions.chain = count;
            assumptions.decision_day = if new_rate { DecisionDay::New } else { DecisionDay::Old };
        });
        let mut expected: BTreeMap<NaiveDate, (RBig, RBig)> = BTreeMap::new();
        for run in chain.chunk_by(|a, b| neighbour(month_of(*a), 1) == month_of(*b)) {
            // A month in which the rate has already moved off the calendar mixes three rates. The meetings behind
            // it can still be solved from their right, never from it.
            let mixed = facts.moved.contains(&month_of(run[0])) || (run[0] == chain[0] && facts.hides_today(run[0], new_rate));
            let closed = facts.is_anchor(neighbour(month_of(run[run.len() - 1]), 1));
            let solvable = match (mixed, closed) {
                (false, _) => run,
                (true, true) => &run[1..],
                (true, false) => &[],
            };
            if solvable.is_empty() {
                continue;
            }
            if let Some(rates) = solve_run(solvable, &facts, &averages, Switches { new_rate, ..Switches::default() }) {
                for (meeting, pair) in solvable.iter().zip(rates.chunks(2)) {
                    expected.insert(*meeting, (pair[0].clone(), pair[1].clone()));
                }
            }
        }
        let Ok(solved) = solved else {
            prop_assert!(expected.is_empty(), "{day}: refused, but elimination solves {:?}", expected.keys());
            return Ok(());
        };
        prop_assert_eq!(solved.steps().len(), expected.len(), "{}: {:?}", day, solved.steps());
        for (meeting, (before, after)) in &expected {
            let step = solved.steps().iter().find(|step| step.meeting.announcement() == *meeting);
            prop_assert!(step.is_some(), "{day}: {meeting} is not priced: {:?}", solved.unpriced());
            let step = step.unwrap();
            prop_assert_eq!(step.before.exact().to_string(), before.to_string());
            prop_assert_eq!(step.after.exact().to_string(), after.to_string());
        }
        // Where elimination solves the whole chain, the last distribution is the walk over all of it.
        if expected.len() == chain.len() {
            let outlook = fedpath::Outlook::new(solved).unwrap();
            let moves: Vec<RBig> = chain.iter().map(|m| (&expected[m].1 - &expected[m].0) * whole(4)).collect();
            let walked: Vec<String> = walk(&moves).into_iter().map(|(k, p)| format!("{k} {p}")).collect();
            let last = &outlook.meetings().last().unwrap().cumulative;
            let ours: Vec<String> = last.outcomes().map(|(k, p)| format!("{k} {}", p.exact())).collect();
            prop_assert_eq!(ours, walked);
        }
    }
}
