//! What allocates nothing: a table of a plan, and a tick of a session.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

use allocation_counter::measure;
use fedpath::bulk::{TablePlan, TableSession};
use fedpath::{Assumptions, Outlook, Price, Strip};

fn strip() -> Strip {
    let first = "2025-11".parse().unwrap();
    let months = std::iter::successors(Some(first), |month: &fedpath::ContractMonth| Some(month.next()));
    let prices = (0_i64..19)
        .map(|place| Price::from_points(fedpath::rust_decimal::Decimal::new(9_612_000 + 4_500 * place, 5)).unwrap());
    Strip::from_prices("2025-11-21".parse().unwrap(), months.zip(prices)).unwrap()
}

#[test]
fn tables_and_ticks_allocate_nothing() {
    let mut assumptions = Assumptions::default();
    assumptions.chain = 12;
    let strip = strip();
    let plan = TablePlan::new(&strip, &assumptions).unwrap();
    let (mut table, row) = (plan.table(), plan.row().to_vec());
    let counted = measure(|| plan.price(&row, &mut table).unwrap());
    assert_eq!(counted.count_total, 0);
    let mut session = TableSession::of_plan(&plan);
    let (contract, price): (fedpath::ContractMonth, Price) = ("2026-02".parse().unwrap(), "96.2900".parse().unwrap());
    let counted = measure(|| {
        session.update(contract, price).unwrap();
        for meeting in session.table().meetings() {
            assert!(meeting.outcomes().map(|(_, share)| share.to_f64()).sum::<f64>() > 0.999);
            assert!(meeting.ease() + meeting.hold() + meeting.hike() > 0.999);
            assert!(meeting.rate_before() + meeting.rate_after() > 0.0);
        }
        session.update_many([(contract, price)]).unwrap();
        session.update_row(&row).unwrap();
    });
    assert_eq!(counted.count_total, 0);
    // The counter counts.
    assert!(measure(|| drop(Outlook::price(&strip, &assumptions))).count_total > 100);
}
