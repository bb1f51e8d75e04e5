//! The engine: one outcome table by the readable engine and by a plan, the same in `f64`, one tick of a session, and rows of
//! 10,000 dates. On the common strip of twelve meetings; `BENCHMARKS.md` says how to run it and what it showed.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use fedpath::{Assumptions, ContractMonth, Outlook, Price, Strip, TablePlan, TableSession};

#[path = "engine/in_floats.rs"]
mod in_floats;

use in_floats::FloatTable;

/// Prices of 21 November 2025 to May 2027, chosen for the benchmark.
const PRICES: [i64; 19] = [
    961_200, 961_800, 962_250, 962_650, 963_050, 963_750, 964_300, 964_950, 965_700, 966_300, 966_850, 967_300,
    967_650, 967_900, 968_000, 967_950, 967_900, 967_750, 967_600,
];

fn strip() -> Strip {
    let first = ContractMonth::new(2025, 11).expect("a month");
    let months = std::iter::successors(Some(first), |month| Some(month.next()));
    let price = |units: i64| Price::from_points(fedpath::rust_decimal::Decimal::new(units, 4)).expect("a price");
    let as_of = fedpath::chrono::NaiveDate::from_ymd_opt(2025, 11, 21).expect("a date");
    Strip::from_prices(as_of, months.zip(PRICES.map(price)))
}

fn meetings(count: usize) -> Assumptions {
    let mut assumptions = Assumptions::default();
    assumptions.meeting_count = count;
    assumptions
}

fn engine(criterion: &mut Criterion) {
    let (strip, assumptions) = (strip(), meetings(12));
    let plan = TablePlan::new(&strip, &assumptions).expect("a plan");
    assert_eq!(plan.meetings().len(), 12);
    let row = plan.row().to_vec();

    let mut one = criterion.benchmark_group("one table of 12 meetings");
    one.bench_function("readable engine", |bench| bench.iter(|| Outlook::price(black_box(&strip), &assumptions)));
    one.bench_function("compiling a plan", |bench| bench.iter(|| TablePlan::new(black_box(&strip), &assumptions)));
    let mut table = plan.table();
    one.bench_function("plan", |bench| {
        bench.iter(|| {
            plan.price(black_box(&row), &mut table).expect("a table");
            black_box(&table);
        });
    });
    let mut floats = FloatTable::new(&plan, &strip);
    floats.price(&row);
    floats.assert_near(&table);
    one.bench_function("plan in f64", |bench| {
        bench.iter(|| {
            floats.price(black_box(&row));
            black_box(&floats);
        });
    });
    let session = TableSession::of_plan(&plan);
    for (name, column) in [("tick of the first contract", 0), ("tick of the last contract", row.len() - 1)] {
        one.bench_function(name, |bench| {
            let mut session = session.clone();
            let mut up = 0;
            bench.iter(|| {
                up = 500 - up;
                black_box(session.update_units(column, row[column] + up).is_ok());
            });
        });
    }
    one.finish();

    let rows: Vec<i64> = (0..10_000).flat_map(|day| row.iter().map(move |price| price + day % 40 * 125)).collect();
    let mut many = criterion.benchmark_group("10,000 dates of 12 meetings");
    many.bench_function("one processor", |bench| {
        bench.iter(|| {
            for row in rows.chunks_exact(row.len()) {
                plan.price(black_box(row), &mut table).expect("a table");
                black_box(&table);
            }
        });
    });
    many.bench_function("all processors", |bench| {
        bench.iter(|| plan.price_all(black_box(&rows), |_, table| black_box(table).is_ok()));
    });
    many.finish();

    let mut lengths = criterion.benchmark_group("one table of N meetings");
    for count in [3, 6, 12] {
        let plan = TablePlan::new(&strip, &meetings(count)).expect("a plan");
        lengths.bench_function(count.to_string(), |bench| {
            bench.iter_batched_ref(
                || plan.table(),
                |table| plan.price(black_box(plan.row()), table).is_ok(),
                BatchSize::NumIterations(1000),
            );
        });
    }
    lengths.finish();
}

criterion_group!(benches, engine);
criterion_main!(benches);
