//! The engine: one outcome table by the readable engine and by a plan, the same in `f64`, one tick of a session, and rows of
//! 10,000 dates. On the common strip of twelve meetings; `BENCHMARKS.md` says how to run it and what it showed.

#![allow(missing_docs, reason = "what criterion generates has none")]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use fedpath::Outlook;
use fedpath::bulk::{TablePlan, TableSession};

mod common;

use common::in_floats::FloatTable;
use common::{meetings, strip};

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
