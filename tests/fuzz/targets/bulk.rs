//! Tables of a plan against the readable engine, on a strip and rows of prices made of the bytes.

use chrono::{Days, NaiveDate};
use fedpath::bulk::{TablePlan, TableSession};
use fedpath::rust_decimal::Decimal;
use fedpath::{Assumptions, ContractMonth, DecisionDay, Outlook, Price, Strip, StripOptions, View};

/// A day and conventions of four bytes, then two bytes a month: a price, or a month without one.
pub(super) fn bulk(data: &[u8]) {
    let [low, high, conventions, kept, prices @ ..] = data else { return };
    let first = NaiveDate::from_ymd_opt(1994, 1, 3).expect("a day");
    let as_of = first + Days::new(u64::from(u16::from_le_bytes([*low, *high]) % 12_300));
    let mut months: Vec<(ContractMonth, Price)> = Vec::new();
    let mut month = ContractMonth::of(as_of);
    for (index, bytes) in prices.chunks_exact(2).take(24).enumerate() {
        let value = u16::from_le_bytes([bytes[0], bytes[1]]);
        // One month in eight has no price; the others lie about 96, in hundredths of a basis point.
        if value % 8 != 0 || index < usize::from(kept % 4) {
            let points = Decimal::new(9_600_000 + i64::from(value) - 32_768, 5);
            months.push((month, Price::from_points(points).expect("a price")));
        }
        month = month.next();
    }
    let mut options = StripOptions::default();
    options.as_printed = true;
    let Ok(strip) = Strip::from_prices_with(as_of, months, &options) else { return };
    let mut assumptions = Assumptions::default();
    if conventions & 1 != 0 {
        assumptions.decision_day = DecisionDay::New;
    }
    let Ok(plan) = TablePlan::new(&strip, &assumptions) else { return };
    let mut table = plan.table();
    let (by_plan, by_engine) = (plan.price(plan.row(), &mut table), Outlook::price(&strip, &assumptions));
    if by_plan.is_ok() {
        same(&table, &by_engine.unwrap_or_else(|error| panic!("priced by the plan alone: {error}")));
    }
    // One tick, by a session and by a strip that was quoted so.
    let (Ok(mut session), Some(contract)) = (
        TableSession::new(&strip, &assumptions),
        plan.contracts().get(usize::from(*kept) % plan.contracts().len().max(1)),
    ) else {
        return;
    };
    let tick = Price::from_points(Decimal::new(9_600_000 + 500 * i64::from(*conventions), 5)).expect("a price");
    let ticked = strip.prices().map(|(month, price)| (month, if month == *contract { tick } else { price }));
    let Ok(ticked) = Strip::from_prices_with(as_of, ticked.collect::<Vec<_>>(), &options) else { return };
    if let Ok(table) = session.update(*contract, tick) {
        let outlook = Outlook::price(&ticked, &assumptions).unwrap_or_else(|error| panic!("ticked alone: {error}"));
        same(table, &outlook);
    }
}

fn same(table: &fedpath::bulk::OutcomeTable, outlook: &Outlook) {
    assert_eq!(table.meetings().len(), outlook.meetings().len());
    for (row, meeting) in table.meetings().zip(outlook.meetings()) {
        assert_eq!(row.expected_moves(), meeting.step.expected_moves());
        for view in [View::Cumulative, View::Meeting, View::Aggregated] {
            assert_eq!(row.distribution_of(view), meeting.distribution(view));
        }
    }
}
