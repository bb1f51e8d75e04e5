//! The bounds from a full chain: futures and 1,040 options of thirteen months, priced from a known distribution over nine
//! meetings and rounded to ticks. `BENCHMARKS.md` says how to run it and what it showed.

#![allow(missing_docs, reason = "what criterion generates has none")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use fedpath::lattice::{LatticeOptions, QuoteLattice};
use fedpath::options::{OptionChain, OptionProduct, OptionQuote, OptionSide, Premium};
use fedpath::rust_decimal::Decimal;
use fedpath::{Assumptions, ContractMonth, Price, StartRate, Strip};

/// Each month, the days at the rate before its meeting and after it, and whether it has one.
const MONTHS: [(&str, [f64; 2], bool); 13] = [
    ("2025-12", [10.0, 21.0], true),
    ("2026-01", [28.0, 3.0], true),
    ("2026-02", [28.0, 0.0], false),
    ("2026-03", [18.0, 13.0], true),
    ("2026-04", [29.0, 1.0], true),
    ("2026-05", [31.0, 0.0], false),
    ("2026-06", [17.0, 13.0], true),
    ("2026-07", [29.0, 2.0], true),
    ("2026-08", [31.0, 0.0], false),
    ("2026-09", [16.0, 14.0], true),
    ("2026-10", [28.0, 3.0], true),
    ("2026-11", [30.0, 0.0], false),
    ("2026-12", [9.0, 22.0], true),
];

/// The moves of a meeting and their probabilities, and today's rate.
const MOVES: [(i64, f64); 4] = [(-2, 0.05), (-1, 0.35), (0, 0.5), (1, 0.1)];
const START: f64 = 3.88;

#[expect(clippy::cast_possible_truncation, reason = "prices are small")]
fn on_grid(value: f64, ticks: f64, tick: Decimal) -> Decimal {
    tick * Decimal::from((value * ticks).round() as i64)
}

/// Values, and how likely each is.
type Likely<T> = Vec<(T, f64)>;

/// What averages a month may have, and how likely each is; the levels after it.
#[expect(clippy::cast_precision_loss, reason = "levels are small")]
fn averages(levels: &[(i64, f64)], [before, after]: [f64; 2], meets: bool) -> (Likely<f64>, Likely<i64>) {
    let stay = [(0, 1.0)];
    let moves: &[(i64, f64)] = if meets { &MOVES } else { &stay };
    let cells = levels.iter().flat_map(|(level, p)| moves.iter().map(move |(by, q)| (*level, level + by, p * q)));
    let cells: Vec<(i64, i64, f64)> = cells.collect();
    let average = |from: i64, to: i64| START + 0.25 * (from as f64 * before + to as f64 * after) / (before + after);
    let outcomes = cells.iter().map(|(from, to, p)| (average(*from, *to), *p)).collect();
    let mut next = std::collections::BTreeMap::new();
    for (_, to, p) in cells {
        *next.entry(to).or_insert(0.0) += p;
    }
    (outcomes, next.into_iter().collect())
}

fn day() -> (Strip, Vec<OptionChain>) {
    let (mut levels, mut futures, mut chains) = (vec![(0, 1.0)], Vec::new(), Vec::new());
    for (label, days, meets) in MONTHS {
        let (outcomes, next) = averages(&levels, days, meets);
        levels = next;
        let month: ContractMonth = label.parse().expect("a month");
        let expected: f64 = outcomes.iter().map(|(average, p)| p * (100.0 - average)).sum();
        let price = on_grid(expected, 200.0, Decimal::new(5, 3));
        futures.push((month, Price::from_points(price).expect("a price")));
        let strikes = (0..40).map(|index| Decimal::from(95) + Decimal::new(625, 4) * Decimal::from(index));
        let quotes = strikes.flat_map(|strike| [(strike, OptionSide::Call, 1.0), (strike, OptionSide::Put, -1.0)]);
        let quoted = quotes.map(|(strike, side, sign)| {
            let at: f64 = strike.to_string().parse().expect("a number");
            let value: f64 = outcomes.iter().map(|(average, p)| p * (sign * (100.0 - average - at)).max(0.0)).sum();
            let premium = on_grid(value, 400.0, Decimal::new(25, 4));
            let settle = if premium.is_zero() { Premium::Cabinet } else { Premium::Points(premium) };
            let mut quote = OptionQuote::default();
            quote.settle = Some(settle);
            (strike, side, quote)
        });
        chains.push(OptionChain::new(OptionProduct::FedFunds, month, quoted));
    }
    (Strip::from_prices("2025-11-21".parse().expect("a day"), futures).expect("a strip"), chains)
}

fn bounds(criterion: &mut Criterion) {
    let (strip, chains) = day();
    let mut assumptions = Assumptions::default();
    assumptions.start_rate = StartRate::Given("3.88".parse().expect("a rate"));
    let lattice = || {
        let options = LatticeOptions::default();
        QuoteLattice::new(black_box(&strip), &assumptions, &chains, &[], &options).expect("a lattice")
    };
    let mut chain = criterion.benchmark_group("bounds of a chain of 1,040 options");
    chain.sample_size(10);
    chain.bench_function("one meeting", |bench| {
        bench.iter(|| {
            let lattice = lattice();
            lattice.meeting_bounds(lattice.meetings()[0].announcement())
        });
    });
    chain.bench_function("all nine meetings", |bench| {
        bench.iter(|| {
            let lattice = lattice();
            let dates: Vec<_> = lattice.meetings().iter().map(fedpath::Meeting::announcement).collect();
            dates.into_iter().map(|date| lattice.meeting_bounds(date)).collect::<Vec<_>>()
        });
    });
    chain.finish();
}

criterion_group!(benches, bounds);
criterion_main!(benches);
