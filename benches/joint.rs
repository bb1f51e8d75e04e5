//! The joint fit beside least squares of the same chain: a made-up day of fed funds and SOFR futures, five meetings.
//! `BENCHMARKS.md` says how to run it and what it showed.

#![allow(missing_docs, reason = "what criterion generates has none")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use fedpath::files::QuoteSet;
use fedpath::path::Weights;
use fedpath::{Assumptions, Method, PolicyPath, Product, QuoteFile, ReadOptions, Strip, StripOptions};

fn strip() -> Strip {
    let mut set = QuoteSet::default();
    for product in Product::ALL {
        let mut options = ReadOptions::default();
        (options.product, options.several_products) = (product, true);
        set.add("day", QuoteFile::parse(include_str!("../tests/data/joint_day.csv"), &options).expect("quotes"));
    }
    Strip::new(&set.snapshot(None).expect("a day"), &StripOptions::default()).expect("a strip")
}

fn joint(criterion: &mut Criterion) {
    let strip = strip();
    let assumptions = Assumptions::default().with_chain(5);
    let alone = assumptions.clone().with_method(Method::LeastSquares);
    let together = assumptions.with_method(Method::Joint).with_weights(Weights::Equal);
    let mut day = criterion.benchmark_group("one path of 5 meetings");
    day.bench_function("least squares, fed funds", |bench| bench.iter(|| PolicyPath::solve(black_box(&strip), &alone)));
    day.bench_function("joint", |bench| bench.iter(|| PolicyPath::solve(black_box(&strip), &together)));
    day.finish();
}

criterion_group!(benches, joint);
criterion_main!(benches);
