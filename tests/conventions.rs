//! What CME's pages do not do. Each convention that others use is priced on the days whose settlements are known from
//! elsewhere, and misses the published cells by far more than a rounding.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dashu_ratio::RBig;
use fedpath::{DecisionDay, Fraction, StartRate};

use crate::effr;
use crate::oracle::{Facts, Month, Switches, month_of, neighbour, solve_run, whole};
use crate::parity::{Day, Table, engine, kept_days, real_days, worst};
use crate::support::{date, fraction, rows};

/// The rule in the oracle's rationals, with what its facts and switches are turned to.
fn rule(day: &Day, turn: impl Fn(Month, &mut Facts), switches: Switches) -> Table {
    let as_of = day.strip.as_of();
    let mut facts = Facts::on(as_of);
    turn(month_of(as_of), &mut facts);
    let averages = day.strip.prices().map(|(contract, price)| {
        let points = price.points();
        let exact = whole(i64::try_from(points.mantissa()).unwrap()) / whole(10_i64.pow(points.scale()));
        (month_of(contract.first_day()), whole(100) - exact)
    });
    let averages: BTreeMap<Month, RBig> = averages.collect();
    let chain: Vec<NaiveDate> = facts.expected.iter().copied().filter(|meeting| *meeting >= as_of).take(9).collect();
    let (mut table, mut so_far) = (Table::new(), BTreeMap::from([(lower_bp(as_of), whole(1))]));
    for run in chain.chunk_by(|a, b| neighbour(month_of(*a), 1) == month_of(*b)) {
        // The quotes end here.
        let Some(rates) = solve_run(run, &facts, &averages, switches) else { break };
        for (meeting, rates) in run.iter().zip(rates.chunks(2)) {
            so_far = after(&so_far, &((&rates[1] - &rates[0]) * whole(4)));
            let cells = so_far.iter().map(|(lower_bp, probability)| (*lower_bp, fraction(&probability.to_string())));
            table.insert(*meeting, cells.collect());
        }
    }
    table
}

/// The lower bound of the range in force, read from the table.
fn lower_bp(as_of: NaiveDate) -> i64 {
    let changes = rows(include_str!("../data/target_ranges.csv"));
    let in_force = changes.iter().rev().find(|row| date(row[1]) <= as_of).unwrap();
    in_force[2].replace('.', "").parse().unwrap()
}

/// The ranges after one more meeting.
fn after(ranges: &BTreeMap<i64, RBig>, moves: &RBig) -> BTreeMap<i64, RBig> {
    let floor = i64::try_from(moves.floor()).unwrap();
    let rest = moves - whole(floor);
    let mut next: BTreeMap<i64, RBig> = BTreeMap::new();
    for (lower_bp, probability) in ranges {
        for (steps, share) in [(floor, whole(1) - &rest), (floor + 1, rest.clone())] {
            let cell = next.entry(lower_bp + 25 * steps).or_insert(RBig::ZERO);
            *cell = &*cell + probability * share;
        }
    }
    next
}

const AS_IT_IS: Switches = Switches { new_rate: false, own_contract_first: false };

/// How far each convention that is not the pages' own is off on these days, its worst cell.
fn missed_by(days: &[Day], effective: impl Fn(NaiveDate) -> String) -> [(&'static str, Fraction); 6] {
    let off = |ours: &dyn Fn(&Day) -> Table| worst(days, ours).0;
    let start = |day: &Day| StartRate::Given(effective(day.strip.as_of()).parse().unwrap());
    let own_contract_first = Switches { own_contract_first: true, ..AS_IT_IS };
    let no_previous = |current, facts: &mut Facts| facts.moved.push(neighbour(current, -1));
    let no_current = |current, facts: &mut Facts| facts.moved.push(current);
    [
        ("new day count", off(&|day| engine(day, |assumptions| assumptions.decision_day = DecisionDay::New))),
        ("effective rate as start", off(&|day| engine(day, |assumptions| assumptions.start_rate = start(day)))),
        ("own contract first", off(&|day| rule(day, |_, _| {}, own_contract_first))),
        ("previous month no anchor", off(&|day| rule(day, no_previous, AS_IT_IS))),
        ("current month no anchor", off(&|day| rule(day, no_current, AS_IT_IS))),
        ("passed meeting forgotten", off(&|day| rule(day, forget_passed(day.strip.as_of()), AS_IT_IS))),
    ]
}

/// Makes an anchor of a current month whose meeting has passed.
fn forget_passed(as_of: NaiveDate) -> impl Fn(Month, &mut Facts) {
    move |current, facts| facts.expected.retain(|meeting| *meeting >= as_of || month_of(*meeting) != current)
}

/// The days of tier A where the folder is there, and those kept here in any case.
fn real_settlements() -> Option<Vec<Day>> {
    Some(real_days()?.into_iter().filter(|day| day.tier == "A").collect())
}

#[test]
fn the_oracles_rule_with_nothing_turned_is_the_engines() {
    for day in real_settlements().unwrap_or_else(kept_days) {
        let (oracle, engine) = (rule(&day, |_, _| {}, AS_IT_IS), engine(&day, |_| {}));
        for (meeting, cells) in &oracle {
            let possible: BTreeMap<_, _> = cells.iter().filter(|(_, probability)| !probability.is_zero()).collect();
            assert_eq!(possible, engine[meeting].iter().collect(), "{} {meeting}", day.strip.as_of());
        }
        assert!(day.published.keys().all(|meeting| oracle.contains_key(meeting)), "{}", day.strip.as_of());
    }
}

#[test]
fn the_rejected_conventions_miss_the_real_settlement_days_by_known_sizes() {
    let (Some(days), Some(effective)) = (real_settlements(), effr::daily()) else { return };
    let before = |day: NaiveDate| effective.range(..day).next_back().unwrap().1.clone();
    let missed = missed_by(&days, before);
    let sizes: Vec<String> = missed.iter().map(|(name, off)| format!("{name} {:.1e}", off.to_f64())).collect();
    insta::assert_snapshot!(sizes.join("\n"), @"
    new day count 2.2e-2
    effective rate as start 1.7e-2
    own contract first 3.1e-2
    previous month no anchor 2.0e-2
    current month no anchor 1.1e-2
    passed meeting forgotten 1.2e-2
    ");
    for (day, rate) in LAST_EFFECTIVE {
        assert_eq!(before(date(day)), rate, "{day}");
    }
}

/// The last effective rate published before each kept day, in percent. Source: Federal Reserve Bank of New York.
const LAST_EFFECTIVE: [(&str, &str); 7] = [
    ("2024-05-10", "5.33"),
    ("2025-10-14", "4.10"),
    ("2026-01-20", "3.64"),
    ("2026-03-13", "3.64"),
    ("2026-08-28", "3.63"),
    ("2026-09-03", "3.63"),
    ("2026-09-10", "3.63"),
];

#[test]
fn the_kept_days_tell_every_rejected_convention_apart() {
    let effective = BTreeMap::from(LAST_EFFECTIVE);
    for (name, off) in missed_by(&kept_days(), |day| effective[day.to_string().as_str()].to_owned()) {
        assert!(off > fraction("0.01"), "{name}: {off:.6}");
    }
}
