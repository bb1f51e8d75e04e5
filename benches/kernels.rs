//! One kernel so many times, to be counted by `benches/instructions.sh`: `kernels table 1000`.

use std::hint::black_box;
use std::sync::Arc;

use fedpath::Outlook;
use fedpath::bulk::{TablePlan, TableSession};
use fedpath::history::{Board, BoardTables};

mod common;

use common::in_floats::FloatTable;
use common::{meetings, strip};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let [_, kernel, times, ..] = args.as_slice() else { return };
    // `cargo test --benches` and `cargo bench` without a kernel have nothing to count.
    let Ok(times) = times.parse::<u32>() else { return };
    let (strip, assumptions) = (strip(), meetings(12));
    let plan = TablePlan::new(&strip, &assumptions).expect("a plan");
    let row = plan.row().to_vec();
    match kernel.as_str() {
        "table" => {
            let mut table = plan.table();
            for _ in 0..times {
                plan.price(black_box(&row), &mut table).expect("a table");
            }
            black_box(&table);
        }
        "f64" => {
            let mut table = FloatTable::new(&plan, &strip);
            table.price(&row);
            table.assert_near(TableSession::of_plan(&plan).table());
            for _ in 0..times {
                table.price(black_box(&row));
            }
            black_box(&table);
        }
        "tick" => {
            let mut session = TableSession::of_plan(&plan);
            for time in 0..times {
                let up = i64::from(time % 2) * 500;
                session.update_units(0, row[0] + up).expect("a table");
            }
            black_box(&session);
        }
        "plan" => (0..times).for_each(|_| drop(black_box(TablePlan::new(&strip, &assumptions)))),
        "board" => {
            let mut board = Board::new(strip.as_of());
            for (contract, price) in strip.prices() {
                board.set(contract, i32::try_from(plan.units(price).expect("units")).expect("small")).expect("a price");
            }
            let assumptions = Arc::new(assumptions);
            (0..times)
                .for_each(|_| drop(black_box(BoardTables::new(Arc::clone(&assumptions)).price(&board).map(|_| ()))));
        }
        "readable" => (0..times).for_each(|_| drop(black_box(Outlook::price(&strip, &assumptions)))),
        _ => {}
    }
}
